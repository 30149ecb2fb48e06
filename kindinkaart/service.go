package kindinkaart

import (
	"context"
	"regexp"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// Service does what people ask for, one transaction an act, each with its audit event. Who acts is the argument after ctx.
type Service struct {
	Store   Store
	Clock   func() time.Time                                                    // now
	NewID   func() string                                                       // UUIDv7
	Schemes func(ctx context.Context, tenant string) ([]regeling.Scheme, error) // of the funds; nil = none is known
	Talks   map[string]int                                                      // how many talks were agreed, by organisation; absent = no limit (DOMAIN 6)
	MinCell int                                                                 // counts under this are hidden outside the case team; at least 5 (DOMAIN 7.6)
}

// leastCell is the smallest number of children that may be told outside the case team (DOMAIN 7.6).
const leastCell = 5

// minCell is MinCell, never under 5.
func (s *Service) minCell() int { return max(s.MinCell, leastCell) }

// subject names the record somebody asks for, for the audit event of a refused attempt.
type subject struct{ kind, id string }

// act is one transaction of one person.
type act struct {
	Tx
	service *Service
	who     access.Actor
	scope   access.Scope
	now     time.Time
	today   civil.Date
}

// run does one act in one transaction. When it fails nothing has changed and nothing is given back; an attempt on what
// does not exist for this person is recorded as "denied" (RELIABILITY Z02) and looks like something that does not exist.
func run[T any](ctx context.Context, s *Service, who access.Actor, on subject, f func(*act) (T, error)) (T, error) {
	var out T
	now := s.Clock()
	err := s.Store.Do(ctx, func(tx Tx) (err error) {
		out, err = f(&act{Tx: tx, service: s, who: who, scope: access.ScopeOf(who), now: now, today: dateOf(now)})
		return err
	})
	if err == nil {
		return out, nil
	}
	var nothing T
	if errs.KindOf(err) == errs.NotFound {
		if denied := s.recordDenied(ctx, who, on, now); denied != nil {
			return nothing, denied
		}
	}
	return nothing, err
}

// recordDenied writes down who asked for what in vain, in a transaction of its own.
func (s *Service) recordDenied(ctx context.Context, who access.Actor, on subject, now time.Time) error {
	return s.Store.Do(ctx, func(tx Tx) error {
		return tx.Record(audit.Event{ID: s.NewID(), Tenant: who.Tenant, At: now, Actor: who.ID, Role: string(who.Role),
			Action: "denied", Kind: on.kind, Subject: onlyID(on.id), Purpose: "beheer"})
	})
}

// record writes the audit event of an act. Detail holds ids, stage names and counts only (DOMAIN 7.8).
func (a *act) record(action string, on subject, purpose, detail string) error {
	return a.Record(audit.Event{ID: a.service.NewID(), Tenant: a.who.Tenant, At: a.now, Actor: a.who.ID, Role: string(a.who.Role),
		Action: action, Kind: on.kind, Subject: on.id, Purpose: purpose, Detail: detail})
}

// may gives an error that looks like "does not exist" when the actor lacks a right.
func (a *act) may(r access.Right, s access.Subject) error {
	if access.Can(a.who, r, s) {
		return nil
	}
	return notThere()
}

// tenant is the scope of everything in the tenant, for records that were reached through one in the actor's own scope.
func (a *act) tenant() access.Scope { return access.Scope{Tenant: a.who.Tenant} }

// notThere is how everything looks that does not exist or is not for this person.
func notThere() error {
	return errs.New(errs.NotFound, "Dit bestaat niet, of het is niet voor jou. Ga terug naar je overzicht.")
}

var idPattern = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// onlyID keeps what is not an id out of the audit: an address that was typed by hand can hold a name or a postcode.
func onlyID(id string) string {
	if idPattern.MatchString(id) {
		return id
	}
	return ""
}

// conflict is what a person reads when somebody else was first; nothing has changed.
func conflict(what string, cause error) error {
	return errs.Wrap(errs.Conflict, "Iemand anders heeft "+what+" net veranderd. Bekijk de nieuwe stand en doe het dan opnieuw.", cause)
}

// put stores a record and says in Dutch what was changed by somebody else in the meantime.
func put[T any](t Table[T], s access.Scope, record T, what string) (T, error) {
	out, err := t.Put(s, record)
	if errs.KindOf(err) == errs.Conflict {
		return out, conflict(what, err)
	}
	return out, err
}

// erase deletes records by id.
func erase[T any](t Table[T], s access.Scope, records []T, id func(T) string) error {
	for _, r := range records {
		if err := t.Delete(s, id(r)); err != nil {
			return err
		}
	}
	return nil
}

// dateOf is the day of a moment in the Netherlands.
func dateOf(t time.Time) civil.Date { return civil.DateOf(t.In(geo.Amsterdam)) }
