package matcher_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

var rivers = geo.Ways{Crossings: geo.DefaultCrossings()}

// drawOptions draws the wishes of a search.
func drawOptions(t *rapid.T) matcher.Options {
	o := matcher.Options{
		Limit: rapid.SampledFrom([]int{0, 0, 1, 5, 10, 12, 20}).Draw(t, "limit"), ForChild: rapid.Bool().Draw(t, "for child"),
		Mode: rapid.SampledFrom([]geo.Mode{"", "", geo.Walk, geo.Bike, geo.Car, geo.Transit}).Draw(t, "mode"),
	}
	if rapid.IntRange(0, 3).Draw(t, "weekdays?") == 0 {
		o.Weekdays = rapid.SliceOfDistinct(rapid.SampledFrom(questionnaire.Days), rapid.ID[string]).Draw(t, "weekdays")
	}
	if rapid.IntRange(0, 3).Draw(t, "assume?") == 0 {
		o.Assume = []matcher.Assumption{{Remedy: rapid.SampledFrom([]string{"fiets", "buddy", "fonds", "dagplan", "uitleen"}).Draw(t, "assume")}}
		if rapid.Bool().Draw(t, "assume on") {
			o.Assume[0].Weekdays = []string{"wo", "do"}
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "search?") == 0 {
		o.Search = rapid.SampledFrom([]string{"voetbal", "dansen", "koken", "iets met qwerty"}).Draw(t, "search")
		o.Found = drawFound(t)
	}
	return o
}

// drawFound draws what some words are in: of one or two lists, with ids that no board has.
func drawFound(t *rapid.T) []catalog.Matched {
	var all []catalog.Matched
	for k := range rapid.IntRange(1, 2).Draw(t, "lists") {
		var ids []string
		for i := range 28 {
			if i%2 == k {
				ids = append(ids, fmt.Sprintf("A%02d", i))
			}
		}
		m := catalog.Matched{List: catalog.NewIDList(slices.Values(append(ids, "A99")))}
		for n := range m.List.Len() {
			if rapid.Bool().Draw(t, "found") {
				m.Numbers = append(m.Numbers, uint32(n))
			}
		}
		all = append(all, m)
	}
	return all
}

// drawMore adds what the promises do not need: thin answers, arrangements and what a fund refused.
func drawMore(t *rapid.T, n *kindinkaart.Need) {
	if rapid.IntRange(0, 4).Draw(t, "thin?") == 0 {
		n.Answers = questionnaire.Answers{"V1": raw("groepje")}
	}
	if rapid.IntRange(0, 2).Draw(t, "arranged?") == 0 {
		for _, remedy := range []string{"buddy", "fiets", "fonds", "uitleen"} {
			n.Arranged = append(n.Arranged, kindinkaart.Arranged{Activity: rapid.SampledFrom([]string{"A00", "A01", "A02"}).Draw(t, remedy), Remedy: remedy})
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "refused?") == 0 {
		n.Refused = []regeling.Refusal{{Scheme: rapid.SampledFrom([]string{"jfsc-rtm-sport", "jeugdtegoed-rtm-4-11"}).Draw(t, "by"), Activity: rapid.SampledFrom([]string{"A00", "A01"}).Draw(t, "for")}}
	}
	if rapid.IntRange(0, 5).Draw(t, "no home?") == 0 {
		n.Home, n.SecondHome = nil, nil
	}
}

func sameAsPlain(t interface{ Fatalf(string, ...any) }, n kindinkaart.Need, b *matcher.Board, p *matcher.Plain, o matcher.Options) {
	got, err := matcher.Rank(n, b, nil, o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	want, err := matcher.PlainRank(n, p, o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for i := range min(len(got.Items), len(want)) {
		if !reflect.DeepEqual(got.Items[i], want[i]) {
			t.Fatalf("options %+v: line %d differs from the plain reference:\n%+v\n%+v", o, i+1, got.Items[i], want[i])
		}
	}
	if len(got.Items) != len(want) {
		t.Fatalf("options %+v: %d lines, the plain reference has %d", o, len(got.Items), len(want))
	}
	standings, thin, err := matcher.Standings(n, b, nil, o)
	if err != nil || thin != got.Thin || len(standings) != len(want) {
		t.Fatalf("options %+v: %d standings, thin %v, %v; there are %d lines, thin %v", o, len(standings), thin, err, len(want), got.Thin)
	}
	for i, s := range standings {
		if line := want[i]; s != (matcher.Standing{Activity: line.Activity, Slot: line.Slot, Group: line.Group, Score: line.Score, Full: line.Full}) {
			t.Fatalf("options %+v: standing %d differs from the plain reference:\n%+v\n%+v", o, i+1, s, line)
		}
	}
}

func TestRankEqualsThePlainReferenceForEveryWishOfASearch(t *testing.T) {
	t.Parallel()
	const searches = 6 // of every catalogue
	rapid.Check(t, func(t *rapid.T) {
		list := drawActivities(t)
		board, plain := matcher.NewBoard(somePartners, list, verified(), rivers), matcher.NewPlain(somePartners, list, verified(), rivers)
		for range searches {
			need, o := drawNeed(t), drawOptions(t)
			drawMore(t, &need)
			sameAsPlain(t, need, board, plain, o)
		}
	})
}

// TestNothingComesEarlierThanWasHoped looks at the bounds themselves, for a list may come out right by luck.
func TestNothingComesEarlierThanWasHoped(t *testing.T) {
	t.Parallel()
	c := newCountry(13, false)
	country := matcher.NewBoard(c.partners(3000), slices.Collect(c.activities(3000)), c.schemes(), rivers)
	rapid.Check(t, func(t *rapid.T) {
		board, need, o := matcher.NewBoard(somePartners, drawActivities(t), verified(), rivers), drawNeed(t), drawOptions(t)
		o.Search, o.Found = "", nil
		drawMore(t, &need)
		if rapid.IntRange(0, 9).Draw(t, "country?") == 0 {
			board, need = country, c.family(rapid.IntRange(0, 5000).Draw(t, "family"))
		}
		broken, err := matcher.BrokenPromises(&need, board, o)
		if err != nil || len(broken) > 0 {
			t.Fatalf("%v %v", err, broken)
		}
	})
}

// TestRankEqualsThePlainReferenceOnAHundredThousandPairs holds 25 families against 4,000 activities of the invented country:
// there most of the board is passed over, and nothing that belongs on the list may be.
func TestRankEqualsThePlainReferenceOnAHundredThousandPairs(t *testing.T) {
	t.Parallel()
	const activities, families = 4000, 25
	c := newCountry(7, false)
	list := slices.Collect(c.activities(activities))
	board, plain := matcher.NewBoard(c.partners(activities), list, c.schemes(), rivers), matcher.NewPlain(c.partners(activities), list, c.schemes(), rivers)
	for i := range families {
		need := c.family(i)
		sameAsPlain(t, need, board, plain, matcher.Options{Limit: 20})
		sameAsPlain(t, need, board, plain, matcher.Options{Limit: 20, ForChild: true, Weekdays: []string{"wo", "za"}})
	}
}

// TestWordsOverACountryEqualThePlainReference looks for words that are no tag and are in one activity of every seven, over a
// board of which some has changed: what the words are in is walked by boxes, and a changed activity stands elsewhere.
func TestWordsOverACountryEqualThePlainReference(t *testing.T) {
	t.Parallel()
	const activities, families = 3000, 6
	c := newCountry(11, false)
	list := slices.Collect(c.activities(activities))
	board := matcher.NewBoard(c.partners(activities), list, c.schemes(), rivers)
	for i := range 100 {
		list[i*17].Slots = list[i*17].Slots[:1]
		if i%3 == 0 {
			list[i*17].Slots[0].Location = catalog.Location{}
		}
		board = board.With(c.partners(activities), list[i*17:i*17+1], nil)
	}
	found := catalog.MatchedIDs(func(yield func(string) bool) {
		for i := 0; i < activities && yield(list[i].ID); i += 1 + i*7%13 {
		}
	})
	plain := matcher.NewPlain(c.partners(activities), list, c.schemes(), rivers)
	for i := range families {
		o := matcher.Options{Limit: 20 * (i % 2), ForChild: i%3 == 0, Search: "qwerty", Found: []catalog.Matched{found}}
		sameAsPlain(t, c.family(i), board, plain, o)
	}
}

// TestOffersWithoutAPlaceDoNotHideTheirNeighbours: what the words are in is walked by boxes around offers that follow each
// other; where none of 64 has a place the box is empty, and must say nothing about how far the boxes beside it are.
func TestOffersWithoutAPlaceDoNotHideTheirNeighbours(t *testing.T) {
	n := easyNeed()
	delete(n.Parent, "P11")
	at := func(id string, north, east float64) catalog.Activity {
		a := easyOffer()
		a.ID, a.GroupSize, a.Intensity = id, "team", "active"
		a.Slots[0].Location = catalog.Location{Lat: homePoint.Lat + north/111_195, Lon: homePoint.Lon + east/68_640}
		return a
	}
	list := []catalog.Activity{at("nearest", 0, 1500)}
	for i := range 12 {
		list = append(list, at(fmt.Sprintf("near %02d", i), 1700, 0))
	}
	for i := range 500 {
		list = append(list, at(fmt.Sprintf("far %03d", i), 20_000, -20_000))
	}
	for i := range 200 {
		a := at(fmt.Sprintf("online %03d", i), 0, 0)
		a.Slots[0].Location = catalog.Location{}
		list = append(list, a)
	}
	var ids []string
	for i := range list {
		ids = append(ids, list[i].ID)
	}
	o := matcher.Options{Limit: 1, Search: "qwerty", Found: []catalog.Matched{catalog.MatchedIDs(slices.Values(ids))}}
	board := matcher.NewBoard(somePartners, list, nil, geo.Ways{})
	r, err := matcher.Rank(n, board, nil, o)
	if err != nil || len(r.Items) != 1 || r.Items[0].Activity != "nearest" {
		t.Errorf("%v: first is %s", err, r.Items[0].Activity)
	}
}

// TestABoardThatFollowedChangesEqualsOneMadeAnew changes, withdraws and adds activities many times over.
func TestABoardThatFollowedChangesEqualsOneMadeAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := map[string]catalog.Activity{}
		for _, a := range drawActivities(t) {
			now[a.ID] = a
		}
		board := matcher.NewBoard(somePartners, sortedActivities(now), verified(), rivers)
		for step := range rapid.IntRange(1, 6).Draw(t, "steps") {
			var changed []catalog.Activity
			var gone []string
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				a := drawActivity(t, rapid.IntRange(0, 26).Draw(t, "which"))
				if slices.ContainsFunc(changed, func(c catalog.Activity) bool { return c.ID == a.ID }) || slices.Contains(gone, a.ID) {
					continue
				}
				switch rapid.IntRange(0, 4).Draw(t, fmt.Sprintf("what %d", step)) {
				case 0:
					gone = append(gone, a.ID)
					delete(now, a.ID)
					continue
				case 1:
					a.State = catalog.Withdrawn
				}
				changed, now[a.ID] = append(changed, a), a
			}
			board = board.With(somePartners, changed, gone)
		}
		list := sortedActivities(now)
		need := drawNeed(t)
		if want := matcher.NewBoard(somePartners, list, verified(), rivers).Len(); board.Len() != want {
			t.Fatalf("%d activities, want %d", board.Len(), want)
		}
		sameAsPlain(t, need, board, matcher.NewPlain(somePartners, list, verified(), rivers), drawOptions(t))
	})
}

func sortedActivities(m map[string]catalog.Activity) []catalog.Activity {
	out := make([]catalog.Activity, 0, len(m))
	for _, a := range m {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b catalog.Activity) int { return cmp.Compare(b.ID, a.ID) }) // the board sorts for itself
	return out
}
