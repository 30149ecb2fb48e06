package matcher

import (
	"slices"
	"sync"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

var (
	askWhoBrings   = setOf(ask.saying("Navragen wie brengt en haalt"))
	askWhoCollects = setOf(ask.saying("Navragen wie haalt"))
	askAlone       = setOf(ask.saying("Navragen of het kind alleen mag"))
	askHome        = setOf(ask.saying("Navragen waar het kind woont"))
	askWhere       = setOf(ask.saying("Navragen waar het precies is"))
	askHowFar      = setOf(ask.saying("Navragen hoe lang de reis mag duren"))
	askWhen        = setOf(ask.saying("Navragen op welke dag en tijd het is"))
	goTogether     = pick("niet_alleen", "samen_gaan", "buddy")
	otherTime      = pick("tijd_bezet", "ander_tijdstip")
	otherTimeOrAsk = setOf(pick("tijd_bezet", "ander_tijdstip").list[0], ask.saying("Navragen of deze tijd past"))

	whoCollects   = &why{say: "Het is niet bekend wie het kind ophaalt.", remedies: askWhoCollects}
	whoBrings     = &why{say: "Het is niet bekend wie het kind brengt en haalt.", remedies: askWhoBrings}
	withSomebody  = &why{say: "Het kind mag hier samen met iemand heen.", remedies: goTogether}
	aloneUnknown  = &why{say: "Het is niet bekend of het kind alleen mag.", remedies: askAlone}
	homeUnknown   = &why{say: "De afstand is niet bekend.", remedies: askHome}
	placeUnknown  = &why{say: "De afstand is niet bekend.", remedies: askWhere}
	notInTown     = &why{tell: outOfTown, offering: distanceRemedies}
	limitUnknown  = &why{say: "Het is niet bekend of dit te ver is.", remedies: askHowFar}
	tooFarAway    = &why{tell: tooFar, offering: distanceRemedies}
	timeUnknown   = &why{say: "De tijd is in overleg.", remedies: askWhen}
	somethingElse = &why{say: "Op dit moment heeft het kind iets anders.", remedies: otherTime}
	otherLessons  = &why{say: "Het kind heeft ook andere lessen of taken.", remedies: otherTimeOrAsk}
	unsafeRoad    = &why{say: "De weg erheen voelt niet veilig."}
)

// bringRule finds one of the barriers of bringing. It is hard when the way lies in a part of the day in which no adult
// can, and the child may not go alone (DOMAIN 5).
type bringRule struct {
	parts    parts
	nobody   *why
	atSchool *why // for an offer that is at school already
}

func bringing(code string, in parts, text string) bringRule {
	return bringRule{in, &why{say: text, remedies: all(code)}, &why{say: text, remedies: all(code, "na_school")}}
}

var (
	bringEvening = bringing("brengen_avond", evening, "'s Avonds kan niemand brengen of halen.")
	bringDaytime = bringing("brengen_overdag", daytime, "Overdag kan niemand brengen of halen.")
	notAlone     = bringing("niet_alleen", evening|daytime, "Het kind kan deze weg niet alleen.")
)

func eveningRule(c *slotCase) finding { return bringEvening.look(c) }
func daytimeRule(c *slotCase) finding { return bringDaytime.look(c) }

func (r *bringRule) look(c *slotCase) finding {
	if c.trip.alone == yes || c.slot.pickup == yes {
		return nothing
	}
	may := c.bring(r.parts)
	switch {
	case may == yes:
		return nothing
	case may == no && c.trip.alone == no && !c.mayGoTogether():
		return r.hard(c)
	case c.trip.atSchool:
		return question(whoCollects)
	}
	return question(whoBrings)
}

func (r *bringRule) hard(c *slotCase) finding {
	if c.trip.atSchool {
		return hard(r.atSchool)
	}
	return hard(r.nobody)
}

// bring says whether an adult can be on the road in those of the given parts of the day that this slot asks for.
func (c *slotCase) bring(in parts) answer {
	return c.bringing[c.weekday+1][c.trip.parts&in]
}

// mayGoTogether is true for a child that may go with another child or adult (P6).
func (c *slotCase) mayGoTogether() bool { return c.facts.Independence.Mode == "accompanied" }

// aloneRule: hard when the route is more than the child may do and no adult is available then (DOMAIN 5, niet_alleen).
func aloneRule(c *slotCase) finding {
	switch {
	case c.trip.alone == yes || c.slot.pickup == yes || c.bring(daytime|evening) != no:
		return nothing
	case c.mayGoTogether():
		return soft(withSomebody)
	case c.trip.alone == unclear:
		return question(aloneUnknown)
	}
	return notAlone.hard(c)
}

// distanceRule: soft up to 1.5 times the stated minutes, hard above; unknown places and unstated limits are questions, but
// where no answer would do it is hard as well (DOMAIN 5, afstand).
func distanceRule(c *slotCase) finding {
	minutes := c.trip.minutes
	switch {
	case !c.trip.known && len(c.bases) == 0:
		return question(homeUnknown)
	case !c.trip.known:
		return question(placeUnknown)
	case minutes <= c.limit:
		return nothing
	case !c.limitSaid && minutes > outOfReach() && c.travel(&c.slot.place, geo.Car).Minutes > outOfReach():
		return hard(notInTown)
	case !c.limitSaid:
		return question(limitUnknown)
	case minutes <= 1.5*c.limit:
		return soft(tooFarAway)
	}
	return finding{why: tooFarAway, hard: true, lifts: c.bicycleHelps()}
}

// outOfReach is in minutes so far that no answer a family can give about the way would do, even by car.
var outOfReach = sync.OnceValue(func() float64 {
	most := 0
	for _, id := range []string{"P5", "C2"} {
		if item, ok := questionnaire.Default().Item(id); ok && len(item.Minutes) > 0 {
			most = max(most, slices.Max(item.Minutes))
		}
	}
	return 1.5 * float64(most)
})

func outOfTown(c *slotCase) string {
	return c.sheet.say("Het is ", c.wayText(), ". Dat is te ver om elke week te doen.")
}

func tooFar(c *slotCase) string {
	return c.sheet.say("Het is ", c.wayText(), ". Dat is langer dan afgesproken.")
}

// bicycleHelps is true when a bicycle would bring the place within reach of a family without one (DOMAIN 5, geen_vervoer).
func (c *slotCase) bicycleHelps() bool {
	return c.onFoot && c.travel(&c.slot.place, geo.Bike).Minutes <= c.limit
}

var (
	closer      = barrierByCode()["afstand"].remedy("dichterbij")
	transitCard = barrierByCode()["afstand"].remedy("ov_kaart")
	cycleThere  = barrierByCode()["afstand"].remedy("fiets")
	bicycle     = barrierByCode()["geen_vervoer"].remedy("fiets").of("geen_vervoer")
)

// distanceRemedies: public transport is no way out for a child that may not go alone: free travel asks for an adult
// (DOMAIN 4.1, scenario P3).
func distanceRemedies(c *slotCase) []Remedy {
	out := append(c.sheet.choices[:0], closer)
	if c.facts.Independence.Mode != "none" && !c.notAlone {
		out = append(out, transitCard)
	}
	switch {
	case c.bicycleHelps():
		out = append(out, bicycle)
	case c.trip.way.Mode == geo.Walk:
		out = append(out, cycleThere)
	}
	return out
}

// busyRule: hard when the child marked the time as kan_niet; soft where it named another lesson and did not say "kan" (DOMAIN 5, tijd_bezet).
func busyRule(c *slotCase) finding {
	if c.weekday < 0 {
		return question(timeUnknown)
	}
	switch c.free[c.weekday+1][partsBetween(int(c.slot.start), int(c.slot.end))] {
	case no:
		return hard(somethingElse)
	case unclear:
		return soft(otherLessons).when(c.named("tijd_bezet"))
	}
	return nothing
}

func trafficRule(c *slotCase) finding { return soft(unsafeRoad).when(!c.trip.atSchool) }
