package matcher

// tracer is the working space of searches for a cheapest path in a flow.
type tracer struct {
	dist  []int64
	seen  []uint32 // dist counts when it equals round
	done  []bool
	from  []int32 // the node before
	via   []int32 // the seat between a set and its slot
	order []int32 // nodes whose distance is final
	heap  []reached
	round uint32
}

// reached is a node with the cost of a path to it.
type reached struct {
	dist int64
	node int32
}

func (t *tracer) init(nodes int) {
	t.dist, t.seen, t.done = make([]int64, nodes), make([]uint32, nodes), make([]bool, nodes)
	t.from, t.via = make([]int32, nodes), make([]int32, nodes)
}

// trace looks for the cheapest path between two nodes over arcs that can take flow, and moves the prices so that its arcs
// cost nothing and no other arc less than that. It gives what the path costs. When there is no path the price of the end
// rises by at least so much against the start.
func (f *flow) trace(from, to int32, least int64) (cost int64, ok bool) {
	t := &f.tracer
	t.begin(from)
	for len(t.heap) > 0 {
		top := t.pop()
		if t.done[top.node] {
			continue
		}
		t.done[top.node] = true
		t.order = append(t.order, top.node)
		if top.node == to {
			ok = true
			break
		}
		f.expand(top.node)
	}
	far := t.dist[t.order[len(t.order)-1]]
	if !ok {
		far = max(far, least)
	}
	for _, v := range t.order {
		f.price[v] -= far - t.dist[v]
	}
	return f.price[to] - f.price[from], ok
}

func (t *tracer) begin(from int32) {
	for _, v := range t.order {
		t.done[v] = false
	}
	t.round++
	t.order, t.heap = t.order[:0], append(t.heap[:0], reached{0, from})
	t.dist[from], t.seen[from], t.from[from] = 0, t.round, -1
}

// expand looks along every arc that leaves a node and can take flow.
func (f *flow) expand(node int32) {
	children, sets := int32(len(f.d.children)), int32(len(f.setChild))
	switch {
	case node < children:
		f.fromChild(node)
	case node < children+sets:
		f.fromSet(node, node-children)
	case node < f.outside:
		f.fromSlot(node, node-children-sets)
	default:
		f.fromOutside()
	}
}

func (f *flow) fromChild(child int32) {
	for set := f.childSet[child]; set < f.childSet[child+1]; set++ {
		if f.at[set] < 0 {
			f.reach(child, f.setNode(set), 0, -1)
		}
	}
	if f.count[child] > 0 {
		f.reach(child, f.outside, f.loss(child), -1)
	}
}

func (f *flow) fromSet(node, set int32) {
	for _, e := range f.seatsOf(set) {
		slot := int32(f.d.seats[e].slot)
		if e != f.at[set] && f.value[e] != barred && f.free[slot] > 0 {
			f.reach(node, f.slotNode(slot), -f.value[e], e)
		}
	}
	if f.at[set] >= 0 {
		f.reach(node, f.setChild[set], 0, -1)
	}
}

func (f *flow) fromSlot(node, slot int32) {
	for _, set := range f.inSlot(slot) {
		f.reach(node, f.setNode(set), f.value[f.at[set]], -1)
	}
	if f.size[slot] < f.free[slot] {
		f.reach(node, f.outside, f.placeCost(slot), -1)
	}
}

func (f *flow) fromOutside() {
	for slot := range f.size {
		if s := int32(slot); f.size[s] > 0 && f.free[s] > 0 {
			f.reach(f.outside, f.slotNode(s), f.spareCost(s), -1)
		}
	}
	for child, active := range f.active {
		if c := int32(child); f.count[c] < active {
			f.reach(f.outside, c, -f.gain(c), -1)
		}
	}
}

// reach notes a path to a node when it is the cheapest so far.
func (f *flow) reach(from, to int32, cost int64, via int32) {
	t := &f.tracer
	f.steps++
	dist := t.dist[from] + cost + f.price[from] - f.price[to]
	if t.seen[to] == t.round && dist >= t.dist[to] {
		return
	}
	t.dist[to], t.seen[to], t.from[to], t.via[to] = dist, t.round, from, via
	t.add(reached{dist, to})
}

// push sends one child along the path that trace found: who is on it moves on.
func (f *flow) push(from, to int32) {
	children, sets := int32(len(f.d.children)), int32(len(f.setChild))
	var enters [][2]int32
	for v := to; v != from; v = f.tracer.from[v] {
		u := f.tracer.from[v]
		switch {
		case u < children && v == f.outside:
			f.count[u]--
		case v < children && u == f.outside:
			f.count[v]++
		case u >= children+sets && v >= children && v < children+sets:
			f.leave(v - children)
		case u >= children && u < children+sets && v >= children+sets:
			enters = append(enters, [2]int32{u - children, f.tracer.via[v]})
		}
	}
	for _, e := range enters {
		f.enter(e[0], e[1])
	}
}

// add puts a node in the heap.
func (t *tracer) add(r reached) {
	t.heap = append(t.heap, r)
	i := len(t.heap) - 1
	for i > 0 {
		up := (i - 1) / 2
		if t.heap[up].dist <= r.dist {
			break
		}
		t.heap[i], i = t.heap[up], up
	}
	t.heap[i] = r
}

// pop takes the nearest node out of the heap.
func (t *tracer) pop() reached {
	top, last := t.heap[0], t.heap[len(t.heap)-1]
	t.heap = t.heap[:len(t.heap)-1]
	n, i := len(t.heap), 0
	for 2*i+1 < n {
		down := 2*i + 1
		if down+1 < n && t.heap[down+1].dist < t.heap[down].dist {
			down++
		}
		if t.heap[down].dist >= last.dist {
			break
		}
		t.heap[i], i = t.heap[down], down
	}
	if n > 0 {
		t.heap[i] = last
	}
	return top
}
