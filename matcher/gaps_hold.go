package matcher

import (
	"sync/atomic"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
)

// judging holds children against a board with the rules of Rank, without words.
type judging struct {
	board  *Board
	locate Locate
}

// begin reads a child; nil when too little is known of it to rank, or not where it lives. Who gets a walker calls done.
func (j judging) begin(n *kindinkaart.SupplyNeed) *walker {
	var o Options
	if n.Klas {
		o.Mode = geo.Walk
	}
	s, err := newSearch(&n.Need, j.board, j.locate, o)
	if err != nil || s.coverage.Few() || len(s.bases) == 0 {
		return nil
	}
	return s.walk(j.board)
}

// each shows every line there would be to look, judged.
func (w *walker) each(look func(c *slotCase)) {
	for _, h := range w.proposals() {
		look(w.again(&h))
	}
}

// among judges some activities that have one slot each, and shows all it could judge to look.
func (w *walker) among(ids []string, look func(h *hit, against whys)) {
	w.run(&pass{ids: ids, top: -1, takes: w.takes, keeps: func(h *hit, _ *offer) bool {
		look(h, w.judge.against()) // the slot that was judged last is the only one
		return false
	}})
}

// wishedFor are the leaves that figures about supply count as a wish of a child (see FindGaps).
func (s *search) wishedFor() (set uint64) {
	for bit, v := range s.value {
		if v >= bandFits {
			set |= 1 << bit
		}
	}
	return set &^ (s.vetoed | leaves().quiet | leaves().adult)
}

// holding holds children against the catalogue; several at a time may.
type holding struct {
	judging
	shelf map[string]*shelved
}

// shelved is an activity as figures about supply know it.
type shelved struct {
	leaves uint64
	year   atomic.Int64 // most it costs a family in a year, in cents, and one; 0 = nobody was held against it
}

func newHolding(o Offered) *holding {
	h := &holding{judging{o.Board, o.Locate}, make(map[string]*shelved, len(o.Activities))}
	for _, a := range o.Activities {
		s := &shelved{}
		for _, tag := range a.Tags {
			if bit, ok := leafBits()[tag]; ok {
				s.leaves |= 1 << bit
			}
		}
		h.shelf[a.ID] = s
	}
	return h
}

// years are the prices that were met, in cents by activity.
func (h *holding) years() map[string]int {
	out := map[string]int{}
	for id, s := range h.shelf {
		if year := s.year.Load(); year > 0 {
			out[id] = int(year - 1)
		}
	}
	return out
}

// costs remembers a price when it is the most so far.
func (s *shelved) costs(cents int) {
	for was := s.year.Load(); was <= int64(cents) && !s.year.CompareAndSwap(was, int64(cents)+1); {
		was = s.year.Load()
	}
}

// hold ranks the catalogue for one child; unmet is nil when it cannot be counted.
func (h *holding) hold(n *kindinkaart.SupplyNeed) gapChild {
	w := h.begin(n)
	if w == nil {
		return gapChild{}
	}
	defer w.done()
	wished := w.wishedFor()
	var nearest [64]whys
	eachLeaf(wished, func(bit int) { nearest[bit] = nothingThere })
	w.each(func(c *slotCase) {
		s := h.shelf[c.offer.id]
		if s == nil {
			return // it came after the list was read
		}
		s.costs(c.cost.GrossCents)
		if c.hasEnded() {
			return
		}
		against := c.against()
		eachLeaf(s.leaves&wished, func(bit int) {
			if against.nearerThan(nearest[bit]) {
				nearest[bit] = against
			}
		})
	})
	c := gapChild{SupplyNeed: *n, band: bandOf(n.Need), parts: partsOf(w.facts), unmet: map[string]Why{}}
	eachLeaf(wished, func(bit int) {
		if nearest[bit] != 0 {
			c.unmet[leaves().tag[bit].ID] = nearest[bit].first()
		}
	})
	return c
}
