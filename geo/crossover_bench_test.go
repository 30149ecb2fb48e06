package geo

import "testing"

// BenchmarkCrossover is one base and one place of many, on the same bank and across the river.
func BenchmarkCrossover(b *testing.B) {
	x := DefaultCrossings()
	home := Point{51.8990, 4.5040}
	for _, bm := range []struct {
		name string
		to   Point
	}{{"same", Point{51.8905, 4.5010}}, {"across", Point{51.9330, 4.4700}}} {
		place := Ways{Crossings: x}.Place(bm.to)
		b.Run(bm.name+"/one", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Travel(home, bm.to, Bike, 10)
			}
		})
		b.Run(bm.name+"/many", func(b *testing.B) {
			trips := Ways{Crossings: x}.From(home, 10)
			trips.To(place, Bike)
			b.ReportAllocs()
			for b.Loop() {
				trips.To(place, Bike)
			}
		})
	}
}

func BenchmarkDistance(b *testing.B) {
	p, q := Point{51.8990, 4.5040}, Point{51.9330, 4.4700}
	for b.Loop() {
		Distance(p, q)
	}
}
