package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// fakeSchemes keeps the two schemes of a tenant.
type fakeSchemes struct{ confirmed map[string]bool }

func (f *fakeSchemes) Schemes(context.Context, access.Actor) ([]regeling.Scheme, error) {
	most := 28000
	list := []regeling.Scheme{
		{ID: "tegoed", Name: "Jeugdtegoed", AgeMin: 4, AgeMax: 11, Residence: []string{"GM0599"}, Categories: []string{"*"}, Covers: []string{"kleding", "ov"}, Verified: true, VerifiedAt: date("2026-09-01"), ValidTo: date("2026-08-31")},
		{ID: "fonds", Name: "Jeugdfonds <sport>", AgeMin: 0, AgeMax: 17, Residence: []string{"*"}, Categories: []string{"sport"}, Covers: []string{"contributie"}, NotCovers: []string{"kamp"}, MaxCents: &most,
			Period: "calendar_year", Income: &regeling.Income{}, Source: []string{"fonds.example/sport", "krant feb 2021 (geen url)"}, SourceYear: "2026", Application: regeling.Application{BeforeStart: true}},
	}
	for i, s := range list {
		if yes, ok := f.confirmed[s.ID]; ok {
			list[i].Verified = yes
		}
	}
	return list, nil
}

func (f *fakeSchemes) ConfirmScheme(_ context.Context, who access.Actor, id string, confirmed bool) error {
	if id != "fonds" && id != "tegoed" || who.Role != access.CatalogueAdmin {
		return errs.New(errs.NotFound, "Deze regeling is er niet, of is niet voor jou.")
	}
	if f.confirmed == nil {
		f.confirmed = map[string]bool{}
	}
	f.confirmed[id] = confirmed
	return nil
}

func TestTheKeeperOfTheCatalogueSeesWhatEachSchemePaysAndWhetherItCounts(t *testing.T) {
	status, body := newSite(t, "admin").get("/beheer/regelingen")
	if status != 200 || titleOf(body) != "Regelingen" {
		t.Fatal(status, titleOf(body))
	}
	for _, want := range []string{"Jeugdfonds &lt;sport&gt;", "0 tot en met 17 jaar, voor sport, met een laag inkomen", "contributie", "niet: kamp", "€ 280 per kalenderjaar", "voor de eerste les",
		`href="https://fonds.example/sport"`, "krant feb 2021 (geen url)", "jaar: 2026", "nog niet nagekeken", "wie woont in gemeente GM0599", "verlopen, telt niet mee", "tot en met maandag 31 augustus 2026",
		"Alleen een regeling die is nagekeken telt mee", "tellen 0 regelingen"} {
		if !strings.Contains(body, want) {
			t.Errorf("op de pagina ontbreekt %q", want)
		}
	}
	if strings.Index(body, "Jeugdfonds") > strings.Index(body, "Jeugdtegoed") {
		t.Error("wat nog nagekeken moet worden staat niet bovenaan")
	}
	if strings.Contains(body, `href="https://krant`) || strings.Count(body, `aria-current="page"`) != 1 {
		t.Error("een krant is geen adres, en het menu wijst één plek aan")
	}
}

func TestASchemeIsConfirmedOnceAndCanBeTakenBack(t *testing.T) {
	w := newSite(t, "admin")
	schemes := w.s.Schemes.(*fakeSchemes)
	if status, _, h := w.post("/beheer/regelingen/fonds", url.Values{"klopt": {"ja"}}); status != 303 || h.Get("Location") != "/beheer/regelingen?gelukt=ja" || !schemes.confirmed["fonds"] {
		t.Fatal(status, h.Get("Location"), schemes.confirmed)
	}
	if _, body := w.get("/beheer/regelingen?gelukt=ja"); !strings.Contains(body, "telt 1 regeling mee") || !strings.Contains(body, "Hij telt nu mee") {
		t.Error("de bevestiging staat er niet")
	}
	if status, body, _ := w.post("/beheer/regelingen/fonds", url.Values{"klopt": {"nee"}}); status != 409 || !strings.Contains(body, "al een keer verstuurd") || !schemes.confirmed["fonds"] {
		t.Error("dezelfde klik telde twee keer", status)
	}
	again := url.Values{"klopt": {"nee"}, "sleutel": {"0190b3c2-0000-7000-8000-000000000002"}}
	if status, _, _ := w.post("/beheer/regelingen/fonds", again); status != 303 || schemes.confirmed["fonds"] {
		t.Error("terugnemen lukte niet", status)
	}
	if status, body, _ := w.post("/beheer/regelingen/fonds", url.Values{"klopt": {"misschien"}}); status != 422 || !strings.Contains(body, "Kies bij de regeling") {
		t.Error("een ander antwoord werd niet geweigerd", status)
	}
	if status, _, _ := w.post("/beheer/regelingen/weg", url.Values{"klopt": {"ja"}, "sleutel": {"0190b3c2-0000-7000-8000-000000000003"}}); status != 404 {
		t.Error("een regeling die er niet is gaf", status)
	}
}

func TestWithoutSchemesThereIsNoPageAndNoMenuLine(t *testing.T) {
	w := newSite(t, "admin")
	w.s.Schemes = nil
	if status, _ := w.get("/beheer/regelingen"); status != 404 {
		t.Error(status)
	}
	if _, body := w.get("/bronnen"); strings.Contains(body, "/beheer/regelingen") {
		t.Error("het menu noemt een pagina die er niet is")
	}
}

func TestASchoolSeesTheNameAndTheStateOfItsReferralsAndNothingElse(t *testing.T) {
	w := newSite(t, "ib")
	status, body := w.get("/verwijzingen")
	if status != 200 || titleOf(body) != "Verwijzingen" || !strings.Contains(body, "geen verwijzingen te zien") {
		t.Fatal(status, titleOf(body))
	}
	w.kind.referred = []kindinkaart.Referral{{GivenName: "Yusuf", Klas: "5B", State: "in behandeling"}, {GivenName: "Mila", State: "afgerond"}}
	_, body = w.get("/verwijzingen")
	for _, want := range []string{"Yusuf", "5B", "Mila", `Afgerond <span class="kik-count">1</span>`, `In behandeling <span class="kik-count">1</span>`} {
		if !strings.Contains(body, want) {
			t.Errorf("op de pagina ontbreekt %q", want)
		}
	}
	if strings.Contains(body, "/kinderen/") || strings.Contains(body, "/trajecten/") {
		t.Error("de pagina wijst naar het dossier")
	}
	if status, _ := w.as("juf").get("/verwijzingen"); status != 200 {
		t.Error("een leerkracht ziet de eigen verwijzingen niet", status)
	}
}
