package regeling

import (
	"slices"

	"github.com/golang-sql/civil"
)

// Household is what is the same for one child in every activity. It holds no income and no name.
type Household struct {
	Residence string     // CBS code of the municipality of the child's registered home, for example GM0599
	Born      civil.Date // day 1 when only the month is known
	On        civil.Date // today
	Signals   []string   // low_yes, debt_yes, pass_yes, low_no, unknown; empty = not asked
	Used      []Used
	Approved  []Approval
	Refused   []Refusal
}

// Offer is what the rules need to know about one activity.
type Offer struct {
	Tariff     Tariff
	Category   Category
	Recognised string // provider recognised by the fund: ja, nee, onbekend
	Activity   string // id, to find approvals and refusals
	Start      Day    // first day of taking part; zero = today
}

// Family is a household with the schemes worked out for it, for as many activities as one likes. It reuses its own
// memory on every call, so it is not safe for use by several at once.
type Family struct {
	rules    *Rules
	home     Household
	today    Day
	holds    condition
	standing []standing // by rule
	able     int        // rules that may give this household something
	before   []int      // cents per scheme id: used or granted before
	seasons  [8]season  // by start; the last one asked for keeps its place

	// The bill at hand.
	bill    []due
	owes    int     // all of it
	kinds   kindSet // of what costs something
	taken   []int   // before, and given now
	claims  []claim
	paid    [possible + 1]int // by how sure it was
	kept    []int32
	pending bool // some scheme still has to answer
	applyBy Day
}

// standing is why a scheme gives a household nothing, or how sure its income makes it.
type standing struct {
	no   reasons
	sure level
}

// Family works out what the rules give one household. It takes a few microseconds.
func (r *Rules) Family(h Household) *Family {
	f := &Family{rules: r, home: h, today: DayOf(h.On), holds: conditionsOf(h.Signals), standing: make([]standing, len(r.rules))}
	for i := range r.rules {
		if f.standing[i] = r.rules[i].forFamily(&h); f.standing[i].no == 0 {
			f.able++
		}
	}
	counts := make([]int, 2*len(r.ids))
	f.before, f.taken = counts[:len(r.ids)], counts[len(r.ids):]
	f.countGrants()
	return f
}

// countGrants adds up what a child already got. A grant that was paid out is in both lists and counts once.
func (f *Family) countGrants() {
	for _, a := range f.home.Approved {
		if n, ok := f.rules.ids[a.Scheme]; ok {
			f.before[n] += bounded(a.Cents)
		}
	}
	for _, u := range f.home.Used {
		if n, ok := f.rules.ids[u.Scheme]; ok {
			f.taken[n] += bounded(u.Cents)
		}
	}
	for n, granted := range f.before {
		f.before[n] = max(f.taken[n], granted)
	}
}

// grantedFor is what a scheme approved for one activity.
func (f *Family) grantedFor(activity, scheme string) (cents int) {
	for _, a := range f.home.Approved {
		if a.Activity == activity && a.Scheme == scheme {
			cents += bounded(a.Cents)
		}
	}
	return cents
}

// named says that something was granted or refused for one activity.
func (f *Family) named(activity string) bool {
	return slices.ContainsFunc(f.home.Approved, func(a Approval) bool { return a.Activity == activity }) ||
		slices.ContainsFunc(f.home.Refused, func(r Refusal) bool { return r.Activity == activity })
}

// SaidNo names the schemes that said no for an activity, by id; a scheme that is not in the list has no name.
func (f *Family) SaidNo(activity string) (names []string) {
	for _, g := range f.rules.groups {
		if r := &f.rules.rules[g.from]; f.home.refused(r.ID, activity) {
			names = append(names, r.Name)
		}
	}
	return names
}

// refused says that a scheme said no for an activity.
func (h *Household) refused(scheme, activity string) bool {
	return slices.Contains(h.Refused, Refusal{Scheme: scheme, Activity: activity})
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
