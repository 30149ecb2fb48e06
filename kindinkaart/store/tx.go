package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/audit"
)

// tx is an open transaction. Audit events wait in it until the end: the head of the chain is locked last.
type tx struct {
	s      *Store
	db     *gorm.DB
	tenant string            // the tenant PostgreSQL lets through now
	keys   map[owner]dataKey // data keys that were opened in this transaction
	events []audit.Event
}

// write runs f in one writing transaction and then the audit events that f recorded.
func (s *Store) write(ctx context.Context, timeout time.Duration, f func(*tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	err := s.writer.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t := &tx{s: s, db: db, keys: map[owner]dataKey{}}
		if err := s.begin(t); err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
		return t.flush()
	})
	return s.failure(err)
}

// read runs f on one snapshot that cannot be written.
func (s *Store) read(ctx context.Context, timeout time.Duration, f func(*tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	err := s.reader.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		t := &tx{s: s, db: db, keys: map[owner]dataKey{}}
		if err := s.begin(t); err != nil {
			return err
		}
		return f(t)
	}, s.snapshot())
	return s.failure(err)
}

// one reads the first row of a query into dst; ok is false when there is none.
func (t *tx) one(dst any, query string, args ...any) (ok bool, err error) {
	found := t.db.Raw(query, args...).Scan(dst)
	return found.RowsAffected > 0, found.Error
}

// exec runs a statement and gives how many rows it touched.
func (t *tx) exec(statement string, args ...any) (int64, error) {
	done := t.db.Exec(statement, args...)
	return done.RowsAffected, done.Error
}

// Children gives the records of children.
func (t *tx) Children() kindinkaart.Table[kindinkaart.Child] {
	return table[kindinkaart.Child]{t, &children}
}

// Consents gives the answers about consent.
func (t *tx) Consents() kindinkaart.Table[kindinkaart.Consent] {
	return table[kindinkaart.Consent]{t, &consents}
}

// Afnames gives the questionnaires that were taken.
func (t *tx) Afnames() kindinkaart.Table[kindinkaart.Afname] {
	return table[kindinkaart.Afname]{t, &afnames}
}

// Trajecten gives the ways of children to an activity.
func (t *tx) Trajecten() kindinkaart.Table[kindinkaart.Traject] {
	return table[kindinkaart.Traject]{t, &trajecten}
}

// Events gives the history of trajecten; an event is added once and never replaced.
func (t *tx) Events() kindinkaart.Table[kindinkaart.TrajectEvent] {
	return table[kindinkaart.TrajectEvent]{t, &events}
}

// Tasks gives what is to be arranged.
func (t *tx) Tasks() kindinkaart.Table[kindinkaart.Task] { return table[kindinkaart.Task]{t, &tasks} }

// Checks gives the questions whether a child still takes part.
func (t *tx) Checks() kindinkaart.Table[kindinkaart.Check] {
	return table[kindinkaart.Check]{t, &checks}
}

// Schools gives the schools of a tenant.
func (t *tx) Schools() kindinkaart.Table[kindinkaart.School] {
	return table[kindinkaart.School]{t, &schools}
}

// Klassen gives the classes that are profiled together.
func (t *tx) Klassen() kindinkaart.Table[kindinkaart.Klas] {
	return table[kindinkaart.Klas]{t, &klassen}
}

// Cards gives the cards of classes.
func (t *tx) Cards() kindinkaart.Table[kindinkaart.Card] { return table[kindinkaart.Card]{t, &cards} }

// snapshot gives the options of a reading transaction.
func (s *Store) snapshot() *sql.TxOptions {
	if s.engine == postgresEngine {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return nil // the reading pool of SQLite is query_only, and each of its transactions is a snapshot
}
