package kindinkaart

import (
	"context"
	"regexp"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// TrajectFile is all about one traject.
type TrajectFile struct {
	ChildFile
	Funds      []Fund          // that may give money to this child
	Next       []traject.Stage // stages that may follow now
	Advice     string          // Dutch: what to do next
	Follow     Follow
	Bestendigd error // nil when it may be confirmed now, else the reason in Dutch
}

// Destinations are where somebody may be referred to (DOMAIN 6: the type only).
var Destinations = []string{"jeugdteam_wijkteam", "cjg", "jgz", "huisarts_poh", "swv", "school", "andere_partner"}

// Traject gives one traject with everything around it.
func (s *Service) Traject(ctx context.Context, who access.Actor, id string) (TrajectFile, error) {
	schemes, err := s.schemes(ctx, who.Tenant)
	if err != nil {
		return TrajectFile{}, err
	}
	return run(ctx, s, who, subject{"traject", id}, func(a *act) (TrajectFile, error) {
		t, child, err := a.traject(id, access.Read)
		if err != nil {
			return TrajectFile{}, err
		}
		if err := a.may(access.Read, a.about(child, access.Answers)); err != nil {
			return TrajectFile{}, err
		}
		file, err := a.file(child)
		if err != nil {
			return TrajectFile{}, err
		}
		f := TrajectFile{ChildFile: file, Funds: fundsFor(child, schemes), Next: traject.Next(t.Stage)}
		f.Traject = &t
		if err := a.fileOfTraject(&f.ChildFile, id); err != nil {
			return TrajectFile{}, err
		}
		f.Bestendigd = traject.CanConfirm(t.FirstTime, a.today, results(f.Checks))
		cal, err := a.calendarOf(f.School.Region)
		if err != nil {
			return TrajectFile{}, err
		}
		f.Advice, _ = nextStep(t, f.Tasks, f.Checks, cal)
		f.Follow = a.follow(&f, cal)
		return f, a.record("read", subject{"traject", id}, "volgen", "")
	})
}

// traject gives a traject of a child in the own caseload.
func (a *act) traject(id string, r access.Right) (Traject, Child, error) {
	t, err := a.Trajecten().Get(a.scope, id)
	if err != nil {
		return Traject{}, Child{}, outside(err)
	}
	child, err := a.child(t.Child, r, access.Trajectory)
	return t, child, err
}

// Step asks to move a traject.
type Step struct {
	To      string
	On      civil.Date // zero = today
	Version int        // of the Traject the page was made from
	Note    string     // stop reason, outcome or destination, from the choice lists
	Date    civil.Date // moment that belongs to the stage: trial lesson, first time, start
}

// Move takes one step. An illegal step gives errs.Refused with a plain sentence and changes nothing.
func (s *Service) Move(ctx context.Context, who access.Actor, trajectID string, step Step) (Traject, error) {
	return run(ctx, s, who, subject{"traject", trajectID}, func(a *act) (Traject, error) {
		t, child, err := a.traject(trajectID, access.Write)
		if err != nil {
			return Traject{}, err
		}
		if t.Version != step.Version {
			return Traject{}, conflict("dit traject", nil)
		}
		if step.On == (civil.Date{}) {
			step.On = a.today
		}
		if err := a.mayStep(t, child, step); err != nil {
			return Traject{}, err
		}
		return a.step(t, step)
	})
}

var choicePattern = regexp.MustCompile(`^[a-z0-9_]{0,40}$`)

// mayStep says whether a step is legal now.
func (a *act) mayStep(t Traject, c Child, step Step) error {
	if err := traject.Allowed(t.Stage, step.To); err != nil {
		return err
	}
	if wrong := checkStep(t, step, a.today); wrong != nil {
		return errs.InvalidFields("Deze stap is nog niet compleet. Er is niets veranderd.", *wrong)
	}
	switch step.To {
	case traject.StageWithdrawn:
		return errs.New(errs.Refused, "Gebruik de knop 'toestemming intrekken'. Dan worden de gegevens ook gewist.")
	case traject.StageProfile:
		return a.permitted(c, PurposeProfile)
	case traject.StageChoice:
		return errs.New(errs.Refused, "Zoek eerst samen en kies een activiteit. Dan gaat het traject vanzelf naar 'Keuze van het kind'.")
	case traject.StageSearch:
		return a.profileDone(t)
	case traject.StageSustained:
		return a.mayConfirm(t)
	}
	return nil
}

// checkStep names the input of a step that cannot be used.
func checkStep(t Traject, step Step, today civil.Date) *errs.Field {
	switch {
	case step.On.After(today) || step.On.Before(t.Since):
		return &errs.Field{Name: "on", Message: "Kies een dag van " + t.Since.String() + " tot en met vandaag."}
	case !choicePattern.MatchString(step.Note):
		return &errs.Field{Name: "note", Message: "Kies een antwoord uit de lijst."}
	case step.To == traject.StageStopped && !traject.IsStopReason(step.Note):
		return &errs.Field{Name: "note", Message: "Kies een reden uit de lijst."}
	case step.To == traject.StageReferred && !slices.Contains(Destinations, step.Note):
		return &errs.Field{Name: "note", Message: "Kies uit de lijst waarheen jullie samen gaan."}
	case step.To == traject.StageTakesPart && step.Date.After(today):
		return &errs.Field{Name: "date", Message: "Vul de dag van de eerste keer in: vandaag of eerder."}
	}
	return nil
}

// profileDone says whether searching can begin: the child itself has answered.
func (a *act) profileDone(t Traject) error {
	if t.Stage != traject.StageProfile {
		return nil
	}
	all, err := a.afnames(t.Child)
	if err == nil && newest(all, false) == nil {
		err = errs.New(errs.Refused, "Het kind is nog niet klaar met de vragenlijst. Maak die eerst samen af.")
	}
	return err
}

// mayConfirm says whether taking part may be called bestendigd today (DOMAIN 6).
func (a *act) mayConfirm(t Traject) error {
	checks, err := a.checks(t.ID)
	if err != nil {
		return err
	}
	return traject.CanConfirm(t.FirstTime, a.today, results(checks))
}

// results are the answered checks as package traject has them.
func results(checks []Check) (out []traject.CheckResult) {
	for _, c := range checks {
		if !c.On.IsZero() {
			out = append(out, traject.CheckResult{On: c.On, Answer: c.Answer, Missed: c.Missed})
		}
	}
	return out
}

// calendar knows the school holidays of the school of a traject.
func (a *act) calendar(t Traject) (*traject.Calendar, error) {
	school, err := a.schoolOf(t)
	if err != nil {
		return nil, err
	}
	return a.calendarOf(school.Region)
}

// calendarOf knows the school holidays of a region.
func (a *act) calendarOf(region string) (*traject.Calendar, error) {
	if region == "" {
		region = defaultRegion
	}
	holidays, err := a.Holidays(region)
	return traject.NewCalendar(holidays), err
}

// step stores one step: the traject, its history, what belongs to the new stage and the audit event.
func (a *act) step(t Traject, step Step) (Traject, error) {
	from := t.Stage
	t.Stage, t.Since = step.To, step.On
	if step.Note != "" {
		t.EndNote = step.Note
	}
	t, err := a.enter(t, step)
	if err != nil {
		return Traject{}, err
	}
	if t, err = put(a.Trajecten(), a.scope, t, "dit traject"); err != nil {
		return Traject{}, err
	}
	if err := a.addEvent(t, from, step.On, step.Note); err != nil {
		return Traject{}, err
	}
	return t, a.record("move", subject{"traject", t.ID}, "volgen", from+" > "+step.To)
}

// enter does what belongs to a new stage.
func (a *act) enter(t Traject, step Step) (Traject, error) {
	switch step.To {
	case traject.StageTrial:
		if t.Toeleiding != nil && step.Date != (civil.Date{}) {
			chosen := *t.Toeleiding
			chosen.TrialOn, t.Toeleiding = step.Date, &chosen
		}
	case traject.StageTakesPart:
		if t.FirstTime == (civil.Date{}) {
			return a.begin(t, step)
		}
	case traject.StageOwnWay:
		return t, a.planOwnWay(t)
	case traject.StageStopped, traject.StageReferred, traject.StageDone:
		return t, a.eraseWork(t.ID, true)
	}
	return t, nil
}

// begin stores the first time and plans the checks that suit the support level (DOMAIN 6).
func (a *act) begin(t Traject, step Step) (Traject, error) {
	t.FirstTime = step.Date
	if t.FirstTime == (civil.Date{}) {
		t.FirstTime = step.On
	}
	cal, err := a.calendar(t)
	if err != nil {
		return Traject{}, err
	}
	for _, planned := range traject.PlanChecks(t.FirstTime, t.SupportLevel, cal) {
		if err := a.addCheck(t, planned.Number, planned.Due); err != nil {
			return Traject{}, err
		}
	}
	return t, nil
}

// planOwnWay plans the one check of a family that arranges things itself (DOMAIN 6).
func (a *act) planOwnWay(t Traject) error {
	cal, err := a.calendar(t)
	if err != nil {
		return err
	}
	for _, planned := range traject.PlanChecks(t.Since, "zelf", cal) {
		if err := a.addCheck(t, planned.Number, planned.Due); err != nil {
			return err
		}
	}
	return nil
}

// addCheck plans one check.
func (a *act) addCheck(t Traject, number int, due civil.Date) error {
	_, err := a.Checks().Put(a.scope, Check{ID: a.service.NewID(), Tenant: t.Tenant, Traject: t.ID, Number: number, Due: due})
	return err
}

// addEvent writes a step into the history.
func (a *act) addEvent(t Traject, from string, on civil.Date, note string) error {
	before, err := a.Events().Find(a.scope, Query{Traject: t.ID})
	if err != nil {
		return err
	}
	_, err = a.Events().Put(a.scope, TrajectEvent{ID: a.service.NewID(), Tenant: t.Tenant, Traject: t.ID, Seq: len(before) + 1,
		From: from, To: t.Stage, On: on, By: a.who.ID, Note: note})
	return err
}

// theWay is the order of the first stages; walk goes along it.
var theWay = []string{traject.StageRegistered, traject.StageFirstTalk, traject.StageConsent, traject.StageProfile, traject.StageSearch, traject.StageChoice}

// walk takes the legal steps from the present stage up to a goal further on, each with its event: an answer about consent
// means that the first talk was held. A traject that is already there or elsewhere stays where it is.
func (a *act) walk(t Traject, goal string) error {
	from, to := slices.Index(theWay, t.Stage), slices.Index(theWay, goal)
	if from < 0 {
		return nil
	}
	for i := from + 1; i <= to; i++ {
		err := traject.Allowed(t.Stage, theWay[i])
		if err != nil {
			return err
		}
		if t, err = a.step(t, Step{To: theWay[i], On: a.today}); err != nil {
			return err
		}
	}
	return nil
}

// schoolOf gives the school of a traject, an empty one when there is none.
func (a *act) schoolOf(t Traject) (School, error) {
	if t.School == "" {
		return School{}, nil
	}
	school, err := a.Schools().Get(a.tenant(), t.School)
	if errs.KindOf(err) == errs.NotFound {
		return School{}, nil
	}
	return school, err
}
