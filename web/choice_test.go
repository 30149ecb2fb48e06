package web

import (
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

func TestTheChildSeesNoHardBlockNoAmountAndNothingUndeclared(t *testing.T) {
	w := newSite(t, "sanne")
	_, body := w.get("/kinderen/c2/kiezen")
	for _, hidden := range []string{"Atletiek voor iedereen", "anderhalf keer", "€", "kan_nu_niet"} {
		if strings.Contains(body, hidden) {
			t.Errorf("op het scherm van het kind staat %q", hidden)
		}
	}
	for _, want := range []string{"Staat in jouw top 3: basketbal", "gratis", "<b>hulp:</b> kleren en spullen", "<b>geregeld:</b> iemand die je brengt", "<b>let op:</b> of je leeftijd past", "<b>nog niet:</b>", `role="group"`} {
		if !strings.Contains(body, want) {
			t.Errorf("op het scherm van het kind ontbreekt %q", want)
		}
	}
	_, all := w.get("/kinderen/c2/alles")
	for _, want := range []string{"Kan nu niet", "29 minuten, meer dan anderhalf keer 15", "€ 345", "€ 15", "Iets bij school zoeken", "Het kind wil dit niet", "nog niet verklaard dat het veilig is"} {
		if !strings.Contains(all, want) {
			t.Errorf("op het scherm van de smw'er ontbreekt %q", want)
		}
	}
}

func TestAtMostFiveCardsStandOnOneScreen(t *testing.T) {
	w := newSite(t, "sanne")
	if _, body := w.get("/kinderen/c2/kiezen"); strings.Count(body, `class="kik-offer"`) != 5 {
		t.Error("er staan niet vijf kaartjes")
	}
}

func TestAChoiceIsStoredWithTheReasonsThatWereShown(t *testing.T) {
	w := newSite(t, "sanne")
	status, _, h := w.post("/kinderen/c2/kiezen/A1", url.Values{"mee": {"vriend"}, "wanneer": {"2026-09-23"}, "version": {"3"}, "zag": {"A1", "A2", "verzonnen"},
		"taak": {"kosten:fonds", "verzonnen:taak"}, "support_level": {"licht"}, "score": {"999"}, "net_cents": {"0"}})
	if status != 303 || h.Get("Location") != "/trajecten/tc2?gelukt=gekozen" || len(w.kind.chosen) != 1 {
		t.Fatal(status, h.Get("Location"))
	}
	c := w.kind.chosen[0]
	got := c.Toeleiding
	if got.Activity != "A1" || got.Score != 71.5 || got.NetCents != 1500 || got.Companion != "vriend" || got.TrialOn != date("2026-09-23") || len(got.Reasons) != 2 ||
		strings.Join(got.Shown, " ") != "A2 A1" || got.Words != "later wil ik dunken met mijn neef" || got.When != "wo 15:15–16:15" || got.StartTime != 15*60+15 {
		t.Errorf("%+v", got)
	}
	if len(c.Tasks) != 1 || c.Tasks[0].Remedy != "fonds" || c.Tasks[0].Who != "smw" {
		t.Errorf("%+v", c.Tasks)
	}
}

func TestAChoiceAsksWhoComesAlongAndWhen(t *testing.T) {
	w := newSite(t, "sanne")
	status, body, _ := w.post("/kinderen/c2/kiezen/A1", url.Values{"version": {"3"}, "wanneer": {"2030-01-01"}})
	if status != 422 || !strings.Contains(body, `href="#f-mee"`) || !strings.Contains(body, `href="#f-wanneer"`) || len(w.kind.chosen) != 0 {
		t.Error(status)
	}
	status, body, _ = w.post("/kinderen/c2/kiezen/A1", url.Values{"version": {"2"}, "mee": {"ouder"}, "wanneer": {"later"}})
	if status != 409 || !strings.Contains(body, `name="version" value="3"`) || !strings.Contains(body, `value="ouder" checked`) {
		t.Error("een oude versie gaf", status)
	}
}

func TestTheNextDaysOfASlotAreOnItsWeekdayAndInItsSeason(t *testing.T) {
	slot := catalog.Slot{Weekday: "wo", From: date("2026-09-28"), To: date("2026-10-10")}
	var got []string
	for _, d := range nextDates(slot, date("2026-09-21"), 3) {
		got = append(got, d.String())
	}
	if strings.Join(got, " ") != "2026-09-30 2026-10-07" {
		t.Error(got)
	}
	if d := nextDates(catalog.Slot{}, date("2026-09-21"), 3); d != nil {
		t.Error("een tijd zonder dag gaf", d)
	}
}

func TestChipsSayEachBarrierOnce(t *testing.T) {
	it := matcher.Item{Tasks: []matcher.Task{{Barrier: "spullen", Effect: matcher.Supports}, {Barrier: "spullen", Effect: matcher.Lifts, Done: true}, {Barrier: "taal", Effect: matcher.LiftsUnknown}},
		Blockers: []matcher.Blocker{{Barrier: "spullen"}, {Barrier: "afstand", State: questionnaire.BarrierUnknown}, {Barrier: "leeftijd", Hard: true}}}
	var got []string
	for _, c := range chipsOf(it, true)[2:] {
		got = append(got, c.Word+" "+c.Text)
	}
	if s := strings.Join(got, "; "); s != "geregeld kleren en spullen; let op de taal (vragen we na); let op hoe je er komt (vragen we na)" {
		t.Error(s)
	}
}

func TestTheMapKeepsItsDotsApartAndInside(t *testing.T) {
	school := geo.Point{Lat: 51.8975, Lon: 4.5050}
	var places []mapPlace
	for i := range 5 {
		places = append(places, mapPlace{At: school, N: i + 1})
	}
	places = append(places, mapPlace{At: geo.Point{Lat: 53, Lon: 6}, N: 9})
	m := ground{areas: fakeAreas{}}.draw(mapFrom{Middle: school, Name: "school"}, places)
	if len(m.Dots) != 5 || m.Middle.X != mapSize/2 || len(m.Areas) != 2 {
		t.Fatalf("%+v", m)
	}
	for i, d := range m.Dots {
		if d.X < 0 || d.X > mapSize || d.Y < 0 || d.Y > mapSize {
			t.Errorf("stip %d ligt buiten de kaart", d.N)
		}
		rest := mapView{Dots: m.Dots[:i], Middle: m.Middle}
		if !rest.free(d) {
			t.Errorf("stip %d ligt op een andere", d.N)
		}
	}
	if (ground{}).draw(mapFrom{Name: "school"}, places) != nil {
		t.Error("zonder midden is er toch een kaart")
	}
}

func TestTheFiltersStayWithTheChoiceSoThatTheSameTimeIsMeant(t *testing.T) {
	w := newSite(t, "sanne")
	_, body := w.get("/kinderen/c2/kiezen?hoe=bike&dag=wo&dag=onzin")
	if !strings.Contains(body, `/kinderen/c2/kiezen/A1?dag=wo&amp;hoe=bike&amp;zag=A2`) {
		t.Error("de knop van een kaartje vergeet de filters")
	}
	_, body = w.get("/kinderen/c2/kiezen/A1?dag=wo&hoe=bike&zag=A2")
	if !strings.Contains(body, `action="/kinderen/c2/kiezen/A1?dag=wo&amp;hoe=bike"`) {
		t.Error("het formulier van de keuze vergeet de filters")
	}
}

func TestTheOwnScreenAsksTheSameQuestionOnce(t *testing.T) {
	who := "Het is niet bekend wie het kind brengt en haalt."
	list := []matcher.Blocker{{Barrier: "brengen_avond", Text: who}, {Barrier: "brengen_overdag", Text: who}, {Barrier: "afstand", Text: "Het is 20 minuten lopen."}}
	got := saidOnce(list, func(b matcher.Blocker) string { return b.Text })
	if len(got) != 2 || got[0].Barrier != "brengen_avond" || got[1].Barrier != "afstand" || list[1].Barrier != "brengen_overdag" {
		t.Errorf("%+v; de lijst zelf blijft heel: %+v", got, list)
	}
}
