package matcher_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

func TestAPartnerSeesWhatIsMissedOfItsOwnTagsAroundItsPlacesAndNothingElse(t *testing.T) {
	own := func(change func(a *catalog.Activity)) []catalog.Activity {
		a := cookingAt(north(1800))
		if change != nil {
			change(&a)
		}
		return []catalog.Activity{a}
	}
	around := geo.Area{Code: "WK059976", Name: "Hier", Kind: geo.Wijk, Middle: north(0)}
	elsewhere := geo.Area{Code: "WK059977", Name: "Daar", Kind: geo.Wijk, Middle: north(9000)}
	for name, c := range map[string]struct {
		own    []catalog.Activity
		wijken []geo.Area
		tags   []string
		want   int
	}{
		"a cookery club nearby":     {own(nil), []geo.Area{elsewhere, around}, []string{"koken_bakken"}, 5},
		"far from these children":   {own(nil), []geo.Area{elsewhere}, []string{"koken_bakken"}, 0},
		"another tag":               {own(func(a *catalog.Activity) { a.Tags = []string{"judo"} }), []geo.Area{around}, []string{"judo"}, 0},
		"a draft":                   {own(func(a *catalog.Activity) { a.State = catalog.Draft }), []geo.Area{around}, nil, 0},
		"a place that is not known": {own(func(a *catalog.Activity) { a.Slots[0].Location = catalog.Location{Name: "Zaal"} }), []geo.Area{around}, []string{"koken_bakken"}, 0},
		"nothing is offered":        {nil, []geo.Area{around}, nil, 0},
	} {
		w := &supplyWorld{list: own(nil), own: c.own}
		desk := supplyDesk(w, c.wijken)
		r, err := desk.MissingNear(t.Context(), access.Actor{Tenant: "t1", Partner: "p-ok"})
		if err != nil {
			t.Fatal(name, err)
		}
		if got := gapOf(r.Table, "koken_bakken").Total; got.N != c.want || c.want == 0 && got.Label != "" && !got.Hidden {
			t.Errorf("%s: %+v, want %d", name, got, c.want)
		}
		if !slices.Equal(r.Tags, c.tags) || r.Table.Children.N+r.Table.Unmet.N+len(r.Table.Wijken) != 0 {
			t.Errorf("%s: tags %v, table %+v", name, r.Tags, r.Table)
		}
		for _, g := range r.Table.Tags {
			if !slices.Contains(c.tags, g.Tag) || g.Rest != 0 {
				t.Errorf("%s: %+v", name, g)
			}
		}
		for _, o := range r.Orders {
			if !slices.Contains(c.tags, o.Tag) || !slices.Contains(r.Wijken, o.Place.Wijk) {
				t.Errorf("%s: line %+v", name, o)
			}
		}
		if _, err := desk.MissingNear(t.Context(), access.Actor{Tenant: "t1"}); err == nil {
			t.Error("who is no partner got the figures of one")
		}
	}
}

// supplyDesk is a desk over a world, at nine in the morning.
func supplyDesk(w *supplyWorld, wijken []geo.Area) *matcher.SupplyDesk {
	return &matcher.SupplyDesk{Needs: w, Source: w, Clock: func() time.Time { return time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC) }, Wijken: func() []geo.Area { return wijken }, Log: slog.New(slog.DiscardHandler),
		Ways:    func() geo.Ways { return geo.Ways{Crossings: geo.DefaultCrossings()} },
		Schemes: func(context.Context, string) ([]regeling.Scheme, error) { return nil, nil }}
}
