package traject

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/errs"
)

func TestEachStageIsDueOnASchoolDay(t *testing.T) {
	cal := schoolYear(t)
	for _, c := range []struct {
		stage, since string
		m            Moments
		due          string // "" = nothing due
	}{
		{StageRegistered, "2025-09-08", Moments{}, "2025-09-15"},
		{StageRegistered, "2025-12-15", Moments{}, "2026-01-05"}, // 22 December is in the Christmas holiday
		{StageConsent, "2025-09-08", Moments{}, "2025-09-22"},
		{StageProfile, "2025-09-08", Moments{}, "2025-09-29"},
		{StageSearch, "2025-09-08", Moments{}, "2025-09-22"},
		{StageChoice, "2025-09-08", Moments{}, "2025-09-11"},
		{StageArrange, "2025-09-08", Moments{}, ""},
		{StageArrange, "2025-09-08", Moments{TaskDue: day("2025-09-13")}, "2025-09-15"},
		{StageContact, "2025-09-08", Moments{}, "2025-09-15"},
		{StageWaiting, "2025-09-01", Moments{}, "2025-09-29"},
		{StageWaiting, "2025-09-01", Moments{LastAsked: day("2025-09-29")}, "2025-10-27"},
		{StageTrial, "2025-09-10", Moments{ChosenOn: day("2025-09-08")}, "2025-09-29"},
		{StageTrial, "2025-09-10", Moments{ChosenOn: day("2025-09-08"), TrialOn: day("2025-09-24")}, "2025-09-26"},
		{StageEnrolled, "2025-09-26", Moments{}, "2025-10-17"},
		{StageEnrolled, "2025-09-29", Moments{}, "2025-10-27"}, // 20 October is in the autumn holiday
		{StageTakesPart, "2025-10-01", Moments{FirstTime: day("2025-10-01")}, "2025-10-15"},
		{StageTakesPart, "2025-10-01", Moments{FirstTime: day("2025-10-01"), ChecksDone: 2}, "2026-01-05"},
		{StageTakesPart, "2025-10-01", Moments{FirstTime: day("2025-10-01"), ChecksDone: 3}, ""},
		{StageTakesPart, "2025-10-01", Moments{FirstTime: day("2025-10-01"), Level: "zelf"}, "2025-11-12"},
		{StageTakesPart, "2025-10-01", Moments{NextCheck: day("2025-10-20")}, "2025-10-27"},
		{StageSustained, "2026-01-05", Moments{}, "2026-01-19"},
		{StageOwnWay, "2025-10-01", Moments{}, "2025-11-12"},
		{StageNoOffer, "2025-10-01", Moments{}, ""},
		{StageStopped, "2025-10-01", Moments{}, ""},
		{StageDone, "2025-10-01", Moments{}, ""},
	} {
		due, what, ok := DueOn(c.stage, day(c.since), cal, c.m)
		if ok != (c.due != "") || (ok && (due != day(c.due) || what == "")) {
			t.Errorf("%s since %s: %s %q %v, want %s", c.stage, c.since, due, what, ok, c.due)
		}
	}
}

func TestYusufsChecksAndRenewalKeepTheHolidays(t *testing.T) {
	cal := schoolYear(t)
	checks := PlanChecks(day("2025-10-01"), "hand", cal)
	want := []string{"2025-10-15", "2025-11-12", "2026-01-05"} // day 91 is 2025-12-31
	if len(checks) != 3 {
		t.Fatalf("%v", checks)
	}
	for i, c := range checks {
		if c.Due != day(want[i]) || c.Number != i+1 {
			t.Errorf("check %v, want %s", c, want[i])
		}
	}
	if light := PlanChecks(day("2025-10-01"), "licht", cal); len(light) != 2 || light[1].Due != day("2026-01-05") || light[0].Due != day("2025-10-15") {
		t.Errorf("licht: %v", light)
	}
	if self := PlanChecks(day("2025-10-01"), "zelf", cal); len(self) != 1 || self[0].Due != day("2025-11-12") {
		t.Errorf("zelf: %v", self)
	}
	if plain := PlanChecks(day("2025-10-01"), "", nil); len(plain) != 3 || plain[2].Due != day("2025-12-31") {
		t.Errorf("without holidays: %v", plain)
	}
	if got := Renewal(day("2026-09-17"), 60, cal); got != day("2026-07-17") {
		t.Errorf("renewal on %s, want Friday 2026-07-17", got)
	}
}

func TestTwoMissedWeeksBringTheNextCheckForward(t *testing.T) {
	cal := schoolYear(t)
	friday, planned := day("2025-10-17"), day("2025-11-12")
	if got := AfterMissed(friday, 2, planned, cal); got != day("2025-10-27") { // after the autumn holiday
		t.Errorf("check on %s", got)
	}
	if got := AfterMissed(day("2025-11-03"), 2, planned, cal); got != day("2025-11-04") {
		t.Errorf("check on %s", got)
	}
	if got := AfterMissed(friday, 1, planned, cal); got != planned {
		t.Errorf("one missed week moved the check to %s", got)
	}
	if got := AfterMissed(day("2025-11-12"), 3, day("2025-11-12"), cal); got != day("2025-11-12") {
		t.Errorf("a check went back to %s", got)
	}
}

func TestBestendigdNeedsThreeMonthsAndAFreshYes(t *testing.T) {
	first := day("2025-10-01")
	yes := func(on string, missed int) CheckResult {
		return CheckResult{On: day(on), Answer: TakesPart, Missed: missed}
	}
	for _, c := range []struct {
		name, on string
		checks   []CheckResult
		ok       bool
		says     string
	}{
		{"91 days and a fresh yes", "2025-12-31", []CheckResult{yes("2025-12-03", 0)}, true, ""},
		{"two missed weeks", "2025-12-31", []CheckResult{yes("2025-12-10", 2)}, true, ""},
		{"90 days", "2025-12-30", []CheckResult{yes("2025-12-29", 0)}, false, "31 december 2025"},
		{"a yes of 29 days old", "2025-12-31", []CheckResult{yes("2025-12-02", 0)}, false, "28 dagen"},
		{"no check", "2025-12-31", nil, false, "check"},
		{"a check of tomorrow", "2025-12-31", []CheckResult{yes("2026-01-01", 0)}, false, "check"},
		{"a later no", "2025-12-31", []CheckResult{{On: day("2025-12-20"), Answer: "gestopt"}, yes("2025-12-10", 0)}, false, "meedoet"},
		{"not known", "2025-12-31", []CheckResult{{On: day("2025-12-20"), Answer: "weet_niet"}}, false, "meedoet"},
		{"three missed weeks", "2025-12-31", []CheckResult{yes("2025-11-12", 3), yes("2025-12-20", 0)}, false, "2 weken"},
	} {
		err := CanConfirm(first, day(c.on), c.checks)
		if (err == nil) != c.ok || (err != nil && (errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), c.says))) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := CanConfirm(civil.Date{}, day("2025-12-31"), []CheckResult{yes("2025-12-30", 0)}); errs.KindOf(err) != errs.Refused {
		t.Errorf("without a first time: %v", err)
	}
}

func TestTheBagIsReadyAtSix(t *testing.T) {
	p := DayPlan(18*60+30, 11)
	if Clock(p.Eat) != "17:30" || Clock(p.Bag) != "18:00" || Clock(p.Leave) != "18:10" || Clock(p.Start) != "18:30" {
		t.Errorf("plan %s %s %s %s", Clock(p.Eat), Clock(p.Bag), Clock(p.Leave), Clock(p.Start))
	}
	if p := DayPlan(18*60+30, 10.2); Clock(p.Leave) != "18:10" {
		t.Errorf("10.2 minutes is rounded up: leave %s", Clock(p.Leave))
	}
}

func TestTheDayPlanIsAlwaysInOrderAndOnTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, way := rapid.IntRange(0, 1439).Draw(t, "start"), rapid.Float64().Draw(t, "way")
		p := DayPlan(start, way)
		if p.Eat >= p.Bag || p.Bag >= p.Leave || p.Leave > p.Start-5 || p.Leave%5 != 0 || p.Start != start {
			t.Fatalf("%v", p)
		}
		if way >= 0 && way <= longestWay && float64(p.Start-p.Leave) < way+5 {
			t.Fatalf("%v leaves too late for %v minutes", p, way)
		}
		if p.Start-p.Leave > longestWay+10 {
			t.Fatalf("%v leaves more than 12 hours before", p)
		}
	})
}

func TestDaansMessagesComeOnMondayAndTuesdayForFourWeeks(t *testing.T) {
	cal := schoolYear(t)
	plan := DayPlan(18*60+30, 11)
	got := Reminders(plan, time.Tuesday, day("2025-09-15"), "training", cal)
	if len(got) != 12 {
		t.Fatalf("%d messages, want 3 in each of 4 weeks", len(got))
	}
	for i, want := range []string{"2025-09-15T19:00:00", "2025-09-16T17:30:00", "2025-09-16T18:00:00"} {
		if at := got[i].At.String(); !strings.HasPrefix(at, want) {
			t.Errorf("message %d at %s, want %s", i, at, want)
		}
	}
	if got[1].Text != "Vandaag training. Nu eten." {
		t.Errorf("text %q", got[1].Text)
	}
	for _, r := range Reminders(plan, time.Tuesday, day("2025-12-16"), "", cal) {
		if r.At.Date.After(day("2025-12-16")) && r.At.Date.Before(day("2026-01-05")) {
			t.Errorf("message in the Christmas holiday: %v", r.At)
		}
	}
}

func TestMessagesNeverComeInAHolidayNorAfterFourWeeksNorTooOften(t *testing.T) {
	cal := schoolYear(t)
	rapid.Check(t, func(t *rapid.T) {
		from := day("2025-08-01").AddDays(rapid.IntRange(0, 400).Draw(t, "from"))
		weekdayOf := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		plan := DayPlan(rapid.IntRange(9*60, 20*60).Draw(t, "start"), rapid.Float64Range(0, 60).Draw(t, "way"))
		perDay := map[civil.Date]int{}
		for _, r := range Reminders(plan, weekdayOf, from, "", cal) {
			if cal.InHoliday(r.At.Date) || r.At.Date.DaysSince(from) >= 28 || r.At.Date.Before(from) {
				t.Fatalf("from %s: message at %v", from, r.At)
			}
			if perDay[r.At.Date]++; perDay[r.At.Date] > 2 {
				t.Fatalf("three messages on %s", r.At.Date)
			}
		}
	})
}

func TestTheTalkLimitWarnsAndNeverBlocks(t *testing.T) {
	for _, c := range []struct {
		talks, limit int
		warns        bool
	}{{1, 3, false}, {2, 3, true}, {3, 3, true}, {5, 3, true}, {99, 0, false}} {
		if got := TalkWarning(c.talks, c.limit); (got != "") != c.warns {
			t.Errorf("%d of %d: %q", c.talks, c.limit, got)
		}
	}
}

func TestALessonKeepsItsTimeWhenTheClockChanges(t *testing.T) {
	cal := NewCalendar(nil)
	for _, change := range []string{"2027-03-28", "2027-10-31"} { // Sundays; the lesson is on Saturday (RELIABILITY T01)
		from := day(change).AddDays(-8)
		var meals []string
		for _, r := range Reminders(DayPlan(16*60, 11), time.Saturday, from, "", cal) {
			if strings.Contains(r.Text, "eten") {
				meals = append(meals, r.At.String())
			}
		}
		if len(meals) != 4 {
			t.Fatalf("around %s %d meals, want 4", change, len(meals))
		}
		for i, at := range meals {
			if want := from.AddDays(7*i).String() + "T15:00:00"; !strings.HasPrefix(at, want) {
				t.Errorf("around %s a meal at %s, want %s", change, at, want)
			}
		}
	}
}
