package questionnaire

// quick reads an answer that is written the plain way: the right shape, words that stand in our lists, nothing twice and
// nothing wrong. It gives false for anything else, also for what is right but unusual; the thorough reader then looks.
func (r *reading) quick(a *answer, v Variant, raw []byte) bool {
	s := scan{data: raw}
	switch a.item.shape {
	case oneOf:
		return r.pick(a, v, s.text()) && s.end()
	case smiley:
		return r.pick(a, v, s.textOrDigit()) && s.end()
	case ticks, topThree:
		return r.list(a, v, &s) && s.end()
	case pictures:
		return r.grid(a, v, &s) && s.end()
	case leafWords:
		return r.leaves(a, &s) && s.end()
	case week:
		return a.readWeek(&s) && s.end()
	case oneWithMore:
		return r.plus(a, v, &s) && s.end()
	case aLanguage:
		place, ok := placeOf(a.item, v, s.text())
		if ok {
			a.text = a.option(place).ID
		}
		return ok && s.end()
	}
	return false
}

// pick chooses an option, which then stands last in picked.
func (r *reading) pick(a *answer, v Variant, id []byte) bool {
	place, ok := placeOf(a.item, v, id)
	if ok {
		a.picked = r.add(a.picked, place)
	}
	return ok
}

func (r *reading) list(a *answer, v Variant, s *scan) bool {
	exclusive, seen := false, uint64(0)
	for next := s.open('['); next; next = s.more(']') {
		if !r.pick(a, v, s.text()) {
			return false
		}
		place := a.picked[len(a.picked)-1]
		if seen>>place&1 == 1 {
			return false
		}
		seen |= 1 << place
		exclusive = exclusive || a.option(place).Exclusive
	}
	n := len(a.picked)
	return !s.bad && (a.item.Max == 0 || n <= a.item.Max) && !(exclusive && n > 1)
}

func (r *reading) grid(a *answer, v Variant, s *scan) bool {
	a.marks = r.zeros(len(a.item.Options))
	for next := s.open('{'); next; next = s.more('}') {
		place, ok := placeOf(a.item, v, s.key())
		mark := a.item.markOf(s.text())
		if !ok || mark == 0 {
			return false
		}
		a.marks[place] = mark
	}
	return !s.bad
}

// markOf gives 1 + the place of a word in the scale, 0 when it is not there.
func (it *Item) markOf(word []byte) uint8 {
	for i := range it.Scale {
		if it.Scale[i].ID == string(word) {
			return uint8(i + 1)
		}
	}
	return 0
}

func (r *reading) leaves(a *answer, s *scan) bool {
	for next := s.open('['); next; next = s.more(']') {
		place, ok := Taxonomy().LeafIndex(string(s.text()))
		if !ok {
			return false
		}
		a.words = r.add(a.words, uint8(place))
	}
	return !s.bad
}

func (a *answer) readWeek(s *scan) bool {
	a.times = new(Times)
	seen := 0
	for next := s.open('{'); next; next = s.more('}') {
		day := find(&dayTable, s.key())
		if day < 0 || seen>>day&1 == 1 {
			return false
		}
		seen |= 1 << day
		for next := s.open('{'); next; next = s.more('}') {
			part, said := find(&partTable, s.key()), find(&saidTable, s.text())
			if part < 0 || said < 0 {
				return false
			}
			a.times[day][part] = Said(said + 1)
		}
		if s.bad {
			return false
		}
	}
	return !s.bad
}

func (r *reading) plus(a *answer, v Variant, s *scan) bool {
	var followup []byte
	for next := s.open('{'); next; next = s.more('}') {
		switch string(s.key()) {
		case "id":
			if len(a.picked) > 0 || !r.pick(a, v, s.text()) {
				return false
			}
		case "minutes":
			if a.minutes = s.number(); a.minutes < 1 || a.minutes > maxMinutes {
				return false
			}
		case "followup":
			followup = s.plain()
		default:
			return false
		}
	}
	return !s.bad && len(a.picked) == 1 && a.follow(string(followup)) == nil
}
