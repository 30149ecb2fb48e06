package matcher_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// newBoard is a board as these tests need it.
func newBoard(partners []catalog.Partner, list []catalog.Activity) *matcher.Board {
	return matcher.NewBoard(partners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
}

func orderSupply(places ...matcher.OrderPlace) matcher.OrderSupply {
	return matcher.OrderSupply{Places: places, Schemes: verified(), Ways: geo.Ways{Crossings: geo.DefaultCrossings()}, MinGroup: 5, Lines: 10}
}

// townOf is a few dozen families around two schools, with few activities.
func townOf(seed uint64, families int) (*matcher.Gaps, matcher.OrderSupply, []kindinkaart.SupplyNeed, matcher.Offered) {
	c := newCountry(seed, false).onlyTown(0)
	var needs []kindinkaart.SupplyNeed
	for i := range families {
		needs = append(needs, kindinkaart.SupplyNeed{Need: c.schoolFamily(i%2, i), Wijk: fmt.Sprintf("WK0%d", i%2)})
	}
	list := slices.Collect(c.activities(20))
	o := matcher.Offered{Activities: list, Board: newBoard(c.partners(20), list)}
	at := func(k int) geo.Point {
		s := needs[k].Need.School
		return geo.Point{Lat: s.Lat, Lon: s.Lon}
	}
	s := orderSupply(matcher.OrderPlace{Name: "De Vlieger", Wijk: "WK00", Point: at(0), School: true}, matcher.OrderPlace{Name: "Het Plein", Wijk: "WK01", Point: at(1)})
	return matcher.FindGaps(needs, o), s, needs, o
}

// covered is how many children some options help together.
func covered(options ...matcher.Option) int {
	seen := map[int]bool{}
	for _, o := range options {
		for _, i := range o.Helps {
			seen[i] = true
		}
	}
	return len(seen)
}

// distinct keeps of options with the same children one, and leaves out those under a whole group.
func distinct(all []matcher.Option, least int) (out []matcher.Option) {
	seen := map[string]bool{}
	for _, o := range all {
		if key := fmt.Sprint(o.Helps); len(o.Helps) >= least && !seen[key] {
			seen[key] = true
			out = append(out, o)
		}
	}
	return out
}

func TestTheOrderListReachesItsGuaranteedShareOfTheBestListThereIs(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		g, s, _, _ := townOf(seed, 32)
		s.Lines = 2
		orders := g.ExactOrders(s)
		options := distinct(g.Options(s), s.MinGroup)
		one, two := 0, 0
		for i, a := range options {
			one = max(one, covered(a))
			for _, b := range options[i:] {
				two = max(two, covered(a, b))
			}
		}
		if len(orders) < 2 || orders[0].Helps != one {
			t.Fatalf("seed %d: the first line helps %+v, the best there is helps %d", seed, orders, one)
		}
		if got := orders[0].Helps + orders[1].Helps; float64(got) < matcher.GreedyShare*float64(two) || got > two {
			t.Errorf("seed %d: two lines help %d, the best two help %d", seed, got, two)
		}
	}
}

func TestALineHelpsNoMoreThanTheLineAboveItAndNobodyIsHelpedTwice(t *testing.T) {
	t.Parallel()
	g, s, _, _ := townOf(7, 40)
	orders := g.ExactOrders(s)
	if len(orders) < 3 {
		t.Fatalf("%d lines", len(orders))
	}
	sum, unmet := 0, 0
	for _, c := range g.Everybody() {
		if len(c.Unmet) > 0 {
			unmet++
		}
	}
	for i, o := range orders {
		if i > 0 && o.Helps > orders[i-1].Helps {
			t.Errorf("line %d helps %d, the line above %d", i+1, o.Helps, orders[i-1].Helps)
		}
		sum += o.Helps
	}
	if sum > unmet {
		t.Errorf("%d helped of %d", sum, unmet)
	}
}

func TestWhatIsOrderedAndComesTakesTheChildrenOutOfTheGap(t *testing.T) {
	t.Parallel()
	g, s, needs, o := townOf(7, 32)
	total, left := 0, len(waiting(g))
	for _, order := range g.ExactOrders(s) {
		a := g.OrderedActivity(s, order)
		a.ID = fmt.Sprintf("besteld-%d", total)
		o.Activities = append(o.Activities, a)
		o.Board = newBoard(append(newCountry(7, false).partners(20), matcher.NewPartner()), o.Activities)
		total += order.Helps
		before := waiting(g)
		met := 0
		for i, c := range matcher.FindGaps(needs, o).Everybody() {
			for tag := range before[i] {
				if c.Unmet[tag] == "" {
					met++
					break
				}
			}
		}
		if met < total {
			t.Fatalf("%d children were to be helped, %d are", total, met)
		}
	}
	if total == 0 || left == 0 {
		t.Fatal("nothing was ordered")
	}
}

// waiting gives the unmet wishes of every child.
func waiting(g *matcher.Gaps) (out []map[string]matcher.Why) {
	for _, c := range g.Everybody() {
		out = append(out, c.Unmet)
	}
	return out
}

// cooks are children of a school who want to cook, and live nowhere near it.
func cooks(n int, at geo.Point, wijk string) (out []kindinkaart.SupplyNeed) {
	for range n {
		c := card("koken")
		c.Wijk = wijk
		c.Need.Home = &kindinkaart.Place{Lat: at.Lat, Lon: at.Lon}
		c.Need.School = c.Need.Home
		out = append(out, c)
	}
	return out
}

func TestALineStandsForAWholeGroupOfAtLeastFiveAndUsuallyEight(t *testing.T) {
	place := matcher.OrderPlace{Name: "De Kas", Wijk: "WK01", Point: homePoint}
	for _, c := range []struct{ children, group, lines int }{{7, 0, 0}, {8, 0, 1}, {4, 1, 0}, {5, 1, 1}} {
		s := orderSupply(place)
		s.MinGroup = c.group
		got := matcher.FindGaps(cooks(c.children, homePoint, "WK01"), offered()).OrderList(s, 5)
		if len(got) != c.lines {
			t.Errorf("%d children, group of %d: %+v", c.children, c.group, got)
		}
		if len(got) == 1 && (got[0].Tag != "koken_bakken" || got[0].Band != "8-11" || got[0].Helps != c.children || got[0].Total != c.children || got[0].Weekday != "wo") {
			t.Errorf("%+v", got[0])
		}
	}
}

func TestALineDoesNotTellOfTheFewItLeavesOut(t *testing.T) {
	far := geo.Point{Lat: homePoint.Lat + 0.2, Lon: homePoint.Lon}
	needs := append(cooks(9, homePoint, "WK01"), cooks(3, far, "WK02")...)
	s := orderSupply(matcher.OrderPlace{Name: "De Kas", Wijk: "WK01", Point: homePoint})
	got := matcher.FindGaps(needs, offered()).OrderList(s, 5)
	if len(got) != 1 || !got[0].AtLeast || got[0].Helps != 5 || got[0].Total != 5 {
		t.Errorf("12 want to cook; to tell that 9 are helped tells of the 3 who are not: %+v", got)
	}
}

func TestWhatPeopleUsuallyPayIsProposedWhenItHelpsAsManyChildren(t *testing.T) {
	place := matcher.OrderPlace{Name: "De Kas", Wijk: "WK01", Point: homePoint}
	paid := cookingAt(north(9000))
	paid.Costs = []catalog.Cost{{Kind: "contributie", Cents: 6000, Per: "year"}}
	rich, poor := cooks(8, homePoint, "WK01"), cooks(8, homePoint, "WK01")
	for i := range rich {
		rich[i].Need.Parent = questionnaire.Answers{"P7": raw("meer")}
		poor[i].Need.Parent = questionnaire.Answers{"P7": raw("0")}
	}
	for _, c := range []struct {
		needs []kindinkaart.SupplyNeed
		cents int
	}{{rich, 6000}, {poor, 0}} {
		if got := matcher.FindGaps(c.needs, offered(paid)).OrderList(orderSupply(place), 5); len(got) != 1 || got[0].YearCents != c.cents {
			t.Errorf("want %d cents: %+v", c.cents, got)
		}
	}
}

func TestOlderChildrenMayGetAnEveningAndYoungerOnesDoNot(t *testing.T) {
	place := matcher.OrderPlace{Name: "De Kas", Wijk: "WK01", Point: homePoint}
	for _, c := range []struct{ year, lines int }{{2016, 0}, {2012, 1}} {
		needs := cooks(8, homePoint, "WK01")
		for i := range needs {
			needs[i].Need.Born = kindinkaart.Born{Year: c.year, Month: time.April}
			needs[i].Need.Answers["F3"] = raw(onlyEvenings())
		}
		got := matcher.FindGaps(needs, offered()).OrderList(orderSupply(place), 5)
		if len(got) != c.lines || len(got) == 1 && got[0].Start != 19*60 {
			t.Errorf("born in %d: %+v", c.year, got)
		}
	}
}

// onlyEvenings is a week in which only the evenings are free.
func onlyEvenings() map[string]map[string]string {
	week := map[string]map[string]string{}
	for _, day := range []string{"ma", "di", "wo", "do", "vr", "za", "zo"} {
		week[day] = map[string]string{"ochtend": "kan_niet", "middag": "kan_niet", "vooravond": "kan_niet", "avond": "kan"}
	}
	return week
}

func TestPlacesAreSchoolsAndTheBusiestVenueAndElseTheMiddleOfTheWijk(t *testing.T) {
	square := func(code, name string, lat float64) geo.Area {
		a, _, err := geo.ReadAreas(strings.NewReader(fmt.Sprintf(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":%q,"naam":%q,"label_lon":4.55,"label_lat":%f},
			"geometry":{"type":"Polygon","coordinates":[[[4.5,%f],[4.6,%f],[4.6,%f],[4.5,%f],[4.5,%f]]]}}]}`, code, name, lat+0.05, lat, lat, lat+0.1, lat+0.1, lat)))
		if err != nil || len(a) != 1 {
			t.Fatal(err)
		}
		return a[0]
	}
	a := cookingAt(geo.Point{Lat: 51.92, Lon: 4.52})
	a.Slots[0].Location.Name = "Huis van de Wijk"
	got := matcher.OrderPlaces([]geo.Area{square("WK000002", "Leeg", 52.1), square("WK000001", "Vol", 51.9)},
		[]kindinkaart.School{{Name: "De Vlieger", Point: geo.Point{Lat: 51.95, Lon: 4.55}}, {Name: "Ergens"}}, []catalog.Activity{a})
	want := "De Vlieger WK000001 true, Huis van de Wijk WK000001 false, midden van Leeg WK000002 false, "
	said := ""
	for _, p := range got {
		said += fmt.Sprintf("%s %s %v, ", p.Name, p.Wijk, p.School)
	}
	if said != want {
		t.Errorf("got %s", said)
	}
}

func TestOfferingsJudgedTogetherHelpTheSameChildrenAsEachByItself(t *testing.T) {
	t.Parallel()
	needs, o, s := gapTown(100)
	far := s.Places[0]
	far.Point.Lat += 0.06 // farther than anybody agreed to
	s.Places = append(s.Places[:2], far)
	together, alone := matcher.FindGaps(needs, o).TogetherAndAlone(s, matcher.AgeBands[1])
	some, none := 0, 0
	for i := range together {
		if !slices.Equal(together[i], alone[i]) {
			t.Errorf("child %d: %v together, %v each by itself", i, together[i], alone[i])
		}
		some, none = some+min(len(together[i]), 1), none+min(len(together[i]), 1)^1
	}
	if some == 0 || none == 0 {
		t.Errorf("%d children can take something and %d nothing: this tests nothing", some, none)
	}
}
