package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/matcher"
)

// divisionSide is one way to divide.
type divisionSide struct {
	Way         string // "Manier 1"
	Title, Text string
	Sure        bool   // this way can say how good it is
	Proof       string // how good
	Figures     []wayFigure
	Swaps       []string
	SwapsMore   int // that are not shown
	NotRunning  []string
}

// wayFigure is one number with what it counts.
type wayFigure struct{ Label, Value string }

// klasRow is one class: how its children fare in both ways.
type klasRow struct {
	Klas, Label string
	Cards       int
	Open        bool // its cards are shown
	Fares       []string
}

// mostSwaps is how many swaps are shown, so that the page of a school stays light.
const mostSwaps = 20

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

// sideOf is a way with its numbers, as far as they may be told.
func sideOf(all matcher.Outcome, f matcher.Fares) divisionSide {
	var s divisionSide
	for i, label := range []string{"zonder plek", "krijgt de eerste wens", "krijgt een van de eerste drie"} {
		s.Figures = append(s.Figures, wayFigure{label, outcomeValues(all, f.All.Cards, f.Whole)[i]})
	}
	return s
}

// outcomeValues are the number without a place, and the shares with the first wish and with one of the first three.
func outcomeValues(o matcher.Outcome, cards int, d matcher.Detail) []string {
	out := []string{"–", "–", "–"}
	if d >= matcher.TellUnplaced {
		out[0] = strconv.Itoa(o.Unplaced)
	}
	if d >= matcher.TellFirst {
		out[1] = percent(o.First, cards)
	}
	if d >= matcher.TellAll {
		out[2] = percent(o.Three, cards)
	}
	return out
}

// percent is a whole percent.
func percent(n, of int) string { return strconv.Itoa((n*200+of)/max(2*of, 1)) + " %" }

// klasRows are the classes, with what may be told.
func klasRows(f matcher.Fares, w matcher.KlasWishes, open string) (out []klasRow) {
	for _, row := range f.Rows {
		k := klasRow{Klas: row.Klas, Label: row.Label, Cards: row.Cards, Open: row.Klas != "" && row.Klas == open}
		for _, o := range []matcher.Outcome{row.Best, row.Lottery} {
			v := outcomeValues(o, row.Cards, f.Detail)
			words := v[0] + " zonder plek"
			if f.Detail >= matcher.TellFirst {
				words += ", " + v[1] + " eerste wens"
			}
			if f.Detail >= matcher.TellAll {
				words += ", " + v[2] + " eerste drie"
			}
			k.Fares = append(k.Fares, words)
		}
		out = append(out, k)
	}
	return out
}

// addSwaps adds who could swap, and which groups do not go on.
func (s *divisionSide) addSwaps(v matcher.Division, names map[string]offerName) {
	s.SwapsMore = max(len(v.Swaps)-mostSwaps, 0)
	for _, swap := range v.Swaps[:len(v.Swaps)-s.SwapsMore] {
		s.Swaps = append(s.Swaps, swapWords(swap, names))
	}
	for _, size := range v.Sizes {
		if tooFew(size) {
			s.NotRunning = append(s.NotRunning, names[size.Slot].text())
		}
	}
}

// tooFew says whether a time with room does not go on for ours.
func tooFew(s matcher.Size) bool { return !s.Runs && s.Room > 0 }

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

// divisionRows are the cards of one class.
func divisionRows(w matcher.KlasWishes, klas string, a matcher.Allocation, names map[string]offerName) (out []divisionRow) {
	ways := []matcher.Division{a.Best, a.Lottery}
	given := [2]map[string]matcher.Given{{}, {}}
	for i, v := range ways {
		for _, g := range v.Children {
			given[i][g.Code] = g
		}
	}
	for _, c := range w.Cards {
		if c.Klas != klas {
			continue
		}
		row := divisionRow{Animal: c.Animal, Linked: c.Linked, Thin: c.Thin}
		for i, v := range ways {
			g := given[i][c.Code]
			cell := divisionCell{Number: g.Number}
			if why := v.Explain(c.Code); len(why) > 1 || len(g.Places) == 0 {
				cell.Why = why
			}
			for _, place := range g.Places {
				n := names[place.Slot]
				cell.Places = append(cell.Places, divisionPlace{n.Activity, n.Title, n.When, place.Rank})
			}
			row.Cells = append(row.Cells, cell)
		}
		out = append(out, row)
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
