package matcher

import (
	"math"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

// trip is the way of one child to one slot, and who brings it.
type trip struct {
	known    bool       // place and base are known
	way      geo.Travel // the way shown: alone when the child may, else as the family travels
	minutes  float64    // as the family travels; what limit and points are held against
	alone    answer     // may the child go without an adult
	atSchool bool       // the child is already there: only collecting counts
	parts    []string   // dayparts in which an adult would be on the road
}

// answer is yes, no or not known.
type answer int

const (
	unclear answer = iota
	yes
	no
)

// tripTo works out the way to a slot.
func (s *search) tripTo(b *Board, o *offer, slot *catalog.Slot) trip {
	t := trip{atSchool: s.atOwnSchool(o, slot)}
	to, ok := slot.Location.Point()
	if !ok || len(s.bases) == 0 {
		t.alone = s.aloneSomewhere()
		t.parts = partsOnTheRoad(slot, 0, t.atSchool)
		return t
	}
	t.known = true
	t.way = s.travel(b, to, s.modeFor(o.ID))
	t.minutes = t.way.Minutes
	t.alone = s.alone(b, to, &t)
	t.parts = partsOnTheRoad(slot, t.minutes, t.atSchool)
	return t
}

// modeFor is how the family travels to an activity: without wheels on foot, unless a bicycle was arranged for it.
func (s *search) modeFor(activity string) geo.Mode {
	if s.withoutWheels() && (s.mode == geo.Bike || s.mode == geo.Car) {
		if s.isArranged(activity, "fiets") || s.assumed("fiets", "") {
			return geo.Bike
		}
		return geo.Walk
	}
	return s.mode
}

// travel is the shortest way from any of the bases.
func (s *search) travel(b *Board, to geo.Point, mode geo.Mode) geo.Travel {
	best := geo.Travel{Minutes: math.Inf(1)}
	for _, from := range s.bases {
		if t := b.crossings.Travel(from, to, mode, max(s.age, 0)); t.Minutes < best.Minutes {
			best = t
		}
	}
	return best
}

// alone decides whether the child may go by itself (P6), and shows that way when it may (DOMAIN 5, niet_alleen).
func (s *search) alone(b *Board, to geo.Point, t *trip) answer {
	free := s.facts.Independence
	switch {
	case s.named("niet_alleen"):
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
	for _, mode := range aloneModes(geo.Mode(free.Mode)) {
		if mode == geo.Bike && s.withoutWheels() {
			continue
		}
		if way := s.travel(b, to, mode); way.Minutes <= float64(free.MaxMinutes) {
			t.way = way
			t.minutes = min(t.minutes, way.Minutes)
			return yes
		}
	}
	return no
}

// aloneSomewhere is the answer when the way is not known: only a plain no stays a no.
func (s *search) aloneSomewhere() answer {
	if m := s.facts.Independence.Mode; s.named("niet_alleen") || m == "none" || m == "accompanied" {
		return no
	}
	return unclear
}

// ownTravel is true for a young person who said how it travels itself (C2 instead of P6).
func (s *search) ownTravel() bool {
	return s.need.Variant == "C" && s.limitSaid && s.mode != geo.Car
}

// aloneModes are the ways an independence allows, the simplest first: who may cycle may walk.
func aloneModes(m geo.Mode) []geo.Mode {
	all := []geo.Mode{geo.Walk, geo.Bike, geo.Transit}
	return all[:slices.Index(all, m)+1]
}

// ownSchoolMetres is how near an offer "bij school" must be to the child's school to be at its own school.
const ownSchoolMetres = 400

// atOwnSchool is true for an offer at the child's school right after school time: nobody has to bring (DOMAIN 5, na_school).
func (s *search) atOwnSchool(o *offer, slot *catalog.Slot) bool {
	if o.AtSchool != catalog.Yes || slot.Weekday == "za" || slot.Weekday == "zo" || slot.Start >= 17*60 {
		return false
	}
	p, ok := slot.Location.Point()
	return !s.hasSchool || !ok || geo.Distance(s.school, p) <= ownSchoolMetres
}

// partsOnTheRoad are the dayparts of the way there and back, in order of the day.
func partsOnTheRoad(slot *catalog.Slot, minutes float64, atSchool bool) []string {
	way := max(int(math.Ceil(minutes)), 1)
	back := questionnaire.DaypartsBetween(int(slot.End), int(slot.End)+way)
	if atSchool {
		return back
	}
	parts := questionnaire.DaypartsBetween(int(slot.Start)-way, int(slot.Start))
	for _, p := range back {
		if !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	return parts
}
