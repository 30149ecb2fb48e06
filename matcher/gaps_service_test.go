package matcher_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
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
	desk := supplyDesk(w, nil)
	desk.Clock = func() time.Time { return now }
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

// byPostcode is a world of which homes are known by their postcode only.
type byPostcode struct{ *supplyWorld }

func (w byPostcode) ForSupply(ctx context.Context, who access.Actor) (kindinkaart.Supply, error) {
	supply, err := w.supplyWorld.ForSupply(ctx, who)
	for i := range supply.Needs {
		supply.Needs[i].Need.Home = &kindinkaart.Place{Postcode: "3078"}
	}
	return supply, err
}

func TestACountThatPanicsIsSurvivedSaidAndMadeAnew(t *testing.T) {
	w, said := &supplyWorld{}, &bytes.Buffer{}
	w.list = []catalog.Activity{cookingAt(north(300))}
	desk := supplyDesk(w, nil)
	desk.Needs = byPostcode{w}
	desk.Log = slog.New(slog.NewTextHandler(said, nil))
	ways := desk.Ways
	locate := func(geo.Postcode) (geo.Point, bool) { return homePoint, true }
	desk.Locate = locate
	for name, fault := range map[string]func(){
		"in the count":            func() { desk.Ways = func() geo.Ways { panic("Yusuf") } },
		"while children are held": func() { desk.Locate = func(geo.Postcode) (geo.Point, bool) { panic("Yusuf") } },
	} {
		said.Reset()
		fault()
		if r, err := desk.Missing(t.Context(), access.Actor{Tenant: name}); errs.KindOf(err) != errs.Internal || !r.At.IsZero() {
			t.Errorf("%s: told %+v, %v", name, r, err)
		}
		if !strings.Contains(said.String(), "panic of type string") || strings.Contains(said.String(), "Yusuf") {
			t.Errorf("%s: the log says %s", name, said)
		}
		desk.Ways, desk.Locate = ways, locate
		if r, err := desk.Missing(t.Context(), access.Actor{Tenant: name}); err != nil || r.At.IsZero() {
			t.Errorf("%s: the next count gave %+v, %v", name, r.At, err)
		}
	}
}
