package questionnaire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// AnswerError says which answer cannot be used, where in it, and what was expected, in Dutch. It never repeats the answer.
type AnswerError struct {
	Item     string // id of the question, "" when it is about all answers
	Field    string // place in the answer, "" = the whole
	Expected string
}

// Error writes place and expectation.
func (e AnswerError) Error() string {
	place := "Vraag " + e.Item
	switch {
	case e.Item == "":
		place = "Veld " + e.Field
	case e.Field != "":
		place += ", " + e.Field
	}
	return place + ": verwacht " + e.Expected + "."
}

// AnswerErrors holds every wrong answer of a set, in order of question id.
type AnswerErrors []AnswerError

// Error writes all of them, one sentence each.
func (es AnswerErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, " ")
}

// Unwrap gives the separate errors to errors.As.
func (es AnswerErrors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// answer is one answer that was checked against its question.
type answer struct {
	item     *Item
	picked   []*Option // options that were chosen, in the order of the answer
	marks    []uint8   // grid3: by place of the option, 1 + place in the scale; 0 = not rated
	words    []string  // open_short: confirmed tags in the order of the answer
	tags     []string  // the same, each once and sorted
	parts    Dayparts  // daypart_grid
	minutes  int       // single_plus, 0 = not said
	followup string    // single_plus: id of a follow-up option, or free words
	language string    // language: a code or "anders"
}

// Validate checks one answer against its question in a variant. null and nothing are fine: a skipped question.
func Validate(v Variant, itemID string, raw json.RawMessage) error {
	it, ok := Default().byID[itemID]
	if !ok {
		return noQuestion(itemID)
	}
	var r reading
	if err := r.read(&answer{}, v, it, raw); err != nil {
		return *err
	}
	return nil
}

func skipped(raw []byte) bool {
	t := bytes.TrimSpace(raw)
	return len(t) == 0 || len(t) == 4 && string(t) == "null"
}

// says is false for an empty grid or top 3: nothing was answered. An empty list of ticks is an answer: nothing fits.
func (a *answer) says() bool {
	switch a.item.Type {
	case "grid3":
		return len(a.marks) > 0
	case "daypart_grid":
		return len(a.parts) > 0
	case "rank":
		return len(a.picked) > 0
	}
	return true
}

// reading reads answers one after another into the same pieces of memory.
type reading struct {
	options []*Option
}

// read reads one answer into a: quickly when it is written as our own screens write it, else thoroughly, which also finds
// what is wrong.
func (r *reading) read(a *answer, v Variant, it *Item, raw []byte) *AnswerError {
	if !it.In(v) {
		return &AnswerError{Item: it.ID, Expected: fmt.Sprintf("een vraag die bij vragenlijst %s hoort", clip(string(v)))}
	}
	*a = answer{item: it}
	if skipped(raw) || r.quick(a, v, raw) {
		return nil
	}
	*a = answer{item: it}
	if err := readers[it.Type](a, v, raw); err != nil {
		err.Item = it.ID
		return err
	}
	return nil
}

func noQuestion(id string) AnswerError {
	return AnswerError{Item: clip(id), Expected: "een vraag uit de vragenlijst, zoals W1 of P3"}
}

// clip keeps an id from outside short enough for a message.
func clip(id string) string {
	if utf8.RuneCountInString(id) > 12 {
		return string([]rune(id)[:12]) + "…"
	}
	return id
}
