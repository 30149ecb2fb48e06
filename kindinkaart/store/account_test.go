package store

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"time"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
)

func loginsWork(t *testing.T, s *Store) {
	ctx, tenant := context.Background(), newTenant()
	a := account.Account{ID: newID(), Tenant: tenant, Organisation: "smwr", Login: "fatima@" + tenant, Name: "Fatima", Role: access.SMW, Schools: []string{"s1"}, PasswordHash: "$argon2id$x"}
	a, err := s.PutAccount(ctx, a, event(tenant, "create", "account", a.ID))
	if err != nil || a.Version != 1 {
		t.Fatalf("version %d (%v)", a.Version, err)
	}
	for _, ask := range []func() (account.Account, error){
		func() (account.Account, error) { return s.AccountByLogin(ctx, a.Login) },
		func() (account.Account, error) { return s.Account(ctx, tenant, a.ID) },
	} {
		if got, err := ask(); err != nil || !reflect.DeepEqual(got, a) {
			t.Fatalf("got %+v (%v)", got, err)
		}
	}
	twin := account.Account{ID: newID(), Tenant: newTenant(), Login: a.Login}
	_, err = s.PutAccount(ctx, twin, event(twin.Tenant, "create", "account", twin.ID))
	wantKind(t, err, errs.Conflict)
	stale := a
	if a, err = s.PutAccount(ctx, a, event(tenant, "update", "account", a.ID)); err != nil || a.Version != 2 {
		t.Fatal(a.Version, err)
	}
	_, err = s.PutAccount(ctx, stale, event(tenant, "update", "account", a.ID))
	wantKind(t, err, errs.Conflict)
	_, err = s.Account(ctx, newTenant(), a.ID)
	wantKind(t, err, errs.NotFound)
	sessionsWork(t, s, a)
	attemptsWork(t, s, tenant)
}

func sessionsWork(t *testing.T, s *Store, a account.Account) {
	ctx, now := context.Background(), time.Now().UTC().Truncate(time.Second)
	v := account.Session{TokenHash: newID(), Tenant: a.Tenant, Account: a.ID, CreatedAt: now, SeenAt: now}
	for _, seen := range []time.Duration{0, time.Minute} {
		v.SeenAt = now.Add(seen)
		if err := s.PutSession(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Session(ctx, v.TokenHash); err != nil || got != v {
		t.Fatalf("got %+v (%v), want %+v", got, err, v)
	}
	if _, err := s.PutAccount(ctx, a, event(a.Tenant, "password", "account", a.ID)); err != nil {
		t.Fatal(err)
	}
	_, err := s.Session(ctx, v.TokenHash)
	wantKind(t, err, errs.NotFound)
	if err := s.DeleteSession(ctx, v.TokenHash); err != nil {
		t.Fatalf("a second time: %v", err)
	}
	wantKind(t, s.PutSession(ctx, v), errs.NotFound) // a page that was still open does not log in again
	v.SeenAt = v.CreatedAt
	if err := s.PutSession(ctx, v); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(ctx, v.SeenAt.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err = s.Session(ctx, v.TokenHash)
	wantKind(t, err, errs.NotFound)
}

func attemptsWork(t *testing.T, s *Store, key string) {
	ctx, now := context.Background(), time.Now()
	var wg sync.WaitGroup
	var most sync.Map
	for range 20 {
		wg.Go(func() {
			n, err := s.Attempt(ctx, key, now, time.Minute)
			most.Store(n, err)
		})
	}
	wg.Wait()
	for n := 1; n <= 20; n++ {
		if err, ok := most.Load(n); !ok || err != nil {
			t.Fatalf("nobody was number %d (%v)", n, err)
		}
	}
	if n, err := s.Attempt(ctx, key, now.Add(2*time.Minute), time.Minute); err != nil || n != 1 {
		t.Fatalf("a new window begins at %d (%v)", n, err)
	}
	if err := s.ForgetAttempts(ctx, key); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Attempt(ctx, key, now.Add(2*time.Minute), time.Minute); err != nil || n != 1 {
		t.Fatalf("after forgetting: %d (%v)", n, err)
	}
}
