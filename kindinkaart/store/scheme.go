package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// Scheme is one funding scheme as it was imported: package regeling reads its body.
type Scheme struct {
	ID        string
	Verified  bool // confirmed by a person; only then it may count as verwacht
	ValidFrom civil.Date
	ValidTo   civil.Date // zero = no end
	Body      []byte     // JSON
}

type schemeRow struct {
	Tenant    string
	ID        string
	Verified  bool
	ValidFrom string
	ValidTo   string
	Body      string
}

func (schemeRow) TableName() string { return "scheme" }

func (r schemeRow) scheme() (v Scheme, err error) {
	v = Scheme{ID: r.ID, Verified: r.Verified, Body: []byte(r.Body)}
	if r.ValidFrom != "" {
		if v.ValidFrom, err = civil.ParseDate(r.ValidFrom); err != nil {
			return v, err
		}
	}
	if r.ValidTo != "" {
		v.ValidTo, err = civil.ParseDate(r.ValidTo)
	}
	return v, err
}

// SchemeBodies gives the funding schemes of a tenant, by id.
func (s *Store) SchemeBodies(ctx context.Context, tenant string) (out []Scheme, err error) {
	err = s.catalogue(ctx, tenant, func(t *tx) (err error) {
		out, err = converted(t.db.Table("scheme").Where("tenant = ?", tenant).Order("id"), schemeRow.scheme)
		return err
	})
	return out, err
}

// PutSchemes adds or replaces schemes in one transaction with an audit event, and gives how many were new or different. The
// same text again keeps what a person confirmed; a changed text must be confirmed again, unless it says so itself.
func (s *Store) PutSchemes(ctx context.Context, tenant string, all []Scheme, e audit.Event, progress func(done, total int)) (changed int, err error) {
	err = s.write(ctx, 6*s.timeout, func(t *tx) error {
		changed = 0
		if err := t.enter(tenant); err != nil {
			return err
		}
		for i, v := range all {
			n, err := t.putScheme(tenant, v)
			if err != nil {
				return err
			}
			changed += n
			if progress != nil {
				progress(i+1, len(all))
			}
		}
		if err := t.Record(e); err != nil || changed == 0 {
			return err
		}
		return t.logScheme(tenant, e.At)
	})
	return changed, err
}

func (t *tx) putScheme(tenant string, v Scheme) (changed int, err error) {
	if tenant == "" || v.ID == "" || !json.Valid(v.Body) {
		return 0, errs.New(errs.Invalid, "Een regeling in de lijst heeft geen nummer of is geen geldige JSON.")
	}
	if err := checkTexts(v); err != nil {
		return 0, err
	}
	n, err := t.exec(`INSERT INTO scheme (tenant, id, verified, valid_from, valid_to, body) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (tenant, id) DO UPDATE SET
			verified = CASE WHEN scheme.body = excluded.body THEN scheme.verified OR excluded.verified ELSE excluded.verified END,
			valid_from = excluded.valid_from, valid_to = excluded.valid_to, body = excluded.body
		WHERE scheme.body <> excluded.body OR scheme.valid_from <> excluded.valid_from OR scheme.valid_to <> excluded.valid_to
			OR (excluded.verified AND NOT scheme.verified)`,
		tenant, v.ID, v.Verified, day(v.ValidFrom), day(v.ValidTo), string(v.Body))
	return int(n), err
}

// SetSchemeVerified stores that a person confirmed a scheme, or took that back.
func (s *Store) SetSchemeVerified(ctx context.Context, tenant, id string, verified bool, e audit.Event) error {
	return s.write(ctx, s.timeout, func(t *tx) error {
		if err := t.enter(tenant); err != nil {
			return err
		}
		n, err := t.exec("UPDATE scheme SET verified = ? WHERE tenant = ? AND id = ?", verified, tenant, id)
		if err == nil && n == 0 {
			err = errMissing
		}
		if err != nil {
			return err
		}
		if err := t.Record(e); err != nil {
			return err
		}
		return t.logScheme(tenant, e.At)
	})
}

// logScheme tells every follower of the catalogue that the funding rules changed: prices after help are worked out with them.
func (t *tx) logScheme(tenant string, at time.Time) error {
	_, err := t.logChanges(tenant, []catalog.Change{{Kind: "scheme", At: at}})
	return err
}
