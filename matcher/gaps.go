package matcher

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
)

// Why says what keeps the offering from answering a wish.
type Why string

// The reasons, in the order in which one is named when an activity fails on several.
const (
	NoOffer   Why = "geen"     // nothing with this tag is offered at all
	WrongAge  Why = "leeftijd" // for other ages
	TooFar    Why = "ver"      // longer than agreed, or than 20 minutes when nothing was agreed
	WrongTime Why = "tijd"     // the child has something else, or nobody can bring it and it cannot go alone
	TooDear   Why = "geld"     // more than the family said, and no scheme is expected to pay
	AllFull   Why = "vol"
	OtherWhy  Why = "anders"
)

// whyOrder lists them in that order.
var whyOrder = []Why{NoOffer, WrongAge, TooFar, WrongTime, TooDear, AllFull, OtherWhy}

// whyOf names the reason behind a barrier; what is not in it is OtherWhy.
var whyOf = map[string]Why{
	"leeftijd": WrongAge, "afstand": TooFar, "tijd_bezet": WrongTime, "brengen_avond": WrongTime, "brengen_overdag": WrongTime,
	"niet_alleen": WrongTime, "kosten": TooDear, "spullen": TooDear, "vol": AllFull,
}

// whys is a set of reasons, one bit each in the order of whyOrder.
type whys uint8

// whyBits are the bits of the reasons.
var whyBits = func() map[Why]whys {
	bits := map[Why]whys{}
	for i, w := range whyOrder {
		bits[w] = 1 << i
	}
	return bits
}()

// nothingThere is what stands against a wish before anything was found.
var nothingThere = whyBits[NoOffer]

func (w whys) has(one Why) bool { return w&whyBits[one] != 0 }

// first is the reason that is named.
func (w whys) first() Why { return whyOrder[bits.TrailingZeros8(uint8(w))] }

// nearerThan says whether an activity with these reasons against it comes nearer to a wish than the nearest so far: with fewer
// reasons, or as many with the first one earlier in whyOrder. Anything comes nearer than nothing.
func (w whys) nearerThan(least whys) bool {
	some, others := bits.OnesCount8(uint8(w)), bits.OnesCount8(uint8(least))
	switch {
	case least == nothingThere:
		return true
	case some != others:
		return some < others
	}
	return some > 0 && bits.TrailingZeros8(uint8(w)) < bits.TrailingZeros8(uint8(least))
}

// Offered is the live catalogue twice: as it is ranked and as it is written.
type Offered struct {
	Board      *Board
	Activities []catalog.Activity
	Locate     Locate // as for Rank
}

// Gaps is which wishes of which children nothing in the catalogue answers. It knows single children, so it stays in this
// package: Table and OrderList tell what may be told.
type Gaps struct {
	children []gapChild
	left     int            // needs that could not be held against the catalogue
	year     map[string]int // what an activity costs in a year, in cents, by id
	tagged   map[string][]string
}

// gapChild is one child that was held against the catalogue.
type gapChild struct {
	kindinkaart.SupplyNeed
	band  string         // of AgeBands, "" = unknown
	parts []string       // parts of the day in which it can, of GapParts
	unmet map[string]Why // by leaf tag
}

// FindGaps holds every child against the catalogue with the full rules of Rank.
//
// A wish is a tag from the band "past" up (0.35, DOMAIN 3.2) that is suggested to children and not refused. One thing that a
// child is good at (0.4 x 0.7) or that a parent hopes for (half of 0.5) stays under that, and "misschien" (0.15) would count
// both: who orders supply should count what children themselves call fun. A wish is met when an activity with that tag is
// kan_zo or kan_met_hulp, takes children now, is not farther than agreed (20 minutes when nothing was agreed) and costs no more
// than the family said, schemes that are expected to pay taken off: help can go along and fill in forms, it cannot move a club.
//
// Children of whom too little is known to rank, or not where they live, are not counted. The order of needs has no
// influence; a need counts once.
func FindGaps(needs []kindinkaart.SupplyNeed, o Offered) *Gaps {
	h := newHolding(o)
	found := make([]gapChild, len(needs))
	each(len(needs), func(i int) { found[i] = h.hold(&needs[i]) })
	g := &Gaps{year: h.years(), tagged: map[string][]string{}}
	for _, a := range o.Activities {
		g.tagged[a.ID] = a.Tags
	}
	g.children = slices.DeleteFunc(found, func(c gapChild) bool { return c.unmet == nil })
	g.left = len(needs) - len(g.children)
	return g
}

// each does f for 0 to n-1, on all processors. A panic in f is one of the caller, who may survive it.
func each(n int, f func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	workers := make([]error, min(runtime.GOMAXPROCS(0), n))
	for w := range workers {
		all.Go(func() {
			workers[w] = errs.Survive(func() error {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					f(i)
				}
				return nil
			})
		})
	}
	all.Wait()
	for _, err := range workers {
		if err != nil {
			panic(err)
		}
	}
}

// hasEnded says whether an activity is no longer there.
func (c *slotCase) hasEnded() bool {
	return slices.ContainsFunc(c.found, func(f finding) bool { return f.open() && f.hard && f.code() == "aanbod_stopt" })
}

// against is what keeps a slot from answering a wish; nothing when it does.
func (c *slotCase) against() (out whys) {
	if c.slot.full {
		out |= whyBits[AllFull]
	}
	for i := range c.found {
		f := &c.found[i]
		code := f.code()
		tooFar := code == "afstand" && c.trip.known
		tooDear := code == "kosten" && f.hard
		if f.open() && (tooFar || tooDear || f.hard && !f.lifts) {
			out |= whyBits[cmp.Or(whyOf[code], OtherWhy)]
		}
	}
	return out
}
