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
		for _, tag := range tags {
			found = append(found, j.open(j.board, tag, j.offer.Audience)...)
		}
		slices.SortFunc(found, inOrder)
		for _, f := range found {
			if len(out) < mostAlternatives && f.offer.ID != j.offer.ID && !slices.Contains(out, f.offer.ID) {
				out = append(out, f.offer.ID)
			}
		}
	}
	return out
}

// tagAudience names a set of activities that stand in for each other.
type tagAudience struct{ tag, audience string }

// open gives the best activities of a tag that have room and can be reached: one more than may be named, so that the
// full one itself can be passed over. It is worked out once a search.
func (s *search) open(b *Board, tag, audience string) []judged {
	key := tagAudience{tag, audience}
	if best, done := s.openOnes[key]; done {
		return best
	}
	var best []judged
	for _, i := range b.byTag[tag] {
		o := &b.offers[i]
		if s.vetoed>>b.leaves[tag]&1 == 1 && o.Audience != "parent" {
			continue
		}
		if o.Audience != audience || o.tagBits&^s.vetoed == 0 || o.quiet != 0 {
			continue
		}
		if j, ok := s.judge(o, b); ok && !j.full && j.group != KanNuNiet {
			best = append(best, j)
		}
	}
	slices.SortFunc(best, inOrder)
	best = best[:min(len(best), mostAlternatives+1)]
	s.openOnes[key] = best
	return best
}
