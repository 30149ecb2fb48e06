package main

import (
	"context"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// schemeDesk lets a catalogue admin confirm funding schemes: only a confirmed scheme counts (DOMAIN 4.3, 3).
type schemeDesk struct{ *app }

// Schemes lists the funding schemes of the tenant.
func (d schemeDesk) Schemes(ctx context.Context, who access.Actor) ([]regeling.Scheme, error) {
	if !mayCurate(who) {
		return nil, errs.New(errs.NotFound, "Deze pagina is er niet, of is niet voor jou.")
	}
	return d.schemes(ctx, who.Tenant)
}

// ConfirmScheme stores that somebody checked a scheme against its source, or takes that back.
func (d schemeDesk) ConfirmScheme(ctx context.Context, who access.Actor, id string, confirmed bool) error {
	if !mayCurate(who) {
		return errs.New(errs.NotFound, "Deze regeling is er niet, of is niet voor jou.")
	}
	e := audit.Event{Tenant: who.Tenant, At: d.now(), Actor: who.ID, Role: string(who.Role), Action: "withdraw", Kind: "regeling", Subject: id, Purpose: "beheer"}
	if confirmed {
		e.Action = "confirm"
	}
	return d.store.SetSchemeVerified(ctx, who.Tenant, id, confirmed, e)
}

func mayCurate(who access.Actor) bool {
	return who.Role == access.CatalogueAdmin && access.Can(who, access.Write, access.Subject{Kind: access.Catalogue, Tenant: who.Tenant})
}
