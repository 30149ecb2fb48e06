package matcher

// promise is a part of a leaf, or one slot, and the best that can be hoped of it.
type promise struct {
	order order
	at    uint32 // box of the leaf, or slot of the segment
	seg   int16
	leaf  int8
	kind  kind
}

// kind is what a promise is about.
type kind int8

const (
	unplaced kind = iota - 3 // the slots of a leaf without a place
	aSlot
	aGlimpse // a slot of which only so much is known that it is in the last group
	aBox     // some slots; from here on boxes, by their level
)

// fill puts everything of the pass in the queue.
func (w *walker) fill() {
	w.queue, w.later = w.queue[:0], w.later[:0]
	eachLeaf(w.pass.leaves, func(leaf int) {
		for i, g := range w.board.segments {
			z, p := &g.byLeaf[leaf], promise{seg: int16(i), leaf: int8(leaf)}
			if top := len(z.levels) - 1; top >= 0 {
				w.openBoxes(p, kind(top), 0, len(z.levels[top]))
			}
			if z.placed < len(z.slots) {
				h := w.hopeIn(leaf)
				h.noWay()
				p.order, p.kind = h.order(), unplaced
				w.push(p)
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
			w.pushSlot(g, promise{at: s, seg: int16(seg)}, g.cos)
		}
	}
}

// hopeIn is what can be hoped of a leaf before any way is looked at.
func (w *walker) hopeIn(leaf int) hope {
	interest := w.pass.top
	if interest < 0 {
		interest = w.bestOf(leaf)
	}
	h := w.hopes.most
	h.points += pointsInterest.share(max(interest, 0))
	return h
}

// bestOf is the most that anybody of the family wants a leaf.
func (s *search) bestOf(leaf int) float64 { return max(s.value[leaf], s.parental[leaf]) }

// open looks into a promise and puts in the queue what may still matter of it.
func (w *walker) open(p *promise) {
	g := w.board.segments[p.seg]
	switch {
	case p.kind == aGlimpse:
		w.pushSlot(g, *p, g.cos)
	case p.kind > aBox:
		below := p.kind - aBox - 1
		from := int(p.at) * fanOut
		w.openBoxes(*p, below, from, min(from+fanOut, len(w.levels(p)[below])))
	case p.kind == aBox && p.leaf == amongFound:
		w.openFound(p)
	case p.leaf == amongFound:
		w.openNowhere(p)
	case p.kind == aBox:
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
func (w *walker) openBoxes(p promise, level kind, from, to int) {
	boxes, base := w.levels(&p)[level], w.hopeIn(int(p.leaf))
	p.kind = aBox + level
	for i := from; i < to; i++ {
		if p.leaf == amongFound && !w.found[p.seg].holds(level, i) {
			continue
		}
		h := base
		if len(w.origins) == 0 {
			h.noWay()
		} else {
			w.travelHope(&h, w.leastMetres(&boxes[i]))
		}
		if p.order, p.at = h.order(), uint32(i); !w.hopeless(p.order) {
			w.push(p)
		}
	}
}

// openSlots looks at slots of which the best promise is p.
func (w *walker) openSlots(p *promise, g *segment, slots []uint32, cos float32) {
	gone, seen := w.board.gone[p.seg], w.seen[p.seg]
	out := promise{seg: p.seg}
	for _, s := range slots {
		at := &g.slots[s]
		r := &g.offers[at.offer]
		if seen[at.offer] == w.round || gone.has(at.offer) || w.elsewhere(r, p.leaf) {
			continue
		}
		out.at = s
		if !w.tooYoungOrOld(r, at) {
			w.pushSlot(g, out, cos)
			continue
		}
		out.order, out.kind = p.order.atLast(), aGlimpse
		if !w.hopeless(out.order) {
			w.push(out)
		}
	}
}

// elsewhere says that an offer under several leaves is looked at under another one, which the family likes better.
func (w *walker) elsewhere(r *row, leaf int8) bool {
	if r.tags&(r.tags-1) == 0 {
		return false
	}
	best, _ := w.interestIn(r)
	return best >= 0 && best != leaf && w.pass.leaves>>best&1 == 1
}

// pushSlot glances at a slot and puts it in the queue when it may still matter.
func (w *walker) pushSlot(g *segment, p promise, cos float32) {
	p.order, p.kind = w.hopeOf(g, p.at, cos), aSlot
	if !w.hopeless(p.order) {
		w.push(p)
	}
}

// push adds a promise to the queue, or to what comes later until the last group has its turn.
func (w *walker) push(p promise) {
	if p.order.rank() == rankNuNiet && !w.lastTurn {
		w.later = append(w.later, p)
		return
	}
	w.queue = append(w.queue, p)
	q := w.queue
	for i := len(q) - 1; i > 0; {
		parent := (i - 1) / 2
		if q[i].order >= q[parent].order {
			return
		}
		q[i], q[parent] = q[parent], q[i]
		i = parent
	}
}

// pop takes the best promise off the queue, which is a heap.
func (w *walker) pop() {
	last := len(w.queue) - 1
	w.queue[0] = w.queue[last]
	w.queue = w.queue[:last]
	w.sink(0)
}

// heap puts the queue in order.
func (w *walker) heap() {
	for i := len(w.queue)/2 - 1; i >= 0; i-- {
		w.sink(i)
	}
}

func (w *walker) sink(i int) {
	q := w.queue
	for {
		child := 2*i + 1
		if child >= len(q) {
			return
		}
		if child+1 < len(q) && q[child+1].order < q[child].order {
			child++
		}
		if q[child].order >= q[i].order {
			return
		}
		q[i], q[child] = q[child], q[i]
		i = child
	}
}
