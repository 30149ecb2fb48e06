package matcher

import "slices"

var (
	withoutSiblings = pick("oppas", "oppas_aanwezig")
	withSiblings    = pick("oppas", "oppas_aanwezig", "samen")
	askSteps        = pick("fysiek_toegankelijk", "navragen")
	askDiploma      = setOf(ask.saying("Navragen welk zwemdiploma het kind heeft"))
	askAge          = pick("leeftijd", "navragen")

	onlyPresent   = &why{say: "Er zijn ook andere kinderen thuis.", remedies: withoutSiblings}
	orTogether    = &why{say: "Er zijn ook andere kinderen thuis.", remedies: withSiblings}
	othersAlong   = &why{say: "Bij brengen en halen zijn er ook andere kinderen thuis."}
	byForm        = &why{say: "Aanmelden gaat met een formulier of computer."}
	otherLanguage = &why{say: "De taal kan lastig zijn."}
	steps         = &why{say: "De plek is niet zonder drempels of trap te bereiken."}
	stepsUnknown  = &why{say: "Het is niet bekend of de plek zonder drempels is.", remedies: askSteps}
	guidance      = &why{say: "Extra begeleiding is nodig."}
	noise         = &why{say: "Drukte of veel geluid is hier misschien lastig."}
	senses        = &why{say: "De begeleider moet weten wat helpt bij horen of zien."}
	diploma       = &why{tell: diplomaText}
	diplomaAsked  = &why{tell: diplomaText, remedies: askDiploma}
	twoHomes      = &why{say: "Het kind woont op twee adressen."}
	mixedGroup    = &why{say: "Dit is een gemengde groep. Het gezin let op de groep."}
	bornUnknown   = &why{say: "De leeftijd van het kind is niet bekend."}
	otherAge      = &why{tell: ageText}
	justBeside    = &why{tell: ageText, remedies: askAge}
)

// siblingsRule: soft for a child's activity, hard for a parent's without childcare (DOMAIN 5, oppas).
func siblingsRule(c *slotCase) finding {
	switch {
	case c.offer.says(factSiblings) == yes, c.offer.says(factChildcare) == yes:
		return nothing
	case c.offer.audience() == forParent && c.offer.says(factSiblings) == no:
		return hard(onlyPresent)
	case c.offer.audience() == forParent:
		return hard(orTogether)
	}
	return soft(othersAlong).when(c.trip.alone != yes)
}

// formsRule: only where signing up needs a form, an app or DigiD (DOMAIN 5, formulieren).
func formsRule(c *slotCase) finding { return soft(byForm).when(!c.offer.is(flagEasySignUp)) }

// languageRule: soft where the family named it, hard for a parents' talk group without a shared language or interpreter
// (DOMAIN 5, taal). Only there the language of contact counts by itself: in a talk group one has to understand each other.
func languageRule(c *slotCase) finding {
	own := c.facts.Language
	if own != "" && speaks(c.offer.languages, own) {
		return nothing
	}
	if c.offer.audience() == forParent && c.offer.domain() == "cjg" && c.offer.says(factInterpreter) != yes {
		return hard(otherLanguage)
	}
	return soft(otherLanguage).when(c.named("taal"))
}

// mayLanguage: the language counts where the family named it or said which one it speaks.
func mayLanguage(s *search, code string) bool { return s.named(code) || s.facts.Language != "" }

// speaks says whether a language is among those spoken; Dutch is when nothing was said.
func speaks(spoken []string, language string) bool {
	if len(spoken) == 0 {
		return language == "nl"
	}
	return slices.Contains(spoken, language)
}

// onWheels are the needs of a child for whom steps stand in the way.
var onWheels = []string{"wheelchair", "walking_difficulty"}

func (s *search) needs(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(s.facts.Needs, id) })
}

// accessRule: steps are a no for a wheelchair; unknown is a question and never a yes (DOMAIN 5, fysiek_toegankelijk).
func accessRule(c *slotCase) finding {
	switch c.offer.says(factStepFree) {
	case yes:
		return nothing
	case no:
		return hard(steps)
	}
	return question(stepsUnknown)
}

// supportRule: soft; hard when the provider says it cannot give guidance that is needed (DOMAIN 5, prikkels_begeleiding).
func supportRule(c *slotCase) finding {
	extra := c.offer.says(factExtraSupport)
	switch {
	case extra == no && c.needs("guidance_needed"):
		return hard(guidance)
	case extra != yes && c.needs("guidance_needed"):
		return soft(guidance)
	case c.offer.says(factLowStimulus) != yes && c.needs("low_stimulus"):
		return soft(noise)
	case extra != yes && c.needs("hearing", "seeing"):
		return soft(senses)
	}
	return nothing
}

// swimRule: hard below the minimum, a question when the diploma is not known (DOMAIN 5, zwemdiploma).
func swimRule(c *slotCase) finding {
	least := c.offer.swimMin()
	if least == 0 {
		return nothing
	}
	switch has := slices.Index(diplomas, c.facts.Swim); {
	case has < 0:
		return question(diplomaAsked)
	case has < least:
		return hard(diploma)
	}
	return nothing
}

// diplomas in order, as an answer says them.
var diplomas = []string{"none", "A", "AB", "ABC"}

func diplomaText(c *slotCase) string {
	return c.sheet.say("Hier is zwemdiploma ", diplomas[c.offer.swimMin()], " nodig.")
}

func twoHomesRule(c *slotCase) finding {
	return soft(twoHomes).when(c.offer.says(factAbsenceOK) != yes)
}

func groupRule(c *slotCase) finding { return soft(mixedGroup).when(c.offer.is(flagMixed)) }

// ageRule: hard; one year beside the limits is a question (DOMAIN 5, leeftijd).
func ageRule(c *slotCase) finding {
	lo, hi := c.offer.ages()
	if c.offer.audience() == forParent || lo < 0 && hi < 0 {
		return nothing
	}
	if !c.need.Born.Known() {
		return question(bornUnknown)
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
		return nothing
	case 1:
		return question(justBeside)
	}
	return hard(otherAge)
}

func ageText(c *slotCase) string {
	s := &c.sheet
	return s.say("Dit is voor ", s.ages(c.offer.ages()), ". Het kind is dan ", s.number(c.ageThere()), " jaar.")
}
