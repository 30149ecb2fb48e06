package matcher

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// seed is a tag at a place for an age band, at any hour, with the children it could help at all.
type seed struct {
	tag, band string
	place     int // in OrderSupply.Places
	children  []int
}

func (s seed) ages() AgeBand {
	return AgeBands[slices.IndexFunc(AgeBands, func(b AgeBand) bool { return b.ID == s.band })]
}

// seeds tries every tag at every place, free and with all hours at once: a child that this does not help is helped at no
// single hour either, so a seed with few children need not be looked at by the hour. Per age band one board holds them all.
func (p *planner) seeds() []seed {
	var out []seed
	for _, b := range AgeBands {
		children, tags := p.wanting(b.ID)
		if len(children) == 0 {
			continue
		}
		all := make([]seed, 0, len(tags)*len(p.Places))
		for _, tag := range tags {
			for place := range p.Places {
				all = append(all, seed{tag: tag, band: b.ID, place: place})
			}
		}
		p.fill(all, children, timesFor(b))
		out = append(out, slices.DeleteFunc(all, func(s seed) bool { return len(s.children) < p.MinGroup })...)
	}
	return out
}

// wanting gives the children of an age band with an unmet wish that enough of them share, and these tags in the order of
// the taxonomy.
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

// fill puts every seed on one board and notes which children it could help.
func (p *planner) fill(all []seed, children []int, times []orderTime) {
	list := make([]catalog.Activity, len(all))
	for i, s := range all {
		list[i] = p.offering(fmt.Sprintf("%06d", i), s, times, 0)
	}
	for k, ids := range p.helped(list, children) {
		for _, id := range ids {
			if s := &all[id]; p.gaps.children[children[k]].unmet[s.tag] != "" {
				s.children = append(s.children, children[k])
			}
		}
	}
}

// helped gives, for each child, the places in the list of the offerings that can be taken.
func (p *planner) helped(list []catalog.Activity, children []int) [][]int {
	at := map[string]int{}
	for i, a := range list {
		at[a.ID] = i
	}
	board := NewBoard([]catalog.Partner{newPartner}, list, p.Schemes, p.Ways)
	out := make([][]int, len(children))
	each(len(children), func(k int) {
		result, ok := rankFor(p.gaps.children[children[k]].SupplyNeed, board, p.Locate)
		if !ok {
			return
		}
		for i := range result.Items {
			if len(against(&result.Items[i])) == 0 {
				out[k] = append(out[k], at[result.Items[i].Activity])
			}
		}
		slices.Sort(out[k])
	})
	return out
}

// option is something the greedy choice can take next: a seed (time < 0), or a seed at one hour.
type option struct {
	seed     *seed
	time     int
	children []int
	gain     int // children that are not helped yet, when it was last counted
}

// options is a heap with the most promising one on top; of equal ones an hour before a seed, then the first in order.
type options struct {
	list  []option
	order func(a, b option) int
}

func (o *options) Len() int           { return len(o.list) }
func (o *options) Less(i, j int) bool { return o.order(o.list[i], o.list[j]) < 0 }
func (o *options) Swap(i, j int)      { o.list[i], o.list[j] = o.list[j], o.list[i] }
func (o *options) Push(x any)         { o.list = append(o.list, x.(option)) }
func (o *options) Pop() any {
	last := o.list[len(o.list)-1]
	o.list = o.list[:len(o.list)-1]
	return last
}

func byGain(a, b option) int {
	return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(btoi(a.time < 0), btoi(b.time < 0)), cmp.Compare(a.seed.band, b.seed.band),
		cmp.Compare(a.seed.tag, b.seed.tag), cmp.Compare(a.seed.place, b.seed.place), cmp.Compare(a.time, b.time))
}

// greedy takes the option that helps most children, again and again. Gains only shrink as more children are helped, so an
// option whose old gain is not on top cannot be the best now; seeds are looked at by the hour only when they come on top.
func (p *planner) greedy(seeds []seed) (orders []Order) {
	o := &options{order: byGain}
	for i := range seeds {
		o.list = append(o.list, option{seed: &seeds[i], time: -1, children: seeds[i].children, gain: len(seeds[i].children)})
	}
	heap.Init(o)
	done := map[int]bool{}
	for o.Len() > 0 && len(orders) < p.Lines {
		top := heap.Pop(o).(option)
		top.children = slices.DeleteFunc(slices.Clone(top.children), func(i int) bool { return done[i] })
		top.gain = len(top.children)
		switch {
		case top.gain < p.MinGroup:
		case o.Len() > 0 && byGain(o.list[0], top) < 0:
			heap.Push(o, top)
		case top.time < 0:
			for _, hour := range p.hours(top) {
				heap.Push(o, hour)
			}
		default:
			orders = append(orders, p.order(top))
			for _, i := range top.children {
				done[i] = true
			}
		}
	}
	return orders
}

// hours tries a seed at each hour apart.
func (p *planner) hours(top option) []option {
	times := timesFor(top.seed.ages())
	list := make([]catalog.Activity, len(times))
	for i := range times {
		list[i] = p.offering(fmt.Sprintf("%06d", i), *top.seed, times[i:i+1], 0)
	}
	out := make([]option, len(times))
	for k, ids := range p.helped(list, top.children) {
		for _, i := range ids {
			out[i].children = append(out[i].children, top.children[k])
		}
	}
	for i := range out {
		out[i].seed, out[i].time, out[i].gain = top.seed, i, len(out[i].children)
	}
	return out
}

// order writes down a chosen option. When the usual price of the tag helps as many children, it need not be free.
func (p *planner) order(chosen option) Order {
	times := timesFor(chosen.seed.ages())
	t := times[chosen.time]
	line := Order{Tag: chosen.seed.tag, Band: chosen.seed.band, Place: p.Places[chosen.seed.place], Weekday: t.weekday, Start: t.start, End: t.end, Helps: chosen.gain}
	cents := p.gaps.usualPrice(chosen.seed.tag)
	if cents == 0 {
		return line
	}
	paid := p.offering("000000", *chosen.seed, times[chosen.time:chosen.time+1], cents)
	helps := 0
	for _, ids := range p.helped([]catalog.Activity{paid}, chosen.children) {
		helps += len(ids)
	}
	if helps == chosen.gain {
		line.YearCents = cents
	}
	return line
}
