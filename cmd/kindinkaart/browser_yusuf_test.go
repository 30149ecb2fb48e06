package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/golang-sql/civil"
)

// The answers of DOMAIN 3.3 and of the parent in DOMAIN 8, P1: what is tapped, by question. A question that is not here is skipped.
var (
	yusufAnswers = map[string][]string{
		"G2": {"Gaat wel"}, "T1": {"Met een bal", "Grappen maken, optreden"}, "S2": {"Gym"}, "V1": {"In een klein groepje"},
		"F1": {"Gamen", "Filmpjes of tv kijken"}, "F4": {"Allebei"}, "F5": {"Plezier hebben"},
		"W2": {"Basketbal", "Met de computer iets maken", "Koken en bakken"}, "W3": {"basketballen in een team"}, "W3/2": {"Basketbal"}, "W4": {"Dansen"},
		"W5": {"Met een vriend of vriendin"},
	}
	yusufPictures = map[string]string{
		"Basketbal": "Leuk", "Koken en bakken": "Leuk", "Met de computer iets maken": "Leuk", "Voetbal": "Beetje leuk",
		"Volleybal, handbal, korfbal of hockey": "Beetje leuk", "Zwemmen": "Niet leuk", "Dansen": "Niet leuk", "Judo, karate of boksen": "Weet ik niet",
	}
	parentAnswers = map[string][]string{
		"P3": {"Het kost te veel", "Het is te ver"}, "P4": {"woensdag na school (14-17) kan", "woensdag 17-19 uur kan", "Dat weet ik nog niet"},
		"P5": {"Fiets"}, "P5/2": {"15 minuten"}, "P6": {"Ja, lopen in de buurt"}, "P7": {"Niets"}, "P8": {"Een uitkering"}, "P9": {"Samen aanmelden en fonds aanvragen"},
		"P10": {"Nederlands"},
	}
)

// TestYusufFromLoginToBestendigd is scenario P1 of DOMAIN 8: from the first log in to a child that keeps taking part.
func TestYusufFromLoginToBestendigd(t *testing.T) {
	s := newSite(t)
	p := s.person(t)
	p.secret = []string{"Ilyas", "3095", "wachtwoord", "basketballen"}
	p.login("smwr.sara")
	p.newChild("Ilyas")
	p.firstTalkAndConsent("Ilyas")
	p.questions("Zelf, met plaatjes", yusufAnswers)
	p.looksOver()
	p.profileOfYusuf()
	p.chooseTheClub()
	p.arrangeAndTry()
	p.keepsTakingPart()
}

func (p *person) newChild(name string) {
	p.click("Nieuw kind")
	p.fill("Voornaam", name)
	p.fill("Geboren in de maand", "april")
	p.fill("Jaar", "2016")
	p.fill("School", "De Zonnewijzer")
	p.fill("Postcode thuis", "3095 AA")
	p.tap("Waar wil het kind hulp bij?", "Meer bewegen")
	p.tap("Wie meldt het kind aan?", "School")
	p.click("Opslaan en verder")
	p.sees("Opgeslagen. Plan nu het eerste gesprek.", name, "10 jaar")
}

func (p *person) firstTalkAndConsent(name string) {
	p.click("Traject: aangemeld")
	p.click("Eerste gesprek is geweest")
	p.click("We gaan samen verder")
	p.click("Over " + name)
	p.click("Vraag toestemming")
	p.sees("Ja en nee zijn allebei goed")
	p.tap("Gezag", "Heeft gezag")
	p.tap("Vragen beantwoorden", "Ja")
	p.click("Opslaan")
	p.sees("De antwoorden zijn opgeslagen.")
}

// questions takes a questionnaire from its first page until the answers can be looked over.
func (p *person) questions(variant string, answers map[string][]string) {
	p.t.Helper()
	p.tap("Welke vragen?", variant)
	p.tap("Hoe?", "Met mij erbij")
	p.clickIn("Vragen van Kind in Kaart", "Begin met de vragen")
	p.answerAll(answers)
}

// answerAll answers from the welcome on, until the page where everything can be looked over. It gives the questions that were asked.
func (p *person) answerAll(answers map[string][]string) map[string]bool {
	p.t.Helper()
	p.click(eval[string](p, `document.querySelector(".kids-start a").innerText.trim()`))
	asked := map[string]bool{}
	for range 60 {
		at := p.address()
		if strings.Contains(at, "/nakijken") {
			return asked
		}
		id, _ := questionAt(at)
		asked[id] = true
		p.answer(answers)
		if p.address() == at {
			p.fail("de vraag gaat niet verder: %s", p.text())
		}
	}
	p.fail("er komt geen einde aan de vragen")
	return nil
}

// questionAt reads the question from an address, and whether it is its second page.
func questionAt(address string) (id string, second bool) {
	page, query, _ := strings.Cut(address, "?")
	return page[strings.LastIndex(page, "/")+1:], strings.Contains(query, "deel=2")
}

// answer answers the question on the page; what has no answer is skipped.
func (p *person) answer(answers map[string][]string) {
	p.t.Helper()
	id, second := questionAt(p.address())
	if second && id != "W1" {
		id += "/2"
	}
	wanted, known := answers[id]
	done := known
	switch {
	case id == "W1":
		done = p.pictures()
	case id == "W2":
		for _, w := range wanted {
			p.click(w)
		}
	case id == "W3" && known:
		p.typeIn("f-woorden", wanted[0])
	default:
		for _, w := range wanted {
			p.tap("", w)
		}
	}
	if done {
		p.click("Verder")
	} else {
		p.click("Overslaan")
	}
}

// pictures says of each picture on the page what Yusuf finds of it; false when he says nothing about these.
func (p *person) pictures() bool {
	p.t.Helper()
	some := false
	for _, picture := range eval[[]string](p, `[...document.querySelectorAll(".kids-row legend")].map(l => l.innerText.trim())`) {
		if opinion, known := yusufPictures[picture]; known {
			p.tap(picture, opinion)
			some = true
		}
	}
	return some
}

// looksOver ends the questionnaire of the child: the answers, then who may see them.
func (p *person) looksOver() {
	p.t.Helper()
	p.sees("Kijk je antwoorden na", "Met een bal", "Grappen maken, optreden", "Niet leuk: zwemmen, dansen", "“basketballen in een team”")
	p.click("Ik ben klaar")
	p.sees("Mag je vader of moeder dit zien?")
	p.tap("", "Ja, dat mag")
	p.click("Verder")
	p.sees("Je bent er!")
	p.click("Samen kiezen")
}

// profileOfYusuf is what the smw'er sees of the answers, before and after the questions of the parent.
func (p *person) profileOfYusuf() {
	p.t.Helper()
	p.open(childPage.FindString(p.address()))
	p.sees("Dit vindt Ilyas leuk", "Basketbal", "Koken en bakken", "Liever niet:", "basketballen in een team")
	p.questions("Voor ouders", parentAnswers)
	p.sees("Kijk uw antwoorden na", "Het kost te veel")
	p.click("Dit klopt")
	p.click("Terug naar het kind")
	p.sees("Brengen kan op: wo middag en vooravond.", "hoogstens 15 minuten", "Mag alleen lopen")
}

// childPage is the part of an address that is the page of a child.
var childPage = regexp.MustCompile(`/kinderen/[0-9a-f-]{36}`)

// chooseTheClub looks at all cards together and chooses one, with who goes along and when.
func (p *person) chooseTheClub() {
	p.t.Helper()
	p.click("Samen kiezen")
	p.sees("1 Pleinbasketbal", "Past omdat: Staat in jouw top 3: basketbal", "5 min lopen gratis")
	p.sees("Basketbal 10 en 11 jaar wo 17:00–18:15", "6 min fietsen hulp: ")
	if fill := eval[string](p, `getComputedStyle(document.querySelector(".kik-map__ground")).fill`); fill == "rgb(0, 0, 0)" {
		p.fail("de kaart is zwart")
	}
	p.noDance()
	p.open(childPage.FindString(p.address()) + "/kiezen")
	p.clickIn("Basketbal 10 en 11 jaar", "Dit wil ik proberen")
	p.sees("Wie gaat mee?", "Wanneer proberen?")
	p.tap("Wie gaat mee?", "Vriend of vriendin")
	p.tap("Wanneer proberen?", "woensdag 25 november")
	p.tap("", "Voor de smw")
	p.sees("Taken")
	p.click("Ja, dit kies ik")
	p.sees("De keuze is opgeslagen.", "Nu: keuze van het kind", "Taken 2", "aanvragen vóór de start", "Inschrijfgeld € 15,00")
	p.sees("Gaat mee Vriend of vriendin", "€ 345 per jaar, zelf ongeveer € 15", "Proefles woensdag 25 november 2026")
}

// noDance goes through all cards: what the child refused is nowhere.
func (p *person) noDance() {
	p.t.Helper()
	for range 30 {
		p.seesNot("dans", "dance")
		if !strings.Contains(p.text(), "Andere dingen zien") {
			return
		}
		p.click("Andere dingen zien")
	}
	p.fail("er komt geen einde aan de kaartjes")
}

// arrangeAndTry asks the fund, calls the club, tries and enrols. The first time is on Wednesday 2 December.
func (p *person) arrangeAndTry() {
	p.t.Helper()
	p.click("We gaan de drempels regelen")
	p.clickIn("Meedoenfonds", "Het fonds zei ja")
	p.sees("Taken 1", "1 taak klaar")
	p.clickIn("Inschrijfgeld", "Geregeld")
	p.sees("Er staat niets open.")
	p.click("Het is geregeld, contact met de aanbieder")
	p.click("Proefles is afgesproken")
	p.sees("Nu: proefles")
	p.comesBack(civil.Date{Year: 2026, Month: 11, Day: 26})
	p.click("Het was leuk: ingeschreven")
	p.comesBack(civil.Date{Year: 2026, Month: 12, Day: 2})
	p.fill("Wanneer was de eerste keer?", "2026-12-02")
	p.click("De eerste keer is geweest")
	p.sees("Nu: doet mee", "Check 1 op wo 16 dec", "Check 2 op wo 13 jan", "Check 3 op wo 3 mrt")
}

// comesBack is some days later: the session is over, and after logging in the same page is there again.
func (p *person) comesBack(on civil.Date) {
	p.t.Helper()
	at, _, _ := strings.Cut(p.address(), "?")
	p.site.moveTo(on)
	p.open(at)
	p.sees("Inlognaam")
	p.fill("Inlognaam", "smwr.sara")
	p.fill("Wachtwoord", demoPassword)
	p.click("Inloggen")
	if back := p.address(); back != at {
		p.fail("na het inloggen staat er %s, niet %s", back, at)
	}
}

// keepsTakingPart asks on day 14, 42 and 91. Before day 91 the program says when it may be called lasting.
func (p *person) keepsTakingPart() {
	p.t.Helper()
	start := civil.Date{Year: 2026, Month: 12, Day: 2}
	for i, days := range []int{14, 42, 91} {
		p.seesNot("Het kind blijft meedoen")
		p.sees("Dit kan vanaf 3 maart 2027: dan doet het kind 3 maanden mee.")
		p.comesBack(start.AddDays(days))
		p.clickIn("Check "+strconv.Itoa(i+1), "Doet mee")
	}
	p.click("Het kind blijft meedoen")
	p.sees("Nu: blijft meedoen")
}
