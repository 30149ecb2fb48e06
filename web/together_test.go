package web

import (
	"context"
	"math"
	"strings"
	"testing"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// fakeWays goes first north and then east, along streets; each road takes 12 minutes and crosses one big road.
type fakeWays struct{}

func (fakeWays) Way(from, to geo.Point, mode geo.Mode, _ int) geo.Route {
	return geo.Route{Travel: geo.Travel{Mode: mode, Minutes: 12, Metres: 900, Streets: true}, BigRoads: []geo.BigRoad{{Count: 1}},
		Points: []geo.Point{from, {Lat: to.Lat, Lon: from.Lon}, to}}
}

func TestTheWayOnTheMapNeverBeginsAtTheDoor(t *testing.T) {
	base := geo.Point{Lat: 51.8950, Lon: 4.4960}
	for name, ways := range map[string]Ways{"along streets": fakeWays{}, "straight": nil} {
		g := ground{crossings: fakeWater{}, ways: ways}
		for to, via := range map[geo.Point]string{{Lat: 51.8880, Lon: 4.4990}: "Lage Brug", {Lat: 51.9010, Lon: 4.5060}: "", {Lat: 51.8952, Lon: 4.4961}: ""} {
			line, about := g.way(base, mapPlace{At: to, Via: via, Mode: geo.Bike}, 10)
			if about != (ways == nil) {
				t.Errorf("%s: about is %v", name, about)
			}
			for _, p := range beyond(line, base, homeBlur) {
				if d := geo.Distance(base, p); d < homeBlur-1 {
					t.Errorf("%s: the way is drawn %.0f m from the door", name, d)
				}
			}
		}
	}
}

func TestAStraightWayGoesOverItsBridge(t *testing.T) {
	north, south := geo.Point{Lat: 51.8975, Lon: 4.5050}, geo.Point{Lat: 51.8880, Lon: 4.4990}
	for _, way := range [][2]geo.Point{{north, south}, {south, north}} {
		line := ground{crossings: fakeWater{}}.straight(way[0], mapPlace{At: way[1], Via: "Lage Brug"})
		if len(line) != 4 || line[0] != way[0] || line[3] != way[1] || geo.Distance(line[0], line[1]) > geo.Distance(line[0], line[2]) {
			t.Errorf("from %v: %v", way[0], line)
		}
	}
}

func TestTheMapShowsTheHomeAsACellAndTheWays(t *testing.T) {
	from := mapFrom{Middle: testMiddle, Name: "school", Base: geo.Point{Lat: 51.8911, Lon: 4.4912}, Age: 10}
	m := ground{areas: fakeAreas{}, crossings: fakeWater{}, ways: fakeWays{}}.draw(from, []mapPlace{{At: geo.Point{Lat: 51.9010, Lon: 4.5060}, N: 2, Mode: geo.Walk}})
	if m.Home == nil || m.Home.R < 14 || len(m.Routes) != 1 || m.Routes[0].N != 2 || m.AboutRoutes() {
		t.Fatalf("home %+v, routes %+v", m.Home, m.Routes)
	}
	if m.Home.X < 0 || m.Home.X > mapSize || m.Home.Y < 0 || m.Home.Y > mapSize {
		t.Errorf("the cell is not on the map: %+v", *m.Home)
	}
	from.Base = testMiddle
	if m = (ground{}).draw(from, nil); m.Home != nil {
		t.Error("a cell around the middle says where the school is, twice")
	}
	if from.Base = (geo.Point{Lat: math.NaN()}); (ground{}).draw(from, nil) == nil {
		t.Error("no map")
	}
}

func TestSamenKiezenSaysWhatWouldHelpWithoutScript(t *testing.T) {
	w := newSite(t, "sanne")
	w.s.Ways = fakeWays{}
	_, body := w.get("/kinderen/c2/kiezen")
	for _, want := range []string{"<details", "Wat zou helpen?", "Met een fietsmaatje op woensdag:", "2 activiteiten erbij, waarvan 1 past goed", `/kinderen/c2/kiezen/A3">Koken voor kids`, "kik-map__route", "kik-map__home"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
}

func TestTheSmwersPageSaysWhatStandsNearest(t *testing.T) {
	_, body := newSite(t, "sanne").get("/kinderen/c2/alles")
	for _, want := range []string{"Kan als de reis 14 minuten langer mag duren.", "Alleen als het kind dit zelf weer wil."} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
}

// Pleinbasketbal is in the afternoon in September: it is light, but there is a big road, and 12 minutes is more than agreed.
func TestBeforeAChoiceOneSeesWhetherAChildCanGoAlone(t *testing.T) {
	w := newSite(t, "sanne")
	if _, body := w.get("/kinderen/c2/kiezen/A2"); strings.Contains(body, "Kan het alleen?") {
		t.Error("zonder wegen is er niets over te zeggen")
	}
	w.s.Ways = fakeWays{}
	_, body := w.get("/kinderen/c2/kiezen/A2")
	for _, want := range []string{"Kan het alleen?", "kan nog niet", "Afgesproken is hoogstens 10 minuten", "1 grote weg", "is het licht"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
	_, body = w.get("/kinderen/c2/kiezen")
	if strings.Count(body, "Ga je alleen? Kijk eerst samen") != 1 {
		t.Error("het kaartje van wie alleen mag, zegt waar je op let; de andere niet")
	}
}

func TestWhatIsAgreedAboutGoingAloneComesFromTheParent(t *testing.T) {
	f := kindinkaart.ChildFile{Afnames: []kindinkaart.Afname{{Variant: questionnaire.VariantB}}}
	if got := agreedAlone(f); got != (questionnaire.Independence{}) {
		t.Errorf("niemand zei iets: %+v", got)
	}
	f.Afnames = append(f.Afnames, kindinkaart.Afname{Variant: questionnaire.VariantP, Answers: questionnaire.Answers{"P6": []byte(`"lopen_kort"`)}})
	if got := agreedAlone(f); got.Mode != "walk" || got.MaxMinutes != 10 {
		t.Errorf("lopen, 10 minuten: %+v", got)
	}
}

func TestTheDayPlanHasNoNameAndFitsACard(t *testing.T) {
	w := newSite(t, "sanne")
	chosen := w.kind.files["c1"].Traject.Toeleiding
	chosen.Via, chosen.About, chosen.EndTime = "Lage Brug", true, chosen.StartTime+75
	for path, small := range map[string]bool{"/trajecten/tc1/dagplan": false, "/trajecten/tc1/dagplan?maat=klein": true} {
		_, body := w.get(path)
		if strings.Contains(body, "Yusuf") {
			t.Errorf("%s: de naam van het kind hangt op de koelkast", path)
		}
		if strings.Contains(body, "kaartje.css") != small {
			t.Errorf("%s: klein is %v", path, !small)
		}
		for _, want := range []string{"Weg: ongeveer 11 minuten fietsen via Lage Brug", "18:15", "Klaar, naar huis", "Sportschoenen", "trainer Ali"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q staat er niet", path, want)
			}
		}
	}
}

func TestTheDayPlanCanBeSeenBeforeTheChoice(t *testing.T) {
	w := newSite(t, "sanne")
	_, choice := w.get("/kinderen/c2/kiezen/A1?dag=wo")
	if !strings.Contains(choice, `href="/kinderen/c2/kiezen/A1/dagplan?dag=wo"`) {
		t.Error("de keuze wijst niet naar het dagplan")
	}
	status, body := w.get("/kinderen/c2/kiezen/A1/dagplan?dag=wo")
	for _, want := range []string{"Er is nog niets gekozen", "14:50", "Tas klaar", "Weg: 6 minuten fietsen via Lage Brug"} {
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%d: %q staat er niet", status, want)
		}
	}
	if status, _ := w.get("/kinderen/c2/kiezen/bestaat-niet/dagplan"); status != 404 {
		t.Error(status)
	}
}

// thinMatcher knows little of every child.
type thinMatcher struct{ fakeMatcher }

func (m thinMatcher) MatchHelped(ctx context.Context, who access.Actor, child string, o matcher.Options) (matcher.Result, []matcher.Help, error) {
	r, _, err := m.fakeMatcher.MatchHelped(ctx, who, child, o)
	r.Thin = true
	return r, nil, err
}

func TestWithLittleKnownOneLooksAroundTogether(t *testing.T) {
	w := newSite(t, "sanne")
	w.s.Matcher = thinMatcher{}
	_, body := w.get("/kinderen/c2/kiezen")
	for _, want := range []string{"Kijk samen rond, ", "van elke soort één ding", `href="/kinderen/c2#vragen"`, "Goed om te weten:"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
	for _, never := range []string{"Dit past bij jou", "Past omdat", "Andere dingen zien"} {
		if strings.Contains(body, never) {
			t.Errorf("%q belooft meer dan we weten", never)
		}
	}
}

func TestSomethingNewForWhoFoundNothingIsOneQuietLine(t *testing.T) {
	w := newSite(t, "sanne")
	for stage, want := range map[string]bool{"geen_aanbod": true, "zoeken": false, "regelen": false, "deelname": false} {
		w.kind.files["c2"].Traject.Stage = stage
		for _, path := range []string{"/kinderen/c2", "/trajecten?toon=lijst"} {
			_, body := w.get(path)
			if got := strings.Contains(body, `<a href="/kinderen/c2/kiezen/A5">Strips maken</a> en nog 1`); got != want {
				t.Errorf("%s in stap %s: %v", path, stage, got)
			}
		}
	}
}
