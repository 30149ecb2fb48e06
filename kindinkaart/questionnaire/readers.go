package questionnaire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// shape is how the answer to a question is written.
type shape uint8

const (
	oneOf shape = iota + 1
	smiley
	ticks
	topThree
	pictures
	leafWords
	week
	oneWithMore
	aLanguage
)

// shapes are the shapes of the types of questions.
var shapes = map[string]shape{
	"single": oneOf, "smiley5": smiley, "multi": ticks, "multi_from": ticks, "rank": topThree, "grid3": pictures,
	"open_short": leafWords, "daypart_grid": week, "single_plus": oneWithMore, "language": aLanguage,
}

// readers check the raw answer of each shape and fill the answer.
var readers = [...]func(*answer, Variant, json.RawMessage) *AnswerError{
	oneOf:       readSingle,
	smiley:      readSmiley,
	ticks:       readList,
	topThree:    readList,
	pictures:    readGrid,
	leafWords:   readTags,
	week:        readDayparts,
	oneWithMore: readSinglePlus,
	aLanguage:   readLanguage,
}

func wrong(field, format string, args ...any) *AnswerError {
	return &AnswerError{Field: field, Expected: fmt.Sprintf(format, args...)}
}

func ids(options []Option) string {
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.ID
	}
	return strings.Join(names, ", ")
}

func (a *answer) pick(v Variant, id, field string) *AnswerError {
	place, ok := placeOf(a.item, v, id)
	if !ok {
		return wrong(field, "een van: %s", ids(a.item.OptionsFor(v)))
	}
	a.picked = append(a.picked, place)
	return nil
}

func readSingle(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	var id string
	if json.Unmarshal(raw, &id) != nil {
		return wrong("", `één keuze als tekst, zoals "%s"`, a.item.Options[0].ID)
	}
	return a.pick(v, id, "")
}

func readSmiley(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	return readSingle(a, v, quoteNumber(raw))
}

// quoteNumber lets 3 stand for "3".
func quoteNumber(raw json.RawMessage) json.RawMessage {
	if t := bytes.TrimSpace(raw); t[0] >= '0' && t[0] <= '9' {
		return json.RawMessage(`"` + string(t) + `"`)
	}
	return raw
}

func readList(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return wrong("", `een lijst met keuzes, zoals ["%s"]`, a.item.Options[0].ID)
	}
	if a.item.Max > 0 && len(list) > a.item.Max {
		return wrong("", "hoogstens %d keuzes", a.item.Max)
	}
	for i, id := range list {
		field := fmt.Sprintf("keuze %d", i+1)
		if slices.Contains(list[:i], id) {
			return wrong(field, "elke keuze één keer")
		}
		if err := a.pick(v, id, field); err != nil {
			return err
		}
	}
	for _, place := range a.picked {
		if o := a.option(place); o.Exclusive && len(list) > 1 {
			return wrong("", "alleen %q, of juist andere keuzes", o.ID)
		}
	}
	return nil
}

func readGrid(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	var grid map[string]string
	if json.Unmarshal(raw, &grid) != nil {
		return wrong("", `per plaatje een antwoord, zoals {"%s":"leuk"}`, a.item.Options[0].ID)
	}
	a.marks = make([]uint8, len(a.item.Options))
	for id, value := range grid {
		place, ok := placeOf(a.item, v, id)
		if !ok {
			return wrong("plaatje", "een van: %s", ids(a.item.OptionsFor(v)))
		}
		i := slices.IndexFunc(a.item.Scale, func(s Option) bool { return s.ID == value })
		if i < 0 {
			return wrong("plaatje "+id, "een van: %s", ids(a.item.Scale))
		}
		a.marks[place] = uint8(i + 1)
	}
	return nil
}

func readTags(a *answer, _ Variant, raw json.RawMessage) *AnswerError {
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return wrong("", `een lijst met bevestigde soorten activiteit, zoals ["basketbal"]`)
	}
	for i, tag := range list {
		place, ok := Taxonomy().LeafIndex(tag)
		if !ok {
			return wrong(fmt.Sprintf("keuze %d", i+1), "een soort activiteit uit de lijst, zoals basketbal of koken_bakken")
		}
		a.words = append(a.words, uint8(place))
	}
	return nil
}

func readDayparts(a *answer, _ Variant, raw json.RawMessage) *AnswerError {
	var grid map[string]map[string]string
	if json.Unmarshal(raw, &grid) != nil {
		return wrong("", `per dag en dagdeel een antwoord, zoals {"wo":{"middag":"kan"}}`)
	}
	a.times = new(Times)
	shape := a.item.Grid
	for day, parts := range grid {
		if !slices.Contains(shape.Days, day) {
			return wrong("dag", "een van: %s", strings.Join(shape.Days, ", "))
		}
		for part, value := range parts {
			if !slices.ContainsFunc(shape.Parts, func(p Part) bool { return p.ID == part }) {
				return wrong(day, "een dagdeel: ochtend, middag, vooravond of avond")
			}
			if !slices.Contains(shape.Values, value) {
				return wrong(day+" "+part, "een van: %s", strings.Join(shape.Values, ", "))
			}
			*a.times = a.times.With(day, part, Said(slices.Index(saidWords, value)+1))
		}
	}
	return nil
}

// maxMinutes is the longest way one may fill in; the screen offers at most 45.
const maxMinutes = 180

func readSinglePlus(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	var in struct {
		ID       *string `json:"id"`
		Minutes  *int    `json:"minutes"`
		Followup string  `json:"followup"`
	}
	if json.Unmarshal(raw, &in) != nil || in.ID == nil {
		example := `{"id":"` + a.item.Options[0].ID + `"}`
		if len(a.item.Minutes) > 0 {
			example = fmt.Sprintf(`{"id":"%s","minutes":%d}`, a.item.Options[0].ID, a.item.Minutes[0])
		}
		return wrong("", "een keuze met wat erbij hoort, zoals %s", example)
	}
	if err := a.pick(v, *in.ID, "id"); err != nil {
		return err
	}
	if in.Minutes != nil {
		if *in.Minutes < 1 || *in.Minutes > maxMinutes {
			return wrong("minutes", "een aantal minuten van 1 tot en met %d", maxMinutes)
		}
		a.minutes = *in.Minutes
	}
	return a.follow(in.Followup)
}

// maxFollowup is how much one may type after "welke club".
const maxFollowup = 100

func (a *answer) follow(value string) *AnswerError {
	picked := a.option(a.picked[0])
	switch {
	case value != "" && len(picked.Followups) > 0 && picked.followupPlace(value) < 0:
		return wrong("followup", "een van: %s", ids(picked.Followups))
	case utf8.RuneCountInString(value) > maxFollowup:
		return wrong("followup", "hoogstens %d tekens", maxFollowup)
	}
	a.text = value
	return nil
}

// followupPlace is the place of a follow-up option, -1 when it is not there.
func (o *Option) followupPlace(id string) int {
	for i := range o.Followups {
		if o.Followups[i].ID == id {
			return i
		}
	}
	return -1
}

func readLanguage(a *answer, v Variant, raw json.RawMessage) *AnswerError {
	var code string
	if json.Unmarshal(raw, &code) != nil {
		return wrong("", `een taal, zoals "nl"`)
	}
	_, listed := placeOf(a.item, v, code)
	if !listed && !isLanguageCode(code) {
		return wrong("", "een van: %s, of een taalcode van 2 of 3 kleine letters", ids(a.item.Options))
	}
	a.text = code
	return nil
}

func isLanguageCode(code string) bool {
	return (len(code) == 2 || len(code) == 3) && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") == ""
}
