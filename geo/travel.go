package geo

import (
	"math"
	"slices"
	"strings"
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

// Travel is one way from a child's base to a place.
type Travel struct {
	Mode           Mode
	Minutes        float64 // 0 or more, never infinite
	Metres         float64 // along the way
	StraightMetres float64 // as the crow flies
	Via            string  // name of the crossing used, "" when none
	Estimate       bool    // true when a river is crossed without data, and for public transport
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
	speeds := DefaultSpeeds
	if x != nil {
		speeds = x.speeds
	}
	if !slices.Contains(modes, mode) {
		mode = Walk
	}
	t := Travel{Mode: mode, StraightMetres: Distance(from, to), Estimate: mode == Transit || !from.Finite() || !to.Finite()}
	straight := t.StraightMetres
	if x != nil && x.blocked(from, to) {
		if metres, via, ok := x.across(from, to, mode); ok {
			straight, t.Via = metres, via
		} else {
			t.Estimate = true
		}
	}
	t.Metres = straight * speeds.Detour
	t.Minutes = speeds.Minutes(t.Metres, mode, age)
	return t
}

// across finds the shortest way over crossings in straight metres (Dijkstra over the ends of the crossings).
func (x *Crossings) across(from, to Point, mode Mode) (metres float64, via string, ok bool) {
	n := x.nets[mode]
	dist, prev, done := make([]float64, len(n.ends)), make([]int, len(n.ends)), make([]bool, len(n.ends))
	for i, end := range n.ends {
		dist[i], prev[i] = x.leg(from, end), -1
	}
	best, last := math.Inf(1), -1
	for {
		at := nearest(dist, done)
		if at < 0 || dist[at] >= best {
			break
		}
		done[at] = true
		if d := dist[at] + x.leg(n.ends[at], to); d < best {
			best, last = d, at
		}
		for next, leg := range n.legs[at] {
			if d := dist[at] + leg; d < dist[next] {
				dist[next], prev[next] = d, at
			}
		}
	}
	return best, n.via(prev, last), last >= 0
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

// via names the crossings on the way that ends at last, from the base on.
func (n *network) via(prev []int, last int) string {
	var names []string
	for at := last; at >= 0 && prev[at] >= 0; at = prev[at] {
		if prev[at] == at^1 {
			names = append(names, n.names[at/2])
		}
	}
	slices.Reverse(names)
	return strings.Join(names, " en ")
}
