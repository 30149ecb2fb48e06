package store

import (
	"testing"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// workday is a smw'er at work on a real database.
type workday struct {
	*kindinkaart.Service
	t      *testing.T
	sanne  access.Actor
	school kindinkaart.School
}

func newWorkday(t *testing.T, s *Store) workday {
	t.Helper()
	tenant := newTenant()
	w := workday{t: t, sanne: access.Actor{ID: "sanne", Tenant: tenant, Organisation: "smwr", Role: access.SMW}}
	w.Service = &kindinkaart.Service{Store: s, Clock: time.Now, NewID: newID, MinCell: 5}
	w.school = put(t, s, kindinkaart.Tx.Schools, tenant, kindinkaart.School{ID: newID(), Tenant: tenant, BRIN: "17AP00", Name: "De Vlieger", Type: "bo", Region: "midden"})
	if _, err := s.PutPostcodes(t.Context(), []Postcode{{Code: "3081CD", Point: geo.Point{Lat: 51.885, Lon: 4.48}, Residence: "GM0599", Wijk: "WK059910"}}, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// must gives a value or stops the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// agreed adds a child whose parent agreed.
func (w workday) agreed() kindinkaart.Child {
	w.t.Helper()
	c := must(w.AddChild(w.t.Context(), w.sanne, kindinkaart.NewChild{GivenName: "Yusuf", Born: kindinkaart.Born{Year: time.Now().Year() - 10, Month: 1},
		School: w.school.ID, Klas: "6A", Postcode: "3081 cd", Source: "school", Reason: "vrije_tijd"}))(w.t)
	must(w.GiveConsent(w.t.Context(), w.sanne, kindinkaart.Consent{Child: c.ID, Purpose: kindinkaart.PurposeProfile, By: "ouder", Capacity: "gezag",
		How: "gesprek", TextVersion: "1", Given: true}))(w.t)
	return c
}

// servicesWork takes a child through the services, as the screens do, and withdraws it.
func servicesWork(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx, c := t.Context(), w.agreed()
	af := must(w.StartAfname(ctx, w.sanne, c.ID, questionnaire.VariantB, "smw"))(t)
	stale := af.Version
	af = must(w.SaveReply(ctx, w.sanne, af.ID, af.Version, kindinkaart.Reply{Item: "W1", Answer: []byte(`{"voetbal":"leuk"}`)}))(t)
	_, err := w.SaveReply(ctx, w.sanne, af.ID, stale, kindinkaart.Reply{Item: "W1", Answer: []byte(`{"voetbal":"niet_leuk"}`)})
	wantKind(t, err, errs.Conflict)
	must(w.FinishAfname(ctx, w.sanne, af.ID))(t)
	file := must(w.Child(ctx, w.sanne, c.ID))(t)
	if file.Child.GivenName != "Yusuf" || file.Profile == nil || file.Traject == nil || len(file.Events) == 0 {
		t.Fatalf("the file is not whole: %+v", file)
	}
	if need := must(w.ForMatch(ctx, w.sanne, c.ID))(t); string(need.Answers["W1"]) != `{"voetbal":"leuk"}` {
		t.Fatalf("answers %s", need.Answers["W1"])
	}
	if rows := must(w.Caseload(ctx, w.sanne, kindinkaart.CaseloadFilter{}))(t); len(rows) != 1 {
		t.Fatalf("%d on the caseload", len(rows))
	}
	colleague := w.sanne
	colleague.ID = "collega"
	_, err = w.Child(ctx, colleague, c.ID)
	wantKind(t, err, errs.NotFound)
	if err := w.Withdraw(ctx, w.sanne, c.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	_, err = w.Child(ctx, w.sanne, c.ID)
	wantKind(t, err, errs.Refused)
	if err := s.VerifyAudit(ctx, w.sanne.Tenant); err != nil {
		t.Fatal(err)
	}
}

// classesWork lets a child with a code answer and links its card to a child's record.
func classesWork(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx, c := t.Context(), w.agreed()
	k := must(w.AddKlas(ctx, w.sanne, kindinkaart.Klas{School: w.school.ID, Name: "Groep 6A", Year: schoolYear(time.Now()), Variant: questionnaire.VariantB}, 3))(t)
	if !k.Open {
		k = must(w.SetKlasOpen(ctx, w.sanne, k.ID, k.Version, true))(t)
	}
	cards := must(w.Klas(ctx, w.sanne, k.ID))(t).Cards
	if len(cards) != 3 {
		t.Fatalf("%d cards", len(cards))
	}
	session := must(w.OpenCard(ctx, cards[0].Code))(t)
	must(w.SaveCardReply(ctx, session.Card.ID, session.Afname.Version, kindinkaart.Reply{Item: "W1", Answer: []byte(`{"dansen":"leuk"}`)}))(t)
	if err := w.FinishCard(ctx, session.Card.ID); err != nil {
		t.Fatal(err)
	}
	_, err := w.OpenCard(ctx, cards[0].Code)
	wantKind(t, err, errs.NotFound)
	if err := w.LinkCard(ctx, w.sanne, session.Card.ID, c.ID); err != nil {
		t.Fatal(err)
	}
	if file := must(w.Child(ctx, w.sanne, c.ID))(t); len(file.Afnames) != 1 || string(file.Afnames[0].Answers["W1"]) != `{"dansen":"leuk"}` {
		t.Fatalf("the answers of the card are not with the child: %+v", file.Afnames)
	}
	if err := w.Withdraw(ctx, w.sanne, c.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
}

// schoolYear is the school year of a day, as "2026-2027".
func schoolYear(t time.Time) string {
	if t.Month() < time.August {
		t = t.AddDate(-1, 0, 0)
	}
	return t.Format("2006") + "-" + t.AddDate(1, 0, 0).Format("2006")
}
