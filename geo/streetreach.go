package geo

import "slices"

// keepReachable takes away, per mode, what cannot be reached from the largest part of the map, and back again (the
// largest strongly connected component), and then the edges that nobody goes along. Big roads stay: routes cross them.
func keepReachable(list []rawEdge, nodes int) []rawEdge {
	for _, mode := range []struct{ on, back streetFlags }{{walkOn, walkBack}, {bikeOn, bikeBack}} {
		part, largest := components(list, nodes, mode.on, mode.back)
		for i := range list {
			if e := &list[i]; part[e.a] != largest || part[e.b] != largest {
				e.flags &^= mode.on | mode.back
			}
		}
	}
	kept := list[:0]
	for _, e := range list {
		if e.flags&anyMode != 0 || streetClasses[e.class].big {
			kept = append(kept, e)
		}
	}
	return kept
}

// neighbours lists for every node where its edges in use lead.
func neighbours(list []rawEdge, nodes int, on, back streetFlags) groups[uint32] {
	return group(nodes, func(give func(from, to uint32)) {
		for i := range list {
			if e := &list[i]; e.flags&on != 0 {
				give(e.a, e.b)
			}
			if e := &list[i]; e.flags&back != 0 {
				give(e.b, e.a)
			}
		}
	})
}

// tarjan finds strongly connected components without calling itself, so that a country fits.
type tarjan struct {
	next        groups[uint32]
	index, low  []uint32 // 0 = not seen
	cursor      []uint32
	part        []uint32 // 0 = none yet
	stack, path []uint32
	count       uint32
	seen        uint32
}

// components gives the part each node lies in, 0 for a node without edges, and the number of the largest part: most
// nodes, of equals the first found.
func components(list []rawEdge, nodes int, on, back streetFlags) (part []uint32, largest uint32) {
	t := &tarjan{index: make([]uint32, nodes), low: make([]uint32, nodes), part: make([]uint32, nodes)}
	t.next = neighbours(list, nodes, on, back)
	t.cursor = slices.Clone(t.next.first[:nodes])
	for i := range nodes {
		if t.index[i] == 0 && len(t.next.at(uint32(i))) > 0 {
			t.from(uint32(i))
		}
	}
	sizes := make([]int, t.count+1)
	for _, p := range t.part {
		if sizes[p]++; p > 0 && (largest == 0 || sizes[p] > sizes[largest]) {
			largest = p
		}
	}
	return t.part, largest
}

func (t *tarjan) open(node uint32) {
	t.seen++
	t.index[node], t.low[node] = t.seen, t.seen
	t.stack, t.path = append(t.stack, node), append(t.path, node)
}

func (t *tarjan) from(root uint32) {
	t.open(root)
	for len(t.path) > 0 {
		node := t.path[len(t.path)-1]
		if t.cursor[node] < t.next.first[node+1] {
			next := t.next.items[t.cursor[node]]
			t.cursor[node]++
			if t.index[next] == 0 {
				t.open(next)
			} else if t.part[next] == 0 {
				t.low[node] = min(t.low[node], t.index[next])
			}
			continue
		}
		t.path = t.path[:len(t.path)-1]
		if len(t.path) > 0 {
			above := t.path[len(t.path)-1]
			t.low[above] = min(t.low[above], t.low[node])
		}
		if t.low[node] == t.index[node] {
			t.close(node)
		}
	}
}

// close makes a part of everything on the stack down to the node.
func (t *tarjan) close(node uint32) {
	t.count++
	for {
		top := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.part[top] = t.count
		if top == node {
			return
		}
	}
}
