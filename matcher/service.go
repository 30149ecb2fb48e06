package matcher

import (
	"context"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// Options are the wishes of one search on the shared screen.
type Options struct {
	Search   string   // free words
	Mode     string   // walk, bike, transit, car; "" = as the family travels
	Weekdays []string // only these; empty = all
	Limit    int      // 0 = all
	ForChild bool     // leave out what a child must not see: kan_nu_niet and undeclared safety
}

// Service fetches what Rank needs.
type Service struct{}

// Match ranks the live catalogue for one child of the actor's caseload.
func (s *Service) Match(ctx context.Context, who access.Actor, childID string, o Options) (Result, error) {
	return Result{}, errs.New(errs.Unavailable, "Dit onderdeel is nog niet klaar.")
}
