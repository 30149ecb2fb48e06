package matcher

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wijknetwerk/catalog"
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
		child, items := g.hold(needs[i], o)
		found[i] = child
		lock.Lock()
		defer lock.Unlock()
		for _, it := range items {
			g.year[it.Activity] = max(g.year[it.Activity], it.Cost.GrossCents)
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

// hold ranks the catalogue for one child; unmet is nil when it cannot be counted.
func (g *Gaps) hold(n kindinkaart.SupplyNeed, o Offered) (gapChild, []Item) {
	profile, err := questionnaire.Score(n.Need.Variant, n.Need.Answers, n.Need.Parent, false)
	if err != nil || profile.Coverage.Few() {
		return gapChild{}, nil
	}
	result, ok := rankFor(n, o.Board, o.Locate)
	if !ok {
		return gapChild{}, nil
	}
	c := gapChild{SupplyNeed: n, band: bandOf(n.Need), parts: partsOf(n.Need), unmet: map[string]Why{}}
	for _, tag := range wishes(profile) {
		if why, unmet := g.unmet(tag, result.Items); unmet {
			c.unmet[tag] = why
		}
	}
	return c, result.Items
}

// rankFor ranks a board for a child as these figures need it; ok is false when the child cannot be ranked for.
func rankFor(n kindinkaart.SupplyNeed, b *Board, locate Locate) (Result, bool) {
	var o Options
	if n.Klas {
		o.Mode = "walk"
	}
	result, err := Rank(n.Need, b, locate, o)
	return result, err == nil && !result.Thin && result.Base.Finite() && !result.Base.IsZero()
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

// unmet says whether no line answers a wish, and what stands in the way at the one that comes nearest: with the fewest
// reasons, of these the first of whyOrder.
func (g *Gaps) unmet(tag string, items []Item) (Why, bool) {
	least, first := len(whyOrder)+1, NoOffer
	for i := range items {
		if !slices.Contains(g.tagged[items[i].Activity], tag) || hasEnded(&items[i]) {
			continue
		}
		against := against(&items[i])
		if len(against) == 0 {
			return "", false
		}
		nearer := len(against) == least && slices.Index(whyOrder, against[0]) < slices.Index(whyOrder, first)
		if len(against) < least || nearer {
			least, first = len(against), against[0]
		}
	}
	return first, true
}

// hasEnded says whether an activity is no longer there.
func hasEnded(it *Item) bool {
	return slices.ContainsFunc(it.Blockers, func(b Blocker) bool { return b.Barrier == "aanbod_stopt" && b.Hard })
}

// against lists what keeps an activity from answering a wish, each once, in the order of whyOrder; nothing when it does.
func against(it *Item) (out []Why) {
	add := func(w Why) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if it.Full {
		add(AllFull)
	}
	for _, b := range it.Blockers {
		tooFar := b.Barrier == "afstand" && !it.Travel.Unknown
		tooDear := b.Barrier == "kosten" && b.Hard
		if tooFar || tooDear || it.Group == KanNuNiet && b.Hard && !liftedBy(it, b.Barrier) {
			add(cmp.Or(whyOf[b.Barrier], OtherWhy))
		}
	}
	if it.Group == KanNuNiet && len(out) == 0 {
		add(OtherWhy)
	}
	slices.SortFunc(out, func(a, b Why) int { return slices.Index(whyOrder, a) - slices.Index(whyOrder, b) })
	return out
}

// liftedBy says whether a task of the line can lift a barrier.
func liftedBy(it *Item, barrier string) bool {
	return slices.ContainsFunc(it.Tasks, func(t Task) bool { return t.Barrier == barrier && t.Effect == Lifts })
}
