package store

import (
	"context"
	"strings"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func auditChainHolds(t *testing.T, s *Store) {
	const writers, acts = 8, 100
	ctx, tenant := context.Background(), newTenant()
	var wg sync.WaitGroup
	failed := make(chan error, writers*acts)
	for range writers {
		wg.Go(func() {
			for range acts {
				failed <- s.RecordEvent(ctx, event(tenant, "read", "child", "c1"))
			}
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.VerifyAudit(ctx, tenant); err != nil {
		t.Fatal(err)
	}
	if seq, _, err := s.AuditHead(ctx, tenant); err != nil || seq != writers*acts {
		t.Fatalf("%d lines (%v), want %d", seq, err, writers*acts)
	}
}

// twoProgramsWrite lets two programs work on one database with acts that read first and write after.
func twoProgramsWrite(t *testing.T, address string) {
	const writers, acts = 4, 15
	programs, tenant := []*Store{openAt(t, address), openAt(t, address)}, newTenant()
	var wg sync.WaitGroup
	failed := make(chan error, 2*writers*acts)
	for i := range 2 * writers {
		wg.Go(func() {
			for range acts {
				failed <- programs[i%2].Do(context.Background(), func(x kindinkaart.Tx) error {
					if _, err := x.Children().Find(access.Scope{Tenant: tenant}, kindinkaart.Query{Limit: 3}); err != nil {
						return err
					}
					c, err := x.Children().Put(access.Scope{Tenant: tenant}, sampleChild(tenant))
					if err != nil {
						return err
					}
					return x.Record(event(tenant, "create", "child", c.ID))
				})
			}
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := programs[0].Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	if seq, _, err := programs[1].AuditHead(context.Background(), tenant); err != nil || seq != 2*writers*acts {
		t.Fatalf("%d audit lines (%v)", seq, err)
	}
}

// unguarded runs statements with the triggers of the audit log off, as somebody with the database in hand could.
func unguarded(s *Store, tenant string, statements ...string) error {
	off, on := []string{"DROP TRIGGER audit_event_keep_update", "DROP TRIGGER audit_event_keep_delete"}, []string{
		"CREATE TRIGGER audit_event_keep_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'only grows'); END",
		"CREATE TRIGGER audit_event_keep_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'only grows'); END"}
	if s.engine == postgresEngine {
		off, on = []string{"ALTER TABLE audit_event DISABLE TRIGGER ALL"}, []string{"ALTER TABLE audit_event ENABLE TRIGGER ALL"}
		off[0], on[0] = strings.ReplaceAll(off[0], "ALL", "USER"), strings.ReplaceAll(on[0], "ALL", "USER")
	}
	return s.write(context.Background(), s.timeout, func(x *tx) error {
		if err := x.enter(tenant); err != nil {
			return err
		}
		for _, statement := range append(append(off, statements...), on...) {
			if _, err := x.exec(strings.ReplaceAll(statement, "$T", "'"+tenant+"'")); err != nil {
				return err
			}
		}
		return nil
	})
}

func tamperingIsFound(t *testing.T, s *Store) {
	ctx := context.Background()
	for name, statements := range map[string][]string{
		"edited":         {"UPDATE audit_event SET actor = 'smw-9' WHERE tenant = $T AND seq = 3"},
		"deleted":        {"DELETE FROM audit_event WHERE tenant = $T AND seq = 3"},
		"end cut off":    {"DELETE FROM audit_event WHERE tenant = $T AND seq > 4"},
		"all deleted":    {"DELETE FROM audit_event WHERE tenant = $T"},
		"swapped":        {"UPDATE audit_event SET seq = 99 WHERE tenant = $T AND seq = 2", "UPDATE audit_event SET seq = 2 WHERE tenant = $T AND seq = 3", "UPDATE audit_event SET seq = 3 WHERE tenant = $T AND seq = 99"},
		"inserted":       {"INSERT INTO audit_event SELECT tenant, 6, id, at, actor, role, action, kind, subject, purpose, detail, hash FROM audit_event WHERE tenant = $T AND seq = 5"},
		"closed the gap": {"DELETE FROM audit_event WHERE tenant = $T AND seq = 5", "UPDATE audit_head SET seq = 4 WHERE tenant = $T"},
	} {
		t.Run(name, func(t *testing.T) {
			tenant := newTenant()
			for range 5 {
				if err := s.RecordEvent(ctx, event(tenant, "read", "child", newID())); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.VerifyAudit(ctx, tenant); err != nil {
				t.Fatalf("before: %v", err)
			}
			if err := unguarded(s, tenant, statements...); err != nil {
				t.Fatal(err)
			}
			wantKind(t, s.VerifyAudit(ctx, tenant), errs.Internal)
			if err := unguarded(s, tenant, "DELETE FROM audit_event WHERE tenant = $T", "DELETE FROM audit_head WHERE tenant = $T"); err != nil {
				t.Fatal(err)
			}
		})
	}
	tenant := newTenant()
	if err := s.RecordEvent(ctx, event(tenant, "read", "child", "c1")); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE audit_event SET actor = 'x' WHERE tenant = ?", "DELETE FROM audit_event WHERE tenant = ?"} {
		err := s.write(ctx, s.timeout, func(x *tx) error {
			if err := x.enter(tenant); err != nil {
				return err
			}
			_, err := x.exec(statement, tenant)
			return err
		})
		wantKind(t, err, errs.Unavailable)
	}
}

func noAuditNoAct(t *testing.T, s *Store) {
	tenant := newTenant()
	refuse := []string{"CREATE TRIGGER audit_event_broken BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'broken'); END"}
	repair := []string{"DROP TRIGGER audit_event_broken"}
	if s.engine == postgresEngine {
		refuse = []string{"CREATE TRIGGER audit_event_broken BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()"}
		repair = []string{"DROP TRIGGER audit_event_broken ON audit_event"}
	}
	if err := unguarded(s, tenant, refuse...); err != nil {
		t.Fatal(err)
	}
	c := sampleChild(tenant)
	err := s.Do(context.Background(), func(x kindinkaart.Tx) error {
		if _, err := x.Children().Put(access.Scope{Tenant: tenant}, c); err != nil {
			return err
		}
		return x.Record(event(tenant, "create", "child", c.ID))
	})
	wantKind(t, err, errs.Unavailable)
	if !strings.Contains(errs.MessageOf(err), "logboek") {
		t.Errorf("the sentence must say why: %s", errs.MessageOf(err))
	}
	if err := unguarded(s, tenant, repair...); err != nil {
		t.Fatal(err)
	}
	if n := len(find(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, kindinkaart.Query{})); n != 0 {
		t.Fatalf("%d children without an audit line", n)
	}
}
