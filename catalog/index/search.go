package index

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

const (
	defaultLimit = 20
	maxLimit     = 100
	maxOffset    = 10_000
	maxFacet     = 500 // values of one facet; more than the wijken of any gemeente
)

// facets lists what results are counted by.
var facets = []string{"domain", "tag", "weekday", "part", "area"}

func isFacet(field string) bool { return slices.Contains(facets, field) }

// Search finds activities. An activity counts as found when every limit of the query holds: day and part of the day in
// one and the same slot, distance (metres, geo.Distance) and area for any slot, price over the first year. Results are ordered by
// points for the words, then distance when Near is given, then id. When no activity has the words, Fuzzy results look
// like them. Errors: errs.Invalid for impossible limits, errs.Unavailable while the index is being built.
func (ix *Index) Search(ctx context.Context, tenant string, q catalog.Query) (catalog.Found, error) {
	if err := checkQuery(q); err != nil {
		return catalog.Found{}, err
	}
	s, err := ix.shelf(ctx, tenant)
	if err != nil {
		return catalog.Found{}, err
	}
	return s.search(ctx, q)
}

func checkQuery(q catalog.Query) error {
	var wrong []errs.Field
	note := func(bad bool, name, message string) {
		if bad {
			wrong = append(wrong, errs.Field{Name: name, Message: message})
		}
	}
	note(q.Near != nil && !onEarth(*q.Near), "near", "Verwacht een breedtegraad van -90 tot 90 en een lengtegraad van -180 tot 180.")
	note(q.Within < 0 || math.IsNaN(q.Within) || math.IsInf(q.Within, 0), "within", "Verwacht een afstand in meters, 0 of meer.")
	note(q.Within > 0 && q.Near == nil, "near", "Een afstand vraagt om een plek. Geef ook een plek op.")
	note(q.Age < 0 || q.Age > 120, "age", "Verwacht een leeftijd van 0 tot 120 jaar.")
	note(q.MaxCents < 0, "max_cents", "Verwacht een bedrag van 0 of meer.")
	note(q.Weekday != "" && !slices.Contains(weekdayNames, q.Weekday), "weekday", "Verwacht ma, di, wo, do, vr, za of zo.")
	note(q.Part != "" && !slices.ContainsFunc(partStarts, func(p partStart) bool { return p.part == q.Part }), "part",
		"Verwacht ochtend, middag, vooravond of avond.")
	note(q.Offset < 0 || q.Offset > maxOffset, "offset", fmt.Sprintf("Verwacht een getal van 0 tot %d.", maxOffset))
	if len(wrong) > 0 {
		return errs.InvalidFields("Deze zoekopdracht klopt niet. Kijk naar de velden die genoemd worden.", wrong...)
	}
	return nil
}

// filters are the limits of a query without its words; all must hold.
func filters(q catalog.Query) []query.Query {
	states := q.States
	if len(states) == 0 {
		states = []catalog.State{catalog.Published}
	}
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	out := []query.Query{anyOf("state", names)}
	for _, f := range []struct{ field, value string }{{"domain", q.Domain}, {"audience", q.Audience}, {"area", q.Area}} {
		if f.value != "" {
			out = append(out, term(f.field, f.value))
		}
	}
	if len(q.Tags) > 0 {
		out = append(out, anyOf("tag", q.Tags))
	}
	out = append(out, whenFilters(q)...)
	out = append(out, numberFilters(q)...)
	if q.Near != nil && q.Within > 0 {
		out = append(out, within{*q.Near, q.Within})
	}
	return out
}

func whenFilters(q catalog.Query) []query.Query {
	switch {
	case q.Weekday != "" && q.Part != "":
		return []query.Query{term("when", whenKey(q.Weekday, q.Part))}
	case q.Weekday != "":
		return []query.Query{term("weekday", q.Weekday)}
	case q.Part != "":
		return []query.Query{term("part", q.Part)}
	}
	return nil
}

func numberFilters(q catalog.Query) (out []query.Query) {
	if q.Age > 0 {
		age := float64(q.Age)
		out = append(out, between("age_min", nil, &age), between("age_max", &age, nil))
	}
	if q.Free || q.MaxCents > 0 {
		most := float64(q.MaxCents)
		if q.Free {
			most = 0
		}
		out = append(out, between("cents", nil, &most))
	}
	return out
}

// between finds numbers from low to high, both included; nil is no limit.
func between(field string, low, high *float64) query.Query {
	yes := true
	r := query.NewNumericRangeInclusiveQuery(low, high, &yes, &yes)
	r.SetField(field)
	return r
}

func anyOf(field string, values []string) query.Query {
	var list []query.Query
	for _, v := range values {
		list = append(list, term(field, v))
	}
	return query.NewDisjunctionQuery(list)
}

// search runs a query in the exact way and, when nothing in the whole catalogue has the words, in the others.
func (s *shelf) search(ctx context.Context, q catalog.Query) (catalog.Found, error) {
	pieces := s.scribe.lex.pieces(q.Words, s.tagsOf)
	if len(pieces) == 0 {
		return s.run(ctx, q, nil, exactly)
	}
	found, err := s.run(ctx, q, pieces, exactly)
	if err != nil || found.Total > 0 {
		return found, err
	}
	if any, err := s.run(ctx, catalog.Query{Words: q.Words, States: q.States, Limit: 1}, pieces, exactly); err != nil || any.Total > 0 {
		return found, err // the words exist, only not within these limits
	}
	for way := exactly + 1; way < ways; way++ {
		loose, err := s.run(ctx, q, pieces, way)
		if err != nil {
			return found, err
		}
		if loose.Total > 0 {
			loose.Fuzzy = true
			return loose, nil
		}
	}
	return found, nil
}

func (s *shelf) run(ctx context.Context, q catalog.Query, pieces []piece, way int) (catalog.Found, error) {
	r, err := s.request(ctx, s.newRequest(q, pieces, way))
	if err != nil {
		return catalog.Found{}, err
	}
	found := catalog.Found{Total: int(r.Total), Facets: map[string][]catalog.FacetCount{}}
	for _, hit := range r.Hits {
		found.IDs = append(found.IDs, hit.ID)
	}
	for _, name := range facets {
		found.Facets[name] = counts(r.Facets[name])
	}
	for _, seg := range pieces {
		found.Tags = append(found.Tags, seg.tags...)
	}
	found.Tags = unique(found.Tags)
	return found, nil
}

func (s *shelf) newRequest(q catalog.Query, pieces []piece, way int) *bleve.SearchRequest {
	var all []query.Query
	for _, f := range filters(q) {
		all = append(all, scored{f, 0})
	}
	if len(pieces) > 0 {
		all = append(all, s.scribe.lex.wordQuery(pieces, way))
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	r := bleve.NewSearchRequestOptions(query.NewConjunctionQuery(all), min(limit, maxLimit), q.Offset, false)
	order := search.SortOrder{&search.SortScore{Desc: true}}
	if q.Near != nil {
		order = append(order, &nearest{from: *q.Near})
	}
	r.SortByCustom(append(order, &search.SortDocID{}))
	for _, name := range facets {
		r.AddFacet(name, bleve.NewFacetRequest(name, maxFacet))
	}
	return r
}

func counts(f *search.FacetResult) []catalog.FacetCount {
	if f == nil || f.Terms == nil {
		return nil
	}
	var out []catalog.FacetCount
	for _, t := range f.Terms.Terms() {
		out = append(out, catalog.FacetCount{Value: t.Term, N: t.Count})
	}
	return out
}
