package matcher

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// setAnswer gives a copy of a need with one answer of child or parent changed.
func setAnswer(n kindinkaart.Need, parent bool, id string, value any) kindinkaart.Need {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("answer %s: %v", id, err)) // strings, numbers and maps of them: cannot fail
	}
	if parent {
		n.Parent = withAnswer(n.Parent, id, raw)
	} else {
		n.Answers = withAnswer(n.Answers, id, raw)
	}
	return n
}

func withAnswer(answers questionnaire.Answers, id string, raw json.RawMessage) questionnaire.Answers {
	out := questionnaire.Answers{id: raw}
	for k, v := range answers {
		if k != id {
			out[k] = v
		}
	}
	return out
}

// facts are what the answers say of the family now.
func (w *whatif) facts() questionnaire.Facts {
	return questionnaire.FactsOf(w.need.Variant, w.need.Answers, w.need.Parent, w.need.Consents)
}

// stands says whether one of these barriers is open on a line.
func (w *whatif) stands(codes ...string) bool {
	return slices.ContainsFunc(w.base, func(it Item) bool {
		return slices.ContainsFunc(it.Blockers, func(b Blocker) bool { return slices.Contains(codes, b.Barrier) })
	})
}

// say picks the words for the smw'er or for the child.
func (w *whatif) say(what, toYou string) string {
	if w.forChild {
		return toYou
	}
	return what
}

// tryAnswers pulls what is no remedy but an answer that could be another: a longer way, another way to travel, a higher
// budget, and what is not known yet. What a parent never was asked is not guessed.
func (w *whatif) tryAnswers() error {
	f := w.facts()
	var levers []lever
	if w.stands("afstand") {
		levers = append(levers, w.travelLevers(f)...)
	}
	if len(w.need.Parent) > 0 && !w.forChild && w.stands("kosten") {
		levers = append(levers, budgetLevers(f)...)
	}
	if len(w.need.Parent) > 0 && w.stands("brengen_avond", "brengen_overdag", "niet_alleen") {
		levers = append(levers, w.aloneLevers(f)...)
	}
	for _, l := range levers {
		if _, err := w.try(l); err != nil {
			return err
		}
	}
	return nil
}

// travelItem is the answer that says how far a family goes: C2 of a young person, else P5.
func travelItem(n kindinkaart.Need) (id string, parent, ok bool) {
	if n.Variant == questionnaire.VariantC && n.Answers["C2"] != nil {
		return "C2", false, true
	}
	return "P5", true, len(n.Parent) > 0
}

// travelWish says a way of travelling as an answer: the option and the minutes.
func travelWish(n kindinkaart.Need, mode string, minutes int) kindinkaart.Need {
	id, parent, _ := travelItem(n)
	item, _ := questionnaire.Default().Item(id)
	for _, o := range item.Options {
		if o.Travel == mode {
			return setAnswer(n, parent, id, map[string]any{"id": o.ID, "minutes": minutes})
		}
	}
	return n
}

// The longest way that is proposed in minutes, and the steps in which a way grows longer.
const longestWay = 60

var longerBy = []int{10, 20}

func (w *whatif) travelLevers(f questionnaire.Facts) []lever {
	if _, _, ok := travelItem(w.need); !ok {
		return nil
	}
	mode, minutes := f.Travel.Mode, f.Travel.Minutes
	if minutes == 0 || mode == "" {
		return w.firstTravel(mode)
	}
	var out []lever
	for i, more := range longerBy {
		if minutes+more > longestWay {
			break
		}
		out = append(out, lever{id: "reis:" + strconv.Itoa(minutes+more), kind: "afstand", effort: 2 + i,
			what:   fmt.Sprintf("Als de reis %d minuten langer mag duren", more),
			change: func(n kindinkaart.Need) kindinkaart.Need { return travelWish(n, mode, minutes+more) }})
	}
	if mode == "walk" && f.Barriers.State("geen_vervoer") != questionnaire.BarrierYes {
		out = append(out, lever{id: "reis:bike", kind: "afstand", effort: 3, what: "Als jullie met de fiets gaan",
			change: func(n kindinkaart.Need) kindinkaart.Need { return travelWish(n, "bike", minutes) }})
	}
	return out
}

// firstTravel asks what a family did not say: how long a way may be, as they travel.
func (w *whatif) firstTravel(mode string) []lever {
	if mode == "" {
		mode = "bike"
		if w.age() < youngAge {
			mode = "walk"
		}
	}
	var out []lever
	for i, minutes := range []int{30, 45, 60} {
		out = append(out, lever{id: "reis:" + strconv.Itoa(minutes), kind: "afstand", effort: 1 + i,
			what:   fmt.Sprintf("Als de reis %d minuten mag duren", minutes),
			change: func(n kindinkaart.Need) kindinkaart.Need { return travelWish(n, mode, minutes) }})
	}
	return out
}

// youngAge is below which a child walks slower and is not thought to go alone (DOMAIN 5).
const youngAge = 8

// age is the age in whole years, 0 when it is not known.
func (w *whatif) age() int {
	if !w.need.Born.Known() {
		return 0
	}
	return w.need.Born.Age(w.need.On)
}

// budgetLevers take the next step of P7 up; who did not say is asked for a middle one.
func budgetLevers(f questionnaire.Facts) []lever {
	steps := []int{0, 10, 20, 40}
	euros := 20
	if f.Budget.Known {
		i := slices.Index(steps, f.Budget.MonthCents/100)
		if f.Budget.Unlimited || i < 0 || i == len(steps)-1 {
			return nil
		}
		euros = steps[i+1]
	}
	id := strconv.Itoa(euros)
	return []lever{{id: "budget:" + id, kind: "kosten", effort: 5, what: fmt.Sprintf("Als er %d euro per maand voor is", euros),
		change: func(n kindinkaart.Need) kindinkaart.Need { return setAnswer(n, true, "P7", id) }}}
}

// aloneLevers ask whether a child of 8 or older may walk alone, when nobody said.
func (w *whatif) aloneLevers(f questionnaire.Facts) []lever {
	if f.Independence.Mode != "" || w.age() < youngAge || f.Barriers.State("niet_alleen") == questionnaire.BarrierYes {
		return nil
	}
	return []lever{{id: "alleen:lopen", kind: "brengen", effort: 1,
		what:   w.say("Als het kind in de buurt alleen mag lopen", "Als je in de buurt alleen mag lopen"),
		change: func(n kindinkaart.Need) kindinkaart.Need { return setAnswer(n, true, "P6", "lopen_kort") }}}
}
