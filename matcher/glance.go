package matcher

import "wijknetwerk/kindinkaart/questionnaire"

// A glance at a slot says what can be hoped of it by its columns alone, as the rules would find it. It is never worse
// than the judgement: what an arrangement may have lifted is left out as soon as something was arranged.

// tell is what a fact of an offer changes for one family, where the facts under mask are value.
type tell struct {
	mask, value facts
	hope
}

// setTells keeps what the facts of offers tell for this family, as the rules of barriers would find it. Of a three-valued
// fact the low bit says yes.
func (s *search) setTells() {
	tells := s.hopes.tells
	add := func(mask, value facts, rank uint8, p points) { tells = append(tells, tell{mask, value, hope{rank, p}}) }
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
		for code, t := range namedTells {
			if s.named(code) && (code != "oppas" || s.neverAlone()) {
				add(t.mask, t.value, rankHulp, pointsOpen)
			}
		}
	}
	s.hopes.tells = tells
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

func isYes(which int) facts { return facts(yes) << (atAnswers + 2*which) }

// hopeOf glances at one slot; cos is at most the cosine of its latitude.
func (w *walker) hopeOf(g *segment, slot uint32, cos float32) order {
	at := &g.slots[slot]
	r := &g.offers[at.offer]
	_, value := w.interestIn(r)
	h := w.hopes.slot
	h.points += pointsInterest.share(max(value, 0))
	if at.place < 0 || len(w.origins) == 0 {
		h.noWay()
	} else {
		w.travelHope(&h, w.leastMetresTo(at.at, cos))
	}
	for i := range w.hopes.tells {
		if t := &w.hopes.tells[i]; r.facts&t.mask == t.value {
			h.worse(t.rank, t.points)
		}
	}
	if w.hopes.languages && (w.facts.Language == "" || !speaks(g.languages[r.spoken], w.facts.Language)) {
		h.worse(rankHulp, pointsOpen)
	}
	w.glanceEnd(&h, r)
	w.glanceAge(&h, r, at)
	w.glanceTime(&h, at)
	if w.hopes.bringing {
		w.glanceBring(&h, r, at)
	}
	if r.is(flagCostsSaid) {
		w.glanceMoney(&h, g, r.priceAt)
	}
	return orderOf(h.rank, at.facts.full(), h.points)
}

// glanceEnd looks at aanbod_stopt, which no arrangement lifts.
func (s *search) glanceEnd(h *hope, r *row) {
	switch fresh := r.lastConfirmed(); {
	case r.validTo != 0 && r.validTo < s.on:
		h.worse(rankNuNiet, pointsOpen)
	case fresh < s.stale || fresh == 0:
		h.worse(rankHulp, pointsUnknown)
	}
}

// tooYoungOrOld is what is soonest seen of most slots: the child is far beside the ages of an offer that has begun.
func (s *search) tooYoungOrOld(r *row, at *slotRow) bool {
	if s.age < 0 || (r.ageMax == noAge || s.agesLeast <= int(r.ageMax)+1) && (r.ageMin == noAge || s.agesMost >= int(r.ageMin)-1) {
		return false
	}
	return r.validFrom <= s.on && at.from <= s.on && r.audience() != forParent
}

// glanceAge looks at leeftijd, which no arrangement lifts. Where an offer has begun, the age on its day of reference is
// known; elsewhere the child is at most a year younger on that day than today.
func (s *search) glanceAge(h *hope, r *row, at *slotRow) {
	lo, hi := r.ages()
	if s.age < 0 || lo < 0 && hi < 0 || r.audience() == forParent {
		return
	}
	if r.validFrom > s.on || at.from > s.on {
		if hi >= 0 && s.age-1 > hi+1 {
			h.worse(rankNuNiet, pointsOpen)
		}
		return
	}
	switch years := s.agesNow[r.ageOn()]; {
	case lo >= 0 && years < lo-1, hi >= 0 && years > hi+1:
		h.worse(rankNuNiet, pointsOpen)
	case lo >= 0 && years < lo, hi >= 0 && years > hi:
		h.worse(rankHulp, pointsUnknown)
	}
}

// glanceTime looks at vol and tijd_bezet, which no arrangement lifts.
func (s *search) glanceTime(h *hope, at *slotRow) {
	if at.facts.full() {
		if at.facts.waitlist() {
			h.worse(rankHulp, pointsOpen)
		} else {
			h.worse(rankNuNiet, pointsOpen)
		}
	}
	switch weekday := at.facts.weekday(); {
	case weekday < 0 && at.facts.dated():
	case weekday < 0:
		h.worse(rankHulp, pointsUnknown)
	case s.free[weekday+1][partsBetween(int(at.start), int(at.end))] == no:
		h.worse(rankNuNiet, pointsOpen)
	}
}

// glanceBring looks at brengen_avond, brengen_overdag and niet_alleen for a child that never goes alone: whatever the
// way, an adult is on the road right after the end, and right before the start but where the child is at school.
func (s *search) glanceBring(h *hope, r *row, at *slotRow) {
	weekday := at.facts.weekday()
	if at.facts.pickup() == yes || weekday < 0 && at.facts.dated() {
		return
	}
	road := partsBetween(int(at.end), int(at.end)+1)
	if r.says(factAtSchool) != yes {
		road |= partsBetween(int(at.start)-1, int(at.start))
	}
	none := false
	for _, in := range [2]parts{daytime, evening} {
		if may := s.bringing[weekday+1][road&in]; may != yes {
			h.worse(rankHulp, pointsUnknown)
			none = none || may == no
		}
	}
	if none {
		h.worse(rankHulp, pointsUnknown)
	}
}

// paysListPrice says that what the family pays for a price is what is on the list.
func (s *search) paysListPrice(g *segment, price uint32) bool {
	return s.hopes.listPrice || s.hopes.listPriceBut && !g.priceList.lowered(price)
}

// glanceMoney looks at the price, and at kosten where that cannot have been lifted. It knows what a family pays when no
// scheme can be counted on; else it hopes that everything is paid for.
func (s *search) glanceMoney(h *hope, g *segment, price uint32) {
	if !s.paysListPrice(g, price) {
		return
	}
	cents := g.priceList.gross(price)
	h.points += moneyPoints(cents) - pointsCost
	if cents > 0 && !s.affordable(cents) {
		h.worse(s.hopes.overBudget.rank, s.hopes.overBudget.points)
	}
}

// overBudget is what a list price over the budget changes.
func (s *search) overBudget() hope {
	switch state := s.state("kosten"); {
	case s.mayBeLifted:
		return hope{}
	case s.facts.Budget.Known || state == questionnaire.BarrierYes:
		return hope{rankHulp, pointsOpen}
	case state != questionnaire.BarrierNotMentioned && state != questionnaire.BarrierNo:
		return hope{rankHulp, pointsUnknown}
	}
	return hope{}
}
