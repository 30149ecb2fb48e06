package questionnaire

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/bits"
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

// mostItems is how many questions there may be: sets of them are one number.
const mostItems = 64

// itemSet is a set of questions by place.
type itemSet uint64

func (s itemSet) has(place int) bool { return s>>place&1 == 1 }

// first gives the first question of a set that is not empty.
func (s itemSet) first() int { return bits.TrailingZeros64(uint64(s)) }

func (s itemSet) count() int { return bits.OnesCount64(uint64(s)) }

// offered are the questions of a variant.
type offered struct {
	variant           Variant
	may               itemSet // be answered
	all               itemSet // are asked
	core, coreInClass itemSet // of those
	barriers          itemSet // of those: that ask about barriers without a consent of their own
}

// sort puts the items in order of their ids and makes them findable.
func (d *Definition) sort() error {
	if len(d.items) > mostItems {
		return fmt.Errorf("verwacht hoogstens %d vragen, gekregen %d", mostItems, len(d.items))
	}
	for i := range d.items {
		d.sorted = append(d.sorted, &d.items[i])
	}
	slices.SortFunc(d.sorted, func(a, b *Item) int { return cmp.Compare(a.ID, b.ID) })
	for place, it := range d.sorted {
		n, ok := idNumber(it.ID)
		if !ok {
			return fmt.Errorf("vraag %s: verwacht als id een hoofdletter en een getal van 1 tot en met 99, zoals W1", it.ID)
		}
		it.place, d.places[n] = place, uint8(place+1)
	}
	return nil
}

// mostIDs is how many ids of questions can exist: a capital and a number from 1 to 99.
const mostIDs = 26 * 100

// idNumber gives every possible id of a question a number below mostIDs of its own.
func idNumber(id string) (n int, ok bool) {
	if len(id) != 2 && len(id) != 3 {
		return 0, false
	}
	letter, first, last := id[0]-'A', id[1]-'0', id[len(id)-1]-'0'
	n = int(last)
	if len(id) == 3 {
		n += 10 * int(first)
	}
	return 100*int(letter) + n, letter < 26 && first >= 1 && first <= 9 && last <= 9
}

// place gives the place of a question by its id, -1 when there is none.
func (d *Definition) place(id string) int {
	if n, ok := idNumber(id); ok {
		return int(d.places[n]) - 1
	}
	return -1
}

// item gives a question by its id, nil when there is none.
func (d *Definition) item(id string) *Item {
	if place := d.place(id); place >= 0 {
		return d.sorted[place]
	}
	return nil
}

// index works out everything that reading an answer needs, so that no answer has to look it up again.
func (d *Definition) index(tree *TagTree) error {
	for i := range d.items {
		it := &d.items[i]
		it.index()
		it.tells(tree)
		for j := range it.Options {
			d.number(&it.Options[j])
		}
	}
	if len(d.codes) > mostBarriers {
		return fmt.Errorf("verwacht hoogstens %d belemmeringen, gekregen %d", mostBarriers, len(d.codes))
	}
	d.barriers = newWordTable(d.codes)
	for i := range d.items {
		d.askedIn(&d.items[i])
	}
	d.variants = make(map[Variant]*offered, len(d.Variants))
	for _, v := range d.Variants {
		d.variants[v.ID] = d.offer(v)
	}
	return nil
}

// index makes options findable by id.
func (it *Item) index() {
	ids := make([]string, len(it.Options))
	for i := range it.Options {
		ids[i], it.byName = it.Options[i].ID, append(it.byName, uint8(i))
	}
	it.lookup = newWordTable(ids)
	slices.SortFunc(it.byName, func(a, b uint8) int { return cmp.Compare(ids[a], ids[b]) })
	for i := range it.Scale {
		it.factors = append(it.factors, it.Scale[i].Factor)
		if it.Scale[i].ID == "leuk" {
			it.liking = uint8(i + 1)
		}
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
		code := slices.Index(d.codes, o.Barrier.Code)
		if code < 0 {
			code, d.codes = len(d.codes), append(d.codes, o.Barrier.Code)
		}
		o.barrier, o.means = 1<<code, certaintyOf(o.Barrier.State)
	}
	o.evades = o.DontKnow || slices.Contains(o.Needs, "prefer_not")
	o.budget = budgetOf(o.Budget)
	for i := range o.Followups {
		d.number(&o.Followups[i])
	}
}

// asked are the questions of a variant, none when it is unknown.
func (d *Definition) asked(v Variant) *offered {
	if o := d.variants[v]; o != nil {
		return o
	}
	return &offered{variant: v}
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

// askedIn collects the barriers in the list of an item. Reasons for stopping are no list of barriers.
func (d *Definition) askedIn(it *Item) {
	for i := range it.Options {
		it.asks |= it.Options[i].barrier
	}
	if p3 := d.item("P3"); p3 != nil && it != p3 {
		for i := range p3.Options {
			it.asksParentToo |= it.asks & p3.Options[i].barrier
		}
	}
}

func (d *Definition) offer(v VariantInfo) *offered {
	o := &offered{variant: v.ID}
	for _, it := range d.sorted {
		if it.In(v.ID) {
			o.may |= 1 << it.place
		}
	}
	for _, id := range v.ItemOrder {
		it := d.item(id)
		o.all |= 1 << it.place
		if it.asks != 0 && it.SeparateConsent == "" {
			o.barriers |= 1 << it.place
		}
		if it.Core {
			o.core |= 1 << it.place
		}
		if it.Core && it.ClassMode {
			o.coreInClass |= 1 << it.place
		}
	}
	return o
}
