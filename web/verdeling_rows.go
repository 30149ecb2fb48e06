package web

import (
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/matcher"
)

// divisionSide is one way to divide.
type divisionSide struct {
	Way         string // "Manier 1"
	Title, Text string
	Sure        bool   // this way can say how good it is
	Proof       string // how good
	Unplaced    int
	Top1, Top3  int // whole percents
	Together    int
	Swaps       []string
	NotRunning  []string
}

// divisionRow is one card: what both ways give it.
type divisionRow struct {
	Animal string
	Linked bool
	Thin   bool
	Cells  []divisionCell
}

// divisionCell is what one way gives one card, and why.
type divisionCell struct {
	Places []divisionPlace
	Number int      // in the lottery
	Why    []string // nothing for who got its first wish
}

type divisionPlace struct {
	Activity, Title, When string
	Rank                  int
}

// offerRow is one time with the children both ways put there.
type offerRow struct {
	Activity, Title, When string
	Room, Wanted          int
	Placed                []int
	Stops                 []bool // too few: it does not go on for ours
}

// offerName is how a time is called.
type offerName struct{ Activity, Title, When string }

func (n offerName) text() string { return n.Title + " (" + n.When + ")" }

func offerNames(w matcher.KlasWishes) map[string]offerName {
	out := map[string]offerName{}
	for _, o := range w.Offers {
		out[o.ID] = offerName{o.Activity.ID, o.Activity.Title, o.Slot.When()}
	}
	return out
}

func sideOf(v matcher.Division, names map[string]offerName) divisionSide {
	s := divisionSide{Unplaced: v.Unplaced, Top1: percent(v.Top1), Top3: percent(v.Top3), Together: v.Together}
	for _, swap := range v.Swaps {
		s.Swaps = append(s.Swaps, swapWords(swap, names))
	}
	for _, size := range v.Sizes {
		if tooFew(size) {
			s.NotRunning = append(s.NotRunning, names[size.Slot].text())
		}
	}
	return s
}

// tooFew says whether a time with room does not go on for ours.
func tooFew(s matcher.Size) bool { return !s.Runs && s.Room > 0 }

func percent(share float64) int { return int(share*100 + 0.5) }

// swapWords tells who could go where.
func swapWords(s matcher.Swap, names map[string]offerName) string {
	var moves []string
	for _, m := range s.Moves {
		moves = append(moves, fmt.Sprintf("%s naar %s (wens %d in plaats van %d)", m.Code, names[m.To].Title, m.ToRank, m.FromRank))
	}
	text := strings.Join(moves, ", ") + "."
	if len(s.Moves) == 1 {
		return text + " Daar is nog plek."
	}
	return text
}

// proof says how good the best division is, as far as that is known.
func proof(v matcher.Division) string {
	switch {
	case v.Proven && v.Unplaced == v.Hopeless && v.Unplaced > 0:
		return "Beter kan niet: wie geen plek heeft, kan bij geen enkele wens terecht."
	case v.Proven:
		return "Beter kan niet: dit is nagerekend."
	case v.Bound.Unplaced == v.Unplaced:
		return fmt.Sprintf("Minder kinderen zonder plek kan niet. Het passen kan hoogstens %.1f procent beter.", over(v))
	}
	return fmt.Sprintf("Misschien kan het iets beter: er blijven altijd minstens %s zonder plek.", countWord(v.Bound.Unplaced, "kind", "kinderen"))
}

// over is how many percent of the points lie between a division and its bound.
func over(v matcher.Division) float64 {
	if v.Bound.Points <= 0 {
		return 0
	}
	return 100 * (v.Bound.Points - v.Fit - v.Bonus) / v.Bound.Points
}

func either(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(more, n)
}

// ahead compares the two ways in one sentence.
func ahead(best, lottery int) string {
	switch n := lottery - best; {
	case n > 0:
		return "Bij manier 1 " + either(n, "krijgt 1 kind", "krijgen %d kinderen") + " meer een plek."
	case best == 0:
		return "Bij allebei krijgt elk kind een plek."
	}
	return "Bij allebei blijven evenveel kinderen zonder plek."
}

func divisionRows(w matcher.KlasWishes, a matcher.Allocation, names map[string]offerName) []divisionRow {
	var out []divisionRow
	for i, c := range w.Cards {
		row := divisionRow{Animal: c.Animal, Linked: c.Linked, Thin: c.Thin}
		for _, v := range []matcher.Division{a.Best, a.Lottery} {
			given := v.Children[i] // both by animal
			cell := divisionCell{Number: given.Number}
			if why := v.Explain(c.Animal); len(why) > 1 || len(given.Places) == 0 {
				cell.Why = why
			}
			for _, place := range given.Places {
				n := names[place.Slot]
				cell.Places = append(cell.Places, divisionPlace{n.Activity, n.Title, n.When, place.Rank})
			}
			row.Cells = append(row.Cells, cell)
		}
		out = append(out, row)
	}
	return out
}

// offerRows are the times that somebody gets, and those that more children wish than there is room for; unused counts the others.
func offerRows(w matcher.KlasWishes, a matcher.Allocation) (rows []offerRow, unused int) {
	bests, lotteries := sizesOf(a.Best), sizesOf(a.Lottery)
	for _, o := range w.Offers {
		best, lottery := bests[o.ID], lotteries[o.ID]
		if best.Placed+lottery.Placed == 0 && (best.Wanted <= best.Room || best.Wanted < 2) {
			unused++
			continue
		}
		rows = append(rows, offerRow{Activity: o.Activity.ID, Title: o.Activity.Title, When: o.Slot.When(), Room: best.Room, Wanted: best.Wanted,
			Placed: []int{best.Placed, lottery.Placed}, Stops: []bool{tooFew(best), tooFew(lottery)}})
	}
	slices.SortStableFunc(rows, func(x, y offerRow) int { return strings.Compare(x.Title+x.When, y.Title+y.When) })
	return rows, unused
}

// counted leaves out what is only among wishes that do not count: it was not divided.
func counted(offers []matcher.KlasOffer, v matcher.Division) []matcher.KlasOffer {
	sizes := sizesOf(v)
	return slices.DeleteFunc(slices.Clone(offers), func(o matcher.KlasOffer) bool {
		_, divided := sizes[o.ID]
		return !divided
	})
}

// sizesOf is what a division puts where, by offer.
func sizesOf(v matcher.Division) map[string]matcher.Size {
	out := make(map[string]matcher.Size, len(v.Sizes))
	for _, size := range v.Sizes {
		out[size.Slot] = size
	}
	return out
}

// apart names who must go together and has no wish in common.
func apart(w matcher.KlasWishes, t matcher.Terms) (out []string) {
	wished := map[string][]matcher.Wish{}
	for _, c := range w.Pool(t).Children {
		wished[c.Code] = c.Wishes
	}
	for _, f := range t.Friends {
		common := slices.ContainsFunc(wished[f.A], func(x matcher.Wish) bool {
			return slices.ContainsFunc(wished[f.B], func(y matcher.Wish) bool { return x.Slot == y.Slot })
		})
		if f.Must && !common {
			out = append(out, fmt.Sprintf("%s en %s moeten samen, maar ze hebben geen wens die hetzelfde is. Zo krijgen ze allebei geen plek.", f.A, f.B))
		}
	}
	return out
}

// roomNotes names the times with more children than places, by title and not by id.
func roomNotes(w matcher.KlasWishes) (out []string) {
	for _, o := range w.Offers {
		if c := o.Slot.Capacity; c != nil && *c < o.Slot.Enrolled {
			out = append(out, fmt.Sprintf("Bij %s zijn %s ingeschreven voor %s. We rekenen met 0 vrije plekken. Vraag het na bij de aanbieder.",
				offerName{Title: o.Activity.Title, When: o.Slot.When()}.text(), countWord(o.Slot.Enrolled, "kind", "kinderen"), countWord(*c, "plek", "plekken")))
		}
	}
	return out
}
