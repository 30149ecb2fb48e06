package regeling

import (
	"slices"
	"unique"
)

// maxCents bounds every amount, so that no sum can overflow: ten billion euro.
const maxCents = 1_000_000_000_000

// Tariff is what an activity costs over the first 12 months, worked out once for every family: its compulsory lines and
// what the provider lets some families pay less. It never changes and may be shared by activities with the same price
// lines. The zero Tariff costs nothing.
type Tariff struct {
	gross  int
	duties []duty
	lower  []lowered
}

// duty is one compulsory line over the first 12 months.
type duty struct {
	cents    int // whole first year
	kind     kindSet
	payments uint16 // in that year, 1 or more
}

// lowered is a lower price of the provider for one duty, cheaper than the list price.
type lowered struct {
	cents    int // whole first year
	kind     unique.Handle[string]
	duty     int32
	payments uint16
	when     condition
}

// condition is a set of conditions of reduced prices that hold for a family.
type condition uint8

const (
	lowIncome condition = 1 << iota
	hasPass
)

// kindSet is a set of CostKinds. A kind that is not in that list is in no set: no scheme pays for it.
type kindSet uint32

func kindOf(kind string) kindSet {
	if i := slices.Index(CostKinds, kind); i >= 0 {
		return 1 << i
	}
	return 0
}

func kindsOf(kinds []string) (set kindSet) {
	for _, k := range kinds {
		set |= kindOf(k)
	}
	return set
}

// NewTariff works out steps 1 and 2 of DOMAIN 4.3: the compulsory lines over the first 12 months from the start, and the
// provider's own lower prices. A season fee counts once and never pro rata; a line per time without a number of times
// counts for one time. Amounts are euro cents, from 0 to ten billion euro; what is outside counts as the nearest.
func NewTariff(lines []Line, reduced []ReducedLine) Tariff {
	compulsory := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return !l.Required })
	t := Tariff{duties: make([]duty, len(compulsory))}
	for i, l := range compulsory {
		cents, payments := yearly(l.Cents, l.Per, l.Times)
		t.duties[i] = duty{cents: cents, kind: kindOf(l.Kind), payments: payments}
		t.gross += cents
	}
	for _, r := range reduced {
		t.reduce(compulsory, r)
	}
	return t
}

// reduce adds a lower price of the provider when it can make the line of its kind cheaper.
func (t *Tariff) reduce(compulsory []Line, r ReducedLine) {
	i, when := lineFor(compulsory, r), conditionOf(r.When)
	if i < 0 || when == 0 || r.Per == "time" && compulsory[i].Times <= 0 {
		return
	}
	if cents, payments := yearly(r.Cents, r.Per, compulsory[i].Times); cents < t.duties[i].cents {
		t.lower = append(t.lower, lowered{cents: cents, kind: unique.Make(r.Kind), duty: int32(i), payments: payments, when: when})
	}
}

// lineFor finds the line a reduced price replaces: same kind and period, else the first of its kind; -1 when there is none.
func lineFor(lines []Line, r ReducedLine) int {
	if i := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == r.Kind && l.Per == r.Per }); i >= 0 {
		return i
	}
	return slices.IndexFunc(lines, func(l Line) bool { return l.Kind == r.Kind })
}

// yearly brings an amount to 12 months and says in how many payments. An unknown period counts once.
func yearly(cents int, per string, times int) (year int, payments uint16) {
	payments = 1
	switch per {
	case "month":
		payments = 12
	case "quarter":
		payments = 4
	case "time":
		payments = uint16(min(max(times, 1), 10_000))
	}
	return bounded(bounded(cents) * int(payments)), payments
}

func bounded(cents int) int { return min(max(cents, 0), maxCents) }

// conditionsOf gives the conditions that the signals of a family fulfil.
func conditionsOf(given []string) (c condition) {
	for _, signal := range given {
		switch signal {
		case "low_yes", "debt_yes":
			c |= lowIncome
		case "pass_yes":
			c |= hasPass
		}
	}
	return c
}

// conditionOf reads the condition of a reduced price; 0 when no family can be said to fulfil it.
func conditionOf(when string) condition {
	switch when {
	case "low_income":
		return lowIncome
	case "pass":
		return hasPass
	}
	return 0
}

// GrossCents is the list price of the first 12 months in euro cents: no family pays more, whatever the schemes do.
func (t *Tariff) GrossCents() int { return t.gross }

// reducedFor names the kinds that are cheaper for families for whom some conditions hold, each once.
func (t *Tariff) reducedFor(holds condition) (kinds []string) {
	for _, l := range t.lower {
		if kind := l.kind.Value(); l.when&holds != 0 && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
