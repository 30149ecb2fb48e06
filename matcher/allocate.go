package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/catalog"
)

// Pool is what is divided: the wishes of children and where there is room. Children are opaque codes; nothing else about
// them is in it.
type Pool struct {
	Children []PoolChild
	Slots    []PoolSlot
	Friends  []Friends
	Seed     uint64 // of the lottery; shown with the result
}

// PoolChild is one child with what it wishes.
type PoolChild struct {
	Code   string
	Places int    // how many places it wants, 1 to 5; 0 counts as 1
	Wishes []Wish // first choice first
}

// Wish is one slot a child would like.
type Wish struct {
	Slot    string
	Fit     float64 // points, 0 to 1000, counted in hundredths
	Allowed bool    // false = vetoed, or a hard barrier stands in the way: never given, whatever is free
}

// PoolSlot is one slot with room. Two slots of one activity, or at overlapping times of one weekday, are never given to
// the same child.
type PoolSlot struct {
	ID         string
	Activity   string        // "" = an activity of its own
	Weekday    string        // ma … zo; "" = no fixed day: overlaps with nothing
	Start, End catalog.Clock // the end is not part of it
	Capacity   int           // places in all, 0 and up
	Enrolled   int           // taken before we began; more than Capacity leaves no room and gives a note
	Min        int           // runs with at least this many, Enrolled counted, or with nobody of ours; 0 = any number
}

// Friends are two children who like to go together.
type Friends struct {
	A, B   string
	Must   bool    // together or not at all: each place of one is a place of the other too
	Points float64 // for each slot where both are, 0 to 1000 as Wish.Fit; not used by the lottery
}

// Allocation is one pool divided in two ways, so that a person can choose. Nothing is booked by it.
type Allocation struct {
	Seed    uint64
	Best    Division // as few children as possible without a place, then the best fit
	Lottery Division // each in turn, by lottery number
	Notes   []string // Dutch: what was strange about the input
}

// Division is who gets what.
type Division struct {
	Children []Given  // by code
	Sizes    []Size   // of the slots somebody wished, by id
	Swaps    []Swap   // who could improve by swapping while nobody loses; no child is in two of them
	Unplaced int      // children without any place
	Hopeless int      // those of Unplaced that no division helps: without a wish that is allowed and has room
	Top1     float64  // share of all children with their first wish, 0 to 1; 0 without children
	Top3     float64  // with one of their first three
	Fit      float64  // points of all places
	Together int      // pairs of friends with a place in common
	Bonus    float64  // points of those pairs
	Proven   bool     // Best only: no division is better
	Bound    Bound    // Best only: what no division can pass
	pool     *divided // for Explain
	got      []places // by lottery number
	placed   []int    // by slot
}

// Bound is a limit that no division can pass.
type Bound struct {
	Unplaced int     // at least so many without a place
	Points   float64 // at most so many points of fit and friends, when so many are without
}

// Given is what one child gets.
type Given struct {
	Code   string
	Number int          // in the lottery, 1 and up
	Places []GivenPlace // best wish first; empty = nothing
}

// GivenPlace is one place of a child.
type GivenPlace struct {
	Slot string
	Rank int // of the wish, 1 and up
	Fit  float64
}

// Size is how full a slot gets.
type Size struct {
	Slot     string
	Wanted   int // children who wished it and may
	Placed   int // of ours
	Enrolled int // before we began
	Room     int // places there were for ours
	Min      int
	Runs     bool // false = too few: nobody of ours goes
}

// Allocate divides a pool in two ways.
//
// Best is a flow of least cost, in this order: as few children as possible without any place; the most points of fit and
// friends together; the most places; what is then still equal, the lottery decides: children are placed in the order of
// their number, and a later one takes a place of an earlier one only when that makes the whole better.
//
//   - Exact by the flow alone: capacities, vetoes, and several places per child as long as the slots of a child that exclude
//     each other (one activity, overlapping times) fall apart in sets that all exclude each other.
//   - Exact by branching over flows, as long as the search ends within its limit: other overlaps, minimum sizes, friends
//     with points and friends who must. Then Proven is true.
//   - When the limit comes first Proven is false, the best division that was met is given, every rule still holds in it, and
//     Bound says what no division can pass. The limit counts steps and not time, so the same pool gives the same division.
//
// Lottery is deferred acceptance with one lottery for all slots. As every slot then prefers the same children, it comes to
// this: in the order of the numbers each child takes its best wish that has room; then again for second places. Slots that
// stay under their minimum are closed, the emptiest first, and it is done over. Who must go together choose together, with
// the lowest number of them. No child gets a better first place by giving other wishes than it has (only with minimum sizes or
// friends that is not promised).
//
// Equal seed gives equal results, in whatever order children, slots and friends come. A pool without children or slots is
// divided too. It gives errs.Invalid for what cannot be read: codes or ids that are empty or come twice, wishes for an unknown slot,
// numbers outside their range.
func Allocate(p Pool) (Allocation, error) {
	if err := p.check(); err != nil {
		return Allocation{}, err
	}
	d := newDivided(p)
	out := Allocation{Seed: p.Seed, Notes: p.notes()}
	best, bound, proven := d.best()
	out.Best = d.division(best)
	out.Best.Proven, out.Best.Bound = proven, Bound{Unplaced: len(d.children) - bound.placed, Points: d.points(bound.value)}
	out.Lottery = d.division(d.byLottery())
	return out, nil
}

// divided is a pool in its own order: children by lottery number, slots by id. All that follows works with places in these
// lists, so that the order of the input does not matter.
type divided struct {
	children []chooser
	slots    []room
	pairs    []pair
	units    [][]int // children who must go together; most are alone
	unitOf   []int
	seats    []seat         // all wishes that can come true, by child
	scale    int64          // value of a hundredth of a point
	wanted   []int          // by slot: children who wish it and may
	number   map[string]int // of a child, by code
	at       map[string]int // of a slot, by id
}

// chooser is a child.
type chooser struct {
	PoolChild
	from, to int // its seats
}

// room is a slot.
type room struct {
	PoolSlot
	free int // places for ours
	need int // of ours at least, when it has any of ours
}

// pair is two friends by number.
type pair struct {
	a, b  int
	value int64
}

// seat is one wish that is allowed, for a slot with room.
type seat struct {
	child, slot int
	rank        int // 1 and up
	value       int64
}

func newDivided(p Pool) *divided {
	d := &divided{number: map[string]int{}, at: map[string]int{}}
	for _, c := range byNumber(p) {
		d.number[c.Code] = len(d.children)
		c.Places = max(c.Places, 1)
		d.children = append(d.children, chooser{PoolChild: c})
	}
	d.addSlots(p.Slots)
	d.join(p.Friends)
	d.seat()
	for _, f := range p.Friends {
		a, b := d.number[f.A], d.number[f.B]
		d.pairs = append(d.pairs, pair{a: min(a, b), b: max(a, b), value: hundredths(f.Points) * d.scale})
	}
	slices.SortFunc(d.pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return d
}

// addSlots takes the slots by id.
func (d *divided) addSlots(all []PoolSlot) {
	for _, s := range all {
		if s.Activity == "" {
			s.Activity = s.ID
		}
		d.slots = append(d.slots, room{PoolSlot: s, free: max(s.Capacity-s.Enrolled, 0), need: max(s.Min-s.Enrolled, 0)})
	}
	slices.SortFunc(d.slots, func(x, y room) int { return cmp.Compare(x.ID, y.ID) })
	for i, s := range d.slots {
		d.at[s.ID] = i
	}
}

// join finds who must go together, directly or by way of others.
func (d *divided) join(friends []Friends) {
	d.unitOf = make([]int, len(d.children))
	for i := range d.unitOf {
		d.unitOf[i] = i
	}
	for _, f := range friends {
		if x, y := d.unitOf[d.number[f.A]], d.unitOf[d.number[f.B]]; f.Must && x != y {
			for i, u := range d.unitOf {
				if u == max(x, y) {
					d.unitOf[i] = min(x, y)
				}
			}
		}
	}
	d.units = make([][]int, len(d.children))
	for i, u := range d.unitOf {
		d.units[u] = append(d.units[u], i)
	}
}

// seat lists the wishes that can come true: allowed, wished by everybody who must come along, with room for them all, in a
// slot that so many wish that it can run.
func (d *divided) seat() {
	d.scale, d.wanted = 2, make([]int, len(d.slots))
	wishers := map[[2]int]int{} // by unit of more than one, and slot: members who wish it and may
	for i, c := range d.children {
		d.scale += 2 * int64(c.Places)
		for _, w := range c.Wishes {
			if !w.Allowed {
				continue
			}
			slot := d.at[w.Slot]
			d.wanted[slot]++
			if u := d.unitOf[i]; len(d.units[u]) > 1 {
				wishers[[2]int{u, slot}]++
			}
		}
	}
	for i := range d.children {
		c := &d.children[i]
		c.from = len(d.seats)
		for rank, w := range c.Wishes {
			slot, u := d.at[w.Slot], d.unitOf[i]
			s, all := d.slots[slot], len(d.units[u])
			if w.Allowed && s.free >= all && s.need <= min(d.wanted[slot], s.free) && (all == 1 || wishers[[2]int{u, slot}] == all) {
				d.seats = append(d.seats, seat{child: i, slot: slot, rank: rank + 1, value: hundredths(w.Fit)*d.scale + 1})
			}
		}
		c.to = len(d.seats)
	}
}

// exclude says whether one child cannot have both slots.
func (d *divided) exclude(a, b int) bool {
	x, y := &d.slots[a], &d.slots[b]
	return a == b || x.Activity == y.Activity || x.Weekday != "" && x.Weekday == y.Weekday && x.Start < y.End && y.Start < x.End
}
