package index

import (
	"context"
	"fmt"
	"math"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/numeric"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"wijknetwerk/geo"
)

// within finds activities with a slot at most metres away, by geo.Distance. bleve's own distance query reads one point
// per document and uses another radius of the earth, so it loses hits.
type within struct {
	near   geo.Point
	metres float64
}

// Searcher implements query.Query: the cells around the place first, then the exact distance.
func (q within) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score = "none"
	around, err := q.around().Searcher(ctx, r, m, o)
	if err != nil {
		return nil, err
	}
	values, err := r.DocValueReader([]string{"place"})
	if err != nil {
		_ = around.Close() // the first error is the one to tell
		return nil, err
	}
	accept := func(_ *search.SearchContext, d *search.DocumentMatch) bool {
		near := false
		err := values.VisitDocValues(d.IndexInternalID, func(_ string, term []byte) {
			p, ok := parsePlace(string(term))
			near = near || ok && geo.Distance(q.near, p) <= q.metres
		})
		return err == nil && near
	}
	return searcher.NewFilteringSearcher(ctx, around, accept), nil
}

// maxCells is where looking up cells costs more than measuring every activity.
const maxCells = 600

// metresPerDegree of latitude on the sphere of geo.Distance, rounded down so that the box is never too small.
const metresPerDegree = 111_000

// around finds what can be near enough: a box of cells, or everything when the box is large.
func (q within) around() query.Query {
	dLat := q.metres / metresPerDegree
	dLon := dLat / math.Max(0.01, math.Cos((math.Abs(q.near.Lat)+dLat)*math.Pi/180))
	low, high := math.Floor((q.near.Lat-dLat)/cellLat), math.Floor((q.near.Lat+dLat)/cellLat)
	west, east := math.Floor((q.near.Lon-dLon)/cellLon), math.Floor((q.near.Lon+dLon)/cellLon)
	edge := math.Abs(q.near.Lat)+dLat > 85 || math.Abs(q.near.Lon)+dLon > 180
	if edge || (high-low+1)*(east-west+1) > maxCells {
		return query.NewMatchAllQuery()
	}
	var cells []query.Query
	for row := int(low); row <= int(high); row++ {
		for col := int(west); col <= int(east); col++ {
			cells = append(cells, term("cell", cellName(row, col)))
		}
	}
	return query.NewDisjunctionQuery(cells)
}

// nearest sorts by the distance of the closest slot; what has no place comes last.
type nearest struct {
	from  geo.Point
	shown float64
	seen  bool
}

func (s *nearest) UpdateVisitor(_ string, value []byte) {
	p, ok := parsePlace(string(value))
	if !ok {
		return
	}
	if d := geo.Distance(s.from, p); !s.seen || d < s.shown {
		s.shown, s.seen = d, true
	}
}

func (s *nearest) Value(*search.DocumentMatch) string {
	d := s.shown
	if !s.seen {
		d = math.MaxFloat64
	}
	s.shown, s.seen = 0, false
	return string(numeric.MustNewPrefixCodedInt64(numeric.Float64ToInt64(d), 0))
}

func (s *nearest) DecodeValue(value string) string {
	i, err := numeric.PrefixCoded(value).Int64()
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%.0f", numeric.Int64ToFloat64(i))
}

func (s *nearest) Descending() bool         { return false }
func (s *nearest) RequiresDocID() bool      { return false }
func (s *nearest) RequiresScoring() bool    { return false }
func (s *nearest) RequiresFields() []string { return []string{"place"} }
func (s *nearest) Reverse()                 {} // only nearest first is asked for
func (s *nearest) Copy() search.SearchSort  { return &nearest{from: s.from} }
