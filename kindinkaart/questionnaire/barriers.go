package questionnaire

import "slices"

// barriers gives the state of every barrier somebody was asked about (DOMAIN 3.2, missing answers): ticked is yes, listed
// but not ticked not_mentioned, "weet ik niet" unknown, an explicit "niks" or "nee" no. Child and parent are merged: yes
// wins, then unknown, then no, then not_mentioned. A question that was offered but skipped gives unknown where no other
// question said anything.
func (w *words) barriers(v Variant, details map[string][]string) map[string]BarrierState {
	said := barrierStates{def: w.def, states: make([]certainty, len(w.def.codes)), details: details}
	for _, s := range []*sheet{&w.own, &w.his} {
		for _, id := range barrierQuestions {
			if a := s.of(w.def, id); a.item != nil {
				said.hear(a)
			}
		}
	}
	said.markSkipped(v, &w.own)
	said.markSkipped(VariantP, &w.his)
	return said.byCode()
}

// barrierQuestions ask what makes taking part difficult.
var barrierQuestions = []string{"G3", "F1", "F2", "W6", "P3"}

// certainty orders states when child and parent differ; 0 is not asked.
type certainty uint8

const (
	notMentioned certainty = iota + 1
	saidNo
	notKnown
	saidYes
)

var certainties = [...]BarrierState{notMentioned: BarrierNotMentioned, saidNo: BarrierNo, notKnown: BarrierUnknown, saidYes: BarrierYes}

func certaintyOf(s BarrierState) certainty { return certainty(max(slices.Index(certainties[:], s), 0)) }

// barrierStates is what was said about each barrier, by its number.
type barrierStates struct {
	def     *Definition
	states  []certainty
	details map[string][]string
}

func (b *barrierStates) put(code int, s certainty) { b.states[code] = max(b.states[code], s) }

// code gives the number of a barrier, -1 when no question speaks of it.
func (d *Definition) code(barrier string) int { return slices.Index(d.codes, barrier) }

// hear adds what one answer says about each barrier of its list.
func (b *barrierStates) hear(a *answer) {
	rest := a.unticked()
	for _, asked := range a.item.asks {
		if !a.names(asked.code) && (rest == notKnown || !asked.toParent) {
			b.put(asked.code, rest)
		}
	}
	for _, o := range a.picked {
		b.hearOption(o)
	}
	if o := a.followed(); o != nil {
		b.hearOption(o)
	}
}

func (b *barrierStates) hearOption(o *Option) {
	if o.Barrier == nil {
		return
	}
	b.put(o.code, certaintyOf(o.Barrier.State))
	code, detail := o.Barrier.Code, o.Barrier.Detail
	if detail != "" && !slices.Contains(b.details[code], detail) {
		b.details[code] = append(b.details[code], detail)
	}
}

// unticked is the state of what stands in the list but was not ticked. An exclusive option that names no barrier of its
// own ("niets", "nee") answers the whole list with no; not wanting to say is not knowing.
func (a *answer) unticked() certainty {
	state := notMentioned
	for _, o := range a.picked {
		switch {
		case o.DontKnow || slices.Contains(o.Needs, "prefer_not"):
			return notKnown
		case o.Exclusive && o.Barrier == nil:
			state = saidNo
		}
	}
	return state
}

// followed gives the follow-up option that was chosen, for example why a child stopped; nil when there is none.
func (a *answer) followed() *Option {
	for _, o := range a.picked {
		if i := o.followupPlace(a.followup); i >= 0 {
			return &o.Followups[i]
		}
	}
	return nil
}

// markSkipped sets unknown for the barriers of questions that were offered and skipped, when anything was answered at
// all. G3 is not counted as offered: it is asked only with its own consent.
func (b *barrierStates) markSkipped(v Variant, answered *sheet) {
	if answered.said == 0 {
		return
	}
	skipped := b.def.variants[v].all &^ answered.said
	for i := range b.def.items {
		it := &b.def.items[i]
		if skipped&(1<<i) == 0 || it.SeparateConsent != "" {
			continue
		}
		for _, asked := range it.asks {
			if b.states[asked.code] == 0 {
				b.states[asked.code] = notKnown
			}
		}
	}
}

// byCode gives the states by name; what nobody was asked is not among them.
func (b *barrierStates) byCode() map[string]BarrierState {
	out := make(map[string]BarrierState, len(b.states))
	for code, state := range b.states {
		if state > 0 {
			out[b.def.codes[code]] = certainties[state]
		}
	}
	return out
}
