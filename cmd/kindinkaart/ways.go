package main

import "wijknetwerk/geo"

// wayDesk gives the web application the ways that ranking uses, as they are known now.
type wayDesk struct{ ways func() geo.Ways }

// Way gives how a child of an age gets from one place to another; of a way that is not along known streets only the travel.
func (d wayDesk) Way(from, to geo.Point, mode geo.Mode, age int) geo.Route {
	ways := d.ways()
	place := ways.Place(to)
	if route, ok := ways.Route(from, place, mode, age); ok {
		return route
	}
	return geo.Route{Travel: ways.From(from, age).To(place, mode)}
}
