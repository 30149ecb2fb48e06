package regeling

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/errs"
)

// record reads the fields of one JSON object and collects a problem for each field that is wrong.
type record struct {
	path     string // scheme id, then the fields that lead here
	raw      map[string]json.RawMessage
	problems *[]errs.Field
}

// newRecord opens a JSON object; nil, with a problem, when raw is something else.
func newRecord(path string, raw json.RawMessage, problems *[]errs.Field) *record {
	d := &record{path: path, problems: problems}
	if json.Unmarshal(raw, &d.raw) != nil || d.raw == nil {
		*problems = append(*problems, errs.Field{Name: path, Message: "verwacht een object met velden"})
		return nil
	}
	return d
}

func (d *record) wrong(field, expected string) {
	*d.problems = append(*d.problems, errs.Field{Name: d.path + "." + field, Message: "verwacht " + expected})
}

// given says whether a field is there and not null.
func (d *record) given(field string) bool {
	raw, ok := d.raw[field]
	return ok && !bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

// into decodes a field that is given; false when it is absent or, with a problem, of the wrong type.
func (d *record) into(field string, v any, expected string) bool {
	if !d.given(field) {
		return false
	}
	if json.Unmarshal(d.raw[field], v) != nil {
		d.wrong(field, expected)
		return false
	}
	return true
}

func (d *record) needKey(field, expected string) {
	if _, ok := d.raw[field]; !ok {
		d.wrong(field, expected)
	}
}

func (d *record) text(field string) string {
	var v string
	d.into(field, &v, "een tekst")
	return v
}

func (d *record) needText(field string) string {
	if !d.given(field) {
		d.wrong(field, "een tekst")
		return ""
	}
	before := len(*d.problems)
	v := d.text(field)
	if strings.TrimSpace(v) == "" && len(*d.problems) == before {
		d.wrong(field, "een tekst die niet leeg is")
	}
	return v
}

func (d *record) oneOf(field string, allowed []string) string {
	expected := "een van: " + strings.Join(allowed, ", ")
	var v string
	if !d.into(field, &v, expected) {
		return ""
	}
	for _, a := range allowed {
		if v == a {
			return v
		}
	}
	d.wrong(field, expected)
	return ""
}

func (d *record) needOneOf(field string, allowed []string) string {
	if !d.given(field) {
		d.wrong(field, "een van: "+strings.Join(allowed, ", "))
	}
	return d.oneOf(field, allowed)
}

func (d *record) texts(field, expected string, ok func(string) bool) []string {
	var list []string
	if !d.into(field, &list, expected) {
		return nil
	}
	for _, v := range list {
		if !ok(v) {
			d.wrong(field, expected)
			return nil
		}
	}
	return list
}

func (d *record) needTexts(field, expected string, ok func(string) bool) []string {
	before := len(*d.problems)
	list := d.texts(field, expected, ok)
	if len(list) == 0 && len(*d.problems) == before {
		d.wrong(field, expected+"; minstens één")
	}
	return list
}

func (d *record) whole(field string, most int) *int {
	var v int
	expected := fmt.Sprintf("een heel getal van 0 tot en met %d", most)
	if !d.into(field, &v, expected) {
		return nil
	}
	if v < 0 || v > most {
		d.wrong(field, expected)
		return nil
	}
	return &v
}

func (d *record) needWhole(field string, most int) int {
	if !d.given(field) {
		d.wrong(field, fmt.Sprintf("een heel getal van 0 tot en met %d", most))
	}
	if v := d.whole(field, most); v != nil {
		return *v
	}
	return 0
}

func (d *record) share(field string) float64 {
	var v float64
	const expected = "een deel groter dan 0 en hoogstens 1, bijvoorbeeld 0.85"
	if d.into(field, &v, expected) && !(v > 0 && v <= 1) {
		d.wrong(field, expected)
		return 0
	}
	return v
}

func (d *record) flag(field string) bool {
	var v bool
	d.into(field, &v, "true of false")
	return v
}

func (d *record) date(field string) civil.Date {
	var v civil.Date
	if !d.into(field, &v, "een datum als jjjj-mm-dd") {
		return civil.Date{}
	}
	return v
}

// days reads a shortest and longest number of days.
func (d *record) days(field string) []int {
	var v []int
	const expected = "twee hele getallen: kortste en langste aantal dagen, bijvoorbeeld [7, 21]"
	if !d.into(field, &v, expected) {
		return nil
	}
	if len(v) != 2 || v[0] < 0 || v[1] < v[0] || v[1] > 3660 {
		d.wrong(field, expected)
		return nil
	}
	return v
}

func (d *record) object(field string) *record {
	if !d.given(field) {
		return nil
	}
	return newRecord(d.path+"."+field, d.raw[field], d.problems)
}

func (d *record) objects(field string) []*record {
	var raws []json.RawMessage
	if !d.into(field, &raws, "een lijst met objecten") {
		return nil
	}
	var list []*record
	for i, raw := range raws {
		if o := newRecord(fmt.Sprintf("%s.%s[%d]", d.path, field, i), raw, d.problems); o != nil {
			list = append(list, o)
		}
	}
	return list
}
