package matcher_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// provider does what a provider would have to do about a barrier.
var provider = map[string]func(a *catalog.Activity){
	"vol": func(a *catalog.Activity) {
		eachSlot(a, func(s *catalog.Slot) { s.Enrolled, s.MembershipStop = 0, false })
	},
	"aanbod_stopt": func(a *catalog.Activity) {
		a.ValidTo = civil.Date{}
		eachSlot(a, func(s *catalog.Slot) { s.To, s.Dates = civil.Date{}, nil })
	},
	"veiligheid_onbekend": func(a *catalog.Activity) { a.Partner, a.Partners = "p-ok", nil },
	"fysiek_toegankelijk": func(a *catalog.Activity) { a.Access.StepFree = catalog.Yes },
}

var nearestPartners = append(slices.Clone(somePartners), catalog.Partner{ID: "p-no", Name: "Zonder", Kind: "overig", Safety: catalog.Safety{VOG: catalog.No}})

// drawHard draws a catalogue in which more cannot be done now.
func drawHard(t *rapid.T) []catalog.Activity {
	list := drawActivities(t)
	list = list[:min(len(list), 4)]
	for i := range list {
		a := &list[i]
		switch rapid.IntRange(0, 6).Draw(t, a.ID+" hard") {
		case 0:
			a.ValidTo = searchDay.AddDays(-1)
		case 1:
			a.Partner, a.Partners = "p-no", nil
		case 2:
			eachSlot(a, func(s *catalog.Slot) { s.MembershipStop = true })
		case 3:
			a.AgeMin, a.AgeMax = intp(*a.AgeMin+2), intp(*a.AgeMax+6)
		case 4:
			eachSlot(a, func(s *catalog.Slot) { s.Location.Lat += 0.06 })
		}
	}
	return list
}

func TestTheNearestChangeReallyMakesItPossible(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawHard(t)
		o := matcher.Options{Weekdays: rapid.SampledFrom([][]string{nil, {"wo", "za"}}).Draw(t, "days")}
		board := matcher.NewBoard(nearestPartners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
		near := matcher.NewNearest(need, board, nil, o)
		for i, a := range list {
			x, err := near.Of(a.ID)
			if err != nil {
				t.Fatal(err)
			}
			if x.Text == "" {
				continue
			}
			changed := slices.Clone(list)
			for _, code := range x.ByPartner {
				provider[code](&changed[i])
			}
			then, options := x.Apply(need, o)
			r, err := matcher.Rank(then, matcher.NewBoard(nearestPartners, changed, verified(), geo.Ways{Crossings: geo.DefaultCrossings()}), nil, options)
			if err != nil {
				t.Fatal(err)
			}
			if it, ok := lineOf(r, a.ID); !ok || it.Group == matcher.KanNuNiet {
				t.Fatalf("%s: %q, but then it is %q: %v", a.ID, x.Text, it.Group, it.Blockers)
			}
		}
	})
}

// Where one thing that a provider does is enough, it is said, and nothing more is asked of anybody.
func TestNothingMoreIsAskedThanIsNeeded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawHard(t)
		for i := range list { // every time on a day of its own
			eachSlot(&list[i], func(s *catalog.Slot) { s.Weekday = questionnaire.Days[(i+int(s.ID[len(s.ID)-1]))%7] })
		}
		board := matcher.NewBoard(nearestPartners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
		r, err := matcher.Rank(need, board, nil, matcher.Options{})
		if err != nil || r.Thin {
			t.Skip("no ranking")
		}
		near := matcher.NewNearest(need, board, nil, matcher.Options{})
		for i, a := range list {
			it, listed := lineOf(r, a.ID)
			x, err := near.Of(a.ID)
			if err != nil {
				t.Fatal(err)
			}
			if listed && it.Group != matcher.KanNuNiet && x.Text != "" {
				t.Fatalf("%s is %s and still: %q", a.ID, it.Group, x.Text)
			}
			if !listed || it.Group != matcher.KanNuNiet {
				continue
			}
			for code, does := range provider {
				changed := slices.Clone(list)
				does(&changed[i])
				then, ok := lineOf(ranked2(t, need, changed), a.ID)
				if ok && then.Group != matcher.KanNuNiet && strings.Count(x.Text, " als ") != 1 {
					t.Fatalf("%s is possible by %s alone, and said is %q", a.ID, code, x.Text)
				}
			}
		}
	})
}

func ranked2(t *rapid.T, n kindinkaart.Need, list []catalog.Activity) matcher.Result {
	r, err := matcher.Rank(n, matcher.NewBoard(nearestPartners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()}), nil, matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheNearestChangeIsSaidPlainly(t *testing.T) {
	t.Parallel()
	full := func(a *catalog.Activity) { eachSlot(a, func(s *catalog.Slot) { s.MembershipStop = true }) }
	farAway := func(a *catalog.Activity) {
		eachSlot(a, func(s *catalog.Slot) { s.Location.Lat = homePoint.Lat + 0.04 })
	}
	older := func(a *catalog.Activity) { a.AgeMin, a.AgeMax = intp(12), intp(16) }
	for name, c := range map[string]struct {
		offer func(a *catalog.Activity)
		need  func(n *kindinkaart.Need)
		days  []string
		want  string
	}{
		"full":           {offer: full, want: "Kan als er een plek vrijkomt."},
		"far":            {offer: farAway, want: "Kan als de reis 14 minuten langer mag duren."},
		"far on foot":    {offer: farAway, need: func(n *kindinkaart.Need) { n.Parent["P5"] = raw(map[string]any{"id": "lopen", "minutes": 30}) }, want: "Kan als jullie met de fiets gaan."},
		"full and far":   {offer: func(a *catalog.Activity) { full(a); farAway(a) }, want: "Kan als de reis 14 minuten langer mag duren en als er een plek vrijkomt."},
		"too young":      {offer: older, want: "Kan vanaf maart 2028: dan is het kind oud genoeg."},
		"young and full": {offer: func(a *catalog.Activity) { older(a); full(a) }, want: "Kan vanaf maart 2028 (dan is het kind oud genoeg), als er een plek vrijkomt."},
		"too old":        {offer: func(a *catalog.Activity) { a.AgeMin, a.AgeMax = intp(4), intp(6) }},
		"over by then":   {offer: func(a *catalog.Activity) { older(a); a.ValidTo = searchDay.AddDays(200) }, want: "Kan vanaf maart 2028 (dan is het kind oud genoeg), als het aanbod er dan nog is."},
		"ended":          {offer: func(a *catalog.Activity) { a.ValidTo = searchDay.AddDays(-3) }, want: "Kan als het aanbod opnieuw begint."},
		"not safe":       {offer: func(a *catalog.Activity) { a.Partner = "p-no" }, want: "Kan als de aanbieder VOG-beleid en een vertrouwenspersoon heeft."},
		"no time": {need: func(n *kindinkaart.Need) {
			n.Answers["F3"] = raw(map[string]map[string]string{"wo": {"middag": "kan_niet"}})
		}, want: "Kan als het kind op die tijd vrij is."},
		"veto": {need: func(n *kindinkaart.Need) {
			n.Answers["W2"], n.Answers["W3"], n.Answers["W4"] = raw([]string{"basketbal"}), raw([]string{}), raw([]string{"voetbal"})
		}, want: "Alleen als het kind dit zelf weer wil."},
		"not named":           {offer: func(a *catalog.Activity) { a.Tags = []string{"vissen"} }, want: "Kan als het kind dit zelf wil."},
		"never suggested":     {offer: func(a *catalog.Activity) { a.Tags = []string{"jeugdgroep_geloof"} }, want: "Kan als het kind of het gezin er zelf naar vraagt."},
		"for parents":         {offer: func(a *catalog.Activity) { a.Audience, a.Tags = "parent", []string{"oudergroep"} }, want: "Kan als een ouder hier zelf aan mee wil doen."},
		"other days":          {days: []string{"za"}, want: "Kan als jullie ook naar andere dagen kijken."},
		"young and not named": {offer: func(a *catalog.Activity) { older(a); a.Tags = []string{"vissen"} }, want: "Kan vanaf maart 2028 (dan is het kind oud genoeg), als het kind dit zelf wil."},
		"for staff":           {offer: func(a *catalog.Activity) { a.Audience = "staff" }},
		"can be done":         {},
	} {
		a, need := football("A", "wo", 15*60), evenings()
		if c.offer != nil {
			c.offer(&a)
		}
		if c.need != nil {
			c.need(&need)
		}
		near := matcher.NewNearest(need, matcher.NewBoard(nearestPartners, []catalog.Activity{a}, verified(), geo.Ways{Crossings: geo.DefaultCrossings().WithoutCrossings()}), nil, matcher.Options{Weekdays: c.days})
		if x, err := near.Of("A"); err != nil || x.Text != c.want {
			t.Errorf("%s: %q, want %q (%v)", name, x.Text, c.want, err)
		}
	}
}

// A profile too thin to rank by gets no advice: first ask more.
func TestAThinProfileGetsNoAdvice(t *testing.T) {
	need := evenings()
	need.Answers = questionnaire.Answers{"F4": raw("buiten")}
	board := matcher.NewBoard(somePartners, []catalog.Activity{football("A", "wo", 18*60)}, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	helps, err := matcher.WhatWouldHelp(need, board, nil, matcher.Options{})
	if err != nil || len(helps) > 0 {
		t.Errorf("helps %v %v", helps, err)
	}
	near := matcher.NewNearest(need, board, nil, matcher.Options{})
	if x, err := near.Of("A"); err != nil || x.Text != "" {
		t.Errorf("nearest %q %v", x.Text, err)
	}
}

func TestFillLeavesWhatCanBeDoneAlone(t *testing.T) {
	fullUp := football("B", "wo", 15*60)
	fullUp.Slots[0].MembershipStop = true
	vissen := football("C", "wo", 15*60)
	vissen.Tags = []string{"vissen"}
	need := evenings()
	board := matcher.NewBoard(somePartners, []catalog.Activity{football("A", "wo", 15*60), fullUp, vissen}, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	r, err := matcher.Rank(need, board, nil, matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	near := matcher.NewNearest(need, board, nil, matcher.Options{})
	if err := near.Fill(r.Items, r.NotProposed); err != nil {
		t.Fatal(err)
	}
	for _, it := range r.Items {
		if (it.Nearest != "") != (it.Group == matcher.KanNuNiet) {
			t.Errorf("%s (%s): %q", it.Activity, it.Group, it.Nearest)
		}
	}
	if len(r.NotProposed) != 1 || r.NotProposed[0].Nearest == "" {
		t.Errorf("not proposed %v", r.NotProposed)
	}
}
