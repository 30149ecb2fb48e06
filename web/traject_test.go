package web

import (
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/errs"
)

func TestAStepGoesToTheServiceAsItWasTyped(t *testing.T) {
	w := newSite(t, "sanne")
	status, _, h := w.post("/trajecten/tc5/stap", url.Values{"to": {"gestopt"}, "version": {"3"}, "stop": {"te_ver"}, "destination": {"school"}})
	if status != 303 || h.Get("Location") != "/trajecten/tc5?gelukt=stap" || len(w.kind.steps) != 1 {
		t.Fatal(status, h.Get("Location"))
	}
	if s := w.kind.steps[0]; s.Note != "te_ver" || s.To != "gestopt" {
		t.Errorf("%+v", s)
	}
}

func TestWhenSomebodyWasFirstBothAreShownAndTheTypedDayStays(t *testing.T) {
	w := newSite(t, "sanne")
	f := w.kind.files["c3"]
	f.Traject.Stage, f.Traject.Version = "contact", 4
	status, body, _ := w.post("/trajecten/tc3/stap", url.Values{"to": {"proefles"}, "version": {"3"}, "date": {"2026-09-30"}})
	if status != 409 || !strings.HasPrefix(titleOf(body), "Fout:") || len(w.kind.steps) != 0 {
		t.Fatal(status, titleOf(body))
	}
	for _, want := range []string{"Iemand was je voor", "Contact met aanbieder", "Proefles", `value="2026-09-30"`, `name="version" value="4"`} {
		if !strings.Contains(body, want) {
			t.Errorf("op de pagina ontbreekt %q", want)
		}
	}
}

func TestAStepThatIsNotPossibleSaysWhy(t *testing.T) {
	w := newSite(t, "sanne")
	status, body, _ := w.post("/trajecten/tc2/stap", url.Values{"to": {"bestendigd"}, "version": {"3"}})
	if status != 403 || !strings.Contains(body, "kan het niet meteen naar") {
		t.Error(status)
	}
	status, body, _ = w.post("/trajecten/tc3/stap", url.Values{"to": {"contact"}, "version": {"3"}, "date": {"31-31-2026"}})
	if status != 422 || !strings.Contains(body, "Dit is geen datum") {
		t.Error(status)
	}
}

func TestTasksAndChecksAreDoneInOneTap(t *testing.T) {
	w := newSite(t, "sanne")
	w.post("/trajecten/tc1/taken/k1", url.Values{"version": {"1"}, "from": {"2026-09-22"}, "until": {"2026-12-31"}})
	w.post("/trajecten/tc1/taken/k1", url.Values{"version": {"1"}, "uitkomst": {"nee"}, "scheme": {"jfsc"}, "cents": {"265"}})
	w.post("/trajecten/tc1/checks/h2", url.Values{"version": {"1"}, "answer": {"doet_mee"}, "fun": {"ja"}, "missed": {"2"}})
	if got := strings.Join(w.kind.calls, "; "); got != "task k1 2026-09-22 2026-12-31; task k1   nee jfsc; check h2 doet_mee ja 2" {
		t.Error(got)
	}
	if status, body, _ := w.post("/trajecten/tc1/checks/h2", url.Values{"answer": {"doet_mee"}, "missed": {"veel"}}); status != 422 || !strings.Contains(body, "Vul een getal in") {
		t.Error(status)
	}
}

func TestTheDayPlanCountsBackFromTheLesson(t *testing.T) {
	w := newSite(t, "sanne")
	w.kind.files["c1"].Traject.Toeleiding.StartTime = 18*60 + 30
	_, body := w.get("/trajecten/tc1/dagplan")
	at := 0
	for _, want := range []string{"17:30", "Eten", "18:00", "Tas klaar", "18:10", "Weg: 11 minuten fietsen", "18:30", "Sportschoenen"} {
		i := strings.Index(body[at:], want)
		if i < 0 {
			t.Fatalf("%q staat er niet, of niet op zijn plek", want)
		}
		at += i
	}
}

func TestWithoutAChoiceThereIsNoPlanYet(t *testing.T) {
	w := newSite(t, "sanne")
	if status, body := w.get("/trajecten/tc2/dagplan"); status != 403 || !strings.Contains(body, "nog niets gekozen") {
		t.Error(status)
	}
	delete(w.s.Catalog.(*fakeCatalog).byID, "A1")
	if status, _ := w.get("/trajecten/tc1/brief"); status != 200 {
		t.Error("een activiteit die weg is, geeft geen brief:", status)
	}
}

func TestEachPurposeIsAskedApartAndNoIsAnAnswer(t *testing.T) {
	w := newSite(t, "sanne")
	status, _, h := w.post("/kinderen/c4/toestemming", url.Values{"by": {"ouder"}, "capacity": {"gezag"}, "how": {"gesprek"}, "doel_profiel": {"ja"}, "doel_meting": {"nee"}})
	if status != 303 || h.Get("Location") != "/kinderen/c4?gelukt=toestemming" || len(w.kind.given) != 2 {
		t.Fatal(status, len(w.kind.given))
	}
	if w.kind.given[0].Purpose != "profiel" || !w.kind.given[0].Given || w.kind.given[1].Given || w.kind.given[1].TextVersion != consentText {
		t.Errorf("%+v", w.kind.given)
	}
	status, body, _ := w.post("/kinderen/c4/toestemming", url.Values{"by": {"buurman"}, "how": {"gesprek"}})
	if status != 422 || !strings.Contains(body, `href="#f-by"`) {
		t.Error(status)
	}
}

func TestFrom12BothAnswerAndFrom16OnlyTheYoungPerson(t *testing.T) {
	w := newSite(t, "sanne")
	for age, want := range map[int][2]bool{11: {true, false}, 12: {true, true}, 15: {true, true}, 16: {false, true}} {
		w.kind.files["c1"].Age = age
		_, body := w.get("/kinderen/c1/toestemming")
		if got := [2]bool{strings.Contains(body, `name="by" value="ouder"`), strings.Contains(body, `name="by" value="jongere"`)}; got != want {
			t.Errorf("%d jaar: ouder en jongere %v, verwacht %v", age, got, want)
		}
	}
}

func TestWhatWasTypedSurvivesASessionThatEnded(t *testing.T) {
	w := newSite(t, "verlopen")
	status, body, _ := w.post("/kinderen/nieuw", goodChild())
	if status != 401 || !strings.Contains(body, `name="straks.given_name" value="Noor"`) || strings.Contains(body, `name="straks.csrf"`) {
		t.Fatal(status)
	}
	w = newSite(t, "sanne")
	status, body, _ = w.post("/inloggen", url.Values{"login": {"sanne"}, "password": {"goed"}, "straks_pad": {"/kinderen/nieuw"}, "straks.given_name": {"Noor"}})
	if status != 200 || !strings.Contains(body, `action="/kinderen/nieuw"`) || !strings.Contains(body, `name="given_name" value="Noor"`) {
		t.Error(status, titleOf(body))
	}
	if _, body, _ = w.post("/inloggen", url.Values{"login": {"sanne"}, "password": {"goed"}, "straks_pad": {"//evil.example"}}); strings.Contains(body, "evil") {
		t.Error("een formulier ging naar een andere site")
	}
}

func TestAParentReadsTheChildsOwnWordsOnlyWhenTheChildAgrees(t *testing.T) {
	w := newSite(t, "sanne")
	f := w.kind.files["c1"]
	for _, c := range []struct {
		age    int
		agrees bool
		shown  bool
	}{{7, false, true}, {8, false, false}, {10, false, false}, {10, true, true}} {
		f.Age, f.Child.ParentAgrees = c.age, c.agrees
		if _, body := w.get("/trajecten/tc1/brief"); strings.Contains(body, "dunken") != c.shown {
			t.Errorf("%d jaar, akkoord %v: eigen woorden in de brief is %v", c.age, c.agrees, !c.shown)
		}
	}
}

func TestATravelTimeThatIsNotKnownIsNotZero(t *testing.T) {
	w := newSite(t, "sanne")
	chosen := w.kind.files["c1"].Traject.Toeleiding
	chosen.Mode, chosen.Minutes, chosen.GrossCents = "", 0, 0
	for path, want := range map[string]string{"/trajecten/tc1": "weten we nog niet", "/trajecten/tc1/brief": "weten we nog niet", "/trajecten/tc1/dagplan": "Zoek eerst samen uit"} {
		if _, body := w.get(path); !strings.Contains(body, want) || strings.Contains(body, "0 min") {
			t.Errorf("%s zegt niet dat de reis onbekend is", path)
		}
	}
}

func TestTheNextStepIsWhereItCanBeDone(t *testing.T) {
	w := newSite(t, "sanne")
	w.kind.files["c3"].Traject.Stage = "profiel"
	w.kind.files["c3"].Profile = nil
	for path, want := range map[string]string{"/trajecten/tc4": `href="/kinderen/c4/toestemming"`, "/trajecten/tc3": `href="/kinderen/c3#vragen"`, "/trajecten/tc2": `href="/kinderen/c2/kiezen"`, "/trajecten/tc5": `value="ingeschreven"`} {
		_, body := w.get(path)
		if main := strings.Split(body, `id="taken"`)[0]; !strings.Contains(main, want) || strings.Count(main, "utrecht-button--primary-action") != 1 {
			t.Errorf("%s heeft niet de ene knop %s", path, want)
		}
	}
}

func TestATaskThatSomebodyElseFinishedKeepsTheDaysThatWereTyped(t *testing.T) {
	w := newSite(t, "sanne")
	w.kind.err = errs.New(errs.Conflict, "Iemand anders heeft deze taak net veranderd.")
	status, body, _ := w.post("/trajecten/tc1/taken/k2", url.Values{"version": {"1"}, "from": {"2026-09-22"}, "until": {"2026-12-31"}})
	if status != 409 || strings.Count(body, `value="2026-12-31"`) != 1 || !strings.Contains(body, "dinsdag 22 september 2026 tot donderdag 31 december 2026") {
		t.Error(status)
	}
	w.kind.err = errs.InvalidFields("De dagen kloppen niet.", errs.Field{Name: "until", Message: "Kies een laatste dag na de eerste dag."})
	status, body, _ = w.post("/trajecten/tc1/taken/k2", url.Values{"version": {"1"}, "from": {"2026-12-31"}, "until": {"2026-09-22"}})
	if status != 422 || !strings.Contains(body, `href="#f-until"`) || !strings.Contains(body, `id="f-until"`) {
		t.Error(status)
	}
}

func TestAMissingReasonPointsAtItsOwnField(t *testing.T) {
	err := renamed(errs.InvalidFields("x", errs.Field{Name: "note", Message: "Kies een reden."}), map[string]string{"note": "stop"})
	if f := errs.FieldsOf(err); len(f) != 1 || f[0].Name != "stop" || renamed(nil, nil) != nil {
		t.Error(err)
	}
}
