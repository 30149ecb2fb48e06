package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

func TestWhatAPartnerAnsweredIsWhatThePageSays(t *testing.T) {
	for answer, want := range map[string]string{"ja": "dat het nog klopt", "vol": "dat het nu vol is", "gestopt": "niemand ziet het nog"} {
		w, _ := newAskSite(t, "club")
		_, _, h := w.post("/aanbod/o1/klopt", url.Values{"versie": {"1"}, "klopt": {answer}})
		_, body := w.get(h.Get("Location"))
		if !strings.Contains(body, want) || answer != "ja" && strings.Contains(body, "dat het nog klopt") {
			t.Errorf("na %q staat er niet %q", answer, want)
		}
	}
}

var otherStep = regexp.MustCompile(`Stap [1-5]: `)

func TestAFaultOnAStepNamesNoOtherStep(t *testing.T) {
	for step, form := range map[string]url.Values{"2": {}, "3": {}, "4": {}, "5": {}} {
		w, _ := newAskSite(t, "club")
		form.Set("versie", "1")
		status, body, _ := w.post("/aanbod/o3/"+step, form)
		if at := otherStep.FindString(body); status == 422 && at != "" {
			t.Errorf("op stap %s staat %q", step, at)
		}
	}
}

func TestAQuestionWithoutItsOwnConsentIsNowhereToBeSeen(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	k.afnames["aB"].Withheld = []string{"G3"}
	items := questionnaire.Default().Items("B", false)
	at := slices.IndexFunc(items, func(it questionnaire.Item) bool { return it.ID == "G3" })
	text, _ := items[at].TextFor("B", "nl")
	if status, _ := w.get("/afname/aB/G3"); status != 404 {
		t.Error("de vraag is te openen:", status)
	}
	if _, body := w.get("/afname/aB/nakijken"); strings.Contains(body, text) {
		t.Error("de vraag staat bij het nakijken")
	}
	if _, to := tap(w, "aB", items[at-1].ID, "1", url.Values{"doe": {"overslaan"}}); to != "/afname/aB/"+items[at+1].ID {
		t.Error("na de vraag ervoor komt", to)
	}
	k.afnames["aB"].Withheld = nil
	if status, _ := w.get("/afname/aB/G3"); status != 200 {
		t.Error("met toestemming is de vraag er niet:", status)
	}
}

func TestQuestionsThatWereBegunAreGoneOnWith(t *testing.T) {
	w := newSite(t, "sanne")
	f := w.kind.files["c2"]
	f.Traject.Stage, f.Profile = traject.StageProfile, nil
	f.Afnames = []kindinkaart.Afname{{ID: "half", Child: "c2", Variant: "B", Answers: questionnaire.Answers{}, Seen: []string{"T1"}}}
	for _, path := range []string{"/kinderen/c2", "/trajecten/tc2"} {
		_, body := w.get(path)
		if main := regexp.MustCompile(`primary-action[^>]*href="([^"]*)"`).FindStringSubmatch(body); main == nil || main[1] != "/afname/half" {
			t.Errorf("%s: de grote knop gaat naar %v", path, main)
		}
	}
}

func TestAnUnknownPostcodeIsToldWithAWayToMendIt(t *testing.T) {
	w := newSite(t, "sanne")
	const told = "We kennen postcode 3072 AB niet"
	if _, body := w.get("/kinderen/c1"); strings.Contains(body, told) {
		t.Error("een bekende postcode heet onbekend")
	}
	w.kind.files["c1"].NoPlace = true
	for _, path := range []string{"/kinderen/c1", "/kinderen/c1/alles"} {
		if _, body := w.get(path); !strings.Contains(body, told) || !strings.Contains(body, `href="/kinderen/c1/wijzigen#f-postcode"`) {
			t.Error("een onbekende postcode wordt niet verteld op", path)
		}
	}
}

func TestRowsThatWereNotTakenAreCountedOnce(t *testing.T) {
	for want, refused := range map[string][]catalog.Refused{
		"0":                      nil,
		"1 regel, met 1 fout":    {{Row: 4, Record: "a"}},
		"1 regel, met 2 fouten":  {{Row: 4, Record: "a"}, {Row: 4, Field: "dag"}},
		"3 regels, met 4 fouten": {{Row: 4}, {Row: 5}, {Record: "x", Field: "dag"}, {Record: "x", Field: "kosten"}},
	} {
		if got := wrongRows(refused); got != want {
			t.Errorf("%v: %q, verwacht %q", refused, got, want)
		}
	}
}

func TestPaperForHomeWritesDaysInFull(t *testing.T) {
	for when, want := range map[string]string{
		"wo 17:00–18:15": "woensdag 17:00–18:15", "ma en do 15:15–16:15": "maandag en donderdag 15:15–16:15",
		"4 december en nog 2 keer 19:00–20:00": "4 december en nog 2 keer 19:00–20:00", "in overleg": "in overleg",
	} {
		if got := longWhen(when); got != want {
			t.Errorf("%q werd %q", when, got)
		}
	}
	w := newSite(t, "sanne")
	for _, path := range []string{"/trajecten/tc1/brief", "/trajecten/tc1/dagplan"} {
		if _, body := w.get(path); !strings.Contains(body, "woensdag 17:00") {
			t.Errorf("%s noemt de dag niet voluit", path)
		}
	}
}

func TestADayThatWasTypedIsReadBackInDutch(t *testing.T) {
	for want, typed := range map[string][2]string{
		"woensdag 7 oktober 2026": {"2026-10-07", ""}, "woensdag 7 oktober 2026 tot donderdag 31 december 2026": {"2026-10-07", "2026-12-31"}, "morgen": {"", "morgen"}, "": {"", ""},
	} {
		if got := typedSpan(typed[0], typed[1]); got != want {
			t.Errorf("%v: %q, verwacht %q", typed, got, want)
		}
	}
}

func TestTheWeekRunsFromMorningToEvening(t *testing.T) {
	it, _ := questionnaire.Default().Item("F3")
	var order []string
	for _, part := range dayGridOf(it).Parts {
		order = append(order, part.ID)
	}
	if !slices.Equal(order, questionnaire.Dayparts[:]) {
		t.Error(order)
	}
}

func TestAPeriodThatCannotBeKeepsTheFormAndWhatWasTyped(t *testing.T) {
	w := newSite(t, "lead")
	for query, field := range map[string]string{"?van=2026-09-30&tot=2026-09-01": "tot", "?van=2026-09-31": "van"} {
		status, body := w.get("/overzicht" + query)
		typed := regexp.MustCompile(`van=([0-9-]*)`).FindStringSubmatch(query)[1]
		if status != 422 || !strings.Contains(body, `href="#f-`+field+`"`) || !strings.Contains(body, `value="`+typed+`"`) {
			t.Errorf("%s gaf %d zonder het formulier", query, status)
		}
	}
}

func TestAYesThatIsHalfIsNoYesAndSaysWhoIsWaitedFor(t *testing.T) {
	said := func(by string, given bool) kindinkaart.Consent {
		return kindinkaart.Consent{Purpose: kindinkaart.PurposeProfile, By: by, Given: given, On: date("2026-09-01")}
	}
	for _, c := range []struct {
		age   int
		said  []kindinkaart.Consent
		chip  string
		start bool // the questions can be begun
	}{
		{13, nil, "nog niet gevraagd", false},
		{13, []kindinkaart.Consent{said("ouder", true)}, "wacht op de jongere zelf", false},
		{13, []kindinkaart.Consent{said("jongere", true)}, "wacht op ouder of verzorger", false},
		{13, []kindinkaart.Consent{said("ouder", true), said("jongere", false)}, "nee", false},
		{13, []kindinkaart.Consent{said("ouder", true), said("jongere", true)}, "ja", true},
		{9, []kindinkaart.Consent{said("kind", true)}, "wacht op ouder of verzorger", false},
		{9, []kindinkaart.Consent{said("ouder", true)}, "ja", true},
		{17, []kindinkaart.Consent{said("jongere", true)}, "ja", true},
	} {
		w := newSite(t, "sanne")
		f := w.kind.files["c4"]
		f.Age, f.Consents = c.age, c.said
		_, body := w.get("/kinderen/c4")
		first := strings.SplitN(body[strings.Index(body, `class="kik-list kik-consents"`):], "</li>", 2)[0]
		if !strings.Contains(first, "</svg>"+c.chip+"</span>") || strings.Contains(body, "Begin met de vragen") != c.start {
			t.Errorf("%d jaar, %d antwoorden: niet %q, of de vragen kunnen ten onrechte (niet) begonnen worden", c.age, len(c.said), c.chip)
		}
	}
}

func TestOnlyWhoDecidesCanBeNamedAsTheOneWhoWithdraws(t *testing.T) {
	for age, want := range map[int]string{9: "ouder kind", 13: "ouder jongere", 17: "jongere"} {
		w := newSite(t, "sanne")
		w.kind.files["c1"].Age = age
		_, body := w.get("/kinderen/c1/intrekken")
		var got []string
		for _, m := range regexp.MustCompile(`name="by" value="([a-z]+)"`).FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d jaar: %v, verwacht %s", age, got, want)
		}
	}
}

func TestAStepThatIsNotChosenIsAskedForAndOnlyItsOwnReasonsAreOffered(t *testing.T) {
	w := newSite(t, "sanne")
	status, body, _ := w.post("/trajecten/tc2/stap", url.Values{"version": {"3"}})
	if status != 422 || !strings.Contains(body, `href="#f-to"`) || !strings.Contains(body, `<details class="kik-more" open>`) || len(w.kind.steps) != 0 {
		t.Error("zonder keuze:", status)
	}
	for _, id := range []string{"tc1", "tc2", "tc3", "tc4", "tc5"} {
		_, body := w.get("/trajecten/" + id)
		for stage, field := range map[string]string{"gestopt": "f-stop", "doorverwezen": "f-destination"} {
			if offered := strings.Contains(body, `name="to" value="`+stage+`"`); offered != strings.Contains(body, `id="`+field+`"`) {
				t.Errorf("%s: %s wordt gevraagd zonder %s, of andersom", id, field, stage)
			}
		}
	}
}

func TestASearchThatWasNotDoneDoesNotSayThatThereIsNothing(t *testing.T) {
	w, _ := newAskSite(t, "")
	if _, body := w.get("/catalogus?leeftijd=abc"); strings.Contains(body, "Niets gevonden") || !strings.Contains(body, "Vul een leeftijd in") {
		t.Error("een leeftijd die geen getal is, geeft niets gevonden")
	}
	if _, body := w.get("/catalogus?q=xqzzy"); !strings.Contains(body, "Niets gevonden") {
		t.Error("wie niets vindt, leest dat niet")
	}
}

func TestTheMenuSaysWhereOneIsAlsoDeepInTheWork(t *testing.T) {
	w := newSite(t, "sanne")
	for _, path := range []string{"/trajecten", "/trajecten/tc1", "/kinderen/c1", "/kinderen/nieuw", "/kinderen/c2/kiezen"} {
		if _, body := w.get(path); !strings.Contains(body, `<a href="/trajecten" aria-current="page">`) {
			t.Error(path, "hoort bij Mijn trajecten")
		}
	}
}
