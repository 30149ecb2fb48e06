package web

import (
	"net/url"
	"slices"

	"wijknetwerk/kindinkaart/errs"
)

// formData is what was typed into a form and what was wrong with it. Handlers fill it with set to show stored values.
type formData struct {
	values   url.Values
	problems []errs.Field
	message  string
	sent     bool // the form was sent: what is empty was left empty
}

// set gives a field its first value on a page that was only opened. Of a form that was sent an empty field stays empty.
func (f *formData) set(name string, values ...string) {
	if !f.sent {
		f.values[name] = values
	}
}

// Value is the value of one field.
func (f formData) Value(name string) string { return f.values.Get(name) }

// Has says whether a choice of a field was made.
func (f formData) Has(name, value string) bool { return slices.Contains(f.values[name], value) }

// Problem says what is wrong with a field, "" when nothing is.
func (f formData) Problem(name string) string {
	for _, p := range f.problems {
		if p.Name == name {
			return p.Message
		}
	}
	return ""
}

// Problems lists what is wrong, in the order of the form.
func (f formData) Problems() []errs.Field { return f.problems }

// Message is the sentence above the list, "" when all is well.
func (f formData) Message() string { return f.message }

// option is one choice of a field.
type option struct {
	Value, Label, Hint, Picto string
}

// problems collects what is wrong with a form.
type problems []errs.Field

func (p *problems) need(ok bool, field, message string) {
	if !ok {
		*p = append(*p, errs.Field{Name: field, Message: message})
	}
}

func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return errs.InvalidFields("Er klopt nog iets niet. Kijk naar de velden hieronder.", p...)
}
