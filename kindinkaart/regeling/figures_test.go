package regeling

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

// drawTangle gives schemes in which everything may happen at once: versions that end and begin, several residences and
// domains, maxima by age, shared caps, exclusive schemes and names of schemes that are not there.
func drawTangle(t *rapid.T) []Scheme {
	id := func(label string) string { return "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, label)) }
	some := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
	schemes := make([]Scheme, rapid.IntRange(0, 7).Draw(t, "schemes"))
	for i := range schemes {
		s := drawScheme(t, i)
		if some("version") {
			s.ID = id("id")
		}
		s.Residence = rapid.SampledFrom([][]string{{"*"}, {"GM0599"}, {"GM0502", "GM0599"}, {"GM0502"}}).Draw(t, "residence")
		s.Categories = append(s.Categories, rapid.SampledFrom([]string{"zwemles", "sport", ""}).Draw(t, "second category"))
		if some("from") {
			s.ValidFrom = day(2025, 9, rapid.IntRange(1, 30).Draw(t, "valid from"))
		}
		if some("to") {
			s.ValidTo = day(2025, 10, rapid.IntRange(1, 30).Draw(t, "valid to"))
		}
		if some("by age") {
			s.MaxByAge = []AgeMax{{AgeMin: 8, AgeMax: 11, Cents: rapid.IntRange(0, 300).Draw(t, "for that age")}}
		}
		if some("cap") {
			s.SharedCap = &SharedCap{ID: "cap", TotalCents: rapid.IntRange(0, 500).Draw(t, "total"), WithSchemes: []string{id("with"), id("and with")}}
		}
		if some("exclusive") {
			s.ExclusiveWith = append(s.ExclusiveWith, id("not with"))
		}
		if some("not covered") {
			s.NotCovers = drawKinds(t, "not covers")
		}
		s.Application.BeforeStart = s.Application.BeforeStart || some("before start")
		s.Application.Retroactive = some("retroactive")
		schemes[i] = s
	}
	return schemes
}

// drawOfferOf changes what hangs on the activity.
func drawOfferOf(t *rapid.T, c billCase) billCase {
	fresh := drawCase(t)
	c.Lines, c.Reduced, c.Recognised = fresh.Lines, fresh.Reduced, fresh.Recognised
	c.Start = c.On.AddDays(rapid.SampledFrom([]int{-10, 0, 7, 21, 28, 28, 28, 45, 60}).Draw(t, "days to the start"))
	if rapid.IntRange(0, 9).Draw(t, "no start") == 0 {
		c.Start = civil.Date{}
	}
	c.Category = rapid.SampledFrom([]string{"sport", "sport", "cultuur", "zwemles", ""}).Draw(t, "domain")
	c.Activity = rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "offer")
	if len(c.Reduced) > 0 {
		c.Reduced = append(c.Reduced, ReducedLine{When: "pass", Kind: drawKind.Draw(t, "kind for the pass"), Cents: rapid.IntRange(0, 100).Draw(t, "with pass"),
			Per: rapid.SampledFrom([]string{"time", "month", "once"}).Draw(t, "per")})
	}
	return c
}

func TestFiguresWhatPaysAndCostAreWhatTheRulesSayStepByStep(t *testing.T) {
	const households, offers = 4, 60
	seen := map[string]int{}
	for range households {
		rapid.Check(t, func(t *rapid.T) {
			c, schemes := drawCase(t), drawTangle(t)
			c.Residence = rapid.SampledFrom([]string{"GM0599", "GM0599", "GM0502", ""}).Draw(t, "home")
			c.Signals = rapid.SampledFrom([][]string{nil, {"low_yes"}, {"low_yes", "pass_yes"}, {"pass_yes"}, {"unknown"}, {"low_no"}}).Draw(t, "signals")
			if rapid.IntRange(0, 9).Draw(t, "no birthday") == 0 {
				c.Born = civil.Date{}
			}
			if len(c.Used) > 0 && rapid.Bool().Draw(t, "used what was granted") {
				c.Approved = append(c.Approved, Approval{Scheme: c.Used[0].Scheme, Activity: "A", Cents: rapid.IntRange(0, 300).Draw(t, "granted")})
			}
			f := NewRules(schemes).Family(household(c))
			for range offers {
				c = drawOfferOf(t, c)
				o, want := offerOf(c), plainCost(c, schemes)
				agree(t, f, o, want)
				if f.PaysListPrice(len(c.Reduced) > 0) && want.NetCents != want.GrossCents {
					t.Fatalf("sure to pay %d, and it is %d", want.GrossCents, want.NetCents)
				}
				count(seen, want)
			}
		})
	}
	for _, what := range []string{"verwacht", "mogelijk", "bevestigd", "reduced", "early", whySaidNo, whyExclusive, whySpent, whyEnded, whyNotYet, whyStarted, whyUnverified, whyIncome, whyUnrecognised, whyUnknown} {
		if seen[what] < 20 {
			t.Errorf("%q came up %d times: the cases are too tame", what, seen[what])
		}
	}
}

// agree compares the three answers of a family with the plain one.
func agree(t *rapid.T, f *Family, o *Offer, want Cost) {
	figures, cost := f.Figures(o), f.Cost(o)
	same, paying := f.Paying(o, nil)
	if len(cost.Parts) == 0 && len(want.Parts) == 0 {
		cost.Parts, want.Parts = nil, nil
	}
	if !reflect.DeepEqual(cost, want) {
		t.Fatalf("cost\n%+v, want\n%+v", cost, want)
	}
	expected := 0
	var parts []Part
	for _, p := range want.Parts {
		if p.Certainty == Expected {
			expected += p.Cents
		}
		if p.Cents > 0 {
			parts = append(parts, p)
		}
	}
	if wanted := (Figures{GrossCents: want.GrossCents, NetCents: want.NetCents, ExpectedCents: expected}); figures != wanted || same != wanted {
		t.Fatalf("figures\n%+v, with what pays\n%+v, want\n%+v of\n%+v", figures, same, wanted, want)
	}
	want.Parts, want.ReducedUsed = parts, nil
	if !reflect.DeepEqual(paying, want) {
		t.Fatalf("paying\n%+v, want\n%+v", paying, want)
	}
}

// count keeps what came up, to know that the cases are worth something.
func count(seen map[string]int, c Cost) {
	for _, p := range c.Parts {
		seen[p.Why]++
		if p.Cents > 0 {
			seen[string(p.Certainty)]++
		}
	}
	if len(c.ReducedUsed) > 0 {
		seen["reduced"]++
	}
	if c.BeforeStartCents > 0 && c.BeforeStartCents < c.GrossCents {
		seen["early"]++
	}
}

func TestFiguresAndWhatPaysDoNotAllocate(t *testing.T) {
	c := basketball()
	f, o := prepared(c, NewRules(verified()))
	other := *o
	other.Start++
	parts := make([]Part, 0, 8)
	if n := testing.AllocsPerRun(100, func() { f.Figures(o); f.Figures(&other); f.Paying(o, parts) }); n != 0 {
		t.Errorf("%g allocations a call", n)
	}
}

func TestAFamilyGivesTheSameForAnActivityWhateverItSawBefore(t *testing.T) {
	c := basketball()
	f, o := prepared(c, NewRules(verified()))
	first := f.Figures(o)
	for i := range 40 {
		other := *o
		other.Start += Day(i * 11)
		f.Figures(&other)
	}
	if again := f.Figures(o); !reflect.DeepEqual(first, again) {
		t.Errorf("first %+v, then %+v", first, again)
	}
}

func TestNothingToPayGivesNoFigures(t *testing.T) {
	f, o := prepared(basketball(), NewRules(verified()))
	for _, free := range []Tariff{{}, NewTariff(nil, nil), NewTariff([]Line{{Kind: "kamp", Cents: 900, Per: "once"}}, nil)} {
		o.Tariff = free
		if got := f.Figures(o); !reflect.DeepEqual(got, Figures{}) {
			t.Errorf("got %+v", got)
		}
		if got := f.Cost(o); got.GrossCents != 0 || got.NetCents != 0 {
			t.Errorf("got %+v", got)
		}
	}
	monthly := NewTariff([]Line{{Kind: "lesgeld", Cents: 100, Per: "month", Required: true}}, nil)
	if got := monthly.GrossCents(); got != 1200 {
		t.Errorf("twelve months of 1.00 is %d", got)
	}
}
