package kindinkaart

import (
	"context"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// Follow is what is to think of with one traject, today and later.
type Follow struct {
	Notices   []Notice
	Messages  []traject.Reminder    // for home, all of the four weeks
	MayRemind bool                  // messages for home can be planned
	RenewBy   map[string]civil.Date // last day to ask again, by id of the grant
	TalkLimit int                   // agreed number of talks; 0 = none
}

// follow gathers what is to think of.
func (a *act) follow(f *TrajectFile, cal *traject.Calendar) Follow {
	t, from := *f.Traject, ""
	if n := len(f.Events); n > 0 {
		from = f.Events[n-1].From
	}
	return Follow{Notices: a.notices(f.Child, t, from, cal), Messages: messages(t, cal), MayRemind: mayRemind(t),
		RenewBy: toRenew(f.Child, t, from, a.at(cal)), TalkLimit: a.service.Talks[t.Organisation]}
}

// TalkReasons are why talks go on past the agreed number (DOMAIN 6): one is chosen, nothing is written.
var TalkReasons = []string{"zoeken_duurt", "regelen_duurt", "opnieuw_begonnen", "gezin_vraagt"}

// HoldTalk counts a talk that was held. From the limit of the organisation on a reason is asked; it never blocks.
func (s *Service) HoldTalk(ctx context.Context, who access.Actor, trajectID string, version int, reason string) (Traject, error) {
	return s.changeTraject(ctx, who, trajectID, version, func(_ *act, t *Traject) error {
		limit := s.Talks[t.Organisation]
		past := limit > 0 && t.Talks >= limit
		if past && !slices.Contains(TalkReasons, reason) {
			return errs.InvalidFields("Het afgesproken aantal gesprekken is bereikt. Doorgaan mag.", errs.Field{Name: "reden", Message: "Kies waarom jullie nog een gesprek hebben."})
		}
		if past {
			t.TalkReason = reason
		}
		t.Talks++
		return nil
	})
}

// Remind lets messages for home begin today, for four weeks, or stops them (DOMAIN 8, P6).
func (s *Service) Remind(ctx context.Context, who access.Actor, trajectID string, version int, on bool) (Traject, error) {
	return s.changeTraject(ctx, who, trajectID, version, func(a *act, t *Traject) error {
		if !mayRemind(*t) {
			return errs.New(errs.Refused, "Berichten kunnen als het kind elke week op een vaste tijd gaat.")
		}
		chosen := *t.Toeleiding
		chosen.Remind, chosen.RemindFrom = on, civil.Date{}
		if on {
			chosen.RemindFrom = a.today
		}
		t.Toeleiding = &chosen
		return nil
	})
}

// changeTraject changes a traject without taking a step.
func (s *Service) changeTraject(ctx context.Context, who access.Actor, id string, version int, change func(*act, *Traject) error) (Traject, error) {
	return run(ctx, s, who, subject{"traject", id}, func(a *act) (Traject, error) {
		t, _, err := a.traject(id, access.Write)
		if err != nil {
			return Traject{}, err
		}
		if t.Version != version {
			return Traject{}, conflict("dit traject", nil)
		}
		if ended(t) {
			return Traject{}, errs.New(errs.Refused, "Dit traject is klaar. Er verandert niets meer aan.")
		}
		if err := change(a, &t); err != nil {
			return Traject{}, err
		}
		if t, err = put(a.Trajecten(), a.scope, t, "dit traject"); err != nil {
			return Traject{}, err
		}
		return t, a.record("update", subject{"traject", id}, "volgen", "")
	})
}
