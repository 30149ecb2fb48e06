package index

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

const (
	batchSize  = 1000 // documents in a batch; 2,000 was slower and bigger
	poll       = 500 * time.Millisecond
	maxPause   = 30 * time.Second // between attempts while something is wrong
	batchLimit = time.Minute      // after which a batch is taken to hang
)

// follow keeps the index equal to the store until ctx ends.
func (s *shelf) follow(ctx context.Context) {
	pause := poll
	for ctx.Err() == nil {
		if err := errs.Survive(func() error { return s.step(ctx) }); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "search index cannot follow the catalogue", "error", err)
			pause = min(2*pause, maxPause)
		} else {
			pause = poll
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-s.poke:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// step repairs what is broken and applies what changed.
func (s *shelf) step(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.look()
	if s.broken.Load() {
		if err := s.reopen(ctx); err != nil {
			return err
		}
	}
	if s.current() == nil {
		return s.rebuild(ctx)
	}
	return s.catchUp(ctx)
}

// look finds files that were taken away or cut off under the open index.
func (s *shelf) look() {
	index := s.current()
	if index == nil || s.broken.Load() {
		return
	}
	if err := guarded(closeTime, func() error { return filesThere(index, s.path()) }); err != nil {
		s.fail(err)
	}
}

// reopen closes a failed index and loads it again, which sets it aside when it is damaged.
func (s *shelf) reopen(ctx context.Context) error {
	s.mu.Lock()
	old := s.index
	s.index = nil
	s.mu.Unlock()
	if err := closeIndex(old); err != nil {
		s.log.WarnContext(ctx, "failed search index does not close, it is left behind", "error", err)
		return errors.Join(setAside(s.folder, s.name), s.rebuild(ctx))
	}
	return s.load(ctx)
}

// catchUp applies changes until there are none.
func (s *shelf) catchUp(ctx context.Context) error {
	for {
		position := s.at()
		changes, err := s.store.Changes(ctx, s.tenant, position, batchSize)
		if err != nil || len(changes) == 0 {
			return err
		}
		if changes[0].Seq != position+1 {
			s.log.WarnContext(ctx, "change log no longer has what the search index needs", "position", position)
			return s.rebuild(ctx)
		}
		if err := s.apply(ctx, changes); err != nil {
			return err
		}
	}
}

// apply brings the documents that changes are about to their current rows.
func (s *shelf) apply(ctx context.Context, changes []catalog.Change) error {
	ids := map[string]bool{}
	for _, c := range changes {
		if c.Kind == "activity" {
			ids[c.ID] = true
		}
		if c.Kind != "partner" {
			continue
		}
		of, err := s.activitiesOf(ctx, c.ID)
		if err != nil {
			return err
		}
		for _, id := range of {
			ids[id] = true
		}
	}
	last := changes[len(changes)-1].Seq
	if err := s.write(ctx, slices.Sorted(maps.Keys(ids)), last); err != nil {
		return err
	}
	s.advance(last)
	return nil
}

// activitiesOf gives the documents with a partner's name in them.
func (s *shelf) activitiesOf(ctx context.Context, partner string) ([]string, error) {
	count, err := s.current().DocCount()
	if err != nil {
		return nil, err
	}
	r, err := s.request(ctx, bleve.NewSearchRequestOptions(term("partner", partner), int(count), 0, false))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(r.Hits))
	for i, hit := range r.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
}

// write brings documents to their current rows in batches; the last one carries the position.
func (s *shelf) write(ctx context.Context, ids []string, position int64) error {
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	for {
		n := min(batchSize, len(ids))
		b, err := s.batchOf(ctx, ids[:n], names)
		if err != nil {
			return err
		}
		if ids = ids[n:]; len(ids) == 0 {
			b.SetInternal(positionKey, []byte(strconv.FormatInt(position, 10)))
		}
		if err := s.commit(s.current(), b); err != nil || len(ids) == 0 {
			return err
		}
	}
}

func (s *shelf) batchOf(ctx context.Context, ids []string, names map[string]string) (*bleve.Batch, error) {
	b := s.current().NewBatch()
	if len(ids) == 0 {
		return b, nil
	}
	rows, err := s.store.Activities(ctx, s.tenant, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		b.Delete(id)
	}
	for _, a := range rows {
		if err := b.Index(a.ID, s.scribe.write(a, names)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (s *shelf) names(ctx context.Context) (map[string]string, error) {
	partners, err := s.store.Partners(ctx, s.tenant)
	return namesOf(partners), err
}

func namesOf(partners []catalog.Partner) map[string]string {
	names := make(map[string]string, len(partners))
	for _, p := range partners {
		names[p.ID] = p.Name
	}
	return names
}

// commit writes a batch. A batch that hangs means that a goroutine of bleve has ended: the index is opened again.
func (s *shelf) commit(index bleve.Index, b *bleve.Batch) error {
	begun := time.Now()
	err := guarded(batchLimit, func() error { return index.Batch(b) })
	if err != nil && time.Since(begun) >= batchLimit {
		s.fail(err)
	}
	return err
}
