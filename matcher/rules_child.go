package matcher

import (
	"fmt"
	"slices"
)

var (
	withoutSiblings = pick("oppas", "oppas_aanwezig")
	withSiblings    = pick("oppas", "oppas_aanwezig", "samen")
	askSteps        = pick("fysiek_toegankelijk", "navragen")
	askDiploma      = setOf(ask.saying("Navragen welk zwemdiploma het kind heeft"))
	askAge          = pick("leeftijd", "navragen")
)

// siblingsRule: soft for a child's activity, hard for a parent's without childcare (DOMAIN 5, oppas).
func siblingsRule(c *slotCase) (finding, bool) {
	switch {
	case c.offer.siblings == yes, c.offer.childcare == yes:
		return finding{}, false
	case c.offer.audience == forParent && c.offer.siblings == no:
		return finding{hard: true, say: "Er zijn ook andere kinderen thuis.", remedies: withoutSiblings}, true
	case c.offer.audience == forParent:
		return finding{hard: true, say: "Er zijn ook andere kinderen thuis.", remedies: withSiblings}, true
	}
	return finding{say: "Bij brengen en halen zijn er ook andere kinderen thuis."}, c.trip.alone != yes
}

// formsRule: only where signing up needs a form, an app or DigiD (DOMAIN 5, formulieren).
func formsRule(c *slotCase) (finding, bool) {
	return finding{say: "Aanmelden gaat met een formulier of computer."}, !c.offer.easySignUp
}

// languageRule: soft where the family named it, hard for a parents' talk group without a shared language or interpreter
// (DOMAIN 5, taal). Only there the language of contact counts by itself: in a talk group one has to understand each other.
func languageRule(c *slotCase) (finding, bool) {
	own := c.facts.Language
	talk := c.offer.audience == forParent && c.offer.domain == "cjg" && c.offer.interpreter != yes
	if own != "" && c.offer.speaks(own) {
		return finding{}, false
	}
	return finding{hard: talk, say: "De taal kan lastig zijn."}, c.named("taal") || talk && own != ""
}

// speaks says whether a language is spoken; Dutch is when nothing was said.
func (o *offer) speaks(language string) bool {
	if len(o.languages) == 0 {
		return language == "nl"
	}
	return slices.Contains(o.languages, language)
}

func (c *slotCase) needs(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(c.facts.Needs, id) })
}

// accessRule: steps are a no for a wheelchair; unknown is a question and never a yes (DOMAIN 5, fysiek_toegankelijk).
func accessRule(c *slotCase) (finding, bool) {
	if c.offer.stepFree == yes || !c.needs("wheelchair", "walking_difficulty") {
		return finding{}, false
	}
	if c.offer.stepFree == no {
		return finding{hard: true, say: "De plek is niet zonder drempels of trap te bereiken."}, true
	}
	return finding{unknown: true, say: "Het is niet bekend of de plek zonder drempels is.", remedies: askSteps}, true
}

// supportRule: soft; hard when the provider says it cannot give guidance that is needed (DOMAIN 5, prikkels_begeleiding).
func supportRule(c *slotCase) (finding, bool) {
	switch {
	case len(c.facts.Needs) == 0:
		return finding{}, false
	case c.needs("guidance_needed") && c.offer.extraSupport != yes:
		return finding{hard: c.offer.extraSupport == no, say: "Extra begeleiding is nodig."}, true
	case c.needs("low_stimulus") && c.offer.lowStimulus != yes:
		return finding{say: "Drukte of veel geluid is hier misschien lastig."}, true
	case c.needs("hearing", "seeing") && c.offer.extraSupport != yes:
		return finding{say: "De begeleider moet weten wat helpt bij horen of zien."}, true
	}
	return finding{}, false
}

func medicalRule(c *slotCase) (finding, bool) {
	return finding{say: "De ouder bespreekt met de begeleider waar die op moet letten."}, c.needs("medical_plan")
}

// swimRule: hard below the minimum, a question when the diploma is not known (DOMAIN 5, zwemdiploma).
func swimRule(c *slotCase) (finding, bool) {
	least := swimRank(c.offer.swimMin)
	if least <= 0 {
		return finding{}, false
	}
	switch has := swimRank(c.facts.Swim); {
	case has < 0:
		return finding{unknown: true, tell: diplomaText, remedies: askDiploma}, true
	case has < least:
		return finding{hard: true, tell: diplomaText}, true
	}
	return finding{}, false
}

func diplomaText(c *slotCase) string { return "Hier is zwemdiploma " + c.offer.swimMin + " nodig." }

// swimRank orders the diplomas; -1 = not known.
func swimRank(diploma string) int { return slices.Index([]string{"none", "A", "AB", "ABC"}, diploma) }

func twoHomesRule(c *slotCase) (finding, bool) {
	return finding{say: "Het kind woont op twee adressen."}, c.offer.absenceOK != yes
}

func groupRule(c *slotCase) (finding, bool) {
	return finding{say: "Dit is een gemengde groep. Het gezin let op de groep."}, c.offer.mixed
}

// ageRule: hard; one year beside the limits is a question (DOMAIN 5, leeftijd).
func ageRule(c *slotCase) (finding, bool) {
	lo, hi := int(c.offer.ageMin), int(c.offer.ageMax)
	if c.offer.audience == forParent || lo < 0 && hi < 0 {
		return finding{}, false
	}
	if !c.need.Born.Known() {
		return finding{unknown: true, say: "De leeftijd van het kind is niet bekend."}, true
	}
	age, beside := c.ageThere(), 0
	if lo >= 0 && age < lo {
		beside = lo - age
	}
	if hi >= 0 && age > hi {
		beside = age - hi
	}
	switch beside {
	case 0:
		return finding{}, false
	case 1:
		return finding{unknown: true, tell: ageText, remedies: askAge}, true
	}
	return finding{hard: true, tell: ageText}, true
}

func ageText(c *slotCase) string {
	return fmt.Sprintf("Dit is voor %s. Het kind is dan %d jaar.", AgeText(years(c.offer.ageMin), years(c.offer.ageMax)), c.ageThere())
}

func years(limit int16) *int {
	if limit < 0 {
		return nil
	}
	n := int(limit)
	return &n
}

// AgeText writes an age range: "8 t/m 12 jaar", "vanaf 6 jaar", "tot en met 12 jaar", "alle leeftijden".
func AgeText(lo, hi *int) string {
	switch {
	case lo == nil && hi == nil:
		return "alle leeftijden"
	case hi == nil:
		return fmt.Sprintf("vanaf %d jaar", *lo)
	case lo == nil:
		return fmt.Sprintf("tot en met %d jaar", *hi)
	case *lo == *hi:
		return fmt.Sprintf("%d jaar", *lo)
	}
	return fmt.Sprintf("%d t/m %d jaar", *lo, *hi)
}
