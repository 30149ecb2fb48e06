package matcher_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/matcher"
)

func TestNoDivisionLeavesFewerChildrenOutOrFitsBetterThanTheBestOne(t *testing.T) {
	for name, shape := range map[string]poolShape{
		"one place each":          {children: 6, slots: 4, places: 1, points: 40},
		"hardly any difference":   {children: 6, slots: 4, places: 1, points: 2},
		"several places":          {children: 4, slots: 4, places: 3, points: 40},
		"several places at once":  {children: 4, slots: 5, places: 3, points: 40, overlap: true},
		"minimum sizes":           {children: 6, slots: 4, places: 1, points: 40, minimum: true},
		"friends":                 {children: 5, slots: 4, places: 1, points: 40, friends: true},
		"everything together":     {children: 4, slots: 4, places: 2, points: 40, minimum: true, friends: true, overlap: true},
		"everything, little room": {children: 5, slots: 3, places: 2, points: 3, minimum: true, friends: true, overlap: true},
	} {
		t.Run(name, func(t *testing.T) {
			check := func(t *rapid.T) {
				p := drawPool(t, shape)
				a := allocate(t, p)
				got, wrong := judge(p, gotOf(a.Best))
				if wrong != "" {
					t.Fatalf("%s: %v", wrong, gotOf(a.Best))
				}
				if want := bruteForce(p); got != want {
					t.Fatalf("%+v, and %+v is possible (%v)", got, want, gotOf(a.Best))
				}
				if !a.Best.Proven || a.Best.Bound.Unplaced != a.Best.Unplaced || math.Abs(a.Best.Bound.Points-a.Best.Fit-a.Best.Bonus) > 0.001 {
					t.Fatalf("not proven: %+v against fit %v and %v, %d without", a.Best.Bound, a.Best.Fit, a.Best.Bonus, a.Best.Unplaced)
				}
			}
			for range 5 { // rounds of 100 pools
				rapid.Check(t, check)
			}
		})
	}
}

var tangled = poolShape{children: 14, slots: 8, places: 3, points: 40, minimum: true, friends: true, overlap: true}

func TestBothDivisionsKeepEveryRuleAndCountWhatTheyGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPool(t, tangled)
		a := allocate(t, p)
		for name, v := range map[string]matcher.Division{"best": a.Best, "lottery": a.Lottery} {
			sum, wrong := judge(p, gotOf(v))
			if wrong != "" {
				t.Fatalf("%s: %s", name, wrong)
			}
			if v.Unplaced != len(p.Children)-sum.placed || math.Abs(v.Fit+v.Bonus-float64(sum.points)/100) > 0.001 {
				t.Fatalf("%s says %d without and %v points, counted %+v", name, v.Unplaced, v.Fit+v.Bonus, sum)
			}
			first, three := 0, 0
			for _, g := range v.Children {
				if len(g.Places) > 0 && g.Places[0].Rank == 1 {
					first++
				}
				if len(g.Places) > 0 && g.Places[0].Rank <= 3 {
					three++
				}
			}
			n := max(float64(len(p.Children)), 1)
			if v.Top1 != float64(first)/n || v.Top3 != float64(three)/n || math.IsNaN(v.Top1) {
				t.Fatalf("%s: shares %v and %v of %d, counted %d and %d", name, v.Top1, v.Top3, len(p.Children), first, three)
			}
			placed := 0
			for _, s := range v.Sizes {
				placed += s.Placed
				if !s.Runs && s.Placed > 0 || s.Placed > s.Wanted || s.Placed > s.Room {
					t.Fatalf("%s: %+v", name, s)
				}
			}
			if placed != sum.places {
				t.Fatalf("%s: %d places by size, %d by child", name, placed, sum.places)
			}
		}
		best, _ := judge(p, gotOf(a.Best))
		if lottery, _ := judge(p, gotOf(a.Lottery)); lottery.compare(best) > 0 && a.Best.Proven {
			t.Fatalf("the lottery %+v did better than the best %+v", lottery, best)
		}
	})
}

func TestTheOrderOfTheInputDoesNotMatterAndTheSameSeedGivesTheSameDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPool(t, tangled)
		q := p
		q.Children, q.Slots, q.Friends = shuffled(t, p.Children), shuffled(t, p.Slots), shuffled(t, p.Friends)
		for i, f := range q.Friends {
			if i%2 == 0 {
				q.Friends[i].A, q.Friends[i].B = f.B, f.A
			}
		}
		a, b := allocate(t, p), allocate(t, q)
		if x, y := fmt.Sprintf("%+v", visible(a)), fmt.Sprintf("%+v", visible(b)); x != y {
			t.Fatalf("%s\n%s", x, y)
		}
	})
}

// visible is what a person sees of an allocation.
func visible(a matcher.Allocation) any {
	type part struct {
		Children         []matcher.Given
		Sizes            []matcher.Size
		Swaps            []matcher.Swap
		Unplaced         int
		Fit, Bonus, Top1 float64
		Why              [][]string
	}
	of := func(v matcher.Division) part {
		p := part{v.Children, v.Sizes, v.Swaps, v.Unplaced, v.Fit, v.Bonus, v.Top1, nil}
		for _, g := range v.Children {
			p.Why = append(p.Why, v.Explain(g.Code))
		}
		return p
	}
	return []any{a.Seed, a.Notes, of(a.Best), of(a.Lottery)}
}

func TestASwapMakesEveryoneInItBetterAndBreaksNoRule(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawPool(t, poolShape{children: 12, slots: 8, places: 2, points: 40, minimum: true, overlap: true})
		for i := range p.Children { // points that say something else than the order of the wishes
			for k := range p.Children[i].Wishes {
				p.Children[i].Wishes[k].Fit = float64((i*7 + k*k*5) % 11)
			}
		}
		v := allocate(t, p).Best
		got := gotOf(v)
		for _, s := range v.Swaps {
			for _, m := range s.Moves {
				if m.ToRank >= m.FromRank || !slices.Contains(gotOf(v)[m.Code], m.From) {
					t.Fatalf("%+v is no improvement", m)
				}
				got[m.Code] = append(slices.DeleteFunc(got[m.Code], func(id string) bool { return id == m.From }), m.To)
				seen++
			}
		}
		if _, wrong := judge(p, got); wrong != "" {
			t.Fatalf("after %+v: %s", v.Swaps, wrong)
		}
	})
	if seen == 0 {
		t.Error("no swap was ever found")
	}
}
