package matcher_test

import (
	"slices"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// Of a child of whom little is known every group of the taxonomy that is within reach is on the list, once.
func TestAThinProfileSeesEveryGroupThatIsWithinReach(t *testing.T) {
	t.Parallel()
	ways := geo.Ways{Crossings: geo.DefaultCrossings()}
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		need.Answers = questionnaire.Answers{"F4": raw("buiten")}
		o := matcher.Options{ForChild: true}
		r, err := matcher.Rank(need, matcher.NewBoard(somePartners, list, verified(), ways), nil, o)
		if err != nil || !r.Thin {
			t.Fatal("not thin", err)
		}
		var shown []string
		for _, it := range r.Items {
			leaf, _ := questionnaire.Leaf(it.Interest.Tag)
			if slices.Contains(shown, leaf.Group) {
				t.Fatalf("group %s twice", leaf.Group)
			}
			shown = append(shown, leaf.Group)
		}
		for _, a := range list {
			alone, err := matcher.Rank(need, matcher.NewBoard(somePartners, []catalog.Activity{a}, verified(), ways), nil, o)
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range alone.Items {
				if leaf, _ := questionnaire.Leaf(it.Interest.Tag); !slices.Contains(shown, leaf.Group) {
					t.Fatalf("%s is within reach and group %s is not on the list %v", a.ID, leaf.Group, shown)
				}
			}
		}
	})
}

// madeAt gives an id of the moment at which an activity was put in.
func madeAt(t *testing.T, day civil.Date) string {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	ms := day.In(time.UTC).Add(12 * time.Hour).UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	return id.String()
}

func TestNewsIsWhatSuitsAndCameAfterTheSearch(t *testing.T) {
	t.Parallel()
	before, after := searchDay.AddDays(-20), searchDay.AddDays(-2)
	since := searchDay.AddDays(-10)
	lesson := func(made civil.Date, change func(a *catalog.Activity)) catalog.Activity {
		a := football(madeAt(t, made), "wo", 15*60)
		if change != nil {
			change(&a)
		}
		return a
	}
	for name, c := range map[string]struct {
		list    []catalog.Activity
		nothing bool
		want    int
	}{
		"new and it suits":                     {list: []catalog.Activity{lesson(after, nil)}, want: 1},
		"it was there already":                 {list: []catalog.Activity{lesson(before, nil)}, nothing: true},
		"new beside what is there":             {list: []catalog.Activity{lesson(after, nil), lesson(before, nil)}},
		"new, and nothing was found before":    {list: []catalog.Activity{lesson(after, nil), lesson(before, nil)}, nothing: true, want: 1},
		"new beside what cannot be done":       {list: []catalog.Activity{lesson(after, nil), lesson(before, func(a *catalog.Activity) { a.Slots[0].MembershipStop = true })}, want: 1},
		"new and full":                         {list: []catalog.Activity{lesson(after, func(a *catalog.Activity) { a.Slots[0].MembershipStop = true })}, nothing: true},
		"new and not for this child":           {list: []catalog.Activity{lesson(after, func(a *catalog.Activity) { a.Tags = []string{"vissen"} })}, nothing: true},
		"new and not declared safe":            {list: []catalog.Activity{lesson(after, func(a *catalog.Activity) { a.Partner = "p-new" })}, nothing: true},
		"new here, but it has run for a while": {list: []catalog.Activity{lesson(after, func(a *catalog.Activity) { a.ValidFrom = before })}, nothing: true},
		"an id that tells no time":             {list: []catalog.Activity{football("A", "wo", 15*60)}, nothing: true},
	} {
		board := matcher.NewBoard(somePartners, c.list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
		got, err := matcher.Live{Board: board}.News(evenings(), nil, matcher.Since{Day: since, FoundNothing: c.nothing})
		if err != nil || len(got) != c.want {
			t.Errorf("%s: %d lines, want %d (%v)", name, len(got), c.want, err)
		}
	}
}

func TestAnActivityThatGotBetterIsNewsForAChildThatFoundNothing(t *testing.T) {
	t.Parallel()
	since := searchDay.AddDays(-10)
	noon := func(d civil.Date) time.Time { return d.In(time.UTC).Add(12 * time.Hour) }
	old := football(madeAt(t, searchDay.AddDays(-20)), "wo", 15*60)
	board := matcher.NewBoard(somePartners, []catalog.Activity{old}, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	line := func(days int, id string, what ...catalog.Better) catalog.Change {
		return catalog.Change{Kind: "activity", ID: id, At: noon(searchDay.AddDays(days)), Better: what}
	}
	for name, c := range map[string]struct {
		log     []catalog.Change
		nothing bool
		want    []catalog.Better
	}{
		"cheaper since":           {log: []catalog.Change{line(-2, old.ID, catalog.Cheaper)}, nothing: true, want: []catalog.Better{catalog.Cheaper}},
		"two changes, each once":  {log: []catalog.Change{line(-4, old.ID, catalog.OtherTime), line(-2, old.ID, catalog.Cheaper, catalog.OtherTime)}, nothing: true, want: []catalog.Better{catalog.Cheaper, catalog.OtherTime}},
		"cheaper before":          {log: []catalog.Change{line(-12, old.ID, catalog.Cheaper)}, nothing: true},
		"on the day itself":       {log: []catalog.Change{line(-10, old.ID, catalog.Cheaper)}, nothing: true},
		"the child only searches": {log: []catalog.Change{line(-2, old.ID, catalog.Cheaper)}},
		"another activity":        {log: []catalog.Change{line(-2, "B", catalog.Cheaper)}, nothing: true},
		"only before the last":    {log: []catalog.Change{line(-12, old.ID, catalog.RoomAgain), line(-2, "B", catalog.Cheaper)}, nothing: true},
	} {
		got, err := matcher.Live{Board: board, Improved: c.log}.News(evenings(), nil, matcher.Since{Day: since, FoundNothing: c.nothing})
		if err != nil || (len(got) == 1) != (c.want != nil) || len(got) == 1 && !slices.Equal(got[0].Better, c.want) {
			t.Errorf("%s: %+v (%v), want %v", name, got, err, c.want)
		}
	}
}
