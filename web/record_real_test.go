package web_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/store"
)

// offers puts offerings of a safe sports club that is recognised by the fund into the catalogue.
func (w *world) offers(list ...catalog.Activity) {
	w.t.Helper()
	eight, seventeen := 8, 17
	for i := range list {
		a := &list[i]
		a.Partner, a.Domain, a.Audience, a.AgeMin, a.AgeMax, a.State, a.ConfirmedOn = "club", "sport", "child", &eight, &seventeen, catalog.Published, civil.DateOf(w.now)
		a.Tags = []string{"basketbal"}
	}
	admin := access.Actor{ID: "beheer", Tenant: "t1", Role: access.CatalogueAdmin}
	done, err := w.catalog.Import(context.Background(), admin, catalog.Import{Source: "proef", Activities: list, Partners: []catalog.Partner{{ID: "club", Name: "BC De Ketting",
		Kind: "sportclub", RecognisedByFund: catalog.Yes, Safety: catalog.Safety{VOG: catalog.Yes, Confidant: catalog.Yes, DeclaredOn: civil.DateOf(w.now)}}}}, false, nil)
	must(w.t, err)
	if len(done.Refused) > 0 {
		w.t.Fatalf("%+v", done.Refused)
	}
}

// at is a weekly hour on a place.
func at(id string, p geo.Point) []catalog.Slot {
	return []catalog.Slot{{ID: id, Weekday: "wo", Start: 16 * 60, End: 17 * 60, Location: catalog.Location{Name: "Sporthal " + id, Lat: p.Lat, Lon: p.Lon}}}
}

// postcodes are the places that this wijknetwerk knows.
func (w *world) postcodes(places map[geo.Postcode]geo.Point) {
	w.t.Helper()
	var list []store.Postcode
	for code, p := range places {
		list = append(list, store.Postcode{Code: string(code), Point: p, Residence: "GM0599", Wijk: "WK059910"})
	}
	_, err := w.db.PutPostcodes(context.Background(), list, nil)
	must(w.t, err)
}

// answered lets a child of sanne agree and answer, and takes the way from its page.
func (w *world) answered(path string, v questionnaire.Variant, own, parent map[string]string) (id string) {
	w.t.Helper()
	ctx, who := context.Background(), w.who["sanne"]
	id = strings.TrimPrefix(path, "/kinderen/")
	by := map[string]string{"ouder": "gezag"}
	if v == questionnaire.VariantC {
		by["jongere"] = "zelf"
	}
	for person, capacity := range by {
		_, err := w.kind.GiveConsent(ctx, who, kindinkaart.Consent{Child: id, Purpose: kindinkaart.PurposeProfile, By: person, Capacity: capacity, How: "gesprek", TextVersion: "1", Given: true})
		must(w.t, err)
	}
	for variant, replies := range map[questionnaire.Variant]map[string]string{v: own, questionnaire.VariantP: parent} {
		if replies == nil {
			continue
		}
		af, err := w.kind.StartAfname(ctx, who, id, variant, "smw")
		must(w.t, err)
		for item, raw := range replies {
			af, err = w.kind.SaveReply(ctx, who, af.ID, af.Version, kindinkaart.Reply{Item: item, Answer: []byte(raw)})
			must(w.t, err)
		}
		_, err = w.kind.FinishAfname(ctx, who, af.ID)
		must(w.t, err)
	}
	return id
}

var basketball = map[string]string{"W1": `{"basketbal":"leuk"}`, "W2": `["basketbal"]`, "T1": `["t_bal"]`, "V1": `"groepje"`, "W3": `["basketbal"]`}

func with(more map[string]string, all map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range all {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func TestAYoungPersonWhoIsElsewhereIsSearchedForFromThere(t *testing.T) {
	w := newWorld(t)
	home, opa := geo.Point{Lat: 51.885, Lon: 4.480}, geo.Point{Lat: 51.905, Lon: 4.530}
	w.postcodes(map[geo.Postcode]geo.Point{"3072AB": home, "3044ZX": opa})
	w.offers(catalog.Activity{ID: "opa", Title: "Basketbal bij opa", Costs: []catalog.Cost{}, Slots: at("opa", opa)},
		catalog.Activity{ID: "thuis", Title: "Basketbal bij huis", Costs: []catalog.Cost{}, Slots: at("thuis", home)})
	sanne := w.login("sanne")
	child := sanne.addChild("Noor")
	sanne.get("/kinderen/nieuw")
	form := url.Values{"given_name": {"Noor"}, "born_month": {"04"}, "born_year": {"2012"}, "school": {schoolOption.FindStringSubmatch(sanne.page)[1]}, "postcode": {"3072 ab"}, "language": {"nl"}}
	sanne.get(child + "/wijzigen")
	if status := sanne.post(child+"/wijzigen", form); status != 303 {
		t.Fatal("een ander geboortejaar gaf", status)
	}
	w.answered(child, questionnaire.VariantC, with(map[string]string{"C1": `"anders"`}, basketball), nil)
	first := func() string {
		if status := sanne.get(child + "/kiezen"); status != 200 {
			t.Fatal("samen kiezen gaf", status)
		}
		if strings.Index(sanne.page, "Basketbal bij opa") < strings.Index(sanne.page, "Basketbal bij huis") {
			return "opa"
		}
		return "huis"
	}
	if sanne.get(child); !strings.Contains(sanne.page, "Vul de andere plek in") || !strings.Contains(sanne.page, "Is na school het meest ergens anders.") || first() != "huis" {
		t.Error("zonder plek wordt er niet om gevraagd, of niet vanaf thuis gezocht")
	}
	sanne.get(child + "/wijzigen")
	form.Del("version")
	form.Set("other_place", "bij opa")
	if status := sanne.post(child+"/wijzigen", form); status != 422 || !strings.Contains(sanne.page, `value="bij opa"`) || !strings.Contains(sanne.page, "Vul vier cijfers in, met of zonder de letters") {
		t.Error("een plek die geen postcode is gaf", status)
	}
	form.Del("version")
	form.Set("other_place", "3044zx")
	if status := sanne.post(child+"/wijzigen", form); status != 303 {
		t.Fatal("de andere plek gaf", status)
	}
	if sanne.get(child); strings.Contains(sanne.page, "Vul de andere plek in") || !strings.Contains(sanne.page, "We zoeken vanaf een andere plek: postcode 3044 ZX.") || first() != "opa" {
		t.Error("met een plek wordt er niet vanaf daar gezocht")
	}
	for _, private := range []string{"3044", "opa", "3072", "Noor"} {
		if strings.Contains(w.log.String(), private) {
			t.Errorf("het log noemt %q", private)
		}
	}
}

// clubFund pays fees of sports clubs to 280 euro a year.
func clubFund() regeling.Scheme {
	most, sixty := 28000, 60
	return regeling.Scheme{ID: "jfsc", Name: "Jeugdfonds", Kind: "fund", Residence: []string{"GM0599"}, AgeMax: 17, AgeReference: regeling.AgeAtStart, Categories: []string{"sport"},
		Covers: []string{"contributie"}, MaxCents: &most, Period: "12_months_from_approval", PaysTo: "provider", Verified: true,
		Income:      &regeling.Income{Accepts: map[string]regeling.Certainty{"low_yes": regeling.Expected}},
		Application: regeling.Application{BeforeStart: true, DecisionDays: []int{7, 21}, RenewNoticeDays: &sixty}}
}

var (
	rowOfTask  = regexp.MustCompile(`action="(/trajecten/[^"]+/taken/[^"]+)"`)
	lineTitle  = regexp.MustCompile(`<h3>\d+\. Basketbal ([^<]+)</h3>`)
	ownCost    = regexp.MustCompile(`Waarschijnlijk zelf betalen</dt><dd>(€ [0-9,]+)`)
	chooseLink = regexp.MustCompile(`href="(/kinderen/[^"]+/kiezen/[^"]+)"`)
	dropLink   = regexp.MustCompile(`action="(/trajecten/[^"]+/geld/[^"]+/weg)"`)
)

// versionOf is the version in the form with an address.
func (b *browser) versionOf(action string) string {
	_, form, _ := strings.Cut(b.page, `action="`+action+`"`)
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		if m[1] == "version" {
			return m[2]
		}
	}
	b.t.Fatal("geen formulier naar ", action)
	return ""
}

// ownCosts reads from the whole list what the family pays, by the last word of a title.
func (s *browser) ownCosts(child string) map[string]string {
	s.get(child + "/alles")
	out := map[string]string{}
	for _, card := range strings.Split(s.page, "<article")[1:] {
		title, cost := lineTitle.FindStringSubmatch(card), ownCost.FindStringSubmatch(card)
		if title != nil && cost != nil {
			out[title[1]] = cost[1]
		}
	}
	return out
}

// twoClubs are two clubs of which a fund pays the fee, and a child of sanne of whose family it does so.
func twoClubs(t *testing.T) (w *world, sanne *browser, child string) {
	w = newWorld(t)
	home := geo.Point{Lat: 51.885, Lon: 4.480}
	w.schemes = []regeling.Scheme{clubFund()}
	w.postcodes(map[geo.Postcode]geo.Point{"3072AB": home})
	fee := func(cents int) []catalog.Cost {
		return []catalog.Cost{{Kind: "contributie", Cents: cents, Per: "year"}, {Kind: "inschrijfgeld", Cents: 1500, Per: "once"}}
	}
	w.offers(catalog.Activity{ID: "club", Title: "Basketbal U12", Costs: fee(26500), Slots: at("club", home)},
		catalog.Activity{ID: "ander", Title: "Basketbal meiden", Costs: fee(20000), Slots: at("ander", home)})
	sanne = w.login("sanne")
	child = sanne.addChild("Noor")
	w.answered(child, questionnaire.VariantB, basketball, map[string]string{"P3": `["kosten"]`, "P7": `"0"`, "P8": `["uitkering"]`})
	return w, sanne, child
}

// askFund chooses the first club with the task to ask the fund, and opens its traject.
func (b *browser) askFund(child string) (way string, task []string) {
	b.get(child + "/alles")
	_, after, _ := strings.Cut(b.page, ". Basketbal U12</h3>")
	tried := chooseLink.FindStringSubmatch(after)[1]
	b.get(tried)
	if status := b.post(tried, url.Values{"mee": {"ouder"}, "wanneer": {"later"}, "taak": {"kosten:fonds"}, "support_level": {"hand"}}); status != 303 {
		b.t.Fatal("kiezen gaf", status, tried)
	}
	way, _, _ = strings.Cut(b.at, "?")
	b.get(way)
	return way, rowOfTask.FindStringSubmatch(b.page)
}

func TestAfterAGrantTheFamilyPaysWhatIsLeft(t *testing.T) {
	w, sanne, child := twoClubs(t)
	pays := func() map[string]string { return sanne.ownCosts(child) }
	if got := pays(); got["U12"] != "€ 15" || got["meiden"] != "€ 15" {
		t.Fatalf("voor de aanvraag betaalt het gezin %v", got)
	}
	way, task := sanne.askFund(child)
	if task == nil || !strings.Contains(sanne.page, `<option value="jfsc" selected>`) || !strings.Contains(sanne.page, `value="265"`) {
		t.Fatal("de taak vraagt niet naar het fonds en het bedrag dat verwacht werd")
	}
	if status := sanne.post(task[1], url.Values{"uitkomst": {"ja"}, "scheme": {"jfsc"}, "cents": {"veel"}}); status != 422 || !strings.Contains(sanne.page, `value="veel"`) || !strings.Contains(sanne.page, "Dit is geen bedrag") {
		t.Error("een bedrag dat geen getal is gaf", status)
	}
	if status := sanne.post(task[1], url.Values{"uitkomst": {"ja"}, "scheme": {"jfsc"}, "cents": {"200,00"}, "version": {sanne.versionOf(task[1])}}); status != 303 {
		t.Fatal("het bedrag gaf", status)
	}
	sanne.get(way)
	for _, want := range []string{"€ 280 per jaar, het fonds betaalt € 200, zelf hoogstens € 80", "<strong>€ 200</strong> van Jeugdfonds, voor Basketbal U12", "maandag 21 september 2026 tot en met dinsdag 21 september 2027"} {
		if !strings.Contains(sanne.page, want) {
			t.Errorf("op het traject ontbreekt %q", want)
		}
	}
	if got := pays(); got["U12"] != "€ 80" || got["meiden"] != "€ 135" { // of 280 euro 200 went to the first
		t.Errorf("na de toekenning betaalt het gezin %v", got)
	}
	sanne.get(way)
	if status := sanne.post(way+"/geld", url.Values{"geld": {"1"}, "scheme": {"jfsc"}, "cents": {"80"}, "waarvoor": {"anders"}}); status != 303 {
		t.Fatal("ander geld gaf", status)
	}
	if got := pays(); got["U12"] != "€ 80" || got["meiden"] != "€ 215" { // nothing is left
		t.Errorf("met ander geld betaalt het gezin %v", got)
	}
	sanne.get(way)
	if status := sanne.post(dropLink.FindStringSubmatch(sanne.page)[1], url.Values{}); status != 303 || pays()["meiden"] != "€ 135" {
		t.Error("weghalen gaf", status, pays())
	}
	if strings.Contains(w.log.String(), "Noor") {
		t.Error("het log noemt het kind")
	}
}

func TestAfterANoOfTheFundNothingIsTakenOffThePrice(t *testing.T) {
	_, sanne, child := twoClubs(t)
	way, task := sanne.askFund(child)
	if status := sanne.post(task[1], url.Values{"uitkomst": {"nee"}, "scheme": {"verzonnen"}, "version": {sanne.versionOf(task[1])}}); status != 422 || !strings.Contains(sanne.page, "Kies het fonds uit de lijst") {
		t.Error("een fonds dat er niet is gaf", status)
	}
	if status := sanne.post(task[1], url.Values{"uitkomst": {"nee"}, "scheme": {"jfsc"}, "cents": {"265"}, "version": {sanne.versionOf(task[1])}}); status != 303 {
		t.Fatal("nee gaf", status)
	}
	sanne.get(way)
	for _, want := range []string{"€ 280 per jaar, het fonds zei nee", ", het fonds zei nee</span>"} {
		if !strings.Contains(sanne.page, want) {
			t.Errorf("op het traject ontbreekt %q", want)
		}
	}
	if got := sanne.ownCosts(child); got["U12"] != "€ 280" || got["meiden"] != "€ 215" {
		t.Errorf("na het nee betaalt het gezin %v", got)
	}
	if !strings.Contains(sanne.page, "Jeugdfonds zei hiervoor nee.") || !strings.Contains(sanne.page, "Jeugdfonds (zei nee voor iets anders) aanvragen") {
		t.Error("de lijst vertelt niet dat het fonds nee zei")
	}
}
