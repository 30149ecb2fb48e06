package matcher

import (
	"slices"
	"sync"

	"wijknetwerk/kindinkaart/questionnaire"
)

// evidence is something the child said that points to leaves, with the words to say it back.
type evidence struct {
	strength float64
	leaves   uint64
	text     string
}

// ownWords says per item how a child's answer is given back, and how strongly it counts as a reason.
var ownWords = [...]struct {
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

// sayings are everything a child can say about one item, written out once for all children.
type sayings struct {
	options []evidence // by place of the option
	leaves  []evidence // by bit of the leaf, for own words
}

// allSayings are the sayings of each of ownWords.
var allSayings = sync.OnceValue(func() (all [len(ownWords)]sayings) {
	for i, say := range ownWords {
		item, _ := questionnaire.Default().Item(say.item)
		for _, o := range item.Options {
			all[i].options = append(all[i].options, evidence{say.strength, pointsAt(o), say.text + lowerFirst(o.Text)})
		}
		for bit, leaf := range leaves().tag {
			all[i].leaves = append(all[i].leaves, evidence{say.strength, 1 << bit, say.text + lowerFirst(leaf.Label)})
		}
	}
	return all
})

func pointsAt(o questionnaire.Option) (set uint64) {
	for _, t := range o.Tags {
		set |= under(t.Tag)
	}
	return set
}

// ownEvidence collects what the child itself said, strongest first; what was named first counts a little more. Mood,
// school liking, needs and family answers are not among it (DOMAIN 3.2, never).
func ownEvidence(answers *questionnaire.Parsed) []evidence {
	out := make([]evidence, 0, 32)
	all := allSayings()
	for i := range ownWords {
		out = saying(out, all[i].options, answers.Chosen(ownWords[i].item))
		out = saying(out, all[i].leaves, answers.Words(ownWords[i].item))
	}
	return out
}

// saying adds the sayings at some places, each a little weaker than the one before it, and keeps the order: strongest first,
// then by text. Questions come about in that order already, so that little is moved.
func saying(out, all []evidence, places []uint8) []evidence {
	for i, place := range places {
		e := all[place]
		e.strength -= 0.01 * float64(i)
		at := len(out)
		for at > 0 && e.before(&out[at-1]) {
			at--
		}
		out = slices.Insert(out, at, e)
	}
	return out
}

func (e *evidence) before(other *evidence) bool {
	return e.strength > other.strength || e.strength == other.strength && e.text < other.text
}
