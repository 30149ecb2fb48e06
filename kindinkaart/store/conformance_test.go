package store

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// conform holds a database to all promises of this package; address makes a new empty one.
func conform(t *testing.T, address func(testing.TB) string) {
	s := openAt(t, address(t))
	for name, test := range map[string]func(*testing.T, *Store){
		"every record comes back as it was":                  recordsComeBack,
		"an empty record of every kind comes back":           emptyRecordsComeBack,
		"a scope reaches its own and nothing else":           scopesHold,
		"a card names its tenant, and no other card does":    cardsNameTheirTenant,
		"a child's things are reached through the child":     ownedIsReachedThroughChild,
		"an older version is a conflict and changes nothing": olderVersionsConflict,
		"a failed act changes nothing":                       failedActsChangeNothing,
		"queries narrow, and refuse what they cannot answer": queriesNarrow,
		"text that engines treat differently is refused":     badTextIsRefused,
		"an erased child is gone and stays gone":             erasedStaysGone,
		"an erased class leaves linked answers readable":     erasedKlasKeepsLinked,
		"a sealed record opens nowhere else":                 sealedOpensNowhereElse,
		"the change log has no gaps with eight writers":      changeLogHasNoGaps,
		"a catalogue edit is whole or nothing":               editsAreWhole,
		"the change log knows when and what is better":       changesHaveADay,
		"an import is found again by its source":             sourcesAreFound,
		"the audit chain holds with eight writers":           auditChainHolds,
		"an audit line that was tampered with is found":      tamperingIsFound,
		"without an audit line the act does not happen":      noAuditNoAct,
		"accounts, sessions and attempts":                    loginsWork,
		"reference data loads twice with the same result":    referenceLoadsTwice,
		"a changed scheme has to be confirmed again":         schemesAreConfirmed,
		"nothing in the database shows who a child is":       nothingShowsTheChild,
		"a child goes through the services and is withdrawn": servicesWork,
		"a class answers with codes":                         classesWork,
		"missing supply is counted, each child once":         supplyIsCounted,
		"a school is divided over, by cards or in counts":    schoolsAreDivided,
		"a child that rests for a year is erased":            restIsErased,
		"a damaged record keeps no other from being erased":  damageHoldsNobodyBack,
		"a late answer is an error, not a wait":              lateIsAnError,
	} {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
	for name, test := range map[string]func(*testing.T, string){
		"a wrong or missing key is refused and changes nothing": wrongKeysAreRefused,
		"an old program refuses a newer database":               newerIsRefused,
		"of two programs that start at once one migrates":       oneMigrates,
		"a change of keys leaves everything readable":           keysCanBeChanged,
		"two programs that read and then write do not collide":  twoProgramsWrite,
		"killed halfway, what was promised is there":            killedLosesNothing,
	} {
		t.Run(name, func(t *testing.T) { test(t, address(t)) })
	}
}

func recordsComeBack(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	whole := access.Scope{Tenant: tenant}
	same(t, s, kindinkaart.Tx.Schools, whole, f.school.ID, f.school)
	same(t, s, kindinkaart.Tx.Children, whole, f.child.ID, f.child)
	same(t, s, kindinkaart.Tx.Klassen, whole, f.klas.ID, f.klas)
	same(t, s, kindinkaart.Tx.Cards, whole, f.card.ID, f.card)
	same(t, s, kindinkaart.Tx.Consents, whole, f.consent.ID, f.consent)
	same(t, s, kindinkaart.Tx.Afnames, whole, f.afname.ID, f.afname)
	same(t, s, kindinkaart.Tx.Trajecten, whole, f.traject.ID, f.traject)
	same(t, s, kindinkaart.Tx.Events, whole, f.event.ID, f.event)
	same(t, s, kindinkaart.Tx.Tasks, whole, f.task.ID, f.task)
	same(t, s, kindinkaart.Tx.Checks, whole, f.check.ID, f.check)
}

// same compares a stored record with what was put; times are compared as moments.
func same[T any](t *testing.T, s *Store, in func(kindinkaart.Tx) kindinkaart.Table[T], scope access.Scope, id string, want T) {
	t.Helper()
	got, err := get(s, in, scope, id)
	if err != nil {
		t.Fatalf("%T: %v", want, err)
	}
	a, errA := encode(got)
	b, errB := encode(want)
	if err := errors.Join(errA, errB); err != nil || strings.ReplaceAll(string(a), "Z", "") != strings.ReplaceAll(string(b), "Z", "") {
		t.Fatalf("%T:\n got %s\nwant %s (%v)", want, a, b, err)
	}
}

func emptyRecordsComeBack(t *testing.T, s *Store) {
	tenant := newTenant()
	whole := access.Scope{Tenant: tenant}
	f := newFamily(t, s, tenant)
	same(t, s, kindinkaart.Tx.Children, whole, "c", put(t, s, kindinkaart.Tx.Children, tenant, kindinkaart.Child{ID: "c", Tenant: tenant, Grants: []kindinkaart.Grant{{}, {ID: "g"}}}))
	same(t, s, kindinkaart.Tx.Schools, whole, "s", put(t, s, kindinkaart.Tx.Schools, tenant, kindinkaart.School{ID: "s", Tenant: tenant}))
	same(t, s, kindinkaart.Tx.Schools, whole, "s2", put(t, s, kindinkaart.Tx.Schools, tenant, kindinkaart.School{ID: "s2", Tenant: tenant}))
	same(t, s, kindinkaart.Tx.Klassen, whole, "k", put(t, s, kindinkaart.Tx.Klassen, tenant, kindinkaart.Klas{ID: "k", Tenant: tenant}))
	same(t, s, kindinkaart.Tx.Cards, whole, "d", put(t, s, kindinkaart.Tx.Cards, tenant, kindinkaart.Card{ID: "d", Tenant: tenant, Klas: "k", Code: "AAAAAA"}))
	same(t, s, kindinkaart.Tx.Consents, whole, "n", put(t, s, kindinkaart.Tx.Consents, tenant, kindinkaart.Consent{ID: "n", Tenant: tenant, Child: "c"}))
	same(t, s, kindinkaart.Tx.Afnames, whole, "a", put(t, s, kindinkaart.Tx.Afnames, tenant, kindinkaart.Afname{ID: "a", Tenant: tenant, Klas: "k"}))
	same(t, s, kindinkaart.Tx.Trajecten, whole, "r", put(t, s, kindinkaart.Tx.Trajecten, tenant, kindinkaart.Traject{ID: "r", Tenant: tenant, Child: "c", Toeleiding: &kindinkaart.Toeleiding{}}))
	same(t, s, kindinkaart.Tx.Events, whole, "e", put(t, s, kindinkaart.Tx.Events, tenant, kindinkaart.TrajectEvent{ID: "e", Tenant: tenant, Traject: "r"}))
	same(t, s, kindinkaart.Tx.Tasks, whole, "o", put(t, s, kindinkaart.Tx.Tasks, tenant, kindinkaart.Task{ID: "o", Tenant: tenant, Traject: f.traject.ID}))
	same(t, s, kindinkaart.Tx.Checks, whole, "q", put(t, s, kindinkaart.Tx.Checks, tenant, kindinkaart.Check{ID: "q", Tenant: tenant, Traject: f.traject.ID}))
}

func olderVersionsConflict(t *testing.T, s *Store) {
	tenant := newTenant()
	first := put(t, s, kindinkaart.Tx.Children, tenant, sampleChild(tenant))
	mine, theirs := first, first
	mine.GivenName, theirs.GivenName = "Mijn", "Hun"
	stored := put(t, s, kindinkaart.Tx.Children, tenant, mine)
	if stored.Version != first.Version+1 {
		t.Fatalf("version %d after %d", stored.Version, first.Version)
	}
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Children().Put(access.Scope{Tenant: tenant}, theirs)
		return err
	})
	wantKind(t, err, errs.Conflict)
	again := sampleChild(tenant)
	again.ID = first.ID
	err = s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Children().Put(access.Scope{Tenant: tenant}, again)
		return err
	})
	wantKind(t, err, errs.Conflict)
	ghost := sampleChild(tenant)
	ghost.Version = 3
	err = s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Children().Put(access.Scope{Tenant: tenant}, ghost)
		return err
	})
	wantKind(t, err, errs.NotFound)
	same(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, first.ID, stored)
}

func failedActsChangeNothing(t *testing.T, s *Store) {
	tenant, stop := newTenant(), errs.New(errs.Refused, "Dit mag niet.")
	c := sampleChild(tenant)
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		if _, err := x.Children().Put(access.Scope{Tenant: tenant}, c); err != nil {
			return err
		}
		if err := x.Record(event(tenant, "create", "child", c.ID)); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatalf("got %v, want the error of the act itself", err)
	}
	if n := len(find(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, kindinkaart.Query{})); n != 0 {
		t.Fatalf("%d children after a failed act", n)
	}
	if seq, _, err := s.AuditHead(context.Background(), tenant); err != nil || seq != 0 {
		t.Fatalf("audit line %d after a failed act (%v)", seq, err)
	}
	var panicked any
	func() {
		defer func() { panicked = recover() }()
		_ = s.Do(context.Background(), func(x kindinkaart.Tx) error {
			_, _ = x.Children().Put(access.Scope{Tenant: tenant}, c)
			panic("halverwege")
		})
	}()
	if panicked == nil || len(find(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, kindinkaart.Query{})) != 0 {
		t.Fatal("a panic halfway must not be swallowed and must not store anything")
	}
}

func queriesNarrow(t *testing.T, s *Store) {
	tenant := newTenant()
	f, other := newFamily(t, s, tenant), newFamily(t, s, tenant)
	whole := access.Scope{Tenant: tenant}
	done := f.task
	done.DoneOn = civil.Date{Year: 2026, Month: 9, Day: 9}
	put(t, s, kindinkaart.Tx.Tasks, tenant, done)
	counts := map[string][2]int{
		"children of a school":     {len(find(t, s, kindinkaart.Tx.Children, whole, kindinkaart.Query{School: f.school.ID})), 1},
		"children of an owner":     {len(find(t, s, kindinkaart.Tx.Children, whole, kindinkaart.Query{Owner: "smw-1"})), 2},
		"children, at most one":    {len(find(t, s, kindinkaart.Tx.Children, whole, kindinkaart.Query{Limit: 1})), 1},
		"open tasks":               {len(find(t, s, kindinkaart.Tx.Tasks, whole, kindinkaart.Query{Open: true})), 1},
		"tasks of a traject":       {len(find(t, s, kindinkaart.Tx.Tasks, whole, kindinkaart.Query{Traject: f.traject.ID})), 1},
		"tasks before their day":   {len(find(t, s, kindinkaart.Tx.Tasks, whole, kindinkaart.Query{Before: time.Date(2026, 9, 8, 12, 0, 0, 0, time.UTC)})), 0},
		"tasks after their day":    {len(find(t, s, kindinkaart.Tx.Tasks, whole, kindinkaart.Query{Before: time.Date(2026, 9, 9, 0, 0, 0, 0, time.UTC)})), 2},
		"trajecten in keuze":       {len(find(t, s, kindinkaart.Tx.Trajecten, whole, kindinkaart.Query{Stage: "keuze"})), 2},
		"trajecten in zoeken":      {len(find(t, s, kindinkaart.Tx.Trajecten, whole, kindinkaart.Query{Stage: "zoeken"})), 0},
		"a card by its code":       {len(find(t, s, kindinkaart.Tx.Cards, whole, kindinkaart.Query{Code: f.card.Code})), 1},
		"a card by half its code":  {len(find(t, s, kindinkaart.Tx.Cards, whole, kindinkaart.Query{Code: f.card.Code[:3]})), 0},
		"a code of another tenant": {len(find(t, s, kindinkaart.Tx.Cards, access.Scope{Tenant: newTenant()}, kindinkaart.Query{Code: f.card.Code})), 0},
		"cards that can be used":   {len(find(t, s, kindinkaart.Tx.Cards, whole, kindinkaart.Query{Open: true})), 0},
		"a school by BRIN":         {len(find(t, s, kindinkaart.Tx.Schools, whole, kindinkaart.Query{BRIN: other.school.BRIN})), 1},
		"unfinished afnames":       {len(find(t, s, kindinkaart.Tx.Afnames, whole, kindinkaart.Query{Child: f.child.ID, Open: true})), 1},
		"quotes are only text":     {len(find(t, s, kindinkaart.Tx.Trajecten, whole, kindinkaart.Query{Stage: "' OR 1=1 --"})), 0},
	}
	for what, c := range counts {
		if c[0] != c[1] {
			t.Errorf("%s: %d, want %d", what, c[0], c[1])
		}
	}
	if all := find(t, s, kindinkaart.Tx.Children, whole, kindinkaart.Query{}); len(all) != 2 || all[0].ID != f.child.ID {
		t.Error("results must come in order of creation")
	}
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Schools().Find(whole, kindinkaart.Query{Child: f.child.ID})
		return err
	})
	wantKind(t, err, errs.Internal)
}

func badTextIsRefused(t *testing.T, s *Store) {
	tenant := newTenant()
	fine := sampleChild(tenant)
	fine.GivenName, fine.Surname = "Ægidius 𝒴ıldız‍👧🏽 \\u0000", "O'Brien \"; DROP TABLE child;--\u202e"
	same(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, fine.ID, put(t, s, kindinkaart.Tx.Children, tenant, fine))
	for _, bad := range []string{"a\x00b", "\xff\xfe", "half \xed\xa0\x80"} {
		c := sampleChild(tenant)
		c.GivenName = bad
		err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
			_, err := x.Children().Put(access.Scope{Tenant: tenant}, c)
			return err
		})
		wantKind(t, err, errs.Invalid)
		if f := errs.FieldsOf(err); len(f) != 1 || f[0].Name != "givenname" {
			t.Fatalf("%q: the error must name the field, got %v", bad, f)
		}
		a := sampleActivity("")
		a.Slots[0].Location.Name = bad
		_, err = s.Apply(context.Background(), tenant, catalog.Edit{Activities: []catalog.Activity{a}})
		wantKind(t, err, errs.Invalid)
	}
	withNUL := sampleAfname(tenant, put(t, s, kindinkaart.Tx.Children, tenant, sampleChild(tenant)).ID, "")
	withNUL.Answers["W3"] = []byte(`"a\u0000b"`)
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Afnames().Put(access.Scope{Tenant: tenant}, withNUL)
		return err
	})
	wantKind(t, err, errs.Invalid)
}

func editsAreWhole(t *testing.T, s *Store) {
	ctx, tenant := context.Background(), newTenant()
	p := catalog.Partner{ID: newID(), Name: "BC De Maas", Kind: "sportclub"}
	a := sampleActivity(p.ID)
	if _, err := s.Apply(ctx, tenant, catalog.Edit{Partners: []catalog.Partner{p}, Activities: []catalog.Activity{a}}); err != nil {
		t.Fatal(err)
	}
	stored, err := s.Activity(ctx, tenant, a.ID)
	a.Version = 1
	if err != nil || !reflect.DeepEqual(stored, a) {
		t.Fatalf("got %+v (%v)", stored, err)
	}
	stale := stored
	stored.Title = "Basketbal U14"
	if seq, err := s.Apply(ctx, tenant, catalog.Edit{Activities: []catalog.Activity{stored}}); err != nil || seq != 3 {
		t.Fatalf("line %d (%v)", seq, err)
	}
	_, err = s.Apply(ctx, tenant, catalog.Edit{Activities: []catalog.Activity{sampleActivity(p.ID), stale}})
	wantKind(t, err, errs.Conflict)
	_, err = s.Apply(ctx, tenant, catalog.Edit{Activities: []catalog.Activity{sampleActivity("een partner die er niet is")}})
	wantKind(t, err, errs.Invalid)
	_, all, seq, err := s.All(ctx, tenant)
	if err != nil || len(all) != 1 || seq != 3 {
		t.Fatalf("%d activities at line %d (%v): a refused edit left something", len(all), seq, err)
	}
	_, err = s.Activity(ctx, newTenant(), a.ID)
	wantKind(t, err, errs.NotFound)
	if of, err := s.ActivitiesOf(ctx, tenant, p.ID); err != nil || len(of) != 1 {
		t.Fatalf("%d of the partner (%v)", len(of), err)
	}
}

func sourcesAreFound(t *testing.T, s *Store) {
	ctx, tenant := context.Background(), newTenant()
	p := catalog.Partner{ID: newID(), Name: "Scouting", Kind: "scouting", Source: "lijst", SourceID: "7"}
	a := sampleActivity(p.ID)
	a.Source, a.SourceID = "lijst", "8"
	if _, err := s.Apply(ctx, tenant, catalog.Edit{Partners: []catalog.Partner{p}, Activities: []catalog.Activity{a, sampleActivity(p.ID)}}); err != nil {
		t.Fatal(err)
	}
	partners, activities, err := s.BySource(ctx, tenant, "lijst")
	if err != nil || len(partners) != 1 || len(activities) != 1 || partners["7"].ID != p.ID || activities["8"].ID != a.ID {
		t.Fatalf("%v %v (%v)", partners, activities, err)
	}
	again := sampleActivity(p.ID)
	again.Source, again.SourceID = "lijst", "8"
	_, err = s.Apply(ctx, tenant, catalog.Edit{Activities: []catalog.Activity{again}})
	wantKind(t, err, errs.Conflict)
	list, err := s.Activities(ctx, tenant, []string{"weg", a.ID})
	if err != nil || len(list) != 1 {
		t.Fatalf("missing ids must be left out: %v (%v)", list, err)
	}
}

func lateIsAnError(t *testing.T, s *Store) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	err := s.Do(ctx, func(kindinkaart.Tx) error { return nil })
	wantKind(t, err, errs.Unavailable)
	if strings.Contains(errs.MessageOf(err), "context") {
		t.Fatalf("not a sentence for people: %s", errs.MessageOf(err))
	}
}

func changesHaveADay(t *testing.T, s *Store) {
	ctx, tenant := context.Background(), newTenant()
	at := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC)
	a, b := sampleActivity(""), sampleActivity("")
	better := map[string][]catalog.Better{a.ID: {catalog.Cheaper, catalog.RoomAgain}}
	for i, e := range []catalog.Edit{
		{Activities: []catalog.Activity{a, b}, Better: better}, // an older program: no moment
		{Activities: []catalog.Activity{again(a, 1), again(b, 1)}, At: at, Better: better},
		{Activities: []catalog.Activity{again(a, 2)}, At: at.Add(time.Hour)},
	} {
		if _, err := s.Apply(ctx, tenant, e); err != nil {
			t.Fatal(i, err)
		}
	}
	all, err := s.Changes(ctx, tenant, 0, 10)
	if err != nil || len(all) != 5 || !all[0].At.IsZero() || !all[2].At.Equal(at) || len(all[3].Better) != 0 || !reflect.DeepEqual(all[2].Better, better[a.ID]) {
		t.Fatalf("%+v (%v)", all, err)
	}
	want := []catalog.Change{all[2]}
	if got, err := s.Improved(ctx, tenant, at.Add(-time.Second)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v (%v)", got, err)
	}
	for name, none := range map[string]func() ([]catalog.Change, error){
		"the moment itself": func() ([]catalog.Change, error) { return s.Improved(ctx, tenant, at) },
		"another tenant":    func() ([]catalog.Change, error) { return s.Improved(ctx, newTenant(), at.Add(-time.Second)) },
	} {
		if got, err := none(); err != nil || len(got) != 0 {
			t.Errorf("%s: %+v (%v)", name, got, err)
		}
	}
}

// again is an activity as it is replaced, at a version.
func again(a catalog.Activity, version int) catalog.Activity {
	a.Version = version
	return a
}
