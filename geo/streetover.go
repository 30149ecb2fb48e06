package geo

// overLimit is how far a bridge of the street map may lie from a crossing of Crossings to have its name, in metres.
const overLimit = 300

// findOvers finds the edges that go over or under a river of the crossings, and their names: that of the bridge, tunnel
// or ferry itself, else that of the nearest crossing.
func (s *Streets) findOvers() {
	s.over, s.overs = make([]uint8, len(s.graph.edges)), []string{""}
	if s.rivers == nil {
		return
	}
	places := map[string]uint8{"": 0}
	for i := range s.graph.edges {
		e := &s.graph.edges[i]
		if e.flags&anyMode == 0 || e.flags&(onBridge|inTunnel|onFerry) == 0 {
			continue
		}
		a, b := s.graph.corners[e.a].point(), s.graph.corners[e.b].point()
		if !s.rivers.blocked(a, b) {
			continue
		}
		name := s.graph.names[e.name]
		if name == "" {
			name = s.rivers.nearestCrossing(Point{Lat: (a.Lat + b.Lat) / 2, Lon: (a.Lon + b.Lon) / 2})
		}
		place, known := places[name]
		if !known && len(s.overs) <= maxOvers {
			place = uint8(len(s.overs))
			places[name] = place
			s.overs = append(s.overs, name)
		}
		s.over[i] = place
	}
}

// nearestCrossing names the crossing that lies nearest to a point in a river, "" when none lies within overLimit.
func (x *Crossings) nearestCrossing(p Point) string {
	best, name := float64(overLimit), ""
	n := newNearest(nil, p)
	for _, c := range x.over {
		if metres, _ := n.onto(spotOf(c.from), spotOf(c.to)); metres <= best {
			best, name = metres, c.name
		}
	}
	return name
}
