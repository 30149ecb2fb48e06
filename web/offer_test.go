package web

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/catalog"
)

func offersOf(w *site) *offerStore { return w.s.Catalog.(*offering).store }

func TestAPartnerPutsAnOfferUpInFiveSteps(t *testing.T) {
	w, _ := newAskSite(t, "club")
	_, _, h := w.post("/aanbod/nieuw", url.Values{"title": {"Meidenvoetbal op dinsdag"}, "domain": {"sport"}})
	if h.Get("Location") != "/aanbod/new1/2" {
		t.Fatal(h.Get("Location"))
	}
	if got := offersOf(w).activities["new1"]; got.State != catalog.Draft || len(got.Tags) == 0 || got.Tags[0] != "voetbal" {
		t.Fatal(got.State, got.Tags)
	}
	for i, form := range []url.Values{
		{"audience": {"child"}, "ages": {"9-12"}, "group": {"girls"}},
		{"plek": {"0"}},
		{"slots[0].weekday": {"di"}, "slots[0].start": {"16.00"}, "slots[0].end": {"17:00"}, "slots[0].capacity": {"12"}, "slots[1].weekday": {"do"}, "slots[1].start": {"16:00"}, "slots[1].end": {"17:00"}},
		{"gratis": {"ja"}, "trial.free": {"ja"}, "lends_kit": {"onbekend"}, "registration.via": {"langskomen"}},
	} {
		a := offersOf(w).activities["new1"]
		form.Set("versie", string(rune('0'+a.Version)))
		status, body, h := w.post(offerPath("new1", i+2), form)
		if status != 303 {
			t.Fatal(i+2, status, body[strings.Index(body, "fouten"):][:300])
		}
		if want := offerPath("new1", (i+3)%6); h.Get("Location") != want {
			t.Error(i+2, h.Get("Location"), want)
		}
	}
	_, body := w.get("/aanbod/new1")
	if strings.Contains(body, "Nog nodig") || !strings.Contains(body, "gratis") || !strings.Contains(body, "% ingevuld") {
		t.Error("de kaart is niet klaar")
	}
	a := offersOf(w).activities["new1"]
	w.post("/aanbod/new1/stand", url.Values{"versie": {string(rune('0' + a.Version))}, "stand": {"published"}})
	if a = offersOf(w).activities["new1"]; a.State != catalog.Published || len(a.Slots) != 2 || a.Slots[1].Location.Lat == 0 || !a.CostsSaid() {
		t.Errorf("%+v", a)
	}
}

func TestAStepThatIsNotRightKeepsWhatWasTypedAndPointsAtTheField(t *testing.T) {
	for _, c := range []struct {
		step, field, keeps string
		form               url.Values
	}{
		{"3", "postcode", `value="30"`, url.Values{"plek": {"anders"}, "postcode": {"30"}}},
		{"4", "slots[0].end", `value="17:00"`, url.Values{"slots[0].weekday": {"di"}, "slots[0].start": {"17:00"}, "slots[0].end": {"16:00"}}},
		{"4", "slots[0].weekday", `value="17:00"`, url.Values{"slots[0].start": {"17:00"}}},
		{"5", "gratis", `value="Karim"`, url.Values{"contact.name": {"Karim"}}},
		{"5", "costs[0].cents", `value="veel"`, url.Values{"gratis": {"nee"}, "costs[0].cents": {"veel"}, "costs[0].kind": {"contributie"}, "costs[0].per": {"year"}}},
		{"2", "ages", `value="child" checked`, url.Values{"audience": {"child"}}},
	} {
		w, _ := newAskSite(t, "club")
		c.form.Set("versie", "1")
		status, body, _ := w.post("/aanbod/o3/"+c.step, c.form)
		if status != 422 || !strings.HasPrefix(titleOf(body), "Fout: Stap "+c.step+" van 5") || !strings.Contains(body, `id="f-`+c.field+`"`) || !strings.Contains(body, c.keeps) {
			t.Errorf("stap %s %v: %d %q", c.step, c.form, status, titleOf(body))
		}
	}
}

func TestNothingFilledInIsNotGratis(t *testing.T) {
	w, _ := newAskSite(t, "club")
	w.post("/aanbod/o3/5", url.Values{"versie": {"1"}, "gratis": {"nee"}})
	if offersOf(w).activities["o3"].CostsSaid() {
		t.Error("een leeg bedrag werd gratis")
	}
	for typed, want := range map[string]int{"12,50": 1250, "12.5": 1250, "€ 12": 1200, "0": 0, "12,-": 1200} {
		if got, ok := centsOf(typed); !ok || got != want {
			t.Error(typed, got, ok)
		}
	}
	for _, typed := range []string{"", "-1", "1,234", "1.000,00", "abc", "99999999999"} {
		if _, ok := centsOf(typed); ok {
			t.Error(typed, "is geen bedrag")
		}
	}
}

func TestSomebodyElsesOfferDoesNotExist(t *testing.T) {
	w, _ := newAskSite(t, "club")
	for _, path := range []string{"/aanbod/o4", "/aanbod/o4/2", "/aanbod/o1/9", "/aanbod/weg"} {
		if status, _ := w.get(path); status != 404 {
			t.Error(path, status)
		}
	}
	if status, _, _ := w.post("/aanbod/o4/stand", url.Values{"versie": {"1"}, "stand": {"withdrawn"}}); status == 303 || offersOf(w).activities["o4"].State != catalog.Published {
		t.Error("het aanbod van een ander is gestopt", status)
	}
}

func TestConfirmingIsOneTapAndFullIsFull(t *testing.T) {
	w, _ := newAskSite(t, "club")
	if _, body := w.get("/aanbod"); strings.Count(body, "Klopt dit nog?") != 1 {
		t.Error("we vragen het bij", strings.Count(body, "Klopt dit nog?"))
	}
	w.post("/aanbod/o1/klopt", url.Values{"versie": {"1"}, "klopt": {"vol"}})
	a := offersOf(w).activities["o1"]
	if !isFull(a) || a.ConfirmedOn != date("2026-09-21") {
		t.Error(isFull(a), a.ConfirmedOn)
	}
	if _, body := w.get("/aanbod"); strings.Contains(body, "Klopt dit nog?") {
		t.Error("we vragen het meteen weer")
	}
}

func TestADraftCannotBePublishedUntilFamiliesCanUseIt(t *testing.T) {
	w, _ := newAskSite(t, "club")
	status, body, _ := w.post("/aanbod/o3/stand", url.Values{"versie": {"1"}, "stand": {"published"}})
	if status != 422 || !strings.Contains(body, `href="/aanbod/o3/4"`) || !strings.Contains(body, "Vul in wat het kost") {
		t.Error(status)
	}
}

func TestFamiliesDoNotSeeWhatWasNotDeclaredSafe(t *testing.T) {
	w, _ := newAskSite(t, "")
	_, body := w.get("/catalogus")
	if strings.Contains(body, "Koken voor kids") || !strings.Contains(body, "niet verklaard dat het veilig is") || !strings.Contains(body, "Pleinbasketbal") {
		t.Error("zonder inloggen")
	}
	for login, want := range map[string]int{"": 404, "sanne": 200, "club": 404, "admin": 200} {
		if status, _ := w.as(login).get("/catalogus/o4"); status != want {
			t.Errorf("%q ziet o4 met %d, verwacht %d", login, status, want)
		}
	}
	if status, _ := w.get("/catalogus/o3"); status != 404 {
		t.Error("een concept is te zien")
	}
}

func TestSearchingNarrowingAndFindingNothing(t *testing.T) {
	w, _ := newAskSite(t, "")
	for query, want := range map[string]string{"q=basketbl": "Dit lijkt erop", "q=onzin": "Niets gevonden", "q=plein&postcode=3072+AB&afstand=600": "ongeveer 200 meter",
		"q=<script>": "&lt;script&gt;", "prijs=0": "gratis", "soort=sport&dag=wo": "/catalogus?dag=wo"} {
		u, _ := url.ParseQuery(query)
		status, body := w.get("/catalogus?" + u.Encode())
		if status != 200 || !strings.Contains(body, want) || strings.Contains(body, "<script>") {
			t.Errorf("%s gaf %d zonder %q", query, status, want)
		}
	}
	for query, field := range map[string]string{"postcode=12": "postcode", "postcode=9999+ZZ": "postcode", "leeftijd=abc": "leeftijd", "prijs=-4": "prijs"} {
		u, _ := url.ParseQuery(query)
		if status, body := w.get("/catalogus?" + u.Encode()); status != 422 || !strings.Contains(body, `href="#f-`+field) {
			t.Errorf("%s gaf %d", query, status)
		}
	}
}

func TestTheCardSaysWhatAFamilyNeeds(t *testing.T) {
	w, _ := newAskSite(t, "")
	_, body := w.get("/catalogus/o1")
	for _, want := range []string{"woensdag 17:00 tot 18:15", "Sporthal De Wielslag", "8 tot en met 12 jaar", "€ 265 per jaar", "Er is plek.", "Nu vol.", "2 keer gratis proberen", "Gymschoenen", "Bel Karim", "<svg"} {
		if !strings.Contains(body, want) {
			t.Errorf("op de kaart staat geen %q", want)
		}
	}
	if _, body := w.as("sanne").get("/catalogus/o4"); !strings.Contains(body, "Bel eerst of het nog klopt") {
		t.Error("oud aanbod heeft geen waarschuwing")
	}
}

func TestTheCuratorDeclaresSafetyAndKeepsWhatWasTyped(t *testing.T) {
	w, _ := newAskSite(t, "admin")
	_, body := w.get("/beheer")
	if strings.Index(body, "Buurthuis") > strings.Index(body, "Sportclub De") || !strings.Contains(body, "verklaring ontbreekt") {
		t.Error("wie nog moet verklaren staat niet vooraan")
	}
	form := url.Values{"versie": {"0"}, "name": {"Buurthuis De Put"}, "kind": {"buurthuis"}, "safety.vog": {"ja"}, "safety.confidant": {"ja"}, "safety.declared_on": {"2027-01-01"}}
	if status, body, _ := w.post("/beheer/aanbieders/p2", form); status != 422 || !strings.Contains(body, `value="2027-01-01"`) {
		t.Error(status)
	}
	form.Set("safety.declared_on", "2026-09-20")
	if status, _, _ := w.post("/beheer/aanbieders/p2", form); status != 303 || !declared(offersOf(w).partners["p2"]) {
		t.Error(status)
	}
}

func TestImportingTriesFirstAndNamesRefusedRows(t *testing.T) {
	for _, c := range []struct {
		content, dry string
		status       int
		want         string
	}{{"goed", "ja", 200, "Zo zou het gaan"}, {"goed", "", 200, "&lt;b&gt;Kapot&lt;/b&gt;"}, {"fout", "ja", 422, "Verwacht csv"}, {"", "ja", 422, "Kies een bestand"}} {
		w, _ := newAskSite(t, "admin")
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for k, v := range map[string]string{"csrf": w.csrf(), "proef": c.dry} {
			if v != "" {
				m.WriteField(k, v)
			}
		}
		if c.content != "" {
			f, _ := m.CreateFormFile("bestand", "aanbod.csv")
			f.Write([]byte(c.content))
		}
		m.Close()
		req := httptest.NewRequest("POST", "/beheer/inlezen", &b)
		req.Header.Set("Content-Type", m.FormDataContentType())
		status, body, _ := w.do(req)
		if status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%q %q gaf %d zonder %q", c.content, c.dry, status, c.want)
		}
		if n := len(offersOf(w).partners); (n == 3) != (c.content == "goed" && c.dry == "") {
			t.Error("aanbieders na het inlezen:", n)
		}
	}
}

func TestThePriceOnACardLeavesNothingOutThatMustBePaid(t *testing.T) {
	no := false
	a := catalog.Activity{Costs: []catalog.Cost{{Kind: "contributie", Cents: 21500, Per: "year"}, {Kind: "inschrijfgeld", Cents: 1200, Per: "once"},
		{Kind: "tenue", Cents: 4500, Per: "once"}, {Kind: "kamp", Cents: 9000, Per: "once", Required: &no}}}
	if got := priceWords(a); got != "€ 215 per jaar en € 57 één keer" {
		t.Error(got)
	}
	if got := priceWords(catalog.Activity{}); got != "" {
		t.Error("niet gezegd is niet gratis:", got)
	}
	if got := priceWords(catalog.Activity{Costs: []catalog.Cost{}}); got != "gratis" {
		t.Error(got)
	}
}
