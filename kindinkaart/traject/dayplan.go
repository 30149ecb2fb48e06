package traject

import (
	"fmt"
	"math"
	"time"

	"github.com/golang-sql/civil"
)

// Plan is the day plan of a lesson, in minutes after midnight, in the order eat, bag, leave, start. A time below 0 lies on
// the day before.
type Plan struct {
	Eat   int
	Bag   int
	Leave int
	Start int
}

// The steps of the day plan (DOMAIN 5).
const (
	leaveMargin = 5  // minutes to spare on the way
	bagMargin   = 10 // minutes between bag and leaving
	eatMargin   = 30 // minutes for the meal
	longestWay  = 12 * 60
)

// DayPlan counts back from the start of a lesson: leave = start - travel (rounded up) - 5, rounded down to 5 minutes; bag
// 10 minutes earlier, meal 30 minutes before that (DOMAIN 5). Travel that is negative or no number counts as 0, travel of
// more than 12 hours as 12 hours.
func DayPlan(startMinutes int, travelMinutes float64) Plan {
	if math.IsNaN(travelMinutes) {
		travelMinutes = 0
	}
	way := int(math.Ceil(min(max(travelMinutes, 0), longestWay)))
	leave := startMinutes - way - leaveMargin
	leave -= ((leave % 5) + 5) % 5
	bag := leave - bagMargin
	return Plan{Eat: bag - eatMargin, Bag: bag, Leave: leave, Start: startMinutes}
}

// Clock writes minutes after midnight as 18:10.
func Clock(minutes int) string {
	m := ((minutes % 1440) + 1440) % 1440
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// Reminder is one message to a family; it never has a name in it.
type Reminder struct {
	At   civil.DateTime // local time
	Text string
}

// The limits of reminders (DOMAIN 5): the evening before at 19:00, and they stop after four weeks unless extended.
const (
	eveningBefore = 19 * 60
	reminderDays  = 28
)

// Reminders plans the messages for a weekly lesson in the four weeks from a day on, oldest first: one the evening before,
// two on the day (eat, bag). None falls in a holiday, nor belongs to a lesson that falls in one. what is the kind of lesson in
// one word, such as "training"; "" is "activiteit".
func Reminders(plan Plan, day time.Weekday, from civil.Date, what string, cal *Calendar) []Reminder {
	if what == "" {
		what = "activiteit"
	}
	first := from.AddDays((int(day) - int(weekday(from)) + 7) % 7)
	var out []Reminder
	for lesson := first; lesson.DaysSince(from) < reminderDays; lesson = lesson.AddDays(7) {
		if cal.InHoliday(lesson) {
			continue
		}
		for _, r := range []Reminder{
			{at(lesson.AddDays(-1), eveningBefore), "Morgen " + what + ". Leg de tas vast klaar."},
			{at(lesson, plan.Eat), "Vandaag " + what + ". Nu eten."},
			{at(lesson, plan.Bag), "Vandaag " + what + ". Pak de tas en ga zo weg."},
		} {
			if !cal.InHoliday(r.At.Date) && !r.At.Date.Before(from) {
				out = append(out, r)
			}
		}
	}
	return out
}

func at(d civil.Date, minutes int) civil.DateTime {
	days := int(math.Floor(float64(minutes) / 1440))
	m := minutes - days*1440
	return civil.DateTime{Date: d.AddDays(days), Time: civil.Time{Hour: m / 60, Minute: m % 60}}
}
