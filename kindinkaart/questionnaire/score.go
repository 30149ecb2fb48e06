package questionnaire

import (
	"math"
	"math/bits"
	"slices"
	"sort"
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
	return Parse(v, child, parent).Score(classMode)
}

// Score makes a profile; see the function of the same name.
func (p *Parsed) Score(classMode bool) (Profile, error) {
	if err := p.check(classMode); err != nil {
		return Profile{}, err
	}
	var told vectors
	p.tell(&told)
	fits := told.effective()
	return Profile{
		Format:         FormatProfile,
		Interest:       told[interest].scores(),
		Talent:         told[talent].scores(),
		ParentInterest: told[parentInterest].scores(),
		ParentOwn:      told[parentOwn].scores(),
		Veto:           told[interest].vetoes(),
		Effective:      fits.figures(),
		Coverage:       p.coverage(classMode),
	}, nil
}

// Vector is a figure for each leaf, from -1 to 1 in thousandths, by its place in Taxonomy().Tags; 0 where nothing is known.
type Vector [mostLeaves]float64

// Vectors is a Profile without names, for ranking: the same figures for the leaves, none for the groups.
type Vectors struct {
	Effective      Vector
	ParentInterest Vector
	ParentOwn      Vector
	Veto           uint64 // by place in Taxonomy().Tags
	Coverage       Coverage
}

// Vectors gives what ranking needs of a profile; errors are those of Score.
func (p *Parsed) Vectors(classMode bool) (*Vectors, error) {
	if err := p.check(classMode); err != nil {
		return nil, err
	}
	var told vectors
	p.tell(&told)
	return &Vectors{
		Effective:      told.effective(),
		ParentInterest: told[parentInterest].leaves(),
		ParentOwn:      told[parentOwn].leaves(),
		Veto:           told[interest].vetoBits(),
		Coverage:       p.coverage(classMode),
	}, nil
}

// check gives everything that is wrong with the answers; nil when nothing is.
func (p *Parsed) check(classMode bool) error {
	if _, ok := p.def.variants[p.variant]; !ok {
		return AnswerErrors{{Field: "variant", Expected: "A, B, C of P"}}
	}
	wrong := slices.Clip(p.wrong)
	if classMode {
		for i := range p.own.answers {
			if it := p.own.answers[i].item; !it.ClassMode {
				wrong = append(wrong, AnswerError{Item: it.ID, Expected: "geen antwoord: deze vraag stellen we niet in de klas"})
			}
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// evidence keeps, for one vector, what is left of "1 - e" by leaf and group: for what speaks for it and for what speaks
// against it. A tag nobody spoke of has no figures.
type evidence struct {
	pos, neg [mostLeaves + mostGroups]float64
	said     [mostLeaves + mostGroups]bool
}

type vectors [vectorCount]evidence

func (e *evidence) add(tag int, weight float64) {
	if weight == 0 {
		return
	}
	if !e.said[tag] {
		e.said[tag], e.pos[tag], e.neg[tag] = true, 1, 1
	}
	if weight > 0 {
		e.pos[tag] *= 1 - weight
	} else {
		e.neg[tag] *= 1 + weight
	}
}

// score is pos - neg of a tag, rounded; ok is false without any evidence.
func (e *evidence) score(tag int) (score float64, ok bool) {
	if !e.said[tag] {
		return 0, false
	}
	return round3((1 - e.pos[tag]) - (1 - e.neg[tag])), true
}

// scores gives the figures that are not 0 by name.
func (e *evidence) scores() map[string]float64 {
	n := 0
	for _, said := range e.said {
		n += count(said)
	}
	out := make(map[string]float64, n)
	for tag := range e.said {
		if s, _ := e.score(tag); s != 0 {
			out[Taxonomy().name(tag)] = s
		}
	}
	return out
}

// leaves gives the figures of the leaves.
func (e *evidence) leaves() (v Vector) {
	for tag := range v {
		v[tag], _ = e.score(tag)
	}
	return v
}

// refused says whether a child's no is a veto.
func (e *evidence) refused(tag int) bool { return e.said[tag] && tidy(1-e.neg[tag]) >= vetoFrom }

func (e *evidence) vetoes() []string {
	out := []string{}
	for tag := range e.said {
		if e.refused(tag) {
			out = append(out, Taxonomy().name(tag))
		}
	}
	sort.Strings(out)
	return out
}

func (e *evidence) vetoBits() (leaves uint64) {
	for tag := range mostLeaves {
		if e.refused(tag) {
			leaves |= 1 << tag
		}
	}
	return leaves
}

// round3 rounds to three decimals, halves away from zero; the result is never minus zero.
func round3(x float64) float64 { return math.Round(tidy(x)*1000)/1000 + 0 }

// tidy takes away what multiplying left behind: 0.1675 is stored as a little less, and must still round up.
func tidy(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// tell turns answers into the four vectors. Answers are taken in order of question, so that the same answers always give
// the same figures to the last bit.
func (p *Parsed) tell(told *vectors) {
	for _, s := range []*sheet{&p.own, &p.his} {
		for i := range s.answers {
			if a := &s.answers[i]; a.item.vector >= 0 {
				a.tell(&told[a.item.vector])
			}
		}
	}
}

// tell adds the evidence of one answer: strength x tag weight x factor (DOMAIN 3.2).
func (a *answer) tell(vector *evidence) {
	tree := Taxonomy()
	for _, tag := range a.tags {
		if a.item.mayTell(tree.tags[tag]) {
			vector.add(tree.places[tag], a.item.Strength)
		}
	}
	for place, tells := range a.item.told {
		if len(tells) == 0 {
			continue
		}
		if factor := a.factor(place); factor != 0 {
			for _, t := range tells {
				vector.add(t.tag, t.weight*factor)
			}
		}
	}
}

// factor says how an option was answered: by the scale of a grid, the place in a top 3, the fixed factor, or 1 when
// chosen; 0 when not.
func (a *answer) factor(option int) float64 {
	if len(a.marks) > 0 && a.marks[option] > 0 {
		return a.item.Scale[a.marks[option]-1].Factor
	}
	switch place := slices.Index(a.picked, &a.item.Options[option]); {
	case place < 0:
		return 0
	case place < len(a.item.RankFactors):
		return a.item.RankFactors[place]
	case a.item.FixedFactor != 0:
		return a.item.FixedFactor
	}
	return 1
}

// fit combines child, parent and talent for one tag (DOMAIN 3.2). known is false when nobody said anything of interest.
func (told *vectors) fit(tag int) (value float64, known bool) {
	liking, known := told[interest].score(tag)
	if !known {
		if fromParent, said := told[parentInterest].score(tag); said {
			liking, known = parentShare*fromParent, true
		}
	}
	skill, able := told[talent].score(tag)
	if liking < 0 {
		return liking, true
	}
	return 1 - (1-liking)*(1-talentShare*max(0, skill)), known || able
}

// effective is the fit of each leaf with what its group adds. A leaf that is never suggested, or is meant for parents,
// gets nothing from its group; a negative group counts only for leaves nobody said anything about.
func (told *vectors) effective() (out Vector) {
	tree := Taxonomy()
	var groups [mostGroups]float64
	for i := range tree.Groups {
		groups[i], _ = told.fit(mostLeaves + i)
	}
	for i := range tree.Tags {
		tag := &tree.Tags[i]
		value, known := told.fit(i)
		if tag.AutoSuggest && tag.Audience != "parent" {
			group := groups[tree.groupAt[i]-mostLeaves]
			switch {
			case group > 0 && value >= 0:
				value = 1 - (1-value)*(1-groupShare*group)
			case group < 0 && !known:
				value = groupShare * group
			}
		}
		out[i] = round3(value)
	}
	return out
}

// figures gives the figures that are not 0 by name.
func (v *Vector) figures() map[string]float64 {
	tree := Taxonomy()
	out := make(map[string]float64, len(tree.Tags))
	for i := range tree.Tags {
		if v[i] != 0 {
			out[tree.Tags[i].ID] = v[i]
		}
	}
	return out
}

// coverage counts the answered core items of a variant; "weet ik niet" is an answer.
func (p *Parsed) coverage(classMode bool) Coverage {
	asked := p.def.variants[p.variant].core
	if classMode {
		asked = p.def.variants[p.variant].coreInClass
	}
	said := p.own.said
	if p.variant == VariantP {
		said = p.his.said
	}
	return Coverage{Answered: bits.OnesCount64(uint64(asked & said)), Core: bits.OnesCount64(uint64(asked))}
}
