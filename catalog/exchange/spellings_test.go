package exchange

import (
	"fmt"
	"strings"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
)

func rangesText(a ages) string {
	var out []string
	for _, r := range a.ranges {
		end := func(n *int) string {
			if n == nil {
				return "*"
			}
			return fmt.Sprint(*n)
		}
		out = append(out, end(r.min)+"..."+end(r.max))
	}
	if a.withParent {
		out = append(out, "ouder")
	}
	return strings.Join(out, " ")
}

func TestAgesAsPeopleWriteThem(t *testing.T) {
	for cell, want := range map[string]string{
		"4 t/m 7 jaar en 9 t/m 12 jaar": "4...7 9...12",
		"4 t/m 7 en 8 t/m 12 jaar":      "4...12",
		"vanaf 6 jaar":                  "6...*",
		"6+":                            "6...*",
		"vanaf 6+":                      "6...*",
		"6 jaar en ouder":               "6...*",
		"ouder dan 6":                   "7...*",
		"tot 12 jaar":                   "*...11",
		"t/m 12 jaar":                   "*...12",
		"tot en met 12 jaar":            "*...12",
		"12 jaar en jonger":             "*...12",
		"onder de 12":                   "*...11",
		"8-12":                          "8...12",
		"8 – 12 jaar":                   "8...12",
		"van 8 tot 12 jaar":             "8...11",
		"10 jaar":                       "10...10",
		"groep 3 t/m 8":                 "6...12",
		"groep 1":                       "4...5",
		"groepen 5 en 6":                "8...10",
		"Groep 7-8":                     "10...12",
		"alle leeftijden":               "0...*",
		"iedereen":                      "0...*",
		"jeugd (5 tot 18)":              "5...17",
		"0-4 jaar met ouder":            "0...4 ouder",
		"2,5 - 4 jaar":                  "2...4",
		"Kinderen van 6 t/m 12 jaar":    "6...12",
		"volwassenen":                   "18...*",
	} {
		got, err := parseAges(cell)
		if err != nil || rangesText(got) != want {
			t.Errorf("%q: got %q %v, want %q", cell, rangesText(got), err, want)
		}
	}
	for cell, says := range map[string]string{"": "leeftijd", "jong": "vanaf 6 jaar", "12-8": "leeftijden als", "0-18 maanden": "leeftijden als",
		"tot 0 jaar": "leeftijden als", "8-dec": "datum van", "46364": "datum van", "6 of 7": "leeftijden als", "999": "leeftijden als", "groep 9": "leeftijden als"} {
		if got, err := parseAges(cell); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %q %v, want an error with %q", cell, rangesText(got), err, says)
		}
	}
}

func TestCostsAsPeopleWriteThem(t *testing.T) {
	for cell, want := range map[string]string{
		"€ 46,58 per kwartaal & 7,50 inschrijfgeld": "contributie 4658 quarter; inschrijfgeld 750 once",
		"gratis":              "gratis",
		"Gratis!":             "gratis",
		"€ 0,-":               "gratis",
		"0":                   "gratis",
		"€ 5,- per keer":      "lesgeld 500 time",
		"€5 per les":          "lesgeld 500 time",
		"10-rittenkaart € 45": "lesgeld 450 time x10",
		"12 rittenkaart € 50": "lesgeld 417 time x12",
		"€ 45 voor 10 lessen": "lesgeld 450 time x10",
		"vanaf € 12,50 p/m":   "contributie 1250 month",
		"12,50 per maand":     "contributie 1250 month",
		"contributie € 185 per seizoen, exclusief bondskosten":    "contributie 18500 season",
		"€ 1.250,00 per jaar lesgeld":                             "lesgeld 125000 year",
		"30 euro per half jaar":                                   "contributie 6000 year",
		"€ 2,00 per keer (30 keer)":                               "lesgeld 200 time x30",
		"€ 15 inschrijfgeld; € 30 tenue (niet verplicht)":         "inschrijfgeld 1500 once; tenue 3000 once optional",
		"€ 10 per maand, eerste les gratis":                       "contributie 1000 month; trial",
		"€ 265,00 per jaar contributie + € 15,00 inschrijfkosten": "contributie 26500 year; inschrijfgeld 1500 once",
		"onbekend":   "",
		"in overleg": "",
	} {
		got, err := parseCosts(cell, "contributie")
		if err != nil || priceText(got) != want {
			t.Errorf("%q: got %q %v, want %q", cell, priceText(got), err, want)
		}
	}
	for _, cell := range []string{"€ 45", "duur", "€ 10 of € 15 per maand", "€ 10 per week", "10% korting", "€ 20 borg", "vanaf", "€", "per maand"} {
		if got, err := parseCosts(cell, "contributie"); err == nil || !strings.Contains(err.Error(), "erwacht") {
			t.Errorf("%q: got %q %v, want an error that says what was expected", cell, priceText(got), err)
		}
	}
}

func priceText(c costs) string {
	if c.lines != nil && len(c.lines) == 0 {
		return "gratis"
	}
	var out []string
	for _, l := range c.lines {
		s := fmt.Sprintf("%s %d %s", l.Kind, l.Cents, l.Per)
		if l.Times > 0 {
			s += fmt.Sprintf(" x%d", l.Times)
		}
		if l.Required != nil && !*l.Required {
			s += " optional"
		}
		out = append(out, s)
	}
	if c.freeTrial {
		out = append(out, "trial")
	}
	return strings.Join(out, "; ")
}

func TestTimesAsPeopleWriteThem(t *testing.T) {
	for cell, want := range map[string]string{
		"woensdag 15.30 - 16.30 uur":                     "wo 15:30-16:30",
		"ma en do 18:30-19:45":                           "ma 18:30-19:45, do 18:30-19:45",
		"ma t/m vr 9:00-12:00":                           "ma 09:00-12:00, di 09:00-12:00, wo 09:00-12:00, do 09:00-12:00, vr 09:00-12:00",
		"ma 16:00-17:00; wo 17:00-18:00":                 "ma 16:00-17:00, wo 17:00-18:00",
		"za 9:00-10:00 en 10:00-11:00":                   "za 09:00-10:00, za 10:00-11:00",
		"iedere 2e zaterdag van de maand":                "za[2]",
		"1e en 3e woensdag van de maand 14.00-16.00 uur": "wo[1 3] 14:00-16:00",
		"laatste vrijdag van de maand 19:00 tot 21:00":   "vr[-1] 19:00-21:00",
		"elke dinsdagmiddag van 14 tot 15 uur":           "di 14:00-15:00",
		"Zaterdagen 10u30–11u30":                         "za 10:30-11:30",
		"weekend 10:00-11:00":                            "za 10:00-11:00, zo 10:00-11:00",
		"woensdag":                                       "wo",
		"15:30-16:30":                                    " 15:30-16:30",
		"in overleg":                                     "",
		"op afspraak":                                    "",
	} {
		got, err := parseTimes(cell)
		if err != nil || momentsText(got) != want {
			t.Errorf("%q: got %q %v, want %q", cell, momentsText(got), err, want)
		}
	}
	for _, cell := range []string{"zaterdag vanaf 10:00", "wo 16:00-15:00", "soms", "wo 25:00-26:00", "ma 16:00 17:00", "vr t/m ma 9:00-10:00", "6e zaterdag", "om de week", "uur"} {
		if got, err := parseTimes(cell); err == nil || !strings.Contains(err.Error(), "erwacht") {
			t.Errorf("%q: got %q %v, want an error that says what was expected", cell, momentsText(got), err)
		}
	}
}

func momentsText(list []moment) string {
	var out []string
	for _, m := range list {
		s := m.weekday
		if m.ordinals != nil {
			s += fmt.Sprint(m.ordinals)
		}
		if m.timed {
			s += fmt.Sprintf(" %s-%s", m.start, m.end)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestClockCells(t *testing.T) {
	for cell, want := range map[string]string{"15:30": "15:30", "15.30": "15:30", "15:30 uur": "15:30", "15.30 uur": "15:30", "15u30": "15:30", "16 uur": "16:00",
		"0.645833": "15:30", "0,645833333": "15:30", "0.64583333333333337": "15:30", "0.5": "12:00", "9": "09:00", "15:30:00": "15:30", "15.3": "15:30", "24:00": "23:59"} {
		if got, err := parseClock(cell); err != nil || got.String() != want {
			t.Errorf("%q: got %s %v, want %s", cell, got, err, want)
		}
	}
	for _, cell := range []string{"", "half vier", "25:00", "15:75", "1.5e9", "-1"} {
		if got, err := parseClock(cell); err == nil {
			t.Errorf("%q was read as %s", cell, got)
		}
	}
}

func TestDateCells(t *testing.T) {
	want := civil.Date{Year: 2025, Month: 9, Day: 8}
	for _, cell := range []string{"2025-09-08", "8-9-2025", "08/09/2025", "8.9.25", "8 september 2025", "8 sep 2025", "ma 8 sept 2025", "maandag 8 september 2025", "45908", "2025-09-08 00:00:00"} {
		if got, err := parseDate(cell); err != nil || got != want {
			t.Errorf("%q: got %s %v", cell, got, err)
		}
	}
	for _, cell := range []string{"", "31-2-2025", "binnenkort", "12", "9/31/2025"} {
		if got, err := parseDate(cell); err == nil {
			t.Errorf("%q was read as %s", cell, got)
		}
	}
}

func TestSecondSaturdays(t *testing.T) {
	from, to := civil.Date{Year: 2025, Month: 9, Day: 1}, civil.Date{Year: 2025, Month: 12, Day: 31}
	got, err := datesOf(moment{weekday: "za", ordinals: []int{2}}, from, to)
	if err != nil || fmt.Sprint(got) != "[2025-09-13 2025-10-11 2025-11-08 2025-12-13]" {
		t.Errorf("%v %v", got, err)
	}
	got, _ = datesOf(moment{weekday: "vr", ordinals: []int{-1}}, from, to)
	if fmt.Sprint(got) != "[2025-09-26 2025-10-31 2025-11-28 2025-12-26]" {
		t.Errorf("last fridays %v", got)
	}
	if _, err = datesOf(moment{weekday: "za", ordinals: []int{2}}, from, civil.Date{}); err == nil || !strings.Contains(err.Error(), "geldig_tot") {
		t.Errorf("without a last day: %v", err)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := catalog.Cost{Kind: rapid.SampledFrom(catalog.CostKinds).Draw(t, "kind"), Per: rapid.SampledFrom(catalog.CostPers).Draw(t, "per"),
			Cents: rapid.IntRange(0, 9_999_999).Draw(t, "cents"), Times: rapid.IntRange(0, 999).Draw(t, "times")}
		if n := rapid.IntRange(0, 2).Draw(t, "required"); n > 0 {
			yes := n == 1
			c.Required = &yes
		}
		got, err := parseCosts(costText(c)+"; "+costText(c), "lesgeld")
		if err != nil || len(got.lines) != 2 || costText(got.lines[1]) != costText(c) || got.lines[0].Cents != c.Cents || got.lines[0].Per != c.Per || got.lines[0].Kind != c.Kind {
			t.Fatalf("%q came back as %+v, %v", costText(c), got, err)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		lo, hi := rapid.IntRange(-1, 120).Draw(t, "lo"), rapid.IntRange(-1, 120).Draw(t, "hi")
		r := ageRange{}
		if lo >= 0 {
			r.min = &lo
		}
		if hi >= max(lo, 0) {
			r.max = &hi
		}
		if r.text() == "" {
			return
		}
		got, err := parseAges(r.text())
		if err != nil || len(got.ranges) != 1 || got.ranges[0].text() != r.text() {
			t.Fatalf("%q came back as %+v, %v", r.text(), got, err)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "cell")
		if unshield(shield(s)) != s {
			t.Fatalf("%q came back as %q", s, unshield(shield(s)))
		}
		if dangerous(shield(s)) {
			t.Fatalf("%q is still a formula", shield(s))
		}
	})
}
