package errs

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAPanicBecomesAnErrorThatSaysWhereAndNotWhatWasThrown(t *testing.T) {
	for _, thrown := range []any{"Yusuf van der Berg", errors.New("Yusuf van der Berg"), fmt.Errorf("kind %s", "Yusuf")} {
		err := Survive(func() error { throwAt(thrown); return nil })
		if err == nil || KindOf(err) != Internal || !strings.Contains(err.Error(), "throwAt") || !strings.Contains(err.Error(), fmt.Sprintf("%T", thrown)) {
			t.Errorf("%T: %v", thrown, err)
		}
		if strings.Contains(err.Error(), "Yusuf") || strings.Contains(MessageOf(err), "Yusuf") {
			t.Errorf("the text of what was thrown is told: %v", err)
		}
		again := Survive(func() error { panic(err) })
		if again != err {
			t.Errorf("thrown again it lost its place: %v", again)
		}
	}
}

func throwAt(thrown any) { panic(thrown) }

func TestWhatDoesNotPanicKeepsItsOwnError(t *testing.T) {
	own := errors.New("disk")
	if err := Survive(func() error { return own }); err != own {
		t.Error(err)
	}
	if err := Survive(func() error { return nil }); err != nil {
		t.Error(err)
	}
}
