// Package account holds the people who log in. It knows nothing of HTTP.
package account

import (
	"context"
	"time"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
)

// Account is a person with a login.
type Account struct {
	ID           string
	Tenant       string
	Organisation string
	Login        string // lower case, unique over all tenants
	Name         string // shown to colleagues
	Role         access.Role
	Schools      []string
	Partner      string
	PasswordHash string // argon2id, PHC string
	Disabled     bool
	Version      int
}

// Actor is the account as the one who acts.
func (a Account) Actor() access.Actor {
	return access.Actor{ID: a.ID, Tenant: a.Tenant, Organisation: a.Organisation, Role: a.Role, Schools: a.Schools, Partner: a.Partner}
}

// Session is one login of one account. The store keeps only the SHA-256 of the token.
type Session struct {
	TokenHash string
	Tenant    string
	Account   string
	CreatedAt time.Time
	SeenAt    time.Time
}

// Store keeps accounts, sessions and attempts.
type Store interface {
	AccountByLogin(ctx context.Context, login string) (Account, error)
	Account(ctx context.Context, tenant, id string) (Account, error)
	Accounts(ctx context.Context, tenant string) ([]Account, error)
	// PutAccount adds an account with Version 0, or replaces the version before and ends all sessions of the account, as one act.
	PutAccount(ctx context.Context, a Account, e audit.Event) (Account, error)
	// PutSession adds a session; one whose SeenAt is later than its CreatedAt is only updated while it still stands, so that a
	// session ended elsewhere does not come back.
	PutSession(ctx context.Context, s Session) error
	Session(ctx context.Context, tokenHash string) (Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	RecordEvent(ctx context.Context, e audit.Event) error
	// Attempt counts one attempt under a key in a window and gives the number so far, in one statement, shared by all nodes.
	Attempt(ctx context.Context, key string, at time.Time, window time.Duration) (int, error)
	ForgetAttempts(ctx context.Context, key string) error
}

// Service lets people log in and stay logged in.
type Service struct {
	Store Store
	Clock func() time.Time
	NewID func() string
}
