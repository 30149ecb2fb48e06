package geo

import (
	"strings"
	"testing"
)

// Every case is the direct way of 400 m in the town detour. The paces are percents of full speed along it, from west to
// east and back; 0 = nobody goes there, and the way is the street around of 1200 m.
var tagRules = []struct {
	tags                           string
	walk, walkBack, bike, bikeBack int
}{
	{"highway=residential", 100, 100, 100, 100},
	{"highway=primary", 100, 100, 100, 100},
	{"highway=trunk", 0, 0, 0, 0},
	{"highway=trunk bicycle=yes", 0, 0, 100, 100},
	{"highway=motorway", 0, 0, 0, 0},
	{"highway=secondary motorroad=yes", 0, 0, 0, 0},
	{"highway=construction", 0, 0, 0, 0},
	{"building=yes", 0, 0, 0, 0},
	{"highway=cycleway", 100, 100, 100, 100},
	{"highway=cycleway foot=no", 0, 0, 100, 100},
	{"highway=footway", 100, 100, 37, 37},
	{"highway=footway bicycle=yes", 100, 100, 85, 85},
	{"highway=footway bicycle=no", 100, 100, 0, 0},
	{"highway=pedestrian", 100, 100, 37, 37},
	{"highway=path", 100, 100, 75, 75},
	{"highway=path surface=asphalt", 100, 100, 100, 100},
	{"highway=track tracktype=grade1", 100, 100, 100, 100},
	{"highway=track surface=sand", 75, 75, 35, 35},
	{"highway=residential surface=sett", 100, 100, 75, 75},
	{"highway=residential surface=gravel", 95, 95, 65, 65},
	{"highway=bridleway", 100, 100, 0, 0},
	{"highway=steps", 50, 50, 0, 0},
	{"highway=steps ramp:bicycle=yes", 50, 50, 0, 0}, // with 15 percent the street around is faster
	{"highway=residential access=no", 0, 0, 0, 0},
	{"highway=residential access=private", 0, 0, 0, 0},
	{"highway=residential access=no foot=yes", 100, 100, 0, 0},
	{"highway=residential access=no bicycle=designated", 0, 0, 100, 100},
	{"highway=residential vehicle=no", 100, 100, 0, 0},
	{"highway=residential access=destination", 100, 100, 100, 100},
	{"highway=residential bicycle=dismount", 100, 100, 37, 37},
	{"highway=secondary bicycle=use_sidepath foot=use_sidepath", 0, 0, 0, 0},
	{"highway=residential oneway=yes", 100, 100, 100, 0},
	{"highway=residential oneway=-1", 100, 100, 0, 100},
	{"highway=residential oneway=yes oneway:bicycle=no", 100, 100, 100, 100},
	{"highway=residential oneway=yes cycleway=opposite_lane", 100, 100, 100, 100},
	{"highway=residential oneway=yes cycleway:left:oneway=-1", 100, 100, 100, 100},
	{"highway=residential oneway=yes bicycle:backward=yes", 100, 100, 100, 100},
	{"highway=cycleway oneway:bicycle=yes", 100, 100, 100, 0},
	{"highway=residential junction=roundabout", 100, 100, 100, 0},
	{"highway=residential junction=roundabout oneway=no", 100, 100, 100, 100},
	{"highway=footway oneway:foot=yes", 100, 0, 37, 37},
	{"highway=footway foot:forward=no", 0, 100, 37, 37},
	{"highway=residential tunnel=yes", 100, 100, 100, 100},
	{"highway=residential bridge=yes", 100, 100, 100, 100},
}

func TestEveryTagRuleDecidesWhichWayIsTaken(t *testing.T) {
	const direct, around = 400, 1200
	for _, rule := range tagRules {
		c := detour(strings.FieldsFunc(rule.tags, func(r rune) bool { return r == ' ' || r == '=' })...)
		w := Ways{Streets: c.streets(t, nil)}
		west, east := townMiddle, at(400, 0)
		for _, way := range []struct {
			name     string
			from, to Point
			mode     Mode
			pace     int
		}{{"on foot", west, east, Walk, rule.walk}, {"on foot back", east, west, Walk, rule.walkBack}, {"by bicycle", west, east, Bike, rule.bike}, {"by bicycle back", east, west, Bike, rule.bikeBack}} {
			metres, want := float64(around), DefaultSpeeds.Minutes(around, way.mode, 10)
			if way.pace > 0 {
				metres, want = direct, DefaultSpeeds.Minutes(direct, way.mode, 10)*100/float64(way.pace)
			}
			got := w.exactly(way.from, way.to, way.mode, 10)
			if !got.Streets || !near(got.Minutes, want, 0.02) || !near(got.Metres, metres, 1) {
				t.Errorf("%s %s: got %.2f minutes over %.0f m, want %.2f over %.0f", rule.tags, way.name, got.Minutes, got.Metres, want, metres)
			}
		}
	}
}

// exactly is the way from the base itself instead of from the middle of its cell.
func (w Ways) exactly(from, to Point, mode Mode, age int) Travel {
	s, id := w.Streets, w.Streets.profileOf(mode, age)
	base, place := w.Place(from).on(id), w.Place(to).on(id)
	r := s.run(s.profiles[id](), base)
	way, ok := r.to(place)
	if !ok {
		return Travel{}
	}
	return s.travel(r, way, 0, age)
}

func TestAFerryTakesItsTimeAndIsNeverFasterThanTheSpeedOfTheMode(t *testing.T) {
	const walkStraight, bikeStraight, walkAround, bikeAround = 400 / 75.0, 400 / 200.0, 1200 / 75.0, 1200 / 200.0
	for duration, want := range map[string][2]float64{
		"00:08": {8, bikeAround}, "8": {8, bikeAround}, "PT8M": {8, bikeAround}, "00:05:30": {5.5, 5.5}, "PT5M30S": {5.5, 5.5}, "0:01": {walkStraight, bikeStraight},
		"00:03": {walkStraight, 3}, "": {walkStraight, bikeStraight}, "soms": {walkStraight, bikeStraight}, "99:00": {walkStraight, bikeStraight}, "00:30": {walkAround, bikeAround},
	} {
		w := Ways{Streets: detour("route", "ferry", "duration", duration).streets(t, nil)}
		for i, mode := range []Mode{Walk, Bike} {
			if got := w.exactly(townMiddle, at(400, 0), mode, 10); !near(got.Minutes, want[i], 0.05) {
				t.Errorf("duration %q by %s: %.2f minutes, want %.2f", duration, mode, got.Minutes, want[i])
			}
		}
		if got := w.exactly(townMiddle, at(400, 0), Walk, 6); duration == "00:08" && !near(got.Minutes, 8, 0.05) {
			t.Errorf("the boat is as fast for a child of 6: %.2f minutes", got.Minutes)
		}
	}
	w := Ways{Streets: detour("route", "ferry", "bicycle", "no", "duration", "00:04").streets(t, nil)}
	if got := w.exactly(townMiddle, at(400, 0), Bike, 10); !near(got.Metres, 1200, 1) {
		t.Errorf("no bicycles on board: %+v", got)
	}
}
