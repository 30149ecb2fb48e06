package index

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"wijknetwerk/catalog"
)

// Matches gives all published activities with the words, in no order and each once: those that Search finds for the same
// words without other limits, also when it has to look for words that look like them. Without words that say anything it
// gives every published activity. It is for filtering what something else ranks, and takes a small part of the time of
// Search. The lists stay the same as long as what stands in them, so that a caller may keep what it knows of them.
// Errors: errs.Unavailable while the index is being built.
func (ix *Index) Matches(ctx context.Context, tenant, words string) (found []catalog.Matched, err error) {
	s, err := ix.shelf(ctx, tenant)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(index bleve.Index) error {
		found, err = s.matches(ctx, index, words)
		return err
	})
	return found, err
}

// matches tries the ways to look for words in the order of Search.
func (s *shelf) matches(ctx context.Context, index bleve.Index, words string) ([]catalog.Matched, error) {
	snapshot, err := snapshotOf(index)
	if err != nil {
		return nil, err
	}
	defer func() { _ = snapshot.Close() }() // only reading
	books, err := s.books.of(index, snapshot.Segments())
	if err != nil {
		return nil, err
	}
	limits := filters(catalog.Query{})
	pieces := s.scribe.lex.pieces(words, s.tagsOf)
	if len(pieces) == 0 {
		return matched(ctx, snapshot, books, limits)
	}
	for way := exactly; way < ways; way++ {
		all := append(slices.Clone(limits), s.scribe.lex.wordQuery(pieces, way))
		found, err := matched(ctx, snapshot, books, all)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}

func snapshotOf(index bleve.Index) (*scorch.IndexSnapshot, error) {
	advanced, err := index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		_ = reader.Close() // only reading
		return nil, fmt.Errorf("unknown kind of index %T", reader)
	}
	return snapshot, nil
}

// matched gives what all queries find in a snapshot, of which books are the segments.
func matched(ctx context.Context, snapshot *scorch.IndexSnapshot, books []*book, all []query.Query) (found []catalog.Matched, err error) {
	words := spelling{snapshot, map[query.FuzzyQuery][]string{}}
	for i, seg := range snapshot.Segments() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		set, err := pool{words, books[i], seg}.all(all)
		if err != nil {
			return nil, err
		}
		if gone := seg.Deleted(); gone != nil {
			set = roaring.AndNot(set, gone)
		}
		if !set.IsEmpty() {
			found = append(found, catalog.Matched{List: books[i].ids, Numbers: set.ToArray()})
		}
	}
	return found, nil
}

// book is what is kept of one segment. A segment never changes, so neither does what was read of it; only which of its
// documents are deleted does.
type book struct {
	ids *catalog.IDList // by document number

	mu    sync.Mutex
	terms map[fieldTerm]*roaring.Bitmap // the documents with a term, deleted ones too
}

type fieldTerm struct{ field, term string }

// mostTerms is how many terms of a segment are kept; then it begins anew. What people look for is mostly the same.
const mostTerms = 512

func newBook(seg *scorch.SegmentSnapshot) (*book, error) {
	var err error
	ids := catalog.NewIDList(func(yield func(string) bool) {
		for i := range seg.FullSize() {
			var id []byte
			if id, err = seg.DocID(uint64(i)); err != nil || !yield(string(id)) {
				return
			}
		}
	})
	return &book{ids: ids, terms: map[fieldTerm]*roaring.Bitmap{}}, err
}

// term gives the documents with a term, read at most once. The set is shared: it is not to be changed.
func (b *book) term(t fieldTerm, read func() (*roaring.Bitmap, error)) (*roaring.Bitmap, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if set, ok := b.terms[t]; ok {
		return set, nil
	}
	set, err := read()
	if err != nil {
		return nil, err
	}
	if len(b.terms) == mostTerms {
		clear(b.terms)
	}
	set = set.Clone() // what was read may lie in a file that is closed some day
	set.RunOptimize()
	b.terms[t] = set
	return set, nil
}

// library keeps the books of the segments in use: about 40 bytes for each document, and the terms that were looked for.
// The zero value is ready for use.
type library struct {
	mu   sync.Mutex
	from bleve.Index      // another index numbers its segments anew
	kept map[uint64]*book // by the number of the segment
}

// of gives the books of all segments of a snapshot, makes those that are missing and forgets those of other segments.
func (k *library) of(index bleve.Index, segments []*scorch.SegmentSnapshot) ([]*book, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.from != index {
		k.from, k.kept = index, nil
	}
	books, kept := make([]*book, len(segments)), make(map[uint64]*book, len(segments))
	for i, seg := range segments {
		b, ok := k.kept[seg.Id()]
		if !ok {
			var err error
			if b, err = newBook(seg); err != nil {
				return nil, err
			}
		}
		books[i], kept[seg.Id()] = b, b
	}
	k.kept = kept
	return books, nil
}
