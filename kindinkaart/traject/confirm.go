package traject

import (
	"fmt"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/errs"
)

// CheckResult is what one check found.
type CheckResult struct {
	On     civil.Date
	Answer string // doet_mee, weet_niet, gestopt
	Missed int    // missed weeks in a row, holidays excluded
}

// TakesPart is the answer of a check that counts for "bestendigd".
const TakesPart = "doet_mee"

// The bestendigd rule (DOMAIN 6).
const (
	sustainedDays  = 91 // since the first time
	freshCheckDays = 28 // age of the last check
	mostMissed     = 2  // weeks in a row
)

// CanConfirm says whether a traject may be confirmed as bestendigd on a day: 91 days or more since the first time, a last
// check of at most 28 days old that says doet_mee, and no more than 2 missed weeks in a row. If not, the error is
// errs.Refused and says in Dutch what is missing. Checks after that day do not count; order does not matter.
func CanConfirm(first, on civil.Date, checks []CheckResult) error {
	if first.IsZero() {
		return errs.New(errs.Refused, "De eerste keer is nog niet ingevuld. Vul eerst in wanneer het kind begon.")
	}
	if on.DaysSince(first) < sustainedDays {
		return errs.New(errs.Refused, "Dit kan vanaf "+dutchDate(first.AddDays(sustainedDays))+": dan doet het kind 3 maanden mee.")
	}
	var last CheckResult
	worst := 0
	for _, c := range checks {
		if c.On.IsZero() || c.On.After(on) {
			continue
		}
		worst = max(worst, c.Missed)
		if !c.On.Before(last.On) {
			last = c
		}
	}
	switch {
	case last.On.IsZero() || on.DaysSince(last.On) > freshCheckDays:
		return errs.New(errs.Refused, fmt.Sprintf("De laatste check is ouder dan %d dagen. Vraag eerst of het kind nog meedoet.", freshCheckDays))
	case last.Answer != TakesPart:
		return errs.New(errs.Refused, "De laatste check zegt niet dat het kind meedoet. Vraag het eerst na.")
	case worst > mostMissed:
		return errs.New(errs.Refused, fmt.Sprintf("Het kind miste meer dan %d weken achter elkaar. Kijk eerst wat er nodig is.", mostMissed))
	}
	return nil
}

var months = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// dutchDate writes 31 december 2025.
func dutchDate(d civil.Date) string {
	return fmt.Sprintf("%d %s %d", d.Day, months[d.Month-time.January], d.Year)
}
