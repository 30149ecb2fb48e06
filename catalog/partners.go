package catalog

import (
	"context"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/access"
)

// Partners lists every partner by name, for who looks after the whole catalogue. Others get errs.Refused.
func (s *Service) Partners(ctx context.Context, who access.Actor) ([]Partner, error) {
	if !isAdmin(who) {
		return nil, errNotYours
	}
	list, err := s.Store.Partners(ctx, who.Tenant)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Partner) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list, nil
}
