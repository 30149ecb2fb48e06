package geo

import (
	"math/rand"
	"slices"
	"testing"
	"time"
)

// randomHomes are points on streets of Rotterdam, the same in every run.
func randomHomes(s *Streets, id profileID, count int) (homes []snap) {
	on, back := id.flags()
	for r := rand.New(rand.NewSource(30)); len(homes) < count; {
		home := snap{edge: uint32(r.Intn(len(s.graph.edges))), along: uint16(r.Intn(1 << 16))}
		if s.graph.edges[home.edge].flags&(on|back) != 0 {
			homes = append(homes, home)
		}
	}
	return homes
}

// reportPercentiles adds the middle and the slowest hundredth of what was measured.
func reportPercentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "p50-ns/op")
	b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns/op")
}

// BenchmarkStreetSearch is one search from a home over the streets of Rotterdam to everything within 30 minutes. The names
// with keep also make the answer that is kept for the cell.
func BenchmarkStreetSearch(b *testing.B) {
	s := referenceStreets(b)
	for _, bench := range []struct {
		name string
		id   profileID
		keep bool
	}{{"bike30", cycling, false}, {"walk30", walking, false}, {"bike30keep", cycling, true}, {"walk30keep", walking, true}} {
		b.Run(bench.name, func(b *testing.B) {
			p := *s.profiles[bench.id]()
			p.bound(30)
			homes, took, pool := randomHomes(s, bench.id, 500), []time.Duration{}, &searches{}
			reached := 0
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				q := pool.get(&p)
				q.startAt(homes[i%len(homes)])
				q.run()
				if bench.keep {
					new(run).keep(q)
				}
				reached += len(q.queue)
				pool.put(q)
				took = append(took, time.Since(start))
			}
			b.ReportMetric(float64(reached)/float64(b.N), "reached/op")
			reportPercentiles(b, took)
		})
	}
}

// BenchmarkStreetLoad is a graph file of Rotterdam made ready: read, checked, gridded, with the arcs of both modes.
func BenchmarkStreetLoad(b *testing.B) {
	referenceStreets(b)
	data, _ := rotterdam()
	b.ReportAllocs()
	for b.Loop() {
		s, err := ReadStreets(data, DefaultCrossings())
		if err != nil {
			b.Fatal(err)
		}
		s.profiles[walking]()
		s.profiles[cycling]()
	}
	b.ReportMetric(float64(len(data)), "file-bytes")
}

// BenchmarkSnap finds the nearest street on foot and by bicycle of a point near a street.
func BenchmarkSnap(b *testing.B) {
	s, r := referenceStreets(b), rand.New(rand.NewSource(8))
	points := make([]Point, 1000)
	for i, home := range randomHomes(s, walking, len(points)) {
		_, at := cutLine(s.graph.bends(home.edge, nil), float64(home.along)/65535)
		points[i] = Point{Lat: at.Lat + (r.Float64()-0.5)/2000, Lon: at.Lon + (r.Float64()-0.5)/1300}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.grid.snap(points[i%len(points)])
	}
}

// BenchmarkTripsTo looks up the way to a place after the search of the cell is kept.
func BenchmarkTripsTo(b *testing.B) {
	s := referenceStreets(b)
	w := Ways{Crossings: DefaultCrossings(), Streets: s}
	places, trips := make([]Place, 200), w.From(Point{Lat: 51.9, Lon: 4.5}, 9)
	for i := range places {
		places[i] = w.Place(Point{Lat: 51.88 + float64(i%20)/1000, Lon: 4.49 + float64(i/20)/500})
	}
	trips.To(places[0], Bike)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		trips.To(places[i%len(places)], Bike)
	}
}

// BenchmarkRoute draws a way of about 2 km.
func BenchmarkRoute(b *testing.B) {
	w := Ways{Crossings: DefaultCrossings(), Streets: referenceStreets(b)}
	to := w.Place(Point{Lat: 51.9068, Lon: 4.4935})
	b.ReportAllocs()
	for b.Loop() {
		w.Route(Point{Lat: 51.9229, Lon: 4.4797}, to, Bike, 10)
	}
}
