package kindinkaart

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// Choice is what child and smw'er chose together, with the reasons that were on the screen.
type Choice struct {
	Toeleiding   Toeleiding
	Tasks        []Task // from the open barriers: Barrier, Remedy, Effect, Text, Who
	SupportLevel string
}

// Limits of a choice.
const (
	maxTasks = 30
	taskDays = 14 // a task without a day is due after two weeks
)

var (
	taskPeople  = []string{"smw", "ouder", "kind", "aanbieder", "vrijwilliger"}
	taskEffects = []string{"", "lifts", "lifts_unknown", "redirects", "supports"}
)

// Choose stores the choice, the reasons and the tasks in one transaction; the traject goes to keuze. A new choice later in
// the way takes the open tasks and checks of the former one away and keeps its history.
func (s *Service) Choose(ctx context.Context, who access.Actor, childID string, version int, c Choice) (Traject, error) {
	return run(ctx, s, who, subject{"child", childID}, func(a *act) (Traject, error) {
		child, err := a.child(childID, access.Write, access.Trajectory)
		if err != nil {
			return Traject{}, err
		}
		if err := a.permitted(child, PurposeProfile); err != nil {
			return Traject{}, err
		}
		if err := checkChoice(c); err != nil {
			return Traject{}, err
		}
		t, err := a.currentTraject(childID)
		if err != nil {
			return Traject{}, err
		}
		if t.Version != version {
			return Traject{}, conflict("dit traject", nil)
		}
		return a.choose(t, c)
	})
}

// checkChoice names what cannot be used.
func checkChoice(c Choice) error {
	var wrong []errs.Field
	add := func(ok bool, name, message string) {
		if !ok {
			wrong = append(wrong, errs.Field{Name: name, Message: message})
		}
	}
	add(c.Toeleiding.Activity != "", "activity", "Kies een activiteit.")
	add(utf8.RuneCountInString(c.Toeleiding.Words) <= maxOwnWords, "words", "Gebruik hoogstens 200 tekens.")
	add(c.SupportLevel == "" || traject.IsSupportLevel(c.SupportLevel), "support_level", "Kies hoeveel hulp het gezin krijgt: zelf, licht of hand.")
	add(len(c.Tasks) <= maxTasks, "tasks", "Kies hoogstens 30 taken.")
	for _, t := range c.Tasks {
		add(t.Who == "" || slices.Contains(taskPeople, t.Who), "who", "Kies wie de taak doet: smw, ouder, kind, aanbieder of vrijwilliger.")
		add(slices.Contains(taskEffects, t.Effect), "effect", "Kies wat de taak oplost: lifts, lifts_unknown, redirects of supports.")
		add(utf8.RuneCountInString(t.Text) <= maxOwnWords, "text", "Gebruik hoogstens 200 tekens per taak.")
	}
	if len(wrong) > 0 {
		return errs.InvalidFields("Deze keuze is nog niet compleet. Er is nog niets bewaard.", wrong...)
	}
	return nil
}

// choose takes the steps to keuze and stores what was chosen.
func (a *act) choose(t Traject, c Choice) (Traject, error) {
	if traject.Allowed(t.Stage, traject.StageChoice) != nil {
		if err := traject.Allowed(t.Stage, traject.StageSearch); err != nil {
			return Traject{}, err
		}
		if err := a.profileDone(t); err != nil {
			return Traject{}, err
		}
		var err error
		if t, err = a.step(t, Step{To: traject.StageSearch, On: a.today}); err != nil {
			return Traject{}, err
		}
	}
	if err := a.eraseWork(t.ID, true); err != nil {
		return Traject{}, err
	}
	chosen := c.Toeleiding
	if chosen.ChosenOn.IsZero() || chosen.ChosenOn.After(a.today) {
		chosen.ChosenOn = a.today
	}
	if err := a.wantsMessages(t.Child, &chosen); err != nil {
		return Traject{}, err
	}
	t.Toeleiding, t.FirstTime, t.EndNote = &chosen, civil.Date{}, ""
	if c.SupportLevel != "" {
		t.SupportLevel = c.SupportLevel
	}
	t, err := a.step(t, Step{To: traject.StageChoice, On: a.today})
	if err != nil {
		return Traject{}, err
	}
	if err := a.addTasks(t, c.Tasks); err != nil {
		return Traject{}, err
	}
	return t, a.record("choose", subject{"traject", t.ID}, "zoeken", onlyID(chosen.Activity))
}

// addTasks stores the tasks of a choice, each with somebody who does it and a day.
func (a *act) addTasks(t Traject, tasks []Task) error {
	for _, task := range tasks {
		one := Task{ID: a.service.NewID(), Tenant: t.Tenant, Traject: t.ID, Barrier: task.Barrier, Remedy: task.Remedy, Effect: task.Effect,
			Text: task.Text, Who: task.Who, Due: task.Due, Scheme: task.Scheme, Cents: task.Cents}
		if t.Toeleiding != nil {
			one.Activity = t.Toeleiding.Activity
		}
		if one.Who == "" {
			one.Who = taskPeople[0]
		}
		if one.Due.IsZero() {
			one.Due = a.today.AddDays(taskDays)
		}
		if _, err := a.Tasks().Put(a.scope, one); err != nil {
			return err
		}
	}
	return nil
}

var (
	checkAnswers = []string{"doet_mee", "weet_niet", "gestopt"}
	funAnswers   = []string{"", "ja", "gaat_wel", "nee"}
)

// maxMissed is the most missed weeks that can be meant: a year.
const maxMissed = 52

// AnswerCheck stores what a check found. Two missed weeks in a row bring the next check forward to the next working day;
// twice no answer becomes a task to phone (DOMAIN 6).
func (s *Service) AnswerCheck(ctx context.Context, who access.Actor, checkID string, version int, answer, fun string, missed int) (Check, error) {
	return run(ctx, s, who, subject{"check", checkID}, func(a *act) (Check, error) {
		c, err := a.Checks().Get(a.scope, checkID)
		if err != nil {
			return Check{}, outside(err)
		}
		t, _, err := a.traject(c.Traject, access.Write)
		if err != nil {
			return Check{}, err
		}
		if c.Version != version {
			return Check{}, conflict("deze check", nil)
		}
		if !slices.Contains(checkAnswers, answer) || !slices.Contains(funAnswers, fun) || missed < 0 || missed > maxMissed {
			return Check{}, errs.InvalidFields("Dit antwoord kennen we niet.", errs.Field{Name: "answer", Message: "Kies: doet mee, weet niet of gestopt. Gemiste weken: 0 tot en met 52."})
		}
		c.On, c.Answer, c.Fun, c.Missed = a.today, answer, fun, missed
		if c, err = put(a.Checks(), a.scope, c, "deze check"); err != nil {
			return Check{}, err
		}
		if err := a.afterCheck(t, c); err != nil {
			return Check{}, err
		}
		return c, a.record("check", subject{"traject", t.ID}, "volgen", answer)
	})
}

// afterCheck lets follow what a check found.
func (a *act) afterCheck(t Traject, c Check) error {
	all, err := a.checks(t.ID)
	if err != nil {
		return err
	}
	if c.Answer == "weet_niet" && silentBefore(all, c) {
		phone := Task{Text: "Bel: er kwam twee keer geen antwoord op de vraag of het kind nog meedoet.", Who: "smw", Due: a.today.AddDays(1)}
		if err := a.addTasks(t, []Task{phone}); err != nil {
			return err
		}
	}
	if c.Answer == "gestopt" {
		return nil
	}
	cal, err := a.calendar(t)
	if err != nil {
		return err
	}
	next := openCheck(all)
	if next == nil {
		due := traject.AfterMissed(a.today, c.Missed, civil.Date{}, cal)
		if due.IsZero() && t.Stage == traject.StageTakesPart {
			due = traject.FollowUp(a.today, t.FirstTime, c.Answer, cal)
		}
		if !due.IsZero() {
			return a.addCheck(t, all[len(all)-1].Number+1, due)
		}
		return nil
	}
	due := traject.AfterMissed(a.today, c.Missed, next.Due, cal)
	if due == next.Due {
		return nil
	}
	next.Due = due
	_, err = put(a.Checks(), a.scope, *next, "deze check")
	return err
}

// openCheck gives the first check that is not answered.
func openCheck(all []Check) *Check {
	var first *Check
	for i := range all {
		if all[i].On.IsZero() && (first == nil || all[i].Due.Before(first.Due)) {
			first = &all[i]
		}
	}
	return first
}

// silentBefore says whether the check before this one had no answer either.
func silentBefore(all []Check, c Check) bool {
	i := slices.IndexFunc(all, func(x Check) bool { return x.ID == c.ID })
	return i > 0 && all[i-1].Answer == "weet_niet"
}
