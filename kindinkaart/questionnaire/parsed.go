package questionnaire

import (
	"cmp"
	"slices"
)

// Parsed is the answers of a child and a parent, read once. It never changes and may be used by many at the same time;
// what it gives out is shared and must not be changed.
type Parsed struct {
	def      *Definition
	variant  Variant
	own, his sheet
	wrong    AnswerErrors
}

// Parse reads the answers of a child and a parent. What cannot be used is left out and reported by Score. P items that
// stand with the child's answers in variants C and P are read as the parent's.
func Parse(v Variant, child, parent Answers) *Parsed {
	p := &Parsed{def: Default(), variant: v}
	p.own.answers, p.his.answers = make([]answer, 0, len(child)), make([]answer, 0, len(parent))
	var r reading
	var wrong, more AnswerErrors
	fromChild, fromParent := 0, 0
	for _, it := range p.def.sorted {
		mine, given := child[it.ID]
		theirs, said := parent[it.ID]
		fromChild, fromParent = fromChild+count(given), fromParent+count(said)
		if given && p.isForParent(it) {
			if !said {
				theirs = mine
			}
			mine = nil
		}
		wrong = p.own.take(&r, v, it, mine, wrong)
		more = p.his.take(&r, VariantP, it, theirs, more)
	}
	if fromChild < len(child) || fromParent < len(parent) {
		wrong, more = p.strangers(child, parent, wrong, more)
	}
	p.wrong = append(wrong, more...)
	return p
}

func count(given bool) int {
	if given {
		return 1
	}
	return 0
}

// isForParent says whether an answer of the child counts as the parent's.
func (p *Parsed) isForParent(it *Item) bool {
	return p.variant == VariantP || p.variant == VariantC && it.In(VariantP) && !it.In(VariantC)
}

// strangers reports answers to questions that do not exist.
func (p *Parsed) strangers(child, parent Answers, wrong, more AnswerErrors) (own, his AnswerErrors) {
	for id, raw := range child {
		if _, twice := parent[id]; p.variant == VariantP && twice || skipped(raw) || p.def.byID[id] != nil {
			continue
		}
		if p.variant == VariantP {
			more = append(more, noQuestion(id))
		} else {
			wrong = append(wrong, noQuestion(id))
		}
	}
	for id, raw := range parent {
		if p.def.byID[id] == nil && !skipped(raw) {
			more = append(more, noQuestion(id))
		}
	}
	byItem := func(a, b AnswerError) int { return cmp.Compare(a.Item, b.Item) }
	slices.SortStableFunc(wrong, byItem)
	slices.SortStableFunc(more, byItem)
	return wrong, more
}

// Chosen gives the options of a question for the child that speak for something: what was ticked, in the order of the
// answer; of pictures those that are "leuk", by id. It gives nothing when the question was not answered.
func (p *Parsed) Chosen(item string) []*Option {
	a := p.own.of(p.def, item)
	if len(a.marks) == 0 {
		return a.picked
	}
	var liked []*Option
	for i, mark := range a.marks {
		if mark > 0 && a.item.Scale[mark-1].ID == "leuk" {
			liked = append(liked, &a.item.Options[i])
		}
	}
	slices.SortFunc(liked, func(a, b *Option) int { return cmp.Compare(a.ID, b.ID) })
	return liked
}

// Words gives the leaves the child confirmed for its own words, in the order of the answer.
func (p *Parsed) Words(item string) []string { return p.own.of(p.def, item).words }

// sheet is the checked answers of one respondent.
type sheet struct {
	answers []answer // in order of question id
	at      [64]int8 // by place of the item: 1 + place in answers, 0 = not answered
	said    itemSet  // by place of the item
}

// take reads one answer into the sheet and adds what is wrong with it.
func (s *sheet) take(r *reading, v Variant, it *Item, raw []byte, wrong AnswerErrors) AnswerErrors {
	if skipped(raw) {
		return wrong
	}
	n := len(s.answers)
	s.answers = append(s.answers, answer{})
	a := &s.answers[n]
	if err := r.read(a, v, it, raw); err != nil {
		s.answers = s.answers[:n]
		return append(wrong, *err)
	}
	if !a.says() {
		s.answers = s.answers[:n]
		return wrong
	}
	s.at[it.place], s.said = int8(n+1), s.said|1<<it.place
	return wrong
}

var silence answer

// of gives the answer to a question; one that chose nothing when there is none.
func (s *sheet) of(d *Definition, id string) *answer {
	if it := d.byID[id]; it != nil && s.at[it.place] > 0 {
		return &s.answers[s.at[it.place]-1]
	}
	return &silence
}

// without gives the sheet without one question.
func (s *sheet) without(it *Item) sheet {
	out := *s
	out.at[it.place], out.said = 0, s.said&^(1<<it.place)
	return out
}
