package matcher

import (
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// The parts of a day, in order.
var dayparts = [4]string{"ochtend", "middag", "vooravond", "avond"}

// parts is a set of parts of a day, the morning in the lowest bit.
type parts uint8

const (
	daytime parts = 1<<0 | 1<<1
	evening parts = 1<<2 | 1<<3
)

// partOf gives the part of the day of every minute, as questionnaire.DaypartOf says it.
var partOf = func() (table [24 * 60]uint8) {
	for m := range table {
		table[m] = uint8(slices.Index(dayparts[:], questionnaire.DaypartOf(m)))
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
	for d := int8(-1); d < 7; d++ {
		var bring, free [4]answer
		for p := range dayparts {
			bring[p], free[p] = s.mayBring(d, p), cell(s.facts.ChildTimes, d, p)
		}
		for set := range parts(16) {
			s.bringing[d+1][set], s.free[d+1][set] = weakest(bring, set), weakest(free, set)
		}
	}
	for _, name := range s.options.Weekdays {
		if d := weekdayOf(name); d >= 0 {
			s.days |= 1 << d
		}
	}
}

func cell(times questionnaire.Dayparts, weekday int8, part int) answer {
	if weekday < 0 {
		return unclear
	}
	switch times[questionnaire.Days[weekday]][dayparts[part]] {
	case "kan":
		return yes
	case "kan_niet":
		return no
	}
	return unclear
}

// mayBring reads P4; an empty cell is unknown, unless the parent ticked the barrier for that part of the day.
func (s *search) mayBring(weekday int8, part int) answer {
	if said := cell(s.facts.BringTimes, weekday, part); said != unclear {
		return said
	}
	late := evening&(1<<part) != 0
	if late && s.named("brengen_avond") || !late && s.named("brengen_overdag") && weekday < 5 {
		return no
	}
	return unclear
}

// weakest is no when one of the parts is a plain no, unclear when one is not known, else yes.
func weakest(said [4]answer, among parts) answer {
	result := yes
	for p := range dayparts {
		if among&(1<<p) == 0 {
			continue
		}
		switch said[p] {
		case no:
			return no
		case unclear:
			result = unclear
		}
	}
	return result
}

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
