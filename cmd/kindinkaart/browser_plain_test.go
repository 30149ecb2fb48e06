package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestThePagesWorkWithoutJavaScript is the beginning of P1 in a browser that runs no scripts.
func TestThePagesWorkWithoutJavaScript(t *testing.T) {
	s := newSite(t)
	p := s.person(t)
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.must(err)
	p.login("smwr.sara")
	p.sees("Mijn trajecten", "Wat wil je zien?")
	p.tap("Wat wil je zien?", "Vandaag")
	p.click("Toon")
	p.open("/trajecten")
	p.click("Yusuf")
	p.click("Over Yusuf")
	p.open(childPage.FindString(p.address()) + "/kiezen")
	p.sees("1 Pleinbasketbal")
	p.clickIn("Pleinbasketbal", "Dit wil ik proberen")
	p.click("Ja, dit kies ik")
	p.sees("Kies wie er meegaat.", "Kies wanneer je het wilt proberen.")
	p.quiet("422")
	p.tap("Wie gaat mee?", "De smw")
	p.tap("Wanneer proberen?", "Dat spreken we later af")
	p.click("Ja, dit kies ik")
	p.sees("De keuze is opgeslagen.")
}
