package regeling

import (
	"slices"
	"testing"
	"time"

	"github.com/golang-sql/civil"
)

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

func verified() []Scheme {
	schemes := Example()
	for i := range schemes {
		schemes[i].Verified = true
	}
	return schemes
}

// only keeps the named schemes, in the order of the names.
func only(schemes []Scheme, ids ...string) []Scheme {
	var kept []Scheme
	for _, id := range ids {
		i := slices.IndexFunc(schemes, func(s Scheme) bool { return s.ID == id })
		kept = append(kept, schemes[i])
	}
	return kept
}

// basketball is A1 of DOMAIN 8, P1: 265 contributie, 15 inschrijfgeld, 35 tenue and 30 schoenen.
func basketball() billCase {
	return billCase{Residence: "GM0599", Born: day(2015, 4, 1), Start: day(2025, 10, 8), On: day(2025, 9, 8), Signals: []string{"low_yes"},
		Category: "sport", Recognised: "ja", Activity: "A1", Lines: []Line{
			{Kind: "contributie", Cents: 26500, Per: "year", Required: true}, {Kind: "inschrijfgeld", Cents: 1500, Per: "once", Required: true},
			{Kind: "tenue", Cents: 3500, Per: "once", Required: true}, {Kind: "attributen", Cents: 3000, Per: "once", Required: true}}}
}

func lesson(cents int, category string) billCase {
	c := basketball()
	c.Category, c.Activity, c.Lines = category, "L", []Line{{Kind: "lesgeld", Cents: cents, Per: "once", Required: true}}
	return c
}

func part(t *testing.T, cost Cost, id string) Part {
	t.Helper()
	i := slices.IndexFunc(cost.Parts, func(p Part) bool { return p.Scheme == id })
	if i < 0 {
		t.Fatalf("no part for scheme %s in %+v", id, cost.Parts)
	}
	return cost.Parts[i]
}

func TestWorkedFiguresOfTheDomain(t *testing.T) {
	unknown, no, none, early := basketball(), basketball(), basketball(), basketball()
	unknown.Signals, no.Signals, none.Signals = []string{"unknown"}, []string{"low_no"}, nil
	early.Signals = []string{"low_no", "low_yes"}
	cooking := basketball()
	cooking.Category, cooking.Lines = "zorg", []Line{{Kind: "lesgeld", Cents: 200, Per: "time", Times: 30, Required: true}}
	for _, tc := range []struct {
		sentence          string
		c                 billCase
		schemes           []Scheme
		gross, net, maybe int
	}{
		{"a low income and verified schemes leave the joining fee", basketball(), verified(), 34500, 1500, 1500},
		{"an unknown income leaves the whole price sure and 15.00 possible", unknown, verified(), 34500, 34500, 1500},
		{"an income that was not asked counts as unknown", none, verified(), 34500, 34500, 1500},
		{"no low income leaves the whole price", no, verified(), 34500, 34500, 34500},
		{"the best of two signals counts", early, verified(), 34500, 1500, 1500},
		{"schemes nobody verified never count", basketball(), Example(), 34500, 34500, 34500},
		{"cooking in the domain zorg gets no scheme", cooking, verified(), 6000, 6000, 6000},
		{"no schemes at all", basketball(), nil, 34500, 34500, 34500},
	} {
		got := compute(tc.c, tc.schemes)
		if got.GrossCents != tc.gross || got.NetCents != tc.net || got.MaybeCents != tc.maybe {
			t.Errorf("%s: got %d, %d, %d; want %d, %d, %d", tc.sentence, got.GrossCents, got.NetCents, got.MaybeCents, tc.gross, tc.net, tc.maybe)
		}
	}
}

func TestThePartsSayWhichSchemePaysAndWhyAnotherDoesNot(t *testing.T) {
	cost := compute(basketball(), verified())
	for id, want := range map[string]Part{
		"jfsc-rtm-sport":        {Certainty: Expected, Cents: 26500},
		"jeugdtegoed-rtm-4-11":  {Certainty: Expected, Cents: 6500},
		"mir-rtm-tenue":         {Certainty: None, Why: whyKinds},
		"jfsc-rtm-cultuur":      {Certainty: None, Why: whyCategory},
		"jfsc-capelle-sport":    {Certainty: None, Why: whyResidence},
		"jeugdtegoed-rtm-12-17": {Certainty: None, Why: whyAge},
	} {
		got := part(t, cost, id)
		if got.Certainty != want.Certainty || got.Cents != want.Cents || got.Why != want.Why {
			t.Errorf("%s: got %+v, want %+v", id, got, want)
		}
	}
	if got := part(t, compute(basketball(), Example()), "jfsc-rtm-sport"); got.Certainty != None || got.Why != whyUnverified {
		t.Errorf("an unverified scheme must be skipped with its reason, got %+v", got)
	}
}

func TestEdgeCasesOfTheDomain(t *testing.T) {
	with := func(change func(*billCase)) billCase { c := basketball(); change(&c); return c }
	fund := only(verified(), "jfsc-rtm-sport")
	expired, later, town := only(verified(), "jfsc-rtm-sport"), only(verified(), "jfsc-rtm-sport"), only(verified(), "albrandswaard-kindpakket")
	expired[0].ValidTo, later[0].ValidFrom = day(2025, 10, 7), day(2025, 10, 9)
	for _, tc := range []struct {
		sentence   string
		c          billCase
		schemes    []Scheme
		net, maybe int
	}{
		{"turns 18 during the year, still 17 at the start", with(func(c *billCase) { c.Born = day(2007, 10, 9) }), fund, 8000, 8000},
		{"turns 18 on the first day", with(func(c *billCase) { c.Born = day(2007, 10, 8) }), fund, 34500, 34500},
		{"a scheme by calendar year stops in the year a child turns 18", with(func(c *billCase) { c.Residence, c.Born = "GM0613", day(2007, 12, 31) }), town, 34500, 34500},
		{"a second activity in the same year gets what is left", with(func(c *billCase) { c.Used = []Used{{Scheme: "jfsc-rtm-sport", Cents: 26500}} }), fund, 33000, 33000},
		{"more used than the maximum gives nothing", with(func(c *billCase) { c.Used = []Used{{Scheme: "jfsc-rtm-sport", Cents: 99999}} }), fund, 34500, 34500},
		{"a grant for another activity is gone too", with(func(c *billCase) { c.Approved = []Approval{{"jfsc-rtm-sport", "B9", 20000}} }), fund, 26500, 26500},
		{"a grant paid out counts once", with(func(c *billCase) {
			c.Approved, c.Used = []Approval{{"jfsc-rtm-sport", "B9", 20000}}, []Used{{"jfsc-rtm-sport", 20000}}
		}), fund, 26500, 26500},
		{"a grant for this activity is confirmed although the year is used up", with(func(c *billCase) {
			c.Approved, c.Used = []Approval{{"jfsc-rtm-sport", "A1", 20000}}, []Used{{"jfsc-rtm-sport", 28000}}
		}), fund, 14500, 14500},
		{"a provider that is not recognised gets nothing", with(func(c *billCase) { c.Recognised = "nee" }), fund, 34500, 34500},
		{"an unknown provider gets it perhaps", with(func(c *billCase) { c.Recognised = "onbekend" }), fund, 34500, 8000},
		{"two homes: the registered one counts", with(func(c *billCase) { c.Residence = "GM0502" }), fund, 34500, 34500},
		{"no known home gets no municipal scheme", with(func(c *billCase) { c.Residence = "" }), fund, 34500, 34500},
		{"a scheme that ended the day before the start", basketball(), expired, 34500, 34500},
		{"a scheme that begins the day after the start", basketball(), later, 34500, 34500},
		{"who already takes part cannot apply any more", with(func(c *billCase) { c.Start = day(2025, 9, 1) }), fund, 34500, 34500},
		{"only the pass gives the fund perhaps", with(func(c *billCase) { c.Signals = []string{"pass_yes"} }), fund, 34500, 8000},
		{"a birthday without a year is unknown too", with(func(c *billCase) { c.Born = civil.Date{Day: 1} }), fund, 34500, 8000},
		{"an unknown age is never sure", with(func(c *billCase) { c.Born = civil.Date{} }), fund, 34500, 8000},
	} {
		got := compute(tc.c, tc.schemes)
		if got.NetCents != tc.net || got.MaybeCents != tc.maybe {
			t.Errorf("%s: got net %d, maybe %d; want %d, %d (%+v)", tc.sentence, got.NetCents, got.MaybeCents, tc.net, tc.maybe, got.Parts)
		}
	}
}

func TestEveryPeriodIsBroughtToTheFirstTwelveMonths(t *testing.T) {
	for _, tc := range []struct {
		per          string
		times, cents int
	}{{"once", 0, 100}, {"year", 0, 100}, {"season", 0, 100}, {"quarter", 0, 400}, {"month", 0, 1200}, {"time", 30, 3000}, {"time", 0, 100}} {
		c := lesson(100, "sport")
		c.Lines[0].Per, c.Lines[0].Times = tc.per, tc.times
		c.Lines = append(c.Lines, Line{Kind: "kamp", Cents: 5000, Per: "once"})
		if got := compute(c, nil).GrossCents; got != tc.cents {
			t.Errorf("1.00 per %s (%d times) with an optional camp is %d, want %d", tc.per, tc.times, got, tc.cents)
		}
	}
}

func TestTheProvidersReducedPriceComesBeforeAnyFund(t *testing.T) {
	c := basketball()
	c.Reduced = []ReducedLine{{When: "low_income", Kind: "contributie", Cents: 1000, Per: "month"}, {When: "pass", Kind: "inschrijfgeld", Cents: 0, Per: "once"},
		{When: "low_income", Kind: "tenue", Cents: 9900, Per: "once"}}
	got := compute(c, only(verified(), "jfsc-rtm-sport"))
	if got.GrossCents != 34500 || got.NetCents != 8000 || part(t, got, "jfsc-rtm-sport").Cents != 12000 || !slices.Equal(got.ReducedUsed, []string{"contributie"}) {
		t.Errorf("reduced contributie 120.00, paid by the fund, and no other line: got %+v", got)
	}
	c.Signals = []string{"pass_yes"}
	if got := compute(c, nil); got.NetCents != 33000 || !slices.Equal(got.ReducedUsed, []string{"inschrijfgeld"}) {
		t.Errorf("the pass takes the joining fee away: got %+v", got)
	}
	c.Signals, c.Lines = []string{"low_yes"}, []Line{{Kind: "contributie", Cents: 500, Per: "month", Required: true}}
	c.Reduced = []ReducedLine{{When: "low_income", Kind: "contributie", Cents: 1, Per: "time"}}
	if got := compute(c, nil); got.NetCents != 6000 {
		t.Errorf("a reduced price per time without a number of times cannot be compared, got %d", got.NetCents)
	}
}

func TestMaximumByAgeAndMomentOfAge(t *testing.T) {
	c := lesson(60000, "natuur")
	c.Residence = "GM0613"
	schemes := only(verified(), "albrandswaard-kindpakket")
	for _, tc := range []struct {
		born civil.Date
		net  int
	}{{day(2014, 1, 1), 25000}, {day(2013, 12, 31), 15000}, {day(2022, 1, 1), 60000}, {day(2021, 12, 31), 25000}} {
		c.Born = tc.born
		if got := compute(c, schemes).NetCents; got != tc.net {
			t.Errorf("born %s: net %d, want %d", tc.born, got, tc.net)
		}
	}
	kit := lesson(0, "sport")
	kit.Lines = []Line{{Kind: "kleding", Cents: 99900, Per: "once", Required: true}}
	pass := only(verified(), "jeugdtegoed-rtm-4-11", "jeugdtegoed-rtm-12-17")
	for _, tc := range []struct {
		start civil.Date
		net   int
	}{{day(2026, 2, 28), 72400}, {day(2026, 3, 1), 49900}} {
		kit.Born, kit.Start = day(2014, 2, 1), tc.start // turns 12 on 1 February 2026; the age of 1 March counts
		if got := compute(kit, pass).NetCents; got != tc.net {
			t.Errorf("start %s: net %d, want %d", tc.start, got, tc.net)
		}
	}
}

func TestASpentSchemeSaysSo(t *testing.T) {
	c := basketball()
	c.Used = []Used{{Scheme: "jfsc-rtm-sport", Cents: 28000}}
	if got := part(t, compute(c, verified()), "jfsc-rtm-sport"); got.Certainty != None || got.Why != whySpent {
		t.Errorf("got %+v", got)
	}
}

func TestSharedCapHoldsForBothSchemes(t *testing.T) {
	c := basketball()
	pair := only(verified(), "mir-rtm-tenue", "jfsc-rtm-sport")
	got := compute(c, pair)
	if part(t, got, "jfsc-rtm-sport").Cents != 26500 || part(t, got, "mir-rtm-tenue").Cents != 1500 {
		t.Errorf("280.00 together: fee 265.00 and 15.00 of the outfit, got %+v", got.Parts)
	}
	c.Used = []Used{{Scheme: "mir-rtm-tenue", Cents: 6000}}
	if got := part(t, compute(c, pair), "jfsc-rtm-sport").Cents; got != 22000 {
		t.Errorf("after 60.00 of outfit 220.00 is left for the fee, got %d", got)
	}
}

func TestExclusiveSchemesDoNotGoTogether(t *testing.T) {
	c := basketball()
	c.Residence = "GM0502"
	schemes := verified()
	if got := part(t, compute(c, schemes), "jfsc-capelle-sport").Cents; got != 22500 {
		t.Fatalf("Capelle pays 225.00, got %d", got)
	}
	c.Used = []Used{{Scheme: "jfsc-capelle-zwem", Cents: 100}}
	if got := part(t, compute(c, schemes), "jfsc-capelle-sport"); got.Certainty != None || got.Why != whyExclusive {
		t.Errorf("after swimming there is no sport, got %+v", got)
	}
	c = lesson(10000, "sport")
	two := append(only(verified(), "jfsc-rtm-sport"), only(verified(), "jfsc-rtm-sport")...)
	two[0].ID, two[1].ID, two[1].ExclusiveWith = "a", "b", []string{"a"}
	two[0].MaxCents = new(int)
	*two[0].MaxCents = 4000
	if got := compute(c, two).NetCents; got != 6000 {
		t.Errorf("the first by id pays and shuts out the other although only that one names it: net %d", got)
	}
}

func TestUniekSportenLeavesAnOwnShareWithAMaximum(t *testing.T) {
	c := basketball()
	for _, tc := range []struct{ price, net int }{{100000, 15000}, {1000, 150}, {1, 1}, {166666, 25000}, {500000, 25000}, {0, 0}} {
		c.Lines = []Line{{Kind: "sporthulpmiddel", Cents: tc.price, Per: "once", Required: true}}
		if got := compute(c, only(verified(), "uniek-sporten-hulpmiddel")).NetCents; got != tc.net {
			t.Errorf("aid of %d: own share %d, want %d", tc.price, got, tc.net)
		}
	}
}

func TestLastDayToApplyAndWhatIsPaidBeforeTheAnswer(t *testing.T) {
	c, fund := basketball(), only(verified(), "jfsc-rtm-sport")
	got := compute(c, fund)
	if got.ApplyBy != day(2025, 9, 17) || got.BeforeStartCents != 8000 {
		t.Errorf("answered in time: apply by %s, before start %d", got.ApplyBy, got.BeforeStartCents)
	}
	c.Start = day(2025, 9, 10)
	if got := compute(c, fund); got.ApplyBy != day(2025, 8, 20) || got.BeforeStartCents != 34500 || got.NetCents != 8000 {
		t.Errorf("answered too late: %+v", got)
	}
	c.Lines = []Line{{Kind: "lesgeld", Cents: 1500, Per: "month", Required: true}}
	if got := compute(c, fund).BeforeStartCents; got != 1500 {
		t.Errorf("of a monthly fee one month is due at the start, got %d", got)
	}
	c.Approved = []Approval{{"jfsc-rtm-sport", "A1", 18000}}
	if got := compute(c, fund); !got.ApplyBy.IsZero() || got.BeforeStartCents != 0 || part(t, got, "jfsc-rtm-sport").Certainty != Confirmed {
		t.Errorf("a grant needs no application: %+v", got)
	}
	tenue := basketball()
	if got := compute(tenue, only(verified(), "mir-rtm-tenue")).ApplyBy; got != day(2025, 10, 7) {
		t.Errorf("unknown decision time: the day before the start, got %s", got)
	}
	if got := compute(tenue, nil); !got.ApplyBy.IsZero() || got.BeforeStartCents != 0 {
		t.Errorf("nothing to apply for: %+v", got)
	}
}

func TestOfTwoVersionsTheOneThatHoldsAtTheStartCounts(t *testing.T) {
	old, now := only(verified(), "jfsc-rtm-sport")[0], only(verified(), "jfsc-rtm-sport")[0]
	small := 10000
	old.ValidTo, now.ValidFrom, now.MaxCents = day(2025, 10, 31), day(2025, 11, 1), &small
	c := lesson(20000, "sport")
	for start, net := range map[civil.Date]int{day(2025, 10, 31): 0, day(2025, 11, 1): 10000} {
		c.Start = start
		if got := compute(c, []Scheme{now, old}); got.NetCents != net || len(got.Parts) != 1 {
			t.Errorf("start %s: %+v, want net %d", start, got, net)
		}
	}
}

func TestWhenNoVersionHoldsTheNewestSaysWhy(t *testing.T) {
	old, recent := only(verified(), "jfsc-rtm-sport")[0], only(verified(), "jfsc-rtm-sport")[0]
	old.ValidTo, recent.ValidFrom = day(2020, 1, 1), day(2026, 1, 1)
	for _, schemes := range [][]Scheme{{old, recent}, {recent, old}} {
		if got := compute(basketball(), schemes); len(got.Parts) != 1 || got.Parts[0].Why != whyNotYet {
			t.Errorf("got %+v", got.Parts)
		}
	}
}

func TestALastResortPaysOnlyWhatOthersLeave(t *testing.T) {
	two := append(only(verified(), "jfsc-rtm-sport"), only(verified(), "jfsc-rtm-sport")...)
	two[0].ID, two[0].LastResort, two[1].ID = "a", true, "b"
	got := compute(lesson(30000, "sport"), two)
	if part(t, got, "b").Cents != 28000 || part(t, got, "a").Cents != 2000 || got.Parts[0].Scheme != "b" {
		t.Errorf("got %+v", got.Parts)
	}
}

func TestAGrantOfAnUnknownSchemeIsNamed(t *testing.T) {
	c := basketball()
	c.Approved = []Approval{{"weg", "A1", 5000}}
	got := compute(c, verified())
	if p := part(t, got, "weg"); p.Why != whyUnknown || got.NetCents != 1500 {
		t.Errorf("got %+v", p)
	}
}
