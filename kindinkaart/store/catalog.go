package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

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
	At     *time.Time // NULL = not known
	Better *string    // what is better, with commas; NULL = nothing
}

// newChangeRow and change write and read a line.
func newChangeRow(tenant string, c catalog.Change) changeRow {
	r := changeRow{Tenant: tenant, Seq: c.Seq, Kind: c.Kind, ID: c.ID}
	if !c.At.IsZero() {
		at := moment(c.At)
		r.At = &at
	}
	if len(c.Better) > 0 {
		words := make([]string, len(c.Better))
		for i, b := range c.Better {
			words[i] = string(b)
		}
		better := strings.Join(words, ",")
		r.Better = &better
	}
	return r
}

func (r changeRow) change() (catalog.Change, error) {
	c := catalog.Change{Seq: r.Seq, Kind: r.Kind, ID: r.ID}
	if r.At != nil {
		c.At = r.At.UTC()
	}
	if r.Better != nil {
		for word := range strings.SplitSeq(*r.Better, ",") {
			c.Better = append(c.Better, catalog.Better(word))
		}
	}
	return c, nil
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
		seq, err = t.logChanges(tenant, changesOf(e))
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

// changesOf lists what an edit is about.
func changesOf(e catalog.Edit) []catalog.Change {
	list := make([]catalog.Change, 0, len(e.Partners)+len(e.Activities))
	for _, p := range e.Partners {
		list = append(list, catalog.Change{Kind: "partner", ID: p.ID, At: e.At})
	}
	for _, a := range e.Activities {
		list = append(list, catalog.Change{Kind: "activity", ID: a.ID, At: e.At, Better: e.Better[a.ID]})
	}
	return list
}

// logChanges takes a block of numbers and writes the lines. The counter row is locked last in a transaction.
func (t *tx) logChanges(tenant string, changes []catalog.Change) (int64, error) {
	n := int64(len(changes))
	var last int64
	if _, err := t.one(&last, `INSERT INTO catalog_head (tenant, seq) VALUES (?, ?)
		ON CONFLICT (tenant) DO UPDATE SET seq = catalog_head.seq + excluded.seq RETURNING seq`, tenant, n); err != nil {
		return 0, err
	}
	rows := make([]changeRow, n)
	for i, c := range changes {
		c.Seq = last - n + int64(i) + 1
		rows[i] = newChangeRow(tenant, c)
	}
	return last, insertChunks(t.db, rows)
}
