package matcher

import (
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// noSlot stands for an activity without a known time and place.
var noSlot = []catalog.Slot{{}}

// mostAlternatives is how many other activities are named for a full one.
const mostAlternatives = 3

// alternatives names activities to turn to when one is full: of the same tag first, then of a near one (promise 5).
// Only what is not full itself and can be reached is named, in the order it would be ranked.
func (j judged) alternatives() []string {
	var out []string
	for _, tags := range [][]string{{j.interest.Tag}, questionnaire.Near(j.interest.Tag)} {
		var found []judged
		for i := range j.board.offers {
			o := &j.board.offers[i]
			if o.ID == j.offer.ID || !slices.ContainsFunc(o.Tags, func(t string) bool { return slices.Contains(tags, t) }) || o.tagBits&^j.vetoed == 0 || o.Audience != j.offer.Audience {
				continue
			}
			if other, ok := j.judge(o, j.board); ok && !other.full && other.group != KanNuNiet {
				found = append(found, other)
			}
		}
		slices.SortFunc(found, inOrder)
		for _, f := range found {
			if len(out) < mostAlternatives && !slices.Contains(out, f.offer.ID) {
				out = append(out, f.offer.ID)
			}
		}
	}
	return out
}
