// Package account holds the people who log in. It knows nothing of HTTP.
package account

import (
	"context"
	"time"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// Account is a person with a login.
type Account struct {
	ID           string
	Tenant       string
	Organisation string
	Login        string // lower case, unique in the tenant
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
	PutAccount(ctx context.Context, a Account, e audit.Event) (Account, error)
	PutSession(ctx context.Context, s Session) error
	Session(ctx context.Context, tokenHash string) (Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	DeleteSessions(ctx context.Context, tenant, account string) error
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

var errTodo = errs.New(errs.Unavailable, "Dit onderdeel is nog niet klaar.")

// Login checks a password and begins a session; token goes to the browser, only its hash is stored. Unknown login and
// wrong password look the same. from is the address of the caller, for the limit on attempts.
func (s *Service) Login(ctx context.Context, login, password, from string) (token string, a Account, err error) {
	return "", Account{}, errTodo
}

// Resume gives the account of a session token: idle at most 30 minutes, at most 12 hours in all.
func (s *Service) Resume(ctx context.Context, token string) (Account, error) {
	return Account{}, errTodo
}

// Logout ends one session.
func (s *Service) Logout(ctx context.Context, token string) error { return errTodo }

// Add makes an account with a password of at least 12 characters.
func (s *Service) Add(ctx context.Context, who access.Actor, a Account, password string) (Account, error) {
	return Account{}, errTodo
}

// Allow counts an attempt under a key (for example class codes from one address) and gives errs.TooMany past the limit.
func (s *Service) Allow(ctx context.Context, key string, limit int, window time.Duration) error {
	return errTodo
}
