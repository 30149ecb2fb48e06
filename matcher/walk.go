package matcher

import (
	"cmp"
	"slices"
	"sync"

	"wijknetwerk/kindinkaart/regeling"
)

// hit is an activity at its best slot, as it was judged.
type hit struct {
	seg   int32
	offer uint32
	slot  uint32 // of the segment
	leaf  int8   // that fits best; -1 = none
	full  bool
	rank  uint8 // of the group: 0 kan_zo, 1 kan_met_hulp, 2 kan_nu_niet
	score float64
}

var groupOrder = map[Group]uint8{KanZo: 0, KanMetHulp: 1, KanNuNiet: 2}

const rankNuNiet = 2

// before says whether a result may come before another by what is known first: group, full ones apart, score
// (promises 1 and 5). Equals are ordered by id (promise 7).
func (h *hit) before(o *hit) int {
	return cmp.Or(cmp.Compare(h.rank, o.rank), btoi(h.full)-btoi(o.full), cmp.Compare(o.score, h.score))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pass is one walk over the board: the best offers among those it takes.
type pass struct {
	limit  int                            // 0 = all of them
	leaves uint64                         // under which leaves to look
	ids    []string                       // and these as well
	top    float64                        // no interest of an offer found there is above this; < 0 = that of the leaf itself
	takes  func(o *offer, leaf int8) bool // by its facts
	keeps  func(h *hit, o *offer) bool    // once judged
	below  uint8                          // groups from this rank on do not count; 0 = all do
}

// walker holds what a search needs while it walks, and is used again by the next.
type walker struct {
	*search
	board *Board
	pass  *pass
	hits  []hit // in order when the pass has a limit
	queue []promise

	seen  [][]uint32 // by segment and offer: the pass that judged it
	round uint32
	known [][]int32 // by segment and place: place in trips, plus one
	trips []trip
	dirty []placeKey

	offer    offer
	judge    slotCase
	plain    hope
	hope     hope      // of the slot at hand
	here     hit       // the slot at hand
	best     hit       // of the offer at hand
	later    []promise // what can be in the last group at best: looked at when all else is
	lastTurn bool      // that of the last group
}

type placeKey struct {
	seg   int
	place int32
}

var walkers = sync.Pool{New: func() any { return &walker{} }}

// walk lends a walker for a search.
func (s *search) walk(b *Board) *walker {
	w := walkers.Get().(*walker)
	w.search, w.board = s, b
	for len(w.seen) < len(b.segments) {
		w.seen, w.known = append(w.seen, nil), append(w.known, nil)
	}
	for i, g := range b.segments {
		if len(w.seen[i]) < g.len() {
			w.seen[i] = make([]uint32, g.len())
		}
		if len(w.known[i]) < len(g.points) {
			w.known[i] = make([]int32, len(g.points))
		}
	}
	w.judge.search = s
	w.plain = s.hopes()
	return w
}

// done gives a walker back.
func (w *walker) done() {
	for _, k := range w.dirty {
		w.known[k.seg][k.place] = 0
	}
	w.dirty, w.trips, w.hits, w.queue = w.dirty[:0], w.trips[:0], w.hits[:0], w.queue[:0]
	w.search, w.board, w.pass, w.judge.search, w.judge.offer, w.judge.slot = nil, nil, nil, nil, nil, nil
	walkers.Put(w)
}

// run walks and gives the hits, best first. They are valid until the next run.
func (w *walker) run(p *pass) []hit {
	w.pass, w.hits = p, w.hits[:0]
	if w.round++; w.round == 0 { // the counter went round: forget everything that was seen
		for _, seen := range w.seen {
			clear(seen)
		}
		w.round = 1
	}
	w.lastTurn = false
	w.fill()
	w.addFound()
	for w.more() {
		next := w.queue[0]
		if w.hopeless(next.rank, next.most) {
			break
		}
		w.pop()
		if next.kind != aSlot {
			w.open(&next)
			continue
		}
		i := w.board.segments[next.seg].offerOf[next.at]
		if w.seen[next.seg][i] != w.round {
			w.seen[next.seg][i] = w.round
			w.consider(int32(next.seg), i)
		}
	}
	w.queue, w.later = w.queue[:0], w.later[:0]
	if p.limit == 0 {
		slices.SortFunc(w.hits, func(a, b hit) int { return w.inOrder(&a, &b) })
	}
	return w.hits
}

// more says whether there is something in the queue; when it is empty the last group has its turn.
func (w *walker) more() bool {
	if len(w.queue) == 0 && !w.lastTurn {
		w.queue, w.later, w.lastTurn = w.later, w.queue, true
		w.heap()
	}
	return len(w.queue) > 0
}

// inOrder compares two hits to the end: by id, then slot.
func (w *walker) inOrder(a, b *hit) int {
	if c := a.before(b); c != 0 {
		return c
	}
	if a.seg != b.seg {
		return cmp.Compare(w.idOf(a), w.idOf(b)) // an activity is in one segment only
	}
	return cmp.Or(w.board.segments[a.seg].ids.compare(a.offer, b.offer), cmp.Compare(w.slotID(a), w.slotID(b)))
}

func (w *walker) idOf(h *hit) string { return w.board.segments[h.seg].ids.at(int(h.offer)) }

func (w *walker) slotID(h *hit) string {
	g := w.board.segments[h.seg]
	return g.slotNames[g.slotIDs[h.slot]]
}

// hopeless says that nothing with this group and at most these points can be among the best any more.
func (w *walker) hopeless(rank uint8, most float64) bool {
	if w.options.ForChild && rank == rankNuNiet || w.pass.below > 0 && rank >= w.pass.below {
		return true
	}
	if w.pass.limit == 0 || len(w.hits) < w.pass.limit {
		return false
	}
	last := &w.hits[len(w.hits)-1]
	return rank > last.rank || rank == last.rank && !last.full && most < last.score
}

// consider judges all slots of an offer and keeps the best.
func (w *walker) consider(seg int32, i uint32) {
	g, o := w.board.segments[seg], &w.offer
	g.unpack(i, o)
	if w.needsNames {
		o.id = g.ids.at(int(i))
	}
	leaf, value := w.interestIn(o.tags, o.first, o.audience)
	if !w.pass.takes(o, leaf) {
		return
	}
	best, h, found := &w.best, &w.here, false
	w.judge.offer = o
	if w.paysListPrice(g, i) {
		gross := g.priceList.rows[g.prices[i]].gross
		w.judge.cost = regeling.Figures{GrossCents: gross, NetCents: gross}
	} else {
		g.readPrice(i, o)
		w.judge.cost = w.family.Figures(w.priced(o))
	}
	for k := range o.slots {
		if !w.judgeSlot(int(seg), k, value) {
			continue
		}
		h.seg, h.offer, h.slot, h.leaf = seg, i, g.slotsFrom[i]+uint32(k), leaf
		if !found || w.inOrder(h, best) < 0 {
			*best, found = *h, true
		}
	}
	if found && (w.pass.keeps == nil || w.pass.keeps(best, o)) {
		w.keep(*best)
	}
}

// judgeSlot judges one slot of the offer at hand; it gives false when it is not on the chosen days.
func (w *walker) judgeSlot(seg, k int, interest float64) bool {
	c := &w.judge
	c.slot = &c.offer.slots[k]
	c.weekday = c.slot.dayOn(w.on)
	if w.days != 0 && (c.weekday < 0 || w.days>>c.weekday&1 == 0) {
		return false
	}
	c.trip = w.tripAt(seg)
	c.assess()
	m := c.mark(interest)
	w.here = hit{full: c.slot.full, rank: groupOrder[c.group()], score: m.total()}
	return true
}

// tripAt is the way to the slot at hand; the way to each place is worked out once a search.
func (w *walker) tripAt(seg int) trip {
	c := &w.judge
	at := c.slot.placeAt
	if at < 0 || len(w.bases) == 0 || len(w.arranged[c.offer.id]) > 0 {
		return w.tripTo(c.offer, c.slot)
	}
	n := w.known[seg][at]
	if n == 0 {
		w.trips = append(w.trips, w.wayTo(&c.slot.place, w.modeFor("")))
		n = int32(len(w.trips))
		w.known[seg][at] = n
		w.dirty = append(w.dirty, placeKey{seg, at})
	}
	t := w.trips[n-1]
	t.atSchool = w.atOwnSchool(c.offer, c.slot)
	t.parts = partsOnTheRoad(c.slot, t.minutes, t.atSchool)
	return t
}

// keep puts a hit in its place among the best.
func (w *walker) keep(h hit) {
	if w.pass.limit == 0 {
		w.hits = append(w.hits, h)
		return
	}
	at, _ := slices.BinarySearchFunc(w.hits, h, func(a, b hit) int { return w.inOrder(&a, &b) })
	if at == w.pass.limit {
		return
	}
	if len(w.hits) == w.pass.limit {
		w.hits = w.hits[:len(w.hits)-1]
	}
	w.hits = slices.Insert(w.hits, at, h)
}

// priced is what the funding rules need to know of an offer.
func (s *search) priced(o *offer) *regeling.Offer {
	start := s.begin
	if o.validFrom > s.earliest {
		start = o.validFrom.date()
	}
	s.pricing = regeling.Offer{Tariff: &o.price.tariff, Category: o.category, Recognised: recognitions[o.recognised], Activity: o.id, Start: start}
	return &s.pricing
}

var recognitions = [3]string{unclear: "", yes: "ja", no: "nee"}

// earliestStart is in how many days a child can begin with help of a fund: a week to apply, three weeks to hear (DOMAIN 4.1).
const earliestStart = 28
