package matcher

import (
	"slices"
	"sync"

	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// slotCase is one child against one slot of one activity: what a barrier rule may look at.
type slotCase struct {
	*search
	offer   *offer
	slot    *slot
	weekday int8 // of the slot or its next date; -1 = not known
	trip    trip
	cost    regeling.Figures
	found   []finding
}

// finding is a barrier that stands in the way of one slot, or is not known. Its words are made only when it is shown.
type finding struct {
	barrier  int8 // place in Barriers()
	unknown  bool // not known whether it stands in the way
	hard     bool // only a remedy that lifts can make it possible here
	lifts    bool // and there is one
	arranged int8 // place of the remedy that was arranged; -1 = none

	say      string                   // why, in plain Dutch
	tell     func(c *slotCase) string // the same where it depends on the case
	remedies *remedySet               // what may be done here; nil = all of the barrier, or asking
	offering func(*slotCase) []Remedy // the same where it depends on the case
}

// open says whether a finding still stands in the way.
func (f *finding) open() bool { return f.arranged < 0 }

// remedySet is a fixed choice of remedies.
type remedySet struct {
	list  []Remedy
	lifts bool
}

func setOf(list ...Remedy) *remedySet {
	return &remedySet{list: list, lifts: slices.ContainsFunc(list, func(r Remedy) bool { return r.Kind == Lifts })}
}

// pick gives remedies of a barrier by id, in that order.
func pick(code string, ids ...string) *remedySet {
	b := barrierByCode()[code]
	list := make([]Remedy, 0, len(ids))
	for _, id := range ids {
		list = append(list, b.remedy(id))
	}
	return setOf(list...)
}

// all gives the remedies of a barrier that can help once it is known to stand in the way, but for some.
func all(code string, but ...string) *remedySet {
	return setOf(slices.DeleteFunc(slices.Clone(barrierByCode()[code].Remedies), func(r Remedy) bool {
		return r.Kind == LiftsUnknown || slices.Contains(but, r.ID)
	})...)
}

// saying is a remedy with words for this case.
func (r Remedy) saying(text string) Remedy {
	r.Label = text
	return r
}

// rule looks for one barrier; ok is false when it does not stand in the way.
type rule func(c *slotCase) (f finding, ok bool)

// rules holds the rule of each barrier of barriers-v1.json, by code.
var rules = map[string]rule{
	"kosten":               costRule,
	"spullen":              kitRule,
	"brengen_avond":        eveningRule,
	"brengen_overdag":      daytimeRule,
	"niet_alleen":          aloneRule,
	"afstand":              distanceRule,
	"geen_vervoer":         nil, // changes the mode of travel (search.modeFor); no penalty of its own
	"thuis_ritme":          named("Op tijd eten, de tas klaar en vertrekken lukt niet vanzelf."),
	"oppas":                siblingsRule,
	"formulieren":          formsRule,
	"taal":                 languageRule,
	"weg_niet_weten":       named("Het gezin kent de weg hier nog niet."),
	"spannend":             named("Ergens nieuw beginnen is spannend."),
	"fysiek_toegankelijk":  accessRule,
	"prikkels_begeleiding": supportRule,
	"medisch":              medicalRule,
	"zwemdiploma":          swimRule,
	"twee_huizen":          twoHomesRule,
	"groep_samenstelling":  groupRule,
	"vertrouwen_schaamte":  named("Eerst rustig kennismaken."),
	"tijd_bezet":           busyRule,
	"verkeer_route":        trafficRule,
	"vol":                  fullRule,
	"leeftijd":             ageRule,
	"aanbod_stopt":         endsRule,
	"veiligheid_onbekend":  safetyRule,
}

// named makes the rule of a soft barrier that counts wherever the family named it.
func named(text string) rule {
	return func(*slotCase) (finding, bool) { return finding{say: text}, true }
}

// everywhere are the barriers that stand at every activity once the family named them.
var everywhere = map[string]bool{"thuis_ritme": true, "weg_niet_weten": true, "spannend": true, "vertrouwen_schaamte": true}

// onlyWhenNamed are the barriers whose rule is asked only when the family named them.
var onlyWhenNamed = map[string]bool{
	"spullen": true, "thuis_ritme": true, "oppas": true, "formulieren": true, "weg_niet_weten": true, "spannend": true,
	"twee_huizen": true, "groep_samenstelling": true, "vertrouwen_schaamte": true, "verkeer_route": true,
}

// barrierSets holds for each barrier what may be done when a rule names nothing itself.
var barrierSets = sync.OnceValue(func() []*remedySet {
	sets := make([]*remedySet, len(Barriers()))
	for i, b := range Barriers() {
		sets[i] = all(b.Code)
	}
	return sets
})

// activeRule is a rule that can say something in this search.
type activeRule struct {
	barrier int8
	look    rule
}

// setRules keeps the rules, in the order of barriers-v1.json, that can say something for this family.
func (s *search) setRules() {
	for i, b := range Barriers() {
		if look := rules[b.Code]; look != nil && (!onlyWhenNamed[b.Code] || s.named(b.Code)) {
			s.rules = append(s.rules, activeRule{int8(i), look})
		}
	}
}

// assess finds what stands in the way of one slot.
func (c *slotCase) assess() {
	c.found = c.found[:0]
	for _, r := range c.rules {
		f, ok := r.look(c)
		if !ok {
			continue
		}
		f.barrier, f.arranged = r.barrier, -1
		if f.remedies == nil && f.offering == nil && !f.unknown {
			f.remedies = barrierSets()[r.barrier]
		}
		if f.remedies != nil {
			f.lifts = f.remedies.lifts
		}
		if len(c.arranged) > 0 || len(c.options.Assume) > 0 {
			f.arranged = c.arrangedFor(&Barriers()[r.barrier])
		}
		c.found = append(c.found, f)
	}
}

// arrangedFor gives the arranged remedy that lifts a barrier of this activity (contract: "lifts every barrier that lists it as lifts").
func (c *slotCase) arrangedFor(b *Barrier) int8 {
	for i, r := range b.Remedies {
		if r.Kind == Lifts && (c.isArranged(c.offer.id, r.ID) || c.assumed(r.ID, c.weekday)) {
			return int8(i)
		}
	}
	return -1
}

// group decides where a slot stands (DOMAIN 5, rules).
func (c *slotCase) group() Group {
	g := KanZo
	for i := range c.found {
		switch f := &c.found[i]; {
		case !f.open():
		case f.hard && !f.lifts:
			return KanNuNiet
		default:
			g = KanMetHulp
		}
	}
	return g
}

func (f *finding) code() string { return Barriers()[f.barrier].Code }

func (f *finding) state() questionnaire.BarrierState {
	if f.unknown {
		return questionnaire.BarrierUnknown
	}
	return questionnaire.BarrierYes
}

// text says why, in plain Dutch.
func (f *finding) text(c *slotCase) string {
	if f.tell != nil {
		return f.tell(c)
	}
	return f.say
}

// choices are the remedies for this case.
func (f *finding) choices(c *slotCase) []Remedy {
	switch {
	case f.offering != nil:
		return f.offering(c)
	case f.remedies != nil:
		return f.remedies.list
	}
	return []Remedy{ask}
}
