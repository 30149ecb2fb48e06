package matcher

import (
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// bring says whether an adult can be on the road in the given dayparts of this slot: no when one part is a plain no.
func (c *slotCase) bring(parts []string) answer {
	result := yes
	for _, part := range c.trip.parts {
		if !slices.Contains(parts, part) {
			continue
		}
		switch c.canBring(part) {
		case no:
			return no
		case unclear:
			result = unclear
		}
	}
	return result
}

// canBring reads P4; an empty cell is unknown, unless the parent ticked the barrier for that part of the day.
func (c *slotCase) canBring(part string) answer {
	day := c.day()
	switch c.facts.BringTimes[day][part] {
	case "kan":
		return yes
	case "kan_niet":
		return no
	}
	if isEvening(part) && c.named("brengen_avond") {
		return no
	}
	if !isEvening(part) && c.named("brengen_overdag") && day != "za" && day != "zo" {
		return no
	}
	return unclear
}

// day is the weekday of the slot, or of its next date.
func (c *slotCase) day() string {
	if c.slot.Weekday != "" || len(c.slot.Dates) == 0 {
		return c.slot.Weekday
	}
	next := c.slot.Dates[0]
	for _, d := range c.slot.Dates {
		if !d.Before(c.need.On) {
			next = d
			break
		}
	}
	return questionnaire.DayOf(weekday(next))
}

var (
	eveningParts = []string{"vooravond", "avond"}
	daytimeParts = []string{"ochtend", "middag"}
)

func isEvening(part string) bool { return slices.Contains(eveningParts, part) }

func eveningRule(c *slotCase) (finding, bool) {
	return bringRule(c, "brengen_avond", eveningParts, "'s Avonds kan niemand brengen of halen.")
}

func daytimeRule(c *slotCase) (finding, bool) {
	return bringRule(c, "brengen_overdag", daytimeParts, "Overdag kan niemand brengen of halen.")
}

// bringRule: hard when the way lies in a part of the day in which no adult can, and the child may not go alone (DOMAIN 5).
func bringRule(c *slotCase, code string, parts []string, text string) (finding, bool) {
	if c.trip.alone == yes || c.slot.Pickup == catalog.Yes {
		return finding{}, false
	}
	switch c.bring(parts) {
	case yes:
		return finding{}, false
	case no:
		if c.trip.alone == no && !c.mayGoTogether() {
			return finding{hard: true, text: text, remedies: c.withoutSchool(code)}, true
		}
	}
	return finding{state: questionnaire.BarrierUnknown, text: c.whoText(), remedies: []Remedy{c.whoBrings()}}, true
}

// mayGoTogether is true for a child that may go with another child or adult (P6).
func (c *slotCase) mayGoTogether() bool { return c.facts.Independence.Mode == "accompanied" }

func (c *slotCase) whoText() string {
	if c.trip.atSchool {
		return "Het is niet bekend wie het kind ophaalt."
	}
	return "Het is niet bekend wie het kind brengt en haalt."
}

func (c *slotCase) whoBrings() Remedy {
	if c.trip.atSchool {
		return ask.saying("Navragen wie haalt")
	}
	return ask.saying("Navragen wie brengt en haalt")
}

// withoutSchool leaves out "bij school" for an offer that is already there.
func (c *slotCase) withoutSchool(code string) []Remedy {
	all := barrierByCode()[code].Remedies
	if !c.trip.atSchool {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(r Remedy) bool { return r.ID == "na_school" })
}

// aloneRule: hard when the route is more than the child may do and no adult is available then (DOMAIN 5, niet_alleen).
func aloneRule(c *slotCase) (finding, bool) {
	if c.trip.alone == yes || c.slot.Pickup == catalog.Yes || c.bring(c.trip.parts) != no {
		return finding{}, false
	}
	if c.mayGoTogether() {
		return finding{text: "Het kind mag hier samen met iemand heen.", remedies: pick("niet_alleen", "samen_gaan", "buddy")}, true
	}
	if c.trip.alone == unclear {
		return finding{state: questionnaire.BarrierUnknown, text: "Het is niet bekend of het kind alleen mag.", remedies: []Remedy{ask.saying("Navragen of het kind alleen mag")}}, true
	}
	return finding{hard: true, text: "Het kind kan deze weg niet alleen.", remedies: c.withoutSchool("niet_alleen")}, true
}

// distanceRule: soft up to 1.5 times the stated minutes, hard above; unknown places and unstated limits are questions.
func distanceRule(c *slotCase) (finding, bool) {
	minutes := c.trip.minutes
	switch {
	case !c.trip.known:
		return finding{state: questionnaire.BarrierUnknown, text: "De afstand is niet bekend.", remedies: []Remedy{ask.saying(c.askPlace())}}, true
	case minutes <= c.limit:
		return finding{}, false
	case !c.limitSaid:
		return finding{state: questionnaire.BarrierUnknown, text: "Het is niet bekend of dit te ver is.", remedies: []Remedy{ask.saying("Navragen hoe lang de reis mag duren")}}, true
	}
	return finding{hard: minutes > 1.5*c.limit, text: "Het is " + tripText(c.trip) + ". Dat is langer dan afgesproken.", remedies: c.distanceRemedies()}, true
}

func (c *slotCase) askPlace() string {
	if len(c.bases) == 0 {
		return "Navragen waar het kind woont"
	}
	return "Navragen waar het precies is"
}

// distanceRemedies adds a bicycle that would bring it within reach of a family without one (DOMAIN 5, geen_vervoer). Public
// transport is no way out for a child that may not go alone: free travel asks for an adult (DOMAIN 4.1, scenario P3).
func (c *slotCase) distanceRemedies() []Remedy {
	out := pick("afstand", "dichterbij")
	if c.facts.Independence.Mode != "none" && !c.named("niet_alleen") {
		out = append(out, pick("afstand", "ov_kaart")...)
	}
	to, ok := c.slot.Location.Point()
	if ok && c.withoutWheels() && c.travel(c.board, to, "bike").Minutes <= c.limit {
		bicycle := barrierByCode()["geen_vervoer"].remedy("fiets")
		bicycle.barrier = "geen_vervoer"
		return append(out, bicycle)
	}
	if c.trip.way.Mode == "walk" {
		out = append(out, pick("afstand", "fiets")...)
	}
	return out
}

// busyRule: hard when the child marked the time as kan_niet; soft where it named another lesson and did not say "kan" (DOMAIN 5, tijd_bezet).
func busyRule(c *slotCase) (finding, bool) {
	day := c.day()
	if day == "" {
		return finding{state: questionnaire.BarrierUnknown, text: "De tijd is in overleg.", remedies: []Remedy{ask.saying("Navragen op welke dag en tijd het is")}}, true
	}
	sure := true
	for _, part := range questionnaire.DaypartsBetween(int(c.slot.Start), int(c.slot.End)) {
		switch c.facts.ChildTimes[day][part] {
		case "kan":
		case "kan_niet":
			return finding{hard: true, text: "Op dit moment heeft het kind iets anders.", remedies: pick("tijd_bezet", "ander_tijdstip")}, true
		default:
			sure = false
		}
	}
	if sure || !c.named("tijd_bezet") {
		return finding{}, false
	}
	remedies := append(pick("tijd_bezet", "ander_tijdstip"), ask.saying("Navragen of deze tijd past"))
	return finding{text: "Het kind heeft ook andere lessen of taken.", remedies: remedies}, true
}

func trafficRule(c *slotCase) (finding, bool) {
	return finding{text: "De weg erheen voelt niet veilig."}, !c.trip.atSchool
}
