package index

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
)

// TestCombinedFiltersLoseNoHit compares every combination of limits with a plain loop over the activities.
func TestCombinedFiltersLoseNoHit(t *testing.T) {
	ix, store := built(t)
	_, all, _, _ := store.All(t.Context(), tenant)
	rapid.Check(t, func(rt *rapid.T) {
		q := drawQuery(rt)
		var want []catalog.Activity
		for _, a := range all {
			if fits(a, q) {
				want = append(want, a)
			}
		}
		sortPlain(want, q)
		found, err := ix.Search(context.Background(), tenant, q)
		if err != nil {
			rt.Fatal(err)
		}
		if got, plain := fmt.Sprint(found.IDs), fmt.Sprint(page(want, q)); got != plain || found.Total != len(want) {
			rt.Fatalf("found %d %s, a plain loop finds %d %s", found.Total, got, len(want), plain)
		}
		checkFacets(rt, found, want)
	})
}

func TestEverythingNearEnoughIsFound(t *testing.T) {
	ix, store := built(t)
	_, all, _, _ := store.All(t.Context(), tenant)
	rapid.Check(t, func(rt *rapid.T) {
		q := catalog.Query{Limit: 1, Within: rapid.Float64Range(1, 30000).Draw(rt, "within"), Near: &geo.Point{
			Lat: rapid.Float64Range(51.8, 52).Draw(rt, "lat"), Lon: rapid.Float64Range(4.3, 4.7).Draw(rt, "lon")}}
		n := 0
		for _, a := range all {
			if fits(a, q) {
				n++
			}
		}
		found, err := ix.Search(context.Background(), tenant, q)
		if err != nil || found.Total != n {
			rt.Fatalf("found %d, a plain loop finds %d, error %v", found.Total, n, err)
		}
	})
}

func drawQuery(rt *rapid.T) catalog.Query {
	maybe := func(name string, values ...string) string {
		return rapid.SampledFrom(append([]string{"", ""}, values...)).Draw(rt, name)
	}
	q := catalog.Query{Domain: maybe("domain", catalog.Domains...), Weekday: maybe("weekday", weekdayNames...),
		Part: maybe("part", "ochtend", "middag", "vooravond", "avond"), Audience: maybe("audience", "child", "parent"),
		Age: rapid.IntRange(0, 18).Draw(rt, "age"), Free: rapid.Bool().Draw(rt, "free"),
		MaxCents: rapid.SampledFrom([]int{0, 7500, 9000, 18000}).Draw(rt, "cents"),
		Offset:   rapid.IntRange(0, 5).Draw(rt, "offset"), Limit: rapid.IntRange(1, 100).Draw(rt, "limit")}
	if tag := maybe("tag", "voetbal", "zwemmen", "judo"); tag != "" {
		q.Tags = []string{tag, "basketbal"}
	}
	if rapid.Bool().Draw(rt, "somewhere") {
		q.Near = &geo.Point{Lat: rapid.Float64Range(51.86, 51.96).Draw(rt, "lat"), Lon: rapid.Float64Range(4.42, 4.54).Draw(rt, "lon")}
		q.Within = rapid.SampledFrom([]float64{0, 300, 1500, 5000, 80000}).Draw(rt, "within")
	}
	if rapid.Bool().Draw(rt, "in area") {
		q.Area = wijk(geo.Point{Lat: rapid.Float64Range(51.88, 51.94).Draw(rt, "area lat"), Lon: rapid.Float64Range(4.44, 4.53).Draw(rt, "area lon")})
	}
	if rapid.Bool().Draw(rt, "states") {
		q.States = []catalog.State{catalog.Draft, catalog.Paused, catalog.Published}
	}
	return q
}

// fits is the plain meaning of a query without words.
func fits(a catalog.Activity, q catalog.Query) bool {
	states := q.States
	if len(states) == 0 {
		states = []catalog.State{catalog.Published}
	}
	cents, known := yearCents(a.Costs)
	switch {
	case !slices.Contains(states, a.State), q.Domain != "" && a.Domain != q.Domain, q.Audience != "" && a.Audience != q.Audience:
		return false
	case len(q.Tags) > 0 && !slices.ContainsFunc(q.Tags, func(t string) bool { return slices.Contains(a.Tags, t) }):
		return false
	case q.Age > 0 && (a.AgeMin != nil && q.Age < *a.AgeMin || a.AgeMax != nil && q.Age > *a.AgeMax):
		return false
	case q.Free && (!known || cents != 0), !q.Free && q.MaxCents > 0 && (!known || cents > q.MaxCents):
		return false
	}
	when := q.Weekday == "" && q.Part == ""
	area, near := q.Area == "", q.Near == nil || q.Within == 0 || distance(a, *q.Near) <= q.Within
	for _, s := range a.Slots {
		day := q.Weekday == "" || slices.Contains(weekdays(s), q.Weekday)
		when = when || day && (q.Part == "" || slices.Contains(dayparts(s), q.Part))
		p, ok := s.Location.Point()
		area = area || ok && wijk(p) == q.Area
	}
	return when && area && near
}

func distance(a catalog.Activity, from geo.Point) float64 {
	d := math.MaxFloat64
	for _, s := range a.Slots {
		if p, ok := s.Location.Point(); ok {
			d = min(d, geo.Distance(from, p))
		}
	}
	return d
}

func sortPlain(list []catalog.Activity, q catalog.Query) {
	slices.SortFunc(list, func(a, b catalog.Activity) int {
		if q.Near != nil {
			if x, y := distance(a, *q.Near), distance(b, *q.Near); x != y {
				return int(math.Copysign(1, x-y))
			}
		}
		return compare(a.ID, b.ID)
	})
}

func compare(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

func page(list []catalog.Activity, q catalog.Query) []string {
	var ids []string
	for i, a := range list {
		if i >= q.Offset && i < q.Offset+q.Limit {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

func checkFacets(rt *rapid.T, found catalog.Found, all []catalog.Activity) {
	want := map[string]int{}
	for _, a := range all {
		want["domain "+a.Domain]++
		d := scribe{newLexicon(nil), wijk}.write(a, nil)
		for name, values := range map[string][]string{"tag": d.Tags, "weekday": d.Weekdays, "part": d.Parts, "area": d.Areas} {
			for _, v := range values {
				want[name+" "+v]++
			}
		}
	}
	n := 0
	for name, list := range found.Facets {
		for _, c := range list {
			n++
			if want[name+" "+c.Value] != c.N {
				rt.Fatalf("facet %s %s: %d, a plain loop counts %d", name, c.Value, c.N, want[name+" "+c.Value])
			}
		}
	}
	if n != len(want) {
		rt.Fatalf("%d facet values, a plain loop has %d", n, len(want))
	}
}

func TestWednesdayAfternoonMeansOneAndTheSameSlot(t *testing.T) {
	a := catalog.Activity{ID: "a", Title: "Schaken", State: catalog.Published, Slots: []catalog.Slot{
		{Weekday: "wo", Start: 9 * 60, End: 10 * 60}, {Weekday: "za", Start: 14 * 60, End: 15 * 60}}}
	ix := openAt(t, t.TempDir(), newMemory(nil, []catalog.Activity{a}))
	if err := ix.Rebuild(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	if n := find(t, ix, catalog.Query{Weekday: "wo", Part: "middag"}).Total; n != 0 {
		t.Error("wednesday morning and saturday afternoon were taken for wednesday afternoon")
	}
	if n := find(t, ix, catalog.Query{Weekday: "za", Part: "middag"}).Total; n != 1 {
		t.Error("saturday afternoon was not found")
	}
}

func TestAPriceIsThatOfTheFirstYear(t *testing.T) {
	no := false
	for _, c := range []struct {
		costs []catalog.Cost
		cents int
		ok    bool
	}{
		{nil, 0, true},
		{[]catalog.Cost{{Cents: 1500, Per: "month"}, {Cents: 2000, Per: "once"}}, 20000, true},
		{[]catalog.Cost{{Cents: 2500, Per: "quarter"}}, 10000, true},
		{[]catalog.Cost{{Cents: 200, Per: "time", Times: 30}}, 6000, true},
		{[]catalog.Cost{{Cents: 200, Per: "time"}}, 0, false},
		{[]catalog.Cost{{Cents: 9000, Per: "season"}, {Cents: 2500, Per: "once", Required: &no}}, 9000, true},
	} {
		if cents, ok := yearCents(c.costs); cents != c.cents || ok != c.ok {
			t.Errorf("%v: %d %v, want %d %v", c.costs, cents, ok, c.cents, c.ok)
		}
	}
}

func TestImpossibleLimitsNameTheField(t *testing.T) {
	ix, _ := built(t)
	for field, q := range map[string]catalog.Query{
		"near": {Near: &geo.Point{Lat: math.NaN(), Lon: 4}}, "within": {Near: &geo.Point{Lat: 52, Lon: 4}, Within: math.Inf(1)},
		"weekday": {Weekday: "maandag"}, "part": {Part: "nacht"}, "age": {Age: -1}, "max_cents": {MaxCents: -5}, "offset": {Offset: -1}} {
		_, err := ix.Search(t.Context(), tenant, q)
		if f := errs.FieldsOf(err); errs.KindOf(err) != errs.Invalid || len(f) != 1 || f[0].Name != field {
			t.Errorf("%s: %v %v", field, err, f)
		}
	}
}

func TestNearestComesFirstAmongEqualFinds(t *testing.T) {
	ix, store := built(t)
	at := geo.Point{Lat: 51.9, Lon: 4.48}
	ids := find(t, ix, catalog.Query{Words: "voetbal", Near: &at}).IDs
	rows, _ := store.Activities(t.Context(), tenant, ids)
	titled := slices.DeleteFunc(rows, func(a catalog.Activity) bool { return !slices.Contains(ix.titleStems(a), "voetbal") })
	if len(titled) < 3 {
		t.Fatalf("only %d have the word in their title", len(titled))
	}
	if !slices.IsSortedFunc(titled, func(a, b catalog.Activity) int { return int(distance(a, at) - distance(b, at)) }) {
		t.Error("equal finds are not ordered by distance")
	}
	if ids[0] != titled[0].ID {
		t.Error("the word in the title did not come first")
	}
}

func (ix *Index) titleStems(a catalog.Activity) []string {
	return newLexicon(ix.words.Words()).terms(a.Title, true)
}

func TestATypoIsTriedOnlyWhenNothingHasTheWord(t *testing.T) {
	ix, _ := built(t)
	if f := find(t, ix, catalog.Query{Words: "judo"}); f.Fuzzy || f.Total == 0 {
		t.Errorf("an existing word: %+v", f)
	}
	if f := find(t, ix, catalog.Query{Words: "voetbl"}); !f.Fuzzy || f.Total == 0 {
		t.Errorf("a typo: %+v", f)
	}
	if f := find(t, ix, catalog.Query{Words: "judo", Domain: "techniek"}); f.Fuzzy || f.Total != 0 {
		t.Errorf("a word that exists elsewhere: %+v", f)
	}
}
