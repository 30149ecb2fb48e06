package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/exchange"
	"wijknetwerk/kindinkaart/store"
)

// openFor parses the flags of an operation and opens the store; want is the number of arguments.
func openFor(ctx context.Context, s streams, name string, args []string, want int) (*app, []string, error) {
	f := flagSet(name)
	conf := storeFlags(f)
	rest, err := parse(f, args, want, want)
	if err != nil {
		return nil, nil, err
	}
	a, err := openApp(ctx, conf, s.err)
	return a, rest, err
}

// exportCommand writes the published catalogue; never anything about a child.
func exportCommand(ctx context.Context, s streams, args []string) error {
	f := flagSet("export")
	conf := storeFlags(f)
	format := f.String("format", "kik", "kik, csv, xlsx, geojson of ical")
	out := f.StringP("out", "o", "", "bestand om naar te schrijven; leeg = standaarduitvoer")
	template := f.Bool("template", false, "schrijf een leeg invulblad met uitleg en voorbeelden (csv of xlsx)")
	rest, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	if rest[0] != "catalogue" {
		return usageError{fmt.Sprintf("Onbekende soort %q. Alleen catalogue kan worden geschreven.", rest[0])}
	}
	w, done, err := target(s, *out)
	if err != nil {
		return err
	}
	if *template {
		return errors.Join(exchange.WriteTemplate(exchange.Format(*format), w), done())
	}
	a, err := openApp(ctx, conf, s.err)
	if err != nil {
		return errors.Join(err, done())
	}
	defer a.close()
	partners, activities, _, err := a.store.All(ctx, conf.tenant)
	if err != nil {
		return errors.Join(err, done())
	}
	var public []catalog.Activity
	for _, activity := range activities {
		if activity.State == catalog.Published {
			public = append(public, activity)
		}
	}
	return errors.Join(exchange.Write(exchange.Format(*format), w, partners, public), done())
}

func target(s streams, path string) (io.Writer, func() error, error) {
	if path == "" {
		return s.out, func() error { return nil }, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	return f, f.Close, nil
}

// reindex builds the search index again from the database.
func reindex(ctx context.Context, s streams, args []string) error {
	a, _, err := openFor(ctx, s, "reindex", args, 0)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.openIndex(ctx); err != nil {
		return err
	}
	if err := a.index.Rebuild(ctx, a.conf.tenant); err != nil {
		return err
	}
	position := a.index.Position(a.conf.tenant)
	return a.conf.result(s, map[string]int64{"position": position}, "De zoekindex is opnieuw gebouwd, tot en met verandering %d.", position)
}

// migrate brings the database to the version of this program; opening it does that.
func migrate(ctx context.Context, s streams, args []string) error {
	a, _, err := openFor(ctx, s, "migrate", args, 0)
	if err != nil {
		return err
	}
	defer a.close()
	applied, _, err := a.store.Schema(ctx)
	if err != nil {
		return err
	}
	return a.conf.result(s, map[string]int64{"version": applied}, "De database staat op versie %d.", applied)
}

// backup writes a copy of the database that can be used while the program runs.
func backup(ctx context.Context, s streams, args []string) error {
	a, rest, err := openFor(ctx, s, "backup", args, 1)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.store.Backup(ctx, rest[0]); err != nil {
		return err
	}
	return a.conf.result(s, map[string]string{"file": rest[0]},
		"De reservekopie staat in %s. Bewaar de sleutel (%s) apart: zonder die sleutel is de kopie niet te lezen.", rest[0], a.conf.key())
}

// restore puts a backup into an empty data folder, which stays empty when that fails. The key must lie there, or be named.
func restore(ctx context.Context, s streams, args []string) error {
	f := flagSet("restore")
	conf := storeFlags(f)
	erased := f.String("erased", "", "lijst van kindinkaart erasures: wie daarin staat wordt opnieuw gewist")
	rest, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	if conf.database != "" {
		return errors.New("voor PostgreSQL zet u een kopie terug met pg_restore")
	}
	if _, err := os.Stat(conf.sqlite()); err == nil {
		return fmt.Errorf("in %s staat al een database; kies een lege map met --data", conf.data)
	}
	if _, err := store.ReadKeyFile(conf.key()); err != nil {
		return fmt.Errorf("leg eerst de sleutel in %s: %w", conf.key(), err)
	}
	var list erasureList
	if *erased != "" {
		if list, err = readFile(*erased, readErasures); err != nil {
			return err
		}
	}
	if err := copyFile(rest[0], conf.sqlite()); err != nil {
		return err
	}
	if err := proveCopy(ctx, s, conf, list.Erased); err != nil {
		return errors.Join(err, removeDatabase(conf.sqlite()))
	}
	return conf.result(s, map[string]string{"data": conf.data},
		"De kopie is teruggezet in %s en gecontroleerd. De zoekindex bouwt zichzelf bij de volgende start.", conf.data)
}

// proveCopy opens a copy that was put back, erases again who is in a list and checks the whole.
func proveCopy(ctx context.Context, s streams, conf *config, erased []store.Erasure) error {
	a, err := openApp(ctx, conf, s.err)
	if err != nil {
		return err
	}
	defer a.close()
	if _, err := a.store.Replay(ctx, erased); err != nil {
		return err
	}
	return a.store.Verify(ctx)
}

// removeDatabase takes away an SQLite database with what may lie beside it.
func removeDatabase(path string) error {
	var failed []error
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// copyFile copies to a file that is not there yet; when that fails it is not there after it either.
func copyFile(from, to string) error {
	in, _, err := open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// rekey seals the keys of all children with a new master key. It may be interrupted and run again.
func rekey(ctx context.Context, s streams, args []string) error {
	a, _, err := openFor(ctx, s, "rekey", args, 0)
	if err != nil {
		return err
	}
	defer a.close()
	n, err := a.store.Rekey(ctx)
	if err != nil {
		return err
	}
	return a.conf.result(s, map[string]int{"keys": n},
		"%d sleutels zijn verzegeld met de nieuwe hoofdsleutel (%s). Bewaar de oude zolang er kopieën van voor vandaag zijn.", n, a.conf.key())
}

// verify checks the database, the audit log and the index.
func verify(ctx context.Context, s streams, args []string) error {
	a, _, err := openFor(ctx, s, "verify", args, 0)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.store.Verify(ctx); err != nil {
		return err
	}
	if err := a.openIndex(ctx); err != nil {
		return err
	}
	differences, err := a.index.Verify(ctx, a.conf.tenant)
	if err != nil {
		return err
	}
	return a.conf.result(s, map[string]any{"database": "ok", "audit": "ok", "index_differences": differences},
		"Database en logboek: in orde.\nZoekindex: %d verschillen met de database gevonden en hersteld.", differences)
}
