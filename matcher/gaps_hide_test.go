package matcher_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

var (
	gapTags   = []string{"voetbal", "koken_bakken", "dieren"}
	gapWijken = []string{"WK01", "WK02", "WK03", "WK04"}
	gapWhys   = []matcher.Why{matcher.NoOffer, matcher.TooFar, matcher.WrongAge}
)

// drawChildren draws a town of children with few and with many behind each number.
func drawChildren(t *rapid.T) (out []matcher.SomeChild) {
	for range rapid.IntRange(0, 12).Draw(t, "groups") {
		c := matcher.SomeChild{Wijk: rapid.SampledFrom(gapWijken).Draw(t, "wijk"), Band: rapid.SampledFrom([]string{"4-7", "8-11", "12-15"}).Draw(t, "band"),
			Parts: rapid.SliceOfNDistinct(rapid.SampledFrom(matcher.GapParts), 0, 3, rapid.ID[string]).Draw(t, "parts"), Unmet: map[string]matcher.Why{}}
		for _, tag := range rapid.SliceOfNDistinct(rapid.SampledFrom(gapTags), 0, 3, rapid.ID[string]).Draw(t, "tags") {
			c.Unmet[tag] = rapid.SampledFrom(gapWhys).Draw(t, "why")
		}
		for range rapid.IntRange(1, 9).Draw(t, "many") {
			out = append(out, c)
		}
	}
	return out
}

// system is what somebody can write down who sees the page and knows the rules: a row per equation, the last column its sum.
type system struct {
	names map[string]int
	rows  [][]int64
}

const prime = 1_000_003

func (s *system) column(name string) int {
	if _, ok := s.names[name]; !ok {
		s.names[name] = len(s.names)
	}
	return s.names[name]
}

// equate says that cells add up to n, or to another cell when total is not "".
func (s *system) equate(cells []string, total string, n int) {
	row := make([]int64, 96)
	for _, c := range cells {
		row[s.column(c)] = 1
	}
	if total != "" {
		row[s.column(total)] = prime - 1
	}
	row[95] = int64(n)
	s.rows = append(s.rows, row)
}

// split writes down how a total is divided over labels: the shown ones, the rest row and the sum.
func (s *system) split(of string, labels []string, shown []kindinkaart.Count, rest string) {
	var all, others []string
	for _, l := range labels {
		all = append(all, of+"/"+l)
		if !slices.ContainsFunc(shown, func(c kindinkaart.Count) bool { return c.Label == l }) {
			others = append(others, of+"/"+l)
		}
	}
	s.equate(all, of, 0)
	for _, c := range shown {
		if c.Label == rest {
			s.equate(others, "", c.N)
		} else {
			s.equate([]string{of + "/" + c.Label}, "", c.N)
		}
	}
}

// solved gives the cells that follow, by elimination.
func (s *system) solved() (known []string) {
	at := 0
	for col := range len(s.names) {
		pivot := -1
		for i := at; i < len(s.rows); i++ {
			if s.rows[i][col] != 0 {
				pivot = i
			}
		}
		if pivot < 0 {
			continue
		}
		s.rows[at], s.rows[pivot] = s.rows[pivot], s.rows[at]
		scale(s.rows[at], inverse(s.rows[at][col]))
		for i, row := range s.rows {
			if f := row[col]; i != at && f != 0 {
				for k := range row {
					row[k] = ((row[k]-f*s.rows[at][k])%prime + prime) % prime
				}
			}
		}
		at++
	}
	for name, col := range s.names {
		for _, row := range s.rows[:at] {
			if row[col] == 1 && !slices.ContainsFunc(slices.Concat(row[:col], row[col+1:95]), func(v int64) bool { return v != 0 }) {
				known = append(known, name)
			}
		}
	}
	return known
}

func scale(row []int64, f int64) {
	for k := range row {
		row[k] = row[k] * f % prime
	}
}

func inverse(v int64) int64 {
	out, power := int64(1), prime-2
	for ; power > 0; power /= 2 {
		if power%2 == 1 {
			out = out * v % prime
		}
		v = v * v % prime
	}
	return out
}

// seenOn writes down all that a table tells.
func seenOn(table matcher.GapTable) *system {
	s := &system{names: map[string]int{}}
	whys := []string{}
	for _, w := range gapWhys {
		whys = append(whys, string(w))
	}
	for _, tag := range table.Tags {
		if tag.Total.Hidden {
			continue
		}
		s.equate([]string{tag.Tag}, "", tag.Total.N)
		var rows []kindinkaart.Count
		for _, w := range tag.Wijken {
			rows = append(rows, kindinkaart.Count{Label: w.Wijk, N: w.N})
			s.split(tag.Tag+"/"+w.Wijk, []string{"4-7", "8-11", "12-15"}, w.Bands, matcher.RestBands)
			s.split(tag.Tag+"/"+w.Wijk, whys, w.Why, matcher.RestWhy)
		}
		if tag.Rest > 0 {
			rows = append(rows, kindinkaart.Count{Label: matcher.RestWijken, N: tag.Rest})
		}
		s.split(tag.Tag, gapWijken, rows, matcher.RestWijken)
	}
	return s
}

// truth counts every cell the equations speak of.
func truth(children []matcher.SomeChild) map[string]int {
	n := map[string]int{}
	for _, c := range children {
		for tag, why := range c.Unmet {
			n[tag]++
			n[tag+"/"+c.Wijk]++
			n[tag+"/"+c.Wijk+"/"+c.Band]++
			n[tag+"/"+c.Wijk+"/"+string(why)]++
		}
	}
	return n
}

func TestNoHiddenNumberOfAGapCanBeComputedBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		children := drawChildren(t)
		table := matcher.SomeGaps(children).Table(5)
		counts := truth(children)
		for _, name := range seenOn(table).solved() {
			if n := counts[name]; n > 0 && n < 5 {
				t.Fatalf("%s is %d and follows from %+v", name, n, table)
			}
		}
	})
}

func TestEveryShownNumberOfAGapIsRightAndTellsOfFiveOrMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		children := drawChildren(t)
		counts := truth(children)
		want := func(name string, n int) {
			if counts[name] != n || n < 5 {
				t.Fatalf("%s is shown as %d and is %d", name, n, counts[name])
			}
		}
		for _, tag := range matcher.SomeGaps(children).Table(5).Tags {
			if tag.Total.Hidden != (counts[tag.Tag] < 5) || tag.Total.Hidden && len(tag.Wijken)+tag.Rest > 0 {
				t.Fatalf("%+v of %d", tag, counts[tag.Tag])
			}
			sum := tag.Rest
			for _, w := range tag.Wijken {
				sum += w.N
				want(tag.Tag+"/"+w.Wijk, w.N)
				wantRows(t, want, tag.Tag+"/"+w.Wijk+"/", w.N, w.Bands, matcher.RestBands)
				wantRows(t, want, tag.Tag+"/"+w.Wijk+"/", w.N, w.Why, matcher.RestWhy)
			}
			if !tag.Total.Hidden && sum != tag.Total.N {
				t.Fatalf("%s adds up to %d of %d", tag.Tag, sum, tag.Total.N)
			}
		}
	})
}

func wantRows(t *rapid.T, want func(string, int), prefix string, total int, rows []kindinkaart.Count, rest string) {
	sum := 0
	for _, c := range rows {
		sum += c.N
		if c.Label != rest {
			want(prefix+c.Label, c.N)
		}
	}
	if len(rows) > 0 && sum != total {
		t.Fatalf("%s adds up to %d of %d", prefix, sum, total)
	}
}

func TestAChildIsCountedOnceHoweverManyWishesItHas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		children := drawChildren(t)
		table := matcher.SomeGaps(children).Table(5)
		unmet, byWijk := 0, map[string]int{}
		for _, c := range children {
			if len(c.Unmet) > 0 {
				unmet++
				byWijk[c.Wijk]++
			}
		}
		if !table.Unmet.Hidden && table.Unmet.N != unmet {
			t.Fatalf("%d children are counted as %d", unmet, table.Unmet.N)
		}
		for _, w := range table.Wijken {
			if w.Label != matcher.RestWijken && w.N != byWijk[w.Label] {
				t.Fatalf("%s has %d children and shows %d", w.Label, byWijk[w.Label], w.N)
			}
		}
	})
}

func TestTheOrderInWhichChildrenComeChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		children := drawChildren(t)
		other := rapid.Permutation(children).Draw(t, "order")
		if a, b := fmt.Sprint(matcher.SomeGaps(children).Table(5)), fmt.Sprint(matcher.SomeGaps(other).Table(5)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// Nine children of WK01 miss something: five cooking and four animals. Nobody may learn of the four, from whatever total.
func TestTheNumberOfAWijkDoesNotTellWhatStandsBehindAHiddenWish(t *testing.T) {
	wants := func(n int, wijk, tag string) (out []matcher.SomeChild) {
		for range n {
			out = append(out, matcher.SomeChild{Wijk: wijk, Band: "8-11", Unmet: map[string]matcher.Why{tag: matcher.NoOffer}})
		}
		return out
	}
	town := slices.Concat(wants(5, "WK01", "koken_bakken"), wants(4, "WK01", "dieren"), wants(12, "WK02", "koken_bakken"))
	table := matcher.SomeGaps(town).Table(5)
	if !table.Unmet.Hidden || len(table.Wijken) > 0 {
		t.Errorf("the 21 in all less the 17 of cooking are the 4 of animals: %+v", table)
	}
	table = matcher.SomeGaps(append(town, wants(6, "WK02", "dieren")...)).Table(5)
	if slices.ContainsFunc(table.Wijken, func(c kindinkaart.Count) bool { return c.Label == "WK01" }) {
		t.Errorf("the 9 of WK01 less the 5 of cooking are the 4 of animals: %+v", table)
	}
	if got := matcher.SomeGaps(append(town, wants(6, "WK01", "dieren")...)).Table(1); !maps.Equal(shownTags(got), map[string]int{"koken_bakken": 17, "dieren": 10}) {
		t.Errorf("with ten children animals may be told: %+v", got)
	}
}

func TestWhenNearlyEverybodyMissesSomethingTheFewWhoDoNotAreNotTold(t *testing.T) {
	var town []matcher.SomeChild
	for i := range 20 {
		c := matcher.SomeChild{Wijk: "WK01", Band: "8-11", Unmet: map[string]matcher.Why{}}
		if i >= 3 {
			c.Unmet["dieren"] = matcher.NoOffer
		}
		town = append(town, c)
	}
	if table := matcher.SomeGaps(town).Table(5); !table.Children.Hidden || table.Unmet.N != 17 {
		t.Errorf("20 in all less 17: %+v", table)
	}
}

func shownTags(t matcher.GapTable) map[string]int {
	out := map[string]int{}
	for _, tag := range t.Tags {
		if !tag.Total.Hidden {
			out[tag.Tag] = tag.Total.N
		}
	}
	return out
}
