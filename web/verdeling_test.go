package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// dividing is a class of Sanne: more children like dancing than there is room for.
type dividing struct {
	cards   []string
	klassen int // more classes of the school than the first
}

func (d dividing) Wishes(_ context.Context, who access.Actor, id string) (matcher.KlasWishes, error) {
	if id != "k1" || who.ID != "acc-sanne" {
		return matcher.KlasWishes{}, errs.New(errs.NotFound, notFoundText)
	}
	n, few := 12, 2
	w := matcher.KlasWishes{Klassen: []matcher.KlasPart{{Klas: kindinkaart.Klas{ID: "k1", Name: "Groep 6"}, Label: "Groep 6", Waiting: 2}}, School: testSchool, Offers: []matcher.KlasOffer{
		{ID: "a/1", Activity: catalog.Activity{ID: "a", Title: "Dansen <voor> kids"}, Slot: catalog.Slot{ID: "1", Weekday: "wo", Start: 900, End: 960, Capacity: &n, Enrolled: 10}},
		{ID: "b/1", Activity: catalog.Activity{ID: "b", Title: "Judo"}, Slot: catalog.Slot{ID: "1", Weekday: "do", Start: 900, End: 960}},
		{ID: "c/1", Activity: catalog.Activity{ID: "c", Title: "Schaken"}, Slot: catalog.Slot{ID: "1", Weekday: "vr", Start: 900, End: 960, Capacity: &few, Enrolled: 5}},
	}}
	for i, animal := range d.cards {
		c := matcher.CardWishes{Code: animal, Animal: animal, Klas: "k1", Linked: i == 0, Wishes: []matcher.KlasWish{{Offer: "a/1", Points: 60}}}
		if i > 0 {
			c.Wishes = append(c.Wishes, matcher.KlasWish{Offer: "b/1", Points: 40}, matcher.KlasWish{Offer: "c/1", Points: 20})
		}
		w.Cards = append(w.Cards, c)
	}
	return w, nil
}

// SchoolWishes is that class again and again, under other names, or in counts for who is not its smw'er.
func (d dividing) SchoolWishes(ctx context.Context, who access.Actor, id string) (matcher.KlasWishes, error) {
	if id != "s1" {
		return matcher.KlasWishes{}, errs.New(errs.NotFound, notFoundText)
	}
	w, err := d.Wishes(ctx, access.Actor{ID: "acc-sanne"}, "k1")
	w.School.ID, w.OnlyCounts, w.MinCell = "s1", who.Role != access.SMW, 5
	one := w.Cards
	w.Cards = nil
	for i := range d.klassen + 1 {
		k := w.Klassen[0]
		if k.Teacher = ""; i == 0 {
			w.Klassen[0].Teacher = "acc-juf"
		}
		k.ID, k.Label = fmt.Sprintf("k%d", i+1), fmt.Sprintf("Groep %d", i+6)
		if i > 0 {
			w.Klassen = append(w.Klassen, k)
		}
		for _, c := range one {
			c.Klas, c.Code = k.ID, c.Animal+" ("+k.Label+")"
			w.Cards = append(w.Cards, c)
		}
	}
	return w, err
}

func divisionSite(t *testing.T, login string, cards ...string) *site {
	t.Helper()
	log := &strings.Builder{}
	kind, accounts := newKind(), newAccounts()
	d := testDeps(kind, accounts, slog.New(slog.NewTextHandler(log, nil)))
	d.Divide = dividing{cards, 1}
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	return &site{t: t, s: s, kind: kind, accounts: accounts, login: login, log: log}
}

var groep = []string{"das", "egel", "uil", "vos", "wolf"}

const divisionPath = "/klassen/k1/verdeling"

func terms(pairs ...string) url.Values {
	v := url.Values{"plekken": {"1"}, "wensen": {"5"}, "minimum": {"0"}, "onbekend": {"2"}, "lot": {"12"}, "samen": {""}, "hoe": {"mee"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func wantOn(t *testing.T, body string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(body, want) {
			t.Errorf("op de pagina staat geen %q", want)
		}
	}
}

func TestBothDivisionsStandBesideEachOtherAndNothingIsBooked(t *testing.T) {
	status, body := divisionSite(t, "sanne", groep...).get(divisionPath)
	if status != 200 {
		t.Fatal(status)
	}
	wantOn(t, body, "Zo min mogelijk zonder plek", "Op volgorde van het lot", "Er wordt niets geboekt", "5 kaarten", "zonder plek", "krijgt de eerste wens", "Lotnummer",
		"Dansen &lt;voor&gt; kids", "do 15:00–16:00", "1e wens", "2e wens", "Waarom deze plek?", "De eerste wens is vol: 5 kinderen wilden een van de 2 plekken.",
		"Beter kan niet: dit is nagerekend.", "2 kaarten zijn nog niet klaar en tellen niet mee", "Bij 1 tijd zegt de aanbieder niet hoeveel plek er is. Daar rekenen we met 2.",
		"Bij Schaken (vr 15:00–16:00) zijn 5 kinderen ingeschreven voor 2 plekken.", "hoort bij een kind van jou", "vanaf Basisschool De Wilg")
	for _, animal := range groep {
		wantOn(t, body, animal)
	}
}

func TestOnlyTheSMWOfTheClassDividesItsPlaces(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	for login, want := range map[string]int{"juf": 403, "ib": 403, "lead": 403, "club": 403} {
		if status, body := w.as(login).get(divisionPath); status != want || strings.Contains(body, "Dansen") {
			t.Errorf("%s kreeg %d", login, status)
		}
	}
	if status, _ := w.get("/klassen/k9/verdeling"); status != 404 {
		t.Error(status)
	}
	if status, _ := newSite(t, "sanne").get(divisionPath); status != 404 {
		t.Error("zonder verdeler is er geen pagina: ", status)
	}
}

var lotShown = regexp.MustCompile(`name="lot"[^>]*value="(\d+)"`)

func TestTheSameLotGivesTheSameDivisionAndANewOneIsDrawn(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	cells := func(body string) string {
		_, table, _ := strings.Cut(body, `id="kaarten"`)
		table, _, _ = strings.Cut(table, `id="groepen"`)
		return table
	}
	_, opened := w.get(divisionPath)
	lot := lotShown.FindStringSubmatch(opened)
	_, again, _ := w.post(divisionPath, terms("lot", lot[1]))
	if cells(opened) != cells(again) || cells(again) == "" {
		t.Error("hetzelfde lot gaf iets anders")
	}
	differs := false
	for range 8 {
		_, drawn, _ := w.post(divisionPath, terms("lot", lot[1], "loting", "nieuw"))
		differs = differs || cells(drawn) != cells(opened)
		if n := lotShown.FindStringSubmatch(drawn)[1]; n == lot[1] {
			t.Error("het lot bleef ", n)
		}
	}
	if !differs {
		t.Error("acht loten gaven dezelfde verdeling")
	}
}

func TestFriendsAreTypedAsTwoAnimals(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	status, body, h := w.post(divisionPath, terms("samen", "Uil en vos\n\n wolf, egel ", "hoe", "moet"))
	if status != 200 || h.Get("Location") != "" {
		t.Fatal(status)
	}
	wantOn(t, body, "<dt>paren samen</dt><dd>2</dd>", "Uil en vos")
	if strings.Contains(w.log.String(), "uil") {
		t.Error("wie samen wil, staat in het logboek")
	}
}

func TestWhoMustGoTogetherWithoutAWishInCommonIsTold(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	form := terms("samen", "das en uil", "hoe", "moet", "minimum", "0")
	if _, body, _ := w.post(divisionPath, form); strings.Contains(body, "moeten samen, maar") {
		t.Error("das en uil willen allebei dansen")
	}
	d := dividing{cards: groep}
	wishes, _ := d.Wishes(t.Context(), access.Actor{ID: "acc-sanne"}, "k1")
	wishes.Cards[0].Wishes = []matcher.KlasWish{{Offer: "c/1"}}
	wishes.Cards[2].Wishes = wishes.Cards[2].Wishes[:1]
	must := matcher.Terms{Places: 1, Friends: []matcher.Friends{{A: "das", B: "uil", Must: true}}}
	if got := apart(wishes, must); len(got) != 1 || !strings.HasPrefix(got[0], "das en uil moeten samen") {
		t.Errorf("%q", got)
	}
}

func TestWhatCannotBeUsedOnTheFormIsNamedAndKept(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	for _, c := range []struct{ name, value, want string }{
		{"samen", "uil en kast", "Regel 1: kast is geen kaart die klaar is in deze klas."},
		{"samen", "uil en vos\nuil", "Regel 2: verwacht twee dieren, bijvoorbeeld uil en vos."},
		{"samen", "uil uil", "Regel 1: hier staat twee keer hetzelfde dier."},
		{"samen", "uil vos\nvos uil", "Regel 2: dit paar stond er al."},
		{"samen", strings.Repeat("\n", 3) + "<b> en uil", "Regel 4: &lt;b&gt; is geen kaart"},
		{"plekken", "9", "Vul een heel getal in van 1 tot en met 3."},
		{"wensen", "0", "Vul een heel getal in van 1 tot en met 15."},
		{"minimum", "-1", "Vul een heel getal in van 0 tot en met 30."},
		{"onbekend", "veel", "Vul een heel getal in van 0 tot en met 30."},
		{"lot", "", "Vul een heel getal in van 1 tot en met 999999."},
		{"lot", "1e3", "Vul een heel getal in van 1 tot en met 999999."},
		{"hoe", "soms", "Kies of samen gaan meetelt of moet."},
	} {
		status, body, _ := w.post(divisionPath, terms(c.name, c.value))
		if status != 422 || !strings.Contains(body, c.want) || !strings.Contains(body, `href="#f-`+c.name+`"`) {
			t.Errorf("%s = %q gaf %d zonder %q", c.name, c.value, status, c.want)
		}
		if strings.Contains(body, "<b> en uil") || strings.Contains(body, "verd-two") {
			t.Errorf("%s = %q: toch een verdeling, of tekst als opmaak", c.name, c.value)
		}
	}
	if _, body, _ := w.post(divisionPath, terms("lot", "77", "samen", "uil en kast")); !strings.Contains(body, `value="77"`) || !strings.Contains(body, "uil en kast</textarea>") {
		t.Error("wat er getypt was, is weg")
	}
}

func TestAClassOfFortyStaysALightPageAndAClassWithoutCardsSaysSo(t *testing.T) {
	if status, body := divisionSite(t, "sanne").get(divisionPath); status != 200 || !strings.Contains(body, "Er is nog geen kaart klaar") {
		t.Error(status)
	}
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("dier%02d", i))
	}
	if status, body := divisionSite(t, "sanne", many...).get(divisionPath); status != 200 || len(body) > 100_000 {
		t.Errorf("%d, %d bytes", status, len(body))
	}
}

func TestGroupsThatAreTooSmallDoNotGoOnAndThatIsTold(t *testing.T) {
	_, body, _ := divisionSite(t, "sanne", groep...).post(divisionPath, terms("minimum", "6"))
	wantOn(t, body, "1 groep gaat niet door: te weinig kinderen", "Judo (do 15:00–16:00)", "niet door", "gaat niet door: daar zijn minstens 6 kinderen nodig")
}

func TestWhatIsOnlyAmongWishesThatDoNotCountMovesNoOtherNumbers(t *testing.T) {
	two := 2
	w := matcher.KlasWishes{Klassen: []matcher.KlasPart{{Klas: kindinkaart.Klas{ID: "k1"}}}, Offers: []matcher.KlasOffer{
		{ID: "a/1", Activity: catalog.Activity{ID: "a", Title: "Judo"}, Slot: catalog.Slot{ID: "1", Weekday: "do", Start: 900, End: 960}},
		{ID: "b/1", Activity: catalog.Activity{ID: "b", Title: "Dansen"}, Slot: catalog.Slot{ID: "1", Weekday: "wo", Start: 900, End: 960, Capacity: &two}},
	}}
	for _, animal := range groep {
		w.Cards = append(w.Cards, matcher.CardWishes{Code: animal, Animal: animal, Klas: "k1", Wishes: []matcher.KlasWish{{Offer: "b/1", Points: 60}, {Offer: "a/1", Points: 20}}})
	}
	var p divisionPage
	if err := p.fill(w, matcher.Terms{Places: 1, Wishes: 1, Unknown: 2, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if len(p.Offers) != 1 || p.Offers[0].Title != "Dansen" || p.Offers[0].Room != 2 || p.Offers[0].Wanted != 5 || p.Offers[0].Placed[0] != 2 || p.Offers[0].Placed[1] != 2 {
		t.Errorf("per activiteit staat er %+v, verwacht 2 van de 5 bij Dansen", p.Offers)
	}
	if p.Unused != 0 || p.UnknownN != 0 {
		t.Errorf("%d andere tijden en %d zonder aantal plekken: Judo telt hier niet mee", p.Unused, p.UnknownN)
	}
}
