package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/errs"
)

func TestLoginGivesANewCookieAndForgetsTheOneThatCameAlong(t *testing.T) {
	w := newSite(t, "")
	w.s.Secure = true
	req := httptest.NewRequest("GET", "/inloggen", nil)
	_, body, h := w.do(req)
	visit := cookieOf(t, h, "__Host-kik-bezoek")
	form := url.Values{"csrf": {w.s.mac("csrf", visit.Value)}, "login": {"sanne"}, "password": {"goed"}, "next": {"/trajecten?toon=lijst"}}
	if !strings.Contains(body, form.Get("csrf")) {
		t.Fatal("het formulier heeft geen token van dit bezoek")
	}
	send := httptest.NewRequest("POST", "/inloggen", strings.NewReader(form.Encode()))
	send.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	send.AddCookie(&http.Cookie{Name: "__Host-kik-bezoek", Value: visit.Value})
	send.AddCookie(&http.Cookie{Name: "__Host-kik", Value: "meegebracht"})
	status, _, h := w.do(send)
	c := cookieOf(t, h, "__Host-kik")
	if status != 303 || h.Get("Location") != "/trajecten?toon=lijst" || c.Value != "tok-sanne" {
		t.Fatal(status, h)
	}
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("de cookie is niet veilig: %+v", c)
	}
}

func cookieOf(t *testing.T, h http.Header, name string) *http.Cookie {
	t.Helper()
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("geen cookie %s in %v", name, h["Set-Cookie"])
	return nil
}

func TestAWrongPasswordKeepsTheNameAndSaysFout(t *testing.T) {
	w := newSite(t, "")
	visit := strings.Repeat("v", 22)
	form := url.Values{"csrf": {w.s.mac("csrf", visit)}, "login": {"sanne"}, "password": {"geheim-en-fout"}}
	req := httptest.NewRequest("POST", "/inloggen", strings.NewReader(form.Encode()))
	req.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	req.AddCookie(&http.Cookie{Name: "kik-bezoek", Value: visit})
	status, body, _ := w.do(req)
	if status != 422 || titleOf(body) != "Fout: Inloggen" || !strings.Contains(body, `value="sanne"`) || strings.Contains(body, "geheim-en-fout") {
		t.Fatal(status, titleOf(body))
	}
}

func TestASessionThatEndedAsksToLogInAndComesBack(t *testing.T) {
	w := newSite(t, "verlopen")
	req := httptest.NewRequest("GET", "/trajecten?toon=lijst", nil)
	status, _, h := w.do(req)
	if status != 303 || h.Get("Location") != "/inloggen?next=%2Ftrajecten%3Ftoon%3Dlijst" {
		t.Error(status, h.Get("Location"))
	}
	status, body, _ := w.post("/kinderen/nieuw", url.Values{"given_name": {"Yusuf"}})
	if status != 401 || titleOf(body) != "Log opnieuw in" || len(w.kind.added) != 0 {
		t.Error(status, titleOf(body))
	}
}

func TestNextStaysOnOurOwnSite(t *testing.T) {
	for next, want := range map[string]string{"": "/", "/trajecten": "/trajecten", "/kinderen/c1?p=2": "/kinderen/c1?p=2", "//evil.example": "/", "/\\evil.example": "/", "https:evil.example": "/",
		"https://evil.example": "/", "javascript:alert(1)": "/", "/%2f/evil": "/", "/\tevil": "/", "trajecten": "/", "/uitloggen": "/", "/inloggen?next=x": "/"} {
		if got := localPath(next); got != want {
			t.Errorf("localPath(%q) = %q, verwacht %q", next, got, want)
		}
	}
}

func TestOnlyATrustedProxyMaySayWhoIsCalling(t *testing.T) {
	w := newSite(t, "")
	app := fiber.New()
	var got string
	app.Get("/", func(c *fiber.Ctx) error { got = w.s.peer(c); return nil })
	send := func(xff string) string {
		req := httptest.NewRequest("GET", "/", nil)
		req.Header.Set("X-Forwarded-For", xff)
		if _, err := app.Test(req); err != nil {
			t.Fatal(err)
		}
		return got
	}
	stranger := send("6.6.6.6")
	if stranger == "6.6.6.6" || stranger != send("7.7.7.7") {
		t.Errorf("een vreemde koos zelf zijn adres: %s", stranger)
	}
	w.s.Proxies = []netip.Prefix{netip.MustParsePrefix(stranger + "/32"), netip.MustParsePrefix("10.0.0.0/8")}
	if a := send("6.6.6.6, 5.5.5.5, 10.1.1.1"); a != "5.5.5.5" {
		t.Errorf("achter twee proxy's is het adres %s, verwacht 5.5.5.5", a)
	}
}

func TestNULAndBrokenTextAreRefused(t *testing.T) {
	w := newSite(t, "sanne")
	for _, bad := range []string{"a\x00b", "a\xffb"} {
		for _, field := range []string{"given_name", "surname", "klas", "postcode", "csrf"} {
			if status, body, _ := w.post("/kinderen/nieuw", url.Values{field: {bad}}); status != 400 || !strings.HasPrefix(titleOf(body), "Fout:") {
				t.Errorf("%s met %q gaf %d %q", field, bad, status, titleOf(body))
			}
		}
		if status, _ := w.get("/trajecten?school=" + url.QueryEscape(bad)); status != 400 {
			t.Errorf("adres met %q gaf %d", bad, status)
		}
	}
}

func TestAPanicBecomesAPageWithoutWhatWentWrong(t *testing.T) {
	w := newSite(t, "sanne")
	app := fiber.New(fiber.Config{ErrorHandler: w.s.fail})
	app.Use(w.s.guard)
	app.Get("/", func(*fiber.Ctx) error { panic("Yusuf van der Berg") })
	res, err := app.Test(httptest.NewRequest("GET", "/", nil))
	if err != nil || res.StatusCode != 500 {
		t.Fatal(err, res)
	}
	said := w.log.String()
	if !strings.Contains(said, "panic of type string") || !strings.Contains(said, "guard_test.go") {
		t.Errorf("het log zegt niet waar het misging: %s", said)
	}
	if strings.Contains(said, "Yusuf") {
		t.Error("de tekst van de panic staat in het log")
	}
}

func TestErrorsUnderAPIAreProblems(t *testing.T) {
	w := newSite(t, "")
	status, body, h := w.do(httptest.NewRequest("GET", "/api/v1/bestaatniet", nil))
	if status != 404 || h.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, `"status":404`) {
		t.Fatal(status, h.Get("Content-Type"), body)
	}
}

func TestEachKindOfFailureHasAPageThatSaysWhatToDo(t *testing.T) {
	w := newSite(t, "sanne")
	n := 0
	for kind, status := range statusOf {
		n++
		w.kind.err = errs.Wrap(kind, "Dit ging mis. Doe iets anders.", errors.New("technisch"))
		form := goodChild()
		form.Set("sleutel", fmt.Sprintf("0190b3c2-0000-7000-8000-%012d", n))
		got, body, _ := w.post("/kinderen/nieuw", form)
		if got != status || !strings.HasPrefix(titleOf(body), "Fout:") || strings.Contains(body, "technisch") {
			t.Errorf("%s gaf %d %q", kind, got, titleOf(body))
		}
	}
}

func TestABrokenTemplateStopsTheStart(t *testing.T) {
	layout := `{{define "layout"}}<p>{{template "main" .}}</p>{{end}}`
	part := `{{define "deel"}}{{end}}`
	for name, pageText := range map[string]string{"geen main": `{{define "ander"}}{{end}}`, "onbekende functie": `{{define "main"}}{{bestaatniet}}{{end}}`,
		"onbekend deel": `{{define "main"}}{{template "weg" .}}{{end}}`, "half attribuut": `{{define "main"}}<a href="{{end}}`, "niet gesloten": `{{define "main"}}{{if .}}`} {
		files := fstest.MapFS{"templates/layout.html": {Data: []byte(layout)}, "templates/part/deel.html": {Data: []byte(part)}, "templates/proef.html": {Data: []byte(pageText)}}
		if _, err := loadViews(files, nil); err == nil {
			t.Errorf("%s: de start ging door", name)
		}
	}
}

func TestASealedValueCannotBeChangedOrKept(t *testing.T) {
	w := newSite(t, "")
	sealed := w.s.seal("kaart", "card-1", testNow.Add(time.Minute))
	if v, ok := w.s.unseal("kaart", sealed); !ok || v != "card-1" {
		t.Fatal(v, ok)
	}
	for _, bad := range []string{"", "x", sealed + "x", "9" + sealed, strings.Replace(sealed, ".", ".x", 1)} {
		if _, ok := w.s.unseal("kaart", bad); ok {
			t.Errorf("%q werd geloofd", bad)
		}
	}
	if _, ok := w.s.unseal("anders", sealed); ok {
		t.Error("een waarde van een ander gebruik werd geloofd")
	}
	if _, ok := w.s.unseal("kaart", w.s.seal("kaart", "card-1", testNow.Add(-time.Second))); ok {
		t.Error("een oude waarde werd geloofd")
	}
}

func TestTheApplicationRefusesToStartWithoutWhatItNeeds(t *testing.T) {
	good := testDeps(newKind(), newAccounts(), nil)
	for name, spoil := range map[string]func(*Deps){"secret": func(d *Deps) { d.Secret = d.Secret[:31] }, "accounts": func(d *Deps) { d.Accounts = nil },
		"kind": func(d *Deps) { d.Kind = nil }, "catalog": func(d *Deps) { d.Catalog = nil }, "matcher": func(d *Deps) { d.Matcher = nil }} {
		d := good
		spoil(&d)
		if _, err := New(d); err == nil {
			t.Errorf("zonder %s begon het toch", name)
		}
	}
}

func TestStaticFilesMayBeKeptAndPagesNot(t *testing.T) {
	w := newSite(t, "")
	src, err := asset("app.css")
	if err != nil {
		t.Fatal(err)
	}
	_, _, h := w.do(httptest.NewRequest("GET", src, nil))
	if !strings.Contains(h.Get("Cache-Control"), "immutable") || !strings.HasPrefix(h.Get("Content-Type"), "text/css") {
		t.Error(h)
	}
	for _, p := range []string{"/static/../server.go", "/static/bestaatniet.css", "/static/"} {
		if status, _ := w.get(p); status != 404 {
			t.Errorf("%s gaf %d", p, status)
		}
	}
}
