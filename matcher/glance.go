package matcher

import "wijknetwerk/kindinkaart/questionnaire"

// A glance at a slot says what can be hoped of it by its columns alone, as the rules would find it. It is never worse
// than the judgement: what an arrangement may have lifted is left out as soon as something was arranged.

// glance looks for one barrier in the columns.
type glance func(s *search, g *segment, offer, slot uint32, h *hope)

// worse takes down a hope for a barrier that was seen.
func (h *hope) worse(rank uint8, points float64) {
	h.rank, h.points = max(h.rank, rank), h.points+points
}

// hopeOf glances at one slot; cos is at most the cosine of its latitude.
func (w *walker) hopeOf(g *segment, slot uint32, cos float32) *hope {
	i := g.offerOf[slot]
	facts := g.facts[i]
	_, value := w.interestIn(g.tags[i], g.first[i], audience(facts>>atAudience&7))
	h := &w.hope
	*h = hope{rank: w.plain.rank, points: w.plain.points + pointsInterest*max(value, 0)}
	for k, at := range [3]int{atSetting, atIntensity, atGroupSize} {
		if wish := w.wishAt[k]; wish != 0 && facts>>at&7 != wish {
			h.points -= pointsPref
		}
	}
	if at := g.placeOf[slot]; at < 0 || len(w.origins) == 0 {
		h.worse(1, pointsTravel*unknownShare+pointsUnknown)
	} else {
		h.worse(w.travelHope(w.leastMetresTo(g.points[at].point(), cos)))
	}
	for _, look := range w.glances {
		look(w.search, g, i, slot, h)
	}
	return h
}

// setGlances keeps the glances that can see something for this family.
func (s *search) setGlances() {
	s.glances = append(s.glances, glanceOffer, glanceTime, glanceMoney)
	if s.age >= 0 {
		s.glances = append(s.glances, glanceAge)
	}
	s.listPrice, s.listPriceBut = s.family.PaysListPrice(true), s.family.PaysListPrice(false)
	if s.mayBeLifted {
		return
	}
	if s.neverAlone() {
		s.glances = append(s.glances, glanceBring)
	}
	for code, look := range namedGlances {
		if s.named(code) {
			s.glances = append(s.glances, look)
		}
	}
}

// namedGlances are for barriers that count where the family named them and the columns say so.
var namedGlances = map[string]glance{
	"spullen": func(_ *search, g *segment, i, _ uint32, h *hope) {
		if isSet(g.facts[i], flagNeedsKit) && fact(g.facts[i], factLendsKit) != yes {
			h.worse(1, pointsOpen)
		}
	},
	"formulieren": func(_ *search, g *segment, i, _ uint32, h *hope) {
		if !isSet(g.facts[i], flagEasySignUp) {
			h.worse(1, pointsOpen)
		}
	},
	"twee_huizen": func(_ *search, g *segment, i, _ uint32, h *hope) {
		if fact(g.facts[i], factAbsenceOK) != yes {
			h.worse(1, pointsOpen)
		}
	},
	"groep_samenstelling": func(_ *search, g *segment, i, _ uint32, h *hope) {
		if isSet(g.facts[i], flagMixed) {
			h.worse(1, pointsOpen)
		}
	},
	"taal": func(s *search, g *segment, i, _ uint32, h *hope) {
		if o := (offer{languages: g.languages[g.spoken[i]]}); s.facts.Language == "" || !o.speaks(s.facts.Language) {
			h.worse(1, pointsOpen)
		}
	},
	"oppas": func(s *search, g *segment, i, _ uint32, h *hope) {
		if f := g.facts[i]; s.neverAlone() && fact(f, factSiblings) != yes && fact(f, factChildcare) != yes {
			h.worse(1, pointsOpen)
		}
	},
	"verkeer_route": func(_ *search, g *segment, i, _ uint32, h *hope) {
		if fact(g.facts[i], factAtSchool) != yes {
			h.worse(1, pointsOpen)
		}
	},
}

// glanceOffer looks at aanbod_stopt and veiligheid_onbekend, which no arrangement lifts.
func glanceOffer(s *search, g *segment, i, _ uint32, h *hope) {
	fresh := g.confirmed[i]
	if fresh == 0 {
		fresh = g.validFrom[i]
	}
	switch {
	case g.validTo[i] != 0 && g.validTo[i] < s.on:
		h.worse(rankNuNiet, pointsOpen)
	case fresh < s.stale || fresh == 0:
		h.worse(1, pointsUnknown)
	}
	switch safety(g.facts[i] >> atSafe & 3) {
	case safetyRefused:
		h.worse(rankNuNiet, pointsOpen)
	case safetyUndeclared:
		h.worse(1, pointsUnknown)
	}
}

// tooYoungOrOld is what is soonest seen of most slots: the child is far beside the ages of an offer that has begun.
func (s *search) tooYoungOrOld(g *segment, i, slot uint32) bool {
	lo, hi := g.ageMin[i], g.ageMax[i]
	if s.age < 0 || (hi == noAge || s.agesLeast <= int(hi)+1) && (lo == noAge || s.agesMost >= int(lo)-1) {
		return false
	}
	return g.validFrom[i] <= s.on && g.from[slot] <= s.on && audience(g.facts[i]>>atAudience&7) != forParent
}

// glanceAge looks at leeftijd, which no arrangement lifts. Where an offer has begun, the age on its day of reference is
// known; elsewhere the child is at most a year younger on that day than today.
func glanceAge(s *search, g *segment, i, slot uint32, h *hope) {
	lo, hi := int(age(g.ageMin[i])), int(age(g.ageMax[i]))
	if lo < 0 && hi < 0 || audience(g.facts[i]>>atAudience&7) == forParent {
		return
	}
	years := s.agesNow[g.facts[i]>>atAgeOn&3]
	if g.validFrom[i] > s.on || g.from[slot] > s.on {
		if hi >= 0 && s.age-1 > hi+1 {
			h.worse(rankNuNiet, pointsOpen)
		}
		return
	}
	switch {
	case lo >= 0 && years < lo-1, hi >= 0 && years > hi+1:
		h.worse(rankNuNiet, pointsOpen)
	case lo >= 0 && years < lo, hi >= 0 && years > hi:
		h.worse(1, pointsUnknown)
	}
}

// glanceTime looks at vol and tijd_bezet, which no arrangement lifts.
func glanceTime(s *search, g *segment, _, slot uint32, h *hope) {
	f := g.slotFacts[slot]
	if f>>3&1 == 1 { // full
		if f>>4&1 == 1 {
			h.worse(1, pointsOpen)
		} else {
			h.worse(rankNuNiet, pointsOpen)
		}
	}
	weekday, dates := int8(f&7)-1, f>>7 == 1
	switch {
	case weekday < 0 && dates:
	case weekday < 0:
		h.worse(1, pointsUnknown)
	case s.free[weekday+1][partsBetween(int(g.start[slot]), int(g.end[slot]))] == no:
		h.worse(rankNuNiet, pointsOpen)
	}
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

// glanceBring looks at brengen_avond, brengen_overdag and niet_alleen for a child that never goes alone: whatever the
// way, an adult is on the road right after the end, and right before the start but where the child is at school.
func glanceBring(s *search, g *segment, i, slot uint32, h *hope) {
	f := g.slotFacts[slot]
	weekday, dates := int8(f&7)-1, f>>7 == 1
	if answer(f>>5&3) == yes || weekday < 0 && dates {
		return
	}
	road := partsBetween(int(g.end[slot]), int(g.end[slot])+1)
	if fact(g.facts[i], factAtSchool) != yes {
		road |= partsBetween(int(g.start[slot])-1, int(g.start[slot]))
	}
	none := false
	for _, in := range [2]parts{daytime, evening} {
		if may := s.bringing[weekday+1][road&in]; may != yes {
			h.worse(1, pointsUnknown)
			none = none || may == no
		}
	}
	if none {
		h.worse(1, pointsUnknown)
	}
}

// paysListPrice says that what the family pays for an offer is its list price.
func (s *search) paysListPrice(g *segment, i uint32) bool {
	return s.listPrice || s.listPriceBut && !g.priceList.lowered(g.prices[i])
}

// glanceMoney looks at the price, and at kosten where that cannot have been lifted. It knows what a family pays when no
// scheme can be counted on; else it hopes that everything is paid for.
func glanceMoney(s *search, g *segment, i, _ uint32, h *hope) {
	if !isSet(g.facts[i], flagCostsSaid) {
		h.points -= pointsCost * (1 - unknownShare)
		if !s.facts.Budget.Unlimited && !s.mayBeLifted {
			h.worse(1, pointsUnknown)
		}
		return
	}
	if !s.paysListPrice(g, i) {
		return
	}
	cents := g.priceList.rows[g.prices[i]].gross
	h.points -= pointsCost - moneyPoints(cents)
	if s.mayBeLifted || cents <= 0 || s.affordable(cents) {
		return
	}
	switch state := s.state("kosten"); {
	case s.facts.Budget.Known || state == questionnaire.BarrierYes:
		h.worse(1, pointsOpen)
	case state != questionnaire.BarrierNotMentioned && state != questionnaire.BarrierNo:
		h.worse(1, pointsUnknown)
	}
}
