package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
)

// fakeAccounts lets everybody in whose password is "goed"; the token is the login.
type fakeAccounts struct {
	people map[string]account.Account
	seen   map[string]int
	from   []string
	mu     sync.Mutex
}

func newAccounts() *fakeAccounts {
	f := &fakeAccounts{people: map[string]account.Account{}, seen: map[string]int{}}
	for login, role := range map[string]access.Role{"sanne": access.SMW, "juf": access.Teacher, "ib": access.IB, "club": access.PartnerRole,
		"lead": access.TeamLead, "admin": access.CatalogueAdmin, "gebied": access.Adviser, "fg": access.Auditor} {
		f.people[login] = account.Account{ID: "acc-" + login, Tenant: "t1", Organisation: "o1", Login: login, Name: "Sanne de Wit", Role: role, Schools: []string{"s1"}, Partner: "p1"}
	}
	return f
}

func (f *fakeAccounts) Login(_ context.Context, login, password, from string) (string, account.Account, error) {
	f.from = append(f.from, from)
	a, ok := f.people[login]
	if !ok || password != "goed" {
		return "", account.Account{}, errs.New(errs.NotFound, "Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het nog een keer.")
	}
	return "tok-" + login, a, nil
}

func (f *fakeAccounts) Resume(_ context.Context, token string) (account.Account, error) {
	a, ok := f.people[strings.TrimPrefix(token, "tok-")]
	if !ok || !strings.HasPrefix(token, "tok-") {
		return account.Account{}, errs.New(errs.NotFound, "Je bent uitgelogd.")
	}
	return a, nil
}

func (f *fakeAccounts) Logout(context.Context, string) error { return nil }

func (f *fakeAccounts) ChangePassword(_ context.Context, _ access.Actor, old, _ string) error {
	if old != "goed" {
		return errs.InvalidFields("Het wachtwoord is niet veranderd.", errs.Field{Name: "old", Message: "Je oude wachtwoord klopt niet."})
	}
	return nil
}

func (f *fakeAccounts) Allow(_ context.Context, key string, limit int, _ time.Duration) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen[key]++
	if f.seen[key] > limit {
		return errs.New(errs.TooMany, "Even wachten.")
	}
	return nil
}

// site is the application with fakes, and a person at the browser.
type site struct {
	t        *testing.T
	s        *Server
	kind     *fakeKind
	accounts *fakeAccounts
	login    string // "" = nobody
	log      *strings.Builder
}

var testNow = time.Date(2026, 9, 21, 10, 0, 0, 0, time.UTC)

func newSite(t *testing.T, login string) *site {
	t.Helper()
	log := &strings.Builder{}
	kind, accounts := newKind(), newAccounts()
	s, err := New(testDeps(kind, accounts, slog.New(slog.NewTextHandler(log, nil))))
	if err != nil {
		t.Fatal(err)
	}
	return &site{t: t, s: s, kind: kind, accounts: accounts, login: login, log: log}
}

func testDeps(kind *fakeKind, accounts *fakeAccounts, log *slog.Logger) Deps {
	return Deps{Accounts: accounts, Kind: kind, Catalog: newCatalog(), Matcher: fakeMatcher{}, Areas: fakeAreas{}, Crossings: fakeWater{}, Schemes: &fakeSchemes{}, Supply: fakeSupply{}, Log: log,
		Clock: func() time.Time { return testNow }, Secret: []byte(strings.Repeat("k", 32)), Tenants: "Wijknetwerk Tuinwijk", Tenant: "t1"}
}

func (w *site) as(login string) *site { c := *w; c.login = login; return &c }

func (w *site) do(req *http.Request) (int, string, http.Header) {
	w.t.Helper()
	if w.login != "" {
		req.AddCookie(&http.Cookie{Name: "kik", Value: "tok-" + w.login})
	}
	res, err := w.s.app.Test(req, 10000)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, string(body), res.Header
}

func (w *site) get(path string) (int, string) {
	w.t.Helper()
	status, body, _ := w.do(httptest.NewRequest("GET", path, nil))
	return status, body
}

// csrf is the token that belongs to the session of this person.
func (w *site) csrf() string { return w.s.mac("csrf", "tok-"+w.login) }

// post sends a form with a good token and a fresh key, unless the form has its own.
func (w *site) post(path string, form url.Values) (int, string, http.Header) {
	w.t.Helper()
	send := url.Values{"csrf": {w.csrf()}, "sleutel": {"0190b3c2-0000-7000-8000-000000000001"}}
	for k, v := range form {
		send[k] = v
	}
	req := httptest.NewRequest("POST", path, strings.NewReader(send.Encode()))
	req.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	return w.do(req)
}

var titlePattern = regexp.MustCompile(`<title>([^<]*)</title>`)

func titleOf(body string) string {
	m := titlePattern.FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return strings.TrimSuffix(m[1], " – Kind in Kaart")
}

func newGet(path string) *http.Request { return httptest.NewRequest("GET", path, nil) }
