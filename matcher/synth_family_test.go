package matcher_test

import (
	"encoding/json"
	"fmt"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// family makes the need of family number i: a child of 4 to 12 with answers, and parents with what stands in their way.
func (c *country) family(i int) kindinkaart.Need {
	r := c.dice("family", i)
	home, k := c.place(r)
	return c.need(r, home, k)
}

// schoolFamily is a family that lives around school number s, as the children of one class do.
func (c *country) schoolFamily(s, i int) kindinkaart.Need {
	at := c.dice("school", s)
	school, k := c.place(at)
	r := c.dice("pupil", s<<20|i)
	n := c.need(r, town{middle: school, radius: 700}.around(r), k)
	n.School = &kindinkaart.Place{Lat: school.Lat, Lon: school.Lon}
	return n
}

func (c *country) need(r dice, home geo.Point, town int) kindinkaart.Need {
	v, years := questionnaire.VariantB, r.between(8, 12)
	if !c.plain && r.chance(0.3) {
		v, years = questionnaire.VariantA, r.between(4, 7)
	}
	home = home.Rounded()
	n := kindinkaart.Need{
		Format: kindinkaart.FormatNeed, On: searchDay, Variant: v, Residence: fmt.Sprintf("GM%04d", 1000+town),
		Born:    kindinkaart.Born{Year: searchDay.Year - years - 1, Month: time.Month(r.between(1, 12))},
		Home:    &kindinkaart.Place{Lat: home.Lat, Lon: home.Lon},
		Answers: questionnaire.Answers{}, Parent: questionnaire.Answers{},
	}
	if town == 0 {
		n.Residence = "GM0599"
	}
	c.likes(r, v, n.Answers)
	if c.plain {
		c.plainAnswers(r, n.Answers, n.Parent)
		return n
	}
	c.childAnswers(r, v, n.Answers)
	c.parentAnswers(r, n.Parent)
	if r.chance(0.8) {
		n.Consents = []string{questionnaire.ConsentAccess}
	}
	if r.chance(0.1) {
		second := town2(c, r, town)
		n.SecondHome = &kindinkaart.Place{Lat: second.Lat, Lon: second.Lon}
	}
	return n
}

// town2 is another home in the same town.
func town2(c *country, r dice, town int) geo.Point { return c.towns[town].around(r).Rounded() }

// some are n different options of a question that say something; "niets" and "weet ik niet" are left out.
func some(r dice, v questionnaire.Variant, item string, n int) []string {
	it, _ := questionnaire.Default().Item(item)
	var ids []string
	for _, o := range it.OptionsFor(v) {
		if !o.DontKnow && !o.Exclusive {
			ids = append(ids, o.ID)
		}
	}
	r.Shuffle(len(ids), func(a, b int) { ids[a], ids[b] = ids[b], ids[a] })
	return ids[:min(n, len(ids))]
}

// likes answers what a child likes: most pictures looked at, a third of them liked, a top 3 of those.
func (c *country) likes(r dice, v questionnaire.Variant, answers questionnaire.Answers) {
	grid, liked := map[string]string{}, []string{}
	for _, o := range some(r, v, "W1", 28) {
		switch u := r.Float64(); {
		case u < 0.1:
		case u < 0.4:
			grid[o], liked = "leuk", append(liked, o)
		case u < 0.6:
			grid[o] = "beetje"
		case u < 0.85:
			grid[o] = "niet"
		default:
			grid[o] = "weet_niet"
		}
	}
	answers["W1"], answers["W2"] = raw(grid), raw(liked[:min(3, len(liked))])
	answers["T1"] = raw(some(r, v, "T1", r.between(1, 3)))
	answers["V1"], answers["G2"] = raw(some(r, v, "V1", 1)[0]), raw(some(r, v, "G2", 1)[0])
	if r.chance(0.3) {
		answers["W3"] = raw([]string{c.tag(r).ID})
	}
}

func (c *country) childAnswers(r dice, v questionnaire.Variant, answers questionnaire.Answers) {
	answers["F1"], answers["F4"] = raw(some(r, v, "F1", r.between(1, 4))), raw(some(r, v, "F4", 1)[0])
	if v == questionnaire.VariantA {
		return
	}
	if r.chance(0.5) {
		answers["F3"] = week(r, 0.45, 0.15)
	}
	if r.chance(0.4) {
		answers["W6"] = raw(some(r, v, "W6", r.between(1, 2)))
	}
	if r.chance(0.12) {
		answers["G3"] = raw(some(r, v, "G3", 1))
	}
	answers["G4"] = raw(r.word("nee", "a", "ab", "abc", "abc", "weet_niet"))
}

// parentAnswers answers what stands in the way; each question is skipped by some.
func (c *country) parentAnswers(r dice, answers questionnaire.Answers) {
	put := func(p float64, id string, answer func() json.RawMessage) {
		if r.chance(p) {
			answers[id] = answer()
		}
	}
	put(0.9, "P3", func() json.RawMessage {
		if r.chance(0.3) {
			return raw([]string{"niets"})
		}
		return raw(some(r, questionnaire.VariantP, "P3", r.between(1, 4)))
	})
	put(0.6, "P4", func() json.RawMessage { return week(r, 0.5, 0.2) })
	put(0.85, "P5", func() json.RawMessage {
		return raw(map[string]any{"id": r.word("lopen", "fiets", "fiets", "fiets", "ov", "auto"), "minutes": []int{10, 15, 20, 30, 45}[r.IntN(5)]})
	})
	put(0.8, "P6", func() json.RawMessage { return raw(r.word("nee", "lopen_kort", "fiets_kort", "ov", "met_ander")) })
	put(0.6, "P7", func() json.RawMessage { return raw(r.word("0", "10", "20", "40", "meer")) })
	put(0.7, "P8", func() json.RawMessage { return raw([]string{r.word("uitkering", "pas", "laag", "nee", "nee")}) })
	put(0.5, "P10", func() json.RawMessage { return raw(r.word("nl", "nl", "nl", "tr", "ar", "en")) })
	put(0.3, "P1", func() json.RawMessage { return raw(some(r, questionnaire.VariantP, "P1", r.between(1, 4))) })
	put(0.3, "P11", func() json.RawMessage { return raw(some(r, questionnaire.VariantP, "P11", r.between(1, 2))) })
}

// week answers when something can: yes, no, and blank for the rest.
func week(r dice, yes, no float64) json.RawMessage {
	grid := map[string]map[string]string{}
	for _, day := range questionnaire.Days {
		grid[day] = map[string]string{}
		for _, part := range dayparts {
			switch u := r.Float64(); {
			case u < yes:
				grid[day][part] = "kan"
			case u < yes+no:
				grid[day][part] = "kan_niet"
			}
		}
	}
	return raw(grid)
}

var dayparts = []string{"ochtend", "middag", "vooravond", "avond"}

// plainAnswers leave nothing open: an adult can always bring, nothing stands in the way, times and money are said.
func (c *country) plainAnswers(r dice, child, parent questionnaire.Answers) {
	child["F3"], child["W6"], child["G3"], child["G4"] = week(r, 0.8, 0.2), raw([]string{"niks"}), raw([]string{"nee"}), raw("abc")
	child["F4"] = raw(some(r, questionnaire.VariantB, "F4", 1)[0])
	parent["P3"], parent["P4"], parent["P6"] = raw([]string{"niets"}), raw(always("kan")), raw("nee")
	parent["P5"] = raw(map[string]any{"id": r.word("lopen", "fiets", "fiets"), "minutes": []int{10, 15, 20, 30, 45}[r.IntN(5)]})
	parent["P7"], parent["P8"], parent["P10"], parent["P11"] = raw(r.word("10", "20", "40", "meer")), raw([]string{"nee"}), raw("nl"), raw([]string{"nee"})
}

// families are n needs, the first of them number from.
func (c *country) families(from, n int) []kindinkaart.Need {
	list := make([]kindinkaart.Need, n)
	for i := range list {
		list[i] = c.family(from + i)
	}
	return list
}
