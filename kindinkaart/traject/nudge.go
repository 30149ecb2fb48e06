package traject

import (
	"slices"

	"github.com/golang-sql/civil"
)

// Moments are the dates of a traject that decide when something is due. Zero dates are not known.
type Moments struct {
	TaskDue    civil.Date // earliest date of an open task
	ChosenOn   civil.Date // day of the choice
	TrialOn    civil.Date // day of the trial lesson
	LastAsked  civil.Date // when the provider was last asked about the waiting list
	FirstTime  civil.Date // first day of taking part
	NextCheck  civil.Date // the open check, when one is planned already
	ChecksDone int        // answered checks
	Level      string     // support level: zelf, licht, hand; "" counts as hand
}

// The units of nudges in trajectory-v1.json that count from another moment than the stage.
const (
	unitWorkdays = "werkdagen"
	unitDate     = "datum"
	unitEvent    = "gebeurtenis"
)

// DueOn says what has to be done in a stage and on which school day, since being the day the stage was entered. ok is
// false when nothing is due by date. A day in a holiday or weekend moves to the first school day after (DOMAIN 6).
func DueOn(stage string, since civil.Date, cal *Calendar, m Moments) (due civil.Date, what string, ok bool) {
	switch stage {
	case StageTakesPart:
		return dueCheck(since, cal, m)
	case StageOwnWay:
		return cal.NextSchoolDay(since.AddDays(ownWayCheck)), "vragen of het kind meedoet", true
	}
	rule, found := ruleFor(stage, m)
	if !found || rule.Unit == unitEvent {
		return civil.Date{}, "", false
	}
	start := startOf(rule, since, m)
	if start.IsZero() {
		return civil.Date{}, "", false
	}
	if rule.Unit == unitWorkdays {
		due = cal.AddWorkdays(start, rule.After)
	} else {
		due = start.AddDays(rule.After)
	}
	return cal.NextSchoolDay(due), rule.What, true
}

// ruleFor gives the rule of a stage; a trial lesson has one before its day is known and one after.
func ruleFor(stage string, m Moments) (nudgeRule, bool) {
	var found []nudgeRule
	for _, r := range data().Nudges {
		if r.Stage == stage {
			found = append(found, r)
		}
	}
	switch {
	case len(found) == 0:
		return nudgeRule{}, false
	case stage == StageTrial && !m.TrialOn.IsZero():
		return found[len(found)-1], true
	}
	return found[0], true
}

// startOf gives the day a rule counts from.
func startOf(r nudgeRule, since civil.Date, m Moments) civil.Date {
	switch {
	case r.Unit == unitDate:
		return m.TaskDue
	case r.Stage == StageTrial && !m.TrialOn.IsZero():
		return m.TrialOn
	case r.Stage == StageTrial && !m.ChosenOn.IsZero():
		return m.ChosenOn
	case r.Stage == StageWaiting && m.LastAsked.After(since):
		return m.LastAsked
	}
	return since
}

// ownWayCheck is the day of the one check when a family arranges everything itself (DOMAIN 6).
const ownWayCheck = 42

// PlannedCheck is one moment to ask whether a child still takes part.
type PlannedCheck struct {
	Number int // 1, 2, 3 in order of date
	Due    civil.Date
	What   string
}

// PlanChecks gives the checks after the first day of taking part, each on a school day and with what has to be done: day 14,
// 42 and 91; with a little help day 14 and 91; for a family that does it itself one on day 42 (DOMAIN 6).
func PlanChecks(first civil.Date, level string, cal *Calendar) []PlannedCheck {
	var out []PlannedCheck
	for i, r := range checkRules(level) {
		out = append(out, PlannedCheck{Number: i + 1, Due: cal.NextSchoolDay(first.AddDays(r.After)), What: r.What})
	}
	return out
}

// checkRules gives the rules of the checks that a support level gets.
func checkRules(level string) []nudgeRule {
	all := slices.DeleteFunc(slices.Clone(data().Nudges), func(r nudgeRule) bool { return r.Stage != StageTakesPart })
	switch level {
	case "zelf":
		return all[1:2]
	case "licht":
		return []nudgeRule{all[0], all[len(all)-1]}
	}
	return all
}

func dueCheck(since civil.Date, cal *Calendar, m Moments) (civil.Date, string, bool) {
	if !m.NextCheck.IsZero() {
		return cal.NextSchoolDay(m.NextCheck), "vragen of het kind meedoet", true
	}
	first := m.FirstTime
	if first.IsZero() {
		first = since
	}
	planned := PlanChecks(first, m.Level, cal)
	if m.ChecksDone >= len(planned) {
		return civil.Date{}, "", false
	}
	next := planned[max(m.ChecksDone, 0)]
	return next.Due, next.What, true
}

// missedTooMany is how many missed weeks in a row bring the next check forward.
const missedTooMany = 2

// AfterMissed gives the day of the next check after a child was reported to have missed weeks in a row on a day: with two
// or more it is the next working day with school, unless the planned day is earlier (DOMAIN 6, P6). A zero next means
// nothing was planned.
func AfterMissed(on civil.Date, missed int, next civil.Date, cal *Calendar) civil.Date {
	if missed < missedTooMany {
		return next
	}
	soon := cal.NextSchoolDay(on.AddDays(1))
	if next.IsZero() || soon.Before(next) {
		return soon
	}
	return next
}

// askAgain is how many days after "weet niet" is asked once more, when no check is planned any more.
const askAgain = 14

// FollowUp gives the day of one more check after the last planned one was answered on a day, zero when none is needed. Without
// it a child that takes part could never be called bestendigd, because that asks for a check of at most 28 days old: after
// "weet niet" it is two weeks later, after a yes that will be too old by then it is day 91 (DOMAIN 6).
func FollowUp(on, first civil.Date, answer string, cal *Calendar) civil.Date {
	lasting := first.AddDays(sustainedDays)
	switch {
	case answer != TakesPart:
		return cal.NextSchoolDay(on.AddDays(askAgain))
	case !first.IsZero() && on.AddDays(freshCheckDays).Before(lasting):
		return cal.NextSchoolDay(lasting)
	}
	return civil.Date{}
}

// Renewal gives the day to ask a fund again, so many days before its grant ends. It is a deadline: in a holiday or weekend
// it moves to the last school day before (DOMAIN 6, P1).
func Renewal(approvedUntil civil.Date, days int, cal *Calendar) civil.Date {
	return cal.PreviousSchoolDay(approvedUntil.AddDays(-days))
}

// ahead is how many days before its day a date of later is shown: six weeks, so that it is never the next step too early.
const ahead = 42

// Shows says whether something that is due on a day is shown already.
func Shows(due, on civil.Date) bool { return !due.IsZero() && !on.Before(due.AddDays(-ahead)) }

// TalkWarning gives a Dutch sentence one talk before the limit of an organisation and from the limit on; "" otherwise.
// A limit of 0 is none. It never blocks (DOMAIN 6).
func TalkWarning(talks, limit int) string {
	switch {
	case limit <= 0 || talks < limit-1:
		return ""
	case talks == limit-1:
		return "Er is nog één gesprek binnen het afgesproken aantal."
	}
	return "Het afgesproken aantal gesprekken is bereikt. Doorgaan mag: kies waarom."
}
