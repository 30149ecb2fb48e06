package regeling

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

var drawKind = rapid.SampledFrom([]string{"contributie", "lesgeld", "tenue", "sporthulpmiddel"})

func drawKinds(t *rapid.T, label string) []string {
	return rapid.SliceOfNDistinct(drawKind, 1, 3, rapid.ID).Draw(t, label)
}

// drawScheme gives a scheme with rules that bite now and then. A scheme is exclusive or shares a cap, never both.
func drawScheme(t *rapid.T, i int) Scheme {
	id := "s" + strconv.Itoa(i)
	s := Scheme{ID: id, Name: id, Kind: "fund", Residence: []string{"*"}, AgeMax: rapid.SampledFrom([]int{5, 17}).Draw(t, "age_max"),
		AgeReference: rapid.SampledFrom(ageReferences).Draw(t, "age_reference"), Categories: []string{rapid.SampledFrom([]string{"*", "sport", "cultuur"}).Draw(t, "category")},
		Covers: drawKinds(t, "covers"), LastResort: rapid.Bool().Draw(t, "last_resort"), Verified: rapid.IntRange(0, 4).Draw(t, "verified") > 0,
		PaysTo: rapid.SampledFrom(payees).Draw(t, "pays_to"), ProviderRequirement: rapid.SampledFrom([]string{"", "erkend"}).Draw(t, "requirement")}
	if rapid.Bool().Draw(t, "has_max") {
		most := rapid.IntRange(0, 400).Draw(t, "max")
		s.MaxCents = &most
	}
	if rapid.Bool().Draw(t, "has_income") {
		level := rapid.SampledFrom([]Certainty{Expected, Possible, None})
		s.Income = &Income{Accepts: map[string]Certainty{"low_yes": level.Draw(t, "low_yes"), "unknown": level.Draw(t, "unknown")}}
	}
	switch rapid.IntRange(0, 3).Draw(t, "special") {
	case 0:
		if i < 3 {
			s.ExclusiveWith = []string{"s" + strconv.Itoa(rapid.IntRange(0, 2).Draw(t, "exclusive"))}
		} else {
			s.SharedCap = &SharedCap{ID: "c", TotalCents: rapid.IntRange(0, 300).Draw(t, "cap"), WithSchemes: []string{"s" + strconv.Itoa(rapid.IntRange(3, 5).Draw(t, "with")), id}}
		}
	case 1:
		own := rapid.IntRange(0, 50).Draw(t, "own")
		s.Share, s.OwnShareMaxCents = rapid.Float64Range(0.01, 1).Draw(t, "share"), &own
	case 2:
		s.Application = Application{BeforeStart: true, DecisionDays: []int{1, rapid.IntRange(1, 60).Draw(t, "days")}}
	}
	return s
}

func drawSchemes(t *rapid.T) []Scheme {
	schemes := make([]Scheme, rapid.IntRange(0, 6).Draw(t, "schemes"))
	for i := range schemes {
		schemes[i] = drawScheme(t, i)
	}
	return schemes
}

func drawCase(t *rapid.T) billCase {
	c := billCase{Residence: "GM0599", Born: civil.Date{Year: rapid.IntRange(2007, 2021).Draw(t, "born"), Month: 6, Day: 1}, On: day(2025, 9, 1), Category: "sport", Activity: "A",
		Recognised: rapid.SampledFrom([]string{"ja", "nee", "onbekend"}).Draw(t, "recognised"), Signals: rapid.SampledFrom([][]string{nil, {"low_yes"}, {"unknown"}, {"low_no"}}).Draw(t, "signals")}
	c.Start = c.On.AddDays(rapid.IntRange(0, 90).Draw(t, "start"))
	for range rapid.IntRange(0, 4).Draw(t, "lines") {
		c.Lines = append(c.Lines, Line{Kind: drawKind.Draw(t, "kind"), Cents: rapid.IntRange(0, 300).Draw(t, "cents"), Times: rapid.IntRange(0, 3).Draw(t, "times"),
			Per: rapid.SampledFrom([]string{"once", "year", "season", "quarter", "month", "time"}).Draw(t, "per"), Required: rapid.IntRange(0, 3).Draw(t, "required") > 0})
	}
	if rapid.Bool().Draw(t, "reduced") {
		c.Reduced = []ReducedLine{{When: "low_income", Kind: drawKind.Draw(t, "reduced kind"), Cents: rapid.IntRange(0, 300).Draw(t, "reduced cents"), Per: "once"}}
	}
	for range rapid.IntRange(0, 2).Draw(t, "used") {
		c.Used = append(c.Used, Used{Scheme: "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, "used scheme")), Cents: rapid.IntRange(1, 300).Draw(t, "used cents")})
	}
	if rapid.Bool().Draw(t, "approved") {
		c.Approved = []Approval{{Scheme: "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, "approved scheme")), Activity: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "activity"), Cents: rapid.IntRange(0, 300).Draw(t, "approved cents")}}
	}
	for range rapid.IntRange(0, 2).Draw(t, "refused") {
		c.Refused = append(c.Refused, Refusal{Scheme: "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, "refusing scheme")), Activity: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "refused activity")})
	}
	return c
}

func TestNetNeverExceedsThePriceAndMaybeNeverExceedsNet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		got := compute(c, schemes)
		if got.MaybeCents < 0 || got.MaybeCents > got.NetCents || got.NetCents > got.GrossCents || got.BeforeStartCents < 0 || got.BeforeStartCents > got.GrossCents {
			t.Fatalf("out of order: %+v", got)
		}
		reduced := compute(c, nil).NetCents
		for _, p := range got.Parts {
			if p.Cents < 0 || p.Certainty == None && (p.Cents != 0 || p.Why == "") {
				t.Fatalf("part %+v", p)
			}
			reduced -= p.Cents
		}
		if reduced != got.MaybeCents {
			t.Fatalf("the parts do not add up: rest %d, maybe %d", reduced, got.MaybeCents)
		}
	})
}

func TestTheOrderOfSchemesInTheFileDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		shuffled := rapid.Permutation(schemes).Draw(t, "order")
		if a, b := compute(c, schemes), compute(c, shuffled); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

func TestMoreMoneyUsedNeverLowersWhatAFamilyPays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		if len(c.Used) == 0 {
			t.Skip("nothing used")
		}
		before := compute(c, schemes)
		c.Used = slices.Clone(c.Used)
		c.Used[0].Cents += rapid.IntRange(1, 400).Draw(t, "more")
		if after := compute(c, schemes); after.NetCents < before.NetCents {
			t.Fatalf("net went from %d to %d", before.NetCents, after.NetCents)
		}
	})
}

func TestAFundThatSaidNoGivesNothingForThatActivityAndPromisesNothingForAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		no := Refusal{Scheme: "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, "says no")), Activity: "A"}
		c.Refused = append(c.Refused, no)
		for _, c.Activity = range []string{"A", "C"} {
			for _, p := range compute(c, schemes).Parts {
				if p.Scheme == no.Scheme && (p.Certainty == Expected || c.Activity == "A" && p.Certainty == Possible) {
					t.Fatalf("said no and is %+v for %s", p, c.Activity)
				}
			}
		}
	})
}

func TestWhatAFamilyProbablyPaysIsTheSameWhicheverActivityTheFundRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		no, before := Refusal{Scheme: "s" + strconv.Itoa(rapid.IntRange(0, 6).Draw(t, "says no"))}, c.Refused
		var net []int // a search may look at prices without knowing whose they are
		for _, no.Activity = range []string{"A", "B"} {
			c.Refused = append(slices.Clone(before), no)
			net = append(net, compute(c, schemes).NetCents)
		}
		if net[0] != net[1] {
			t.Fatalf("refused for this %d, for another %d", net[0], net[1])
		}
	})
}

func TestRaisingAPriceNeverLowersWhatAFamilyPays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, schemes := drawCase(t), drawSchemes(t)
		if len(c.Lines) == 0 {
			t.Skip("no lines")
		}
		before := compute(c, schemes)
		c.Lines = slices.Clone(c.Lines)
		c.Lines[rapid.IntRange(0, len(c.Lines)-1).Draw(t, "line")].Cents += rapid.IntRange(1, 400).Draw(t, "more")
		if after := compute(c, schemes); after.NetCents < before.NetCents {
			t.Fatalf("net went from %d to %d", before.NetCents, after.NetCents)
		}
	})
}

func TestAbsurdAmountsStayBetweenZeroAndThePrice(t *testing.T) {
	c := basketball()
	for i, cents := range []int{math.MaxInt, math.MinInt, -1, 1 << 40} {
		c.Lines[i].Cents, c.Lines[i].Per, c.Lines[i].Times = cents, "time", math.MaxInt
	}
	c.Used, c.Approved = []Used{{"jfsc-rtm-sport", math.MinInt}}, []Approval{{"mir-rtm-tenue", "A1", math.MaxInt}}
	c.Reduced = []ReducedLine{{When: "low_income", Kind: "tenue", Cents: math.MinInt, Per: "month"}}
	if got := compute(c, verified()); got.MaybeCents < 0 || got.MaybeCents > got.NetCents || got.NetCents > got.GrossCents {
		t.Errorf("got %+v", got)
	}
	if got := compute(billCase{}, verified()); got.GrossCents != 0 || got.NetCents != 0 || !got.ApplyBy.IsZero() {
		t.Errorf("an empty case costs nothing: %+v", got)
	}
}
