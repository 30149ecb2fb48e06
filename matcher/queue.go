package matcher

import (
	"math/bits"
	"slices"
)

// promise is a part of a leaf, or one slot, and the best that can be hoped of it.
type promise struct {
	order order
	at    uint32 // box of the leaf, or slot of the segment
	next  uint32 // in the queue: the one put in before it on the same step, plus one
	seg   int16
	leaf  int8
	kind  kind
}

// queue gives promises back best first, to a step of two thirds of a point: which of two so near each other comes first
// costs a look at most, and putting one in costs next to nothing.
type queue struct {
	all   []promise
	steps [6 << levelBits]uint32 // by group, full and score: the promise put in last, plus one
	at    int                    // no step before it has any
}

const (
	levelBits = 9
	perLevel  = 6     // bits of the score that a step leaves out
	topLevel  = 16384 // more points than there are, in hundredths
)

func (q *queue) clear() {
	q.all, q.at = q.all[:0], len(q.steps)
	clear(q.steps[:])
}

func (q *queue) push(p promise) {
	under := (p.order&(1<<orderFull-1) - (mostScore - topLevel)) >> perLevel
	step := int(p.order>>orderFull)<<levelBits | int(min(under, 1<<levelBits-1))
	p.next = q.steps[step]
	q.all = append(q.all, p)
	q.steps[step], q.at = uint32(len(q.all)), min(q.at, step)
}

// best is an order that nothing in the queue comes before; ok is false when it is empty.
func (q *queue) best() (o order, ok bool) {
	for q.at < len(q.steps) && q.steps[q.at] == 0 {
		q.at++
	}
	level := order(q.at & (1<<levelBits - 1))
	return order(q.at>>levelBits)<<orderFull | (mostScore - topLevel + level<<perLevel), q.at < len(q.steps)
}

// pop takes a promise off the best step.
func (q *queue) pop() promise {
	p := q.all[q.steps[q.at]-1]
	q.steps[q.at] = p.next
	return p
}

// kind is what a promise is about.
type kind int8

const (
	aLeaf    kind = iota // all of a leaf that has a place
	unplaced             // the slots of a leaf without a place
	aSlot
	aPrice // a slot of which it is known what the family pays
	aBox   // some slots; from here on boxes, by their level
)

// theRest, added to a kind, says that the slots which could be in a better group than the promise were looked at before.
const theRest kind = 1 << 6

// fill puts everything of the pass in the queue.
func (w *walker) fill() {
	w.queue.clear()
	w.setBetter()
	eachLeaf(w.pass.leaves, func(leaf int) {
		for i, g := range w.board.segments {
			z, p := &g.byLeaf[leaf], promise{seg: int16(i), leaf: int8(leaf)}
			if z.placed > 0 {
				p.order, p.kind = (w.hopeIn(leaf) + atHome).order(false), aLeaf
				w.queue.push(p)
			}
			if z.placed < len(z.slots) {
				p.order, p.kind = (w.hopeIn(leaf) + noWay).order(false), unplaced
				w.queue.push(p)
			}
		}
	})
	if w.pass.found {
		w.addFound()
	}
}

// addNamed adds the slots of the offers that a pass names.
func (w *walker) addNamed() {
	for _, id := range w.pass.ids {
		seg, i, ok := w.board.find(id)
		if !ok {
			continue
		}
		g := w.board.segments[seg]
		for s := g.slotsFrom[i]; s < g.slotsFrom[i+1]; s++ {
			w.pushSlot(g, promise{at: s, seg: int16(seg)}, w.signOf(&g.offers[i], &g.slots[s]), g.cos)
		}
	}
}

// hopeIn is what can be hoped of a leaf before any way is looked at.
func (w *walker) hopeIn(leaf int) hope {
	interest := w.pass.top
	if interest < 0 {
		interest = w.bestOf(leaf)
	}
	return w.hopes.most + hope(pointsInterest.share(max(interest, 0)))
}

// bestOf is the most that anybody of the family wants a leaf.
func (s *search) bestOf(leaf int) float64 { return max(s.value[leaf], s.parental[leaf]) }

// open looks into a promise and puts in the queue what may still matter of it.
func (w *walker) open(p *promise) {
	g := w.board.segments[p.seg]
	switch kind := p.kind &^ theRest; {
	case kind == aLeaf:
		top := len(w.levels(p)) - 1
		w.openBoxes(*p, top, 0, len(w.levels(p)[top]))
	case kind > aBox:
		below := int(kind - aBox - 1)
		from := int(p.at) * fanOut
		w.openBoxes(*p, below, from, min(from+fanOut, len(w.levels(p)[below])))
	case kind == aBox && p.leaf == amongFound:
		w.openFound(p)
	case p.leaf == amongFound:
		w.openNowhere(p)
	case kind == aBox:
		z, from := &g.byLeaf[p.leaf], int(p.at)*blockSize
		w.openSlots(p, g, z.slots[from:min(from+blockSize, z.placed)], z.levels[0][p.at].cos)
	default:
		z := &g.byLeaf[p.leaf]
		w.openSlots(p, g, z.slots[z.placed:], 0)
	}
}

// levels are the boxes that a promise is about one of.
func (w *walker) levels(p *promise) [][]box {
	g := w.board.segments[p.seg]
	if p.leaf == amongFound {
		return g.among.levels
	}
	return g.byLeaf[p.leaf].levels
}

// openBoxes puts some boxes of one level in the queue.
func (w *walker) openBoxes(p promise, level, from, to int) {
	boxes, base, out := w.levels(&p)[level], w.hopeIn(int(p.leaf)), promise{seg: p.seg, leaf: p.leaf, kind: aBox + kind(level)}
	for i := from; i < to; i++ {
		if p.leaf == amongFound && !w.found[p.seg].holds(level, i) {
			continue
		}
		if out.order, out.at = (base + w.boxHope(&boxes[i])).order(false), uint32(i); !w.hopeless(out.order) {
			w.queue.push(out)
		}
	}
}

// boxHope is what the way to a box and its times add to a hope.
func (s *search) boxHope(b *box) (h hope) {
	if b.when&s.hopes.when == 0 {
		h = underZo
	}
	if len(s.origins) == 0 {
		return h + noWay
	}
	least := s.origins[0].least(b)
	for i := 1; i < len(s.origins); i++ {
		least = min(least, s.origins[i].least(b))
	}
	return h + s.hopes.reach.of(least)
}

// openSlots looks at slots of which the best promise is p: the first time at all that may be in its group or were hoped to be
// in a better one, later at those that may be in just its group. The rest goes back in the queue as one promise of the next
// group, for it may never matter; in the last group there is none.
func (w *walker) openSlots(p *promise, g *segment, slots []uint32, cos float32) {
	rest, rank := false, p.order.rank()
	for block := range slices.Chunk(slots, blockSize) {
		rest = w.openBlock(p, g, block, cos) || rest
	}
	if !rest {
		return
	}
	later := *p
	later.kind |= theRest
	later.order = orderOf(rank+1, p.order.full(), p.order.score()+leastLoss[rank])
	if !w.hopeless(later.order) {
		w.queue.push(later)
	}
}

// underZo is the least that it changes not to be in the first group.
const underZo = oneHulp + hope(pointsUnknown)

// leastLoss is the least that what puts a slot under a group takes off its points.
var leastLoss = [...]points{rankZo: pointsUnknown, rankHulp: pointsOpen - pointsUnknown}

// openBlock looks at a few slots; there is a rest when some of them cannot be in the group of the promise. What of them is
// far away in memory is asked for all of them before anything is decided, so that the answers come together.
func (w *walker) openBlock(p *promise, g *segment, slots []uint32, cos float32) (rest bool) {
	var rows [blockSize]*row
	for k, s := range slots {
		rows[k] = &g.offers[g.slots[s].offer]
	}
	var elsewhere [blockSize]bool
	for k := range slots {
		elsewhere[k] = rows[k].tags&w.better[p.leaf+1] != 0
	}
	gone, rank, again := w.board.gone[p.seg], p.order.rank(), p.kind&theRest != 0
	for k, s := range slots {
		at, r := &g.slots[s], rows[k]
		if gone.has(at.offer) || elsewhere[k] {
			continue
		}
		sign := w.signOf(r, at)
		switch least := sign.rank(); {
		case least > rank:
			rest = true
		case least == rank || !again:
			w.pushSlot(g, promise{at: s, seg: p.seg}, sign, cos)
		}
	}
	return rest
}

// setBetter works out which leaves of the pass the family likes better than each: an offer under several leaves is looked at
// under the best, and what the words are in that is under none of them where the words are.
func (w *walker) setBetter() {
	w.better[amongFound+1] = w.pass.leaves
	for done, left := uint64(0), w.pass.leaves; left != 0; {
		best := bits.TrailingZeros64(left)
		eachLeaf(left, func(leaf int) {
			if w.bestOf(leaf) > w.bestOf(best) {
				best = leaf
			}
		})
		w.better[best+1] = done
		done, left = done|1<<best, left&^(1<<best)
	}
}

// pushSlot glances at a slot and puts it in the queue when it may still matter.
func (w *walker) pushSlot(g *segment, p promise, sign hope, cos float32) {
	p.order, p.kind = w.hopeOf(g, p.at, sign, cos), aSlot
	if !w.hopeless(p.order) {
		w.queue.push(p)
	}
}
