package kindinkaart

import (
	"context"
	"slices"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// ChildFile is all that the case team sees of one child.
type ChildFile struct {
	Child    Child
	School   School
	Age      int
	Consents []Consent
	Afnames  []Afname // newest first
	Profile  *questionnaire.Profile
	Traject  *Traject // the current one
	Events   []TrajectEvent
	Tasks    []Task
	Checks   []Check
	NoPlace  bool // home has a postcode that is not in our list: no distances
}

// Child gives the whole file of one child and records who looked.
func (s *Service) Child(ctx context.Context, who access.Actor, id string) (ChildFile, error) {
	return run(ctx, s, who, subject{"child", id}, func(a *act) (ChildFile, error) {
		c, err := a.child(id, access.Read, access.Identity, access.Answers, access.Trajectory)
		if err != nil {
			return ChildFile{}, err
		}
		f, err := a.file(c)
		if err != nil {
			return ChildFile{}, err
		}
		return f, a.record("read", subject{"child", id}, "volgen", "")
	})
}

// file gathers everything about a child.
func (a *act) file(c Child) (f ChildFile, err error) {
	f = ChildFile{Child: c, Age: c.Born.Age(a.today)}
	if f.NoPlace, err = a.noPlace(c); err != nil {
		return ChildFile{}, err
	}
	if c.School != "" {
		if f.School, err = a.Schools().Get(a.tenant(), c.School); err != nil && errs.KindOf(err) != errs.NotFound {
			return ChildFile{}, err
		}
	}
	if f.Consents, err = a.Consents().Find(a.scope, Query{Child: c.ID}); err != nil {
		return ChildFile{}, err
	}
	if f.Afnames, err = a.afnames(c.ID); err != nil {
		return ChildFile{}, err
	}
	if f.Profile, err = profileOf(f.Age, f.Afnames); err != nil {
		return ChildFile{}, err
	}
	t, err := a.currentTraject(c.ID)
	if errs.KindOf(err) == errs.NotFound {
		return f, nil
	}
	if err != nil {
		return ChildFile{}, err
	}
	f.Traject = &t
	return f, a.fileOfTraject(&f, t.ID)
}

// noPlace says whether the postcode of home is one that is not in our list.
func (a *act) noPlace(c Child) (bool, error) {
	if c.Point != (geo.Point{}) || c.Postcode == "" {
		return false, nil
	}
	point, _, err := a.whereIs(c.Postcode)
	return point == geo.Point{}, err
}

// fileOfTraject adds history, tasks and checks.
func (a *act) fileOfTraject(f *ChildFile, id string) (err error) {
	if f.Events, err = a.events(id); err != nil {
		return err
	}
	if f.Tasks, err = a.Tasks().Find(a.scope, Query{Traject: id}); err != nil {
		return err
	}
	f.Checks, err = a.checks(id)
	return err
}

// afnames gives the afnames of a child, newest first.
func (a *act) afnames(childID string) ([]Afname, error) {
	all, err := a.Afnames().Find(a.scope, Query{Child: childID})
	slices.SortStableFunc(all, func(x, y Afname) int { return y.StartedAt.Compare(x.StartedAt) })
	return all, err
}

// newest gives the last finished afname of the child itself or, with parent, of its parent; all is newest first.
func newest(all []Afname, parent bool) *Afname {
	var found *Afname
	for i := range all {
		x := &all[i]
		ended := !x.FinishedAt.IsZero() && (x.Variant == questionnaire.VariantP) == parent
		if ended && (found == nil || x.FinishedAt.After(found.FinishedAt)) {
			found = x
		}
	}
	return found
}

// profileOf scores the newest answers of child and parent together (DOMAIN 3.2); nil when nothing was finished.
func profileOf(age int, all []Afname) (*questionnaire.Profile, error) {
	own, parent := newest(all, false), newest(all, true)
	if own == nil && parent == nil {
		return nil, nil
	}
	variant, child, parents, class := questionnaire.Variant(""), questionnaire.Answers(nil), questionnaire.Answers(nil), false
	if own != nil {
		variant, child, class = own.Variant, own.Answers, own.ClassMode
	} else if v, err := questionnaire.VariantFor(age); err == nil {
		variant = v
	}
	if parent != nil {
		parents = parent.Answers
	}
	p, err := questionnaire.Score(variant, child, parents, class)
	if err != nil {
		return nil, wrongAnswers(err)
	}
	return &p, nil
}

// wrongAnswers points at the questions whose answers cannot be used.
func wrongAnswers(err error) error {
	return errs.InvalidFields("Sommige antwoorden kunnen we niet gebruiken. Kies daar opnieuw een antwoord.", answerFields(err)...)
}

// currentTraject gives the newest traject of a child.
func (a *act) currentTraject(childID string) (Traject, error) {
	all, err := a.Trajecten().Find(a.scope, Query{Child: childID})
	if err != nil {
		return Traject{}, err
	}
	if len(all) == 0 {
		return Traject{}, notThere()
	}
	return all[len(all)-1], nil
}

// events gives the history of a traject in order.
func (a *act) events(trajectID string) ([]TrajectEvent, error) {
	all, err := a.Events().Find(a.scope, Query{Traject: trajectID})
	slices.SortStableFunc(all, func(x, y TrajectEvent) int { return x.Seq - y.Seq })
	return all, err
}

// checks gives the checks of a traject in order of number.
func (a *act) checks(trajectID string) ([]Check, error) {
	all, err := a.Checks().Find(a.scope, Query{Traject: trajectID})
	slices.SortStableFunc(all, func(x, y Check) int { return x.Number - y.Number })
	return all, err
}
