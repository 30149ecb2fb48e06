package matcher_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"wijknetwerk/matcher"
)

// BenchmarkAllocate divides random schools in both ways with explanations and swaps: 20 wishes a child, a place for each, and as
// variants with minimum sizes and friends, and with every slot wished by every child.
func BenchmarkAllocate(b *testing.B) {
	for _, size := range []struct{ children, slots int }{{30, 20}, {700, 300}} {
		name := fmt.Sprintf("children=%d/slots=%d", size.children, size.slots)
		b.Run(name, func(b *testing.B) { benchAllocate(b, pools(size.children, size.slots, 20, false)) })
		b.Run(name+"/minimum+friends", func(b *testing.B) { benchAllocate(b, pools(size.children, size.slots, 20, true)) })
		b.Run(name+"/all-wishes", func(b *testing.B) { benchAllocate(b, pools(size.children, size.slots, size.slots, false)) })
	}
}

func pools(children, slots, wishes int, rules bool) (out []matcher.Pool) {
	for seed := range uint64(8) {
		p := school(children, slots, wishes, 1.1, seed+1)
		for i := 0; rules && i+1 < children; i += 10 {
			p.Friends = append(p.Friends, matcher.Friends{A: p.Children[i].Code, B: p.Children[i+1].Code, Points: 20, Must: i%20 == 0})
		}
		for j := 0; rules && j < slots; j += 4 {
			p.Slots[j].Capacity -= p.Slots[j].Enrolled
			p.Slots[j].Enrolled, p.Slots[j].Min = 0, 3
		}
		out = append(out, p)
	}
	return out
}

func benchAllocate(b *testing.B, pools []matcher.Pool) {
	b.ReportAllocs()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		a, err := matcher.Allocate(pools[i%len(pools)])
		if err != nil {
			b.Fatal(err)
		}
		for _, g := range a.Best.Children {
			a.Best.Explain(g.Code)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns/op")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns/op")
}
