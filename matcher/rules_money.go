package matcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// costRule: hard when the expected net cost per month is above what the family said and no scheme is expected (DOMAIN 5, kosten).
func costRule(c *slotCase) (finding, bool) {
	if !c.offer.CostsSaid() {
		question := ask.saying("Navragen wat het kost")
		return finding{state: questionnaire.BarrierUnknown, text: "De prijs is niet bekend.", remedies: []Remedy{question}}, !c.facts.Budget.Unlimited
	}
	sure := c.cost.NetCents + covered(c.cost, regeling.Expected) // what is to be paid when no fund says yes any more
	if sure <= 0 || c.affordable(sure) {
		return finding{}, false
	}
	expected := covered(c.cost, regeling.Expected) > 0
	if c.facts.Budget.Known {
		return finding{hard: !expected && !c.affordable(c.cost.NetCents), text: costText(c), remedies: costRemedies(c)}, true
	}
	switch c.state("kosten") {
	case questionnaire.BarrierYes:
		return finding{text: costText(c), remedies: costRemedies(c)}, true
	case questionnaire.BarrierNotMentioned, questionnaire.BarrierNo:
		return finding{}, false
	}
	question := ask.saying("Navragen of " + Euro(c.cost.NetCents) + " per jaar past, en of een fonds kan helpen")
	return finding{state: questionnaire.BarrierUnknown, text: "Het is niet bekend of de prijs past.", remedies: []Remedy{question}}, true
}

// affordable says whether an amount a year fits the stated budget; without one nothing is known.
func (c *slotCase) affordable(cents int) bool {
	b := c.facts.Budget
	return b.Known && (b.Unlimited || cents <= 12*b.MonthCents)
}

func covered(cost regeling.Cost, certainty regeling.Certainty) int {
	sum := 0
	for _, p := range cost.Parts {
		if p.Certainty == certainty {
			sum += p.Cents
		}
	}
	return sum
}

func costText(c *slotCase) string {
	if c.cost.NetCents == c.cost.GrossCents {
		return "Het kost " + Euro(c.cost.GrossCents) + " per jaar."
	}
	return fmt.Sprintf("Het kost %s per jaar; waarschijnlijk zelf betalen: %s.", Euro(c.cost.GrossCents), amount(c.cost.NetCents))
}

// costRemedies: a fund only where one fits, the provider's own lower price for what is left, instalments where the provider has them.
func costRemedies(c *slotCase) []Remedy {
	b := barrierByCode()["kosten"]
	var out []Remedy
	if names := schemeNames(c.cost); len(names) > 0 {
		text := strings.Join(names, " en ") + " aanvragen vóór de start"
		if c.cost.ApplyBy.IsValid() {
			text += ", uiterlijk " + shortDate(c.cost.ApplyBy)
		}
		out = append(out, b.remedy("fonds").saying(text))
	}
	if c.cost.NetCents > 0 && !c.affordable(c.cost.NetCents) {
		text := "Kansentarief (lagere prijs) vragen bij de aanbieder"
		if c.cost.NetCents < c.cost.GrossCents {
			text = restName(c) + " " + Euro(c.cost.NetCents) + ": lagere prijs vragen of anders regelen"
		}
		out = append(out, b.remedy("kansentarief").saying(text))
	}
	if c.offer.Instalments == catalog.Yes {
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
func restName(c *slotCase) string {
	for _, l := range c.offer.lines {
		if l.Required && l.Per == "once" && l.Cents == c.cost.NetCents {
			return strings.ToUpper(l.Kind[:1]) + l.Kind[1:]
		}
	}
	return "Nog zelf te betalen"
}

// kitRule: soft; hard only when the kit is compulsory before the first time (DOMAIN 5, spullen).
func kitRule(c *slotCase) (finding, bool) {
	if !c.offer.needsKit || c.offer.LendsKit == catalog.Yes {
		return finding{}, false
	}
	return finding{hard: c.offer.Trial.FreeLessons == 0, text: "Er zijn kleren of spullen nodig."}, true
}

// Euro writes an amount in cents the Dutch way: € 15,00, "gratis" for 0.
func Euro(cents int) string {
	if cents == 0 {
		return "gratis"
	}
	return fmt.Sprintf("€ %d,%02d", cents/100, cents%100)
}
