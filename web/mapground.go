package web

import (
	"html/template"
	"math"

	"wijknetwerk/geo"
)

// Areas gives the borders of areas to draw as the ground of a map; *geo.Areas is one.
type Areas interface {
	Kind(kind geo.AreaKind) []geo.Area
}

// Crossings gives rivers and the ways across to draw on a map; *geo.Crossings is one.
type Crossings interface {
	Rivers() []geo.NamedLine
	Bridges() []geo.NamedLine
}

// ground is what lies under the dots of a map. Each part may be nil.
type ground struct {
	areas     Areas
	crossings Crossings
	ways      Ways
}

// mapLine is a border, a river or a bridge as a path; Used says that a way on this screen goes over it.
type mapLine struct {
	Path template.HTMLAttr
	Used bool
}

// mapName is a word on the map, turned by Turn degrees around its place.
type mapName struct {
	Text, Kind string // ring, water, bridge, area
	X, Y, Turn float64
}

// riverWidth is about how wide the Nieuwe Maas is, in metres.
const riverWidth = 380

// The size of names in units of the map, as they are on a phone: there they are largest. See kaart.css.
const (
	nameHeight = 24.0
	nameLetter = 11.5
)

func pathAttr(d string) template.HTMLAttr {
	return template.HTMLAttr(`d="` + template.HTMLEscapeString(d) + `"`)
}

func (m *mapView) addRings(f geo.Frame) {
	for _, ring := range []struct {
		metres float64
		label  string
	}{{walkTen, "10 min lopen"}, {bikeTen, "10 min fietsen"}} {
		if r := ring.metres / f.MetresPerPixel(); r < mapSize*0.62 {
			m.Rings = append(m.Rings, mapRing{R: math.Round(r)})
			m.addName(mapName{Text: ring.label, Kind: "ring", X: math.Round(m.Middle.X), Y: math.Round(m.Middle.Y-r) - 5}, 0)
		}
	}
}

// addWater draws the rivers with their names and the bridges; the name of a bridge stands there when a way goes over it, or
// when there is room.
func (m *mapView) addWater(f geo.Frame, c Crossings) {
	if c == nil {
		return
	}
	m.Wide = math.Round(min(max(riverWidth/f.MetresPerPixel(), 6), 60))
	for _, river := range c.Rivers() {
		if x, y, turn, ok := onMap(f, river.Points); ok {
			m.Rivers = append(m.Rivers, mapLine{Path: pathAttr(f.Line(river.Points))})
			m.addName(mapName{Text: river.Name, Kind: "water", X: x, Y: y, Turn: turn}, 0)
		}
	}
	for _, used := range []bool{true, false} {
		for _, bridge := range c.Bridges() {
			if x, y, _, ok := onMap(f, bridge.Points); ok && used == m.goesOver(bridge.Name) {
				m.Bridges = append(m.Bridges, mapLine{Path: pathAttr(f.Line(bridge.Points)), Used: used})
				m.addName(mapName{Text: bridge.Name, Kind: "bridge", X: x, Y: y - 8}, 0)
			}
		}
	}
}

func (m *mapView) goesOver(bridge string) bool {
	for _, d := range m.Dots {
		if d.Via == bridge {
			return true
		}
	}
	return false
}

// onMap finds the middle of the part of a line that is on the map and how the line runs there, never upside down.
func onMap(f geo.Frame, line []geo.Point) (x, y, turn float64, ok bool) {
	best := math.Inf(1)
	for i := 1; i < len(line); i++ {
		ax, ay := f.XY(line[i-1])
		bx, by := f.XY(line[i])
		steps := max(2, int(math.Hypot(bx-ax, by-ay)/20))
		for s := range steps + 1 {
			t := float64(s) / float64(steps)
			px, py := ax+t*(bx-ax), ay+t*(by-ay)
			if off := math.Hypot(px-mapSize/2, py-mapSize/2); inMap(px, 20) && inMap(py, 20) && off < best {
				best, x, y, ok = off, math.Round(px), math.Round(py), true
				turn = math.Round(math.Atan((by-ay)/nonZero(bx-ax)) * 180 / math.Pi)
			}
		}
	}
	return x, y, turn, ok
}

func nonZero(v float64) float64 {
	if v == 0 {
		return 1e-9
	}
	return v
}

func inMap(v, edge float64) bool { return v > edge && v < mapSize-edge }

// addAreas draws the wijken near by, or the buurten when there are no wijken.
func (m *mapView) addAreas(f geo.Frame, areas Areas, shown []geo.Point) {
	if areas == nil {
		return
	}
	for _, kind := range []geo.AreaKind{geo.Wijk, geo.Buurt} {
		for _, a := range areas.Kind(kind) {
			if touches(a.Corners(), shown) {
				m.addArea(f, a, shown)
			}
		}
		if len(m.Areas) > 0 {
			return
		}
	}
}

func (m *mapView) addArea(f geo.Frame, a geo.Area, shown []geo.Point) {
	path := f.Path(a)
	if path == "" {
		return
	}
	m.Areas = append(m.Areas, mapLine{Path: pathAttr(path)})
	for _, at := range []geo.Point{a.Middle, shownMiddle(a.Corners(), shown)} {
		x, y := f.XY(at)
		if at != (geo.Point{}) && inMap(x, 40) && inMap(y, 24) && a.Contains(at) && m.addName(mapName{Text: a.Name, Kind: "area", X: math.Round(x), Y: math.Round(y)}, 3) {
			return
		}
	}
}

// shownMiddle is the middle of the part of an area that is on the map.
func shownMiddle(box [2]geo.Point, shown []geo.Point) geo.Point {
	return geo.Point{
		Lat: (math.Max(box[0].Lat, shown[0].Lat) + math.Min(box[1].Lat, shown[1].Lat)) / 2,
		Lon: (math.Max(box[0].Lon, shown[0].Lon) + math.Min(box[1].Lon, shown[1].Lon)) / 2,
	}
}

func touches(box [2]geo.Point, around []geo.Point) bool {
	return box[0].Lat <= around[1].Lat && box[1].Lat >= around[0].Lat && box[0].Lon <= around[1].Lon && box[1].Lon >= around[0].Lon
}

// addName puts a word on the map where it covers no dot and no other word, within the edges; it may move up or down so many
// lines for that. It says whether there was room.
func (m *mapView) addName(n mapName, lines int) bool {
	half := nameLetter * float64(len([]rune(n.Text))) / 2
	n.X = min(max(n.X, half+6), mapSize-half-6)
	y := n.Y
	for _, move := range []float64{0, 1, -1, 2, -2, 3, -3}[:1+2*lines] {
		n.Y = y + move*nameHeight
		if inMap(n.Y, nameHeight) && m.roomFor(n) {
			m.Names = append(m.Names, n)
			return true
		}
	}
	return false
}

func (m *mapView) roomFor(n mapName) bool {
	box := nameBox(n)
	for _, d := range append([]mapDot{m.Middle}, m.Dots...) {
		if box.touches(mapBox{d.X - dotDistance/2, d.Y - dotDistance/2, d.X + dotDistance/2, d.Y + dotDistance/2}) {
			return false
		}
	}
	for _, o := range m.Names {
		if box.touches(nameBox(o)) {
			return false
		}
	}
	return true
}

// mapBox is a rectangle on the map: left, top, right, bottom.
type mapBox struct{ x0, y0, x1, y1 float64 }

func (b mapBox) touches(o mapBox) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

// nameBox is the room a name takes, also when it is turned.
func nameBox(n mapName) mapBox {
	half := nameLetter * float64(len([]rune(n.Text))) / 2
	sin, cos := math.Sincos(n.Turn * math.Pi / 180)
	w, h := half*math.Abs(cos)+nameHeight/2*math.Abs(sin), half*math.Abs(sin)+nameHeight/2*math.Abs(cos)
	return mapBox{n.X - w, n.Y - h, n.X + w, n.Y + h}
}
