package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"wijknetwerk/kindinkaart/errs"
)

// Numbered SQL files, one way only. A file that has been released is never changed; both engines get the same numbers.
//
//go:embed migrations
var migrations embed.FS

const versionTable = "goose_db_version"

// migrator applies migrations under a lock: of two programs that start at once one migrates and the other waits.
func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(s.engine))
	if err != nil {
		return nil, err
	}
	pool, err := s.writer.DB()
	if err != nil {
		return nil, err
	}
	dialect, locker := goose.DialectSQLite3, lock.Locker(&fileLock{path: s.path})
	if s.engine == postgresEngine {
		dialect = goose.DialectPostgres
		if locker, err = lock.NewPostgresTableLocker(lock.WithTableLockTimeout(200*time.Millisecond, 300)); err != nil {
			return nil, err
		}
	}
	return goose.NewProvider(dialect, pool, files, goose.WithLocker(locker), goose.WithDisableGlobalRegistry(true))
}

// migrate applies what is not applied yet; a file that was interrupted left nothing behind and runs again.
func (s *Store) migrate(ctx context.Context) error {
	p, err := s.migrator()
	if err != nil {
		return err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return errs.Wrap(errs.Unavailable, "De tabellen konden niet worden bijgewerkt. Kijk of de database ruimte heeft en of dit programma er tabellen mag maken.", err)
	}
	for _, m := range done {
		s.log.Info("migrated", "version", m.Source.Version, "took", m.Duration)
	}
	return nil
}

// Schema gives the number of the newest migration that is applied, and of the newest this program knows.
func (s *Store) Schema(ctx context.Context) (applied, known int64, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	for _, source := range p.ListSources() {
		known = max(known, source.Version)
	}
	exists, err := s.hasTable(ctx, versionTable)
	if err != nil || !exists {
		return 0, known, s.failure(err)
	}
	err = s.writer.WithContext(ctx).Raw("SELECT COALESCE(max(version_id), 0) FROM " + versionTable).Scan(&applied).Error
	return applied, known, s.failure(err)
}

// refuseNewer keeps an old program away from tables it does not know.
func (s *Store) refuseNewer(ctx context.Context) error {
	applied, known, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	if applied > known {
		return errs.New(errs.Refused, fmt.Sprintf("Deze gegevens horen bij een nieuwere versie van Kind in Kaart (tabellen %d; dit programma kent %d). Installeer de nieuwste versie. Er is niets veranderd.", applied, known))
	}
	return nil
}

// fileLock lets one process at a time migrate an SQLite database: an exclusive transaction on a small file beside it,
// which ends with the process.
type fileLock struct {
	path string
	pool *sql.DB
	held *sql.Tx
}

// Lock waits at most a minute for another process.
func (l *fileLock) Lock(ctx context.Context, _ *sql.DB) (err error) {
	name := "file:" + (&url.URL{Path: l.path + ".migrating"}).EscapedPath()
	if l.pool, err = sql.Open("sqlite3", name+"?_busy_timeout=60000&_txlock=exclusive"); err != nil {
		return err
	}
	if l.held, err = l.pool.BeginTx(ctx, nil); err != nil {
		return errors.Join(err, l.pool.Close())
	}
	return nil
}

// Unlock lets the next process in.
func (l *fileLock) Unlock(context.Context, *sql.DB) error {
	return errors.Join(l.held.Rollback(), l.pool.Close())
}
