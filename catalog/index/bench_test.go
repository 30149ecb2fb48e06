package index

import (
	"fmt"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// city repeats the test catalogue until it has n activities, each elsewhere and at another price and age.
func city(b *testing.B, n int) *memory {
	partners, base := readCatalogue(b)
	var all []catalog.Activity
	for i := range n {
		a := base[i%len(base)]
		a.ID = fmt.Sprintf("a%06d", i)
		a.Title = fmt.Sprint(a.Title, " ", i%97)
		a.Slots = nil
		for _, s := range base[i%len(base)].Slots {
			s.Location.Lat, s.Location.Lon = 51.85+float64(i*37%1000)*0.00012, 4.38+float64(i*53%1000)*0.0002
			a.Slots = append(a.Slots, s)
		}
		all = append(all, a)
	}
	return newMemory(partners, all)
}

func BenchmarkSearch20000(b *testing.B) {
	ix := openAt(b, b.TempDir(), city(b, 20_000))
	must(b, ix.Rebuild(b.Context(), tenant))
	at := &geo.Point{Lat: 51.9, Lon: 4.48}
	for _, c := range []struct {
		name string
		q    catalog.Query
	}{
		{"browse", catalog.Query{}},
		{"words", catalog.Query{Words: "voetballen"}},
		{"two words", catalog.Query{Words: "rolstoel basketbal"}},
		{"typo", catalog.Query{Words: "voetbl"}},
		{"words and filters", catalog.Query{Words: "voetballen", Age: 8, Weekday: "wo", MaxCents: 20000, Near: at, Within: 3000}},
		{"filters", catalog.Query{Age: 8, Part: "middag", Free: true, Near: at, Within: 3000}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if f := find(b, ix, c.q); f.Total == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}

func BenchmarkRebuild20000(b *testing.B) {
	ix := openAt(b, b.TempDir(), city(b, 20_000))
	for b.Loop() {
		must(b, ix.Rebuild(b.Context(), tenant))
	}
}

func BenchmarkVerify20000(b *testing.B) {
	ix := openAt(b, b.TempDir(), city(b, 20_000))
	must(b, ix.Rebuild(b.Context(), tenant))
	for b.Loop() {
		sameAsStore(b, ix)
	}
}

// BenchmarkAllIDs20000 gives the ids of everything with the words, as a filter for the matcher wants it: by Matches, and
// as one would ask bleve.
func BenchmarkAllIDs20000(b *testing.B) {
	ix := openAt(b, b.TempDir(), city(b, 20_000))
	must(b, ix.Rebuild(b.Context(), tenant))
	for _, words := range []string{"voetballen", "rolstoel basketbal", "voetbl"} {
		b.Run(words, func(b *testing.B) {
			b.ReportAllocs()
			found := 0
			for b.Loop() {
				parts, err := ix.Matches(b.Context(), tenant, words)
				must(b, err)
				found = 0
				for _, p := range parts {
					found += len(p.Numbers)
				}
			}
			b.ReportMetric(float64(found), "ids")
		})
	}
	b.Run("voetballen/bleve", func(b *testing.B) {
		s := ix.all()[0]
		all := s.newRequest(catalog.Query{Words: "voetballen"}, s.scribe.lex.pieces("voetballen", s.tagsOf), exactly)
		all.Size, all.Facets = 20_000, nil
		b.ReportAllocs()
		found := 0
		for b.Loop() {
			r, err := s.request(b.Context(), all)
			must(b, err)
			found = len(r.Hits)
		}
		b.ReportMetric(float64(found), "ids")
	})
}
