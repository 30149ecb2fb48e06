package matcher

// taken says whether a seat is given.
func (f *flow) taken(seat int32) bool { return f.at[f.seatSet[seat]] == seat }

// has gives the seats of a child.
func (f *flow) has(child int) (out []int32) {
	for set := f.childSet[child]; set < f.childSet[child+1]; set++ {
		if f.at[set] >= 0 {
			out = append(out, f.at[set])
		}
	}
	return out
}

// bar takes seats away for good.
func (f *flow) bar(seats ...int32) {
	f.change(seats, func(seat int32) { f.value[seat] = barred })
}

// decide makes that seats must be given. A seat that was barred before stays so; keepsDecisions will tell.
func (f *flow) decide(seats ...int32) {
	f.change(seats, func(seat int32) {
		if f.value[seat] != barred && f.value[seat] < f.must/2 {
			f.value[seat] += f.must
		}
	})
	f.decided = append(f.decided[:len(f.decided):len(f.decided)], seats...)
}

// reward adds to what seats are worth.
func (f *flow) reward(value int64, seats ...int32) {
	f.change(seats, func(seat int32) {
		if f.value[seat] != barred {
			f.value[seat] += value
		}
	})
}

// change lifts the children of some seats, changes the seats and lets the children take part again.
func (f *flow) change(seats []int32, how func(seat int32)) {
	var children []int32
	for _, e := range seats {
		children = append(children, int32(f.d.seats[e].child))
	}
	for _, c := range children {
		f.lift(c)
	}
	for _, e := range seats {
		how(e)
	}
	f.again(children)
}

// keepsDecisions says whether everything that was decided could be kept: if not, this part holds no assignment at all.
func (f *flow) keepsDecisions() bool {
	for _, e := range f.decided {
		if !f.taken(e) {
			return false
		}
	}
	for slot, least := range f.least {
		if f.size[slot] < least {
			return false
		}
	}
	return true
}

// score is what the flow is worth, decisions apart.
func (f *flow) score() (s score) {
	for c, n := range f.count {
		if n == 0 {
			continue
		}
		s.placed++
		for _, e := range f.has(c) {
			s.value += f.value[e]
			if f.value[e] >= f.must/2 {
				s.value -= f.must
			}
		}
	}
	return s
}

// places gives the seats of every child.
func (f *flow) places() []places {
	out := make([]places, len(f.d.children))
	for c := range out {
		for _, e := range f.has(c) {
			out[c] = append(out[c], int(e))
		}
	}
	return out
}
