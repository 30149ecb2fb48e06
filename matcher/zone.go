package matcher

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"wijknetwerk/geo"
)

// zone holds the slots of one leaf: those with a place in blocks of neighbours, each with the box it lies in, then those
// without a place. A search looks at boxes first and passes over the blocks that cannot matter.
type zone struct {
	slots  []uint32
	levels [][]box // around blocks of slots, and each next one around boxes of the one before
	placed int     // so many of slots have a place
}

const (
	blockSize = 8 // slots in a box of the first level
	fanOut    = 8 // boxes in a box of the next
)

// box is where the slots of a block lie.
type box struct {
	south, west, north, east int32   // as packed points
	cos                      float32 // the smallest cosine of a latitude in it
	when                     when    // of its slots that may be in the first group
}

// when is a set of days and parts of the day, for what can be done as it is: a bit for each part of each weekday, and one for
// what asks for no part. It holds when slots end; what is full or of which safety was not declared is in no set.
type when uint32

const anyTime when = 1 << (4 * 7)

// whenOf is the set of one slot.
func whenOf(r *row, at *slotRow) when {
	ends, back := bits.Len8(uint8(at.facts.parts(atThere)))-1, bits.Len8(uint8(at.facts.parts(atRoadBack)))-1
	switch {
	case at.facts.is(flagFull) || r.safety() != safetyDeclared:
		return 0
	case ends < 0 || back != ends && back != ends+1: // by dates, picked up, or past midnight
		return anyTime
	case at.facts.weekday() < 0:
		return 0
	}
	return partOn(at.facts.weekday(), ends)
}

func partOn(weekday int8, part int) when { return 1 << (4*int(weekday) + part) }

// makeZones puts every slot under each leaf of its offer: those of offers that are kept with the leaf first, then the
// others, then those without a place; neighbours next to each other.
func (g *segment) makeZones() {
	around := g.around()
	g.cos = around.cos
	curve, order, count := make([]uint32, len(g.slots)), make([]uint32, len(g.slots)), [64]int{}
	for i := range g.slots {
		order[i], curve[i] = uint32(i), around.curve(g.slots[i].at)
		eachLeaf(g.offers[g.slots[i].offer].tags, func(bit int) { count[bit]++ })
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(curve[a], curve[b]), cmp.Compare(a, b)) })
	for bit := range g.byLeaf {
		g.byLeaf[bit].slots = make([]uint32, 0, count[bit])
	}
	g.spread(order, func(r *slotRow, bit int) bool { return r.place >= 0 && int(g.offers[r.offer].home()) == bit })
	g.spread(order, func(r *slotRow, bit int) bool { return r.place >= 0 && int(g.offers[r.offer].home()) != bit })
	for bit := range g.byLeaf {
		g.byLeaf[bit].placed = len(g.byLeaf[bit].slots)
	}
	g.spread(order, func(r *slotRow, _ int) bool { return r.place < 0 })
	for bit := range g.byLeaf {
		g.byLeaf[bit].makeBoxes(g)
	}
}

// spread adds slots, in some order, to the zones of their leaves that belong there.
func (g *segment) spread(order []uint32, belongs func(r *slotRow, bit int) bool) {
	for _, s := range order {
		r := &g.slots[s]
		eachLeaf(g.offers[r.offer].tags, func(bit int) {
			if belongs(r, bit) {
				g.byLeaf[bit].slots = append(g.byLeaf[bit].slots, s)
			}
		})
	}
}

// around is the box in which everything lies.
func (g *segment) around() box {
	points := make([]packedPoint, 0, len(g.slots))
	for i := range g.slots {
		if g.slots[i].place >= 0 {
			points = append(points, g.slots[i].at)
		}
	}
	return boxAround(points)
}

func (z *zone) makeBoxes(g *segment) {
	boxes := make([]box, 0, (z.placed+blockSize-1)/blockSize)
	var points []packedPoint
	for from := 0; from < z.placed; from += blockSize {
		points = points[:0]
		for _, s := range z.slots[from:min(from+blockSize, z.placed)] {
			points = append(points, g.slots[s].at)
		}
		b := boxAround(points)
		for _, s := range z.slots[from:min(from+blockSize, z.placed)] {
			b.when |= whenOf(&g.offers[g.slots[s].offer], &g.slots[s])
		}
		boxes = append(boxes, b)
	}
	z.levels = levelsOver(boxes)
}

// levelsOver puts boxes around boxes until there are few.
func levelsOver(boxes []box) (levels [][]box) {
	for len(boxes) > 0 {
		levels = append(levels, boxes)
		if len(boxes) <= fanOut {
			break
		}
		var above []box
		for from := 0; from < len(boxes); from += fanOut {
			above = append(above, boxOf(boxes[from:min(from+fanOut, len(boxes))]))
		}
		boxes = slices.Clone(above)
	}
	return levels
}

// boxOf is the box around boxes.
func boxOf(boxes []box) box {
	out := boxes[0]
	for _, b := range boxes[1:] {
		out = box{min(out.south, b.south), min(out.west, b.west), max(out.north, b.north), max(out.east, b.east), min(out.cos, b.cos), out.when | b.when}
	}
	return out
}

// boxAround is the box around points. That of none is nowhere, and changes nothing of a box around it and others.
func boxAround(points []packedPoint) box {
	b := box{south: math.MaxInt32, west: math.MaxInt32, north: math.MinInt32, east: math.MinInt32, cos: 1}
	if len(points) == 0 {
		return b
	}
	for _, p := range points {
		b.south, b.north = min(b.south, p.lat), max(b.north, p.lat)
		b.west, b.east = min(b.west, p.lon), max(b.east, p.lon)
	}
	farthest := max(math.Abs(float64(b.north)), math.Abs(float64(b.south))) / perDegree // from the equator
	b.cos = math.Nextafter32(float32(math.Cos(farthest*math.Pi/180)), -1)
	return b
}

// curve is the place of a point on a Hilbert curve through the box: near on the curve is near on the map.
func (b box) curve(p packedPoint) uint32 {
	x, y := part(p.lon, b.west, b.east), part(p.lat, b.south, b.north)
	var d uint32
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = 65535-x, 65535-y
			}
			x, y = y, x
		}
	}
	return d
}

// part is how far v lies from lo to hi, as a number of 16 bits.
func part(v, lo, hi int32) uint32 {
	return uint32(min(max(int64(v)-int64(lo), 0)*65535/max(int64(hi)-int64(lo), 1), 65535))
}

// origin is a base that distances are measured from.
type origin struct {
	lat, lon int64 // as a packed point
	cos      float64
}

func originOf(p geo.Point) origin {
	at := packPoint(p)
	return origin{lat: int64(at.lat), lon: int64(at.lon), cos: math.Cos(p.Lat * math.Pi / 180)}
}

const (
	metresPerDegree = math.Pi * 6378137 / 180
	flatDegrees     = 5    // so far the earth may be taken as flat
	flatEnough      = 0.99 // and a straight line on it is at most this much too long
)

// least gives metres that no straight line from the origin to a point of the box is under.
func (o *origin) least(b *box) float64 {
	return o.flat(max(int64(b.south)-o.lat, o.lat-int64(b.north), 0), max(int64(b.west)-o.lon, o.lon-int64(b.east), 0), b.cos)
}

// leastTo is the same for one point; cos is at most the cosine of its latitude.
func (o *origin) leastTo(p packedPoint, cos float32) float64 {
	north, east := int64(p.lat)-o.lat, int64(p.lon)-o.lon
	return o.flat(max(north, -north), max(east, -east), cos)
}

// flat is a distance that is not too long, by how far it is to the north and to the east.
func (o *origin) flat(north, east int64, cos float32) float64 {
	const farthest = flatDegrees * perDegree
	up, side := float64(min(north, farthest)), float64(min(east, farthest))*min(o.cos, float64(cos))
	return flatEnough * metresPerDegree / perDegree * math.Sqrt(up*up+side*side)
}
