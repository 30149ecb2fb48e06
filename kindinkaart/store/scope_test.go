package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/store/storetest"
)

// scopesHold compares what random scopes find with a plain rule over a list, and asks for each child by id too.
func scopesHold(t *testing.T, s *Store) {
	one, two := newTenant(), newTenant()
	var all []kindinkaart.Child
	for _, tenant := range []string{one, two} {
		for i := range 3 {
			put(t, s, kindinkaart.Tx.Schools, tenant, kindinkaart.School{ID: fmt.Sprint("school", i), Tenant: tenant})
		}
		for i := range 12 {
			c := sampleChild(tenant)
			c.Organisation, c.Owner, c.School = fmt.Sprint("org", i%2), fmt.Sprint("smw", i%3), fmt.Sprint("school", i%3)
			if i%4 == 0 {
				c.Cover, c.School = "smw1", ""
			}
			all = append(all, put(t, s, kindinkaart.Tx.Children, tenant, c))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		scope := access.Scope{
			Tenant:       rapid.SampledFrom([]string{one, two, "", "niets", "' OR '1'='1"}).Draw(r, "tenant"),
			Organisation: rapid.SampledFrom([]string{"", "org0", "org1", "' OR 1=1 --"}).Draw(r, "organisation"),
			Person:       rapid.SampledFrom([]string{"", "smw0", "smw1", "smw2", "niemand"}).Draw(r, "person"),
			Schools:      rapid.SampledFrom([][]string{nil, {}, {"school0"}, {"school1", "school2"}}).Draw(r, "schools"),
		}
		var want, got []string
		for _, c := range all {
			if mayReach(scope, c) {
				want = append(want, c.ID)
			}
		}
		for _, c := range find(t, s, kindinkaart.Tx.Children, scope, kindinkaart.Query{}) {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			r.Fatalf("scope %+v found %d children, want %d", scope, len(got), len(want))
		}
		c := rapid.SampledFrom(all).Draw(r, "child")
		if _, err := get(s, kindinkaart.Tx.Children, scope, c.ID); (err == nil) != mayReach(scope, c) {
			r.Fatalf("scope %+v by id: %v", scope, err)
		}
	})
}

// mayReach is the rule of access.Scope in plain words.
func mayReach(s access.Scope, c kindinkaart.Child) bool {
	return s.Tenant != "" && c.Tenant == s.Tenant &&
		(s.Organisation == "" || c.Organisation == s.Organisation) &&
		(s.Person == "" || c.Owner == s.Person || c.Cover == s.Person) &&
		(s.Schools == nil || slices.Contains(s.Schools, c.School))
}

func ownedIsReachedThroughChild(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	for name, c := range map[string]struct {
		scope   access.Scope
		reached bool
	}{
		"owner":              {access.Scope{Tenant: tenant, Person: "smw-1"}, true},
		"organisation":       {access.Scope{Tenant: tenant, Organisation: "smwr"}, true},
		"school":             {access.Scope{Tenant: tenant, Schools: []string{f.school.ID}}, true},
		"no scope":           {access.Scope{}, false},
		"other tenant":       {access.Scope{Tenant: newTenant()}, false},
		"other organisation": {access.Scope{Tenant: tenant, Organisation: "mee"}, false},
		"colleague":          {access.Scope{Tenant: tenant, Organisation: "smwr", Person: "smw-2"}, false},
		"other school":       {access.Scope{Tenant: tenant, Schools: []string{"s9"}}, false},
		"no schools":         {access.Scope{Tenant: tenant, Schools: []string{}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			reach(t, s, kindinkaart.Tx.Children, c.scope, f.child.ID, f.child, c.reached)
			reach(t, s, kindinkaart.Tx.Klassen, c.scope, f.klas.ID, f.klas, c.reached)
			reach(t, s, kindinkaart.Tx.Cards, c.scope, f.card.ID, f.card, c.reached)
			reach(t, s, kindinkaart.Tx.Consents, c.scope, f.consent.ID, f.consent, c.reached)
			reach(t, s, kindinkaart.Tx.Afnames, c.scope, f.afname.ID, f.afname, c.reached)
			reach(t, s, kindinkaart.Tx.Trajecten, c.scope, f.traject.ID, f.traject, c.reached)
			reach(t, s, kindinkaart.Tx.Tasks, c.scope, f.task.ID, f.task, c.reached)
			reach(t, s, kindinkaart.Tx.Checks, c.scope, f.check.ID, f.check, c.reached)
		})
	}
	reach(t, s, kindinkaart.Tx.Klassen, access.Scope{Tenant: tenant, Person: "juf-1"}, f.klas.ID, f.klas, true)
	reach(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant, Person: "juf-1"}, f.child.ID, f.child, false)
}

// reach asks for a record, looks for it, and when it may not be reached tries to change and delete it: each answer must
// be that of a record that does not exist.
func reach[T any](t *testing.T, s *Store, in func(kindinkaart.Tx) kindinkaart.Table[T], scope access.Scope, id string, record T, reached bool) {
	t.Helper()
	_, err := get(s, in, scope, id)
	found := len(find(t, s, in, scope, kindinkaart.Query{}))
	if reached {
		if err != nil || found == 0 {
			t.Fatalf("%T is not reached: %v, %d found", record, err, found)
		}
		return
	}
	_, absent := get(s, in, scope, "een id dat niet bestaat")
	if err == nil || err.Error() != absent.Error() || found != 0 {
		t.Fatalf("%T: %q and %d found; something absent says %q", record, err, found, absent)
	}
	for _, act := range []func(kindinkaart.Table[T]) error{
		func(x kindinkaart.Table[T]) error { _, err := x.Put(scope, record); return err },
		func(x kindinkaart.Table[T]) error { return x.Delete(scope, id) },
	} {
		wantKind(t, s.Do(context.Background(), func(x kindinkaart.Tx) error { return act(in(x)) }), errs.NotFound)
	}
}

func TestPostgreSQLShowsNothingWithoutATenant(t *testing.T) {
	s := openAt(t, postgresAddress(t))
	tenant := newTenant()
	newFamily(t, s, tenant)
	for _, c := range []struct {
		tenant string
		want   int64
	}{{"", 0}, {newTenant(), 0}, {tenant, 1}} {
		var n int64
		err := s.read(context.Background(), s.timeout, func(x *tx) error {
			if err := x.enter(c.tenant); err != nil {
				return err
			}
			return x.db.Raw("SELECT count(*) FROM child").Scan(&n).Error
		})
		if err != nil || n != c.want {
			t.Errorf("as tenant %q: %d children, want %d (%v)", c.tenant, n, c.want, err)
		}
	}
	err := s.write(context.Background(), s.timeout, func(x *tx) error {
		if err := x.enter(newTenant()); err != nil {
			return err
		}
		_, err := x.exec("INSERT INTO erasure (tenant, kind, id, at) VALUES (?, 'child', 'x', now())", tenant)
		return err
	})
	wantKind(t, err, errs.Unavailable)
}

func cardsNameTheirTenant(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	ask := func(word string) (tenant string, err error) {
		err = s.Do(context.Background(), func(x kindinkaart.Tx) (err error) {
			tenant, err = x.TenantOfCard(word)
			return err
		})
		return tenant, err
	}
	for _, word := range []string{f.card.Code, f.card.ID} {
		if got, err := ask(word); err != nil || got != tenant {
			t.Errorf("got %q (%v)", got, err)
		}
	}
	for _, word := range []string{"", f.card.Code[:4], "' OR 1=1 --", f.klas.ID} {
		_, err := ask(word)
		wantKind(t, err, errs.NotFound)
	}
	other := newTenant()
	g := newFamily(t, s, other)
	twin := g.card
	twin.ID, twin.Version, twin.Code = newID(), 0, f.card.Code
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		_, err := x.Cards().Put(access.Scope{Tenant: other}, twin)
		return err
	})
	wantKind(t, err, errs.Conflict)
	do(t, s, func(x kindinkaart.Tx) error { return x.Klassen().Delete(access.Scope{Tenant: tenant}, f.klas.ID) })
	_, err = ask(f.card.Code)
	wantKind(t, err, errs.NotFound)
	all, err := s.Tenants(context.Background())
	if err != nil || !slices.Contains(all, tenant) || !slices.Contains(all, other) || slices.Contains(all, NoTenant) {
		t.Errorf("tenants %v (%v)", all, err)
	}
}

func TestASuperuserIsRefused(t *testing.T) {
	s, err := Open(context.Background(), configOf(storetest.Admin(t)))
	if err == nil {
		_ = s.Close()
	}
	wantKind(t, err, errs.Refused)
}

func TestALostConnectionIsFollowedByANewOne(t *testing.T) {
	s := openAt(t, postgresAddress(t))
	tenant := newTenant()
	acked := 0
	for round := range 30 {
		if round%10 == 5 {
			_ = s.reader.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").Error
		}
		err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
			_, err := x.Children().Put(access.Scope{Tenant: tenant}, sampleChild(tenant))
			return err
		})
		if err == nil {
			acked++
		} else {
			wantKind(t, err, errs.Unavailable)
		}
	}
	if acked < 24 {
		t.Errorf("only %d of 30 acts went well after three lost connections", acked)
	}
	if n := len(find(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, kindinkaart.Query{})); n != acked {
		t.Errorf("%d stored, %d promised", n, acked)
	}
}
