package geo

import "math"

// profile is the streets as one way of going sees them.
type profile struct {
	id      profileID
	graph   *streetGraph
	arcs    groups[arc]     // by corner
	ferries map[uint32]cost // by edge, where the time is said
	speed   float64         // cost per minute
	beside  uint64          // percent that a metre beside the streets costs of a metre along them
	limit   cost            // the bound
	unit    uint32          // centimetres of a unit of length in a run
}

// arc is an edge in one direction.
type arc struct {
	to   uint32
	cost cost
	way  uint32 // as in reached, with the name of one way over the water
}

func newProfile(s *Streets, id profileID) *profile {
	p := &profile{id: id, graph: s.graph, beside: 100, ferries: map[uint32]cost{}}
	minutes := float64(WalkBound)
	if id == cycling {
		minutes = BikeBound
		p.beside = uint64(math.Ceil(100 * max(1, s.speeds.Bike/s.speeds.Walk)))
	}
	p.speed = 100 / s.speeds.Minutes(1, id.mode(), id.ageOf(s.speeds))
	p.bound(minutes)
	for _, f := range s.graph.ferries {
		p.ferries[f.edge] = cost(min(math.Ceil(float64(f.seconds)/60*p.speed), float64(noCost)))
	}
	p.connect(s.over)
	return p
}

// bound sets how many minutes the search goes, at most 167 km.
func (p *profile) bound(minutes float64) {
	p.limit = cost(min(minutes*p.speed, wayMask))
	p.unit = p.limit/math.MaxUint16 + 1
}

// part is the cost of some centimetres of an edge. A ferry costs its whole time.
func (p *profile) part(e uint32, length uint32) cost {
	at := &p.graph.edges[e]
	pace := p.id.pace(at)
	own := cost((uint64(length)*100 + pace - 1) / pace)
	if at.flags&onFerry != 0 {
		return max(own, p.ferries[e])
	}
	return own
}

// connect lays the arcs of every corner side by side.
func (p *profile) connect(over []uint8) {
	on, back := p.id.flags()
	p.arcs = group(len(p.graph.corners), func(give func(from uint32, a arc)) {
		for i := range p.graph.edges {
			e := &p.graph.edges[i]
			if e.flags&(on|back) == 0 {
				continue
			}
			a := arc{cost: p.part(uint32(i), e.length), way: e.length | uint32(over[i])<<wayBits}
			if a.to = e.b; e.flags&on != 0 {
				give(e.a, a)
			}
			if a.to = e.a; e.flags&back != 0 {
				give(e.b, a)
			}
		}
	})
}
