package matcher

import (
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// staleDays is how long a confirmation of an offer holds (DOMAIN 5, aanbod_stopt).
const staleDays = 180

// full says whether a slot takes nobody now.
func full(s *catalog.Slot) bool {
	return s.MembershipStop || (s.Capacity != nil && s.Enrolled >= *s.Capacity)
}

// fullRule: not now, unless there is a waiting list to join (DOMAIN 5, vol).
func fullRule(c *slotCase) (finding, bool) {
	if !full(c.slot) {
		return finding{}, false
	}
	if c.slot.Waitlist.Open {
		return finding{text: "Deze groep is vol. Er is een wachtlijst.", remedies: pick("vol", "wachtlijst", "alternatief")}, true
	}
	return finding{hard: true, text: "Deze groep is vol.", remedies: pick("vol", "alternatief")}, true
}

// endsRule: hard after the last day; not confirmed for 180 days is a question. Who never confirmed counts from its first day.
func endsRule(c *slotCase) (finding, bool) {
	if c.ended() {
		return finding{hard: true, text: "Dit aanbod is afgelopen."}, true
	}
	fresh := c.offer.ConfirmedOn
	if !fresh.IsValid() {
		fresh = c.offer.ValidFrom
	}
	if fresh.IsValid() && c.need.On.DaysSince(fresh) <= staleDays {
		return finding{}, false
	}
	return finding{state: questionnaire.BarrierUnknown, text: "Het is lang niet nagevraagd of dit aanbod nog klopt.", remedies: pick("aanbod_stopt", "bevestigen")}, true
}

// ended is true when the offer, the slot or the last of its dates lies before the day of the search.
func (c *slotCase) ended() bool {
	on := c.need.On
	for _, last := range []civil.Date{c.offer.ValidTo, c.slot.To} {
		if last.IsValid() && last.Before(on) {
			return true
		}
	}
	for _, d := range c.slot.Dates {
		if !d.Before(on) {
			return false
		}
	}
	return len(c.slot.Dates) > 0
}

// safetyRule: what was not declared is a question for the smw'er and not for families; a plain no stays a no (DOMAIN 7.9).
func safetyRule(c *slotCase) (finding, bool) {
	switch c.offer.safe {
	case safetyDeclared:
		return finding{}, false
	case safetyRefused:
		return finding{hard: true, text: "De aanbieder heeft geen VOG-beleid of vertrouwenspersoon."}, true
	}
	return finding{state: questionnaire.BarrierUnknown, text: "De aanbieder heeft de veiligheid nog niet verklaard.", remedies: pick("veiligheid_onbekend", "navragen")}, true
}

// ageThere is the age in whole years by the reference of the activity: at the start, on the 1 March before it as
// for the schemes (DOMAIN 4.1), or in the calendar year.
func (c *slotCase) ageThere() int {
	start := later(c.need.On, later(c.offer.ValidFrom, c.slot.From))
	switch c.offer.AgeReference {
	case "1_march":
		march := civil.Date{Year: start.Year, Month: time.March, Day: 1}
		if start.Before(march) {
			march.Year--
		}
		return c.need.Born.Age(march)
	case "calendar_year":
		return start.Year - c.need.Born.Year
	}
	return c.need.Born.Age(start)
}

func weekday(d civil.Date) time.Weekday { return d.In(time.UTC).Weekday() }
