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
	sheet   sheet // that lines are written on
}

// finding is a barrier that stands in the way of one slot, or is not known. The zero finding is that nothing does.
type finding struct {
	why      *why
	barrier  int8 // place in Barriers()
	arranged int8 // place of the remedy that was arranged; -1 = none
	unknown  bool // not known whether it stands in the way
	hard     bool // only a remedy that lifts can make it possible here
	lifts    bool // and there is one
}

// why holds the words of a finding and what may be done about it. They are looked up only when they are shown.
type why struct {
	say      string                   // in plain Dutch
	tell     func(c *slotCase) string // the same where it depends on the case
	remedies *remedySet               // what may be done here; nil = all of the barrier, or asking
	offering func(*slotCase) []Remedy // the same where it depends on the case
}

// A rule answers with one of these.
var nothing finding

func soft(w *why) finding     { return finding{why: w} }
func hard(w *why) finding     { return finding{why: w, hard: true} }
func question(w *why) finding { return finding{why: w, unknown: true} }

// when gives a finding where something is so, else nothing.
func (f finding) when(so bool) finding {
	if so {
		return f
	}
	return nothing
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

// of is a remedy that is listed under another barrier than the one it helps with here.
func (r Remedy) of(barrier string) Remedy {
	r.barrier = barrier
	return r
}

// rule looks for one barrier. It is asked only in a search in which it may have something to say; nil = in each.
type rule struct {
	look func(c *slotCase) finding
	may  func(s *search, code string) bool
}

// rules holds the rule of each barrier of barriers-v1.json, by code.
var rules = map[string]rule{
	"kosten":               {costRule, mayCost},
	"spullen":              {kitRule, ifNamed},
	"brengen_avond":        {eveningRule, nil},
	"brengen_overdag":      {daytimeRule, nil},
	"niet_alleen":          {aloneRule, nil},
	"afstand":              {distanceRule, nil},
	"geen_vervoer":         {}, // changes the mode of travel (search.modeFor); no penalty of its own
	"thuis_ritme":          {always("Op tijd eten, de tas klaar en vertrekken lukt niet vanzelf."), ifNamed},
	"oppas":                {siblingsRule, ifNamed},
	"formulieren":          {formsRule, ifNamed},
	"taal":                 {languageRule, mayLanguage},
	"weg_niet_weten":       {always("Het gezin kent de weg hier nog niet."), ifNamed},
	"spannend":             {always("Ergens nieuw beginnen is spannend."), ifNamed},
	"fysiek_toegankelijk":  {accessRule, ifNeeded(onWheels...)},
	"prikkels_begeleiding": {supportRule, ifNeeded("guidance_needed", "low_stimulus", "hearing", "seeing")},
	"medisch":              {always("De ouder bespreekt met de begeleider waar die op moet letten."), ifNeeded("medical_plan")},
	"zwemdiploma":          {swimRule, nil},
	"twee_huizen":          {twoHomesRule, ifNamed},
	"groep_samenstelling":  {groupRule, ifNamed},
	"vertrouwen_schaamte":  {always("Eerst rustig kennismaken."), ifNamed},
	"tijd_bezet":           {busyRule, nil},
	"verkeer_route":        {trafficRule, ifNamed},
	"vol":                  {fullRule, nil},
	"leeftijd":             {ageRule, nil},
	"aanbod_stopt":         {endsRule, nil},
	"veiligheid_onbekend":  {safetyRule, nil},
}

// ifNamed is for what counts only where the family named it.
func ifNamed(s *search, code string) bool { return s.named(code) }

// ifNeeded is for what counts only for a child that needs one of these.
func ifNeeded(needs ...string) func(*search, string) bool {
	return func(s *search, _ string) bool { return s.needs(needs...) }
}

// always makes the rule of a soft barrier that stands at every activity.
func always(text string) func(*slotCase) finding {
	w := &why{say: text}
	return func(*slotCase) finding { return soft(w) }
}

// everywhere are the barriers that stand at every activity once their rule may speak.
var everywhere = map[string]bool{"thuis_ritme": true, "weg_niet_weten": true, "spannend": true, "vertrouwen_schaamte": true, "medisch": true}

// barrierSets holds for each barrier what may be done when a rule names nothing itself.
var barrierSets = sync.OnceValue(func() []*remedySet {
	sets := make([]*remedySet, len(Barriers()))
	for i, b := range Barriers() {
		sets[i] = all(b.Code)
	}
	return sets
})

// activeRule is a rule that may have something to say in this search.
type activeRule struct {
	look    func(c *slotCase) finding
	code    string
	barrier int8 // place in Barriers()
}

// inOrder are the rules in the order of barriers-v1.json.
var inOrder = sync.OnceValue(func() []rule {
	list := make([]rule, len(Barriers()))
	for i, b := range Barriers() {
		list[i] = rules[b.Code]
	}
	return list
})

// setRules keeps the rules, in the order of barriers-v1.json, that may have something to say for this family.
func (s *search) setRules() {
	s.rules = make([]activeRule, 0, len(Barriers()))
	for i, r := range inOrder() {
		if code := Barriers()[i].Code; r.look != nil && (r.may == nil || r.may(s, code)) {
			s.rules = append(s.rules, activeRule{r.look, code, int8(i)})
		}
	}
}

// assess finds what stands in the way of one slot.
func (c *slotCase) assess() {
	c.found = c.found[:0]
	for _, r := range c.rules {
		f := r.look(c)
		if f.why == nil {
			continue
		}
		f.barrier, f.arranged = r.barrier, -1
		if f.hard && f.why.offering == nil {
			f.lifts = f.remedies().lifts
		}
		if c.mayBeLifted {
			f.arranged = c.arrangedFor(&Barriers()[r.barrier])
		}
		c.found = append(c.found, f)
	}
}

// remedies are what may be done whatever the case.
func (f *finding) remedies() *remedySet {
	switch {
	case f.why.remedies != nil:
		return f.why.remedies
	case f.unknown:
		return justAsk
	}
	return barrierSets()[f.barrier]
}

var justAsk = setOf(ask)

// arrangedFor gives the arranged remedy that lifts a barrier of this activity (contract: "lifts every barrier that lists it as lifts").
func (c *slotCase) arrangedFor(b *Barrier) int8 {
	for i, r := range b.Remedies {
		if r.Kind == Lifts && (c.isArranged(c.offer.id, r.ID) || c.assumed(r.ID, c.weekday)) {
			return int8(i)
		}
	}
	return -1
}

// group says where a slot stands (DOMAIN 5, rules).
func (c *slotCase) group() Group { return groups[c.rank()] }

// rank is the same as a number: the place in groups.
func (c *slotCase) rank() uint8 {
	rank := uint8(rankZo)
	for i := range c.found {
		switch f := &c.found[i]; {
		case !f.open():
		case f.hard && !f.lifts:
			return rankNuNiet
		default:
			rank = rankHulp
		}
	}
	return rank
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
	if f.why.tell != nil {
		return f.why.tell(c)
	}
	return f.why.say
}

// choices are the remedies for this case.
func (f *finding) choices(c *slotCase) []Remedy {
	if f.why.offering != nil {
		return f.why.offering(c)
	}
	return f.remedies().list
}
