package web

import (
	"fmt"
	"math"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// gapMap is the map of all wijken with the number of children who miss something, and the places of the order list.
type gapMap struct {
	*mapView
	Shades []gapShade
	Steps  []gapStep
}

// gapShade is one wijk: its pattern says the number in steps, its name on the map says it in full.
type gapShade struct {
	mapLine
	Step  int // of gapSteps; 0 = no number
	Label string
}

// gapStep is one line of the legend.
type gapStep struct {
	Step int
	Text string
}

// gapSteps are the least numbers of the patterns.
var gapSteps = []int{0, 5, 10, 20}

// mapEdge is the room around the wijken.
const mapEdge = 16.0

// drawGaps draws every wijk with its number, by area code, and the order list; nil without areas.
func (g ground) drawGaps(numbers map[string]int, orders []matcher.Order) *gapMap {
	if g.areas == nil || len(g.areas.Kind(geo.Wijk)) == 0 {
		return nil
	}
	wijken := g.areas.Kind(geo.Wijk)
	var corners []geo.Point
	for i := range wijken {
		box := wijken[i].Corners()
		corners = append(corners, box[0], box[1])
	}
	f := geo.NewFrame(mapSize, mapSize, mapEdge, corners...)
	m := &gapMap{mapView: &mapView{Size: mapSize}, Steps: gapLegend()}
	for i, o := range orders {
		m.addDot(f, mapPlace{At: o.Place.Point, N: i + 1, Label: questionnaire.Taxonomy().Label(o.Tag) + ", " + o.Place.Name, Href: fmt.Sprintf("#regel-%d", i+1)})
	}
	for i := range wijken {
		m.addWijk(f, &wijken[i], numbers[wijken[i].Code])
	}
	m.addWater(f, g.crossings)
	return m
}

// addWijk draws one wijk; its number stands behind its name, or alone when there is no room.
func (m *gapMap) addWijk(f geo.Frame, a *geo.Area, n int) {
	path := f.Path(*a)
	if path == "" {
		return
	}
	shade, text := gapShade{mapLine: mapLine{Path: pathAttr(path)}, Label: a.Name + ": geen getal"}, a.Name
	if n > 0 {
		shade.Label, text = fmt.Sprintf("%s: %d kinderen", a.Name, n), fmt.Sprintf("%s %d", a.Name, n)
	}
	for step, least := range gapSteps {
		if n >= max(least, 1) {
			shade.Step = step
		}
	}
	m.Shades = append(m.Shades, shade)
	x, y := f.XY(a.Middle)
	name := mapName{Text: text, Kind: "area", X: math.Round(x), Y: math.Round(y)}
	if !m.addName(name, 3) && n > 0 {
		name.Text = fmt.Sprint(n)
		m.addName(name, 3)
	}
}

func gapLegend() []gapStep {
	out := []gapStep{{0, "geen getal: minder dan 5, of niet te tonen"}}
	for i := 1; i < len(gapSteps); i++ {
		text := fmt.Sprintf("%d of meer kinderen", gapSteps[i])
		if i+1 < len(gapSteps) {
			text = fmt.Sprintf("%d tot en met %d kinderen", gapSteps[i], gapSteps[i+1]-1)
		}
		out = append(out, gapStep{i, text})
	}
	return out
}

// Words says the map for who cannot see it.
func (m *gapMap) Words() string {
	with := 0
	for _, s := range m.Shades {
		if s.Step > 0 {
			with++
		}
	}
	return fmt.Sprintf("Kaart van %s. Bij %d staat hoeveel kinderen iets missen; de getallen staan ook in de lijst eronder.", countWord(len(m.Shades), "wijk", "wijken"), with)
}
