package matcher_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// cookingAt is a cooking club that fits a class: free, Wednesday afternoon, all ages.
func cookingAt(p geo.Point) catalog.Activity {
	return catalog.Activity{ID: "kookclub", Partner: "p-ok", Title: "Kookclub", Domain: "zorg", Audience: "child", State: catalog.Published,
		Tags: []string{"koken_bakken"}, ValidFrom: searchDay, ConfirmedOn: searchDay, Costs: []catalog.Cost{},
		Slots: []catalog.Slot{{ID: "wo", Weekday: "wo", Start: 15 * 60, End: 16 * 60, Location: catalog.Location{Lat: p.Lat, Lon: p.Lon}}}}
}

// north is so many metres from the home point, away from the river.
func north(metres float64) geo.Point {
	return geo.Point{Lat: homePoint.Lat + metres/111_320, Lon: homePoint.Lon}
}

func offered(list ...catalog.Activity) matcher.Offered {
	return matcher.Offered{Activities: list, Board: newBoard(somePartners, list)}
}

// card is what a child of groep 6 answered with a class card.
func card(choice string, liked ...string) kindinkaart.SupplyNeed {
	grid := map[string]string{}
	for _, picture := range liked {
		grid[picture] = "leuk"
	}
	answers := questionnaire.Answers{"W1": raw(grid), "T1": raw([]string{"t_rennen"}), "V1": raw("groepje"), "W2": raw([]string{})}
	if choice != "" {
		answers["W2"] = raw([]string{choice})
	}
	school := &kindinkaart.Place{Lat: homePoint.Lat, Lon: homePoint.Lon}
	return kindinkaart.SupplyNeed{Wijk: "WK059976", Klas: true, Need: kindinkaart.Need{Format: kindinkaart.FormatNeed, On: searchDay, Variant: "B",
		Born: kindinkaart.Born{Year: 2016, Month: time.April}, Home: school, School: school, Answers: answers}}
}

// groep6 is the class of P2.
func groep6() (needs []kindinkaart.SupplyNeed) {
	for _, c := range []struct {
		choice string
		n      int
	}{{"voetbal", 7}, {"dansen", 6}, {"koken", 5}, {"basketbal", 3}, {"computer", 2}, {"dieren", 1}, {"toneel", 1}, {"", 1}} {
		for range c.n {
			needs = append(needs, card(c.choice))
		}
	}
	return needs
}

func gapOf(t matcher.GapTable, tag string) matcher.TagGap {
	i := slices.IndexFunc(t.Tags, func(g matcher.TagGap) bool { return g.Tag == tag })
	if i < 0 {
		return matcher.TagGap{}
	}
	return t.Tags[i]
}

func TestP2TheGapListSaysCookingForFiveChildrenWithNoOfferWithin20MinutesOnFoot(t *testing.T) {
	table := matcher.FindGaps(groep6(), offered(cookingAt(north(1800)))).Table(5)
	got := gapOf(table, "koken_bakken")
	if got.Total.N != 5 || len(got.Wijken) != 1 || got.Wijken[0].Wijk != "WK059976" || got.Wijken[0].N != 5 {
		t.Fatalf("cooking is missing for 5 children of one wijk: %+v", got)
	}
	if why := got.Wijken[0].Why; len(why) != 1 || why[0] != (kindinkaart.Count{Label: "ver", N: 5}) {
		t.Errorf("it is too far: %+v", why)
	}
	if bands := got.Wijken[0].Bands; len(bands) != 1 || bands[0] != (kindinkaart.Count{Label: "8-11", N: 5}) {
		t.Errorf("they are in groep 6: %+v", bands)
	}
	if got := gapOf(matcher.FindGaps(groep6(), offered(cookingAt(north(400)))).Table(5), "koken_bakken"); got.Tag != "" {
		t.Errorf("there is a cooking club around the corner: %+v", got)
	}
	if got := gapOf(table, "basketbal"); !got.Total.Hidden {
		t.Errorf("basketbal of 3 children stays hidden: %+v", got)
	}
}

func TestTheReasonOfAGapIsWhatStandsInTheWayAtTheNearestOffer(t *testing.T) {
	for _, c := range []struct {
		want   matcher.Why
		change func(a *catalog.Activity)
	}{
		{matcher.NoOffer, func(a *catalog.Activity) { a.Tags = []string{"judo"} }},
		{matcher.NoOffer, func(a *catalog.Activity) { a.ValidTo = searchDay.AddDays(-1) }},
		{matcher.NoOffer, func(a *catalog.Activity) { a.Audience = "staff" }},
		{matcher.WrongAge, func(a *catalog.Activity) { a.AgeMin = intp(14) }},
		{matcher.AllFull, func(a *catalog.Activity) { a.Slots[0].Capacity, a.Slots[0].Enrolled = intp(8), 8 }},
		{matcher.AllFull, func(a *catalog.Activity) { a.Slots[0].MembershipStop, a.Slots[0].Waitlist.Open = true, true }},
		{matcher.WrongTime, func(a *catalog.Activity) { a.Slots[0].Start, a.Slots[0].End = 19*60, 20*60 }},
		{matcher.TooDear, func(a *catalog.Activity) { a.Costs = []catalog.Cost{{Kind: "contributie", Cents: 50000, Per: "year"}} }},
		{matcher.OtherWhy, func(a *catalog.Activity) { a.Partner = "p-no" }},
		{"", func(*catalog.Activity) {}},
		{"", func(a *catalog.Activity) { a.Slots[0].Location = catalog.Location{} }},
	} {
		n := card("koken")
		n.Need.Answers["F3"] = raw(map[string]map[string]string{"wo": {"middag": "kan", "avond": "kan_niet"}})
		n.Need.Parent = questionnaire.Answers{"P7": raw("0"), "P6": raw("fiets_kort")}
		a := cookingAt(north(300))
		c.change(&a)
		refused := catalog.Partner{ID: "p-no", Name: "Nee", Kind: "overig", Safety: catalog.Safety{VOG: catalog.No}}
		o := matcher.Offered{Activities: []catalog.Activity{a}, Board: newBoard(append(slices.Clone(somePartners), refused), []catalog.Activity{a})}
		if got := matcher.FindGaps([]kindinkaart.SupplyNeed{n}, o).Everybody()[0]; got.Unmet["koken_bakken"] != c.want {
			t.Errorf("want %q, got %+v", c.want, got.Unmet)
		}
	}
}

func TestAChildCountsInThePartsOfTheDayInWhichItCan(t *testing.T) {
	n := card("koken")
	n.Need.Answers["F3"] = raw(map[string]map[string]string{"wo": {"middag": "kan"}, "do": {"vooravond": "kan_niet"}, "za": {"ochtend": "kan"}})
	n.Need.Parent = questionnaire.Answers{"P4": raw(map[string]map[string]string{"do": {"vooravond": "kan"}, "ma": {"avond": "kan", "middag": "weet_niet"}})}
	if got := matcher.FindGaps([]kindinkaart.SupplyNeed{n}, offered()).Everybody()[0].Parts; !slices.Equal(got, []string{"avond", "middag", "weekend"}) {
		t.Errorf("%v", got)
	}
}

func TestWhoCannotBeRankedForIsNotCounted(t *testing.T) {
	homeless, thin, small := card("koken"), card("koken"), card("koken")
	homeless.Need.Home, homeless.Need.School = nil, nil
	thin.Need.Answers = questionnaire.Answers{"W2": raw([]string{"koken"})}
	small.Need.Born = kindinkaart.Born{Year: 2023, Month: time.June}
	if got := matcher.FindGaps([]kindinkaart.SupplyNeed{homeless, thin, small}, offered()).Everybody(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestARefusedTagAndOneThatIsNeverSuggestedAreNoWish(t *testing.T) {
	n := card("dansen", "koken")
	n.Need.Answers["W4"] = raw([]string{"dansen"})
	unmet := matcher.FindGaps([]kindinkaart.SupplyNeed{n}, offered()).Everybody()[0].Unmet
	if unmet["koken_bakken"] != matcher.NoOffer || unmet["streetdance"] != "" || unmet["ballet_dans"] != "" {
		t.Errorf("%v", unmet)
	}
	for tag := range unmet {
		if leaf, _ := questionnaire.Leaf(tag); !leaf.AutoSuggest || leaf.Audience == "parent" {
			t.Errorf("%s is not for children to wish", tag)
		}
	}
}

func TestAnotherActivityNeverMakesAGapLarger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		needs := []kindinkaart.SupplyNeed{{Need: drawNeed(t), Wijk: "WK01"}, {Need: drawNeed(t), Wijk: "WK02"}}
		list := drawActivities(t)
		with := matcher.FindGaps(needs, offered(list...)).Everybody()
		without := matcher.FindGaps(needs, offered(list[1:]...)).Everybody()
		for i := range with {
			for tag := range with[i].Unmet {
				if without[i].Unmet[tag] == "" {
					t.Fatalf("%s is missing only with %s", tag, list[0].ID)
				}
			}
		}
		if back := matcher.FindGaps([]kindinkaart.SupplyNeed{needs[1], needs[0]}, offered(list...)).Everybody(); len(with) == 2 && fmt.Sprint(with[0]) != fmt.Sprint(back[1]) {
			t.Fatalf("another order, another answer: %v and %v", with[0], back[1])
		}
	})
}

func TestFiguresJudgeAsTheListDoesThatPeopleSee(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, board := kindinkaart.SupplyNeed{Need: drawNeed(t)}, newBoard(somePartners, drawActivities(t))
		if got, want := fmt.Sprint(matcher.JudgedAgainst(n, board)), fmt.Sprint(matcher.ReadAgainst(n, board)); got != want {
			t.Fatalf("judged %s\nread   %s", got, want)
		}
	})
}
