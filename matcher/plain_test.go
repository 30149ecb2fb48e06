package matcher_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// The plain pass is ranking for a plain country, written once more as one loop over rows: the filters and the score that
// a database statement can say as well, with what cannot be left out. It must give the lines of Rank (TestThePlainPassGivesTheLinesOfRank); the
// comparisons of bench_compare_test.go hold Rank, this loop, PostGIS and bleve against each other.

// plainRow is what the plain pass knows of an activity with its one slot.
type plainRow struct {
	id             string
	at             geo.Point
	tags           uint64 // leaf bits
	leaf           [2]int // bits of the first two tags, -1 = none
	ageMin, ageMax int
	touches        uint32 // bits of weekday and daypart
	weekday        int
	yearCents      int
	from, to       int // days from the search day
	full, waiting  bool
	refused        bool // the partner says it has no safety policy
	wish           [3]int8
	category       int
	text           string // title and text
}

// plainWish is what the plain pass knows of a family.
type plainWish struct {
	home      geo.Point
	value     [64]float64 // by leaf bit; NaN when refused
	proposed  uint64
	age       int
	busy      uint32
	weekdays  uint8 // bits; 0 = all
	mode      geo.Mode
	minutes   float64
	yearCents int // most a year
	wish      [3]int8
	need      kindinkaart.Need
	options   matcher.Options
	word      string          // that must be in the text; "" = none
	found     map[string]bool // what has the word; nil = everything
}

var wishWords = [3][]string{{"indoor", "outdoor"}, {"active", "calm"}, {"alone", "pair", "small", "team"}}

// wishOf numbers what is offered or preferred: setting, intensity, group size; 0 = nothing said.
func wishOf(setting, intensity, size string) (w [3]int8) {
	for i, word := range []string{setting, intensity, size} {
		w[i] = int8(slices.Index(wishWords[i], word) + 1)
	}
	return w
}

var leafBit = func() map[string]int {
	bits := map[string]int{}
	for i, t := range questionnaire.Taxonomy().Tags {
		bits[t.ID] = i
	}
	return bits
}()

var categories = []string{"sport", "cultuur", "natuur", "techniek", "sociaal", "educatie", "cjg"}

func newPlainRow(a catalog.Activity, partners map[string]catalog.Partner) plainRow {
	s := a.Slots[0]
	r := plainRow{id: a.ID, at: geo.Point{Lat: s.Location.Lat, Lon: s.Location.Lon}, leaf: [2]int{-1, -1}, ageMin: *a.AgeMin, ageMax: *a.AgeMax,
		weekday: slices.Index(questionnaire.Days, s.Weekday), from: a.ValidFrom.DaysSince(searchDay), to: a.ValidTo.DaysSince(searchDay),
		full: s.Capacity != nil && s.Enrolled >= *s.Capacity, waiting: s.Waitlist.Open, refused: partners[a.Partner].Safety.VOG == catalog.No,
		wish: wishOf(a.Setting, a.Intensity, a.GroupSize), category: slices.Index(categories, questionnaire.Taxonomy().Category(a.Tags[0])), text: a.Title + ". " + a.Text}
	for i, t := range a.Tags {
		r.leaf[i] = leafBit[t]
		r.tags |= 1 << leafBit[t]
	}
	for minute := int(s.Start); minute == int(s.Start) || minute < int(s.End); minute++ {
		r.touches |= 1 << (4*r.weekday + slices.Index(dayparts, questionnaire.DaypartOf(minute)))
	}
	for _, c := range a.Costs {
		r.yearCents += c.Cents * map[string]int{"year": 1, "once": 1, "month": 12, "time": c.Times}[c.Per]
	}
	return r
}

func newPlainWish(t testing.TB, n kindinkaart.Need) plainWish {
	t.Helper()
	profile, err := questionnaire.Score(n.Variant, n.Answers, n.Parent, false)
	if err != nil {
		t.Fatal(err)
	}
	facts := questionnaire.FactsOf(n.Variant, n.Answers, n.Parent, n.Consents)
	w := plainWish{home: geo.Point{Lat: n.Home.Lat, Lon: n.Home.Lon}, age: n.Born.Age(n.On), mode: geo.Mode(facts.Travel.Mode), minutes: float64(facts.Travel.Minutes),
		yearCents: math.MaxInt32, wish: wishOf(facts.Prefs.Setting, facts.Prefs.Intensity, facts.Prefs.GroupSize), need: n, options: matcher.Options{Limit: 20, ForChild: true}}
	if !facts.Budget.Unlimited {
		w.yearCents = 12 * facts.Budget.MonthCents
	}
	for tag, bit := range leafBit {
		if w.value[bit] = profile.Effective[tag]; slices.Contains(profile.Veto, tag) {
			w.value[bit] = math.NaN()
		} else if w.value[bit] >= 0.15 {
			w.proposed |= 1 << bit
		}
	}
	for d, day := range facts.ChildTimes {
		for p, said := range day {
			if said == questionnaire.CanNot {
				w.busy |= 1 << (4*d + p)
			}
		}
	}
	return w
}

// on limits the search to some weekdays.
func (w plainWish) on(days ...string) plainWish {
	w.options.Weekdays = days
	for _, d := range days {
		w.weekdays |= 1 << slices.Index(questionnaire.Days, d)
	}
	return w
}

// with looks for a word that is in texts and stands for no tag: then everything that the child did not refuse is proposed.
func (w plainWish) with(word string) plainWish {
	w.word, w.options.Search, w.proposed = word, word, 0
	for bit, v := range w.value {
		if !math.IsNaN(v) {
			w.proposed |= 1 << bit
		}
	}
	return w
}

// plainLine is one line of the plain pass.
type plainLine struct {
	row   *plainRow
	group int // 0 kan_zo, 1 kan_met_hulp, 2 kan_nu_niet
	score float64
}

// judge gives the line of a row; ok is false when it is not proposed, or not possible as things stand.
func (w *plainWish) judge(r *plainRow) (l plainLine, ok bool) {
	if r.tags&w.proposed == 0 || w.weekdays != 0 && w.weekdays>>r.weekday&1 == 0 || w.found != nil && !w.found[r.id] {
		return l, false
	}
	interest := 0.0
	for _, bit := range r.leaf {
		if bit >= 0 && w.value[bit] > interest {
			interest = w.value[bit]
		}
	}
	minutes := geo.DefaultSpeeds.Minutes(geo.Distance(w.home, r.at)*geo.DefaultSpeeds.Detour, w.mode, w.age)
	group, open := w.standing(r, minutes)
	liked := 0.0
	for i, v := range r.wish {
		if v != 0 && v == w.wish[i] {
			liked += 2
		}
	}
	score := hundredth(60*interest) + hundredth(15*geo.Decay(minutes, 20)) + hundredth(10*1000/(1000+float64(r.yearCents)/12)) + liked + open
	return plainLine{r, group, hundredth(score)}, group < 2
}

func hundredth(x float64) float64 { return math.Round(x*100) / 100 }

// standing gives the group and the points of what stands in the way.
func (w *plainWish) standing(r *plainRow, minutes float64) (group int, points float64) {
	note := func(is, never bool, cost float64) {
		if is {
			points -= cost
			group = max(group, 1)
			if never {
				group = 2
			}
		}
	}
	beside := max(r.ageMin-w.age, w.age-r.ageMax, 0)
	note(r.yearCents > w.yearCents, false, 5)
	note(minutes > w.minutes, minutes > 1.5*w.minutes, 5)
	note(r.touches&w.busy != 0, true, 5)
	note(r.full, !r.waiting, 5)
	note(beside == 1, false, 3)
	note(beside > 1, true, 5)
	note(r.to < 0, true, 5)
	note(r.refused, true, 5)
	return group, points
}

func plainOrder(a, b *plainLine) int {
	switch {
	case a.group != b.group:
		return a.group - b.group
	case a.row.full != b.row.full && a.row.full:
		return 1
	case a.row.full != b.row.full:
		return -1
	}
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.row.id, b.row.id))
}

// plainTop is the linear pass: every row is judged, the best 20 are kept, and the tenth is of another category when the
// first ten are all of one.
func plainTop(rows []plainRow, w *plainWish) []plainLine {
	top, best := plainPass(rows, w)
	return plainMix(top, best[:])
}

// plainBest is the same without the rule for the tenth.
func plainBest(rows []plainRow, w *plainWish) []plainLine {
	top, _ := plainPass(rows, w)
	return top
}

// plainPass gives the best 20, and the best of each category.
func plainPass(rows []plainRow, w *plainWish) (top []plainLine, best [8]plainLine) {
	const page = 20
	top = make([]plainLine, 0, page+1)
	for i := range rows {
		l, ok := w.judge(&rows[i])
		if !ok {
			continue
		}
		if o := &best[l.row.category]; o.row == nil || plainOrder(&l, o) < 0 {
			*o = l
		}
		if len(top) == page && plainOrder(&l, &top[page-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, l, func(a, b plainLine) int { return plainOrder(&a, &b) })
		if top = slices.Insert(top, at, l); len(top) > page {
			top = top[:page]
		}
	}
	return top, best
}

// plainMix lifts the best of another category to the tenth place, within its group.
func plainMix(top, best []plainLine) []plainLine {
	if len(top) <= 10 || slices.ContainsFunc(top[:10], func(l plainLine) bool { return l.row.category != top[0].row.category }) {
		return top
	}
	var lift plainLine
	for _, l := range best {
		if l.row != nil && l.row.category != top[0].row.category && (lift.row == nil || plainOrder(&l, &lift) < 0) {
			lift = l
		}
	}
	if lift.row == nil || lift.group != top[9].group || lift.row.full != top[9].row.full {
		return top
	}
	rest := slices.DeleteFunc(slices.Clone(top), func(l plainLine) bool { return l.row == lift.row })
	mixed := slices.Insert(rest, 9, lift)
	return mixed[:min(len(mixed), len(top))]
}

func plainIDs(lines []plainLine) []string {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.row.id
	}
	return ids
}

// plainRows are the rows of n activities.
func plainRows(c *country, n int) []plainRow {
	partners := map[string]catalog.Partner{}
	for _, p := range c.partners(n) {
		partners[p.ID] = p
	}
	rows := make([]plainRow, 0, n)
	for a := range c.activities(n) {
		r := newPlainRow(a, partners)
		rows = append(rows, r)
	}
	return rows
}

// plainWishes are n families; every third looks on some days only.
func plainWishes(t testing.TB, c *country, n int) []plainWish {
	list := make([]plainWish, n)
	for i, need := range c.families(0, n) {
		if list[i] = newPlainWish(t, need); i%3 == 2 {
			list[i] = list[i].on("wo", "za")
		}
	}
	return list
}

func rankedIDs(t testing.TB, w *plainWish, board *matcher.Board) []string {
	t.Helper()
	r, err := matcher.Rank(w.need, board, nil, w.options)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(r.Items))
	for i, it := range r.Items {
		ids[i] = it.Activity
	}
	return ids
}

func TestThePlainPassGivesTheLinesOfRank(t *testing.T) {
	c := newCountry(7, true)
	const n = 1500
	rows, board := plainRows(c, n), buildBoard(c, n)
	for i, w := range plainWishes(t, c, 40) {
		if got, want := plainIDs(plainTop(rows, &w)), rankedIDs(t, &w, board); !slices.Equal(got, want) {
			t.Errorf("family %d: plain pass %v\nRank %v", i, got, want)
		}
	}
}
