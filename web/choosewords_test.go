package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

func TestWordsTravelInFormsAndNeverInAnAddress(t *testing.T) {
	w := newSite(t, "sanne")
	status, body, _ := w.post("/kinderen/c2/kiezen", url.Values{"zoek": {" xylofoon <b> "}, "dag": {"wo"}, "hart": {"A1"}})
	if status != 200 {
		t.Fatal(status)
	}
	for _, want := range []string{`value="xylofoon &lt;b&gt;"`, "Jullie zochten op ‘xylofoon &lt;b&gt;’", `href="/kinderen/c2/kiezen?dag=wo&amp;hart=A1"`,
		`formaction="/kinderen/c2/kiezen/A2/gevonden"`, `<input type="hidden" name="hart" value="A1">`, `<input type="hidden" name="zag" value="A2">`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
	for _, address := range addresses(body) {
		if strings.Contains(address, "xylofoon") {
			t.Errorf("het woord staat in het adres %s", address)
		}
	}
	if strings.Contains(w.log.String(), "xylofoon") {
		t.Error("het woord staat in het log")
	}
}

// addresses are all addresses in a page.
func addresses(body string) (out []string) {
	for _, attribute := range []string{`href="`, `action="`, `src="`} {
		for _, rest := range strings.Split(body, attribute)[1:] {
			address, _, _ := strings.Cut(rest, `"`)
			out = append(out, address)
		}
	}
	return out
}

func TestWithoutWordsTheFiltersAreAnAddressThatCanBeKept(t *testing.T) {
	status, _, h := newSite(t, "sanne").post("/kinderen/c2/kiezen", url.Values{"zoek": {"  "}, "dag": {"wo", "onzin"}, "hoe": {"walk"}, "hart": {"A1"}})
	if status != 303 || h.Get("Location") != "/kinderen/c2/kiezen?dag=wo&hart=A1&hoe=walk" {
		t.Error(status, h.Get("Location"))
	}
}

func TestAMaybeStaysOneWhileLookingForWords(t *testing.T) {
	w := newSite(t, "sanne")
	_, body, _ := w.post("/kinderen/c2/kiezen", url.Values{"zoek": {"xylofoon"}, "hart": {"A1"}, "bewaar": {"A2"}})
	for _, want := range []string{`name="hart" value="A1"`, `name="hart" value="A2"`, "Bewaard<"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
	if _, body, _ = w.post("/kinderen/c2/kiezen", url.Values{"zoek": {"xylofoon"}, "hart": {"A1", "A2"}, "bewaar": {"A2"}}); strings.Contains(body, `name="hart" value="A2"`) {
		t.Error("wie het hartje weghaalt, is het kwijt")
	}
}

func TestTooManyWordsAreAskedAgainAndKept(t *testing.T) {
	long := strings.Repeat("lang ", 30) + "woord"
	status, body, _ := newSite(t, "sanne").post("/kinderen/c2/kiezen", url.Values{"zoek": {long}})
	if status != 422 || !strings.Contains(body, "hoogstens 100 letters") || !strings.Contains(body, long) {
		t.Error(status)
	}
}

func TestWhatWasFoundByWordsIsChosenWithThem(t *testing.T) {
	w := newSite(t, "sanne")
	status, body, _ := w.post("/kinderen/c2/kiezen/A1/gevonden", url.Values{"zoek": {"xylofoon"}, "zag": {"A1", "A2"}, "p": {"1"}})
	for _, want := range []string{`action="/kinderen/c2/kiezen/A1?"`, `name="zoek" value="xylofoon"`, `name="zag" value="A2"`, `name="version" value="3"`, `value="kosten:fonds" checked`} {
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%d: %q staat er niet", status, want)
		}
	}
	status, _, h := w.post("/kinderen/c2/kiezen/A1", url.Values{"zoek": {"xylofoon"}, "mee": {"vriend"}, "wanneer": {"later"}, "version": {"3"}})
	if status != 303 || len(w.kind.chosen) != 1 || strings.Contains(h.Get("Location"), "xylofoon") {
		t.Error(status, h.Get("Location"))
	}
}

func TestWithWordsThereIsADayPlanAndWhatWouldHelp(t *testing.T) {
	w := newSite(t, "sanne")
	_, list, _ := w.post("/kinderen/c2/kiezen", url.Values{"zoek": {"xylofoon"}, "dag": {"wo"}})
	_, choice, _ := w.post("/kinderen/c2/kiezen/A1/gevonden", url.Values{"zoek": {"xylofoon"}, "dag": {"wo"}})
	status, plan, _ := w.post("/kinderen/c2/kiezen/A1/dagplan?dag=wo", url.Values{"zoek": {"xylofoon"}, "dag": {"wo"}})
	_, small, _ := w.post("/kinderen/c2/kiezen/A1/dagplan?dag=wo&maat=klein", url.Values{"zoek": {"xylofoon"}})
	for _, c := range []struct{ body, want string }{
		{list, "Wat zou helpen?"}, {list, `formaction="/kinderen/c2/kiezen/A3/gevonden"`},
		{choice, `formaction="/kinderen/c2/kiezen/A1/dagplan?dag=wo"`},
		{plan, "Tas klaar"}, {plan, `formaction="/kinderen/c2/kiezen/A1/gevonden"`}, {plan, `formaction="/kinderen/c2/kiezen/A1/dagplan?dag=wo&amp;maat=klein"`}, {plan, `name="zoek" value="xylofoon"`},
		{small, "Op een heel vel (A4)"},
	} {
		if !strings.Contains(c.body, c.want) {
			t.Errorf("%q staat er niet", c.want)
		}
	}
	if status != 200 {
		t.Error(status)
	}
	for _, address := range addresses(list + choice + plan + small) {
		if strings.Contains(address, "xylofoon") {
			t.Errorf("het woord staat in het adres %s", address)
		}
	}
}

// noIndex matches, but cannot look for words.
type noIndex struct{ Matching }

func (m noIndex) MatchHelped(ctx context.Context, who access.Actor, child string, o matcher.Options) (matcher.Result, []matcher.Help, error) {
	if o.Search != "" {
		return matcher.Result{}, nil, errs.New(errs.Unavailable, "De zoeklijst wordt opnieuw opgebouwd.")
	}
	return m.Matching.MatchHelped(ctx, who, child, o)
}

func TestWhileTheIndexIsBuiltWhatFitsIsThereAllTheSame(t *testing.T) {
	w := newSite(t, "sanne")
	w.s.Matcher = noIndex{w.s.Matcher}
	status, body, _ := w.post("/kinderen/c2/kiezen", url.Values{"zoek": {"xylofoon"}})
	if status != 200 || !strings.Contains(body, "Zoeken op woorden lukt nu even niet") || !strings.Contains(body, `value="xylofoon"`) || !strings.Contains(body, "Pleinbasketbal") {
		t.Error(status)
	}
}
