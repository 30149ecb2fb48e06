package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func erasedStaysGone(t *testing.T, s *Store) {
	tenant := newTenant()
	f, brother := newFamily(t, s, tenant), newFamily(t, s, tenant)
	whole := access.Scope{Tenant: tenant}
	kept := rowsWith(t, s, tenant, "child", f.child.ID)
	if kept == 0 {
		t.Fatal("the test looks at nothing")
	}
	do(t, s, func(x kindinkaart.Tx) error { return x.Children().Delete(whole, f.child.ID) })
	_, err := get(s, kindinkaart.Tx.Children, whole, f.child.ID)
	wantKind(t, err, errs.NotFound)
	if n := rowsWith(t, s, tenant, "child", f.child.ID); n != 0 {
		t.Fatalf("%d rows of an erased child", n)
	}
	card, err := get(s, kindinkaart.Tx.Cards, whole, f.card.ID)
	if err != nil || card.Child != "" || card.Afname != "" || card.State != kindinkaart.CardLinked {
		t.Fatalf("the card must stay, spent and of nobody: %+v (%v)", card, err)
	}
	back := f.child
	back.Version = 0
	err = s.Do(context.Background(), func(x kindinkaart.Tx) error { _, err := x.Children().Put(whole, back); return err })
	wantKind(t, err, errs.Refused)
	do(t, s, func(x kindinkaart.Tx) error {
		for id, want := range map[string]bool{f.child.ID: true, brother.child.ID: false} {
			if gone, err := x.Erased(tenant, id); err != nil || gone != want {
				t.Errorf("erased: %v (%v), want %v", gone, err, want)
			}
		}
		return nil
	})
	list, err := s.Erasures(context.Background(), tenant)
	if err != nil || len(list) != 1 || list[0].ID != f.child.ID {
		t.Fatalf("erasures %v (%v)", list, err)
	}
	list = append(list, Erasure{Tenant: tenant, Kind: "klas", ID: brother.klas.ID}, Erasure{Tenant: tenant, Kind: "child", ID: newID()})
	if back, err := s.Replay(context.Background(), list); err != nil || back != 1 {
		t.Fatalf("%d came back and were erased again, want the class (%v)", back, err)
	}
	_, err = get(s, kindinkaart.Tx.Klassen, whole, brother.klas.ID)
	wantKind(t, err, errs.NotFound)
	brother.afname.Klas = ""
	brother.afname.Version++
	same(t, s, kindinkaart.Tx.Afnames, whole, brother.afname.ID, brother.afname)
	same(t, s, kindinkaart.Tx.Tasks, whole, brother.task.ID, brother.task)
	same(t, s, kindinkaart.Tx.Children, whole, brother.child.ID, brother.child)
}

// rowsWith counts rows that point at somebody, and its data key.
func rowsWith(t *testing.T, s *Store, tenant, kind, id string) (n int) {
	t.Helper()
	err := s.read(context.Background(), s.timeout, func(x *tx) error {
		if err := x.enter(tenant); err != nil {
			return err
		}
		for _, name := range append(ofChildTables, "card") {
			var rows int
			if _, err := x.one(&rows, `SELECT count(*) FROM "`+name+`" WHERE `+kind+`_id = ?`, id); err != nil {
				return err
			}
			n += rows
		}
		var keys int
		_, err := x.one(&keys, "SELECT count(*) FROM data_key WHERE kind = ? AND id = ?", kind, id)
		n += keys
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func erasedKlasKeepsLinked(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	whole := access.Scope{Tenant: tenant}
	loose := put(t, s, kindinkaart.Tx.Afnames, tenant, sampleAfname(tenant, "", f.klas.ID))
	linked := put(t, s, kindinkaart.Tx.Afnames, tenant, sampleAfname(tenant, "", f.klas.ID))
	linked.Child = f.child.ID
	linked = put(t, s, kindinkaart.Tx.Afnames, tenant, linked)
	do(t, s, func(x kindinkaart.Tx) error { return x.Klassen().Delete(whole, f.klas.ID) })
	_, err := get(s, kindinkaart.Tx.Afnames, whole, loose.ID)
	wantKind(t, err, errs.NotFound)
	_, err = get(s, kindinkaart.Tx.Cards, whole, f.card.ID)
	wantKind(t, err, errs.NotFound)
	still, err := get(s, kindinkaart.Tx.Afnames, whole, linked.ID)
	if err != nil || still.OwnWords != linked.OwnWords || still.Klas != "" {
		t.Fatalf("linked answers: %+v (%v)", still, err)
	}
}

func sealedOpensNowhereElse(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	whole := access.Scope{Tenant: tenant}
	second := f.task
	second.ID, second.Version = newID(), 0
	second = put(t, s, kindinkaart.Tx.Tasks, tenant, second)
	for name, statement := range map[string]string{
		"another row":   `UPDATE task SET body = (SELECT body FROM task b WHERE b.tenant = ? AND b.id = ?) WHERE tenant = ? AND id = ?`,
		"another table": `UPDATE task SET body = (SELECT body FROM "check" b WHERE b.tenant = ? AND b.id <> ?) WHERE tenant = ? AND id = ?`,
	} {
		err := s.write(context.Background(), s.timeout, func(x *tx) error {
			if err := x.enter(tenant); err != nil {
				return err
			}
			_, err := x.exec(statement, tenant, f.task.ID, tenant, second.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = get(s, kindinkaart.Tx.Tasks, whole, second.ID)
		if errs.KindOf(err) != errs.Internal {
			t.Errorf("%s: a moved record opened (%v)", name, err)
		}
	}
	sealed := s.keys.master.seal([]byte("x"), tenant, "child", "id", "1")
	for i := range sealed {
		sealed[i] ^= 1
		if _, err := s.keys.master.open(sealed, tenant, "child", "id", "1"); err == nil {
			t.Fatalf("opened with byte %d changed", i)
		}
		sealed[i] ^= 1
	}
	if _, err := s.keys.master.open(sealed, tenant+"c", "hild", "id", "1"); err == nil {
		t.Fatal("two places must never look the same")
	}
}

// The words of the sample that say who somebody is or what a child said.
var personalWords = []string{"Zebedeus", "Quispelaer", "krokodillen", "dunken", "3072AB", "3044ZX", "Wimpelfonds", "31717", "2015-04", "voetbal", "Groep 5B", "klaarzetten"}

func nothingShowsTheChild(t *testing.T, s *Store) {
	tenant := newTenant()
	f := newFamily(t, s, tenant)
	words := append(personalWords, f.card.Code)
	for _, name := range append(ofChildTables, "child", "klas", "card", "data_key", "erasure", "audit_event") {
		var rows []map[string]any
		err := s.read(context.Background(), s.timeout, func(x *tx) error {
			if err := x.enter(tenant); err != nil {
				return err
			}
			return x.db.Raw(`SELECT * FROM "`+name+`" WHERE tenant = ?`, tenant).Scan(&rows).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				text := fmt.Sprint(value)
				if b, ok := value.([]byte); ok {
					text = string(b)
				}
				for _, word := range words {
					if strings.Contains(text, word) {
						t.Errorf("%s.%s shows %q", name, column, word)
					}
				}
			}
		}
	}
	if s.engine == sqliteEngine {
		filesHoldNone(t, s.path, words)
	}
}

// filesHoldNone looks at every byte of the database and its write-ahead log.
func filesHoldNone(t *testing.T, path string, words []string) {
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("%s holds %q", file, word)
			}
		}
	}
}
