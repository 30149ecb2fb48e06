package matcher_test

import (
	"slices"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// A wild catalogue is a random one that has everything a real one has seldom: bounds are wrong at such edges first.

var wildPartners = append(slices.Clone(somePartners),
	catalog.Partner{ID: "p-no", Name: "Geen VOG", Kind: "overig", Safety: catalog.Safety{VOG: catalog.No}})

// oneIn is true for one draw of so many.
func oneIn(t *rapid.T, n int, label string) bool { return rapid.IntRange(1, n).Draw(t, label) == n }

// drawWild makes an activity that asks for nothing, or a random one, wild in some respects only: where much is wrong nothing
// is hoped, and no bound is put to the test.
func drawWild(t *rapid.T, i int) catalog.Activity {
	a := drawActivity(t, i)
	if rapid.Bool().Draw(t, "easy") {
		easy := easyOffer()
		easy.ID, easy.Tags, easy.Slots[0].ID = a.ID, a.Tags, a.Slots[0].ID
		a = easy
	}
	for k, change := range []func(*rapid.T, *catalog.Activity){wildFacts, wildPeople, wildAges, wildDays, wildSlots} {
		if oneIn(t, 2, string(rune('a'+k))) {
			change(t, &a)
		}
	}
	return a
}

func wildFacts(t *rapid.T, a *catalog.Activity) {
	for _, fact := range []*catalog.Tri{&a.AbsenceOK, &a.Childcare, &a.AtSchool, &a.LendsKit, &a.Access.StepFree, &a.Access.LowStimulus, &a.Access.ExtraSupport} {
		*fact = rapid.SampledFrom(tris).Draw(t, "fact")
	}
	a.Intensity, a.GroupSize = rapid.SampledFrom([]string{"", "active", "calm"}).Draw(t, "intensity"), rapid.SampledFrom([]string{"", "alone", "pair", "small", "team"}).Draw(t, "size")
	a.VenueKind = rapid.SampledFrom([]string{"", "buurthuis"}).Draw(t, "venue")
	a.Trial.FreeLessons = rapid.IntRange(0, 2).Draw(t, "free lessons")
	a.Registration.Via = []string{rapid.SampledFrom([]string{"telefoon", "app"}).Draw(t, "sign up")}
}

func wildPeople(t *rapid.T, a *catalog.Activity) {
	if oneIn(t, 2, "languages") {
		a.Languages = []string{rapid.SampledFrom([]string{"nl", "en", "tr"}).Draw(t, "language")}
	}
	if oneIn(t, 4, "refused safety") {
		a.Partner, a.Partners = "p-no", nil
	}
	if oneIn(t, 2, "audience") {
		a.Audience = rapid.SampledFrom([]string{"parent", "parent_child", "family", "staff"}).Draw(t, "for")
		a.Tags = append(slices.Clone(a.Tags), rapid.SampledFrom([]string{"ouder_kind", "opvoedcursus", "oudergroep"}).Draw(t, "tag"))
		a.Domain = rapid.SampledFrom([]string{"cjg", a.Domain}).Draw(t, "of")
	}
}

func wildAges(t *rapid.T, a *catalog.Activity) {
	a.AgeReference = rapid.SampledFrom([]string{"", "start", "1_march", "calendar_year"}).Draw(t, "reference")
	age := rapid.SampledFrom([]int{0, 6, 7, 8, 9, 10, 11, 12, 13, 120})
	a.AgeMin, a.AgeMax = nil, nil
	if !oneIn(t, 4, "no least age") {
		a.AgeMin = intp(age.Draw(t, "least"))
	}
	if !oneIn(t, 4, "no most age") {
		most := age.Draw(t, "most")
		if a.AgeMin != nil {
			most = max(most, *a.AgeMin)
		}
		a.AgeMax = intp(most)
	}
}

// wildDay is a day around the search, or none.
func wildDay(t *rapid.T, label string) (d civil.Date) {
	if oneIn(t, 3, label+"?") {
		return d
	}
	return searchDay.AddDays(rapid.SampledFrom([]int{-20000, -181, -180, -179, -30, -1, 0, 1, 30, 180, 400}).Draw(t, label))
}

func wildDays(t *rapid.T, a *catalog.Activity) {
	a.ValidFrom, a.ValidTo, a.ConfirmedOn = wildDay(t, "from"), civil.Date{}, wildDay(t, "confirmed on")
	if oneIn(t, 4, "has a last day") {
		a.ValidTo = wildDay(t, "to")
	}
}

func wildSlots(t *rapid.T, a *catalog.Activity) {
	for k := range a.Slots {
		wildSlot(t, &a.Slots[k])
	}
	if oneIn(t, 10, "no slots") {
		a.Slots = nil
	}
}

// wildSlot makes a time that is by dates, not known, at an edge of the day or of its parts, or over already.
func wildSlot(t *rapid.T, s *catalog.Slot) {
	edge := rapid.SampledFrom([]int{0, 1, 539, 719, 720, 721, 900, 1019, 1020, 1021, 1139, 1140, 1141, 1380, 1439, 1440, 1500})
	switch rapid.IntRange(0, 3).Draw(t, "time") {
	case 0:
		s.Start, s.End = catalog.Clock(edge.Draw(t, "start")), catalog.Clock(edge.Draw(t, "end")) // the end may lie before the start
	case 1:
		s.Start, s.End = catalog.Clock(edge.Draw(t, "start")), s.Start+catalog.Clock(rapid.IntRange(0, 300).Draw(t, "lasts"))
	}
	switch rapid.IntRange(0, 5).Draw(t, "day") {
	case 0:
		s.Weekday = ""
	case 1:
		s.Weekday = ""
		fallthrough
	case 2:
		for range rapid.IntRange(1, 2).Draw(t, "dates") {
			s.Dates = append(s.Dates, searchDay.AddDays(rapid.IntRange(-9, 9).Draw(t, "date")))
		}
	}
	if oneIn(t, 4, "between days") {
		s.From, s.To = wildDay(t, "slot from"), wildDay(t, "slot to")
	}
	if oneIn(t, 6, "stop") {
		s.MembershipStop = true
	}
	switch rapid.IntRange(0, 5).Draw(t, "place") {
	case 0:
		s.Location = catalog.Location{}
	case 1:
		s.Location.Lat, s.Location.Lon = homePoint.Lat, homePoint.Lon
	case 2:
		s.Location.Lat, s.Location.Lon = homePoint.Lat+rapid.Float64Range(-1, 1).Draw(t, "far north"), homePoint.Lon+rapid.Float64Range(-1, 1).Draw(t, "far east")
	}
}

func drawWildActivities(t *rapid.T) []catalog.Activity {
	list := make([]catalog.Activity, rapid.IntRange(1, 30).Draw(t, "wild activities"))
	for i := range list {
		list[i] = drawWild(t, i)
	}
	return list
}

// drawWildNeed draws a family of which little or much is known: parents who want something for themselves, a language, a
// young person who travels itself, a child that was born on an unknown day or long ago.
func drawWildNeed(t *rapid.T) kindinkaart.Need {
	n := drawNeed(t)
	if rapid.Bool().Draw(t, "easy") {
		easy := easyNeed()
		easy.Answers["F3"], easy.Parent["P4"], easy.Born, easy.SecondHome, n = times(t, "F3"), times(t, "P4"), n.Born, n.SecondHome, easy
	} else {
		drawMore(t, &n)
	}
	if a, ok := choice(t, questionnaire.VariantP, "P11"); ok {
		n.Parent["P11"] = a
	}
	if oneIn(t, 3, "language") {
		n.Parent["P10"] = raw(rapid.SampledFrom([]string{"nl", "en", "tr", "ar"}).Draw(t, "P10"))
	}
	if oneIn(t, 3, "young person") {
		n.Variant, n.Born.Year = questionnaire.VariantC, rapid.IntRange(2007, 2013).Draw(t, "born")
		for _, id := range []string{"C1", "C2"} {
			if a, ok := choice(t, questionnaire.VariantC, id); ok {
				n.Answers[id] = a
			}
		}
		n.School = &kindinkaart.Place{Lat: homePoint.Lat + 0.01, Lon: homePoint.Lon}
	}
	switch rapid.IntRange(0, 5).Draw(t, "birth") {
	case 0:
		n.Born = kindinkaart.Born{}
	case 1:
		n.Born = kindinkaart.Born{Year: rapid.SampledFrom([]int{1780, 1905, 1995, 2020, 2021}).Draw(t, "born long ago"), Month: time.March, Day: 1}
	}
	return n
}

func drawWildOptions(t *rapid.T) matcher.Options {
	o := drawOptions(t)
	if o.Search == "" && oneIn(t, 6, "other words") {
		o.Search, o.Found = "iets met qwerty", drawFound(t)
	}
	return o
}
