package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/store"
	"wijknetwerk/kindinkaart/store/storetest"
	"wijknetwerk/matcher"
	"wijknetwerk/web"
)

// world is the whole application over a real database, with a clock that the test moves.
type world struct {
	t   *testing.T
	s   *web.Server
	now time.Time
	log *bytes.Buffer
	db  *store.Store
	who map[string]access.Actor // by login

	kind    *kindinkaart.Service
	catalog *catalog.Service
	schemes []regeling.Scheme // the funds of this wijknetwerk
}

// browser keeps the cookies and the page of one person.
type browser struct {
	*world
	cookies map[string]string
	page    string
	at      string
}

var operator = access.Actor{ID: "system", Tenant: "t1", Role: access.System}

const goodPassword = "een-lang-wachtwoord-2026"

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{t: t, now: time.Date(2026, 9, 21, 10, 0, 0, 0, time.UTC), log: &bytes.Buffer{}, who: map[string]access.Actor{}}
	clock, newID := func() time.Time { return w.now }, func() string { return uuid.Must(uuid.NewV7()).String() }
	log := slog.New(slog.NewTextHandler(w.log, nil))
	db, err := store.Open(ctx, store.Config{Path: storetest.SQLite(t), Key: bytes.Repeat([]byte{7}, 32), Log: log})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	w.db = db
	kind := &kindinkaart.Service{Store: db, Clock: clock, NewID: newID}
	w.kind, w.catalog = kind, &catalog.Service{Store: db, Clock: clock, NewID: newID}
	accounts := &account.Service{Store: db, Clock: clock, NewID: newID}
	schemes := func(context.Context, string) ([]regeling.Scheme, error) { return w.schemes, nil }
	match := &matcher.Service{Needs: kind, Boards: matcher.NewKeeper(db, schemes, func() geo.Ways { return geo.Ways{Crossings: geo.DefaultCrossings()} })}
	kind.Schemes = schemes
	_, err = kind.ImportSchools(ctx, operator, []kindinkaart.School{{BRIN: "99XX00", Name: "De Wilg", Type: "bo", Place: "Rotterdam", Region: "midden"}})
	must(t, err)
	for _, login := range []string{"sanne", "bilal"} {
		a, err := accounts.Add(ctx, operator, account.Account{Tenant: "t1", Organisation: "o1", Login: login, Name: login, Role: access.SMW}, goodPassword)
		must(t, err)
		w.who[login] = a.Actor()
	}
	w.s, err = web.New(web.Deps{Accounts: accounts, Kind: kind, Catalog: w.catalog, Matcher: match,
		Clock: clock, Log: log, Secret: bytes.Repeat([]byte{9}, 32), Tenant: "t1"})
	must(t, err)
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) visitor() *browser { return &browser{world: w, cookies: map[string]string{}} }

// login opens the form and sends it, as a person would.
func (w *world) login(name string) *browser {
	b := w.visitor()
	b.get("/inloggen")
	if status := b.post("/inloggen", url.Values{"login": {name}, "password": {goodPassword}}); status != 303 {
		w.t.Fatalf("inloggen als %s gaf %d", name, status)
	}
	return b
}

func (b *browser) do(req *http.Request) int {
	b.t.Helper()
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.s.App().Test(req, 20000)
	must(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(b.t, err)
	b.page, b.at = string(body), res.Header.Get("Location")
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return res.StatusCode
}

func (b *browser) get(path string) int { return b.do(httptest.NewRequest("GET", path, nil)) }

var hidden = regexp.MustCompile(`<input type="hidden" name="(csrf|sleutel|version)" value="([^"]*)">`)

// post sends a form with the hidden fields of the page that is open.
func (b *browser) post(path string, form url.Values) int {
	for _, m := range hidden.FindAllStringSubmatch(b.page, -1) {
		if !form.Has(m[1]) {
			form.Set(m[1], m[2])
		}
	}
	req := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

var schoolOption = regexp.MustCompile(`<option value="([^"]+)">De Wilg`)

// addChild fills in the form and gives the page of the child.
func (b *browser) addChild(name string) string {
	b.t.Helper()
	b.get("/kinderen/nieuw")
	school := schoolOption.FindStringSubmatch(b.page)
	if school == nil {
		b.t.Fatal("de school staat niet op het formulier")
	}
	status := b.post("/kinderen/nieuw", url.Values{"given_name": {name}, "born_month": {"04"}, "born_year": {"2016"}, "school": {school[1]}, "postcode": {"3072 ab"},
		"language": {"nl"}, "reason": {"bewegen"}, "source": {"school"}})
	if status != 303 {
		b.t.Fatalf("nieuw kind gaf %d", status)
	}
	path, _, _ := strings.Cut(b.at, "?")
	return path
}

func TestFromLoginToConsentWithARealDatabase(t *testing.T) {
	w := newWorld(t)
	sanne := w.login("sanne")
	child := sanne.addChild("Noor")
	if status := sanne.get(child); status != 200 || !strings.Contains(sanne.page, "Noor") || strings.Contains(sanne.page, "Begin met de vragen</button>") {
		t.Fatal("zonder toestemming kan al worden begonnen, of het kind is er niet:", status)
	}
	if status := sanne.get(child + "/kiezen"); status != 403 || !strings.Contains(sanne.page, "Ga terug") {
		t.Error("zoeken zonder toestemming gaf", status)
	}
	sanne.get(child + "/toestemming")
	if status := sanne.post(child+"/toestemming", url.Values{"by": {"ouder"}, "capacity": {"gezag"}, "how": {"gesprek"}, "doel_profiel": {"ja"}, "doel_meting": {"nee"}}); status != 303 {
		t.Fatal("toestemming gaf", status)
	}
	sanne.get(child)
	if !strings.Contains(sanne.page, "Begin met de vragen") || strings.Count(sanne.page, "kik-chip--ok") != 1 {
		t.Error("na toestemming kan het kind niet beginnen")
	}
	if status := sanne.post(child+"/afname", url.Values{"variant": {"B"}, "helped": {"smw"}}); status != 303 || !strings.HasPrefix(sanne.at, "/afname/") {
		t.Error("beginnen met de vragen gaf", status, sanne.at)
	}
	if strings.Contains(w.log.String(), "Noor") || strings.Contains(w.log.String(), "3072") {
		t.Error("het log noemt het kind")
	}
}

func TestAColleaguesChildCannotBeToldFromNoChild(t *testing.T) {
	w := newWorld(t)
	child := w.login("sanne").addChild("Noor")
	bilal := w.login("bilal")
	if status := bilal.get(child); status != 404 || strings.Contains(bilal.page, "Noor") {
		t.Fatal("het kind van een collega gaf", status)
	}
	first := bilal.page
	if status := bilal.get("/kinderen/" + uuid.NewString()); status != 404 || bilal.page != first {
		t.Error("geen kind ziet er anders uit dan het kind van een ander")
	}
	bilal.get("/trajecten")
	if strings.Contains(bilal.page, "Noor") {
		t.Error("het kind staat op het bord van een collega")
	}
}

func TestASessionEndsAfterLogoutIdlenessAndANewLogin(t *testing.T) {
	w := newWorld(t)
	sanne := w.login("sanne")
	old := sanne.cookies["kik"]
	if len(old) < 43 {
		t.Errorf("het token is met %d tekens korter dan 256 bits", len(old))
	}
	sanne.get("/trajecten")
	sanne.post("/uitloggen", url.Values{})
	sanne.cookies["kik"] = old
	if status := sanne.get("/trajecten"); status != 303 {
		t.Error("na uitloggen gaf het oude token", status)
	}
	idle := w.login("sanne")
	w.now = w.now.Add(31 * time.Minute)
	if status := idle.get("/trajecten"); status != 303 {
		t.Error("na 31 minuten stilte gaf het bord", status)
	}
	brought := w.visitor()
	brought.cookies["kik"] = "meegebracht-token-van-een-ander"
	brought.get("/inloggen")
	brought.post("/inloggen", url.Values{"login": {"sanne"}, "password": {goodPassword}})
	if c := brought.cookies["kik"]; c == "" || c == "meegebracht-token-van-een-ander" {
		t.Error("het meegebrachte token bleef na het inloggen")
	}
}

func TestTryingPasswordsIsLimitedByTheAddressOfTheCaller(t *testing.T) {
	w := newWorld(t)
	b := w.visitor()
	b.get("/inloggen")
	limited := 0
	for i := range 40 {
		form := url.Values{"login": {"sanne"}, "password": {"mis"}}
		for _, m := range hidden.FindAllStringSubmatch(b.page, -1) {
			form.Set(m[1], m[2])
		}
		req := httptest.NewRequest("POST", "/inloggen", strings.NewReader(form.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Forwarded-For", "6.6.6."+string(rune('0'+i%10)))
		keep := b.page
		if status := b.do(req); status == 429 {
			limited++
		}
		b.page = keep
	}
	if limited == 0 {
		t.Error("veertig keer een fout wachtwoord met tien verzonnen adressen werd niet begrensd")
	}
}

func TestWithdrawingLeavesNothingToSee(t *testing.T) {
	w := newWorld(t)
	sanne := w.login("sanne")
	child := sanne.addChild("Noor")
	sanne.get(child + "/intrekken")
	if status := sanne.post(child+"/intrekken", url.Values{"by": {"ouder"}}); status != 303 {
		t.Fatal("intrekken gaf", status)
	}
	for _, path := range []string{child, child + "/kiezen", child + "/toestemming"} {
		if status := sanne.get(path); status == 200 || strings.Contains(sanne.page, "Noor") {
			t.Errorf("na intrekken gaf %s %d", path, status)
		}
	}
	sanne.get("/trajecten?klaar=1")
	if strings.Contains(sanne.page, "Noor") {
		t.Error("na intrekken staat de naam nog op het bord")
	}
}
