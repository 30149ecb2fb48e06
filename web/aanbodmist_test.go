package web

import (
	"context"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/matcher"
)

const nearPath = "/aanbod/wat-mist"

func TestAPartnerReadsWhatChildrenMissAroundItAndWhatItCouldAdd(t *testing.T) {
	w := newSite(t, "club")
	status, body := w.get(nearPath)
	if status != 200 {
		t.Fatal(status)
	}
	wantOn(t, body, "Over: Koken en bakken, Judo.", "In de buurt van jullie plekken: Tuinwijk.", "Koken en bakken in Tuinwijk: 17 kinderen, van wie 12 in de leeftijd 8 t/m 11 jaar; 9 kunnen na school.",
		"woensdag 15:30–16:30 bij De Vlieger (Tuinwijk), gratis", "te ver: 17", "niemand in deze wijken: Judo", "Geteld op maandag 21 september 2026")
	for _, never := range []string{"Havenkwartier", "andere wijken samen", "Dieren", "samen 12"} {
		if strings.Contains(body, never) {
			t.Errorf("op de pagina staat %q", never)
		}
	}
	asked, _ := newAskSite(t, "club")
	if _, mine := asked.get("/aanbod"); !strings.Contains(mine, `href="`+nearPath+`"`) {
		t.Error("er is geen weg naar de pagina")
	}
	for _, login := range []string{"sanne", "ib", "gebied", "lead"} {
		if status, body := newSite(t, login).get(nearPath); status != 403 || strings.Contains(body, "Koken") {
			t.Errorf("%s kreeg %d", login, status)
		}
	}
}

// emptySupply has counted nothing yet.
type emptySupply struct {
	fakeSupply
	tags []string
}

func (s emptySupply) MissingNear(context.Context, access.Actor) (matcher.NearReport, error) {
	return matcher.NearReport{Tags: s.tags}, nil
}

func TestBeforeTheFirstCountAndWithoutTagsAPartnerReadsWhatToDo(t *testing.T) {
	w := newSite(t, "club")
	for want, tags := range map[string][]string{"We tellen nu voor het eerst": {"judo"}, "Jullie hebben nog geen aanbod dat gezinnen zien": nil} {
		w.s.Supply = emptySupply{tags: tags}
		if status, body := w.get(nearPath); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%d zonder %q", status, want)
		}
	}
	w.s.Supply = nil
	if status, _ := w.get(nearPath); status != 404 {
		t.Error(status)
	}
}
