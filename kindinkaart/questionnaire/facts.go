package questionnaire

import (
	"slices"
	"sort"
)

// ConsentAccess is the consent without which G3 does not count.
const ConsentAccess = "toegankelijkheid"

// FactsOf gathers everything the answers say apart from interests. Answers that cannot be read do not count here: Score
// reports them. consents are the purposes agreed to; without "toegankelijkheid" G3 is left out (DOMAIN 7.3).
func FactsOf(v Variant, child, parent Answers, consents []string) Facts {
	return Parse(v, child, parent).Facts(consents)
}

// Facts gathers everything the answers say apart from interests; see FactsOf.
func (p *Parsed) Facts(consents []string) Facts {
	w := words{def: p.def, own: p.own, his: p.his}
	if g3 := p.def.byID["G3"]; g3 != nil && !slices.Contains(consents, ConsentAccess) {
		w.own, w.his = p.own.without(g3), p.his.without(g3)
	}
	p3, p8, p9 := w.parent("P3"), w.parent("P8"), w.parent("P9")
	f := Facts{Details: map[string][]string{}, Prefs: map[string]string{}}
	f.Barriers = w.barriers(p.variant, f.Details)
	f.BringTimes, f.ChildTimes = w.parent("P4").parts, w.child("F3").parts
	f.Travel = travel(p.variant, w.child("C2"), w.parent("P5"))
	f.Independence = independence(w.parent("P6"))
	f.Budget = budget(w.parent("P7"))
	f.Income = income(p8)
	f.Help, f.HelpHints = pickedIDs(p9), hints(p9, w.child("V2"), w.child("W5"))
	f.SupportLevel = w.supportLevel(p3, p9)
	f.Language = w.parent("P10").language
	f.Needs, f.NeedsKnown = needs(w.child("G3"), w.parent("G3"))
	f.Swim = swim(w.child("G4"), w.parent("G4"))
	f.SearchBase = first(w.child("C1"), func(o *Option) string { return o.SearchBase })
	prefs(f.Prefs, w.child("G2"), w.child("V1"), w.child("F4"), w.child("F5"), w.child("S2"), w.parent("P2"))
	f.Companion = first(w.child("W5"), knownID)
	f.OwnWords = w.child("W3").tags
	f.TopThree = pickedIDs(w.child("W2"))
	return f
}

// words is what may be used of the answers of child and parent.
type words struct {
	def      *Definition
	own, his sheet
}

func (w *words) child(id string) *answer  { return w.own.of(w.def, id) }
func (w *words) parent(id string) *answer { return w.his.of(w.def, id) }

func knownID(o *Option) string {
	if o.DontKnow {
		return ""
	}
	return o.ID
}

// first gives a property of the first chosen option, "" when nothing was chosen.
func first(a *answer, property func(*Option) string) string {
	if len(a.picked) == 0 {
		return ""
	}
	return property(a.picked[0])
}

func pickedIDs(a *answer) []string {
	var out []string
	for _, o := range a.picked {
		if !o.DontKnow {
			out = append(out, o.ID)
		}
	}
	return out
}

// travel comes from C2 in variant C when answered, else from P5.
func travel(v Variant, c2, p5 *answer) TravelWish {
	a := p5
	if v == VariantC && first(c2, knownID) != "" {
		a = c2
	}
	return TravelWish{Mode: first(a, func(o *Option) string { return o.Travel }), Minutes: a.minutes}
}

func independence(p6 *answer) Independence {
	if len(p6.picked) == 0 || p6.picked[0].Independence == nil {
		return Independence{}
	}
	i := p6.picked[0].Independence
	return Independence{Mode: i.Mode, MaxMinutes: i.MaxMinutes}
}

func budget(p7 *answer) Budget {
	if len(p7.picked) == 0 {
		return Budget{}
	}
	return p7.picked[0].budget
}

// income gives each signal once, in order of the answer; an answer that says nothing gives "unknown".
func income(p8 *answer) []string {
	if p8.item == nil {
		return nil
	}
	var out []string
	for _, o := range p8.picked {
		if o.IncomeSignal != "" && !slices.Contains(out, o.IncomeSignal) {
			out = append(out, o.IncomeSignal)
		}
	}
	if len(out) == 0 {
		out = []string{"unknown"}
	}
	return out
}

func hints(answers ...*answer) (out []string) {
	for _, a := range answers {
		for _, o := range a.picked {
			if o.RemedyHint != "" && !slices.Contains(out, o.RemedyHint) {
				out = append(out, o.RemedyHint)
			}
		}
	}
	return out
}

// SupportLevels are the levels of help from little to much (DOMAIN 2, R002-22).
var SupportLevels = []string{"zelf", "licht", "hand"}

// supportLevel is the highest level that P3 and P9 name. A difficult home routine makes it "hand"; not knowing the way or
// finding it hard to ask for help raises it by one (DOMAIN 5).
func (w *words) supportLevel(p3, p9 *answer) string {
	level := -1
	for _, a := range []*answer{p3, p9} {
		for _, o := range a.picked {
			level = max(level, slices.Index(SupportLevels, o.SupportLevel))
		}
	}
	if p3.names(w.def.code("weg_niet_weten")) || p3.names(w.def.code("vertrouwen_schaamte")) {
		level = min(max(level, 0)+1, len(SupportLevels)-1)
	}
	if p3.names(w.def.code("thuis_ritme")) {
		level = len(SupportLevels) - 1
	}
	if level < 0 {
		return ""
	}
	return SupportLevels[level]
}

// names says whether a chosen option points at a barrier.
func (a *answer) names(code int) bool {
	for _, o := range a.picked {
		if o.Barrier != nil && o.code == code {
			return true
		}
	}
	return false
}

// needs are the access needs that child and parent name; known is also true after a plain "nee".
func needs(answers ...*answer) (out []string, known bool) {
	for _, a := range answers {
		for _, o := range a.picked {
			for _, n := range o.Needs {
				switch n {
				case "none":
					known = true
				case "prefer_not":
				default:
					known = true
					out = append(out, n)
				}
			}
		}
	}
	sort.Strings(out)
	return slices.Compact(out), known
}

// swim is the diploma; when child and parent differ the lower one counts, for safety.
func swim(answers ...*answer) string {
	order := [...]string{"none", "A", "AB", "ABC"}
	lowest := -1
	for _, a := range answers {
		rank := slices.Index(order[:], first(a, func(o *Option) string { return o.Conditions["swim"] }))
		if rank >= 0 && (lowest < 0 || rank < lowest) {
			lowest = rank
		}
	}
	if lowest < 0 {
		return ""
	}
	return order[lowest]
}

// prefs collects preferences: of answers that say the same the first counts. A question about exactly that comes before
// one that hints at it, and the child before the parent.
func prefs(out map[string]string, answers ...*answer) {
	for _, a := range answers {
		for _, o := range a.picked {
			for name, value := range o.Prefs {
				if _, said := out[name]; !said {
					out[name] = value
				}
			}
		}
	}
}
