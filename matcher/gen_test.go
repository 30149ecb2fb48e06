package matcher_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// Random families and random catalogues: every test of a promise draws from these.

var (
	searchDay = civil.Date{Year: 2025, Month: time.September, Day: 8}
	homePoint = geo.Point{Lat: 51.89, Lon: 4.50}
	tris      = []catalog.Tri{"", catalog.Yes, catalog.No, catalog.Unknown}
)

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// choice draws some options of an item, at most its maximum; "weet_niet" only alone.
func choice(t *rapid.T, v questionnaire.Variant, id string) (json.RawMessage, bool) {
	item, _ := questionnaire.Default().Item(id)
	if !rapid.Bool().Draw(t, id+" asked") {
		return nil, false
	}
	var ids []string
	for _, o := range item.OptionsFor(v) {
		if !o.DontKnow && !o.Exclusive {
			ids = append(ids, o.ID)
		}
	}
	most := item.Max
	if most == 0 || most > len(ids) {
		most = len(ids)
	}
	switch item.Type {
	case "single":
		return raw(rapid.SampledFrom(ids).Draw(t, id)), true
	case "grid3":
		grid := map[string]string{}
		for _, o := range ids {
			if rapid.Bool().Draw(t, id+o+"?") {
				grid[o] = rapid.SampledFrom([]string{"leuk", "leuk", "beetje", "niet", "weet_niet"}).Draw(t, id+o)
			}
		}
		return raw(grid), true
	case "single_plus":
		return raw(map[string]any{"id": rapid.SampledFrom(ids).Draw(t, id), "minutes": rapid.SampledFrom(item.Minutes).Draw(t, id+"minutes")}), true
	}
	picked := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, most, rapid.ID[string]).Draw(t, id)
	return raw(picked), true
}

func times(t *rapid.T, id string) json.RawMessage {
	grid := map[string]map[string]string{}
	for _, day := range questionnaire.Days {
		grid[day] = map[string]string{}
		for _, part := range []string{"ochtend", "middag", "vooravond", "avond"} {
			if v := rapid.SampledFrom([]string{"", "", "kan", "kan", "kan_niet", "weet_niet"}).Draw(t, id+day+part); v != "" {
				grid[day][part] = v
			}
		}
	}
	return raw(grid)
}

func drawNeed(t *rapid.T) kindinkaart.Need {
	v := questionnaire.VariantB
	n := kindinkaart.Need{
		Format: "kindinkaart-need/1", On: searchDay, Residence: "GM0599", Variant: v, Consents: []string{"toegankelijkheid"},
		Born: kindinkaart.Born{Year: rapid.IntRange(2013, 2017).Draw(t, "year"), Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month"))},
		Home: &kindinkaart.Place{Lat: homePoint.Lat, Lon: homePoint.Lon}, Answers: questionnaire.Answers{}, Parent: questionnaire.Answers{},
	}
	for _, id := range []string{"T1", "T2", "W1", "W2", "W4", "W6", "F1", "F4", "F5", "V1", "G2", "G3", "G4", "S2"} {
		if a, ok := choice(t, v, id); ok {
			n.Answers[id] = a
		}
	}
	if n.Answers["W1"] == nil {
		n.Answers["W1"] = raw(map[string]string{"voetbal": "leuk", "basketbal": "leuk", "koken": "beetje", "dansen": "leuk"})
	}
	n.Answers["W3"] = raw([]string{"basketbal"})
	n.Answers["V1"] = raw("groepje")
	for _, id := range []string{"P1", "P3", "P5", "P6", "P7", "P8", "P9"} {
		if a, ok := choice(t, questionnaire.VariantP, id); ok {
			n.Parent[id] = a
		}
	}
	if rapid.Bool().Draw(t, "two homes") {
		n.SecondHome = &kindinkaart.Place{Lat: homePoint.Lat + 0.02, Lon: homePoint.Lon - 0.03} // across the river
	}
	if rapid.Bool().Draw(t, "P11 asked") {
		n.Parent["P11"] = raw([]string{"samen_kind"})
	}
	if rapid.Bool().Draw(t, "P4 asked") {
		n.Parent["P4"] = times(t, "P4")
	}
	if rapid.Bool().Draw(t, "F3 asked") {
		n.Answers["F3"] = times(t, "F3")
	}
	return n
}

var someTags = []string{"voetbal", "basketbal", "koken_bakken", "streetdance", "ballet_dans", "zwemmen", "judo", "programmeren", "theater", "dieren", "scouting", "tekenen_schilderen"}

var somePartners = []catalog.Partner{
	{ID: "p-ok", Name: "De Sprong", Kind: "sportclub", RecognisedByFund: catalog.Yes, Safety: catalog.Safety{VOG: catalog.Yes, Confidant: catalog.Yes, DeclaredOn: civil.Date{Year: 2025, Month: 6, Day: 1}}},
	{ID: "p-new", Name: "Nieuw Begin", Kind: "overig"},
}

func intp(n int) *int { return &n }

func drawActivity(t *rapid.T, i int) catalog.Activity {
	label := func(s string) string { return fmt.Sprintf("a%d %s", i, s) }
	tri := func(s string) catalog.Tri { return rapid.SampledFrom(tris).Draw(t, label(s)) }
	lo := rapid.IntRange(6, 11).Draw(t, label("age_min"))
	a := catalog.Activity{
		ID: fmt.Sprintf("A%02d", i), Title: "Activiteit", Partner: rapid.SampledFrom([]string{"p-ok", "p-ok", "p-ok", "p-new"}).Draw(t, label("partner")),
		Domain: rapid.SampledFrom([]string{"sport", "cultuur", "zorg"}).Draw(t, label("domain")), Audience: "child", State: catalog.Published,
		Tags:   rapid.SliceOfNDistinct(rapid.SampledFrom(someTags), 1, 2, rapid.ID[string]).Draw(t, label("tags")),
		AgeMin: intp(lo), AgeMax: intp(lo + rapid.IntRange(1, 4).Draw(t, label("age_max"))),
		ValidFrom: searchDay.AddDays(-30), ConfirmedOn: searchDay.AddDays(-rapid.IntRange(0, 400).Draw(t, label("confirmed"))),
		Setting: rapid.SampledFrom([]string{"", "indoor", "outdoor"}).Draw(t, label("setting")), LendsKit: tri("kit"), Siblings: tri("siblings"),
		Access: catalog.Access{StepFree: tri("step"), LowStimulus: tri("stim"), ExtraSupport: tri("support")}, AtSchool: tri("school"),
		Conditions: catalog.Conditions{SwimMin: rapid.SampledFrom([]string{"", "", "A", "ABC"}).Draw(t, label("swim"))},
		Group:      rapid.SampledFrom([]string{"", "mixed", "girls"}).Draw(t, label("group")),
	}
	if a.ConfirmedOn.Before(a.ValidFrom) {
		a.ValidFrom = a.ConfirmedOn
	}
	if rapid.IntRange(0, 4).Draw(t, label("together")) == 0 {
		a.Audience, a.Tags = "family", append(slices.Clone(a.Tags), "ouder_kind")
	}
	if rapid.IntRange(0, 3).Draw(t, label("organisers")) == 0 {
		a.Partners, a.Partner = []string{a.Partner, "p-ok"}, ""
	}
	cents := rapid.SampledFrom([]int{-1, 0, 200, 6000, 26500}).Draw(t, label("cents"))
	if cents == 0 {
		a.Costs = []catalog.Cost{}
	}
	if cents > 0 {
		a.Costs = append(a.Costs, catalog.Cost{Kind: "contributie", Cents: cents, Per: "year"})
		if rapid.Bool().Draw(t, label("kit line")) {
			a.Costs = append(a.Costs, catalog.Cost{Kind: "tenue", Cents: 3500, Per: "once"})
		}
		if rapid.Bool().Draw(t, label("joining fee")) {
			a.Costs = append(a.Costs, catalog.Cost{Kind: "inschrijfgeld", Cents: 1500, Per: "once"})
		}
		if rapid.Bool().Draw(t, label("reduced")) {
			a.Reduced = []catalog.Reduced{{When: "low_income", Kind: "contributie", Cents: cents / 2, Per: "year"}}
		}
	}
	for k := range rapid.IntRange(1, 2).Draw(t, label("slots")) {
		a.Slots = append(a.Slots, drawSlot(t, fmt.Sprintf("%s-%d", a.ID, k)))
	}
	return a
}

func drawSlot(t *rapid.T, id string) catalog.Slot {
	start := catalog.Clock(rapid.IntRange(9, 20).Draw(t, id+" start")*60 + rapid.SampledFrom([]int{0, 15, 30}).Draw(t, id+" min"))
	s := catalog.Slot{
		ID: id, Weekday: rapid.SampledFrom(questionnaire.Days).Draw(t, id+" day"), Start: start, End: start + 60,
		Pickup: rapid.SampledFrom([]catalog.Tri{"", "", catalog.Yes}).Draw(t, id+" pickup"),
		Location: catalog.Location{
			Lat: homePoint.Lat + rapid.Float64Range(-0.025, 0.025).Draw(t, id+" lat"), Lon: homePoint.Lon + rapid.Float64Range(-0.04, 0.04).Draw(t, id+" lon"),
		},
	}
	if rapid.Bool().Draw(t, id+" capacity") {
		s.Capacity, s.Enrolled = intp(10), rapid.SampledFrom([]int{3, 10}).Draw(t, id+" enrolled")
		s.Waitlist.Open = rapid.Bool().Draw(t, id+" waitlist")
	}
	return s
}

func drawActivities(t *rapid.T) []catalog.Activity {
	n := rapid.IntRange(1, 24).Draw(t, "activities")
	list := make([]catalog.Activity, 0, n)
	for i := range n {
		list = append(list, drawActivity(t, i))
	}
	return list
}
