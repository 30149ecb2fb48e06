package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/uuid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

var (
	testKey  = keyOf("sleutel voor tests")
	otherKey = keyOf("een andere sleutel")
	tenants  atomic.Int64
)

func keyOf(words string) []byte {
	h := sha256.Sum256([]byte(words))
	return h[:]
}

// newTenant gives every test a tenant of its own, so that they can share a database.
func newTenant() string { return fmt.Sprintf("t%03d", tenants.Add(1)) }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func event(tenant, action, kind, subject string) audit.Event {
	return audit.Event{ID: newID(), Tenant: tenant, At: time.Now(), Actor: "smw-1", Role: "smw", Action: action, Kind: kind, Subject: subject, Purpose: "beheer"}
}

// do runs one act that must go well.
func do(t testing.TB, s *Store, f func(kindinkaart.Tx) error) {
	t.Helper()
	if err := s.Do(context.Background(), f); err != nil {
		t.Fatalf("act: %v", err)
	}
}

func wantKind(t testing.TB, err error, kind errs.Kind) {
	t.Helper()
	if got := errs.KindOf(err); got != kind {
		t.Fatalf("got %q (%v), want %q", got, err, kind)
	}
}

// put stores a record that must go well and gives it back as it is now.
func put[T any](t testing.TB, s *Store, in func(kindinkaart.Tx) kindinkaart.Table[T], tenant string, record T) (out T) {
	t.Helper()
	do(t, s, func(x kindinkaart.Tx) (err error) {
		out, err = in(x).Put(access.Scope{Tenant: tenant}, record)
		return err
	})
	return out
}

func get[T any](s *Store, in func(kindinkaart.Tx) kindinkaart.Table[T], scope access.Scope, id string) (out T, err error) {
	err = s.Do(context.Background(), func(x kindinkaart.Tx) (err error) {
		out, err = in(x).Get(scope, id)
		return err
	})
	return out, err
}

func find[T any](t testing.TB, s *Store, in func(kindinkaart.Tx) kindinkaart.Table[T], scope access.Scope, q kindinkaart.Query) (out []T) {
	t.Helper()
	do(t, s, func(x kindinkaart.Tx) (err error) {
		out, err = in(x).Find(scope, q)
		return err
	})
	return out
}

func sampleChild(tenant string) kindinkaart.Child {
	return kindinkaart.Child{ID: newID(), Tenant: tenant, Organisation: "smwr", Owner: "smw-1", GivenName: "Zebedeus", Surname: "Quispelaer",
		Born: kindinkaart.Born{Year: 2015, Month: time.April}, Klas: "5B", Postcode: "3072AB", OtherPlace: "3044ZX", Point: geo.Point{Lat: 51.899, Lon: 4.504},
		Wijk: "WK059917", Residence: "GM0599", Language: "nl", Grants: []kindinkaart.Grant{{ID: newID(), Scheme: "jfsc", Name: "Wimpelfonds", Activity: "a1", Cents: 31717,
			From: civil.Date{Year: 2026, Month: 9, Day: 17}, Until: civil.Date{Year: 2027, Month: 9, Day: 17}, RenewDays: 60}}, CreatedAt: time.Date(2026, 9, 1, 10, 0, 0, 123456789, time.UTC)}
}

func sampleTraject(c kindinkaart.Child) kindinkaart.Traject {
	return kindinkaart.Traject{ID: newID(), Tenant: c.Tenant, Organisation: c.Organisation, Owner: c.Owner, Child: c.ID, Source: "school",
		Reason: "vrije_tijd", Stage: "keuze", Since: civil.Date{Year: 2026, Month: 9, Day: 8}, SupportLevel: "hand",
		Toeleiding: &kindinkaart.Toeleiding{Activity: "a1", Title: "Basketbal U12", ChosenOn: civil.Date{Year: 2026, Month: 9, Day: 8}, Words: "ik wil dunken", Score: 0.71, Reasons: []string{"dichtbij"}}}
}

func sampleAfname(tenant, child, klas string) kindinkaart.Afname {
	return kindinkaart.Afname{ID: newID(), Tenant: tenant, Child: child, Klas: klas, Variant: questionnaire.VariantB, HelpedBy: "smw",
		Answers: questionnaire.Answers{"W1": json.RawMessage(`{"voetbal":"leuk"}`)}, OwnWords: "ik hou van krokodillen", Seen: []string{"T1", "W1"},
		Profile:   &questionnaire.Profile{Format: "kindinkaart-profile/1", Interest: map[string]float64{"sport.bal": 0.5}, Veto: []string{}},
		StartedAt: time.Date(2026, 9, 2, 9, 0, 0, 0, time.UTC)}
}

// family is a child with one of everything that can belong to it.
type family struct {
	school  kindinkaart.School
	child   kindinkaart.Child
	klas    kindinkaart.Klas
	card    kindinkaart.Card
	consent kindinkaart.Consent
	afname  kindinkaart.Afname
	traject kindinkaart.Traject
	event   kindinkaart.TrajectEvent
	task    kindinkaart.Task
	check   kindinkaart.Check
}

// newFamily stores one of everything.
// codesUsed gives every card of these tests its own code.
var codesUsed atomic.Int32

func newFamily(t testing.TB, s *Store, tenant string) (f family) {
	t.Helper()
	today := civil.Date{Year: 2026, Month: 9, Day: 8}
	f.school = put(t, s, kindinkaart.Tx.Schools, tenant, kindinkaart.School{ID: newID(), Tenant: tenant, BRIN: newID()[24:], Name: "De Kiezel", Type: "bo"})
	c := sampleChild(tenant)
	c.School = f.school.ID
	f.child = put(t, s, kindinkaart.Tx.Children, tenant, c)
	f.klas = put(t, s, kindinkaart.Tx.Klassen, tenant, kindinkaart.Klas{ID: newID(), Tenant: tenant, Organisation: "smwr", Owner: "smw-1", Teacher: "juf-1", School: f.school.ID, Name: "Groep 5B", CreatedAt: time.Now()})
	f.card = put(t, s, kindinkaart.Tx.Cards, tenant, kindinkaart.Card{ID: newID(), Tenant: tenant, Klas: f.klas.ID, Code: fmt.Sprintf("K%05d", codesUsed.Add(1)), Animal: "vos", State: kindinkaart.CardLinked, Child: f.child.ID, ExpiresAt: time.Now().Add(time.Hour)})
	f.consent = put(t, s, kindinkaart.Tx.Consents, tenant, kindinkaart.Consent{ID: newID(), Tenant: tenant, Child: f.child.ID, Purpose: kindinkaart.PurposeProfile, By: "ouder", Given: true, On: today})
	f.afname = put(t, s, kindinkaart.Tx.Afnames, tenant, sampleAfname(tenant, f.child.ID, f.klas.ID))
	f.traject = put(t, s, kindinkaart.Tx.Trajecten, tenant, sampleTraject(f.child))
	f.event = put(t, s, kindinkaart.Tx.Events, tenant, kindinkaart.TrajectEvent{ID: newID(), Tenant: tenant, Traject: f.traject.ID, Seq: 1, To: "aangemeld", On: today, By: "smw-1"})
	f.task = put(t, s, kindinkaart.Tx.Tasks, tenant, kindinkaart.Task{ID: newID(), Tenant: tenant, Traject: f.traject.ID, Text: "tas van Zebedeus klaarzetten", Who: "ouder", Due: today})
	f.check = put(t, s, kindinkaart.Tx.Checks, tenant, kindinkaart.Check{ID: newID(), Tenant: tenant, Traject: f.traject.ID, Number: 1, Due: today})
	return f
}

func sampleActivity(partner string) catalog.Activity {
	nine := 9
	return catalog.Activity{ID: newID(), Partner: partner, Title: "Basketbal U12", Domain: "sport", Tags: []string{"sport.bal.basketbal"}, Audience: "child",
		AgeMin: &nine, State: catalog.Published, Costs: []catalog.Cost{{Kind: "contributie", Cents: 26500, Per: "year"}},
		Slots: []catalog.Slot{{ID: "s1", Weekday: "wo", Start: 17 * 60, End: 18*60 + 15, Location: catalog.Location{Name: "Sporthal", Lat: 51.89, Lon: 4.5}}}}
}
