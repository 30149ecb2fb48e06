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
	if g3 := p.def.item("G3"); g3 != nil && !slices.Contains(consents, ConsentAccess) {
		w.own, w.his = p.own.without(g3), p.his.without(g3)
	}
	list := make(lists, 0, 8)
	p3, p8, p9, w2 := w.parent("P3"), w.parent("P8"), w.parent("P9"), w.child("W2")
	var f Facts
	f.Barriers = w.barriers((*details)(&f.Details))
	f.BringTimes, f.ChildTimes = w.parent("P4").said(), w.child("F3").said()
	f.Travel = travel(p.variant, w.child("C2"), w.parent("P5"))
	f.Independence = independence(w.parent("P6"))
	f.Budget = budget(w.parent("P7"))
	f.Income = list.income(p8)
	f.Help, f.HelpHints = list.ids(p9), list.hints(p9, w.child("V2"), w.child("W5"))
	f.SupportLevel = w.supportLevel(p3, p9)
	f.Language = w.parent("P10").text
	f.Needs, f.NeedsKnown = needs(w.child("G3"), w.parent("G3"))
	f.Swim = swim(w.child("G4"), w.parent("G4"))
	f.SearchBase = first(w.child("C1"), func(o *Option) string { return o.SearchBase })
	f.Prefs = prefs(w.child("G2"), w.child("V1"), w.child("F4"), w.child("F5"), w.child("S2"), w.parent("P2"))
	f.Companion = first(w.child("W5"), knownID)
	f.OwnWords = w.child("W3").tags()
	f.TopThree = list.ids(w2)
	return f
}

// words is what may be used of the answers of child and parent.
type words struct {
	def      *Definition
	own, his sheet
}

func (w *words) child(id string) *answer  { return w.own.of(w.def, id) }
func (w *words) parent(id string) *answer { return w.his.of(w.def, id) }

// said gives the times of a daypart_grid; nothing is said of any when it was not answered.
func (a *answer) said() Times {
	if a.times == nil {
		return Times{}
	}
	return *a.times
}

// tags gives the leaves of own words, each once and sorted by id.
func (a *answer) tags() []string {
	if len(a.words) == 0 {
		return nil
	}
	out := make([]string, len(a.words))
	for i, place := range a.words {
		out[i] = Taxonomy().name(int(place))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

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
	return property(a.option(a.picked[0]))
}

// lists is one piece of memory that short lists are cut from.
type lists []string

// cut gives what was added since a length; nil when that is nothing.
func (l *lists) cut(from int) []string {
	if len(*l) == from {
		return nil
	}
	return (*l)[from:len(*l):len(*l)]
}

// once adds a word that does not stand in the list since a length; "" is no word.
func (l *lists) once(from int, word string) {
	if word != "" && !slices.Contains((*l)[from:], word) {
		*l = append(*l, word)
	}
}

// ids gives the ids of what was chosen.
func (l *lists) ids(a *answer) []string {
	from := len(*l)
	for _, place := range a.picked {
		if o := a.option(place); !o.DontKnow {
			*l = append(*l, o.ID)
		}
	}
	return l.cut(from)
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
	if len(p6.picked) == 0 {
		return Independence{}
	}
	i := p6.option(p6.picked[0]).Independence
	if i == nil {
		return Independence{}
	}
	return Independence{Mode: i.Mode, MaxMinutes: i.MaxMinutes}
}

func budget(p7 *answer) Budget {
	if len(p7.picked) == 0 {
		return Budget{}
	}
	return p7.option(p7.picked[0]).budget
}

// income gives each signal once, in order of the answer; an answer that says nothing gives "unknown".
func (l *lists) income(p8 *answer) []string {
	if p8.item == nil {
		return nil
	}
	from := len(*l)
	for _, place := range p8.picked {
		l.once(from, p8.option(place).IncomeSignal)
	}
	if len(*l) == from {
		*l = append(*l, "unknown")
	}
	return l.cut(from)
}

func (l *lists) hints(answers ...*answer) []string {
	from := len(*l)
	for _, a := range answers {
		for _, place := range a.picked {
			l.once(from, a.option(place).RemedyHint)
		}
	}
	return l.cut(from)
}

// SupportLevels are the levels of help from little to much (DOMAIN 2, R002-22).
var SupportLevels = []string{"zelf", "licht", "hand"}

// supportLevel is the highest level that P3 and P9 name. A difficult home routine makes it "hand"; not knowing the way or
// finding it hard to ask for help raises it by one (DOMAIN 5).
func (w *words) supportLevel(p3, p9 *answer) string {
	level := -1
	for _, a := range []*answer{p3, p9} {
		for _, place := range a.picked {
			level = max(level, slices.Index(SupportLevels, a.option(place).SupportLevel))
		}
	}
	named := p3.names()
	if named&(w.def.barrier("weg_niet_weten")|w.def.barrier("vertrouwen_schaamte")) != 0 {
		level = min(max(level, 0)+1, len(SupportLevels)-1)
	}
	if named&w.def.barrier("thuis_ritme") != 0 {
		level = len(SupportLevels) - 1
	}
	if level < 0 {
		return ""
	}
	return SupportLevels[level]
}

// needs are the access needs that child and parent name; known is also true after a plain "nee".
func needs(answers ...*answer) (out []string, known bool) {
	for _, a := range answers {
		for _, place := range a.picked {
			for _, n := range a.option(place).Needs {
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
		rank := slices.Index(order[:], first(a, func(o *Option) string { return o.Conditions.Swim }))
		if rank >= 0 && (lowest < 0 || rank < lowest) {
			lowest = rank
		}
	}
	if lowest < 0 {
		return ""
	}
	return order[lowest]
}

// fill takes over a word where none was said before.
func fill(word *string, said string) {
	if *word == "" {
		*word = said
	}
}

// prefs collects preferences: of answers that say the same the first counts. A question about exactly that comes before
// one that hints at it, and the child before the parent.
func prefs(answers ...*answer) (out Prefs) {
	for _, a := range answers {
		for _, place := range a.picked {
			said := &a.option(place).Prefs
			fill(&out.Setting, said.Setting)
			fill(&out.Intensity, said.Intensity)
			fill(&out.GroupSize, said.GroupSize)
			fill(&out.Aim, said.Aim)
		}
	}
	return out
}
