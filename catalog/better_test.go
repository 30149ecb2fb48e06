package catalog

import (
	"fmt"
	"slices"
	"testing"
)

func TestWhatIsBetterAboutAnActivityIsToldAndWhatIsWorseIsNot(t *testing.T) {
	judo := func(change func(a *Activity)) Activity {
		a := Activity{ID: "judo", State: Published, AgeMin: years(8), AgeMax: years(12), Costs: []Cost{{Kind: "contributie", Cents: 20000, Per: "year"}, {Kind: "inschrijfgeld", Cents: 1500, Per: "once"}},
			Slots: []Slot{{ID: "wo", Weekday: "wo", Start: 900, End: 960, Capacity: years(10), Enrolled: 10, Location: Location{Name: "Zaal", Street: "Dijk 1", Place: "Rotterdam"}}}}
		a.Slots = slices.Clone(a.Slots)
		if change != nil {
			change(&a)
		}
		return a
	}
	for name, c := range map[string]struct {
		before, now func(a *Activity)
		want        []Better
	}{
		"nothing":                   {},
		"text only":                 {now: func(a *Activity) { a.Text, a.Slots[0].Location.Name = "Leuk", "Grote zaal" }},
		"lower price":               {now: func(a *Activity) { a.Costs = []Cost{{Cents: 15000, Per: "year"}, {Cents: 1500, Per: "once"}} }, want: []Better{Cheaper}},
		"free now":                  {now: func(a *Activity) { a.Costs = []Cost{} }, want: []Better{Cheaper}},
		"less a year, more at once": {now: func(a *Activity) { a.Costs = []Cost{{Cents: 15000, Per: "year"}, {Cents: 9000, Per: "once"}} }},
		"by the month instead":      {now: func(a *Activity) { a.Costs = []Cost{{Cents: 1500, Per: "month"}} }},
		"dearer":                    {now: func(a *Activity) { a.Costs = []Cost{{Cents: 25000, Per: "year"}, {Cents: 1500, Per: "once"}} }},
		"no price said any more":    {now: func(a *Activity) { a.Costs = nil }},
		"younger too":               {now: func(a *Activity) { a.AgeMin = years(6) }, want: []Better{MoreAges}},
		"no highest age":            {now: func(a *Activity) { a.AgeMax = nil }, want: []Better{MoreAges}},
		"older only":                {now: func(a *Activity) { a.AgeMin = years(10) }},
		"room again":                {now: func(a *Activity) { a.Slots[0].Enrolled = 9 }, want: []Better{RoomAgain}},
		"more places":               {now: func(a *Activity) { a.Slots[0].Capacity = years(12) }, want: []Better{RoomAgain}},
		"full now":                  {before: func(a *Activity) { a.Slots[0].Enrolled = 2 }},
		"stop is over":              {before: func(a *Activity) { a.Slots[0].Enrolled, a.Slots[0].MembershipStop = 2, true }, now: func(a *Activity) { a.Slots[0].Enrolled = 2 }, want: []Better{RoomAgain}},
		"a time more":               {now: func(a *Activity) { s := a.Slots[0]; s.ID, s.Weekday = "za", "za"; a.Slots = append(a.Slots, s) }, want: []Better{OtherTime}},
		"a time less":               {before: func(a *Activity) { s := a.Slots[0]; s.ID, s.Weekday = "za", "za"; a.Slots = append(a.Slots, s) }},
		"moved":                     {now: func(a *Activity) { a.Slots[0].Location.Street = "Plein 3" }, want: []Better{OtherPlace}},
		"a point was found":         {now: func(a *Activity) { a.Slots[0].Location.Lat, a.Slots[0].Location.Lon = 51.9, 4.5 }},
		"open again":                {before: func(a *Activity) { a.State, a.AgeMin = Paused, years(10) }, want: []Better{OpenAgain}},
		"paused":                    {now: func(a *Activity) { a.State = Paused; a.AgeMin = years(4) }},
		"two things":                {now: func(a *Activity) { a.AgeMax = years(14); a.Slots[0].Start = 930 }, want: []Better{MoreAges, OtherTime}},
	} {
		if got := BetterThan(judo(c.now), judo(c.before)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := BetterThan(judo(nil), Activity{}); got != nil {
		t.Errorf("a new activity is better than nothing: %v", got)
	}
}

func TestTheChangeLogSaysWhenAndWhatIsBetter(t *testing.T) {
	s, m := newService(t)
	done := func(a Activity, err error) Activity {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := done(s.SaveDraft(ctx, club, complete()))
	a = done(s.Publish(ctx, club, a.ID, a.Version))
	a.AgeMin = years(9)
	a = done(s.SaveDraft(ctx, club, a))
	a = done(s.SetState(ctx, club, a.ID, a.Version, Paused))
	done(s.SetState(ctx, club, a.ID, a.Version, Published))
	var got []string
	for _, c := range m.changes {
		if c.At.IsZero() {
			t.Error("a line without a moment: ", c)
		}
		got = append(got, fmt.Sprint(c.Better))
	}
	if want := "[[] [open] [leeftijd] [] [open]]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestAnImportSaysWhatIsBetterAtItsSource(t *testing.T) {
	s, m := newService(t)
	imported(t, s, batch(2))
	in := batch(2)
	in.Activities[1].Costs = []Cost{}
	imported(t, s, in)
	if last := m.changes[len(m.changes)-1]; !slices.Equal(last.Better, []Better{Cheaper}) || last.At.IsZero() {
		t.Errorf("%+v", last)
	}
}
