package kindinkaart

import (
	"context"
	"slices"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// silentDays is after how many days without a step a traject asks for attention.
const silentDays = 14

// CaseloadRow is one line of the caseload.
type CaseloadRow struct {
	Child     Child
	Age       int
	School    School
	Traject   Traject
	NextStep  string     // Dutch, what to do next
	Due       civil.Date // when; zero = no date
	Overdue   bool
	Silent    bool // no event in 14 days
	OpenTasks int
	WaitsFor  string // smw, ouder, kind, aanbieder
	Notices   []Notice
}

// CaseloadFilter narrows a caseload.
type CaseloadFilter struct {
	School string
	Due    bool // only what is due today or overdue
	Silent bool
	Ended  bool // also ended trajecten
}

// Caseload lists the trajecten of an actor, what is due first.
func (s *Service) Caseload(ctx context.Context, who access.Actor, f CaseloadFilter) ([]CaseloadRow, error) {
	return run(ctx, s, who, subject{kind: "caseload"}, func(a *act) ([]CaseloadRow, error) {
		if err := a.may(access.Read, a.ownCase(access.Trajectory)); err != nil {
			return nil, err
		}
		work, err := a.caseWork()
		if err != nil {
			return nil, err
		}
		var rows []CaseloadRow
		for _, t := range work.trajecten {
			row, ok, err := a.row(t, work)
			if err != nil {
				return nil, err
			}
			if ok && f.keeps(row, a.today) {
				rows = append(rows, row)
			}
		}
		slices.SortStableFunc(rows, byDue)
		return rows, a.record("read", subject{kind: "caseload"}, "volgen", "")
	})
}

// caseWork is everything of a caseload, each kind read once.
type caseWork struct {
	trajecten []Traject
	children  map[string]Child
	schools   map[string]School
	calendars map[string]*traject.Calendar // by region
	tasks     map[string][]Task            // open ones by traject
	checks    map[string][]Check           // by traject
	last      map[string]civil.Date        // last step by traject
	from      map[string]string            // stage before the present one, by traject
}

// caseWork reads a caseload with one query for each kind of record.
func (a *act) caseWork() (w caseWork, err error) {
	w = caseWork{children: map[string]Child{}, schools: map[string]School{}, calendars: map[string]*traject.Calendar{},
		tasks: map[string][]Task{}, checks: map[string][]Check{}, last: map[string]civil.Date{}, from: map[string]string{}}
	children, err1 := a.Children().Find(a.scope, Query{})
	schools, err2 := a.Schools().Find(a.tenant(), Query{})
	tasks, err3 := a.Tasks().Find(a.scope, Query{Open: true})
	checks, err4 := a.Checks().Find(a.scope, Query{})
	events, err5 := a.Events().Find(a.scope, Query{})
	w.trajecten, err = a.Trajecten().Find(a.scope, Query{})
	for _, c := range children {
		w.children[c.ID] = c
	}
	for _, s := range schools {
		w.schools[s.ID] = s
	}
	for _, t := range tasks {
		w.tasks[t.Traject] = append(w.tasks[t.Traject], t)
	}
	for _, c := range checks {
		w.checks[c.Traject] = append(w.checks[c.Traject], c)
		w.last[c.Traject] = later(w.last[c.Traject], c.On)
	}
	for _, e := range events {
		w.last[e.Traject] = later(w.last[e.Traject], e.On)
		w.from[e.Traject] = e.From // in order of creation
	}
	return w, firstError(err, err1, err2, err3, err4, err5)
}

// row makes one line; ok is false for what this actor may not see or what was withdrawn.
func (a *act) row(t Traject, w caseWork) (row CaseloadRow, ok bool, err error) {
	child := w.children[t.Child]
	if child.ID == "" || child.empty() || !access.Can(a.who, access.Read, a.about(child, access.Trajectory)) {
		return row, false, nil
	}
	school := w.schools[child.School]
	cal := w.calendars[school.Region]
	if cal == nil {
		if cal, err = a.calendarOf(school.Region); err != nil {
			return row, false, err
		}
		w.calendars[school.Region] = cal
	}
	row = CaseloadRow{Child: child, Age: child.Born.Age(a.today), School: school, Traject: t, OpenTasks: len(w.tasks[t.ID])}
	row.NextStep, row.Due = nextStep(t, w.tasks[t.ID], w.checks[t.ID], cal)
	row.Notices = a.notices(child, t, w.from[t.ID], cal)
	row.soonest()
	row.Overdue = !row.Due.IsZero() && row.Due.Before(a.today)
	row.Silent = !ended(t) && a.today.DaysSince(later(w.last[t.ID], t.Since)) >= silentDays
	row.WaitsFor = waitsFor(t, w.tasks[t.ID])
	return row, true, nil
}

// soonest lets a notice be the next step when it is due before that.
func (r *CaseloadRow) soonest() {
	for _, n := range r.Notices {
		if n.nextStep() && (r.Due.IsZero() || n.Due.Before(r.Due)) {
			r.NextStep, r.Due = n.Text, n.Due
		}
	}
}

// DueBy says whether something has to be done on a day, or had to be done before.
func (r CaseloadRow) DueBy(on civil.Date) bool {
	return !r.Due.IsZero() && !r.Due.After(on) || slices.ContainsFunc(r.Notices, func(n Notice) bool { return n.Kind == NoticeMessage })
}

// keeps says whether a row passes the filter.
func (f CaseloadFilter) keeps(r CaseloadRow, today civil.Date) bool {
	switch {
	case f.School != "" && r.Child.School != f.School,
		f.Due && !r.DueBy(today),
		f.Silent && !r.Silent,
		!f.Ended && ended(r.Traject) && len(r.Notices) == 0:
		return false
	}
	return true
}

// byDue puts what is due first, then what has no date; equal ones by name of the child and id.
func byDue(x, y CaseloadRow) int {
	switch {
	case x.Due.IsZero() != y.Due.IsZero():
		if x.Due.IsZero() {
			return 1
		}
		return -1
	case x.Due != y.Due:
		return x.Due.DaysSince(y.Due)
	case x.Child.GivenName != y.Child.GivenName:
		return strings.Compare(x.Child.GivenName, y.Child.GivenName)
	}
	return strings.Compare(x.Traject.ID, y.Traject.ID)
}

// ended says whether nothing follows any more.
func ended(t Traject) bool {
	stage, ok := traject.StageByID(t.Stage)
	return ok && stage.End
}

// later gives the later of two days.
func later(x, y civil.Date) civil.Date {
	if y.After(x) {
		return y
	}
	return x
}

// advices say per stage in Dutch what to do next.
var advices = map[string]string{
	traject.StageRegistered: "Plan het eerste gesprek.",
	traject.StageFirstTalk:  "Vertel wat Kind in Kaart is en vraag toestemming.",
	traject.StageConsent:    "Vraag het antwoord op de toestemming.",
	traject.StageProfile:    "Vul samen de vragenlijst in.",
	traject.StageSearch:     "Zoek samen een activiteit en leg de keuze vast.",
	traject.StageChoice:     "Regel wat nodig is of bel de aanbieder.",
	traject.StageArrange:    "Werk de taken af.",
	traject.StageContact:    "Bel de aanbieder.",
	traject.StageWaiting:    "Vraag de aanbieder hoe het met de wachtlijst staat.",
	traject.StageTrial:      "Vraag hoe de proefles was.",
	traject.StageEnrolled:   "Vraag of het kind voor het eerst is geweest.",
	traject.StageTakesPart:  "Vraag of het kind nog meedoet.",
	traject.StageSustained:  "Doe de 1-meting en rond af.",
	traject.StageStopped:    "Zoek samen iets anders, of rond af.",
	traject.StageOwnWay:     "Vraag of het is gelukt.",
	traject.StageNoOffer:    "Zoek opnieuw als er nieuw aanbod is.",
}

// nextStep says what to do next and when (DOMAIN 6, nudges); a zero day has no date.
func nextStep(t Traject, tasks []Task, checks []Check, cal *traject.Calendar) (string, civil.Date) {
	m := traject.Moments{FirstTime: t.FirstTime, Level: t.SupportLevel, ChecksDone: len(results(checks))}
	if t.Toeleiding != nil {
		m.ChosenOn, m.TrialOn = t.Toeleiding.ChosenOn, t.Toeleiding.TrialOn
	}
	if next := openCheck(checks); next != nil {
		m.NextCheck = next.Due
	}
	task := firstTask(tasks)
	if task != nil {
		m.TaskDue = task.Due
	}
	due, _, ok := traject.DueOn(t.Stage, t.Since, cal, m)
	if !ok {
		due = civil.Date{}
	}
	text := advices[t.Stage]
	if task != nil && (due.IsZero() || !task.Due.After(due)) {
		return "Taak: " + taskText(*task), task.Due
	}
	return text, due
}

// taskText says a task in Dutch.
func taskText(t Task) string {
	if t.Text != "" {
		return t.Text
	}
	return strings.ReplaceAll(t.Remedy, "_", " ") + "."
}

// firstTask gives the open task that is due first.
func firstTask(tasks []Task) *Task {
	var first *Task
	for i := range tasks {
		if tasks[i].DoneOn.IsZero() && (first == nil || tasks[i].Due.Before(first.Due)) {
			first = &tasks[i]
		}
	}
	return first
}

// waitsFor says who has to do something now.
func waitsFor(t Traject, tasks []Task) string {
	if task := firstTask(tasks); task != nil && t.Stage == traject.StageArrange && slices.Contains([]string{"ouder", "kind", "aanbieder"}, task.Who) {
		return task.Who
	}
	switch t.Stage {
	case traject.StageConsent, traject.StageOwnWay:
		return "ouder"
	case traject.StageChoice, traject.StageProfile:
		return "kind"
	case traject.StageContact, traject.StageWaiting:
		return "aanbieder"
	}
	return "smw"
}

// Schools lists the schools an actor works with: all of the tenant for who is not tied to some.
func (s *Service) Schools(ctx context.Context, who access.Actor) ([]School, error) {
	return run(ctx, s, who, subject{kind: "school"}, func(a *act) ([]School, error) {
		if a.scope.Tenant == "" && who.Role != access.System {
			return nil, errs.New(errs.NotFound, "Er zijn geen scholen voor jou.")
		}
		some := a.scope.Schools
		if len(who.Schools) > 0 {
			some = who.Schools
		}
		all, err := a.Schools().Find(access.Scope{Tenant: who.Tenant, Schools: some}, Query{})
		slices.SortFunc(all, func(x, y School) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
		return all, err
	})
}
