package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

const zoneName = "Europe/Amsterdam"

var icalDays = map[string]string{"ma": "MO", "di": "TU", "wo": "WE", "do": "TH", "vr": "FR", "za": "SA", "zo": "SU"}

// writeICal writes an event for every slot with a day and a time: a weekly series until the last day, or its own days. A
// time stays the same on the clock when summer time begins or ends. A series without a first day begins on c.On.
func writeICal(w io.Writer, c Content) error {
	cal := ics.NewCalendarFor("Kind in Kaart")
	cal.SetName("Aanbod in de wijk")
	cal.AddVTimezone(amsterdamZone())
	names := partnerNames(c.Partners)
	for _, a := range c.Activities {
		for _, s := range a.Slots {
			if e := eventOf(a, s, c.On.In(geo.Amsterdam)); e != nil {
				describe(e, a, s, names[a.MainPartner()])
				cal.AddVEvent(e)
			}
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// amsterdamZone says when the clock changes, so that no program has to know it by itself.
func amsterdamZone() *ics.VTimezone {
	zone := ics.NewTimezone(zoneName)
	part := func(b *ics.ComponentBase, start, from, to, name, rule string) {
		b.SetProperty(ics.ComponentPropertyDtStart, start)
		b.SetProperty("TZOFFSETFROM", from)
		b.SetProperty("TZOFFSETTO", to)
		b.SetProperty("TZNAME", name)
		b.AddRrule(rule)
	}
	winter, summer := zone.AddStandard(), &ics.Daylight{}
	zone.Components = append(zone.Components, summer)
	part(&winter.ComponentBase, "19961027T030000", "+0200", "+0100", "CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
	part(&summer.ComponentBase, "19810329T020000", "+0100", "+0200", "CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
	return zone
}

// eventOf gives when a slot is, nil when that is not known.
func eventOf(a catalog.Activity, s catalog.Slot, on time.Time) *ics.VEvent {
	if s.Start == 0 && s.End == 0 || icalDays[s.Weekday] == "" && len(s.Dates) == 0 {
		return nil
	}
	e := ics.NewEvent(a.ID + "." + s.ID + "@kindinkaart")
	e.SetDtStampTime(on)
	days := slices.SortedFunc(slices.Values(s.Dates), func(a, b civil.Date) int { return a.DaysSince(b) })
	if len(days) == 0 {
		days = []civil.Date{weekly(e, a, s, civil.DateOf(on))}
	}
	e.SetProperty(ics.ComponentPropertyDtStart, localTime(days[0], s.Start), ics.WithTZID(zoneName))
	e.SetProperty(ics.ComponentPropertyDtEnd, localTime(days[0], s.End), ics.WithTZID(zoneName))
	for _, d := range days[1:] {
		e.AddProperty(ics.ComponentPropertyRdate, localTime(d, s.Start), ics.WithTZID(zoneName))
	}
	return e
}

// weekly makes a series of an event and gives its first day.
func weekly(e *ics.VEvent, a catalog.Activity, s catalog.Slot, on civil.Date) civil.Date {
	first, last := firstSaid(s.From, a.ValidFrom, on), firstSaid(s.To, a.ValidTo)
	for weekdayOf(first) != s.Weekday {
		first = first.AddDays(1)
	}
	rule := "FREQ=WEEKLY;BYDAY=" + icalDays[s.Weekday]
	if !last.IsZero() {
		end := time.Date(last.Year, last.Month, last.Day, 23, 59, 59, 0, geo.Amsterdam)
		rule += ";UNTIL=" + end.UTC().Format("20060102T150405Z")
	}
	e.AddRrule(rule)
	return first
}

func firstSaid(days ...civil.Date) civil.Date {
	for _, d := range days {
		if !d.IsZero() {
			return d
		}
	}
	return civil.Date{}
}

func localTime(d civil.Date, c catalog.Clock) string {
	return fmt.Sprintf("%04d%02d%02dT%02d%02d00", d.Year, d.Month, d.Day, int(c)/60, int(c)%60)
}

// describe says what an event is and where.
func describe(e *ics.VEvent, a catalog.Activity, s catalog.Slot, partner string) {
	e.SetSummary(a.Title)
	lines := []string{a.Text, partner, ageRange{a.AgeMin, a.AgeMax}.text(), costsText(a.Costs)}
	e.SetDescription(joinSaid("\n", lines...))
	l := s.Location
	e.SetLocation(joinSaid(", ", l.Name, l.Street, joinSaid(" ", l.Postcode, l.Place)))
	if _, ok := l.Point(); ok {
		e.SetGeo(l.Lat, l.Lon)
	}
	e.SetStatus(ics.ObjectStatusConfirmed)
}

// joinSaid joins the texts that are not empty.
func joinSaid(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), between)
}
