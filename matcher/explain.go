package matcher

import (
	"math"
	"strings"
	"sync"

	"wijknetwerk/geo"
)

// mostReasons is how many reasons a line may have (DOMAIN 8, promise 6).
const mostReasons = 3

// reasons gives at most three: first the child's own words about this activity, then what makes it easy. The leaf is the
// one that fits best, -1 when none does; the way is in words.
func (c *slotCase) reasons(leaf int8, way string) []string {
	out := make([]string, 0, mostReasons)
	if c.offer.audience() == forParent || c.offer.audience().together() && leaf >= 0 && c.parental[leaf] > 0 {
		out = append(out, "U zei dat u hier zelf aan wilt meedoen")
	}
	for i := range c.own {
		if e := &c.own[i]; len(out) < 2 && leaf >= 0 && e.leaves>>leaf&1 == 1 {
			out = append(out, e.text)
		}
	}
	if len(out) == 0 && leaf >= 0 && c.parents[leaf] > 0 {
		out = append(out, "Thuis zien ze dat je hier blij van wordt")
	}
	if near, ok := c.nearby(way); ok && len(out) < mostReasons {
		out = append(out, near)
	}
	if easy, ok := c.easyPrice(); ok && len(out) < mostReasons {
		out = append(out, easy)
	}
	return c.sheet.reasons.keep(out)
}

// nearby says that the way is within what the family agreed.
func (c *slotCase) nearby(way string) (string, bool) {
	if !c.trip.known || c.trip.minutes > c.limit {
		return "", false
	}
	alone := ""
	if c.trip.alone == yes {
		alone = ", dat mag je alleen"
	}
	return c.sheet.say("Dichtbij: ", way, alone), true
}

func (c *slotCase) easyPrice() (string, bool) {
	switch n := c.offer.freeLessons(); {
	case c.offer.is(flagCostsSaid) && c.cost.GrossCents == 0:
		return "Het is gratis", true
	case n == 1:
		return "Je mag 1 keer gratis proberen", true
	case n > 1:
		return c.sheet.say("Je mag ", c.sheet.number(n), " keer gratis proberen"), true
	}
	return "", false
}

var modeWords = map[geo.Mode]string{geo.Walk: "lopen", geo.Bike: "fietsen", geo.Transit: "met bus, tram of metro", geo.Car: "met de auto"}

// wayText writes a way: "ongeveer 6 minuten fietsen via Willemsbrug".
func (c *slotCase) wayText() string {
	way := &c.trip.way
	n, unit, via := wholeMinutes(way.Minutes), " minuten ", ""
	if n == 1 {
		unit = " minuut "
	}
	if way.Via != "" {
		via = " via "
	}
	return c.sheet.say("ongeveer ", c.sheet.number(n), unit, modeWords[way.Mode], via, way.Via)
}

// wholeMinutes rounds to whole minutes; a way that exists takes at least one.
func wholeMinutes(m float64) int {
	if m <= 0 {
		return 0
	}
	return max(1, int(math.Round(m)))
}

// moneyText shows at most three figures, and never zero as certain before approval (DOMAIN 4.3, 5).
func (s *sheet) moneyText() string {
	cost := &s.cost
	if cost.GrossCents == 0 {
		return "Gratis"
	}
	words := append(make([]string, 0, 8), "Prijs ", s.euro(cost.GrossCents), " per jaar")
	if cost.NetCents < cost.GrossCents {
		words = append(words, "; waarschijnlijk zelf betalen ", s.amount(cost.NetCents))
	}
	if cost.MaybeCents < cost.NetCents {
		words = append(words, "; misschien minder: ", s.amount(cost.MaybeCents))
	}
	return s.say(words...)
}

// interestTexts says of each leaf how well it fits, by band.
var interestTexts = sync.OnceValue(func() map[Band][]string {
	texts := map[Band][]string{}
	for _, leaf := range leaves().tag {
		texts[FitsWell] = append(texts[FitsWell], leaf.Label+" past goed")
		texts[Fits] = append(texts[Fits], leaf.Label+" past")
		texts[Maybe] = append(texts[Maybe], leaf.Label+" past misschien")
	}
	return texts
})

func interestText(leaf int8, band Band) string {
	if band == "" {
		return "Het kind zei hier niets over"
	}
	return interestTexts()[band][leaf]
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
