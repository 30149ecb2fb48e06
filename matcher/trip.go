package matcher

import (
	"math"
	"slices"

	"wijknetwerk/geo"
)

// trip is the way of one child to one slot, and who brings it.
type trip struct {
	known    bool       // place and base are known
	way      geo.Travel // the way shown: alone when the child may, else as the family travels
	minutes  float64    // as the family travels; what limit and points are held against
	alone    answer     // may the child go without an adult
	atSchool bool       // the child is already there: only collecting counts
	parts    parts      // in which an adult would be on the road
}

// answer is yes, no or not known.
type answer uint8

const (
	unclear answer = iota
	yes
	no
)

// tripTo works out the way to a slot.
func (s *search) tripTo(o *offer, at *slot) trip {
	t := trip{}
	if !at.placed || len(s.bases) == 0 {
		t.alone = s.aloneSomewhere()
	} else {
		t = s.wayTo(&at.place, s.modeFor(o.id))
	}
	t.atSchool = s.atOwnSchool(o, at)
	t.parts = partsOnTheRoad(at, t.minutes, t.atSchool)
	return t
}

// wayTo works out the way to a place, as the family travels and alone.
func (s *search) wayTo(to *geo.Place, mode geo.Mode) trip {
	t := trip{known: true, way: s.travel(to, mode)}
	t.minutes = t.way.Minutes
	t.alone = s.alone(to, &t)
	return t
}

// modeFor is how the family travels to an activity: without wheels on foot, unless a bicycle was arranged for it.
func (s *search) modeFor(activity string) geo.Mode {
	if s.onFoot && (s.mode == geo.Bike || s.mode == geo.Car) {
		if s.assumed("fiets", -1) || s.isArranged(activity, "fiets") {
			return geo.Bike
		}
		return geo.Walk
	}
	return s.mode
}

// travel is the shortest way from any of the bases.
func (s *search) travel(to *geo.Place, mode geo.Mode) geo.Travel {
	best := geo.Travel{Minutes: math.Inf(1)}
	for _, from := range s.trips {
		if t := from.To(*to, mode); t.Minutes < best.Minutes {
			best = t
		}
	}
	return best
}

// alone decides whether the child may go by itself (P6), and shows that way when it may (DOMAIN 5, niet_alleen).
func (s *search) alone(to *geo.Place, t *trip) answer {
	free := s.facts.Independence
	switch {
	case s.notAlone:
		return no
	case free.Mode == "" && s.ownTravel():
		if t.minutes <= s.limit {
			return yes
		}
		return no
	case free.Mode == "":
		return unclear
	case free.Mode == "none" || free.Mode == "accompanied":
		return no
	}
	for _, mode := range s.aloneModes() {
		way := t.way
		if mode != way.Mode {
			if p := s.paceFor(mode); len(s.bases) == 1 && p.start+p.perMetre*way.StraightMetres > float64(free.MaxMinutes) {
				continue // too far by the straight line already
			}
			way = s.travel(to, mode)
		}
		if way.Minutes <= float64(free.MaxMinutes) {
			t.way = way
			t.minutes = min(t.minutes, way.Minutes)
			return yes
		}
	}
	return no
}

// aloneSomewhere is the answer when the way is not known: only a plain no stays a no.
func (s *search) aloneSomewhere() answer {
	if m := s.facts.Independence.Mode; s.notAlone || m == "none" || m == "accompanied" {
		return no
	}
	return unclear
}

// ownTravel is true for a young person who said how it travels itself (C2 instead of P6).
func (s *search) ownTravel() bool {
	return s.need.Variant == "C" && s.limitSaid && s.mode != geo.Car
}

var (
	allAloneModes   = []geo.Mode{geo.Walk, geo.Bike, geo.Transit}
	aloneWithoutOwn = []geo.Mode{geo.Walk, geo.Transit}
)

// aloneModes are the ways an independence allows, the simplest first: who may cycle may walk.
func (s *search) aloneModes() []geo.Mode {
	upTo := geo.Mode(s.facts.Independence.Mode)
	if !s.onFoot {
		return allAloneModes[:slices.Index(allAloneModes, upTo)+1]
	}
	if upTo == geo.Transit {
		return aloneWithoutOwn
	}
	return aloneWithoutOwn[:1]
}

// ownSchoolMetres is how near an offer "bij school" must be to the child's school to be at its own school.
const ownSchoolMetres = 400

// atOwnSchool is true for an offer at the child's school right after school time: nobody has to bring (DOMAIN 5, na_school).
func (s *search) atOwnSchool(o *offer, at *slot) bool {
	if o.says(factAtSchool) != yes || at.weekday == saturday || at.weekday == sunday || at.start >= 17*60 {
		return false
	}
	return !s.hasSchool || !at.placed || geo.Distance(s.school, at.place.Point) <= ownSchoolMetres
}

const saturday, sunday = 5, 6

// partsOnTheRoad are the dayparts of the way there and back.
func partsOnTheRoad(at *slot, minutes float64, atSchool bool) parts {
	way := max(int(math.Ceil(minutes)), 1)
	back := partsBetween(int(at.end), int(at.end)+way)
	if atSchool {
		return back
	}
	return back | partsBetween(int(at.start)-way, int(at.start))
}
