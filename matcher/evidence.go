package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// evidence is something the child said that points to leaves, with the words to say it back.
type evidence struct {
	strength float64
	leaves   uint64
	text     string
}

// ownWords says per item how a child's answer is given back, and how strongly it counts as a reason.
var ownWords = []struct {
	item     string
	strength float64
	text     string
}{
	{"W2", 1.0, "Staat in jouw top 3: "},
	{"W3", 0.9, "Jij zei zelf: "},
	{"W1", 0.7, "Dit vind je leuk: "},
	{"T1", 0.6, "Hier ben je goed in: "},
	{"T2", 0.5, "Anderen zeggen dat je dit goed kunt: "},
	{"C3", 0.5, "Dit wil je ook kunnen: "},
	{"F1", 0.3, "Dit doe je nu al graag: "},
	{"S2", 0.2, "Dit vind je leuk op school: "},
}

// ownEvidence collects what the child itself said, strongest first; what was named first counts a little more. Mood,
// school liking, needs and family answers are not among it (DOMAIN 3.2, never).
func ownEvidence(answers *questionnaire.Parsed) []evidence {
	out := make([]evidence, 0, 32)
	for _, say := range ownWords {
		for i, o := range answers.Chosen(say.item) {
			out = append(out, evidence{say.strength - 0.01*float64(i), leavesOf(o), say.text + lowerFirst(o.Text)})
		}
		for i, tag := range answers.Words(say.item) {
			out = append(out, evidence{say.strength - 0.01*float64(i), under(tag), say.text + lowerFirst(questionnaire.Taxonomy().Label(tag))})
		}
	}
	slices.SortStableFunc(out, func(a, b evidence) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.text, b.text))
	})
	return out
}

func leavesOf(o *questionnaire.Option) (set uint64) {
	for _, t := range o.Tags {
		set |= under(t.Tag)
	}
	return set
}
