package catalog

import "fmt"

// Clock is a time of day in minutes after midnight, local time in Europe/Amsterdam, 0 to 1439. In text it is HH:MM.
type Clock int

// ParseClock reads HH:MM or H:MM.
func ParseClock(s string) (Clock, error) {
	wrong := fmt.Errorf("%q is geen tijd: verwacht uu:mm, bijvoorbeeld 15:30", s)
	if len(s) == 4 {
		s = "0" + s
	}
	if len(s) != 5 || s[2] != ':' {
		return 0, wrong
	}
	h, okH := twoDigits(s[:2])
	m, okM := twoDigits(s[3:])
	if !okH || !okM || h > 23 || m > 59 {
		return 0, wrong
	}
	return Clock(h*60 + m), nil
}

func twoDigits(s string) (n int, ok bool) {
	if s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}

// String writes HH:MM.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads HH:MM.
func (c *Clock) UnmarshalText(b []byte) error {
	v, err := ParseClock(string(b))
	if err == nil {
		*c = v
	}
	return err
}
