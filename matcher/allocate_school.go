package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/kindinkaart"
)

// Fare is how the children of one class, or of several, fare in both ways to divide.
type Fare struct {
	Klas          string // id; "" = several classes
	Label         string
	Klassen       int
	Cards         int
	Best, Lottery Outcome
}

// Outcome counts children; the three overlap with nobody but First, who are part of Three.
type Outcome struct {
	First    int // with their first wish
	Three    int // with one of their first three
	Unplaced int // without any place
}

// Detail is how much of an Outcome may be told.
type Detail int

// From nothing to all.
const (
	TellNothing Detail = iota
	TellUnplaced
	TellFirst // and Unplaced
	TellAll
)

// Fares are the classes of a division with all of them together.
type Fares struct {
	Rows   []Fare // by class
	Detail Detail // of Rows
	All    Fare
	Whole  Detail // of All
}

// restLabel is the row of classes that are too small to tell apart.
const restLabel = "andere klassen samen"

// Fares counts how the children of each class fare, all classes and all numbers: for the case team.
func (k KlasWishes) Fares(a Allocation) Fares {
	at, out := map[string]int{}, Fares{Detail: TellAll, Whole: TellAll}
	for i, part := range k.Klassen {
		at[part.ID] = i
		out.Rows = append(out.Rows, Fare{Klas: part.ID, Label: part.Label, Klassen: 1})
	}
	number := map[string]int{}
	for _, c := range k.Cards {
		number[c.Code] = at[c.Klas]
		out.Rows[at[c.Klas]].Cards++
	}
	for i := range a.Best.Children {
		row := &out.Rows[number[a.Best.Children[i].Code]] // both ways list children by code
		row.Best.add(a.Best.Children[i])
		row.Lottery.add(a.Lottery.Children[i])
	}
	out.All = addUp("", out.Rows)
	return out
}

// add counts one child.
func (o *Outcome) add(g Given) {
	if len(g.Places) == 0 {
		o.Unplaced++
		return
	}
	o.First += count(g.Places[0].Rank == 1)
	o.Three += count(g.Places[0].Rank <= 3)
}

// addUp adds classes up.
func addUp(label string, rows []Fare) Fare {
	sum := Fare{Label: label}
	plus := func(a, b Outcome) Outcome {
		return Outcome{a.First + b.First, a.Three + b.Three, a.Unplaced + b.Unplaced}
	}
	for _, r := range rows {
		sum.Klassen, sum.Cards = sum.Klassen+r.Klassen, sum.Cards+r.Cards
		sum.Best, sum.Lottery = plus(sum.Best, r.Best), plus(sum.Lottery, r.Lottery)
	}
	return sum
}

// Told is what may be told of fares outside the case team (DOMAIN 7.6): rows in which every group of children that a number
// stands for, or that is left over by the numbers, is empty or at least min. Classes that cannot be told so stand together in
// one row, as many as that row needs. All rows have the same detail: the one that shows most classes, and of those the most
// numbers. As rows have no child in common and none hides a part of itself, no small group follows from them. min is at least 5.
func (f Fares) Told(min int) Fares {
	min = max(min, 5)
	rows := slices.DeleteFunc(slices.Clone(f.Rows), func(r Fare) bool { return r.Cards == 0 })
	slices.SortStableFunc(rows, func(a, b Fare) int { return cmp.Compare(b.Cards, a.Cards) })
	out := Fares{All: f.All}
	for d := TellAll; d > TellNothing; d-- {
		if out.Whole == TellNothing && f.All.tells(d, min) {
			out.Whole = d
		}
		if told := toldRows(rows, d, min); len(told) > len(out.Rows) {
			out.Rows, out.Detail = told, d
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b Fare) int {
		return cmp.Or(cmp.Compare(count(a.Klas == ""), count(b.Klas == "")), cmp.Compare(a.Label, b.Label))
	})
	return out
}

// Of folds the classes that somebody does not work with into one row, for the teacher of a class (DOMAIN 7.8). As each row is one
// of f or a sum of them, nobody learns more of it than of f, nor do several people together. Without a row of its own there are none.
func (f Fares) Of(own func(klas string) bool) Fares {
	rest := slices.DeleteFunc(slices.Clone(f.Rows), func(r Fare) bool { return own(r.Klas) })
	f.Rows = slices.DeleteFunc(slices.Clone(f.Rows), func(r Fare) bool { return !own(r.Klas) })
	if len(f.Rows) > 0 && len(rest) > 0 {
		f.Rows = append(f.Rows, addUp(restLabel, rest))
	}
	return f
}

// toldRows gives the rows that may be told in this detail; rows come largest first. Only one row tells nothing more than all
// together, so then there are none.
func toldRows(rows []Fare, d Detail, min int) []Fare {
	var shown, rest []Fare
	for _, r := range rows {
		if r.tells(d, min) {
			shown = append(shown, r)
		} else {
			rest = append(rest, r)
		}
	}
	for len(rest) > 0 && len(shown) > 0 && (len(rest) < 2 || !addUp("", rest).tells(d, min)) {
		last := len(shown) - 1
		shown, rest = shown[:last], append(rest, shown[last])
	}
	if len(shown) == 0 {
		return nil
	}
	if len(rest) > 0 {
		shown = append(shown, addUp(restLabel, rest))
	}
	return shown
}

// tells says whether no number of a row in this detail, and nothing between its numbers, is a small group.
func (f Fare) tells(d Detail, min int) bool {
	for _, o := range []Outcome{f.Best, f.Lottery} {
		placed := f.Cards - o.Unplaced
		groups := []int{o.Unplaced, placed}
		switch d {
		case TellAll:
			groups = []int{o.Unplaced, o.First, o.Three - o.First, placed - o.Three}
		case TellFirst:
			groups = []int{o.Unplaced, o.First, placed - o.First}
		}
		if slices.ContainsFunc(groups, func(n int) bool { return n > 0 && n < min }) {
			return false
		}
	}
	return true
}

// Wanted tells how many children of all wish an offer, by offer id: those numbers that may be told outside the case team.
func (k KlasWishes) Wanted(v Division) map[string]int {
	wanted, out := map[string]int{}, map[string]int{}
	for _, s := range v.Sizes {
		wanted[s.Slot] = s.Wanted
	}
	for _, c := range kindinkaart.Apart(wanted, len(k.Cards), max(k.MinCell, 5)) {
		out[c.Label] = c.N
	}
	return out
}
