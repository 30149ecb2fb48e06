package matcher_test

import (
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// activity makes number i; partners are the ids to choose from.
func (c *country) activity(i int, partners []string) catalog.Activity {
	r := c.dice("activity", i)
	t := c.tag(r)
	lo := r.between(4, 12)
	hi := lo + r.between(1, 5)
	a := catalog.Activity{
		ID: r.id(1_720_000_000_000 + int64(i)*31), Partner: partners[r.IntN(len(partners))], Domain: domainOf(t), Tags: []string{t.ID}, Audience: "child",
		AgeMin: intp(lo), AgeMax: intp(hi), State: catalog.Published, Group: "mixed",
		ValidFrom: searchDay.AddDays(-r.between(0, 300)), ValidTo: searchDay.AddDays(r.between(30, 330)), ConfirmedOn: searchDay.AddDays(-r.between(0, 170)),
		Setting: r.word("indoor", "indoor", "indoor", "outdoor"), Intensity: r.word("active", "calm"), GroupSize: r.word("team", "team", "small", "pair"),
		AtSchool: catalog.No, Trial: catalog.Trial{FreeLessons: r.between(0, 2)},
		Registration: catalog.Registration{Via: []string{r.word("formulier", "telefoon", "app", "langskomen")}, DigiD: catalog.No},
	}
	a.Title, a.Text = c.title(r, t, lo, hi)
	if near := questionnaire.Near(t.ID); len(near) > 0 && r.chance(0.23) && !slices.Contains(parentTags, near[0]) {
		a.Tags = append(a.Tags, near[0])
	}
	if r.chance(0.03) {
		a.ValidFrom, a.ValidTo = searchDay.AddDays(-300), searchDay.AddDays(-3)
	}
	a.Costs = c.costs(r, a.Domain)
	if !c.plain {
		c.loosen(r, &a, t)
	}
	slots := 1
	if !c.plain && r.chance(0.2) {
		slots = 2
	}
	place, _ := c.place(r)
	for k := range slots {
		a.Slots = append(a.Slots, c.slot(r, k))
		a.Slots[k].Location = catalog.Location{Name: "Gebouw", Place: "Stad", Lat: place.Lat, Lon: place.Lon}
		if !c.plain && r.chance(0.02) {
			a.Slots[k].Location = catalog.Location{}
		}
	}
	return a
}

var parentTags = []string{"opvoedcursus", "oudergroep", "ouder_kind"}

func domainOf(t questionnaire.Tag) string {
	switch {
	case t.ID == "zwemmen":
		return "zwemles"
	case slices.Contains(catalog.Domains, t.Category):
		return t.Category
	}
	return "sociaal"
}

// costs are the price lines of a kind of activity: clubs by the year with kit, culture by the month or time, much else gratis.
func (c *country) costs(r dice, domain string) []catalog.Cost {
	line := func(kind string, cents int, per string) catalog.Cost {
		return catalog.Cost{Kind: kind, Cents: cents, Per: per}
	}
	switch {
	case !c.plain && r.chance(0.08):
		return nil
	case domain == "sport" || domain == "zwemles":
		out := []catalog.Cost{line("contributie", r.cents(120, 640), "year")}
		if r.chance(0.3) {
			out = append(out, line("inschrijfgeld", r.cents(10, 40), "once"))
		}
		if r.chance(0.3) {
			out = append(out, line("tenue", r.cents(30, 120), "once"))
		}
		return out
	case r.chance(0.5):
		return []catalog.Cost{}
	case r.chance(0.5):
		return []catalog.Cost{line("cursusgeld", r.cents(10, 90), "month")}
	}
	return []catalog.Cost{{Kind: "cursusgeld", Cents: r.cents(2, 16), Per: "time", Times: r.between(6, 36)}}
}

// loosen gives the audiences, conditions and gaps of a real catalogue.
func (c *country) loosen(r dice, a *catalog.Activity, t questionnaire.Tag) {
	if t.Audience == "parent" {
		a.Audience, a.AgeMin, a.AgeMax = "parent", nil, nil
	} else if r.chance(0.04) {
		a.Audience, a.Tags = r.word("family", "parent_child"), append(a.Tags, "ouder_kind")
	}
	if r.chance(0.05) {
		a.AgeMax = nil
	}
	if r.chance(0.09) {
		a.AgeReference = r.word("calendar_year", "1_march")
	}
	if r.chance(0.15) {
		a.ConfirmedOn = a.ConfirmedOn.AddDays(-200)
	}
	if r.chance(0.05) {
		a.Group = r.word("girls", "boys")
	}
	if r.chance(0.1) {
		a.Languages = []string{"nl", r.word("en", "tr", "ar")}
	}
	if r.chance(0.07) {
		a.AtSchool = catalog.Yes
	}
	if a.Domain == "zwemles" && r.chance(0.2) || slices.Contains(a.Tags, "watersport") {
		a.Conditions.SwimMin = r.word("A", "AB")
	}
	if len(a.Costs) > 0 && r.chance(0.2) {
		a.Reduced = []catalog.Reduced{{When: r.word("low_income", "pass"), Kind: a.Costs[0].Kind, Cents: a.Costs[0].Cents / 2, Per: a.Costs[0].Per}}
	}
	a.Setting, a.Intensity = r.word("", a.Setting, a.Setting), r.word("", a.Intensity, a.Intensity)
	a.VenueKind = r.word("", "buurthuis", "sporthal", "gymzaal", "zaal", "school", "sportveld")
	a.LendsKit, a.Siblings, a.Childcare, a.Instalments = r.tri(0.3, 0.3), r.tri(0.15, 0.4), r.tri(0.05, 0.5), r.tri(0.3, 0.2)
	a.AbsenceOK, a.MedicalPlan, a.Interpreter = r.tri(0.3, 0.2), r.tri(0.2, 0.2), r.tri(0.05, 0.5)
	a.Access = catalog.Access{StepFree: r.tri(0.4, 0.2), Toilet: r.tri(0.3, 0.3), LowStimulus: r.tri(0.15, 0.4), ExtraSupport: r.tri(0.2, 0.3)}
}

// slot is one time: after school, on Wednesday afternoon, in the evening or at the weekend.
func (c *country) slot(r dice, k int) catalog.Slot {
	s := catalog.Slot{ID: []string{"a", "b"}[k], Weekday: r.word("ma", "di", "wo", "wo", "do", "vr", "za", "za", "zo")}
	first, last := 60, 80 // quarters of an hour: 15:00 to 20:00
	switch s.Weekday {
	case "wo":
		first = 52
	case "za", "zo":
		first, last = 36, 64
	}
	s.Start = catalog.Clock(r.between(first, last) * 15)
	s.End = s.Start + catalog.Clock(r.between(3, 8)*15)
	if r.chance(0.6) {
		s.Capacity = intp(r.between(8, 24))
		s.Enrolled = r.between(0, *s.Capacity-1)
		if r.chance(0.2) {
			s.Enrolled, s.Waitlist.Open = *s.Capacity, r.chance(0.5)
		}
	}
	if !c.plain && r.chance(0.05) {
		s.Pickup = catalog.Yes
	}
	return s
}
