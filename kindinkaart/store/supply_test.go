package store

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// klas begins an open class with cards of which the first ones are finished with this answer.
func (w workday) klas(name string, cards, finished int, likes string) (kindinkaart.Klas, []kindinkaart.Card) {
	w.t.Helper()
	ctx := w.t.Context()
	k := must(w.AddKlas(ctx, w.sanne, kindinkaart.Klas{School: w.school.ID, Name: name, Year: schoolYear(time.Now()), Variant: questionnaire.VariantB}, cards))(w.t)
	if !k.Open {
		k = must(w.SetKlasOpen(ctx, w.sanne, k.ID, k.Version, true))(w.t)
	}
	all := must(w.Klas(ctx, w.sanne, k.ID))(w.t).Cards
	for _, c := range all[:finished] {
		session := must(w.OpenCard(ctx, c.Code))(w.t)
		must(w.SaveCardReply(ctx, c.ID, session.Afname.Version, kindinkaart.Reply{Item: "W1", Answer: []byte(likes)}))(w.t)
		if err := w.FinishCard(ctx, c.ID); err != nil {
			w.t.Fatal(err)
		}
	}
	return k, all
}

// supplyIsCounted asks for what missing supply is counted with: children who agreed, and cards of nobody, each once.
func supplyIsCounted(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx := t.Context()
	first, gone := w.answered(), w.answered()
	w.agreed() // answered nothing
	_, cards := w.klas("Groep 6", 4, 3, `{"dansen":"leuk"}`)
	if err := w.LinkCard(ctx, w.sanne, cards[0].ID, first.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Withdraw(ctx, w.sanne, gone.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	_, busy := w.klas("Groep 7", 2, 1, `{"koken":"leuk"}`)
	must(w.OpenCard(ctx, busy[1].Code))(t)
	newWorkday(t, s).answered() // in another city

	noor := access.Actor{ID: "noor", Tenant: w.sanne.Tenant, Role: access.Adviser}
	got := must(w.ForSupply(ctx, noor))(t)
	klas, children := 0, 0
	for _, n := range got.Needs {
		switch said, _ := json.Marshal(n); {
		case strings.Contains(string(said), "koken"):
			t.Error("a class that is answering is counted")
		case strings.Contains(string(said), "Yusuf") || strings.Contains(string(said), first.ID) || strings.Contains(string(said), "3081"):
			t.Errorf("who it is stands in %s", said)
		case n.Klas:
			klas++
		default:
			children++
		}
	}
	if children != 1 || klas != 2 || len(got.Schools) != 1 || got.MinCell != 5 {
		t.Errorf("%d children, %d cards, %d schools", children, klas, len(got.Schools))
	}
	for name, who := range map[string]access.Actor{
		"a teacher": {ID: "juf", Tenant: w.sanne.Tenant, Role: access.Teacher, Schools: []string{w.school.ID}}, "nobody": {},
	} {
		if _, err := w.ForSupply(ctx, who); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.VerifyAudit(ctx, w.sanne.Tenant); err != nil {
		t.Error(err)
	}
}

// schoolsAreDivided asks for the cards of all classes of a school, as their smw'er and as the ib'er.
func schoolsAreDivided(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	_, cards := w.klas("Groep 6", 4, 3, `{"dansen":"leuk"}`)
	w.klas("Groep 5", 2, 2, `{"koken":"leuk"}`)
	if err := w.LinkCard(t.Context(), w.sanne, cards[0].ID, w.answered().ID); err != nil {
		t.Fatal(err)
	}
	ib := access.Actor{ID: "ib", Tenant: w.sanne.Tenant, Role: access.IB, Schools: []string{w.school.ID}}
	for _, who := range []access.Actor{w.sanne, ib} {
		got := must(w.ForSchool(t.Context(), who, w.school.ID))(t)
		if len(got.Klassen) != 2 || len(got.Klassen[0].Cards) != 2 || len(got.Klassen[1].Cards) != 3 || got.OnlyCounts != (who.Role == access.IB) {
			t.Errorf("%s: %+v", who.Role, got)
		}
	}
	ib.Schools = []string{newID()}
	_, err := w.ForSchool(t.Context(), ib, w.school.ID)
	wantKind(t, err, errs.NotFound)
}
