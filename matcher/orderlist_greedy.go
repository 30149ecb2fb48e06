package matcher

import (
	"math/bits"
	"slices"
	"strconv"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// crowd is a set of children, by their place in Gaps.
type crowd []uint64

func (c crowd) add(i int) { c[i/64] |= 1 << (i % 64) }

// extra counts the children of c who are in a group and not yet done.
func (c crowd) extra(group, done crowd) (n int) {
	for i, word := range c {
		n += bits.OnesCount64(word & group[i] &^ done[i])
	}
	return n
}

// bandPlan is what can be offered to an age band, and whom it would help.
type bandPlan struct {
	band  AgeBand
	tags  []string // that a whole group misses, in the order of the taxonomy
	times []orderTime
	wants []crowd // who misses a tag, by tag
	can   []crowd // who can come, by time and then place, whatever is done there
}

// choice is one offering of a plan.
type choice struct {
	plan             *bandPlan
	tag, time, place int
	helps            int // children who are not helped yet
}

func (p *planner) newCrowd() crowd { return make(crowd, (len(p.gaps.children)+63)/64) }

// plan tries every place at every hour for an age band. Whether a child can come does not depend on what is done there, so
// one offering with all these tags stands for each place and hour.
func (p *planner) plan(b AgeBand) bandPlan {
	children, tags := p.wanting(b.ID)
	out := bandPlan{band: b, tags: tags, times: timesFor(b)}
	if len(tags) == 0 {
		return out
	}
	var list []catalog.Activity
	for i := range out.times {
		for place := range p.Places {
			list = append(list, p.offering(strconv.Itoa(len(list)), tryout{tags: tags, band: b, place: place, times: out.times[i : i+1]}))
			out.can = append(out.can, p.newCrowd())
		}
	}
	for k, at := range p.helped(list, children) {
		for _, i := range at {
			out.can[i].add(children[k])
		}
	}
	for _, tag := range tags {
		wants := p.newCrowd()
		for _, i := range children {
			if p.gaps.children[i].unmet[tag] != "" {
				wants.add(i)
			}
		}
		out.wants = append(out.wants, wants)
	}
	return out
}

// wanting gives the children of an age band with an unmet wish that a whole group shares, and these tags.
func (p *planner) wanting(band string) (children []int, tags []string) {
	count := map[string]int{}
	for _, c := range p.gaps.children {
		for tag := range c.unmet {
			if c.band == band {
				count[tag]++
			}
		}
	}
	for _, leaf := range questionnaire.Taxonomy().Tags {
		if count[leaf.ID] >= p.MinGroup {
			tags = append(tags, leaf.ID)
		}
	}
	for i, c := range p.gaps.children {
		if c.band == band && slices.ContainsFunc(tags, func(tag string) bool { return c.unmet[tag] != "" }) {
			children = append(children, i)
		}
	}
	return children, tags
}

// greedy takes the offering that helps most children who are not helped yet, again and again; of equal ones the first.
func (p *planner) greedy() (orders []Order) {
	var plans []bandPlan
	for _, b := range AgeBands {
		plans = append(plans, p.plan(b))
	}
	done := p.newCrowd()
	for len(orders) < p.Lines {
		best := choice{}
		for i := range plans {
			p.better(&plans[i], done, &best)
		}
		if best.helps < p.MinGroup {
			break
		}
		orders = append(orders, p.order(best, done))
	}
	return orders
}

// better looks in a plan for an offering that helps more children than the best so far.
func (p *planner) better(plan *bandPlan, done crowd, best *choice) {
	for tag, wants := range plan.wants {
		for i, can := range plan.can {
			if n := can.extra(wants, done); n > best.helps {
				*best = choice{plan: plan, tag: tag, time: i / len(p.Places), place: i % len(p.Places), helps: n}
			}
		}
	}
}

// order writes down a choice and takes its children as helped. When the usual price of the tag helps as many, it need not
// be free.
func (p *planner) order(c choice, done crowd) Order {
	can, wants := c.plan.can[c.time*len(p.Places)+c.place], c.plan.wants[c.tag]
	var children []int
	for i := range p.gaps.children {
		if word, bit := i/64, uint64(1)<<(i%64); can[word]&wants[word]&^done[word]&bit != 0 {
			children = append(children, i)
		}
	}
	for _, i := range children {
		done.add(i)
	}
	t, tag := c.plan.times[c.time], c.plan.tags[c.tag]
	line := Order{Tag: tag, Band: c.plan.band.ID, Place: p.Places[c.place], Weekday: t.weekday, Start: t.start, End: t.end, Helps: c.helps}
	cents := p.gaps.usualPrice(tag)
	paid := p.offering("0", tryout{tags: []string{tag}, band: c.plan.band, place: c.place, times: []orderTime{t}, yearCents: cents})
	if cents > 0 && p.helpsAll(paid, children) {
		line.YearCents = cents
	}
	return line
}

// helpsAll says whether an offering can be taken by every one of some children.
func (p *planner) helpsAll(a catalog.Activity, children []int) bool {
	return !slices.ContainsFunc(p.helped([]catalog.Activity{a}, children), func(at []int) bool { return len(at) == 0 })
}
