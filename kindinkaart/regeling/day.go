package regeling

import "github.com/golang-sql/civil"

// Day is a date as a number: days since the last day of the year 0. The zero Day is not known.
type Day int32

var dayZero = civil.Date{Year: 0, Month: 12, Day: 31}

// DayOf gives a date as a number; the zero Date is the zero Day.
func DayOf(d civil.Date) Day {
	if d.IsZero() {
		return 0
	}
	return Day(d.DaysSince(dayZero))
}

// Date gives the date back; the zero Day is the zero Date.
func (d Day) Date() civil.Date {
	if d == 0 {
		return civil.Date{}
	}
	return dayZero.AddDays(int(d))
}
