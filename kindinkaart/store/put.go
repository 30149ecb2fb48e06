package store

import (
	"fmt"

	"gorm.io/gorm/clause"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// Put adds a record with Version 0 and replaces one with a later version.
func (b table[T]) Put(s access.Scope, record T) (T, error) {
	tenant, id, version := b.k.ident(&record)
	if !reaches(s) || *tenant != s.Tenant {
		return record, errMissing
	}
	if *id == "" {
		return record, errs.New(errs.Internal, "Een gegeven zonder nummer kan niet worden bewaard.")
	}
	if err := checkTexts(record); err != nil {
		return record, err
	}
	if err := b.t.enter(s.Tenant); err != nil {
		return record, err
	}
	o, err := b.k.place(b.t, s, &record)
	if err != nil {
		return record, err
	}
	if version == nil || *version == 0 {
		return b.add(s, o, record)
	}
	return b.replace(s, o, record)
}

// values seals a record and gives all columns but the key and the version.
func (b table[T]) values(o owner, record T) (map[string]any, error) {
	columns, err := b.k.columns(b.t, &record)
	if err != nil {
		return nil, err
	}
	_, id, version := b.k.ident(&record)
	if version != nil {
		*version = 0 // the column has it
	}
	plain, err := encode(record)
	if err != nil {
		return nil, err
	}
	columns["body"], columns["key_version"] = plain, 0
	if o.kind == "" {
		return columns, nil
	}
	key, err := b.t.key(o)
	if err != nil {
		return nil, err
	}
	columns["key_version"] = key.version
	columns["body"] = key.seal(plain, o.tenant, b.k.table, *id, fmt.Sprint(key.version))
	return columns, nil
}

func (b table[T]) add(s access.Scope, o owner, record T) (T, error) {
	tenant, id, version := b.k.ident(&record)
	if b.k.heads {
		if err := b.t.newKey(o); err != nil {
			return record, err
		}
	}
	columns, err := b.values(o, record)
	if err != nil {
		return record, err
	}
	columns["tenant"], columns["id"], columns["version"], columns["stored_at"] = *tenant, *id, 1, b.t.s.now()
	if err := b.insert(columns); err != nil {
		return record, err
	}
	if version != nil {
		*version = 1
	}
	if b.k.added != nil {
		return record, b.k.added(b.t, &record)
	}
	return record, nil
}

// insert adds one row, or gives errs.Conflict when its id or another unique value is taken.
func (b table[T]) insert(columns map[string]any) error {
	done := b.t.db.Table(b.k.table).Clauses(clause.OnConflict{DoNothing: true}).Create(columns)
	if done.Error == nil && done.RowsAffected == 0 {
		return errTaken
	}
	return done.Error
}

func (b table[T]) replace(s access.Scope, o owner, record T) (T, error) {
	_, id, version := b.k.ident(&record)
	expected, key := *version, *id
	columns, err := b.values(o, record)
	if err != nil {
		return record, err
	}
	w := b.k.scope(s)
	w.and("id = ?", key)
	w.and("version = ?", expected)
	columns["version"] = expected + 1
	done := b.t.db.Table(b.k.table).Where(w.text(), w.args...).Updates(columns)
	if done.Error != nil {
		return record, done.Error
	}
	if done.RowsAffected == 0 {
		return record, b.missingOrStale(s, key)
	}
	*version = expected + 1
	return record, nil
}

// missingOrStale tells a record that was changed from one that is not there for this scope.
func (b table[T]) missingOrStale(s access.Scope, id string) error {
	ok, err := b.has(s, id)
	if err == nil && !ok {
		return errMissing
	}
	if err == nil {
		return errs.New(errs.Conflict, "Iemand anders heeft dit net veranderd. Laad de pagina opnieuw en doe uw wijziging nog eens.")
	}
	return err
}

// has says whether the scope reaches a record.
func (b table[T]) has(s access.Scope, id string) (bool, error) {
	if !reaches(s) {
		return false, nil
	}
	if err := b.t.enter(s.Tenant); err != nil {
		return false, err
	}
	w := b.k.scope(s)
	w.and("id = ?", id)
	var n int
	_, err := b.t.one(&n, "SELECT count(*) FROM \""+b.k.table+"\" WHERE "+w.text(), w.args...)
	return n > 0, err
}

// Delete erases a record and all that belongs to it. Of a child or class the data key goes too: what is left in a backup
// cannot be read any more.
func (b table[T]) Delete(s access.Scope, id string) error {
	ok, err := b.has(s, id)
	if err != nil {
		return err
	}
	if !ok {
		return errMissing
	}
	if err := b.t.removePartsOf(b.k.table, s.Tenant, id); err != nil {
		return err
	}
	n, err := b.t.exec("DELETE FROM \""+b.k.table+"\" WHERE tenant = ? AND id = ?", s.Tenant, id)
	if err == nil && n == 0 {
		return errMissing
	}
	if err == nil && b.k.heads {
		return b.t.shred(owner{s.Tenant, b.k.table, id})
	}
	return err
}
