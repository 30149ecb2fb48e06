package regeling

import (
	"cmp"
	"slices"
)

// level is a Certainty as a number.
type level uint8

const (
	nothing level = iota
	confirmed
	expected
	possible
)

var certainties = [...]Certainty{nothing: None, confirmed: Confirmed, expected: Expected, possible: Possible}

// Figures is what ranking needs of Cost. Amounts are euro cents, 0 or more, and NetCents <= GrossCents.
type Figures struct {
	GrossCents    int
	NetCents      int
	ExpectedCents int // what schemes that are verwacht pay
}

// claim is what one scheme may do for one family and activity, and, after give, what it does.
type claim struct {
	rule    *rule
	most    int // of one child in a period, or what was granted
	cents   int // covered
	applyBy Day // zero when the scheme does not ask for it, or has answered
	no      reasons
	sure    level
	early   bool // money that is asked for today is there at the start
}

// due is one line of the bill at hand.
type due struct {
	duty
	rest  int // not covered yet
	early int // covered by money that is there at the start
}

// Figures gives the figures of Cost (DOMAIN 4.3) without allocating, once the first few activities have been seen.
func (f *Family) Figures(o *Offer) Figures {
	if o.Tariff.gross == 0 {
		return Figures{}
	}
	f.lay(&o.Tariff)
	out := Figures{GrossCents: o.Tariff.gross, NetCents: f.owes}
	if f.owes > 0 {
		f.collect(o, expected)
		f.settle(expected)
		out.NetCents, out.ExpectedCents = f.owes-f.paid[confirmed]-f.paid[expected], f.paid[expected]
	}
	return out
}

// Paying is Figures, and Cost with the parts of only those schemes that pay something, in parts, which is used again. It
// leaves out what the provider made cheaper.
func (f *Family) Paying(o *Offer, parts []Part) (Figures, Cost) {
	f.lay(&o.Tariff)
	f.collect(o, possible)
	f.settle(possible)
	cost := f.outcome(o)
	cost.Parts = parts[:0]
	for i := range f.claims {
		if c := &f.claims[i]; c.cents > 0 {
			cost.Parts = append(cost.Parts, c.part())
		}
	}
	return Figures{GrossCents: cost.GrossCents, NetCents: cost.NetCents, ExpectedCents: f.paid[expected]}, cost
}

// lay puts a new bill on the table: the list price, or what the provider makes of it for this family.
func (f *Family) lay(t *Tariff) {
	f.bill, f.owes, f.kinds = f.bill[:0], 0, 0
	for _, d := range t.duties {
		f.bill = append(f.bill, due{duty: d})
	}
	for i := range t.lower {
		l := &t.lower[i]
		if d := &f.bill[l.duty]; l.when&f.holds != 0 && l.cents < d.cents {
			d.cents, d.payments = l.cents, l.payments
		}
	}
	for i := range f.bill {
		d := &f.bill[i]
		d.rest = d.cents
		f.owes += d.cents
		if d.cents > 0 {
			f.kinds |= d.kind
		}
	}
}

// collect gathers the schemes that may pay some of the bill and are at least so sure. When something was granted for the
// activity it gathers all.
func (f *Family) collect(o *Offer, upTo level) {
	f.claims = f.claims[:0]
	s := f.season(o.Start)
	f.kept = s.kept
	if slices.ContainsFunc(f.home.Approved, func(a Approval) bool { return a.Activity == o.Activity }) {
		f.collectAll(s, o)
		return
	}
	p := s.plan(o)
	if p.kinds&f.kinds == 0 {
		return
	}
	for i := range p.claims {
		if c := &p.claims[i]; c.sure <= upTo && c.rule.pays&f.kinds != 0 {
			f.claims = append(f.claims, *c)
		}
	}
}

// collectAll gathers every scheme, also those that give nothing, in the order of DOMAIN 4.3 step 3. What was granted for
// this activity counts whatever the rules say now.
func (f *Family) collectAll(s *season, o *Offer) {
	for _, last := range []bool{false, true} {
		for _, n := range s.kept {
			r := &f.rules.rules[n]
			if r.LastResort != last {
				continue
			}
			if granted := f.grantedFor(o.Activity, r.ID); granted > 0 {
				f.claims = append(f.claims, claim{rule: r, sure: confirmed, most: granted, early: r.PaysTo != "family"})
				continue
			}
			f.claims = append(f.claims, f.judge(r, s, o))
		}
	}
}

// judge is what one scheme may do, with every reason why not.
func (f *Family) judge(r *rule, s *season, o *Offer) claim {
	c := claim{rule: r, sure: nothing}
	if i := slices.IndexFunc(s.open, func(c claim) bool { return c.rule == r }); i >= 0 {
		c = s.open[i]
	} else {
		late, _, _ := r.onStart(f, s)
		c.no = f.standing[r.self].no | late
	}
	no, sure := r.forOffer(o, c.sure)
	if c.sure, c.no = sure, c.no|no; c.no != 0 {
		c.sure = nothing
	}
	return c
}

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
