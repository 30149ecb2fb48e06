package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ageRange is for whom an offering is, in whole years, both ends included; nil is no limit.
type ageRange struct{ min, max *int }

// ages is what a cell with ages says.
type ages struct {
	ranges     []ageRange // more than one when there is a gap between them
	withParent bool       // "met ouder"
}

const agesExpected = "verwacht leeftijden als \"8-12\", \"4 t/m 7 jaar\", \"vanaf 6 jaar\", \"tot 12 jaar\", \"groep 3 t/m 8\" of \"alle leeftijden\""

var (
	parentWords = regexp.MustCompile(`\(?\b(samen )?met (een |hun |je )?(ouders?|vader of moeder|verzorgers?|begeleider)( of verzorgers?)?\b\)?|\bouders? (en|&) kind(eren)?\b`)
	ageFill     = regexp.MustCompile(`\b(jaar|jarigen?|jr\.?|jeugd|kinderen|kids|jongeren|leeftijd(en)?|voor|van)\b|[():]`)
	agePieces   = regexp.MustCompile(` en | & |;|, |\n|\+ `)
	bareNumber  = regexp.MustCompile(`^\d$`)
	monthNames  = regexp.MustCompile(`^\d{1,2}[- ](jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)`)
)

// agePattern is one way to write an age range; made turns its numbers into the range.
type agePattern struct {
	pattern *regexp.Regexp
	made    func(n []int) ageRange
}

const ageNumber = `(\d{1,3})(?:[.,]5)?`

var agePatterns = []agePattern{
	{ageRegexp(`groep(?:en)? ?([1-8])`), func(n []int) ageRange { return between(n[0]+3, n[0]+4) }},
	{ageRegexp(`groep(?:en)? ?([1-8]) ?(?:t/m|-|/|tot) ?(?:groep )?([1-8])`), func(n []int) ageRange { return between(n[0]+3, n[1]+4) }},
	{ageRegexp(ageNumber + ` ?(?:t/m|-|/) ?` + ageNumber), func(n []int) ageRange { return between(n[0], n[1]) }},
	{ageRegexp(ageNumber + ` ?tot ?` + ageNumber), func(n []int) ageRange { return between(n[0], n[1]-1) }},
	{ageRegexp(`(?:vanaf )?` + ageNumber + ` ?\+`), func(n []int) ageRange { return ageRange{min: &n[0]} }},
	{ageRegexp(`vanaf ` + ageNumber), func(n []int) ageRange { return ageRange{min: &n[0]} }},
	{ageRegexp(`ouder dan ` + ageNumber), func(n []int) ageRange { n[0]++; return ageRange{min: &n[0]} }},
	{ageRegexp(`t/m ` + ageNumber), func(n []int) ageRange { return ageRange{max: &n[0]} }},
	{ageRegexp(`(?:tot|onder(?: de)?|jonger dan) ` + ageNumber), func(n []int) ageRange { n[0]--; return ageRange{max: &n[0]} }},
	{ageRegexp(ageNumber), func(n []int) ageRange { return between(n[0], n[0]) }},
	{ageRegexp(`alle|iedereen|geen grens|0 ?- ?99`), func([]int) ageRange { return fromZero() }},
	{ageRegexp(`(?:volwassenen?|ouders)(?: 18 ?\+)?`), func([]int) ageRange { n := 18; return ageRange{min: &n} }},
}

func ageRegexp(s string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + s + `)$`) }

func between(lo, hi int) ageRange { return ageRange{&lo, &hi} }

func fromZero() ageRange { n := 0; return ageRange{min: &n} }

// parseAges reads ages as people write them. "tot 12" is up to and not with 12; groep 1 is 4 and 5 years.
func parseAges(cell string) (ages, error) {
	text := " " + strings.ToLower(dashes.Replace(cell)) + " "
	wrong := fmt.Errorf("%q is geen leeftijd: %s", cell, agesExpected)
	if monthNames.MatchString(strings.TrimSpace(text)) || isSerialDate(strings.TrimSpace(text)) {
		return ages{}, fmt.Errorf("%q: Excel maakte hier een datum van. Zet de cel op tekst en typ de leeftijd opnieuw, bijvoorbeeld 8-12", cell)
	}
	var out ages
	if parentWords.MatchString(text) {
		out.withParent = true
		text = parentWords.ReplaceAllString(text, " ")
	}
	text = strings.NewReplacer("tot en met", "t/m", "t.e.m.", "t/m", "tem", "t/m", "en ouder", "+", "en hoger", "+", "en jonger", "t/m!").Replace(text)
	text = strings.Join(strings.Fields(ageFill.ReplaceAllString(text, " ")), " ")
	group := false
	for _, piece := range agePieces.Split(text, -1) {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		if group && bareNumber.MatchString(piece) {
			piece = "groep " + piece
		}
		if rest, ok := strings.CutSuffix(piece, "t/m!"); ok {
			piece = "t/m " + strings.TrimSpace(rest)
		}
		group = strings.HasPrefix(piece, "groep")
		r, ok := matchAge(piece)
		if !ok {
			return ages{}, wrong
		}
		out.ranges = append(out.ranges, r)
	}
	if len(out.ranges) == 0 && !out.withParent {
		return ages{}, wrong
	}
	out.ranges = joinAges(out.ranges)
	return out, nil
}

func matchAge(piece string) (ageRange, bool) {
	for _, p := range agePatterns {
		m := p.pattern.FindStringSubmatch(piece)
		if m == nil {
			continue
		}
		numbers := make([]int, 0, 2)
		for _, s := range m[1:] {
			n, err := strconv.Atoi(s)
			if err != nil || n > 120 {
				return ageRange{}, false
			}
			numbers = append(numbers, n)
		}
		r := p.made(numbers)
		return r, (r.max == nil || *r.max >= 0) && (r.min == nil || r.max == nil || *r.min <= *r.max)
	}
	return ageRange{}, false
}

// joinAges orders ranges and joins those without a year between them.
func joinAges(list []ageRange) []ageRange {
	slices.SortStableFunc(list, func(a, b ageRange) int { return low(a) - low(b) })
	var out []ageRange
	for _, r := range list {
		if n := len(out); n > 0 && (out[n-1].max == nil || *out[n-1].max+1 >= low(r)) {
			if out[n-1].max != nil && (r.max == nil || *r.max > *out[n-1].max) {
				out[n-1].max = r.max
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

func low(r ageRange) int {
	if r.min == nil {
		return -1
	}
	return *r.min
}

// text writes a range so that parseAges reads it back.
func (r ageRange) text() string {
	switch {
	case r.min == nil && r.max == nil:
		return ""
	case r.max == nil && *r.min == 0:
		return "alle leeftijden"
	case r.max == nil:
		return fmt.Sprintf("vanaf %d jaar", *r.min)
	case r.min == nil:
		return fmt.Sprintf("t/m %d jaar", *r.max)
	case *r.min == *r.max:
		return fmt.Sprintf("%d jaar", *r.min)
	}
	return fmt.Sprintf("%d t/m %d jaar", *r.min, *r.max)
}
