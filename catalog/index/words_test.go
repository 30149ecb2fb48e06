package index

import (
	"slices"
	"testing"

	"wijknetwerk/catalog"
)

// What was reached on the queries of testdata. A change that makes searching worse fails here.
const (
	recallFloor    = 0.96
	precisionFloor = 0.92

	heldOutRecallFloor    = 0.87
	heldOutPrecisionFloor = 0.82
)

func TestPeopleFindWhatTheyMeanByDutchWords(t *testing.T) {
	recall, precision, n := measure(t, "testdata/queries.json")
	if n < 60 {
		t.Fatalf("only %d queries", n)
	}
	if recall < recallFloor || precision < precisionFloor {
		t.Errorf("recall %.3f (at least %.2f), precision %.3f (at least %.2f)", recall, recallFloor, precision, precisionFloor)
	}
}

// TestQueriesThatNobodyTunedForAreFoundToo uses queries that were written after the word lists were finished; no word was
// put in a list for them. Keep it so: queries to tune for belong in queries.json.
func TestQueriesThatNobodyTunedForAreFoundToo(t *testing.T) {
	recall, precision, _ := measure(t, "testdata/queries-held-out.json")
	if recall < heldOutRecallFloor || precision < heldOutPrecisionFloor {
		t.Errorf("recall %.3f (at least %.2f), precision %.3f (at least %.2f)", recall, heldOutRecallFloor, precision, heldOutPrecisionFloor)
	}
}

// measure gives the mean recall and precision over the queries of a file, and how many there are.
func measure(t *testing.T, path string) (recall, precision float64, n int) {
	t.Helper()
	ix, _ := built(t)
	var queries []struct {
		Words  string
		Expect []string
	}
	readJSON(t, path, &queries)
	for _, q := range queries {
		found := find(t, ix, catalog.Query{Words: q.Words, Limit: 100})
		right := 0
		for _, id := range found.IDs {
			if slices.Contains(q.Expect, id) {
				right++
			}
		}
		r, p := float64(right)/float64(len(q.Expect)), 0.0
		if len(found.IDs) > 0 {
			p = float64(right) / float64(len(found.IDs))
		}
		if r < 1 || p < 1 {
			t.Logf("%-22s recall %.2f precision %.2f fuzzy %v tags %v expected %v found %v", q.Words, r, p, found.Fuzzy, found.Tags, q.Expect, found.IDs)
		}
		recall, precision = recall+r/float64(len(queries)), precision+p/float64(len(queries))
	}
	t.Logf("%d queries: recall %.3f, precision %.3f", len(queries), recall, precision)
	return recall, precision, len(queries)
}
