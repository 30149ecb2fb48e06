package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// accountRow holds somebody who logs in. It is not sealed: colleagues see each other's names, and no child is in it.
type accountRow struct {
	Tenant  string
	ID      string
	Login   string
	Version int
	Body    string
}

func (accountRow) TableName() string { return "account" }

func (r accountRow) account() (a account.Account, err error) {
	if err = json.Unmarshal([]byte(r.Body), &a); err != nil {
		return a, errs.Wrap(errs.Internal, errSealed.Message, fmt.Errorf("account %s: %w", r.ID, err))
	}
	a.Version = r.Version
	return a, nil
}

// sessionRow is one login.
type sessionRow struct {
	Tenant    string
	TokenHash string
	AccountID string
	CreatedAt time.Time
	SeenAt    time.Time
}

func (sessionRow) TableName() string { return "session" }

// AccountByLogin finds an account by its login, of any tenant. PutAccount keeps logins unique over all tenants.
func (s *Store) AccountByLogin(ctx context.Context, login string) (account.Account, error) {
	return s.account(ctx, "login = ?", login)
}

// Account gives one account.
func (s *Store) Account(ctx context.Context, tenant, id string) (account.Account, error) {
	return s.account(ctx, "tenant = ? AND id = ?", tenant, id)
}

// account gives the one account of a condition, errs.NotFound when there is none or more than one.
func (s *Store) account(ctx context.Context, condition string, args ...any) (a account.Account, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) error {
		found, err := converted(t.db.Table("account").Where(condition, args...).Limit(2), accountRow.account)
		if err == nil && len(found) != 1 {
			err = errMissing
		}
		if err == nil {
			a = found[0]
		}
		return err
	})
	return a, err
}

// Accounts gives the accounts of a tenant, by login.
func (s *Store) Accounts(ctx context.Context, tenant string) (out []account.Account, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) (err error) {
		out, err = converted(t.db.Table("account").Where("tenant = ?", tenant).Order("login"), accountRow.account)
		return err
	})
	return out, err
}

// PutAccount adds an account with Version 0, or replaces the version before and ends all sessions of the account, with its
// audit event. A login that anybody already has gives errs.Conflict.
func (s *Store) PutAccount(ctx context.Context, a account.Account, e audit.Event) (account.Account, error) {
	if a.Tenant == "" || a.ID == "" || a.Login == "" {
		return a, errs.New(errs.Invalid, "Een account heeft een inlognaam nodig.")
	}
	if err := checkTexts(a); err != nil {
		return a, err
	}
	body, err := json.Marshal(a)
	if err != nil {
		return a, err
	}
	row := accountRow{Tenant: a.Tenant, ID: a.ID, Login: a.Login, Version: a.Version + 1, Body: string(body)}
	err = s.write(ctx, s.timeout, func(t *tx) error {
		if err := t.putAccount(row); err != nil {
			return err
		}
		return t.Record(e)
	})
	if err == nil {
		a.Version = row.Version
	}
	return a, err
}

func (t *tx) putAccount(r accountRow) error {
	var n int
	if _, err := t.one(&n, "SELECT count(*) FROM account WHERE login = ? AND NOT (tenant = ? AND id = ?)", r.Login, r.Tenant, r.ID); err != nil {
		return err
	}
	if n > 0 {
		return errs.New(errs.Conflict, "Deze inlognaam is al in gebruik. Kies een andere.")
	}
	if r.Version == 1 {
		return insertNew(t.db, []accountRow{r})
	}
	changed, err := t.exec("UPDATE account SET login = ?, version = ?, body = ? WHERE tenant = ? AND id = ? AND version = ?",
		r.Login, r.Version, r.Body, r.Tenant, r.ID, r.Version-1)
	if err != nil {
		return err
	}
	if err := t.replaced(changed, "account", r.Tenant, r.ID); err != nil {
		return err
	}
	_, err = t.exec("DELETE FROM session WHERE tenant = ? AND account_id = ?", r.Tenant, r.ID)
	return err
}

// PutSession begins a session, or notes when it was last seen. A session that was ended meanwhile does not come back:
// noting it gives errs.NotFound.
func (s *Store) PutSession(ctx context.Context, v account.Session) error {
	return s.write(ctx, s.timeout, func(t *tx) error {
		if moment(v.SeenAt).Equal(moment(v.CreatedAt)) {
			return insertNew(t.db, []sessionRow{{v.Tenant, v.TokenHash, v.Account, moment(v.CreatedAt), moment(v.SeenAt)}})
		}
		n, err := t.exec("UPDATE session SET seen_at = ? WHERE tenant = ? AND token_hash = ?", moment(v.SeenAt), v.Tenant, v.TokenHash)
		if err == nil && n == 0 {
			err = errMissing
		}
		return err
	})
}

// Session finds a session by the hash of its token.
func (s *Store) Session(ctx context.Context, tokenHash string) (v account.Session, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) error {
		var r sessionRow
		ok, err := t.one(&r, "SELECT * FROM session WHERE token_hash = ? LIMIT 1", tokenHash)
		if err == nil && !ok {
			err = errMissing
		}
		v = account.Session{TokenHash: r.TokenHash, Tenant: r.Tenant, Account: r.AccountID, CreatedAt: r.CreatedAt.UTC(), SeenAt: r.SeenAt.UTC()}
		return err
	})
	return v, err
}

// DeleteSession ends one session; one that is not there is fine.
func (s *Store) DeleteSession(ctx context.Context, tokenHash string) error {
	return s.run(ctx, "DELETE FROM session WHERE token_hash = ?", tokenHash)
}

// Attempt counts one attempt under a key and gives the number in this window, in one statement that all nodes share.
// A window begins with its first attempt. Only a keyed hash of the key is stored.
func (s *Store) Attempt(ctx context.Context, key string, at time.Time, window time.Duration) (n int, err error) {
	began, over := moment(at), moment(at.Add(-window))
	err = s.write(ctx, s.timeout, func(t *tx) error {
		_, err := t.one(&n, `INSERT INTO attempt (key_hash, began, n) VALUES (?, ?, 1)
			ON CONFLICT (key_hash) DO UPDATE SET
				n = CASE WHEN attempt.began <= ? THEN 1 ELSE attempt.n + 1 END,
				began = CASE WHEN attempt.began <= ? THEN excluded.began ELSE attempt.began END
			RETURNING n`, s.keys.hash("attempt", "", key), began, over, over)
		return err
	})
	return n, err
}

// ForgetAttempts begins again at zero.
func (s *Store) ForgetAttempts(ctx context.Context, key string) error {
	return s.run(ctx, "DELETE FROM attempt WHERE key_hash = ?", s.keys.hash("attempt", "", key))
}

// Sweep removes sessions that were last seen, and attempts that began, before a moment.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	if err := s.run(ctx, "DELETE FROM session WHERE seen_at < ?", moment(before)); err != nil {
		return err
	}
	return s.run(ctx, "DELETE FROM attempt WHERE began < ?", moment(before))
}

// run executes one statement in a transaction of its own.
func (s *Store) run(ctx context.Context, statement string, args ...any) error {
	return s.write(ctx, s.timeout, func(t *tx) error {
		_, err := t.exec(statement, args...)
		return err
	})
}
