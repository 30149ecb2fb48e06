package matcher

import (
	"slices"
	"sort"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Plain is a catalogue as it came, with nothing packed, sorted or left out: what the board is compared with.
type Plain struct {
	offers []offer
	as     *segment // that the offers say they are in
	rules  *regeling.Rules
	ways   geo.Ways
}

// NewPlain reads a catalogue.
func NewPlain(partners []catalog.Partner, activities []catalog.Activity, schemes []regeling.Scheme, ways geo.Ways) *Plain {
	known := organisers{}
	for _, p := range partners {
		known[p.ID] = p
	}
	out := &Plain{as: &segment{}, rules: regeling.NewRules(schemes), ways: ways}
	for i := range activities {
		if activities[i].State == catalog.Published {
			o := known.offerOf(&activities[i], ways)
			o.in, o.at = out.as, uint32(len(out.offers))
			out.offers = append(out.offers, o)
		}
	}
	return out
}

// plainSearch knows the profile by its tags.
type plainSearch struct {
	*search
	profile questionnaire.Profile
}

// plainLine is one activity at its best slot.
type plainLine struct {
	item  Item
	first string // category of the first tag
	who   audience
	quiet bool
	open  bool // some tag is not refused
	tags  []string
}

// PlainRank is ranking said as plainly as possible: every slot of every activity written out, one sort. Rank must give
// the same lines in the same order.
func PlainRank(n kindinkaart.Need, p *Plain, o Options) ([]Item, error) {
	if o.Search != "" {
		n.Search = o.Search
	}
	s, err := newSearch(&n, &Board{rules: p.rules, ways: p.ways}, nil, o)
	if err != nil {
		return nil, err
	}
	s.own = ownEvidence(s.answers)
	if s.sought == 0 {
		s.found = p.found(o.Found)
	}
	profile, err := questionnaire.Score(n.Variant, n.Answers, n.Parent, false)
	if err != nil {
		return nil, err
	}
	r := plainSearch{s, profile}
	var lines, every []plainLine
	for i := range p.offers {
		offer := &p.offers[i]
		line, ok := r.best(offer)
		if !ok {
			continue
		}
		every = append(every, line)
		hidden := o.ForChild && (line.item.Group == KanNuNiet || line.item.SMWOnly)
		if !hidden && (r.proposes(offer) || s.thin() && r.discovers(offer)) {
			lines = append(lines, line)
		}
	}
	plainSort(lines)
	plainSort(every)
	switch {
	case s.thin():
		lines = plainGroups(lines)
	case len(lines) > 10:
		plainMix(lines)
	}
	if o.Limit > 0 && len(lines) > o.Limit {
		lines = lines[:o.Limit]
	}
	items := []Item{}
	for i, l := range lines {
		l.item.Rank = i + 1
		if l.item.Full {
			l.item.Alternatives = r.alternatives(l, every)
		}
		items = append(items, l.item)
	}
	return items, nil
}

// found says of every offer whether the words are in it, by its id.
func (p *Plain) found(all []catalog.Matched) []foundIn {
	set := make(bitset, len(p.offers)/64+1)
	for _, m := range all {
		for id := range m.IDs() {
			for i := range p.offers {
				if p.offers[i].id == id {
					set.add(uint32(i))
				}
			}
		}
	}
	return []foundIn{{p.as, set}}
}

// best judges every slot of an offer and gives the best.
func (s plainSearch) best(o *offer) (plainLine, bool) {
	var slots []Item
	c := &slotCase{search: s.search, offer: o}
	c.weigh()
	for k := range o.slots {
		c.slot, c.weekday = &o.slots[k], o.slots[k].dayOn(s.on)
		if len(s.options.Weekdays) > 0 && (c.weekday < 0 || !slices.Contains(s.options.Weekdays, questionnaire.Days[c.weekday])) {
			continue
		}
		c.trip = s.tripTo(o, c.slot)
		c.assess()
		slots = append(slots, c.item(0))
	}
	if len(slots) == 0 {
		return plainLine{}, false
	}
	sort.SliceStable(slots, func(x, y int) bool { return plainBefore(slots[x], slots[y]) })
	line := plainLine{item: slots[0], first: o.facet(), who: o.audience()}
	for _, tag := range tagsOfOffer(o) {
		leaf, _ := questionnaire.Leaf(tag)
		line.tags = append(line.tags, tag)
		line.quiet = line.quiet || !leaf.AutoSuggest
		line.open = line.open || !slices.Contains(s.profile.Veto, tag)
	}
	return line, true
}

func tagsOfOffer(o *offer) (tags []string) {
	for bit, leaf := range questionnaire.Taxonomy().Tags {
		if o.tags>>bit&1 == 1 {
			tags = append(tags, leaf.ID)
		}
	}
	return tags
}

// proposes says with tags as words what candidate says with bits.
func (s plainSearch) proposes(o *offer) bool {
	refusable, refused, quiet, quietWanted, wanted, sought := 0, 0, false, false, false, s.isFound(o)
	for _, tag := range tagsOfOffer(o) {
		leaf, _ := questionnaire.Leaf(tag)
		veto := slices.Contains(s.profile.Veto, tag)
		interest := s.profile.Effective[tag]
		proposed := !veto && interest >= 0.15
		if leaf.Audience != "parent" {
			refusable++
			refused += btoi(veto)
		}
		quiet, quietWanted = quiet || !leaf.AutoSuggest, quietWanted || !leaf.AutoSuggest && proposed
		switch o.audience() {
		case forChild:
			wanted = wanted || proposed
		case forParent:
			wanted = wanted || s.profile.ParentOwn[tag] >= 0.15
		default:
			wanted = wanted || !veto && max(interest, s.profile.ParentOwn[tag]) >= 0.15
		}
		sought = sought || s.sought>>leafBits()[tag]&1 == 1 && (!veto || o.audience() == forParent)
	}
	switch {
	case o.audience() == forStaff, s.age >= 16 && o.is(flagCommunity), o.audience() != forParent && refusable > 0 && refusable == refused:
		return false
	case s.need.Search != "":
		return sought
	}
	return wanted && (!quiet || quietWanted)
}

func (s plainSearch) discovers(o *offer) bool {
	for _, tag := range tagsOfOffer(o) {
		leaf, _ := questionnaire.Leaf(tag)
		if slices.Contains(s.profile.Veto, tag) || !leaf.AutoSuggest {
			return false
		}
	}
	return o.tags != 0 && (o.audience() == forChild || o.audience() == forFamily) && !(s.age >= 16 && o.is(flagCommunity))
}

func plainSort(lines []plainLine) {
	sort.SliceStable(lines, func(x, y int) bool { return plainBefore(lines[x].item, lines[y].item) })
}

func plainBefore(a, b Item) bool {
	place := map[Group]int{KanZo: 1, KanMetHulp: 2, KanNuNiet: 3}
	if place[a.Group] != place[b.Group] {
		return place[a.Group] < place[b.Group]
	}
	if a.Full != b.Full {
		return b.Full
	}
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	if a.Activity != b.Activity {
		return a.Activity < b.Activity
	}
	return a.Slot < b.Slot
}

func plainMix(lines []plainLine) {
	for _, l := range lines[:10] {
		if l.first != lines[0].first {
			return
		}
	}
	for i := 10; i < len(lines); i++ {
		if lines[i].first != lines[0].first && lines[i].item.Group == lines[9].item.Group && lines[i].item.Full == lines[9].item.Full {
			lifted := lines[i]
			rest := slices.Delete(slices.Clone(lines), i, i+1)
			copy(lines, slices.Insert(rest, 9, lifted))
			return
		}
	}
}

// plainGroups keeps the first of each group of the taxonomy.
func plainGroups(lines []plainLine) (out []plainLine) {
	seen := map[string]bool{}
	for _, l := range lines {
		leaf, _ := questionnaire.Leaf(l.item.Interest.Tag)
		if l.item.Interest.Tag != "" && !seen[leaf.Group] {
			seen[leaf.Group] = true
			out = append(out, l)
		}
	}
	return out
}

// alternatives names three other activities of the same tag, then of near ones, that have room.
func (s plainSearch) alternatives(full plainLine, every []plainLine) (out []string) {
	add := func(tags ...string) {
		for _, l := range every {
			fits := slices.ContainsFunc(tags, func(tag string) bool {
				return slices.Contains(l.tags, tag) && (l.who == forParent || !slices.Contains(s.profile.Veto, tag))
			})
			if fits && l.who == full.who && l.open && !l.quiet && !l.item.Full && l.item.Group != KanNuNiet &&
				l.item.Activity != full.item.Activity && !slices.Contains(out, l.item.Activity) && len(out) < 3 {
				out = append(out, l.item.Activity)
			}
		}
	}
	if tag := full.item.Interest.Tag; tag != "" {
		add(tag)
		add(questionnaire.Near(tag)...)
	}
	return out
}
