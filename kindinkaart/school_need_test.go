package kindinkaart

import (
	"reflect"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func ibAt(school string) access.Actor {
	return access.Actor{ID: "ib1", Tenant: "t1", Role: access.IB, Schools: []string{school}}
}

// twoKlassen are two classes of Sanne at school1 with two finished cards each, and one of another smw'er there.
func twoKlassen(t *testing.T) (d *desk, first, second Klas) {
	d = newDesk(t)
	first = d.klasOf(3)
	second = must(d.AddKlas(t.Context(), d.sanne, Klas{Name: "Groep 5", School: "school1", Variant: "B", Open: true}, 2))(t)
	for _, c := range []struct {
		card   int
		choice string
	}{{0, "koken"}, {1, "voetbal"}, {3, "dansen"}, {4, "koken"}} {
		if err := d.fillIn(d.store.cards[c.card].Code, c.choice); err != nil {
			t.Fatal(err)
		}
	}
	must(d.AddKlas(t.Context(), d.colleague, Klas{Name: "Groep 4", School: "school1", Variant: "A", Open: true}, 2))(t)
	must(d.AddKlas(t.Context(), d.sanne, Klas{Name: "Groep 8", School: "school2", Variant: "B", Open: true}, 2))(t)
	return d, first, second
}

func TestASMWGetsTheCardsOfItsOwnClassesOfASchoolByName(t *testing.T) {
	d, first, second := twoKlassen(t)
	got := must(d.ForSchool(t.Context(), d.sanne, "school1"))(t)
	if len(got.Klassen) != 2 || got.Klassen[0].Klas.ID != second.ID || got.Klassen[1].Klas.ID != first.ID || got.OnlyCounts || got.School.ID != "school1" {
		t.Fatalf("%+v", got)
	}
	if n := got.Klassen[1]; len(n.Cards) != 2 || n.Waiting != 1 || n.Cards[0].Need.Home == nil {
		t.Errorf("%+v", n)
	}
	if last := d.store.audit[len(d.store.audit)-1]; last.Action != "match" || last.Kind != "klas" || last.Subject != first.ID {
		t.Errorf("recorded %+v", last)
	}
}

func TestTheIBCountsEveryClassOfTheSchoolAndALinkedCardIsOnlyACard(t *testing.T) {
	d, first, _ := twoKlassen(t)
	c := d.agreed()
	if err := d.LinkCard(t.Context(), d.sanne, d.store.cards[0].ID, c.ID); err != nil {
		t.Fatal(err)
	}
	before := len(d.store.audit)
	got := must(d.ForSchool(t.Context(), ibAt("school1"), "school1"))(t)
	if len(got.Klassen) != 3 || !got.OnlyCounts || got.MinCell != 5 {
		t.Fatalf("%+v", got)
	}
	n := got.Klassen[2]
	if n.Klas.ID != first.ID || len(n.Cards) != 2 || n.Busy {
		t.Fatalf("%+v", n)
	}
	for _, card := range n.Cards {
		if card.Linked || *card.Need.Home != *card.Need.School || card.Need.Born == c.Born || len(card.Need.Parent) > 0 {
			t.Errorf("a card is searched for from home, or with what is known of the child: %+v", card)
		}
	}
	for _, e := range d.store.audit[before:] {
		if e.Kind != "klas" || e.Action != "count" {
			t.Errorf("recorded %+v", e)
		}
	}
	if err := d.Withdraw(t.Context(), d.sanne, c.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	if got := must(d.ForSchool(t.Context(), ibAt("school1"), "school1"))(t); len(got.Klassen[2].Cards) != 1 {
		t.Error("who withdrew still counts")
	}
}

func TestATeacherOfAClassCountsTheSchoolAsTheIBDoes(t *testing.T) {
	d, _, _ := twoKlassen(t)
	ib := must(d.ForSchool(t.Context(), ibAt("school1"), "school1"))(t)
	got := must(d.ForSchool(t.Context(), d.juf, "school1"))(t)
	if !got.OnlyCounts || got.MinCell != 5 || !reflect.DeepEqual(got, ib) {
		t.Errorf("%+v", got)
	}
	if last := d.store.audit[len(d.store.audit)-1]; last.Action != "count" || last.Kind != "klas" {
		t.Errorf("recorded %+v", last)
	}
	_, err := d.ForKlas(t.Context(), d.juf, got.Klassen[2].Klas.ID)
	wantKind(t, err, errs.NotFound)
}

func TestOfAClassThatIsAnsweringTheIBCountsNobody(t *testing.T) {
	d, first, _ := twoKlassen(t)
	must(d.OpenCard(t.Context(), d.store.cards[2].Code))(t)
	got := must(d.ForSchool(t.Context(), ibAt("school1"), "school1"))(t)
	if n := got.Klassen[2]; n.Klas.ID != first.ID || !n.Busy || len(n.Cards) != 0 || n.Waiting != 1 {
		t.Errorf("%+v", n)
	}
	if n := got.Klassen[1]; n.Busy || len(n.Cards) != 2 {
		t.Errorf("%+v", n)
	}
	if n := must(d.ForSchool(t.Context(), d.sanne, "school1"))(t).Klassen[1]; n.Busy || len(n.Cards) != 2 {
		t.Errorf("the smw'er of the class sees its cards: %+v", n)
	}
}

func TestWhoWorksWithNoClassOfASchoolGetsNothing(t *testing.T) {
	d, _, _ := twoKlassen(t)
	other := access.Actor{ID: "juf2", Tenant: "t1", Role: access.Teacher, Schools: []string{"school1"}} // of no class
	for _, who := range []access.Actor{other, d.leader, d.stranger, d.club, adviser(), ibAt("school2"), {}} {
		school := "school1"
		if who.Role == access.IB {
			who.Schools = nil
		}
		_, err := d.ForSchool(t.Context(), who, school)
		wantKind(t, err, errs.NotFound)
	}
	_, err := d.ForSchool(t.Context(), ibAt("school2"), "school1")
	wantKind(t, err, errs.NotFound)
	_, err = d.ForSchool(t.Context(), d.sanne, "")
	wantKind(t, err, errs.NotFound)
}
