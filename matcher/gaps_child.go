package matcher

import (
	"slices"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// AgeBand is a stretch of ages that figures about supply are divided by.
type AgeBand struct {
	ID       string
	Min, Max int // whole years; Max 0 = no end
}

// AgeBands are those of the variants of the questionnaire (DOMAIN 3.1) with 16, when a young person decides alone (7.2).
var AgeBands = []AgeBand{{"4-7", 4, 7}, {"8-11", 8, 11}, {"12-15", 12, 15}, {"16+", 16, 0}}

// bandOf is the age band on the day of the search; without a month of birth that of the variant.
func bandOf(n kindinkaart.Need) string {
	if !n.Born.Known() {
		return map[questionnaire.Variant]string{questionnaire.VariantA: "4-7", questionnaire.VariantB: "8-11", questionnaire.VariantC: "12-15"}[n.Variant]
	}
	age := n.Born.Age(n.On)
	for _, b := range AgeBands {
		if age >= b.Min && (b.Max == 0 || age <= b.Max) {
			return b.ID
		}
	}
	return ""
}

// GapParts are the parts of the day that gaps are counted by: those of a school day, and the weekend.
var GapParts = []string{"middag", "vooravond", "avond", "weekend"}

// partsOf lists the parts of the day in which a child said it can (F3) or a parent can bring it (P4), without those in
// which the child has something else. Empty when nothing was said: then it counts in none.
func partsOf(facts questionnaire.Facts) []string {
	var out []string
	for d, day := range questionnaire.Days {
		for p, part := range questionnaire.Dayparts {
			own, brought := facts.ChildTimes[d][p], facts.BringTimes[d][p]
			label := part
			if day == "za" || day == "zo" {
				label = "weekend"
			}
			can := own == questionnaire.Can || brought == questionnaire.Can && own != questionnaire.CanNot
			if can && slices.Contains(GapParts, label) && !slices.Contains(out, label) {
				out = append(out, label)
			}
		}
	}
	return out
}
