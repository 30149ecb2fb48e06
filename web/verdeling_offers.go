package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/matcher"
)

// offerRow is one time with the children both ways put there.
type offerRow struct {
	Activity, Title, When string
	Room, Wanted          int
	Placed                []int
	Stops                 []bool // too few: it does not go on for ours
}

// mostOffers is how many times are shown, so that the page of a school stays light.
const mostOffers = 60

// addOffers adds the times that somebody gets, and those that more children wish than there is room for; of who sees only counts
// those that may be told, with how many wish them.
func (p *divisionPage) addOffers(w matcher.KlasWishes, a matcher.Allocation) {
	told := w.Wanted(a.Best)
	bests, lotteries := sizesOf(a.Best), sizesOf(a.Lottery)
	for _, o := range counted(w.Offers, a.Best) {
		best, lottery := bests[o.ID], lotteries[o.ID]
		row := offerRow{Activity: o.Activity.ID, Title: o.Activity.Title, When: o.Slot.When(), Room: best.Room, Wanted: best.Wanted}
		switch _, may := told[o.ID]; {
		case p.OnlyCounts && may:
			p.Offers = append(p.Offers, row)
		case p.OnlyCounts: // how many such times there are is not told either
		case best.Placed+lottery.Placed == 0 && (best.Wanted <= best.Room || best.Wanted < 2):
			p.Unused++
		default:
			row.Placed, row.Stops = []int{best.Placed, lottery.Placed}, []bool{tooFew(best), tooFew(lottery)}
			p.Offers = append(p.Offers, row)
		}
	}
	if p.OffersMore = max(len(p.Offers)-mostOffers, 0); p.OffersMore > 0 { // the scarcest first
		slices.SortStableFunc(p.Offers, func(x, y offerRow) int { return cmp.Compare(y.Wanted-y.Room, x.Wanted-x.Room) })
		p.Offers = p.Offers[:mostOffers]
	}
	slices.SortStableFunc(p.Offers, func(x, y offerRow) int { return strings.Compare(x.Title+x.When, y.Title+y.When) })
}

// counted leaves out what is only among wishes that do not count: it was not divided.
func counted(offers []matcher.KlasOffer, v matcher.Division) []matcher.KlasOffer {
	sizes := sizesOf(v)
	return slices.DeleteFunc(slices.Clone(offers), func(o matcher.KlasOffer) bool {
		_, divided := sizes[o.ID]
		return !divided
	})
}

// sizesOf is what a division puts where, by offer.
func sizesOf(v matcher.Division) map[string]matcher.Size {
	out := make(map[string]matcher.Size, len(v.Sizes))
	for _, size := range v.Sizes {
		out[size.Slot] = size
	}
	return out
}

// roomNotes names the times with more children than places, by title and not by id.
func roomNotes(offers []matcher.KlasOffer) (out []string) {
	for _, o := range offers {
		if c := o.Slot.Capacity; c != nil && *c < o.Slot.Enrolled {
			out = append(out, fmt.Sprintf("Bij %s zijn %s ingeschreven voor %s. We rekenen met 0 vrije plekken. Vraag het na bij de aanbieder.",
				offerName{Title: o.Activity.Title, When: o.Slot.When()}.text(), countWord(o.Slot.Enrolled, "kind", "kinderen"), countWord(*c, "plek", "plekken")))
		}
	}
	return out
}

// klasNotes say which cards do not count, class by class when there are several. Who sees only counts reads of no few cards.
func klasNotes(w matcher.KlasWishes) (out []string) {
	waiting, left := 0, 0
	var busy []string
	for _, k := range w.Klassen {
		waiting, left = waiting+k.Waiting, left+k.LeftOut
		if k.Busy {
			busy = append(busy, k.Label)
		}
	}
	if len(busy) > 0 {
		out = append(out, "In "+strings.Join(busy, ", ")+" zijn nog kinderen bezig. Die klas telt mee als iedereen klaar is, of als de klas dicht is.")
	}
	if waiting > 0 {
		out = append(out, countWord(waiting, "kaart is nog niet klaar en telt", "kaarten zijn nog niet klaar en tellen")+" niet mee.")
	}
	if left > 0 && !w.OnlyCounts {
		out = append(out, countWord(left, "kaart telt", "kaarten tellen")+" niet mee: het kind is nu bij iemand anders, of er is geen toestemming meer.")
	}
	return out
}

func countFunc[T any](all []T, is func(T) bool) (n int) {
	for _, x := range all {
		if is(x) {
			n++
		}
	}
	return n
}
