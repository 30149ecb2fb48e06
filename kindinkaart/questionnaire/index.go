package questionnaire

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The vectors of DOMAIN 3.2.
const (
	interest = iota
	talent
	parentInterest
	parentOwn
	vectorCount
)

var vectorNames = map[string]int{"interest": interest, "talent": talent, "parent_interest": parentInterest, "parent_own": parentOwn}

// tell is what choosing an option says about a leaf or group: strength x tag weight.
type tell struct {
	tag    int
	weight float64
}

// ask is a barrier in the list of a question. Its silence settles nothing when the parent is asked about it in P3.
type ask struct {
	code     int
	toParent bool
}

// items is a set of questions by place.
type itemSet uint64

// offered are the questions of a variant.
type offered struct {
	all, core, coreInClass itemSet
}

// index works out everything that reading an answer needs, so that no answer has to look it up again.
func (d *Definition) index(tree *TagTree) error {
	if len(d.items) > 64 {
		return fmt.Errorf("verwacht hoogstens 64 vragen, gekregen %d", len(d.items))
	}
	for i := range d.items {
		it := &d.items[i]
		it.place = i
		it.index()
		it.tells(tree)
		for j := range it.Options {
			d.number(&it.Options[j])
		}
		d.sorted = append(d.sorted, it)
	}
	slices.SortFunc(d.sorted, func(a, b *Item) int { return cmp.Compare(a.ID, b.ID) })
	for i := range d.items {
		d.askedIn(&d.items[i])
	}
	d.variants = make(map[Variant]offered, len(d.Variants))
	for _, v := range d.Variants {
		d.variants[v.ID] = d.offer(v)
	}
	return nil
}

// index makes options findable by id.
func (it *Item) index() {
	it.lookup = make(map[string]*Option, len(it.Options))
	for i := range it.Options {
		it.Options[i].place = i
		it.lookup[it.Options[i].ID] = &it.Options[i]
	}
}

// tells works out the evidence of each option. Tags of parents stay out of a child's vectors, and tags that are never
// suggested out of all but own words.
func (it *Item) tells(tree *TagTree) {
	vector, ok := vectorNames[it.Evidence]
	if !ok || it.Strength <= 0 {
		it.vector = -1
		return
	}
	it.vector = vector
	it.told = make([][]tell, len(it.Options))
	for i, o := range it.Options {
		for _, t := range o.Tags {
			if it.mayTell(tree.tags[t.Tag]) {
				it.told[i] = append(it.told[i], tell{tree.places[t.Tag], it.Strength * t.W})
			}
		}
	}
}

// mayTell says whether answers to an item may speak of a leaf; a group, nil, always.
func (it *Item) mayTell(leaf *Tag) bool {
	if leaf == nil {
		return true
	}
	fromParent := strings.HasPrefix(it.Evidence, "parent_")
	return (leaf.Audience != "parent" || fromParent) && (leaf.AutoSuggest || it.Type == "open_short")
}

// number gives the barrier of an option, and of its follow-ups, its number, and reads the budget.
func (d *Definition) number(o *Option) {
	if o.Barrier != nil {
		if o.code = slices.Index(d.codes, o.Barrier.Code); o.code < 0 {
			o.code, d.codes = len(d.codes), append(d.codes, o.Barrier.Code)
		}
	}
	o.budget = budgetOf(o.Budget)
	for i := range o.Followups {
		d.number(&o.Followups[i])
	}
}

// budgetOf reads an amount in whole euros a month; null is no limit, nothing or something else says nothing.
func budgetOf(raw json.RawMessage) Budget {
	var euros *int
	switch {
	case len(raw) == 0 || json.Unmarshal(raw, &euros) != nil:
		return Budget{}
	case euros == nil:
		return Budget{Known: true, Unlimited: true}
	}
	return Budget{Known: true, MonthCents: *euros * 100}
}

// askedIn lists the barriers in the list of an item, each once. Reasons for stopping are no list of barriers.
func (d *Definition) askedIn(it *Item) {
	p3 := d.byID["P3"]
	for _, o := range it.Options {
		if o.Barrier == nil || slices.ContainsFunc(it.asks, func(a ask) bool { return a.code == o.code }) {
			continue
		}
		toParent := p3 != nil && it != p3 && slices.ContainsFunc(p3.Options, func(p Option) bool { return p.Barrier != nil && p.code == o.code })
		it.asks = append(it.asks, ask{code: o.code, toParent: toParent})
	}
}

func (d *Definition) offer(v VariantInfo) (o offered) {
	for _, id := range v.ItemOrder {
		it := d.byID[id]
		o.all |= 1 << it.place
		if it.Core {
			o.core |= 1 << it.place
		}
		if it.Core && it.ClassMode {
			o.coreInClass |= 1 << it.place
		}
	}
	return o
}
