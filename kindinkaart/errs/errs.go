// Package errs gives every failure a kind and one Dutch sentence for the person at the screen.
// The sentence says what happened and what to do next (STYLE habit 9); the wrapped error is for the operator.
package errs

import "errors"

// Kind says what sort of failure an error is. The web maps it to one status.
type Kind string

// The kinds of failure.
const (
	Invalid     Kind = "invalid"     // what was sent cannot be used; Fields says where
	NotFound    Kind = "not_found"   // does not exist, or is not for this person: outside they look the same
	Conflict    Kind = "conflict"    // somebody else changed it first
	Refused     Kind = "refused"     // a rule of the method or the law says no
	TooMany     Kind = "too_many"    // a limit on attempts was reached
	TooLarge    Kind = "too_large"   // more was sent than is accepted
	Unavailable Kind = "unavailable" // try again later
	Internal    Kind = "internal"    // our fault
)

// Field names one input and what was expected there.
type Field struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

// Error is a failure with a sentence in Dutch.
type Error struct {
	Kind    Kind
	Message string
	Fields  []Field
	Err     error
}

// Error gives the sentence, then the cause for the operator.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a Dutch sentence.
func New(kind Kind, message string) *Error { return &Error{Kind: kind, Message: message} }

// Wrap adds a kind and a Dutch sentence to a cause.
func Wrap(kind Kind, message string, err error) *Error {
	return &Error{Kind: kind, Message: message, Err: err}
}

// InvalidFields makes an Invalid error that points at the inputs.
func InvalidFields(message string, fields ...Field) *Error {
	return &Error{Kind: Invalid, Message: message, Fields: fields}
}

// KindOf gives the kind of err, Internal when it has none, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// MessageOf gives the sentence to show; for errors without one it is a general apology.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "Er ging iets mis bij ons. Probeer het over een paar minuten opnieuw."
}

// FieldsOf gives the inputs an error points at.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
