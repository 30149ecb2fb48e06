package matcher

import (
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
)

// TestABlockKnowsWhenItHasSomethingThatMayDoAsItIs holds every slot at an edge of the parts of a day against a week in which
// a child that never goes alone is free, and is brought, in some parts.
func TestABlockKnowsWhenItHasSomethingThatMayDoAsItIs(t *testing.T) {
	edges := []int16{0, 1, 719, 720, 721, 1019, 1020, 1021, 1139, 1140, 1141, 1439}
	rapid.Check(t, func(t *rapid.T) {
		s := &search{hopes: &hopes{}}
		s.facts.Independence.Mode = "none"
		for d := range s.free {
			part := rapid.SampledFrom([]parts{0, 1, 2, 4, 8, 3, 6, 12, 7, 14, 15})
			s.free[d] = weakest[15][15&^part.Draw(t, "free")]
			s.bringing[d] = weakest[15][15&^part.Draw(t, "brought")]
		}
		s.setTimeHopes()
		s.setWhen()
		for i := range 7 * len(edges) * len(edges) * 2 {
			at := slot{weekday: int8(i / 2 % 7), start: edges[i/14%len(edges)], end: edges[i/14/len(edges)], pickup: answer(i % 2)}
			r := slotRow{facts: packSlot(&at)}
			day := at.weekday + 1
			sign := s.hopes.there[day][r.facts.parts(atThere)] + s.hopes.road[day][r.facts.parts(atRoadBack)]
			if sign.rank() == rankZo && whenOf(&row{}, &r)&s.hopes.when == 0 {
				t.Fatalf("%+v may do as it is; the parts of the days are %b", at, s.hopes.when)
			}
		}
	})
}

func TestTheHopeForAnAgeIsWhatTheRuleSaysOrBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := &kindinkaart.Need{On: civil.Date{Year: 2025, Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month")), Day: rapid.IntRange(1, 28).Draw(t, "day")}}
		years := rapid.IntRange(4, 18).Draw(t, "years")
		n.Born = kindinkaart.Born{Year: n.On.Year - years - 1, Month: time.Month(rapid.IntRange(1, 12).Draw(t, "born")), Day: 1}
		s := &search{need: n, on: dayOf(n.On)}
		s.setAge()
		starts := func(label string) day {
			return dayOf(n.On.AddDays(rapid.SampledFrom([]int{-30, 0, 1, 90, 170, 300, 400}).Draw(t, label)))
		}
		from, slotFrom := starts("from"), starts("slot from")
		limits := []uint8{0, uint8(years - 2), uint8(years - 1), uint8(years), uint8(years + 1), uint8(years + 2), uint8(years + 3), 200, noAge}
		for i := range len(limits) * len(limits) * 9 {
			o := &offer{row: row{ageMin: limits[i/9%len(limits)], ageMax: limits[i/9/len(limits)], validFrom: from}}
			o.set(atAgeOn, i%3)
			o.set(atAudience, int([]audience{forChild, forParent, forFamily}[i/3%3]))
			if o.ageMin == noAge || o.ageMin <= o.ageMax { // as the catalogue asks
				holdAge(t, s, o, slotFrom)
			}
		}
	})
}

// holdAge holds what is hoped for the age of a child against the rule: it is the same once the offer has begun.
func holdAge(t *rapid.T, s *search, o *offer, slotFrom day) {
	hoped, want := s.ageHope(&o.row, &slotRow{from: slotFrom}), hope(0)
	switch found := ageRule(&slotCase{search: s, offer: o, slot: &slot{from: slotFrom}}); {
	case found.hard:
		want = worse(rankNuNiet, pointsOpen)
	case found.unknown:
		want = worse(rankHulp, pointsUnknown)
	}
	if begun := max(o.validFrom, slotFrom) <= s.on; hoped.order(false) > want.order(false) || begun && hoped != want {
		t.Fatalf("ages %d to %d: hoped %x, the rule says %x", o.ageMin, o.ageMax, hoped, want)
	}
}
