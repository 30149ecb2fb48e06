package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// NoTenant is where acts are recorded of somebody whose tenant is not known, such as a login under an unknown name.
const NoTenant = "-"

// auditRow is one line of the audit log. Hash chains it to the line before.
type auditRow struct {
	Tenant  string
	Seq     int64
	ID      string
	At      time.Time
	Actor   string
	Role    string
	Action  string
	Kind    string
	Subject string
	Purpose string
	Detail  string
	Hash    []byte
}

func (auditRow) TableName() string { return "audit_event" }

// auditHead is the last line of a tenant's chain.
type auditHead struct {
	Seq  int64
	Hash []byte
}

// Record adds an audit event to this transaction. It is written when the act is done; when that
// fails so does the act. An event without a time or id gets one.
func (t *tx) Record(e audit.Event) error {
	if err := checkTexts(e); err != nil {
		return err
	}
	if e.Tenant == "" {
		e.Tenant = NoTenant
	}
	if e.At.IsZero() {
		e.At = t.s.now()
	}
	if e.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		e.ID = id.String()
	}
	t.events = append(t.events, e)
	return nil
}

// flush writes the recorded events, each tenant's under the lock of its head.
func (t *tx) flush() error {
	byTenant := map[string][]audit.Event{}
	for _, e := range t.events {
		byTenant[e.Tenant] = append(byTenant[e.Tenant], e)
	}
	t.events = nil
	for _, tenant := range sortedKeys(byTenant) {
		if err := t.chain(tenant, byTenant[tenant]); err != nil {
			return errs.Wrap(errs.Unavailable, "Het logboek kon dit niet vastleggen; daarom is het niet gedaan. Probeer het over een minuut opnieuw.", t.s.failure(err))
		}
	}
	return nil
}

// chain numbers and links the events of one tenant.
func (t *tx) chain(tenant string, events []audit.Event) error {
	if err := t.enter(tenant); err != nil {
		return err
	}
	head, err := t.lockHead(tenant, len(events))
	if err != nil {
		return err
	}
	rows := make([]auditRow, len(events))
	seq := head.Seq - int64(len(events))
	for i, e := range events {
		seq++
		rows[i] = auditRow{Tenant: tenant, Seq: seq, ID: e.ID, At: moment(e.At), Actor: e.Actor, Role: e.Role,
			Action: e.Action, Kind: e.Kind, Subject: e.Subject, Purpose: e.Purpose, Detail: e.Detail}
		head.Hash = t.s.keys.link(head.Hash, rows[i])
		rows[i].Hash = head.Hash
	}
	if err := insertChunks(t.db, rows); err != nil {
		return err
	}
	_, err = t.exec("UPDATE audit_head SET hash = ? WHERE tenant = ?", head.Hash, tenant)
	return err
}

// lockHead takes n numbers; the head stays locked until the transaction ends, so numbers follow the order of commits.
func (t *tx) lockHead(tenant string, n int) (auditHead, error) {
	const take = "UPDATE audit_head SET seq = seq + ? WHERE tenant = ? RETURNING seq, hash"
	var head auditHead
	ok, err := t.one(&head, take, n, tenant)
	if ok || err != nil {
		return head, err
	}
	if _, err := t.exec("INSERT INTO audit_head (tenant, seq, hash) VALUES (?, 0, ?) ON CONFLICT DO NOTHING", tenant, []byte{}); err != nil {
		return head, err
	}
	if err := t.noteTenant(tenant); err != nil {
		return head, err
	}
	_, err = t.one(&head, take, n, tenant)
	return head, err
}

// link computes the hash of a line from the hash before it and everything in it.
func (k *keyring) link(before []byte, r auditRow) []byte {
	m := hmac.New(sha256.New, k.chain)
	m.Write(joined(string(before), r.Tenant, fmt.Sprint(r.Seq), r.ID, r.At.UTC().Format(time.RFC3339Nano), r.Actor, r.Role,
		r.Action, r.Kind, r.Subject, r.Purpose, r.Detail))
	return m.Sum(nil)
}

// VerifyAudit proves the audit log of a tenant: a line that was edited, deleted, swapped or inserted is found.
func (s *Store) VerifyAudit(ctx context.Context, tenant string) error {
	return s.read(ctx, 60*s.timeout, func(t *tx) error {
		if err := t.enter(tenant); err != nil {
			return err
		}
		last := auditHead{Hash: []byte{}}
		for {
			var rows []auditRow
			if err := t.db.Raw("SELECT * FROM audit_event WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT 1000", tenant, last.Seq).Scan(&rows).Error; err != nil {
				return err
			}
			if len(rows) == 0 {
				return t.proveHead(tenant, last)
			}
			if err := s.keys.proveRows(&last, rows); err != nil {
				return err
			}
		}
	})
}

// proveRows follows the chain over some lines.
func (k *keyring) proveRows(last *auditHead, rows []auditRow) error {
	for _, r := range rows {
		if r.Seq != last.Seq+1 {
			return broken(r.Tenant, last.Seq+1, "ontbreekt")
		}
		hash := k.link(last.Hash, r)
		if !hmac.Equal(hash, r.Hash) {
			return broken(r.Tenant, r.Seq, "is veranderd")
		}
		*last = auditHead{r.Seq, hash}
	}
	return nil
}

// proveHead finds lines that are missing at the end.
func (t *tx) proveHead(tenant string, last auditHead) error {
	var head auditHead
	if _, err := t.one(&head, "SELECT seq, hash FROM audit_head WHERE tenant = ?", tenant); err != nil {
		return err
	}
	if head.Seq != last.Seq || !hmac.Equal(head.Hash, last.Hash) {
		return broken(tenant, last.Seq+1, "ontbreekt of hoort er niet")
	}
	return nil
}

func broken(tenant string, seq int64, what string) error {
	return errs.New(errs.Internal, fmt.Sprintf("Het logboek van %s klopt niet: regel %d %s. Bewaar dit bestand, en vergelijk het met een kopie van eerder.", tenant, seq, what))
}

// AuditHead gives the number and hash of the last line of a tenant, to be kept outside the database as an anchor.
func (s *Store) AuditHead(ctx context.Context, tenant string) (seq int64, hash []byte, err error) {
	var head auditHead
	err = s.read(ctx, s.timeout, func(t *tx) error {
		_, err := t.one(&head, "SELECT seq, hash FROM audit_head WHERE tenant = ?", tenant)
		return err
	})
	return head.Seq, head.Hash, err
}

// RecordEvent records an act that changes nothing else, such as a refused login.
func (s *Store) RecordEvent(ctx context.Context, e audit.Event) error {
	return s.write(ctx, s.timeout, func(t *tx) error { return t.Record(e) })
}

// insertChunks adds rows in statements of at most 500.
func insertChunks[R any](db *gorm.DB, rows []R) error {
	for len(rows) > 0 {
		n := min(len(rows), 500)
		if err := insertNew(db, rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
