package questionnaire

import "slices"

// quick reads an answer that is written the plain way: the right shape, words of ordinary ASCII signs, nothing twice and
// nothing wrong. It gives false for anything else, also for what is right but unusual; the thorough reader then looks.
func (r *reading) quick(a *answer, v Variant, raw []byte) bool {
	s := scan{data: raw}
	switch a.item.Type {
	case "single":
		return r.pick(a, v, s.text()) && s.end()
	case "smiley5":
		return r.pick(a, v, s.textOrDigit()) && s.end()
	case "multi", "multi_from", "rank":
		return r.list(a, v, &s) && s.end()
	case "grid3":
		return a.grid(v, &s) && s.end()
	case "open_short":
		return a.own(&s) && s.end()
	case "daypart_grid":
		return a.dayparts(&s) && s.end()
	case "single_plus":
		return r.plus(a, v, &s) && s.end()
	case "language":
		o, ok := a.item.lookup[string(s.text())]
		if ok {
			a.language = o.ID
		}
		return ok && o.shownIn(v) && s.end()
	}
	return false
}

// pick chooses an option, which then stands last in picked.
func (r *reading) pick(a *answer, v Variant, id []byte) bool {
	o, ok := a.item.lookup[string(id)]
	if !ok || !o.shownIn(v) {
		return false
	}
	if r.options == nil {
		r.options = make([]*Option, 0, 64)
	}
	from := len(r.options) - len(a.picked)
	r.options = append(r.options, o)
	a.picked = r.options[from:len(r.options):len(r.options)]
	return true
}

func (r *reading) list(a *answer, v Variant, s *scan) bool {
	exclusive := false
	for next := s.open('['); next; next = s.more(']') {
		if !r.pick(a, v, s.text()) {
			return false
		}
		n := len(a.picked)
		o := a.picked[n-1]
		if slices.Contains(a.picked[:n-1], o) {
			return false
		}
		exclusive = exclusive || o.Exclusive
	}
	n := len(a.picked)
	return !s.bad && (a.item.Max == 0 || n <= a.item.Max) && !(exclusive && n > 1)
}

func (a *answer) grid(v Variant, s *scan) bool {
	for next := s.open('{'); next; next = s.more('}') {
		o, ok := a.item.lookup[string(s.key())]
		if !ok || !o.shownIn(v) {
			return false
		}
		value := s.text()
		i := 0
		for i < len(a.item.Scale) && a.item.Scale[i].ID != string(value) {
			i++
		}
		if i == len(a.item.Scale) {
			return false
		}
		a.mark(o, i)
	}
	return !s.bad
}

func (a *answer) own(s *scan) bool {
	a.words = []string{}
	for next := s.open('['); next; next = s.more(']') {
		tag := Taxonomy().tags[string(s.text())]
		if tag == nil {
			return false
		}
		a.words = append(a.words, tag.ID)
	}
	a.sortWords()
	return !s.bad
}

func (a *answer) dayparts(s *scan) bool {
	a.parts = make(Dayparts, len(Days))
	shape := a.item.Grid
	for next := s.open('{'); next; next = s.more('}') {
		day, ok := known(shape.Days, s.key())
		if !ok || a.parts[day] != nil {
			return false
		}
		for next := s.open('{'); next; next = s.more('}') {
			key := s.key()
			i := slices.IndexFunc(shape.Parts, func(p Part) bool { return p.ID == string(key) })
			value, ok := known(shape.Values, s.text())
			if i < 0 || !ok {
				return false
			}
			if a.parts[day] == nil {
				a.parts[day] = make(map[string]string, len(shape.Parts))
			}
			a.parts[day][shape.Parts[i].ID] = value
		}
		if s.bad {
			return false
		}
	}
	return !s.bad
}

// known gives the word of a list that text is.
func known(list []string, text []byte) (string, bool) {
	for _, word := range list {
		if word == string(text) {
			return word, true
		}
	}
	return "", false
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
			followup = s.text()
		default:
			return false
		}
	}
	return !s.bad && len(a.picked) == 1 && a.follow(string(followup)) == nil
}
