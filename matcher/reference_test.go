package matcher

import (
	"slices"
	"sort"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// ReferenceOrder is ranking said as plainly as possible: tags as words instead of bits, every slot of every activity
// written out, one sort. Rank must give the same lines in the same order.
func ReferenceOrder(n kindinkaart.Need, b *Board) ([]Item, error) {
	s, err := newSearch(n, b, nil)
	if err != nil {
		return nil, err
	}
	var lines []judged
	for i := range b.offers {
		o := &b.offers[i]
		if !referenceProposes(s, o) {
			continue
		}
		var slots []judged
		for k := range o.Slots {
			c := &slotCase{search: s, board: b, offer: o, slot: &o.Slots[k], cost: s.cost(o, b)}
			c.trip = s.tripTo(b, o, c.slot)
			slots = append(slots, c.verdict())
		}
		sort.SliceStable(slots, func(x, y int) bool { return referenceBefore(slots[x], slots[y]) })
		lines = append(lines, slots[0])
	}
	sort.SliceStable(lines, func(x, y int) bool { return referenceBefore(lines[x], lines[y]) })
	if len(lines) > 10 {
		referenceMix(lines)
	}
	items := []Item{}
	for i, j := range lines {
		items = append(items, j.item(i+1))
	}
	return items, nil
}

func referenceProposes(s *search, o *offer) bool {
	wanted, refused, open := false, false, false
	for _, tag := range o.Tags {
		leaf, _ := questionnaire.Leaf(tag)
		interest := s.profile.Effective[tag]
		if o.Audience == "family" {
			interest = max(interest, s.profile.ParentOwn[tag])
		}
		veto := slices.Contains(s.profile.Veto, tag)
		refused = refused || veto
		open = open || !veto && leaf.Audience != "parent"
		wanted = wanted || !veto && interest >= 0.15
	}
	return wanted && (open || !refused)
}

func referenceBefore(a, b judged) bool {
	place := map[Group]int{KanZo: 1, KanMetHulp: 2, KanNuNiet: 3}
	if place[a.group] != place[b.group] {
		return place[a.group] < place[b.group]
	}
	if a.full != b.full {
		return b.full
	}
	if a.score != b.score {
		return a.score > b.score
	}
	if a.offer.ID != b.offer.ID {
		return a.offer.ID < b.offer.ID
	}
	return a.slot.ID < b.slot.ID
}

func referenceMix(lines []judged) {
	category := func(j judged) string { return questionnaire.Taxonomy().Category(j.offer.Tags[0]) }
	for _, j := range lines[:10] {
		if category(j) != category(lines[0]) {
			return
		}
	}
	for i := 10; i < len(lines); i++ {
		if category(lines[i]) != category(lines[0]) && lines[i].group == lines[9].group && lines[i].full == lines[9].full {
			lifted := lines[i]
			rest := slices.Delete(slices.Clone(lines), i, i+1)
			copy(lines, slices.Insert(rest, 9, lifted))
			return
		}
	}
}
