package matcher

import (
	"math"
	"slices"
)

// flow is an assignment of least cost in a network, kept optimal while it is changed:
//
//	outside ─▶ child ─▶ set of its slots that exclude each other ─▶ slot ─▶ outside
//	         as many    one place of a set                  one per child   as many as
//	         as wanted                                                      there is room
//
// The first place of a child is worth first, each wish its value on top. Every node has a price; along every arc that can still
// take flow cost + price(from) - price(to) is 0 or more, which is what makes the flow optimal (successive shortest paths).
type flow struct {
	*network
	value   []int64 // by seat: what it is worth now, barred = not allowed
	at      []int32 // by set: the seat it has, -1 = none
	count   []int32 // by child: places it has
	active  []int32 // by child: places it takes part for
	free    []int32 // by slot: places for ours; 0 = closed
	least   []int32 // by slot: must have so many
	size    []int32 // by slot: sets in it
	in      []int32 // by place of a slot: the set, see network.firstIn
	price   []int64 // by node
	decided []int32 // seats that must be given
}

// network is the shape of a flow, with the working space of its searches.
type network struct {
	d        *divided
	seatSet  []int32 // by seat
	setChild []int32 // by set
	setFrom  []int32 // by set: its seats are setSeats[setFrom[set]:setFrom[set+1]]
	setSeats []int32
	childSet []int32 // by child: its sets are childSet[c] up to childSet[c+1]
	firstIn  []int32 // by slot: where its part of flow.in begins
	outside  int32   // the node
	first    int64   // worth of a first place: more than all fit together
	must     int64   // worth of what was decided: more than a first place and all fit
	steps    int     // arcs looked at so far
	tracer
}

const barred = math.MinInt64

// newFlow makes an empty flow; bonus is what may come on top of a seat by friends.
func newFlow(d *divided, bonus []int64) *flow {
	n := &network{d: d, seatSet: make([]int32, len(d.seats)), childSet: []int32{0}, setFrom: []int32{0}, firstIn: []int32{0}}
	all := int64(1)
	wanted := make([]int, len(d.slots))
	for c := range d.children {
		all += n.addSets(c, bonus)
	}
	for _, s := range d.seats {
		wanted[s.slot]++
	}
	f := &flow{network: n}
	for i, s := range d.slots {
		places := int32(min(s.free, wanted[i]))
		f.free = append(f.free, places)
		n.firstIn = append(n.firstIn, n.firstIn[i]+places)
	}
	n.first, n.must = all, 4*all
	f.in = make([]int32, n.firstIn[len(d.slots)])
	f.least, f.size = make([]int32, len(d.slots)), make([]int32, len(d.slots))
	f.at = slices.Repeat([]int32{-1}, len(n.setChild))
	f.count, f.active = make([]int32, len(d.children)), make([]int32, len(d.children))
	for i, s := range d.seats {
		f.value = append(f.value, s.value+bonus[i])
	}
	n.outside = int32(len(d.children) + len(n.setChild) + len(d.slots))
	f.price = make([]int64, n.outside+1)
	n.tracer.init(int(n.outside) + 1)
	return f
}

// addSets puts the seats of a child in sets that exclude each other and gives the most they can be worth. A child that
// wants one place has one set.
func (n *network) addSets(child int, bonus []int64) (most int64) {
	c := &n.d.children[child]
	var sets [][]int32
	for e := c.from; e < c.to; e++ {
		most = max(most, n.d.seats[e].value+bonus[e])
		k := slices.IndexFunc(sets, func(set []int32) bool {
			return c.Places == 1 || !slices.ContainsFunc(set, func(o int32) bool { return !n.d.exclude(n.d.seats[o].slot, n.d.seats[e].slot) })
		})
		if k < 0 {
			k, sets = len(sets), append(sets, nil)
		}
		sets[k] = append(sets[k], int32(e))
	}
	for _, set := range sets {
		for _, e := range set {
			n.seatSet[e] = int32(len(n.setChild))
		}
		n.setSeats = append(n.setSeats, set...)
		n.setFrom = append(n.setFrom, int32(len(n.setSeats)))
		n.setChild = append(n.setChild, int32(child))
	}
	n.childSet = append(n.childSet, int32(len(n.setChild)))
	return most * int64(c.Places)
}

func (n *network) setNode(set int32) int32 { return int32(len(n.d.children)) + set }

func (n *network) slotNode(slot int32) int32 {
	return int32(len(n.d.children)+len(n.setChild)) + slot
}

func (n *network) seatsOf(set int32) []int32 { return n.setSeats[n.setFrom[set]:n.setFrom[set+1]] }

func (f *flow) inSlot(slot int32) []int32 {
	return f.in[f.firstIn[slot] : f.firstIn[slot]+f.size[slot]]
}

// clone is a flow that can be changed apart; the shape and the working space are shared.
func (f *flow) clone() *flow {
	return &flow{network: f.network, value: slices.Clone(f.value), at: slices.Clone(f.at), count: slices.Clone(f.count), active: slices.Clone(f.active),
		free: slices.Clone(f.free), least: slices.Clone(f.least), size: slices.Clone(f.size), in: slices.Clone(f.in), price: slices.Clone(f.price), decided: f.decided}
}

// insert lets a child take part for all the places it wants.
func (f *flow) insert(child int32) {
	f.settle(child)
	for range f.d.children[child].Places {
		gain := f.gain(child)
		cost, ok := f.trace(child, f.outside, 0)
		if !ok {
			return // none of its wishes is left
		}
		f.active[child]++
		if cost < gain {
			f.push(child, f.outside)
			f.count[child]++
		}
	}
}

// gain is what the next place of a child is worth on top of its fit.
func (f *flow) gain(child int32) int64 {
	if f.count[child] == 0 {
		return f.first
	}
	return 0
}

// loss is what a child loses with its last place, its fit apart.
func (f *flow) loss(child int32) int64 {
	if f.count[child] == 1 {
		return f.first
	}
	return 0
}

// settle gives a child that takes no part prices at which nothing is worth more than it costs.
func (f *flow) settle(child int32) {
	highest := int64(math.MinInt64)
	for set := f.childSet[child]; set < f.childSet[child+1]; set++ {
		price := int64(math.MinInt64)
		for _, e := range f.seatsOf(set) {
			if slot := int32(f.d.seats[e].slot); f.value[e] != barred && f.free[slot] > 0 {
				price = max(price, f.value[e]+f.price[f.slotNode(slot)])
			}
		}
		if price == math.MinInt64 {
			price = 0
		}
		f.price[f.setNode(set)] = price
		highest = max(highest, price)
	}
	f.price[child] = highest
}

// lift takes a child out with all its places, so that its seats may change.
func (f *flow) lift(child int32) {
	f.count[child], f.active[child] = 0, 0
	var left []int32
	for set := f.childSet[child]; set < f.childSet[child+1]; set++ {
		if e := f.at[set]; e >= 0 {
			f.leave(set)
			left = append(left, int32(f.d.seats[e].slot))
		}
	}
	for _, slot := range left {
		f.fill(slot)
	}
}

// fill uses a place that came free in a slot, or that must be used, when that makes the whole better; it says whether it did.
func (f *flow) fill(slot int32) bool {
	cost := f.placeCost(slot)
	node := f.slotNode(slot)
	if f.size[slot] >= f.free[slot] || f.price[node]+cost >= f.price[f.outside] {
		return false
	}
	path, ok := f.trace(f.outside, node, f.price[f.outside]-f.price[node]-cost)
	if !ok || path+cost >= 0 {
		return false
	}
	f.push(f.outside, node)
	return true
}

// placeCost is the cost of one more child in a slot: negative as long as it must have more.
func (f *flow) placeCost(slot int32) int64 {
	if f.size[slot] < f.least[slot] {
		return -f.must
	}
	return 0
}

// spareCost is the cost of one child less in a slot.
func (f *flow) spareCost(slot int32) int64 {
	if f.size[slot] <= f.least[slot] {
		return f.must
	}
	return 0
}

// close takes a slot away; who was in it finds another place.
func (f *flow) close(slot int32) {
	sets := slices.Clone(f.inSlot(slot))
	f.free[slot], f.least[slot] = 0, 0
	var children []int32
	for _, set := range sets {
		children = append(children, f.setChild[set])
	}
	f.again(children)
}

// again takes children out and lets them take part anew, in the order of the lottery.
func (f *flow) again(children []int32) {
	for _, c := range children {
		f.lift(c)
	}
	slices.Sort(children)
	for _, c := range slices.Compact(children) {
		f.insert(c)
	}
}

// force makes a slot have at least so many children.
func (f *flow) force(slot, least int32) {
	f.least[slot] = least
	for f.size[slot] < least && f.fill(slot) {
	}
}

// leave takes a set out of its slot.
func (f *flow) leave(set int32) {
	slot := int32(f.d.seats[f.at[set]].slot)
	in := f.inSlot(slot)
	k := slices.Index(in, set)
	in[k] = in[len(in)-1]
	f.size[slot]--
	f.at[set] = -1
}

// enter gives a set a seat.
func (f *flow) enter(set, seat int32) {
	slot := int32(f.d.seats[seat].slot)
	f.in[f.firstIn[slot]+f.size[slot]] = set
	f.size[slot]++
	f.at[set] = seat
}
