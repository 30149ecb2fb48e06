package matcher

import (
	"cmp"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

var (
	askPrice   = setOf(ask.saying("Navragen wat het kost"))
	kitChoices = all("spullen")

	priceUnknown  = &why{say: "De prijs is niet bekend.", remedies: askPrice}
	tooDear       = &why{tell: costText, offering: costRemedies}
	budgetUnknown = &why{say: "Het is niet bekend of de prijs past.", offering: askBudget}
	kitNeeded     = &why{say: "Er zijn kleren of spullen nodig.", remedies: kitChoices}
)

// mayCost: money stands in nobody's way who said it does not matter.
func mayCost(s *search, _ string) bool { return !s.facts.Budget.Unlimited }

// costRule: hard when the expected net cost per month is above what the family said and no scheme is expected (DOMAIN 5, kosten).
func costRule(c *slotCase) finding {
	if !c.offer.is(flagCostsSaid) {
		return question(priceUnknown)
	}
	sure := c.cost.NetCents + c.cost.ExpectedCents // what is to be paid when no fund says yes any more
	if sure <= 0 || c.affordable(sure) {
		return nothing
	}
	if c.facts.Budget.Known {
		hard := c.cost.ExpectedCents == 0 && !c.affordable(c.cost.NetCents)
		return finding{why: tooDear, hard: hard, lifts: hard} // the provider can always be asked for a lower price
	}
	switch c.state("kosten") {
	case questionnaire.BarrierYes:
		return soft(tooDear)
	case questionnaire.BarrierNotMentioned, questionnaire.BarrierNo:
		return nothing
	}
	return question(budgetUnknown)
}

func askBudget(c *slotCase) []Remedy {
	s := &c.sheet
	return append(s.choices[:0], ask.saying(s.say("Navragen of ", s.euro(c.cost.NetCents), " per jaar past, en of een fonds kan helpen")))
}

// affordable says whether an amount a year fits the stated budget; without one nothing is known.
func (s *search) affordable(cents int) bool {
	b := s.facts.Budget
	return b.Known && (b.Unlimited || cents <= 12*b.MonthCents)
}

func costText(c *slotCase) string {
	s := &c.sheet
	words := append(make([]string, 0, 8), "Het kost ", s.euro(c.cost.GrossCents), " per jaar")
	if c.cost.NetCents < c.cost.GrossCents {
		words = append(words, "; waarschijnlijk zelf betalen: ", s.amount(c.cost.NetCents))
	}
	words = append(words, ".")
	if no := c.family.SaidNo(c.offer.id); len(no) > 0 {
		words = append(words, " ", strings.Join(no, " en "), " zei hiervoor nee.")
	}
	return s.say(words...)
}

var (
	fund        = barrierByCode()["kosten"].remedy("fonds")
	lowerPrice  = barrierByCode()["kosten"].remedy("kansentarief")
	instalments = barrierByCode()["kosten"].remedy("termijnen")
)

// costRemedies: a fund only where one fits, the provider's own lower price for what is left, instalments where the provider has them.
func costRemedies(c *slotCase) []Remedy {
	out := c.sheet.choices[:0]
	if text := c.fundText(); text != "" {
		out = append(out, fund.saying(text))
	}
	if c.cost.NetCents > 0 && !c.affordable(c.cost.NetCents) {
		text := "Kansentarief (lagere prijs) vragen bij de aanbieder"
		if c.cost.NetCents < c.cost.GrossCents {
			text = c.sheet.say(c.restName(), " ", c.sheet.euro(c.cost.NetCents), ": lagere prijs vragen of anders regelen")
		}
		out = append(out, lowerPrice.saying(text))
	}
	if c.offer.says(factInstalments) == yes {
		out = append(out, instalments)
	}
	return out
}

// fundText names the schemes that can still be asked for and give something, the largest first; "" when there are none.
func (c *slotCase) fundText() string {
	asked := make([]regeling.Part, 0, 8)
	for _, p := range c.sheet.cost.Parts {
		if p.Certainty == regeling.Expected || p.Certainty == regeling.Possible {
			asked = append(asked, p)
		}
	}
	if len(asked) == 0 {
		return ""
	}
	slices.SortStableFunc(asked, func(a, b regeling.Part) int { return cmp.Compare(b.Cents, a.Cents) })
	words := append(make([]string, 0, 2*cap(asked)), c.fundName(asked[0]))
	for _, p := range asked[1:] {
		words = append(words, " en ", c.fundName(p))
	}
	words = append(words, " aanvragen vóór de start")
	if by := c.sheet.cost.ApplyBy; !by.IsZero() {
		words = append(words, ", uiterlijk ", c.sheet.date(by))
	}
	return c.sheet.say(words...)
}

// fundName names a scheme to ask, and says when it said no to this child for something else.
func (c *slotCase) fundName(p regeling.Part) string {
	if slices.ContainsFunc(c.need.Refused, func(r regeling.Refusal) bool { return r.Scheme == p.Scheme }) {
		return c.sheet.say(p.Name, " (zei nee voor iets anders)")
	}
	return p.Name
}

// restName names the price line that is left, when it is one whole line.
func (c *slotCase) restName() string {
	c.offer.price.read()
	for _, l := range c.offer.price.lines {
		if l.Required && l.Per == "once" && l.Cents == c.cost.NetCents {
			return c.sheet.say(strings.ToUpper(l.Kind[:1]), l.Kind[1:])
		}
	}
	return "Nog zelf te betalen"
}

// kitRule: soft; hard only when the kit is compulsory before the first time (DOMAIN 5, spullen).
func kitRule(c *slotCase) finding {
	switch {
	case !c.offer.is(flagNeedsKit), c.offer.says(factLendsKit) == yes:
		return nothing
	case c.offer.freeLessons() == 0:
		return hard(kitNeeded)
	}
	return soft(kitNeeded)
}
