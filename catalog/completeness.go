package catalog

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/errs"
)

// Missing lists what an activity needs before families may see it, field by field in Dutch: a title, tags, for whom, an
// age range, at least one slot with time and place, a provider and what it costs. "Gratis" is said with an empty list of
// costs that is not nil; nil means that nobody said it. An activity for every age has age_min 0. Only parents and staff
// need no ages.
func Missing(a Activity) []errs.Field {
	var f findings
	need := func(ok bool, name, message string) {
		if !ok {
			f.add(name, "%s", message)
		}
	}
	need(strings.TrimSpace(a.Title) != "", "title", "Geef het aanbod een naam.")
	need(a.MainPartner() != "", "partner", "Zeg welke aanbieder dit doet.")
	need(a.Domain != "", "domain", "Kies een soort, bijvoorbeeld sport of cultuur.")
	need(len(a.Tags) > 0, "tags", "Kies minstens één onderwerp, bijvoorbeeld basketbal.")
	need(a.Audience != "", "audience", "Zeg voor wie het is: kind, ouder, ouder en kind, gezin of medewerker.")
	need(agesSaid(a), "age_min", "Vul de leeftijd in. Voor alle leeftijden: vanaf 0 jaar.")
	need(a.CostsSaid(), "costs", "Vul in wat het kost, of kies gratis.")
	need(slices.ContainsFunc(a.Slots, Slot.hasTime), "slots", "Vul minstens één dag met begintijd en eindtijd in.")
	need(slices.ContainsFunc(a.Slots, func(s Slot) bool { return s.hasTime() && s.Location.Findable() }), "slots.location",
		"Vul in waar het is: een postcode, of een straat met plaats. Zonder plek blijft het aanbod een concept.")
	return f
}

func agesSaid(a Activity) bool {
	return a.Audience == "parent" || a.Audience == "staff" || a.AgeMin != nil || a.AgeMax != nil
}

// wish is something families want to know, with its weight in points out of 100.
type wish struct {
	points int
	what   string // fits in "Voeg toe %s"
	filled func(a Activity, p Partner) bool
}

// wishes add up to 100. What a family needs to go at all weighs 10, what takes away a barrier (DOMAIN 5) 8 or less.
var wishes = []wish{
	{10, "op welke dag en tijd het is", func(a Activity, _ Partner) bool { return slices.ContainsFunc(a.Slots, Slot.hasTime) }},
	{10, "waar het is", func(a Activity, _ Partner) bool {
		return slices.ContainsFunc(a.Slots, func(s Slot) bool { return s.Location.Findable() })
	}},
	{10, "wat het kost", func(a Activity, _ Partner) bool { return a.CostsSaid() }},
	{10, "voor wie het is en voor welke leeftijd", func(a Activity, _ Partner) bool { return a.Audience != "" && agesSaid(a) }},
	{10, "waar het over gaat", func(a Activity, _ Partner) bool { return len(a.Tags) > 0 }},
	{8, "hoe het heet", func(a Activity, _ Partner) bool { return strings.TrimSpace(a.Title) != "" }},
	{8, "of proberen gratis is", func(a Activity, _ Partner) bool { return trialSaid(a) }},
	{8, "wat je er doet, in een paar zinnen", func(a Activity, _ Partner) bool { return utf8.RuneCountInString(a.Text) >= 40 }},
	{8, "wie een ouder kan bellen, met het nummer", func(a Activity, p Partner) bool { return reachable(a.Contact) || reachable(p.Contact) }},
	{6, "of een rolstoel naar binnen kan en of het rustig is", func(a Activity, _ Partner) bool {
		return said(a.Access.StepFree) && said(a.Access.LowStimulus)
	}},
	{4, "hoe je je aanmeldt", func(a Activity, _ Partner) bool { return len(a.Registration.Via) > 0 }},
	{4, "of je spullen kunt lenen en wat je meeneemt", func(a Activity, _ Partner) bool { return said(a.LendsKit) || len(a.Bring) > 0 }},
	{4, "hoeveel plekken er zijn", func(a Activity, _ Partner) bool {
		return slices.ContainsFunc(a.Slots, func(s Slot) bool { return s.Capacity != nil })
	}},
}

func said(t Tri) bool { return t == Yes || t == No }

// trialSaid: what is free is free to try.
func trialSaid(a Activity) bool {
	return a.Trial.FreeLessons > 0 || said(a.Trial.Free) || a.CostsSaid() && len(a.Costs) == 0
}

func reachable(c Contact) bool { return c.Name != "" && (c.Phone != "" || c.Email != "") }

// Completeness is how much of what families need is filled in: 0 to 100, and the one tip that adds most, with its points:
// "Voeg toe of proberen gratis is (+8)". At 100 there is no tip.
func Completeness(a Activity, p Partner) (percent int, tip string) {
	most := 0
	for _, w := range wishes {
		if w.filled(a, p) {
			percent += w.points
		} else if w.points > most {
			most, tip = w.points, fmt.Sprintf("Voeg toe %s (+%d)", w.what, w.points)
		}
	}
	return percent, tip
}
