package matcher

import (
	"math"

	"wijknetwerk/geo"
)

// What a way can add to a hope, before it is looked up: by its straight line and the fastest that anybody may go.

// reach is what a way adds to a hope by its straight line: in steps up to near, the metres within the minutes of the family,
// in steps from there to far, the metres within what may still be possible, and beyond.
type reach struct {
	near, far       float64
	perNear, perFar float64 // steps a metre
	hopes           [nearSteps + farSteps + 3]hope
}

const (
	nearSteps = 64
	farSteps  = 32
)

// of is what a way of so many metres in a straight line adds to a hope, rounded up to the step.
func (r *reach) of(straight float64) hope {
	switch {
	case straight <= r.near:
		return r.hopes[int(straight*r.perNear)]
	case straight <= r.far:
		return r.hopes[nearSteps+1+int((straight-r.near)*r.perFar)]
	}
	return r.hopes[len(r.hopes)-1]
}

// wayHope is the same without steps; over says in which stretch it lies.
func (s *search) wayHope(straight float64, over hope) hope {
	least := math.Inf(1)
	for _, p := range s.paces {
		least = min(least, p.over(straight))
	}
	return hope(travelPoints[min(int(least*perMinute), len(travelPoints)-1)]) + over
}

// setReach works out how far in a straight line the minutes of a family go, and what it changes to be farther.
func (s *search) setReach() {
	r, tooFar := &s.hopes.reach, worse(rankHulp, pointsOpen)
	r.near = s.within(s.limit)
	switch {
	case !s.limitSaid:
		r.far, tooFar = s.paceOf(geo.Car).within(outOfReach()), worse(rankHulp, pointsUnknown)
	case s.onFoot:
		r.far = max(s.within(1.5*s.limit), s.paceOf(geo.Bike).within(s.limit))
	default:
		r.far = s.within(1.5 * s.limit)
	}
	r.far = max(r.far, r.near)
	r.perNear, r.perFar = nearSteps/max(r.near, 1), farSteps/max(r.far-r.near, 1)
	const before = 1 - 1e-9 // so that no rounding makes a way longer than it is
	for i := range nearSteps + 1 {
		r.hopes[i] = s.wayHope(float64(i)/r.perNear*before, 0)
	}
	for i := range farSteps + 1 {
		r.hopes[nearSteps+1+i] = s.wayHope((r.near+float64(i)/r.perFar)*before, tooFar)
	}
	r.hopes[len(r.hopes)-1] = s.wayHope(r.far*before, worse(rankNuNiet, pointsOpen))
}

// within is how many metres in a straight line may take so many minutes, by the fastest way the child may go.
func (s *search) within(minutes float64) (most float64) {
	for _, p := range s.paces {
		most = max(most, p.within(minutes))
	}
	return most
}

// atHome is the most that a way can add to a hope.
var atHome = hope(travelPoints[0])

// noWay is what a way that is not known adds to a hope.
var noWay = worse(rankHulp, travelUnknown+pointsUnknown)

// pace is the least time a mode takes: minutes to begin with, and for each metre of a straight line.
type pace struct{ start, perMetre float64 }

func (p pace) over(metres float64) float64 { return p.start + p.perMetre*metres }

// within is how many metres take so many minutes, a little too many.
func (p pace) within(minutes float64) float64 { return max(minutes-p.start, 0) / p.perMetre * 1.000001 }

func (s *search) paceOf(mode geo.Mode) pace {
	const metres = 1000
	start := s.ways.LeastMinutes(0, mode, max(s.age, 0))
	return pace{start, (s.ways.LeastMinutes(metres, mode, max(s.age, 0)) - start) / metres}
}

// paceFor is the pace of a mode that a child may go by alone.
func (s *search) paceFor(mode geo.Mode) pace {
	for i, m := range s.aloneModes() {
		if m == mode && i+1 < len(s.paces) {
			return s.paces[i+1]
		}
	}
	return pace{}
}

// setPaces keeps the paces of the family and of the child alone.
func (s *search) setPaces() {
	s.paces = append(s.paces, s.paceOf(s.fastest()))
	switch s.facts.Independence.Mode {
	case "walk", "bike", "transit":
		for _, m := range s.aloneModes() {
			s.paces = append(s.paces, s.paceOf(m))
		}
	}
}

// travelPoints are the points for travel by quarters of a minute: those of the beginning of the quarter, rounded up.
var travelPoints = func() (table [1024]points) {
	for q := range table {
		table[q] = pointsTravel.share(geo.Decay(float64(q)/perMinute, halfTravel)) + 1
	}
	return table
}()

const perMinute = 4

// fastest is the mode of the family, by bicycle where one may have been arranged.
func (s *search) fastest() geo.Mode {
	if s.onFoot && (s.mode == geo.Bike || s.mode == geo.Car) && !s.assumed("fiets", -1) && len(s.arranged) == 0 {
		return geo.Walk
	}
	if s.onFoot && s.mode == geo.Car {
		return geo.Bike
	}
	return s.mode
}

// leastMetresTo is a straight line that no base is nearer to a point; cos is at most the cosine of its latitude.
func (s *search) leastMetresTo(p packedPoint, cos float32) float64 {
	least := s.origins[0].leastTo(p, cos)
	for i := 1; i < len(s.origins); i++ {
		least = min(least, s.origins[i].leastTo(p, cos))
	}
	return least
}
