package regeling

import "github.com/golang-sql/civil"

// season is what the schemes do for a household that starts on one day.
type season struct {
	ready bool
	start Day
	date  civil.Date // the same
	kept  []int32    // of each scheme the version that counts
	open  []claim    // schemes that can pay something, in the order of DOMAIN 4.3 step 3
	plans []plan     // the same for one kind of provider, as they were asked for
	room  []claim    // of the plans
}

// plan is what the schemes do for a household that starts on one day at one kind of provider.
type plan struct {
	category   Category
	recognised string
	kinds      kindSet // that its schemes pay for
	claims     []claim // schemes that can pay something, in the order of DOMAIN 4.3 step 3
}

// season gives what the schemes do on one start date, worked out once for each of the last few.
func (f *Family) season(start Day) *season {
	if start == 0 {
		start = f.today
	}
	s := &f.seasons[start&7]
	if !s.ready || s.start != start {
		f.prepare(s, start)
	}
	return s
}

func (f *Family) prepare(s *season, start Day) {
	s.ready, s.start, s.date, s.kept = true, start, start.Date(), f.rules.first
	if f.rules.many {
		s.kept = f.rules.versionsOn(f.today, start)
	}
	if s.open == nil {
		s.open = make([]claim, 0, f.able)
	}
	s.open, s.plans, s.room = s.open[:0], s.plans[:0], s.room[:0]
	for _, last := range []bool{false, true} {
		for _, n := range s.kept {
			r := &f.rules.rules[n]
			if r.LastResort != last || f.standing[n].no != 0 {
				continue
			}
			if no, age, known := r.onStart(f, s); no == 0 {
				s.open = append(s.open, f.claim(r, start, age, known))
			}
		}
	}
}

// versionsOn keeps of each scheme the version that holds at the start, else the newest.
func (r *Rules) versionsOn(on, start Day) []int32 {
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
func (f *Family) claim(r *rule, start Day, age int, known bool) claim {
	c := claim{rule: r, sure: f.standing[r.self].sure, most: r.maximum(age, known), early: r.inTime(f.today, start), applyBy: r.lastDay(start)}
	if !known {
		c.sure = possible
	}
	return c
}

// inTime says whether the money is there at the start: it does not come back to the family afterwards, and an
// application made today is answered by then.
func (r *rule) inTime(on, start Day) bool {
	return r.PaysTo != "family" && r.days > 0 && on != 0 && start >= on+r.days
}

// lastDay is the last day to apply: start minus decision days, or the day before the start when the decision time is not
// known (DOMAIN 4.3 step 6); zero when a scheme does not ask for it.
func (r *rule) lastDay(start Day) Day {
	if !r.Application.BeforeStart || start == 0 {
		return 0
	}
	return start - max(r.days, 1)
}

// plan gives what the schemes do at the provider of an offer, worked out once for each kind of provider.
func (s *season) plan(o *Offer) *plan {
	for i := range s.plans {
		if p := &s.plans[i]; p.category == o.Category && p.recognised == o.Recognised {
			return p
		}
	}
	if s.room == nil {
		s.plans, s.room = make([]plan, 0, 8), make([]claim, 0, 4*cap(s.open))
	}
	p, from := plan{category: o.Category, recognised: o.Recognised}, len(s.room)
	for _, c := range s.open {
		no, sure := c.rule.forOffer(o, c.sure)
		if no == 0 {
			c.sure, p.kinds = sure, p.kinds|c.rule.pays
			s.room = append(s.room, c)
		}
	}
	p.claims = s.room[from:len(s.room):len(s.room)]
	s.plans = append(s.plans, p)
	return &s.plans[len(s.plans)-1]
}
