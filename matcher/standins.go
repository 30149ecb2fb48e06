package matcher

import (
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// mostAlternatives is how many other activities are named for a full one.
const mostAlternatives = 3

// leafAudience names a set of activities that stand in for each other.
type leafAudience struct {
	leaf int8
	who  audience
}

// standIns names at each full line activities to turn to: of the same leaf first, then of a near one (promise 5). Only
// what is not full itself and can be reached is named, in the order it would be ranked.
func (w *walker) standIns(items []Item, hits []hit) {
	var found map[leafAudience][]hit
	for i := range hits {
		if h := hits[i]; h.order.full() {
			if found == nil {
				found = map[leafAudience][]hit{}
			}
			who := w.rowOf(&h).audience()
			items[i].Alternatives = w.alternatives(found, leafAudience{h.leaf, who}, items[i].Activity)
		}
	}
}

func (w *walker) alternatives(found map[leafAudience][]hit, key leafAudience, but string) []string {
	var out []string
	add := func(list []hit) {
		for i := range list {
			id := w.idOf(&list[i])
			if len(out) < mostAlternatives && id != but && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if key.leaf < 0 {
		return nil
	}
	add(w.withRoom(found, key))
	var near []hit
	for _, tag := range questionnaire.Near(leaves().tag[key.leaf].ID) {
		if bit, ok := leafBits()[tag]; ok {
			near = append(near, w.withRoom(found, leafAudience{int8(bit), key.who})...)
		}
	}
	slices.SortFunc(near, func(a, b hit) int { return w.inOrder(&a, &b) })
	add(near)
	return out
}

// withRoom gives the best activities of a leaf that have room and can be reached: one more than may be named, so that the
// full one itself can be passed over.
func (w *walker) withRoom(found map[leafAudience][]hit, key leafAudience) []hit {
	if list, done := found[key]; done {
		return list
	}
	list := []hit{}
	if w.vetoed>>key.leaf&1 == 0 || key.who == forParent {
		list = slices.Clone(w.run(&pass{limit: mostAlternatives + 1, leaves: 1 << key.leaf, top: w.mostWanted(),
			takes: func(o *offer, _ int8) bool {
				return o.audience() == key.who && o.tags&^w.vetoed != 0 && o.tags&leaves().quiet == 0
			},
			keeps: func(h *hit, _ *offer) bool { return !h.order.full() && h.order.rank() != rankNuNiet }}))
	}
	found[key] = list
	return list
}
