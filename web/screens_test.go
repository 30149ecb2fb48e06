package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// inlineScript is a script in the page itself: the policy refuses it. One with an address of ours is a file.
var inlineScript = regexp.MustCompile(`<script(?:>| [^>]*>[^<])| on[a-z]+="`)

// goodChild is a form for a new child that is right.
func goodChild() url.Values {
	return url.Values{"given_name": {"Noor"}, "born_month": {"04"}, "born_year": {"2016"}, "school": {"s1"}, "klas": {"5B"}, "postcode": {"3072 ab"},
		"language": {"nl"}, "reason": {"bewegen"}, "source": {"school"}}
}

func TestEachScreenOpensWithItsTitle(t *testing.T) {
	w := newSite(t, "sanne")
	for path, title := range map[string]string{
		"/trajecten": "Mijn trajecten", "/trajecten?toon=lijst&vandaag=1&stil=1&klaar=1&school=s1": "Mijn trajecten", "/kinderen/nieuw": "Nieuw kind", "/kinderen/c1": "Yusuf", "/kinderen/c4": "Amira",
		"/kinderen/c1/toestemming": "Toestemming vragen", "/kinderen/c1/intrekken": "Toestemming intrekken", "/kinderen/c2/kiezen": "Samen kiezen", "/kinderen/c2/kiezen?hoe=walk&dag=wo&dag=do&hart=A1&p=9": "Samen kiezen",
		"/kinderen/c2/kiezen/A1?zag=A1&zag=A2": "Dit wil ik proberen", "/kinderen/c2/alles": "Scherm smw’er", "/trajecten/tc1": "Yusuf: doet mee", "/trajecten/tc2": "Mila: samen zoeken", "/trajecten/tc4": "Amira: toestemming vragen",
		"/trajecten/tc1/dagplan": "Dagplan: Basketbal U12", "/trajecten/tc1/brief": "Brief voor thuis: Yusuf", "/bronnen": "Bronnen en licenties", "/gezond": "Kind in Kaart werkt",
	} {
		status, body := w.get(path)
		if status != 200 || titleOf(body) != title {
			t.Errorf("%s gaf %d %q, verwacht %q", path, status, titleOf(body), title)
		}
		if strings.Contains(body, "style=") || inlineScript.MatchString(body) || strings.Contains(body, "ZgotmplZ") {
			t.Errorf("%s heeft stijl of script in de pagina", path)
		}
	}
	if status, body := newSite(t, "lead").get("/overzicht?van=2026-09-01&tot=2026-09-30"); status != 200 || titleOf(body) != "Overzicht" || !strings.Contains(body, "&lt;5") {
		t.Error("overzicht", status, titleOf(body))
	}
}

func TestEachRoleBeginsAtItsOwnWork(t *testing.T) {
	for login, want := range map[string]string{"sanne": "/trajecten", "juf": "/klassen", "club": "/aanbod", "lead": "/overzicht", "admin": "/beheer", "gebied": "/wat-mist", "fg": "/catalogus", "ib": "/verwijzingen"} {
		w := newSite(t, login)
		req, _, h := w.do(newGet("/"))
		if req != 303 || h.Get("Location") != want {
			t.Errorf("%s begint op %q", login, h.Get("Location"))
		}
	}
}

func TestAChildOfSomebodyElseLooksLikeNoChild(t *testing.T) {
	w := newSite(t, "sanne")
	for _, rt := range w.s.routes {
		if !strings.Contains(rt.path, "/kinderen/:id") && !strings.Contains(rt.path, "/trajecten/:id") {
			continue
		}
		ask := func(id string) (int, string) {
			path := strings.NewReplacer(":id", id, ":activity", "A1", ":task", "k1", ":check", "h1").Replace(rt.path)
			if rt.method == "GET" {
				return w.get(path)
			}
			form := url.Values{"variant": {"B"}, "to": {"zoeken"}, "version": {"3"}, "by": {"ouder"}}
			if strings.Contains(rt.path, ":task") || strings.Contains(rt.path, ":check") {
				form = url.Values{"from": {"geen datum"}, "missed": {"x"}}
			}
			status, body, _ := w.post(path, form)
			return status, body
		}
		own, none := "c9", "c77"
		if strings.HasPrefix(rt.path, "/trajecten") {
			own, none = "tc9", "tc77"
		}
		s1, b1 := ask(own)
		s2, b2 := ask(none)
		if strings.Contains(rt.path, ":task") || strings.Contains(rt.path, ":check") {
			if s1 != s2 {
				t.Errorf("%s %s gaf %d en %d", rt.method, rt.path, s1, s2)
			}
			continue
		}
		if s1 != 404 || s2 != 404 || b1 != b2 {
			t.Errorf("%s %s gaf %d voor een ander en %d voor niemand; gelijk: %v", rt.method, rt.path, s1, s2, b1 == b2)
		}
	}
}

func TestAFormThatIsWrongComesBackWithWhatWasTyped(t *testing.T) {
	w := newSite(t, "sanne")
	form := goodChild()
	form.Set("postcode", "30 7")
	form.Del("born_month")
	status, body, _ := w.post("/kinderen/nieuw", form)
	if status != 422 || titleOf(body) != "Fout: Nieuw kind" || len(w.kind.added) != 0 {
		t.Fatal(status, titleOf(body))
	}
	for _, want := range []string{`value="Noor"`, `value="30 7"`, `href="#f-postcode"`, `href="#f-born_month"`, `id="f-postcode"`, `aria-invalid="true"`, `value="2016" selected`, `value="bewegen" checked`} {
		if !strings.Contains(body, want) {
			t.Errorf("op de pagina ontbreekt %s", want)
		}
	}
}

func TestANewChildGetsOnlyWhatTheFormMaySay(t *testing.T) {
	w := newSite(t, "sanne")
	form := goodChild()
	for _, extra := range []string{"tenant_id", "owner", "Owner", "role", "consent", "organisation"} {
		form.Set(extra, "indringer")
	}
	status, _, h := w.post("/kinderen/nieuw", form)
	if status != 303 || h.Get("Location") != "/kinderen/c10?gelukt=nieuw" || len(w.kind.added) != 1 {
		t.Fatal(status, h.Get("Location"))
	}
	n := w.kind.added[0]
	if n.GivenName != "Noor" || n.Born.String() != "2016-04" || n.Postcode != "3072 ab" || n.School != "s1" {
		t.Errorf("%+v", n)
	}
	if status, body, _ := w.post("/kinderen/nieuw", goodChild()); status != 409 || len(w.kind.added) != 1 || !strings.Contains(body, `value="Noor"`) {
		t.Errorf("twee keer versturen gaf %d en %d kinderen", status, len(w.kind.added))
	}
}

func TestTextOfPeopleNeverBecomesMarkup(t *testing.T) {
	const evil = `<img src=x onerror=alert(1)>`
	w := newSite(t, "sanne")
	f := w.kind.files["c1"]
	f.Child.GivenName, f.Child.Surname, f.Child.Klas, f.School.Name = evil, evil, evil, evil
	f.Afnames[0].OwnWords, f.Tasks[0].Text, f.Traject.Stage = evil, evil, "deelname"
	f.Traject.Toeleiding.Title, f.Traject.Toeleiding.Words, f.Traject.Toeleiding.Where, f.Traject.Toeleiding.Reasons = evil, evil, evil, []string{evil}
	for _, path := range []string{"/trajecten", "/kinderen/c1", "/kinderen/c1/toestemming", "/kinderen/c1/intrekken", "/kinderen/c1/kiezen", "/kinderen/c1/kiezen/A1", "/kinderen/c1/alles", "/trajecten/tc1", "/trajecten/tc1/brief", "/trajecten/tc1/dagplan"} {
		if _, body := w.get(path); strings.Contains(body, "<img src=x") {
			t.Errorf("%s laat tekst als opmaak zien", path)
		}
	}
	form := goodChild()
	for field := range form {
		form.Set(field, evil)
	}
	if _, body, _ := w.post("/kinderen/nieuw", form); strings.Contains(body, "<img src=x") || !strings.Contains(body, "&lt;img") {
		t.Error("het formulier laat tekst als opmaak zien")
	}
}

func TestNoNamesInTheLog(t *testing.T) {
	w := newSite(t, "sanne")
	for _, p := range []string{"/kinderen/c1", "/trajecten/tc1?naam=Yusuf", "/kinderen/Yusuf", "/trajecten/tc1/brief"} {
		w.get(p)
	}
	form := goodChild()
	form.Set("given_name", "Yusuf")
	form.Set("postcode", "3072AB!")
	w.post("/kinderen/nieuw", form)
	for _, secret := range []string{"Yusuf", "3072", "dunken", "tok-sanne", "Sanne"} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("%q staat in het log", secret)
		}
	}
	if !strings.Contains(w.log.String(), "route=/kinderen/:id ") || !strings.Contains(w.log.String(), "actor=acc-sanne") {
		t.Error("het log noemt de route en wie het deed niet:\n" + w.log.String())
	}
}

func TestWhatWasTypedAboutAChildCanBeCorrected(t *testing.T) {
	w := newSite(t, "sanne")
	w.kind.files["c1"].Child.Born.Day = 17
	_, body := w.get("/kinderen/c1/wijzigen")
	for _, want := range []string{`value="Yusuf"`, `value="3072 AB"`, `value="04" selected`, `value="2016" selected`, `name="version" value="1"`} {
		if !strings.Contains(body, want) {
			t.Errorf("op het formulier ontbreekt %s", want)
		}
	}
	form := goodChild()
	form.Set("version", "1")
	form.Del("source")
	form.Del("reason")
	if status, _, h := w.post("/kinderen/c1/wijzigen", form); status != 303 || h.Get("Location") != "/kinderen/c1?gelukt=gewijzigd" || w.kind.added[0].Born.String() != "2016-04-17" {
		t.Error(status, w.kind.added)
	}
	form.Set("version", "0")
	if status, body, _ := w.post("/kinderen/c1/wijzigen", form); status != 409 || !strings.Contains(body, `value="Noor"`) || !strings.Contains(body, `name="version" value="1"`) {
		t.Error("een oude versie gaf", status)
	}
}
