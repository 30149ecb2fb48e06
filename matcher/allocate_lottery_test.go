package matcher_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/matcher"
)

// textbook is deferred acceptance as it is written down: who has no place asks its best wish that did not refuse it yet,
// and a slot keeps the lowest numbers.
func textbook(p matcher.Pool, number map[string]int) map[string]string {
	slots, held, next := slotByID(p), map[string][]string{}, map[string]int{}
	wishes := map[string][]matcher.Wish{}
	var free []string
	for _, c := range p.Children {
		wishes[c.Code] = c.Wishes
		free = append(free, c.Code)
	}
	for len(free) > 0 {
		code := free[0]
		free = free[1:]
		if next[code] == len(wishes[code]) {
			continue
		}
		w := wishes[code][next[code]]
		next[code]++
		room := max(slots[w.Slot].Capacity-slots[w.Slot].Enrolled, 0)
		if !w.Allowed || room == 0 {
			free = append(free, code)
			continue
		}
		in := append(held[w.Slot], code)
		slices.SortFunc(in, func(x, y string) int { return cmp.Compare(number[x], number[y]) })
		if len(in) > room {
			free = append(free, in[room:]...)
			in = in[:room]
		}
		held[w.Slot] = in
	}
	out := map[string]string{}
	for id, in := range held {
		for _, code := range in {
			out[code] = id
		}
	}
	return out
}

func numbers(v matcher.Division) map[string]int {
	out := map[string]int{}
	for _, g := range v.Children {
		out[g.Code] = g.Number
	}
	return out
}

var plain = poolShape{children: 12, slots: 6, places: 1, points: 40}

func TestTheLotteryIsDeferredAcceptanceSoNobodyIsPassedByAHigherNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPool(t, plain)
		v := allocate(t, p).Lottery
		want := textbook(p, numbers(v))
		for _, g := range v.Children {
			if got := append(gotOf(v)[g.Code], "")[0]; got != want[g.Code] {
				t.Fatalf("%s has %q, deferred acceptance gives %q", g.Code, got, want[g.Code])
			}
		}
		if len(v.Swaps) > 0 {
			t.Fatalf("somebody could improve: %+v", v.Swaps)
		}
	})
}

func TestGivingOtherWishesThanOneHasNeverHelpsInTheLottery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPool(t, plain)
		if len(p.Children) == 0 {
			return
		}
		honest := allocate(t, p).Lottery
		who := rapid.IntRange(0, len(p.Children)-1).Draw(t, "who")
		c := p.Children[who]
		rank := func(v matcher.Division) int {
			for i, w := range c.Wishes {
				if slices.Contains(gotOf(v)[c.Code], w.Slot) {
					return i
				}
			}
			return len(c.Wishes)
		}
		other := p
		other.Children = slices.Clone(p.Children)
		lie := shuffled(t, c.Wishes)
		other.Children[who].Wishes = lie[:rapid.IntRange(0, len(lie)).Draw(t, "given")]
		if told, lied := rank(honest), rank(allocate(t, other).Lottery); lied < told {
			t.Fatalf("with other wishes %s got wish %d and not %d", c.Code, lied+1, told+1)
		}
	})
}

func TestTenThousandWishesForOnePlaceAreDecidedByTheLot(t *testing.T) {
	p := matcher.Pool{Seed: 7, Slots: []matcher.PoolSlot{{ID: "s", Capacity: 3, Enrolled: 2}}}
	for i := range 10_000 {
		p.Children = append(p.Children, matcher.PoolChild{Code: fmt.Sprintf("k%05d", i), Wishes: []matcher.Wish{{Slot: "s", Fit: 5, Allowed: true}}})
	}
	a := allocate(t, p)
	for name, v := range map[string]matcher.Division{"best": a.Best, "lottery": a.Lottery} {
		if v.Unplaced != 9_999 {
			t.Errorf("%s: %d without a place", name, v.Unplaced)
		}
		for _, g := range v.Children {
			if len(g.Places) > 0 && g.Number != 1 {
				t.Errorf("%s: number %d got the place", name, g.Number)
			}
		}
	}
	p.Seed = 8
	if fmt.Sprint(gotOf(a.Best)) == fmt.Sprint(gotOf(allocate(t, p).Best)) {
		t.Error("another seed drew the same child")
	}
}

func TestOnRandomSchoolsFewerChildrenAreLeftOutThanByLottery(t *testing.T) {
	for _, c := range []struct {
		children, slots int
		perChild        float64
	}{{240, 60, 1.0}, {28, 10, 1.2}} {
		var best, lottery [3]float64
		const schools = 20
		for seed := range uint64(schools) {
			a := allocate(t, school(c.children, c.slots, 6, c.perChild, seed+1))
			if a.Best.Unplaced > a.Lottery.Unplaced {
				t.Errorf("seed %d: %d without a place, by lottery %d", seed, a.Best.Unplaced, a.Lottery.Unplaced)
			}
			for sum, v := range map[*[3]float64]matcher.Division{&best: a.Best, &lottery: a.Lottery} {
				sum[0] += float64(v.Unplaced) / float64(c.children) / schools
				sum[1] += v.Top1 / schools
				sum[2] += v.Top3 / schools
			}
		}
		if best[0] > lottery[0]/2 || best[2] < lottery[2] {
			t.Errorf("best %v is not clearly ahead of lottery %v", best, lottery)
		}
		t.Logf("%d children, %.1f places each: unplaced %.1f %% and by lottery %.1f %%, first wish %.0f and %.0f, first three %.0f and %.0f", c.children, c.perChild,
			100*best[0], 100*lottery[0], 100*best[1], 100*lottery[1], 100*best[2], 100*lottery[2])
	}
}
