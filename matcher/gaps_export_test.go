package matcher

import (
	"fmt"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
)

// SomeChild is a child as figures about supply count it, for tests.
type SomeChild struct {
	Wijk, Band string
	Parts      []string
	Unmet      map[string]Why
}

// SomeGaps makes the gaps of some children.
func SomeGaps(children []SomeChild) *Gaps {
	g := &Gaps{}
	for _, c := range children {
		g.children = append(g.children, gapChild{SupplyNeed: kindinkaart.SupplyNeed{Wijk: c.Wijk}, band: c.Band, parts: c.Parts, unmet: c.Unmet})
	}
	return g
}

// Everybody gives the children behind gaps.
func (g *Gaps) Everybody() (out []SomeChild) {
	for _, c := range g.children {
		out = append(out, SomeChild{c.Wijk, c.band, c.parts, c.unmet})
	}
	return out
}

// Option is an offering and the children (in the order of Everybody) it helps.
type Option struct {
	Activity catalog.Activity
	Helps    []int
}

// Options tries every tag that a whole group of an age band misses, at every place at every hour, all on one board per age band.
func (g *Gaps) Options(s OrderSupply) (out []Option) {
	p := planner{gaps: g, OrderSupply: s}
	for _, b := range AgeBands {
		first := len(out)
		for _, tag := range g.missingTags(b.ID, s.MinGroup) {
			for place := range p.Places {
				for _, t := range timesFor(b) {
					id := fmt.Sprintf("%s %s %d %s %s", b.ID, tag, place, t.weekday, t.start)
					out = append(out, Option{Activity: p.offering(id, tryout{tags: []string{tag}, band: b, place: place, times: []orderTime{t}})})
				}
			}
		}
		p.tryAll(out[first:], b.ID)
	}
	return out
}

// tryAll notes the children of an age band with the unmet wish whom each option helps.
func (p *planner) tryAll(options []Option, band string) {
	var list []catalog.Activity
	for _, o := range options {
		list = append(list, o.Activity)
	}
	for i, c := range p.gaps.children {
		if c.band != band {
			continue
		}
		for _, k := range p.helped(list, []int{i})[0] {
			if c.unmet[list[k].Tags[0]] != "" {
				options[k].Helps = append(options[k].Helps, i)
			}
		}
	}
}

// missingTags are the tags that at least so many children of an age band miss.
func (g *Gaps) missingTags(band string, least int) (tags []string) {
	count := map[string]int{}
	for _, c := range g.children {
		for tag := range c.unmet {
			if c.band == band {
				count[tag]++
			}
		}
	}
	for tag, n := range count {
		if n >= least {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return tags
}

// ExactOrders is OrderList before numbers are rounded off.
func (g *Gaps) ExactOrders(s OrderSupply) []Order {
	p := planner{gaps: g, OrderSupply: s}
	return p.greedy()
}

// OrderedActivity is a line of an order list as it would stand in the catalogue.
func (g *Gaps) OrderedActivity(s OrderSupply, o Order) catalog.Activity {
	p := planner{gaps: g, OrderSupply: s}
	band := AgeBands[slices.IndexFunc(AgeBands, func(b AgeBand) bool { return b.ID == o.Band })]
	return p.offering("besteld", tryout{tags: []string{o.Tag}, band: band, place: slices.Index(s.Places, o.Place), times: []orderTime{{o.Weekday, o.Start, o.End}}, yearCents: o.YearCents})
}

// NewPartner is who offers what is on an order list.
func NewPartner() catalog.Partner { return newPartner }

// JudgedAgainst gives what stands against each line of a board for a child, by activity, as the figures judge it.
func JudgedAgainst(n kindinkaart.SupplyNeed, b *Board) map[string]string {
	out := map[string]string{}
	if w := (judging{board: b}).begin(&n); w != nil {
		defer w.done()
		w.each(func(c *slotCase) { out[c.offer.id] = fmt.Sprint(c.against().list(), c.hasEnded()) })
	}
	return out
}

// list is a set of reasons in the order of whyOrder.
func (w whys) list() (out []Why) {
	for _, one := range whyOrder {
		if w.has(one) {
			out = append(out, one)
		}
	}
	return out
}

// ReadAgainst is the same read from the list that people see.
func ReadAgainst(n kindinkaart.SupplyNeed, b *Board) map[string]string {
	r, err := Rank(n.Need, b, nil, Options{})
	if err != nil || r.Thin {
		return map[string]string{}
	}
	out := map[string]string{}
	for _, it := range r.Items {
		out[it.Activity] = fmt.Sprint(readOne(it))
	}
	return out
}

func readOne(it Item) (why []Why, ended bool) {
	found := map[Why]bool{AllFull: it.Full}
	for _, b := range it.Blockers {
		liftable := slices.ContainsFunc(it.Tasks, func(t Task) bool { return t.Barrier == b.Barrier && t.Effect == Lifts })
		if b.Barrier == "afstand" && !it.Travel.Unknown || b.Barrier == "kosten" && b.Hard || b.Hard && !liftable {
			w, ok := whyOf[b.Barrier]
			if !ok {
				w = OtherWhy
			}
			found[w] = true
		}
		ended = ended || b.Barrier == "aanbod_stopt" && b.Hard
	}
	for _, w := range whyOrder {
		if found[w] {
			why = append(why, w)
		}
	}
	return why, ended
}

// TogetherAndAlone gives for each child the offerings of an age band it can take, judged on one board and each by itself.
func (g *Gaps) TogetherAndAlone(s OrderSupply, b AgeBand) (together, alone [][]int) {
	p := planner{gaps: g, OrderSupply: s}
	var list []catalog.Activity
	var everybody []int
	for _, t := range timesFor(b) {
		for place := range p.Places {
			list = append(list, p.offering(fmt.Sprint(len(list)), tryout{tags: []string{"koken_bakken", "voetbal"}, band: b, place: place, times: []orderTime{t}}))
		}
	}
	for i := range g.children {
		everybody = append(everybody, i)
	}
	alone = make([][]int, len(everybody))
	for k := range list {
		for i, at := range p.helped(list[k:k+1], everybody) {
			if len(at) > 0 {
				alone[i] = append(alone[i], k)
			}
		}
	}
	return p.helped(list, everybody), alone
}
