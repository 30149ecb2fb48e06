package main

import "wijknetwerk/geo"

// wayDesk gives the web application the ways that ranking uses, as they are known now.
type wayDesk struct{ ways func() geo.Ways }

// Way gives how a child of an age gets from one place to another, and the line of it over the streets; without streets
// there is no line.
func (d wayDesk) Way(from, to geo.Point, mode geo.Mode, age int) (geo.Travel, []geo.Point) {
	ways := d.ways()
	place := ways.Place(to)
	if route, ok := ways.Route(from, place, mode, age); ok {
		return route.Travel, route.Points
	}
	return ways.From(from, age).To(place, mode), nil
}
