package kindinkaart

import (
	"encoding/json"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func (d *desk) klasNeeds(k Klas) KlasNeeds {
	d.t.Helper()
	return must(d.ForKlas(d.t.Context(), d.sanne, k.ID))(d.t)
}

// fill lets the first cards of the class be answered.
func (d *desk) fill(choices ...string) {
	d.t.Helper()
	for i, choice := range choices {
		if err := d.fillIn(d.store.cards[i].Code, choice); err != nil {
			d.t.Fatal(err)
		}
	}
}

func TestPlacesAreDividedOverAnimalsAndNotOverNamesOrCodes(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(4)
	d.fill("koken", "voetbal")
	must(d.OpenCard(t.Context(), d.store.cards[2].Code))(t)
	got := d.klasNeeds(k)
	if len(got.Cards) != 2 || got.Waiting != 2 || got.LeftOut != 0 || got.School.Name == "" {
		t.Fatalf("%+v", got)
	}
	n := got.Cards[0].Need
	if got.Cards[0].Linked || n.Home == nil || *n.Home != *n.School || n.Born.Age(n.On) != 9 {
		t.Errorf("searched from school at the age of the class: %+v", n)
	}
	said, _ := json.Marshal(got.Cards)
	for _, c := range d.store.cards {
		if strings.Contains(string(said), c.Code) || strings.Contains(string(said), c.ID) || c.Afname != "" && strings.Contains(string(said), c.Afname) {
			t.Errorf("a code or an id is in %s", said)
		}
	}
}

func TestWhoWasLinkedIsSearchedForFromHomeAndTheReadingIsRecorded(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(2)
	d.fill("koken", "voetbal")
	c := d.agreed()
	if err := d.LinkCard(t.Context(), d.sanne, d.store.cards[0].ID, c.ID); err != nil {
		t.Fatal(err)
	}
	before := len(d.store.audit)
	got := d.klasNeeds(k)
	linked := got.Cards[0]
	if !linked.Linked {
		linked = got.Cards[1]
	}
	if !linked.Linked || linked.Need.Born != c.Born || linked.Need.Home == nil || *linked.Need.Home == *linked.Need.School {
		t.Errorf("%+v", linked)
	}
	var subjects []string
	for _, e := range d.store.audit[before:] {
		subjects = append(subjects, e.Action+" "+e.Kind+" "+e.Subject)
	}
	if want := "match child " + c.ID + ", match klas " + k.ID; strings.Join(subjects, ", ") != want {
		t.Errorf("recorded %q, want %q", subjects, want)
	}
	said, _ := json.Marshal(got.Cards)
	if strings.Contains(string(said), c.ID) || strings.Contains(string(said), c.GivenName) {
		t.Errorf("the child is named in %s", said)
	}
}

func TestAChildThatIsWithSomebodyElseNowIsLeftOutAndAWithdrawnOneIsGone(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(3)
	d.fill("koken", "voetbal", "dansen")
	other, gone := d.agreed(), d.agreed()
	for i, c := range []Child{other, gone} {
		if err := d.LinkCard(t.Context(), d.sanne, d.store.cards[i].ID, c.ID); err != nil {
			t.Fatal(err)
		}
	}
	for i := range d.store.children {
		if d.store.children[i].ID == other.ID {
			d.store.children[i].Owner = "somebody"
		}
	}
	if err := d.Withdraw(t.Context(), d.sanne, gone.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	if got := d.klasNeeds(k); len(got.Cards) != 1 || got.LeftOut != 1 || got.Waiting != 0 {
		t.Errorf("%+v", got)
	}
}

func TestOnlyTheSMWOfAClassGetsItsNeeds(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(2)
	for _, who := range []access.Actor{d.juf, d.leader, d.stranger, d.club, adviser(), {}} {
		before := len(d.store.audit)
		_, err := d.ForKlas(t.Context(), who, k.ID)
		wantKind(t, err, errs.NotFound)
		if who.Tenant != "" && d.store.audit[before].Action != "denied" {
			t.Errorf("%s: %+v", who.Role, d.store.audit[before:])
		}
	}
}
