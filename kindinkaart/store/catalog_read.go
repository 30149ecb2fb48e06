package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"wijknetwerk/catalog"
)

// Changes gives at most limit changes after a number, in order.
func (s *Store) Changes(ctx context.Context, tenant string, after int64, limit int) (out []catalog.Change, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		out, err = converted(t.db.Table("change").Where("tenant = ? AND seq > ?", tenant, after).Order("seq").Limit(limit), changeRow.change)
		return err
	})
	return out, err
}

// Improved gives the changes after a moment that made an activity better, in order.
func (s *Store) Improved(ctx context.Context, tenant string, after time.Time) (out []catalog.Change, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		out, err = converted(t.db.Table("change").Where("tenant = ? AND better IS NOT NULL AND at > ?", tenant, moment(after)).Order("seq"), changeRow.change)
		return err
	})
	return out, err
}

// Activity gives one activity.
func (s *Store) Activity(ctx context.Context, tenant, id string) (a catalog.Activity, err error) {
	found, err := s.Activities(ctx, tenant, []string{id})
	if err == nil && len(found) == 0 {
		return a, errMissing
	}
	if err != nil {
		return a, err
	}
	return found[0], nil
}

// Activities gives activities in the order of their ids in the list; what is not there is left out.
func (s *Store) Activities(ctx context.Context, tenant string, ids []string) (out []catalog.Activity, err error) {
	byID := map[string]catalog.Activity{}
	err = s.catalogue(ctx, tenant, func(t *tx) error {
		for chunk := range slices.Chunk(ids, 500) {
			found, err := t.activities("tenant = ? AND id IN ?", tenant, chunk)
			if err != nil {
				return err
			}
			for _, a := range found {
				byID[a.ID] = a
			}
		}
		return nil
	})
	for _, id := range ids {
		if a, ok := byID[id]; ok {
			out = append(out, a)
		}
	}
	return out, err
}

// ActivitiesOf gives the activities of a partner, by id.
func (s *Store) ActivitiesOf(ctx context.Context, tenant, partner string) (out []catalog.Activity, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		out, err = t.activities("tenant = ? AND partner_id = ?", tenant, partner)
		return err
	})
	return out, err
}

// Partner gives one partner.
func (s *Store) Partner(ctx context.Context, tenant, id string) (p catalog.Partner, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) error {
		found, err := t.partners("tenant = ? AND id = ?", tenant, id)
		if err == nil && len(found) == 0 {
			err = errMissing
		}
		if err == nil {
			p = found[0]
		}
		return err
	})
	return p, err
}

// Partners gives all partners, by id.
func (s *Store) Partners(ctx context.Context, tenant string) (out []catalog.Partner, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		out, err = t.partners("tenant = ?", tenant)
		return err
	})
	return out, err
}

// BySource gives what an earlier import of this source made, by its id there.
func (s *Store) BySource(ctx context.Context, tenant, source string) (map[string]catalog.Partner, map[string]catalog.Activity, error) {
	partners, activities := map[string]catalog.Partner{}, map[string]catalog.Activity{}
	err := s.catalogue(ctx, tenant, func(t *tx) error {
		ps, err := t.partners("tenant = ? AND source = ?", tenant, source)
		if err != nil {
			return err
		}
		as, err := t.activities("tenant = ? AND source = ?", tenant, source)
		for _, p := range ps {
			partners[p.SourceID] = p
		}
		for _, a := range as {
			activities[a.SourceID] = a
		}
		return err
	})
	return partners, activities, err
}

// All gives the whole catalogue and the log number it belongs to, from one snapshot.
func (s *Store) All(ctx context.Context, tenant string) (partners []catalog.Partner, activities []catalog.Activity, seq int64, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		if partners, err = t.partners("tenant = ?", tenant); err != nil {
			return err
		}
		if activities, err = t.activities("tenant = ?", tenant); err != nil {
			return err
		}
		_, err = t.one(&seq, "SELECT seq FROM catalog_head WHERE tenant = ?", tenant)
		return err
	})
	return partners, activities, seq, err
}

// catalogue runs f on a snapshot of a tenant's catalogue.
func (s *Store) catalogue(ctx context.Context, tenant string, f func(*tx) error) error {
	return s.read(ctx, 6*s.timeout, func(t *tx) error {
		if err := t.enter(tenant); err != nil {
			return err
		}
		return f(t)
	})
}

func (t *tx) partners(condition string, args ...any) ([]catalog.Partner, error) {
	return converted(t.db.Table("partner").Where(condition, args...).Order("id"), partnerRow.partner)
}

func (t *tx) activities(condition string, args ...any) ([]catalog.Activity, error) {
	return converted(t.db.Table("activity").Where(condition, args...).Order("id"), activityRow.activity)
}

// converted runs a query and turns its rows into records.
func converted[R, T any](query *gorm.DB, convert func(R) (T, error)) ([]T, error) {
	var rows []R
	if err := query.Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]T, 0, len(rows))
	for _, r := range rows {
		v, err := convert(r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
