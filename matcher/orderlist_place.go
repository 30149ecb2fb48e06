package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
)

// OrderPlace is where a new offering could be.
type OrderPlace struct {
	Name, Wijk string // Wijk is an area code
	Point      geo.Point
	School     bool
}

// OrderPlaces gives the places to try per wijk: its schools, the place where most activities are, and its middle when there
// is neither. They come by wijk and name.
func OrderPlaces(wijken []geo.Area, schools []kindinkaart.School, activities []catalog.Activity) []OrderPlace {
	venues := venuesOf(activities)
	var out []OrderPlace
	for _, w := range wijken {
		before := len(out)
		for _, s := range schools {
			if s.Point.Finite() && !s.Point.IsZero() && w.Contains(s.Point) {
				out = append(out, OrderPlace{Name: s.Name, Wijk: w.Code, Point: s.Point, School: true})
			}
		}
		if v, ok := busiest(venues, w); ok {
			out = append(out, OrderPlace{Name: v.name, Wijk: w.Code, Point: v.point})
		}
		if len(out) == before {
			out = append(out, OrderPlace{Name: "midden van " + w.Name, Wijk: w.Code, Point: w.Middle})
		}
	}
	slices.SortFunc(out, func(a, b OrderPlace) int {
		return cmp.Or(cmp.Compare(a.Wijk, b.Wijk), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Point.Lat, b.Point.Lat), cmp.Compare(a.Point.Lon, b.Point.Lon))
	})
	return out
}

// venue is a place of the catalogue and how many slots are there.
type venue struct {
	name  string
	point geo.Point
	slots int
}

// venuesOf gathers the named places of published activities that are not at a school.
func venuesOf(activities []catalog.Activity) []venue {
	type key struct {
		name  string
		point geo.Point
	}
	count := map[key]int{}
	for _, a := range activities {
		for i := range a.Slots {
			l := a.Slots[i].Location
			if at, ok := l.Point(); ok && l.Name != "" && a.State == catalog.Published && a.AtSchool != catalog.Yes && a.VenueKind != "school" {
				count[key{l.Name, at}]++
			}
		}
	}
	out := make([]venue, 0, len(count))
	for k, n := range count {
		out = append(out, venue{k.name, k.point, n})
	}
	slices.SortFunc(out, func(a, b venue) int {
		return cmp.Or(cmp.Compare(b.slots, a.slots), cmp.Compare(a.name, b.name), cmp.Compare(a.point.Lat, b.point.Lat), cmp.Compare(a.point.Lon, b.point.Lon))
	})
	return out
}

// busiest is the first venue in a wijk; venues come busiest first.
func busiest(venues []venue, w geo.Area) (venue, bool) {
	i := slices.IndexFunc(venues, func(v venue) bool { return w.Contains(v.point) })
	if i < 0 {
		return venue{}, false
	}
	return venues[i], true
}
