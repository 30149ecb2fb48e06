package regeling

import "slices"

// maxCents bounds every amount, so that no sum can overflow: ten billion euro.
const maxCents = 1_000_000_000_000

// price is one compulsory line over the first 12 months.
type price struct {
	kind  string
	times int
	per   string
	cents int // whole first year
	first int // first payment: a month, a quarter, one time, or all of it
	rest  int // not covered yet
	early int // covered by money that is there at the start
}

// firstYear is step 1 of DOMAIN 4.3: the compulsory lines over the first 12 months from the start. A season fee counts
// once and never pro rata; a line per time without a number of times counts for one time.
func firstYear(lines []Line) (prices []price, gross int) {
	prices = make([]price, 0, len(lines))
	for _, l := range lines {
		if !l.Required {
			continue
		}
		p := price{kind: l.Kind, times: l.Times, per: l.Per, first: bounded(l.Cents)}
		p.cents = yearly(l.Cents, l.Per, l.Times)
		p.rest = p.cents
		gross += p.cents
		prices = append(prices, p)
	}
	return prices, gross
}

// yearly brings an amount to 12 months. An unknown period counts once.
func yearly(cents int, per string, times int) int {
	switch per {
	case "month":
		return bounded(bounded(cents) * 12)
	case "quarter":
		return bounded(bounded(cents) * 4)
	case "time":
		return bounded(bounded(cents) * min(max(times, 1), 10_000))
	}
	return bounded(cents)
}

func bounded(cents int) int { return min(max(cents, 0), maxCents) }

// reduce is step 2 of DOMAIN 4.3: the provider's own lower price replaces the line of its kind when its condition
// holds. It gives the kinds that became cheaper, each once.
func reduce(prices []price, reduced []ReducedLine, given []string) (kinds []string) {
	for _, r := range reduced {
		if !conditionHolds(r.When, given) {
			continue
		}
		p := lineFor(prices, r)
		if p == nil || r.Per == "time" && p.times <= 0 {
			continue
		}
		if cents := yearly(r.Cents, r.Per, p.times); cents < p.cents {
			p.cents, p.rest, p.first = cents, cents, bounded(r.Cents)
			if !slices.Contains(kinds, r.Kind) {
				kinds = append(kinds, r.Kind)
			}
		}
	}
	return kinds
}

// lineFor finds the line a reduced price replaces: same kind and period, else the first of its kind.
func lineFor(prices []price, r ReducedLine) *price {
	var first *price
	for i := range prices {
		p := &prices[i]
		if p.kind == r.Kind && p.per == r.Per {
			return p
		}
		if p.kind == r.Kind && first == nil {
			first = p
		}
	}
	return first
}

func conditionHolds(when string, given []string) bool {
	switch when {
	case "low_income":
		return slices.Contains(given, "low_yes") || slices.Contains(given, "debt_yes")
	case "pass":
		return slices.Contains(given, "pass_yes")
	}
	return false
}

// cover lets a scheme pay the lines it covers, in their order, up to left cents. It gives what was paid.
func cover(prices []price, s *Scheme, left int, inTime bool) (paid int) {
	for i := range prices {
		p := &prices[i]
		if p.rest == 0 || !s.pays(p.kind) {
			continue
		}
		cents := min(p.rest-s.ownShare(p.rest), left-paid)
		p.rest -= cents
		paid += cents
		if inTime {
			p.early += cents
		}
	}
	return paid
}

// pays says whether the scheme covers a cost kind.
func (s *Scheme) pays(kind string) bool {
	return slices.Contains(s.Covers, kind) && !slices.Contains(s.NotCovers, kind)
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

func total(prices []price) (cents int) {
	for _, p := range prices {
		cents += p.rest
	}
	return cents
}
