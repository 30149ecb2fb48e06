package regeling

import "cmp"

// settle lets the schemes pay that are at least so sure: granted money first, then expected, then possible.
func (f *Family) settle(upTo level) {
	f.pending, f.applyBy, f.paid = false, 0, [possible + 1]int{}
	if len(f.claims) == 0 {
		return
	}
	copy(f.taken, f.before)
	for sure := confirmed; sure <= upTo; sure++ {
		for i := range f.claims {
			if c := &f.claims[i]; c.sure == sure {
				f.give(c)
				f.paid[sure] += c.cents
			}
		}
	}
}

// outcome is what the bill has come to, but for its parts.
func (f *Family) outcome(o *Offer) Cost {
	net := f.owes - f.paid[confirmed] - f.paid[expected]
	return Cost{GrossCents: o.Tariff.gross, NetCents: net, MaybeCents: net - f.paid[possible], BeforeStartCents: f.beforeStart(), ApplyBy: f.applyBy.Date()}
}

// give lets one scheme pay and writes down the outcome in its claim.
func (f *Family) give(c *claim) {
	if c.sure == confirmed {
		c.cents = f.cover(c, c.most)
		return
	}
	no, left := f.obstacle(c)
	if c.no = no; no == 0 {
		c.early = c.early && c.sure == expected
		c.cents = f.cover(c, left)
	}
	if c.cents == 0 {
		c.sure, c.no = nothing, cmp.Or(c.no, nothingToPay)
		return
	}
	f.taken[c.rule.id] += c.cents
	f.pending = true
	if c.applyBy != 0 && (f.applyBy == 0 || c.applyBy < f.applyBy) {
		f.applyBy = c.applyBy
	}
}

// obstacle says why a scheme that fits the child cannot pay now, or what is left for it.
func (f *Family) obstacle(c *claim) (no reasons, left int) {
	switch {
	case !f.remains(c.rule.pays):
		return nothingToPay, 0
	case f.excluded(c.rule):
		return shutOut, 0
	}
	if left = f.left(c); left <= 0 {
		return spent, 0
	}
	return 0, left
}

// remains says whether a line of some kinds is not covered yet.
func (f *Family) remains(kinds kindSet) bool {
	for i := range f.bill {
		if d := &f.bill[i]; d.rest > 0 && d.kind&kinds != 0 {
			return true
		}
	}
	return false
}

// cover lets a scheme pay the lines it covers, in their order, up to left cents. It gives what was paid.
func (f *Family) cover(c *claim, left int) (paid int) {
	for i := range f.bill {
		d := &f.bill[i]
		if d.rest == 0 || d.kind&c.rule.pays == 0 {
			continue
		}
		cents := min(d.rest-c.rule.ownShare(d.rest), left-paid)
		d.rest -= cents
		paid += cents
		if c.early {
			d.early += cents
		}
	}
	return paid
}

// ownShare is what the family keeps paying of one line, 0..cents, rounded up to a cent and at most OwnShareMaxCents.
func (r *rule) ownShare(cents int) int {
	if r.ownPart == 0 {
		return 0
	}
	return min((cents*r.ownPart+9_999)/10_000, r.ownMost)
}

// left is what remains of the maximum of the child in this period and of every shared cap; it may be below 0.
func (f *Family) left(c *claim) int {
	left := c.most - f.taken[c.rule.id]
	for _, n := range c.rule.caps {
		owner := &f.rules.rules[n]
		if f.kept[owner.group] != n {
			continue
		}
		rest := owner.SharedCap.TotalCents
		for _, id := range owner.together {
			rest -= f.taken[id]
		}
		left = min(left, rest)
	}
	return left
}

// excluded says whether a scheme that does not go together with r already paid or pays now.
func (f *Family) excluded(r *rule) bool {
	for _, id := range r.exclusive {
		if f.taken[id] > 0 {
			return true
		}
	}
	for _, n := range r.excludedBy {
		if other := &f.rules.rules[n]; f.kept[other.group] == n && f.taken[other.id] > 0 {
			return true
		}
	}
	return false
}

// beforeStart is what falls due at the start and is not paid by money that is there by then: whole yearly, season and
// single amounts, else one month, quarter or time. It is 0 when no scheme has to answer.
func (f *Family) beforeStart() (cents int) {
	if !f.pending {
		return 0
	}
	for i := range f.bill {
		d := &f.bill[i]
		cents += max(d.cents/int(d.payments)-d.early, 0)
	}
	return cents
}
