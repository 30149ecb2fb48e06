package matcher_test

import (
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/matcher"
)

func TestNothingOfAWildCatalogueComesEarlierThanWasHoped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		board, need, o := matcher.NewBoard(wildPartners, drawWildActivities(t), verified(), rivers), drawWildNeed(t), drawOptions(t)
		o.Search, o.Found = "", nil
		broken, err := matcher.BrokenPromises(&need, board, o)
		if err != nil || len(broken) > 0 {
			t.Fatalf("%v %v", err, broken)
		}
	})
}

func TestRankOfAWildCatalogueEqualsThePlainReference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := drawWildActivities(t)
		board, plain := matcher.NewBoard(wildPartners, list, verified(), rivers), matcher.NewPlain(wildPartners, list, verified(), rivers)
		for range 3 {
			sameAsPlain(t, drawWildNeed(t), board, plain, drawWildOptions(t))
		}
	})
}
