package web

import (
	"math"
	"strings"
	"testing"

	"wijknetwerk/geo"
)

// fakeWater is a river from west to east through the middle of the map, with two bridges.
type fakeWater struct{}

func (fakeWater) Rivers() []geo.NamedLine {
	return []geo.NamedLine{{Name: "Tuinvliet", Points: []geo.Point{{Lat: 51.893, Lon: 4.40}, {Lat: 51.893, Lon: 4.60}}}, {Name: "Verre Rijn", Points: []geo.Point{{Lat: 52.1, Lon: 5.1}, {Lat: 52.1, Lon: 5.2}}}}
}

func (fakeWater) Bridges() []geo.NamedLine {
	bridge := func(name string, lon float64) geo.NamedLine {
		return geo.NamedLine{Name: name, Points: []geo.Point{{Lat: 51.8915, Lon: lon}, {Lat: 51.8945, Lon: lon}}}
	}
	return []geo.NamedLine{bridge("Hoge Brug", 4.4985), bridge("Lage Brug", 4.5005), bridge("Verre Brug", 5.15)}
}

var testMiddle = geo.Point{Lat: 51.8975, Lon: 4.5050}

// Seen from above: school S in the middle, the river ~ south of it, dot 1 on the other side of the bridge B.
//
//	     2
//	     S
//	~~B~~~~~~
//	  1
func acrossTheWater() *mapView {
	return ground{areas: fakeAreas{}, crossings: fakeWater{}}.draw(mapFrom{Middle: testMiddle, Name: "school"}, []mapPlace{
		{At: geo.Point{Lat: 51.8880, Lon: 4.4990}, N: 1, Label: "Judo", Href: "#k1", Via: "Lage Brug"}, {At: geo.Point{Lat: 51.9010, Lon: 4.5060}, N: 2, Label: "Koken", Href: "#k2"}})
}

func TestTheMapShowsTheRiverAndTheBridgeOnTheWay(t *testing.T) {
	m := acrossTheWater()
	if len(m.Rivers) != 1 || len(m.Bridges) != 2 || !m.Bridges[0].Used || m.Bridges[1].Used {
		t.Fatalf("rivieren %+v, bruggen %+v", m.Rivers, m.Bridges)
	}
	var names []string
	for _, n := range m.Names {
		names = append(names, n.Text)
	}
	all := strings.Join(names, ", ")
	for _, want := range []string{"Tuinvliet", "Lage Brug", "Tuinwijk"} {
		if !strings.Contains(all, want) {
			t.Errorf("op de kaart ontbreekt de naam %s: %s", want, all)
		}
	}
	if strings.Contains(all, "Verre") {
		t.Error("wat ver weg is staat op de kaart:", all)
	}
}

func TestNamesOnTheMapCoverNoDotAndNoOtherName(t *testing.T) {
	m := acrossTheWater()
	for i, n := range m.Names {
		box := nameBox(n)
		if box.x0 < 0 || box.x1 > mapSize || box.y0 < 0 || box.y1 > mapSize {
			t.Errorf("%s valt van de kaart: %+v", n.Text, box)
		}
		rest := *m
		rest.Names = append(append([]mapName{}, m.Names[:i]...), m.Names[i+1:]...)
		if !rest.roomFor(n) {
			t.Errorf("%s staat over een stip of een andere naam", n.Text)
		}
	}
}

func TestTheNameOfARiverRunsWithItAndNeverUpsideDown(t *testing.T) {
	f := geo.NewFrame(mapSize, mapSize, mapPad, square(testMiddle, 1500)...)
	a, b := geo.Point{Lat: 51.890, Lon: 4.49}, geo.Point{Lat: 51.905, Lon: 4.52}
	_, _, there, ok := onMap(f, []geo.Point{a, b})
	_, _, back, ok2 := onMap(f, []geo.Point{b, a})
	if !ok || !ok2 || there != back || math.Abs(there) > 90 {
		t.Error(there, back)
	}
	if _, _, _, ok := onMap(f, []geo.Point{{Lat: 10, Lon: 10}}); ok {
		t.Error("één punt is geen lijn")
	}
}

func TestACardThatLiesAcrossTheWaterNamesItsBridge(t *testing.T) {
	w := newSite(t, "sanne")
	_, body := w.get("/kinderen/c2/kiezen")
	for _, want := range []string{"6 min fietsen via Lage Brug", `aria-label="3: Basketbal U12, via Lage Brug"`, `href="#k3"`, `id="k3"`} {
		if !strings.Contains(body, want) {
			t.Errorf("op samen kiezen ontbreekt %q", want)
		}
	}
	_, body = w.get("/kinderen/c2/alles")
	for _, want := range []string{`class="kik-map`, `href="#k3"`, `id="k3"`, "kik-map__bridge--used"} {
		if !strings.Contains(body, want) {
			t.Errorf("op het scherm van de smw'er ontbreekt %q", want)
		}
	}
}
