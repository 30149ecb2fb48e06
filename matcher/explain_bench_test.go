package matcher_test

import (
	"bytes"
	"encoding/json"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// explained gives for some families what is left of ranking when the walk is done: the words of the first lines.
func explained(t testing.TB, needs []kindinkaart.Need, board *matcher.Board) (explain []func()) {
	for i := range needs {
		f, err := matcher.Explained(&needs[i], board, pageOptions)
		if err != nil {
			t.Fatal(err)
		}
		explain = append(explain, f)
	}
	return explain
}

// BenchmarkExplain puts the first 20 lines of one child after another in words.
func BenchmarkExplain(b *testing.B) {
	explain, i := explained(b, benchFamilies()[:64], boards[20_000]().Board), 0
	b.ReportAllocs()
	for b.Loop() {
		explain[i%len(explain)]()
		i++
	}
}

func TestTwentyLinesTakeFewPiecesOfMemory(t *testing.T) {
	c := newCountry(11, false)
	for i, explain := range explained(t, c.families(0, 20), buildBoard(c, 2000)) {
		if n := testing.AllocsPerRun(5, explain); n > 32 {
			t.Errorf("family %d: %g allocations", i, n)
		}
	}
}

func TestAResultStaysAsItIsWhileOthersAreRanked(t *testing.T) {
	c := newCountry(12, false)
	board, needs := buildBoard(c, 600), c.families(0, 40)
	alone, together := make([][]byte, len(needs)), make([]matcher.Result, len(needs))
	for i, n := range needs {
		alone[i] = asJSON(t, firstPage(t, n, board))
	}
	var wg sync.WaitGroup
	for i, n := range needs {
		wg.Go(func() { together[i] = firstPage(t, n, board) })
	}
	wg.Wait()
	for i := range needs {
		if got := asJSON(t, together[i]); !bytes.Equal(got, alone[i]) {
			t.Errorf("family %d: among others\n%s\nalone\n%s", i, got, alone[i])
		}
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
