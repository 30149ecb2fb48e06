package regeling

import (
	"cmp"
	"slices"

	"github.com/golang-sql/civil"
)

// Compute gives what a family pays itself in the first 12 months (DOMAIN 4.3). It promises
// 0 <= MaybeCents <= NetCents <= GrossCents, and the same outcome for schemes in any order. GrossCents is the list
// price; NetCents is after the provider's own lower price and after schemes that are bevestigd or verwacht; MaybeCents
// also after schemes that are mogelijk. Granted money is used first, then expected, then possible, each in the order:
// not last resort, then id. Parts holds every scheme in that order, also those that give nothing, with a reason.
// A net cost of 0 is only sure when every part that gives money is bevestigd.
func Compute(c Case, schemes []Scheme) Cost {
	prices, gross := firstYear(c.Lines)
	cost := Cost{GrossCents: gross, ReducedUsed: reduce(prices, c.Reduced, c.Signals)}
	p := newPurse(&c, schemes, prices)
	cost.Parts = make([]Part, len(p.schemes), len(p.schemes)+len(c.Approved))
	for i, s := range p.schemes {
		certainty, why := fit(&c, s)
		cost.Parts[i] = Part{Scheme: s.ID, Name: s.Name, Certainty: certainty, Why: why}
	}
	for _, level := range []Certainty{Confirmed, Expected, Possible} {
		for i, s := range p.schemes {
			if part := &cost.Parts[i]; part.Certainty == level {
				p.give(s, part)
			}
		}
		switch level {
		case Expected:
			cost.NetCents = total(prices)
		case Possible:
			cost.MaybeCents = total(prices)
		}
	}
	cost.ApplyBy, cost.BeforeStartCents = p.applyBy, p.beforeStart()
	cost.Parts = append(cost.Parts, p.unlisted()...)
	return cost
}

// purse holds what is left to pay and what a child already got.
type purse struct {
	c       *Case
	schemes []*Scheme // one version per id, in the order of DOMAIN 4.3 step 3
	prices  []price
	taken   map[string]int // cents per scheme: used or granted before, and given now
	pending bool           // some scheme still has to answer
	applyBy civil.Date
}

func newPurse(c *Case, schemes []Scheme, prices []price) *purse {
	p := &purse{c: c, schemes: inOrder(c, schemes), prices: prices, taken: map[string]int{}}
	granted := map[string]int{}
	for _, a := range c.Approved {
		granted[a.Scheme] += bounded(a.Cents)
	}
	for _, u := range c.Used {
		p.taken[u.Scheme] += bounded(u.Cents)
	}
	for id, cents := range granted {
		p.taken[id] = max(p.taken[id], cents) // a grant that was paid out is in both lists
	}
	return p
}

// inOrder sorts: not last resort first, then by id. Of several versions of one id it keeps the one that holds at the
// start, else the newest.
func inOrder(c *Case, schemes []Scheme) []*Scheme {
	all := make([]*Scheme, len(schemes))
	for i := range schemes {
		all[i] = &schemes[i]
	}
	slices.SortStableFunc(all, func(a, b *Scheme) int {
		if a.ID != b.ID {
			return cmp.Compare(a.ID, b.ID)
		}
		return a.ValidFrom.DaysSince(b.ValidFrom)
	})
	kept := all[:0]
	for _, s := range all {
		if n := len(kept); n == 0 || kept[n-1].ID != s.ID {
			kept = append(kept, s)
		} else if kept[n-1].holdsNot(c) {
			kept[n-1] = s
		}
	}
	slices.SortStableFunc(kept, func(a, b *Scheme) int { return cmp.Compare(rank(a), rank(b)) })
	return kept
}

func (s *Scheme) holdsNot(c *Case) bool {
	why := s.outOfTime(c)
	return why == whyNotYet || why == whyEnded
}

func rank(s *Scheme) int {
	if s.LastResort {
		return 1
	}
	return 0
}

// give lets one scheme pay and writes down the outcome in its part.
func (p *purse) give(s *Scheme, part *Part) {
	if part.Certainty == Confirmed {
		part.Cents = cover(p.prices, s, approvedHere(p.c, s.ID), s.PaysTo != "family")
		return
	}
	if part.Why = p.obstacle(s); part.Why == "" {
		part.Cents = cover(p.prices, s, p.left(s), part.Certainty == Expected && p.inTime(s))
	}
	if part.Cents == 0 {
		part.Certainty, part.Why = None, cmp.Or(part.Why, whyKinds)
		return
	}
	p.taken[s.ID] += part.Cents
	p.pending = true
	p.setApplyBy(s)
}

// obstacle says why a scheme that fits the child cannot pay now; "" when it can.
func (p *purse) obstacle(s *Scheme) string {
	switch {
	case !slices.ContainsFunc(p.prices, func(l price) bool { return l.rest > 0 && s.pays(l.kind) }):
		return whyKinds
	case p.excluded(s):
		return whyExclusive
	case p.left(s) <= 0:
		return whySpent
	}
	return ""
}

// left is what remains of the maximum of the child in this period and of every shared cap; it may be below 0.
func (p *purse) left(s *Scheme) int {
	left := s.maximum(p.c) - p.taken[s.ID]
	for _, owner := range p.schemes {
		if sc := owner.SharedCap; sc != nil && owner.Verified && (owner.ID == s.ID || slices.Contains(sc.WithSchemes, s.ID)) {
			left = min(left, sc.TotalCents-p.takenTogether(owner))
		}
	}
	return left
}

func (p *purse) takenTogether(owner *Scheme) int {
	sum := p.taken[owner.ID]
	for i, id := range owner.SharedCap.WithSchemes {
		if id != owner.ID && !slices.Contains(owner.SharedCap.WithSchemes[:i], id) {
			sum += p.taken[id]
		}
	}
	return sum
}

// excluded says whether a scheme that does not go together with s already paid or pays now.
func (p *purse) excluded(s *Scheme) bool {
	for _, id := range s.ExclusiveWith {
		if id != s.ID && p.taken[id] > 0 {
			return true
		}
	}
	for _, o := range p.schemes {
		if o.ID != s.ID && p.taken[o.ID] > 0 && slices.Contains(o.ExclusiveWith, s.ID) {
			return true
		}
	}
	return false
}

// inTime says whether the money is there at the start: it does not come back to the family afterwards, and an
// application made today is answered by then.
func (p *purse) inTime(s *Scheme) bool {
	days := s.decisionDays()
	return s.PaysTo != "family" && days > 0 && !p.c.On.IsZero() && !p.c.start().Before(p.c.On.AddDays(days))
}

// setApplyBy keeps the earliest last day to apply: start minus decision days, or the day before the start when the
// decision time is not known (DOMAIN 4.3 step 6).
func (p *purse) setApplyBy(s *Scheme) {
	if !s.Application.BeforeStart || p.c.start().IsZero() {
		return
	}
	day := p.c.start().AddDays(-max(s.decisionDays(), 1))
	if p.applyBy.IsZero() || day.Before(p.applyBy) {
		p.applyBy = day
	}
}

// beforeStart is what falls due at the start and is not paid by money that is there by then: whole yearly, season and
// single amounts, else one month, quarter or time. It is 0 when no scheme has to answer.
func (p *purse) beforeStart() (cents int) {
	if !p.pending {
		return 0
	}
	for _, l := range p.prices {
		cents += max(min(l.first, l.cents)-l.early, 0)
	}
	return cents
}

// unlisted names grants of schemes that are not in the list: what they cover is not known, so they count for nothing.
func (p *purse) unlisted() (parts []Part) {
	for _, a := range p.c.Approved {
		known := slices.ContainsFunc(p.schemes, func(s *Scheme) bool { return s.ID == a.Scheme }) ||
			slices.ContainsFunc(parts, func(o Part) bool { return o.Scheme == a.Scheme })
		if !known && a.Activity == p.c.Activity {
			parts = append(parts, Part{Scheme: a.Scheme, Certainty: None, Why: whyUnknown})
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Compare(a.Scheme, b.Scheme) })
	return parts
}
