package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// readWhat reads the first step. When nobody tapped a kind of activity, the title says it when it is sure enough; the last
// page shows what was taken.
func readWhat(r *request, a *catalog.Activity) {
	a.Title, a.Text, a.Domain = r.typed("title"), r.typed("text"), r.typed("domain")
	a.Tags = slices.Clone(r.form.values["tags"])
	if len(a.Tags) > 0 {
		return
	}
	for _, m := range questionnaire.TagsForWords(a.Title) {
		if m.Kind != questionnaire.MatchGuess && len(a.Tags) < 3 {
			a.Tags = append(a.Tags, m.Tag)
		}
	}
}

// readWho reads the second step.
func readWho(r *request, a *catalog.Activity) error {
	a.Audience, a.Group = r.typed("audience"), r.typed("group")
	var wrong problems
	switch ages := r.typed("ages"); ages {
	case "anders":
		a.AgeMin, a.AgeMax = wrong.age(r, "age_min"), wrong.age(r, "age_max")
		if a.Audience == "child" && a.AgeMin == nil && a.AgeMax == nil {
			wrong.need(len(wrong) > 0, "age_min", "Vul de jongste of de oudste leeftijd in.")
		}
	case "":
		wrong.need(a.Audience == "parent", "ages", "Kies voor welke leeftijd het is.")
	default:
		low, high, _ := strings.Cut(ages, "-")
		a.AgeMin, a.AgeMax = numberOf(low), numberOf(high)
	}
	wrong.need(a.Audience != "", "audience", "Kies voor wie het is.")
	return wrong.err()
}

// age reads an age; empty is no limit.
func (p *problems) age(r *request, field string) *int {
	typed := r.typed(field)
	if typed == "" {
		return nil
	}
	n := numberOf(typed)
	p.need(n != nil, field, "Vul een getal in, bijvoorbeeld 8.")
	return n
}

func numberOf(s string) *int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return nil
	}
	return &n
}

// readWhere reads the third step: one of the last places, or an address. The place holds for every time of the offer.
func (s *Server) readWhere(r *request, a *catalog.Activity, list []catalog.Activity) error {
	l := catalog.Location{Name: r.typed("place_name"), Street: r.typed("street"), Postcode: r.typed("postcode"), Place: r.typed("place")}
	known := knownPlaces(*a, list)
	if i, err := strconv.Atoi(r.typed("plek")); err == nil && i >= 0 && i < len(known) {
		l = known[i]
	} else if !l.Findable() {
		return errs.InvalidFields("We weten nog niet waar het is.", errs.Field{Name: "postcode", Message: "Kies een plek, of vul een hele postcode in, bijvoorbeeld 3072 AB."})
	} else {
		s.locate(r.ctx, &l)
	}
	if len(a.Slots) == 0 {
		a.Slots = []catalog.Slot{{}}
	}
	a.Slots = slices.Clone(a.Slots)
	for i := range a.Slots {
		a.Slots[i].Location = l
	}
	return nil
}

// locate puts a place on the map when its postcode is known.
func (s *Server) locate(ctx context.Context, l *catalog.Location) {
	pc, err := geo.ParsePostcode(l.Postcode)
	if err != nil || s.Places == nil {
		return
	}
	if p, ok := s.Places.Locate(ctx, pc); ok {
		l.Lat, l.Lon = p.Lat, p.Lon
	}
}

// readWhen reads the fourth step: a line for every time. A line without a day is taken away; times on dates stay.
func readWhen(r *request, a *catalog.Activity) error {
	var wrong problems
	var kept []catalog.Slot
	place := catalog.Location{}
	for _, sl := range a.Slots {
		place = sl.Location
		if len(sl.Dates) > 0 {
			kept = append(kept, sl)
		}
	}
	for i := range min(len(a.Slots)+4, catalog.MaxSlots) {
		sl := catalog.Slot{Location: place}
		if i < len(a.Slots) {
			if sl = a.Slots[i]; len(sl.Dates) > 0 {
				continue
			}
		}
		if wrong.slot(r, i, len(kept), &sl) {
			kept = append(kept, sl)
		}
	}
	if len(kept) == 0 && place != (catalog.Location{}) {
		kept = []catalog.Slot{{Location: place}}
	}
	if len(kept) > 0 {
		wrong.need(len(wrong) > 0 || kept[0].Weekday != "" || len(kept[0].Dates) > 0, "slots[0].weekday", "Kies minstens één dag, met een begintijd en een eindtijd.")
	}
	a.Slots = kept
	return wrong.err()
}

// slot reads one line; false when it is empty.
func (p *problems) slot(r *request, i, at int, sl *catalog.Slot) bool {
	field := func(name string) string { return fmt.Sprintf("slots[%d].%s", i, name) }
	sl.Weekday = r.typed(field("weekday"))
	from, to := r.typed(field("start")), r.typed(field("end"))
	if sl.Weekday == "" {
		p.need(from == "" && to == "", field("weekday"), "Kies de dag die bij deze tijd hoort.")
		return false
	}
	var errFrom, errTo error
	sl.Start, errFrom = catalog.ParseClock(strings.ReplaceAll(from, ".", ":"))
	sl.End, errTo = catalog.ParseClock(strings.ReplaceAll(to, ".", ":"))
	p.need(errFrom == nil, field("start"), "Vul de begintijd in, bijvoorbeeld 15:30.")
	p.need(errTo == nil, field("end"), "Vul de eindtijd in, bijvoorbeeld 16:30.")
	if errFrom == nil && errTo == nil {
		p.need(sl.End > sl.Start, field("end"), "De eindtijd is niet later dan de begintijd.")
	}
	if typed := r.typed(field("capacity")); typed == "" {
		sl.Capacity = nil
	} else {
		sl.Capacity = numberOf(typed)
		p.need(sl.Capacity != nil && *sl.Capacity >= 0, field("capacity"), "Vul een getal in, bijvoorbeeld 12. Weet je het niet? Laat het leeg.")
	}
	return true
}

// readCosts reads the last step. Gratis is said explicitly: nothing filled in is not gratis.
func readCosts(r *request, a *catalog.Activity) error {
	var wrong problems
	switch r.typed("gratis") {
	case "ja":
		a.Costs = []catalog.Cost{}
	case "nee":
		a.Costs = wrong.costs(r, a.Costs)
		wrong.need(len(wrong) > 0 || len(a.Costs) > 0, "costs[0].cents", "Vul in wat het kost, bijvoorbeeld 12,50.")
	default:
		wrong.need(false, "gratis", "Kies of het gratis is, of geld kost.")
	}
	a.Trial.Free = catalog.Tri(r.typed("trial.free"))
	if a.Trial.Free == catalog.No {
		a.Trial.FreeLessons = 0
	}
	a.LendsKit = catalog.Tri(r.typed("lends_kit"))
	a.Access.StepFree, a.Access.LowStimulus = catalog.Tri(r.typed("access.step_free")), catalog.Tri(r.typed("access.low_stimulus"))
	a.Access.ExtraSupport = catalog.Tri(r.typed("access.extra_support"))
	a.Languages, a.Registration.Via = slices.Clone(r.form.values["languages"]), slices.Clone(r.form.values["registration.via"])
	a.Contact.Name, a.Contact.Phone = r.typed("contact.name"), r.typed("contact.phone")
	return wrong.err()
}

// costs reads the price lines; lines that this form does not show stay as they are.
func (p *problems) costs(r *request, old []catalog.Cost) []catalog.Cost {
	out := []catalog.Cost{}
	for i := range 3 {
		field := func(name string) string { return fmt.Sprintf("costs[%d].%s", i, name) }
		typed := r.typed(field("cents"))
		if typed == "" {
			continue
		}
		c := catalog.Cost{}
		if i < len(old) {
			c = old[i]
		}
		cents, ok := centsOf(typed)
		p.need(ok, field("cents"), "Dit is geen bedrag. Vul een getal in, bijvoorbeeld 12,50.")
		c.Cents, c.Kind, c.Per = cents, r.typed(field("kind")), r.typed(field("per"))
		p.need(c.Kind != "", field("kind"), "Kies waarvoor dit bedrag is.")
		p.need(c.Per != "", field("per"), "Kies per wat dit bedrag is.")
		if c.Times = 0; c.Per == "time" {
			c.Times = r.number(field("times"))
		}
		out = append(out, c)
	}
	if len(old) > 3 {
		out = append(out, old[3:]...)
	}
	return out
}

// centsOf reads 12,50 and 12.5 and € 12 as euro cents.
func centsOf(s string) (int, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "€"), ",-"))
	whole, part, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	if len(part) == 1 {
		part += "0"
	}
	euros, err := strconv.Atoi(whole)
	cents := 0
	if part != "" && err == nil {
		cents, err = strconv.Atoi(part)
	}
	if err != nil || len(part) > 2 || euros < 0 || cents < 0 || euros > 1_000_000 {
		return 0, false
	}
	return euros*100 + cents, true
}

// fillStep puts what is stored in the form of a step.
func fillStep(r *request, a catalog.Activity, n int) {
	switch n {
	case stepWhat:
		r.form.set("title", a.Title)
		r.form.set("text", a.Text)
		r.form.set("domain", a.Domain)
		r.form.set("tags", a.Tags...)
	case stepWho:
		fillWho(r, a)
	case stepWhere:
		if len(a.Slots) > 0 && a.Slots[0].Location.Findable() {
			r.form.set("plek", "0")
		}
	case stepWhen:
		for i, sl := range a.Slots {
			fillSlot(r, i, sl)
		}
	case stepCosts:
		fillCosts(r, a)
	}
}

func fillWho(r *request, a catalog.Activity) {
	r.form.set("audience", orElse(a.Audience, "child"))
	r.form.set("group", orElse(a.Group, "mixed"))
	low, high := "", ""
	if a.AgeMin != nil {
		low = strconv.Itoa(*a.AgeMin)
	}
	if a.AgeMax != nil {
		high = strconv.Itoa(*a.AgeMax)
	}
	switch ages := low + "-" + high; {
	case ages == "-":
	case words["ages"][ages] != "":
		r.form.set("ages", ages)
	default:
		r.form.set("ages", "anders")
		r.form.set("age_min", low)
		r.form.set("age_max", high)
	}
}

func fillSlot(r *request, i int, sl catalog.Slot) {
	at := fmt.Sprintf("slots[%d].", i)
	r.form.set(at+"weekday", sl.Weekday)
	if sl.Start != 0 || sl.End != 0 {
		r.form.set(at+"start", sl.Start.String())
		r.form.set(at+"end", sl.End.String())
	}
	if sl.Capacity != nil {
		r.form.set(at+"capacity", strconv.Itoa(*sl.Capacity))
	}
}

func fillCosts(r *request, a catalog.Activity) {
	switch {
	case a.CostsSaid() && len(a.Costs) == 0:
		r.form.set("gratis", "ja")
	case a.CostsSaid():
		r.form.set("gratis", "nee")
	}
	for i, c := range a.Costs[:min(3, len(a.Costs))] {
		at := fmt.Sprintf("costs[%d].", i)
		r.form.set(at+"cents", strings.TrimPrefix(euro(c.Cents), "€ "))
		r.form.set(at+"kind", c.Kind)
		r.form.set(at+"per", c.Per)
		if c.Times > 0 {
			r.form.set(at+"times", strconv.Itoa(c.Times))
		}
	}
	for name, v := range map[string]catalog.Tri{"trial.free": a.Trial.Free, "lends_kit": a.LendsKit, "access.step_free": a.Access.StepFree,
		"access.low_stimulus": a.Access.LowStimulus, "access.extra_support": a.Access.ExtraSupport} {
		r.form.set(name, string(v))
	}
	r.form.set("languages", a.Languages...)
	r.form.set("registration.via", a.Registration.Via...)
	r.form.set("contact.name", a.Contact.Name)
	r.form.set("contact.phone", a.Contact.Phone)
}
