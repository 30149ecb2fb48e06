package catalog

import (
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// today is the date in the Netherlands.
func (s *Service) today() civil.Date { return civil.DateOf(s.Clock().In(geo.Amsterdam)) }

// mayWrite says whether an actor may change what belongs to a partner: a partner only its own, the catalogue admin
// everything (DOMAIN 7.4, row public catalogue).
func mayWrite(who access.Actor, partner string) bool {
	return access.Can(who, access.Write, access.Subject{Kind: access.Catalogue, Tenant: who.Tenant, Partner: partner})
}

// isAdmin says whether an actor may change the catalogue of everybody.
func isAdmin(who access.Actor) bool { return who.Role == access.CatalogueAdmin && mayWrite(who, "") }

var (
	errNotYours = errs.New(errs.Refused, "Dit aanbod is van een andere aanbieder. Vraag de beheerder van het aanbod om het te wijzigen.")
	errStale    = errs.New(errs.Conflict, "Iemand anders heeft dit intussen gewijzigd. Open het opnieuw en doe je wijziging nog een keer.")
)

// mayWriteAll says whether an actor may name these organisers: a partner may keep the ones that were there, and itself.
func mayWriteAll(who access.Actor, organisers, before []string) bool {
	for _, p := range organisers {
		if !mayWrite(who, p) && !slices.Contains(before, p) {
			return false
		}
	}
	return true
}

func (s *Service) event(who access.Actor, action, kind, subject, detail string) audit.Event {
	return audit.Event{ID: s.NewID(), Tenant: who.Tenant, At: s.Clock(), Actor: who.ID, Role: string(who.Role),
		Action: action, Kind: kind, Subject: subject, Purpose: "beheer", Detail: detail}
}
