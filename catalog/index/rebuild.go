package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"wijknetwerk/catalog"
)

// rebuild makes a new index of the whole catalogue next to the old one and swaps them. The caller holds writing.
func (s *shelf) rebuild(ctx context.Context) error {
	begun := time.Now()
	partners, activities, seq, err := s.store.All(ctx, s.tenant)
	if err != nil {
		return err
	}
	fresh := s.path() + freshSuffix
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	index, err := bleve.NewUsing(fresh, s.mapping, scorch.Name, scorch.Name, runtimeConfig())
	if err != nil {
		return err
	}
	if err := s.fill(ctx, index, namesOf(partners), activities, seq); err != nil {
		return errors.Join(err, closeIndex(index), os.RemoveAll(fresh))
	}
	if err := closeIndex(index); err != nil {
		return err
	}
	if err := s.swap(fresh, seq, len(activities)); err != nil {
		return err
	}
	s.log.InfoContext(ctx, "search index built", "activities", len(activities), "position", seq, "took", time.Since(begun).Round(time.Millisecond))
	return nil
}

// fill writes all activities. Only the last batch carries a position: a half index has none and is never opened.
func (s *shelf) fill(ctx context.Context, index bleve.Index, names map[string]string, all []catalog.Activity, seq int64) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(batchSize, len(all))
		b := index.NewBatch()
		for _, a := range all[:n] {
			if err := b.Index(a.ID, s.scribe.write(a, names)); err != nil {
				return err
			}
		}
		if all = all[n:]; len(all) == 0 {
			b.SetInternal(positionKey, []byte(strconv.FormatInt(seq, 10)))
		}
		if err := s.commit(index, b); err != nil || len(all) == 0 {
			return err
		}
	}
}

// swap puts a freshly built index in place of the old one. Searches wait, and see the one or the other.
func (s *shelf) swap(fresh string, position int64, count int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := closeIndex(s.index); err != nil {
		s.log.Warn("old search index does not close, it is left behind", "error", err)
	}
	s.index = nil
	if err := setAside(s.folder, s.name); err != nil {
		return err
	}
	if err := os.Rename(fresh, s.path()); err != nil {
		return err
	}
	index, err := openIndex(s.path(), s.mapping)
	if err != nil {
		return err
	}
	if n, err := index.DocCount(); err != nil || n != uint64(count) {
		return errors.Join(fmt.Errorf("new index has %d of %d documents", n, count), err, closeIndex(index))
	}
	s.index, s.position = index, position
	s.broken.Store(false)
	return tidy(s.folder, s.name)
}
