package matcher_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/search/query"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/index"
	"wijknetwerk/kindinkaart/questionnaire"
)

// plainStore is a store with the catalogue of a plain country, for the index of catalog/index.
type plainStore struct {
	c *country
	n int
}

func (s plainStore) All(context.Context, string) ([]catalog.Partner, []catalog.Activity, int64, error) {
	return s.c.partners(s.n), slices.AppendSeq(make([]catalog.Activity, 0, s.n), s.c.activities(s.n)), 1, nil
}
func (s plainStore) Changes(context.Context, string, int64, int) ([]catalog.Change, error) {
	return nil, nil
}
func (s plainStore) Activities(context.Context, string, []string) ([]catalog.Activity, error) {
	return nil, nil
}
func (s plainStore) Partners(context.Context, string) ([]catalog.Partner, error) {
	return s.c.partners(s.n), nil
}

// tagWords gives the search words of the taxonomy.
type tagWords struct{}

func (tagWords) Tags(text string) (tags []string) {
	for _, m := range questionnaire.TagsForWords(text) {
		tags = append(tags, m.Tag)
	}
	return tags
}

func (tagWords) Words() map[string][]string {
	words := map[string][]string{}
	for _, t := range questionnaire.Taxonomy().Tags {
		words[t.ID] = append([]string{t.Label}, t.Synonyms...)
	}
	return words
}

const benchTenant = "land"

// wordIndex is the index of the product over a plain country.
func wordIndex(b *testing.B, n int) *index.Index {
	b.Helper()
	ix, err := index.Open(b.TempDir(), plainStore{newCountry(benchSeed, true), n}, tagWords{}, nil)
	if err == nil {
		err = ix.Rebuild(b.Context(), benchTenant)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ix.Close() })
	return ix
}

// bleveOnly is an index that answers a family's whole search by itself.
type bleveOnly struct{ bleve.Index }

type bleveDoc struct {
	Words   string    `json:"words"`
	Tag     []string  `json:"tag"`
	Touch   []string  `json:"touch"`
	Weekday string    `json:"weekday"`
	Shut    string    `json:"shut"` // full without a waiting list, or refused
	AgeMin  float64   `json:"age_min"`
	AgeMax  float64   `json:"age_max"`
	Cents   float64   `json:"cents"`
	Ends    float64   `json:"ends"`
	Place   []float64 `json:"place"`
}

func newBleveOnly(b *testing.B, rows []plainRow) bleveOnly {
	b.Helper()
	d, m := bleve.NewDocumentStaticMapping(), bleve.NewIndexMapping()
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = "nl", false, false, false, false
	d.AddFieldMappingsAt("words", text)
	for _, name := range []string{"tag", "touch", "weekday", "shut"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = keyword.Name, false, false, false, false
		d.AddFieldMappingsAt(name, f)
	}
	for _, name := range []string{"age_min", "age_max", "cents", "ends"} {
		f := bleve.NewNumericFieldMapping()
		f.Store, f.IncludeInAll, f.DocValues = false, false, false
		d.AddFieldMappingsAt(name, f)
	}
	place := bleve.NewGeoPointFieldMapping()
	place.Store, place.IncludeInAll = false, false
	d.AddFieldMappingsAt("place", place)
	m.DefaultMapping = d
	ix, err := bleve.New(b.TempDir()+"/bleve", m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ix.Close() })
	for part := range slices.Chunk(rows, 1000) {
		batch := ix.NewBatch()
		for i := range part {
			if err := batch.Index(part[i].id, part[i].document()); err != nil {
				b.Fatal(err)
			}
		}
		if err := ix.Batch(batch); err != nil {
			b.Fatal(err)
		}
	}
	return bleveOnly{ix}
}

func (r *plainRow) document() bleveDoc {
	d := bleveDoc{Words: r.text, Weekday: questionnaire.Days[r.weekday], AgeMin: float64(r.ageMin), AgeMax: float64(r.ageMax), Cents: float64(r.yearCents), Ends: float64(r.to),
		Place: []float64{r.at.Lon, r.at.Lat}}
	for _, bit := range r.leaf {
		if bit >= 0 {
			d.Tag = append(d.Tag, questionnaire.Taxonomy().Tags[bit].ID)
		}
	}
	for bit := range 28 {
		if r.touches>>bit&1 == 1 {
			d.Touch = append(d.Touch, fmt.Sprint(bit))
		}
	}
	if r.refused || r.full && !r.waiting {
		d.Shut = "ja"
	}
	return d
}

// query is the search of a family as one would write it for bleve: what must hold as filters, what the child likes as
// tags that weigh as much as they are liked, or the words that were typed.
func (w *plainWish) query() query.Query {
	term := func(field, value string) query.Query {
		q := bleve.NewTermQuery(value)
		q.SetField(field)
		return q
	}
	atLeast := func(field string, low, high *float64) query.Query {
		yes := true
		q := bleve.NewNumericRangeInclusiveQuery(low, high, &yes, &yes)
		q.SetField(field)
		return q
	}
	youngest, oldest, today := float64(w.age+1), float64(w.age-1), 0.0
	q := bleve.NewBooleanQuery()
	q.AddMust(atLeast("age_min", nil, &youngest), atLeast("age_max", &oldest, nil), atLeast("ends", &today, nil))
	far := bleve.NewGeoDistanceQuery(w.home.Lon, w.home.Lat, fmt.Sprintf("%.0fm", w.farthest()))
	far.SetField("place")
	q.AddMust(far)
	q.AddMustNot(term("shut", "ja"))
	for bit := range 28 {
		if w.busy>>bit&1 == 1 {
			q.AddMustNot(term("touch", fmt.Sprint(bit)))
		}
	}
	if w.word != "" {
		words := bleve.NewMatchQuery(w.word)
		words.SetField("words")
		q.AddMust(words)
	} else {
		q.AddMust(w.likes())
	}
	return q
}

// likes are the tags to propose, with a weight.
func (w *plainWish) likes() query.Query {
	any := bleve.NewDisjunctionQuery()
	for bit, v := range w.value {
		if w.proposed>>bit&1 == 1 {
			q := bleve.NewTermQuery(questionnaire.Taxonomy().Tags[bit].ID)
			q.SetField("tag")
			q.SetBoost(v)
			any.AddQuery(q)
		}
	}
	return any
}

func (x bleveOnly) top(b *testing.B, w *plainWish) (ids []string) {
	b.Helper()
	r, err := x.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(w.query(), 20, 0, false))
	if err != nil {
		b.Fatal(err)
	}
	for _, hit := range r.Hits {
		ids = append(ids, hit.ID)
	}
	return ids
}

// BenchmarkCompareBleve ranks by one bleve query. It orders by its own score, so the lines differ; same-of-20 says how
// many are the same.
func BenchmarkCompareBleve(b *testing.B) {
	const n = 20_000
	b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
		world := plainWorlds[n]()
		ix := newBleveOnly(b, world.rows)
		for b.Loop() {
			same := 0
			for i := range world.wishes {
				got := ix.top(b, &world.wishes[i])
				for _, id := range rankedIDs(b, &world.wishes[i], world.board) {
					if slices.Contains(got, id) {
						same++
					}
				}
			}
			all, walk := world.ours(b)
			report(b, "bleve", each(func() float64 { return used(b) }, world.wishes, func(w *plainWish) { ix.top(b, w) }), all, walk)
			b.ReportMetric(float64(same)/float64(len(world.wishes)), "same-of-20")
		}
	})
}

// hybrid looks for words in the index and ranks what has them.
func (p plainWorld) hybrid(b *testing.B, ix *index.Index, w *plainWish) []string {
	b.Helper()
	search := *w
	var err error
	if search.options.Found, err = ix.Matches(b.Context(), benchTenant, w.word); err != nil {
		b.Fatal(err)
	}
	return rankedIDs(b, &search, p.board)
}

// idsWith gives what has a word, from the index.
func idsWith(b *testing.B, ix *index.Index, word string) (ids []string) {
	b.Helper()
	found, err := ix.Matches(b.Context(), benchTenant, word)
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range found {
		ids = slices.AppendSeq(ids, m.IDs())
	}
	return ids
}

// worded are the same families, each looking for a word.
func (p plainWorld) worded() []plainWish {
	list := slices.Clone(p.wishes)
	for i := range list {
		list[i] = list[i].with(themes[i%len(themes)])
	}
	return list
}

// BenchmarkCompareWords ranks what has a word in its text: ids from the index and then the board (hybrid), against all in
// bleve, and against the statement with full text search in PostgreSQL. The first 20 must be those of the plain pass.
func BenchmarkCompareWords(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		built := sync.OnceValue(func() *index.Index { return wordIndex(b, n) })
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			world := plainWorlds[n]()
			wishes, ix := world.worded(), built()
			checkHybrid(b, world, ix, wishes)
			for b.Loop() {
				clock := func() float64 { return used(b) }
				mixed := each(clock, wishes, func(w *plainWish) { world.hybrid(b, ix, w) })
				ids := each(clock, wishes, func(w *plainWish) { _, _ = ix.Matches(b.Context(), benchTenant, w.word) })
				b.ReportMetric(mixed*1e9, "hybrid-cpu-ns/op")
				b.ReportMetric(ids*1e9, "ids-cpu-ns/op")
				b.ReportMetric(0, "ns/op")
				if n == 20_000 {
					all := newBleveOnly(b, world.rows)
					other := each(clock, wishes, func(w *plainWish) { all.top(b, w) })
					b.ReportMetric(other*1e9, "bleve-cpu-ns/op")
					b.ReportMetric(other/mixed, "ratio-bleve")
				}
			}
		})
		b.Run(fmt.Sprintf("N=%d/postgres", n), func(b *testing.B) {
			world := plainWorlds[n]()
			p := openPostGIS(b, fmt.Sprintf("words_%d", n), world.rows)
			wishes, ix := world.worded(), built()
			for b.Loop() {
				mixed := each(func() float64 { return used(b) }, wishes, func(w *plainWish) { world.hybrid(b, ix, w) })
				other := each(func() float64 { return p.cpu(b) }, wishes, func(w *plainWish) { p.top(b, w) })
				b.ReportMetric(mixed*1e9, "hybrid-cpu-ns/op")
				b.ReportMetric(other*1e9, "postgres-cpu-ns/op")
				b.ReportMetric(other/mixed, "ratio-postgres")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

func checkHybrid(b *testing.B, world plainWorld, ix *index.Index, wishes []plainWish) {
	b.Helper()
	for i := range wishes {
		w := wishes[i]
		found := idsWith(b, ix, w.word)
		if len(found) == 0 {
			b.Fatal(w.word, " is not found")
		}
		w.found = map[string]bool{}
		for _, id := range found {
			w.found[id] = true
		}
		if got, want := world.hybrid(b, ix, &w), plainIDs(plainTop(world.rows, &w)); !slices.Equal(got, want) {
			b.Fatalf("family %d, %q: hybrid %v\nplain pass %v", i, w.word, got, want)
		}
	}
}
