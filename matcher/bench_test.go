package matcher_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// The benchmarks of ranking draw from an invented country (synth_test.go). docs/performance.md says what each figure is.

const benchSeed = 2026

var (
	benchCountry  = sync.OnceValue(func() *country { return newCountry(benchSeed, false) })
	benchFamilies = sync.OnceValue(func() []kindinkaart.Need { return benchCountry().families(0, 512) })
	pageOptions   = matcher.Options{Limit: 20}
)

// builtBoard is a board and what it costs.
type builtBoard struct {
	*matcher.Board
	bytes float64 // of heap for each activity
}

var boards = map[int]func() builtBoard{}

func init() {
	for _, n := range []int{2_000, 20_000, 200_000, 1_000_000} {
		boards[n] = sync.OnceValue(func() builtBoard { return newBuiltBoard(benchCountry(), n) })
	}
}

func newBuiltBoard(c *country, n int) builtBoard {
	before := heap()
	board := buildBoard(c, n)
	after := heap()
	return builtBoard{board, float64(after-before) / float64(n)}
}

// heap is what is in use after collecting.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func buildBoard(c *country, n int) *matcher.Board {
	builder := matcher.NewBuilder(c.ways())
	for _, p := range c.partners(n) {
		builder.AddPartner(p)
	}
	for a := range c.activities(n) {
		builder.Add(&a)
	}
	return builder.Board(c.schemes())
}

func firstPage(b testing.TB, n kindinkaart.Need, board *matcher.Board) matcher.Result {
	b.Helper()
	r, err := matcher.Rank(n, board, nil, pageOptions)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// stopwatch notes how long each turn takes and reports the middle one and the slowest but one in a hundred.
type stopwatch struct{ turns []time.Duration }

func (s *stopwatch) turn(f func()) {
	begun := time.Now()
	f()
	s.turns = append(s.turns, time.Since(begun))
}

func (s *stopwatch) report(b *testing.B) {
	slices.Sort(s.turns)
	b.ReportMetric(float64(s.turns[len(s.turns)/2]), "p50-ns/op")
	b.ReportMetric(float64(s.turns[len(s.turns)*99/100]), "p99-ns/op")
}

// BenchmarkRank ranks one child after another with full rules and explains the first 20 lines.
func BenchmarkRank(b *testing.B) {
	for _, n := range []int{2_000, 20_000, 200_000, 1_000_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			board, families := boards[n](), benchFamilies()
			for _, f := range families[:min(8, len(families))] {
				firstPage(b, f, board.Board)
			}
			watch, i := stopwatch{}, 0
			b.ReportAllocs()
			for b.Loop() {
				watch.turn(func() { firstPage(b, families[i%len(families)], board.Board) })
				i++
			}
			watch.report(b)
			b.ReportMetric(board.bytes, "B/activity")
		})
	}
}

// ranker ranks one child over a board.
type ranker func(n kindinkaart.Need, board *matcher.Board) error

// inWords is the first page of a child, in words.
func inWords(n kindinkaart.Need, board *matcher.Board) error {
	_, err := matcher.Rank(n, board, nil, pageOptions)
	return err
}

// counted is the same page without words, as who counts or divides needs it.
func counted(n kindinkaart.Need, board *matcher.Board) error {
	_, _, err := matcher.Standings(n, board, nil, pageOptions)
	return err
}

// rankAll ranks many children with some workers at once.
func rankAll(b *testing.B, needs []kindinkaart.Need, board *matcher.Board, rank ranker, workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(needs); i += workers {
				if err := rank(needs[i], board); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// crowd ranks all children of a group in each turn, on all cores.
func crowd(b *testing.B, board *matcher.Board, list []kindinkaart.Need) {
	b.ReportAllocs()
	for b.Loop() {
		rankAll(b, list, board, inWords, runtime.GOMAXPROCS(0))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/child")
}

// BenchmarkClass ranks the children of one class.
func BenchmarkClass(b *testing.B) {
	b.Run("N=20000/children=30", func(b *testing.B) { crowd(b, boards[20_000]().Board, pupils(1, 30)) })
}

// BenchmarkSchool ranks the children of one school.
func BenchmarkSchool(b *testing.B) {
	b.Run("N=20000/children=400", func(b *testing.B) { crowd(b, boards[20_000]().Board, pupils(2, 400)) })
}

func pupils(school, n int) []kindinkaart.Need {
	list := make([]kindinkaart.Need, n)
	for i := range list {
		list[i] = benchCountry().schoolFamily(school, i)
	}
	return list
}

// BenchmarkCity ranks the children of the largest town, each with a home and answers of its own, over the catalogue of the
// country. Children are drawn a part at a time, as they would be read, while the clock stands still. Dense is the same with
// the whole catalogue inside that town, explained with the words of the first page of each child.
func BenchmarkCity(b *testing.B) {
	city := benchCountry().onlyTown(0)
	dense := sync.OnceValue(func() builtBoard { return newBuiltBoard(city, 20_000) })
	for _, c := range []struct {
		name    string
		board   func() builtBoard
		rank    ranker
		workers int
	}{
		{"N=20000/children=60000", boards[20_000], counted, runtime.GOMAXPROCS(0)},
		{"N=20000/children=60000/workers=1", boards[20_000], counted, 1},
		{"N=20000/children=60000/workers=2", boards[20_000], counted, 2},
		{"N=20000/children=60000/dense", dense, counted, runtime.GOMAXPROCS(0)},
		{"N=20000/children=60000/explained", boards[20_000], inWords, runtime.GOMAXPROCS(0)},
	} {
		b.Run(c.name, func(b *testing.B) {
			board := c.board().Board
			b.ReportAllocs()
			for b.Loop() {
				for from := 0; from < cityChildren; from += cityPart {
					b.StopTimer()
					needs := city.families(1_000+from, cityPart)
					b.StartTimer()
					rankAll(b, needs, board, c.rank, c.workers)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*cityChildren), "ns/child")
		})
	}
}

const cityChildren, cityPart = 60_000, 4_000

// BenchmarkBoardBuild builds the board of a whole catalogue.
func BenchmarkBoardBuild(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			c := benchCountry()
			partners, list := c.partners(n), slices.AppendSeq(make([]catalog.Activity, 0, n), c.activities(n))
			b.ReportAllocs()
			for b.Loop() {
				matcher.NewBoard(partners, list, c.schemes(), c.ways())
			}
		})
	}
}

// BenchmarkBoardChange changes one activity: the time until a board with it stands. Every thousandth change in a row packs
// the board anew, and counts too.
func BenchmarkBoardChange(b *testing.B) {
	const n = 200_000
	b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
		c := benchCountry()
		partners, changed := map[string]catalog.Partner{}, slices.Collect(c.activities(n))[:2048]
		for _, p := range c.partners(n) {
			partners[p.ID] = p
		}
		board, watch, i := boards[n]().Board, stopwatch{}, 0
		b.ReportAllocs()
		for b.Loop() {
			a := changed[i%len(changed)]
			a.Slots = slices.Clone(a.Slots)
			a.Slots[0].Enrolled++
			watch.turn(func() { board = board.With([]catalog.Partner{partners[a.Partner]}, []catalog.Activity{a}, nil) })
			i++
		}
		watch.report(b)
	})
}

// BenchmarkReference is the plain linear pass with full rules over every activity, explaining every line.
func BenchmarkReference(b *testing.B) {
	for _, n := range []int{20_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			c, families := benchCountry(), benchFamilies()
			plain := matcher.NewPlain(c.partners(n), slices.Collect(c.activities(n)), c.schemes(), c.ways())
			i := 0
			for b.Loop() {
				if _, err := matcher.PlainRank(families[i%len(families)], plain, matcher.Options{Limit: 20}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
