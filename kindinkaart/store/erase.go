package store

import (
	"context"
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// The tables of what belongs to a child, what points at others first.
var ofChildTables = []string{"check", "task", "traject_event", "traject", "consent", "afname"}

// removePartsOf deletes what belongs to a record before the record itself goes.
func (t *tx) removePartsOf(table, tenant, id string) error {
	switch table {
	case "child":
		return t.removePartsOfChild(tenant, id)
	case "klas":
		return t.removePartsOfKlas(tenant, id)
	case "traject":
		return t.removeWhere("traject_id", tenant, id, "check", "task", "traject_event")
	}
	return nil
}

// removePartsOfChild deletes all that belongs to a child. Class cards that were linked to it stay as spent cards of nobody.
func (t *tx) removePartsOfChild(tenant, id string) error {
	linked, err := t.Cards().Find(access.Scope{Tenant: tenant}, kindinkaart.Query{Child: id})
	if err != nil {
		return err
	}
	for _, card := range linked {
		card.Child, card.Afname = "", ""
		if _, err := t.Cards().Put(access.Scope{Tenant: tenant}, card); err != nil {
			return err
		}
	}
	return t.removeWhere("child_id", tenant, id, ofChildTables...)
}

// removePartsOfKlas deletes the cards of a class and the answers that were not linked to a child.
func (t *tx) removePartsOfKlas(tenant, id string) error {
	if _, err := t.exec("DELETE FROM afname WHERE tenant = ? AND klas_id = ? AND child_id IS NULL", tenant, id); err != nil {
		return err
	}
	if err := t.leaveKlas(tenant, id); err != nil {
		return err
	}
	return t.removeWhere("klas_id", tenant, id, "card")
}

// leaveKlas lets the answers that did go to a child's record go on without the class.
func (t *tx) leaveKlas(tenant, id string) error {
	whole := access.Scope{Tenant: tenant}
	kept, err := t.Afnames().Find(whole, kindinkaart.Query{Klas: id})
	for i := 0; err == nil && i < len(kept); i++ {
		kept[i].Klas, kept[i].Card = "", ""
		_, err = t.Afnames().Put(whole, kept[i])
	}
	return err
}

// removeWhere deletes the rows that point at something; column and tables are constants of this file.
func (t *tx) removeWhere(column, tenant, id string, tables ...string) error {
	for _, name := range tables {
		if _, err := t.exec("DELETE FROM \""+name+"\" WHERE tenant = ? AND "+column+" = ?", tenant, id); err != nil {
			return err
		}
	}
	return nil
}

// shred destroys a data key and writes down that it is gone.
func (t *tx) shred(o owner) error {
	delete(t.keys, o)
	if _, err := t.exec("DELETE FROM data_key WHERE tenant = ? AND kind = ? AND id = ?", o.tenant, o.kind, o.id); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO erasure (tenant, kind, id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", o.tenant, o.kind, o.id, t.s.now())
	return err
}

// Erased says whether a child or class with this id was erased.
func (t *tx) Erased(tenant, id string) (bool, error) {
	if err := t.enter(tenant); err != nil {
		return false, err
	}
	var n int
	_, err := t.one(&n, "SELECT count(*) FROM erasure WHERE tenant = ? AND id = ?", tenant, id)
	return n > 0, err
}

// Erasure says that a child or class was erased. A list of them is kept outside the database.
type Erasure struct {
	Tenant string    `json:"tenant"`
	Kind   string    `json:"kind"` // child, klas
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
}

// Erasures gives who was erased of a tenant, the oldest first.
func (s *Store) Erasures(ctx context.Context, tenant string) (out []Erasure, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) error {
		return t.db.Raw("SELECT tenant, kind, id, at FROM erasure WHERE tenant = ? ORDER BY at, kind, id", tenant).Scan(&out).Error
	})
	return out, err
}

// Replay erases again whoever came back with an older copy of the database, and gives how many did.
func (s *Store) Replay(ctx context.Context, list []Erasure) (back int, err error) {
	for _, e := range list {
		err := s.write(ctx, s.timeout, func(t *tx) error {
			err := t.eraseAgain(e)
			if err == nil {
				back++
			}
			if errs.KindOf(err) == errs.NotFound {
				return t.shred(owner{e.Tenant, e.Kind, e.ID})
			}
			return err
		})
		if err != nil {
			return back, err
		}
	}
	return back, nil
}

func (t *tx) eraseAgain(e Erasure) error {
	whole := access.Scope{Tenant: e.Tenant}
	if e.Kind == "klas" {
		return t.Klassen().Delete(whole, e.ID)
	}
	return t.Children().Delete(whole, e.ID)
}
