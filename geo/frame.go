package geo

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// minSpan is the least width and height in metres that a map shows, so that one point still gets a map around it.
const minSpan = 400

// metresPerDegree is the length of one degree of latitude.
const metresPerDegree = math.Pi * orb.EarthRadius / 180

// Frame projects places on a picture of some pixels: local equirectangular, north up, the same scale both ways. It is
// exact enough for a city (under 0.1 % over 30 km). The zero Frame draws everything at 0, 0.
type Frame struct {
	width, height float64
	middle        Point
	shrink        float64 // metres east per degree of longitude over metres north per degree of latitude
	scale         float64 // pixels per metre
}

// NewFrame fits points in a picture of width by height pixels with padding on every side, in the middle and as large as
// possible, showing at least 400 m. Points that are no place are skipped; without any the frame shows the middle of the
// Netherlands. For areas pass their Corners.
func NewFrame(width, height, padding float64, points ...Point) Frame {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		if p.Finite() && math.Abs(p.Lat) <= 85 && math.Abs(p.Lon) <= 180 {
			west, east, south, north = min(west, p.Lon), max(east, p.Lon), min(south, p.Lat), max(north, p.Lat)
		}
	}
	if west > east {
		west, east, south, north = 5.4, 5.4, 52.1, 52.1
	}
	f := Frame{width: positive(width), height: positive(height), middle: Point{Lat: (south + north) / 2, Lon: (west + east) / 2}}
	f.shrink = math.Cos(f.middle.Lat * math.Pi / 180)
	wide := max((east-west)*f.shrink*metresPerDegree, minSpan)
	high := max((north-south)*metresPerDegree, minSpan)
	padding = min(positive(padding), 0.45*min(f.width, f.height))
	f.scale = min((f.width-2*padding)/wide, (f.height-2*padding)/high)
	return f
}

// positive gives v, or 1 when v is no size.
func positive(v float64) float64 {
	if v >= 0 && v < 1e6 {
		return v
	}
	return 1
}

// XY gives the pixel of a place: x to the right from the left edge, y down from the top. A point that is no place gives
// the middle of the picture. Places outside the frame give pixels outside the picture.
func (f Frame) XY(p Point) (x, y float64) {
	if !p.Finite() {
		return f.width / 2, f.height / 2
	}
	x = f.width/2 + (p.Lon-f.middle.Lon)*f.shrink*metresPerDegree*f.scale
	y = f.height/2 - (p.Lat-f.middle.Lat)*metresPerDegree*f.scale
	return x, y
}

// MetresPerPixel is the scale for a scale bar; 0 for a frame without size.
func (f Frame) MetresPerPixel() float64 {
	if f.scale == 0 {
		return 0
	}
	return 1 / f.scale
}

// Path gives the borders of an area as SVG path data ("M1.5 2L…Z"), in tenths of pixels. Corners that fall within half
// a pixel of the one before are left out. Use it with fill-rule evenodd. An empty area gives "".
func (f Frame) Path(a Area) string {
	var path []byte
	for _, polygon := range a.Shape {
		for _, ring := range polygon {
			path = f.ring(path, ring)
		}
	}
	return string(path)
}

// Line gives places as the path data of an open line, for example a river or a route.
func (f Frame) Line(points []Point) string {
	line := make(orb.Ring, len(points))
	for i, p := range points {
		line[i] = p.Orb()
	}
	return string(f.strokes(nil, line))
}

func (f Frame) ring(path []byte, ring orb.Ring) []byte {
	if len(ring) > 1 && ring[0] == ring[len(ring)-1] {
		ring = ring[:len(ring)-1]
	}
	if len(ring) == 0 {
		return path
	}
	return append(f.strokes(path, ring), 'Z')
}

func (f Frame) strokes(path []byte, points orb.Ring) []byte {
	lastX, lastY := 0.0, 0.0
	for i, p := range points {
		x, y := f.XY(FromOrb(p))
		if i > 0 && math.Abs(x-lastX) < 0.5 && math.Abs(y-lastY) < 0.5 {
			continue
		}
		if i == 0 {
			path = append(path, 'M')
		} else {
			path = append(path, 'L')
		}
		path = strconv.AppendFloat(path, tenth(x), 'f', -1, 64)
		path = append(path, ' ')
		path = strconv.AppendFloat(path, tenth(y), 'f', -1, 64)
		lastX, lastY = x, y
	}
	return path
}

// tenth rounds to a tenth, and never gives -0.
func tenth(v float64) float64 { return math.Round(v*10)/10 + 0 }
