package geo

import (
	"fmt"
	"math"
)

// Speeds says how fast people travel in town (DOMAIN 5, Distance). Speeds are in kilometres per hour.
type Speeds struct {
	Detour      float64 // way divided by straight line, 1 or more
	Walk        float64
	YoungWalk   float64 // walking of a child younger than YoungBelow
	YoungBelow  int     // years
	Bike        float64
	Car         float64
	Transit     float64
	TransitWait float64 // minutes to walk to the stop and wait
}

// DefaultSpeeds are the figures of DOMAIN 5.
var DefaultSpeeds = Speeds{Detour: 1.3, Walk: 4.5, YoungWalk: 3.5, YoungBelow: 8, Bike: 12, Car: 30, Transit: 18, TransitWait: 10}

// Check gives an error in Dutch that names the first field that cannot be used: speeds must be from 0.1 to 300 km/h,
// the detour from 1 to 10, the wait from 0 to 240 minutes.
func (s Speeds) Check() error {
	for _, f := range []struct {
		name               string
		value, least, most float64
	}{{"Detour", s.Detour, 1, 10}, {"Walk", s.Walk, 0.1, 300}, {"YoungWalk", s.YoungWalk, 0.1, 300}, {"Bike", s.Bike, 0.1, 300},
		{"Car", s.Car, 0.1, 300}, {"Transit", s.Transit, 0.1, 300}, {"TransitWait", s.TransitWait, 0, 240}} {
		if !(f.value >= f.least && f.value <= f.most) {
			return fmt.Errorf("snelheden, veld %s: verwacht een getal van %g tot %g, gekregen %g", f.name, f.least, f.most, f.value)
		}
	}
	return nil
}

// Minutes is the time a way takes, 0 or more. Metres are along the way. A negative age is unknown and counts as grown
// enough. An unknown mode counts as walking.
func (s Speeds) Minutes(metres float64, mode Mode, age int) float64 {
	const perMinute = 1000.0 / 60
	switch mode {
	case Bike:
		return metres / (s.Bike * perMinute)
	case Car:
		return metres / (s.Car * perMinute)
	case Transit:
		return s.TransitWait + metres/(s.Transit*perMinute)
	}
	if age >= 0 && age < s.YoungBelow {
		return metres / (s.YoungWalk * perMinute)
	}
	return metres / (s.Walk * perMinute)
}

// Decay says how attractive a way of some minutes still is for a family with a limit in minutes: 1 at 0 minutes, half
// at the limit, a quarter at twice the limit. It is from 0 to 1 and never rises with the minutes. Without a limit above
// 0 only a way of 0 minutes is worth something; minutes that are not a number are worth 0.
func Decay(minutes, limit float64) float64 {
	switch {
	case math.IsNaN(minutes):
		return 0
	case minutes <= 0:
		return 1
	case !(limit > 0) || math.IsInf(minutes, 1):
		return 0
	}
	return math.Exp2(-minutes / limit)
}
