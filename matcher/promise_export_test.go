package matcher

import (
	"fmt"

	"wijknetwerk/kindinkaart"
)

// BrokenPromises holds every box of a board against the slots in it, and every slot against its judgement, and tells where
// something comes earlier than was hoped.
func BrokenPromises(n *kindinkaart.Need, b *Board, o Options) (broken []string, err error) {
	need := *n
	s, err := newSearch(&need, b, nil, o)
	if err != nil {
		return nil, err
	}
	w := s.walk(b)
	defer w.done()
	w.pass = &pass{leaves: w.wanted(), top: -1, takes: w.takes}
	w.setBetter()
	for _, g := range b.segments {
		eachLeaf(w.pass.leaves, func(leaf int) {
			z := &g.byLeaf[leaf]
			for at, slot := range z.slots[:z.placed] {
				if g.offers[g.slots[slot].offer].tags&w.better[leaf+1] == 0 {
					broken = append(broken, w.brokenAt(g, slot, z.levels, at/blockSize, w.hopeIn(leaf))...)
				}
			}
		})
		w.pass.top = w.mostWanted()
		for i := range g.offers {
			for slot := g.slotsFrom[i]; slot < g.slotsFrom[i+1]; slot++ {
				if g.slots[slot].place >= 0 {
					broken = append(broken, w.brokenAt(g, slot, g.among.levels, i/perWord, w.hopeIn(amongFound))...)
				}
			}
		}
		w.pass.top = -1
	}
	return broken, nil
}

// brokenAt holds one slot against the boxes around it, against what is hoped of those that cannot be in the group of a box,
// and against its judgement.
func (w *walker) brokenAt(g *segment, slot uint32, levels [][]box, at int, base hope) (broken []string) {
	row := &g.slots[slot]
	sign := w.signOf(&g.offers[row.offer], row)
	glanced := w.hopeOf(g, slot, sign, levels[0][at].cos)
	if sign.rank() == rankZo && whenOf(&g.offers[row.offer], row)&w.hopes.when == 0 {
		broken = append(broken, fmt.Sprintf("slot %d may do as it is, but not when it is: %+v", slot, *row))
	}
	for level := range levels {
		hoped := (base + w.boxHope(&levels[level][at])).order(false)
		for rank := hoped.rank(); rank < sign.rank(); rank++ {
			hoped = orderOf(rank+1, false, hoped.score()+leastLoss[rank])
		}
		if at /= fanOut; glanced < hoped {
			broken = append(broken, fmt.Sprintf("slot %d: hoped %x of its box at level %d, %x at a glance", slot, hoped, level, glanced))
		}
	}
	if judged, ok := w.judged(g, slot); ok && judged < glanced {
		broken = append(broken, fmt.Sprintf("slot %d: hoped %x at a glance, judged %x", slot, glanced, judged))
	}
	return broken
}

// judged judges one slot of the first segment.
func (w *walker) judged(g *segment, slot uint32) (order, bool) {
	i := g.slots[slot].offer
	g.unpack(i, &w.offer)
	w.offer.id = g.ids.at(int(i))
	leaf, value := w.interestIn(&w.offer.row)
	if !w.takes(&w.offer, leaf) {
		return 0, false
	}
	w.judge.offer, w.judge.cost = &w.offer, w.figures(g, i)
	return w.judgeSlot(0, int(slot-g.slotsFrom[i]), value)
}
