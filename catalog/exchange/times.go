package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
)

// moment is one day or time that a cell names; parts that are not said are zero.
type moment struct {
	weekday    string
	ordinals   []int // "2e zaterdag van de maand": 2; the last one is -1
	start, end catalog.Clock
	timed      bool
}

const timesExpected = "verwacht dagen en tijden als \"woensdag 15:30-16:30\", \"ma en do 18:30-19:45\", \"iedere 2e zaterdag van de maand 10:00-12:00\" of \"in overleg\""

var dashes = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‑", "-", "\u00a0", " ", "\u202f", " ", "’", "'")

var (
	agreedCell = regexp.MustCompile(`^(in overleg|op afspraak|nader te bepalen|n\.?t\.?b\.?|nog niet bekend|onbekend|wisselend|flexibel)\.?$`)
	timeTokens = regexp.MustCompile(`\d{1,2}[:.u]\d{2}(?::00)?|\d{1,2}(?:e|de|ste)\b|\d{1,2}u\b|\d{1,2}|t/m|[\pL']+|[^\s]`)
)

var dayNames = []string{"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"}

var dayShort = map[string]string{"ma": "ma", "di": "di", "din": "di", "dins": "di", "wo": "wo", "woe": "wo", "woens": "wo", "do": "do", "don": "do",
	"vr": "vr", "vrij": "vr", "za": "za", "zat": "za", "zo": "zo", "zon": "zo"}

var dayGroups = map[string][]string{"werkdagen": catalog.Weekdays[:5], "doordeweeks": catalog.Weekdays[:5], "weekend": catalog.Weekdays[5:],
	"dagelijks": catalog.Weekdays, "dag": catalog.Weekdays}

var dayEndings = map[string]bool{"": true, "s": true, "en": true, "middag": true, "ochtend": true, "morgen": true, "avond": true, "middagen": true, "avonden": true, "ochtenden": true}

var ordinalWords = map[string]int{"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1}

var timeFill = map[string]bool{"elke": true, "iedere": true, "ieder": true, "op": true, "van": true, "de": true, "het": true, "om": true, "uur": true, "u": true,
	"tussen": true, "per": true, "week": true, "wekelijks": true, "maand": true, "en": true, "middag": true, "ochtend": true, "avond": true,
	"'s": true, "middags": true, "avonds": true, "ochtends": true, "&": true, ",": true, "/": true, ";": true, "+": true, ".": true, "(": true, ")": true, ":": true}

// daysOf gives the weekdays that a word names.
func daysOf(w string) []string {
	if d := dayShort[w]; d != "" {
		return []string{d}
	}
	for i, name := range dayNames {
		if rest, ok := strings.CutPrefix(w, name); ok && dayEndings[rest] {
			return catalog.Weekdays[i : i+1]
		}
	}
	return dayGroups[w]
}

// timeReader goes through the words of a cell: days gather until a time comes, a time belongs to the days before it.
type timeReader struct {
	days     []string
	ordinals []int
	used     bool // the days have had a time
	ranging  bool // "t/m" or "-" was seen
	start    catalog.Clock
	open     bool // a start without its end
	out      []moment
}

// parseTimes reads days and times as people write them. No moments and no error means: in overleg.
func parseTimes(cell string) ([]moment, error) {
	text := strings.ToLower(strings.TrimSpace(dashes.Replace(cell)))
	text = strings.NewReplacer("tot en met", "t/m", "t.e.m.", "t/m").Replace(text)
	if agreedCell.MatchString(text) {
		return nil, nil
	}
	var r timeReader
	for _, token := range timeTokens.FindAllString(text, -1) {
		if err := r.take(token); err != nil {
			return nil, fmt.Errorf("%q: %w; %s", cell, err, timesExpected)
		}
	}
	if r.open {
		return nil, fmt.Errorf("%q: de eindtijd na %s ontbreekt; %s", cell, r.start, timesExpected)
	}
	r.flush(moment{})
	if len(r.out) == 0 {
		return nil, fmt.Errorf("%q: hier staat geen dag of tijd; %s", cell, timesExpected)
	}
	return r.out, nil
}

func (r *timeReader) take(token string) error {
	if days := daysOf(token); days != nil {
		return r.takeDays(days)
	}
	if n, ok := ordinalOf(token); ok {
		r.begin()
		r.ordinals = append(r.ordinals, n)
		return nil
	}
	switch {
	case token == "t/m" || token == "-" || token == "tot":
		r.ranging = true
		return nil
	case timeFill[token]:
		return nil
	case token[0] >= '0' && token[0] <= '9':
		c, err := parseClock(token)
		if err != nil {
			return err
		}
		return r.takeClock(c)
	}
	return fmt.Errorf("%q begrijpen we hier niet", token)
}

func (r *timeReader) takeDays(days []string) error {
	if r.open {
		return fmt.Errorf("de eindtijd na %s ontbreekt", r.start)
	}
	if r.ranging && len(r.days) > 0 && !r.used {
		from, to := slices.Index(catalog.Weekdays, r.days[len(r.days)-1]), slices.Index(catalog.Weekdays, days[0])
		if to <= from {
			return fmt.Errorf("de dagen staan in een volgorde die niet kan")
		}
		days = catalog.Weekdays[from+1 : to+1]
	}
	r.begin()
	r.ranging = false
	for _, d := range days {
		if !slices.Contains(r.days, d) {
			r.days = append(r.days, d)
		}
	}
	return nil
}

// begin starts a new set of days when the one before has had its time.
func (r *timeReader) begin() {
	if r.used {
		r.days, r.ordinals, r.used = nil, nil, false
	}
}

func (r *timeReader) takeClock(c catalog.Clock) error {
	if !r.open {
		r.start, r.open, r.ranging = c, true, false
		return nil
	}
	if !r.ranging {
		return fmt.Errorf("tussen %s en %s ontbreekt een streepje", r.start, c)
	}
	if c <= r.start {
		return fmt.Errorf("de eindtijd %s is niet later dan de begintijd %s", c, r.start)
	}
	r.open, r.ranging, r.used = false, false, false
	r.flush(moment{start: r.start, end: c, timed: true})
	r.used = true
	return nil
}

// flush writes one moment for each day that has had none.
func (r *timeReader) flush(m moment) {
	if r.used {
		return
	}
	m.ordinals = r.ordinals
	if len(r.days) == 0 && m.timed {
		r.out = append(r.out, m)
	}
	for _, d := range r.days {
		m.weekday = d
		r.out = append(r.out, m)
	}
}

func ordinalOf(token string) (int, bool) {
	if n, ok := ordinalWords[token]; ok {
		return n, true
	}
	for _, ending := range []string{"ste", "de", "e"} {
		if digits, ok := strings.CutSuffix(token, ending); ok {
			n, err := strconv.Atoi(digits)
			return n, err == nil && n >= 1 && n <= 5
		}
	}
	return 0, false
}

// datesOf gives the days of a monthly moment within a period of at most two years.
func datesOf(m moment, from, to civil.Date) ([]civil.Date, error) {
	if from.IsZero() || to.IsZero() || to.Before(from) || to.DaysSince(from) > 2*366 {
		return nil, fmt.Errorf("voor een dag per maand zijn geldig_van en geldig_tot nodig, hoogstens twee jaar uit elkaar; of vul de losse datums in")
	}
	var out []civil.Date
	for d := from; !d.After(to); d = d.AddDays(1) {
		if weekdayOf(d) == m.weekday && (slices.Contains(m.ordinals, (d.Day-1)/7+1) || slices.Contains(m.ordinals, -1) && d.AddDays(7).Month != d.Month) {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("in de periode %s tot en met %s valt zo'n dag niet", from, to)
	}
	return out, nil
}

// weekdayOf gives ma … zo.
func weekdayOf(d civil.Date) string {
	epochMonday := civil.Date{Year: 2001, Month: 1, Day: 1}
	return catalog.Weekdays[((d.DaysSince(epochMonday)%7)+7)%7]
}
