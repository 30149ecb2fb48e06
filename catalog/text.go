package catalog

import (
	"fmt"
	"strings"

	"github.com/golang-sql/civil"
)

var months = []string{"", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// When writes when a slot is: "wo 17:00–18:15", "3 december en nog 2 keer 15:00–16:00", or "in overleg".
func (s Slot) When() string {
	on := s.Weekday
	if on == "" && len(s.Dates) > 0 {
		on = dayText(s.Dates[0])
		if n := len(s.Dates) - 1; n > 0 {
			on += fmt.Sprintf(" en nog %d keer", n)
		}
	}
	if on == "" {
		return "in overleg"
	}
	return on + " " + s.Start.String() + "–" + s.End.String()
}

func dayText(d civil.Date) string { return fmt.Sprintf("%d %s", d.Day, months[d.Month]) }

// Text writes where something is: name, street and place as far as they are known, "" when nothing is.
func (l Location) Text() string {
	var known []string
	for _, t := range []string{l.Name, l.Street, l.Place} {
		if t != "" {
			known = append(known, t)
		}
	}
	return strings.Join(known, ", ")
}
