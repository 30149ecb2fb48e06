package account

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// memory is a Store in memory. Windows of attempts begin with the first attempt.
type memory struct {
	sync.Mutex
	accounts map[string]Account
	sessions map[string]Session
	attempts map[string][]time.Time
	events   []audit.Event
	down     error // what looking up an account gives, while it is down
}

func (m *memory) AccountByLogin(_ context.Context, login string) (Account, error) {
	m.Lock()
	defer m.Unlock()
	for _, a := range m.accounts {
		if a.Login == login {
			return a, nil
		}
	}
	return Account{}, errs.New(errs.NotFound, "bestaat niet")
}

func (m *memory) Account(_ context.Context, tenant, id string) (Account, error) {
	m.Lock()
	defer m.Unlock()
	if m.down != nil {
		return Account{}, m.down
	}
	if a, ok := m.accounts[id]; ok && a.Tenant == tenant {
		return a, nil
	}
	return Account{}, errs.New(errs.NotFound, "bestaat niet")
}

func (m *memory) Accounts(_ context.Context, tenant string) (out []Account, err error) {
	for _, a := range m.accounts {
		if a.Tenant == tenant {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) PutAccount(_ context.Context, a Account, e audit.Event) (Account, error) {
	m.Lock()
	defer m.Unlock()
	a.Version++
	m.accounts[a.ID] = a
	maps.DeleteFunc(m.sessions, func(_ string, s Session) bool { return s.Tenant == a.Tenant && s.Account == a.ID })
	m.events = append(m.events, e)
	return a, nil
}

func (m *memory) PutSession(_ context.Context, s Session) error {
	m.Lock()
	defer m.Unlock()
	if _, ok := m.sessions[s.TokenHash]; !ok && !s.SeenAt.Equal(s.CreatedAt) {
		return errs.New(errs.NotFound, "bestaat niet")
	}
	m.sessions[s.TokenHash] = s
	return nil
}

func (m *memory) Session(_ context.Context, hash string) (Session, error) {
	m.Lock()
	defer m.Unlock()
	if s, ok := m.sessions[hash]; ok {
		return s, nil
	}
	return Session{}, errs.New(errs.NotFound, "bestaat niet")
}

func (m *memory) DeleteSession(_ context.Context, hash string) error {
	m.Lock()
	defer m.Unlock()
	delete(m.sessions, hash)
	return nil
}

func (m *memory) RecordEvent(_ context.Context, e audit.Event) error {
	m.Lock()
	defer m.Unlock()
	m.events = append(m.events, e)
	return nil
}

func (m *memory) Attempt(_ context.Context, key string, at time.Time, window time.Duration) (int, error) {
	m.Lock()
	defer m.Unlock()
	if old := m.attempts[key]; len(old) > 0 && at.Sub(old[0]) >= window {
		m.attempts[key] = nil
	}
	m.attempts[key] = append(m.attempts[key], at)
	return len(m.attempts[key]), nil
}

func (m *memory) ForgetAttempts(_ context.Context, key string) error {
	m.Lock()
	defer m.Unlock()
	delete(m.attempts, key)
	return nil
}

const secret = "een lang geheim van mij"

var operator = access.Actor{ID: "system", Tenant: "t1", Role: access.System}

// desk is a service with one account, sanne, and a clock that can be turned.
type desk struct {
	*Service
	store *memory
	now   time.Time
	sanne Account
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	m := &memory{accounts: map[string]Account{}, sessions: map[string]Session{}, attempts: map[string][]time.Time{}}
	d := &desk{store: m, now: time.Date(2025, 9, 8, 9, 0, 0, 0, time.UTC)}
	var n int
	d.Service = &Service{Store: m, Clock: func() time.Time { return d.now }, NewID: func() string { n++; return fmt.Sprintf("id%d", n) }}
	a, err := d.Add(t.Context(), operator, Account{Tenant: "t1", Organisation: "org1", Login: " Sanne ", Role: access.SMW}, secret)
	if err != nil {
		t.Fatal(err)
	}
	d.sanne = a
	return d
}

func (d *desk) login(t *testing.T) string {
	t.Helper()
	token, _, err := d.Login(t.Context(), "SANNE", secret, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestArgonParams(t *testing.T) {
	d := newDesk(t)
	c, salt, key, ok := parsePHC(d.sanne.PasswordHash)
	if !ok || c.memory < 47104 || c.time < 1 || c.threads != 1 || len(salt) < 16 || len(key) < 32 {
		t.Errorf("hash %+v, salt %d bytes, key %d bytes", c, len(salt), len(key))
	}
	again, err := hashPassword(t.Context(), secret)
	if err != nil || again == d.sanne.PasswordHash {
		t.Error("the same password twice gave the same hash")
	}
}

func TestTheStoreKnowsOnlyTheHashOfTheTokenAndTheTokenHas256Bits(t *testing.T) {
	d := newDesk(t)
	token := d.login(t)
	if len(token) != 43 {
		t.Errorf("token of %d characters", len(token))
	}
	if _, ok := d.store.sessions[token]; ok || len(d.store.sessions) != 1 {
		t.Error("the token itself was stored")
	}
	if second := d.login(t); second == token {
		t.Error("two logins gave one token")
	}
}

func TestAnUnknownLoginAndAWrongPasswordLookTheSame(t *testing.T) {
	d := newDesk(t)
	_, _, unknown := d.Login(t.Context(), "niemand", secret, "192.0.2.2")
	_, _, wrong := d.Login(t.Context(), "sanne", "iets anders dan dit", "192.0.2.3")
	if _, err := d.SetDisabled(t.Context(), operator, d.sanne.ID, true); err != nil {
		t.Fatal(err)
	}
	_, _, disabled := d.Login(t.Context(), "sanne", secret, "192.0.2.4")
	for _, err := range []error{unknown, wrong, disabled} {
		if err == nil || err.Error() != unknown.Error() || errs.KindOf(err) != errs.Refused {
			t.Errorf("got %v, want %v", err, unknown)
		}
	}
	for _, e := range d.store.events {
		if strings.Contains(fmt.Sprintf("%+v", e), "niemand") || strings.Contains(fmt.Sprintf("%+v", e), "sanne") {
			t.Errorf("the audit event shows what was typed: %+v", e)
		}
	}
}

func TestASessionEndsAfterHalfAnHourOfSilenceAndAfterTwelveHours(t *testing.T) {
	d := newDesk(t)
	token := d.login(t)
	d.now = d.now.Add(31 * time.Minute)
	if _, err := d.Resume(t.Context(), token); errs.KindOf(err) != errs.NotFound {
		t.Errorf("after 31 minutes: %v", err)
	}
	token = d.login(t)
	start := d.now
	for d.now.Sub(start) < MaxSession {
		if _, err := d.Resume(t.Context(), token); err != nil {
			t.Fatalf("after %v: %v", d.now.Sub(start), err)
		}
		d.now = d.now.Add(20 * time.Minute)
	}
	if _, err := d.Resume(t.Context(), token); errs.KindOf(err) != errs.NotFound {
		t.Errorf("after twelve hours: %v", err)
	}
	if len(d.store.sessions) != 0 {
		t.Error("an ended session stayed")
	}
}

func TestAStoreThatDoesNotAnswerLogsNobodyOut(t *testing.T) {
	d := newDesk(t)
	token := d.login(t)
	d.store.down = errs.New(errs.Unavailable, "even niet")
	if _, err := d.Resume(t.Context(), token); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("while it is down: %v", err)
	}
	d.store.down = nil
	if _, err := d.Resume(t.Context(), token); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestANewPasswordAndAClosedAccountEndAllSessions(t *testing.T) {
	d := newDesk(t)
	for name, act := range map[string]func() error{
		"change":  func() error { return d.ChangePassword(t.Context(), d.sanne.Actor(), secret, secret+"!") },
		"reset":   func() error { return d.ResetPassword(t.Context(), operator, d.sanne.ID, secret) },
		"disable": func() error { _, err := d.SetDisabled(t.Context(), operator, d.sanne.ID, true); return err },
	} {
		if _, err := d.SetDisabled(t.Context(), operator, d.sanne.ID, false); err != nil {
			t.Fatal(err)
		}
		if err := d.ResetPassword(t.Context(), operator, d.sanne.ID, secret); err != nil {
			t.Fatal(err)
		}
		one, two := d.login(t), d.login(t)
		if err := act(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, token := range []string{one, two} {
			if _, err := d.Resume(t.Context(), token); errs.KindOf(err) != errs.NotFound {
				t.Errorf("%s left a session: %v", name, err)
			}
		}
	}
}

func TestSixFailuresWaitLongerAndLongerButAStrangerDoesNotLockSanneOut(t *testing.T) {
	d := newDesk(t)
	tries := func(from string, n int) (refused int) {
		for range n {
			if _, _, err := d.Login(t.Context(), "sanne", "een verkeerd wachtwoord", from); errs.KindOf(err) == errs.TooMany {
				refused++
			}
		}
		return refused
	}
	if got := tries("198.51.100.9", 7); got != 2 {
		t.Errorf("%d of 7 were refused, want 2", got)
	}
	d.login(t)
	d.now = d.now.Add(time.Minute)
	if got := tries("198.51.100.9", 5); got != 0 {
		t.Errorf("after a minute %d of 5 were refused, want 0", got)
	}
	d.now = d.now.Add(time.Minute)
	if got := tries("198.51.100.9", 5); got < 5 {
		t.Errorf("after the second pause only %d of 5 were refused", got)
	}
	d.now = d.now.Add(2 * time.Hour)
	if got := tries("198.51.100.9", 1); got != 0 {
		t.Error("the lock was permanent")
	}
}

func TestAddressesOfOneLineCountAsOne(t *testing.T) {
	d := newDesk(t)
	refused := func(format string) (n int) {
		for i := range 7 {
			_, _, err := d.Login(t.Context(), "sanne", "een verkeerd wachtwoord", fmt.Sprintf(format, i))
			if errs.KindOf(err) == errs.TooMany {
				n++
			}
		}
		return n
	}
	if got := refused("2001:db8:1:2:3::%x"); got != 2 {
		t.Errorf("%d of 7 from one IPv6 network were refused, want 2", got)
	}
	if got := refused("2001:db8:2:%x::1"); got != 0 {
		t.Errorf("%d of 7 from seven IPv6 networks were refused, want 0", got)
	}
	if got := refused("192.0.2.%d"); got != 0 {
		t.Errorf("%d of 7 from seven IPv4 addresses were refused, want 0", got)
	}
}

func TestAGoodLoginForgetsTheEarlierMistakes(t *testing.T) {
	d := newDesk(t)
	for range 4 {
		for range 4 {
			if _, _, err := d.Login(t.Context(), "sanne", "een verkeerd wachtwoord", "192.0.2.1"); errs.KindOf(err) != errs.Refused {
				t.Fatal(err)
			}
		}
		d.login(t)
	}
}

func TestManyLoginsAtOnceNeverRunMoreHashesThanThereIsRoomFor(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	cancel()
	if _, err := hashPassword(ctx, secret); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("a hash without room: %v", err)
	}
}

func TestWeakPasswordsAreRefusedWithWhatToDo(t *testing.T) {
	for _, p := range []string{"", "kort", "elftekens11", "aaaaaaaaaaaaaaaa", "sanne en haar kat", strings.Repeat("lang ", 60)} {
		if err := checkNewPassword("sanne", p); errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)[0].Message == "" {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestNobodyMakesOrChangesAccountsOutsideTheirOwnRoomAndThatIsRecorded(t *testing.T) {
	d := newDesk(t)
	lead := access.Actor{ID: "l1", Tenant: "t1", Organisation: "org1", Role: access.TeamLead}
	cases := []struct {
		name string
		who  access.Actor
		a    Account
		want errs.Kind
	}{
		{"a lead adds a colleague", lead, Account{Tenant: "t1", Organisation: "org1", Login: "piet", Role: access.SMW}, ""},
		{"a lead in another organisation", lead, Account{Tenant: "t1", Organisation: "org2", Login: "kees", Role: access.SMW}, errs.NotFound},
		{"a lead in another tenant", lead, Account{Tenant: "t2", Organisation: "org1", Login: "jan", Role: access.SMW}, errs.NotFound},
		{"a lead makes an auditor", lead, Account{Tenant: "t1", Organisation: "org1", Login: "fg", Role: access.Auditor}, errs.NotFound},
		{"a smw'er", d.sanne.Actor(), Account{Tenant: "t1", Organisation: "org1", Login: "hans", Role: access.SMW}, errs.NotFound},
		{"an unknown role", operator, Account{Tenant: "t1", Login: "root", Role: "root"}, errs.Invalid},
	}
	for _, c := range cases {
		before := len(d.store.events)
		_, err := d.Add(t.Context(), c.who, c.a, "een goed geheim woord")
		if errs.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if c.want == errs.NotFound && (len(d.store.events) != before+1 || d.store.events[before].Action != "denied") {
			t.Errorf("%s was not recorded", c.name)
		}
	}
	if err := d.ResetPassword(t.Context(), d.sanne.Actor(), d.sanne.ID, "een goed geheim woord"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a smw'er reset a password: %v", err)
	}
}

func TestANewPasswordThatCannotBeIsNoAttemptAtTheOldOne(t *testing.T) {
	d := newDesk(t)
	for _, wrong := range []string{"kort", secret} {
		for range 10 {
			if err := d.ChangePassword(t.Context(), d.sanne.Actor(), secret, wrong); errs.KindOf(err) != errs.Invalid || errs.FieldsOf(err)[0].Name != "password" {
				t.Fatalf("%q: %v", wrong, err)
			}
		}
	}
	for range 5 {
		if err := d.ChangePassword(t.Context(), d.sanne.Actor(), "geraden wachtwoord", secret+"!"); errs.FieldsOf(err)[0].Name != "old" {
			t.Fatal(err)
		}
	}
	if err := d.ChangePassword(t.Context(), d.sanne.Actor(), secret, secret+"!"); errs.KindOf(err) != errs.TooMany {
		t.Errorf("guessing goes on: %v", err)
	}
}
