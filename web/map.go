package web

import (
	"fmt"
	"html/template"
	"math"

	"wijknetwerk/geo"
)

// The size of a map in its own units, and how far one comes in ten minutes as the crow flies: 4.5 and 12 km/h with a
// detour factor of 1.3 (DOMAIN 5).
const (
	mapSize      = 480.0
	mapPad       = 34.0
	walkTen      = 750 / 1.3
	bikeTen      = 2000 / 1.3
	dotDistance  = 44.0 // dots closer than this are pushed apart; on a phone a dot is this wide
	farthestDraw = 12000.0
)

// mapView is a map of the server's making: it works without JavaScript and prints.
type mapView struct {
	Size    float64
	Middle  mapDot // the school, or where one searches from
	Areas   []mapLine
	Rivers  []mapLine
	Wide    float64 // how wide a river is drawn
	Bridges []mapLine
	Rings   []mapRing
	Home    *mapHome // the cell in which the ways begin; nil when they begin in the middle or nowhere
	Routes  []mapRoute
	Names   []mapName
	Dots    []mapDot
}

type mapRing struct{ R float64 }

// mapDot is one place on the map.
type mapDot struct {
	X, Y  float64
	N     int
	Label string
	Href  string
	Via   string            // the bridge on the way, "" when there is none
	Lead  template.HTMLAttr // a line to where it really is, "" when it stands there
}

// mapPlace is a numbered place to draw.
type mapPlace struct {
	At    geo.Point
	N     int
	Label string
	Href  string
	Via   string // the bridge on the way to it
	Mode  geo.Mode
}

// mapFrom is what a map is drawn around.
type mapFrom struct {
	Middle geo.Point
	Name   string
	Base   geo.Point // where the ways begin; zero when not known
	Age    int       // of who travels, in years
}

// draw puts numbered places around a middle on the ground. It gives nil when the middle is not known: a map of nothing
// helps nobody.
func (g ground) draw(from mapFrom, places []mapPlace) *mapView {
	middle := from.Middle
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
	if d := geo.Distance(middle, from.Base); from.Base != (geo.Point{}) && d < farthestDraw {
		far = max(far, d)
	}
	f := geo.NewFrame(mapSize, mapSize, mapPad, square(middle, far)...)
	m := &mapView{Size: mapSize, Middle: mapDot{Label: from.Name}}
	m.Middle.X, m.Middle.Y = f.XY(middle)
	m.addHome(f, from)
	for _, p := range near {
		m.addDot(f, p)
	}
	m.addRoutes(f, g, from, near)
	m.addRings(f)
	m.addWater(f, g.crossings)
	m.addAreas(f, g.areas, square(middle, far*mapSize/(mapSize-2*mapPad)))
	return m
}

// square gives the corners of a square of so many metres to each side, so that the middle stays in the middle.
func square(middle geo.Point, metres float64) []geo.Point {
	lat := metres / 111_320
	lon := lat / math.Max(0.1, math.Cos(middle.Lat*math.Pi/180))
	return []geo.Point{{Lat: middle.Lat - lat, Lon: middle.Lon - lon}, {Lat: middle.Lat + lat, Lon: middle.Lon + lon}}
}

// addDot pushes a dot sideways until it is clear of the school and of the dots before it.
func (m *mapView) addDot(f geo.Frame, p mapPlace) {
	d := mapDot{N: p.N, Label: p.Label, Href: p.Href, Via: p.Via}
	x, y := f.XY(p.At)
	for try := range 40 {
		turn := float64(try) * 0.8
		d.X, d.Y = keepIn(x+turn*8*math.Cos(turn)), keepIn(y+turn*8*math.Sin(turn))
		if m.free(d) {
			break
		}
	}
	if math.Hypot(d.X-x, d.Y-y) > dotDistance/2 {
		d.Lead = pathAttr(fmt.Sprintf("M%.0f %.0fL%.0f %.0f", x, y, d.X, d.Y))
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
