package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// loginOf is a person of each role, for the table of routes.
var loginOf = map[string]string{"smw": "sanne", "teacher": "juf", "ib": "ib", "partner": "club", "team_lead": "lead", "catalogue_admin": "admin", "adviser": "gebied", "auditor": "fg"}

// stack is every route the router really has, HEAD and middleware left out.
func stack(w *site) []fiber.Route {
	var out []fiber.Route
	for _, r := range w.s.app.GetRoutes(true) {
		if r.Method != fiber.MethodHead && !strings.HasPrefix(r.Path, "/static/") {
			out = append(out, r)
		}
	}
	return out
}

// rowOf writes a route as in testdata/routes.txt.
func rowOf(rt route) string {
	roles := []string{"iedereen"}
	if rt.roles != nil {
		roles = nil
		for _, r := range rt.roles {
			roles = append(roles, string(r))
		}
		sort.Strings(roles)
	}
	return rt.method + " " + rt.path + " " + strings.Join(roles, ",")
}

func tableRows(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			f := strings.Fields(line)
			rows[f[0]+" "+f[1]] = line
		}
	}
	return rows
}

func TestEveryRouteIsInTheTable(t *testing.T) {
	w := newSite(t, "")
	rows := tableRows(t)
	known := map[string]bool{}
	for _, rt := range w.s.routes {
		key := rt.method + " " + rt.path
		known[key] = true
		if rows[key] != rowOf(rt) {
			t.Errorf("testdata/routes.txt: verwacht de regel\n  %s\nen er staat %q", rowOf(rt), rows[key])
		}
	}
	for _, r := range stack(w) {
		if !known[r.Method+" "+r.Path] {
			t.Errorf("%s %s staat in de router en niet in een lijst met rollen", r.Method, r.Path)
		}
	}
	for key := range rows {
		if !known[key] {
			t.Errorf("testdata/routes.txt noemt %s en die bestaat niet", key)
		}
	}
}

// pathOf fills the parts of a path with ids that do not exist.
func pathOf(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ":") || p == "*" {
			parts[i] = "bestaatniet"
		}
	}
	return strings.Join(parts, "/")
}

func TestARoleThatIsNotInTheTableIsKeptOut(t *testing.T) {
	w := newSite(t, "")
	for _, rt := range w.s.routes {
		if rt.roles == nil {
			continue
		}
		for role, login := range loginOf {
			may := slices.ContainsFunc(strings.Split(strings.Fields(rowOf(rt))[2], ","), func(r string) bool { return r == role })
			if may {
				continue
			}
			if status := askAs(w, login, rt); status != 403 {
				t.Errorf("%s %s als %s gaf %d, verwacht 403", rt.method, rt.path, role, status)
			}
		}
		if status := askAs(w, "", rt); rt.method == "GET" && status != 303 || rt.method != "GET" && status != 403 {
			t.Errorf("%s %s zonder inloggen gaf %d", rt.method, rt.path, status)
		}
	}
}

func askAs(w *site, login string, rt route) int {
	p := w.as(login)
	if rt.method == "GET" {
		status, _ := p.get(pathOf(rt.path))
		return status
	}
	status, _, _ := p.post(pathOf(rt.path), nil)
	return status
}

func TestWhatChangesSomethingNeedsATokenAndOurOwnPage(t *testing.T) {
	w := newSite(t, "sanne")
	forged := map[string]func(*http.Request){
		"zonder token":        func(r *http.Request) {},
		"token van een ander": func(r *http.Request) { r.Header.Set("X-Test-Token", w.s.mac("csrf", "tok-juf")) },
		"cross-site": func(r *http.Request) {
			r.Header.Set("X-Test-Token", w.csrf())
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		},
		"same-site": func(r *http.Request) {
			r.Header.Set("X-Test-Token", w.csrf())
			r.Header.Set("Sec-Fetch-Site", "same-site")
		},
		"vreemde Origin": func(r *http.Request) {
			r.Header.Set("X-Test-Token", w.csrf())
			r.Header.Set("Origin", "https://evil.example")
		},
		"Origin null": func(r *http.Request) { r.Header.Set("X-Test-Token", w.csrf()); r.Header.Set("Origin", "null") },
	}
	for _, rt := range stack(w) {
		if safeMethod(rt.Method) {
			continue
		}
		for name, forge := range forged {
			req := httptest.NewRequest(rt.Method, pathOf(rt.Path), nil)
			forge(req)
			body := "csrf=" + req.Header.Get("X-Test-Token")
			sent := httptest.NewRequest(rt.Method, pathOf(rt.Path), strings.NewReader(body))
			sent.Header = req.Header
			sent.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
			if status, _, _ := w.do(sent); status != 403 {
				t.Errorf("%s %s %s gaf %d, verwacht 403", rt.Method, rt.Path, name, status)
			}
		}
	}
}

func TestEveryAnswerHasTheSafetyHeaders(t *testing.T) {
	w := newSite(t, "sanne")
	w.s.Secure = true
	paths := []string{"/bestaatniet", "/static/app.css", "/api/v1/bestaatniet", "/?x=%00"}
	for _, rt := range stack(w) {
		paths = append(paths, pathOf(rt.Path))
	}
	for _, p := range paths {
		_, _, h := w.do(httptest.NewRequest("GET", p, nil))
		for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=63072000; includeSubDomains"} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", p, name, h.Get(name))
			}
		}
		if !strings.HasPrefix(p, "/static/") && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control is %q", p, h.Get("Cache-Control"))
		}
	}
	big := httptest.NewRequest("POST", "/inloggen", strings.NewReader(strings.Repeat("a", bodyLimit+1)))
	if res, err := w.s.app.Test(big, 5000); err == nil && (res.StatusCode != 413 || res.Header.Get("X-Content-Type-Options") != "nosniff") {
		t.Errorf("te grote inhoud gaf %d en %q", res.StatusCode, res.Header.Get("X-Content-Type-Options"))
	}
}
