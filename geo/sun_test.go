package geo

import (
	"math"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

func clock(t *testing.T, text string) int {
	t.Helper()
	at, err := time.Parse("15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return at.Hour()*60 + at.Minute()
}

// rotterdamLater is how many minutes the sun is later in Rotterdam than at 5 degrees east.
const rotterdamLater = (5 - 4.48) * 4

// The Dutch aeronautical guide (AIP, GEN 2.7) publishes the times of 2019 at 52° N, 5° E in UTC. Those of 21 December are as
// a newspaper gave them for De Bilt.
func TestTheSunRisesAndSetsAsPublished(t *testing.T) {
	guide, rotterdam := Point{Lat: 52, Lon: 5}, Point{Lat: 51.92, Lon: 4.48}
	for _, tc := range []struct {
		day       civil.Date
		rise, set string // UTC
		summer    bool
	}{
		{civil.Date{Year: 2019, Month: 1, Day: 1}, "07:48", "15:39", false}, {civil.Date{Year: 2019, Month: 2, Day: 1}, "07:20", "16:27", false},
		{civil.Date{Year: 2019, Month: 3, Day: 1}, "06:27", "17:19", false}, {civil.Date{Year: 2019, Month: 4, Day: 1}, "05:16", "18:13", true},
		{civil.Date{Year: 2019, Month: 5, Day: 1}, "04:11", "19:04", true}, {civil.Date{Year: 2019, Month: 6, Day: 1}, "03:26", "19:48", true},
		{civil.Date{Year: 2019, Month: 6, Day: 21}, "03:20", "20:04", true}, {civil.Date{Year: 2019, Month: 12, Day: 21}, "07:46", "15:29", false},
	} {
		hours := 60
		if tc.summer {
			hours = 120
		}
		for place, later := range map[Point]float64{guide: 0, rotterdam: rotterdamLater} {
			rise, set, ok := Daylight(place, tc.day)
			gotRise, gotSet := float64(rise.Hour()*60+rise.Minute()), float64(set.Hour()*60+set.Minute())
			if !ok || !near(gotRise, float64(clock(t, tc.rise)+hours)+later, 3) || !near(gotSet, float64(clock(t, tc.set)+hours)+later, 3) {
				t.Errorf("%s at %v: %s to %s, published %s to %s UTC", tc.day, place, rise.Format("15:04"), set.Format("15:04"), tc.rise, tc.set)
			}
		}
	}
}

func TestTheClockJumpsAndTheSunDoesNot(t *testing.T) {
	rotterdam := Point{Lat: 51.92, Lon: 4.48}
	for _, tc := range []struct {
		before, after civil.Date
		jump          time.Duration
	}{
		{civil.Date{Year: 2026, Month: 3, Day: 28}, civil.Date{Year: 2026, Month: 3, Day: 29}, time.Hour},
		{civil.Date{Year: 2026, Month: 10, Day: 24}, civil.Date{Year: 2026, Month: 10, Day: 25}, -time.Hour},
	} {
		_, a, _ := Daylight(rotterdam, tc.before)
		_, b, _ := Daylight(rotterdam, tc.after)
		if sun := b.Sub(a) - 24*time.Hour; sun.Abs() > 3*time.Minute {
			t.Errorf("%s: the sun sets %v later", tc.after, sun)
		}
		wall := func(t time.Time) time.Duration {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
		}
		if got := wall(b) - wall(a) - tc.jump; got.Abs() > 3*time.Minute {
			t.Errorf("%s: from %s to %s", tc.after, a.Format("15:04"), b.Format("15:04"))
		}
	}
}

func TestEveryDayHasOneSunInItsOwnDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Point{Lat: rapid.Float64Range(southmost, northmost).Draw(t, "lat"), Lon: rapid.Float64Range(westmost, eastmost).Draw(t, "lon")}
		day := civil.DateOf(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)).AddDays(rapid.IntRange(0, 36500).Draw(t, "day"))
		rise, set, ok := Daylight(p, day)
		if length := set.Sub(rise); !ok || civil.DateOf(rise) != day || civil.DateOf(set) != day || length < 7*time.Hour || length > 18*time.Hour {
			t.Fatalf("%s at %v: %v to %v", day, p, rise, set)
		}
	})
	for _, p := range []Point{{Lat: math.NaN()}, {Lat: 89, Lon: 5}, {Lat: 1e9}} {
		if _, _, ok := Daylight(p, civil.Date{Year: 2026, Month: 6, Day: 21}); ok {
			t.Errorf("%v has no sunset", p)
		}
	}
	if _, _, ok := Daylight(Point{Lat: 52, Lon: 5}, civil.Date{}); ok {
		t.Error("no day has no sunset")
	}
}
