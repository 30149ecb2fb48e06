package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take before a test gives up.
const patience = 20 * time.Second

// chromium is the one browser of all tests; every person has cookies of their own in it.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := chromiumPath()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "kindinkaart-chromium-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(dir),
		chromedp.Flag("lang", "nl-NL"), chromedp.Flag("no-proxy-server", true), chromedp.Flag("disable-component-update", true))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, endBrowser := chromedp.NewContext(ctx)
	atEnd = append(atEnd, func() { endBrowser(); end(); os.RemoveAll(dir) })
	return ctx, chromedp.Do(ctx)
})

func chromiumPath() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("deze test heeft Chromium nodig. Installeer het met: sudo apt-get install -y --no-install-recommends chromium fonts-noto-core")
}

// person is somebody at a browser: sees text, clicks on words, types in fields.
type person struct {
	t      *testing.T
	ctx    context.Context
	site   *site
	secret []string // words that may never stand in an address

	mu      sync.Mutex
	console []string
}

// person opens a browser window of their own, 1366 by 768.
func (s *site) person(t *testing.T) *person {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	p := &person{t: t, ctx: ctx, site: s}
	p.must(chromedp.Listen(ctx, p.listen))
	p.do(chromedp.EmulateViewport(1366, 768))
	t.Cleanup(func() { p.quiet() })
	return p
}

// listen keeps what went wrong on the page: errors of the console, of the content security policy and of the network.
func (p *person) listen(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		p.console = append(p.console, ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if ev.Entry.Level == "error" || ev.Entry.Source == "security" {
			p.console = append(p.console, string(ev.Entry.Source)+": "+ev.Entry.Text+" "+ev.Entry.URL)
		}
	}
}

// quiet fails when the console of the browser said something since the last look. Answers with these statuses are meant.
func (p *person) quiet(statuses ...string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, line := range p.console {
		meant := slices.ContainsFunc(statuses, func(s string) bool { return strings.Contains(line, "status of "+s) })
		if !meant {
			p.t.Error("de browser meldt: ", line)
		}
	}
	p.console = nil
}

func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	p.must(chromedp.Do(ctx, steps...))
}

func (p *person) must(err error) {
	p.t.Helper()
	if err != nil {
		p.fail("%v", err)
	}
}

// fail ends the test with a picture of the page.
func (p *person) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf(format+"\n  op %s\n  beeld: %s", append(args, p.where(), p.picture())...)
}

// where is the address without the asking of address, for when something is wrong.
func (p *person) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return at
}

// picture keeps the page as it looks now in a file that stays, and gives its name.
func (p *person) picture() string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err.Error()
	}
	file, err := os.CreateTemp("", "kindinkaart-beeld-*.png")
	if err != nil {
		return err.Error()
	}
	_, err = file.Write(shot)
	if err = errors.Join(err, file.Close()); err != nil {
		return err.Error()
	}
	return file.Name()
}

// eval runs an expression in the page.
func eval[T any](p *person, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	p.must(err)
	return out
}

// js writes a value as a JavaScript literal.
func js(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// open goes to a page by its address.
func (p *person) open(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.site.base + path))
	p.arrived()
}

// arrived looks at the address of the page: no name, postcode or answer may stand in it.
func (p *person) arrived() {
	p.t.Helper()
	at := p.address()
	for _, word := range p.secret {
		if strings.Contains(strings.ToLower(at), strings.ToLower(word)) {
			p.fail("in het adres staat %q", word)
		}
	}
}

func (p *person) address() string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Location())
	p.must(err)
	return strings.TrimPrefix(at, p.site.base)
}

// text is what stands on the page, in one line.
func (p *person) text() string {
	p.t.Helper()
	return eval[string](p, `document.body.innerText.replace(/\s+/g, " ")`)
}

func (p *person) sees(words ...string) {
	p.t.Helper()
	text := p.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			p.fail("op de pagina staat niet %q, maar: %s", w, text)
		}
	}
}

func (p *person) seesNot(words ...string) {
	p.t.Helper()
	text := strings.ToLower(p.text())
	for _, w := range words {
		if strings.Contains(text, strings.ToLower(w)) {
			p.fail("op de pagina staat %q", w)
		}
	}
}

// findJS finds what can be clicked by the words on it: exactly these words first, then what begins with them. It gives the middle
// of it, or says why it cannot be clicked.
const findJS = `((group, words, selector) => {
  const clean = s => (s || "").replace(/\s+/g, " ").trim();
  const name = e => clean(e.getAttribute("aria-label") || e.innerText || e.textContent);
  const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.closest("[aria-hidden=true]") && e.getClientRects().length > 0;
  let roots = [document];
  if (group) roots = [...document.querySelectorAll("fieldset, section, article, li, form")].filter(f => {
    const head = f.querySelector(":scope > legend, :scope > h2, :scope > h3, :scope > div > h2, :scope > div > h3, :scope > p > strong");
    return head && clean(head.innerText).startsWith(group);
  });
  if (!roots.length) return {why: "er is geen groep " + JSON.stringify(group)};
  const all = roots.flatMap(r => [...r.querySelectorAll(selector)]).filter(shown);
  const found = all.find(e => name(e) === words) || all.find(e => name(e).startsWith(words));
  if (!found) return {why: "er is niets om op te klikken met " + JSON.stringify(words) + "; wel: " + all.map(name).join(" | ")};
  found.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
  const box = [...found.getClientRects()].find(r => r.width && r.height), x = box.x + box.width / 2, y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  if (top && !found.contains(top) && !top.contains(found)) return {why: "over " + JSON.stringify(words) + " ligt " + top.outerHTML.slice(0, 120)};
  return {x, y};
})`

// spot is where to click, or why that is not possible.
type spot struct {
	X   float64 `json:"x"`
	Y   float64 `json:"y"`
	Why string  `json:"why"`
}

func (p *person) find(group, words, selector string) spot {
	p.t.Helper()
	at := eval[spot](p, findJS+"("+js(group)+","+js(words)+","+js(selector)+")")
	if at.Why != "" {
		p.fail("%s", at.Why)
	}
	return at
}

// click clicks a link or button and waits for the page that follows.
func (p *person) click(words string) {
	p.t.Helper()
	p.clickIn("", words)
}

// clickIn does so within the part of the page that has this heading or legend.
func (p *person) clickIn(group, words string) {
	p.t.Helper()
	at := p.find(group, words, "a, button")
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.MouseClickXY(at.X, at.Y)))
	if err != nil {
		p.fail("na de klik op %q kwam geen pagina: %v", words, err)
	}
	p.arrived()
}

// tap clicks what changes the page itself: a choice, a summary.
func (p *person) tap(group, words string) {
	p.t.Helper()
	at := p.find(group, words, "label, summary")
	p.do(chromedp.MouseClickXY(at.X, at.Y))
}

// fill types in the field with a label, in place of what stands there.
func (p *person) fill(label, text string) {
	p.t.Helper()
	kind := eval[string](p, `(l => { const e = [...document.querySelectorAll("label")].find(e => e.innerText.trim().startsWith(l)), f = e && (e.control || document.getElementById(e.htmlFor));
		if (!f) return "geen veld " + l; f.focus(); if (f.select) f.select(); return f.type })(`+js(label)+`)`)
	switch {
	case strings.HasPrefix(kind, "geen veld"):
		p.fail("%s", kind)
	case kind == "date" || kind == "time": // the order of day and month in the box is that of the language files on this machine
		eval[bool](p, `(d => { document.activeElement.value = d; return true })(`+js(text)+`)`)
	case kind == "select-one":
		if !eval[bool](p, `(w => { const f = document.activeElement, o = [...f.options].find(o => o.text.trim() === w); if (o) f.value = o.value; return !!o })(`+js(text)+`)`) {
			p.fail("bij %q is geen keuze %q", label, text)
		}
	default:
		_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
		p.must(err)
	}
}

// typeIn types in the field with an id, where the heading of the page is the label.
func (p *person) typeIn(id, text string) {
	p.t.Helper()
	p.do(chromedp.Focus(chromedp.ID(id)))
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
	p.must(err)
}

// screen sets the size of the window and light or dark.
func (p *person) screen(width, height int64, scheme string) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	p.must(err)
}

// demoPassword is that of every demo account.
const demoPassword = "demo-wijk-2026"

// login begins as a demo account and waits for the first page of that role.
func (p *person) login(name string) {
	p.t.Helper()
	p.open("/inloggen")
	p.fill("Inlognaam", name)
	p.fill("Wachtwoord", demoPassword)
	p.click("Inloggen")
	p.sees("Uitloggen")
}
