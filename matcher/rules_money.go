package matcher

import (
	"cmp"
	"slices"
	"strconv"
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
	return []Remedy{ask.saying("Navragen of " + Euro(c.cost.NetCents) + " per jaar past, en of een fonds kan helpen")}
}

// affordable says whether an amount a year fits the stated budget; without one nothing is known.
func (s *search) affordable(cents int) bool {
	b := s.facts.Budget
	return b.Known && (b.Unlimited || cents <= 12*b.MonthCents)
}

func costText(c *slotCase) string {
	if c.cost.NetCents == c.cost.GrossCents {
		return "Het kost " + Euro(c.cost.GrossCents) + " per jaar."
	}
	return "Het kost " + Euro(c.cost.GrossCents) + " per jaar; waarschijnlijk zelf betalen: " + amount(c.cost.NetCents) + "."
}

// costRemedies: a fund only where one fits, the provider's own lower price for what is left, instalments where the provider has them.
func costRemedies(c *slotCase) []Remedy {
	b, cost := barrierByCode()["kosten"], c.family.Cost(c.priced(c.offer))
	var out []Remedy
	if names := schemeNames(cost); len(names) > 0 {
		text := strings.Join(names, " en ") + " aanvragen vóór de start"
		if cost.ApplyBy.IsValid() {
			text += ", uiterlijk " + shortDate(cost.ApplyBy)
		}
		out = append(out, b.remedy("fonds").saying(text))
	}
	if c.cost.NetCents > 0 && !c.affordable(c.cost.NetCents) {
		text := "Kansentarief (lagere prijs) vragen bij de aanbieder"
		if c.cost.NetCents < c.cost.GrossCents {
			text = c.restName() + " " + Euro(c.cost.NetCents) + ": lagere prijs vragen of anders regelen"
		}
		out = append(out, b.remedy("kansentarief").saying(text))
	}
	if c.offer.says(factInstalments) == yes {
		out = append(out, b.remedy("termijnen"))
	}
	return out
}

// schemeNames are the schemes that can still be asked for and give something, the largest first.
func schemeNames(cost regeling.Cost) []string {
	parts := slices.DeleteFunc(slices.Clone(cost.Parts), func(p regeling.Part) bool {
		return p.Cents == 0 || (p.Certainty != regeling.Expected && p.Certainty != regeling.Possible)
	})
	slices.SortStableFunc(parts, func(a, b regeling.Part) int { return cmp.Compare(b.Cents, a.Cents) })
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.Name
	}
	return names
}

// restName names the price line that is left, when it is one whole line.
func (c *slotCase) restName() string {
	for _, l := range c.offer.price.lines {
		if l.Required && l.Per == "once" && l.Cents == c.cost.NetCents {
			return strings.ToUpper(l.Kind[:1]) + l.Kind[1:]
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

// Euro writes an amount in cents the Dutch way: € 15,00, "gratis" for 0.
func Euro(cents int) string {
	if cents == 0 {
		return "gratis"
	}
	return amount(cents)
}

// amount writes an amount where 0 is a price and not "gratis": a fund still has to say yes.
func amount(cents int) string {
	text := strconv.AppendInt([]byte("€ "), int64(cents/100), 10)
	return string(append(text, ',', byte('0'+cents%100/10), byte('0'+cents%10)))
}
