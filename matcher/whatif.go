package matcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart"
)

// Help is one thing that would make more possible for a child, and what it would make possible. Every gain was found by
// ranking again with that one thing changed.
type Help struct {
	ID       string `json:"id"`        // buddy:wo, fonds, reis:25
	Text     string `json:"text"`      // "Met een fietsmaatje op woensdag: 3 activiteiten erbij, waarvan 1 past goed"
	What     string `json:"what"`      // "Met een fietsmaatje op woensdag"
	Gain     string `json:"gain"`      // "3 activiteiten erbij, waarvan 1 past goed"
	Gains    []Gain `json:"gains"`     // at least one, in the order of the list
	FitsWell int    `json:"fits_well"` // how many of them past goed

	lever lever
}

// Gain is one activity that comes nearer: out of kan_nu_niet, or up to kan_zo.
type Gain struct {
	Activity string `json:"activity"`
	From     Group  `json:"from"`
	To       Group  `json:"to"`
	Band     Band   `json:"band,omitempty"`
}

// How much is said at once: a handful in all, and not five times the same thing in other words.
const (
	mostHelps   = 5
	mostOneKind = 2
)

// WhatWouldHelp says which single change, or small pair, would make most possible for a child (issue 3, DOMAIN 5): a remedy
// that stands open, a longer way, another part of the day, a higher budget, or an answer that is not known yet. Most gain
// comes first, then the least effort, then the id. It says nothing about mood or health, and nothing of a profile that is
// too thin to rank by. With o.ForChild amounts are left out and so is what a child must not see. The errors are those of Rank.
func WhatWouldHelp(n kindinkaart.Need, b *Board, locate Locate, o Options) ([]Help, error) {
	w := whatif{need: n, board: b, locate: locate, options: o, forChild: o.ForChild}
	w.options.ForChild, w.options.WhyNot, w.options.Limit = false, false, mostLines
	if o.Search != "" {
		w.need.Search = o.Search
	}
	base, err := Rank(w.need, b, locate, w.options)
	if err != nil || base.Thin {
		return nil, err
	}
	w.base = base.Items
	for i := range w.base {
		w.ids = append(w.ids, w.base[i].Activity)
	}
	for _, find := range []func() error{w.tryMeans, w.tryBuddies, w.tryAnswers, w.tryTimes, w.tryPairs} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	return bestOf(w.found), nil
}

// whatif is one need that is ranked again and again, each time with one thing changed.
type whatif struct {
	need     kindinkaart.Need
	board    *Board
	locate   Locate
	options  Options
	forChild bool
	base     []Item
	ids      []string // of base
	found    []Help
}

// lever is one thing that can be changed.
type lever struct {
	id, kind string // levers of one kind say nearly the same
	what     string // how a sentence about it begins
	effort   int    // about how much somebody has to do: 1 = ask, 6 = months
	assume   []Assumption
	days     []string // only times on these days are touched; empty = all
	anyDay   bool     // without the days that were chosen
	change   func(kindinkaart.Need) kindinkaart.Need
	counts   func(*Item) bool // the lines it can help; nil = every line
}

// try pulls a lever and keeps it when something is gained and nothing lost. It gives the gains.
func (w *whatif) try(l lever) ([]Gain, error) {
	after, err := w.standings(l)
	if err != nil {
		return nil, err
	}
	gains, lost := w.gains(l, after)
	if lost || len(gains) == 0 {
		return nil, nil
	}
	h := Help{ID: l.id, What: l.what, Gains: gains, lever: l}
	for _, g := range gains {
		h.FitsWell += btoi(g.Band == FitsWell)
	}
	h.Gain = gainText(len(gains), h.FitsWell)
	h.Text = h.What + ": " + h.Gain
	w.found = append(w.found, h)
	return gains, nil
}

// gains compares the lines before and after. Where only some days were ranked again, the other times still stand, so
// nothing can be lost.
func (w *whatif) gains(l lever, after map[string]standing) (gains []Gain, lost bool) {
	for i := range w.base {
		was := &w.base[i]
		is, ok := after[was.Activity]
		if !ok || is.group == was.Group {
			continue
		}
		if groupOrder[is.group] > groupOrder[was.Group] {
			if len(l.days) == 0 {
				return nil, true
			}
			continue
		}
		if w.forChild && is.smwOnly || l.counts != nil && !l.counts(was) {
			continue
		}
		gains = append(gains, Gain{Activity: was.Activity, From: was.Group, To: is.group, Band: is.band})
	}
	return gains, false
}

// gainText counts: "3 activiteiten erbij, waarvan 1 past goed".
func gainText(n, well int) string {
	text := "1 activiteit erbij"
	if n > 1 {
		text = fmt.Sprintf("%d activiteiten erbij", n)
	}
	switch {
	case well == 0:
		return text
	case n == 1:
		return text + ", en die past goed"
	case well == 1:
		return text + ", waarvan 1 past goed"
	}
	return fmt.Sprintf("%s, waarvan %d goed passen", text, well)
}

// bestOf sorts what was found and keeps a handful: of one kind the best two, and only what gains something else
// or asks less.
func bestOf(found []Help) []Help {
	slices.SortFunc(found, func(a, b Help) int {
		return cmp.Or(cmp.Compare(len(b.Gains), len(a.Gains)), cmp.Compare(a.lever.effort, b.lever.effort), cmp.Compare(a.ID, b.ID))
	})
	var out []Help
	kinds := map[string]int{}
	for _, h := range found {
		same := slices.ContainsFunc(out, func(o Help) bool {
			return o.ID == h.ID || o.lever.kind == h.lever.kind && o.lever.effort <= h.lever.effort && gainsAll(o, h)
		})
		if len(out) < mostHelps && kinds[h.lever.kind] < mostOneKind && !same {
			kinds[h.lever.kind]++
			out = append(out, h)
		}
	}
	return out
}

// gainsAll says whether o gains everything that h gains.
func gainsAll(o, h Help) bool {
	return !slices.ContainsFunc(h.Gains, func(g Gain) bool {
		return !slices.ContainsFunc(o.Gains, func(x Gain) bool { return x.Activity == g.Activity })
	})
}

// Apply gives the need as it would be when this was done: the answer changed, or the remedy arranged for what it gains.
func (h Help) Apply(n kindinkaart.Need) kindinkaart.Need {
	if h.lever.change != nil {
		n = h.lever.change(n)
	}
	n.Arranged = slices.Clone(n.Arranged)
	for _, g := range h.Gains {
		for _, a := range h.lever.assume {
			n.Arranged = append(n.Arranged, kindinkaart.Arranged{Activity: g.Activity, Remedy: a.Remedy})
		}
	}
	return n
}

// dayNames are the weekdays in full, by their short name.
var dayNames = map[string]string{"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag", "zo": "zondag"}

// partNames say a part of a weekday; %s is the day.
var partNames = map[string]string{"ochtend": "op %sochtend", "middag": "op %smiddag", "vooravond": "op %s tussen 17 en 19 uur", "avond": "op %savond"}

// momentText says a day, or a part of it: "op woensdagmiddag".
func momentText(day, part string) string {
	if part == "" {
		return "op " + dayNames[day]
	}
	return strings.Replace(partNames[part], "%s", dayNames[day], 1)
}
