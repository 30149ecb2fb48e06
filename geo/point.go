// Package geo knows where things are and how far they are for a child. It is pure: data comes in, answers go out.
package geo

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Point is a place in WGS84 degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// The Netherlands in Europe lie within these degrees.
const (
	southmost, northmost = 50.7, 53.7
	westmost, eastmost   = 3.2, 7.3
)

// farthest is half the way round the earth in metres: no two places are farther apart.
const farthest = math.Pi * orb.EarthRadius

// Orb gives the point as orb has it: longitude first.
func (p Point) Orb() orb.Point { return orb.Point{p.Lon, p.Lat} }

// FromOrb makes a Point of an orb.Point.
func FromOrb(p orb.Point) Point { return Point{Lat: p[1], Lon: p[0]} }

// Distance is the straight line over the earth's surface in metres, from 0 to half the way round the earth (haversine,
// radius 6378137 m). A point that is no place (NaN, infinite) counts as the farthest away.
func Distance(a, b Point) float64 {
	d := orbgeo.DistanceHaversine(a.Orb(), b.Orb())
	if math.IsNaN(d) || d > farthest {
		return farthest
	}
	return d
}

// Finite says whether both degrees are ordinary numbers.
func (p Point) Finite() bool {
	return !math.IsNaN(p.Lat) && !math.IsInf(p.Lat, 0) && !math.IsNaN(p.Lon) && !math.IsInf(p.Lon, 0)
}

// IsZero says whether the point is not filled in.
func (p Point) IsZero() bool { return p == Point{} }

// Rounded gives the point on a grid of about 100 m (0.001 degree), for homes (DOMAIN 7.8).
func (p Point) Rounded() Point {
	return Point{Lat: math.Round(p.Lat*1000) / 1000, Lon: math.Round(p.Lon*1000) / 1000}
}

// CheckNL gives an error in Dutch when the point is not in or right around the Netherlands in Europe. It looks at the
// outer degrees only, so a point in the sea or just over the border passes.
func CheckNL(p Point) error {
	switch {
	case !p.Finite():
		return errors.New("geen punt: verwacht twee gewone getallen voor breedte en lengte")
	case inNL(p.Lat, p.Lon):
		return nil
	case inNL(p.Lon, p.Lat):
		return fmt.Errorf("breedte en lengte lijken omgewisseld: breedte %g, lengte %g; verwacht breedte %g tot %g en lengte %g tot %g",
			p.Lat, p.Lon, southmost, northmost, westmost, eastmost)
	}
	return fmt.Errorf("het punt ligt niet in Nederland: breedte %g, lengte %g; verwacht breedte %g tot %g en lengte %g tot %g (graden, WGS84)",
		p.Lat, p.Lon, southmost, northmost, westmost, eastmost)
}

func inNL(lat, lon float64) bool {
	return lat >= southmost && lat <= northmost && lon >= westmost && lon <= eastmost
}
