package matcher

import (
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
)

// tryouts are offerings that do not exist yet, with one slot each, to hold against children.
type tryouts struct {
	judging
	ids    []string
	places [][]int // offerings of each place
	where  []int   // the place of each offering
	at     [][]int // offering by segment of the board and row in it
}

// tryoutsOf puts a list of offerings on a board of their own.
func (p *planner) tryoutsOf(list []catalog.Activity) *tryouts {
	board := NewBoard([]catalog.Partner{newPartner}, list, p.Schemes, p.Ways)
	t := &tryouts{judging: judging{board, p.Locate}, at: make([][]int, len(board.segments))}
	for seg, g := range board.segments {
		t.at[seg] = make([]int, g.len())
	}
	known := map[geo.Point]int{}
	for i, a := range list {
		point, _ := a.Slots[0].Location.Point()
		place, ok := known[point]
		if !ok {
			place = len(t.places)
			known[point], t.places = place, append(t.places, nil)
		}
		t.ids, t.where, t.places[place] = append(t.ids, a.ID), append(t.where, place), append(t.places[place], i)
		if seg, row, ok := board.find(a.ID); ok {
			t.at[seg][row] = i
		}
	}
	return t
}

// helps gives the offerings that a child can take. How far it is does not depend on the time: of every place one offering is
// judged first, and the others only where that one was not too far.
func (t *tryouts) helps(n *kindinkaart.SupplyNeed) (out []int) {
	w := t.begin(n)
	if w == nil {
		return nil
	}
	defer w.done()
	far := make([]bool, len(t.places))
	look := func(h *hit, against whys) {
		i := t.at[h.seg][h.offer]
		far[t.where[i]] = far[t.where[i]] || against.has(TooFar)
		if against == 0 && h.order.rank() != rankNuNiet {
			out = append(out, i)
		}
	}
	var some []string
	for _, offerings := range t.places {
		some = append(some, t.ids[offerings[0]])
	}
	w.among(some, look)
	some = some[:0]
	for place, offerings := range t.places {
		if !far[place] {
			for _, i := range offerings[1:] {
				some = append(some, t.ids[i])
			}
		}
	}
	w.among(some, look)
	slices.Sort(out)
	return out
}

// helped gives, for each child, the places in the list of the offerings that it can take.
func (p *planner) helped(list []catalog.Activity, children []int) [][]int {
	out := make([][]int, len(children))
	if len(children) == 0 {
		return out
	}
	try := p.tryoutsOf(list)
	each(len(children), func(k int) { out[k] = try.helps(&p.gaps.children[children[k]].SupplyNeed) })
	return out
}
