package main

import (
	"regexp"
	"strconv"
	"testing"
)

// TestAClassAnswersWithCards is scenario P2 of DOMAIN 8 for one child: a card, its questions, and what the teacher sees of it.
func TestAClassAnswersWithCards(t *testing.T) {
	s := newSite(t)
	teacher := s.person(t)
	teacher.login("polderboom.juf")
	teacher.click("Groep 6")
	teacher.sees("26 klaar", "2 nog niet", "28 kaarten")
	klas := teacher.address()
	teacher.click("Kaarten printen")
	code := eval[string](teacher, `document.querySelector(".klas-paper__code").lastChild.textContent.trim()`)

	child := s.person(t)
	child.secret = []string{code}
	child.open("/k")
	child.answersCard(code)
	child.open("/k")
	child.typeIn("f-code", code)
	child.click("Begin")
	child.sees("Deze code werkt niet.")
	child.quiet("422")

	teacher.open(klas)
	teacher.sees("27 klaar", "1 nog niet")
	teacher.seesOnlyFives()
	teacher.seesNoOtherKlas()
}

// answersCard is a child with a card: no log in, no name, every question of class mode.
func (p *person) answersCard(code string) {
	p.t.Helper()
	p.typeIn("f-code", code)
	p.click("Begin")
	p.sees("Er is geen goed of fout.", "Je naam vragen we niet.")
	asked := p.answerAll(yusufAnswers)
	for _, private := range []string{"G1", "S1", "W3"} { // mood, school and own words are never asked of a class (DOMAIN 8, P2)
		if asked[private] {
			p.fail("de kaart vraagt %s", private)
		}
	}
	if len(asked) != 9 {
		p.fail("de kaart stelt %d vragen, niet 9", len(asked))
	}
	p.click("Ik ben klaar")
	p.sees("Je bent er!", "Je kaart werkt nu niet meer.")
}

// seesOnlyFives reads every number of the overview: fewer than five children are never shown.
func (p *person) seesOnlyFives() {
	p.t.Helper()
	counts := eval[[]string](p, `[...document.querySelectorAll(".klas-bars td.num")].map(e => e.innerText.trim())`)
	if len(counts) == 0 {
		p.fail("er is geen overzicht: %s", p.text())
	}
	for _, c := range counts {
		if n, err := strconv.Atoi(c); err != nil || n < 5 {
			p.fail("in het overzicht staat %q", c)
		}
	}
	p.seesNot("Hoe voel jij je", "op school?")
}

// seesNoOtherKlas types the address of a class of another school.
func (p *person) seesNoOtherKlas() {
	p.t.Helper()
	other := p.site.person(p.t)
	other.login("zonnewijzer.ib")
	other.open("/klassen")
	other.click("Groep 7A")
	address := regexp.MustCompile(`/klassen/[0-9a-f-]{36}`).FindString(other.address())
	p.open(address)
	p.seesNot("Groep 7A", "klaar", "kaarten")
	p.quiet("404")
}
