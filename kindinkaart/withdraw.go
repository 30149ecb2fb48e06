package kindinkaart

import (
	"context"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// Withdraw ends all permission for a child: at once no data for anyone, stage ingetrokken, personal data erased. by is
// ouder, jongere or kind; no reason is asked. From 12 to 15 either may do it, from 16 the young person (DOMAIN 7.2, P4).
func (s *Service) Withdraw(ctx context.Context, who access.Actor, childID, by string) error {
	_, err := run(ctx, s, who, subject{"child", childID}, func(a *act) (struct{}, error) {
		child, err := a.child(childID, access.Write, access.Trajectory)
		if err != nil {
			return struct{}{}, err
		}
		if capacities[by] == nil {
			return struct{}{}, errs.InvalidFields("Zeg wie de toestemming intrekt.", errs.Field{Name: "by", Message: "Kies ouder, jongere of kind."})
		}
		if by == "ouder" && child.Born.Age(a.today) >= youthDecides {
			return struct{}{}, errs.New(errs.Refused, "Vanaf 16 jaar beslist de jongere zelf. Vraag het de jongere.")
		}
		return struct{}{}, a.withdraw(child, by)
	})
	return err
}

// withdraw erases everything about a child and says so in the audit.
func (a *act) withdraw(c Child, by string) error {
	if err := a.forget(c, traject.StageWithdrawn); err != nil {
		return err
	}
	return a.record("withdraw", subject{"child", c.ID}, "volgen", "door "+by+", gewist")
}

// forget erases everything about a child; end is the stage its trajecten go to, "" = they stay where they are. What is left
// says nothing about anybody: an empty record that is not this child's, and per traject its stages with the month, so that
// counts of earlier months do not change.
func (a *act) forget(c Child, end string) error {
	trajecten, err := a.Trajecten().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return err
	}
	traces := make([]trace, len(trajecten))
	for i, t := range trajecten {
		if traces[i], err = a.traceOf(t, end); err != nil {
			return err
		}
	}
	if err := a.eraseChild(c, trajecten); err != nil {
		return err
	}
	nobody := Child{ID: a.service.NewID(), Tenant: c.Tenant, Organisation: c.Organisation, Owner: c.Owner, Cover: c.Cover, CreatedAt: monthOf(a.today).In(geo.Amsterdam)}
	if nobody, err = a.Children().Put(a.scope, nobody); err != nil {
		return err
	}
	for _, t := range traces {
		if err := a.keep(t, nobody); err != nil {
			return err
		}
	}
	return nil
}

// eraseChild deletes a child with everything that hangs on it and cuts the tie with a class card.
func (a *act) eraseChild(c Child, trajecten []Traject) error {
	afnames, err := a.Afnames().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return err
	}
	for _, af := range afnames {
		if err := a.freeCard(af.Card); err != nil {
			return err
		}
	}
	if err := erase(a.Afnames(), a.scope, afnames, func(x Afname) string { return x.ID }); err != nil {
		return err
	}
	consents, err := a.Consents().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return err
	}
	if err := erase(a.Consents(), a.scope, consents, func(x Consent) string { return x.ID }); err != nil {
		return err
	}
	for _, t := range trajecten {
		if err := a.eraseWork(t.ID, false); err != nil {
			return err
		}
	}
	if err := erase(a.Trajecten(), a.scope, trajecten, func(x Traject) string { return x.ID }); err != nil {
		return err
	}
	return a.Children().Delete(a.scope, c.ID)
}

// freeCard makes a linked card a spent card of nobody.
func (a *act) freeCard(id string) error {
	if id == "" {
		return nil
	}
	card, err := a.Cards().Get(a.tenant(), id)
	if err != nil {
		return err
	}
	card.State, card.Afname, card.Child = CardExpired, "", ""
	_, err = put(a.Cards(), a.tenant(), card, "deze kaart")
	return err
}

// trace is what may stay of a traject: its stages with the month.
type trace struct {
	traject Traject
	events  []TrajectEvent
}

// traceOf reads the trace of a traject, deletes its history and rounds the days of its stages to the month.
func (a *act) traceOf(t Traject, end string) (trace, error) {
	events, err := a.events(t.ID)
	if err != nil {
		return trace{}, err
	}
	if err := erase(a.Events(), a.scope, events, func(x TrajectEvent) string { return x.ID }); err != nil {
		return trace{}, err
	}
	kept := Traject{ID: t.ID, Tenant: t.Tenant, Organisation: t.Organisation, Owner: t.Owner, Cover: t.Cover, Source: t.Source, Stage: t.Stage, Since: monthOf(t.Since)}
	all := slices.Clone(events)
	if end != "" {
		kept.Stage, kept.Since = end, monthOf(a.today)
		all = append(all, TrajectEvent{Tenant: t.Tenant, Traject: t.ID, Seq: len(events) + 1, From: t.Stage, To: end, On: a.today})
	}
	for i := range all {
		all[i].ID, all[i].On, all[i].By, all[i].Note = a.service.NewID(), monthOf(all[i].On), "", ""
	}
	return trace{kept, all}, nil
}

// keep stores a trace under the empty record.
func (a *act) keep(t trace, nobody Child) error {
	t.traject.Child = nobody.ID
	if _, err := a.Trajecten().Put(a.scope, t.traject); err != nil {
		return err
	}
	for _, e := range t.events {
		if _, err := a.Events().Put(a.scope, e); err != nil {
			return err
		}
	}
	return nil
}

// eraseWork deletes the tasks and checks of a traject; with open only those that are not done.
func (a *act) eraseWork(trajectID string, open bool) error {
	tasks, err := a.Tasks().Find(a.scope, Query{Traject: trajectID, Open: open})
	if err != nil {
		return err
	}
	checks, err := a.Checks().Find(a.scope, Query{Traject: trajectID, Open: open})
	if err != nil {
		return err
	}
	if err := erase(a.Tasks(), a.scope, tasks, func(x Task) string { return x.ID }); err != nil {
		return err
	}
	return erase(a.Checks(), a.scope, checks, func(x Check) string { return x.ID })
}

// monthOf is the first day of the month of a day.
func monthOf(d civil.Date) civil.Date { return civil.Date{Year: d.Year, Month: d.Month, Day: 1} }
