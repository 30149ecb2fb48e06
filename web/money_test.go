package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// priced is an item of 345 euro a year of which schemes cover the rest.
func priced(net, maybe int, certainty regeling.Certainty) matcher.Item {
	return matcher.Item{Cost: matcher.Cost{GrossCents: 34500, NetCents: net, MaybeCents: maybe, Schemes: []matcher.Scheme{{ID: "fonds", Certainty: certainty, Cents: 34500 - net}}},
		Tasks: []matcher.Task{{Barrier: "kosten", Effect: matcher.Lifts}}}
}

func TestAFundThatWasNotAskedYetIsHelpAndNotGreen(t *testing.T) {
	affordable := priced(34500, 34500, regeling.None)
	affordable.Tasks = nil
	arranged := priced(34500, 34500, regeling.None)
	arranged.Tasks[0].Done = true
	unsure := priced(34500, 34500, regeling.None)
	unsure.Tasks, unsure.Blockers = nil, []matcher.Blocker{{Barrier: "kosten", State: questionnaire.BarrierUnknown}}
	for name, c := range map[string]struct {
		it   matcher.Item
		said bool
		want string
	}{
		"gratis":                       {matcher.Item{}, true, "ok gratis"},
		"prijs niet gezegd":            {matcher.Item{}, false, "note let op wat het kost"},
		"fonds zei ja":                 {priced(0, 0, regeling.Confirmed), true, "ok gratis, het fonds betaalt"},
		"fonds verwacht, niets over":   {priced(0, 0, regeling.Expected), true, "help hulp fonds aanvragen, dan waarschijnlijk gratis"},
		"fonds verwacht, iets over":    {priced(1500, 1500, regeling.Expected), true, "help hulp fonds aanvragen, dan waarschijnlijk goedkoper"},
		"fonds misschien":              {priced(34500, 1500, regeling.Possible), true, "help hulp misschien helpt een fonds"},
		"geen fonds":                   {priced(34500, 34500, regeling.None), true, "help hulp geld, dat zoeken wij uit"},
		"past bij wat het gezin kan":   {affordable, true, "ok betaalbaar"},
		"geregeld":                     {arranged, true, "ok geregeld geld"},
		"niet bekend of het gezin kan": {unsure, true, "help hulp geld, dat zoeken wij uit"},
	} {
		got := moneyChip(c.it, c.said)
		if text := strings.Join(strings.Fields(got.Kind+" "+got.Word+" "+got.Text), " "); !strings.HasPrefix(text, c.want) {
			t.Errorf("%s: %q, verwacht %q", name, text, c.want)
		}
	}
}

func TestTheSMWSeesAtMostThreeFiguresAndNeverASureZeroBeforeApproval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gross := rapid.IntRange(0, 100000).Draw(t, "gross")
		net := rapid.IntRange(0, gross).Draw(t, "net")
		maybe := rapid.IntRange(0, net).Draw(t, "maybe")
		certainty := rapid.SampledFrom([]regeling.Certainty{regeling.Confirmed, regeling.Expected}).Draw(t, "certainty")
		it := matcher.Item{Cost: matcher.Cost{GrossCents: gross, NetCents: net, MaybeCents: maybe, Schemes: []matcher.Scheme{{Certainty: certainty, Cents: gross - net}}}}
		figures := card{Item: it, Activity: catalog.Activity{Costs: []catalog.Cost{}}}.Money()
		if (len(figures) == 0) != (gross == 0) || len(figures) > 3 {
			t.Fatalf("%d bedragen", len(figures))
		}
		for _, f := range figures {
			if gross > 0 && f.Text == "€ 0" && certainty == regeling.Expected && f.Note == "" {
				t.Fatalf("nul euro zonder voorbehoud: %+v", figures)
			}
		}
		if (len(figures) == 3) != (maybe < net) {
			t.Fatalf("misschien minder: %+v", figures)
		}
	})
}
