package errs

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAnErrorKeepsItsKindItsSentenceAndItsFieldsHoweverDeepItIsWrapped(t *testing.T) {
	cause := errors.New("disk")
	wrapped := fmt.Errorf("store: %w", Wrap(Unavailable, "Probeer het later.", cause))
	if KindOf(wrapped) != Unavailable || MessageOf(wrapped) != "Probeer het later." || !errors.Is(wrapped, cause) {
		t.Errorf("kind %q, sentence %q", KindOf(wrapped), MessageOf(wrapped))
	}
	fields := FieldsOf(fmt.Errorf("form: %w", InvalidFields("Niet compleet.", Field{Name: "naam", Message: "Vul een naam in."})))
	if len(fields) != 1 || fields[0].Name != "naam" {
		t.Errorf("fields %+v", fields)
	}
}

func TestAnErrorWithoutASentenceApologisesAndTellsNothing(t *testing.T) {
	plain := errors.New("pq: relation child does not exist")
	if KindOf(plain) != Internal || KindOf(nil) != "" || FieldsOf(plain) != nil {
		t.Errorf("kind %q", KindOf(plain))
	}
	if strings.Contains(MessageOf(plain), "relation") {
		t.Errorf("the cause is shown: %s", MessageOf(plain))
	}
}
