package questionnaire

import (
	"encoding/json"
	"slices"
)

// Said is what was said about a part of a day.
type Said uint8

// What may be said about a part of a day; the zero value is nothing.
const (
	NotSaid Said = iota
	Can
	CanNot
	NotSure
)

// saidWords are the words of the answers, by Said - 1.
var saidWords = []string{"kan", "kan_niet", "weet_niet"}

// Dayparts are the parts of a day, in order.
var Dayparts = [4]string{"ochtend", "middag", "vooravond", "avond"}

// Times is what was said about every part of every weekday: by place in Days, then in Dayparts.
type Times [7][len(Dayparts)]Said

// At gives what was said about a part of a weekday, both by name; nothing was said of what does not exist.
func (t Times) At(day, part string) Said {
	if d, p := slices.Index(Days, day), slices.Index(Dayparts[:], part); d >= 0 && p >= 0 {
		return t[d][p]
	}
	return NotSaid
}

// With gives a copy in which something else is said about a part of a weekday, both by name.
func (t Times) With(day, part string, said Said) Times {
	if d, p := slices.Index(Days, day), slices.Index(Dayparts[:], part); d >= 0 && p >= 0 {
		t[d][p] = said
	}
	return t
}

// MarshalJSON writes the answer to a daypart_grid: {"wo":{"middag":"kan"}}; what nothing was said about is left out.
func (t Times) MarshalJSON() ([]byte, error) {
	grid := map[string]map[string]string{}
	for d, parts := range t {
		for p, said := range parts {
			if said == NotSaid {
				continue
			}
			if grid[Days[d]] == nil {
				grid[Days[d]] = map[string]string{}
			}
			grid[Days[d]][Dayparts[p]] = saidWords[said-1]
		}
	}
	return json.Marshal(grid)
}

// The tables by which an answer about times is read.
var (
	dayTable  = newWordTable(Days)
	partTable = newWordTable(Dayparts[:])
	saidTable = newWordTable(saidWords)
)
