package web

import (
	"html/template"
	"math"
	"slices"

	"wijknetwerk/geo"
)

// homeBlur is how far around the base no way is drawn and the size of the cell that stands for a home, in metres: nobody
// reads an address off a map on a table or a fridge (DOMAIN 7.3).
const homeBlur = 150.0

// mapHome is the cell in which the ways begin: somewhere in it lives the child.
type mapHome struct{ X, Y, R float64 }

// mapRoute is the way to one numbered place.
type mapRoute struct {
	N     int
	Path  template.HTMLAttr
	About bool // not over known streets: drawn as a broken line
}

// addHome draws the cell of the base, rounded once more; not where the middle of the map is.
func (m *mapView) addHome(f geo.Frame, from mapFrom) {
	if from.Base == (geo.Point{}) || geo.Distance(from.Base, from.Middle) < homeBlur {
		return
	}
	x, y := f.XY(from.Base.Rounded())
	m.Home = &mapHome{X: math.Round(x), Y: math.Round(y), R: math.Round(max(homeBlur/f.MetresPerPixel(), 14))}
}

// addRoutes draws the way to each place: over the streets where they are known, else straight by way of the bridge.
func (m *mapView) addRoutes(f geo.Frame, g ground, from mapFrom, places []mapPlace) {
	if from.Base == (geo.Point{}) {
		return
	}
	base := from.Base.Rounded()
	for _, p := range places {
		line, about := g.way(base, p, from.Age)
		if line = beyond(line, base, homeBlur); len(line) > 1 {
			m.Routes = append(m.Routes, mapRoute{N: p.N, Path: pathAttr(f.Line(line)), About: about})
		}
	}
}

// AboutRoutes says whether a way on the map is only about where it goes.
func (m *mapView) AboutRoutes() bool {
	return slices.ContainsFunc(m.Routes, func(r mapRoute) bool { return r.About })
}

// way gives the line to a place; about is true when it does not follow known streets.
func (g ground) way(base geo.Point, p mapPlace, age int) (line []geo.Point, about bool) {
	if g.ways != nil {
		if r := g.ways.Way(base, p.At, p.Mode, age); r.Streets && len(r.Points) > 1 {
			return r.Points, false
		}
	}
	return g.straight(base, p), true
}

// straight is the line to a place by way of the bridge it is said to go over.
func (g ground) straight(base geo.Point, p mapPlace) []geo.Point {
	line := []geo.Point{base}
	if g.crossings != nil && p.Via != "" {
		for _, b := range g.crossings.Bridges() {
			if n := len(b.Points); b.Name == p.Via && n > 1 {
				near, far := b.Points[0], b.Points[n-1]
				if geo.Distance(base, far)+geo.Distance(near, p.At) < geo.Distance(base, near)+geo.Distance(far, p.At) {
					near, far = far, near
				}
				line = append(line, near, far)
				break
			}
		}
	}
	return append(line, p.At)
}

// beyond leaves out the beginning of a line that lies within so many metres of its base.
func beyond(line []geo.Point, base geo.Point, metres float64) []geo.Point {
	for i, p := range line {
		d := geo.Distance(base, p)
		if d < metres {
			continue
		}
		if i == 0 {
			return line
		}
		before := line[i-1]
		from := geo.Distance(base, before)
		t := (metres - from) / max(d-from, 1)
		edge := geo.Point{Lat: before.Lat + t*(p.Lat-before.Lat), Lon: before.Lon + t*(p.Lon-before.Lon)}
		return append([]geo.Point{edge}, line[i:]...)
	}
	return nil
}
