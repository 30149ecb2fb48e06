package regeling

import "slices"

// maxCents bounds every amount, so that no sum can overflow: ten billion euro.
const maxCents = 1_000_000_000_000

// Tariff is what an activity costs over the first 12 months, worked out once for every family: it holds the list price
// and what is left of it under each reduced price of the provider. It never changes and may be shared by activities with
// the same price lines.
type Tariff struct {
	gross int
	full  bill
	lower *[conditions]bill // by the conditions that hold; nil when the provider has no lower prices

	lines []Line            // the compulsory ones
	spare *[conditions]bill // to be used for lower
}

// condition is a set of conditions of reduced prices that hold for a family.
type condition uint8

const (
	lowIncome condition = 1 << iota
	hasPass
	conditions
)

// bill is the price lines of one family, after the provider's own lower prices.
type bill struct {
	duties  []duty
	cents   int       // all of it
	kinds   kindSet   // of what costs something
	reduced []string  // kinds that became cheaper, each once
	names   [4]string // room for reduced
}

// duty is one compulsory line over the first 12 months.
type duty struct {
	kind  kindSet
	cents int // whole first year
	first int // first payment: a month, a quarter, one time, or all of it
}

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
func NewTariff(lines []Line, reduced []ReducedLine) *Tariff {
	t := &Tariff{}
	t.Set(lines, reduced)
	return t
}

// Set makes the tariff that of other lines, in the memory it already has. What was read of it before no longer holds.
func (t *Tariff) Set(lines []Line, reduced []ReducedLine) {
	t.lines = t.lines[:0]
	for _, l := range lines {
		if l.Required {
			t.lines = append(t.lines, l)
		}
	}
	t.full.set(t.lines, nil, 0)
	t.gross, t.lower = t.full.cents, nil
	if len(reduced) == 0 {
		return
	}
	if t.spare == nil {
		t.spare = &[conditions]bill{}
	}
	t.lower = t.spare
	for c := range conditions {
		t.lower[c].set(t.lines, reduced, c)
	}
}

// bill is what a family owes for whom some conditions hold.
func (t *Tariff) bill(holds condition) *bill {
	if t.lower == nil {
		return &t.full
	}
	return &t.lower[holds]
}

// GrossCents is the list price of the first 12 months in euro cents: no family pays more, whatever the schemes do.
func (t *Tariff) GrossCents() int { return t.gross }

// set makes the bill that of a family for whom some conditions hold.
func (b *bill) set(compulsory []Line, reduced []ReducedLine, c condition) {
	*b = bill{duties: b.duties[:0]}
	for _, l := range compulsory {
		b.duties = append(b.duties, duty{kind: kindOf(l.Kind), cents: yearly(l.Cents, l.Per, l.Times), first: bounded(l.Cents)})
	}
	for _, r := range reduced {
		if c.holds(r.When) {
			b.reduce(compulsory, r)
		}
	}
	for _, d := range b.duties {
		b.cents += d.cents
		if d.cents > 0 {
			b.kinds |= d.kind
		}
	}
}

// reduce lets a lower price of the provider replace the line of its kind.
func (b *bill) reduce(compulsory []Line, r ReducedLine) {
	i := lineFor(compulsory, r)
	if i < 0 || r.Per == "time" && compulsory[i].Times <= 0 {
		return
	}
	d := &b.duties[i]
	if cents := yearly(r.Cents, r.Per, compulsory[i].Times); cents < d.cents {
		d.cents, d.first = cents, bounded(r.Cents)
		if !slices.Contains(b.reduced, r.Kind) {
			if b.reduced == nil {
				b.reduced = b.names[:0]
			}
			b.reduced = append(b.reduced, r.Kind)
		}
	}
}

// lineFor finds the line a reduced price replaces: same kind and period, else the first of its kind; -1 when there is none.
func lineFor(lines []Line, r ReducedLine) int {
	if i := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == r.Kind && l.Per == r.Per }); i >= 0 {
		return i
	}
	return slices.IndexFunc(lines, func(l Line) bool { return l.Kind == r.Kind })
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

// holds says whether the condition of a reduced price is among c.
func (c condition) holds(when string) bool {
	return when == "low_income" && c&lowIncome != 0 || when == "pass" && c&hasPass != 0
}
