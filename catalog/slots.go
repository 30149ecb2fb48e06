package catalog

import (
	"fmt"
	"math"

	"wijknetwerk/geo"
)

// The box around the European Netherlands in degrees WGS84, with a margin of about a kilometre.
const (
	southNL, northNL = 50.74, 53.65
	westNL, eastNL   = 3.30, 7.24
)

func inNetherlands(p geo.Point) bool {
	return p.Lat >= southNL && p.Lat <= northNL && p.Lon >= westNL && p.Lon <= eastNL
}

func checkSlots(f *findings, slots []Slot) {
	f.count("slots", len(slots), MaxSlots)
	seen := map[string]bool{}
	for i, s := range slots {
		name := fmt.Sprintf("slots[%d].", i)
		if s.ID != "" && seen[s.ID] {
			f.add(name+"id", "Het nummer %q staat er twee keer. Geef elke tijd een eigen nummer.", clip(s.ID))
		}
		seen[s.ID] = true
		f.length(name+"id", s.ID, MaxShort)
		checkWhen(f, name, s)
		checkPlaces(f, name, s)
		checkLocation(f, name+"location.", s.Location)
	}
}

func checkWhen(f *findings, name string, s Slot) {
	oneOf(f, name+"weekday", s.Weekday, Weekdays)
	if s.Weekday != "" && len(s.Dates) > 0 {
		f.add(name+"dates", "Er staan een vaste dag en losse datums. Kies een van beide.")
	}
	f.count(name+"dates", len(s.Dates), MaxDates)
	for j, d := range s.Dates {
		f.date(fmt.Sprintf("%sdates[%d]", name, j), d)
		if d.IsZero() {
			f.add(fmt.Sprintf("%sdates[%d]", name, j), "Deze datum is leeg. Verwacht jaar-maand-dag, bijvoorbeeld 2025-09-08.")
		}
	}
	for _, c := range []struct {
		name  string
		value Clock
	}{{"start", s.Start}, {"end", s.End}} {
		if c.value < 0 || c.value > 1439 {
			f.add(name+c.name, "Dit is geen tijd. Verwacht 00:00 tot en met 23:59.")
		}
	}
	if s.End <= s.Start && !s.noTime() {
		f.add(name+"end", "De eindtijd %s is niet later dan de begintijd %s. Vul een latere eindtijd in.", s.End, s.Start)
	}
	f.date(name+"from", s.From)
	f.date(name+"to", s.To)
	f.period(name+"to", s.From, s.To)
}

func checkPlaces(f *findings, name string, s Slot) {
	f.tri(name+"pickup", s.Pickup)
	if s.Capacity != nil && (*s.Capacity < 0 || *s.Capacity > MaxPeople) {
		f.add(name+"capacity", "%d plekken kan niet. Verwacht 0 of meer.", *s.Capacity)
	}
	if s.Enrolled < 0 || s.Enrolled > MaxPeople {
		f.add(name+"enrolled", "%d deelnemers kan niet. Verwacht 0 of meer.", s.Enrolled)
	}
	if s.Waitlist.Count < 0 || s.Waitlist.Count > MaxPeople {
		f.add(name+"waitlist.count", "%d wachtenden kan niet. Verwacht 0 of meer.", s.Waitlist.Count)
	}
}

func checkLocation(f *findings, name string, l Location) {
	f.length(name+"name", l.Name, MaxShort)
	f.length(name+"street", l.Street, MaxShort)
	f.length(name+"place", l.Place, MaxShort)
	if l.Postcode != "" && !isPC4(l.Postcode) {
		if _, err := geo.ParsePostcode(l.Postcode); err != nil {
			f.add(name+"postcode", "%q is geen postcode. Verwacht vier cijfers en twee letters, bijvoorbeeld 3072 AB.", clip(l.Postcode))
		}
	}
	p, known := l.Point()
	switch {
	case math.IsNaN(l.Lat) || math.IsNaN(l.Lon) || math.IsInf(l.Lat, 0) || math.IsInf(l.Lon, 0):
		f.add(name+"lat", "De plek op de kaart is geen getal. Verwacht lat en lon in graden, bijvoorbeeld 51.89 en 4.50.")
	case !known || inNetherlands(p):
	case inNetherlands(geo.Point{Lat: l.Lon, Lon: l.Lat}):
		f.add(name+"lat", "lat en lon lijken verwisseld: lat %g, lon %g. In Nederland is lat ongeveer 51 tot 53 en lon 3 tot 7.", l.Lat, l.Lon)
	default:
		f.add(name+"lat", "Deze plek ligt niet in Nederland: lat %g, lon %g. Verwacht lat ongeveer 51 tot 53 en lon 3 tot 7.", l.Lat, l.Lon)
	}
}

// isPC4 says whether s is only the four digits of a postcode, as some sources give.
func isPC4(s string) bool {
	if len(s) != 4 || s[0] == '0' {
		return false
	}
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// noTime says that a slot has no times yet.
func (s Slot) noTime() bool { return s.Start == 0 && s.End == 0 }

// hasTime says whether a family can read when a slot is.
func (s Slot) hasTime() bool { return (s.Weekday != "" || len(s.Dates) > 0) && !s.noTime() }

// Findable says whether a family can go there: a point, a whole postcode, or a street with a town.
func (l Location) Findable() bool {
	if _, ok := l.Point(); ok {
		return true
	}
	_, err := geo.ParsePostcode(l.Postcode)
	return err == nil || l.Street != "" && l.Place != ""
}
