package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Board is the live catalogue prepared for ranking: immutable, so that many searches read it at once without locks.
// A change makes a new Board.
type Board struct {
	offers    []offer // published activities, by id
	partners  map[string]catalog.Partner
	schemes   []regeling.Scheme
	crossings *geo.Crossings
	leaves    map[string]int   // leaf tag -> bit
	byTag     map[string][]int // places in offers, by leaf tag
}

// offer is one activity with what every search would otherwise work out again.
type offer struct {
	catalog.Activity
	partner  catalog.Partner
	tagBits  uint64 // leaf tags of the taxonomy
	refuse   uint64 // those of tagBits that a child has a say about: all but the parents' own
	quiet    uint64 // those of tagBits that are never suggested, only found (taxonomy, auto_suggest=false)
	lines    []regeling.Line
	reduced  []regeling.ReducedLine
	needsKit bool
	safe     safety
}

// safety is what the organisers declared (DOMAIN 7.9).
type safety int

const (
	safetyDeclared safety = iota
	safetyUndeclared
	safetyRefused // a partner says it has no VOG policy or confidential contact
)

// NewBoard prepares a catalogue for ranking. Only published activities are on it; crossings may be nil when no river is known.
func NewBoard(partners []catalog.Partner, activities []catalog.Activity, schemes []regeling.Scheme, crossings *geo.Crossings) *Board {
	b := &Board{partners: map[string]catalog.Partner{}, schemes: schemes, crossings: crossings, leaves: leafBits(), byTag: map[string][]int{}}
	for _, p := range partners {
		b.partners[p.ID] = p
	}
	for _, a := range activities {
		if a.State == catalog.Published {
			b.offers = append(b.offers, b.prepare(a))
		}
	}
	slices.SortFunc(b.offers, func(x, y offer) int { return cmp.Compare(x.ID, y.ID) })
	for i, o := range b.offers {
		for _, tag := range o.Tags {
			b.byTag[tag] = append(b.byTag[tag], i)
		}
	}
	return b
}

// Len is the number of published activities.
func (b *Board) Len() int { return len(b.offers) }

// Activity gives one activity of the board with its main partner.
func (b *Board) Activity(id string) (catalog.Activity, catalog.Partner, bool) {
	i, ok := slices.BinarySearchFunc(b.offers, id, func(o offer, id string) int { return cmp.Compare(o.ID, id) })
	if !ok {
		return catalog.Activity{}, catalog.Partner{}, false
	}
	return b.offers[i].Activity, b.offers[i].partner, true
}

func leafBits() map[string]int {
	bits := map[string]int{}
	for i, leaf := range questionnaire.Taxonomy().Tags {
		bits[leaf.ID] = i
	}
	return bits
}

func (b *Board) prepare(a catalog.Activity) offer {
	o := offer{Activity: a, partner: b.partners[a.MainPartner()], safe: b.safety(a)}
	for _, t := range a.Tags {
		bit, ok := b.leaves[t]
		if !ok {
			continue
		}
		o.tagBits |= 1 << bit
		leaf, _ := questionnaire.Leaf(t)
		if !leaf.AutoSuggest {
			o.quiet |= 1 << bit
		}
		if leaf.Audience != "parent" {
			o.refuse |= 1 << bit
		}
	}
	for _, c := range a.Costs {
		required := c.Required == nil || *c.Required
		if c.Times == 0 {
			c.Times = plannedTimes(a)
		}
		o.lines = append(o.lines, regeling.Line{Kind: c.Kind, Cents: c.Cents, Per: c.Per, Times: c.Times, Required: required})
		if required && c.Cents > 0 && isKit(c.Kind) {
			o.needsKit = true
		}
	}
	for _, r := range a.Reduced {
		o.reduced = append(o.reduced, regeling.ReducedLine(r))
	}
	return o
}

// schoolYearWeeks is how many weeks a weekly activity runs in a year at most.
const schoolYearWeeks = 40

// plannedTimes is how often a child can come in a year, for a price per time without a number of times: the dates of the
// first slot, else its weeks, else a school year (DOMAIN 4.3, step 1). One time would make a weekly price look almost free.
func plannedTimes(a catalog.Activity) int {
	if len(a.Slots) == 0 {
		return schoolYearWeeks
	}
	s := &a.Slots[0]
	if len(s.Dates) > 0 {
		return len(s.Dates)
	}
	from, to := later(a.ValidFrom, s.From), a.ValidTo
	if s.To.IsValid() && (!to.IsValid() || s.To.Before(to)) {
		to = s.To
	}
	if !from.IsValid() || !to.IsValid() {
		return schoolYearWeeks
	}
	return min(max(to.DaysSince(from)/7+1, 1), schoolYearWeeks)
}

func isKit(kind string) bool { return kind == "kleding" || kind == "tenue" || kind == "attributen" }

// safety is the weakest declaration of all organisers.
func (b *Board) safety(a catalog.Activity) safety {
	ids := a.Partners
	if a.Partner != "" {
		ids = append([]string{a.Partner}, ids...)
	}
	worst := safetyDeclared
	if len(ids) == 0 {
		worst = safetyUndeclared
	}
	for _, id := range ids {
		s := b.partners[id].Safety
		switch {
		case s.VOG == catalog.No || s.Confidant == catalog.No:
			return safetyRefused
		case s.VOG != catalog.Yes || s.Confidant != catalog.Yes || !s.DeclaredOn.IsValid():
			worst = safetyUndeclared
		}
	}
	return worst
}
