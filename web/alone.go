package web

import (
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"

	"github.com/golang-sql/civil"
)

// aloneAnswer is the advice about one way of going alone.
type aloneAnswer struct {
	matcher.AloneAdvice
	How string // te voet, met de fiets
}

var aloneHow = map[geo.Mode]string{geo.Walk: "te voet", geo.Bike: "met de fiets"}

// agreedAlone is what was agreed at home about going alone (P6); zero when nobody was asked.
func agreedAlone(f kindinkaart.ChildFile) questionnaire.Independence {
	for _, a := range f.Afnames {
		if a.Variant == questionnaire.VariantP {
			return questionnaire.FactsOf(a.Variant, nil, a.Answers, nil).Independence
		}
	}
	return questionnaire.Independence{}
}

// aloneAdvice answers "kan het alleen?" for a card on the next day that it runs (DOMAIN 5, niet_alleen). ok is false when the
// way is not known, or the activity is not for a child alone.
func (s *Server) aloneAdvice(f kindinkaart.ChildFile, base geo.Point, c card, today civil.Date) (a matcher.AloneAdvice, how geo.Mode, ok bool) {
	to, known := c.Slot.Location.Point()
	child := c.Activity.Audience == "" || c.Activity.Audience == "child"
	if s.Ways == nil || !known || !child || base == (geo.Point{}) || c.Slot.Start == 0 {
		return a, how, false
	}
	way := matcher.AloneWay{Agreed: agreedAlone(f), Day: today, Start: c.Slot.Start, End: c.Slot.End}
	if days := nextDates(c.Slot, today, 1); len(days) > 0 {
		way.Day = days[0]
	}
	way.Route = s.aloneRoute(way.Agreed, base, to, c.Item.Travel.Mode, f.Age)
	if len(way.Route.Points) == 0 {
		way.Route.Points = []geo.Point{base.Rounded(), to} // enough to know when the sun sets there
	}
	a = matcher.Alone(way)
	if !way.Route.Streets {
		a.Points = withoutRoads(a.Points)
	}
	return a, way.Route.Mode, true
}

// aloneRoute is the way the child would go: the simplest that was agreed and takes no longer, else as it is shown.
func (s *Server) aloneRoute(agreed questionnaire.Independence, from, to geo.Point, shown geo.Mode, age int) geo.Route {
	var best geo.Route
	for _, mode := range []geo.Mode{geo.Walk, geo.Bike} {
		best = s.Ways.Way(from, to, mode, age)
		if mode == geo.Mode(agreed.Mode) || agreed.MaxMinutes > 0 && best.Minutes <= float64(agreed.MaxMinutes) {
			return best
		}
	}
	if shown == geo.Walk {
		return s.Ways.Way(from, to, geo.Walk, age)
	}
	return best
}

// withoutRoads leaves out what is said about roads: without a street map nothing is known of them.
func withoutRoads(points []matcher.AlonePoint) []matcher.AlonePoint {
	var out []matcher.AlonePoint
	for _, p := range points {
		if p.About != matcher.AboutRoads {
			out = append(out, p)
		}
	}
	return out
}
