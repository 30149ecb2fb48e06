package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// importStreets reads an OpenStreetMap extract and puts the graph file in the place of the one before. While it reads, and
// when it fails, the one before stays.
func importStreets(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	data, found, err := geo.ImportStreets(ctx, in, in.progress)
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name}
	before, err := os.ReadFile(a.conf.streets())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return done, err
	}
	a.tellStreets(in.note, found, before)
	if flags.dryRun || bytes.Equal(before, data) {
		done.Unchanged = found.Edges
		return done, nil
	}
	done.Changed = found.Edges
	return done, replaceFile(a.conf.streets(), data)
}

// tellStreets says what was found, and what may be wrong with it.
func (a *app) tellStreets(note func(format string, args ...any), found geo.StreetCounts, before []byte) {
	low, high := found.Corner[0], found.Corner[1]
	note("%.0f km straat te voet en %.0f km met de fiets, %d bruggen, %d tunnels, %d veren; van %.3f, %.3f tot %.3f, %.3f.\n",
		found.WalkMetres/1000, found.BikeMetres/1000, found.Bridges, found.Tunnels, found.Ferries, low.Lat, low.Lon, high.Lat, high.Lon)
	if found.Missing > 0 {
		note("Let op: %d punten van straten staan niet in het bestand. Die straten houden daar op.\n", found.Missing)
	}
	if found.Unreached > 0 {
		note("%d stukken straat hangen met niets samen en tellen niet mee.\n", found.Unreached)
	}
	if wijken := a.areas.Kind(geo.Wijk); len(wijken) > 0 && !anyInside(wijken, low, high) {
		note("Let op: geen enkele bekende wijk ligt in dit gebied. Is dit het bestand van de goede stad?\n")
	}
	if old, err := geo.ReadStreets(before, nil); err == nil && found.Edges < old.Edges()/2 {
		note("Let op: dit zijn %d stukken straat en het waren er %d. Is het bestand heel?\n", found.Edges, old.Edges())
	}
}

func anyInside(areas []geo.Area, low, high geo.Point) bool {
	for _, area := range areas {
		if m := area.Middle; m.Lat >= low.Lat && m.Lat <= high.Lat && m.Lon >= low.Lon && m.Lon <= high.Lon {
			return true
		}
	}
	return false
}

// replaceFile writes a file beside the one it replaces and then renames it: there is always a whole one.
func replaceFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// streetsFresh is how long a street map is used without looking at its file.
const streetsFresh = 2 * time.Second

// streetFile gives the street map in a file as it is now. It may be used by many at the same time.
type streetFile struct {
	path   string
	rivers *geo.Crossings
	log    func() *slog.Logger

	current atomic.Pointer[geo.Streets]
	looked  atomic.Int64 // when the file was looked at, in nanoseconds of time.Now
	mu      sync.Mutex   // held while the file is looked at and read
	seen    fs.FileInfo  // the file that was read, nil = none
}

// streets gives the street map, at most streetsFresh old; nil when there is none or when it is damaged. Only the first
// call waits for the file; later ones go on with what there was while somebody reads a new one.
func (f *streetFile) streets() *geo.Streets {
	looked := f.looked.Load()
	if looked != 0 && time.Since(time.Unix(0, looked)) < streetsFresh {
		return f.current.Load()
	}
	if looked == 0 {
		f.mu.Lock()
	} else if !f.mu.TryLock() {
		return f.current.Load()
	}
	defer f.mu.Unlock()
	if f.looked.Load() == looked {
		f.look()
		f.looked.Store(time.Now().UnixNano())
	}
	return f.current.Load()
}

// look reads the file when it is another one than was read.
func (f *streetFile) look() {
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		info, err = nil, nil
	}
	if err == nil && sameFile(info, f.seen) {
		return
	}
	var streets *geo.Streets
	if err == nil && info != nil {
		streets, err = readStreetFile(f.path, f.rivers)
	}
	switch {
	case err != nil:
		f.log().Error("straten", "bestand", filepath.Base(f.path), "err", err, "gevolg", "reistijd gaat over de oversteken")
	case streets != nil:
		f.log().Info("straten", "stukken", streets.Edges())
	}
	f.seen = info
	f.current.Store(streets)
}

func sameFile(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func readStreetFile(path string, rivers *geo.Crossings) (*geo.Streets, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("het stratenbestand %s is er niet of is niet te lezen", filepath.Base(path))
	}
	streets, err := geo.ReadStreets(data, rivers)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return streets, nil
}
