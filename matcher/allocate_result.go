package matcher

import (
	"cmp"
	"slices"
)

// division writes down an assignment.
func (d *divided) division(got []places) Division {
	out := Division{pool: d, got: got, placed: d.inSlots(got)}
	sc := d.scoreOf(got)
	var fit int64
	first, three := 0, 0
	for i, c := range d.children {
		g := Given{Code: c.Code, Number: i + 1, Places: []GivenPlace{}}
		slices.SortFunc(got[i], func(x, y int) int { return cmp.Compare(d.seats[x].rank, d.seats[y].rank) })
		for _, e := range got[i] {
			s := d.seats[e]
			fit += s.value
			g.Places = append(g.Places, GivenPlace{Slot: d.slots[s.slot].ID, Rank: s.rank, Fit: d.points(s.value)})
		}
		out.Children = append(out.Children, g)
		switch {
		case len(got[i]) == 0:
			out.Unplaced++
			out.Hopeless += count(c.from == c.to)
		default:
			rank := d.seats[got[i][0]].rank
			first += count(rank == 1)
			three += count(rank <= 3)
		}
	}
	slices.SortFunc(out.Children, func(x, y Given) int { return cmp.Compare(x.Code, y.Code) })
	out.Fit, out.Bonus = d.points(fit), d.points(sc.value-fit)
	out.Top1, out.Top3 = share(first, len(d.children)), share(three, len(d.children))
	for _, p := range d.pairs {
		out.Together += count(d.common(got, p) > 0)
	}
	out.Sizes, out.Swaps = d.sizes(out.placed), d.swaps(got)
	return out
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// inSlots counts the children in each slot.
func (d *divided) inSlots(got []places) []int {
	placed := make([]int, len(d.slots))
	for _, has := range got {
		for _, e := range has {
			placed[d.seats[e].slot]++
		}
	}
	return placed
}

// sizes says how full the slots get that somebody wished and may have.
func (d *divided) sizes(placed []int) []Size {
	out := []Size{}
	for i, s := range d.slots {
		if d.wanted[i] > 0 {
			out = append(out, Size{Slot: s.ID, Wanted: d.wanted[i], Placed: placed[i], Enrolled: s.Enrolled, Room: s.free, Min: s.Min,
				Runs: placed[i] > 0 || s.Enrolled >= s.Min})
		}
	}
	return out
}
