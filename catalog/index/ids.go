package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"wijknetwerk/catalog"
)

// Matches gives the ids of all published activities with the words, in no order: those that Search finds for the same
// words without other limits, also when it has to look for words that look like them. Without words that say anything it
// gives every published activity. It is for filtering what something else ranks, and takes a small part of the time of
// Search. Errors: errs.Unavailable while the index is being built.
func (ix *Index) Matches(ctx context.Context, tenant, words string) (ids []string, err error) {
	s, err := ix.shelf(ctx, tenant)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(index bleve.Index) error {
		ids, err = s.matches(ctx, index, words)
		return err
	})
	return ids, err
}

// matches tries the ways to look for words in the order of Search.
func (s *shelf) matches(ctx context.Context, index bleve.Index, words string) ([]string, error) {
	snapshot, err := snapshotOf(index)
	if err != nil {
		return nil, err
	}
	defer func() { _ = snapshot.Close() }() // only reading
	limits := filters(catalog.Query{})
	pieces := s.scribe.lex.pieces(words, s.tagsOf)
	if len(pieces) == 0 {
		return s.tables.ids(ctx, index, snapshot, limits)
	}
	for way := exactly; way < ways; way++ {
		all := append(slices.Clone(limits), s.scribe.lex.wordQuery(pieces, way))
		ids, err := s.tables.ids(ctx, index, snapshot, all)
		if err != nil || len(ids) > 0 {
			return ids, err
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

// idTable holds the ids of the documents of one segment by document number. A segment never changes, so neither does
// its table.
type idTable struct {
	text string   // all ids after each other
	ends []uint32 // where each ends in text
}

func newIDTable(seg *scorch.SegmentSnapshot) (*idTable, error) {
	count := int(seg.FullSize())
	t := &idTable{ends: make([]uint32, count)}
	var text strings.Builder
	for i := range count {
		id, err := seg.DocID(uint64(i))
		if err != nil {
			return nil, err
		}
		text.Write(id)
		t.ends[i] = uint32(text.Len())
	}
	t.text = text.String()
	return t, nil
}

func (t *idTable) appendTo(ids []string, set *roaring.Bitmap) []string {
	for it := set.Iterator(); it.HasNext(); {
		i := it.Next()
		from := uint32(0)
		if i > 0 {
			from = t.ends[i-1]
		}
		ids = append(ids, t.text[from:t.ends[i]])
	}
	return ids
}

// idTables keeps the tables of the segments in use: about 40 bytes for each document. The zero value is ready for use.
type idTables struct {
	mu   sync.Mutex
	from bleve.Index         // another index numbers its segments anew
	kept map[uint64]*idTable // by the number of the segment
}

// ids gives the ids of what all queries find in a snapshot of an index.
func (k *idTables) ids(ctx context.Context, index bleve.Index, snapshot *scorch.IndexSnapshot, all []query.Query) ([]string, error) {
	segments := snapshot.Segments()
	sets, total := make([]*roaring.Bitmap, len(segments)), 0
	words := spelling{snapshot, map[query.FuzzyQuery][]string{}}
	for i, seg := range segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		set, err := pool{words, seg}.all(all)
		if err != nil {
			return nil, err
		}
		sets[i] = set
		total += int(set.GetCardinality())
	}
	tables, err := k.of(index, segments)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, total)
	for i, set := range sets {
		ids = tables[i].appendTo(ids, set)
	}
	return ids, nil
}

// of gives the tables of all segments of a snapshot, makes those that are missing and forgets those of other segments.
func (k *idTables) of(index bleve.Index, segments []*scorch.SegmentSnapshot) ([]*idTable, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.from != index {
		k.from, k.kept = index, nil
	}
	tables, kept := make([]*idTable, len(segments)), make(map[uint64]*idTable, len(segments))
	for i, seg := range segments {
		t, ok := k.kept[seg.Id()]
		if !ok {
			var err error
			if t, err = newIDTable(seg); err != nil {
				return nil, err
			}
		}
		tables[i], kept[seg.Id()] = t, t
	}
	k.kept = kept
	return tables, nil
}
