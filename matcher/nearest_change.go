package matcher

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// change is a need with one or more things changed.
type change struct {
	key    string // the same key is the same change
	wish   string // who must want it first; follows "als"
	only   bool   // nothing to ask for: it was refused
	from   civil.Date
	words  []string // each follows "als"
	anyDay bool     // without the days that were chosen
	day    string   // only times on this day are looked at; "" = all
	need   func(kindinkaart.Need) kindinkaart.Need
}

// and makes two changes into one.
func (c change) and(d change) change {
	out := change{key: c.key + "|" + d.key, wish: c.wish, only: c.only, from: c.from, anyDay: c.anyDay || d.anyDay, day: c.day, words: append(slices.Clone(c.words), d.words...)}
	if d.from.IsValid() {
		out.from = d.from
	}
	first, second := c.need, d.need
	out.need = func(n kindinkaart.Need) kindinkaart.Need {
		for _, f := range []func(kindinkaart.Need) kindinkaart.Need{first, second} {
			if f != nil {
				n = f(n)
			}
		}
		return n
	}
	return out
}

// on is the same change, looked at on one day.
func (c change) on(day string) change {
	c.key, c.day = c.key+"@"+day, day
	return c
}

// partnerWords say what only the partner can change; each follows "als".
var partnerWords = map[string]string{
	"vol":                 "er een plek vrijkomt",
	"aanbod_stopt":        "het aanbod opnieuw begint",
	"veiligheid_onbekend": "de aanbieder VOG-beleid en een vertrouwenspersoon heeft",
	"fysiek_toegankelijk": "de plek zonder drempels te bereiken is",
}

// sentence says a change: "Kan vanaf april 2026: dan is het kind oud genoeg.", "Kan als er een plek vrijkomt."
func (x Nearer) sentence() string {
	var words []string
	if x.made.wish != "" {
		words = append(words, x.made.wish)
	}
	words = append(words, x.made.words...)
	for _, code := range x.ByPartner {
		if code == "aanbod_stopt" && x.made.from.IsValid() {
			words = append(words, "het aanbod er dan nog is") // a season ends before a child is old enough
			continue
		}
		words = append(words, partnerWords[code])
	}
	text := "Kan"
	if x.made.only {
		text = "Alleen"
	}
	if d := x.made.from; d.IsValid() {
		text += fmt.Sprintf(" vanaf %s %d", months[d.Month], d.Year)
		if len(words) == 0 {
			return text + ": dan is het kind oud genoeg."
		}
		text += " (dan is het kind oud genoeg),"
	}
	return text + " als " + strings.Join(words, " en als ") + "."
}

// onDay moves the day of the search.
func onDay(d civil.Date) change {
	return change{key: "dag:" + d.String(), from: d, need: func(n kindinkaart.Need) kindinkaart.Need {
		n.On = d
		return n
	}}
}

// combined are the changes that could take away what stands in the way of a line, beside what was made: none, each alone and
// all together, fewest first.
func (x *Nearest) combined(made change, it *Item) []change {
	out := []change{made}
	for _, code := range inTheWay(it) {
		for _, c := range x.against(code, it) {
			for _, before := range slices.Clone(out) {
				if !strings.Contains(before.key, code+":") {
					out = append(out, before.and(c))
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b change) int { return len(a.words) - len(b.words) })
	return out
}

// against are the changes of a family that could take one barrier away, the least first.
func (x *Nearest) against(code string, it *Item) []change {
	switch code {
	case "afstand":
		return x.longerWay(it)
	case "tijd_bezet":
		return []change{{key: "tijd_bezet:", words: []string{"het kind op die tijd vrij is"}, need: freeTime}}
	case "oppas":
		return []change{{key: "oppas:", words: []string{"er oppas is voor de andere kinderen"}, need: withSitter}}
	}
	return nil
}

// muchLonger is above how many minutes more a bicycle is the nearer change; mostLonger is above which nothing is said.
const (
	muchLonger = 15
	mostLonger = 60
)

// longerWay are the minutes that are missing to a line, and a bicycle for who walks.
func (x *Nearest) longerWay(it *Item) []change {
	f := x.w.facts()
	limit, mode := f.Travel.Minutes, f.Travel.Mode
	if limit == 0 || mode == "" {
		return nil
	}
	var out []change
	for minutes := it.Travel.Minutes; minutes <= it.Travel.Minutes+1; minutes++ { // the minutes of a line are rounded
		if more := minutes - limit; more > 0 && more <= mostLonger {
			out = append(out, change{key: "afstand:" + strconv.Itoa(minutes), words: []string{longerText(more)},
				need: func(n kindinkaart.Need) kindinkaart.Need { return travelWish(n, mode, minutes) }})
		}
	}
	bike := change{key: "afstand:bike", words: []string{"jullie met de fiets gaan"},
		need: func(n kindinkaart.Need) kindinkaart.Need { return travelWish(n, "bike", limit) }}
	switch {
	case mode != "walk" || f.Barriers.State("geen_vervoer") == questionnaire.BarrierYes:
	case it.Travel.Minutes-limit > muchLonger:
		out = append([]change{bike}, out...)
	default:
		out = append(out, bike)
	}
	return out
}

func longerText(minutes int) string {
	if minutes == 1 {
		return "de reis 1 minuut langer mag duren"
	}
	return fmt.Sprintf("de reis %d minuten langer mag duren", minutes)
}

// freeTime marks as "kan" what the child marked as "kan niet".
func freeTime(n kindinkaart.Need) kindinkaart.Need {
	free := questionnaire.FactsOf(n.Variant, n.Answers, n.Parent, n.Consents).ChildTimes
	for day := range free {
		for part, said := range free[day] {
			if said == questionnaire.CanNot {
				free[day][part] = questionnaire.Can
			}
		}
	}
	return setAnswer(n, false, "F3", free)
}

// withSitter is a family that did not tick "andere kinderen thuis".
func withSitter(n kindinkaart.Need) kindinkaart.Need {
	var ticked []string
	if json.Unmarshal(n.Parent["P3"], &ticked) != nil {
		return n
	}
	return setAnswer(n, true, "P3", slices.DeleteFunc(ticked, func(id string) bool { return id == "oppas" }))
}
