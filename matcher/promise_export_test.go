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
				box := &z.levels[0][at/blockSize]
				hoped := (w.hopeIn(leaf) + w.boxHope(box)).order(false)
				row := &g.slots[slot]
				sign := w.signOf(&g.offers[row.offer], row)
				if g.offers[row.offer].tags&w.better[leaf+1] != 0 {
					continue
				}
				glanced := w.hopeOf(g, slot, sign, box.cos)
				if glanced < hoped {
					broken = append(broken, fmt.Sprintf("slot %d: hoped %x of its box, %x at a glance", slot, hoped, glanced))
				}
				if judged, ok := w.judged(g, slot); ok && judged < glanced {
					broken = append(broken, fmt.Sprintf("slot %d: hoped %x at a glance, judged %x", slot, glanced, judged))
				}
			}
		})
	}
	return broken, nil
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
