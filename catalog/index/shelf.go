package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"go.etcd.io/bbolt"

	"wijknetwerk/kindinkaart/errs"
)

var errBuilding = errs.New(errs.Unavailable, "De zoeklijst wordt opnieuw opgebouwd. Probeer het over een minuut opnieuw.")

// positionKey holds the log number inside the index, written in the same batch as the documents it belongs to.
var positionKey = []byte("applied_seq")

// shelf is the index of one tenant.
type shelf struct {
	tenant  string
	folder  string
	name    string // folder of the current mapping inside folder
	store   Source
	scribe  scribe
	tagsOf  func(string) []string
	mapping *mapping.IndexMappingImpl
	log     *slog.Logger
	lock    *bbolt.DB
	poke    chan struct{}
	broken  atomic.Bool
	books   library

	writing sync.Mutex // held by whoever changes the index

	mu       sync.RWMutex // guards what follows; searches hold it for reading
	index    bleve.Index  // nil until it can be searched
	position int64
}

func newShelf(ctx context.Context, ix *Index, tenant string) (*shelf, error) {
	folder, err := tenantFolder(ix.dir, tenant)
	if err != nil {
		return nil, err
	}
	words := ix.words.Words()
	m, err := newMapping(words)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, err
	}
	s := &shelf{tenant: tenant, folder: folder, name: folderName(words), store: ix.store,
		scribe: scribe{newLexicon(words), ix.AreaAt}, tagsOf: ix.words.Tags, mapping: m,
		log: ix.log.With("tenant", tenant), lock: lock, poke: make(chan struct{}, 1)}
	watched.Store(folder, s)
	s.writing.Lock()
	err = s.load(ctx)
	s.writing.Unlock()
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *shelf) path() string { return filepath.Join(s.folder, s.name) }

// load opens what is on disk, and sets aside what cannot be trusted.
func (s *shelf) load(ctx context.Context) error {
	if _, err := os.Stat(s.path()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	index, err := openIndex(s.path(), s.mapping)
	if err == nil {
		var position int64
		if position, err = s.trusted(ctx, index); err == nil {
			s.install(index, position)
			return os.RemoveAll(filepath.Join(s.folder, asideName)) // the one after it opened well
		}
		err = errors.Join(err, closeIndex(index))
	}
	s.log.WarnContext(ctx, "search index set aside, it will be rebuilt", "folder", s.path(), "reason", err)
	return setAside(s.folder, s.name)
}

// trusted gives the position of an index when that is in the store's log; an index that is ahead of the log, or older
// than what is left of it, is of no use.
func (s *shelf) trusted(ctx context.Context, index bleve.Index) (int64, error) {
	raw, err := index.GetInternal(positionKey)
	if err != nil {
		return 0, err
	}
	position, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("no position in the index: %w", err)
	}
	if position == 0 {
		return 0, nil
	}
	last, err := s.store.Changes(ctx, s.tenant, position-1, 1)
	if err != nil {
		s.log.WarnContext(ctx, "store cannot be asked about the position of the search index", "error", err)
		return position, nil // searching goes on without the database; Follow asks again
	}
	if len(last) == 0 || last[0].Seq != position {
		return 0, fmt.Errorf("position %d is not in the change log", position)
	}
	return position, nil
}

// install makes an index the one that is searched.
func (s *shelf) install(index bleve.Index, position int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index, s.position = index, position
	s.broken.Store(false)
}

// advance records that the index is at a new position.
func (s *shelf) advance(position int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.position = position
}

func (s *shelf) ready() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.index != nil && !s.broken.Load()
}

func (s *shelf) at() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.position
}

func (s *shelf) current() bleve.Index {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.index
}

// nudge makes the follower look at once; it never blocks.
func (s *shelf) nudge() {
	select {
	case s.poke <- struct{}{}:
	default:
	}
}

// fail marks the index as one that cannot be trusted any more; the follower opens or rebuilds it.
func (s *shelf) fail(err error) {
	if s.broken.CompareAndSwap(false, true) {
		s.log.Error("search index failed", "error", err)
	}
	s.nudge()
}

// request searches.
func (s *shelf) request(ctx context.Context, r *bleve.SearchRequest) (result *bleve.SearchResult, err error) {
	err = s.read(ctx, func(index bleve.Index) error {
		result, err = index.SearchInContext(ctx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// read lets f read the index. A damaged segment can make bleve panic: that fails this reading and starts the repair.
func (s *shelf) read(ctx context.Context, f func(bleve.Index) error) (err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.index == nil || s.broken.Load() {
		return errBuilding
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // reading a mapped file that was cut off
	defer func() {
		if p := recover(); p != nil {
			s.fail(fmt.Errorf("search: %v", p))
			err = errBuilding
		}
	}()
	if err = f(s.index); err != nil && ctx.Err() == nil {
		s.fail(fmt.Errorf("search: %w", err))
		return errBuilding
	}
	return err
}

func (s *shelf) close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	watched.CompareAndDelete(s.folder, s)
	err := closeIndex(s.index)
	s.index = nil
	return errors.Join(err, s.lock.Close())
}
