// Package traject knows the way of a child to an activity: stages and transitions, nudges, the day plan and the
// calendar of school days (DOMAIN 5 and 6). It is pure; stages are embedded data.
package traject

import (
	"sort"
	"time"

	"github.com/golang-sql/civil"
)

// Holiday is one school holiday of a region; both days are free.
type Holiday struct {
	Name   string
	Region string // noord, midden, zuid
	From   civil.Date
	To     civil.Date
}

// Calendar knows on which days there is school. The zero value and nil know no school holidays, only weekends and
// national holidays.
type Calendar struct{ holidays []Holiday }

// NewCalendar makes a calendar of the holidays of one region.
func NewCalendar(holidays []Holiday) *Calendar {
	c := &Calendar{holidays: append([]Holiday(nil), holidays...)}
	sort.Slice(c.holidays, func(i, j int) bool { return c.holidays[i].From.Before(c.holidays[j].From) })
	return c
}

// InHoliday says whether a day lies in a school holiday or is a national holiday.
func (c *Calendar) InHoliday(d civil.Date) bool {
	if nationalHoliday(d) {
		return true
	}
	if c == nil {
		return false
	}
	for _, h := range c.holidays {
		if !d.Before(h.From) && !d.After(h.To) {
			return true
		}
	}
	return false
}

// IsSchoolDay says whether there is school: Monday to Friday, not in a holiday.
func (c *Calendar) IsSchoolDay(d civil.Date) bool { return isWeekday(d) && !c.InHoliday(d) }

// longestSearch is how many days a search for a school day goes on; no real holiday is that long.
const longestSearch = 400

// NextSchoolDay gives the day itself when there is school, else the first school day after it.
func (c *Calendar) NextSchoolDay(d civil.Date) civil.Date { return c.seek(d, 1) }

// PreviousSchoolDay gives the day itself when there is school, else the last school day before it.
func (c *Calendar) PreviousSchoolDay(d civil.Date) civil.Date { return c.seek(d, -1) }

func (c *Calendar) seek(d civil.Date, step int) civil.Date {
	for i := 0; i < longestSearch; i++ {
		if day := d.AddDays(i * step); c.IsSchoolDay(day) {
			return day
		}
	}
	return d
}

// AddWorkdays goes n working days on, n 0 or more: Monday to Friday except national holidays. School holidays are
// working days; a nudge that lands in one moves on with NextSchoolDay.
func (c *Calendar) AddWorkdays(d civil.Date, n int) civil.Date {
	for n > 0 {
		d = d.AddDays(1)
		if isWeekday(d) && !nationalHoliday(d) {
			n--
		}
	}
	return d
}

func weekday(d civil.Date) time.Weekday { return d.In(time.UTC).Weekday() }

func daysFromMonday(d civil.Date) int { return (int(weekday(d)) + 6) % 7 }

func isWeekday(d civil.Date) bool { return daysFromMonday(d) < 5 }

// nationalHoliday knows New Year, Easter Monday, King's Day, Ascension, Whit Monday and Christmas.
func nationalHoliday(d civil.Date) bool {
	switch {
	case d.Month == time.January && d.Day == 1, d.Month == time.December && (d.Day == 25 || d.Day == 26):
		return true
	case d.Month == time.April && (d.Day == 26 || d.Day == 27):
		kings := civil.Date{Year: d.Year, Month: time.April, Day: 27}
		if weekday(kings) == time.Sunday {
			kings = kings.AddDays(-1)
		}
		if d == kings {
			return true
		}
	}
	switch d.DaysSince(easter(d.Year)) {
	case 0, 1, 39, 49, 50:
		return true
	}
	return false
}

// easter gives Easter Sunday of a year (the anonymous Gregorian computus).
func easter(year int) civil.Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil.Date{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}
