package geo

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// BigRoad says how often roads with much and fast traffic of one class are crossed.
type BigRoad struct {
	Highway string // class of OpenStreetMap: trunk, primary or secondary
	Count   int    // 1 or more; the two halves of a wide road count once
}

// sameRoad is how near two crossings of one class are the two halves of one road, in centimetres along the way.
const sameRoad = 4000

// bigRoads counts the big roads that a trail crosses.
func (s *Streets) bigRoads(trail []hop) (roads []BigRoad) {
	way, seen := uint32(0), map[uint8]uint32{}
	for i := 1; i < len(trail); i++ {
		length := s.graph.edges[trail[i-1].edge].length
		if i > 1 {
			way += length
		}
		class, ok := s.bigAcross(trail[i-1], trail[i])
		if !ok {
			continue
		}
		before, again := seen[class]
		if seen[class] = way; again && way-before < sameRoad {
			continue
		}
		roads = countRoad(roads, strings.TrimSuffix(streetClasses[class].name, "_link"))
	}
	slices.SortStableFunc(roads, func(a, b BigRoad) int { return cmp.Compare(classOrder(a.Highway), classOrder(b.Highway)) })
	return roads
}

func classOrder(name string) int {
	return slices.IndexFunc(streetClasses, func(c streetClass) bool { return c.name == name })
}

func countRoad(roads []BigRoad, class string) []BigRoad {
	for i := range roads {
		if roads[i].Highway == class {
			roads[i].Count++
			return roads
		}
	}
	return append(roads, BigRoad{Highway: class, Count: 1})
}

// bigAcross gives the class of the big road that is crossed between two edges: it lies on both sides of the way. Who
// walks along it does not cross it.
func (s *Streets) bigAcross(in, out hop) (class uint8, ok bool) {
	if streetClasses[s.graph.edges[in.edge].class].big || streetClasses[s.graph.edges[out.edge].class].big {
		return 0, false
	}
	var left, right bool
	class = math.MaxUint8
	for _, i := range s.around().at(in.to) {
		e := &s.graph.edges[i]
		if !streetClasses[e.class].big {
			continue
		}
		from, to := s.bearing(out.edge, in.to), s.bearing(in.edge, in.to)
		if turn(from, s.bearing(i, in.to)) < turn(from, to) {
			left = true
		} else {
			right = true
		}
		class = min(class, e.class)
	}
	return class, left && right
}

// turn is the angle from one bearing to another against the clock, from 0 to 2π.
func turn(from, to float64) float64 {
	if to < from {
		to += 2 * math.Pi
	}
	return to - from
}

// bearing is the direction in which an edge leaves a corner.
func (s *Streets) bearing(edge, corner uint32) float64 {
	line := s.graph.bends(edge, nil)
	if s.graph.edges[edge].a != corner {
		slices.Reverse(line)
	}
	east := float64(int64(line[1].lon)-int64(line[0].lon)) * math.Cos(line[0].point().Lat*math.Pi/180)
	return math.Atan2(float64(int64(line[1].lat)-int64(line[0].lat)), east)
}
