package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawLand gives rivers that bend back and forth, touch and cross, and bridges anywhere. The points lie on a grid, so that
// lines go through corners and ways are as long as each other.
func drawLand(t *rapid.T) *Crossings {
	var rivers []river
	for range rapid.IntRange(0, 3).Draw(t, "rivers") {
		bends := rapid.SliceOfN(rapid.Custom(drawOnGrid), 2, 40).Draw(t, "bends")
		rv := river{name: "r"}
		for i := range bends[1:] {
			a, b := bends[i].Orb(), bends[i+1].Orb()
			rv.segments = append(rv.segments, segment{a: a, b: b, box: orb.MultiPoint{a, b}.Bound()})
		}
		rv.strips = newStrips(rv.segments)
		rivers = append(rivers, rv)
	}
	var over []crossing
	for range rapid.IntRange(0, 6).Draw(t, "crossings") {
		over = append(over, crossing{name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"), modes: []Mode{Walk, Bike, Car, Transit}, from: drawOnGrid(t), to: drawOnGrid(t)})
	}
	return newCrossings(rivers, over, DefaultSpeeds)
}

func drawSpot(t *rapid.T) Point {
	if rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
		return rapid.SampledFrom([]Point{{math.NaN(), 4.5}, {51.9, math.Inf(1)}, {51.9, math.Inf(-1)}, {math.NaN(), math.NaN()}, {}, {53.5, 7.2}}).Draw(t, "odd spot")
	}
	return drawOnGrid(t)
}

func drawOnGrid(t *rapid.T) Point {
	return Point{Lat: 51.9 + float64(rapid.IntRange(0, 12).Draw(t, "lat"))*0.01, Lon: 4.4 + float64(rapid.IntRange(0, 12).Draw(t, "lon"))*0.01}
}

// plainBlocked looks at every segment of every river.
func plainBlocked(x *Crossings, a, b Point) bool {
	p, q := a.Orb(), b.Orb()
	if q[0] < p[0] || q[0] == p[0] && q[1] < p[1] {
		p, q = q, p
	}
	for _, rv := range x.rivers {
		crossed := 0
		for _, s := range rv.segments {
			apart := s.box.Max[0] < p[0] || s.box.Min[0] > q[0] || s.box.Max[1] < math.Min(p[1], q[1]) || s.box.Min[1] > math.Max(p[1], q[1])
			if !apart && leftOf(p, q, s.a) != leftOf(p, q, s.b) && leftOf(s.a, s.b, p) != leftOf(s.a, s.b, q) {
				crossed++
			}
		}
		if crossed%2 == 1 {
			return true
		}
	}
	return false
}

// plainAcross tries every end in order.
func plainAcross(x *Crossings, s *shore, to Point) (best float64, via string, ok bool) {
	best = math.Inf(1)
	for _, e := range s.ends {
		if !plainBlocked(x, e.at, to) && e.metres+Distance(e.at, to) < best {
			best, via, ok = e.metres+Distance(e.at, to), e.via, true
		}
	}
	return best, via, ok
}

func TestTheQuickWayOverTheRiverIsTheWayThatTryingEverythingGives(t *testing.T) {
	over, tried := 0, 0
	for range 10 {
		rapid.Check(t, func(t *rapid.T) {
			x, base := drawLand(t), drawSpot(t)
			trips := Ways{Crossings: x}.From(base, 9)
			for range 10 {
				to, mode := drawSpot(t), rapid.SampledFrom(modes).Draw(t, "mode")
				tried++
				if x.blocked(base, to) != plainBlocked(x, base, to) {
					t.Fatalf("%v to %v: blocked is %v", base, to, x.blocked(base, to))
				}
				got := x.Travel(base, to, mode, 9)
				if again := trips.To(Place{Point: to}, mode); again != got {
					t.Fatalf("one by one %+v, of many %+v", got, again)
				}
				if !plainBlocked(x, base, to) {
					continue
				}
				metres, via, ok := plainAcross(x, x.shoreOf(base, mode), to)
				if ok && (got.Via != via || got.Metres != metres*DefaultSpeeds.Detour) || !ok && got.Via != "" {
					t.Fatalf("got %+v, want %g metres via %q", got, metres*DefaultSpeeds.Detour, via)
				}
				if ok {
					over++
				}
			}
		})
	}
	if over < tried/50 {
		t.Errorf("only %d of %d ways went over a crossing", over, tried)
	}
}

func TestTheLeastDistanceIsNeverMoreThanTheDistance(t *testing.T) {
	for range 20 {
		rapid.Check(t, func(t *rapid.T) {
			draw := func(label string) Point {
				return Point{Lat: rapid.Float64Range(-75, 75).Draw(t, label), Lon: rapid.Float64Range(-180, 180).Draw(t, label)}
			}
			a := draw("a")
			b := Point{Lat: a.Lat + rapid.Float64Range(-12, 12).Draw(t, "north"), Lon: a.Lon + rapid.Float64Range(-12, 12).Draw(t, "east")}
			for _, to := range []Point{b, draw("far"), a} {
				least, d := leastDistance(a, to, cosine(a)*cosine(to)), Distance(a, to)
				if !(least <= d+1e-9) {
					t.Fatalf("%v to %v: %g is more than %g", a, to, least, d)
				}
			}
			if d := Distance(a, b); math.Abs(a.Lat-b.Lat) < 9 && math.Abs(a.Lon-b.Lon) < 9 && leastDistance(a, b, cosine(a)*cosine(b)) < 0.99*d-1 {
				t.Fatalf("%v to %v: far too little", a, b)
			}
		})
	}
}

func TestTripsOverTheRiverDoNotAllocate(t *testing.T) {
	ways := Ways{Crossings: DefaultCrossings()}
	place := ways.Place(Point{51.9330, 4.4700})
	trips := ways.From(Point{51.8990, 4.5040}, 10)
	trips.To(place, Bike)
	if n := testing.AllocsPerRun(100, func() { trips.To(place, Bike) }); n != 0 {
		t.Errorf("%g allocations a trip", n)
	}
}

// BenchmarkCrossover is one way of many from a base, on the same bank and across the river; BenchmarkTravel is one alone.
func BenchmarkCrossover(b *testing.B) {
	x := DefaultCrossings()
	home := Point{51.8990, 4.5040}
	for _, bm := range []struct {
		name string
		to   Point
	}{{"same", Point{51.8905, 4.5010}}, {"across", Point{51.9330, 4.4700}}} {
		place := Ways{Crossings: x}.Place(bm.to)
		b.Run(bm.name, func(b *testing.B) {
			trips := Ways{Crossings: x}.From(home, 10)
			trips.To(place, Bike)
			b.ReportAllocs()
			for b.Loop() {
				trips.To(place, Bike)
			}
		})
	}
}
