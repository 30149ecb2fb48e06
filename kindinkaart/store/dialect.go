package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"wijknetwerk/kindinkaart/errs"
)

// engine is one of the two databases. Everything in which they differ is in this file, in the migrations and in Backup.
type engine string

const (
	sqliteEngine   engine = "sqlite"
	postgresEngine engine = "postgres"
)

// Pool sizes: SQLite has one writer; twenty connections a node leave room for six nodes behind one pooler.
const (
	sqliteReaders   = 8
	postgresWriters = 14
	postgresReaders = 6
)

// oldestSQLite is the first SQLite without the fault that can corrupt a write-ahead log (RELIABILITY 2).
var oldestSQLite = [3]int{3, 51, 3}

// sqliteOptions are those of RELIABILITY 3: without immediate 357 of 400 read-then-write transactions failed.
const sqliteOptions = "?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_synchronous=FULL&_txlock=immediate"

// sqliteReading opens a file that the writer has made.
const sqliteReading = "?_busy_timeout=5000&_foreign_keys=on&_query_only=on&_txlock=deferred"

// connect makes the pools. Nothing is written but an empty file where there was none.
func (s *Store) connect(c Config) error {
	if c.Path != "" {
		return s.connectSQLite(c.Path)
	}
	return s.connectPostgres(c.URL)
}

func (s *Store) connectSQLite(path string) (err error) {
	s.engine = sqliteEngine
	if err := ownFile(path); err != nil {
		return err
	}
	name := "file:" + (&url.URL{Path: path}).EscapedPath()
	if s.writer, err = openGorm(sqlite.Open(name+sqliteOptions), 1); err != nil {
		return err
	}
	s.reader, err = openGorm(sqlite.Open(name+sqliteReading), sqliteReaders)
	return err
}

// ownFile makes the file when there is none, for its owner only; the write-ahead log gets the same rights.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return errs.Wrap(errs.Invalid, "Het bestand met de gegevens kan niet worden geopend. Kijk of de map bestaat en of u erin mag lezen en schrijven.", err)
	}
	return f.Close()
}

// vacuumInto copies an SQLite database over a connection of its own, so that neither readers nor the writer wait.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	name := "file:" + (&url.URL{Path: s.path}).EscapedPath()
	db, err := openGorm(sqlite.Open(name+"?_busy_timeout=5000"), 1)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return errors.Join(db.WithContext(ctx).Exec("VACUUM INTO ?", file).Error, pool.Close())
}

// connectPostgres uses unnamed statements only, so that a pooler may hand each transaction to another connection.
func (s *Store) connectPostgres(address string) (err error) {
	s.engine = postgresEngine
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return errs.New(errs.Invalid, "Het adres van de database klopt niet: verwacht postgres://naam:wachtwoord@server:5432/database.")
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.StatementCacheCapacity, config.DescriptionCacheCapacity = 0, 0
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if s.writer, err = openGorm(postgres.New(postgres.Config{Conn: stdlib.OpenDB(*config)}), postgresWriters); err != nil {
		return err
	}
	s.reader, err = openGorm(postgres.New(postgres.Config{Conn: stdlib.OpenDB(*config)}), postgresReaders)
	return err
}

// openGorm gives a handle that opens transactions only when asked and never logs a value.
func openGorm(d gorm.Dialector, size int) (*gorm.DB, error) {
	db, err := gorm.Open(d, &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
	})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// proveEngine refuses an SQLite that is too old, and a database that does not answer.
func (s *Store) proveEngine(ctx context.Context) error {
	if s.engine == postgresEngine {
		return s.refuseSuperuser(ctx)
	}
	var version string
	if err := s.writer.WithContext(ctx).Raw("SELECT sqlite_version()").Scan(&version).Error; err != nil {
		return err
	}
	if !atLeast(version, oldestSQLite) {
		return errs.New(errs.Refused, fmt.Sprintf("Dit programma is gebouwd met SQLite %s; nodig is 3.51.3 of nieuwer. Bouw het opnieuw met een nieuwere versie.", version))
	}
	return nil
}

// refuseSuperuser keeps the wall between tenants standing: row security does not hold for who may pass it by.
func (s *Store) refuseSuperuser(ctx context.Context) error {
	var passes bool
	err := s.writer.WithContext(ctx).Raw("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").Scan(&passes).Error
	if err == nil && passes {
		err = errs.New(errs.Refused, "Deze gebruiker van PostgreSQL kan langs de afscherming tussen organisaties (superuser of BYPASSRLS). Maak een gewone gebruiker, eigenaar van de database, en start daarmee.")
	}
	return err
}

// atLeast compares a version such as 3.51.3 with the oldest that is accepted.
func atLeast(version string, oldest [3]int) bool {
	parts := strings.SplitN(version, ".", 3)
	for i, want := range oldest {
		have := 0
		if i < len(parts) {
			have, _ = strconv.Atoi(parts[i])
		}
		if have != want {
			return have > want
		}
	}
	return true
}

// begin sets the limits of one PostgreSQL transaction; they end with it, so they pass a transaction-mode pooler.
func (s *Store) begin(t *tx) error {
	if s.engine != postgresEngine {
		return nil
	}
	limit := strconv.FormatInt(6*s.timeout.Milliseconds(), 10)
	lock := strconv.FormatInt(s.timeout.Milliseconds(), 10)
	_, err := t.exec(`SELECT set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),
		set_config('idle_in_transaction_session_timeout', ?, true), set_config('app.tenant', '', true)`, limit, lock, limit)
	return err
}

// enter tells PostgreSQL for which tenant the next statements are; its row security lets nothing else through.
func (t *tx) enter(tenant string) error {
	if t.s.engine != postgresEngine || t.tenant == tenant {
		return nil
	}
	_, err := t.exec("SELECT set_config('app.tenant', ?, true)", tenant)
	t.tenant = tenant
	return err
}

// hasTable says whether a table exists.
func (s *Store) hasTable(ctx context.Context, name string) (bool, error) {
	query := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	if s.engine == postgresEngine {
		query = "SELECT count(*) FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename = ?"
	}
	var n int
	err := s.writer.WithContext(ctx).Raw(query, name).Scan(&n).Error
	return n > 0, err
}

// What is said of a record that is taken, and of one that is not there or not for this person.
var (
	errTaken   = errs.New(errs.Conflict, "Dit bestaat al, of iemand anders was u net voor. Laad de pagina opnieuw en probeer het nog eens.")
	errMissing = errs.New(errs.NotFound, "Dit is niet gevonden. Het bestaat niet, of het is niet voor u.")
)

// failure gives every error of a database a kind and a Dutch sentence, without the values it may quote.
func (s *Store) failure(err error) error {
	var known *errs.Error
	var lite sqlite3.Error
	var pg *pgconn.PgError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		return errs.Wrap(errs.Unavailable, "De gegevens antwoorden niet op tijd. Er is niets veranderd. Probeer het over een minuut opnieuw.", err)
	case errors.As(err, &lite):
		return sqliteFailure(lite)
	case errors.As(err, &pg):
		return postgresFailure(pg)
	}
	return errs.Wrap(errs.Unavailable, "De gegevens zijn nu niet te bereiken. Er is niets veranderd. Probeer het over een minuut opnieuw.", err)
}

const (
	fullSentence  = "De schijf met de gegevens is vol. Er is niets veranderd. Vraag de beheerder om ruimte te maken."
	busySentence  = "De gegevens zijn even bezet. Er is niets veranderd. Probeer het zo opnieuw."
	refSentence   = "Dit verwijst naar iets dat niet bestaat, of er verwijst nog iets naar. Er is niets veranderd."
	otherSentence = "De gegevens konden niet worden opgeslagen of gelezen. Er is niets veranderd. Probeer het over een minuut opnieuw."
)

func sqliteFailure(err sqlite3.Error) error {
	cause := fmt.Errorf("sqlite %d/%d", err.Code, err.ExtendedCode)
	switch {
	case err.ExtendedCode == sqlite3.ErrConstraintForeignKey:
		return errs.Wrap(errs.Invalid, refSentence, cause)
	case err.ExtendedCode == sqlite3.ErrConstraintUnique || err.ExtendedCode == sqlite3.ErrConstraintPrimaryKey:
		return errTaken
	case err.Code == sqlite3.ErrFull:
		return errs.Wrap(errs.Unavailable, fullSentence, cause)
	case err.Code == sqlite3.ErrNotADB || err.Code == sqlite3.ErrCorrupt:
		return errs.Wrap(errs.Internal, "Dit bestand is geen database van Kind in Kaart, of het is beschadigd. Zet de laatste kopie terug.", cause)
	case err.Code == sqlite3.ErrBusy || err.Code == sqlite3.ErrLocked:
		return errs.Wrap(errs.Unavailable, busySentence, cause)
	}
	return errs.Wrap(errs.Unavailable, otherSentence, fmt.Errorf("%w: %s", cause, err.Error()))
}

func postgresFailure(err *pgconn.PgError) error {
	cause := fmt.Errorf("postgres %s at %s", err.Code, err.TableName)
	switch err.Code {
	case "23503": // foreign key
		return errs.Wrap(errs.Invalid, refSentence, cause)
	case "23505": // unique
		return errTaken
	case "53100": // disk full
		return errs.Wrap(errs.Unavailable, fullSentence, cause)
	case "40001", "40P01", "55P03", "57014": // serialization, deadlock, lock timeout, statement timeout
		return errs.Wrap(errs.Unavailable, busySentence, cause)
	}
	return errs.Wrap(errs.Unavailable, otherSentence, cause)
}
