package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/store/storetest"
)

func postgresAddress(t testing.TB) string { return storetest.Postgres(t) }

func wrongKeysAreRefused(t *testing.T, address string) {
	s := openAt(t, address)
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	folder := t.TempDir()
	missing := filepath.Join(folder, "sleutel")
	for name, change := range map[string]func(*Config){
		"wrong":   func(c *Config) { c.Key = otherKey },
		"none":    func(c *Config) { c.Key = nil },
		"no file": func(c *Config) { c.Key, c.KeyFile = nil, missing },
		"short":   func(c *Config) { c.Key = testKey[:16] },
	} {
		c := configOf(address)
		change(&c)
		if again, err := Open(context.Background(), c); err == nil {
			_ = again.Close()
			t.Errorf("%s key: opened", name)
		} else if !strings.Contains(err.Error(), "sleutel") {
			t.Errorf("%s key: %v", name, err)
		}
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a key file was made for data that has another key")
	}
	same(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, f.child.ID, f.child)
}

func TestKeyFileIsMadeOnceAndForItsOwnerOnly(t *testing.T) {
	path := storetest.SQLite(t)
	c := Config{Path: path, KeyFile: path + ".key"}
	for range 2 {
		s, err := Open(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(c.KeyFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v (%v)", info.Mode(), err)
	}
	if err := os.Chmod(c.KeyFile, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), c)
	wantKind(t, err, errs.Refused)
	if err := os.Remove(c.KeyFile); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), c)
	wantKind(t, err, errs.Refused)
}

func newerIsRefused(t *testing.T, address string) {
	s := openAt(t, address)
	if err := s.writer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)").Error; err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), configOf(address))
	wantKind(t, err, errs.Refused)
	if !strings.Contains(errs.MessageOf(err), "nieuwere versie") {
		t.Errorf("got %s", errs.MessageOf(err))
	}
}

func oneMigrates(t *testing.T, address string) {
	var wg sync.WaitGroup
	opened := make(chan error, 4)
	for range 4 {
		wg.Go(func() {
			s, err := Open(context.Background(), configOf(address))
			if err == nil {
				err = s.Close()
			}
			opened <- err
		})
	}
	wg.Wait()
	close(opened)
	for err := range opened {
		if err != nil {
			t.Fatal(err)
		}
	}
	s := openAt(t, address)
	applied, known, err := s.Schema(context.Background())
	var times int64
	if err := s.writer.Raw("SELECT count(*) FROM goose_db_version WHERE version_id = ?", known).Scan(&times).Error; err != nil {
		t.Fatal(err)
	}
	if err != nil || applied != known || times != 1 {
		t.Fatalf("migration %d of %d, applied %d times (%v)", applied, known, times, err)
	}
}

func keysCanBeChanged(t *testing.T, address string) {
	ctx := context.Background()
	before := openAt(t, address)
	tenant := newTenant()
	f := newFamily(t, before, tenant)
	if err := before.RecordEvent(ctx, event(tenant, "read", "child", f.child.ID)); err != nil {
		t.Fatal(err)
	}
	both := configOf(address)
	both.Key, both.OldKey = otherKey, testKey
	s, err := Open(ctx, both)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	same(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, f.child.ID, f.child)
	if n, err := s.Rekey(ctx); err != nil || n != 2 {
		t.Fatalf("%d keys wrapped again (%v), want child and klas", n, err)
	}
	if n, err := s.Rekey(ctx); err != nil || n != 0 {
		t.Fatalf("a second time did %d (%v)", n, err)
	}
	after := configOf(address)
	after.Key = otherKey
	alone, err := Open(ctx, after)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = alone.Close() }()
	same(t, alone, kindinkaart.Tx.Tasks, access.Scope{Tenant: tenant}, f.task.ID, f.task)
	if found := find(t, alone, kindinkaart.Tx.Cards, access.Scope{Tenant: tenant}, kindinkaart.Query{Code: f.card.Code}); len(found) != 1 {
		t.Error("codes must still be found")
	}
	if err := alone.Verify(ctx); err != nil {
		t.Error(err)
	}
	_, err = Open(ctx, configOf(address))
	wantKind(t, err, errs.Refused)
}
