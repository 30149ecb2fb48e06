package kindinkaart

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/errs"
)

// young adds a young person of thirteen who says with C1 where it is after school, and whose other place was typed.
func (d *desk) young(n NewChild, c1 string) Child {
	d.t.Helper()
	n.GivenName, n.Born, n.School, n.Source = "Yusuf", Born{Year: 2012, Month: 4}, "school1", "school"
	c := must(d.AddChild(d.t.Context(), d.sanne, n))(d.t)
	for _, by := range []string{"ouder", "jongere"} {
		if err := d.says(c, PurposeProfile, by, true); err != nil {
			d.t.Fatal(err)
		}
	}
	d.answers(c, "C", map[string]string{"W1": `{"film":"leuk"}`, "C1": `"` + c1 + `"`})
	return c
}

func TestAYoungPersonIsSearchedForFromWhereItSays(t *testing.T) {
	for typed, want := range map[string]*Place{
		"3081 cd": {Lat: 51.885, Lon: 4.48}, // the middle of the postcode, to 100 m
		" 3072 ":  {Lat: 51.9, Lon: 4.5},    // four digits are the area
		"3099ZZ":  {Postcode: "3099ZZ"},     // not in our list: the matcher may know it
		"3099":    nil,
		"":        nil,
	} {
		d := newDesk(t)
		c := d.young(NewChild{Postcode: "3072AB", OtherPlace: typed}, "anders")
		n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t)
		if fmt.Sprintf("%+v", n.Other) != fmt.Sprintf("%+v", want) && (n.Other == nil || want == nil || *n.Other != *want) {
			t.Errorf("%q: searched from %+v, want %+v", typed, n.Other, want)
		}
		if n.Home == nil {
			t.Errorf("%q: home is lost", typed)
		}
		if got := d.supply(adviser()).Needs[0].Need.Other; (got == nil) != (want == nil) {
			t.Errorf("%q: counted from %+v", typed, got)
		}
	}
}

func TestAPostcodeThatIsNotInOurListIsToldToWhoTypedIt(t *testing.T) {
	for postcode, want := range map[string]bool{"3072AB": false, "3099ZZ": true, "": false} {
		d := newDesk(t)
		c := d.young(NewChild{Postcode: postcode}, "thuis")
		if got := must(d.Child(t.Context(), d.sanne, c.ID))(t).NoPlace; got != want {
			t.Errorf("home at %q: told %v, want %v", postcode, got, want)
		}
	}
}

func TestOfASecretAddressNoPlaceIsKeptPrecisely(t *testing.T) {
	for _, n := range []NewChild{
		{Postcode: "3072AB", SecondHome: "3081CD", OtherPlace: "3044ZX", SecretAddress: true},
		{SecondHome: "3081CD", OtherPlace: "3044ZX", SecretAddress: true}, // nor when home is not known at all
	} {
		d := newDesk(t)
		c := d.young(n, "anders")
		n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t)
		raw := string(must(json.Marshal(n))(t)) + fmt.Sprintf("%+v", d.store.children)
		for _, precise := range []string{"3072AB", "3081CD", "3044ZX", "51.899"} {
			if strings.Contains(raw, precise) {
				t.Errorf("%q is kept of %s", precise, raw)
			}
		}
	}
}

func TestASecretAddressIsSavedAgainAsItIsShown(t *testing.T) {
	d := newDesk(t)
	typed := NewChild{Postcode: "3072AB", SecondHome: "3081CD", OtherPlace: "3044", SecretAddress: true}
	c := d.young(typed, "anders")
	typed.GivenName, typed.Born, typed.School = "Yusuf", c.Born, c.School
	typed.Postcode, typed.SecondHome = string(c.Postcode), string(c.SecondHome) // four digits, as they stand on the screen
	again := must(d.UpdateChild(t.Context(), d.sanne, c.ID, c.Version, typed))(t)
	if again.Version--; !reflect.DeepEqual(again, c) {
		t.Errorf("changed into %+v from %+v", again, c)
	}
	typed.SecretAddress = false
	_, err := d.UpdateChild(t.Context(), d.sanne, c.ID, c.Version+1, typed)
	if fields := errs.FieldsOf(err); len(fields) != 2 || fields[0].Name != "postcode" {
		t.Errorf("an address that is no secret any more needs its letters: %v", err)
	}
}

func TestAnotherPlaceIsGoneWithTheChildAndNeverInTheAudit(t *testing.T) {
	d := newDesk(t)
	c := d.young(NewChild{Postcode: "3072AB", OtherPlace: "3044ZX"}, "anders")
	if err := d.Withdraw(t.Context(), d.sanne, c.ID, "jongere"); err != nil {
		t.Fatal(err)
	}
	d.wantErased(c)
	if all := fmt.Sprintf("%+v", d.store.fakeTx); strings.Contains(all, "3044") {
		t.Error("the other place stayed")
	}
	_, err := d.AddChild(t.Context(), d.sanne, NewChild{GivenName: "Noor", Born: Born{Year: 2012, Month: 4}, OtherPlace: "bij oma"})
	if fields := errs.FieldsOf(err); len(fields) != 1 || fields[0].Name != "other_place" || strings.Contains(fmt.Sprint(err, fields), "oma") {
		t.Errorf("got %v, %v", err, fields)
	}
}
