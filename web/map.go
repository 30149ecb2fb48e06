package web

import (
	"fmt"
	"html/template"
	"math"

	"wijknetwerk/geo"
)

// Areas gives the borders of areas to draw as the ground of a map; *geo.Areas is one.
type Areas interface {
	Kind(kind geo.AreaKind) []geo.Area
}

// The size of a map in its own units, and how far one comes in ten minutes as the crow flies: 4.5 and 12 km/h with a
// detour factor of 1.3 (DOMAIN 5).
const (
	mapSize      = 480.0
	mapPad       = 34.0
	walkTen      = 750 / 1.3
	bikeTen      = 2000 / 1.3
	dotDistance  = 30.0 // dots closer than this are pushed apart
	farthestDraw = 12000.0
)

// mapView is a map of the server's making: it works without JavaScript and prints.
type mapView struct {
	Size   float64
	Middle mapDot // the school, or where one searches from
	Areas  []mapArea
	Rings  []mapRing
	Dots   []mapDot
}

// mapArea is one wijk or buurt; its name stands at X, Y when that is on the map.
type mapArea struct {
	Path  template.HTMLAttr
	Name  string
	X, Y  float64
	Named bool
}

type mapRing struct {
	R     float64
	Y     float64 // where its label stands
	Label string
}

// mapDot is one place on the map.
type mapDot struct {
	X, Y  float64
	N     int
	Label string
	Href  string
}

// mapPlace is a numbered place to draw.
type mapPlace struct {
	At    geo.Point
	N     int
	Label string
	Href  string
}

// drawMap puts numbered places around a middle. It gives nil when the middle is not known: a map of nothing helps nobody.
func drawMap(areas Areas, middle geo.Point, name string, places []mapPlace) *mapView {
	if middle == (geo.Point{}) {
		return nil
	}
	far := walkTen * 1.15
	var near []mapPlace
	for _, p := range places {
		if d := geo.Distance(middle, p.At); d < farthestDraw {
			far, near = max(far, d), append(near, p)
		}
	}
	f := geo.NewFrame(mapSize, mapSize, mapPad, square(middle, far)...)
	m := &mapView{Size: mapSize, Middle: mapDot{Label: name}}
	m.Middle.X, m.Middle.Y = f.XY(middle)
	m.addRings(f)
	m.addAreas(f, areas, middle, far)
	for _, p := range near {
		m.addDot(f, p)
	}
	m.hideNames()
	return m
}

// hideNames leaves out the name of an area where a dot stands on it.
func (m *mapView) hideNames() {
	for i, a := range m.Areas {
		for _, d := range append(m.Dots, m.Middle) {
			if math.Abs(d.X-a.X) < 75 && math.Abs(d.Y-a.Y) < 24 {
				m.Areas[i].Named = false
			}
		}
	}
}

// square gives the corners of a square of so many metres to each side, so that the middle stays in the middle.
func square(middle geo.Point, metres float64) []geo.Point {
	lat := metres / 111_320
	lon := lat / math.Max(0.1, math.Cos(middle.Lat*math.Pi/180))
	return []geo.Point{{Lat: middle.Lat - lat, Lon: middle.Lon - lon}, {Lat: middle.Lat + lat, Lon: middle.Lon + lon}}
}

func (m *mapView) addRings(f geo.Frame) {
	for _, ring := range []struct {
		metres float64
		label  string
	}{{walkTen, "10 min lopen"}, {bikeTen, "10 min fietsen"}} {
		if r := ring.metres / f.MetresPerPixel(); r < mapSize*0.62 {
			m.Rings = append(m.Rings, mapRing{R: math.Round(r), Y: math.Round(m.Middle.Y-r) - 7, Label: ring.label})
		}
	}
}

// addAreas draws the buurten near by, or the wijken when there are no buurten.
func (m *mapView) addAreas(f geo.Frame, areas Areas, middle geo.Point, far float64) {
	if areas == nil {
		return
	}
	around := square(middle, far*1.3)
	for _, kind := range []geo.AreaKind{geo.Buurt, geo.Wijk} {
		for _, a := range areas.Kind(kind) {
			if touches(a.Corners(), around) {
				m.addArea(f, a)
			}
		}
		if len(m.Areas) > 0 {
			return
		}
	}
}

func (m *mapView) addArea(f geo.Frame, a geo.Area) {
	path := f.Path(a)
	if path == "" {
		return
	}
	drawn := mapArea{Path: template.HTMLAttr(`d="` + template.HTMLEscapeString(path) + `"`), Name: a.Name}
	drawn.X, drawn.Y = f.XY(a.Middle)
	drawn.X, drawn.Y = math.Round(drawn.X), math.Round(drawn.Y)
	inside := func(v float64) bool { return v > 40 && v < mapSize-40 }
	drawn.Named = a.Middle != (geo.Point{}) && inside(drawn.X) && inside(drawn.Y)
	m.Areas = append(m.Areas, drawn)
}

func touches(box [2]geo.Point, around []geo.Point) bool {
	return box[0].Lat <= around[1].Lat && box[1].Lat >= around[0].Lat && box[0].Lon <= around[1].Lon && box[1].Lon >= around[0].Lon
}

// addDot pushes a dot sideways until it is clear of the school and of the dots before it.
func (m *mapView) addDot(f geo.Frame, p mapPlace) {
	d := mapDot{N: p.N, Label: p.Label, Href: p.Href}
	x, y := f.XY(p.At)
	for try := range 24 {
		turn := float64(try) * 0.8
		d.X, d.Y = keepIn(x+turn*8*math.Cos(turn)), keepIn(y+turn*8*math.Sin(turn))
		if m.free(d) {
			break
		}
	}
	m.Dots = append(m.Dots, d)
}

func keepIn(v float64) float64 { return math.Round(min(max(v, 20), mapSize-20)) }

func (m *mapView) free(d mapDot) bool {
	for _, o := range append(m.Dots, m.Middle) {
		if math.Hypot(o.X-d.X, o.Y-d.Y) < dotDistance {
			return false
		}
	}
	return true
}

// Words says the map for who cannot see it.
func (m *mapView) Words() string {
	if len(m.Dots) == 0 {
		return fmt.Sprintf("Kaart met %s in het midden.", m.Middle.Label)
	}
	return fmt.Sprintf("Kaart met %s in het midden en %s eromheen.", m.Middle.Label, countWord(len(m.Dots), "activiteit", "activiteiten"))
}
