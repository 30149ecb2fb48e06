package questionnaire

import (
	"encoding/json"
	"slices"
	"sort"
)

// ConsentAccess is the consent without which G3 does not count.
const ConsentAccess = "toegankelijkheid"

// FactsOf gathers everything the answers say apart from interests. Answers that cannot be read do not count here: Score
// reports them. consents are the purposes agreed to; without "toegankelijkheid" G3 is left out (DOMAIN 7.3).
func FactsOf(v Variant, child, parent Answers, consents []string) Facts {
	own, his, _ := Default().readBoth(v, child, parent)
	if !slices.Contains(consents, ConsentAccess) {
		delete(own, "G3")
		delete(his, "G3")
	}
	f := Facts{Details: map[string][]string{}, Prefs: map[string]string{}}
	f.Barriers = barriers(v, own, his, f.Details)
	f.BringTimes, f.ChildTimes = his["P4"].parts, own["F3"].parts
	f.Travel = travel(v, own["C2"], his["P5"])
	f.Independence = independence(his["P6"])
	f.Budget = budget(his["P7"])
	f.Income = income(his)
	f.Help, f.HelpHints = help(own, his)
	f.SupportLevel = supportLevel(his["P3"], his["P9"])
	f.Language = his["P10"].language
	f.Needs, f.NeedsKnown = needs(own["G3"], his["G3"])
	f.Swim = swim(own["G4"], his["G4"])
	f.SearchBase = first(own["C1"], func(o *Option) string { return o.SearchBase })
	prefs(f.Prefs, own, his)
	f.Companion = first(own["W5"], knownID)
	f.OwnWords = own["W3"].tags
	f.TopThree = pickedIDs(own["W2"])
	return f
}

func knownID(o *Option) string {
	if o.DontKnow {
		return ""
	}
	return o.ID
}

// first gives a property of the first chosen option, "" when nothing was chosen.
func first(a answer, property func(*Option) string) string {
	if len(a.picked) == 0 {
		return ""
	}
	return property(a.picked[0])
}

func pickedIDs(a answer) []string {
	var out []string
	for _, o := range a.picked {
		if !o.DontKnow {
			out = append(out, o.ID)
		}
	}
	return out
}

// travel comes from C2 in variant C when answered, else from P5.
func travel(v Variant, c2, p5 answer) TravelWish {
	a := p5
	if v == VariantC && first(c2, knownID) != "" {
		a = c2
	}
	return TravelWish{Mode: first(a, func(o *Option) string { return o.Travel }), Minutes: a.minutes}
}

func independence(p6 answer) Independence {
	if len(p6.picked) == 0 || p6.picked[0].Independence == nil {
		return Independence{}
	}
	i := p6.picked[0].Independence
	return Independence{Mode: i.Mode, MaxMinutes: i.MaxMinutes}
}

func budget(p7 answer) Budget {
	if len(p7.picked) == 0 || len(p7.picked[0].Budget) == 0 {
		return Budget{}
	}
	var euros *int
	if json.Unmarshal(p7.picked[0].Budget, &euros) != nil {
		return Budget{}
	}
	if euros == nil {
		return Budget{Known: true, Unlimited: true}
	}
	return Budget{Known: true, MonthCents: *euros * 100}
}

// income gives each signal once, in order of the answer; an answer that says nothing gives "unknown".
func income(his sheet) []string {
	p8, asked := his["P8"]
	if !asked {
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

func help(own, his sheet) (wanted, hints []string) {
	wanted = pickedIDs(his["P9"])
	for _, a := range []answer{his["P9"], own["V2"], own["W5"]} {
		for _, o := range a.picked {
			if o.RemedyHint != "" && !slices.Contains(hints, o.RemedyHint) {
				hints = append(hints, o.RemedyHint)
			}
		}
	}
	return wanted, hints
}

// SupportLevels are the levels of help from little to much (DOMAIN 2, R002-22).
var SupportLevels = []string{"zelf", "licht", "hand"}

// supportLevel is the highest level that P3 and P9 name. A difficult home routine makes it "hand"; not knowing the way or
// finding it hard to ask for help raises it by one (DOMAIN 5).
func supportLevel(p3, p9 answer) string {
	level := -1
	for _, o := range slices.Concat(p3.picked, p9.picked) {
		level = max(level, slices.Index(SupportLevels, o.SupportLevel))
	}
	if names(p3, "weg_niet_weten") || names(p3, "vertrouwen_schaamte") {
		level = min(max(level, 0)+1, len(SupportLevels)-1)
	}
	if names(p3, "thuis_ritme") {
		level = len(SupportLevels) - 1
	}
	if level < 0 {
		return ""
	}
	return SupportLevels[level]
}

// names says whether a chosen option points at a barrier.
func names(a answer, code string) bool {
	return slices.ContainsFunc(a.picked, func(o *Option) bool { return o.Barrier != nil && o.Barrier.Code == code })
}

// needs are the access needs that child and parent name; known is also true after a plain "nee".
func needs(answers ...answer) (out []string, known bool) {
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
func swim(answers ...answer) string {
	order := []string{"none", "A", "AB", "ABC"}
	lowest := -1
	for _, a := range answers {
		rank := slices.Index(order, first(a, func(o *Option) string { return o.Conditions["swim"] }))
		if rank >= 0 && (lowest < 0 || rank < lowest) {
			lowest = rank
		}
	}
	if lowest < 0 {
		return ""
	}
	return order[lowest]
}

// prefs collects preferences: a question about exactly that before one that hints at it, the child before the parent.
func prefs(out map[string]string, own, his sheet) {
	for _, a := range []answer{own["G2"], own["V1"], own["F4"], own["F5"], own["S2"], his["P2"]} {
		for _, o := range a.picked {
			for name, value := range o.Prefs {
				if _, said := out[name]; !said {
					out[name] = value
				}
			}
		}
	}
}
