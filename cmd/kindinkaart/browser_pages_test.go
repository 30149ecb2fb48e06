package main

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// pageBudget is what a page may weigh: document, style, pictures and fonts (UX, bytes).
const pageBudget = 100_000

// visitor is who looks at the pages of a role.
var visitor = map[string]string{
	"smw": "smwr.sara", "teacher": "polderboom.juf", "ib": "zonnewijzer.ib", "partner": "stuiter", "team_lead": "smwr.lead",
	"catalogue_admin": "beheer", "adviser": "adviseur", "auditor": "toezicht", "iedereen": "",
}

// TestEveryPageIsAccessible visits every page of every role, on a phone, a tablet and a laptop, light and dark.
func TestEveryPageIsAccessible(t *testing.T) {
	s := newSite(t)
	pages := s.pages(t)
	routes := readRoutes(t)
	for key := range pages {
		route, _, _ := strings.Cut(key, " ")
		if !slices.ContainsFunc(routes, func(r pageRoute) bool { return r.path == route }) {
			t.Errorf("%s staat niet in web/testdata/routes.txt", route)
		}
	}
	axe := readAxe(t)
	for role, login := range visitor {
		visits := visitsOf(t, role, routes, pages)
		for some := range slices.Chunk(visits, 24) { // in parts, so that every core has work
			t.Run(role, func(t *testing.T) {
				t.Parallel()
				v := &inspector{person: s.person(t), axe: axe}
				v.begin(login)
				for _, one := range some {
					v.inspect(one)
				}
			})
		}
	}
}

// visit is one page to look at: in all sizes, or short when the same page was looked at before with other data or by another role.
// With words it is what the page shows after they were looked for.
type visit struct {
	path, words string
	short       bool
}

// visitsOf lists what a role looks at.
func visitsOf(t *testing.T, role string, routes []pageRoute, pages map[string][]string) []visit {
	t.Helper()
	var out []visit
	for _, r := range routes {
		if !slices.Contains(r.roles, role) {
			continue
		}
		at := pages[r.path]
		if own, only := pages[r.path+" "+role]; only {
			at = own
		} else if at == nil {
			t.Errorf("GET %s is nieuw: noem in browser_table_test.go een adres om te bezoeken", r.path)
		}
		for i, path := range at {
			path, words, _ := strings.Cut(path, lookFor)
			out = append(out, visit{path, words, words == "" && (i > 0 || r.roles[0] != role && r.path != "/")})
		}
	}
	return out
}

// readAxe gives axe-core, told to measure contrast once for each look (markLooks).
func readAxe(t *testing.T) string {
	t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(axe) + `; axe.configure({rules: [{id: "color-contrast", selector: "*:not([data-again])"}]}); true`
}

// markLooks marks what looks like something earlier on the page: the same kind of element with the same colours, size and
// visibility, in what looks the same up to the top. Measuring contrast is most of the work of axe, and the rows of a long
// table all give the same.
const markLooks = `(() => {
	const looks = new Map(), look = new Map();
	for (const e of document.querySelectorAll("*")) {
		const s = getComputedStyle(e);
		const key = [look.get(e.parentElement), e.localName, e.getAttribute("class"), s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.fontSize,
			s.fontWeight, e.checkVisibility({visibilityProperty: true}), (e.control || e).disabled, e.ariaDisabled,
			[...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())].join("|");
		e.toggleAttribute("data-again", looks.has(key));
		if (!looks.has(key)) looks.set(key, looks.size);
		look.set(e, looks.get(key));
	}
})()`

// TestTheInspectorSeesAFault keeps the judge itself honest: a page with faults must not pass.
func TestTheInspectorSeesAFault(t *testing.T) {
	v := &inspector{person: newSite(t).person(t), axe: readAxe(t)}
	v.open("/inloggen")
	eval[bool](v.person, v.axe+`; document.querySelector("label[for=f-login]").remove();
		const foot = document.querySelector(".kik-foot p"); foot.after(foot.cloneNode(true), foot.cloneNode(true)); foot.nextElementSibling.style = "color: #ccc; background: #fff";
		document.querySelector("button").style = "width: 400px; min-height: 0; height: 20px; padding: 0"; true`)
	v.screen(320, 800, "light")
	found := strings.Join(slices.Concat(v.violations(""), v.small(), v.wide()), "\n")
	for _, want := range []string{"label: ", "color-contrast: ", "te klein om te tikken (400 bij 20)", "de pagina is"} {
		if !strings.Contains(found, want) {
			t.Errorf("de keuring ziet niet %q, wel:\n%s", want, found)
		}
	}
}

// pageRoute is a GET route of web/testdata/routes.txt with the roles that may see it.
type pageRoute struct {
	path  string
	roles []string
}

func readRoutes(t *testing.T) []pageRoute {
	t.Helper()
	f, err := os.Open("../../web/testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []pageRoute
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if parts := strings.Fields(lines.Text()); len(parts) == 3 && parts[0] == "GET" {
			out = append(out, pageRoute{parts[1], strings.Split(parts[2], ",")})
		}
	}
	return out
}

// inspector judges pages.
type inspector struct {
	*person
	axe  string
	card bool // a card of a class is open
}

func (v *inspector) begin(login string) {
	v.t.Helper()
	if login != "" {
		v.login(login)
	}
	_, err := chromedp.Call(v.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	v.must(err)
}

// openCard types the code of a card, as a child does.
func (v *inspector) openCard() {
	v.t.Helper()
	v.open("/k")
	v.typeIn("f-code", v.site.cardCode(v.t))
	v.click("Begin")
	v.card = true
}

// inspect opens a page and judges it: a phone in light, a laptop in dark, and unless it is short a tablet and a laptop in light.
func (v *inspector) inspect(one visit) {
	v.t.Helper()
	path := one.path
	if strings.HasPrefix(path, "/k/vragen") && !v.card {
		v.openCard()
	}
	v.screen(360, 800, "light")
	v.open(path)
	if one.words != "" {
		v.fill("Zoek op woorden", one.words)
		v.click("Laat zien")
	}
	if status := eval[int](v.person, `performance.getEntriesByType("navigation")[0].responseStatus`); status != 200 {
		v.t.Errorf("%s geeft %d", path, status)
		return
	}
	if at := v.address(); at != path && path != "/" {
		v.t.Errorf("%s stuurt door naar %s", path, at)
		return
	}
	path += one.words
	v.weigh(path)
	eval[bool](v.person, v.axe)
	v.report(slices.Concat(v.violations(""), v.small()), path, "360")
	if !one.short {
		v.screen(768, 1024, "light")
		v.report(v.violations(""), path, "768")
		v.screen(1366, 768, "light")
		v.report(v.violations(""), path, "1366 licht")
	}
	v.screen(1366, 768, "dark")
	v.report(v.violations("color-contrast"), path, "1366 donker")
	v.screen(320, 800, "light")
	v.report(v.wide(), path, "320")
	v.quiet()
}

// weigh adds up what came over the network for a page.
func (v *inspector) weigh(path string) {
	v.t.Helper()
	bytes := eval[int](v.person, `["navigation", "resource"].flatMap(k => performance.getEntriesByType(k)).reduce((n, e) => n + e.transferSize, 0)`)
	v.t.Logf("weegt %6d %s", bytes, path)
	if bytes > pageBudget {
		v.t.Errorf("%s weegt %d bytes, meer dan %d", path, bytes, pageBudget)
	}
}

// axeTags are the rules that are kept: WCAG 2.2 AA and what axe calls good practice.
const axeTags = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`

// violations runs axe-core with all rules, or with one.
func (v *inspector) violations(rule string) []string {
	v.t.Helper()
	only := `{type: "tag", values: ` + axeTags + `}`
	if rule != "" {
		only = `{type: "rule", values: [` + js(rule) + `]}`
	}
	return eval[[]string](v.person, markLooks+`, axe.run(document, {resultTypes: ["violations"], runOnly: `+only+`}).then(r => r.violations.map(x =>
		x.id + ": " + x.help + " " + x.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 160) + " " + (n.any[0] || n.all[0] || n.none[0] || {message: ""}).message).join("; ")))`)
}

func (v *inspector) report(found []string, path, size string) {
	v.t.Helper()
	for _, f := range found {
		v.t.Errorf("%s op %s: %s", path, size, f)
	}
	if len(found) > 0 {
		v.t.Log("beeld: ", v.picture())
	}
}

// small finds what is too small to tap on a phone: buttons, fields and choices are at least 44 pixels high (DOMAIN 7.10).
func (v *inspector) small() []string {
	v.t.Helper()
	return eval[[]string](v.person, `[...document.querySelectorAll("button, summary, select, input, textarea, a.utrecht-button, .kik-nav a")]
		.map(e => e.matches("input[type=radio], input[type=checkbox]") ? e.closest("label") || e : e)
		.filter(e => e.type !== "hidden" && !e.closest("[aria-hidden=true]") && e.checkVisibility({visibilityProperty: true}))
		.filter(e => { const b = e.getBoundingClientRect(); return b.height < 43.5 || b.width < 24 })
		.slice(0, 5).map(e => { const b = e.getBoundingClientRect(); return "te klein om te tikken (" + Math.round(b.width) + " bij " + Math.round(b.height) + "): " + e.outerHTML.slice(0, 140) })`)
}

// wide finds a page that is wider than a small phone (WCAG 1.4.10).
func (v *inspector) wide() []string {
	v.t.Helper()
	return eval[[]string](v.person, `document.documentElement.scrollWidth <= 320 ? [] : ["de pagina is " + document.documentElement.scrollWidth + " breed door " +
		[...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > 321).slice(-3).map(e => e.outerHTML.slice(0, 120)).join("; ")]`)
}
