package kindinkaart

import (
	"strings"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// klasOf adds an open klas of variant B.
func (d *desk) klasOf(cards int) Klas {
	d.t.Helper()
	return must(d.AddKlas(d.t.Context(), d.sanne, Klas{Name: "Groep 6", School: "school1", Teacher: "juf", Variant: "B", Open: true}, cards))(d.t)
}

// fillIn lets a child with a card answer its first choice and finish.
func (d *desk) fillIn(code, choice string) error {
	ctx := d.t.Context()
	session, err := d.OpenCard(ctx, code)
	if err != nil {
		return err
	}
	if choice != "" {
		if _, err := d.SaveCardReply(ctx, session.Card.ID, session.Afname.Version, Reply{Item: "W2", Answer: []byte(`["` + choice + `"]`)}); err != nil {
			return err
		}
	}
	return d.FinishCard(ctx, session.Card.ID)
}

// groep6 is P2: 28 cards, two absent, 26 finish in the same minute.
func groep6(d *desk) (Klas, []Card) {
	k := d.klasOf(28)
	var choices []string
	for _, c := range []struct {
		choice string
		n      int
	}{{"voetbal", 7}, {"dansen", 6}, {"koken", 5}, {"basketbal", 3}, {"computer", 2}, {"dieren", 1}, {"toneel", 1}, {"", 1}} {
		for range c.n {
			choices = append(choices, c.choice)
		}
	}
	cards := append([]Card(nil), d.store.cards...)
	var all sync.WaitGroup
	failed := make(chan error, len(choices))
	for i, choice := range choices {
		all.Go(func() { failed <- d.fillIn(cards[i].Code, choice) })
	}
	all.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			d.t.Fatal(err)
		}
	}
	return k, cards
}

func TestP2AClassOf28(t *testing.T) {
	d := newDesk(t)
	d.NewID = lockedIDs(d.NewID)
	k, cards := groep6(d)
	f := must(d.Klas(t.Context(), d.juf, k.ID))(t)
	if f.Done != 26 || f.Unused != 2 || f.Started != 0 || f.Overview.Total.N != 26 {
		t.Errorf("done %d, unused %d, started %d, total %+v", f.Done, f.Unused, f.Started, f.Overview.Total)
	}
	want := []Count{{Label: "voetbal", N: 7}, {Label: "dansen", N: 6}, {Label: "koken", N: 5}, {Label: "andere keuze of geen keuze samen", N: 8}}
	if len(f.Overview.First) != len(want) {
		t.Fatalf("first choices %+v, want %+v", f.Overview.First, want)
	}
	for i, c := range want {
		if f.Overview.First[i] != c {
			t.Errorf("row %d: %+v, want %+v", i, f.Overview.First[i], c)
		}
	}
	wantKind(t, d.fillIn(cards[0].Code, "koken"), errs.NotFound)
	wantKind(t, d.FinishCard(t.Context(), cards[0].ID), errs.NotFound)
	d.now = d.now.AddDate(0, 0, 15)
	wantKind(t, d.fillIn(cards[27].Code, "koken"), errs.NotFound)
}

func lockedIDs(next func() string) func() string {
	var m sync.Mutex
	return func() string {
		m.Lock()
		defer m.Unlock()
		return next()
	}
}

func TestFourParentsConsentAndTheRestIsGoneOnTheFirstOfAugust(t *testing.T) {
	d := newDesk(t)
	d.NewID = lockedIDs(d.NewID)
	k, cards := groep6(d)
	var linked []Child
	for i := range 4 {
		c := d.childOf("2015-04")
		wantKind(t, d.LinkCard(t.Context(), d.sanne, cards[i].ID, c.ID), errs.Refused)
		if err := d.says(c, PurposeProfile, "ouder", true); err != nil {
			t.Fatal(err)
		}
		if err := d.LinkCard(t.Context(), d.sanne, cards[i].ID, c.ID); err != nil {
			t.Fatal(err)
		}
		wantKind(t, d.LinkCard(t.Context(), d.sanne, cards[i].ID, c.ID), errs.Refused)
		linked = append(linked, c)
	}
	before := must(d.Child(t.Context(), d.sanne, linked[0].ID))(t)
	if before.Profile == nil || before.Profile.Interest["voetbal"] == 0 || before.Traject.Stage != "zoeken" {
		t.Errorf("profile %+v, stage %s", before.Profile, before.Traject.Stage)
	}
	if err := d.Withdraw(t.Context(), d.sanne, linked[3].ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	d.on("2026-07-31")
	if n := must(d.EraseEndedKlassen(t.Context()))(t); n != 0 {
		t.Error("erased on the last day of the year")
	}
	d.on("2026-08-01")
	if n := must(d.EraseEndedKlassen(t.Context()))(t); n != 1 {
		t.Errorf("%d classes erased", n)
	}
	if len(d.store.afnames) != 3 || len(d.store.cards) != 0 || len(d.store.klassen) != 0 {
		t.Errorf("left: %d afnames, %d cards, %d classes", len(d.store.afnames), len(d.store.cards), len(d.store.klassen))
	}
	after := must(d.Child(t.Context(), d.sanne, linked[0].ID))(t)
	if after.Profile.Interest["voetbal"] != before.Profile.Interest["voetbal"] {
		t.Error("the score changed")
	}
	_, err := d.Klas(t.Context(), d.sanne, k.ID)
	wantKind(t, err, errs.NotFound)
}

func TestUnknownUsedAndExpiredCodesLookTheSame(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(3)
	used, old := d.store.cards[0].Code, d.store.cards[1].Code
	if err := d.fillIn(strings.ToLower(used[:3]+" "+used[3:]), "koken"); err != nil {
		t.Fatal(err)
	}
	_, err1 := d.OpenCard(t.Context(), used)
	_, err2 := d.OpenCard(t.Context(), "zzzzzz")
	d.now = d.now.Add(cardUnused + 1)
	_, err3 := d.OpenCard(t.Context(), old)
	for _, err := range []error{err1, err2, err3} {
		if errs.KindOf(err) != errs.NotFound || err.Error() != err1.Error() {
			t.Errorf("got %v, want %v", err, err1)
		}
	}
	if f := must(d.Klas(t.Context(), d.sanne, k.ID))(t); f.Unused != 0 {
		t.Errorf("%d expired codes are shown as usable", f.Unused)
	}
}

func TestAChildThatComesBackGoesOnWhereItWas(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(1)
	code := d.store.cards[0].Code
	one := must(d.OpenCard(t.Context(), code))(t)
	must(d.SaveCardReply(t.Context(), one.Card.ID, one.Afname.Version, Reply{Item: "F4", Answer: []byte(`"buiten"`)}))(t)
	_, err := d.SaveCardReply(t.Context(), one.Card.ID, one.Afname.Version, Reply{Item: "F4", Answer: []byte(`"binnen"`)})
	wantKind(t, err, errs.Conflict)
	two := must(d.OpenCard(t.Context(), code))(t)
	if two.Afname.ID != one.Afname.ID || string(two.Afname.Answers["F4"]) != `"buiten"` {
		t.Errorf("came back to %+v", two.Afname)
	}
	k = must(d.SetKlasOpen(t.Context(), d.juf, k.ID, k.Version, false))(t)
	_, err = d.CardSession(t.Context(), one.Card.ID)
	wantKind(t, err, errs.Refused)
	must(d.SetKlasOpen(t.Context(), d.sanne, k.ID, k.Version, true))(t)
	must(d.CardSession(t.Context(), one.Card.ID))(t)
}

func TestInAClassNoMoodHealthFamilyOrOpenTextIsAsked(t *testing.T) {
	d := newDesk(t)
	d.klasOf(1)
	s := must(d.OpenCard(t.Context(), d.store.cards[0].Code))(t)
	for _, r := range []Reply{{Item: "G1", Answer: []byte("3")}, {Item: "G3", Answer: []byte(`["nee"]`)}, {Item: "S1", Answer: []byte("3")},
		{Item: "W3", Answer: []byte(`[]`), OwnWords: "ik heet Yusuf"}, {Item: "P3", Answer: []byte(`["kosten"]`)}} {
		_, err := d.SaveCardReply(t.Context(), s.Card.ID, s.Afname.Version, r)
		wantKind(t, err, errs.Invalid)
	}
}

func TestTheTeacherSeesNoAnswersAndNoOverviewWhileSomebodyIsAnswering(t *testing.T) {
	d := newDesk(t)
	k := d.klasOf(8)
	for i := range 6 {
		if err := d.fillIn(d.store.cards[i].Code, "koken"); err != nil {
			t.Fatal(err)
		}
	}
	must(d.OpenCard(t.Context(), d.store.cards[6].Code))(t)
	f := must(d.Klas(t.Context(), d.juf, k.ID))(t)
	if !f.Overview.Total.Hidden || f.Overview.First != nil {
		t.Errorf("overview %+v while a child is answering", f.Overview)
	}
	for _, c := range f.Cards {
		if c.Afname != "" || c.Child != "" || c.Animal == "" {
			t.Errorf("card on the board: %+v", c)
		}
	}
	other := access.Actor{ID: "ib", Tenant: "t1", Role: access.IB, Schools: []string{"school1"}}
	for _, c := range must(d.Klas(t.Context(), other, k.ID))(t).Cards {
		if c.Code != "" {
			t.Error("a colleague who hands out no cards sees a code")
		}
	}
	for _, who := range []access.Actor{d.stranger, d.elsewhere, d.club, d.colleague, {ID: "x", Tenant: "t1", Role: access.Teacher, Schools: []string{"school2"}}, {ID: "y", Tenant: "t1", Role: access.Teacher}} {
		_, err := d.Klas(t.Context(), who, k.ID)
		wantKind(t, err, errs.NotFound)
		if all, err := d.Klassen(t.Context(), who); err != nil || len(all) != 0 {
			t.Errorf("%s sees %d classes (%v)", who.ID, len(all), err)
		}
	}
}

func TestCodesHaveNoLookAlikesAndEachCardHasItsOwnAnimal(t *testing.T) {
	d := newDesk(t)
	d.klasOf(40)
	codes, names := map[string]bool{}, map[string]bool{}
	for _, c := range d.store.cards {
		if len(c.Code) != 6 || strings.ContainsAny(c.Code, "0O1IL2Z5S8BUVQJ") {
			t.Errorf("code %s", c.Code)
		}
		codes[c.Code], names[c.Animal] = true, true
	}
	if len(codes) != 40 || len(names) != 40 {
		t.Errorf("%d codes, %d animals", len(codes), len(names))
	}
	for _, n := range []int{0, 41, -1} {
		_, err := d.AddKlas(t.Context(), d.sanne, Klas{Name: "6", School: "school1", Variant: "B"}, n)
		wantKind(t, err, errs.Invalid)
	}
	_, err := d.AddKlas(t.Context(), d.juf, Klas{Name: "6", School: "school1", Variant: "B"}, 3)
	wantKind(t, err, errs.NotFound)
}

func TestWhoAddsAKlasCannotSayWhoseItIs(t *testing.T) {
	d := newDesk(t)
	k := must(d.AddKlas(t.Context(), d.sanne, Klas{ID: "x", Tenant: "t2", Organisation: "org2", Owner: "vreemd", Name: "6", School: "school1", Variant: "B", Version: 7}, 1))(t)
	if k.ID == "x" || k.Tenant != "t1" || k.Organisation != "org1" || k.Owner != "sanne" || k.Version != 1 || k.Year != "2025-2026" {
		t.Errorf("stored %+v", k)
	}
}
