package regeling

import "slices"

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
// activity, or refused, it gathers all.
func (f *Family) collect(o *Offer, upTo level) {
	f.claims = f.claims[:0]
	s := f.season(o.Start)
	f.kept = s.kept
	if f.named(o.Activity) {
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
	if f.home.refused(r.ID, o.Activity) {
		no |= saidNo
	}
	if c.sure, c.no = sure, c.no|no; c.no != 0 {
		c.sure = nothing
	}
	return c
}
