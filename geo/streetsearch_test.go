package geo

import (
	"container/heap"
	"fmt"
	"math"
	"math/rand"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// waiting is the queue of a textbook Dijkstra.
type waiting []waitingCorner

type waitingCorner struct {
	corner uint32
	cost   uint64
}

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].cost < w[j].cost }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *waiting) Push(x any)        { *w = append(*w, x.(waitingCorner)) }
func (w *waiting) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// textbook is what every corner costs from the two ends of an edge, by Dijkstra with a heap over the edges of the graph
// and paces worked out here.
func textbook(s *Streets, id profileID, base snap) map[uint32]uint64 {
	g, around := s.graph, s.around()
	on, back := id.flags()
	price := func(e uint32, length uint32) uint64 {
		pace := g.edges[e].walkPace
		if id == cycling {
			pace = g.edges[e].bikePace
		}
		c := uint64(math.Ceil(float64(length) * 100 / float64(pace)))
		for _, f := range g.ferries {
			if f.edge == e {
				c = max(c, uint64(math.Ceil(float64(f.seconds)/60*s.profiles[id]().speed)))
			}
		}
		return c
	}
	dist, queue := map[uint32]uint64{}, waiting{}
	reach := func(corner uint32, c uint64) {
		if old, known := dist[corner]; !known || c < old {
			dist[corner] = c
			heap.Push(&queue, waitingCorner{corner, c})
		}
	}
	e, off := g.edges[base.edge], uint64(s.profiles[id]().offCost(base))
	if position := base.position(e.length); e.flags&on != 0 {
		reach(e.b, off+price(base.edge, e.length-position))
	}
	if position := base.position(e.length); e.flags&back != 0 {
		reach(e.a, off+price(base.edge, position))
	}
	for queue.Len() > 0 {
		next := heap.Pop(&queue).(waitingCorner)
		if next.cost > dist[next.corner] {
			continue
		}
		for _, i := range around.at(next.corner) {
			if e := g.edges[i]; e.a == next.corner && e.flags&on != 0 {
				reach(e.b, next.cost+price(i, e.length))
			}
			if e := g.edges[i]; e.b == next.corner && e.flags&back != 0 {
				reach(e.a, next.cost+price(i, e.length))
			}
		}
	}
	return dist
}

// sameAsTextbook compares a run with the textbook at every corner of the map.
func sameAsTextbook(s *Streets, id profileID, base snap) error {
	p := s.profiles[id]()
	r, want := s.run(p, base), textbook(s, id, base)
	for corner := range uint32(len(s.graph.corners)) {
		got, c, known := r.at(corner).cost, cost(0), false
		if c64, ok := want[corner]; ok && c64 <= uint64(p.limit) {
			c, known = cost(c64), true
		}
		if known && got != c || !known && got <= p.limit {
			return fmt.Errorf("profile %d from %+v, corner %d: got %d, the textbook %d (within the bound: %v)", id, base, corner, got, c, known)
		}
	}
	return nil
}

// drawTown is a random town: a ring that holds it together and ways of every kind across.
func drawTown(t *rapid.T) *town {
	c := &town{}
	count := rapid.IntRange(3, 14).Draw(t, "nodes")
	for i := range count {
		c.node(int64(i+1), rapid.Float64Range(-1500, 1500).Draw(t, "east"), rapid.Float64Range(-1500, 1500).Draw(t, "north"))
	}
	ring := []int64{}
	for i := range count {
		ring = append(ring, int64(i+1))
	}
	c.way(append(ring, 1), "highway", "residential")
	tags := [][]string{{"highway", "cycleway", "oneway", "yes"}, {"highway", "footway"}, {"highway", "steps"}, {"highway", "path", "surface", "sand"}, {"highway", "trunk"},
		{"highway", "primary", "bridge", "yes", "name", "Hoge Brug"}, {"route", "ferry", "duration", "00:07"}, {"highway", "residential", "oneway", "-1"}}
	for range rapid.IntRange(0, 12).Draw(t, "ways") {
		nodes := rapid.SliceOfN(rapid.Int64Range(1, int64(count)), 2, 5).Draw(t, "over")
		c.way(nodes, rapid.SampledFrom(tags).Draw(t, "tags")...)
	}
	return c
}

func drawNear(t *rapid.T, label string) Point {
	return at(rapid.Float64Range(-1800, 1800).Draw(t, label+" east"), rapid.Float64Range(-1800, 1800).Draw(t, label+" north"))
}

func TestASearchEqualsATextbookDijkstra(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawTown(rt).streets(t, nil)
		walk, bike := s.grid.snap(drawNear(rt, "base"))
		for id := range profileCount {
			base := walk
			if id == cycling {
				base = bike
			}
			if base == noSnap {
				continue
			}
			if err := sameAsTextbook(s, id, base); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func TestTheStreetsOfRotterdamEqualATextbookDijkstra(t *testing.T) {
	s, random := referenceStreets(t), rand.New(rand.NewSource(22))
	for range 2 {
		base := snap{edge: uint32(random.Intn(len(s.graph.edges))), along: uint16(random.Intn(1 << 16)), off: uint16(random.Intn(500))}
		for id := range profileCount {
			if on, back := id.flags(); s.graph.edges[base.edge].flags&(on|back) == 0 {
				continue
			}
			if err := sameAsTextbook(s, id, base); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestNoWayIsFasterThanTheStraightLine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := Ways{Crossings: DefaultCrossings(), Streets: drawTown(rt).streets(t, DefaultCrossings())}
		base, to := drawNear(rt, "base"), drawNear(rt, "place")
		age := rapid.IntRange(-1, 12).Draw(rt, "age")
		for _, mode := range modes {
			got := w.From(base, age).To(w.Place(to), mode)
			least := w.LeastMinutes(got.StraightMetres, mode, age)
			if !(got.Minutes >= least) || got.Minutes > 1e6 || !(got.Metres >= got.StraightMetres) || got.StraightMetres != Distance(base, to) || got.Mode != mode {
				rt.Fatalf("%s from %v to %v: %+v, least %g", mode, base, to, got, least)
			}
			route, ok := w.Route(base, w.Place(to), mode, age)
			if ok != got.Streets || ok && route.Travel != got {
				rt.Fatalf("%s: the route says %+v, the trip %+v", mode, route.Travel, got)
			}
			if ok {
				checkRoute(rt, base, to, route)
			}
		}
	})
}

// checkRoute holds the line on the map against the figures.
func checkRoute(t *rapid.T, base, to Point, route Route) {
	drawn := 0.0
	for i := 1; i < len(route.Points); i++ {
		drawn += Distance(route.Points[i-1], route.Points[i])
	}
	if first, last := route.Points[0], route.Points[len(route.Points)-1]; first != base.Rounded() || last != to {
		t.Fatalf("from %v to %v, drawn from %v to %v", base, to, first, last)
	}
	tolerance := 1 + 0.3*float64(len(route.Points))
	if route.Metres > route.StraightMetres+1e-6 && !near(drawn, route.Metres, tolerance) {
		t.Fatalf("%g m is drawn as %g m", route.Metres, drawn)
	}
}

func TestEveryHomeInACellHasTheSameSearchWhoeverAsksFirst(t *testing.T) {
	c := detour("highway", "cycleway")
	first, second := Ways{Streets: c.streets(t, nil)}, Ways{Streets: c.streets(t, nil)}
	a, b, to := at(20, -15), at(-20, 30), at(390, 200)
	for _, mode := range []Mode{Walk, Bike} {
		ab := []Travel{first.From(a, 9).To(first.Place(to), mode), first.From(b, 9).To(first.Place(to), mode)}
		ba := []Travel{second.From(b, 9).To(second.Place(to), mode), second.From(a, 9).To(second.Place(to), mode)}
		if ab[0] != ba[1] || ab[1] != ba[0] || ab[0].Minutes != ab[1].Minutes {
			t.Errorf("%s: %+v and %+v", mode, ab, ba)
		}
	}
	if len(first.Streets.runs.runs) != 2 {
		t.Errorf("two searches for one cell by two modes, got %d", len(first.Streets.runs.runs))
	}
}

func TestManyMaySearchAtTheSameTime(t *testing.T) {
	w := Ways{Streets: detour("highway", "cycleway").streets(t, nil)}
	to := w.Place(at(390, 200))
	want := w.From(townMiddle, 9).To(to, Bike)
	w.Streets.runs.most = 1 // every search pushes the one before out
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for k := range 20 {
				if got := w.From(townMiddle, 9).To(to, Bike); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
				w.From(at(float64(100*(i+k)%400), 0), 5).To(to, Walk)
			}
		})
	}
	group.Wait()
	if n := len(w.Streets.runs.runs); n != 1 || w.Streets.runs.order.Len() != 1 {
		t.Errorf("%d runs are kept", n)
	}
}

func TestTheSearchAndALookupAllocateNothing(t *testing.T) {
	x := DefaultCrossings()
	w := Ways{Crossings: x, Streets: detour("highway", "cycleway").streets(t, x)}
	p := w.Streets.profiles[cycling]()
	q := w.Streets.searches.get(p)
	base := w.Place(townMiddle).bike
	search := func() {
		q.startAt(base)
		q.run()
		q.reset()
	}
	search()
	if n := testing.AllocsPerRun(100, search); n != 0 {
		t.Errorf("a search allocates %g times", n)
	}
	trips, to, far := w.From(townMiddle, 9), w.Place(at(390, 200)), w.Place(Point{Lat: 51.93, Lon: 4.47})
	if n := testing.AllocsPerRun(100, func() { trips.To(to, Walk); trips.To(to, Bike); trips.To(far, Bike); trips.To(far, Transit) }); n != 0 {
		t.Errorf("a trip allocates %g times", n)
	}
}
