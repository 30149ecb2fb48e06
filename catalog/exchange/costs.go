package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"wijknetwerk/catalog"
)

// costs is what a cell with prices says.
type costs struct {
	lines     []catalog.Cost // empty but not nil = gratis; nil = the cell says that it is not known
	freeTrial bool           // "eerste les gratis"
}

const costsExpected = "verwacht een bedrag met waarvoor en per wat, bijvoorbeeld \"€ 185 per seizoen contributie; € 15 inschrijfgeld\", of \"gratis\""

var (
	freeCell     = regexp.MustCompile(`^(helemaal |geheel )?(gratis|kosteloos|geen( kosten)?|nee|€? ?0(,00|,-|\.00)?)( deelname| toegang)?[.!]?$`)
	unknownCell  = regexp.MustCompile(`^(onbekend|in overleg|nog niet bekend|zie (de )?website|op aanvraag)\.?$`)
	freeTry      = regexp.MustCompile(`\(?\b(eerste|proef|twee|2|drie|3)[a-z0-9 ]*(les|lessen|keer|training|trainingen)[a-z ]* gratis\b\)?|\bgratis proef[a-z]*\b|\bproberen is gratis\b`)
	pricePieces  = regexp.MustCompile(`;|\n| & | \+ | en | plus |, `)
	cardWords    = regexp.MustCompile(`(\d{1,3})[ -]*(?:ritten|beurten|strippen|badjes|lessen|keer)[ -]?kaart`)
	timesWords   = regexp.MustCompile(`(\d{1,4}) ?(?:x|keer|maal|lessen|bijeenkomsten|trainingen|workshops)\b`)
	amountWords  = regexp.MustCompile(`(?:€|\beur(?:o)?\b)? ?(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:[.,](\d{1,2}\b|-{1,2}|=))?`)
	refusedWords = regexp.MustCompile(`korting|\bborg\b|%|per week|per \d+ (weken|dagen|maanden)|half uur`)
	extraWords   = regexp.MustCompile(`niet verplicht|optioneel|vrijwillig|mag ook zonder`)
)

// word is a pattern and the value of the contract it stands for.
type word struct {
	pattern *regexp.Regexp
	value   string
}

func wordList(pairs ...string) (out []word) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, word{regexp.MustCompile(pairs[i]), pairs[i+1]})
	}
	return out
}

var perWords = wordList(
	`eenmalig|ineens|\bonce\b`, "once",
	`half ?jaar`, "half",
	`per (maand|mnd)|p\.? ?/ ?m\b|\bp\.m\.|\bpm\b|/ ?(maand|mnd)|maandelijks|\bper month\b`, "month",
	`kwartaal|\bper quarter\b`, "quarter",
	`seizoen|\bper season\b`, "season",
	`per (school|kalender|verenigings)?jaar|/ ?jaar|p\.? ?/ ?j\b|\bp\.j\.|jaarlijks|jaarcontributie|\bper year\b`, "year",
	`per (keer|les|training|bijeenkomst|bezoek|dagdeel|dag|middag|avond|ochtend|workshop|activiteit|x|deelname|time)\b|p\.? ?/ ?k\b|/ ?(keer|les)`, "time",
)

var kindWords = wordList(
	`inschrijf|aanmeldkosten|administratiekosten`, "inschrijfgeld",
	`instrument`, "instrumenthuur",
	`tenue|clubshirt|\bshirt\b`, "tenue",
	`attribu|materia|uitrusting`, "attributen",
	`diploma|\bexamen\b`, "diplomakosten",
	`sporthulpmiddel`, "sporthulpmiddel",
	`schoolspullen`, "schoolspullen",
	`kleding|kostuum|uniform`, "kleding",
	`\bkamp`, "kamp",
	`laptop`, "laptop",
	`\bfiets`, "fiets",
	`\bov\b`, "ov",
	`contributie|lidmaatschap`, "contributie",
	`lesgeld|cursus|\blessen\b|deelname|bijdrage|entree|kaart\b`, "lesgeld",
)

// paidOnce lists what is paid once when nothing else is said.
var paidOnce = map[string]bool{"inschrijfgeld": true, "tenue": true, "kleding": true, "attributen": true, "diplomakosten": true, "kamp": true,
	"fiets": true, "schoolspullen": true, "laptop": true, "sporthulpmiddel": true}

func find(list []word, text string) string {
	for _, w := range list {
		if w.pattern.MatchString(text) {
			return w.value
		}
	}
	return ""
}

// parseCosts reads prices as people write them. usual is the kind of a regular price without a name: contributie for a
// club, else lesgeld.
func parseCosts(cell, usual string) (costs, error) {
	text := strings.ToLower(strings.TrimSpace(dashes.Replace(cell)))
	out := costs{freeTrial: freeTry.MatchString(text)}
	if unknownCell.MatchString(text) {
		return out, nil
	}
	if freeCell.MatchString(text) {
		out.lines = []catalog.Cost{}
		return out, nil
	}
	text = freeTry.ReplaceAllString(text, " ")
	for _, piece := range pricesIn(text) {
		c, err := parsePrice(piece, usual)
		if err != nil {
			return costs{}, fmt.Errorf("%q: %w; %s", cell, err, costsExpected)
		}
		out.lines = append(out.lines, c)
	}
	if len(out.lines) == 0 {
		return costs{}, fmt.Errorf("%q is geen prijs: %s", cell, costsExpected)
	}
	return out, nil
}

// pricesIn splits a cell into pieces with one price each; words without a number belong to the price before them.
func pricesIn(text string) (out []string) {
	for _, piece := range pricePieces.Split(text, -1) {
		piece = strings.Join(strings.Fields(piece), " ")
		switch {
		case piece == "":
		case !strings.ContainsAny(piece, "0123456789") && len(out) > 0:
			out[len(out)-1] += ", " + piece
		default:
			out = append(out, piece)
		}
	}
	return out
}

func parsePrice(piece, usual string) (catalog.Cost, error) {
	if w := refusedWords.FindString(piece); w != "" {
		return catalog.Cost{}, fmt.Errorf("%q kunnen we niet rekenen", w)
	}
	c := catalog.Cost{Required: required(piece)}
	main, aside, _ := strings.Cut(piece, ", exclusief")
	card, times := cardWords.FindStringSubmatch(main), []string(nil)
	main = cardWords.ReplaceAllString(main, " kaart ")
	if card == nil {
		times = timesWords.FindStringSubmatch(main)
		main = timesWords.ReplaceAllString(main, " ")
	}
	amounts := amountWords.FindAllStringSubmatch(main, -1)
	if len(amounts) != 1 || strings.ContainsAny(aside, "0123456789") {
		return c, fmt.Errorf("%q heeft niet precies één bedrag", piece)
	}
	c.Cents = cents(amounts[0])
	c.Per, c.Kind = find(perWords, main), find(kindWords, main)
	return complete(c, usual, count(card), count(times))
}

// complete fills in what a price leaves to the reader: its kind, its period, and the price of one time when a card or a
// course has one price for all.
func complete(c catalog.Cost, usual string, card, times int) (catalog.Cost, error) {
	switch {
	case card > 0 || times > 0 && c.Per == "" && !paidOnce[c.Kind]:
		n := max(card, times)
		c.Cents, c.Per, c.Times = (c.Cents+n-1)/n, "time", n
	case times > 0:
		c.Times = times
	case c.Per == "half":
		c.Cents, c.Per = c.Cents*2, "year"
	case c.Per == "" && paidOnce[c.Kind]:
		c.Per = "once"
	}
	if c.Per == "" || c.Per == "half" {
		return c, fmt.Errorf("er staat niet bij per wat de prijs is")
	}
	if c.Kind == "" {
		c.Kind = usual
		if c.Per == "time" {
			c.Kind = "lesgeld"
		}
	}
	return c, nil
}

func required(piece string) *bool {
	no, yes := extraWords.MatchString(piece), strings.Contains(piece, "verplicht")
	switch {
	case no:
		yes = false
		return &yes
	case yes:
		return &yes
	}
	return nil
}

func count(match []string) int {
	if match == nil {
		return 0
	}
	n, _ := strconv.Atoi(match[1])
	return n
}

// cents reads the whole and the broken part of an amount.
func cents(match []string) int {
	whole, _ := strconv.Atoi(strings.ReplaceAll(match[1], ".", ""))
	part := strings.Trim(match[2], "-=")
	if len(part) == 1 {
		part += "0"
	}
	broken, _ := strconv.Atoi(part)
	return whole*100 + broken
}

var perText = map[string]string{"once": "eenmalig", "year": "per jaar", "season": "per seizoen", "quarter": "per kwartaal", "month": "per maand", "time": "per keer"}

// costText writes a price so that parseCosts reads it back.
func costText(c catalog.Cost) string {
	s := fmt.Sprintf("€ %d,%02d %s %s", c.Cents/100, c.Cents%100, perText[c.Per], c.Kind)
	if c.Times > 0 {
		s += fmt.Sprintf(" (%d keer)", c.Times)
	}
	if c.Required != nil && *c.Required {
		s += " (verplicht)"
	} else if c.Required != nil {
		s += " (niet verplicht)"
	}
	return s
}

// costsText writes all prices; an empty list that is not nil is "gratis".
func costsText(list []catalog.Cost) string {
	if list != nil && len(list) == 0 {
		return "gratis"
	}
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = costText(c)
	}
	return strings.Join(texts, "; ")
}

var reducedWhen = map[string]string{"laag inkomen": "low_income", "low_income": "low_income", "minima": "low_income", "pas": "pass", "pass": "pass", "stadspas": "pass", "rotterdampas": "pass"}

// parseReduced reads lower prices: "laag inkomen: € 100 per jaar contributie; pas: € 2 per keer".
func parseReduced(cell, usual string) (out []catalog.Reduced, err error) {
	for part := range strings.SplitSeq(cell, ";") {
		when, price, ok := strings.Cut(part, ":")
		key := reducedWhen[strings.ToLower(strings.TrimSpace(when))]
		if !ok || key == "" {
			return nil, fmt.Errorf("%q: verwacht iets als \"laag inkomen: € 100 per jaar\" of \"pas: € 2 per keer\"", cell)
		}
		c, err := parsePrice(strings.ToLower(strings.TrimSpace(price)), usual)
		if err != nil {
			return nil, fmt.Errorf("%q: %w; %s", cell, err, costsExpected)
		}
		out = append(out, catalog.Reduced{When: key, Kind: c.Kind, Cents: c.Cents, Per: c.Per})
	}
	return out, nil
}

func reducedText(list []catalog.Reduced) string {
	texts := make([]string, len(list))
	for i, r := range list {
		when := "laag inkomen"
		if r.When == "pass" {
			when = "pas"
		}
		texts[i] = when + ": " + costText(catalog.Cost{Kind: r.Kind, Cents: r.Cents, Per: r.Per})
	}
	return strings.Join(texts, "; ")
}
