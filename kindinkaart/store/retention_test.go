package store

import (
	"strings"
	"testing"
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// restIsErased lets a child that found nothing rest for twelve months; a child that goes on stays.
func restIsErased(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx := t.Context()
	resting, going := w.resting(), w.answered()
	for _, c := range []struct {
		after time.Time
		gone  bool
	}{{time.Now().AddDate(0, 12, -2), false}, {time.Now().AddDate(0, 12, 2), true}} {
		w.Clock = func() time.Time { return c.after }
		if _, err := w.EraseOldChildren(ctx); err != nil {
			t.Log("of what another test broke: ", err) // the others are erased
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

// damageHoldsNobodyBack breaks one record of two children and of a class whose time is over: the others are erased, and what
// was not is told by id.
func damageHoldsNobodyBack(t *testing.T, s *Store) {
	w := newWorkday(t, s)
	ctx, whole := t.Context(), access.Scope{Tenant: w.sanne.Tenant}
	itself, part, sound := w.resting(), w.resting(), w.resting()
	damagedKlas, soundKlas := w.emptyKlas(), w.emptyKlas()
	breakRows(t, s, whole.Tenant, "child", "id", itself.ID)
	breakRows(t, s, whole.Tenant, "consent", "child_id", part.ID)
	breakRows(t, s, whole.Tenant, "klas", "id", damagedKlas.ID)
	w.Clock = func() time.Time { return time.Now().AddDate(2, 0, 0) }
	_, ofChildren := w.EraseOldChildren(ctx)
	_, ofKlassen := w.EraseEndedKlassen(ctx)
	for _, c := range []struct {
		told     error
		id, name string
		left     bool
	}{{ofChildren, itself.ID, "Yusuf", true}, {ofChildren, part.ID, "Yusuf", true}, {ofChildren, sound.ID, "Yusuf", false},
		{ofKlassen, damagedKlas.ID, "Groep 6A", true}, {ofKlassen, soundKlas.ID, "Groep 6A", false}} {
		if c.told == nil || errs.KindOf(c.told) != errs.Internal || strings.Contains(c.told.Error(), c.id) != c.left || strings.Contains(c.told.Error(), c.name) {
			t.Errorf("%s: left %v, told %v", c.id, c.left, c.told)
		}
		do(t, s, func(x kindinkaart.Tx) error {
			if gone, err := x.Erased(whole.Tenant, c.id); err != nil || gone == c.left {
				t.Errorf("%s: erased %v, %v", c.id, gone, err)
			}
			return nil
		})
	}
	if err := s.VerifyAudit(ctx, whole.Tenant); err != nil {
		t.Error(err)
	}
}

// resting adds a child that found nothing today.
func (w workday) resting() kindinkaart.Child {
	w.t.Helper()
	c := w.answered()
	file := must(w.Child(w.t.Context(), w.sanne, c.ID))(w.t)
	must(w.Move(w.t.Context(), w.sanne, file.Traject.ID, kindinkaart.Step{To: "geen_aanbod", Version: file.Traject.Version}))(w.t)
	return c
}

// emptyKlas adds a class of this school year.
func (w workday) emptyKlas() kindinkaart.Klas {
	w.t.Helper()
	return must(w.AddKlas(w.t.Context(), w.sanne, kindinkaart.Klas{School: w.school.ID, Name: "Groep 6A", Year: schoolYear(time.Now()), Variant: questionnaire.VariantB}, 3))(w.t)
}

// breakRows changes the sealed bodies of rows, as a disk does in silence; table and column are constants of a test.
func breakRows(t *testing.T, s *Store, tenant, table, column, id string) {
	t.Helper()
	err := s.write(t.Context(), s.timeout, func(x *tx) error {
		if err := x.enter(tenant); err != nil {
			return err
		}
		n, err := x.exec(`UPDATE "`+table+`" SET body = ? WHERE tenant = ? AND `+column+` = ?`, []byte("no longer what it was, and longer than a nonce"), tenant, id)
		if err == nil && n == 0 {
			t.Fatal("the test breaks nothing")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
