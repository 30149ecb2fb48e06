package matcher

import (
	"slices"

	"wijknetwerk/kindinkaart"
)

// mostLines is how many lines of a list are weighed again for each change: a family does not look further.
const mostLines = 1000

// standing is how an activity stands after a change, without words.
type standing struct {
	group   Group
	band    Band
	smwOnly bool
}

// pulled gives need and options with a lever pulled.
func (w *whatif) pulled(l lever) (kindinkaart.Need, Options) {
	need, o := w.need, w.options
	if l.change != nil {
		need = l.change(need)
	}
	o.Assume = append(slices.Clone(o.Assume), l.assume...)
	if l.anyDay {
		o.Weekdays = nil
	}
	if len(l.days) > 0 {
		o.Weekdays = l.days
	}
	return need, o
}

// judged judges some activities, and only those, with a lever pulled. What is not proposed then, or not on the days, is not
// visited. thin says that too little is known to rank.
func (w *whatif) judged(l lever, ids []string, visit func(wk *walker, h *hit)) (thin bool, err error) {
	need, o := w.pulled(l)
	s, err := newSearch(&need, w.board, w.locate, o)
	if err != nil {
		return false, err
	}
	wk := s.walk(w.board)
	defer wk.done()
	for _, h := range slices.Clone(wk.run(&pass{ids: ids, top: -1, takes: wk.takes})) {
		visit(wk, &h)
	}
	return s.thin(), nil
}

// standings gives how the lines of the list stand with a lever pulled.
func (w *whatif) standings(l lever) (map[string]standing, error) {
	out := make(map[string]standing, len(w.ids))
	_, err := w.judged(l, w.ids, func(wk *walker, h *hit) { out[wk.idOf(h)] = wk.standing(h) })
	return out, err
}

func (w *walker) standing(h *hit) standing {
	r := w.rowOf(h)
	_, value := w.interestIn(r)
	return standing{group: groups[h.order.rank()], band: BandOf(value), smwOnly: r.safety() != safetyDeclared}
}
