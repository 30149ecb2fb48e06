package regeling

import (
	"cmp"
	"slices"
)

// Cost gives what a family pays itself for an activity in the first 12 months (DOMAIN 4.3). It promises
// 0 <= MaybeCents <= NetCents <= GrossCents, and the same outcome for schemes in any order. GrossCents is the list
// price; NetCents is after the provider's own lower price and after schemes that are bevestigd or verwacht; MaybeCents
// also after schemes that are mogelijk. Granted money is used first, then expected, then possible, each in the order:
// not last resort, then id. Parts holds every scheme in that order, also those that give nothing, with a reason.
// A net cost of 0 is only sure when every part that gives money is bevestigd.
func (f *Family) Cost(o *Offer) Cost {
	f.lay(&o.Tariff)
	s := f.season(o.Start)
	f.claims, f.kept = f.claims[:0], s.kept
	f.collectAll(s, o)
	f.settle(possible)
	cost := f.outcome(o)
	cost.Parts, cost.ReducedUsed = f.parts(o), o.Tariff.reducedFor(f.holds)
	return cost
}

// parts tells what every scheme does.
func (f *Family) parts(o *Offer) []Part {
	parts := make([]Part, 0, len(f.claims)+len(f.home.Approved))
	for i := range f.claims {
		parts = append(parts, f.claims[i].part())
	}
	return append(parts, f.unlisted(o.Activity)...)
}

// part tells what a scheme does that has answered.
func (c *claim) part() Part {
	p := Part{Scheme: c.rule.ID, Name: c.rule.Name, Certainty: certainties[c.sure], Cents: c.cents}
	if c.sure == nothing {
		p.Why = c.no.why()
	}
	return p
}

// unlisted names grants of schemes that are not in the list: what they cover is not known, so they count for nothing.
func (f *Family) unlisted(activity string) (parts []Part) {
	for _, a := range f.home.Approved {
		known := slices.ContainsFunc(f.claims, func(c claim) bool { return c.rule.ID == a.Scheme }) ||
			slices.ContainsFunc(parts, func(o Part) bool { return o.Scheme == a.Scheme })
		if !known && a.Activity == activity {
			parts = append(parts, Part{Scheme: a.Scheme, Certainty: None, Why: whyUnknown})
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Compare(a.Scheme, b.Scheme) })
	return parts
}
