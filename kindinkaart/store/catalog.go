package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// partnerRow and activityRow hold a record as JSON with the columns to find it by.
type partnerRow struct {
	Tenant   string
	ID       string
	Source   *string
	SourceID *string
	Version  int
	Body     string
}

func (partnerRow) TableName() string { return "partner" }

type activityRow struct {
	Tenant    string
	ID        string
	PartnerID *string
	State     string
	Source    *string
	SourceID  *string
	Version   int
	Body      string
}

func (activityRow) TableName() string { return "activity" }

// changeRow is one line of the change log.
type changeRow struct {
	Tenant string
	Seq    int64
	Kind   string
	ID     string
}

func (changeRow) TableName() string { return "change" }

func newPartnerRow(tenant string, p catalog.Partner) (partnerRow, error) {
	if p.ID == "" {
		return partnerRow{}, errs.New(errs.Internal, "Een partner zonder nummer kan niet worden bewaard.")
	}
	body, err := json.Marshal(p)
	return partnerRow{Tenant: tenant, ID: p.ID, Source: sourceOf(p.Source, p.SourceID), SourceID: sourceOf(p.SourceID, p.Source),
		Version: p.Version + 1, Body: string(body)}, err
}

func newActivityRow(tenant string, a catalog.Activity) (activityRow, error) {
	if a.ID == "" {
		return activityRow{}, errs.New(errs.Internal, "Een activiteit zonder nummer kan niet worden bewaard.")
	}
	body, err := json.Marshal(a)
	return activityRow{Tenant: tenant, ID: a.ID, PartnerID: sourceOf(a.MainPartner(), "-"), State: string(a.State),
		Source: sourceOf(a.Source, a.SourceID), SourceID: sourceOf(a.SourceID, a.Source), Version: a.Version + 1, Body: string(body)}, err
}

// sourceOf gives a text, or NULL when it or what it belongs with is empty.
func sourceOf(text, with string) *string {
	if text == "" || with == "" {
		return nil
	}
	return &text
}

func (r partnerRow) partner() (p catalog.Partner, err error) {
	if err = json.Unmarshal([]byte(r.Body), &p); err != nil {
		return p, errs.Wrap(errs.Internal, errSealed.Message, fmt.Errorf("partner %s: %w", r.ID, err))
	}
	p.Version = r.Version
	return p, nil
}

func (r activityRow) activity() (a catalog.Activity, err error) {
	if err = json.Unmarshal([]byte(r.Body), &a); err != nil {
		return a, errs.Wrap(errs.Internal, errSealed.Message, fmt.Errorf("activity %s: %w", r.ID, err))
	}
	a.Version = r.Version
	return a, nil
}

// Apply writes changes that belong together, their lines in the change log and the audit events in one transaction, and
// gives the number of the last line. The counter is locked last; a set takes one block of numbers.
func (s *Store) Apply(ctx context.Context, tenant string, e catalog.Edit) (seq int64, err error) {
	if tenant == "" {
		return 0, errMissing
	}
	err = s.write(ctx, 6*s.timeout, func(t *tx) error {
		if err := t.enter(tenant); err != nil {
			return err
		}
		if err := t.applyPartners(tenant, e.Partners); err != nil {
			return err
		}
		if err := t.applyActivities(tenant, e.Activities); err != nil {
			return err
		}
		for _, event := range e.Events {
			if err := t.Record(event); err != nil {
				return err
			}
		}
		seq, err = t.logChanges(tenant, e)
		return err
	})
	return seq, err
}

func (t *tx) applyPartners(tenant string, partners []catalog.Partner) error {
	var added, replaced []partnerRow
	for _, p := range partners {
		row, err := newPartnerRow(tenant, p)
		if err = cmp.Or(err, checkTexts(p)); err != nil {
			return err
		}
		if p.Version == 0 {
			added = append(added, row)
		} else {
			replaced = append(replaced, row)
		}
	}
	if err := insertChunks(t.db, added); err != nil {
		return err
	}
	slices.SortFunc(replaced, func(a, b partnerRow) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range replaced {
		n, err := t.exec("UPDATE partner SET source = ?, source_id = ?, version = ?, body = ? WHERE tenant = ? AND id = ? AND version = ?",
			r.Source, r.SourceID, r.Version, r.Body, tenant, r.ID, r.Version-1)
		if err = cmp.Or(err, t.replaced(n, "partner", tenant, r.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) applyActivities(tenant string, activities []catalog.Activity) error {
	var added, replaced []activityRow
	for _, a := range activities {
		row, err := newActivityRow(tenant, a)
		if err = cmp.Or(err, checkTexts(a)); err != nil {
			return err
		}
		if a.Version == 0 {
			added = append(added, row)
		} else {
			replaced = append(replaced, row)
		}
	}
	if err := insertChunks(t.db, added); err != nil {
		return err
	}
	slices.SortFunc(replaced, func(a, b activityRow) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range replaced {
		n, err := t.exec("UPDATE activity SET partner_id = ?, state = ?, source = ?, source_id = ?, version = ?, body = ? WHERE tenant = ? AND id = ? AND version = ?",
			r.PartnerID, r.State, r.Source, r.SourceID, r.Version, r.Body, tenant, r.ID, r.Version-1)
		if err = cmp.Or(err, t.replaced(n, "activity", tenant, r.ID)); err != nil {
			return err
		}
	}
	return nil
}

// replaced tells a record that somebody else changed from one that is not there. name is a constant.
func (t *tx) replaced(n int64, name, tenant, id string) error {
	if n > 0 {
		return nil
	}
	var there int
	if _, err := t.one(&there, "SELECT count(*) FROM "+name+" WHERE tenant = ? AND id = ?", tenant, id); err != nil {
		return err
	}
	if there == 0 {
		return errMissing
	}
	return errs.New(errs.Conflict, "Iemand anders heeft dit net veranderd. Laad de pagina opnieuw en doe uw wijziging nog eens.")
}

// logChanges takes a block of numbers and writes the lines.
func (t *tx) logChanges(tenant string, e catalog.Edit) (int64, error) {
	n := int64(len(e.Partners) + len(e.Activities))
	var last int64
	if _, err := t.one(&last, `INSERT INTO catalog_head (tenant, seq) VALUES (?, ?)
		ON CONFLICT (tenant) DO UPDATE SET seq = catalog_head.seq + excluded.seq RETURNING seq`, tenant, n); err != nil {
		return 0, err
	}
	rows := make([]changeRow, 0, n)
	for _, p := range e.Partners {
		rows = append(rows, changeRow{Tenant: tenant, Kind: "partner", ID: p.ID})
	}
	for _, a := range e.Activities {
		rows = append(rows, changeRow{Tenant: tenant, Kind: "activity", ID: a.ID})
	}
	for i := range rows {
		rows[i].Seq = last - n + int64(i) + 1
	}
	return last, insertChunks(t.db, rows)
}

// Changes gives at most limit changes after a number, in order.
func (s *Store) Changes(ctx context.Context, tenant string, after int64, limit int) (out []catalog.Change, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) error {
		return t.db.Raw("SELECT seq, kind, id FROM change WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?", tenant, after, limit).Scan(&out).Error
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
