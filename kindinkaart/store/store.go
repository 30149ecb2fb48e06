// Package store keeps everything Kind in Kaart knows, in SQLite or PostgreSQL, and is the only package that knows gorm.
// Each act is one transaction with its audit event; every query carries the tenant and the scope of who asks; what is
// about a child is sealed with a key of that child.
package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
)

var (
	_ kindinkaart.Store = (*Store)(nil)
	_ catalog.Store     = (*Store)(nil)
	_ account.Store     = (*Store)(nil)
)

// Config says where the data is and which key opens it. Exactly one of Path and URL is set.
type Config struct {
	Path    string        // file of an SQLite database, made when absent
	URL     string        // postgres://… of a PostgreSQL database
	Key     []byte        // master key of 32 bytes; empty: KeyFile is used
	KeyFile string        // file with the master key in 64 hexadecimal digits, made with mode 0600 for a new database
	OldKey  []byte        // the master key before Key, only while Rekey runs
	Log     *slog.Logger  // ids and counts only; nil = slog.Default
	Timeout time.Duration // longest time of one act, 0 = 10 s; bulk work gets six times as long
}

// Store is an open database. It is safe for use by many goroutines.
type Store struct {
	engine  engine
	path    string // SQLite only
	writer  *gorm.DB
	reader  *gorm.DB
	keys    *keyring
	log     *slog.Logger
	timeout time.Duration

	clock  sync.Mutex
	latest time.Time // last moment given out by now
}

// Open opens a database, brings its tables up to date and proves the key. A wrong or missing key, and a database of a
// newer program, are refused with nothing changed.
func Open(ctx context.Context, c Config) (*Store, error) {
	if (c.Path == "") == (c.URL == "") {
		return nil, errs.New(errs.Invalid, "Kies één plek voor de gegevens: een bestand of het adres van een PostgreSQL-database.")
	}
	s := &Store{path: c.Path, log: c.Log, timeout: c.Timeout}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.timeout <= 0 {
		s.timeout = 10 * time.Second
	}
	if err := s.connect(c); err != nil {
		return nil, s.failure(err)
	}
	if err := s.prepare(ctx, c); err != nil {
		return nil, errors.Join(s.failure(err), s.Close())
	}
	return s, nil
}

// prepare checks everything that can refuse before it changes anything.
func (s *Store) prepare(ctx context.Context, c Config) error {
	bulk, cancel := context.WithTimeout(ctx, 6*s.timeout)
	defer cancel()
	if err := s.proveEngine(bulk); err != nil {
		return err
	}
	if err := s.refuseNewer(bulk); err != nil {
		return err
	}
	ring, err := s.readKeys(bulk, c)
	if err != nil {
		return err
	}
	if err := s.migrate(bulk); err != nil {
		return err
	}
	s.keys, err = s.storeKeys(bulk, ring)
	return err
}

// Close ends all connections.
func (s *Store) Close() error {
	var all []error
	for _, db := range []*gorm.DB{s.writer, s.reader} {
		if db == nil {
			continue
		}
		pool, err := db.DB()
		if err == nil {
			err = pool.Close()
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// Ping says whether the database answers, within one second.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	pool, err := s.reader.DB()
	if err != nil {
		return s.failure(err)
	}
	return s.failure(pool.PingContext(ctx))
}

// Do runs f in one transaction: when f or the audit log fails nothing has changed.
func (s *Store) Do(ctx context.Context, f func(kindinkaart.Tx) error) error {
	return s.write(ctx, s.timeout, func(t *tx) error { return f(t) })
}

// now gives the present in UTC, in whole microseconds (what both engines can keep) and later than every earlier now of
// this process, so that records keep their order of creation.
func (s *Store) now() time.Time {
	s.clock.Lock()
	defer s.clock.Unlock()
	t := time.Now().UTC().Truncate(time.Microsecond)
	if !t.After(s.latest) {
		t = s.latest.Add(time.Microsecond)
	}
	s.latest = t
	return t
}
