package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/kindinkaart"
)

// Rank holds the board against one need and puts the activities in the order a person would read them. The promises at
// the end of DOMAIN 8 hold for every input. locate may be nil when every place of the need is a point. With a limit the
// result is the beginning of the same list, found without judging what cannot be on it.
func Rank(n kindinkaart.Need, b *Board, locate Locate, o Options) (Result, error) {
	if o.Search != "" {
		n.Search = o.Search
	}
	s, err := newSearch(&n, b, locate, o)
	if err != nil {
		return Result{}, err
	}
	w := s.walk(b)
	defer w.done()
	result := Result{Format: "kindinkaart-match/1", Coverage: s.coverage, Thin: s.thin(), Items: []Item{}, NotProposed: []NotProposed{}}
	if len(s.bases) > 0 {
		result.Base = s.bases[0]
	}
	hits := w.page()
	s.own = ownEvidence(s.answers)
	result.Items = slices.Grow(result.Items, len(hits))
	for i := range hits {
		result.Items = append(result.Items, w.line(&hits[i], i+1))
	}
	w.standIns(result.Items, hits)
	if o.Limit == 0 || o.WhyNot {
		result.NotProposed = s.notProposed(b)
	}
	return result, nil
}

// Standing is where an activity stands for a child, at its best slot: a line of a Result without a word about why.
type Standing struct {
	Activity string
	Slot     string
	Group    Group
	Score    float64 // as in Item
	Full     bool    // the slot takes nobody now
}

// Standings gives the lines of Rank without their words, for who counts children or divides places among them: the same
// activities in the same order. Thin says that they are a varied list and no ranking. The errors are those of Rank.
func Standings(n kindinkaart.Need, b *Board, locate Locate, o Options) (list []Standing, thin bool, err error) {
	if o.Search != "" {
		n.Search = o.Search
	}
	s, err := newSearch(&n, b, locate, o)
	if err != nil {
		return nil, false, err
	}
	w := s.walk(b)
	defer w.done()
	hits := w.page()
	list = make([]Standing, len(hits))
	for i := range hits {
		h := &hits[i]
		id := b.segments[h.seg].ids.on(&w.judge.sheet, h.offer)
		list[i] = Standing{id, w.slotID(h), groups[h.order.rank()], h.order.score().float(), h.order.full()}
	}
	return list, s.thin(), nil
}

// page are the lines of a search, best first.
func (w *walker) page() (hits []hit) {
	if w.thin() {
		hits = w.discoveries()
	} else {
		hits = w.proposals()
	}
	if limit := w.options.Limit; limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	return hits
}

// line explains a hit: it is judged once more, now with words.
func (w *walker) line(h *hit, rank int) Item { return w.again(h).item(rank) }

// again judges a hit once more; the outcome is valid until the next judgement.
func (w *walker) again(h *hit) *slotCase {
	g := w.board.segments[h.seg]
	o := &w.offer
	g.unpack(h.offer, o)
	g.readPrice(h.offer, o)
	c := &w.judge
	g.nameSlots(h.offer, o)
	o.id = g.ids.on(&c.sheet, h.offer)
	c.offer, c.slot = o, &o.slots[h.slot-g.slotsFrom[h.offer]]
	c.weigh()
	c.weekday = c.slot.dayOn(w.on)
	c.trip = w.tripAt(int(h.seg))
	c.assess()
	return c
}

// proposals are the activities that fit what the child said, best first.
func (w *walker) proposals() []hit {
	p := &pass{leaves: w.wanted(), top: -1, takes: w.takes, keeps: w.shown}
	if w.need.Search != "" {
		p.leaves, p.top, p.found = w.sought, w.mostWanted(), true
	}
	if w.options.Limit > 0 {
		p.limit = max(w.options.Limit, firstPage)
	}
	return w.mixed(p, slices.Clone(w.run(p)))
}

// wanted are the leaves under which something can be proposed.
func (s *search) wanted() uint64 {
	set := s.proposed
	for bit, v := range s.parental {
		if v >= bandMaybe {
			set |= 1 << bit
		}
	}
	return set
}

func (s *search) mostWanted() float64 {
	most := 0.0
	for bit := range s.value {
		most = max(most, s.bestOf(bit))
	}
	return most
}

func (w *walker) takes(o *offer, leaf int8) bool {
	ok, _ := w.candidate(o, leaf)
	return ok
}

// shown leaves out what a child must not see.
func (w *walker) shown(h *hit, o *offer) bool {
	return !w.options.ForChild || h.order.rank() != rankNuNiet && o.safety() == safetyDeclared
}

// firstPage is how many results must show at least two categories when the profile allows (promise 10).
const firstPage = 10

// mixed lifts the best result of another category to the tenth place when the first ten are all of one. It stays within
// its group, so that kan_zo still comes before kan_met_hulp.
func (w *walker) mixed(p *pass, hits []hit) []hit {
	if len(hits) < firstPage {
		return hits
	}
	first := w.category(&hits[0])
	for i := range hits[:firstPage] {
		if w.category(&hits[i]) != first {
			return hits
		}
	}
	at := slices.IndexFunc(hits, func(h hit) bool { return w.category(&h) != first })
	var other hit
	switch {
	case at >= 0:
		other = hits[at]
		hits = slices.Delete(hits, at, at+1)
	case p.limit == 0:
		return hits
	default:
		q := *p
		q.limit, q.below = 1, hits[firstPage-1].order.rank()+1
		q.takes = func(o *offer, leaf int8) bool { return p.takes(o, leaf) && o.facet() != first }
		found := w.run(&q)
		if len(found) == 0 {
			return hits
		}
		other = found[0]
	}
	tenth := hits[firstPage-1]
	if other.order.rank() != tenth.order.rank() || other.order.full() != tenth.order.full() {
		if at >= 0 {
			return slices.Insert(hits, at, other)
		}
		return hits
	}
	return slices.Insert(hits, firstPage-1, other)
}

func (w *walker) category(h *hit) string { return w.rowOf(h).facet() }

// discoveries are the varied list of a thin profile: the best of each group of the taxonomy.
func (w *walker) discoveries() []hit {
	var out []hit
	for _, set := range leaves().groups {
		found := w.run(&pass{limit: 1, leaves: set, top: -1, keeps: w.shown, takes: func(o *offer, leaf int8) bool {
			return leaf >= 0 && set>>leaf&1 == 1 && (w.discoverable(o) || w.takes(o, leaf))
		}})
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b hit) int { return w.inOrder(&a, &b) })
	return out
}

// candidate says whether an activity is held against the rules at all, and else why not.
func (s *search) candidate(o *offer, leaf int8) (ok bool, why string) {
	refusable := o.tags &^ leaves().adult
	quiet := o.tags & leaves().quiet
	switch {
	case o.audience() == forStaff:
		return false, "Dit is voor mensen die met kinderen werken."
	case s.age >= venueAge && o.is(flagCommunity):
		return false, "Deze plek past niet bij jongeren vanaf 16 jaar."
	case o.audience() != forParent && refusable != 0 && refusable&^s.vetoed == 0:
		return false, "Het kind zei: dit wil ik echt niet."
	case s.need.Search != "":
		return s.isSought(o), "Dit past niet bij de woorden waar jullie op zochten."
	case quiet != 0 && quiet&s.proposed == 0:
		return false, "Dit stellen we niet uit onszelf voor. Het is te vinden door ernaar te zoeken."
	case o.audience() == forChild:
		return o.tags&s.proposed != 0, s.whyNot(o)
	}
	_, value := s.interestIn(&o.row)
	return leaf >= 0 && value >= bandMaybe, "Het gezin noemde dit niet."
}

func (s *search) whyNot(o *offer) string {
	why := "Het kind noemde dit niet."
	eachLeaf(o.tags, func(bit int) {
		if s.value[bit] < 0 {
			why = "Het kind vindt dit niet leuk."
		}
	})
	return why
}

// discoverable says whether an activity may be on the varied list of a thin profile: for children, with nothing the child
// refused, and of a kind that may be suggested.
func (s *search) discoverable(o *offer) bool {
	if (o.audience() != forChild && o.audience() != forFamily) || o.tags&s.vetoed != 0 {
		return false
	}
	return o.tags != 0 && o.tags&leaves().quiet == 0 && !(s.age >= venueAge && o.is(flagCommunity))
}

// notProposed says of every activity that is not in the list why not, by id.
func (s *search) notProposed(b *Board) []NotProposed {
	out, thin := []NotProposed{}, s.thin()
	b.each(func(o *offer) {
		leaf, _ := s.interestIn(&o.row)
		ok, why := s.candidate(o, leaf)
		if !ok && thin && s.discoverable(o) {
			ok = true
		}
		if ok && !s.onChosenDay(o) {
			ok, why = false, "Dit is niet op de dagen die jullie kozen."
		}
		if !ok {
			out = append(out, NotProposed{Activity: o.id, Why: why})
		}
	})
	slices.SortFunc(out, func(x, y NotProposed) int { return cmp.Compare(x.Activity, y.Activity) })
	return out
}

func (s *search) onChosenDay(o *offer) bool {
	return s.days == 0 || slices.ContainsFunc(o.slots, func(at slot) bool {
		return s.onDays(at.dayOn(s.on))
	})
}
