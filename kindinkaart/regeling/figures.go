package regeling

import (
	"cmp"
	"slices"

	"github.com/golang-sql/civil"
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

// Figures is Cost without its reasons: what ranking needs of an activity. Amounts are euro cents, 0 or more, and
// MaybeCents <= NetCents <= GrossCents.
type Figures struct {
	GrossCents       int
	NetCents         int
	MaybeCents       int
	BeforeStartCents int
	ExpectedCents    int        // what schemes that are verwacht pay
	ApplyBy          civil.Date // last day to apply; zero when no application is needed
	ReducedUsed      []string   // shared with the tariff: not to be changed
	CanApply         bool       // some scheme that is verwacht or mogelijk pays something
}

// claim is what one scheme may do for one family and activity, and, after give, what it does.
type claim struct {
	rule    *rule
	applyBy *civil.Date // nil for a scheme that pays nothing, or has answered
	most    int         // of one child in a period, or what was granted
	cents   int         // covered
	no      reasons
	sure    level
	early   bool // money that is asked for today is there at the start
}

// price is one line of the bill at hand.
type price struct {
	duty
	rest  int // not covered yet
	early int // covered by money that is there at the start
}

// Figures gives the figures of Cost (DOMAIN 4.3) without allocating, once the first few activities have been seen.
func (f *Family) Figures(o *Offer) Figures {
	if o.Tariff == nil || o.Tariff.gross == 0 {
		return Figures{}
	}
	b := o.Tariff.bill(f.holds)
	out := Figures{GrossCents: o.Tariff.gross, NetCents: b.cents, MaybeCents: b.cents, ReducedUsed: b.reduced}
	if s := f.season(o.Start); b.cents > 0 && f.collect(s, o, b) {
		f.settle(&out, s, b)
	}
	return out
}

// collect gathers the schemes that may pay some of a bill; false when there are none.
func (f *Family) collect(s *season, o *Offer, b *bill) bool {
	f.claims = f.claims[:0]
	if slices.ContainsFunc(f.home.Approved, func(a Approval) bool { return a.Activity == o.Activity }) {
		f.collectAll(s, o)
		return true
	}
	for i := range s.open {
		c := &s.open[i]
		if c.rule.pays&b.kinds == 0 {
			continue
		}
		if no, sure := c.rule.forOffer(o, c.sure); no == 0 {
			f.claims = append(f.claims, *c)
			f.claims[len(f.claims)-1].sure = sure
		}
	}
	return len(f.claims) > 0
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
		late, _, _ := r.onStart(&f.home, s.start)
		c.no = f.standing[r.self].no | late
	}
	no, sure := r.forOffer(o, c.sure)
	if c.sure, c.no = sure, c.no|no; c.no != 0 {
		c.sure = nothing
	}
	return c
}

// settle lets the schemes pay: granted money first, then expected, then possible.
func (f *Family) settle(out *Figures, s *season, b *bill) {
	f.begin(s, b)
	rest := b.cents
	for sure := confirmed; sure <= possible; sure++ {
		paid := 0
		for i := range f.claims {
			if c := &f.claims[i]; c.sure == sure {
				f.give(c)
				paid += c.cents
			}
		}
		rest -= paid
		switch sure {
		case expected:
			out.ExpectedCents, out.NetCents = paid, rest
		case possible:
			out.MaybeCents = rest
		}
	}
	out.CanApply, out.ApplyBy, out.BeforeStartCents = f.pending, f.applyBy, f.beforeStart()
}

// begin lays a new bill on the table.
func (f *Family) begin(s *season, b *bill) {
	f.kept, f.pending, f.applyBy = s.kept, false, civil.Date{}
	copy(f.taken, f.before)
	f.bill = f.bill[:0]
	for _, d := range b.duties {
		f.bill = append(f.bill, price{duty: d, rest: d.cents})
	}
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
	if day := c.applyBy; !day.IsZero() && (f.applyBy.IsZero() || day.Before(f.applyBy)) {
		f.applyBy = *day
	}
}

// obstacle says why a scheme that fits the child cannot pay now, or what is left for it.
func (f *Family) obstacle(c *claim) (no reasons, left int) {
	switch {
	case !f.owes(c.rule.pays):
		return nothingToPay, 0
	case f.excluded(c.rule):
		return shutOut, 0
	}
	if left = f.left(c); left <= 0 {
		return spent, 0
	}
	return 0, left
}

// owes says whether a line of some kinds is not covered yet.
func (f *Family) owes(kinds kindSet) bool {
	for i := range f.bill {
		if p := &f.bill[i]; p.rest > 0 && p.kind&kinds != 0 {
			return true
		}
	}
	return false
}

// cover lets a scheme pay the lines it covers, in their order, up to left cents. It gives what was paid.
func (f *Family) cover(c *claim, left int) (paid int) {
	for i := range f.bill {
		p := &f.bill[i]
		if p.rest == 0 || p.kind&c.rule.pays == 0 {
			continue
		}
		cents := min(p.rest-c.rule.ownShare(p.rest), left-paid)
		p.rest -= cents
		paid += cents
		if c.early {
			p.early += cents
		}
	}
	return paid
}

// ownShare is what the family keeps paying of one line, 0..cents, rounded up to a cent and at most OwnShareMaxCents.
func (s *Scheme) ownShare(cents int) int {
	if s.Share <= 0 || s.Share >= 1 {
		return 0
	}
	hundredths := int(s.Share*10_000 + 0.5)
	own := cents - cents/10_000*hundredths - cents%10_000*hundredths/10_000
	if s.OwnShareMaxCents != nil {
		own = min(own, max(*s.OwnShareMaxCents, 0))
	}
	return own
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
		p := &f.bill[i]
		cents += max(min(p.first, p.cents)-p.early, 0)
	}
	return cents
}

// PaysListPrice says that the household is sure to pay the list price itself: no scheme can be more than possible for it,
// and of a provider with lower prices none of their conditions holds. NetCents and GrossCents of Figures are equal then.
func (f *Family) PaysListPrice(lowerPrices bool) bool {
	if len(f.home.Approved) > 0 || lowerPrices && f.holds != 0 {
		return false
	}
	for i := range f.standing {
		if s := &f.standing[i]; s.no == 0 && s.sure != possible {
			return false
		}
	}
	return true
}
