package index

import (
	"context"
	"log/slog"
	"sync"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// Source is the part of the catalogue's store that an index is made from.
type Source interface {
	// All gives the whole catalogue and the log number it belongs to, from one snapshot.
	All(ctx context.Context, tenant string) ([]catalog.Partner, []catalog.Activity, int64, error)
	// Changes gives at most limit changes after a number, in order and without gaps.
	Changes(ctx context.Context, tenant string, after int64, limit int) ([]catalog.Change, error)
	// Activities gives current activities; missing ids are left out.
	Activities(ctx context.Context, tenant string, ids []string) ([]catalog.Activity, error)
	// Partners gives every partner, for their names.
	Partners(ctx context.Context, tenant string) ([]catalog.Partner, error)
}

// Index is the search index of all tenants in one folder. It implements catalog.Searcher and is safe for use by many
// goroutines.
type Index struct {
	// AreaAt gives the wijk code of a place, "" when unknown; nil when there are no areas. Set it before Add. After other
	// areas were imported, Rebuild.
	AreaAt func(geo.Point) string

	dir   string
	store Source
	words Words
	log   *slog.Logger

	mu        sync.Mutex
	shelves   map[string]*shelf
	following context.Context // nil while nobody follows
	running   sync.WaitGroup
}

// Open prepares the index under dir. Tenants are opened by Add, or by their first search. words may be nil: then only
// the words of the texts count.
func Open(dir string, store Source, words Words, log *slog.Logger) (*Index, error) {
	if words == nil {
		words = noWords{}
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if _, err := newMapping(words.Words()); err != nil {
		return nil, err
	}
	return &Index{dir: dir, store: store, words: words, log: log, shelves: map[string]*shelf{}}, nil
}

// Add opens the index of a tenant. A missing, damaged or older one is built by Follow or Rebuild; until then searches of
// this tenant give errs.Unavailable. Another process in the same folder is an error within two seconds.
func (ix *Index) Add(ctx context.Context, tenant string) error {
	_, err := ix.shelf(ctx, tenant)
	return err
}

func (ix *Index) shelf(ctx context.Context, tenant string) (*shelf, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if s, ok := ix.shelves[tenant]; ok {
		return s, nil
	}
	s, err := newShelf(ctx, ix, tenant)
	if err != nil {
		return nil, err
	}
	ix.shelves[tenant] = s
	ix.start(s)
	return s, nil
}

// start lets a tenant follow, when somebody follows. The caller holds mu.
func (ix *Index) start(s *shelf) {
	if ix.following == nil || ix.following.Err() != nil {
		return
	}
	ctx := ix.following
	ix.running.Go(func() { s.follow(ctx) })
}

// Follow keeps the index of every tenant equal to the store until ctx ends: it looks for changes twice a second and
// rebuilds what is damaged. Errors of the store are logged and tried again.
func (ix *Index) Follow(ctx context.Context) {
	ix.mu.Lock()
	ix.following = ctx
	for _, s := range ix.shelves {
		ix.start(s)
	}
	ix.mu.Unlock()
	<-ctx.Done()
	ix.mu.Lock()
	ix.following = nil
	ix.mu.Unlock()
	ix.running.Wait()
}

// Ready says whether every tenant that was added can be searched.
func (ix *Index) Ready() bool {
	for _, s := range ix.all() {
		if !s.ready() {
			return false
		}
	}
	return true
}

// Position gives the number of the last change of a tenant that is in the index, 0 when there is none.
func (ix *Index) Position(tenant string) int64 {
	ix.mu.Lock()
	s := ix.shelves[tenant]
	ix.mu.Unlock()
	if s == nil {
		return 0
	}
	return s.at()
}

// Rebuild makes the index of a tenant anew from the store while the old one goes on answering, then swaps them.
func (ix *Index) Rebuild(ctx context.Context, tenant string) error {
	s, err := ix.shelf(ctx, tenant)
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.rebuild(ctx)
}

// Verify compares the index of a tenant with the store: the checksum of every file and the content hash of every
// document. It repairs what differs and gives how many documents (or damaged files) that were.
func (ix *Index) Verify(ctx context.Context, tenant string) (differences int, err error) {
	s, err := ix.shelf(ctx, tenant)
	if err != nil {
		return 0, err
	}
	return s.verify(ctx)
}

// Close closes every index. Follow must have ended.
func (ix *Index) Close() error {
	var first error
	for _, s := range ix.all() {
		if err := s.close(); err != nil && first == nil {
			first = err
		}
	}
	ix.mu.Lock()
	clear(ix.shelves)
	ix.mu.Unlock()
	return first
}

func (ix *Index) all() []*shelf {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	out := make([]*shelf, 0, len(ix.shelves))
	for _, s := range ix.shelves {
		out = append(out, s)
	}
	return out
}

type noWords struct{}

func (noWords) Tags(string) []string       { return nil }
func (noWords) Words() map[string][]string { return nil }
