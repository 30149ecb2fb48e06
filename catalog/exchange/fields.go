package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// choices is a list of values with the Dutch words for them, in the order in which they are named to people.
type choices struct {
	values []string
	words  []string // the first word of a value is the one that is written; alternatives follow a |
}

func same(values []string) choices { return choices{values, values} }

func pairs(list ...string) (c choices) {
	for i := 0; i < len(list); i += 2 {
		c.values, c.words = append(c.values, list[i]), append(c.words, list[i+1])
	}
	return c
}

var (
	audienceWords  = pairs("child", "kind|kinderen|jeugd|jongeren", "parent", "ouder|ouders|volwassenen", "parent_child", "ouder en kind|ouder_kind|ouder-kind|ouder & kind", "family", "gezin|gezinnen|familie", "staff", "medewerker|medewerkers|professionals")
	groupWords     = pairs("mixed", "gemengd", "girls", "meisjes|meiden", "boys", "jongens", "parent_child", "ouder en kind|ouder_kind|ouder-kind")
	settingWords   = pairs("indoor", "binnen", "outdoor", "buiten", "either", "allebei|beide|binnen en buiten")
	intensityWords = pairs("active", "druk|actief", "calm", "rustig", "either", "allebei|beide")
	sizeWords      = pairs("alone", "alleen", "pair", "samen", "small", "klein|kleine groep", "team", "team|grote groep")
	unitWords      = pairs("child", "kind", "couple", "stel|paar")
	referenceWords = pairs("start", "start", "1_march", "1 maart", "calendar_year", "kalenderjaar")
	stateWords     = pairs("published", "zichtbaar|gepubliceerd|actief", "draft", "concept", "paused", "pauze|gepauzeerd", "withdrawn", "gestopt|ingetrokken", "in_preparation", "in voorbereiding")
)

func (c choices) read(cell string) (string, error) {
	text := strings.ToLower(strings.TrimSpace(cell))
	for i, v := range c.values {
		if text == strings.ToLower(v) || slices.Contains(strings.Split(c.words[i], "|"), text) {
			return v, nil
		}
	}
	var known []string
	for i := range c.values {
		known = append(known, c.write(c.values[i]))
	}
	return "", fmt.Errorf("%q kennen we niet: verwacht %s", cell, strings.Join(known, ", "))
}

func (c choices) write(value string) string {
	if i := slices.Index(c.values, value); i >= 0 {
		word, _, _ := strings.Cut(c.words[i], "|")
		return word
	}
	return value
}

// parsed makes a field of a place in the draft, a way to read it and a way to write it.
func parsed[T any](at func(*draft) *T, read func(string) (T, error), write func(T) string) field {
	return field{
		set: func(d *draft, cell string) error {
			v, err := read(cell)
			if err == nil {
				*at(d) = v
			}
			return err
		},
		get: func(d *draft) string { return write(*at(d)) },
	}
}

func asIs(s string) string { return s }

func text(at func(*draft) *string) field {
	return parsed(at, func(s string) (string, error) { return s, nil }, asIs)
}

func choice(c choices, at func(*draft) *string) field { return parsed(at, c.read, c.write) }

func tri(at func(*draft) *catalog.Tri) field {
	return parsed(at, parseTri, func(t catalog.Tri) string { return string(t) })
}

func yesNo(at func(*draft) *bool) field {
	return parsed(at, func(s string) (bool, error) {
		t, err := parseTri(s)
		return t == catalog.Yes, err
	}, func(b bool) string {
		if b {
			return "ja"
		}
		return ""
	})
}

func count0(at func(*draft) *int) field {
	return parsed(at, parseCount, func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	})
}

func countOrNil(at func(*draft) **int) field {
	return parsed(at, func(s string) (*int, error) {
		n, err := parseCount(s)
		return &n, err
	}, func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	})
}

func degree(at func(*draft) *float64) field {
	return parsed(at, parseNumber, func(f float64) string {
		if f == 0 {
			return ""
		}
		return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", ",", 1)
	})
}

func clock(at func(*draft) *catalog.Clock) field {
	f := parsed(at, parseClock, catalog.Clock.String)
	write := f.get
	f.get = func(d *draft) string {
		if d.slot.Start == 0 && d.slot.End == 0 {
			return ""
		}
		return write(d)
	}
	return f
}

func list(at func(*draft) *[]string) field {
	return parsed(at, func(s string) ([]string, error) { return listOf(s), nil }, func(l []string) string { return strings.Join(l, "; ") })
}

func listOfChoices(values []string, at func(*draft) *[]string) field {
	c := same(values)
	return parsed(at, func(s string) (out []string, err error) {
		for _, item := range listOf(s) {
			v, err := c.read(item)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	}, func(l []string) string { return strings.Join(l, ", ") })
}

func date(at func(*draft) *civil.Date) field {
	return parsed(at, parseDate, dateText)
}

func dateText(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func dateActivityFrom(d *draft) *civil.Date { return &d.activity.ValidFrom }
func dateActivityTo(d *draft) *civil.Date   { return &d.activity.ValidTo }
func dateConfirmed(d *draft) *civil.Date    { return &d.activity.ConfirmedOn }
func dateSlotFrom(d *draft) *civil.Date     { return &d.slot.From }
func dateSlotTo(d *draft) *civil.Date       { return &d.slot.To }
func dateDeclared(d *draft) *civil.Date     { return &d.partner.Safety.DeclaredOn }

var datesField = parsed(func(d *draft) *[]civil.Date { return &d.slot.Dates }, func(s string) (out []civil.Date, err error) {
	for _, item := range listOf(s) {
		day, err := parseDate(item)
		if err != nil {
			return nil, err
		}
		out = append(out, day)
	}
	return out, nil
}, func(days []civil.Date) string {
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = d.String()
	}
	return strings.Join(texts, ", ")
})

var postcodeField = parsed(func(d *draft) *string { return &d.slot.Location.Postcode }, func(s string) (string, error) {
	if s = strings.TrimSpace(s); len(s) == 4 && s[0] >= '1' && s[0] <= '9' && strings.Trim(s, "0123456789") == "" {
		return s, nil
	}
	p, err := geo.ParsePostcode(s)
	return string(p), err
}, asIs)

// tagsField reads ids of the taxonomy, or words that Options.TagOf knows.
var tagsField = field{
	set: func(d *draft, cell string) error {
		for _, w := range listOf(cell) {
			if d.tagOf != nil {
				if id := d.tagOf(w); id != "" {
					w = id
				}
			}
			if !slices.Contains(d.activity.Tags, w) {
				d.activity.Tags = append(d.activity.Tags, w)
			}
		}
		return nil
	},
	get: func(d *draft) string { return strings.Join(d.activity.Tags, ", ") },
}

var languageNames = map[string]string{"nederlands": "nl", "engels": "en", "turks": "tr", "arabisch": "ar", "marokkaans": "ar", "pools": "pl",
	"duits": "de", "frans": "fr", "spaans": "es", "portugees": "pt", "somalisch": "so", "tigrinya": "ti", "oekraïens": "uk", "russisch": "ru", "perzisch": "fa", "farsi": "fa", "chinees": "zh", "bulgaars": "bg", "roemeens": "ro"}

var languagesField = parsed(func(d *draft) *[]string { return &d.activity.Languages }, func(s string) (out []string, err error) {
	for _, l := range listOf(strings.ToLower(s)) {
		if code, ok := languageNames[l]; ok {
			l = code
		}
		out = append(out, l)
	}
	return out, nil
}, func(l []string) string { return strings.Join(l, ", ") })

// agesField reads ages, and for whom it is where the ages say so and no other column does.
var agesField = field{
	set: func(d *draft, cell string) error {
		read, err := parseAges(cell)
		if err != nil {
			return err
		}
		a := d.activity
		d.ages = read.ranges
		if len(read.ranges) > 0 {
			a.AgeMin, a.AgeMax = read.ranges[0].min, read.ranges[0].max
		}
		switch {
		case read.withParent && a.Audience == "":
			a.Audience, a.Group = "parent_child", "parent_child"
		case a.Audience == "" && a.AgeMax != nil && *a.AgeMax < 18:
			a.Audience = "child"
		}
		return nil
	},
	get: func(d *draft) string { return ageRange{d.activity.AgeMin, d.activity.AgeMax}.text() },
}

var dayField = field{
	set: func(d *draft, cell string) error { d.when = cell + " " + d.when; return nil },
	get: func(d *draft) string { return d.slot.Weekday },
}

var whenField = field{
	set: func(d *draft, cell string) error { d.when += " " + cell; return nil },
	get: func(*draft) string { return "" },
}

// usualPrice is the kind of a regular price that has no name: a club asks contributie, others lesgeld.
func usualPrice(a *catalog.Activity) string {
	if a.Domain == "sport" {
		return "contributie"
	}
	return "lesgeld"
}

var costsField = field{
	set: func(d *draft, cell string) error {
		read, err := parseCosts(cell, usualPrice(d.activity))
		d.activity.Costs = read.lines
		if read.freeTrial {
			d.activity.Trial.Free = catalog.Yes
		}
		return err
	},
	get: func(d *draft) string { return costsText(d.activity.Costs) },
}

var reducedField = field{
	set: func(d *draft, cell string) (err error) {
		d.activity.Reduced, err = parseReduced(cell, usualPrice(d.activity))
		return err
	},
	get: func(d *draft) string { return reducedText(d.activity.Reduced) },
}

var stateField = parsed(func(d *draft) *catalog.State { return &d.activity.State }, func(s string) (catalog.State, error) {
	v, err := stateWords.read(s)
	return catalog.State(v), err
}, func(s catalog.State) string { return stateWords.write(string(s)) })

var kindField = parsed(func(d *draft) *catalog.PartnerKind { return &d.partner.Kind }, func(s string) (catalog.PartnerKind, error) {
	kinds := make([]string, len(catalog.PartnerKinds))
	for i, k := range catalog.PartnerKinds {
		kinds[i] = string(k)
	}
	v, err := same(kinds).read(s)
	return catalog.PartnerKind(v), err
}, func(k catalog.PartnerKind) string { return string(k) })
