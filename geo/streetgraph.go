package geo

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// spot is a place in ten-millionths of a degree, as OpenStreetMap keeps it.
type spot struct{ lat, lon int32 }

func spotOf(p Point) spot {
	return spot{lat: int32(math.Round(p.Lat * 1e7)), lon: int32(math.Round(p.Lon * 1e7))}
}

func (s spot) point() Point { return Point{Lat: float64(s.lat) / 1e7, Lon: float64(s.lon) / 1e7} }

// least and most give the corners of the box around two spots.
func (s spot) least(o spot) spot { return spot{min(s.lat, o.lat), min(s.lon, o.lon)} }
func (s spot) most(o spot) spot  { return spot{max(s.lat, o.lat), max(s.lon, o.lon)} }

// edge is a piece of street between two corners, without a side street in between.
type edge struct {
	a, b     uint32 // corners
	length   uint32 // cm, 1 to wayMask
	shape    uint32 // where its bends begin in the shapes
	name     uint32 // place in the names, 0 = none
	flags    streetFlags
	class    uint8
	walkPace uint8
	bikePace uint8
}

// streetGraph is a street map as the graph file keeps it. Corners lie in the order of a Hilbert curve, so that what is
// near on the map is near in memory; edges in the order of their first corner.
type streetGraph struct {
	corners []spot
	edges   []edge
	shapes  []byte // bends of every edge: varints with the steps from the corner before, latitude and longitude
	names   []string
	ferries []ferry // by edge
	stamp   uint32  // checksum of the file
}

// ferry says how long an edge that is a ferry takes.
type ferry struct{ edge, seconds uint32 }

// box gives the south-west and north-east corner of the box around all corners, of which there is at least one.
func (g *streetGraph) box() (low, high spot) {
	low, high = g.corners[0], g.corners[0]
	for _, s := range g.corners {
		low, high = low.least(s), high.most(s)
	}
	return low, high
}

// bends gives the spots of an edge from its first corner to its second.
func (g *streetGraph) bends(e uint32, into []spot) []spot {
	at := g.corners[g.edges[e].a]
	into = append(into[:0], at)
	end := uint32(len(g.shapes))
	if int(e)+1 < len(g.edges) {
		end = g.edges[e+1].shape
	}
	for place := g.edges[e].shape; place < end; {
		at.lat += g.step(&place)
		at.lon += g.step(&place)
		into = append(into, at)
	}
	return append(into, g.corners[g.edges[e].b])
}

// step reads a number of the shapes; sound has seen that they are whole.
func (g *streetGraph) step(at *uint32) int32 {
	value, shift := uint32(0), 0
	for {
		b := g.shapes[*at]
		*at++
		value |= uint32(b&0x7f) << shift
		if shift += 7; b < 0x80 || int(*at) == len(g.shapes) {
			return int32(value>>1) ^ -int32(value&1)
		}
	}
}

// appendBends writes the spots between the ends of a line.
func appendBends(shapes []byte, line []spot) []byte {
	for i := 1; i+1 < len(line); i++ {
		shapes = protowire.AppendVarint(shapes, protowire.EncodeZigZag(int64(line[i].lat)-int64(line[i-1].lat)))
		shapes = protowire.AppendVarint(shapes, protowire.EncodeZigZag(int64(line[i].lon)-int64(line[i-1].lon)))
	}
	return shapes
}

// lengthOf is the way along a line in centimetres, rounded up, from 1 to wayMask.
func lengthOf(line []spot) uint32 {
	metres := 0.0
	for i := 1; i < len(line); i++ {
		metres += Distance(line[i-1].point(), line[i].point())
	}
	return uint32(max(1, min(math.Ceil(metres*100), wayMask)))
}

// otherEnd gives the corner at the other side of an edge.
func (e *edge) otherEnd(corner uint32) uint32 { return e.a ^ e.b ^ corner }

// hilbert gives the place of a spot on a curve that fills the box from low to high, so that neighbours stay together.
func hilbert(s, low, high spot) uint64 {
	const side = 1 << 16
	scale := func(v, from, to int32) uint32 {
		return uint32((int64(v) - int64(from)) * (side - 1) / max(1, int64(to)-int64(from)))
	}
	x, y, d := scale(s.lon, low.lon, high.lon), scale(s.lat, low.lat, high.lat), uint64(0)
	for step := uint32(side / 2); step > 0; step /= 2 {
		right, up := uint32(0), uint32(0)
		if x&step != 0 {
			right = 1
		}
		if y&step != 0 {
			up = 1
		}
		d += uint64(step) * uint64(step) * uint64((3*right)^up)
		if up == 0 {
			if right == 1 {
				x, y = side-1-x, side-1-y
			}
			x, y = y, x
		}
	}
	return d
}
