package traject

import (
	"strings"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

// The holidays of 2025-2026 in the middle of the country, as the ministry published them.
const midden = `start,eind,vakantie,regio
2025-07-19,2025-08-31,Zomervakantie,midden
2025-10-18,2025-10-26,Herfstvakantie,midden
2025-12-20,2026-01-04,Kerstvakantie,midden
2026-02-14,2026-02-22,Voorjaarsvakantie,midden
2026-04-25,2026-05-03,Meivakantie,midden
2026-07-18,2026-08-30,Zomervakantie,midden
`

func day(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func schoolYear(t testing.TB) *Calendar {
	t.Helper()
	holidays, refused, err := ReadHolidays(strings.NewReader(midden))
	if err != nil || len(refused) > 0 || len(holidays) != 6 {
		t.Fatalf("%d holidays, refused %v, error %v", len(holidays), refused, err)
	}
	return NewCalendar(holidays)
}

func TestNudgesMoveForwardAndDeadlinesBack(t *testing.T) {
	cal := schoolYear(t)
	for _, c := range []struct{ on, next, previous string }{
		{"2025-12-31", "2026-01-05", "2025-12-19"},
		{"2026-07-19", "2026-08-31", "2026-07-17"},
		{"2026-02-20", "2026-02-23", "2026-02-13"},
		{"2026-01-14", "2026-01-14", "2026-01-14"},
		{"2026-01-17", "2026-01-19", "2026-01-16"}, // a Saturday
		{"2026-04-06", "2026-04-07", "2026-04-03"}, // Easter Monday
		{"2026-05-14", "2026-05-15", "2026-05-13"}, // Ascension
	} {
		if got := cal.NextSchoolDay(day(c.on)); got != day(c.next) {
			t.Errorf("after %s: %s, want %s", c.on, got, c.next)
		}
		if got := cal.PreviousSchoolDay(day(c.on)); got != day(c.previous) {
			t.Errorf("before %s: %s, want %s", c.on, got, c.previous)
		}
	}
}

func TestNationalHolidaysAreFree(t *testing.T) {
	var none *Calendar
	for _, d := range []string{"2025-04-21", "2025-04-26", "2026-04-27", "2025-05-29", "2025-06-09", "2024-04-01", "2027-03-29", "2026-01-01", "2026-12-25", "2026-12-26"} {
		if !none.InHoliday(day(d)) {
			t.Errorf("%s is no holiday", d)
		}
	}
	for _, d := range []string{"2025-04-27", "2025-04-25", "2026-04-26", "2026-12-24"} {
		if none.InHoliday(day(d)) {
			t.Errorf("%s is a holiday", d)
		}
	}
}

func TestWorkdaysSkipWeekendsAndNationalHolidays(t *testing.T) {
	cal := schoolYear(t)
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2025-09-08", 5, "2025-09-15"}, {"2025-09-05", 1, "2025-09-08"}, {"2026-04-03", 1, "2026-04-07"}, {"2025-09-06", 0, "2025-09-06"}} {
		if got := cal.AddWorkdays(day(c.from), c.n); got != day(c.want) {
			t.Errorf("%s + %d = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestASchoolDayIsNeverInAHolidayAndNeverSkipped(t *testing.T) {
	cal := schoolYear(t)
	rapid.Check(t, func(t *rapid.T) {
		d := day("2025-07-01").AddDays(rapid.IntRange(0, 500).Draw(t, "day"))
		next, previous := cal.NextSchoolDay(d), cal.PreviousSchoolDay(d)
		if !cal.IsSchoolDay(next) || !cal.IsSchoolDay(previous) || next.Before(d) || previous.After(d) {
			t.Fatalf("%s: %s and %s", d, previous, next)
		}
		for x := previous.AddDays(1); x.Before(next); x = x.AddDays(1) {
			if cal.IsSchoolDay(x) {
				t.Fatalf("%s was skipped from %s", x, d)
			}
		}
	})
}

func TestHolidaysAreReadTwiceWithoutDoublesAndBadLinesAreNamed(t *testing.T) {
	text := "\ufeffregio;vakantie;start;eind\r\nmidden;Kerstvakantie;2025-12-20;2026-01-04\r\nmidden;Kerstvakantie;2025-12-20;2026-01-04\r\n" +
		"midden;Kerstvakantie;2025-12-20;2026-01-05\r\nwest;Mei;2026-04-25;2026-05-03\r\nzuid;Mei;2026-05-03;2026-04-25\r\n" +
		"zuid;;2026-04-25;2026-05-03\r\nzuid;Mei;25 april;2026-05-03\r\nzuid;Zomer;2026-07-01;2027-07-01\r\nHeel Nederland;Mei;2026-04-25;2026-05-03\r\nzuid\r\n"
	holidays, refused, err := ReadHolidays(strings.NewReader(text))
	if err != nil || len(holidays) != 4 {
		t.Fatalf("%v, %v", holidays, err)
	}
	want := []Refused{{4, "eind", ""}, {5, "regio", ""}, {6, "eind", ""}, {7, "vakantie", ""}, {8, "start", ""}, {9, "eind", ""}, {11, "start", ""}}
	if len(refused) != len(want) {
		t.Fatalf("refused %v", refused)
	}
	for i, r := range refused {
		if r.Line != want[i].Line || r.Field != want[i].Field || r.Expected == "" {
			t.Errorf("refused %v, want line %d, %s", r, want[i].Line, want[i].Field)
		}
	}
	for _, bad := range []string{"", "a,b\n1,2\n"} {
		if _, _, err := ReadHolidays(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func FuzzReadHolidaysNeverPanics(f *testing.F) {
	f.Add(midden)
	f.Add("start;eind;vakantie;regio\n\"2025")
	f.Fuzz(func(t *testing.T, text string) {
		holidays, _, _ := ReadHolidays(strings.NewReader(text))
		NewCalendar(holidays).NextSchoolDay(day("2025-12-31"))
	})
}
