package regeling

import (
	"time"

	"github.com/golang-sql/civil"
)

// The periods in which a scheme pays a child its maximum once. A period that is not one of these is a year.
const (
	PeriodCalendarYear  = "calendar_year"
	PeriodPassYear      = "pass_year_1mar_28feb"
	PeriodTwentyFour    = "once_spend_within_24_months"
	monthsOfGrant       = 12
	monthsOfSwimLessons = 24
)

// GrantEnd is the last day on which money that was granted on a day counts (DOMAIN 4.1: a grant lasts one year, and must be asked
// again). It is never before that day.
func (s *Scheme) GrantEnd(from civil.Date) civil.Date {
	switch s.Period {
	case PeriodCalendarYear:
		return civil.Date{Year: from.Year, Month: time.December, Day: 31}
	case PeriodPassYear:
		march := civil.Date{Year: from.Year, Month: time.March, Day: 1}
		if !from.Before(march) {
			march.Year++
		}
		return march.AddDays(-1)
	case PeriodTwentyFour:
		return monthsAfter(from, monthsOfSwimLessons)
	}
	return monthsAfter(from, monthsOfGrant)
}

func monthsAfter(d civil.Date, n int) civil.Date {
	return civil.DateOf(d.In(time.UTC).AddDate(0, n, 0))
}

// RenewDays is how many days before its end a grant has to be asked again; 0 = it is not given again.
func (s *Scheme) RenewDays() int {
	if s.Application.RenewNoticeDays == nil {
		return 0
	}
	return max(*s.Application.RenewNoticeDays, 0)
}
