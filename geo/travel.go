package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Mode is a way to travel.
type Mode string

// The modes of the contract.
const (
	Walk    Mode = "walk"
	Bike    Mode = "bike"
	Transit Mode = "transit"
	Car     Mode = "car"
)

var modes = []Mode{Walk, Bike, Transit, Car}

const modeCount = 4

// Travel is one way from a child's base to a place.
type Travel struct {
	Mode           Mode
	Minutes        float64 // 0 or more, never infinite
	Metres         float64 // along the way
	StraightMetres float64 // as the crow flies
	Via            string  // names of the bridges, tunnels and ferries over a river, "" when none
	Estimate       bool    // true when a river is crossed without data, for public transport, and for a way too long to measure
	Streets        bool    // true when measured along streets
}

// network is the crossings one mode can use: end 2i and 2i+1 belong to crossing i.
type network struct {
	names []string
	ends  []Point
	legs  [][]float64 // straight metres between ends; infinite when a river lies between
}

func newCrossings(rivers []river, over []crossing, speeds Speeds) *Crossings {
	x := &Crossings{rivers: rivers, over: over, speeds: speeds, nets: map[Mode]*network{}}
	for _, mode := range modes {
		n := &network{}
		for _, c := range over {
			if slices.Contains(c.modes, mode) {
				n.names, n.ends = append(n.names, c.name), append(n.ends, c.from, c.to)
			}
		}
		n.legs = make([][]float64, len(n.ends))
		for i, a := range n.ends {
			n.legs[i] = make([]float64, len(n.ends))
			for j, b := range n.ends {
				if n.legs[i][j] = Distance(a, b); i^1 != j && x.blocked(a, b) {
					n.legs[i][j] = math.Inf(1)
				}
			}
		}
		x.nets[mode] = n
	}
	return x
}

// Travel gives the way from a base to a place (DOMAIN 5, Distance): the straight line times the detour factor, at the
// speed of the mode and, on foot, of the age. When a river lies between, the way goes through the crossings this mode
// can use, the shortest way; when none can be used the way is the straight one and marked as an estimate. Public
// transport is always an estimate. Age is in years, negative when unknown. Every figure is finite and 0 or more; the
// way back is as long; an unknown mode is walking.
func (x *Crossings) Travel(from, to Point, mode Mode, age int) Travel {
	line, shores := x.line(from, to), [modeCount]*shore{}
	return x.travel(&line, mode, age, &shores)
}

// line is the straight way between two points, whatever the mode.
type line struct {
	from, to Point
	metres   float64
	blocked  bool // a river lies between
}

func (x *Crossings) line(from, to Point) line {
	return line{from: from, to: to, metres: Distance(from, to), blocked: x != nil && x.blocked(from, to)}
}

// travel is Travel along a line, with the ways from the base to the crossings, which are worked out when they are first
// needed.
func (x *Crossings) travel(l *line, mode Mode, age int, shores *[modeCount]*shore) Travel {
	speeds := DefaultSpeeds
	if x != nil {
		speeds = x.speeds
	}
	place := slices.Index(modes, mode)
	if place < 0 {
		place, mode = 0, Walk
	}
	t := Travel{Mode: mode, StraightMetres: l.metres, Estimate: mode == Transit || !l.from.Finite() || !l.to.Finite()}
	straight := t.StraightMetres
	if l.blocked {
		if shores[place] == nil {
			shores[place] = x.shoreOf(l.from, mode)
		}
		if metres, via, ok := x.across(shores[place], l.to); ok {
			straight, t.Via = metres, via
		} else {
			t.Estimate = true
		}
	}
	t.Metres = straight * speeds.Detour
	t.Minutes = speeds.Minutes(t.Metres, mode, age)
	return t
}

// shore is every end of a crossing that one mode can reach from a base, the nearest first.
type shore struct {
	ends []reachedEnd
	open []float64 // of the place at hand: what a way over each end takes at least, infinite once it was looked at
}

type reachedEnd struct {
	at     Point
	cos    float64 // of the latitude
	metres float64 // straight metres from the base, over crossings
	via    string  // names of the crossings on the way
}

// shoreOf finds the ends of crossings from a base (Dijkstra over the ends).
func (x *Crossings) shoreOf(from Point, mode Mode) *shore {
	n := x.nets[mode]
	dist, via, done := make([]float64, len(n.ends)), make([]string, len(n.ends)), make([]bool, len(n.ends))
	for i, end := range n.ends {
		dist[i] = x.leg(from, end)
	}
	s := &shore{ends: make([]reachedEnd, 0, len(n.ends))}
	for at := nearest(dist, done); at >= 0; at = nearest(dist, done) {
		done[at] = true
		s.ends = append(s.ends, reachedEnd{at: n.ends[at], cos: cosine(n.ends[at]), metres: dist[at], via: via[at]})
		for next, leg := range n.legs[at] {
			if d := dist[at] + leg; d < dist[next] {
				dist[next], via[next] = d, n.via(via[at], at, next)
			}
		}
	}
	s.open = make([]float64, len(s.ends))
	return s
}

// across finds the shortest way over crossings in straight metres: of two that are as long the one whose last end is
// nearest to the base. It looks at the most promising end first and stops when no other can be better.
func (x *Crossings) across(s *shore, to Point) (metres float64, via string, ok bool) {
	s.leastMetres(to)
	best, last := math.Inf(1), -1
	for {
		at := smallest(s.open)
		if at < 0 || s.open[at] > best {
			break
		}
		s.open[at] = math.Inf(1)
		if d := s.ends[at].metres + x.leg(s.ends[at].at, to); d < best || d == best && at < last {
			best, last = d, at
		}
	}
	if last < 0 {
		return 0, "", false
	}
	return best, s.ends[last].via, true
}

// smallest gives the place of the smallest finite number, the first of equals; -1 when there is none.
func smallest(list []float64) int {
	at, best := -1, math.Inf(1)
	for i, v := range list {
		if v < best {
			at, best = i, v
		}
	}
	return at
}

// leastMetres fills in for each end what the way over it to a place has at least.
func (s *shore) leastMetres(to Point) {
	cos := cosine(to)
	for i := range s.ends {
		e := &s.ends[i]
		s.open[i] = e.metres + leastDistance(e.at, to, e.cos*cos)
	}
}

func cosine(p Point) float64 { return math.Cos(p.Lat * degree) }

// degree is one degree in radians.
const degree = math.Pi / 180

// leastDistance is a little less than Distance, and quick: the chord, with the sine of a small angle as the angle. cosines
// is the product of the cosines of both latitudes, for places on the same side of both poles. It is 0 for places farther
// apart than some degrees.
func leastDistance(a, b Point, cosines float64) float64 {
	const (
		small = 10    // degrees
		part  = 0.998 // sin(y) is more than this part of y up to half of them
	)
	dLat, dLon := a.Lat-b.Lat, a.Lon-b.Lon
	if !(math.Abs(dLat) < small && math.Abs(dLon) < small) {
		return 0
	}
	return part * degree * orb.EarthRadius * math.Sqrt(dLat*dLat+cosines*dLon*dLon)
}

// leg is the straight way in metres, infinite when a river lies between.
func (x *Crossings) leg(a, b Point) float64 {
	if x.blocked(a, b) {
		return math.Inf(1)
	}
	return Distance(a, b)
}

// nearest gives the open end with the shortest finite way, -1 when there is none.
func nearest(dist []float64, done []bool) int {
	at := -1
	for i, d := range dist {
		if !done[i] && !math.IsInf(d, 1) && (at < 0 || d < dist[at]) {
			at = i
		}
	}
	return at
}

// via adds a leg from one end to another to the names of the crossings on a way: the two ends of a crossing differ in
// their lowest bit.
func (n *network) via(before string, from, to int) string {
	switch {
	case from != to^1:
		return before
	case before == "":
		return n.names[to/2]
	}
	return before + " en " + n.names[to/2]
}
