package wijknetwerk_test

import (
	"math"
	"os"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
)

const needs = "testdata/needs/"

type needCase struct {
	Need      string             `json:"need"`
	Catalogue string             `json:"catalogue"`
	Accepted  bool               `json:"accepted"`
	Order     []string           `json:"order"`
	Metres    map[string]float64 `json:"metres"`
}

func needCases(t *testing.T) []needCase {
	t.Helper()
	return decode[struct {
		Cases []needCase `json:"cases"`
	}](t, os.ReadFile, needs+"expected.json", false).Cases
}

func TestEveryScenarioHasANeedAndACatalogue(t *testing.T) {
	refused := 0
	for _, c := range needCases(t) {
		n := decode[kindinkaart.Need](t, os.ReadFile, needs+c.Need, true)
		if n.Format != "kindinkaart-need/1" || !n.Born.Known() || n.Home == nil {
			t.Errorf("%s is not a whole need", c.Need)
		}
		ids := map[string]bool{}
		for _, a := range decode[demoCatalogue](t, os.ReadFile, needs+c.Catalogue, true).Activities {
			ids[a.ID] = true
		}
		for _, id := range c.Order {
			if !ids[id] {
				t.Errorf("%s expects %s, which is not in %s", c.Need, id, c.Catalogue)
			}
		}
		if !c.Accepted {
			refused++
		}
	}
	if refused != 3 {
		t.Errorf("%d needs must be refused, want 3", refused)
	}
}

func TestScenariosStandAtTheDistancesOfTheDomain(t *testing.T) {
	checked := 0
	for _, c := range needCases(t) {
		n := decode[kindinkaart.Need](t, os.ReadFile, needs+c.Need, true)
		at := map[string]catalog.Location{}
		for _, a := range decode[demoCatalogue](t, os.ReadFile, needs+c.Catalogue, true).Activities {
			at[a.ID] = a.Slots[0].Location
		}
		for id, want := range c.Metres {
			checked++
			p, ok := at[id].Point()
			got := geo.Distance(geo.Point{Lat: n.Home.Lat, Lon: n.Home.Lon}, p)
			if !ok || math.Abs(got-want) > 0.02*want {
				t.Errorf("%s: %s at %.0f m, DOMAIN 8 says %.0f", c.Need, id, got, want)
			}
		}
	}
	if checked != 8 {
		t.Errorf("%d distances checked, want 8", checked)
	}
}
