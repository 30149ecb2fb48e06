package matcher

import (
	"math/bits"

	"wijknetwerk/kindinkaart/questionnaire"
)

// A glance at a slot says what can be hoped of it by its columns alone, as the rules would find it. It is never worse
// than the judgement: what an arrangement may have lifted is left out as soon as something was arranged.

// tell is what facts of an offer change for one family, where those under mask are value.
type tell struct {
	mask, value facts
	hope        hope
}

// setTells keeps what the facts of offers tell for this family, as the rules of barriers would find it. Of a three-valued
// fact the low bit says yes.
func (s *search) setTells() {
	tells := s.hopes.tells
	add := func(mask, value facts, rank uint8, p points) {
		tells = append(tells, tell{mask, value, worse(rank, p)})
	}
	for i, m := range manners {
		if wish := s.wishAt[i]; wish != 0 {
			add(7<<m.at, wish<<m.at, rankZo, pointsPref)
		}
	}
	add(3<<atSafety, facts(safetyRefused)<<atSafety, rankNuNiet, pointsOpen)
	add(3<<atSafety, facts(safetyUndeclared)<<atSafety, rankHulp, pointsUnknown)
	if s.mayBeLifted || s.facts.Budget.Unlimited {
		add(1<<flagCostsSaid, 0, rankZo, costUnknown-pointsCost)
	} else {
		add(1<<flagCostsSaid, 0, rankHulp, costUnknown-pointsCost+pointsUnknown)
	}
	if !s.mayBeLifted {
		s.tellNeeds(add)
		for code, t := range namedTells {
			if s.named(code) && (code != "oppas" || s.neverAlone()) {
				add(t.mask, t.value, rankHulp, pointsOpen)
			}
		}
	}
	s.hopes.tells = tells
}

// tellNeeds keeps what fysiek_toegankelijk and prikkels_begeleiding change for what a child needs.
func (s *search) tellNeeds(add func(mask, value facts, rank uint8, p points)) {
	if s.needs(onWheels...) {
		add(answers(factStepFree, no), answers(factStepFree, no), rankHulp, pointsOpen)
		add(answers(factStepFree, no)|isYes(factStepFree), 0, rankHulp, pointsUnknown)
	}
	switch {
	case s.needs("guidance_needed"), s.needs("hearing", "seeing") && !s.needs("low_stimulus"):
		add(isYes(factExtraSupport), 0, rankHulp, pointsOpen)
	case s.needs("low_stimulus"):
		add(isYes(factLowStimulus), 0, rankHulp, pointsOpen)
	}
}

// namedTells are for barriers that count where the family named them and the facts say so.
var namedTells = map[string]struct{ mask, value facts }{
	"spullen":             {isYes(factLendsKit) | 1<<flagNeedsKit, 1 << flagNeedsKit},
	"formulieren":         {1 << flagEasySignUp, 0},
	"twee_huizen":         {isYes(factAbsenceOK), 0},
	"groep_samenstelling": {1 << flagMixed, 1 << flagMixed},
	"oppas":               {isYes(factSiblings) | isYes(factChildcare), 0},
	"verkeer_route":       {isYes(factAtSchool), 0},
}

func isYes(which int) facts { return answers(which, yes) }

func answers(which int, a answer) facts { return facts(a) << (atAnswers + 2*which) }

// hopeOf glances at one slot; cos is at most the cosine of its latitude.
func (w *walker) hopeOf(g *segment, slot uint32, cos float32) order {
	at := &g.slots[slot]
	r := &g.offers[at.offer]
	h := w.hopes.slot + hope(w.interestHope(r)) + w.hopes.there[at.facts>>atWeekday&7][at.facts.parts(atThere)] + fullHopes[at.facts>>flagFull&3]
	if at.place < 0 || len(w.origins) == 0 {
		h += noWay
	} else {
		h += w.wayOf(w.leastMetresTo(at.at, cos))
	}
	for i := range w.hopes.tells {
		t := &w.hopes.tells[i]
		h += t.hope & ifZero(r.facts&t.mask^t.value)
	}
	back := atRoad
	if r.says(factAtSchool) == yes {
		back = atRoadBack
	}
	h += w.hopes.road[at.facts>>atWeekday&7][at.facts.parts(back)]
	if w.hopes.languages && (w.facts.Language == "" || !speaks(g.languages[r.spoken], w.facts.Language)) {
		h += worse(rankHulp, pointsOpen)
	}
	h += w.endHope(r) + w.ageHope(r, at)
	if r.is(flagCostsSaid) {
		h += w.priceHope(g, r.priceAt)
	}
	return h.order(at.facts.is(flagFull))
}

// ifZero is all ones for zero, else zero: a condition without a branch that cannot be foreseen. The highest bit of x is 0.
func ifZero(x facts) hope { return hope((x-1)&^x) >> 63 }

// interestHope is the points of the leaf of an offer that fits best.
func (w *walker) interestHope(r *row) (most points) {
	who := r.audience()
	if who == forParent {
		_, value := w.interestIn(r)
		return pointsInterest.share(max(value, 0))
	}
	table := &w.hopes.interest[btoi(who.together())]
	for tags := r.tags; tags != 0; tags &= tags - 1 {
		most = max(most, table[bits.TrailingZeros64(tags)])
	}
	return most
}

// fullHopes are what vol changes, which no arrangement lifts: by full, and whether there is a waiting list.
var fullHopes = [4]hope{1: worse(rankNuNiet, pointsOpen), 3: worse(rankHulp, pointsOpen)}

// endHope is what aanbod_stopt changes, which no arrangement lifts.
func (s *search) endHope(r *row) hope {
	switch fresh := r.lastConfirmed(); {
	case r.validTo != 0 && r.validTo < s.on:
		return worse(rankNuNiet, pointsOpen)
	case fresh < s.stale || fresh == 0:
		return worse(rankHulp, pointsUnknown)
	}
	return 0
}

// tooYoungOrOld is what is soonest seen of most slots: the child is far beside the ages of an offer that has begun.
func (s *search) tooYoungOrOld(r *row, at *slotRow) bool {
	if s.age < 0 || (r.ageMax == noAge || s.agesLeast <= int(r.ageMax)+1) && (r.ageMin == noAge || s.agesMost >= int(r.ageMin)-1) {
		return false
	}
	return r.validFrom <= s.on && at.from <= s.on && r.audience() != forParent
}

// ageHope is what leeftijd changes, which no arrangement lifts. Where an offer has begun, the age on its day of reference
// is known; elsewhere the child is at most a year younger on that day than today.
func (s *search) ageHope(r *row, at *slotRow) hope {
	lo, hi := r.ages()
	if s.age < 0 || lo < 0 && hi < 0 || r.audience() == forParent {
		return 0
	}
	if r.validFrom > s.on || at.from > s.on {
		if hi >= 0 && s.age-1 > hi+1 {
			return worse(rankNuNiet, pointsOpen)
		}
		return 0
	}
	switch years := s.agesNow[r.ageOn()]; {
	case lo >= 0 && years < lo-1, hi >= 0 && years > hi+1:
		return worse(rankNuNiet, pointsOpen)
	case lo >= 0 && years < lo, hi >= 0 && years > hi:
		return worse(rankHulp, pointsUnknown)
	}
	return 0
}

// paysListPrice says that what the family pays for a price is what is on the list.
func (s *search) paysListPrice(g *segment, price uint32) bool {
	return s.hopes.listPrice || s.hopes.listPriceBut && !g.priceList.lowered(price)
}

// priceHope is what a price changes, and kosten where that cannot have been lifted. It knows what a family pays when no
// scheme can be counted on; else it hopes that everything is paid for.
func (s *search) priceHope(g *segment, price uint32) hope {
	if !s.paysListPrice(g, price) {
		return 0
	}
	cents := g.priceList.gross(price)
	h := hope(12*halfCostMonth*int(pointsCost)/(12*halfCostMonth+cents)) + 1 - hope(pointsCost) // moneyPoints, rounded up
	if cents > 0 && !s.affordable(cents) {
		h += s.hopes.overBudget
	}
	return h
}

// pricedOrder is how early a slot can come at best once it is known what the family pays for it, when that was only hoped for.
func (w *walker) pricedOrder(p *promise) order {
	g := w.board.segments[p.seg]
	i := g.slots[p.at].offer
	r := &g.offers[i]
	if !r.is(flagCostsSaid) || w.paysListPrice(g, r.priceAt) {
		return p.order
	}
	o := &w.offer
	o.row = *r
	if w.needsNames {
		o.id = g.ids.at(int(i))
	}
	cost := w.figures(g, i)
	rank, score := p.order.rank(), p.order.score()+moneyPoints(cost.NetCents)-pointsCost
	if sure := cost.NetCents + cost.ExpectedCents; sure > 0 && !w.affordable(sure) {
		over := w.hopes.overBudget.order(false)
		rank, score = max(rank, over.rank()), score+over.score()
	}
	return orderOf(rank, p.order.full(), score)
}

// overBudget is what a list price over the budget changes.
func (s *search) overBudget() hope {
	switch state := s.state("kosten"); {
	case s.mayBeLifted:
		return 0
	case s.facts.Budget.Known || state == questionnaire.BarrierYes:
		return worse(rankHulp, pointsOpen)
	case state != questionnaire.BarrierNotMentioned && state != questionnaire.BarrierNo:
		return worse(rankHulp, pointsUnknown)
	}
	return 0
}
