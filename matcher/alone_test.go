package matcher_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	. "wijknetwerk/matcher"
)

// inZuid is a way from a home in Rotterdam.
func inZuid(mode geo.Mode, minutes float64, roads ...geo.BigRoad) geo.Route {
	return geo.Route{Travel: geo.Travel{Mode: mode, Minutes: minutes, Streets: true}, Points: []geo.Point{{Lat: 51.92, Lon: 4.48}, {Lat: 51.93, Lon: 4.48}}, BigRoads: roads}
}

func on(t *testing.T, text string) civil.Date {
	t.Helper()
	day, err := civil.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestWhatStandsInTheWayOfGoingAloneIsSaid(t *testing.T) {
	walk15 := questionnaire.Independence{Mode: "walk", MaxMinutes: 15}
	for _, tc := range []struct {
		sentence string
		route    geo.Route
		agreed   questionnaire.Independence
		day      string
		start    string
		end      string
		want     []string
	}{
		{"a short walk in June", inZuid(geo.Walk, 9.2), walk15, "2026-06-17", "15:30", "16:30", nil},
		{"the same walk in December ends in the dark", inZuid(geo.Walk, 9.2), walk15, "2026-12-16", "15:30", "16:25",
			[]string{"De weg terug is in het donker (de zon gaat onder om 16:31)."}},
		{"an evening in December is dark both ways", inZuid(geo.Walk, 9.2), walk15, "2026-12-16", "18:00", "19:00",
			[]string{"De weg heen is in het donker (de zon gaat onder om 16:31).", "De weg terug is in het donker (de zon gaat onder om 16:31)."}},
		{"an early lesson in January", inZuid(geo.Walk, 9.2), walk15, "2026-01-07", "08:50", "10:00",
			[]string{"De weg heen is in het donker (de zon komt op om 08:48)."}},
		{"too far", inZuid(geo.Walk, 15.1), walk15, "2026-06-17", "15:30", "16:30", []string{"De weg duurt ongeveer 16 minuten. Afgesproken is hoogstens 15 minuten."}},
		{"just near enough", inZuid(geo.Walk, 15), walk15, "2026-06-17", "15:30", "16:30", nil},
		{"one big road", inZuid(geo.Walk, 5, geo.BigRoad{Highway: "secondary", Count: 1}), walk15, "2026-06-17", "15:30", "16:30",
			[]string{"Onderweg is 1 grote weg over te steken."}},
		{"big roads", inZuid(geo.Walk, 5, geo.BigRoad{Highway: "primary", Count: 1}, geo.BigRoad{Highway: "secondary", Count: 2}), walk15, "2026-06-17", "15:30", "16:30",
			[]string{"Onderweg zijn 3 grote wegen over te steken."}},
		{"by bicycle where walking was agreed", inZuid(geo.Bike, 5), walk15, "2026-06-17", "15:30", "16:30",
			[]string{"Thuis is alleen lopen afgesproken. Deze weg is met de fiets."}},
		{"who may cycle may walk", inZuid(geo.Walk, 5), questionnaire.Independence{Mode: "bike", MaxMinutes: 15}, "2026-06-17", "15:30", "16:30", nil},
		{"with an adult", inZuid(geo.Walk, 5), questionnaire.Independence{Mode: "accompanied"}, "2026-06-17", "15:30", "16:30",
			[]string{"Thuis is afgesproken dat er een volwassene meegaat."}},
		{"nothing agreed yet", inZuid(geo.Walk, 5), questionnaire.Independence{}, "2026-06-17", "15:30", "16:30",
			[]string{"Er is nog niet afgesproken of alleen gaan mag. Vraag dat eerst thuis."}},
		{"the day before the clock goes back", inZuid(geo.Walk, 9), walk15, "2026-10-24", "17:00", "18:00", nil},
		{"the day the clock goes back", inZuid(geo.Walk, 9), walk15, "2026-10-25", "17:00", "18:00",
			[]string{"De weg terug is in het donker (de zon gaat onder om 17:27)."}},
		{"the day the clock goes forward", inZuid(geo.Walk, 9), walk15, "2026-03-29", "18:30", "19:45", nil},
	} {
		start, _ := catalog.ParseClock(tc.start)
		end, _ := catalog.ParseClock(tc.end)
		got := Alone(AloneWay{Route: tc.route, Agreed: tc.agreed, Day: on(t, tc.day), Start: start, End: end})
		if !slices.Equal(got.InTheWay(), tc.want) || got.Can() != (len(tc.want) == 0) {
			t.Errorf("%s: %q, want %q", tc.sentence, got.InTheWay(), tc.want)
		}
	}
}

func TestMinutesOfGoingAloneAreThoseOfTheCard(t *testing.T) {
	for minutes, want := range map[float64]string{2.2: "De weg duurt ongeveer 2 minuten.", 2.6: "De weg duurt ongeveer 3 minuten.", 15.1: "De weg duurt ongeveer 16 minuten."} {
		got := Alone(AloneWay{Route: inZuid(geo.Walk, minutes), Agreed: questionnaire.Independence{Mode: "walk", MaxMinutes: 15}}).Points[0].Text
		if !strings.HasPrefix(got, want) {
			t.Errorf("%v minutes: %q, want %q", minutes, got, want)
		}
	}
}

func TestWhoMayGoAloneHearsWhatWasLookedAt(t *testing.T) {
	got := Alone(AloneWay{Route: inZuid(geo.Walk, 0.4), Agreed: questionnaire.Independence{Mode: "walk", MaxMinutes: 10}, Day: on(t, "2026-06-17"), Start: 15 * 60, End: 16 * 60})
	var texts []string
	for _, p := range got.Points {
		texts = append(texts, string(p.About)+": "+p.Text)
	}
	want := []string{"minuten: De weg duurt ongeveer 1 minuut. Afgesproken is hoogstens 10 minuten.", "wegen: Onderweg is geen grote weg over te steken."}
	if !got.Can() || len(texts) != 3 || !slices.Equal(texts[:2], want) || !strings.HasPrefix(texts[2], "licht: Heen en terug is het licht (de zon gaat onder om 22:0") {
		t.Errorf("got %q", texts)
	}
	if none := Alone(AloneWay{Agreed: questionnaire.Independence{Mode: "walk"}}); !none.Can() || len(none.Points) != 2 {
		t.Errorf("without points nothing is said of the light: %+v", none)
	}
}
