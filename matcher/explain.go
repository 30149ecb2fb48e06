package matcher

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// mostReasons is how many reasons a line may have (DOMAIN 8, promise 6).
const mostReasons = 3

// reasons gives at most three: first the child's own words about this activity, then what makes it easy. The leaf is the
// one that fits best, -1 when none does.
func (c *slotCase) reasons(leaf int8) []string {
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
	if near, ok := c.nearby(); ok && len(out) < mostReasons {
		out = append(out, near)
	}
	if easy, ok := c.easyPrice(); ok && len(out) < mostReasons {
		out = append(out, easy)
	}
	return out
}

// nearby says that the way is within what the family agreed.
func (c *slotCase) nearby() (string, bool) {
	if !c.trip.known || c.trip.minutes > c.limit {
		return "", false
	}
	text := "Dichtbij: " + tripText(c.trip)
	if c.trip.alone == yes {
		text += ", dat mag je alleen"
	}
	return text, true
}

func (c *slotCase) easyPrice() (string, bool) {
	switch n := c.offer.freeLessons(); {
	case c.offer.is(flagCostsSaid) && c.cost.GrossCents == 0:
		return "Het is gratis", true
	case n == 1:
		return "Je mag 1 keer gratis proberen", true
	case n > 1:
		return "Je mag " + strconv.Itoa(n) + " keer gratis proberen", true
	}
	return "", false
}

var modeWords = map[geo.Mode]string{geo.Walk: "lopen", geo.Bike: "fietsen", geo.Transit: "met bus, tram of metro", geo.Car: "met de auto"}

// tripText writes a way: "ongeveer 6 minuten fietsen via Willemsbrug".
func tripText(t trip) string {
	n := wholeMinutes(t.way.Minutes)
	unit := " minuten "
	if n == 1 {
		unit = " minuut "
	}
	text := "ongeveer " + strconv.Itoa(n) + unit + modeWords[t.way.Mode]
	if t.way.Via != "" {
		text += " via " + t.way.Via
	}
	return text
}

// wholeMinutes rounds to whole minutes; a way that exists takes at least one.
func wholeMinutes(m float64) int {
	if m <= 0 {
		return 0
	}
	return max(1, int(math.Round(m)))
}

// moneyText shows at most three figures, and never zero as certain before approval (DOMAIN 4.3, 5).
func moneyText(cost regeling.Cost) string {
	if cost.GrossCents == 0 {
		return "Gratis"
	}
	text := "Prijs " + Euro(cost.GrossCents) + " per jaar"
	if cost.NetCents < cost.GrossCents {
		text += "; waarschijnlijk zelf betalen " + amount(cost.NetCents)
	}
	if cost.MaybeCents < cost.NetCents {
		text += "; misschien minder: " + amount(cost.MaybeCents)
	}
	return text
}

func interestText(tag string, band Band) string {
	label := questionnaire.Taxonomy().Label(tag)
	switch band {
	case FitsWell:
		return label + " past goed"
	case Fits:
		return label + " past"
	case Maybe:
		return label + " past misschien"
	}
	return "Het kind zei hier niets over"
}

var months = []string{"", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

func shortDate(d civil.Date) string {
	return fmt.Sprintf("%d %s %d", d.Day, months[d.Month], d.Year)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
