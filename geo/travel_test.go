package geo

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The wijk of these tests: every character is 100 m wide and high. ~ is the river, N and Z are the ends of a bridge.
const wijk = `
..K.......N.........C...
........................
~~~~~~~~~~~~~~~~~~~~~~~~
........................
..B.......Z......S......
`

// place finds a letter on the map.
func place(letter byte) Point {
	for row, line := range strings.Split(strings.TrimSpace(wijk), "\n") {
		if column := strings.IndexByte(line, letter); column >= 0 {
			return Point{Lat: 51.9 - float64(row)*100/111_319.49, Lon: 4.5 + float64(column)*100/(111_319.49*math.Cos(51.9*math.Pi/180))}
		}
	}
	panic("no " + string(letter) + " on the map")
}

const wijkRiver = `{"rivers":[{"name":"De Wal","line":[[4.40,51.8982],[4.50,51.8982],[4.60,51.8982]]}],"crossings":[`

func wijkCrossings(t testing.TB, modes string) *Crossings {
	t.Helper()
	n, z := place('N'), place('Z')
	x, err := ReadCrossings(strings.NewReader(wijkRiver + fmt.Sprintf(`{"name":"Walbrug","modes":[%s],"from":[%f,%f],"to":[%f,%f]}]}`, modes, n.Lon, n.Lat, z.Lon, z.Lat)))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func near(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance }

func TestTheClubAcrossTheRiverIsFartherThanItLooks(t *testing.T) {
	x := wijkCrossings(t, `"walk","bike"`)
	across := x.Travel(place('K'), place('B'), Walk, 10)
	if !near(across.StraightMetres, 400, 4) || !near(across.Metres, 1.3*2000, 20) || across.Via != "Walbrug" || across.Estimate {
		t.Errorf("400 m straight is 800 + 400 + 800 m over the bridge, got %+v", across)
	}
	if same := x.Travel(place('K'), place('C'), Walk, 10); same.Via != "" || !near(same.Metres, 1.3*1800, 20) {
		t.Errorf("on one bank nobody needs the bridge, got %+v", same)
	}
	if car := x.Travel(place('K'), place('B'), Car, 10); car.Via != "" || !car.Estimate || !near(car.Metres, 1.3*400, 6) {
		t.Errorf("the bridge is not for cars: a straight estimate, got %+v", car)
	}
	if none := x.WithoutCrossings().Travel(place('K'), place('B'), Walk, 10); !none.Estimate || none.Via != "" || !near(none.Metres, 520, 6) {
		t.Errorf("without crossings the river marks an estimate, got %+v", none)
	}
	var nothing *Crossings
	if free := nothing.Travel(place('K'), place('B'), Walk, 10); free.Estimate || !near(free.Metres, 520, 6) {
		t.Errorf("without rivers nothing is in the way, got %+v", free)
	}
}

func TestThreeRiversTakeThreeBridges(t *testing.T) {
	x, err := ReadCrossings(strings.NewReader(`{"rivers":[{"name":"a","line":[[4.4,51.91],[4.6,51.91]]},{"name":"b","line":[[4.4,51.92],[4.6,51.92]]}],"crossings":[
		{"name":"Een","modes":["bike"],"from":[4.5,51.909],"to":[4.5,51.911]},{"name":"Twee","modes":["bike"],"from":[4.51,51.921],"to":[4.51,51.919]},
		{"name":"Ver","modes":["bike"],"from":[4.59,51.919],"to":[4.59,51.921]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Travel(Point{51.90, 4.5}, Point{51.93, 4.51}, Bike, 9); got.Via != "Een en Twee" || got.Estimate {
		t.Errorf("got %+v", got)
	}
}

func TestTravelTimesOfTheDomain(t *testing.T) {
	home := Point{51.8990, 4.5040}
	for _, tc := range []struct {
		sentence      string
		from, to      Point
		mode          Mode
		age           int
		metres, least float64
		most          float64
	}{
		{"A1 by bike about 6 minutes", home, Point{51.8905, 4.5010}, Bike, 10, 968, 5.8, 6.8},
		{"A2 on foot about 5 minutes", home, Point{51.8975, 4.5075}, Walk, 10, 293, 4.5, 5.5},
		{"a child of 7 walks slower", home, Point{51.8975, 4.5075}, Walk, 7, 293, 6, 7},
		{"a child of 8 walks like the rest", home, Point{51.8975, 4.5075}, Walk, 8, 293, 4.5, 5.5},
		{"A6 across the Maas by bike", home, Point{51.9330, 4.4700}, Bike, 10, 4447, 25, 35},
		{"by car 30 km an hour", home, Point{51.8905, 4.5010}, Car, 10, 968, 2.4, 2.6},
		{"by metro 10 minutes and 18 km an hour", home, Point{51.8905, 4.5010}, Transit, 10, 968, 14, 14.4},
	} {
		got := DefaultCrossings().Travel(tc.from, tc.to, tc.mode, tc.age)
		if !near(got.StraightMetres, tc.metres, tc.metres*0.02) || got.Minutes < tc.least || got.Minutes > tc.most || got.Estimate != (tc.mode == Transit) {
			t.Errorf("%s: got %+v", tc.sentence, got)
		}
	}
	if got := DefaultSpeeds.Minutes(1653*1.3, Bike, 9); !near(got, 10.7, 0.1) {
		t.Errorf("1653 m by bike is 10.7 minutes, got %.2f", got)
	}
}

func TestTheMaasLiesBetweenNorthAndSouth(t *testing.T) {
	x := DefaultCrossings()
	north := map[string]Point{"stadhuis": {51.9229, 4.4797}, "Delfshaven": {51.9080, 4.4480}, "Kralingen": {51.9210, 4.5200}, "Schiedam": {51.9170, 4.4000}}
	south := map[string]Point{"Wilhelminaplein": {51.9068, 4.4935}, "Noordereiland": {51.9142, 4.5000}, "Charlois": {51.8850, 4.4700}, "Hoogvliet": {51.8650, 4.3600}, "IJsselmonde": {51.8900, 4.5500}}
	for a, p := range north {
		for b, q := range south {
			if got := x.Travel(p, q, Bike, 10); got.Via == "" || got.Estimate || got.Metres < got.StraightMetres {
				t.Errorf("%s to %s must cross: %+v", a, b, got)
			}
		}
		for b, q := range north {
			if got := x.Travel(p, q, Bike, 10); got.Via != "" {
				t.Errorf("%s to %s must not cross: %+v", a, b, got)
			}
		}
	}
	if got := x.Travel(north["stadhuis"], south["Wilhelminaplein"], Walk, 10); got.Via != "Erasmusbrug" || got.Metres < 2243 || got.Metres > 1.3*2243 {
		t.Errorf("stadhuis to Wilhelminaplein is 2243 m in the streets over the Erasmusbrug, we say a little more, got %+v", got)
	}
	if got := x.Travel(Point{51.9040, 4.4610}, Point{51.8962, 4.4620}, Walk, 10); got.Metres < 2*got.StraightMetres {
		t.Errorf("from Delfshaven to Charlois is much farther than it looks, got %+v", got)
	}
}

func TestEveryEdgeOfTravelIsFinite(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	points := []Point{{}, {51.9, 4.5}, {51.901, 4.469}, {51.904, 4.542}, {90, 0}, {-90, 180}, {51.9, 184.5}, {-51.9, -175.5}, {1e300, -1e300}, {nan, 4.5}, {51.9, inf}, {-inf, nan}}
	for _, x := range []*Crossings{nil, DefaultCrossings(), DefaultCrossings().WithoutCrossings()} {
		for _, a := range points {
			for _, b := range points {
				for _, mode := range []Mode{Walk, Bike, Transit, Car, "step"} {
					got := x.Travel(a, b, mode, -1)
					for _, v := range []float64{got.Minutes, got.Metres, got.StraightMetres} {
						if !(v >= 0 && v < 1e9) {
							t.Fatalf("%v to %v by %s: %+v", a, b, mode, got)
						}
					}
				}
			}
		}
	}
	p := Point{51.901, 4.469} // on the river line itself
	if got := DefaultCrossings().Travel(p, p, Walk, 10); got.Minutes != 0 || got.Via != "" || got.Estimate {
		t.Errorf("nobody travels to the same point: %+v", got)
	}
}

func TestWhoCrossesABendTwiceNeedsNoBridge(t *testing.T) {
	x, err := ReadCrossings(strings.NewReader(`{"rivers":[{"name":"Bocht","line":[[4.4,51.95],[4.49,51.95],[4.50,51.90],[4.51,51.95],[4.6,51.95]]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	west, inside, east := Point{51.92, 4.48}, Point{51.94, 4.50}, Point{51.92, 4.52}
	if got := x.Travel(west, east, Walk, 9); got.Estimate {
		t.Errorf("both lie south of the river: %+v", got)
	}
	if got := x.Travel(west, inside, Walk, 9); !got.Estimate {
		t.Errorf("inside the bend is the other bank: %+v", got)
	}
}

func TestAPointOnTheRiverHasOneBankInBothDirections(t *testing.T) {
	x := DefaultCrossings()
	for _, p := range x.Rivers()[0].Points[8:24] {
		for _, q := range []Point{{51.9229, 4.4797}, {51.8850, 4.4700}, {p.Lat, 4.3}, {p.Lat, 4.6}, {51.8, p.Lon}, {52, p.Lon}} {
			if out, back := x.Travel(p, q, Bike, 9), x.Travel(q, p, Bike, 9); !near(out.Minutes, back.Minutes, 1e-6) || out.Estimate != back.Estimate {
				t.Errorf("%v to %v: %+v and %+v", p, q, out, back)
			}
		}
	}
}

func drawPoint(t *rapid.T, label string) Point {
	return Point{Lat: rapid.Float64Range(51.85, 51.96).Draw(t, label+" lat"), Lon: rapid.Float64Range(4.35, 4.62).Draw(t, label+" lon")}
}

func TestTheWayBackIsAsLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, mode := drawPoint(t, "a"), drawPoint(t, "b"), rapid.SampledFrom(modes).Draw(t, "mode")
		out, back := DefaultCrossings().Travel(a, b, mode, 10), DefaultCrossings().Travel(b, a, mode, 10)
		if !near(out.Minutes, back.Minutes, 1e-6) || out.Estimate != back.Estimate || (out.Via == "") != (back.Via == "") {
			t.Fatalf("%+v and %+v", out, back)
		}
	})
}

func TestNearerIsNeverSlowerWithoutRivers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x *Crossings
		home, a, b, mode := drawPoint(t, "home"), drawPoint(t, "a"), drawPoint(t, "b"), rapid.SampledFrom(modes).Draw(t, "mode")
		p, q := x.Travel(home, a, mode, 7), x.Travel(home, b, mode, 7)
		if p.StraightMetres <= q.StraightMetres && p.Minutes > q.Minutes {
			t.Fatalf("%+v is nearer than %+v", p, q)
		}
	})
}

func TestACrossingMoreNeverMakesAWaySlower(t *testing.T) {
	all := DefaultCrossings()
	rapid.Check(t, func(t *rapid.T) {
		a, b, k := drawPoint(t, "a"), drawPoint(t, "b"), rapid.IntRange(1, len(all.over)-1).Draw(t, "known crossings")
		some := newCrossings(all.rivers, all.over[:k], DefaultSpeeds)
		before, after := some.Travel(a, b, Bike, 10), newCrossings(all.rivers, all.over[:k+1], DefaultSpeeds).Travel(a, b, Bike, 10)
		if !before.Estimate && after.Minutes > before.Minutes+1e-9 || after.Metres < after.StraightMetres {
			t.Fatalf("%+v became %+v", before, after)
		}
	})
}

func TestDecayStartsAtOneAndNeverRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.Float64Range(0.1, 240).Draw(t, "limit")
		a, b := rapid.Float64Range(-10, 1e6).Draw(t, "a"), rapid.Float64Range(-10, 1e6).Draw(t, "b")
		x, y := Decay(min(a, b), limit), Decay(max(a, b), limit)
		if !(y >= 0 && x <= 1 && y <= x) || Decay(0, limit) != 1 || Decay(limit, limit) != 0.5 {
			t.Fatalf("limit %g: %g and %g", limit, x, y)
		}
	})
	nan, inf := math.NaN(), math.Inf(1)
	for _, pair := range [][2]float64{{nan, 5}, {5, nan}, {nan, nan}, {inf, 5}, {5, 0}, {5, -1}, {inf, inf}} {
		if got := Decay(pair[0], pair[1]); got != 0 {
			t.Errorf("Decay(%v) = %g, want 0", pair, got)
		}
	}
}

func TestOtherSpeedsCountAndWrongOnesAreRefused(t *testing.T) {
	fast := DefaultSpeeds
	fast.Bike = 24
	x, err := DefaultCrossings().WithSpeeds(fast)
	if err != nil {
		t.Fatal(err)
	}
	a, b := place('K'), place('C')
	if got, want := x.Travel(a, b, Bike, 9).Minutes, DefaultCrossings().Travel(a, b, Bike, 9).Minutes/2; !near(got, want, 1e-9) {
		t.Errorf("twice as fast: %g, want %g", got, want)
	}
	for _, change := range []func(*Speeds){func(s *Speeds) { s.Walk = 0 }, func(s *Speeds) { s.Detour = 0.9 }, func(s *Speeds) { s.Car = math.NaN() }, func(s *Speeds) { s.TransitWait = -1 }} {
		s := DefaultSpeeds
		change(&s)
		if _, err := (*Crossings)(nil).WithSpeeds(s); err == nil || !strings.Contains(err.Error(), "verwacht") {
			t.Errorf("%+v: got %v", s, err)
		}
	}
}

func TestWrongCrossingsAreRefusedWithRecordFieldAndExpectation(t *testing.T) {
	river := `{"name":"M","line":[[4.4,51.9],[4.6,51.9]]}`
	for text, want := range map[string]string{
		`nee`: "verwacht JSON", `{"rivers":{}}`: "verwacht JSON", `{"rivers":[{"name":"M","line":[[4.4,51.9]]}]}`: "rivier nummer 1, veld line",
		`{"rivers":[{"line":[[4.4,51.9],[4.6,51.9]]}]}`:                                                           "veld name",
		`{"rivers":[{"name":"M","line":[[51.9,4.4],[4.6,51.9]]}]}`:                                                `"M", veld line, punt 1: breedte en lengte lijken omgewisseld`,
		`{"rivers":[{"name":"M","line":[[4.4,51.9],[4.6]]}]}`:                                                     "punt 2",
		`{"rivers":[` + river + `],"crossings":[{"name":"B","modes":["boat"],"from":[4.5,51.8],"to":[4.5,52]}]}`:  `oversteek nummer 1, "B", veld modes`,
		`{"rivers":[` + river + `],"crossings":[{"name":"B","modes":[],"from":[4.5,51.8],"to":[4.5,52]}]}`:        "minstens een",
		`{"rivers":[` + river + `],"crossings":[{"name":"B","modes":["walk"],"from":[4.5],"to":[4.5,52]}]}`:       "veld from",
		`{"rivers":[` + river + `],"crossings":[{"name":"B","modes":["walk"],"from":[4.5,51.8],"to":[14.5,52]}]}`: "veld to: het punt ligt niet in Nederland",
		`{"rivers":[` + river + `],"crossings":[{"name":7,"modes":["walk"],"from":[4.5,51.8],"to":[4.5,52]}]}`:    "name (tekst)",
		`{"rivers":[` + river + `],"crossings":[{"name":"","modes":["walk"],"from":[4.5,51.8],"to":[4.5,52]}]}`:   "veld name",
	} {
		if _, err := ReadCrossings(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if x, err := ReadCrossings(strings.NewReader(`{}`)); err != nil || x.Travel(place('K'), place('B'), Walk, 9).Estimate {
		t.Errorf("a file without rivers is allowed: %v", err)
	}
}

func BenchmarkTravel(b *testing.B) {
	x, home := DefaultCrossings(), Point{51.8990, 4.5040}
	for name, to := range map[string]Point{"same bank": {51.8905, 4.5010}, "across": {51.9330, 4.4700}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Travel(home, to, Bike, 10)
			}
		})
	}
}
