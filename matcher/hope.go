package matcher

import (
	"math"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
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

// rank is the best group that something with this hope can be in.
func (h hope) rank() uint8 { return bit(h+noPoints >= oneHulp) + bit(h+noPoints >= oneNuNiet) }

// order is how early something with this hope can come.
func (h hope) order(full bool) order {
	return orderOf(h.rank(), full, points(int64(uint32(h+noPoints))-int64(noPoints)))
}

// bit is 1 for true.
func bit(b bool) (n uint8) {
	if b {
		n = 1
	}
	return n
}

// hopes are what holds everywhere for one family, worked out once.
type hopes struct {
	slot hope // of a free slot, besides its interest and way and what its facts change
	most hope // of any slot, besides its interest and way

	interest [2][64]points                    // of a leaf: for a child, and where parents take part as well
	told     [factGroups][1 << groupBits]hope // what the facts of an offer change, by group
	there    [8][16]hope                      // what the time changes: weekday+1, parts of the day
	road     [8][16]hope                      // what bringing changes, likewise
	when     when                             // the parts of days in which a slot must end to be in the first group

	reach        reach // what a way changes
	listPrice    bool  // the family pays the list price of everything
	listPriceBut bool  // of everything without lower prices
	overBudget   hope  // what a list price over the budget changes
	languages    bool  // that no language is shared counts
}

// setHopes works out the hopes of a search in memory that was used before.
func (s *search) setHopes(h *hopes) {
	*h, s.hopes = hopes{}, h
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
	h.languages, h.most = !s.mayBeLifted && s.named("taal"), h.slot
	s.setTold()
	s.setInterests()
	s.setTimeHopes()
	s.setWhen()
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

// setWhen works out when a slot must end to be in the first group: the child is free in that part of the day, and somebody
// can collect it then or, when the part ends, in the next.
func (s *search) setWhen() {
	h := s.hopes
	h.when = anyTime
	for day := range int8(len(questionnaire.Days)) {
		for part := range 4 {
			collect := h.road[day+1][1<<part].rank() == rankZo || part < 3 && h.road[day+1][2<<part].rank() == rankZo
			if collect && h.there[day+1][1<<part].rank() == rankZo {
				h.when |= partOn(day, part)
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
