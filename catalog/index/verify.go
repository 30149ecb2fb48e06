package index

import (
	"context"
	"maps"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// verify compares index and store, repairs, and counts. A damaged index counts its damaged files, at least one.
func (s *shelf) verify(ctx context.Context) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	damage := s.damage()
	if damage > 0 {
		return damage, s.rebuild(ctx)
	}
	if err := s.catchUp(ctx); err != nil {
		return s.afterFailure(ctx, err)
	}
	_, all, _, err := s.store.All(ctx, s.tenant)
	if err != nil {
		return 0, err
	}
	stored, err := s.hashes(ctx)
	if err != nil {
		return s.afterFailure(ctx, err)
	}
	suspects, err := s.suspects(ctx, all, stored)
	if err != nil || len(suspects) == 0 {
		return 0, err
	}
	return s.settle(ctx, suspects)
}

// damage counts what is wrong with the files; an index that cannot be read at all counts as one.
func (s *shelf) damage() int {
	index := s.current()
	if index == nil || s.broken.Load() {
		return 1
	}
	damaged, err := damagedSegments(index)
	if err != nil || len(damaged) == 0 && filesThere(index, s.path()) != nil {
		return 1
	}
	return len(damaged)
}

// afterFailure rebuilds an index that failed while it was read; other errors pass.
func (s *shelf) afterFailure(ctx context.Context, err error) (int, error) {
	if errs.KindOf(err) == errs.Unavailable && s.broken.Load() {
		return 1, s.rebuild(ctx)
	}
	return 0, err
}

// hashes gives the content hash of every document.
func (s *shelf) hashes(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	var after []string
	for {
		r := bleve.NewSearchRequestOptions(query.NewMatchAllQuery(), batchSize, 0, false)
		r.Fields = []string{"hash"}
		r.SortBy([]string{"_id"})
		if after != nil {
			r.SetSearchAfter(after)
		}
		page, err := s.request(ctx, r)
		if err != nil || len(page.Hits) == 0 {
			return out, err
		}
		for _, hit := range page.Hits {
			out[hit.ID], _ = hit.Fields["hash"].(string)
		}
		after = []string{page.Hits[len(page.Hits)-1].ID}
	}
}

// suspects gives the ids of which index and rows differ: other content, missing, or no longer in the store.
func (s *shelf) suspects(ctx context.Context, rows []catalog.Activity, stored map[string]string) ([]string, error) {
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	left := maps.Clone(stored)
	var out []string
	for _, a := range rows {
		if hash, ok := left[a.ID]; !ok || hash != s.scribe.write(a, names).Hash {
			out = append(out, a.ID)
		}
		delete(left, a.ID)
	}
	return append(out, slices.Sorted(maps.Keys(left))...), nil
}

// settle looks at suspects once more after catching up, since rows may have changed while comparing, and repairs what
// still differs.
func (s *shelf) settle(ctx context.Context, suspects []string) (int, error) {
	if err := s.catchUp(ctx); err != nil {
		return s.afterFailure(ctx, err)
	}
	stored, err := s.hashes(ctx)
	if err != nil {
		return s.afterFailure(ctx, err)
	}
	only := setOf(suspects)
	maps.DeleteFunc(stored, func(id, _ string) bool { return !only[id] })
	var rows []catalog.Activity
	for part := range slices.Chunk(suspects, batchSize) {
		some, err := s.store.Activities(ctx, s.tenant, part)
		if err != nil {
			return 0, err
		}
		rows = append(rows, some...)
	}
	wrong, err := s.suspects(ctx, rows, stored)
	if err != nil || len(wrong) == 0 {
		return 0, err
	}
	return len(wrong), s.write(ctx, wrong, s.at())
}
