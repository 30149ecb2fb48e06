package store

import (
	"testing"
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// restIsErased lets a child that found nothing rest for twelve months; a child that goes on stays.
func restIsErased(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx := t.Context()
	resting, going := w.answered(), w.answered()
	file := must(w.Child(ctx, w.sanne, resting.ID))(t)
	must(w.Move(ctx, w.sanne, file.Traject.ID, kindinkaart.Step{To: "geen_aanbod", Version: file.Traject.Version}))(t)
	for _, c := range []struct {
		after time.Time
		gone  bool
	}{{time.Now().AddDate(0, 12, -2), false}, {time.Now().AddDate(0, 12, 2), true}} {
		w.Clock = func() time.Time { return c.after }
		if _, err := w.EraseOldChildren(ctx); err != nil {
			t.Log("of a tenant that another test broke: ", err) // it goes on in the next one
		}
		_, err := w.Child(ctx, w.sanne, resting.ID)
		if (errs.KindOf(err) == errs.Refused) != c.gone {
			t.Fatalf("on %s: %v, want gone %v", c.after.Format(time.DateOnly), err, c.gone)
		}
		must(w.Child(ctx, w.sanne, going.ID))(t)
	}
	if n := rowsWith(t, s, w.sanne.Tenant, "child", resting.ID); n != 0 {
		t.Fatalf("%d rows of an erased child", n)
	}
}

// answered adds a child whose parent agreed and that finished its questions.
func (w workday) answered() kindinkaart.Child {
	w.t.Helper()
	ctx, c := w.t.Context(), w.agreed()
	af := must(w.StartAfname(ctx, w.sanne, c.ID, questionnaire.VariantB, "smw"))(w.t)
	must(w.SaveReply(ctx, w.sanne, af.ID, af.Version, kindinkaart.Reply{Item: "W1", Answer: []byte(`{"voetbal":"leuk"}`)}))(w.t)
	must(w.FinishAfname(ctx, w.sanne, af.ID))(w.t)
	return c
}
