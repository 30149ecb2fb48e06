package questionnaire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
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
	picked   []*Option          // options that were chosen, in the order of the answer
	scale    map[string]*Option // grid3: by option id
	tags     []string           // open_short: confirmed tags
	parts    Dayparts           // daypart_grid
	minutes  int                // single_plus, 0 = not said
	followup string             // single_plus: id of a follow-up option, or free words
	language string             // language: a code or "anders"
}

// sheet is a set of checked answers of one respondent by item id.
type sheet map[string]answer

// Validate checks one answer against its question in a variant. null and nothing are fine: a skipped question.
func Validate(v Variant, itemID string, raw json.RawMessage) error {
	if _, err := Default().read(v, itemID, raw); err != nil {
		return *err
	}
	return nil
}

// readAll checks all answers of one respondent; skipped ones are left out.
func (d *Definition) readAll(v Variant, answers Answers) (sheet, AnswerErrors) {
	ids := make([]string, 0, len(answers))
	for id := range answers {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	read := sheet{}
	var wrong AnswerErrors
	for _, id := range ids {
		if skipped(answers[id]) {
			continue
		}
		a, err := d.read(v, id, answers[id])
		switch {
		case err != nil:
			wrong = append(wrong, *err)
		case a.says():
			read[id] = a
		}
	}
	return read, wrong
}

func skipped(raw json.RawMessage) bool {
	t := bytes.TrimSpace(raw)
	return len(t) == 0 || bytes.Equal(t, []byte("null"))
}

// says is false for an empty grid or top 3: nothing was answered. An empty list of ticks is an answer: nothing fits.
func (a answer) says() bool {
	switch a.item.Type {
	case "grid3":
		return len(a.scale) > 0
	case "daypart_grid":
		return len(a.parts) > 0
	case "rank":
		return len(a.picked) > 0
	}
	return true
}

func (d *Definition) read(v Variant, id string, raw json.RawMessage) (answer, *AnswerError) {
	it, ok := d.byID[id]
	if !ok {
		return answer{}, &AnswerError{Item: clip(id), Expected: "een vraag uit de vragenlijst, zoals W1 of P3"}
	}
	if !it.In(v) {
		return answer{}, &AnswerError{Item: id, Expected: fmt.Sprintf("een vraag die bij vragenlijst %s hoort", clip(string(v)))}
	}
	a := answer{item: it}
	if skipped(raw) {
		return a, nil
	}
	if err := readers[it.Type](&a, v, raw); err != nil {
		err.Item = id
		return answer{}, err
	}
	return a, nil
}

// clip keeps an id from outside short enough for a message.
func clip(id string) string {
	if utf8.RuneCountInString(id) > 12 {
		return string([]rune(id)[:12]) + "…"
	}
	return id
}
