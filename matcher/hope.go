package matcher

import "wijknetwerk/kindinkaart/questionnaire"

// What a search may hope for before it has looked: bounds that no judgement beats. A walk goes to the places with the
// best hopes first and stops where none is left, so that nothing that matters is passed over.
//
// It learns of a slot step by step, each no better than the one before: what its box allows, its sign (facts and times), a
// glance (with the way and what the child likes), its price for this family, and at last the judgement. A hope is a sum of
// group and points; an order is the same as a place in the list; a promise is an order in the queue.

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
func (h hope) rank() uint8 {
	return uint8(btoi(h+noPoints >= oneHulp) + btoi(h+noPoints >= oneNuNiet))
}

// order is how early something with this hope can come.
func (h hope) order(full bool) order {
	return orderOf(h.rank(), full, points(int64(uint32(h+noPoints))-int64(noPoints)))
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
