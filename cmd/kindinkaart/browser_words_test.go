package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestAChildLooksForWordsThatAreNoTag finds by "huizen" what is given in the Huis van de Wijk: only the search index knows that
// these are one word. It keeps one, goes to it and back, and chooses; the words stand in no address. No scripts run.
func TestAChildLooksForWordsThatAreNoTag(t *testing.T) {
	s := newSite(t)
	p := s.person(t)
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.must(err)
	p.login("smwr.sara")
	p.open("/trajecten")
	p.click("Yusuf")
	p.click("Over Yusuf")
	at := childPage.FindString(p.address()) + "/kiezen"
	p.open(at)
	p.sees("Dit past bij jou, Yusuf")
	find := func(words string) {
		p.fill("Zoek op woorden", words)
		p.click("Laat zien")
		if strings.Contains(p.address(), words) {
			p.fail("de woorden staan in het adres %s", p.address())
		}
	}
	find("huizen")
	p.sees("Dit vonden we, Yusuf", "Jullie zochten op ‘huizen’.", "Huis van de Wijk Het Zonneplein")
	p.seesNot("Pleinbasketbal")
	p.clickIn("Spelletjesmiddag", "Misschien")
	p.sees("Bewaard", "Jullie zochten op ‘huizen’.")
	p.clickIn("Spelletjesmiddag", "Dit wil ik proberen")
	p.sees("Wie gaat mee?", "Spelletjesmiddag")
	p.click("Zo kan de dag gaan: het dagplan")
	p.sees("Tas klaar", "Spelletjesmiddag begint")
	p.click("Op een kaartje (A6)")
	p.sees("Op een heel vel (A4)")
	p.click("Terug naar kiezen")
	p.sees("Wie gaat mee?", "Spelletjesmiddag")
	p.click("Terug naar de kaartjes")
	p.sees("Jullie zochten op ‘huizen’.")
	find("xqzwv")
	p.sees("Niets gevonden dat nu kan", "Probeer een ander woord")
	find("huizen")
	p.clickIn("Spelletjesmiddag", "Dit wil ik proberen")
	p.tap("Wie gaat mee?", "De smw")
	p.tap("Wanneer proberen?", "Dat spreken we later af")
	p.click("Ja, dit kies ik")
	p.sees("De keuze is opgeslagen.", "Spelletjesmiddag")
}
