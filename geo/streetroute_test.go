package geo

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The town of the routes, 100 m per character: K the home, B the club, ~ the river with the bridge | and the ferry :, = a big
// road, - and / streets. The stairs # are a shortcut on foot.
//
//	K--+--+--C
//	   |  |   \
//	====+==+===      Ringweg, secondary
//	   |  |
//	~~~|~~:~~~       De Wal
//	   |  |
//	B--+--+
const riverTownLine = `{"rivers":[{"name":"De Wal","line":[[4.40,51.4955],[4.60,51.4955]]}],"crossings":[
	{"name":"Walbrug","modes":["walk","bike"],"from":[4.5045,51.4965],"to":[4.5045,51.4945]}]}`

// riverTown builds it; bridge are the tags of the bridge besides highway.
func riverTown(bridge ...string) *town {
	c := &town{}
	for id, place := range map[int64][2]float64{1: {0, 0}, 2: {300, 0}, 3: {600, 0}, 4: {900, 0}, 12: {300, -300}, 13: {600, -300}, 10: {0, -300}, 14: {900, -300},
		22: {300, -400}, 23: {600, -400}, 32: {300, -600}, 33: {600, -600}, 31: {0, -600}} {
		c.node(id, place[0], place[1])
	}
	c.way([]int64{1, 2, 3, 4}, "highway", "residential")
	c.way([]int64{2, 12, 22}, "highway", "residential")
	c.way([]int64{3, 13, 23}, "highway", "residential")
	c.way([]int64{10, 12, 13, 14}, "highway", "secondary", "name", "Ringweg")
	c.way([]int64{4, 14}, "highway", "service")
	c.way([]int64{1, 10}, "highway", "steps")
	c.way([]int64{22, 32}, append([]string{"highway", "cycleway"}, bridge...)...)
	c.way([]int64{23, 33}, "route", "ferry", "name", "Pont De Wal", "duration", "00:20")
	c.way([]int64{31, 32, 33}, "highway", "residential")
	return c
}

func riverTownWays(t testing.TB, bridge ...string) Ways {
	t.Helper()
	x, err := ReadCrossings(strings.NewReader(riverTownLine))
	if err != nil {
		t.Fatal(err)
	}
	return Ways{Crossings: x, Streets: riverTown(bridge...).streets(t, x)}
}

func TestARouteOverTheRiverNamesTheBridge(t *testing.T) {
	home, club := townMiddle, at(0, -600)
	for _, tc := range []struct {
		tags []string
		want string
	}{
		{[]string{"bridge", "yes", "bridge:name", "Oude Walbrug", "name", "Walweg"}, "Oude Walbrug"},
		{[]string{"bridge", "yes", "name", "Walweg"}, "Walweg"},
		{[]string{"tunnel", "yes", "tunnel:name", "Waltunnel"}, "Waltunnel"},
		{[]string{"bridge", "movable"}, "Walbrug"}, // no name in the map: the crossing that lies there
		{nil, ""}, // no bridge at all according to the map
	} {
		w := riverTownWays(t, tc.tags...)
		route, ok := w.Route(home, w.Place(club), Bike, 10)
		if !ok || route.Via != tc.want || strings.Join(route.Crossings, " en ") != tc.want || route.Ferry || route.Steps {
			t.Errorf("%v: via %q, crossings %v, ferry %v, steps %v", tc.tags, route.Via, route.Crossings, route.Ferry, route.Steps)
		}
		if want := 1200.0; !near(route.Metres, want, 2) || len(route.Points) != 6 {
			t.Errorf("%v: %.0f m over %v, want %.0f", tc.tags, route.Metres, route.Points, want)
		}
		if same, _ := w.Route(home, w.Place(at(900, 0)), Bike, 10); same.Via != "" || same.Crossings != nil {
			t.Errorf("on one bank nobody crosses: %+v", same)
		}
	}
	if far := riverTownWays(t, "bridge", "yes").Crossings.nearestCrossing(at(1000, -500)); far != "" {
		t.Errorf("a bridge 700 m from the Walbrug is not the Walbrug, got %q", far)
	}
}

func TestARouteTellsOfTheFerry(t *testing.T) {
	x := riverTownWays(t, "bridge", "yes").Crossings
	c := riverTown("bridge", "yes", "access", "no")
	w := Ways{Crossings: x, Streets: c.streets(t, x)}
	route, ok := w.Route(townMiddle, w.Place(at(0, -600)), Walk, 10)
	if !ok || !route.Ferry || route.Via != "Pont De Wal" || !near(route.Minutes, 20+(600+400+600)/75.0, 0.1) {
		t.Errorf("%v %+v", ok, route)
	}
}

func TestARouteCountsTheBigRoadsItCrosses(t *testing.T) {
	w := riverTownWays(t, "bridge", "yes")
	for _, tc := range []struct {
		sentence string
		to       Point
		mode     Mode
		want     []BigRoad
	}{
		{"to the bank the Ringweg is crossed once", at(300, -390), Bike, []BigRoad{{"secondary", 1}}},
		{"along the street before it none is crossed", at(900, 0), Bike, nil},
		{"who lives on the Ringweg does not cross it", at(450, -300), Bike, nil},
		{"at its end nothing is crossed", at(890, -290), Walk, nil},
	} {
		route, ok := w.Route(townMiddle, w.Place(tc.to), tc.mode, 10)
		if !ok || !reflect.DeepEqual(route.BigRoads, tc.want) {
			t.Errorf("%s: got %v, %v", tc.sentence, route.BigRoads, ok)
		}
	}
	if stairs, _ := w.Route(townMiddle, w.Place(at(0, -290)), Walk, 10); !stairs.Steps {
		t.Errorf("the stairs are told: %+v", stairs)
	}
}

func TestTheTwoHalvesOfAWideRoadCountOnce(t *testing.T) {
	c := &town{}
	for i, north := range []float64{0, -100, -120, -300, -400, -800} { // the street goes down, over two halves 20 m apart and one more 180 m on
		c.node(int64(i+1), 0, north)
		c.node(int64(i+11), -200, north)
		c.node(int64(i+21), 200, north)
	}
	c.way([]int64{1, 2, 3, 4, 5, 6}, "highway", "residential")
	for _, row := range []int64{2, 3, 4} {
		c.way([]int64{row + 10, row, row + 20}, "highway", "primary")
	}
	c.way([]int64{15, 5, 25}, "highway", "trunk_link")
	w := Ways{Streets: c.streets(t, nil)}
	route, _ := w.Route(townMiddle, w.Place(at(0, -790)), Walk, 10)
	if want := []BigRoad{{"trunk", 1}, {"primary", 2}}; !reflect.DeepEqual(route.BigRoads, want) {
		t.Errorf("got %v, want %v", route.BigRoads, want)
	}
}

func TestABigRoadThatEndsOnTheWayIsNotCrossed(t *testing.T) {
	c := &town{}
	for i, place := range [][2]float64{{0, 0}, {300, 0}, {600, 0}, {300, 300}} {
		c.node(int64(i+1), place[0], place[1])
	}
	c.way([]int64{1, 2, 3}, "highway", "residential")
	c.way([]int64{2, 4}, "highway", "secondary")
	w := Ways{Streets: c.streets(t, nil)}
	if route, ok := w.Route(townMiddle, w.Place(at(590, 0)), Walk, 10); !ok || route.BigRoads != nil {
		t.Errorf("the road comes from the other side: %v", route.BigRoads)
	}
}

func TestNobodyLivesOnABridgeInATunnelOrOnAFerry(t *testing.T) {
	for _, kind := range []string{"bridge", "tunnel"} {
		c := detour("highway", "residential", kind, "yes")
		w := Ways{Streets: c.streets(t, nil)}
		if over := w.Place(at(200, -5)); over.walk != noSnap || over.bike != noSnap {
			t.Errorf("a home over the middle of a %s of 400 m lies 200 m from its ends: %+v", kind, over)
		}
	}
	w := Ways{Streets: detour("route", "ferry").streets(t, nil)}
	if over := w.Place(at(200, -5)); over.walk != noSnap || over.bike != noSnap {
		t.Errorf("a home in the water: %+v", over)
	}
}

func TestStreetsThatHangTogetherWithNothingAreNotUsed(t *testing.T) {
	c := detour("highway", "cycleway", "oneway", "yes")
	c.node(7, 400, 900)
	c.node(8, 900, 900)
	c.way([]int64{7, 8}, "highway", "residential")               // an island
	c.way([]int64{4, 7}, "highway", "cycleway", "oneway", "yes") // out to it by bicycle, and never back
	c.way([]int64{4, 7}, "highway", "footway", "bicycle", "no")  // on foot both ways
	w := Ways{Streets: c.streets(t, nil)}
	if place := w.Place(at(700, 900)); place.bike != noSnap || place.walk == noSnap {
		t.Errorf("on foot one comes back from the island, by bicycle not: %+v", place)
	}
}

func TestAHomeOrPlaceHalfwayAStreetIsReachedThere(t *testing.T) {
	c := &town{}
	c.node(1, -1000, 0)
	c.node(2, 1000, 0)
	c.way([]int64{1, 2}, "highway", "residential")
	w := Ways{Streets: c.streets(t, nil)}
	for _, tc := range []struct {
		to      Point
		streets bool
		metres  float64
	}{
		{at(300, 0), true, 300}, {at(-700, 0), true, 700}, {at(300, 50), true, 350}, {at(300, SnapLimit-1), true, 300 + SnapLimit - 1},
		{at(300, SnapLimit+1), false, 0}, {at(1000+SnapLimit+1, 0), false, 0}, {at(1000, 0), true, 1000},
	} {
		got := w.From(townMiddle, 10).To(w.Place(tc.to), Walk)
		if got.Streets != tc.streets || tc.streets && !near(got.Metres, tc.metres, 1) {
			t.Errorf("%v: %+v, want %.0f m", tc.to, got, tc.metres)
		}
	}
	if route, _ := w.Route(townMiddle, w.Place(at(300, 50)), Walk, 10); len(route.Points) != 3 {
		t.Errorf("home, the spot on the street and the place: %v", route.Points)
	}
}

func TestWhatLiesOnNoStreetGoesOverTheCrossings(t *testing.T) {
	w := riverTownWays(t, "bridge", "yes")
	plain := Ways{Crossings: w.Crossings}
	rotterdam, water, sea := Point{Lat: 51.9229, Lon: 4.4797}, at(2000, -500), Point{Lat: 52.5, Lon: 3.5}
	for _, pair := range [][2]Point{{rotterdam, townMiddle}, {townMiddle, rotterdam}, {water, townMiddle}, {sea, sea}, {{Lat: math.NaN()}, townMiddle}, {townMiddle, {Lat: math.Inf(1), Lon: 4}}, {{}, {}}} {
		for _, mode := range modes {
			want := plain.From(pair[0], 9).To(plain.Place(pair[1]), mode)
			if got := w.From(pair[0], 9).To(w.Place(pair[1]), mode); !reflect.DeepEqual(got, want) || got.Streets {
				t.Errorf("%v by %s: got %+v, want %+v", pair, mode, got, want)
			}
			if route, ok := w.Route(pair[0], w.Place(pair[1]), mode, 9); ok {
				t.Errorf("%v by %s has no route: %+v", pair, mode, route)
			}
		}
	}
	stale, to := Ways{}.Place(at(0, -600)), w.Place(at(0, -600))
	if got, want := w.From(townMiddle, 9).To(stale, Bike), w.From(townMiddle, 9).To(to, Bike); got != want {
		t.Errorf("a place of another map: %+v, want %+v", got, want)
	}
	if _, ok := w.Route(townMiddle, stale, Bike, 9); !ok {
		t.Error("a place of another map has a route")
	}
}

func TestAWayBeyondTheBoundIsNeverToldAsShorter(t *testing.T) {
	c := &town{}
	c.node(1, 0, 0)
	for i := range 20 { // a way that winds 20 times up and down over 2 km
		c.node(int64(i+2), float64(100*i), float64(1500*(i%2)))
	}
	nodes := []int64{1}
	for i := range 20 {
		nodes = append(nodes, int64(i+2))
	}
	c.way(nodes, "highway", "residential")
	w := Ways{Streets: c.streets(t, nil)}
	to := w.Place(at(1900, 1500))
	for mode, bound := range map[Mode]float64{Walk: WalkBound, Bike: BikeBound} {
		for _, age := range []int{5, 10} {
			got := w.From(townMiddle, age).To(to, mode)
			if got.Streets || !got.Estimate || got.Minutes != bound || !near(DefaultSpeeds.Minutes(got.Metres, mode, age), bound, 1e-6) {
				t.Errorf("%s at %d: %+v", mode, age, got)
			}
		}
	}
	if got := w.From(townMiddle, 10).To(w.Place(at(100, 1400)), Walk); !got.Streets {
		t.Errorf("within the bound it is measured: %+v", got)
	}
}

// The reference data tells the two distances of its known points and not where they lie; these lie there, with that
// straight line.
func TestTheKnownPointsOfRotterdam(t *testing.T) {
	w := Ways{Crossings: DefaultCrossings(), Streets: referenceStreets(t)}
	for _, tc := range []struct {
		name             string
		from, to         Point
		straight, onFoot float64
		via              string
	}{
		{"stadhuis to Wilhelminaplein", Point{51.9222, 4.4784}, Point{51.9064, 4.4928}, 2018, 2243, "Erasmusbrug"},
		{"Delfshaven to Charlois", Point{51.9010, 4.4620}, Point{51.8950, 4.4540}, 865, 3218, "Maastunnel"},
	} {
		got, straight := w.exactly(tc.from, tc.to, Walk, 10), Distance(tc.from, tc.to)
		if !near(straight, tc.straight, 2) || !near(got.Metres, tc.onFoot, 0.02*tc.onFoot) || got.Via != tc.via {
			t.Errorf("%s: %.0f m straight and %+v on foot, want %.0f and %.0f m", tc.name, straight, got, tc.straight, tc.onFoot)
		}
	}
}

func TestAHomeInTheMaasIsOnNoStreet(t *testing.T) {
	w := Ways{Crossings: DefaultCrossings(), Streets: referenceStreets(t)}
	stadhuis := w.Place(Point{51.9229, 4.4797})
	for _, boat := range []Point{{51.901, 4.469}, {51.899, 4.450}, {51.9035, 4.5415}} {
		got, want := w.From(boat, 9).To(stadhuis, Walk), w.Crossings.Travel(boat, stadhuis.Point, Walk, 9)
		if got != want || w.Place(boat).bike != noSnap {
			t.Errorf("%v: got %+v, want %+v", boat, got, want)
		}
	}
}

func TestRoutesInRotterdamAreWhole(t *testing.T) {
	w := Ways{Crossings: DefaultCrossings(), Streets: referenceStreets(t)}
	drawn := 0
	rapid.Check(t, func(rt *rapid.T) {
		base, to := drawPoint(rt, "base"), drawPoint(rt, "to")
		to = Point{Lat: base.Lat + (to.Lat-base.Lat)/4, Lon: base.Lon + (to.Lon-base.Lon)/4}
		mode := rapid.SampledFrom([]Mode{Walk, Bike}).Draw(rt, "mode")
		if route, ok := w.Route(base, w.Place(to), mode, 9); ok {
			checkRoute(rt, base, to, route)
			drawn++
		}
	})
	if drawn == 0 {
		t.Error("no route was drawn")
	}
}
