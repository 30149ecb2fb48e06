package matcher

import (
	"math"
	"slices"
)

// score is how good an assignment is: how many children have a place, then its value.
type score struct {
	placed int
	value  int64
}

func (s score) better(than score) bool {
	return s.placed > than.placed || s.placed == than.placed && s.value > than.value
}

// The limit of the search, in arcs looked at: stepsAtLeast is some milliseconds of work, stepsPerSeat gives a large school more.
const (
	stepsAtLeast = 700_000
	stepsPerSeat = 150
)

// branch is a part of all assignments that is still to be searched.
type branch struct {
	flow  *flow
	on    []bool // by bonus: may both still have it
	bound score  // nothing in this part is better
}

// bonus is what two friends get for one slot; half of it lies on the seat of each, so that the flow never counts too little.
type bonus struct {
	a, b int32 // seats
	half int64
}

// searcher divides by branching over flows: a flow that breaks a rule is split in two parts that both exclude the breach
// and together hold every assignment that keeps the rule.
type searcher struct {
	d       *divided
	bonuses []bonus
	open    []branch
	best    []places
	score   score
	found   bool
}

// best gives the best division that was found, what no division can pass, and whether that is the same.
func (d *divided) best() (best []places, bound score, proven bool) {
	s := &searcher{d: d, bonuses: d.bonuses()}
	extra := make([]int64, len(d.seats))
	for _, b := range s.bonuses {
		extra[b.a] += b.half
		extra[b.b] += b.half
	}
	f := newFlow(d, extra)
	for c := range d.children {
		f.insert(int32(c))
	}
	s.consider(branch{flow: f, on: slices.Repeat([]bool{true}, len(s.bonuses))})
	limit := f.steps + stepsAtLeast + stepsPerSeat*len(d.seats)
	for len(s.open) > 0 && f.steps < limit {
		b := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]
		if b.bound.better(s.score) {
			s.split(b)
		}
	}
	bound = s.score
	for _, b := range s.open {
		if b.bound.better(bound) {
			bound = b.bound
		}
	}
	return s.best, bound, bound == s.score
}

// bonuses lists what friends can get, per slot that both wish.
func (d *divided) bonuses() []bonus {
	var out []bonus
	for _, p := range d.pairs {
		for x := d.children[p.a].from; x < d.children[p.a].to && p.value > 0; x++ {
			for y := d.children[p.b].from; y < d.children[p.b].to; y++ {
				if d.seats[x].slot == d.seats[y].slot {
					out = append(out, bonus{int32(x), int32(y), p.value / 2})
				}
			}
		}
	}
	return out
}

// consider bounds a part and keeps it when it can hold something better; what it suggests is repaired and compared.
func (s *searcher) consider(b branch) {
	if !b.flow.keepsDecisions() {
		return
	}
	b.bound = b.flow.score()
	if s.found && !b.bound.better(s.score) {
		return
	}
	got := s.d.repair(b.flow.places())
	if sc := s.d.scoreOf(got); !s.found || sc.better(s.score) {
		s.best, s.score, s.found = got, sc, true
	}
	if b.bound.better(s.score) {
		s.open = append(s.open, b)
	}
}

// split finds a rule that the flow of a part breaks and considers the two parts without that breach, the worse one first,
// so that the better one is searched next. A flow that breaks none is the best of its part.
func (s *searcher) split(b branch) {
	yes, no := s.breach(b)
	if yes == nil {
		return
	}
	first, second := b.with(yes), b.with(no)
	before := len(s.open)
	s.consider(first)
	s.consider(second)
	if k := len(s.open); k == before+2 && s.open[k-2].bound.better(s.open[k-1].bound) {
		s.open[k-2], s.open[k-1] = s.open[k-1], s.open[k-2]
	}
}

// decision changes a part so that it holds fewer assignments.
type decision func(b *branch)

func (b branch) with(decide decision) branch {
	out := branch{flow: b.flow.clone(), on: slices.Clone(b.on)}
	decide(&out)
	return out
}

// breach looks for a rule that the flow of a part breaks: two slots at once, friends apart who must be together, a slot with
// too few children, and points counted for friends who are not together.
func (s *searcher) breach(b branch) (yes, no decision) {
	if yes, no = s.twoAtOnce(b); yes != nil {
		return yes, no
	}
	if yes, no = s.apart(b); yes != nil {
		return yes, no
	}
	if yes, no = s.tooFew(b); yes != nil {
		return yes, no
	}
	return s.half(b)
}

func (s *searcher) twoAtOnce(b branch) (yes, no decision) {
	f := b.flow
	for c := range s.d.children {
		has := f.has(c)
		for i, x := range has {
			for _, y := range has[i+1:] {
				if s.d.exclude(s.d.seats[x].slot, s.d.seats[y].slot) {
					return func(b *branch) { b.flow.bar(x) }, func(b *branch) { b.flow.bar(y) }
				}
			}
		}
	}
	return nil, nil
}

func (s *searcher) apart(b branch) (yes, no decision) {
	for _, unit := range s.d.units {
		for _, c := range unit {
			if len(unit) == 1 {
				break
			}
			for _, e := range b.flow.has(c) {
				seats := s.seatsFor(unit, s.d.seats[e].slot)
				if !slices.ContainsFunc(seats, func(o int32) bool { return !b.flow.taken(o) }) {
					continue
				}
				return func(b *branch) { b.flow.decide(seats...) }, func(b *branch) { b.flow.bar(seats...) }
			}
		}
	}
	return nil, nil
}

// seatsFor are the seats of a unit for one slot, one per child.
func (s *searcher) seatsFor(unit []int, slot int) (out []int32) {
	for _, c := range unit {
		for e := s.d.children[c].from; e < s.d.children[c].to; e++ {
			if s.d.seats[e].slot == slot {
				out = append(out, int32(e))
			}
		}
	}
	return out
}

// tooFew takes the slot that misses the fewest children.
func (s *searcher) tooFew(b branch) (yes, no decision) {
	slot, misses := int32(-1), math.MaxInt
	for i := range s.d.slots {
		n := int(b.flow.size[i])
		if m := s.d.slots[i].need - n; n > 0 && m > 0 && m < misses {
			slot, misses = int32(i), m
		}
	}
	if slot < 0 {
		return nil, nil
	}
	return func(b *branch) { b.flow.force(slot, int32(s.d.slots[slot].need)) }, func(b *branch) { b.flow.close(slot) }
}

// half finds points of friends that were counted for one of the two only.
func (s *searcher) half(b branch) (yes, no decision) {
	for i, x := range s.bonuses {
		if b.on[i] && b.flow.taken(x.a) != b.flow.taken(x.b) {
			return func(b *branch) { b.flow.decide(x.a, x.b); b.on[i] = true },
				func(b *branch) { b.on[i] = false; b.flow.reward(-x.half, x.a, x.b) }
		}
	}
	return nil, nil
}
