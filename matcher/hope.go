package matcher

import (
	"math"

	"wijknetwerk/geo"
)

// What a search may hope for before it has looked: bounds that no judgement beats. A walk goes to the places with the
// best hopes first and stops where none is left, so that nothing that matters is passed over.

// hope is the best group and the most points that can still come of something.
type hope struct {
	rank   uint8
	points points
}

// worse takes down a hope for something that was seen.
func (h *hope) worse(rank uint8, p points) { h.rank, h.points = max(h.rank, rank), h.points+p }

func (h hope) order() order { return orderOf(h.rank, false, h.points) }

// hopes are what holds everywhere for one family, worked out once.
type hopes struct {
	slot  hope   // of a free slot, besides its interest and way and what its offer's facts change
	most  hope   // of any slot, besides its interest and way
	tells []tell // what the facts of an offer change
	paces []pace // of the family, and of the child alone

	cycling, driving pace
	listPrice        bool // the family pays the list price of everything
	listPriceBut     bool // of everything without lower prices
	overBudget       hope // what a list price over the budget changes
	languages        bool // that no language is shared counts
	bringing         bool // that nobody can bring counts, for no way is one that the child may go alone
}

// setHopes works out the hopes of a search.
func (s *search) setHopes() {
	h := &s.hopes
	h.listPrice, h.listPriceBut = s.family.PaysListPrice(true), s.family.PaysListPrice(false)
	h.overBudget = s.overBudget()
	h.slot.points = pointsCost
	if s.need.Search != "" {
		h.slot.points += pointsSought
	}
	for _, r := range s.rules {
		if !s.mayBeLifted && everywhere[Barriers()[r.barrier].Code] {
			h.slot.worse(rankHulp, pointsOpen)
		}
	}
	s.setTells()
	h.languages = !s.mayBeLifted && s.named("taal")
	h.bringing = !s.mayBeLifted && s.neverAlone()
	h.most = h.slot
	for _, t := range h.tells {
		h.most.points += max(t.points, 0)
	}
	s.setPaces()
}

// neverAlone is true when no way is one that the child may go alone.
func (s *search) neverAlone() bool {
	switch s.facts.Independence.Mode {
	case "":
		return s.notAlone || !s.ownTravel()
	case "none", "accompanied":
		return true
	}
	return s.notAlone
}

// travelHope takes down a hope for a way of so many metres in a straight line.
func (s *search) travelHope(h *hope, straight float64) {
	least := math.Inf(1)
	for _, p := range s.hopes.paces {
		least = min(least, p.start+p.perMetre*straight)
	}
	h.points += travelPoints[min(int(least*perMinute), len(travelPoints)-1)]
	switch {
	case least <= s.limit:
	case !s.limitSaid && s.hopes.driving.over(straight) > outOfReach():
		h.worse(rankNuNiet, pointsOpen)
	case !s.limitSaid:
		h.worse(rankHulp, pointsUnknown)
	case least <= 1.5*s.limit || s.onFoot && s.hopes.cycling.over(straight) <= s.limit:
		h.worse(rankHulp, pointsOpen)
	default:
		h.worse(rankNuNiet, pointsOpen)
	}
}

// noWay takes down a hope for a way that is not known.
func (h *hope) noWay() { h.worse(rankHulp, travelUnknown+pointsUnknown) }

// pace is the least time a mode takes: minutes to begin with, and for each metre of a straight line.
type pace struct{ start, perMetre float64 }

func (p pace) over(metres float64) float64 { return p.start + p.perMetre*metres }

func (s *search) paceOf(mode geo.Mode) pace {
	const metres = 1000
	start := s.ways.LeastMinutes(0, mode, max(s.age, 0))
	return pace{start, (s.ways.LeastMinutes(metres, mode, max(s.age, 0)) - start) / metres}
}

// paceFor is the pace of a mode that a child may go by alone.
func (s *search) paceFor(mode geo.Mode) pace {
	for i, m := range s.aloneModes() {
		if m == mode && i+1 < len(s.hopes.paces) {
			return s.hopes.paces[i+1]
		}
	}
	return pace{}
}

// setPaces keeps the paces of the family and of the child alone.
func (s *search) setPaces() {
	h := &s.hopes
	h.paces, h.cycling, h.driving = append(h.paces, s.paceOf(s.fastest())), s.paceOf(geo.Bike), s.paceOf(geo.Car)
	switch s.facts.Independence.Mode {
	case "walk", "bike", "transit":
		for _, m := range s.aloneModes() {
			h.paces = append(h.paces, s.paceOf(m))
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

// leastMetres is a straight line that no base is nearer to a box.
func (s *search) leastMetres(b *box) float64 {
	least := math.Inf(1)
	for i := range s.origins {
		least = min(least, s.origins[i].least(b))
	}
	return least
}

func (s *search) leastMetresTo(p packedPoint, cos float32) float64 {
	least := math.Inf(1)
	for i := range s.origins {
		least = min(least, s.origins[i].leastTo(p, cos))
	}
	return least
}
