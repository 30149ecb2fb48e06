package matcher_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/matcher"
)

// poolShape says how large and how tangled a random pool is.
type poolShape struct {
	children, slots, places, points int
	minimum, friends, overlap       bool
}

func drawPool(t *rapid.T, s poolShape) matcher.Pool {
	p := matcher.Pool{Seed: rapid.Uint64().Draw(t, "seed")}
	days := []string{""}
	if s.overlap {
		days = []string{"ma", "ma", "di", ""}
	}
	for j := range rapid.IntRange(0, s.slots).Draw(t, "slots") {
		label := fmt.Sprintf("slot %d ", j)
		start := catalog.Clock(rapid.IntRange(14, 16).Draw(t, label+"start") * 60)
		slot := matcher.PoolSlot{ID: fmt.Sprintf("S%d", j), Weekday: rapid.SampledFrom(days).Draw(t, label+"day"), Start: start,
			End: start + catalog.Clock(rapid.SampledFrom([]int{60, 90}).Draw(t, label+"long")), Capacity: rapid.IntRange(0, 4).Draw(t, label+"capacity"), Enrolled: rapid.IntRange(0, 2).Draw(t, label+"enrolled")}
		if s.overlap && rapid.Bool().Draw(t, label+"of an activity") {
			slot.Activity = "A"
		}
		if s.minimum {
			slot.Min = rapid.IntRange(0, 4).Draw(t, label+"minimum")
		}
		p.Slots = append(p.Slots, slot)
	}
	for i := range rapid.IntRange(0, s.children).Draw(t, "children") {
		p.Children = append(p.Children, drawPoolChild(t, fmt.Sprintf("k%d", i), p.Slots, s))
	}
	if s.friends && len(p.Children) > 1 {
		p.Friends = drawFriends(t, len(p.Children))
	}
	return p
}

func drawPoolChild(t *rapid.T, code string, slots []matcher.PoolSlot, s poolShape) matcher.PoolChild {
	c := matcher.PoolChild{Code: code, Places: rapid.IntRange(1, s.places).Draw(t, code+" places")}
	for _, j := range rapid.Permutation(slots).Draw(t, code+" order") {
		if rapid.IntRange(0, 4).Draw(t, code+j.ID+" wished") == 0 {
			continue
		}
		c.Wishes = append(c.Wishes, matcher.Wish{Slot: j.ID, Fit: float64(rapid.IntRange(0, s.points).Draw(t, code+j.ID)) / 4,
			Allowed: rapid.IntRange(0, 4).Draw(t, code+j.ID+" allowed") > 0})
	}
	return c
}

func drawFriends(t *rapid.T, children int) (out []matcher.Friends) {
	for i := range children {
		for j := range i {
			if rapid.IntRange(0, 3).Draw(t, fmt.Sprintf("friends %d %d", i, j)) == 0 {
				out = append(out, matcher.Friends{A: fmt.Sprintf("k%d", i), B: fmt.Sprintf("k%d", j), Must: rapid.Bool().Draw(t, fmt.Sprintf("must %d %d", i, j)),
					Points: float64(rapid.IntRange(0, 40).Draw(t, fmt.Sprintf("points %d %d", i, j))) / 4})
			}
		}
	}
	return out
}

// tally is what an assignment comes to: the order in which Allocate judges.
type tally struct {
	placed, points, places int // points in hundredths
}

func (x tally) compare(y tally) int {
	return cmp.Or(cmp.Compare(x.placed, y.placed), cmp.Compare(x.points, y.points), cmp.Compare(x.places, y.places))
}

func excluded(x, y matcher.PoolSlot) bool {
	sameActivity := x.ID == y.ID || x.Activity != "" && x.Activity == y.Activity
	return sameActivity || x.Weekday != "" && x.Weekday == y.Weekday && x.Start < y.End && y.Start < x.End
}

func slotByID(p matcher.Pool) map[string]matcher.PoolSlot {
	out := map[string]matcher.PoolSlot{}
	for _, s := range p.Slots {
		out[s.ID] = s
	}
	return out
}

// judge counts an assignment (slots by code) and says which rule it breaks, "" for none.
func judge(p matcher.Pool, got map[string][]string) (tally, string) {
	slots, size, out := slotByID(p), map[string]int{}, tally{}
	for _, c := range p.Children {
		out.placed += min(len(got[c.Code]), 1)
		out.places += len(got[c.Code])
		if len(got[c.Code]) > max(c.Places, 1) {
			return out, "more places than wanted"
		}
		for i, id := range got[c.Code] {
			k := slices.IndexFunc(c.Wishes, func(w matcher.Wish) bool { return w.Slot == id && w.Allowed })
			if k < 0 {
				return out, "a place that was not wished or is not allowed"
			}
			out.points += int(math.Round(c.Wishes[k].Fit * 100))
			size[id]++
			for _, other := range got[c.Code][:i] {
				if excluded(slots[id], slots[other]) {
					return out, "twice in one activity or at one time"
				}
			}
		}
	}
	for id, n := range size {
		if n > max(slots[id].Capacity-slots[id].Enrolled, 0) {
			return out, "over capacity"
		}
		if n+slots[id].Enrolled < slots[id].Min {
			return out, "under the minimum"
		}
	}
	for _, f := range p.Friends {
		a, b := got[f.A], got[f.B]
		both := 0
		for _, id := range a {
			both += min(1, len(slices.DeleteFunc(slices.Clone(b), func(x string) bool { return x != id })))
		}
		if f.Must && (both != len(a) || both != len(b)) {
			return out, "apart while they must be together"
		}
		out.points += both * int(math.Round(f.Points*100))
	}
	return out, ""
}

func gotOf(v matcher.Division) map[string][]string {
	out := map[string][]string{}
	for _, g := range v.Children {
		for _, place := range g.Places {
			out[g.Code] = append(out[g.Code], place.Slot)
		}
	}
	return out
}

// bruteForce tries every assignment.
func bruteForce(p matcher.Pool) (best tally) {
	got := map[string][]string{}
	var try func(i int)
	try = func(i int) {
		if i == len(p.Children) {
			if sum, wrong := judge(p, got); wrong == "" && sum.compare(best) > 0 {
				best = sum
			}
			return
		}
		c := p.Children[i]
		var pick func(from int)
		pick = func(from int) {
			try(i + 1)
			if len(got[c.Code]) == max(c.Places, 1) {
				return
			}
			for k := from; k < len(c.Wishes); k++ {
				if c.Wishes[k].Allowed {
					got[c.Code] = append(got[c.Code], c.Wishes[k].Slot)
					pick(k + 1)
					got[c.Code] = got[c.Code][:len(got[c.Code])-1]
				}
			}
		}
		pick(0)
	}
	try(0)
	return best
}

func allocate(t interface{ Fatal(...any) }, p matcher.Pool) matcher.Allocation {
	a, err := matcher.Allocate(p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func shuffled[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// school is a random school: popular slots are wished more often, and a slot has room for its share.
func school(children, slots, wishes int, perChild float64, seed uint64) matcher.Pool {
	r := rand.New(rand.NewPCG(seed, 1))
	p := matcher.Pool{Seed: seed}
	room := perChild * float64(children) / float64(slots)
	pull := make([]float64, slots)
	days := []string{"ma", "di", "wo", "do", "vr", "za"}
	for j := range slots {
		pull[j] = math.Exp(0.5 * r.NormFloat64())
		start := catalog.Clock(15*60 + 30*r.IntN(6))
		p.Slots = append(p.Slots, matcher.PoolSlot{ID: fmt.Sprintf("s%03d", j), Activity: fmt.Sprintf("a%03d", j*2/3), Weekday: days[r.IntN(len(days))],
			Start: start, End: start + 60, Capacity: 10 + int(room+r.Float64()), Enrolled: 10})
	}
	for i := range children {
		type taste struct {
			slot  int
			likes float64
		}
		all := make([]taste, slots)
		for j := range all {
			all[j] = taste{j, math.Log(pull[j]) + r.NormFloat64()}
		}
		slices.SortFunc(all, func(x, y taste) int { return cmp.Compare(y.likes, x.likes) })
		c := matcher.PoolChild{Code: fmt.Sprintf("k%03d", i)}
		for _, x := range all[:min(wishes, slots)] {
			c.Wishes = append(c.Wishes, matcher.Wish{Slot: p.Slots[x.slot].ID, Fit: math.Round(max(0, 50+12*x.likes)*10) / 10, Allowed: true})
		}
		p.Children = append(p.Children, c)
	}
	return p
}
