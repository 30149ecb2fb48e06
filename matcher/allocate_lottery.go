package matcher

// byLottery divides in the order of the numbers (see Allocate).
func (d *divided) byLottery() []places {
	w := &seating{divided: d, closed: make([]bool, len(d.slots))}
	for {
		w.got, w.size = make([]places, len(d.children)), make([]int, len(d.slots))
		for round := 1; round <= maxPlaces; round++ {
			for _, unit := range d.units {
				w.choose(unit, round)
			}
		}
		slot := w.smallest()
		if slot < 0 {
			return w.got
		}
		w.closed[slot] = true
	}
}

// choose gives a unit its best wish that has room: of who choose together the one with the lowest ranks added up.
func (w *seating) choose(unit []int, round int) {
	best, lowest := -1, 0
	for e := w.first(unit); e < w.last(unit); e++ {
		if ranks, ok := w.ranks(unit, e, round); ok && (best < 0 || ranks < lowest) {
			best, lowest = e, ranks
		}
	}
	if best >= 0 {
		w.give(unit, best)
	}
}

// ranks adds up the ranks that the slot of a seat has for a unit; ok is false when not all of it can go there in this round.
func (w *seating) ranks(unit []int, seat, round int) (ranks int, ok bool) {
	if !w.holds(w.seats[seat].slot, len(unit)) {
		return 0, false
	}
	for _, c := range unit {
		e := w.alike(seat, c)
		if e < 0 || w.children[c].Places < round || !w.fits(c, e) {
			return 0, false
		}
		ranks += w.seats[e].rank
	}
	return ranks, true
}

// give puts a whole unit in the slot of a seat.
func (w *seating) give(unit []int, seat int) {
	for _, c := range unit {
		w.got[c] = append(w.got[c], w.alike(seat, c))
		w.size[w.seats[seat].slot]++
	}
}

// smallest is the slot with the fewest children of those that have too few, -1 when none has.
func (w *seating) smallest() int {
	slot := -1
	for i, n := range w.size {
		if n > 0 && n < w.slots[i].need && (slot < 0 || n < w.size[slot]) {
			slot = i
		}
	}
	return slot
}
