// Package geo knows where things are and how far they are for a child. It is pure: data comes in, answers go out.
package geo

import (
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Point is a place in WGS84 degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Orb gives the point as orb has it: longitude first.
func (p Point) Orb() orb.Point { return orb.Point{p.Lon, p.Lat} }

// FromOrb makes a Point of an orb.Point.
func FromOrb(p orb.Point) Point { return Point{Lat: p[1], Lon: p[0]} }

// Distance is the straight line over the earth's surface in metres, 0 or more (haversine, radius 6378137 m).
func Distance(a, b Point) float64 { return orbgeo.DistanceHaversine(a.Orb(), b.Orb()) }
