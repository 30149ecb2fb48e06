package store

import (
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
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
