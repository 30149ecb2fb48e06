package geo

import (
	"math"
	"time"
	_ "time/tzdata" // Europe/Amsterdam must be there in an image without zone files

	"github.com/golang-sql/civil"
)

// Amsterdam is the clock of the Netherlands.
var Amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("geo: no time zone data: " + err.Error()) // embedded above
	}
	return zone
}

// horizon is the angle in degrees between straight up and the sun when its upper edge is on the horizon: its radius and
// the bending of light make it more than 90.
const horizon = 90.833

// Daylight gives when the sun rises and sets on a day, on the clock of the Netherlands, to within a few minutes (the
// formulas of the NOAA solar calculator). Hills and buildings are not counted. ok is false where the sun does not rise
// or does not set that day, and for a point that is no place.
func Daylight(p Point, day civil.Date) (rise, set time.Time, ok bool) {
	if !p.Finite() || !day.IsValid() || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 {
		return rise, set, false
	}
	midnight := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	rise, ok = sunOnHorizon(p, midnight, -1)
	if ok {
		set, ok = sunOnHorizon(p, midnight, 1)
	}
	return rise.In(Amsterdam), set.In(Amsterdam), ok
}

// sunOnHorizon finds the moment on a day at which the sun rises (side -1) or sets (side 1). The sun moves between noon and
// then, so its place is taken again at the moment that was found.
func sunOnHorizon(p Point, midnight time.Time, side float64) (at time.Time, ok bool) {
	at = midnight.Add(12 * time.Hour)
	for range 3 {
		declination, ahead := sunAt(at)
		cos := math.Cos(rad(horizon))/(math.Cos(rad(p.Lat))*math.Cos(declination)) - math.Tan(rad(p.Lat))*math.Tan(declination)
		if !(cos >= -1 && cos <= 1) {
			return at, false
		}
		noon := 720 - 4*p.Lon - ahead
		minutes := noon + side*4*deg(math.Acos(cos))
		at = midnight.Add(time.Duration(minutes * float64(time.Minute)))
	}
	return at, true
}

// sunAt gives how far the sun stands from the equator, in radians, and how many minutes it runs ahead of the clock.
func sunAt(at time.Time) (declination, ahead float64) {
	century := (float64(at.Unix())/86400 + 2440587.5 - 2451545) / 36525
	mean := rad(math.Mod(280.46646+century*(36000.76983+century*0.0003032), 360))
	anomaly := rad(357.52911 + century*(35999.05029-0.0001537*century))
	round := 0.016708634 - century*(0.000042037+0.0000001267*century)
	centre := math.Sin(anomaly)*(1.914602-century*(0.004817+0.000014*century)) +
		math.Sin(2*anomaly)*(0.019993-0.000101*century) + math.Sin(3*anomaly)*0.000289
	moon := rad(125.04 - 1934.136*century)
	longitude := mean + rad(centre-0.00569-0.00478*math.Sin(moon))
	tilt := rad(23 + (26+(21.448-century*(46.815+century*(0.00059-century*0.001813)))/60)/60 + 0.00256*math.Cos(moon))
	declination = math.Asin(math.Sin(tilt) * math.Sin(longitude))
	y := math.Pow(math.Tan(tilt/2), 2)
	ahead = 4 * deg(y*math.Sin(2*mean)-2*round*math.Sin(anomaly)+4*round*y*math.Sin(anomaly)*math.Cos(2*mean)-
		0.5*y*y*math.Sin(4*mean)-1.25*round*round*math.Sin(2*anomaly))
	return declination, ahead
}

func rad(degrees float64) float64 { return degrees * math.Pi / 180 }
func deg(radians float64) float64 { return radians * 180 / math.Pi }
