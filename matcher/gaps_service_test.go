package matcher_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// supplyWorld is a class and a catalogue that can change.
type supplyWorld struct {
	list          []catalog.Activity
	seq           int64
	own           []catalog.Activity // of the partner who asks
	seen, counted int
	refuse        error
}

func (w *supplyWorld) SeeSupply(context.Context, access.Actor) error { w.seen++; return w.refuse }

func (w *supplyWorld) SeeOwnSupply(_ context.Context, who access.Actor) error {
	if who.Partner == "" {
		return errors.New("no partner")
	}
	return nil
}

func (w *supplyWorld) ForSupply(context.Context, access.Actor) (kindinkaart.Supply, error) {
	w.counted++
	return kindinkaart.Supply{Needs: groep6(), MinCell: 5}, nil
}

func (w *supplyWorld) All(context.Context, string) ([]catalog.Partner, []catalog.Activity, int64, error) {
	return somePartners, w.list, w.seq, nil
}

func (w *supplyWorld) ActivitiesOf(context.Context, string, string) ([]catalog.Activity, error) {
	return w.own, nil
}

func (w *supplyWorld) Changes(_ context.Context, _ string, after int64, _ int) ([]catalog.Change, error) {
	if w.seq > after {
		return []catalog.Change{{}}, nil
	}
	return nil, nil
}

func TestTheFiguresFollowTheCatalogueAndAReloadIsNotCountedAgain(t *testing.T) {
	w := &supplyWorld{}
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	desk := &matcher.SupplyDesk{Needs: w, Source: w, Clock: func() time.Time { return now }, Wijken: func() []geo.Area { return nil },
		Ways:    func() geo.Ways { return geo.Ways{Crossings: geo.DefaultCrossings()} },
		Schemes: func(context.Context, string) ([]regeling.Scheme, error) { return nil, nil }}
	look := func(wantCooking, wantCounts int) {
		t.Helper()
		r, err := desk.Missing(t.Context(), access.Actor{Tenant: "t1"})
		if err != nil {
			t.Fatal(err)
		}
		if got := gapOf(r.Table, "koken_bakken").Total.N; got != wantCooking || w.counted != wantCounts {
			t.Errorf("cooking is missing for %d, want %d; counted %d times, want %d", got, wantCooking, w.counted, wantCounts)
		}
	}
	look(5, 1)
	w.list, w.seq = []catalog.Activity{cookingAt(north(300))}, 1
	look(5, 1)
	now = now.Add(2 * time.Minute)
	look(0, 2)
	now = now.Add(30 * time.Minute)
	look(0, 2)
	now = now.Add(40 * time.Minute)
	look(0, 3)
	if w.seen != 5 {
		t.Errorf("every look is asked and recorded: %d", w.seen)
	}
	w.refuse = errors.New("not for you")
	if r, err := desk.Missing(t.Context(), access.Actor{Tenant: "t1"}); err == nil || len(r.Table.Tags) > 0 {
		t.Error("who may not see it got the kept figures")
	}
}

func (w *supplyWorld) Improved(context.Context, string, time.Time) ([]catalog.Change, error) {
	return nil, nil
}
