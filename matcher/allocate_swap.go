package matcher

import "slices"

// Swap is a ring of children who would each get a better wish when every one of them moves; nobody else loses anything. With
// one Move there is room left at the better wish.
type Swap struct {
	Moves []Move
}

// Move is one child going to a better wish.
type Move struct {
	Code             string
	From, To         string // slots
	FromRank, ToRank int
}

// mover is a place of a child and a better one it would rather have.
type mover struct {
	has, wants int // seats
}

// swaps looks for rings, the shortest through each slot first. Who must go with others, or is together with a friend now,
// stays.
func (d *divided) swaps(got []places) []Swap {
	w := &seating{divided: d, got: got, size: d.inSlots(got)}
	ways := w.movers()
	out := []Swap{}
	for slot := 0; slot < len(d.slots); slot++ {
		ring := w.ring(ways, slot)
		if ring == nil {
			continue
		}
		var s Swap
		for _, m := range ring {
			has, wants := d.seats[m.has], d.seats[m.wants]
			s.Moves = append(s.Moves, Move{Code: d.children[has.child].Code, From: d.slots[has.slot].ID, To: d.slots[wants.slot].ID, FromRank: has.rank, ToRank: wants.rank})
			w.size[has.slot]--
			w.size[wants.slot]++
			w.forget(ways, has.child)
		}
		out = append(out, s)
		slot--
	}
	return out
}

// movers lists by slot who would rather be elsewhere: one way per other slot, of the lowest number.
func (w *seating) movers() [][]mover {
	ways := make([][]mover, len(w.slots))
	seen := make([]int, len(w.slots)*len(w.slots))
	for c := range w.got {
		if len(w.units[w.unitOf[c]]) > 1 {
			continue
		}
		for i, e := range w.got[c] {
			if w.withFriend(c, w.seats[e].slot) {
				continue
			}
			others := slices.Delete(slices.Clone(w.got[c]), i, i+1)
			for o := w.children[c].from; o < w.children[c].to && w.seats[o].rank < w.seats[e].rank; o++ {
				from, to := w.seats[e].slot, w.seats[o].slot
				excluded := slices.ContainsFunc(others, func(x int) bool { return w.exclude(w.seats[x].slot, to) })
				if at := from*len(w.slots) + to; !excluded && seen[at] < 2 {
					seen[at]++
					ways[from] = append(ways[from], mover{e, o})
				}
			}
		}
	}
	return ways
}

// withFriend says whether a child is in a slot with a friend.
func (w *seating) withFriend(child, slot int) bool {
	return slices.ContainsFunc(w.pairs, func(p pair) bool {
		other := p.a + p.b - child
		return (p.a == child || p.b == child) && slices.ContainsFunc(w.got[other], func(e int) bool { return w.seats[e].slot == slot })
	})
}

func (w *seating) forget(ways [][]mover, child int) {
	for slot := range ways {
		ways[slot] = slices.DeleteFunc(ways[slot], func(m mover) bool { return w.seats[m.has].child == child })
	}
}

// ring looks for the shortest ring of moves that begins in a slot: it ends there again, or where there is room when the slot
// can spare a child.
func (w *seating) ring(ways [][]mover, start int) []mover {
	spare := w.size[start] > w.slots[start].need || w.size[start] == 1
	came := map[int]mover{}
	queue := []int{start}
	for len(queue) > 0 {
		slot := queue[0]
		queue = queue[1:]
		for _, m := range ways[slot] {
			to := w.seats[m.wants].slot
			if _, seen := came[to]; seen {
				continue
			}
			came[to] = m
			if to == start || spare && w.takes(to) {
				return w.back(came, start, to)
			}
			queue = append(queue, to)
		}
	}
	return nil
}

// takes says whether one more child can go to a slot.
func (w *seating) takes(slot int) bool {
	return w.size[slot] < w.slots[slot].free && w.size[slot]+1 >= w.slots[slot].need
}

// back follows the moves back to where the ring began; a child can be in it once only.
func (w *seating) back(came map[int]mover, start, end int) []mover {
	var ring []mover
	for at := end; len(ring) == 0 || at != start; {
		m := came[at]
		if slices.ContainsFunc(ring, func(o mover) bool { return w.seats[o.has].child == w.seats[m.has].child }) {
			return nil
		}
		ring = append(ring, m)
		at = w.seats[m.has].slot
	}
	slices.Reverse(ring)
	return ring
}
