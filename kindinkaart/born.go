package kindinkaart

import (
	"fmt"
	"time"

	"github.com/golang-sql/civil"
)

// Born is the year and month of birth, or a full date when a fund needs it (DOMAIN 7.3). With only a month the birthday
// counts from the first of that month. In text it is 2015-04 or 2015-04-17; "" is unknown.
type Born struct {
	Year  int
	Month time.Month
	Day   int // 0 = not recorded
}

// ParseBorn reads 2015-04 or 2015-04-17.
func ParseBorn(s string) (Born, error) {
	if s == "" {
		return Born{}, nil
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return Born{Year: t.Year(), Month: t.Month()}, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Born{}, fmt.Errorf("%q is geen geboortemaand: verwacht jjjj-mm of jjjj-mm-dd", s)
	}
	return Born{Year: t.Year(), Month: t.Month(), Day: t.Day()}, nil
}

// Known says whether a year and month were given.
func (b Born) Known() bool { return b.Year != 0 }

// Date is the birthday as a date, the first of the month when the day was not recorded.
func (b Born) Date() civil.Date { return civil.Date{Year: b.Year, Month: b.Month, Day: max(b.Day, 1)} }

// Age is the age in whole years on a day, 0 or more; somebody born on 29 February has a birthday on 1 March in other years.
func (b Born) Age(on civil.Date) int {
	d := b.Date()
	age := on.Year - d.Year
	if on.Month < d.Month || (on.Month == d.Month && on.Day < d.Day) {
		age--
	}
	return max(age, 0)
}

// String writes what is known.
func (b Born) String() string {
	switch {
	case !b.Known():
		return ""
	case b.Day == 0:
		return fmt.Sprintf("%04d-%02d", b.Year, b.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", b.Year, b.Month, b.Day)
}

// MarshalText writes what is known.
func (b Born) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads 2015-04 or 2015-04-17.
func (b *Born) UnmarshalText(text []byte) error {
	v, err := ParseBorn(string(text))
	if err == nil {
		*b = v
	}
	return err
}
