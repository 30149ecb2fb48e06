package web

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart"
)

func TestOnlyWhoHandsOutTheCardsSeesCodes(t *testing.T) {
	w, _ := newAskSite(t, "sanne")
	for login, want := range map[string]int{"sanne": 200, "juf": 200, "ib": 404} {
		status, body := w.as(login).get("/klassen/k1/kaarten")
		if status != want || strings.Contains(body, "K7M 4DD") != (want == 200) {
			t.Errorf("%s ziet de kaarten met status %d", login, status)
		}
		if _, body := w.as(login).get("/klassen/k1"); strings.Contains(body, "K7M4") {
			t.Errorf("op het bord van %s staat een code", login)
		}
	}
}

func TestTheBoardShowsAnimalsCountsAndOnlyWhatMayBeTold(t *testing.T) {
	w, k := newAskSite(t, "juf")
	f := k.klassen["k1"]
	f.Klas.Open = false
	f.Overview = kindinkaart.Overview{Total: kindinkaart.Count{Label: "klaar", N: 26}, First: []kindinkaart.Count{{Label: "voetbal", N: 7}, {Label: "dansen", N: 6},
		{Label: "koken", N: 5}, {Label: "andere keuze of geen keuze samen", N: 8}}}
	_, body := w.get("/klassen/k1")
	for _, want := range []string{"Groep 6", "vos", "nog niet", "klaar", "Voetbal", "andere keuze of geen keuze samen", "<strong>7</strong>"} {
		if !strings.Contains(body, want) {
			t.Errorf("op het bord staat geen %q", want)
		}
	}
	f.Overview = kindinkaart.Overview{Total: kindinkaart.Count{Hidden: true}}
	if _, body := w.get("/klassen/k1"); !strings.Contains(body, "Minder dan 5") || strings.Contains(body, "Voetbal") {
		t.Error("een kleine groep is te zien")
	}
}

func TestAnotherClassShowsNothing(t *testing.T) {
	w, _ := newAskSite(t, "juf")
	for _, path := range []string{"/klassen/k9", "/klassen/k9/kaarten", "/klassen/k9/brief", "/klassen/%3Cb%3E"} {
		if status, body := w.get(path); status != 404 || strings.Contains(body, "vos") || strings.Contains(body, "<b>") {
			t.Error(path, status)
		}
	}
}

func TestOpeningAClassTwiceFromTwoScreensIsClear(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	if _, _, h := w.post("/klassen/k1/open", url.Values{"versie": {"1"}, "open": {"nee"}}); h.Get("Location") != "/klassen/k1?gelukt=dicht" || k.klassen["k1"].Klas.Open {
		t.Error("niet dicht")
	}
	if status, body, _ := w.post("/klassen/k1/open", url.Values{"versie": {"1"}, "open": {"ja"}}); status != 409 || !strings.Contains(body, `name="versie" value="2"`) {
		t.Error(status)
	}
}

func TestANewClassKeepsWhatWasTyped(t *testing.T) {
	w, _ := newAskSite(t, "sanne")
	status, body, _ := w.post("/klassen/nieuw", url.Values{"cards": {"28"}, "variant": {"B"}, "school": {"s1"}})
	if status != 422 || titleOf(body) != "Fout: Nieuwe klas" || !strings.Contains(body, `href="#f-name"`) || !strings.Contains(body, `value="28"`) {
		t.Error(status, titleOf(body))
	}
}

func TestLinkingACardNeedsConsent(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	if status, body, _ := w.post("/klassen/k1/koppelen", url.Values{"card": {"card-uil"}, "child": {"c4"}}); status != 403 || !strings.Contains(body, "toestemming") {
		t.Error(status)
	}
	if status, _, _ := w.post("/klassen/k1/koppelen", url.Values{"card": {"card-uil"}, "child": {"c2"}}); status != 303 || k.linked["card-uil"] != "c2" {
		t.Error(status, k.linked)
	}
	if status, _, _ := w.post("/klassen/k1/koppelen", url.Values{"card": {"card-vos"}, "child": {"c2"}}); status != 422 {
		t.Error("een kaart die niet klaar is gaf", status)
	}
}

func TestAWholeClassSubmitsInTheSameMinuteWithoutLoss(t *testing.T) {
	w, k := newAskSite(t, "")
	var wg sync.WaitGroup
	wrong := make(chan string, 100)
	for i := range 28 {
		if i == 1 {
			continue // this card was used before
		}
		wg.Go(func() {
			c := &child{w: w}
			c.send("GET", "/k", nil)
			if status, _, _ := c.send("POST", "/k", url.Values{"code": {codeOf(i)}}); status != 303 {
				wrong <- fmt.Sprint("code ", i, status)
			}
			if status, _, _ := c.send("POST", "/k/vragen/T1", url.Values{"versie": {"1"}, "antwoord": {"t_bal"}}); status != 303 {
				wrong <- fmt.Sprint("antwoord ", i, status)
			}
			if _, _, to := c.send("POST", "/k/vragen/klaar", url.Values{}); to != "/k/klaar" {
				wrong <- fmt.Sprint("klaar ", i, to)
			}
		})
	}
	wg.Wait()
	close(wrong)
	for what := range wrong {
		t.Error(what)
	}
	done := 0
	for _, c := range k.cards {
		if c.State == kindinkaart.CardDone {
			done++
		}
	}
	if done != 28 {
		t.Errorf("%d kaarten klaar, verwacht 28", done)
	}
}
