package questionnaire

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawWeek draws when something can, as a screen sends it: per day and part of the day, with gaps.
func drawWeek(t *rapid.T, label string) map[string]map[string]string {
	part := rapid.MapOf(rapid.SampledFrom(Dayparts[:]), rapid.SampledFrom(saidWords))
	return rapid.MapOf(rapid.SampledFrom(Days), part).Draw(t, label)
}

func TestTimesSayWhatWasFilledInAndAreWrittenTheSameWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		child, parent := drawWeek(t, "child"), drawWeek(t, "parent")
		f := FactsOf(VariantB, Answers{"F3": asJSON(t, child)}, Answers{"P4": asJSON(t, parent)}, nil)
		for _, c := range []struct {
			got  Times
			want map[string]map[string]string
		}{{f.ChildTimes, child}, {f.BringTimes, parent}} {
			for d, day := range Days {
				for p, part := range Dayparts {
					want := Said(slices.Index(saidWords, c.want[day][part]) + 1)
					if c.got[d][p] != want || c.got.At(day, part) != want {
						t.Fatalf("%s %s is %d, want %d", day, part, c.got[d][p], want)
					}
				}
				if len(c.want[day]) == 0 {
					delete(c.want, day)
				}
			}
			if got, want := string(asJSON(t, c.got)), string(asJSON(t, c.want)); got != want {
				t.Fatalf("written as\n%s, want\n%s", got, want)
			}
		}
	})
}

func asJSON(t *rapid.T, v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestChangingOneTimeLeavesTheOthersAndTheOriginal(t *testing.T) {
	var before Times
	after := before.With("wo", "middag", Can).With("za", "ochtend", CanNot).With("xx", "middag", Can).With("wo", "nacht", Can)
	if before != (Times{}) || string(mustJSON(t, after)) != `{"wo":{"middag":"kan"},"za":{"ochtend":"kan_niet"}}` {
		t.Errorf("before %v, after %s", before, mustJSON(t, after))
	}
	if after.At("xx", "middag") != NotSaid || after.At("wo", "nacht") != NotSaid || string(mustJSON(t, before)) != "{}" {
		t.Error("a time that does not exist says something")
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAWordTableFindsItsWordsAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c_]{0,4}`), 0, mostChoices, rapid.ID).Draw(t, "words")
		table := newWordTable(words)
		for range 20 {
			asked := rapid.StringMatching(`[a-c_]{0,4}`).Draw(t, "asked")
			if got, want := find(&table, asked), slices.Index(words, asked); got != want || find(&table, []byte(asked)) != want {
				t.Fatalf("%q stands at %d in %q, want %d", asked, got, words, want)
			}
		}
	})
}

// plainRound3 is round3 by the book.
func plainRound3(x float64) float64 { return math.Round(math.Round(x*1e9)/1e9*1000)/1000 + 0 }

func TestRoundingIsThatOfTheBookForEveryHalfAndAnythingElse(t *testing.T) {
	for n := -2000; n <= 2000; n++ {
		for _, x := range []float64{float64(n) / 2000, math.Nextafter(float64(n)/2000, 2), math.Nextafter(float64(n)/2000, -2), 1 - (1 - float64(n)/2000)} {
			if got, want := round3(x), plainRound3(x); got != want || math.Signbit(got) != math.Signbit(want) {
				t.Fatalf("%.20f became %v, want %v", x, got, want)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1, 1).Draw(t, "x")
		if got, want := round3(x), plainRound3(x); got != want {
			t.Fatalf("%.20f became %v, want %v", x, got, want)
		}
	})
}
