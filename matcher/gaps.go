package matcher

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
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
	g := &Gaps{year: map[string]int{}, tagged: map[string][]string{}}
	for _, a := range o.Activities {
		g.tagged[a.ID] = a.Tags
	}
	found := make([]gapChild, len(needs))
	var lock sync.Mutex
	each(len(needs), func(i int) {
		child, prices := g.hold(needs[i], o)
		found[i] = child
		lock.Lock()
		defer lock.Unlock()
		for id, cents := range prices {
			g.year[id] = max(g.year[id], cents)
		}
	})
	g.children = slices.DeleteFunc(found, func(c gapChild) bool { return c.unmet == nil })
	g.left = len(needs) - len(g.children)
	return g
}

// each does f for 0 to n-1, on all processors.
func each(n int, f func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	all.Wait()
}

// hold ranks the catalogue for one child; unmet is nil when it cannot be counted. Prices are what activities cost in a year,
// by id, in cents.
func (g *Gaps) hold(n kindinkaart.SupplyNeed, o Offered) (c gapChild, prices map[string]int) {
	profile, err := questionnaire.Score(n.Need.Variant, n.Need.Answers, n.Need.Parent, false)
	if err != nil || profile.Coverage.Few() {
		return gapChild{}, nil
	}
	nearest := map[string][]Why{}
	for _, tag := range wishes(profile) {
		nearest[tag] = []Why{NoOffer}
	}
	prices = map[string]int{}
	ok := judging{board: o.Board, locate: o.Locate}.each(n, func(c *slotCase) {
		prices[c.offer.id] = c.cost.GrossCents
		if c.hasEnded() {
			return
		}
		against := c.against()
		for _, tag := range g.tagged[c.offer.id] {
			if least, wished := nearest[tag]; wished && nearer(against, least) {
				nearest[tag] = against
			}
		}
	})
	if !ok {
		return gapChild{}, nil
	}
	c = gapChild{SupplyNeed: n, band: bandOf(n.Need), parts: partsOf(n.Need), unmet: map[string]Why{}}
	for tag, against := range nearest {
		if len(against) > 0 {
			c.unmet[tag] = against[0]
		}
	}
	return c, prices
}

// nearer says whether an activity with these reasons against it comes nearer to a wish than the nearest so far: with fewer
// reasons, or as many with the first one earlier in whyOrder. Anything comes nearer than nothing.
func nearer(against, least []Why) bool {
	switch {
	case len(least) == 1 && least[0] == NoOffer:
		return true
	case len(against) != len(least):
		return len(against) < len(least)
	}
	return len(against) > 0 && slices.Index(whyOrder, against[0]) < slices.Index(whyOrder, least[0])
}

// judging holds children against a board with the rules of Rank, without words.
type judging struct {
	board  *Board
	locate Locate
	only   []string // these activities, and only where they are possible; nil = every line there would be
}

// each shows every line to look, judged; ok is false when the child cannot be ranked for.
func (j judging) each(n kindinkaart.SupplyNeed, look func(c *slotCase)) (ok bool) {
	var o Options
	if n.Klas {
		o.Mode = geo.Walk
	}
	s, err := newSearch(&n.Need, j.board, j.locate, o)
	if err != nil || s.thin() || len(s.bases) == 0 {
		return false
	}
	w := s.walk(j.board)
	defer w.done()
	var hits []hit
	if j.only == nil {
		hits = w.proposals()
	} else {
		possible := func(h *hit, _ *offer) bool { return h.order.rank() != rankNuNiet }
		hits = slices.Clone(w.run(&pass{ids: j.only, top: -1, takes: w.takes, keeps: possible}))
	}
	for i := range hits {
		look(w.again(&hits[i]))
	}
	return true
}

// wishes are the tags a child wants, in the order of the taxonomy.
func wishes(p questionnaire.Profile) []string {
	var out []string
	for _, leaf := range questionnaire.Taxonomy().Tags {
		fits := BandOf(p.Effective[leaf.ID])
		wanted := (fits == FitsWell || fits == Fits) && !slices.Contains(p.Veto, leaf.ID)
		if wanted && leaf.AutoSuggest && leaf.Audience != "parent" {
			out = append(out, leaf.ID)
		}
	}
	return out
}

// hasEnded says whether an activity is no longer there.
func (c *slotCase) hasEnded() bool {
	return slices.ContainsFunc(c.found, func(f finding) bool { return f.open() && f.hard && f.code() == "aanbod_stopt" })
}

// against lists what keeps a slot from answering a wish, each once, in the order of whyOrder; nothing when it does.
func (c *slotCase) against() (out []Why) {
	add := func(w Why) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if c.slot.full {
		add(AllFull)
	}
	for i := range c.found {
		f := &c.found[i]
		code := f.code()
		tooFar := code == "afstand" && c.trip.known
		tooDear := code == "kosten" && f.hard
		if f.open() && (tooFar || tooDear || f.hard && !f.lifts) {
			add(cmp.Or(whyOf[code], OtherWhy))
		}
	}
	slices.SortFunc(out, func(a, b Why) int { return slices.Index(whyOrder, a) - slices.Index(whyOrder, b) })
	return out
}
