package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// pool answers queries for one segment of a snapshot with sets of document numbers: which documents, deleted ones too,
// without points and without going over them one by one. It knows the queries that words.go and filters of exact values are made of, and
// finds what bleve finds for them.
type pool struct {
	spelling
	book    *book
	segment *scorch.SegmentSnapshot
}

// spelling knows which words of a snapshot look like another. Looking them up goes through all segments, so it is done
// once for all of them.
type spelling struct {
	snapshot *scorch.IndexSnapshot
	found    map[query.FuzzyQuery][]string
}

// members gives the documents a query finds. The set may be shared: it is not to be changed.
func (p pool) members(q query.Query) (*roaring.Bitmap, error) {
	switch q := q.(type) {
	case scored:
		return p.members(q.Query)
	case best:
		return p.any(q)
	case *query.DisjunctionQuery:
		return p.any(q.Disjuncts)
	case *query.ConjunctionQuery:
		return p.all(q.Conjuncts)
	case *query.BooleanQuery: // of words.go: with something that must be found, what may be found changes only points
		if q.Must != nil {
			return p.members(q.Must)
		}
		return p.members(q.Should)
	case *query.TermQuery:
		return p.term(q.FieldVal, q.Term)
	case *query.FuzzyQuery:
		return p.like(q)
	}
	return nil, fmt.Errorf("no set for a query of type %T", q)
}

func (p pool) any(list []query.Query) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, 0, len(list))
	for _, q := range list {
		set, err := p.members(q)
		if err != nil {
			return nil, err
		}
		if !set.IsEmpty() {
			sets = append(sets, set)
		}
	}
	if len(sets) == 1 {
		return sets[0], nil
	}
	return roaring.FastOr(sets...), nil
}

func (p pool) all(list []query.Query) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, 0, len(list))
	for _, q := range list {
		set, err := p.members(q)
		if err != nil || set.IsEmpty() {
			return roaring.New(), err
		}
		sets = append(sets, set)
	}
	if len(sets) == 1 {
		return sets[0], nil
	}
	return roaring.FastAnd(sets...), nil
}

// term gives the documents with a term in a field.
func (p pool) term(field, term string) (*roaring.Bitmap, error) {
	return p.book.term(fieldTerm{field, term}, func() (*roaring.Bitmap, error) {
		dictionary, err := p.segment.Segment().Dictionary(field)
		if err != nil || dictionary == nil {
			return roaring.New(), err
		}
		list, err := dictionary.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return nil, err
		}
		places, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
		if !ok {
			return roaring.New(), nil // the empty list
		}
		if number, ok := places.DocNum1Hit(); ok {
			return roaring.BitmapOf(uint32(number)), nil
		}
		if set := places.ActualBitmap(); set != nil {
			return set, nil
		}
		return roaring.New(), nil
	})
}

// like gives the documents with a term that looks like the one asked for.
func (p pool) like(q *query.FuzzyQuery) (*roaring.Bitmap, error) {
	words, err := p.similar(q)
	if err != nil {
		return nil, err
	}
	sets := make([]*roaring.Bitmap, len(words))
	for i, w := range words {
		if sets[i], err = p.term(q.FieldVal, w); err != nil {
			return nil, err
		}
	}
	return roaring.FastOr(sets...), nil
}

// similar gives the terms of the field that look like the one asked for.
func (s spelling) similar(q *query.FuzzyQuery) ([]string, error) {
	if words, ok := s.found[*q]; ok {
		return words, nil
	}
	start := q.Term
	for i := range q.Term {
		if i >= q.Prefix {
			start = q.Term[:i]
			break
		}
	}
	list, err := s.snapshot.FieldDictFuzzy(q.FieldVal, q.Term, q.Fuzziness, start)
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }() // only reading
	var words []string
	for {
		word, err := list.Next()
		if err != nil {
			return nil, err
		}
		if word == nil {
			s.found[*q] = words
			return words, nil
		}
		words = append(words, word.Term)
	}
}
