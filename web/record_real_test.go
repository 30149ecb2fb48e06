package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/questionnaire"
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
