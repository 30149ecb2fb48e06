package matcher

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// evidence is something the child said that points to tags, with the words to say it back.
type evidence struct {
	strength float64
	tags     []string // leaves and groups
	text     string
}

// ownEvidence collects what the child itself said, strongest first. Mood, school liking, needs and family answers are
// not among it (DOMAIN 3.2, never).
func ownEvidence(v questionnaire.Variant, answers questionnaire.Answers) []evidence {
	var out []evidence
	def := questionnaire.Default()
	for id, say := range ownWords {
		item, ok := def.Item(id)
		if !ok || answers[id] == nil {
			continue
		}
		chosen := chosenOptions(item.Type, answers[id])
		for i, o := range chosen {
			for _, option := range item.OptionsFor(v) {
				if option.ID == o {
					out = append(out, evidence{say.strength - 0.01*float64(i), tagsOf(option), fmt.Sprintf(say.text, lowerFirst(option.Text))})
				}
			}
			if item.Type == "open_short" {
				label := questionnaire.Taxonomy().Label(o)
				out = append(out, evidence{say.strength - 0.01*float64(i), []string{o}, fmt.Sprintf(say.text, lowerFirst(label))})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].strength != out[j].strength {
			return out[i].strength > out[j].strength
		}
		return out[i].text < out[j].text
	})
	return out
}

// ownWords says per item how a child's answer is given back, and how strongly it counts as a reason.
var ownWords = map[string]struct {
	strength float64
	text     string
}{
	"W2": {1.0, "Staat in jouw top 3: %s"},
	"W3": {0.9, "Jij zei zelf: %s"},
	"W1": {0.7, "Dit vind je leuk: %s"},
	"T1": {0.6, "Hier ben je goed in: %s"},
	"T2": {0.5, "Anderen zeggen dat je dit goed kunt: %s"},
	"C3": {0.5, "Dit wil je ook kunnen: %s"},
	"F1": {0.3, "Dit doe je nu al graag: %s"},
	"S2": {0.2, "Dit vind je leuk op school: %s"},
}

// chosenOptions gives the options that speak for something, in the order of the answer.
func chosenOptions(kind string, raw json.RawMessage) []string {
	if kind == "grid3" {
		var grid map[string]string
		if json.Unmarshal(raw, &grid) != nil {
			return nil
		}
		var liked []string
		for id, a := range grid {
			if a == "leuk" {
				liked = append(liked, id)
			}
		}
		slices.Sort(liked)
		return liked
	}
	var ids []string
	if json.Unmarshal(raw, &ids) != nil {
		return nil
	}
	return ids
}

func tagsOf(o questionnaire.Option) []string {
	tags := make([]string, 0, len(o.Tags))
	for _, t := range o.Tags {
		tags = append(tags, t.Tag)
	}
	return tags
}

// mostReasons is how many reasons a line may have (DOMAIN 8, promise 6).
const mostReasons = 3

// reasons gives at most three: first the child's own words about this activity, then what makes it easy.
func (c *slotCase) reasons(tag string) []string {
	out := make([]string, 0, mostReasons)
	if c.offer.audience == forParent || c.offer.audience.together() && c.profile.ParentOwn[tag] > 0 {
		out = append(out, "U zei dat u hier zelf aan wilt meedoen")
	}
	for _, e := range c.own {
		if len(out) < 2 && e.speaksFor(tag) {
			out = append(out, e.text)
		}
	}
	if len(out) == 0 && c.profile.ParentInterest[tag] > 0 {
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

// speaksFor says whether evidence points at the tag itself or at its group.
func (e *evidence) speaksFor(tag string) bool {
	leaf, _ := questionnaire.Leaf(tag)
	return slices.Contains(e.tags, tag) || (leaf.Group != "" && slices.Contains(e.tags, leaf.Group))
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
	switch n := c.offer.freeLessons; {
	case c.offer.costsSaid && c.cost.GrossCents == 0:
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
