package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// How long a login lasts (RELIABILITY S03).
const (
	MaxIdle    = 30 * time.Minute
	MaxSession = 12 * time.Hour
	seenEvery  = time.Minute // how often being seen is written down
)

// pause is one step of the growing delay: more than limit attempts within the window wait for the window to pass.
type pause struct {
	name   string
	limit  int
	window time.Duration
}

// The pauses. Those of one account from one address grow; the wider ones are high, so that a school behind one address
// can log in and a stranger cannot lock somebody out for long (RELIABILITY A08, A09).
var (
	accountHerePauses = []pause{{"1m", 5, time.Minute}, {"10m", 10, 10 * time.Minute}, {"1h", 20, time.Hour}}
	accountPauses     = []pause{{"account", 100, time.Hour}}
	addressPauses     = []pause{{"address", 100, 10 * time.Minute}}
)

// Login checks a password and begins a session; token goes to the browser, only its hash is stored. Unknown login and
// wrong password look the same and take as long. from is the address of the peer, for the limit on attempts: errs.TooMany.
func (s *Service) Login(ctx context.Context, login, password, from string) (token string, a Account, err error) {
	login, from = normal(login), Network(from)
	here := "login:" + digest(login+"\x00"+from)
	if err := s.mayTry(ctx, login, from, here); err != nil {
		return "", Account{}, err
	}
	a, err = s.check(ctx, login, password)
	if err != nil {
		return "", Account{}, err
	}
	for _, p := range accountHerePauses {
		if err := s.Store.ForgetAttempts(ctx, here+":"+p.name); err != nil {
			return "", Account{}, err
		}
	}
	token, err = s.begin(ctx, a)
	return token, a, err
}

// mayTry counts this attempt under the account at this address, the account and the address.
func (s *Service) mayTry(ctx context.Context, login, from, here string) error {
	groups := []struct {
		key    string
		pauses []pause
	}{{here, accountHerePauses}, {"login:" + digest(login), accountPauses}, {"login:from:" + digest(from), addressPauses}}
	for _, g := range groups {
		for _, p := range g.pauses {
			if err := s.Allow(ctx, g.key+":"+p.name, p.limit, p.window); err != nil {
				return err
			}
		}
	}
	return nil
}

// check gives the account that belongs to login and password, and records a failure without saying which login was typed.
func (s *Service) check(ctx context.Context, login, password string) (Account, error) {
	a, err := s.Store.AccountByLogin(ctx, login)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return Account{}, err
	}
	phc := a.PasswordHash
	if usable := err == nil && !a.Disabled && phc != ""; !usable {
		if phc, err = nobody(); err != nil {
			return Account{}, err
		}
		a = Account{ID: a.ID, Tenant: a.Tenant, Disabled: true}
	}
	same, err := samePassword(ctx, phc, password)
	if err != nil {
		return Account{}, err
	}
	if same && !a.Disabled {
		return a, nil
	}
	if err := s.Store.RecordEvent(ctx, s.event(a, "login_failed", "")); err != nil {
		return Account{}, err
	}
	return Account{}, errs.New(errs.Refused, "De inlognaam of het wachtwoord klopt niet. Probeer het opnieuw.")
}

// begin stores a new session and the audit event.
func (s *Service) begin(ctx context.Context, a Account) (string, error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	now := s.Clock()
	if err := s.Store.RecordEvent(ctx, s.event(a, "login", a.ID)); err != nil {
		return "", err
	}
	return token, s.Store.PutSession(ctx, Session{TokenHash: digest(token), Tenant: a.Tenant, Account: a.ID, CreatedAt: now, SeenAt: now})
}

// Resume gives the account of a session token: idle at most 30 minutes, at most 12 hours in all. A session that is over,
// unknown or of a disabled account gives errs.NotFound.
func (s *Service) Resume(ctx context.Context, token string) (Account, error) {
	session, err := s.Store.Session(ctx, digest(token))
	if err != nil {
		return Account{}, notLoggedIn(err)
	}
	now := s.Clock()
	a, err := s.Store.Account(ctx, session.Tenant, session.Account)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return Account{}, err // a store that does not answer logs nobody out
	}
	if err != nil || a.Disabled || now.Sub(session.CreatedAt) >= MaxSession || now.Sub(session.SeenAt) >= MaxIdle {
		return Account{}, notLoggedIn(s.Store.DeleteSession(ctx, session.TokenHash))
	}
	if now.Sub(session.SeenAt) >= seenEvery {
		session.SeenAt = now
		if err := s.Store.PutSession(ctx, session); err != nil {
			return Account{}, notLoggedIn(err)
		}
	}
	return a, nil
}

// notLoggedIn keeps a failing store apart from a session that is over.
func notLoggedIn(cause error) error {
	if cause != nil && errs.KindOf(cause) != errs.NotFound {
		return cause
	}
	return errs.New(errs.NotFound, "Je bent niet meer ingelogd. Log in om verder te gaan.")
}

// Logout ends one session; a session that is already over is no error.
func (s *Service) Logout(ctx context.Context, token string) error {
	session, err := s.Store.Session(ctx, digest(token))
	if errs.KindOf(err) == errs.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.Store.DeleteSession(ctx, session.TokenHash); err != nil {
		return err
	}
	return s.Store.RecordEvent(ctx, s.event(Account{ID: session.Account, Tenant: session.Tenant}, "logout", session.Account))
}

// Allow counts an attempt under a key (for example class codes from one address) and gives errs.TooMany past the limit.
func (s *Service) Allow(ctx context.Context, key string, limit int, window time.Duration) error {
	n, err := s.Store.Attempt(ctx, key, s.Clock(), window)
	if err != nil {
		return err
	}
	if n > limit {
		return errs.New(errs.TooMany, "Er is te vaak achter elkaar geprobeerd. Wacht "+inWords(window)+" en probeer het dan opnieuw.")
	}
	return nil
}

// inWords says a window in Dutch.
func inWords(d time.Duration) string {
	switch {
	case d <= time.Minute:
		return "een minuut"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " minuten"
	}
	return "een uur"
}

// event is the audit event of an act of an account; it never holds what was typed.
func (s *Service) event(a Account, action, actor string) audit.Event {
	return audit.Event{ID: s.NewID(), Tenant: a.Tenant, At: s.Clock(), Actor: actor, Role: string(a.Role), Action: action, Kind: "account", Subject: a.ID, Purpose: "beheer"}
}

// Network is what attempts from one place have in common: the address, and of IPv6 the first 64 bits, since one line has all
// addresses behind them.
func Network(from string) string {
	ip, err := netip.ParseAddr(from)
	if err != nil || ip.Unmap().Is4() {
		return from
	}
	return netip.PrefixFrom(ip.WithZone(""), 64).Masked().String()
}

// normal writes a login as it is stored.
func normal(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// digest is the SHA-256 of a text in hex.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
