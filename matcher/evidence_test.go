package matcher_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// mostPieces is how many pieces of memory reading the answers of one child may take.
const mostPieces = 12

func TestReadingAChildTakesFewPiecesOfMemory(t *testing.T) {
	families := newCountry(benchSeed, false).families(0, 64)
	total := testing.AllocsPerRun(20, func() {
		for i := range families {
			if _, err := matcher.ReadAnswers(&families[i]); err != nil {
				t.Fatal(err)
			}
		}
	})
	if each := total / float64(len(families)); each > mostPieces {
		t.Errorf("%.1f pieces of memory for a child, want %d at most", each, mostPieces)
	}
}

// plainBring is when an adult can bring, cell by cell as the contract says it: what P4 says, else a plain no by a barrier.
func plainBring(grid map[string]map[string]string, ticked []string, weekday int, part string) string {
	if weekday >= 0 && slices.Contains([]string{"kan", "kan_niet"}, grid[questionnaire.Days[weekday]][part]) {
		return grid[questionnaire.Days[weekday]][part]
	}
	late := part == "vooravond" || part == "avond"
	if late && slices.Contains(ticked, "avond") || !late && slices.Contains(ticked, "overdag") && weekday < 5 {
		return "kan_niet"
	}
	return ""
}

// plainWeakest is a no when one of the parts is, and a yes when all are.
func plainWeakest(said []string) string {
	switch {
	case slices.Contains(said, "kan_niet"):
		return "kan_niet"
	case slices.Contains(said, ""):
		return ""
	}
	return "kan"
}

func TestTheTableOfTimesSaysWhatEachPartOfADaySays(t *testing.T) {
	week := rapid.MapOf(rapid.SampledFrom(questionnaire.Days), rapid.MapOf(rapid.SampledFrom(dayparts), rapid.SampledFrom([]string{"kan", "kan_niet", "weet_niet"})))
	rapid.Check(t, func(t *rapid.T) {
		bring, free := week.Draw(t, "bring"), week.Draw(t, "free")
		ticked := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"avond", "overdag"}), 0, 2, rapid.ID).Draw(t, "ticked")
		n := kindinkaart.Need{Variant: questionnaire.VariantB, Answers: questionnaire.Answers{"F3": raw(free)},
			Parent: questionnaire.Answers{"P3": raw(ticked), "P4": raw(bring)}}
		gotBring, gotFree := matcher.TimesOf(&n)
		for weekday := -1; weekday < 7; weekday++ {
			for set := 1; set < 16; set++ {
				var brought, own []string
				for p, part := range dayparts {
					if set>>p&1 == 0 {
						continue
					}
					brought = append(brought, plainBring(bring, ticked, weekday, part))
					can := ""
					if weekday >= 0 && free[questionnaire.Days[weekday]][part] != "weet_niet" {
						can = free[questionnaire.Days[weekday]][part]
					}
					own = append(own, can)
				}
				if got := gotBring(weekday, set); got != plainWeakest(brought) {
					t.Fatalf("bringing on %d in %04b: %q, want %q", weekday, set, got, plainWeakest(brought))
				}
				if got := gotFree(weekday, set); got != plainWeakest(own) {
					t.Fatalf("free on %d in %04b: %q, want %q", weekday, set, got, plainWeakest(own))
				}
			}
		}
	})
}
