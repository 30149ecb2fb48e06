package regeling

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTariffsThatLieTogetherAreWorthTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var together Tariffs
		var alone []Tariff
		for range rapid.IntRange(1, 30).Draw(t, "prices") {
			c := drawOfferOf(t, basketball())
			alone = append(alone, NewTariff(c.Lines, c.Reduced))
			together.Add(alone[len(alone)-1])
			if rapid.IntRange(0, 9).Draw(t, "trim") == 0 {
				together.Trim()
			}
		}
		f := NewRules(verified()).Family(household(basketball()))
		for n, want := range alone {
			got := together.At(uint32(n))
			if got.GrossCents() != want.GrossCents() || together.GrossCents(uint32(n)) != want.GrossCents() || !slices.Equal(got.duties, want.duties) || !slices.Equal(got.lower, want.lower) {
				t.Fatalf("tariff %d is %+v, want %+v", n, got, want)
			}
			o, p := Offer{Tariff: got, Category: CategoryOf("sport")}, Offer{Tariff: want, Category: CategoryOf("sport")}
			if one, other := f.Cost(&o), f.Cost(&p); !reflect.DeepEqual(one, other) {
				t.Fatalf("costs %+v, want %+v", one, other)
			}
		}
	})
}

func TestADayIsTheDateItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.IntRange(1, 3_000_000).Draw(t, "day"))
		if back := DayOf(d.Date()); back != d {
			t.Fatalf("%d is %s is %d", d, d.Date(), back)
		}
		if next := (d + 1).Date(); next != d.Date().AddDays(1) {
			t.Fatalf("after %s comes %s", d.Date(), next)
		}
	})
	if DayOf(Day(0).Date()) != 0 || !Day(0).Date().IsZero() {
		t.Error("no day is no date")
	}
}
