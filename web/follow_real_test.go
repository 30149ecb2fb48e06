package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/traject"
)

// chosen brings a child to a club on Tuesday at 18:30 and lets it take part from Tuesday 22 September on.
func (w *world) chosen(child string) (way string) {
	w.t.Helper()
	ctx, who := context.Background(), w.who["sanne"]
	id := w.answered(child, questionnaire.VariantB, basketball, map[string]string{"P3": `["kosten","ritme"]`, "P8": `["uitkering"]`, "P9": `["herinnering"]`})
	file, err := w.kind.Child(ctx, who, id)
	must(w.t, err)
	t, err := w.kind.Choose(ctx, who, id, file.Traject.Version, kindinkaart.Choice{SupportLevel: "hand",
		Toeleiding: kindinkaart.Toeleiding{Activity: "club", Title: "Basketbal U12", When: "di 18:30–19:30", StartTime: 18*60 + 30, Minutes: 11, Mode: "bike", GrossCents: 28000, NetCents: 1500},
		Tasks:      []kindinkaart.Task{{Barrier: "kosten", Remedy: "fonds", Effect: "lifts", Text: "Jeugdfonds aanvragen voor de start", Scheme: "jfsc", Cents: 26500}}})
	must(w.t, err)
	for _, to := range []string{traject.StageContact, traject.StageEnrolled, traject.StageTakesPart} {
		if to == traject.StageTakesPart {
			w.now = w.now.AddDate(0, 0, 1)
		}
		t, err = w.kind.Move(ctx, who, t.ID, kindinkaart.Step{To: to, Version: t.Version})
		must(w.t, err)
	}
	return "/trajecten/" + t.ID
}

// is fills the clock in: a day and an hour in the Netherlands; the login of before has ended then.
func (w *world) is(day string, hour int) *browser {
	d, err := civil.ParseDate(day)
	must(w.t, err)
	zone, err := time.LoadLocation("Europe/Amsterdam")
	must(w.t, err)
	w.now = d.In(zone).Add(time.Duration(hour) * time.Hour)
	return w.login("sanne")
}

func TestWhatIsDueLaterStandsOnItsDay(t *testing.T) {
	w := newWorld(t)
	w.schemes = []regeling.Scheme{clubFund()}
	w.kind.Talks = map[string]int{"o1": 2}
	w.postcodes(map[geo.Postcode]geo.Point{"3072AB": {Lat: 51.885, Lon: 4.480}})
	_, err := w.db.PutHolidays(context.Background(), []traject.Holiday{{Name: "Zomer", Region: "midden", From: civil.Date{Year: 2027, Month: 7, Day: 17}, To: civil.Date{Year: 2027, Month: 8, Day: 29}}}, nil)
	must(t, err)
	sanne := w.login("sanne")
	way := w.chosen(sanne.addChild("Daan"))

	sanne = w.is("2026-09-22", 12) // Tuesday
	messagesShowUntilStopped(t, sanne, way)
	talksRunOut(t, sanne, way)
	askedAgainInTime(t, w, way)
}

// messagesShowUntilStopped reads the messages of a Tuesday, and stops them.
func messagesShowUntilStopped(t *testing.T, sanne *browser, way string) {
	t.Helper()
	sanne.get(way)
	for _, want := range []string{"Berichten voor thuis", "di 22 sep, 17:30: Vandaag activiteit. Nu eten.", "ma 28 sep, 19:00: Morgen activiteit."} {
		if !strings.Contains(sanne.page, want) {
			t.Errorf("op het traject ontbreekt %q", want)
		}
	}
	if sanne.get("/trajecten?vandaag=1"); !strings.Contains(sanne.page, "Bericht voor thuis om 18:00: Vandaag activiteit. Pak de tas en ga zo weg.") {
		t.Error("het bericht van vandaag staat niet bij vandaag")
	}
	sanne.get(way)
	action := way + "/berichten"
	if status := sanne.post(action, url.Values{"aan": {"nee"}, "version": {sanne.versionOf(action)}}); status != 303 {
		t.Fatal("stoppen met berichten gaf", status)
	}
	if sanne.get("/trajecten?vandaag=1"); strings.Contains(sanne.page, "Bericht voor thuis") {
		t.Error("na stoppen staat het bericht er nog")
	}
}

// talksRunOut holds as many talks as were agreed, and then one more.
func talksRunOut(t *testing.T, sanne *browser, way string) {
	t.Helper()
	for range 2 {
		sanne.get(way)
		if status := sanne.post(way+"/gesprek", url.Values{"version": {sanne.versionOf(way + "/gesprek")}}); status != 303 {
			t.Fatal("een gesprek gaf", status)
		}
	}
	sanne.get(way)
	if !strings.Contains(sanne.page, "Het afgesproken aantal gesprekken is bereikt") || !strings.Contains(sanne.page, "Waarom nog een gesprek?") {
		t.Error("over het aantal gesprekken wordt niet gewaarschuwd")
	}
	if status := sanne.post(way+"/gesprek", url.Values{"version": {sanne.versionOf(way + "/gesprek")}}); status != 422 || !strings.Contains(sanne.page, `href="#f-reden"`) {
		t.Error("zonder reden gaf een gesprek", status)
	}
	if status := sanne.post(way+"/gesprek", url.Values{"version": {sanne.versionOf(way + "/gesprek")}, "reden": {"gezin_vraagt"}}); status != 303 {
		t.Error("met reden gaf een gesprek", status)
	}
}

// askedAgainInTime lets a fund pay, and follows when it must be asked again.
func askedAgainInTime(t *testing.T, w *world, way string) {
	t.Helper()
	sanne := w.login("sanne")
	sanne.get(way)
	task := rowOfTask.FindStringSubmatch(sanne.page)[1]
	if status := sanne.post(task, url.Values{"uitkomst": {"ja"}, "scheme": {"jfsc"}, "cents": {"265"}, "version": {sanne.versionOf(task)}}); status != 303 {
		t.Fatal("het fonds gaf", status, sanne.at)
	}
	sanne.get(way) // 60 days before 22 September lies in the summer holiday
	if !strings.Contains(sanne.page, "uiterlijk <strong>vrijdag 16 juli 2027</strong>") || strings.Contains(sanne.page, "/opnieuw") {
		t.Error("de dag van opnieuw aanvragen staat niet bij het geld")
	}
	again := "Vraag Jeugdfonds opnieuw aan voor Basketbal U12."
	for day, shows := range map[string]bool{"2027-06-03": false, "2027-06-04": true} {
		sanne = w.is(day, 9)
		if sanne.get("/trajecten"); strings.Contains(sanne.page, again) != shows {
			t.Errorf("op %s staat opnieuw aanvragen op het bord: %v", day, !shows)
		}
	}
	sanne = w.is("2027-07-16", 9)
	if sanne.get("/trajecten?vandaag=1"); !strings.Contains(sanne.page, again) {
		t.Error("op de laatste dag staat het niet bij vandaag")
	}
	sanne.get(way)
	grant := strings.TrimSuffix(dropLink.FindStringSubmatch(sanne.page)[1], "/weg")
	if !strings.Contains(sanne.page, `action="`+grant+`/opnieuw"`) {
		t.Error("op de laatste dag is er geen knop voor")
	}
	if status := sanne.post(grant+"/opnieuw", url.Values{}); status != 303 {
		t.Fatal("opnieuw aangevraagd gaf", status)
	}
	if sanne.get("/trajecten"); strings.Contains(sanne.page, again) {
		t.Error("na aanvragen staat het er nog")
	}
}
