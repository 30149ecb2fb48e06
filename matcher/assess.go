package matcher

import (
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// slotCase is one child against one slot of one activity: what a barrier rule may look at.
type slotCase struct {
	*search
	board *Board
	offer *offer
	slot  *catalog.Slot
	trip  trip
	cost  regeling.Cost
}

// finding is a barrier that stands in the way of one slot, or is not known.
type finding struct {
	code     string
	state    questionnaire.BarrierState // yes or unknown
	hard     bool                       // only a remedy that lifts can make it possible here
	text     string
	remedies []Remedy // what may be done here; a rule leaves out what cannot help
	arranged string   // id of the remedy that was arranged, "" = none
}

// open says whether a finding still stands in the way.
func (f finding) open() bool { return f.arranged == "" }

// liftable says whether something can lift a hard barrier here.
func (f finding) liftable() bool {
	return slices.ContainsFunc(f.remedies, func(r Remedy) bool { return r.Kind == Lifts })
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
	"geen_vervoer":         noRule, // changes the mode of travel (search.modeFor); no penalty of its own
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

func noRule(*slotCase) (finding, bool) { return finding{}, false }

// named makes the rule of a soft barrier that counts wherever the family named it.
func named(text string) rule {
	return func(c *slotCase) (finding, bool) { return finding{text: text}, true }
}

// onlyWhenNamed are the barriers whose rule is asked only when the family named them.
var onlyWhenNamed = map[string]bool{
	"spullen": true, "thuis_ritme": true, "oppas": true, "formulieren": true, "weg_niet_weten": true, "spannend": true,
	"twee_huizen": true, "groep_samenstelling": true, "vertrouwen_schaamte": true, "verkeer_route": true,
}

// findings runs every rule, in the order of barriers-v1.json.
func (c *slotCase) findings() []finding {
	var found []finding
	for _, b := range Barriers() {
		if onlyWhenNamed[b.Code] && !c.named(b.Code) {
			continue
		}
		f, ok := rules[b.Code](c)
		if !ok {
			continue
		}
		f.code = b.Code
		if f.state == "" {
			f.state = questionnaire.BarrierYes
		}
		if f.remedies == nil {
			f.remedies = defaultRemedies(b, f.state)
		}
		f.arranged = c.arrangedFor(b)
		found = append(found, f)
	}
	return found
}

// defaultRemedies are all remedies of a barrier, or asking when it is not known whether it stands in the way.
func defaultRemedies(b Barrier, state questionnaire.BarrierState) []Remedy {
	if state == questionnaire.BarrierUnknown {
		return []Remedy{ask}
	}
	return slices.DeleteFunc(slices.Clone(b.Remedies), func(r Remedy) bool { return r.Kind == LiftsUnknown })
}

// arrangedFor gives the arranged remedy that lifts a barrier of this activity (contract: "lifts every barrier that lists it as lifts").
func (c *slotCase) arrangedFor(b Barrier) string {
	for _, r := range b.Remedies {
		if r.Kind == Lifts && (c.isArranged(c.offer.ID, r.ID) || c.assumed(r.ID, c.day())) {
			return r.ID
		}
	}
	return ""
}

// groupOf decides where a slot stands (DOMAIN 5, rules).
func groupOf(found []finding) Group {
	g := KanZo
	for _, f := range found {
		switch {
		case !f.open():
		case f.hard && !f.liftable():
			return KanNuNiet
		default:
			g = KanMetHulp
		}
	}
	return g
}

// pick gives remedies of a barrier by id, in that order.
func pick(code string, ids ...string) []Remedy {
	b := barrierByCode()[code]
	out := make([]Remedy, 0, len(ids))
	for _, id := range ids {
		out = append(out, b.remedy(id))
	}
	return out
}

// saying is a remedy with words for this case.
func (r Remedy) saying(text string) Remedy {
	r.Label = text
	return r
}
