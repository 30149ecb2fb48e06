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
					out = append(out, Option{Activity: p.offering(id, seed{tag: tag, band: b.ID, place: place}, []orderTime{t}, 0)})
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
	return p.greedy(p.seeds())
}

// OrderedActivity is a line of an order list as it would stand in the catalogue.
func (g *Gaps) OrderedActivity(s OrderSupply, o Order) catalog.Activity {
	p := planner{gaps: g, OrderSupply: s}
	return p.offering("besteld", seed{tag: o.Tag, band: o.Band, place: slices.Index(s.Places, o.Place)}, []orderTime{{o.Weekday, o.Start, o.End}}, o.YearCents)
}

// NewPartner is who offers what is on an order list.
func NewPartner() catalog.Partner { return newPartner }
