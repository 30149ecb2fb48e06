package matcher_test

import (
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// eachFamily does something for one family of the invented country after another.
func eachFamily(b *testing.B, do func(*kindinkaart.Need) error) {
	families, i := benchFamilies(), 0
	b.ReportAllocs()
	for b.Loop() {
		if err := do(&families[i%len(families)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkReadAnswers reads the answers of one child after another as a search does, from raw answers on.
func BenchmarkReadAnswers(b *testing.B) {
	eachFamily(b, func(n *kindinkaart.Need) error {
		_, err := matcher.ReadAnswers(n)
		return err
	})
}

// BenchmarkNewSearch works out one child after another, up to where the walk over the board begins.
func BenchmarkNewSearch(b *testing.B) {
	board := boards[2_000]().Board
	eachFamily(b, func(n *kindinkaart.Need) error { return matcher.NewSearch(n, board) })
}
