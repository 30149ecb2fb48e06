package kindinkaart

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// supply is what somebody gets to count missing supply with.
func (d *desk) supply(who access.Actor) Supply {
	d.t.Helper()
	return must(d.ForSupply(d.t.Context(), who))(d.t)
}

func adviser() access.Actor { return access.Actor{ID: "noor", Tenant: "t1", Role: access.Adviser} }

func TestFiguresAboutSupplyAreMadeOfNeedsWithoutNamesOrBirthdays(t *testing.T) {
	d := newDesk(t)
	c := d.childOf("2015-04-17")
	if err := d.says(c, PurposeProfile, "ouder", true); err != nil {
		t.Fatal(err)
	}
	d.answers(c, "B", yusufSays)
	got := d.supply(adviser())
	if len(got.Needs) != 1 || got.MinCell != 5 || len(got.Schools) != 2 {
		t.Fatalf("%+v", got)
	}
	n := got.Needs[0]
	if n.Wijk != c.Wijk || n.Klas || n.Need.Born != (Born{Year: 2015, Month: time.April}) || n.Need.Home == nil || n.Need.School == nil {
		t.Errorf("%+v", n)
	}
	said, _ := json.Marshal(n)
	for _, never := range []string{"Yusuf", c.ID, "G1", "2015-04-17", "6A"} {
		if strings.Contains(string(said), never) {
			t.Errorf("%q is in %s", never, said)
		}
	}
}

func TestWithoutConsentOrFinishedAnswersNobodyCounts(t *testing.T) {
	d := newDesk(t)
	c := d.agreed()
	if got := d.supply(adviser()); len(got.Needs) != 0 {
		t.Errorf("nothing is answered yet: %+v", got.Needs)
	}
	d.answers(c, "B", yusufSays)
	if got := d.supply(adviser()); len(got.Needs) != 1 {
		t.Fatalf("%+v", got.Needs)
	}
	if err := d.says(c, PurposeProfile, "kind", false); err != nil {
		t.Fatal(err)
	}
	if got := d.supply(adviser()); len(got.Needs) != 0 {
		t.Errorf("the child said no: %+v", got.Needs)
	}
}

func TestAccessNeedsAreInTheFiguresOnlyWithTheirOwnConsent(t *testing.T) {
	d := newDesk(t)
	c := d.agreed()
	if err := d.says(c, PurposeAccess, "ouder", true); err != nil {
		t.Fatal(err)
	}
	d.answers(c, "B", map[string]string{"W2": `["basketbal"]`, "G3": `["rolstoel"]`})
	if n := d.supply(adviser()).Needs[0].Need; n.Answers["G3"] == nil || !slices.Equal(n.Consents, []string{string(PurposeAccess)}) {
		t.Errorf("%+v", n)
	}
	if err := d.says(c, PurposeAccess, "ouder", false); err != nil {
		t.Fatal(err)
	}
	if n := d.supply(adviser()).Needs[0].Need; n.Answers["G3"] != nil || n.Consents != nil {
		t.Errorf("%+v", n)
	}
}

func TestAClassCountsFromItsSchoolWhenNobodyIsAnswering(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(3)
	code := func(i int) string { return d.store.cards[i].Code }
	if err := d.fillIn(code(0), "koken"); err != nil {
		t.Fatal(err)
	}
	must(d.OpenCard(t.Context(), code(1)))(t)
	if got := d.supply(adviser()); len(got.Needs) != 0 {
		t.Errorf("a child is answering: %+v", got.Needs)
	}
	if err := d.fillIn(code(1), "voetbal"); err != nil {
		t.Fatal(err)
	}
	got := d.supply(adviser()).Needs
	if len(got) != 2 || !got[0].Klas || got[0].Need.Home == nil || *got[0].Need.Home != *got[0].Need.School {
		t.Fatalf("%+v", got)
	}
	if age := got[0].Need.Born.Age(got[0].Need.On); age != 9 {
		t.Errorf("in September most children of groep 6 (%s) are 9, not %d", k.Year, age)
	}
	c := d.agreed()
	if err := d.LinkCard(t.Context(), d.sanne, d.store.cards[0].ID, c.ID); err != nil {
		t.Fatal(err)
	}
	got = d.supply(adviser()).Needs
	linked := slices.IndexFunc(got, func(n SupplyNeed) bool { return !n.Klas })
	if len(got) != 2 || linked < 0 {
		t.Errorf("who was linked counts once, as itself: %+v", got)
	}
}

func TestTheAgeOfAClassFollowsFromItsGroep(t *testing.T) {
	for _, c := range []struct {
		name string
		of   SchoolType
		want string
	}{{"Groep 3", "bo", "2020-04"}, {"groep 8b", "sbo", "2015-04"}, {"7A", "bo", "2016-04"}, {"Groep 9", "bo", ""}, {"1B", "vo", ""}, {"De Eendjes", "bo", ""}} {
		if got := bornOfKlas(Klas{Name: c.name, Year: "2026-2027"}, c.of).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhoMaySeeWhereSupplyIsMissing(t *testing.T) {
	d := newDesk(t)
	d.answers(d.agreed(), "B", yusufSays)
	admin := access.Actor{ID: "kees", Tenant: "t1", Role: access.CatalogueAdmin}
	for _, who := range []access.Actor{adviser(), d.leader, d.sanne, d.stranger, admin} {
		before := len(d.store.audit)
		if err := d.SeeSupply(t.Context(), who); err != nil {
			t.Errorf("%s: %v", who.Role, err)
		}
		if len(d.supply(who).Needs) != 1 || len(d.store.audit) != before+2 {
			t.Errorf("%s counts the whole tenant and is recorded: %d events", who.Role, len(d.store.audit)-before)
		}
	}
	elsewhere := adviser()
	elsewhere.Tenant = "t2"
	if got := d.supply(elsewhere); len(got.Needs)+len(got.Schools) != 0 {
		t.Errorf("another tenant: %+v", got)
	}
	wantKind(t, d.SeeSupply(t.Context(), d.club), errs.NotFound)
	for _, who := range []access.Actor{d.juf, {ID: "fg", Tenant: "t1", Role: access.Auditor}, {}} {
		wantKind(t, d.SeeSupply(t.Context(), who), errs.NotFound)
		_, err := d.ForSupply(t.Context(), who)
		wantKind(t, err, errs.NotFound)
	}
}

func TestAPartnerMayCountForItsOwnTagsAndSeesNotTheWhole(t *testing.T) {
	d := newDesk(t)
	own := d.club
	if err := d.SeeOwnSupply(t.Context(), own); err != nil {
		t.Fatal(err)
	}
	if last := d.store.audit[len(d.store.audit)-1]; last.Action != "read" || last.Kind != "supply_gaps" {
		t.Errorf("recorded %+v", last)
	}
	must(d.ForSupply(t.Context(), own))(t)
	wantKind(t, d.SeeSupply(t.Context(), own), errs.NotFound)
	for _, who := range []access.Actor{{ID: "club", Tenant: "t1", Role: access.PartnerRole}, d.juf, adviser(), {}} {
		wantKind(t, d.SeeOwnSupply(t.Context(), who), errs.NotFound)
	}
}
