package geo

import (
	"math"
	"slices"
)

// Route is a way along streets with what a grown-up wants to know of it.
type Route struct {
	Travel              // as Trips.To gives it; Streets is true
	Points    []Point   // from the middle of the cell of the base to the place, to draw on a map
	Crossings []string  // names of the bridges, tunnels and ferries over a river, in order
	BigRoads  []BigRoad // that are crossed, the biggest first
	Steps     bool      // goes up or down steps
	Ferry     bool      // takes a ferry
}

// Route gives the way along streets from a base to a place. ok is false when there is none within the bound: by car or
// public transport, without a street map, or too far from a street.
func (w Ways) Route(base Point, p Place, mode Mode, age int) (route Route, ok bool) {
	t := w.From(base, age)
	travel := t.To(p, mode)
	if !travel.Streets {
		return Route{}, false
	}
	s := w.Streets
	if p.stamp != s.graph.stamp {
		p = w.Place(p.Point)
	}
	id := s.profileOf(mode, age)
	trail := s.trail(t.run(id), p.on(id))
	route = Route{Travel: travel, Points: []Point{base.Rounded()}, Crossings: s.crossed(trail), BigRoads: s.bigRoads(trail)}
	for _, h := range trail {
		route.Points = s.draw(route.Points, h)
		flags := s.graph.edges[h.edge].flags
		route.Steps, route.Ferry = route.Steps || flags&onSteps != 0, route.Ferry || flags&onFerry != 0
	}
	route.Points = thin(route.Points, p.Point)
	return route, true
}

// thin leaves out points that lie within half a metre of the one before, and ends at last.
func thin(points []Point, last Point) []Point {
	points = slices.CompactFunc(points, func(a, b Point) bool { return Distance(a, b) < 0.5 })
	if n := len(points) - 1; n > 0 && Distance(points[n], last) < 0.5 {
		points = points[:n]
	}
	return append(points, last)
}

// hop is an edge of a route. The first is left over the corner to and the last is entered over the corner from; the
// other corner of those is noCorner. The parts, of 65535, say where on the edge it begins and ends.
type hop struct {
	edge, from, to uint32
	begin, end     uint16
}

const noCorner = math.MaxUint32

// trail gives the edges of the way from the base of a run to a place, going back over the costs. Of equally fast edges it
// takes the first.
func (s *Streets) trail(r *run, place snap) (trail []hop) {
	way, _ := r.to(place)
	if way.end == noCorner {
		return []hop{{edge: place.edge, from: noCorner, to: noCorner, begin: r.base.along, end: place.along}}
	}
	on, back := r.profile.id.flags()
	corner := way.end
	trail = append(trail, hop{edge: place.edge, from: corner, to: noCorner, begin: s.side(place, corner, on, back), end: place.along})
	for r.startCost(corner) != r.at(corner).cost {
		h := s.before(r, corner)
		trail = append(trail, h)
		corner = h.from
	}
	trail = append(trail, hop{edge: r.base.edge, from: noCorner, to: corner, begin: r.base.along, end: s.side(r.base, corner, back, on)})
	slices.Reverse(trail)
	return trail
}

// side gives the end of an edge that lies at a corner: 0 for the first, all for the second. Of an edge that begins and
// ends at the same corner it is the nearest that may be used: first says that the first may be, second the second.
func (s *Streets) side(at snap, corner uint32, first, second streetFlags) uint16 {
	e := &s.graph.edges[at.edge]
	far := e.b == corner
	if e.a == e.b {
		far = e.flags&second != 0 && (e.flags&first == 0 || at.along > math.MaxUint16/2)
	}
	if far {
		return math.MaxUint16
	}
	return 0
}

// startCost is what it costs to get from the base to an end of its own edge; noCost for other corners.
func (r *run) startCost(corner uint32) cost {
	p, e, least := r.profile, &r.profile.graph.edges[r.base.edge], noCost
	on, back := p.id.flags()
	position := r.base.position(e.length)
	if corner == e.b && e.flags&on != 0 {
		least = p.offCost(r.base) + p.part(r.base.edge, e.length-position)
	}
	if corner == e.a && e.flags&back != 0 {
		least = min(least, p.offCost(r.base)+p.part(r.base.edge, position))
	}
	return least
}

// before gives the edge over which the fastest way comes to a corner.
func (s *Streets) before(r *run, corner uint32) hop {
	on, back := r.profile.id.flags()
	for _, i := range s.around().at(corner) {
		e := &s.graph.edges[i]
		forward := e.b == corner && e.flags&on != 0
		if !forward && (e.a != corner || e.flags&back == 0) {
			continue
		}
		h := hop{edge: i, from: e.otherEnd(corner), to: corner, end: math.MaxUint16}
		if !forward {
			h.begin, h.end = h.end, h.begin
		}
		if r.at(h.from).cost+r.profile.part(i, e.length) == r.at(corner).cost {
			return h
		}
	}
	panic("geo: a settled corner has no edge before it")
}

// draw adds the line of a hop to points.
func (s *Streets) draw(points []Point, h hop) []Point {
	line := s.graph.bends(h.edge, nil)
	from, to := h.begin, h.end
	if from > to {
		slices.Reverse(line)
		from, to = math.MaxUint16-from, math.MaxUint16-to
	}
	before, start := cutLine(line, float64(from)/math.MaxUint16)
	last, end := cutLine(line, float64(to)/math.MaxUint16)
	points = append(points, start)
	for i := before + 1; i <= last; i++ {
		points = append(points, line[i].point())
	}
	return append(points, end)
}

// crossed gives the names of the ways over a river on a trail; there and back again is none.
func (s *Streets) crossed(trail []hop) (names []string) {
	for _, h := range trail {
		name := s.overs[s.over[h.edge]]
		switch last := len(names) - 1; {
		case name == "":
		case last >= 0 && names[last] == name:
			names = names[:last]
		default:
			names = append(names, name)
		}
	}
	return names
}
