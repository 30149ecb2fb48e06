package questionnaire

import (
	"iter"
	"slices"
)

// Barriers is what is known of every barrier somebody was asked about (DOMAIN 3.2, missing answers): ticked is yes, listed
// but not ticked not_mentioned, "weet ik niet" unknown, an explicit "niks" or "nee" no. Child and parent are merged: yes
// wins, then unknown, then no, then not_mentioned. A question that was offered but skipped gives unknown where no other
// question said anything. The zero value is that nobody was asked anything.
type Barriers struct {
	said [saidYes + 1]barrierSet // by how certain it is; a barrier may stand in several, the most certain counts
}

// barrierSet is a set of barriers by number.
type barrierSet uint64

// mostBarriers is how many barriers the questions may speak of.
const mostBarriers = 64

// State gives what is known of a barrier; "" when nobody was asked about it.
func (b *Barriers) State(code string) BarrierState {
	return b.of(Default().barrier(code))
}

func (b *Barriers) of(barrier barrierSet) BarrierState {
	for c := saidYes; c > notAsked; c-- {
		if b.said[c]&barrier != 0 {
			return certainties[c]
		}
	}
	return ""
}

// All gives every barrier somebody was asked about, with what is known of it.
func (b *Barriers) All() iter.Seq2[string, BarrierState] {
	return func(yield func(string, BarrierState) bool) {
		for n, code := range Default().codes {
			if state := b.of(1 << n); state != "" && !yield(code, state) {
				return
			}
		}
	}
}

// barrier gives the barrier with a code; none when no question speaks of it.
func (d *Definition) barrier(code string) barrierSet {
	if n := find(&d.barriers, code); n >= 0 {
		return 1 << n
	}
	return 0
}

// barriers hears the answers to all questions that ask what makes taking part difficult.
func (w *words) barriers(details *details) (said Barriers) {
	for _, s := range []*sheet{&w.own, &w.his} {
		for _, id := range barrierQuestions {
			if a := s.of(w.def, id); a.item != nil {
				said.hear(a)
				details.hear(a)
			}
		}
	}
	said.markSkipped(w.def, &w.own)
	said.markSkipped(w.def, &w.his)
	return said
}

// barrierQuestions ask what makes taking part difficult.
var barrierQuestions = [...]string{"G3", "F1", "F2", "W6", "P3"}

// certainty orders states when child and parent differ.
type certainty uint8

const (
	notAsked certainty = iota
	notMentioned
	saidNo
	notKnown
	saidYes
)

var certainties = [...]BarrierState{notMentioned: BarrierNotMentioned, saidNo: BarrierNo, notKnown: BarrierUnknown, saidYes: BarrierYes}

func certaintyOf(s BarrierState) certainty { return certainty(max(slices.Index(certainties[:], s), 0)) }

// hear adds what one answer says about each barrier of its list. A child that is silent about what the parent is asked
// too settles nothing, unless it does not know.
func (b *Barriers) hear(a *answer) {
	rest := a.unticked()
	asked := a.item.asks &^ a.names()
	if rest != notKnown {
		asked &^= a.item.asksParentToo
	}
	b.said[rest] |= asked
	for _, place := range a.picked {
		o := a.option(place)
		b.said[o.means] |= o.barrier
	}
	if o := a.followed(); o != nil {
		b.said[o.means] |= o.barrier
	}
}

// unticked is the state of what stands in the list but was not ticked. An exclusive option that names no barrier of its
// own ("niets", "nee") answers the whole list with no; not wanting to say is not knowing.
func (a *answer) unticked() certainty {
	state := notMentioned
	for _, place := range a.picked {
		switch o := a.option(place); {
		case o.evades:
			return notKnown
		case o.Exclusive && o.Barrier == nil:
			state = saidNo
		}
	}
	return state
}

// names gives the barriers that chosen options point at.
func (a *answer) names() (set barrierSet) {
	for _, place := range a.picked {
		set |= a.option(place).barrier
	}
	return set
}

// followed gives the follow-up option that was chosen, for example why a child stopped; nil when there is none.
func (a *answer) followed() *Option {
	for _, place := range a.picked {
		o := a.option(place)
		if i := o.followupPlace(a.text); i >= 0 {
			return &o.Followups[i]
		}
	}
	return nil
}

// markSkipped sets unknown for the barriers of questions that were offered and skipped, when anything was answered at
// all. G3 is not counted as offered: it is asked only with its own consent.
func (b *Barriers) markSkipped(d *Definition, answered *sheet) {
	if answered.said == 0 {
		return
	}
	var known barrierSet
	for _, set := range b.said[notMentioned:] {
		known |= set
	}
	for skipped := answered.asked.barriers &^ answered.said; skipped != 0; skipped &= skipped - 1 {
		b.said[notKnown] |= d.sorted[skipped.first()].asks &^ known
	}
}

// details are the extra words of the barriers that were named, by code.
type details map[string][]string

func (d *details) hear(a *answer) {
	for _, place := range a.picked {
		d.note(a.option(place).Barrier)
	}
	if o := a.followed(); o != nil {
		d.note(o.Barrier)
	}
}

func (d *details) note(b *BarrierHint) {
	if b == nil || b.Detail == "" || slices.Contains((*d)[b.Code], b.Detail) {
		return
	}
	if *d == nil {
		*d = details{}
	}
	(*d)[b.Code] = append((*d)[b.Code], b.Detail)
}
