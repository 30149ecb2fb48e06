package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// kind says how records of one type are kept: the columns to find them by, whose key seals them, who reaches them.
type kind[T any] struct {
	table string
	// ident points at tenant, id and version; version is nil for records that are only added.
	ident func(*T) (tenant, id *string, version *int)
	// place proves that the scope reaches where the record belongs and gives whose key seals it.
	place func(t *tx, s access.Scope, r *T) (owner, error)
	// columns gives the columns in the clear.
	columns func(t *tx, r *T) (map[string]any, error)
	scope   func(access.Scope) *where
	// query gives the column of each text of a Query that this table can be narrowed by.
	query map[string]string
	// open is the condition for Query.Open, before the one for Query.Before; "" = cannot be asked.
	open, before string
	// isDay says that before compares with a day.
	isDay bool
	// added notes what else has to be known of a new record; nil = nothing.
	added func(t *tx, r *T) error
	// heads says that the record has a data key of its own, made when it is added.
	heads bool
}

// table is one kind of record in one transaction.
type table[T any] struct {
	t *tx
	k *kind[T]
}

// row is what every table has.
type row struct {
	Tenant     string
	ID         string
	ChildID    *string
	KlasID     *string
	Version    int
	KeyVersion int
	Body       []byte
}

// Get gives one record, or errs.NotFound when it does not exist or is not for this scope.
func (b table[T]) Get(s access.Scope, id string) (T, error) {
	var none T
	w := &where{}
	w.and("id = ?", id)
	found, err := b.load(s, w)
	if err != nil {
		return none, err
	}
	if len(found) == 0 {
		return none, errMissing
	}
	return found[0], nil
}

// Find gives the records of a scope in order of creation.
func (b table[T]) Find(s access.Scope, q kindinkaart.Query) ([]T, error) {
	w, err := b.narrow(s, q)
	if err != nil {
		return nil, err
	}
	return b.load(s, w)
}

// IDs gives the ids of what Find gives, in the same order. Nothing is opened.
func (b table[T]) IDs(s access.Scope, q kindinkaart.Query) (ids []string, err error) {
	w, err := b.narrow(s, q)
	if err != nil {
		return nil, err
	}
	err = b.scan(s, &ids, "id", w)
	return ids, err
}

// load reads and opens the rows of a condition within the scope.
func (b table[T]) load(s access.Scope, condition *where) ([]T, error) {
	var rows []row
	if err := b.scan(s, &rows, "*", condition); err != nil {
		return nil, err
	}
	out := make([]T, 0, len(rows))
	for _, r := range rows {
		record, err := b.opened(r)
		if err != nil {
			return nil, err
		}
		out = append(out, record)
	}
	return out, nil
}

// scan reads columns of the rows of a condition within the scope into dst.
func (b table[T]) scan(s access.Scope, dst any, columns string, condition *where) error {
	if !reaches(s) {
		return nil
	}
	if err := b.t.enter(s.Tenant); err != nil {
		return err
	}
	w := b.k.scope(s)
	if len(condition.sql) > 0 {
		w.and(condition.text(), condition.args...)
	}
	query := "SELECT " + columns + " FROM \"" + b.k.table + "\" WHERE " + w.text() + condition.tail
	return b.t.db.Raw(query, w.args...).Scan(dst).Error
}

// opened turns a row into a record.
func (b table[T]) opened(r row) (record T, err error) {
	plain := r.Body
	if o := b.sealedBy(r); o.kind != "" {
		key, err := b.t.key(o)
		if err != nil {
			return record, err
		}
		if plain, err = key.open(r.Body, r.Tenant, b.k.table, r.ID, fmt.Sprint(r.KeyVersion)); err != nil {
			return record, err
		}
	}
	if err := json.Unmarshal(plain, &record); err != nil {
		return record, errs.Wrap(errs.Internal, errSealed.Message, fmt.Errorf("%s %s: body", b.k.table, r.ID))
	}
	if _, _, version := b.k.ident(&record); version != nil {
		*version = r.Version
	}
	return record, nil
}

// sealedBy says whose key opens a row: the child's, else the class's.
func (b table[T]) sealedBy(r row) owner {
	switch {
	case b.k.table == "school":
		return owner{}
	case b.k.heads:
		return owner{r.Tenant, b.k.table, r.ID}
	case b.k.table != "card" && r.ChildID != nil:
		return owner{r.Tenant, "child", *r.ChildID}
	case r.KlasID != nil:
		return owner{r.Tenant, "klas", *r.KlasID}
	}
	return owner{}
}

// narrow turns a Query into a condition, in order of creation; a question that this table cannot answer is an error, not
// everything.
func (b table[T]) narrow(s access.Scope, q kindinkaart.Query) (*where, error) {
	w := &where{tail: " ORDER BY stored_at, id"}
	if q.Limit > 0 {
		w.tail += " LIMIT " + strconv.Itoa(q.Limit)
	}
	texts := map[string]string{"child": q.Child, "traject": q.Traject, "school": q.School, "klas": q.Klas, "owner": q.Owner, "stage": q.Stage, "brin": q.BRIN}
	if q.Code != "" {
		texts["code"] = b.t.s.keys.hash("card", s.Tenant, q.Code)
	}
	for name, value := range texts {
		if value == "" {
			continue
		}
		column, ok := b.k.query[name]
		if !ok {
			return nil, b.cannot(name)
		}
		w.and(column+" = ?", value)
	}
	if q.Open {
		if b.k.open == "" {
			return nil, b.cannot("open")
		}
		w.and(b.k.open)
	}
	if q.Before.IsZero() {
		return w, nil
	}
	if b.k.before == "" {
		return nil, b.cannot("before")
	}
	var limit any = q.Before.UTC()
	if b.k.isDay {
		limit = q.Before.Format(time.DateOnly)
	}
	w.and(b.k.before+" < ?", limit)
	return w, nil
}

func (b table[T]) cannot(question string) error {
	return errs.Wrap(errs.Internal, "Er ging iets mis bij ons. Meld dit aan de beheerder.", fmt.Errorf("%s cannot be asked by %s", b.k.table, question))
}
