package questionnaire

import (
	"bytes"
	"iter"
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
	var fits Vector
	told.effective(&fits)
	vetoed := told[interest].vetoes()
	return Profile{
		Format:         FormatProfile,
		Interest:       told[interest].scores(),
		Talent:         told[talent].scores(),
		ParentInterest: told[parentInterest].scores(),
		ParentOwn:      told[parentOwn].scores(),
		Veto:           vetoed.names(),
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
	v := &Vectors{Veto: told[interest].vetoes().leaves, Coverage: p.coverage(classMode)}
	told.effective(&v.Effective)
	told[parentInterest].leaves(&v.ParentInterest)
	told[parentOwn].leaves(&v.ParentOwn)
	return v, nil
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
	said     tagSet
}

type vectors [vectorCount]evidence

// tagSet is a set of tags by place: leaves and groups.
type tagSet struct{ leaves, groups uint64 }

func (s *tagSet) has(tag int) bool {
	if tag < mostLeaves {
		return s.leaves>>tag&1 == 1
	}
	return s.groups>>(tag-mostLeaves)&1 == 1
}

func (s *tagSet) put(tag int) {
	if tag < mostLeaves {
		s.leaves |= 1 << tag
	} else {
		s.groups |= 1 << (tag - mostLeaves)
	}
}

// all visits the tags of a set by place.
func (s *tagSet) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for leaf := range eachOf(s.leaves) {
			if !yield(leaf) {
				return
			}
		}
		for group := range eachOf(s.groups) {
			if !yield(mostLeaves + group) {
				return
			}
		}
	}
}

// eachOf visits the places in a set, lowest first.
func eachOf(set uint64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; set != 0; set &= set - 1 {
			if !yield(bits.TrailingZeros64(set)) {
				return
			}
		}
	}
}

func (e *evidence) add(tag int, weight float64) {
	if weight == 0 {
		return
	}
	if !e.said.has(tag) {
		e.said.put(tag)
		e.pos[tag], e.neg[tag] = 1, 1
	}
	if weight > 0 {
		e.pos[tag] *= 1 - weight
	} else {
		e.neg[tag] *= 1 + weight
	}
}

// score is pos - neg of a tag, rounded; ok is false without any evidence.
func (e *evidence) score(tag int) (score float64, ok bool) {
	if !e.said.has(tag) {
		return 0, false
	}
	return round3((1 - e.pos[tag]) - (1 - e.neg[tag])), true
}

// scores gives the figures that are not 0 by name.
func (e *evidence) scores() map[string]float64 {
	out := make(map[string]float64, bits.OnesCount64(e.said.leaves)+bits.OnesCount64(e.said.groups))
	for tag := range e.said.all() {
		if s, _ := e.score(tag); s != 0 {
			out[Taxonomy().name(tag)] = s
		}
	}
	return out
}

// leaves writes down the figures of the leaves.
func (e *evidence) leaves(v *Vector) {
	for leaf := range eachOf(e.said.leaves) {
		v[leaf], _ = e.score(leaf)
	}
}

// vetoes gives what a child's no takes out.
func (e *evidence) vetoes() (out tagSet) {
	for tag := range e.said.all() {
		if e.neg[tag] < 1 && tidy(1-e.neg[tag]) >= vetoFrom {
			out.put(tag)
		}
	}
	return out
}

// names gives the ids of a set, sorted.
func (s *tagSet) names() []string {
	out := []string{}
	for tag := range s.all() {
		out = append(out, Taxonomy().name(tag))
	}
	sort.Strings(out)
	return out
}

// round3 rounds a figure from -1 to 1 to three decimals, halves away from zero; the result is never minus zero.
func round3(x float64) float64 {
	const thousandth, half = 1_000_000, 500_000
	switch billionths := int64(whole(x * 1e9)); {
	case billionths%thousandth == half, billionths%thousandth == -half:
		return whole(tidy(x)*1000) / 1000 // how a half is stored decides where it goes
	case billionths < 0:
		return float64((billionths-half)/thousandth) / 1000
	default:
		return float64((billionths+half)/thousandth) / 1000
	}
}

// tidy takes away what multiplying left behind: 0.1675 is stored as a little less, and must still round up.
func tidy(x float64) float64 { return whole(x*1e9) / 1e9 }

// whole rounds to a whole number, halves away from zero, as math.Round does, but never to minus zero; x lies between -1e15
// and 1e15.
func whole(x float64) float64 { return float64(int64(x + math.Copysign(0.5, x))) }

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

// tell adds the evidence of one answer: strength x tag weight x factor (DOMAIN 3.2). Options are taken in the order of the
// question.
func (a *answer) tell(vector *evidence) {
	tree := Taxonomy()
	for leaf := range eachOf(setOf(a.words)) {
		if a.item.mayTell(&tree.Tags[leaf]) {
			vector.add(leaf, a.item.Strength)
		}
	}
	if len(a.marks) > 0 {
		for option, mark := range a.marks {
			if mark > 0 {
				a.item.tell(vector, option, a.item.factors[mark-1])
			}
		}
		return
	}
	for option := range eachOf(setOf(a.picked)) {
		a.item.tell(vector, option, a.item.factor(bytes.IndexByte(a.picked, uint8(option))))
	}
}

func (it *Item) tell(vector *evidence, option int, factor float64) {
	for _, t := range it.told[option] {
		vector.add(t.tag, t.weight*factor)
	}
}

// factor says what a choice counts: by its place in a top 3, the fixed factor, or 1.
func (it *Item) factor(place int) float64 {
	switch {
	case place < len(it.RankFactors):
		return it.RankFactors[place]
	case it.FixedFactor != 0:
		return it.FixedFactor
	}
	return 1
}

// setOf makes a set of places.
func setOf(places []uint8) (set uint64) {
	for _, p := range places {
		set |= 1 << p
	}
	return set
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

// effective writes down the fit of each leaf with what its group adds. A leaf that is never suggested, or is meant for
// parents, gets nothing from its group; a negative group counts only for leaves nobody said anything about.
func (told *vectors) effective(out *Vector) {
	tree := Taxonomy()
	spoken := told[interest].said.leaves | told[parentInterest].said.leaves | told[talent].said.leaves
	for i := range tree.Groups {
		group, _ := told.fit(mostLeaves + i)
		if group == 0 {
			continue
		}
		alone := round3(lifted(0, false, group))
		for leaf := range eachOf(tree.liftable[i]) {
			if spoken>>leaf&1 == 0 {
				out[leaf] = alone
			} else {
				value, known := told.fit(leaf)
				out[leaf] = round3(lifted(value, known, group))
			}
		}
		spoken &^= tree.liftable[i]
	}
	for leaf := range eachOf(spoken) {
		value, _ := told.fit(leaf)
		out[leaf] = round3(value)
	}
}

// lifted is the fit of a leaf with what its group adds.
func lifted(value float64, known bool, group float64) float64 {
	switch {
	case group > 0 && value >= 0:
		return 1 - (1-value)*(1-groupShare*group)
	case group < 0 && !known:
		return groupShare * group
	}
	return value
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
