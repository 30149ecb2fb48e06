package regeling

import (
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

func TestAGrantEndsWithThePeriodOfItsScheme(t *testing.T) {
	for _, c := range []struct{ period, from, until string }{
		{"12_months_from_approval", "2025-09-17", "2026-09-17"}, // DOMAIN 8, P1
		{"12_months_from_approval", "2024-02-29", "2025-03-01"},
		{"", "2025-09-17", "2026-09-17"},
		{"calendar_year", "2025-09-17", "2025-12-31"},
		{"pass_year_1mar_28feb", "2025-09-17", "2026-02-28"},
		{"pass_year_1mar_28feb", "2024-02-29", "2024-02-29"},
		{"pass_year_1mar_28feb", "2027-03-01", "2028-02-29"},
		{"once_spend_within_24_months", "2025-09-17", "2027-09-17"},
	} {
		from, _ := civil.ParseDate(c.from)
		if got := (&Scheme{Period: c.period}).GrantEnd(from); got.String() != c.until {
			t.Errorf("%s from %s ends on %s, want %s", c.period, c.from, got, c.until)
		}
	}
}

func TestAGrantNeverEndsBeforeItBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := civil.Date{Year: 2020, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 9000).Draw(t, "day"))
		period := rapid.SampledFrom([]string{"", "calendar_year", "pass_year_1mar_28feb", "once_spend_within_24_months"}).Draw(t, "period")
		if until := (&Scheme{Period: period}).GrantEnd(from); until.Before(from) || !until.IsValid() || until.DaysSince(from) > 732 {
			t.Fatalf("%s: from %s until %s", period, from, until)
		}
	})
}

func TestOnlyASchemeThatSaysSoIsAskedAgain(t *testing.T) {
	sixty := 60
	if got := (&Scheme{Application: Application{RenewNoticeDays: &sixty}}).RenewDays(); got != 60 {
		t.Error(got)
	}
	if got := (&Scheme{}).RenewDays(); got != 0 {
		t.Error(got)
	}
}
