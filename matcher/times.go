package matcher

import (
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// parts is a set of parts of a day, the morning in the lowest bit.
type parts uint8

const (
	daytime parts = 1<<0 | 1<<1
	evening parts = 1<<2 | 1<<3
)

// partOf gives the part of the day of every minute, as questionnaire.DaypartOf says it.
var partOf = func() (table [24 * 60]uint8) {
	for m := range table {
		table[m] = uint8(slices.Index(questionnaire.Dayparts[:], questionnaire.DaypartOf(m)))
	}
	return table
}()

// partsBetween gives the parts of the day that a stretch of time touches, from included and to excluded, in minutes
// after midnight. An empty stretch touches the part it begins in; times beyond the day belong to its first or last part.
func partsBetween(from, to int) parts {
	first := partOf[min(max(from, 0), 24*60-1)]
	last := partOf[min(max(to-1, from, 0), 24*60-1)]
	return parts(1<<(last+1) - 1<<first)
}

// setTimes reads when an adult can bring and when the child is free into tables by weekday and part of the day.
func (s *search) setTimes() {
	never := s.notBrought()
	for d := -1; d < len(questionnaire.Days); d++ {
		bring, free := stated{}, stated{}
		if d >= 0 {
			bring, free = statedOf(&s.facts.BringTimes[d]), statedOf(&s.facts.ChildTimes[d])
		}
		bring.no |= never[d+1] &^ bring.yes
		s.bringing[d+1], s.free[d+1] = weakest[bring.yes][bring.no], weakest[free.yes][free.no]
	}
	for _, name := range s.options.Weekdays {
		if d := weekdayOf(name); d >= 0 {
			s.days |= 1 << d
		}
	}
}

// notBrought gives by weekday+1 the parts in which nobody can bring by the barriers the parent ticked: that counts where the
// cell of P4 is empty or not known.
func (s *search) notBrought() (never [8]parts) {
	evenings, days := s.named("brengen_avond"), s.named("brengen_overdag")
	for d := range never {
		if evenings {
			never[d] |= evening
		}
		if days && d <= 5 { // by day only on weekdays, and when the day is not known
			never[d] |= daytime
		}
	}
	return never
}

// stated are the parts of one day of which something plain was said; of the others it is not known.
type stated struct{ yes, no parts }

func statedOf(day *[4]questionnaire.Said) (s stated) {
	for p, said := range day {
		switch said {
		case questionnaire.Can:
			s.yes |= 1 << p
		case questionnaire.CanNot:
			s.no |= 1 << p
		}
	}
	return s
}

// weakest gives, by the parts with a yes and those with a no, the answer for every set of parts: no when one of them is a plain
// no, unclear when one is not known, else yes.
var weakest = func() (table [16][16][16]answer) {
	for yeses := range parts(16) {
		for noes := range parts(16) {
			for among := range parts(16) {
				switch {
				case among&noes != 0:
					table[yeses][noes][among] = no
				case among&^yeses != 0:
					table[yeses][noes][among] = unclear
				default:
					table[yeses][noes][among] = yes
				}
			}
		}
	}
	return table
}()

// dayOn is the weekday of the slot, or of its next date; -1 when it is not known.
func (s *slot) dayOn(on day) int8 {
	if s.weekday >= 0 || len(s.dates) == 0 {
		return s.weekday
	}
	next := s.dates[0]
	for _, d := range s.dates {
		if d >= on {
			next = d
			break
		}
	}
	return weekday(next.date())
}
