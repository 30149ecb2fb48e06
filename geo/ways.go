package geo

import "math"

// Ways is all that is known of how people get about: streets where a graph was read, rivers with their crossings
// elsewhere. The zero Ways knows nothing and gives estimates. Streets is made with the same Crossings.
type Ways struct {
	Crossings *Crossings
	Streets   *Streets
}

// Place is a point prepared once for many trips to it: its nearest street is known. It belongs to the street map of the
// Ways that made it; with another map it still gives the right way, but slowly.
type Place struct {
	Point Point
	stamp uint32 // of the street map, 0 = none
	walk  snap
	bike  snap
}

// Place prepares a point.
func (w Ways) Place(p Point) Place {
	place := Place{Point: p, stamp: w.Streets.Stamp(), walk: noSnap, bike: noSnap}
	if w.Streets != nil {
		place.walk, place.bike = w.Streets.grid.snap(p)
	}
	return place
}

// on gives where a place lies along the streets for a mode.
func (p Place) on(id profileID) snap {
	if id == cycling {
		return p.bike
	}
	return p.walk
}

// Trips are the ways from one base. It is not safe for use by several at once.
type Trips struct {
	ways   Ways
	base   Point
	age    int
	last   line // that was asked for, for other modes
	shores [modeCount]*shore
	runs   [profileCount]*run
	asked  [profileCount]bool
}

// From begins trips from a base; age is in years, negative when unknown. Along streets the base is the middle of its
// cell of about 100 m (Point.Rounded). The first trip of a mode searches the streets around; the rest only look up.
func (w Ways) From(base Point, age int) *Trips {
	return &Trips{ways: w, base: base, age: age, last: line{to: Point{Lat: math.NaN()}}} // no place is there
}

// To gives the way from the base to a place. On foot and by bicycle it is measured along streets up to WalkBound and
// BikeBound minutes; what lies beyond, or on no street, goes over crossings (Crossings.Travel), and a way beyond the
// bound is never told as shorter than the bound. Every figure is finite and 0 or more; no way is shorter than the
// straight line, nor faster than LeastMinutes.
func (t *Trips) To(p Place, mode Mode) Travel {
	if t.ways.Streets == nil || mode == Car || mode == Transit {
		return t.overCrossings(p, mode)
	}
	s := t.ways.Streets
	if p.stamp != s.graph.stamp {
		p = t.ways.Place(p.Point)
	}
	id := s.profileOf(mode, t.age)
	r, on := t.run(id), p.on(id)
	if r == nil || on == noSnap {
		return t.overCrossings(p, mode)
	}
	way, ok := r.to(on)
	if !ok {
		return s.beyond(id, t.overCrossings(p, mode), t.age)
	}
	return s.travel(r, way, Distance(t.base, p.Point), t.age)
}

func (t *Trips) overCrossings(p Place, mode Mode) Travel {
	if t.last.to != p.Point {
		t.last = t.ways.Crossings.line(t.base, p.Point)
	}
	return t.ways.Crossings.travel(&t.last, mode, t.age, &t.shores)
}

// run is the search from the base for a profile, nil when the base lies on no street.
func (t *Trips) run(id profileID) *run {
	if !t.asked[id] {
		t.runs[id], t.asked[id] = t.ways.Streets.runFrom(t.base, id), true
	}
	return t.runs[id]
}

// travel tells an arrival as a way. The base stands up to some 60 m from the middle of its cell, so the straight line
// from the base itself is the least.
func (s *Streets) travel(r *run, way arrival, straight float64, age int) Travel {
	mode := r.profile.id.mode()
	return Travel{
		Mode: mode, StraightMetres: straight, Via: r.overs[way.over()], Streets: true,
		Metres:  max(float64(way.metres())/100, straight),
		Minutes: max(s.speeds.Minutes(float64(way.cost)/100, mode, age), s.speeds.Minutes(straight, mode, age)),
	}
}

// beyond makes a way over crossings at least as long as the bound that the streets say it is over.
func (s *Streets) beyond(id profileID, t Travel, age int) Travel {
	bound := float64(WalkBound)
	if id == cycling {
		bound = BikeBound
	}
	if t.Minutes < bound {
		t.Minutes, t.Metres, t.Estimate = bound, max(t.Metres, bound/s.speeds.Minutes(1, t.Mode, age)), true
	}
	return t
}

// LeastMinutes is a time that no way of this length in a straight line is under, whatever its streets: metres is 0 or
// more. Ranking uses it to pass over what cannot matter.
func (w Ways) LeastMinutes(straightMetres float64, mode Mode, age int) float64 {
	speeds := DefaultSpeeds
	if w.Crossings != nil {
		speeds = w.Crossings.speeds
	}
	if w.Streets == nil {
		return speeds.Minutes(straightMetres*speeds.Detour, mode, age)
	}
	return min(speeds.Minutes(straightMetres, mode, age), w.Streets.speeds.Minutes(straightMetres, mode, age))
}
