package matcher

import (
	"cmp"
	"slices"
)

// places are the seats of one child, its best wish first.
type places []int

// seating is an assignment under repair.
type seating struct {
	*divided
	got    []places
	size   []int
	closed []bool
}

// repair makes of any assignment within the capacities one that keeps every rule: it takes places away where a rule is
// broken, closes the slots that have too few children, the emptiest first, and gives who has nothing the best place that is left.
func (d *divided) repair(got []places) []places {
	w := &seating{divided: d, got: got, size: make([]int, len(d.slots)), closed: make([]bool, len(d.slots))}
	for c := range w.got {
		w.keepApart(c)
		for _, e := range w.got[c] {
			w.size[d.seats[e].slot]++
		}
	}
	for _, unit := range d.units {
		w.keepTogether(unit)
	}
	w.closeSmall()
	for _, unit := range d.units {
		w.seatUnit(unit)
	}
	for c := range w.got {
		slices.Sort(w.got[c])
	}
	return w.got
}

// keepApart drops the less valuable of two places that exclude each other.
func (w *seating) keepApart(child int) {
	has := slices.Clone(w.got[child])
	slices.SortFunc(has, func(x, y int) int { return cmp.Or(cmp.Compare(w.seats[y].value, w.seats[x].value), cmp.Compare(x, y)) })
	w.got[child] = nil
	for _, e := range has {
		if w.fits(child, e) {
			w.got[child] = append(w.got[child], e)
		}
	}
}

// fits says whether a child can have a seat beside what it has.
func (w *seating) fits(child, seat int) bool {
	return len(w.got[child]) < w.children[child].Places &&
		!slices.ContainsFunc(w.got[child], func(e int) bool { return w.exclude(w.seats[e].slot, w.seats[seat].slot) })
}

// keepTogether takes the places away that not all of a unit have.
func (w *seating) keepTogether(unit []int) {
	if len(unit) < 2 {
		return
	}
	in := map[int]int{}
	for _, c := range unit {
		for _, e := range w.got[c] {
			in[w.seats[e].slot]++
		}
	}
	for _, c := range unit {
		w.got[c] = slices.DeleteFunc(w.got[c], func(e int) bool {
			slot := w.seats[e].slot
			if in[slot] == len(unit) {
				return false
			}
			w.size[slot]--
			return true
		})
	}
}

// closeSmall closes slots until every one has enough children or none; who was there gets another place when there is one.
func (w *seating) closeSmall() {
	for {
		slot := w.smallest()
		if slot < 0 {
			return
		}
		w.closed[slot], w.size[slot] = true, 0
		for c := range w.got {
			w.got[c] = slices.DeleteFunc(w.got[c], func(e int) bool { return w.seats[e].slot == slot })
		}
		for _, unit := range w.units {
			if len(unit) > 0 && len(w.got[unit[0]]) == 0 {
				w.seatUnit(unit)
			}
		}
	}
}

// seatUnit gives a unit the most valuable places that are left, up to what it wants.
func (w *seating) seatUnit(unit []int) {
	for {
		best, most := -1, int64(-1)
		for e := w.first(unit); e < w.last(unit); e++ {
			if value, ok := w.worth(unit, e); ok && value > most {
				best, most = e, value
			}
		}
		if best < 0 {
			return
		}
		w.give(unit, best)
	}
}

func (w *seating) first(unit []int) int {
	if len(unit) == 0 {
		return 0
	}
	return w.children[unit[0]].from
}

func (w *seating) last(unit []int) int {
	if len(unit) == 0 {
		return 0
	}
	return w.children[unit[0]].to
}

// worth is what the slot of a seat is worth to the whole unit of its child; ok is false when not all of it can go there, or
// too few would be there.
func (w *seating) worth(unit []int, seat int) (value int64, ok bool) {
	slot := w.seats[seat].slot
	if w.size[slot]+len(unit) < w.slots[slot].need || !w.holds(slot, len(unit)) {
		return 0, false
	}
	for _, c := range unit {
		e := w.alike(seat, c)
		if e < 0 || !w.fits(c, e) {
			return 0, false
		}
		value += w.seats[e].value
	}
	return value, true
}

// holds says whether so many more can go to a slot.
func (w *seating) holds(slot, n int) bool {
	return !w.closed[slot] && w.size[slot]+n <= w.slots[slot].free
}

// alike is the seat of a child for the slot of another seat, -1 when it has none.
func (d *divided) alike(seat, child int) int {
	if d.seats[seat].child == child {
		return seat
	}
	return d.seatOf(child, d.seats[seat].slot)
}

// seatOf is the seat of a child for a slot, -1 when it has none.
func (d *divided) seatOf(child, slot int) int {
	for e := d.children[child].from; e < d.children[child].to; e++ {
		if d.seats[e].slot == slot {
			return e
		}
	}
	return -1
}

// scoreOf is what an assignment is worth, friends counted.
func (d *divided) scoreOf(got []places) (s score) {
	for _, has := range got {
		if len(has) > 0 {
			s.placed++
		}
		for _, e := range has {
			s.value += d.seats[e].value
		}
	}
	for _, p := range d.pairs {
		s.value += p.value * int64(d.common(got, p))
	}
	return s
}

// common is the number of slots where both of a pair are.
func (d *divided) common(got []places, p pair) (n int) {
	for _, x := range got[p.a] {
		for _, y := range got[p.b] {
			if d.seats[x].slot == d.seats[y].slot {
				n++
			}
		}
	}
	return n
}
