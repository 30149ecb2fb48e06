package store

import (
	"context"
	"errors"
	"fmt"
	"os"

	"wijknetwerk/kindinkaart/errs"
)

// Backup writes a whole and consistent copy of an SQLite database to a new file while people go on working. The key is
// not in it: keep that elsewhere. A file of that name is never overwritten.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.engine == postgresEngine {
		return errs.New(errs.Refused, "Van een PostgreSQL-database maakt u een kopie met pg_dump -Fc, als een gebruiker met het recht BYPASSRLS.")
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return errs.Wrap(errs.Invalid, "De kopie kan hier niet worden gemaakt. Kies een nieuwe naam in een map waarin u mag schrijven.", err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 60*s.timeout)
	defer cancel()
	if err := s.vacuumInto(ctx, file); err != nil {
		return errors.Join(s.failure(err), os.Remove(file))
	}
	return nil
}

// Verify proves that the database is whole: its pages, its references and every tenant's audit log.
func (s *Store) Verify(ctx context.Context) error {
	if s.engine == sqliteEngine {
		if err := s.verifyPages(ctx); err != nil {
			return err
		}
	}
	tenants, err := s.Tenants(ctx)
	if err != nil {
		return err
	}
	for _, tenant := range append(tenants, NoTenant) {
		if err := s.VerifyAudit(ctx, tenant); err != nil {
			return err
		}
	}
	return nil
}

// verifyPages asks SQLite about damaged pages and references to nothing.
func (s *Store) verifyPages(ctx context.Context) error {
	return s.read(ctx, 60*s.timeout, func(t *tx) error {
		var found []string
		if err := t.db.Raw("PRAGMA integrity_check").Scan(&found).Error; err != nil {
			return err
		}
		if len(found) != 1 || found[0] != "ok" {
			return errs.Wrap(errs.Internal, "Het bestand met de gegevens is beschadigd. Zet de laatste kopie terug.", fmt.Errorf("integrity_check: %d findings", len(found)))
		}
		var loose []struct{ Table string }
		if err := t.db.Raw("PRAGMA foreign_key_check").Scan(&loose).Error; err != nil {
			return err
		}
		if len(loose) > 0 {
			return errs.Wrap(errs.Internal, "In de gegevens wordt verwezen naar iets dat niet bestaat. Zet de laatste kopie terug.", fmt.Errorf("foreign_key_check: %d findings, first in %s", len(loose), loose[0].Table))
		}
		return nil
	})
}

// rekeyChunk is how many data keys are wrapped again in one transaction.
const rekeyChunk = 500

// Rekey wraps every data key with Config.Key where Config.OldKey still does, and gives how many it did. It can be
// interrupted and begun again; programs that have both keys go on reading meanwhile.
func (s *Store) Rekey(ctx context.Context) (n int, err error) {
	if s.keys.old == nil {
		return 0, errs.New(errs.Invalid, "Geef de nieuwe en de oude sleutel mee om van sleutel te wisselen.")
	}
	if err := s.nextMaster(ctx); err != nil {
		return 0, err
	}
	tenants, err := s.Tenants(ctx)
	for i := 0; err == nil && i < len(tenants); i++ {
		for done := rekeyChunk; err == nil && done == rekeyChunk; n += done {
			done, err = s.rekeySome(ctx, tenants[i])
		}
	}
	return n, err
}

// nextMaster stores the check value and secrets under the new master key, once.
func (s *Store) nextMaster(ctx context.Context) error {
	stored, err := s.readMeta(ctx)
	if err != nil {
		return s.failure(err)
	}
	next := &keyring{master: s.keys.master}
	if err := next.unlock(stored); err == nil {
		s.keys.number = next.number
		return nil
	}
	s.keys.number = next.number + 1
	rows := s.keys.rowsOf(map[string][]byte{"check": []byte(checkText), "lookup": s.keys.lookup, "chain": s.keys.chain})
	return s.write(ctx, s.timeout, func(t *tx) error { return insertNew(t.db, rows) })
}

// rekeySome wraps at most rekeyChunk data keys of a tenant again.
func (s *Store) rekeySome(ctx context.Context, tenant string) (done int, err error) {
	err = s.write(ctx, 6*s.timeout, func(t *tx) error {
		if err := t.enter(tenant); err != nil {
			return err
		}
		var rows []dataKeyRow
		if err := t.db.Raw("SELECT * FROM data_key WHERE tenant = ? AND kek < ? ORDER BY kind, id LIMIT ?", tenant, s.keys.number, rekeyChunk).Scan(&rows).Error; err != nil {
			return err
		}
		done = len(rows)
		return t.rewrap(rows)
	})
	return done, err
}

func (t *tx) rewrap(rows []dataKeyRow) error {
	for _, r := range rows {
		secret, err := t.s.keys.unwrap(r)
		if err != nil {
			return err
		}
		before := r.Kek
		r.Kek = t.s.keys.number
		wrapped := t.s.keys.master.seal(secret, r.place()...)
		if _, err := t.exec("UPDATE data_key SET kek = ?, wrapped = ? WHERE tenant = ? AND kind = ? AND id = ? AND kek = ?",
			r.Kek, wrapped, r.Tenant, r.Kind, r.ID, before); err != nil {
			return err
		}
	}
	return nil
}
