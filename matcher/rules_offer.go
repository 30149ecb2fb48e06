package matcher

import (
	"time"

	"github.com/golang-sql/civil"
)

// staleDays is how long a confirmation of an offer holds (DOMAIN 5, aanbod_stopt).
const staleDays = 180

var (
	queueOrOther = pick("vol", "wachtlijst", "alternatief")
	another      = pick("vol", "alternatief")
	confirmFirst = pick("aanbod_stopt", "bevestigen")
	askSafety    = pick("veiligheid_onbekend", "navragen")

	fullWithQueue   = &why{say: "Deze groep is vol. Er is een wachtlijst.", remedies: queueOrOther}
	fullUp          = &why{say: "Deze groep is vol.", remedies: another}
	over            = &why{say: "Dit aanbod is afgelopen."}
	longUnconfirmed = &why{say: "Het is lang niet nagevraagd of dit aanbod nog klopt.", remedies: confirmFirst}
	safetyNo        = &why{say: "De aanbieder heeft geen VOG-beleid of vertrouwenspersoon."}
	safetyUnknown   = &why{say: "De aanbieder heeft de veiligheid nog niet verklaard.", remedies: askSafety}
)

// fullRule: not now, unless there is a waiting list to join (DOMAIN 5, vol).
func fullRule(c *slotCase) finding {
	switch {
	case !c.slot.full:
		return nothing
	case c.slot.waitlist:
		return soft(fullWithQueue)
	}
	return hard(fullUp)
}

// endsRule: hard after the last day; not confirmed for 180 days is a question. Who never confirmed counts from its first day.
func endsRule(c *slotCase) finding {
	if c.offer.ended(c.slot, c.on) {
		return hard(over)
	}
	return question(longUnconfirmed).when(c.offer.confirmed < c.stale)
}

// ended is true when the offer, the slot or the last of its dates lies before a day.
func (o *offer) ended(at *slot, on day) bool {
	if o.validTo != 0 && o.validTo < on || at.to != 0 && at.to < on {
		return true
	}
	for _, d := range at.dates {
		if d >= on {
			return false
		}
	}
	return len(at.dates) > 0
}

// safetyRule: what was not declared is a question for the smw'er and not for families; a plain no stays a no (DOMAIN 7.9).
func safetyRule(c *slotCase) finding {
	switch c.offer.safety() {
	case safetyDeclared:
		return nothing
	case safetyRefused:
		return hard(safetyNo)
	}
	return question(safetyUnknown)
}

// ageThere is the age in whole years by the reference of the activity: at the start, on the 1 March before it as
// for the schemes (DOMAIN 4.1), or in the calendar year.
func (c *slotCase) ageThere() int {
	first := max(c.on, c.offer.validFrom, c.slot.from)
	if first == c.on {
		return c.agesNow[c.offer.ageOn()]
	}
	start := first.date()
	switch c.offer.ageOn() {
	case onFirstOfMarch:
		return c.need.Born.Age(lastFirstOfMarch(start))
	case inCalendarYear:
		return start.Year - c.need.Born.Year
	}
	return c.need.Born.Age(start)
}

// lastFirstOfMarch is the 1 March on or before a day.
func lastFirstOfMarch(d civil.Date) civil.Date {
	march := civil.Date{Year: d.Year, Month: time.March, Day: 1}
	if d.Before(march) {
		march.Year--
	}
	return march
}
