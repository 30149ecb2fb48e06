package web

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strings"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// profileTag is one thing a child likes, as a picture, a word and how much.
type profileTag struct {
	Tag, Label, Words string
	Value             float64
	Steps             []bool // five steps, the first ones are on
}

// likesOf gives the things a child likes most, at most n; only what is above zero.
func likesOf(p questionnaire.Profile, n int) []profileTag {
	var out []profileTag
	for tag, v := range p.Effective {
		if v > 0 && questionnaire.Taxonomy().Known(tag) {
			if _, leaf := questionnaire.Leaf(tag); leaf {
				out = append(out, profileTag{Tag: tag, Label: questionnaire.Taxonomy().Label(tag), Value: v, Words: likeWords(v), Steps: steps(v)})
			}
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Value != out[j].Value {
			return out[i].Value > out[j].Value
		}
		return out[i].Tag < out[j].Tag
	})
	return out[:min(n, len(out))]
}

func likeWords(v float64) string {
	switch {
	case v >= 0.6:
		return "heel leuk"
	case v >= 0.3:
		return "leuk"
	}
	return "misschien leuk"
}

// steps turns 0..1 into five marks.
func steps(v float64) []bool {
	out := make([]bool, 5)
	for i := range out {
		out[i] = float64(i) < math.Ceil(v*5)
	}
	return out
}

// picked is one chosen option of a question, with its picture.
type picked struct{ Label, Picto string }

// pickedOf gives what was chosen for a question, in the order of choosing.
func pickedOf(a kindinkaart.Afname, item string) []picked {
	it, ok := questionnaire.Default().Item(item)
	if !ok || a.Answers[item] == nil {
		return nil
	}
	var ids []string
	if json.Unmarshal(a.Answers[item], &ids) != nil {
		var single string
		if json.Unmarshal(a.Answers[item], &single) != nil {
			return nil
		}
		ids = []string{single}
	}
	var out []picked
	for _, id := range ids {
		for _, o := range it.OptionsFor(a.Variant) {
			if o.ID == id && !o.DontKnow {
				out = append(out, picked{o.TextFor(a.Variant), o.Pictogram})
			}
		}
	}
	return out
}

// milieu is one of the places a child grows up in: home, school, neighbourhood.
type milieu struct {
	Name, Picto string
	Lines       []string
}

// milieusOf says in plain sentences what is known of home, school and neighbourhood. It only repeats answers that help to
// find and plan something; nothing about what is wrong with anybody (DOMAIN, first page, 1).
func milieusOf(f kindinkaart.ChildFile) []milieu {
	child, _ := childAfname(f)
	parent, _ := parentAfname(f)
	var consents []string
	for _, c := range f.Consents {
		if c.Given && !c.WithdrawnOn.IsValid() {
			consents = append(consents, string(c.Purpose))
		}
	}
	facts := questionnaire.FactsOf(variantOf(child), child.Answers, parent.Answers, consents)
	home := milieu{Name: "Thuis", Picto: "huis", Lines: homeLines(f, facts)}
	school := milieu{Name: "School", Picto: "school", Lines: schoolLines(f, child)}
	area := milieu{Name: "Wijk", Picto: "wijk", Lines: areaLines(f, facts)}
	return []milieu{home, school, area}
}

func variantOf(a kindinkaart.Afname) questionnaire.Variant {
	if a.Variant == "" {
		return questionnaire.VariantB
	}
	return a.Variant
}

func homeLines(f kindinkaart.ChildFile, facts questionnaire.Facts) []string {
	var out []string
	if c := f.Child; c.SecretAddress {
		out = append(out, "Geheim adres: we zoeken vanaf het midden van de wijk.")
	} else if c.SecondHome != "" {
		out = append(out, "Woont op twee adressen.")
	}
	if can := canBring(facts.BringTimes); can != "" {
		out = append(out, "Brengen kan op: "+can+".")
	} else {
		out = append(out, "Nog niet gevraagd wanneer brengen kan.")
	}
	if facts.Budget.Known && !facts.Budget.Unlimited {
		if facts.Budget.MonthCents == 0 {
			out = append(out, "Zoekt iets dat gratis is, of met een fonds.")
		} else {
			out = append(out, "Kan ongeveer "+euro(facts.Budget.MonthCents)+" per maand betalen.")
		}
	}
	if facts.SupportLevel != "" {
		out = append(out, "Hulp: "+lowerFirst(word("level", facts.SupportLevel))+".")
	}
	return out
}

// canBring lists the days with a part on which bringing is possible, in the order of the week.
func canBring(times questionnaire.Times) string {
	var out []string
	for d, day := range times {
		var parts []string
		for p, said := range day {
			if said == questionnaire.Can {
				parts = append(parts, questionnaire.Dayparts[p])
			}
		}
		if len(parts) > 0 {
			out = append(out, questionnaire.Days[d]+" "+strings.Join(parts, " en "))
		}
	}
	return strings.Join(out, ", ")
}

func schoolLines(f kindinkaart.ChildFile, child kindinkaart.Afname) []string {
	out := []string{strings.TrimSuffix(f.School.Name+", "+klasWord(f.Child.Klas), ", ")}
	var fun []string
	for _, o := range pickedOf(child, "S2") {
		fun = append(fun, lowerFirst(o.Label))
	}
	if len(fun) > 0 {
		out = append(out, "Leuk op school: "+strings.Join(fun, ", ")+".")
	}
	return out
}

func areaLines(f kindinkaart.ChildFile, facts questionnaire.Facts) []string {
	var out []string
	if f.Child.Postcode != "" && !f.Child.SecretAddress {
		out = append(out, "Postcode "+f.Child.Postcode.String()+".")
	}
	if line := baseLine(f.Child, facts); line != "" {
		out = append(out, line)
	}
	if facts.Travel.Mode != "" {
		line := "Gaat het liefst " + word("mode", facts.Travel.Mode)
		if facts.Travel.Minutes > 0 {
			line += fmt.Sprintf(", hoogstens %d minuten", facts.Travel.Minutes)
		}
		out = append(out, line+".")
	}
	if line := aloneLine(facts.Independence); line != "" {
		out = append(out, line)
	}
	return out
}

// baseLine says where searching begins, when a young person said that it is not at home (C1).
func baseLine(c kindinkaart.Child, facts questionnaire.Facts) string {
	switch {
	case facts.SearchBase == "school":
		return "We zoeken vanaf school."
	case facts.SearchBase == "other" && c.OtherPlace == "":
		return "Is na school het meest ergens anders."
	case facts.SearchBase == "other" && c.SecretAddress:
		return "We zoeken vanaf een andere plek."
	case facts.SearchBase == "other":
		return "We zoeken vanaf een andere plek: postcode " + c.OtherPlace.String() + "."
	}
	return ""
}

// lacksPlace says that a young person wants to be searched for from a place that is not known yet: then home counts.
func lacksPlace(f kindinkaart.ChildFile) bool {
	own, _ := childAfname(f)
	return f.Child.OtherPlace == "" && questionnaire.FactsOf(variantOf(own), own.Answers, nil, nil).SearchBase == "other"
}

func aloneLine(in questionnaire.Independence) string {
	switch in.Mode {
	case "":
		return "Nog niet gevraagd of het kind alleen op pad mag."
	case "none", "accompanied":
		return "Gaat met iemand mee op pad."
	}
	if in.MaxMinutes > 0 {
		return fmt.Sprintf("Mag alleen %s, tot %d minuten.", word("mode", in.Mode), in.MaxMinutes)
	}
	return "Mag alleen " + word("mode", in.Mode) + "."
}
