package questionnaire

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Parsed is the answers of a child and a parent, read once. It never changes and may be used by many at the same time;
// what it gives out is shared and must not be changed.
type Parsed struct {
	def      *Definition
	variant  Variant
	own, his sheet
	wrong    AnswerErrors
	room     [128]uint8 // for the lists of the answers; what does not fit stands elsewhere
}

// Parse reads the answers of a child and a parent. What cannot be used is left out and reported by Score. P items that
// stand with the child's answers in variants C and P are read as the parent's.
func Parse(v Variant, child, parent Answers) *Parsed {
	p := &Parsed{def: Default(), variant: v}
	var mine, theirs given
	strange := mine.gather(p.def, child)
	strange = theirs.gather(p.def, parent) || strange
	p.own.asked, p.his.asked = p.def.asked(v), p.def.asked(VariantP)
	mine.move(&theirs, p.forParent())
	list := make([]answer, mine.set.count()+theirs.set.count())
	p.own.answers, p.his.answers = list[:0:mine.set.count()], list[mine.set.count():][:0]
	r := reading{room: p.room[:0]}
	wrong, more := p.own.read(&r, p.def, &mine), p.his.read(&r, p.def, &theirs)
	if strange {
		wrong, more = p.strangers(child, parent, wrong, more)
	}
	p.wrong = append(wrong, more...)
	return p
}

// forParent are the questions that count as answered by the parent when they stand with the child's answers.
func (p *Parsed) forParent() itemSet {
	switch p.variant {
	case VariantP:
		return ^itemSet(0)
	case VariantC:
		return p.his.asked.may &^ p.own.asked.may
	}
	return 0
}

// given is the answers of one respondent by place of the question, as they came.
type given struct {
	set itemSet
	raw [mostItems]json.RawMessage
}

// gather finds the question of every answer; strange is true when one of them does not exist.
func (g *given) gather(d *Definition, answers Answers) (strange bool) {
	for id, raw := range answers {
		place := d.place(id)
		if place < 0 {
			strange = true
			continue
		}
		g.raw[place], g.set = raw, g.set|1<<place
	}
	return strange
}

// move hands over the answers to some questions to somebody who did not answer them.
func (g *given) move(to *given, questions itemSet) {
	questions &= g.set
	g.set &^= questions
	for set := questions &^ to.set; set != 0; set &= set - 1 {
		to.raw[set.first()] = g.raw[set.first()]
	}
	to.set |= questions
}

// strangers reports answers to questions that do not exist.
func (p *Parsed) strangers(child, parent Answers, wrong, more AnswerErrors) (own, his AnswerErrors) {
	for id, raw := range child {
		if _, twice := parent[id]; p.variant == VariantP && twice || skipped(raw) || p.def.item(id) != nil {
			continue
		}
		if p.variant == VariantP {
			more = append(more, noQuestion(id))
		} else {
			wrong = append(wrong, noQuestion(id))
		}
	}
	for id, raw := range parent {
		if p.def.item(id) == nil && !skipped(raw) {
			more = append(more, noQuestion(id))
		}
	}
	byItem := func(a, b AnswerError) int { return cmp.Compare(a.Item, b.Item) }
	slices.SortStableFunc(wrong, byItem)
	slices.SortStableFunc(more, byItem)
	return wrong, more
}

// Chosen gives the places, among the options of a question, of what the child chose that speaks for something: what was
// ticked, in the order of the answer; of pictures those that are "leuk", by id. Nothing when it was not answered.
func (p *Parsed) Chosen(item string) []uint8 { return p.own.of(p.def, item).picked }

// Words gives the leaves the child confirmed for its own words, by place in Taxonomy().Tags, in the order of the answer.
func (p *Parsed) Words(item string) []uint8 { return p.own.of(p.def, item).words }

// sheet is the checked answers of one respondent.
type sheet struct {
	asked   *offered
	answers []answer        // in order of question id
	at      [mostItems]int8 // by place of the item: 1 + place in answers, 0 = not answered
	said    itemSet         // by place of the item
}

// read reads all answers into the sheet and gives what is wrong with them, in order of question.
func (s *sheet) read(r *reading, d *Definition, all *given) (wrong AnswerErrors) {
	for set := all.set; set != 0; set &= set - 1 {
		it := d.sorted[set.first()]
		if skipped(all.raw[it.place]) {
			continue
		}
		n := len(s.answers)
		s.answers = s.answers[:n+1]
		a := &s.answers[n]
		err := r.read(a, s.asked, it, all.raw[it.place])
		if err != nil {
			wrong = append(wrong, *err)
		}
		if err != nil || !a.says() {
			*a, s.answers = answer{}, s.answers[:n]
			continue
		}
		s.at[it.place], s.said = int8(n+1), s.said|1<<it.place
	}
	return wrong
}

var silence answer

// of gives the answer to a question; one that chose nothing when there is none.
func (s *sheet) of(d *Definition, id string) *answer {
	if place := d.place(id); place >= 0 && s.at[place] > 0 {
		return &s.answers[s.at[place]-1]
	}
	return &silence
}

// without gives the sheet without one question.
func (s *sheet) without(it *Item) sheet {
	out := *s
	out.at[it.place], out.said = 0, s.said&^(1<<it.place)
	return out
}
