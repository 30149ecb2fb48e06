package kindinkaart

import (
	"context"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// Finish is what became of a task.
type Finish struct {
	From, Until civil.Date // it is arranged from (zero = today) until (zero = no end)
	No          bool       // it was asked and the answer was no: nothing is arranged
	Scheme      string     // the fund that said no; "" = the one that the task names
	Grant       *NewGrant  // what a fund gave; nil = not said
}

// SaidNo says that this was asking a fund, and that it gave nothing.
func (t Task) SaidNo() bool {
	return t.Remedy == remedyFund && t.DoneOn.IsValid() && !t.From.IsValid()
}

// remedyFund is the remedy of asking a fund (barriers-v1.json).
const remedyFund = "fonds"

// FinishTask marks a task done. A task that lifts a barrier is arranged from a day, today when none is given, until a day;
// zero until is no end. For the task of a fund that day is when the fund agreed, and what it gave counts from then on; what it
// refused is no longer counted on.
func (s *Service) FinishTask(ctx context.Context, who access.Actor, taskID string, version int, f Finish) (Task, error) {
	schemes, err := s.schemes(ctx, who.Tenant)
	if err != nil {
		return Task{}, err
	}
	return run(ctx, s, who, subject{"task", taskID}, func(a *act) (Task, error) {
		task, err := a.Tasks().Get(a.scope, taskID)
		if err != nil {
			return Task{}, outside(err)
		}
		t, c, err := a.traject(task.Traject, access.Write)
		if err != nil {
			return Task{}, err
		}
		if task.Version != version {
			return Task{}, conflict("deze taak", nil)
		}
		if f.Grant != nil && !f.No && task.Remedy == remedyFund {
			if f, err = a.finishFund(t, c, f, schemes); err != nil {
				return Task{}, err
			}
		}
		if f.Scheme != "" && f.No && task.Remedy == remedyFund {
			if versionOn(schemes, f.Scheme, a.today) == nil {
				return Task{}, errs.InvalidFields("Dit fonds is niet bekend. Er is nog niets bewaard.", errs.Field{Name: "scheme", Message: "Kies het fonds uit de lijst."})
			}
			task.Scheme = f.Scheme
		}
		return a.finish(t, task, f)
	})
}

// finishFund stores what a fund gave: the help runs as long as the money.
func (a *act) finishFund(t Traject, c Child, f Finish, schemes []regeling.Scheme) (Finish, error) {
	asked := *f.Grant
	asked.From, asked.Until = f.From, f.Until
	g, err := a.grant(t, c, asked, schemes)
	f.From, f.Until = g.From, g.Until
	return f, err
}

// finish stores what became of a task.
func (a *act) finish(t Traject, task Task, f Finish) (Task, error) {
	switch {
	case f.No:
		f.From, f.Until = civil.Date{}, civil.Date{}
	case task.Effect == "lifts" && f.From.IsZero():
		f.From = a.today
	}
	if !f.Until.IsZero() && f.Until.Before(f.From) {
		return Task{}, errs.InvalidFields("De dagen kloppen niet.", errs.Field{Name: "until", Message: "Kies een laatste dag na de eerste dag."})
	}
	task.DoneOn, task.From, task.Until = a.today, f.From, f.Until
	task, err := put(a.Tasks(), a.scope, task, "deze taak")
	if err != nil {
		return Task{}, err
	}
	if err := a.noteApproval(t, task); err != nil {
		return Task{}, err
	}
	return task, a.record("update", subject{"task", task.ID}, "volgen", "klaar")
}

// noteApproval writes down with the choice on which day the fund agreed.
func (a *act) noteApproval(t Traject, task Task) error {
	if task.Remedy != remedyFund || t.Toeleiding == nil {
		return nil
	}
	chosen := *t.Toeleiding
	chosen.ApprovedOn = task.From
	t.Toeleiding = &chosen
	_, err := put(a.Trajecten(), a.scope, t, "dit traject")
	return err
}
