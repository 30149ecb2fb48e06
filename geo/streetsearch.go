package geo

import (
	"slices"
	"sync"
)

// bucketWidth is the cost that shares one bucket of the queue: 8 m at full speed.
const bucketWidth = 800

// pageBits gives corners per page of a run: 256 of them, neighbours on the map.
const (
	pageBits = 8
	pageSize = 1 << pageBits
)

// search is the scratch of one bounded search: a queue of buckets by cost (Dial). It is used again and again; between
// searches every corner is unreached. Nothing is allocated once it has grown.
type search struct {
	profile *profile
	corners []reached
	heads   []uint32 // by bucket: place in queue + 1 of the last entry
	queue   []entry
	pages   []bool // pages with a corner that was reached
	overs   []over // ways over the water that were met; the first is none
}

// reached is how a corner is reached: its cost is one more than the bound when it is not. The way holds its length in
// centimetres, in the low 24 bits (167 km), and above them the place in overs, 0 = over no water.
type reached struct {
	cost cost
	way  uint32
}

const (
	wayBits = 24
	wayMask = 1<<wayBits - 1
)

func (r reached) metres() uint32 { return r.way & wayMask }
func (r reached) over() uint32   { return r.way >> wayBits }

// entry is a corner that waits in a bucket, with the place of the entry before it + 1.
type entry struct{ corner, before uint32 }

// over is a way over the water, after another one.
type over struct {
	before uint32
	name   uint8 // place in Streets.overs
}

// maxOvers is how many ways over the water have a name in one street map, and how many different rows of them one search
// tells apart.
const maxOvers = 255

// searches keeps scratch for the next search, by profile.
type searches struct{ pools [profileCount]sync.Pool }

func (s *searches) get(p *profile) *search {
	if found, ok := s.pools[p.id].Get().(*search); ok {
		return found
	}
	count := len(p.graph.corners)
	q := &search{profile: p, corners: make([]reached, count), heads: make([]uint32, p.limit/bucketWidth+1), pages: make([]bool, count>>pageBits+1), overs: make([]over, 1, maxOvers)}
	for i := range q.corners {
		q.corners[i].cost = p.limit + 1
	}
	return q
}

func (s *searches) put(q *search) {
	q.reset()
	s.pools[q.profile.id].Put(q)
}

func (q *search) reset() {
	for i, touched := range q.pages {
		if touched {
			page := q.page(i)
			for k := range page {
				page[k].cost = q.profile.limit + 1
			}
			q.pages[i] = false
		}
	}
	q.queue, q.overs = q.queue[:0], q.overs[:1]
}

func (q *search) page(i int) []reached {
	return q.corners[i<<pageBits : min((i+1)<<pageBits, len(q.corners))]
}

// startAt begins at a point in the middle of an edge.
func (q *search) startAt(base snap) {
	p, e := q.profile, &q.profile.graph.edges[base.edge]
	on, back := p.id.flags()
	position, off := base.position(e.length), p.offCost(base)
	if e.flags&on != 0 {
		q.start(e.b, reached{cost: off + p.part(base.edge, e.length-position), way: uint32(base.off)*10 + e.length - position})
	}
	if e.flags&back != 0 {
		q.start(e.a, reached{cost: off + p.part(base.edge, position), way: uint32(base.off)*10 + position})
	}
}

// start puts a corner in the queue when it lies within the bound.
func (q *search) start(corner uint32, by reached) {
	if by.cost >= q.corners[corner].cost {
		return
	}
	q.corners[corner] = by
	bucket := by.cost / bucketWidth
	q.queue = append(q.queue, entry{corner: corner, before: q.heads[bucket]})
	q.heads[bucket] = uint32(len(q.queue))
}

// run settles every corner within the bound. An entry whose corner went to an earlier bucket since is passed over; within
// one bucket a corner may be settled twice, and the last time is right.
func (q *search) run() {
	first, arcs, corners, heads, pages, queue := q.profile.arcs.first, q.profile.arcs.items, q.corners, q.heads, q.pages, q.queue
	for bucket := range heads {
		for heads[bucket] != 0 {
			e := queue[heads[bucket]-1]
			heads[bucket] = e.before
			at := corners[e.corner]
			if at.cost/bucketWidth != uint32(bucket) {
				continue
			}
			pages[e.corner>>pageBits] = true
			from, end := first[e.corner], first[e.corner+1]
			for i := from; i < end; i++ {
				a := &arcs[i]
				next := at.cost + a.cost
				if next >= corners[a.to].cost {
					continue
				}
				way := at.way + a.way
				if a.way > wayMask {
					way = q.cross(at, a.way)
				}
				corners[a.to] = reached{cost: next, way: way}
				queue = append(queue, entry{corner: a.to, before: heads[next/bucketWidth]})
				heads[next/bucketWidth] = uint32(len(queue))
			}
		}
	}
	q.queue = queue
}

// cross is the way after an arc that goes over the water.
func (q *search) cross(at reached, arc uint32) (way uint32) {
	return at.metres() + arc&wayMask | q.overAfter(at.over(), uint8(arc>>wayBits))<<wayBits
}

// overAfter gives the place of the ways over the water before, and then one more. The same name twice in a row is there and
// back again.
func (q *search) overAfter(before uint32, name uint8) uint32 {
	if last := q.overs[before]; before != 0 && last.name == name {
		return last.before
	}
	for i, o := range q.overs[1:] {
		if o.before == before && o.name == name {
			return uint32(i + 1)
		}
	}
	if len(q.overs) == maxOvers {
		return before
	}
	q.overs = append(q.overs, over{before: before, name: name})
	return uint32(len(q.overs) - 1)
}

// names gives the names of the ways over the water at a place in overs, in the order in which they are met.
func names(overs []over, at uint32, all []string) (list []string) {
	for ; at != 0; at = overs[at].before {
		list = append(list, all[overs[at].name])
	}
	slices.Reverse(list)
	return list
}
