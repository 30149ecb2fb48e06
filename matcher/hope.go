package matcher

import (
	"math"

	"wijknetwerk/geo"
)

// What a search may hope for before it has looked: bounds that no judgement beats. A walk goes to the places with the
// best hopes first and stops where none is left, so that nothing that matters is passed over.

// hope adds up what is seen of something: points, and how often it was seen that it can be in no better group than the
// second or the last. Hopes are added; the sum says the best group and the most points that can still come of it.
type hope int64

// A hope holds the points in its low half, on top of noPoints so that they never fall below zero, and above them two counts.
const (
	noPoints  hope = 1 << 31
	oneHulp   hope = 1 << 32
	oneNuNiet hope = 1 << 44
)

// worse is what a barrier changes: the best group is the given one, and some points are lost.
func worse(rank uint8, p points) hope {
	return [...]hope{rankZo: 0, rankHulp: oneHulp, rankNuNiet: oneNuNiet}[rank] + hope(p)
}

// order is how early something with this hope can come.
func (h hope) order(full bool) order {
	rank := uint8(rankZo)
	switch h += noPoints; {
	case h >= oneNuNiet:
		rank = rankNuNiet
	case h >= oneHulp:
		rank = rankHulp
	}
	return orderOf(rank, full, points(int64(uint32(h))-int64(noPoints)))
}

// hopes are what holds everywhere for one family, worked out once.
type hopes struct {
	slot  hope   // of a free slot, besides its interest and way and what its facts change
	most  hope   // of any slot, besides its interest and way
	tells []tell // what the facts of an offer change
	paces []pace // of the family, and of the child alone

	interest [2][64]points // of a leaf: for a child, and where parents take part as well
	there    [8][16]hope   // what the time changes: weekday+1, parts of the day
	road     [8][16]hope   // what bringing changes, likewise

	near, far    float64 // metres in a straight line within the minutes of the family, and within what may still be possible
	tooFar       [3]hope // what a way changes that is within the first, the second, none
	listPrice    bool    // the family pays the list price of everything
	listPriceBut bool    // of everything without lower prices
	overBudget   hope    // what a list price over the budget changes
	languages    bool    // that no language is shared counts
}

// setHopes works out the hopes of a search.
func (s *search) setHopes() {
	h := &s.hopes
	h.listPrice, h.listPriceBut = s.family.PaysListPrice(true), s.family.PaysListPrice(false)
	h.overBudget, h.slot = s.overBudget(), hope(pointsCost)
	if s.need.Search != "" {
		h.slot += hope(pointsSought)
	}
	for _, r := range s.rules {
		if !s.mayBeLifted && everywhere[r.code] {
			h.slot += worse(rankHulp, pointsOpen)
		}
	}
	s.setTells()
	h.languages = !s.mayBeLifted && s.named("taal")
	h.most = h.slot
	for _, t := range h.tells {
		if t.hope > 0 && t.hope < noPoints {
			h.most += t.hope
		}
	}
	s.setInterests()
	s.setTimeHopes()
	s.setPaces()
	s.setReach()
}

// setInterests keeps the points of every leaf.
func (s *search) setInterests() {
	for leaf := range leaves().tag {
		if own := s.value[leaf]; own > 0 && s.vetoed>>leaf&1 == 0 {
			s.hopes.interest[0][leaf] = pointsInterest.share(own)
		}
		if both := s.bestOf(leaf); both > 0 && s.vetoed>>leaf&1 == 0 {
			s.hopes.interest[1][leaf] = pointsInterest.share(both)
		}
	}
}

// setTimeHopes keeps what the times tell, by the tables of the rules. A day that hangs on a date has no parts.
func (s *search) setTimeHopes() {
	bringing, otherwise := !s.mayBeLifted && s.neverAlone(), !s.mayBeLifted && s.named("tijd_bezet")
	for d := range s.free {
		for set := parts(1); set < 16; set++ {
			switch may := s.free[d][set]; {
			case d == 0:
				s.hopes.there[d][set] = worse(rankHulp, pointsUnknown)
			case may == no:
				s.hopes.there[d][set] = worse(rankNuNiet, pointsOpen)
			case may == unclear && otherwise:
				s.hopes.there[d][set] = worse(rankHulp, pointsOpen)
			}
			if bringing {
				s.hopes.road[d][set] = s.bringHope(d, set)
			}
		}
	}
}

// bringHope is what brengen_avond, brengen_overdag and niet_alleen change for a child that never goes alone, when an adult
// is on the road in some parts of a day at least.
func (s *search) bringHope(day int, road parts) (h hope) {
	none := false
	for _, in := range [2]parts{daytime, evening} {
		if may := s.bringing[day][road&in]; may != yes {
			h += worse(rankHulp, pointsUnknown)
			none = none || may == no
		}
	}
	if none {
		h += worse(rankHulp, pointsUnknown)
	}
	return h
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

// wayOf is what a way of so many metres in a straight line adds to a hope.
func (s *search) wayOf(straight float64) hope {
	h := &s.hopes
	least := math.Inf(1)
	for _, p := range h.paces {
		least = min(least, p.over(straight))
	}
	way := hope(travelPoints[min(int(least*perMinute), len(travelPoints)-1)])
	over := 0
	if straight > h.near {
		over = 1
	}
	if straight > h.far {
		over = 2
	}
	return way + h.tooFar[over]
}

// setReach works out how far in a straight line the minutes of a family go, and what it changes to be farther.
func (s *search) setReach() {
	h := &s.hopes
	if !s.limitSaid {
		h.near, h.far = s.within(s.limit), s.paceOf(geo.Car).within(outOfReach())
		h.tooFar = [3]hope{1: worse(rankHulp, pointsUnknown), 2: worse(rankNuNiet, pointsOpen)}
	} else {
		h.near, h.far = s.within(s.limit), s.within(1.5*s.limit)
		h.tooFar = [3]hope{1: worse(rankHulp, pointsOpen), 2: worse(rankNuNiet, pointsOpen)}
		if s.onFoot {
			h.far = max(h.far, s.paceOf(geo.Bike).within(s.limit))
		}
	}
	h.far = max(h.far, h.near)
}

// within is how many metres in a straight line may take so many minutes, by the fastest way the child may go.
func (s *search) within(minutes float64) (most float64) {
	for _, p := range s.hopes.paces {
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
		if m == mode && i+1 < len(s.hopes.paces) {
			return s.hopes.paces[i+1]
		}
	}
	return pace{}
}

// setPaces keeps the paces of the family and of the child alone.
func (s *search) setPaces() {
	h := &s.hopes
	h.paces = append(h.paces, s.paceOf(s.fastest()))
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
