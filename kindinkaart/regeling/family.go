package regeling

import "github.com/golang-sql/civil"

// Household is what is the same for one child in every activity. It holds no income and no name.
type Household struct {
	Residence string     // CBS code of the municipality of the child's registered home, for example GM0599
	Born      civil.Date // day 1 when only the month is known
	On        civil.Date // today
	Signals   []string   // low_yes, debt_yes, pass_yes, low_no, unknown; empty = not asked
	Used      []Used
	Approved  []Approval
}

// Offer is what the rules need to know about one activity.
type Offer struct {
	Tariff     *Tariff // nil costs nothing
	Category   Category
	Recognised string     // provider recognised by the fund: ja, nee, onbekend
	Activity   string     // id, to find approvals
	Start      civil.Date // first day of taking part; zero = today
}

// Family is a household with the schemes worked out for it, for as many activities as one likes. It reuses its own
// memory on every call, so it is not safe for use by several at once.
type Family struct {
	rules    *Rules
	home     Household
	holds    condition
	standing []standing // by rule
	able     int        // rules that may give this household something
	before   []int      // cents per scheme id: used or granted before
	seasons  [8]season  // by start; the last one asked for keeps its place

	// The bill at hand.
	taken   []int // before, and given now
	bill    []price
	claims  []claim
	kept    []int32
	pending bool // some scheme still has to answer
	applyBy civil.Date
}

// standing is why a scheme gives a household nothing, or how sure its income makes it.
type standing struct {
	no   reasons
	sure level
}

// season is what the schemes do for a household that starts on one day.
type season struct {
	ready bool
	start civil.Date
	kept  []int32      // of each scheme the version that counts
	open  []claim      // schemes that can pay something, in the order of DOMAIN 4.3 step 3
	days  []civil.Date // the last day to apply for each of them
}

// Family works out what the rules give one household. It takes about a microsecond.
func (r *Rules) Family(h Household) *Family {
	f := &Family{rules: r, home: h, holds: conditionsOf(h.Signals), standing: make([]standing, len(r.rules))}
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

// season gives what the schemes do on one start date, worked out once for each of the last few.
func (f *Family) season(start civil.Date) *season {
	if start.IsZero() {
		start = f.home.On
	}
	s := &f.seasons[(start.Day+int(start.Month)*3+start.Year)&7]
	if !s.ready || s.start != start {
		f.prepare(s, start)
	}
	return s
}

func (f *Family) prepare(s *season, start civil.Date) {
	s.ready, s.start = true, start
	s.kept = f.rules.first
	if f.rules.many {
		s.kept = f.rules.versionsOn(f.home.On, start)
	}
	if s.open == nil {
		s.open, s.days = make([]claim, 0, f.able), make([]civil.Date, 0, f.able)
	}
	s.open, s.days = s.open[:0], s.days[:0]
	for _, last := range []bool{false, true} {
		for _, n := range s.kept {
			r := &f.rules.rules[n]
			if r.LastResort != last || f.standing[n].no != 0 {
				continue
			}
			if no, age, known := r.onStart(&f.home, start); no == 0 {
				s.open, s.days = append(s.open, f.claim(r, start, age, known)), append(s.days, r.lastDay(start))
			}
		}
	}
	for i := range s.open {
		s.open[i].applyBy = &s.days[i]
	}
}

// versionsOn keeps of each scheme the version that holds at the start, else the newest.
func (r *Rules) versionsOn(on, start civil.Date) []int32 {
	kept := make([]int32, len(r.groups))
	for i, g := range r.groups {
		kept[i] = g.from
		for n := g.from + 1; n < g.to; n++ {
			if r.rules[kept[i]].outOfTime(on, start)&(notYet|ended) != 0 {
				kept[i] = n
			}
		}
	}
	return kept
}

// claim is what a scheme that fits a household may do on one start date, before the activity is known. Without an age it
// is never more than possible.
func (f *Family) claim(r *rule, start civil.Date, age int, known bool) claim {
	c := claim{rule: r, sure: f.standing[r.self].sure, most: r.maximum(age, known), early: r.inTime(f.home.On, start)}
	if !known {
		c.sure = possible
	}
	return c
}

// inTime says whether the money is there at the start: it does not come back to the family afterwards, and an
// application made today is answered by then.
func (r *rule) inTime(on, start civil.Date) bool {
	return r.PaysTo != "family" && r.days > 0 && !on.IsZero() && !start.Before(on.AddDays(r.days))
}

// lastDay is the last day to apply: start minus decision days, or the day before the start when the decision time is not
// known (DOMAIN 4.3 step 6); zero when a scheme does not ask for it.
func (r *rule) lastDay(start civil.Date) civil.Date {
	if !r.Application.BeforeStart || start.IsZero() {
		return civil.Date{}
	}
	return start.AddDays(-max(r.days, 1))
}
