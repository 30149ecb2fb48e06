package questionnaire

import "slices"

// barriers gives the state of every barrier somebody was asked about (DOMAIN 3.2, missing answers): ticked is yes, listed
// but not ticked not_mentioned, "weet ik niet" unknown, an explicit "niks" or "nee" no. Child and parent are merged: yes
// wins, then unknown, then no, then not_mentioned. A question that was offered but skipped gives unknown where no other
// question said anything.
func barriers(v Variant, own, his sheet, details map[string][]string) map[string]BarrierState {
	out := map[string]BarrierState{}
	for _, answers := range []sheet{own, his} {
		for _, id := range []string{"G3", "F1", "F2", "W6", "P3"} {
			if a, ok := answers[id]; ok {
				a.states(out, details)
			}
		}
	}
	for _, r := range []struct {
		v       Variant
		answers sheet
	}{{v, own}, {VariantP, his}} {
		if len(r.answers) > 0 {
			markSkipped(r.v, r.answers, out)
		}
	}
	return out
}

// certainty orders states when child and parent differ.
var certainty = map[BarrierState]int{BarrierNotMentioned: 1, BarrierNo: 2, BarrierUnknown: 3, BarrierYes: 4}

func put(out map[string]BarrierState, code string, s BarrierState) {
	if certainty[s] > certainty[out[code]] {
		out[code] = s
	}
}

// states adds what one answer says about each barrier of its list.
func (a answer) states(out map[string]BarrierState, details map[string][]string) {
	rest := a.unticked()
	for _, code := range listed(a.item) {
		if !names(a, code) && (rest == BarrierUnknown || !a.item.leavesToParent(code)) {
			put(out, code, rest)
		}
	}
	for _, o := range slices.Concat(a.picked, a.followed()) {
		if o.Barrier == nil {
			continue
		}
		put(out, o.Barrier.Code, o.Barrier.State)
		if d := o.Barrier.Detail; d != "" && !slices.Contains(details[o.Barrier.Code], d) {
			details[o.Barrier.Code] = append(details[o.Barrier.Code], d)
		}
	}
}

// unticked is the state of what stands in the list but was not ticked. An exclusive option that names no barrier of its
// own ("niets", "nee") answers the whole list with no; not wanting to say is not knowing.
func (a answer) unticked() BarrierState {
	state := BarrierNotMentioned
	for _, o := range a.picked {
		switch {
		case o.DontKnow || slices.Contains(o.Needs, "prefer_not"):
			return BarrierUnknown
		case o.Exclusive && o.Barrier == nil:
			state = BarrierNo
		}
	}
	return state
}

// leavesToParent says whether a child's silence about a barrier settles nothing, because the parent is asked about it in
// P3: a child for whom nothing is "spannend" does not say that the money is no problem.
func (it *Item) leavesToParent(code string) bool {
	p3 := Default().byID["P3"]
	return it.ID != p3.ID && slices.Contains(listed(p3), code)
}

// followed gives the follow-up option that was chosen, for example why a child stopped.
func (a answer) followed() []*Option {
	for _, o := range a.picked {
		for i := range o.Followups {
			if o.Followups[i].ID == a.followup {
				return []*Option{&o.Followups[i]}
			}
		}
	}
	return nil
}

// listed gives the barrier codes in the list of an item, each once. Reasons for stopping are no list of barriers.
func listed(it *Item) []string {
	var codes []string
	for i := range it.Options {
		o := &it.Options[i]
		if o.Barrier != nil && !slices.Contains(codes, o.Barrier.Code) {
			codes = append(codes, o.Barrier.Code)
		}
	}
	return codes
}

// markSkipped sets unknown for the barriers of questions that were offered and skipped. G3 is not counted as offered:
// it is asked only with its own consent.
func markSkipped(v Variant, answers sheet, out map[string]BarrierState) {
	for _, it := range Default().Items(v, false) {
		if _, answered := answers[it.ID]; answered || it.SeparateConsent != "" {
			continue
		}
		for _, code := range listed(&it) {
			if out[code] == "" {
				out[code] = BarrierUnknown
			}
		}
	}
}
