package kindinkaart

import (
	"context"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// Report is the monthly figures of DOMAIN 6 for a team lead, with small cells hidden.
type Report struct {
	From, To                                                       civil.Date
	Sources, Stages, StopReasons, Wijken                           []Count
	Profiles, Choices, Trials, Participating, Sustained, Withdrawn Count
	OpenChecks, OverdueChecks                                      Count
}

// labelOthers is the rest row of a report.
const labelOthers = "overige samen"

// unknownWijk counts children of whom no wijk is known.
const unknownWijk = "onbekend"

// maxReportDays is the longest period of a report: two years and a day.
const maxReportDays = 731

// Report counts the trajecten of an organisation in a period.
func (s *Service) Report(ctx context.Context, who access.Actor, from, to civil.Date) (Report, error) {
	return run(ctx, s, who, subject{kind: "report"}, func(a *act) (Report, error) {
		about := access.Subject{Kind: access.Trajectory, Tenant: who.Tenant, Organisation: who.Organisation}
		if err := a.may(access.Aggregate, about); err != nil {
			return Report{}, err
		}
		if !from.IsValid() || !to.IsValid() || to.Before(from) || to.DaysSince(from) > maxReportDays {
			return Report{}, errs.InvalidFields("Deze periode kan niet.", errs.Field{Name: "to", Message: "Kies een laatste dag na de eerste dag, hoogstens twee jaar later."})
		}
		f, err := a.figures(from, to)
		if err != nil {
			return Report{}, err
		}
		return f.report(from, to, s.minCell()), a.record("report", subject{kind: "report"}, "beheer", from.String()+" "+to.String())
	})
}

// figures are the counts behind a report, before anything is hidden.
type figures struct {
	sources, stages, stops, wijken map[string]int
	reached                        map[string]int // trajecten that reached a stage in the period
	open, overdue                  int
}

// figures counts the steps in a period and the checks of today.
func (a *act) figures(from, to civil.Date) (figures, error) {
	f := figures{sources: map[string]int{}, stages: map[string]int{}, stops: map[string]int{}, wijken: map[string]int{}, reached: map[string]int{}}
	children, err1 := a.Children().Find(a.scope, Query{})
	trajecten, err2 := a.Trajecten().Find(a.scope, Query{})
	events, err3 := a.Events().Find(a.scope, Query{})
	checks, err4 := a.Checks().Find(a.scope, Query{Open: true})
	if err := firstError(err1, err2, err3, err4); err != nil {
		return f, err
	}
	wijk := map[string]string{}
	for _, c := range children {
		wijk[c.ID] = c.Wijk
	}
	for _, t := range trajecten {
		f.stages[t.Stage]++
		f.wijken[orUnknown(wijk[t.Child])]++
	}
	f.countSteps(events, trajecten, from, to)
	for _, c := range checks {
		f.open++
		if c.Due.Before(a.today) {
			f.overdue++
		}
	}
	return f, nil
}

// countSteps counts per stage the trajecten that reached it in the period, each once.
func (f *figures) countSteps(events []TrajectEvent, trajecten []Traject, from, to civil.Date) {
	source := map[string]string{}
	for _, t := range trajecten {
		source[t.ID] = t.Source
	}
	seen := map[[2]string]bool{}
	for _, e := range events {
		key := [2]string{e.Traject, e.To}
		if e.On.Before(from) || e.On.After(to) || seen[key] {
			continue
		}
		seen[key] = true
		f.reached[e.To]++
		switch e.To {
		case traject.StageRegistered:
			f.sources[orUnknown(source[e.Traject])]++
		case traject.StageStopped:
			f.stops[orUnknown(e.Note)]++
		}
	}
}

// orUnknown names what is not known.
func orUnknown(s string) string {
	if s == "" {
		return unknownWijk
	}
	return s
}

// report hides what is too small to tell.
func (f figures) report(from, to civil.Date, min int) Report {
	one := func(stage string) Count { return Hide(stage, f.reached[stage], min) }
	return Report{From: from, To: to,
		Sources:     Together(f.sources, labelOthers, min),
		Stages:      Together(f.stages, labelOthers, min),
		StopReasons: Together(f.stops, labelOthers, min),
		Wijken:      Together(f.wijken, labelOthers, min),
		Profiles:    one(traject.StageSearch), Choices: one(traject.StageChoice), Trials: one(traject.StageTrial),
		Participating: one(traject.StageTakesPart), Sustained: one(traject.StageSustained), Withdrawn: one(traject.StageWithdrawn),
		OpenChecks: Hide("open", f.open, min), OverdueChecks: Hide("te laat", f.overdue, min),
	}
}
