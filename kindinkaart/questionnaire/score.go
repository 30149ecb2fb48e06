package questionnaire

import (
	"maps"
	"math"
	"slices"
	"sort"
	"strings"
)

// FormatProfile names the shape of Profile.
const FormatProfile = "kindinkaart-profile/1"

// The constants of DOMAIN 3.2.
const (
	parentShare = 0.5 // a parent's score when the child said nothing about a tag
	talentShare = 0.4 // how much a talent adds to an interest
	groupShare  = 0.5 // how much of a group's fit goes to its leaves
	vetoFrom    = 0.6 // a child's no this strong takes a tag out
)

// Score makes a profile of the answers of a child and a parent, exactly as DOMAIN 3.2 says. Order does not matter and
// every figure lies from -1 to 1. In class mode only questions meant for a class may be answered and coverage counts
// only those. The P items of a young person may stand with the child's answers. Wrong answers give AnswerErrors, all at once.
func Score(v Variant, child, parent Answers, classMode bool) (Profile, error) {
	d := Default()
	if _, ok := d.Variant(v); !ok {
		return Profile{}, AnswerErrors{{Field: "variant", Expected: "A, B, C of P"}}
	}
	own, his, wrong := d.readBoth(v, child, parent)
	if classMode {
		wrong = append(wrong, notForClass(own)...)
	}
	if len(wrong) > 0 {
		return Profile{}, wrong
	}
	vectors := gather(own, his)
	p := Profile{
		Format:         FormatProfile,
		Interest:       vectors["interest"].scores(),
		Talent:         vectors["talent"].scores(),
		ParentInterest: vectors["parent_interest"].scores(),
		ParentOwn:      vectors["parent_own"].scores(),
		Veto:           vectors["interest"].vetoes(),
	}
	p.Effective = effective(vectors)
	p.Coverage = d.coverage(v, classMode, own, his)
	return p, nil
}

// readBoth checks both sets and gives what can be used with everything that cannot. P items that stand with the child's answers in variants C and P are read as the parent's.
func (d *Definition) readBoth(v Variant, child, parent Answers) (own, his sheet, wrong AnswerErrors) {
	mine, theirs := Answers{}, maps.Clone(parent)
	for id, raw := range child {
		it := d.byID[id]
		fromParentList := it != nil && it.In(VariantP) && !it.In(v)
		if v != VariantP && (v != VariantC || !fromParentList) {
			mine[id] = raw
			continue
		}
		if theirs == nil {
			theirs = Answers{}
		}
		if _, taken := theirs[id]; !taken {
			theirs[id] = raw
		}
	}
	own, wrong = d.readAll(v, mine)
	his, more := d.readAll(VariantP, theirs)
	return own, his, append(wrong, more...)
}

func notForClass(own sheet) (wrong AnswerErrors) {
	for _, id := range slices.Sorted(maps.Keys(own)) {
		if !own[id].item.ClassMode {
			wrong = append(wrong, AnswerError{Item: id, Expected: "geen antwoord: deze vraag stellen we niet in de klas"})
		}
	}
	return wrong
}

// evidence keeps, for one vector, what is left of "1 - e" by tag: for what speaks for it and for what speaks against it.
type evidence map[string]*struct{ pos, neg float64 }

func (e evidence) add(tag string, weight float64) {
	if weight == 0 {
		return
	}
	if e[tag] == nil {
		e[tag] = &struct{ pos, neg float64 }{1, 1}
	}
	if weight > 0 {
		e[tag].pos *= 1 - weight
	} else {
		e[tag].neg *= 1 + weight
	}
}

// score is pos - neg of a tag, rounded; ok is false without any evidence.
func (e evidence) score(tag string) (score float64, ok bool) {
	if e[tag] == nil {
		return 0, false
	}
	return round3((1 - e[tag].pos) - (1 - e[tag].neg)), true
}

func (e evidence) scores() map[string]float64 {
	out := map[string]float64{}
	for tag := range e {
		if s, _ := e.score(tag); s != 0 {
			out[tag] = s
		}
	}
	return out
}

func (e evidence) vetoes() []string {
	out := []string{}
	for tag, rest := range e {
		if tidy(1-rest.neg) >= vetoFrom {
			out = append(out, tag)
		}
	}
	sort.Strings(out)
	return out
}

// round3 rounds to three decimals, halves away from zero; the result is never minus zero.
func round3(x float64) float64 { return math.Round(tidy(x)*1000)/1000 + 0 }

// tidy takes away what multiplying left behind: 0.1675 is stored as a little less, and must still round up.
func tidy(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// gather turns answers into the four vectors. Items are taken in a fixed order, so that the same answers always give
// the same figures to the last bit.
func gather(own, his sheet) map[string]evidence {
	vectors := map[string]evidence{"interest": {}, "talent": {}, "parent_interest": {}, "parent_own": {}}
	for _, answers := range []sheet{own, his} {
		for _, id := range slices.Sorted(maps.Keys(answers)) {
			a := answers[id]
			if vector, ok := vectors[a.item.Evidence]; ok && a.item.Strength > 0 {
				a.tell(vector)
			}
		}
	}
	return vectors
}

// tell adds the evidence of one answer: strength x tag weight x factor (DOMAIN 3.2).
func (a *answer) tell(vector evidence) {
	for _, tag := range a.tags {
		a.addTag(vector, TagWeight{Tag: tag, W: 1}, 1)
	}
	for i := range a.item.Options {
		o := &a.item.Options[i]
		factor := a.factor(o.ID)
		if factor == 0 {
			continue
		}
		for _, t := range o.Tags {
			a.addTag(vector, t, factor)
		}
	}
}

// factor says how an option was answered: by the scale of a grid, the place in a top 3, the fixed factor, or 1 when
// chosen; 0 when not.
func (a *answer) factor(option string) float64 {
	place := slices.IndexFunc(a.picked, func(p *Option) bool { return p.ID == option })
	switch {
	case place < 0:
		if s := a.scale[option]; s != nil {
			return s.Factor
		}
		return 0
	case place < len(a.item.RankFactors):
		return a.item.RankFactors[place]
	case a.item.FixedFactor != 0:
		return a.item.FixedFactor
	}
	return 1
}

// addTag keeps tags of parents out of a child's vectors, and tags that are never suggested out of all but own words.
func (a *answer) addTag(vector evidence, t TagWeight, factor float64) {
	if tag := Taxonomy().tags[t.Tag]; tag != nil {
		fromParent := strings.HasPrefix(a.item.Evidence, "parent_")
		typed := a.item.Type == "open_short"
		if (tag.Audience == "parent" && !fromParent) || (!tag.AutoSuggest && !typed) {
			return
		}
	}
	vector.add(t.Tag, a.item.Strength*t.W*factor)
}

// fit combines child, parent and talent for one tag (DOMAIN 3.2). known is false when nobody said anything of interest.
func fit(vectors map[string]evidence, tag string) (value float64, known bool) {
	interest, known := vectors["interest"].score(tag)
	if !known {
		if fromParent, said := vectors["parent_interest"].score(tag); said {
			interest, known = parentShare*fromParent, true
		}
	}
	talent, able := vectors["talent"].score(tag)
	if interest < 0 {
		return interest, true
	}
	return 1 - (1-interest)*(1-talentShare*max(0, talent)), known || able
}

// effective is the fit of each leaf with what its group adds. A leaf that is never suggested, or is meant for parents,
// gets nothing from its group; a negative group counts only for leaves nobody said anything about.
func effective(vectors map[string]evidence) map[string]float64 {
	out := map[string]float64{}
	tree := Taxonomy()
	for i := range tree.Tags {
		tag := &tree.Tags[i]
		value, known := fit(vectors, tag.ID)
		if tag.AutoSuggest && tag.Audience != "parent" {
			group, _ := fit(vectors, tag.Group)
			switch {
			case group > 0 && value >= 0:
				value = 1 - (1-value)*(1-groupShare*group)
			case group < 0 && !known:
				value = groupShare * group
			}
		}
		if r := round3(value); r != 0 {
			out[tag.ID] = r
		}
	}
	return out
}

// coverage counts the answered core items of a variant; "weet ik niet" is an answer.
func (d *Definition) coverage(v Variant, classMode bool, own, his sheet) Coverage {
	answers := own
	if v == VariantP {
		answers = his
	}
	var c Coverage
	for _, it := range d.Items(v, false) {
		if !it.Core || (classMode && !it.ClassMode) {
			continue
		}
		c.Core++
		if _, ok := answers[it.ID]; ok {
			c.Answered++
		}
	}
	return c
}
