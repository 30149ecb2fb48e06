package matcher

import (
	"fmt"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

func (c *slotCase) forParents() bool { return c.offer.Audience == "parent" }

// siblingsRule: soft for a child's activity, hard for a parent's without childcare (DOMAIN 5, oppas).
func siblingsRule(c *slotCase) (finding, bool) {
	switch {
	case c.offer.Siblings == catalog.Yes, c.offer.Childcare == catalog.Yes:
		return finding{}, false
	case c.forParents():
		remedies := pick("oppas", "oppas_aanwezig")
		if c.offer.Siblings != catalog.No {
			remedies = append(remedies, pick("oppas", "samen")...)
		}
		return finding{hard: true, text: "Er zijn ook andere kinderen thuis.", remedies: remedies}, true
	case c.trip.alone == yes:
		return finding{}, false
	}
	return finding{text: "Bij brengen en halen zijn er ook andere kinderen thuis."}, true
}

// formsRule: only where signing up needs a form, an app or DigiD (DOMAIN 5, formulieren).
func formsRule(c *slotCase) (finding, bool) {
	r := c.offer.Registration
	easy := r.DigiD != catalog.Yes && (slices.Contains(r.Via, "telefoon") || slices.Contains(r.Via, "langskomen"))
	return finding{text: "Aanmelden gaat met een formulier of computer."}, !easy
}

// languageRule: soft where the family named it, hard for a parents' talk group without a shared language or interpreter
// (DOMAIN 5, taal). Only there the language of contact counts by itself: in a talk group one has to understand each other.
func languageRule(c *slotCase) (finding, bool) {
	spoken := c.offer.Languages
	if len(spoken) == 0 {
		spoken = []string{"nl"}
	}
	own := c.facts.Language
	talk := c.forParents() && c.offer.Domain == "cjg" && c.offer.Interpreter != catalog.Yes
	f := finding{hard: talk, text: "De taal kan lastig zijn."}
	if own != "" && slices.Contains(spoken, own) {
		return finding{}, false
	}
	return f, c.named("taal") || talk && own != ""
}

func (c *slotCase) needs(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(c.facts.Needs, id) })
}

// accessRule: steps are a no for a wheelchair; unknown is a question and never a yes (DOMAIN 5, fysiek_toegankelijk).
func accessRule(c *slotCase) (finding, bool) {
	if !c.needs("wheelchair", "walking_difficulty") {
		return finding{}, false
	}
	switch c.offer.Access.StepFree {
	case catalog.Yes:
		return finding{}, false
	case catalog.No:
		return finding{hard: true, text: "De plek is niet zonder drempels of trap te bereiken."}, true
	}
	return finding{state: questionnaire.BarrierUnknown, text: "Het is niet bekend of de plek zonder drempels is.", remedies: pick("fysiek_toegankelijk", "navragen")}, true
}

// supportRule: soft; hard when the provider says it cannot give guidance that is needed (DOMAIN 5, prikkels_begeleiding).
func supportRule(c *slotCase) (finding, bool) {
	a := c.offer.Access
	switch {
	case c.needs("guidance_needed") && a.ExtraSupport != catalog.Yes:
		return finding{hard: a.ExtraSupport == catalog.No, text: "Extra begeleiding is nodig."}, true
	case c.needs("low_stimulus") && a.LowStimulus != catalog.Yes:
		return finding{text: "Drukte of veel geluid is hier misschien lastig."}, true
	case c.needs("hearing", "seeing") && a.ExtraSupport != catalog.Yes:
		return finding{text: "De begeleider moet weten wat helpt bij horen of zien."}, true
	}
	return finding{}, false
}

func medicalRule(c *slotCase) (finding, bool) {
	return finding{text: "De ouder bespreekt met de begeleider waar die op moet letten."}, c.needs("medical_plan")
}

var swimRank = map[string]int{"none": 0, "A": 1, "AB": 2, "ABC": 3}

// swimRule: hard below the minimum, a question when the diploma is not known (DOMAIN 5, zwemdiploma).
func swimRule(c *slotCase) (finding, bool) {
	least := c.offer.Conditions.SwimMin
	if least == "" {
		return finding{}, false
	}
	has, known := swimRank[c.facts.Swim]
	switch {
	case !known:
		return finding{state: questionnaire.BarrierUnknown, text: "Hier is zwemdiploma " + least + " nodig.", remedies: []Remedy{ask.saying("Navragen welk zwemdiploma het kind heeft")}}, true
	case has < swimRank[least]:
		return finding{hard: true, text: "Hier is zwemdiploma " + least + " nodig."}, true
	}
	return finding{}, false
}

func twoHomesRule(c *slotCase) (finding, bool) {
	return finding{text: "Het kind woont op twee adressen."}, c.offer.AbsenceOK != catalog.Yes
}

func groupRule(c *slotCase) (finding, bool) {
	mixed := c.offer.Group == "" || c.offer.Group == "mixed"
	return finding{text: "Dit is een gemengde groep. Het gezin let op de groep."}, mixed
}

// ageRule: hard; one year beside the limits is a question (DOMAIN 5, leeftijd).
func ageRule(c *slotCase) (finding, bool) {
	lo, hi := c.offer.AgeMin, c.offer.AgeMax
	if c.offer.Audience == "parent" || (lo == nil && hi == nil) {
		return finding{}, false
	}
	if !c.need.Born.Known() {
		return finding{state: questionnaire.BarrierUnknown, text: "De leeftijd van het kind is niet bekend."}, true
	}
	age, beside := c.ageThere(), 0
	if lo != nil && age < *lo {
		beside = *lo - age
	}
	if hi != nil && age > *hi {
		beside = age - *hi
	}
	if beside == 0 {
		return finding{}, false
	}
	text := fmt.Sprintf("Dit is voor %s. Het kind is dan %d jaar.", AgeText(lo, hi), age)
	if beside == 1 {
		return finding{state: questionnaire.BarrierUnknown, text: text, remedies: pick("leeftijd", "navragen")}, true
	}
	return finding{hard: true, text: text}, true
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
