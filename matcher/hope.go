package matcher

import (
	"math"

	"wijknetwerk/geo"
)

// What a search may hope for before it has looked: bounds that no judgement beats. A walk goes to the places with the
// best hopes first and stops where none is left, so that nothing that matters is passed over.

// hope is what holds everywhere for one family.
type hope struct {
	rank   uint8   // no slot is in a better group
	points float64 // no slot gets more points besides those for interest and travel
}

// slack makes up for rounding of the parts of a score.
const slack = 0.05

func (s *search) hopes() hope {
	h := hope{points: pointsCost + slack}
	for _, w := range s.wishes {
		if w != "" {
			h.points += pointsPref
		}
	}
	if s.need.Search != "" {
		h.points += pointsSought
	}
	for _, r := range s.rules {
		code := Barriers()[r.barrier].Code
		if !s.mayBeLifted && (everywhere[code] || code == "medisch" && s.medicalPlan()) {
			h.worse(1, pointsOpen)
		}
	}
	return h
}

func (s *search) medicalPlan() bool {
	c := slotCase{search: s}
	return c.needs("medical_plan")
}

// travelHope gives the best group and points that a way of so many metres in a straight line still allows.
func (s *search) travelHope(straight float64) (rank uint8, points float64) {
	least := math.Inf(1)
	for _, p := range s.paces {
		least = min(least, p.start+p.perMetre*straight)
	}
	points = travelPoints[min(int(least*perMinute), len(travelPoints)-1)]
	switch {
	case least <= s.limit:
		return 0, points
	case !s.limitSaid && s.driving.start+s.driving.perMetre*straight > outOfReach():
		return rankNuNiet, points + pointsOpen
	case !s.limitSaid:
		return 1, points + pointsUnknown
	case least <= 1.5*s.limit || s.onFoot && s.cycling.start+s.cycling.perMetre*straight <= s.limit:
		return 1, points + pointsOpen
	}
	return rankNuNiet, points + pointsOpen
}

// pace is the least time a mode takes: minutes to begin with, and for each metre of a straight line.
type pace struct{ start, perMetre float64 }

func (s *search) paceOf(mode geo.Mode) pace {
	const metres = 1000
	start := s.ways.LeastMinutes(0, mode, max(s.age, 0))
	return pace{start, (s.ways.LeastMinutes(metres, mode, max(s.age, 0)) - start) / metres}
}

// paceFor is the pace of a mode that a child may go by alone.
func (s *search) paceFor(mode geo.Mode) pace {
	for i, m := range s.aloneModes() {
		if m == mode && i+1 < len(s.paces) {
			return s.paces[i+1]
		}
	}
	return pace{}
}

// setPaces keeps the paces of the family and of the child alone.
func (s *search) setPaces() {
	s.paces, s.cycling, s.driving = append(s.paces, s.paceOf(s.fastest())), s.paceOf(geo.Bike), s.paceOf(geo.Car)
	switch s.facts.Independence.Mode {
	case "walk", "bike", "transit":
		for _, m := range s.aloneModes() {
			s.paces = append(s.paces, s.paceOf(m))
		}
	}
}

// travelPoints are the points for travel by quarters of a minute: those of the beginning of the quarter.
var travelPoints = func() (table [1024]float64) {
	for q := range table {
		table[q] = pointsTravel * geo.Decay(float64(q)/perMinute, halfTravel)
	}
	return table
}()

const perMinute = 4

// fastest is the mode of the family, by bicycle where one may have been arranged.
func (s *search) fastest() geo.Mode {
	if s.onFoot && (s.mode == geo.Bike || s.mode == geo.Car) && !s.assumed("fiets", -1) && len(s.arranged) == 0 {
		return geo.Walk
	}
	if s.onFoot && s.mode == geo.Car {
		return geo.Bike
	}
	return s.mode
}

// leastMetres is a straight line that no base is nearer to a box.
func (s *search) leastMetres(b *box) float64 {
	least := math.Inf(1)
	for _, o := range s.origins {
		least = min(least, o.least(b))
	}
	return least
}

func (s *search) leastMetresTo(p geo.Point, cos float32) float64 {
	least := math.Inf(1)
	for _, o := range s.origins {
		least = min(least, o.leastTo(p, cos))
	}
	return least
}

// promise is a part of a leaf, or one slot, and the best that can be hoped of it.
type promise struct {
	most float64
	at   uint32 // top or block of the leaf, or slot of the segment
	seg  int16
	leaf int8
	rank uint8
	kind kind
}

// kind is what a promise is about.
type kind uint8

const (
	aTop kind = iota // some blocks
	aBlock
	unplaced // the slots of a leaf without a place
	aSlot
	aGlimpse // a slot of which only so much is known that it is in the last group
)

func (p *promise) before(o *promise) bool {
	return p.rank < o.rank || p.rank == o.rank && p.most > o.most
}

// fill puts everything of the pass in the queue.
func (w *walker) fill() {
	w.queue, w.later = w.queue[:0], w.later[:0]
	eachLeaf(w.pass.leaves, func(leaf int) {
		for i, g := range w.board.segments {
			p := w.promiseOf(leaf, i)
			z := &g.byLeaf[leaf]
			for t := range z.tops {
				w.put(w.within(&z.tops[t], p, aTop, t))
			}
			if z.placed < len(z.slots) {
				w.put(w.nowhere(p, unplaced))
			}
		}
	})
	w.heap()
}

// addFound adds the slots of the offers that a pass names.
func (w *walker) addFound() {
	for _, id := range w.pass.ids {
		seg, i, ok := w.board.find(id)
		if !ok {
			continue
		}
		g := w.board.segments[seg]
		for s := g.slotsFrom[i]; s < g.slotsFrom[i+1]; s++ {
			w.pushSlot(g, int16(seg), s, g.cos)
		}
	}
}

// put adds a promise to the queue, which is no heap yet, or to what comes later.
func (w *walker) put(p promise) {
	if p.rank == rankNuNiet {
		w.later = append(w.later, p)
		return
	}
	w.queue = append(w.queue, p)
}

// heap puts the queue in order.
func (w *walker) heap() {
	for i := len(w.queue)/2 - 1; i >= 0; i-- {
		w.sink(i)
	}
}

// promiseOf is what can be hoped of a leaf in a segment before any way is looked at.
func (w *walker) promiseOf(leaf, seg int) promise {
	interest := w.pass.top
	if interest < 0 {
		interest = w.bestOf(leaf)
	}
	return promise{most: w.plain.points + pointsInterest*max(interest, 0), seg: int16(seg), leaf: int8(leaf), rank: w.plain.rank}
}

// bestOf is the most that anybody of the family wants a leaf.
func (s *search) bestOf(leaf int) float64 { return max(s.value[leaf], s.parental[leaf]) }

// nowhere takes down a promise for a way that is not known.
func (w *walker) nowhere(p promise, k kind) promise {
	p.most, p.rank, p.kind = p.most+pointsTravel*unknownShare+pointsUnknown, max(p.rank, 1), k
	return p
}

// within takes down a promise for the way to a box.
func (w *walker) within(b *box, p promise, k kind, at int) promise {
	if len(w.origins) == 0 {
		p = w.nowhere(p, k)
	} else {
		rank, points := w.travelHope(w.leastMetres(b))
		p.most, p.rank, p.kind = p.most+points, max(p.rank, rank), k
	}
	p.at = uint32(at)
	return p
}

// open looks into a promise and puts in the queue what may still matter of it.
func (w *walker) open(p *promise) {
	g := w.board.segments[p.seg]
	z := &g.byLeaf[p.leaf]
	switch p.kind {
	case aTop:
		base := w.promiseOf(int(p.leaf), int(p.seg))
		for i := int(p.at) * topSize; i < min(int(p.at+1)*topSize, len(z.boxes)); i++ {
			if b := w.within(&z.boxes[i], base, aBlock, i); !w.hopeless(b.rank, b.most) {
				w.push(b)
			}
		}
	case aBlock:
		from := int(p.at) * blockSize
		w.openSlots(p, g, z.slots[from:min(from+blockSize, z.placed)], z.boxes[p.at].cos)
	case unplaced:
		w.openSlots(p, g, z.slots[z.placed:], 0)
	case aGlimpse:
		w.pushSlot(g, p.seg, p.at, g.cos)
	}
}

// openSlots looks at slots of which the best promise is p.
func (w *walker) openSlots(p *promise, g *segment, slots []uint32, cos float32) {
	gone, seen := w.board.gone[p.seg], w.seen[p.seg]
	for _, s := range slots {
		i := g.offerOf[s]
		switch {
		case seen[i] == w.round || gone.has(i):
		case w.tooYoungOrOld(g, i, s):
			if !w.hopeless(rankNuNiet, p.most) {
				w.push(promise{most: p.most, at: s, seg: p.seg, rank: rankNuNiet, kind: aGlimpse})
			}
		default:
			w.pushSlot(g, p.seg, s, cos)
		}
	}
}

func (w *walker) pushSlot(g *segment, seg int16, s uint32, cos float32) {
	if h := w.hopeOf(g, s, cos); !w.hopeless(h.rank, h.points) {
		w.push(promise{most: h.points, at: s, seg: seg, rank: h.rank, kind: aSlot})
	}
}

// pop takes the best promise off the queue, which is a heap.
func (w *walker) pop() {
	last := len(w.queue) - 1
	w.queue[0] = w.queue[last]
	w.queue = w.queue[:last]
	w.sink(0)
}

// push adds a promise to the queue, or to what comes later until the last group has its turn.
func (w *walker) push(p promise) {
	if p.rank == rankNuNiet && !w.lastTurn {
		w.later = append(w.later, p)
		return
	}
	w.queue = append(w.queue, p)
	q := w.queue
	for i := len(q) - 1; i > 0; {
		parent := (i - 1) / 2
		if !q[i].before(&q[parent]) {
			return
		}
		q[i], q[parent] = q[parent], q[i]
		i = parent
	}
}

func (w *walker) sink(i int) {
	q := w.queue
	for {
		child := 2*i + 1
		if child >= len(q) {
			return
		}
		if child+1 < len(q) && q[child+1].before(&q[child]) {
			child++
		}
		if !q[child].before(&q[i]) {
			return
		}
		q[i], q[child] = q[child], q[i]
		i = child
	}
}
