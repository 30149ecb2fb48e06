package main

import (
	"strings"
	"testing"
	"time"
)

// TestAPartnerListsAnOfferingInFiveSteps lists a free training; soon after it can be found, and a child that it fits sees it.
func TestAPartnerListsAnOfferingInFiveSteps(t *testing.T) {
	s := newSite(t)
	p := s.person(t)
	p.screen(360, 800, "light")
	p.login("stuiter")
	p.click("Nieuw aanbod")
	p.fiveSteps("Vrijdagtraining basketbal")
	p.sees("Zo ziet een kind het", "Vrijdagtraining basketbal", "concept")
	p.click("Zet het erop")
	p.sees("Het staat erop. Gezinnen en scholen zien het nu.")

	p.findsSoon("Vrijdagtraining basketbal")

	smw := s.person(t)
	smw.login("smwr.sara")
	smw.click("Yusuf")
	smw.click("Over Yusuf")
	smw.open(childPage.FindString(smw.address()) + "/kiezen?dag=vr")
	smw.sees("Vrijdagtraining basketbal vr 15:30–16:30", "gratis")
}

func (p *person) fiveSteps(title string) {
	p.t.Helper()
	p.sees("Stap 1 van 5")
	p.fill("Hoe heet het?", title)
	p.tap("Wat voor soort is het?", "Sport")
	p.click("Verder")
	p.sees("Stap 2 van 5")
	p.tap("Voor wie?", "Kinderen en jongeren")
	p.tap("Welke leeftijd?", "9 tot en met 12 jaar")
	p.click("Verder")
	p.sees("Stap 3 van 5")
	p.tap("Kies een plek", "Sporthal De Lichtboog")
	p.click("Verder")
	p.sees("Stap 4 van 5")
	p.fill("Dag", "vrijdag")
	p.fill("Van", "15:30")
	p.fill("Tot", "16:30")
	p.click("Verder")
	p.sees("Stap 5 van 5")
	p.tap("Is meedoen gratis?", "Ja, gratis")
	p.tap("Is proberen gratis?", "Ja")
	p.tap("Hoe meldt een kind zich aan?", "Bellen")
	p.click("Bekijk de kaart")
}

// findsSoon looks in the catalogue until the index has followed; a few seconds are allowed.
func (p *person) findsSoon(title string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; {
		p.open("/catalogus?q=vrijdagtraining")
		if strings.Contains(p.text(), title) {
			return
		}
		if time.Now().After(end) {
			p.fail("%q is niet te vinden", title)
		}
	}
}
