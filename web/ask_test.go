package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/questionnaire"
)

// tap answers one question of an afname and gives where it goes.
func tap(w *site, id, question string, version string, form url.Values) (int, string) {
	if form == nil {
		form = url.Values{}
	}
	form.Set("versie", version)
	status, _, h := w.post("/afname/"+id+"/"+question, form)
	return status, h.Get("Location")
}

func TestEveryQuestionOfEveryVariantAndLanguageIsAPageWithoutANameOrAPercentage(t *testing.T) {
	w, _ := newAskSite(t, "sanne")
	for _, v := range []questionnaire.Variant{"A", "B", "C", "P"} {
		for _, it := range questionnaire.Default().Items(v, false) {
			for _, lang := range []string{"nl", "ar"} {
				status, body := w.get("/afname/a" + string(v) + "/" + it.ID + "?taal=" + lang)
				text, reviewed := it.TextFor(v, lang)
				if status != 200 || !strings.Contains(body, "<h1 id=\"vraag\"") || !strings.Contains(body, `value="overslaan"`) || !strings.Contains(body, `value="weet_niet"`) {
					t.Fatalf("%s %s %s gaf %d zonder vraag of uitweg", v, it.ID, lang, status)
				}
				if strings.Contains(body, "Mila") || strings.Contains(body, "%</") || strings.Contains(body, "style=") {
					t.Errorf("%s %s %s noemt een naam of een percentage", v, it.ID, lang)
				}
				if !reviewed && !strings.Contains(body, "nog niet gecontroleerd") {
					t.Errorf("%s %s: %q heeft geen merk", it.ID, lang, text)
				}
				if len(body) > 60_000 {
					t.Errorf("%s is %d bytes", it.ID, len(body))
				}
			}
		}
	}
}

func TestATapIsSavedInTheShapeOfItsQuestion(t *testing.T) {
	for _, c := range []struct {
		afname, question string
		form             url.Values
		want             string
	}{
		{"aB", "G2", url.Values{"antwoord": {"gaat_wel"}}, `"gaat_wel"`},
		{"aB", "G2", url.Values{"doe": {"weet_niet"}}, `"weet_niet"`},
		{"aB", "T1", url.Values{"antwoord": {"t_bal", "t_koken"}}, `["t_bal","t_koken"]`},
		{"aB", "T1", url.Values{"doe": {"weet_niet"}}, `["weet_niet"]`},
		{"aB", "W4", url.Values{}, `[]`},
		{"aB", "W2", url.Values{"kies": {"koken"}}, `["koken"]`},
		{"aB", "W3", url.Values{"woorden": {"voetballen"}}, `[]`},
		{"aB", "S1", url.Values{"antwoord": {"4"}}, `"4"`},
		{"aB", "F2", url.Values{"antwoord": {"ja"}}, `{"id":"ja"}`},
		{"aP", "P10", url.Values{"antwoord": {"tr"}}, `"tr"`},
		{"aB", "F3", url.Values{"d-wo-middag": {"kan"}, "rest": {"weet_niet"}}, `{"di":{"avond":"weet_niet","middag":"weet_niet","vooravond":"weet_niet"},"do":{"avond":"weet_niet","middag":"weet_niet","vooravond":"weet_niet"},"ma":{"avond":"weet_niet","middag":"weet_niet","vooravond":"weet_niet"},"vr":{"avond":"weet_niet","middag":"weet_niet","vooravond":"weet_niet"},"wo":{"avond":"weet_niet","middag":"kan","vooravond":"weet_niet"},"za":{"avond":"weet_niet","middag":"weet_niet","ochtend":"weet_niet","vooravond":"weet_niet"},"zo":{"avond":"weet_niet","middag":"weet_niet","ochtend":"weet_niet","vooravond":"weet_niet"}}`},
		{"aB", "G2", url.Values{"doe": {"overslaan"}}, ``},
	} {
		w, k := newAskSite(t, "sanne")
		status, _ := tap(w, c.afname, c.question, "1", c.form)
		if got := string(k.afnames[c.afname].Answers[c.question]); status != 303 || got != c.want {
			t.Errorf("%s %v: %d, bewaard %s, verwacht %s", c.question, c.form, status, got, c.want)
		}
	}
}

func TestAPictureGridIsAnsweredPageByPageAndTheTopThreeByTapping(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	sh := &sheet{afname: *k.afnames["aA"], base: "/afname/aA", lang: "nl", items: questionnaire.Default().Items("A", false)}
	it, _ := questionnaire.Default().Item("W1")
	n := sh.parts(it)
	if n != 4 {
		t.Fatalf("variant A heeft %d pagina's met plaatjes, verwacht 4", n)
	}
	first := sh.onPage(it, place{0, 1})[0].ID
	second := sh.onPage(it, place{0, 2})[0].ID
	if status, to := tap(w, "aA", "W1", "1", url.Values{"p-" + first: {"leuk"}}); status != 303 || to != "/afname/aA/W1?deel=2" {
		t.Fatal(status, to)
	}
	if status, to := tap(w, "aA", "W1?deel=2", "2", url.Values{"p-" + second: {"leuk"}}); status != 303 || to != "/afname/aA/W1?deel=3" {
		t.Fatal(status, to)
	}
	if got := string(k.afnames["aA"].Answers["W1"]); !strings.Contains(got, first) || !strings.Contains(got, second) {
		t.Fatal(got)
	}
	_, body := w.get("/afname/aA/W2")
	if strings.Count(body, `name="kies"`) != 2 {
		t.Error("de top 3 laat alleen zien wat leuk was", strings.Count(body, `name="kies"`))
	}
	tap(w, "aA", "W2", "3", url.Values{"kies": {first}})
	tap(w, "aA", "W2", "4", url.Values{"kies": {second}})
	tap(w, "aA", "W2", "5", url.Values{"weg": {first}})
	if got := string(k.afnames["aA"].Answers["W2"]); got != `["`+second+`"]` {
		t.Error(got)
	}
}

func TestOwnWordsAreKeptLiterallyAndTagsOnlyAfterATap(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	words := `Ik wil <b>basketballe</b> & koken`
	if _, to := tap(w, "aB", "W3", "1", url.Values{"woorden": {words}}); to != "/afname/aB/W3?deel=2" {
		t.Fatal(to)
	}
	if a := k.afnames["aB"]; a.OwnWords != words || string(a.Answers["W3"]) != "[]" {
		t.Fatal(a.OwnWords, string(a.Answers["W3"]))
	}
	_, body := w.get("/afname/aB/W3?deel=2")
	if strings.Contains(body, "<b>bas") || !strings.Contains(body, `value="koken_bakken"`) {
		t.Error("woorden niet geëscapet of geen voorstel")
	}
	tap(w, "aB", "W3?deel=2", "2", url.Values{"antwoord": {"koken_bakken"}})
	if a := k.afnames["aB"]; a.OwnWords != words || string(a.Answers["W3"]) != `["koken_bakken"]` {
		t.Error(a.OwnWords, string(a.Answers["W3"]))
	}
	tap(w, "aB", "W3?deel=2", "3", url.Values{"doe": {"overslaan"}})
	if a := k.afnames["aB"]; a.OwnWords != words {
		t.Error("overslaan van de plaatjes nam de woorden weg")
	}
}

func TestNothingOrTooMuchChosenKeepsWhatWasTapped(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	for question, form := range map[string]url.Values{"T1": {"antwoord": {"t_bal", "t_koken", "t_dieren", "t_sterk"}}, "G2": {}, "W3": {"woorden": {strings.Repeat("ab", 150)}}} {
		form.Set("versie", "1")
		status, body, _ := w.post("/afname/aB/"+question, form)
		if status != 422 || !strings.HasPrefix(titleOf(body), "Fout: Vraag") || !strings.Contains(body, `href="#f-`) {
			t.Error(question, status, titleOf(body))
		}
		for _, v := range append(form["antwoord"], form["woorden"]...) {
			if !strings.Contains(body, `value="`+v+`" checked`) && !strings.Contains(body, ">"+v+"</textarea>") {
				t.Errorf("%s: %.20q is weg", question, v)
			}
		}
	}
	if len(k.afnames["aB"].Answers) != 0 {
		t.Error("iets fouts is bewaard")
	}
}

func TestTwoTabsGiveAClearPageAndADoubleTapNone(t *testing.T) {
	w, _ := newAskSite(t, "sanne")
	tap(w, "aB", "G2", "1", url.Values{"antwoord": {"gaat_wel"}})
	if status, to := tap(w, "aB", "G2", "1", url.Values{"antwoord": {"gaat_wel"}}); status != 303 || to == "" {
		t.Error("twee keer hetzelfde is geen botsing", status)
	}
	status, body, _ := w.post("/afname/aB/G2", url.Values{"versie": {"1"}, "antwoord": {"heel_leuk"}})
	if status != 409 || !strings.Contains(body, "ander scherm") || !strings.Contains(body, `value="heel_leuk" checked`) || !strings.Contains(body, `name="versie" value="2"`) {
		t.Error(status, titleOf(body))
	}
}

func TestLookingOverChangingAndFinishing(t *testing.T) {
	w, k := newAskSite(t, "sanne")
	tap(w, "aB", "G2", "1", url.Values{"antwoord": {"gaat_wel"}})
	tap(w, "aB", "S2", "2", url.Values{"doe": {"overslaan"}})
	_, body := w.get("/afname/aB/nakijken")
	for _, want := range []string{"Gaat wel", "Overgeslagen", "Nog niet gedaan", `href="/afname/aB/G2?na=1"`} {
		if !strings.Contains(body, want) {
			t.Errorf("bij het nakijken staat geen %q", want)
		}
	}
	if _, to := tap(w, "aB", "G2?na=1", "3", url.Values{"antwoord": {"heel_leuk"}}); to != "/afname/aB/nakijken" {
		t.Error("na een verandering naar", to)
	}
	_, _, h := w.post("/afname/aB/klaar", nil)
	if h.Get("Location") != "/afname/aB/delen" || k.afnames["aB"].FinishedAt.IsZero() {
		t.Fatal(h.Get("Location"))
	}
	if status, body, _ := w.post("/afname/aB/delen", nil); status != 422 || !strings.Contains(body, "Allebei is goed") {
		t.Error(status)
	}
	w.post("/afname/aB/delen", url.Values{"antwoord": {"nee"}})
	if agreed, asked := k.agreed["c2"]; !asked || agreed {
		t.Error("het nee van het kind is niet bewaard")
	}
	if _, _, h := w.post("/afname/aB/G2", url.Values{"antwoord": {"gaat_wel"}}); h.Get("Location") != "/afname/aB/klaar" {
		t.Error("na het einde verandert er niets meer")
	}
}

func TestArabicRunsFromRightToLeftWithDutchWordsApart(t *testing.T) {
	w, _ := newAskSite(t, "sanne")
	_, body := w.get("/afname/aP/P3?taal=ar")
	if !strings.Contains(body, `dir="rtl"`) || !strings.Contains(body, `<h1 id="vraag" lang="ar"`) || !strings.Contains(body, `<bdi lang="nl">Het kost te veel</bdi>`) || !strings.Contains(body, "تخطَّ") {
		t.Error("geen Arabische pagina")
	}
}

// child is the browser of a child with a card: it has only the cookies that we gave it.
type child struct {
	w   *site
	jar map[string]string
}

func (c *child) send(method, path string, form url.Values) (int, string, string) {
	c.w.t.Helper()
	if c.jar == nil {
		c.jar = map[string]string{}
	}
	var body *strings.Reader = strings.NewReader("")
	if form != nil {
		form.Set("csrf", c.w.s.mac("csrf", c.jar["kik-bezoek"]))
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, path, body)
	req.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	for k, v := range c.jar {
		req.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	w := *c.w
	w.login = ""
	status, page, h := w.do(req)
	for _, ck := range (&http.Response{Header: h}).Cookies() {
		c.jar[ck.Name] = ck.Value
	}
	return status, page, h.Get("Location")
}

func TestAChildWithACardAnswersFromCodeToEnd(t *testing.T) {
	w, k := newAskSite(t, "")
	c := &child{w: w}
	if _, body, _ := c.send("GET", "/k", nil); !strings.Contains(body, "Typ de code") {
		t.Fatal("geen codepagina")
	}
	if status, _, to := c.send("POST", "/k", url.Values{"code": {"k7m 4dd"}}); status != 303 || to != "/k/vragen" {
		t.Fatal(status, to)
	}
	_, body, _ := c.send("GET", "/k/vragen", nil)
	if !strings.Contains(body, "Hoi vos!") {
		t.Error("geen dier", titleOf(body))
	}
	if status, _, to := c.send("POST", "/k/vragen/T1", url.Values{"versie": {"1"}, "antwoord": {"t_bal"}}); status != 303 || to != "/k/vragen/W1" {
		t.Error(status, to)
	}
	if status, _, _ := c.send("GET", "/k/vragen/W3", nil); status != 404 {
		t.Error("een vraag die niet in de klas hoort gaf", status)
	}
	if _, _, to := c.send("POST", "/k/vragen/klaar", url.Values{}); to != "/k/klaar" || k.afnames["af-card-vos"].FinishedAt.IsZero() {
		t.Error("niet klaar", to)
	}
	c.send("GET", "/k/klaar", nil)
	if c.jar["kik-kaart"] != "" {
		t.Error("het koekje van de kaart bleef")
	}
	if _, _, to := c.send("GET", "/k/vragen", nil); to != "/k?over=1" {
		t.Error("na het einde nog open", to)
	}
	if strings.Contains(w.log.String(), "K7M4") || strings.Contains(w.log.String(), "0.0.0.0") {
		t.Error("code of adres in het logboek")
	}
	for key := range w.accounts.seen {
		if strings.Contains(key, "0.0.0.0") {
			t.Error("het adres is bewaard:", key)
		}
	}
}

func TestUnknownUsedAndOtherCodesLookTheSameAndGuessingIsLimited(t *testing.T) {
	w, _ := newAskSite(t, "")
	c := &child{w: w}
	c.send("GET", "/k", nil)
	var pages []string
	for _, code := range []string{"AAAAAA", codeOf(1), "x", "' or 1=1"} {
		status, body, _ := c.send("POST", "/k", url.Values{"code": {code}})
		if status != 422 {
			t.Error(code, status)
		}
		start := strings.Index(body, `id="fouten"`)
		pages = append(pages, body[start:start+400])
	}
	for _, p := range pages {
		if p != pages[0] {
			t.Error("codes zijn uit elkaar te houden")
		}
	}
	for range codeTries {
		c.send("POST", "/k", url.Values{"code": {"AAAAAA"}})
	}
	if status, _, _ := c.send("POST", "/k", url.Values{"code": {codeOf(0)}}); status != 429 {
		t.Error("raden is niet begrensd", status)
	}
}

func TestACardCookieOfSomebodyElseOpensNothing(t *testing.T) {
	w, _ := newAskSite(t, "")
	good := w.s.seal(cardUse, "card-vos", testNow.Add(cardTime))
	for name, cookie := range map[string]string{"verzonnen": "abc", "veranderd": strings.Replace(good, "Y", "Z", 1) + "x", "ander doel": w.s.seal("login", "card-vos", testNow.Add(cardTime)), "te oud": w.s.seal(cardUse, "card-vos", testNow.Add(-cardTime))} {
		c := &child{w: w, jar: map[string]string{"kik-kaart": cookie}}
		if status, _, to := c.send("GET", "/k/vragen", nil); status != 303 || to != "/k?over=1" {
			t.Error(name, status, to)
		}
	}
}
