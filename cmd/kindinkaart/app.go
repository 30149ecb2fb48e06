package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/index"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/store"
	"wijknetwerk/matcher"
)

// app is an open store with the services on it.
type app struct {
	conf     *config
	log      *slog.Logger
	clock    func() time.Time
	store    *store.Store
	areas    *geo.Areas
	index    *index.Index // only after openIndex
	catalog  *catalog.Service
	kind     *kindinkaart.Service
	accounts *account.Service
	matcher  *matcher.Service
	streets  *streetFile
	leaving  atomic.Bool // about to stop: others take over
}

// openApp opens the store, making it on first use. Messages go to w.
func openApp(ctx context.Context, c *config, w io.Writer) (*app, error) {
	a := &app{conf: c, clock: time.Now, log: slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return nil, err
	}
	conf := store.Config{Path: c.sqlite(), KeyFile: c.key(), Log: a.log}
	if c.database != "" {
		conf.Path, conf.URL = "", c.database
	}
	if c.oldKey != "" {
		old, err := store.ReadKeyFile(c.oldKey)
		if err != nil {
			return nil, fmt.Errorf("de vorige sleutel in %s: %w", c.oldKey, err)
		}
		conf.OldKey = old
	}
	s, err := store.Open(ctx, conf)
	if err != nil {
		return nil, err
	}
	a.store = s
	if a.areas, err = readOutlines(ctx, s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.wire()
	return a, nil
}

// now is the time for everything in the program.
func (a *app) now() time.Time { return a.clock() }

// wire makes the services.
func (a *app) wire() {
	a.streets = &streetFile{path: a.conf.streets(), rivers: geo.DefaultCrossings(), log: func() *slog.Logger { return a.log }}
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	known := func(id string) bool { _, ok := questionnaire.Leaf(id); return ok }
	a.catalog = &catalog.Service{Store: a.store, Clock: a.now, NewID: newID, KnownTag: known}
	a.kind = &kindinkaart.Service{Store: a.store, Clock: a.now, NewID: newID, Schemes: a.schemes}
	a.accounts = &account.Service{Store: a.store, Clock: a.now, NewID: newID}
	a.matcher = &matcher.Service{Needs: a.kind, Boards: matcher.NewKeeper(a.store, a.schemes, a.ways), Locate: a.locate}
}

// ways are the streets and rivers as they are known now.
func (a *app) ways() geo.Ways {
	return geo.Ways{Crossings: a.streets.rivers, Streets: a.streets.streets()}
}

// openIndex opens the search index, which follows the catalogue until ctx ends.
func (a *app) openIndex(ctx context.Context) error {
	ix, err := index.Open(a.conf.index(), a.store, taxonomyWords{}, a.log)
	if err != nil {
		return err
	}
	ix.AreaAt = a.wijkAt
	if err := ix.Add(ctx, a.conf.tenant); err != nil {
		return errors.Join(err, ix.Close())
	}
	a.index, a.catalog.Search, a.matcher.Words = ix, ix, ix.Matches
	return nil
}

func (a *app) close() {
	var err error
	if a.index != nil {
		err = a.index.Close()
	}
	if err = errors.Join(err, a.store.Close()); err != nil {
		a.log.Error("sluiten", "err", err)
	}
}

// operator is who acts on the command line: the person who has the machine.
func (a *app) operator() access.Actor {
	return access.Actor{ID: "console", Tenant: a.conf.tenant, Role: access.System}
}

// curator is the operator where the catalogue is changed.
func (a *app) curator() access.Actor {
	return access.Actor{ID: "console", Tenant: a.conf.tenant, Role: access.CatalogueAdmin}
}

// schemes gives the funding schemes of a tenant as the matcher wants them.
func (a *app) schemes(ctx context.Context, tenant string) ([]regeling.Scheme, error) {
	bodies, err := a.store.SchemeBodies(ctx, tenant)
	if err != nil {
		return nil, err
	}
	out := make([]regeling.Scheme, 0, len(bodies))
	for _, b := range bodies {
		read, err := regeling.Read(bytes.NewReader(schemeFile(b.Body)))
		if err != nil {
			return nil, err
		}
		for _, r := range read {
			r.Verified = b.Verified
			out = append(out, r)
		}
	}
	return out, nil
}

// locate gives the middle of a postcode; the municipality comes with the child's record.
func (a *app) locate(p geo.Postcode) (geo.Point, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	point, _, err := a.store.Locate(ctx, p)
	return point, err == nil
}

func (a *app) wijkAt(p geo.Point) string {
	area, ok := a.areas.At(p, geo.Wijk)
	if !ok {
		return ""
	}
	return area.Code
}

// taxonomyWords gives the index the words of the taxonomy.
type taxonomyWords struct{}

// Tags gives the leaf tags that a text stands for; guesses are left to the texts themselves.
func (taxonomyWords) Tags(text string) []string {
	var tags []string
	for _, m := range questionnaire.TagsForWords(text) {
		if m.Kind != "guess" {
			tags = append(tags, m.Tag)
		}
	}
	return tags
}

// Words gives the search words by tag.
func (taxonomyWords) Words() map[string][]string { return questionnaire.SearchWords() }
