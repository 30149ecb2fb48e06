package matcher_test

import (
	"fmt"
	"slices"
	"sync"
	"syscall"
	"testing"

	"wijknetwerk/matcher"
)

// The comparisons rank the same families over the same plain country in different ways, in one run. The ratios are of
// processor time: that of this process, or that of the server process of the database.

// plainWorld is a plain country with everything that the comparisons need of it.
type plainWorld struct {
	rows   []plainRow
	board  *matcher.Board
	wishes []plainWish
}

var plainWorlds = map[int]func() plainWorld{20_000: plainWorldOf(20_000), 200_000: plainWorldOf(200_000)}

const comparedFamilies = 250

func plainWorldOf(n int) func() plainWorld {
	return sync.OnceValue(func() plainWorld {
		c := newCountry(benchSeed, true)
		return plainWorld{plainRows(c, n), buildBoard(c, n), plainWishes(&testing.B{}, c, comparedFamilies)}
	})
}

// used is the processor time of this process in seconds.
func used(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// each gives the mean of a clock over all families, going on for at least a second of it.
func each(clock func() float64, wishes []plainWish, do func(w *plainWish)) float64 {
	begun, turns := clock(), 0
	for clock()-begun < 1 {
		for i := range wishes {
			do(&wishes[i])
		}
		turns += len(wishes)
	}
	return (clock() - begun) / float64(turns)
}

// ours gives the processor time of one Rank, and of the walk over the board alone: the rest reads answers and explains.
func (p plainWorld) ours(b *testing.B) (all, walk float64) {
	clock := func() float64 { return used(b) }
	prepare := func(w *plainWish) func() int {
		do, err := matcher.Worked(&w.need, p.board, w.options)
		if err != nil {
			b.Fatal(err)
		}
		return do
	}
	all = each(clock, p.wishes, func(w *plainWish) { rankedIDs(b, w, p.board) })
	reading := each(clock, p.wishes, func(w *plainWish) { prepare(w) })
	walk = each(clock, p.wishes, func(w *plainWish) { prepare(w)() }) - reading
	return all, walk
}

// report gives the times of another way and of ours, and how many times more it takes.
func report(b *testing.B, name string, other, all, walk float64) {
	b.ReportMetric(other*1e9, name+"-cpu-ns/op")
	b.ReportMetric(all*1e9, "rank-cpu-ns/op")
	b.ReportMetric(walk*1e9, "walk-cpu-ns/op")
	b.ReportMetric(other/walk, "ratio-"+name)
	b.ReportMetric(other/all, "ratio-"+name+"-rank")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkComparePostGIS ranks by one tuned statement. Before anything is measured the first 20 of all families must be
// the same; the rule that the tenth may come from another category is left to the caller of the statement, so families
// for whom it moves something are compared without it.
func BenchmarkComparePostGIS(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			world := plainWorlds[n]()
			p := openPostGIS(b, fmt.Sprintf("compare_%d", n), world.rows)
			for b.Loop() {
				different, moved := 0, 0
				for i := range world.wishes {
					w := &world.wishes[i]
					got, want := p.top(b, w), rankedIDs(b, w, world.board)
					if !slices.Equal(got, want) {
						if want = plainIDs(plainBest(world.rows, w)); slices.Equal(got, want) {
							moved++
						} else {
							different++
						}
					}
				}
				if different > 0 {
					b.Fatalf("the first 20 of %d of %d families differ", different, len(world.wishes))
				}
				all, walk := world.ours(b)
				report(b, "postgis", each(func() float64 { return p.cpu(b) }, world.wishes, func(w *plainWish) { p.top(b, w) }), all, walk)
				b.ReportMetric(float64(different), "differences")
				b.ReportMetric(float64(len(world.wishes)-moved), "families-as-is")
			}
		})
	}
}

// BenchmarkCompareLinear ranks by one loop over all rows.
func BenchmarkCompareLinear(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			world := plainWorlds[n]()
			for b.Loop() {
				all, walk := world.ours(b)
				report(b, "linear", each(func() float64 { return used(b) }, world.wishes, func(w *plainWish) { plainTop(world.rows, w) }), all, walk)
			}
		})
	}
}
