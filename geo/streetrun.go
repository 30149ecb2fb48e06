package geo

import (
	"strings"
	"unsafe"
)

// run is the answer of one search: what every corner within the bound costs from one base. It never changes.
type run struct {
	profile *profile
	base    snap
	places  []uint32 // by page of corners: place in pages + 1, 0 = nothing reached there
	pages   []page
	overs   []string // names of the ways over the water, "Erasmusbrug en Willemsbrug"; the first is none
}

// page holds the corners of one page of the map.
type page [pageSize]keptCorner

// keptCorner is a corner of a run.
type keptCorner struct {
	cost   cost   // more than the limit of the profile = not reached
	metres uint16 // along the way, in units of the profile
	over   uint8
}

// bytes is about what a run takes in memory.
func (r *run) bytes() int {
	if r == nil {
		return 0
	}
	return int(unsafe.Sizeof(*r)) + 4*len(r.places) + len(r.pages)*int(unsafe.Sizeof(page{})) + 64*len(r.overs)
}

// run searches from a base that lies on a street.
func (s *Streets) run(p *profile, base snap) *run {
	q := s.searches.get(p)
	defer s.searches.put(q)
	q.startAt(base)
	q.run()
	r := &run{profile: p, base: base}
	r.keep(q)
	for i := range q.overs {
		r.overs = append(r.overs, strings.Join(names(q.overs, uint32(i), s.overs), " en "))
	}
	return r
}

// keep copies what was reached.
func (r *run) keep(q *search) {
	count := uint32(0)
	r.places = make([]uint32, len(q.pages))
	for i, touched := range q.pages {
		if touched {
			count++
			r.places[i] = count
		}
	}
	r.pages = make([]page, count)
	for i, place := range r.places {
		if place == 0 {
			continue
		}
		into := &r.pages[place-1]
		for k, c := range q.page(i) {
			into[k] = keptCorner{cost: c.cost, metres: uint16(c.metres() / q.profile.unit), over: uint8(c.over())}
		}
	}
}

// at gives how a corner is reached; a cost of more than the limit is beyond the bound.
func (r *run) at(corner uint32) reached {
	place := r.places[corner>>pageBits]
	if place == 0 {
		return reached{cost: noCost}
	}
	c := r.pages[place-1][corner&(pageSize-1)]
	return reached{cost: c.cost, way: uint32(c.metres)*r.profile.unit | uint32(c.over)<<wayBits}
}

// arrival is the way from the base of a run to a place on a street.
type arrival struct {
	reached
	end uint32 // corner by which the edge of the place is entered, noEdge = it is the edge of the base
}

// to gives the fastest way to a place on a street; ok is false beyond the bound.
func (r *run) to(place snap) (best arrival, ok bool) {
	p, e := r.profile, &r.profile.graph.edges[place.edge]
	on, back := p.id.flags()
	position := place.position(e.length)
	best.cost = noCost
	if e.flags&on != 0 {
		r.enter(place, e.a, position, &best)
	}
	if e.flags&back != 0 {
		r.enter(place, e.b, e.length-position, &best)
	}
	if place.edge == r.base.edge {
		r.along(place, &best)
	}
	return best, best.cost <= p.limit
}

// enter looks at the way that comes in over one end of the edge of a place.
func (r *run) enter(place snap, end, length uint32, best *arrival) {
	at := r.at(end)
	at.cost += r.profile.part(place.edge, length) + r.profile.offCost(place)
	at.way += length + uint32(place.off)*10
	if at.cost < best.cost {
		*best = arrival{reached: at, end: end}
	}
}

// along looks at the way that stays on the edge of the base.
func (r *run) along(place snap, best *arrival) {
	p, e := r.profile, &r.profile.graph.edges[place.edge]
	on, back := p.id.flags()
	from, to := r.base.position(e.length), place.position(e.length)
	length, way := to-from, on
	if to < from {
		length, way = from-to, back
	}
	if e.flags&way == 0 && length > 0 {
		return
	}
	if c := p.part(place.edge, length) + p.offCost(r.base) + p.offCost(place); c < best.cost {
		*best = arrival{reached: reached{cost: c, way: length + (uint32(r.base.off)+uint32(place.off))*10}, end: noEdge}
	}
}
