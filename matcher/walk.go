package matcher

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"wijknetwerk/kindinkaart/regeling"
)

// hit is an activity at its best slot, as it was judged.
type hit struct {
	order order
	seg   int32
	offer uint32
	slot  uint32 // of the segment
	leaf  int8   // that fits best; -1 = none
}

// order is how early a result comes, by what is known first: group, full ones apart, score (promises 1 and 5). The
// smallest is first; equals are ordered by id (promise 7).
type order uint32

// An order holds the rank of the group, whether it is full, and how far the score is under the most there can be.
const (
	orderRank = 30
	orderFull = 29
	mostScore = 1 << 28
)

// The ranks of the groups.
const (
	rankZo = iota
	rankHulp
	rankNuNiet
)

var (
	groups     = [...]Group{rankZo: KanZo, rankHulp: KanMetHulp, rankNuNiet: KanNuNiet}
	groupOrder = map[Group]uint8{KanZo: rankZo, KanMetHulp: rankHulp, KanNuNiet: rankNuNiet}
)

func orderOf(rank uint8, full bool, score points) order {
	return order(rank)<<orderRank | order(btoi(full))<<orderFull | order(mostScore-score)
}

func (o order) rank() uint8   { return uint8(o >> orderRank) }
func (o order) full() bool    { return o>>orderFull&1 == 1 }
func (o order) score() points { return mostScore - points(o&(1<<orderFull-1)) }

// btoi is 1 for true.
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
	found  bool                           // and among what the words are in
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
	cut   order // what comes after it does not matter any more
	queue queue
	hoped hopes // of the search

	better [65]uint64 // by leaf+1: the leaves of the pass under which an offer is looked at rather
	seen   [][]uint32 // by segment and offer: the pass that judged it
	round  uint32
	known  [][]int32 // by segment and place: place in trips, plus one
	trips  []trip
	dirty  []placeKey

	offer offer
	paid  paid // the last that was worked out
	judge slotCase
	best  hit      // of the offer at hand
	some  []uint32 // slots to look at
}

type placeKey struct {
	seg   int
	place int32
}

var walkers = sync.Pool{New: func() any { return &walker{offer: offer{price: &price{}}} }}

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
		if len(w.known[i]) < g.placeN {
			w.known[i] = make([]int32, g.placeN)
		}
	}
	w.judge.search = s
	s.setHopes(&w.hoped)
	return w
}

// done gives a walker back.
func (w *walker) done() {
	for _, k := range w.dirty {
		w.known[k.seg][k.place] = 0
	}
	w.dirty, w.trips, w.hits = w.dirty[:0], w.trips[:0], w.hits[:0]
	w.hopes = nil
	w.search, w.board, w.pass, w.judge.search, w.judge.offer, w.judge.slot = nil, nil, nil, nil, nil, nil
	w.judge.sheet, w.paid = sheet{}, paid{}
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
	w.setCut()
	w.fill()
	w.addNamed()
	for best, ok := w.queue.best(); ok && !w.hopeless(best); best, ok = w.queue.best() {
		switch next := w.queue.pop(); {
		case w.hopeless(next.order):
		case next.kind == aSlot:
			w.price(next)
		case next.kind == aPrice:
			w.judgeOffer(&next)
		default:
			w.open(&next)
		}
	}
	if p.limit == 0 {
		slices.SortFunc(w.hits, func(a, b hit) int { return w.inOrder(&a, &b) })
	}
	return w.hits
}

// price puts a slot back in the queue when its price makes it come later than was hoped; else its offer is judged.
func (w *walker) price(p promise) {
	if w.seen[p.seg][w.board.segments[p.seg].slots[p.at].offer] == w.round {
		return // by another slot
	}
	hoped := p.order
	if p.order = w.pricedOrder(&p); p.order <= hoped {
		w.judgeOffer(&p)
	} else if p.kind = aPrice; !w.hopeless(p.order) {
		w.queue.push(p)
	}
}

// judgeOffer judges the offer of a slot, once in a pass.
func (w *walker) judgeOffer(p *promise) {
	i := w.board.segments[p.seg].slots[p.at].offer
	if w.seen[p.seg][i] != w.round {
		w.seen[p.seg][i] = w.round
		w.consider(int32(p.seg), i)
	}
}

// inOrder compares two hits to the end: by id, then slot.
func (w *walker) inOrder(a, b *hit) int {
	if a.order != b.order {
		return cmp.Compare(a.order, b.order)
	}
	if a.seg != b.seg {
		return cmp.Compare(w.idOf(a), w.idOf(b)) // an activity is in one segment only
	}
	return cmp.Or(w.board.segments[a.seg].ids.compare(a.offer, b.offer), cmp.Compare(w.slotID(a), w.slotID(b)))
}

func (w *walker) idOf(h *hit) string { return w.board.segments[h.seg].ids.at(int(h.offer)) }

func (w *walker) rowOf(h *hit) *row { return &w.board.segments[h.seg].offers[h.offer] }

func (w *walker) slotID(h *hit) string {
	g := w.board.segments[h.seg]
	return g.slotNames[g.slotIDs[h.slot]]
}

// hopeless says that nothing that comes this early at best can be among the best any more.
func (w *walker) hopeless(best order) bool { return best > w.cut }

// setCut works out the last order that still matters.
func (w *walker) setCut() {
	w.cut = math.MaxUint32
	below := w.pass.below
	if w.options.ForChild && (below == 0 || below > rankNuNiet) {
		below = rankNuNiet
	}
	if below > 0 {
		w.cut = order(below)<<orderRank - 1
	}
	if w.pass.limit > 0 && len(w.hits) == w.pass.limit {
		w.cut = min(w.cut, w.hits[len(w.hits)-1].order)
	}
}

// consider judges all slots of an offer and keeps the best.
func (w *walker) consider(seg int32, i uint32) {
	g, o := w.board.segments[seg], &w.offer
	g.unpack(i, o)
	if w.needsNames {
		o.id = g.ids.at(int(i))
	}
	leaf, value := w.interestIn(&o.row)
	if !w.pass.takes(o, leaf) {
		return
	}
	w.judge.offer, w.judge.cost = o, w.figures(g, i)
	best, found := &w.best, false
	for k := range o.slots {
		place, ok := w.judgeSlot(int(seg), k, value)
		if !ok {
			continue
		}
		h := hit{order: place, seg: seg, offer: i, slot: g.slotsFrom[i] + uint32(k), leaf: leaf}
		if !found || w.inOrder(&h, best) < 0 {
			*best, found = h, true
		}
	}
	if found && (w.pass.keeps == nil || w.pass.keeps(best, o)) {
		w.keep(*best)
	}
}

// paid is what the family pays for an offer.
type paid struct {
	segment *segment
	offer   uint32
	figures regeling.Figures
}

// figures are what the family pays for the offer at hand. They are asked for twice in a row when it comes to the front.
func (w *walker) figures(g *segment, i uint32) regeling.Figures {
	at := g.offers[i].priceAt
	if w.paysListPrice(g, at) {
		gross := g.priceList.gross(at)
		return regeling.Figures{GrossCents: gross, NetCents: gross}
	}
	if w.paid.segment != g || w.paid.offer != i {
		g.readPrice(i, &w.offer)
		w.paid = paid{g, i, w.family.Figures(w.priced(&w.offer))}
	}
	return w.paid.figures
}

// judgeSlot judges one slot of the offer at hand; ok is false when it is not on the chosen days.
func (w *walker) judgeSlot(seg, k int, interest float64) (place order, ok bool) {
	c := &w.judge
	c.slot = &c.offer.slots[k]
	c.weekday = c.slot.dayOn(w.on)
	if !w.onDays(c.weekday) {
		return 0, false
	}
	c.trip = w.tripAt(seg)
	c.assess()
	m := c.mark(interest)
	return orderOf(c.rank(), c.slot.full, m.total()), true
}

// onDays says whether a weekday is one of the chosen ones; -1 is none of them.
func (s *search) onDays(weekday int8) bool {
	return s.days == 0 || weekday >= 0 && s.days>>weekday&1 == 1
}

// tripAt is the way to the slot at hand; the way to each place is worked out once a search.
func (w *walker) tripAt(seg int) trip {
	c := &w.judge
	at := c.slot.placeAt
	if at < 0 || len(w.bases) == 0 || len(w.arranged) > 0 && len(w.arranged[c.offer.id]) > 0 {
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
	w.setCut()
}

// priced is what the funding rules need to know of an offer.
func (s *search) priced(o *offer) *regeling.Offer {
	start := s.begin
	if o.validFrom > s.earliest {
		start = firstDay + regeling.Day(o.validFrom)
	}
	s.pricing = regeling.Offer{Tariff: o.price.tariff, Category: o.category(), Recognised: recognitions[o.says(factRecognised)], Activity: o.id, Start: start}
	return &s.pricing
}

// firstDay is the day that a day counts from, as the funding rules know it.
var firstDay = regeling.DayOf(dayZero)

var recognitions = [3]string{unclear: "", yes: "ja", no: "nee"}

// earliestStart is in how many days a child can begin with help of a fund: a week to apply, three weeks to hear (DOMAIN 4.1).
const earliestStart = 28
