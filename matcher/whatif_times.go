package matcher

import (
	"fmt"
	"slices"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// timesItem is a question about parts of days, and what it means when one more of them can.
type timesItem struct {
	id     string
	parent bool
	kind   string
	what   string // %s is the moment
	toYou  string // the same, said to the child
}

var (
	bringTimes = timesItem{id: "P4", parent: true, kind: "brengen", what: "Als iemand %s kan brengen en halen", toYou: "Als iemand je %s kan brengen en halen"}
	childTimes = timesItem{id: "F3", kind: "tijd_bezet", what: "Als het kind %s tijd heeft", toYou: "Als jij %s tijd hebt"}
)

// tryTimes looks for the part of a day that would help most if it were marked "kan".
func (w *whatif) tryTimes() error {
	f := w.facts()
	if len(w.need.Parent) > 0 && w.stands("brengen_avond", "brengen_overdag", "niet_alleen") {
		if err := w.tryGrid(bringTimes, f.BringTimes); err != nil {
			return err
		}
	}
	if w.stands("tijd_bezet") && w.need.Variant != questionnaire.VariantA {
		return w.tryGrid(childTimes, f.ChildTimes)
	}
	return nil
}

// tryGrid goes from the whole week to a day to a part of a day, and only on where something is gained.
func (w *whatif) tryGrid(item timesItem, now questionnaire.Times) error {
	before := len(w.found)
	gains, err := w.try(w.timeLever(item, now, w.daysAsked(), nil))
	w.found = w.found[:before] // every day of the week is no advice
	if err != nil || len(gains) == 0 {
		return err
	}
	for _, day := range w.daysAsked() {
		gains, err := w.try(w.timeLever(item, now, []string{day}, nil))
		if err != nil {
			return err
		}
		if len(gains) == 0 {
			continue
		}
		for _, part := range partsOfDay {
			if now.At(day, part) == questionnaire.Can {
				continue
			}
			if _, err := w.try(w.timeLever(item, now, []string{day}, []string{part})); err != nil {
				return err
			}
		}
	}
	return nil
}

// partsOfDay are the parts of a day, in order.
var partsOfDay = []string{"ochtend", "middag", "vooravond", "avond"}

// timeLever marks parts of days as "kan"; no parts means the whole day. Asking what is not known costs less than asking for
// what was a no, and a whole day more than a part.
func (w *whatif) timeLever(item timesItem, now questionnaire.Times, days, parts []string) lever {
	l := lever{id: item.id + ":" + days[0], kind: item.kind, effort: 2, days: days}
	part := ""
	if len(parts) == 0 {
		parts = partsOfDay
		l.effort = 3
	} else {
		part = parts[0]
		l.id += ":" + part
	}
	l.what = fmt.Sprintf(w.say(item.what, item.toYou), momentText(days[0], part))
	for _, day := range days {
		if slices.ContainsFunc(parts, func(p string) bool { return now.At(day, p) == questionnaire.CanNot }) {
			l.effort = 5
		}
	}
	l.change = func(n kindinkaart.Need) kindinkaart.Need {
		return setAnswer(n, item.parent, item.id, withParts(now, days, parts))
	}
	return l
}

// withParts is a copy of a grid with some cells marked "kan".
func withParts(now questionnaire.Times, days, parts []string) questionnaire.Times {
	for _, day := range days {
		for _, part := range parts {
			now = now.With(day, part, questionnaire.Can)
		}
	}
	return now
}
