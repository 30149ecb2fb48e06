package matcher_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// easyNeed is a family for which nothing stands in the way and nothing is unknown.
func easyNeed() kindinkaart.Need {
	return kindinkaart.Need{
		Format: "kindinkaart-need/1", On: searchDay, Residence: "GM0599", Variant: questionnaire.VariantB, Consents: []string{"toegankelijkheid"},
		Born: kindinkaart.Born{Year: 2015, Month: time.April}, Home: &kindinkaart.Place{Lat: homePoint.Lat, Lon: homePoint.Lon},
		Answers: questionnaire.Answers{
			"W1": raw(map[string]string{"basketbal": "leuk"}), "W2": raw([]string{"basketbal"}), "W3": raw([]string{"basketbal"}), "T1": raw([]string{"t_bal"}),
			"V1": raw("team"), "G2": raw("heel_leuk"), "G4": raw("abc"), "F3": raw(always("kan")), "W6": raw([]string{"niks"}), "G3": raw([]string{"nee"}),
		},
		Parent: questionnaire.Answers{
			"P3": raw([]string{"niets"}), "P4": raw(always("kan")), "P5": raw(map[string]any{"id": "fiets", "minutes": 15}), "P6": raw("nee"),
			"P7": raw("40"), "P8": raw([]string{"nee"}), "P10": raw("nl"), "P11": raw([]string{"opvoeden"}),
		},
	}
}

// easyOffer is an activity that asks for nothing, 800 m away on Wednesday evening.
func easyOffer() catalog.Activity {
	return catalog.Activity{
		ID: "A", Title: "Basketbal", Partner: "p-ok", Domain: "sport", Tags: []string{"basketbal"}, Audience: "child", AgeMin: intp(8), AgeMax: intp(12),
		State: catalog.Published, ValidFrom: searchDay.AddDays(-10), ValidTo: searchDay.AddDays(300), ConfirmedOn: searchDay.AddDays(-10), Costs: []catalog.Cost{},
		Registration: catalog.Registration{Via: []string{"telefoon"}}, Access: catalog.Access{StepFree: catalog.Yes},
		Slots: []catalog.Slot{{ID: "A-wo", Weekday: "wo", Start: 18*60 + 30, End: 19*60 + 30, Location: catalog.Location{Lat: homePoint.Lat + 0.0072, Lon: homePoint.Lon}}},
	}
}

type (
	changeNeed  = func(*kindinkaart.Need)
	changeOffer = func(*catalog.Activity)
)

func ticked(options ...string) changeNeed { return parent("P3", options) }

func both(changes ...changeNeed) changeNeed {
	return func(n *kindinkaart.Need) {
		for _, change := range changes {
			change(n)
		}
	}
}

func price(kind string, cents int) changeOffer {
	return func(a *catalog.Activity) {
		a.Costs = append(a.Costs, catalog.Cost{Kind: kind, Cents: cents, Per: "year"})
	}
}

func far(a *catalog.Activity, metresNorth float64) {
	a.Slots[0].Location.Lat = homePoint.Lat + metresNorth/111_195
}

func forParents(a *catalog.Activity) {
	a.Audience, a.Domain, a.Tags, a.AgeMin, a.AgeMax = "parent", "cjg", []string{"opvoedcursus"}, nil, nil
}

// barrierCase is one row of the table of DOMAIN 5: a family, an offer and what must come of it. tasks are "remedy effect".
type barrierCase struct {
	code, says string
	need       changeNeed
	offer      changeOffer
	group      matcher.Group
	state      questionnaire.BarrierState // "" = does not stand in the way
	hard       bool
	tasks      string
}

const (
	zo   = matcher.KanZo
	hulp = matcher.KanMetHulp
	niet = matcher.KanNuNiet
	asks = "navragen lifts_unknown"
)

var barrierCases = []barrierCase{
	{"kosten", "above the budget without a fund", parent("P7", "0"), price("contributie", 6000), hulp, "yes", true, "kansentarief lifts"},
	{"kosten", "above the budget with an expected fund", both(parent("P7", "0"), parent("P8", []string{"uitkering"})), price("contributie", 26500), hulp, "yes", false, "fonds lifts"},
	{"kosten", "within the budget", nil, price("contributie", 26500), zo, "", false, ""},
	{"kosten", "what the family can pay is not known", both(dropParent("P7"), dropParent("P3")), price("contributie", 26500), hulp, "unknown", false, asks},
	{"kosten", "the price is not known", nil, func(a *catalog.Activity) { a.Costs = nil }, hulp, "unknown", false, asks},
	{"spullen", "compulsory before the first time", ticked("spullen"), price("tenue", 3500), hulp, "yes", true, "tegoed lifts, uitleen lifts"},
	{"spullen", "after free trials", ticked("spullen"), func(a *catalog.Activity) { price("tenue", 3500)(a); a.Trial.FreeLessons = 2 }, hulp, "yes", false, "tegoed lifts, uitleen lifts"},
	{"spullen", "lent by the club", ticked("spullen"), func(a *catalog.Activity) { price("tenue", 3500)(a); a.LendsKit = catalog.Yes }, zo, "", false, ""},
	{"brengen_avond", "nobody can bring and the child may not go alone", parent("P4", always("kan_niet")), nil, hulp, "yes", true, "ander_tijdstip redirects, buddy lifts, na_school redirects"},
	{"brengen_avond", "the child may go alone", both(parent("P4", always("kan_niet")), parent("P6", "fiets_kort")), nil, zo, "", false, ""},
	{"brengen_avond", "not known who can bring", dropParent("P4"), nil, hulp, "unknown", false, asks},
	{"brengen_overdag", "nobody can bring in the afternoon", parent("P4", always("kan_niet")), at(15*60, 16*60), hulp, "yes", true, "na_school redirects, weekend redirects, buddy lifts"},
	{"brengen_overdag", "somebody can", nil, at(15*60, 16*60), zo, "", false, ""},
	{"brengen_overdag", "ticked, and no word on this day", both(ticked("overdag"), dropParent("P4")), at(15*60, 16*60), hulp, "yes", true, "na_school redirects, weekend redirects, buddy lifts"},
	{"niet_alleen", "too far alone and nobody is there", parent("P4", always("kan_niet")), nil, hulp, "yes", true, "buddy lifts, samen_gaan lifts, oefenen lifts, na_school redirects"},
	{"niet_alleen", "the provider collects", parent("P4", always("kan_niet")), pickup, zo, "", false, ""},
	{"niet_alleen", "not known whether it may", both(parent("P4", always("kan_niet")), dropParent("P6")), nil, hulp, "unknown", false, asks},
	{"afstand", "up to one and a half times the minutes", nil, func(a *catalog.Activity) { far(a, 2800) }, hulp, "yes", false, "dichterbij redirects"},
	{"afstand", "beyond that", nil, func(a *catalog.Activity) { far(a, 4000) }, niet, "yes", true, "dichterbij redirects"},
	{"afstand", "beyond that, for a child that travels alone", parent("P6", "ov"), func(a *catalog.Activity) { far(a, 9000) }, niet, "yes", true, "dichterbij redirects, ov_kaart supports"},
	{"afstand", "within the minutes, although ticked", ticked("ver"), nil, zo, "", false, ""},
	{"afstand", "the place is not known", nil, func(a *catalog.Activity) { a.Slots[0].Location = catalog.Location{} }, hulp, "unknown", false, asks},
	{"thuis_ritme", "ticked", ticked("ritme"), nil, hulp, "yes", false, "dagplan lifts, dagplan_herinnering supports, later_beginnen redirects"},
	{"thuis_ritme", "not ticked", ticked("ver"), nil, zo, "", false, ""},
	{"oppas", "a child's activity", ticked("oppas"), nil, hulp, "yes", false, "oppas_aanwezig redirects, samen lifts"},
	{"oppas", "a parents' activity without childcare", ticked("oppas"), func(a *catalog.Activity) { forParents(a); a.Siblings = catalog.No }, niet, "yes", true, "oppas_aanwezig redirects"},
	{"oppas", "with childcare", ticked("oppas"), func(a *catalog.Activity) { forParents(a); a.Childcare = catalog.Yes }, zo, "", false, ""},
	{"formulieren", "only by form", ticked("formulier"), func(a *catalog.Activity) { a.Registration.Via = []string{"formulier"} }, hulp, "yes", false, "samen_aanmelden lifts"},
	{"formulieren", "by telephone", ticked("formulier"), nil, zo, "", false, ""},
	{"taal", "a child's activity", both(ticked("taal"), parent("P10", "tr")), nil, hulp, "yes", false, "tolk lifts, eigen_taal redirects"},
	{"taal", "a child's activity, not ticked", parent("P10", "tr"), nil, zo, "", false, ""},
	{"taal", "a talk group without a shared language", parent("P10", "tr"), forParents, hulp, "yes", true, "tolk lifts, eigen_taal redirects"},
	{"taal", "a talk group with an interpreter", parent("P10", "tr"), func(a *catalog.Activity) { forParents(a); a.Interpreter = catalog.Yes }, zo, "", false, ""},
	{"taal", "a talk group in the own language", parent("P10", "tr"), func(a *catalog.Activity) { forParents(a); a.Languages = []string{"tr"} }, zo, "", false, ""},
	{"weg_niet_weten", "ticked", ticked("weg_niet"), nil, hulp, "yes", false, "kaartje lifts, smw_belt lifts, meegaan lifts"},
	{"weg_niet_weten", "not ticked", ticked("ver"), nil, zo, "", false, ""},
	{"spannend", "named by the child", child("W6", []string{"niemand_kennen"}), nil, hulp, "yes", false, "kennismaken supports, samen_gaan lifts"},
	{"spannend", "not named", nil, nil, zo, "", false, ""},
	{"fysiek_toegankelijk", "a gym with steps", child("G3", []string{"rolstoel"}), stepFree(catalog.No), niet, "yes", true, "aangepast redirects, hulpmiddel supports, vervoer supports"},
	{"fysiek_toegankelijk", "an adapted group in a gym with steps", child("G3", []string{"rolstoel"}), func(a *catalog.Activity) { a.Access = catalog.Access{StepFree: catalog.No, Adapted: catalog.Yes} }, niet, "yes", true, "aangepast redirects, hulpmiddel supports, vervoer supports"},
	{"fysiek_toegankelijk", "not known", child("G3", []string{"lopen"}), stepFree(""), hulp, "unknown", false, asks},
	{"fysiek_toegankelijk", "step free", child("G3", []string{"rolstoel"}), nil, zo, "", false, ""},
	{"fysiek_toegankelijk", "without the consent", both(child("G3", []string{"rolstoel"}), func(n *kindinkaart.Need) { n.Consents = nil }), stepFree(catalog.No), zo, "", false, ""},
	{"prikkels_begeleiding", "no guidance possible", child("G3", []string{"hulp"}), func(a *catalog.Activity) { a.Access.ExtraSupport = catalog.No }, hulp, "yes", true, "begeleiding lifts, kleine_groep redirects"},
	{"prikkels_begeleiding", "quiet", child("G3", []string{"druk"}), func(a *catalog.Activity) { a.Access.LowStimulus = catalog.Yes }, zo, "", false, ""},
	{"prikkels_begeleiding", "not known to be quiet", child("G3", []string{"druk"}), nil, hulp, "yes", false, "begeleiding lifts, kleine_groep redirects"},
	{"medisch", "an agreement is needed", child("G3", []string{"medisch"}), nil, hulp, "yes", false, "ouder_spreekt lifts"},
	{"medisch", "not needed", nil, nil, zo, "", false, ""},
	{"zwemdiploma", "below the minimum", child("G4", "a"), swim("AB"), hulp, "yes", true, "zwemles lifts"},
	{"zwemdiploma", "enough", child("G4", "ab"), swim("AB"), zo, "", false, ""},
	{"zwemdiploma", "not known", child("G4", "weet_niet"), swim("A"), hulp, "unknown", false, asks},
	{"twee_huizen", "ticked", ticked("twee_huizen"), nil, hulp, "yes", false, "beide_ouders lifts"},
	{"twee_huizen", "one may stay away", ticked("twee_huizen"), func(a *catalog.Activity) { a.AbsenceOK = catalog.Yes }, zo, "", false, ""},
	{"groep_samenstelling", "a mixed group", ticked("groep"), nil, hulp, "yes", false, "andere_groep redirects"},
	{"groep_samenstelling", "not a mixed group", ticked("groep"), func(a *catalog.Activity) { a.Group = "girls" }, zo, "", false, ""},
	{"vertrouwen_schaamte", "ticked", ticked("vertrouwen"), nil, hulp, "yes", false, "tijd supports"},
	{"vertrouwen_schaamte", "not ticked", ticked("ver"), nil, zo, "", false, ""},
	{"tijd_bezet", "this time is marked", child("F3", always("kan_niet")), nil, niet, "yes", true, "ander_tijdstip redirects"},
	{"tijd_bezet", "another lesson, time not marked", both(child("F1", []string{"andere_les"}), drop("F3")), nil, hulp, "yes", false, "ander_tijdstip redirects, " + asks},
	{"tijd_bezet", "another lesson, this time is free", child("F1", []string{"andere_les"}), nil, zo, "", false, ""},
	{"tijd_bezet", "the time is still to be agreed", nil, func(a *catalog.Activity) { a.Slots[0].Weekday = "" }, hulp, "unknown", false, asks},
	{"verkeer_route", "ticked", ticked("verkeer"), nil, hulp, "yes", false, "route_samen lifts"},
	{"verkeer_route", "at the child's own school", ticked("verkeer"), func(a *catalog.Activity) { at(15*60, 16*60)(a); a.AtSchool = catalog.Yes }, zo, "", false, ""},
	{"vol", "full", nil, capacity(10, 10, false), niet, "yes", true, "alternatief redirects"},
	{"vol", "full with an open waiting list", nil, capacity(10, 10, true), hulp, "yes", false, "wachtlijst supports, alternatief redirects"},
	{"vol", "room", nil, capacity(10, 9, false), zo, "", false, ""},
	{"vol", "no new members", nil, func(a *catalog.Activity) { a.Slots[0].MembershipStop = true }, niet, "yes", true, "alternatief redirects"},
	{"leeftijd", "two years too young", nil, ages(12, 14), niet, "yes", true, ""},
	{"leeftijd", "one year too young", nil, ages(11, 14), hulp, "unknown", false, asks},
	{"leeftijd", "one year too old", nil, ages(6, 9), hulp, "unknown", false, asks},
	{"leeftijd", "fits", nil, ages(10, 10), zo, "", false, ""},
	{"leeftijd", "not known", func(n *kindinkaart.Need) { n.Born = kindinkaart.Born{} }, nil, hulp, "unknown", false, asks},
	{"aanbod_stopt", "after the last day", nil, func(a *catalog.Activity) { a.ValidTo = searchDay.AddDays(-1) }, niet, "yes", true, ""},
	{"aanbod_stopt", "on the last day", nil, func(a *catalog.Activity) { a.ValidTo = searchDay }, zo, "", false, ""},
	{"aanbod_stopt", "all dates have been", nil, func(a *catalog.Activity) {
		a.Slots[0].Weekday, a.Slots[0].Dates = "", []civil.Date{searchDay.AddDays(-5)}
	}, niet, "yes", true, ""},
	{"aanbod_stopt", "confirmed 181 days ago", nil, func(a *catalog.Activity) { a.ConfirmedOn = searchDay.AddDays(-181) }, hulp, "unknown", false, "bevestigen lifts_unknown"},
	{"aanbod_stopt", "confirmed 180 days ago", nil, func(a *catalog.Activity) { a.ConfirmedOn = searchDay.AddDays(-180) }, zo, "", false, ""},
	{"veiligheid_onbekend", "not declared", nil, func(a *catalog.Activity) { a.Partner = "p-new" }, hulp, "unknown", false, asks},
	{"veiligheid_onbekend", "declared", nil, nil, zo, "", false, ""},
}

func at(start, end catalog.Clock) changeOffer {
	return func(a *catalog.Activity) { a.Slots[0].Start, a.Slots[0].End = start, end }
}

func pickup(a *catalog.Activity) { a.Slots[0].Pickup = catalog.Yes }

func stepFree(v catalog.Tri) changeOffer {
	return func(a *catalog.Activity) { a.Access.StepFree = v }
}

func swim(least string) changeOffer {
	return func(a *catalog.Activity) { a.Conditions.SwimMin = least }
}

func capacity(places, taken int, waiting bool) changeOffer {
	return func(a *catalog.Activity) {
		a.Slots[0].Capacity, a.Slots[0].Enrolled, a.Slots[0].Waitlist.Open = intp(places), taken, waiting
	}
}

func ages(lo, hi int) changeOffer {
	return func(a *catalog.Activity) { a.AgeMin, a.AgeMax = intp(lo), intp(hi) }
}

func (c barrierCase) item(t *testing.T, arranged ...kindinkaart.Arranged) matcher.Item {
	t.Helper()
	n, a := easyNeed(), easyOffer()
	if c.need != nil {
		c.need(&n)
	}
	if c.offer != nil {
		c.offer(&a)
	}
	n.Arranged = arranged
	r, err := matcher.Rank(n, matcher.NewBoard(somePartners, []catalog.Activity{a}, verified(), geo.Ways{Crossings: geo.DefaultCrossings()}), nil, matcher.Options{})
	if err != nil || len(r.Items) != 1 {
		t.Fatalf("%v %+v", err, r)
	}
	return r.Items[0]
}

func TestEveryBarrierStandsInTheWayDoesNotOrIsAQuestion(t *testing.T) {
	seen := map[string]bool{"geen_vervoer": true} // has no finding of its own: see the next test
	for _, c := range barrierCases {
		seen[c.code] = true
		t.Run(c.code+": "+c.says, func(t *testing.T) {
			it := c.item(t)
			if it.Group != c.group {
				t.Errorf("group %s, want %s: %+v", it.Group, c.group, it.Blockers)
			}
			i := slices.IndexFunc(it.Blockers, func(b matcher.Blocker) bool { return b.Barrier == c.code })
			switch {
			case i < 0 && c.state != "":
				t.Fatalf("does not stand in the way: %+v", it.Blockers)
			case i >= 0 && (it.Blockers[i].State != c.state || it.Blockers[i].Hard != c.hard):
				t.Errorf("got %+v, want state %q hard %v", it.Blockers[i], c.state, c.hard)
			}
			var tasks []string
			for _, task := range it.Tasks {
				if task.Barrier == c.code {
					tasks = append(tasks, task.Remedy+" "+string(task.Effect))
				}
			}
			if got := strings.Join(tasks, ", "); got != c.tasks {
				t.Errorf("tasks %q, want %q", got, c.tasks)
			}
		})
	}
	for _, b := range matcher.Barriers() {
		if !seen[b.Code] {
			t.Errorf("no case for %s", b.Code)
		}
	}
}

func TestAnArrangedRemedyThatLiftsTakesTheBarrierAwayWhileItRuns(t *testing.T) {
	for _, c := range barrierCases {
		for task := range strings.SplitSeq(c.tasks, ", ") {
			remedy, lifts := strings.CutSuffix(task, " lifts")
			if !lifts {
				continue
			}
			running := kindinkaart.Arranged{Activity: "A", Remedy: remedy, From: searchDay, Until: searchDay}
			over := kindinkaart.Arranged{Activity: "A", Remedy: remedy, From: searchDay.AddDays(-9), Until: searchDay.AddDays(-1)}
			stands := func(it matcher.Item) bool {
				return slices.ContainsFunc(it.Blockers, func(b matcher.Blocker) bool { return b.Barrier == c.code })
			}
			if stands(c.item(t, running)) {
				t.Errorf("%s (%s): %s is arranged and the barrier still stands", c.code, c.says, remedy)
			}
			if !stands(c.item(t, over)) {
				t.Errorf("%s (%s): %s is over and the barrier is gone", c.code, c.says, remedy)
			}
		}
	}
}

func TestWithoutABicycleAFamilyWalksAndABicycleLiftsThat(t *testing.T) {
	c := barrierCase{need: ticked("vervoer"), offer: func(a *catalog.Activity) { far(a, 2000) }}
	it := c.item(t)
	if it.Travel.Mode != geo.Walk || it.Group != hulp || !hasTask(it, "geen_vervoer", "fiets") {
		t.Errorf("on foot: %+v %s %+v", it.Travel, it.Group, it.Tasks)
	}
	if slices.ContainsFunc(it.Blockers, func(b matcher.Blocker) bool { return b.Barrier == "geen_vervoer" }) {
		t.Error("geen_vervoer has no penalty of its own")
	}
	it = c.item(t, kindinkaart.Arranged{Activity: "A", Remedy: "fiets", From: searchDay})
	if it.Travel.Mode != geo.Bike || it.Group != zo {
		t.Errorf("with a bicycle: %+v %s", it.Travel, it.Group)
	}
}

func TestAPricePerTimeWithoutANumberCountsEveryPlannedTime(t *testing.T) {
	perTime := func(change changeOffer) int {
		c := barrierCase{offer: func(a *catalog.Activity) {
			a.Costs = []catalog.Cost{{Kind: "lesgeld", Cents: 200, Per: "time"}}
			change(a)
		}}
		return c.item(t).Cost.GrossCents
	}
	dates := []civil.Date{searchDay.AddDays(1), searchDay.AddDays(8), searchDay.AddDays(15)}
	for name, c := range map[string]struct {
		offer changeOffer
		want  int
	}{
		"the number that was said": {func(a *catalog.Activity) { a.Costs[0].Times = 30 }, 6000},
		"three dates":              {func(a *catalog.Activity) { a.Slots[0].Weekday, a.Slots[0].Dates = "", dates }, 600},
		"ten weeks":                {func(a *catalog.Activity) { a.ValidFrom, a.ValidTo = searchDay, searchDay.AddDays(9*7+2) }, 2000},
		"a whole year":             {func(a *catalog.Activity) { a.ValidTo = civil.Date{} }, 8000},
	} {
		if got := perTime(c.offer); got != c.want {
			t.Errorf("%s: %d cents, want %d", name, got, c.want)
		}
	}
}

func TestWordsDoNotFindWhatTheChildRefused(t *testing.T) {
	n := easyNeed()
	n.Answers["W4"] = raw([]string{"dansen"})
	n.Search = "streetdance"
	a := easyOffer()
	a.Tags = []string{"streetdance", "theater"}
	r, err := matcher.Rank(n, matcher.NewBoard(somePartners, []catalog.Activity{a}, nil, geo.Ways{}), nil, matcher.Options{})
	if err != nil || len(r.Items) > 0 {
		t.Errorf("%v %+v", err, r.Items)
	}
	n.Search, n.Answers, n.Parent = "", questionnaire.Answers{"W4": raw([]string{"dansen"})}, nil
	if r, err = matcher.Rank(n, matcher.NewBoard(somePartners, []catalog.Activity{a}, nil, geo.Ways{}), nil, matcher.Options{}); err != nil || len(r.Items) > 0 {
		t.Errorf("on the varied list of a thin profile: %v %+v", err, r.Items)
	}
}

func TestTheAgeCountsOnTheDayTheActivitySays(t *testing.T) {
	born := func(s string) kindinkaart.Born {
		b, err := kindinkaart.ParseBorn(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	day := func(year int, month time.Month, d int) civil.Date {
		return civil.Date{Year: year, Month: month, Day: d}
	}
	for _, c := range []struct {
		reference, born string
		on              civil.Date
		age             int
	}{
		{"", "2015-04-09", day(2025, 4, 8), 9},
		{"", "2015-04", day(2025, 4, 1), 10},
		{"start", "2012-02-29", day(2025, 2, 28), 12},
		{"start", "2012-02-29", day(2025, 3, 1), 13},
		{"1_march", "2015-04", day(2025, 9, 8), 9},
		{"1_march", "2015-02", day(2026, 1, 10), 10},
		{"calendar_year", "2015-12", day(2025, 1, 2), 10},
	} {
		n, a := easyNeed(), easyOffer()
		n.Born, n.On, a.ValidFrom, a.ConfirmedOn, a.ValidTo = born(c.born), c.on, c.on, c.on, civil.Date{}
		a.AgeMin, a.AgeMax, a.AgeReference = intp(c.age), intp(c.age), c.reference
		r, err := matcher.Rank(n, matcher.NewBoard(somePartners, []catalog.Activity{a}, nil, geo.Ways{}), nil, matcher.Options{})
		if err != nil || len(r.Items) != 1 || r.Items[0].Group != zo {
			t.Errorf("%+v: want exactly %d years: %v %+v", c, c.age, err, r.Items)
		}
	}
}
