package web

import (
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
)

// funcs are the words templates may use.
func (s *Server) funcs() template.FuncMap {
	return template.FuncMap{
		"args": args, "asset": asset, "icon": icon, "picto": picto, "day": day, "shortday": shortDay, "dateiso": dateISO, "euro": euro, "amount": func(cents int) string { return strings.TrimPrefix(euro(cents), "€ ") },
		"when": catalog.Slot.When, "longwhen": longWhen, "count": countWord, "join": strings.Join, "word": word, "inc": func(n int) int { return n + 1 },
		"lower": lowerFirst, "klas": klasWord, "points": func(v float64) string { return strings.Replace(fmt.Sprintf("%.1f", v), ".", ",", 1) }, "list": func(v ...string) []string { return v },
	}
}

// args gives a part more than one value: args "Name" "voornaam" "Label" "Voornaam".
func args(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("args: a name without a value")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("args: %v is not a name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

var weekdays = []string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}

var months = []string{"", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// day writes a date as people say it: woensdag 24 september 2026. The zero date gives "".
func day(d civil.Date) string {
	if !d.IsValid() {
		return ""
	}
	return fmt.Sprintf("%s %d %s %d", weekdays[d.In(time.UTC).Weekday()], d.Day, months[d.Month], d.Year)
}

// shortDay writes wo 24 sep; March is mrt.
func shortDay(d civil.Date) string {
	if !d.IsValid() {
		return ""
	}
	month := months[d.Month][:3]
	if d.Month == time.March {
		month = "mrt"
	}
	return fmt.Sprintf("%s %d %s", weekdays[d.In(time.UTC).Weekday()][:2], d.Day, month)
}

var shortWeekday = regexp.MustCompile(`\b(ma|di|wo|do|vr|za|zo)\b`)

// longWhen writes the days of a time in full, for paper that goes home: woensdag 17:00–18:15.
func longWhen(when string) string {
	return shortWeekday.ReplaceAllStringFunc(when, func(d string) string { return word("weekday", d) })
}

func dateISO(d civil.Date) string {
	if !d.IsValid() {
		return ""
	}
	return d.String()
}

// euro writes cents as € 12,50 and whole euros as € 12. Below zero does not occur.
func euro(cents int) string {
	if cents%100 == 0 {
		return fmt.Sprintf("€ %d", cents/100)
	}
	return fmt.Sprintf("€ %d,%02d", cents/100, cents%100)
}

// countWord writes a number with its word: 1 kind, 2 kinderen.
func countWord(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// klasWord writes a class as people say it: groep 7A. A class of another school, for example havo 2, stays as it is.
func klasWord(klas string) string {
	if klas != "" && klas[0] >= '1' && klas[0] <= '8' {
		return "groep " + klas
	}
	return klas
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
