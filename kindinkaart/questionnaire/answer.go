package questionnaire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
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

// answer is one answer that was checked against its question. Options, words and marks are places.
type answer struct {
	item    *Item
	picked  []uint8 // places of the options that were chosen, in the order of the answer; of pictures those that are "leuk", by id
	marks   []uint8 // grid3: by place of the option, 1 + place in the scale; 0 = not rated
	words   []uint8 // open_short: places in the taxonomy of the confirmed leaves, in the order of the answer
	times   *Times  // daypart_grid
	minutes int     // single_plus, 0 = not said
	text    string  // single_plus: id of a follow-up option, or free words; language: a code or "anders"
}

func (a *answer) option(place uint8) *Option { return &a.item.Options[place] }

// Validate checks one answer against its question in a variant. null and nothing are fine: a skipped question.
func Validate(v Variant, itemID string, raw json.RawMessage) error {
	it := Default().item(itemID)
	if it == nil {
		return noQuestion(itemID)
	}
	var r reading
	if err := r.read(&answer{}, Default().asked(v), it, raw); err != nil {
		return *err
	}
	return nil
}

func skipped(raw []byte) bool {
	if len(raw) > 0 && (raw[0] == '[' || raw[0] == '{' || raw[0] == '"') {
		return false
	}
	t := bytes.TrimSpace(raw)
	return len(t) == 0 || len(t) == 4 && string(t) == "null"
}

// says is false for an empty grid or top 3: nothing was answered. An empty list of ticks is an answer: nothing fits.
func (a *answer) says() bool {
	switch a.item.shape {
	case pictures:
		return slices.Max(a.marks) > 0
	case week:
		return *a.times != Times{}
	case topThree:
		return len(a.picked) > 0
	}
	return true
}

// reading reads answers one after another; their lists are cut from one piece of memory.
type reading struct{ room []uint8 }

// read reads one answer into a: quickly when it is written as our own screens write it, else thoroughly, which also finds
// what is wrong. A skipped question chooses nothing; a must be empty.
func (r *reading) read(a *answer, asked *offered, it *Item, raw []byte) *AnswerError {
	v := asked.variant
	if !asked.may.has(it.place) {
		return &AnswerError{Item: it.ID, Expected: fmt.Sprintf("een vraag die bij vragenlijst %s hoort", clip(string(v)))}
	}
	a.item = it
	if skipped(raw) {
		return nil
	}
	if !r.quick(a, v, raw) {
		*a = answer{item: it}
		if err := readers[it.shape](a, v, raw); err != nil {
			err.Item = it.ID
			return err
		}
	}
	if len(a.marks) > 0 {
		r.pickLiked(a)
	}
	return nil
}

// add puts a place behind those of a list, which must be the one that was last added to.
func (r *reading) add(list []uint8, place uint8) []uint8 {
	from := len(r.room) - len(list)
	r.room = append(r.room, place)
	return r.room[from:len(r.room):len(r.room)]
}

// zeros gives a list of zeros.
func (r *reading) zeros(n int) []uint8 {
	from := len(r.room)
	r.room = append(r.room, noMarks[:n]...)
	return r.room[from:len(r.room):len(r.room)]
}

var noMarks [mostChoices]uint8

// pickLiked chooses the pictures that are "leuk", by id.
func (r *reading) pickLiked(a *answer) {
	for _, place := range a.item.byName {
		if a.item.liking > 0 && a.marks[place] == a.item.liking {
			a.picked = r.add(a.picked, place)
		}
	}
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
