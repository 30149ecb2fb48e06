package index

import (
	"context"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// Points for where a word is found. For each word the best place counts; the words add up. They are fixed numbers and not
// bleve's own scores, so that equal finds tie and distance then decides, and every node orders alike.
const (
	pointsTitle    = 8 // the title says what it is
	pointsTag      = 6 // a person gave it the tag that the word stands for
	pointsMeant    = 5 // the title has a word that stands for the same
	pointsOrg      = 4 // "Scouting Zuid" does scouting, mostly
	pointsTagWords = 3 // a search word of one of its tags
	pointsText     = 2 // mentioned
	pointsParts    = 1 // the parts of the word are in it, each somewhere, or what its last part stands for
)

// scored gives every find of a query the same points, 0 for facts.
type scored struct {
	query.Query
	points float64
}

// Searcher implements query.Query.
func (q scored) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score = "none"
	s, err := q.Query.Searcher(ctx, r, m, o)
	if err != nil {
		return nil, err
	}
	return &scoredSearcher{Searcher: s, points: q.points}, nil
}

type scoredSearcher struct {
	search.Searcher
	points float64
}

func (s *scoredSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	return s.score(s.Searcher.Next(ctx))
}

func (s *scoredSearcher) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	return s.score(s.Searcher.Advance(ctx, id))
}

func (s *scoredSearcher) score(m *search.DocumentMatch, err error) (*search.DocumentMatch, error) {
	if m != nil {
		m.Score = s.points
	}
	return m, err
}

func (s *scoredSearcher) Weight() float64      { return 1 }
func (s *scoredSearcher) SetQueryNorm(float64) {}

// best finds what any of its queries finds and keeps the highest points.
type best []query.Query

// Searcher implements query.Query.
func (q best) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	s := &bestSearcher{}
	for _, child := range q {
		c, err := child.Searcher(ctx, r, m, o)
		if err != nil {
			_ = s.Close() // the first error is the one to tell
			return nil, err
		}
		s.children = append(s.children, c)
	}
	s.current = make([]*search.DocumentMatch, len(s.children))
	return s, nil
}

// bestSearcher merges its children by document, in order.
type bestSearcher struct {
	children []search.Searcher
	current  []*search.DocumentMatch // nil when a child is exhausted
	started  bool
}

func (s *bestSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if !s.started {
		s.started = true
		for i := range s.children {
			if err := s.step(ctx, i); err != nil {
				return nil, err
			}
		}
	}
	return s.take(ctx)
}

func (s *bestSearcher) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	for i, c := range s.children {
		if s.started && (s.current[i] == nil || s.current[i].IndexInternalID.Compare(id) >= 0) {
			continue
		}
		if s.current[i] != nil {
			ctx.DocumentMatchPool.Put(s.current[i])
		}
		m, err := c.Advance(ctx, id)
		if err != nil {
			return nil, err
		}
		s.current[i] = m
	}
	s.started = true
	return s.take(ctx)
}

// take gives the lowest document with the highest points and steps every child that stood on it.
func (s *bestSearcher) take(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	var low *search.DocumentMatch
	for _, m := range s.current {
		if m != nil && (low == nil || m.IndexInternalID.Compare(low.IndexInternalID) < 0) {
			low = m
		}
	}
	if low == nil {
		return nil, nil
	}
	for i, m := range s.current {
		if m == nil || m != low && !m.IndexInternalID.Equals(low.IndexInternalID) {
			continue
		}
		low.Score = max(low.Score, m.Score)
		if m != low {
			ctx.DocumentMatchPool.Put(m)
		}
		if err := s.step(ctx, i); err != nil {
			return nil, err
		}
	}
	return low, nil
}

func (s *bestSearcher) step(ctx *search.SearchContext, i int) error {
	m, err := s.children[i].Next(ctx)
	s.current[i] = m
	return err
}

func (s *bestSearcher) Close() error {
	var first error
	for _, c := range s.children {
		if err := c.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (s *bestSearcher) Weight() float64      { return 1 }
func (s *bestSearcher) SetQueryNorm(float64) {}
func (s *bestSearcher) Min() int             { return 0 }

func (s *bestSearcher) Count() (n uint64) {
	for _, c := range s.children {
		n += c.Count()
	}
	return n
}

func (s *bestSearcher) Size() (n int) {
	for _, c := range s.children {
		n += c.Size()
	}
	return n
}

func (s *bestSearcher) DocumentMatchPoolSize() int {
	n := len(s.children)
	for _, c := range s.children {
		n += c.DocumentMatchPoolSize()
	}
	return n
}
