package matcher

import (
	"math/bits"

	"wijknetwerk/kindinkaart/questionnaire"
)

// A glance at a slot says what can be hoped of it by its columns alone, as the rules would find it. It is never worse
// than the judgement: what an arrangement may have lifted is left out as soon as something was arranged.

// setTold looks up what the facts of offers tell for this family, as the rules of barriers would find it. Of a three-valued
// fact the low bit says yes.
func (s *search) setTold() {
	for i, m := range manners {
		if wish := s.wishAt[i]; wish != 0 {
			s.tell(7<<m.at, wish<<m.at, worse(rankZo, pointsPref))
			s.hopes.most += hope(pointsPref)
		}
	}
	s.tell(3<<atSafety, facts(safetyRefused)<<atSafety, worse(rankNuNiet, pointsOpen))
	s.tell(3<<atSafety, facts(safetyUndeclared)<<atSafety, worse(rankHulp, pointsUnknown))
	if s.mayBeLifted || s.facts.Budget.Unlimited {
		s.tell(1<<flagCostsSaid, 0, worse(rankZo, costUnknown-pointsCost))
	} else {
		s.tell(1<<flagCostsSaid, 0, worse(rankHulp, costUnknown-pointsCost+pointsUnknown))
	}
	if s.mayBeLifted {
		return
	}
	s.tellNeeds()
	for code, t := range namedTells {
		if s.named(code) && (code != "oppas" || s.neverAlone()) {
			s.tell(t.mask, t.value, worse(rankHulp, pointsOpen))
		}
	}
}

// tell adds what it changes when the facts under mask, all of one group, are value.
func (s *search) tell(mask, value facts, h hope) {
	group := bits.TrailingZeros64(uint64(mask)) / groupBits
	mask, value = mask>>(group*groupBits), value>>(group*groupBits)
	for f := range s.hopes.told[group] {
		s.hopes.told[group][f] += h & ifZero(facts(f)&mask^value)
	}
}

// tellNeeds tells what fysiek_toegankelijk and prikkels_begeleiding change for what a child needs.
func (s *search) tellNeeds() {
	stands, asked := worse(rankHulp, pointsOpen), worse(rankHulp, pointsUnknown)
	if s.needs(onWheels...) {
		s.tell(answers(factStepFree, no), answers(factStepFree, no), stands)
		s.tell(answers(factStepFree, no)|isYes(factStepFree), 0, asked)
	}
	switch {
	case s.needs("guidance_needed"), s.needs("hearing", "seeing") && !s.needs("low_stimulus"):
		s.tell(isYes(factExtraSupport), 0, stands)
	case s.needs("low_stimulus"):
		s.tell(isYes(factLowStimulus), 0, stands)
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

func answers(which int, a answer) facts { return facts(a) << which }

// signOf is what is soonest seen of a slot: what its facts and its times tell. Most slots near a family are no better than
// the second group, so that the first ask of each is whether it may be in the first. It is added up with hardly a branch, for
// which way those go cannot be foreseen.
func (s *search) signOf(r *row, at *slotRow) hope {
	h, day := s.hopes, at.facts>>atWeekday&7
	road := at.facts >> atRoad >> ((atRoadBack - atRoad) * (r.facts >> factAtSchool & 1)) & 15
	sum := h.slot + h.there[day][at.facts.parts(atThere)] + h.road[day][road] + fullHopes[at.facts>>flagFull&3]
	const group, f = 1<<groupBits - 1, groupBits
	sum += h.told[0][r.facts&group] + h.told[1][r.facts>>f&group] + h.told[2][r.facts>>(2*f)&group] +
		h.told[3][r.facts>>(3*f)&group] + h.told[4][r.facts>>(4*f)&group] + h.told[5][r.facts>>(5*f)&group]
	ended := btoi(r.validTo-1 < s.on-1) // 0 is no last day
	return sum + endHopes[ended<<1|btoi(r.confirmed < s.stale)] + s.ageHope(r, at)
}

// endHopes is what aanbod_stopt changes, which no arrangement lifts: by ended, and not confirmed lately.
var endHopes = [4]hope{1: worse(rankHulp, pointsUnknown), 2: worse(rankNuNiet, pointsOpen), 3: worse(rankNuNiet, pointsOpen)}

// hopeOf is how early a slot can come at best by its sign; cos is at most the cosine of its latitude.
func (w *walker) hopeOf(g *segment, slot uint32, sign hope, cos float32) order {
	at := &g.slots[slot]
	r := &g.offers[at.offer]
	h := sign + hope(w.interestHope(r))
	if at.place < 0 || len(w.origins) == 0 {
		h += noWay
	} else {
		h += w.hopes.reach.of(w.leastMetresTo(at.at, cos))
	}
	if w.hopes.languages && w.otherTongue(g, r) {
		h += worse(rankHulp, pointsOpen)
	}
	if r.is(flagCostsSaid) {
		h += w.priceHope(g, r.priceAt)
	}
	return h.order(at.facts.is(flagFull))
}

// otherTongue says that no language is shared.
func (s *search) otherTongue(g *segment, r *row) bool {
	return s.facts.Language == "" || !speaks(g.languages[r.spoken], s.facts.Language)
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

// ageHope is what leeftijd changes, which no arrangement lifts. Where an offer has begun, the age on its day of reference
// is known; elsewhere the child is at most a year younger on that day than today. No limit is 255, and 0 with one added.
func (s *search) ageHope(r *row, at *slotRow) hope {
	if s.age < 0 || r.audience() == forParent {
		return 0
	}
	if max(r.validFrom, at.from) > s.on {
		return ageHopes[3*btoi(int(r.ageMax)+1 < s.age-1)]
	}
	years := s.years[r.ageOn()]
	beside := btoi(r.ageMin+1 > years+1) | btoi(r.ageMax < years)
	far := btoi(r.ageMin+1 > years+2) | btoi(int(r.ageMax)+1 < int(years))
	return ageHopes[far<<1|beside]
}

// ageHopes is what it changes to be beside the limits, or more than a year beside them.
var ageHopes = [4]hope{1: worse(rankHulp, pointsUnknown), 3: worse(rankNuNiet, pointsOpen)}

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
	h := min(hope(12*halfCostMonth*int(pointsCost)/(12*halfCostMonth+cents))+1-hope(pointsCost), 0) // moneyPoints, rounded up
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
