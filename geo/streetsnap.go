package geo

import "math"

// SnapLimit is how far a home or a place may lie from a street, in metres. What lies farther has no way along streets.
const SnapLimit = 150

// snap is the nearest point on a street for one mode.
type snap struct {
	edge  uint32 // noEdge = none within SnapLimit
	along uint16 // part of the edge from its first corner, of 65535
	off   uint16 // decimetres from the place to the street, rounded up
}

const noEdge = math.MaxUint32

var noSnap = snap{edge: noEdge}

// position is the part of an edge before the snap in centimetres, 0 to its length.
func (s snap) position(length uint32) uint32 {
	return uint32(uint64(s.along) * uint64(length) / math.MaxUint16)
}

// offCost is the cost of the way between the place and the street, over open ground.
func (p *profile) offCost(s snap) cost { return cost((uint64(s.off)*10*p.beside + 99) / 100) }

// notForSnap are streets that nobody lives on or gets off halfway.
const notForSnap = onBridge | inTunnel | onFerry

// snap finds the nearest street within SnapLimit, on foot and by bicycle. It looks in wider and wider rings of cells,
// passes over cells that are farther than what it has, and stops at the limit.
func (s *streetGrid) snap(p Point) (walk, bike snap) {
	if !p.Finite() || math.Abs(p.Lat) > 89 || math.Abs(p.Lon) > 180 {
		return noSnap, noSnap
	}
	n := newNearest(s.graph, p)
	row, column := s.cell(n.at)
	for ring := 0; float64(ring-1)*s.metres < min(SnapLimit, n.worst()); ring++ {
		for r := max(0, row-ring); r <= min(row+ring, s.high-1); r++ {
			step := 1
			if r > row-ring && r < row+ring {
				step = 2 * ring
			}
			for c := column - ring; c <= column+ring; c += step {
				if c >= 0 && c < s.wide && s.away(&n, r, c) < n.worst() {
					n.look(s.edges.at(uint32(r*s.wide + c)))
				}
			}
		}
	}
	return n.snap(n.walk), n.snap(n.bike)
}

// away is how far a cell lies from the point, in metres; 0 when the point is in it.
func (s *streetGrid) away(n *nearestStreet, row, column int) float64 {
	south, west := int64(s.low.lat)+int64(row)*s.stepLat-int64(n.at.lat), int64(s.low.lon)+int64(column)*s.stepLon-int64(n.at.lon)
	y := float64(max(south, -south-s.stepLat, 0))
	x := float64(max(west, -west-s.stepLon, 0))
	return math.Hypot(x*n.east, y*n.north)
}

// nearestStreet keeps the nearest street to a point while edges are looked at.
type nearestStreet struct {
	graph       *streetGraph
	from        Point
	at          spot
	east, north float64 // metres per ten-millionth of a degree
	walk, bike  nearestOn
	line        [64]spot
}

// nearestOn is the nearest point of one mode: a part, 0 to 1, of a straight piece of an edge.
type nearestOn struct {
	metres float64
	edge   uint32
	piece  int
	part   float64
}

func newNearest(g *streetGraph, p Point) nearestStreet {
	none := nearestOn{metres: math.Nextafter(SnapLimit, math.Inf(1)), edge: noEdge}
	n := nearestStreet{graph: g, from: p, at: spotOf(p), north: metresPerDegree / 1e7, walk: none, bike: none}
	n.east = n.north * math.Cos(p.Lat*math.Pi/180)
	return n
}

// worst is how near a street must be to matter, for one of the modes at least.
func (n *nearestStreet) worst() float64 { return max(n.walk.metres, n.bike.metres) }

func (n *nearestStreet) look(edges []uint32) {
	for _, e := range edges {
		flags := n.graph.edges[e].flags
		line := n.graph.bends(e, n.line[:0])
		for i := 1; i < len(line); i++ {
			metres, part := n.onto(line[i-1], line[i])
			if flags&walkBoth != 0 && metres < n.walk.metres {
				n.walk = nearestOn{metres: metres, edge: e, piece: i, part: part}
			}
			if flags&bikeBoth != 0 && metres < n.bike.metres {
				n.bike = nearestOn{metres: metres, edge: e, piece: i, part: part}
			}
		}
	}
}

// onto gives the nearest point on a straight line from a to b as a part of it, and how far that is.
func (n *nearestStreet) onto(a, b spot) (metres, part float64) {
	ax, ay := float64(int64(a.lon)-int64(n.at.lon))*n.east, float64(int64(a.lat)-int64(n.at.lat))*n.north
	dx, dy := float64(int64(b.lon)-int64(a.lon))*n.east, float64(int64(b.lat)-int64(a.lat))*n.north
	if length := dx*dx + dy*dy; length > 0 {
		part = min(1, max(0, -(ax*dx+ay*dy)/length))
	}
	x, y := ax+part*dx, ay+part*dy
	return math.Sqrt(x*x + y*y), part
}

// snap tells how far along its edge the nearest point lies.
func (n *nearestStreet) snap(on nearestOn) snap {
	if on.edge == noEdge {
		return noSnap
	}
	line := n.graph.bends(on.edge, n.line[:0])
	before, total := 0.0, 0.0
	for i := 1; i < len(line); i++ {
		metres := Distance(line[i-1].point(), line[i].point())
		if i == on.piece {
			before = total + on.part*metres
		}
		total += metres
	}
	s := snap{edge: on.edge}
	if total > 0 {
		s.along = uint16(math.Round(math.MaxUint16 * before / total))
	}
	_, at := cutLine(line, float64(s.along)/math.MaxUint16)
	s.off = uint16(math.Ceil(10 * Distance(n.from, at)))
	return s
}

// cutLine gives the last spot before a part, 0 to 1, of a line, and the point at that part.
func cutLine(line []spot, part float64) (before int, at Point) {
	total := 0.0
	for i := 1; i < len(line); i++ {
		total += Distance(line[i-1].point(), line[i].point())
	}
	left := part * total
	for i := 1; i < len(line); i++ {
		a, b := line[i-1].point(), line[i].point()
		metres := Distance(a, b)
		if left <= metres && metres > 0 {
			f := left / metres
			return i - 1, Point{Lat: a.Lat + f*(b.Lat-a.Lat), Lon: a.Lon + f*(b.Lon-a.Lon)}
		}
		left -= metres
	}
	return len(line) - 1, line[len(line)-1].point()
}
