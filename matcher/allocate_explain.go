package matcher

import (
	"fmt"
	"slices"
	"strings"
)

// sentences is how many reasons a person reads (DOMAIN 8, promise 6).
const sentences = 3

// Explain says in Dutch at B1 why a child has its place, or none: at most three sentences about its own wishes. Of others it tells
// how many, never who. An unknown code gives nothing.
func (v Division) Explain(code string) []string {
	if v.pool == nil {
		return nil
	}
	d := v.pool
	child, known := d.number[code]
	if !known {
		return nil
	}
	x := &explainer{divided: d, division: &v, child: child}
	out := []string{x.got()}
	for _, cause := range x.causes() {
		out = append(out, x.sentence(cause))
	}
	if x.together() {
		out = append(out, "Samen gaan telde ook mee.")
	}
	return out[:min(len(out), sentences)]
}

// explainer looks at one child of a division.
type explainer struct {
	*divided
	division *Division
	child    int
}

// got says which wish it became.
func (x *explainer) got() string {
	has := x.division.got[x.child]
	switch {
	case len(x.children[x.child].Wishes) == 0:
		return "Er is geen wens die bij dit kind past. Zoek samen verder."
	case len(has) == 0:
		return "Er is geen plek gevonden. Zoek samen verder of kijk of er ergens een plek bij kan."
	case len(has) == 1:
		return fmt.Sprintf("Dit is de %s.", ordinalWishes([]int{x.seats[has[0]].rank}))
	}
	var ranks []int
	for _, e := range has {
		ranks = append(ranks, x.seats[e].rank)
	}
	return fmt.Sprintf("Dit zijn de %s.", ordinalWishes(ranks))
}

// The causes that keep a child from a better wish.
const (
	causeBarred = "barred"
	causeNoRoom = "no_room"
	causeTooFew = "too_few"
	causeFull   = "full"
	causeWhole  = "whole"
)

// cause is why some wishes did not come true.
type cause struct {
	kind  string
	ranks []int
	slot  int // of the first of them
}

// causes goes through the wishes before the best one that was given, and puts those with the same cause together.
func (x *explainer) causes() []cause {
	best := len(x.children[x.child].Wishes) + 1
	if has := x.division.got[x.child]; len(has) > 0 {
		best = x.seats[has[0]].rank
	}
	var out []cause
	for i, w := range x.children[x.child].Wishes[:best-1] {
		slot := x.at[w.Slot]
		kind := x.cause(w, slot)
		if k := slices.IndexFunc(out, func(c cause) bool { return c.kind == kind }); k >= 0 {
			out[k].ranks = append(out[k].ranks, i+1)
			continue
		}
		out = append(out, cause{kind, []int{i + 1}, slot})
	}
	return out
}

func (x *explainer) cause(w Wish, slot int) string {
	s := x.slots[slot]
	in := x.division.placed[slot]
	switch {
	case !w.Allowed:
		return causeBarred
	case s.free == 0:
		return causeNoRoom
	case in == 0 && s.need > 0:
		return causeTooFew
	case in >= s.free:
		return causeFull
	}
	return causeWhole
}

// sentence says one cause in words, in the singular or the plural.
func (x *explainer) sentence(c cause) string {
	s, which, one := x.slots[c.slot], ordinalWishes(c.ranks), len(c.ranks) == 1
	switch c.kind {
	case causeBarred:
		return fmt.Sprintf("De %s %s nu niet: er staat nog iets in de weg.", which, either(one, "kan", "kunnen"))
	case causeNoRoom:
		return fmt.Sprintf("De %s %s al vol.", which, either(one, "was", "waren"))
	case causeTooFew:
		return fmt.Sprintf("De %s %s niet door: daar zijn minstens %d kinderen nodig.", which, either(one, "gaat", "gaan"), s.Min)
	case causeFull:
		text := fmt.Sprintf("De %s %s vol: %d kinderen wilden %s.", which, either(one, "is", "zijn"), x.wanted[c.slot], roomWords(s.free))
		if !one {
			text = fmt.Sprintf("De %s zijn vol. Voor de %s wilden %d kinderen %s.", which, ordinal(c.ranks[0]), x.wanted[c.slot], roomWords(s.free))
		}
		return text
	}
	if len(x.units[x.unitOf[x.child]]) > 1 {
		return fmt.Sprintf("Bij de %s is geen plek voor iedereen die samen moet.", which)
	}
	return fmt.Sprintf("Bij de %s is nog plek. Zo past het voor de hele groep beter.", which)
}

// together says whether a friend is at a place of this child.
func (x *explainer) together() bool {
	return slices.ContainsFunc(x.pairs, func(p pair) bool {
		return (p.a == x.child || p.b == x.child) && x.common(x.division.got, p) > 0
	})
}

// ordinalWishes names some wishes: "eerste wens", "tweede en derde wens", "eerste 5 wensen".
func ordinalWishes(ranks []int) string {
	switch n := len(ranks); {
	case n > 3 && ranks[n-1] == n:
		return fmt.Sprintf("eerste %d wensen", n)
	case n > 3:
		return fmt.Sprintf("%d wensen hiervoor", n)
	}
	var names []string
	for _, r := range ranks {
		names = append(names, ordinal(r))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0] + " wens"
	}
	return strings.Join(names[:last], ", ") + " en " + names[last] + " wens"
}

var ordinals = strings.Fields("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende")

func ordinal(n int) string {
	if n <= len(ordinals) {
		return ordinals[n-1]
	}
	return fmt.Sprintf("%de", n)
}

func roomWords(n int) string {
	if n == 1 {
		return "die ene plek"
	}
	return fmt.Sprintf("een van de %d plekken", n)
}

func either(one bool, singular, plural string) string {
	if one {
		return singular
	}
	return plural
}
