package kindinkaart

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// How long is kept what nobody needs any more (DOMAIN 7.7, regime preventie).
const (
	keepUnanswered = 30 // days without permission
	keepEnded      = 12 // months after the end, or after a child stopped or found nothing and nobody went on
)

// EraseEndedKlassen deletes the classes of school years that are over: after 31 July nothing of a class is left but what
// was linked to a child with consent (DOMAIN 7.5). It gives the number of classes erased; a class that cannot be erased is
// named in the error by its id and keeps no other.
func (s *Service) EraseEndedKlassen(ctx context.Context) (erased int, err error) {
	return s.eachAlone(ctx, "klas", func(a *act) ([]string, error) { return a.Klassen().IDs(a.scope, Query{}) }, (*act).eraseEnded)
}

// EraseOldChildren erases referrals that got no permission within 30 days and children whose traject rests for 12 months: it
// ended, or the child stopped or found nothing and nobody went on. It does so as a withdrawal does (DOMAIN 7.7). It gives the
// number of children erased; a child that cannot be erased is named in the error by its id and keeps no other.
func (s *Service) EraseOldChildren(ctx context.Context) (erased int, err error) {
	return s.eachAlone(ctx, "child", func(a *act) ([]string, error) { return a.Children().IDs(a.scope, Query{}) }, (*act).eraseOld)
}

// eachAlone does a job for each record of a kind in every tenant, each in its own transaction: what fails at one record is
// told and changes nothing of that one, and the others are done. It gives how many records the job was done for.
func (s *Service) eachAlone(ctx context.Context, kind string, ids func(*act) ([]string, error), job func(*act, string) (bool, error)) (n int, err error) {
	var tenants []string
	if err := s.Store.Do(ctx, func(tx Tx) (err error) { tenants, err = tx.Tenants(); return err }); err != nil {
		return 0, err
	}
	var failed []error
	for _, tenant := range tenants {
		list, err := asSystem(ctx, s, tenant, subject{kind: kind}, ids)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s of tenant %s: %w", kind, tenant, err))
		}
		for _, id := range list {
			done, err := asSystem(ctx, s, tenant, subject{kind, id}, func(a *act) (bool, error) { return job(a, id) })
			if done {
				n++
			}
			if err != nil {
				failed = append(failed, fmt.Errorf("%s %s of tenant %s: %w", kind, id, tenant, err))
			}
			if errs.KindOf(err) == errs.Unavailable && s.Store.Do(ctx, func(Tx) error { return nil }) != nil {
				return n, errors.Join(failed...) // not this record: the database is away
			}
		}
	}
	return n, errors.Join(failed...)
}

// asSystem does something in a whole tenant, in one transaction that a panic does not leave half done.
func asSystem[T any](ctx context.Context, s *Service, tenant string, on subject, f func(*act) (T, error)) (out T, err error) {
	who := access.Actor{ID: "system", Tenant: tenant, Role: access.System}
	err = errs.Survive(func() (err error) {
		out, err = run(ctx, s, who, on, func(a *act) (T, error) {
			a.scope = a.tenant()
			return f(a)
		})
		return err
	})
	return out, err
}

// eraseOld erases a child when its time is over, and says whether it did.
func (a *act) eraseOld(id string) (bool, error) {
	c, err := a.Children().Get(a.scope, id)
	if errs.KindOf(err) == errs.NotFound {
		return false, nil // withdrawn in the meantime
	}
	if err != nil {
		return false, err
	}
	if over, err := a.timeIsOver(c); err != nil || !over {
		return false, err
	}
	if err := a.forget(c, ""); err != nil {
		return false, err
	}
	return true, a.record("erase", subject{"child", c.ID}, "beheer", "bewaartermijn")
}

// timeIsOver says whether a child's record may not be kept any longer.
func (a *act) timeIsOver(c Child) (bool, error) {
	if c.empty() {
		return false, nil
	}
	trajecten, err := a.Trajecten().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return false, err
	}
	underWay := slices.ContainsFunc(trajecten, func(t Traject) bool { return !unanswered(t) })
	if !underWay && a.today.DaysSince(dateOf(c.CreatedAt)) > keepUnanswered {
		consents, err := a.Consents().Find(a.scope, Query{Child: c.ID})
		return err == nil && !Permitted(consents, PurposeProfile, c.Born.Age(a.today)), err
	}
	last, err := a.lastWork(c.ID)
	if err != nil {
		return false, err
	}
	kept := func(t Traject) bool { return a.today.Before(eraseOn(t, last)) }
	return len(trajecten) > 0 && !slices.ContainsFunc(trajecten, kept), nil
}

// never is later than any day that counts.
var never = civil.Date{Year: 9999, Month: time.December, Day: 31}

// eraseOn is the first day on which nobody needs a traject any more; worked is the last day on which somebody worked with the
// child without taking a step. A traject that goes on is needed, and a child that stopped or found nothing may look again.
func eraseOn(t Traject, worked civil.Date) civil.Date {
	since := t.Since
	switch {
	case !traject.Rests(t.Stage):
		return never
	case !ended(t):
		since = later(since, worked)
	}
	return civil.DateOf(since.In(time.UTC).AddDate(0, keepEnded, 0))
}

// lastWork is the last day on which somebody worked with a child without taking a step: questions, or an answer about
// permission. Zero when that never was.
func (a *act) lastWork(childID string) (last civil.Date, err error) {
	afnames, err1 := a.Afnames().Find(a.scope, Query{Child: childID})
	consents, err2 := a.Consents().Find(a.scope, Query{Child: childID})
	for _, af := range afnames {
		last = later(last, dateOf(af.StartedAt))
		if !af.FinishedAt.IsZero() {
			last = later(last, dateOf(af.FinishedAt))
		}
	}
	for _, c := range consents {
		last = later(last, c.On)
	}
	return last, firstError(err1, err2)
}

// unanswered says whether a traject has not come past asking for permission.
func unanswered(t Traject) bool {
	i := slices.Index(theWay, t.Stage)
	return i >= 0 && i <= slices.Index(theWay, traject.StageConsent)
}

// eraseEnded deletes a class when its school year is over, and says whether it did.
func (a *act) eraseEnded(id string) (bool, error) {
	k, err := a.Klassen().Get(a.scope, id)
	if errs.KindOf(err) == errs.NotFound {
		return false, nil // erased in the meantime
	}
	if err != nil || dateOf(a.now).In(geo.Amsterdam).Before(endOfYear(k)) {
		return false, err
	}
	return true, a.eraseKlas(k)
}

// endOfYear is the first moment after the school year of a klas: 1 August.
func endOfYear(k Klas) time.Time {
	year := dateOf(k.CreatedAt).Year + 1
	if y := yearPattern.FindStringSubmatch(k.Year); y != nil {
		t, err := time.Parse("2006", y[2])
		if err == nil {
			year = t.Year()
		}
	}
	return time.Date(year, time.August, 1, 0, 0, 0, 0, geo.Amsterdam)
}

// eraseKlas deletes a klas with its cards and answers; a linked afname stays with its child.
func (a *act) eraseKlas(k Klas) error {
	afnames, err := a.Afnames().Find(a.tenant(), Query{Klas: k.ID})
	if err != nil {
		return err
	}
	for _, af := range afnames {
		if af.Child == "" {
			err = a.Afnames().Delete(a.tenant(), af.ID)
		} else {
			af.Klas, af.Card = "", ""
			_, err = a.Afnames().Put(a.tenant(), af)
		}
		if err != nil {
			return err
		}
	}
	cards, err := a.Cards().Find(a.tenant(), Query{Klas: k.ID})
	if err != nil {
		return err
	}
	if err := erase(a.Cards(), a.tenant(), cards, func(c Card) string { return c.ID }); err != nil {
		return err
	}
	if err := a.Klassen().Delete(a.tenant(), k.ID); err != nil {
		return err
	}
	return a.record("erase", subject{"klas", k.ID}, "beheer", "einde schooljaar")
}
