package web

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/matcher"
)

const schoolPath = "/scholen/s1/verdeling"

func TestASchoolIsDividedOverAtOnceWithItsClassesFoldedUnderIt(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	status, body := w.get(schoolPath)
	if status != 200 {
		t.Fatal(status)
	}
	wantOn(t, body, "Plekken verdelen over Basisschool De Wilg", "10 kaarten van 2 klassen", "Zo min mogelijk zonder plek", "Op volgorde van het lot", "Er wordt niets geboekt",
		"Per klas", "Groep 6", "Groep 7", "zonder plek, ", "eerste wens", "Toon kaarten", "Per activiteit", "4 kaarten zijn nog niet klaar en tellen niet mee")
	if strings.Contains(body, "hoort bij een kind van jou") || strings.Contains(body, `id="kaarten"`) {
		t.Error("de kaarten van een klas staan er al")
	}
	_, body, _ = w.post(schoolPath, terms("klas", "k2"))
	wantOn(t, body, "Kaarten van Groep 7", "uil", "Waarom", "nummer ", "kaarten staan hieronder")
	_, again, _ := w.post(schoolPath, terms("klas_nu", "k2"))
	wantOn(t, again, "Kaarten van Groep 7")
}

func TestFriendsOfASchoolAreTypedWithTheirClass(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	_, body, _ := w.post(schoolPath, terms("samen", "Uil groep 6 en vos (Groep 7)\nwolf (Groep 7), egel groep-7", "hoe", "moet"))
	wantOn(t, body, "<dt>paren samen</dt><dd>2</dd>")
	for typed, want := range map[string]string{
		"uil en vos":                    "Regel 1: uil is geen kaart die klaar is op deze school.",
		"uil groep 9, vos groep 8":      "Regel 1: uil groep 9 is geen kaart die klaar is op deze school.",
		"uil groep 9 en vos groep 7":    "Regel 1: uil groep 9 is geen kaart die klaar is op deze school.",
		"uil groep 6":                   "Regel 1: verwacht twee dieren, bijvoorbeeld das (Groep 6) en egel (Groep 6).",
		"uil groep 6 en uil groep 6":    "Regel 1: hier staat twee keer hetzelfde dier.",
		"uil groep 6 en vos\nuil groep": "Regel 1: vos is geen kaart",
	} {
		if status, body, _ := w.post(schoolPath, terms("samen", typed)); status != 422 || !strings.Contains(body, want) {
			t.Errorf("%q gaf %d zonder %q", typed, status, want)
		}
	}
}

func TestTheIBSeesCountsOfTheSchoolAndNoCard(t *testing.T) {
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprintf("dier%02d", i))
	}
	w := divisionSite(t, "ib", many...)
	status, body := w.get(schoolPath)
	if status != 200 {
		t.Fatal(status)
	}
	wantOn(t, body, "40 kaarten van 2 klassen", "<dt>zonder plek</dt>", "Dansen &lt;voor&gt; kids", "geen kaarten van kinderen", "Lotnummer")
	_, posted, _ := w.post(schoolPath, terms("klas", "k1", "samen", "dier01 groep 6 en dier02 groep 6", "wensen", "15"))
	for _, page := range []string{body, posted} {
		for _, never := range []string{"dier0", "Toon kaarten", "Ruilen", "wens</span>", "Wie wil samen", "Hoeveel wensen", "Waarom"} {
			if strings.Contains(page, never) {
				t.Errorf("op de pagina staat %q", never)
			}
		}
	}
	if a, b := shownOffers(body), shownOffers(posted); a != b || a == "" {
		t.Error("met andere wensen staan er andere aantallen")
	}
	few := divisionSite(t, "ib", groep[:2]...)
	if _, body := few.get(schoolPath); !strings.Contains(body, "<dt>zonder plek</dt><dd>–</dd>") || strings.Contains(body, "Dansen") || !strings.Contains(body, "De klassen apart zijn niet te tonen") {
		t.Error("vier kinderen zijn te tellen")
	}
}

// roomy has a place for everybody, so that no number is small.
type roomy struct{ dividing }

func (d roomy) SchoolWishes(ctx context.Context, who access.Actor, id string) (matcher.KlasWishes, error) {
	w, err := d.dividing.SchoolWishes(ctx, who, id)
	room := 200
	for i := range w.Offers {
		w.Offers[i].Slot.Capacity = &room
	}
	return w, err
}

func TestTheTeacherSeesItsOwnClassApartAndTheOthersTogether(t *testing.T) {
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprintf("dier%02d", i))
	}
	w := divisionSite(t, "juf", many...)
	w.s.Divide = roomy{dividing{many, 3}}
	status, body, _ := w.post(schoolPath, terms("klas", "k1", "samen", "dier01 groep 6 en dier02 groep 6"))
	if status != 200 {
		t.Fatal(status)
	}
	wantOn(t, body, "80 kaarten van 4 klassen", "Jouw klas staat apart, de andere klassen staan samen.", "Groep 6", "andere klassen samen", "60 kaarten")
	for _, never := range []string{"dier0", "Groep 7", "Groep 8", "Toon kaarten", "Ruilen", "Wie wil samen"} {
		if strings.Contains(body, never) {
			t.Errorf("op de pagina staat %q", never)
		}
	}
	w.s.Divide = dividing{groep[:2], 3}
	if _, body := w.get(schoolPath); !strings.Contains(body, "Jouw klas apart is niet te tonen") {
		t.Error("twee kinderen zijn te tellen")
	}
}

// shownOffers is the table of activities.
func shownOffers(body string) string {
	_, table, _ := strings.Cut(body, `id="groepen"`)
	table, _, _ = strings.Cut(table, "</table>")
	return table
}

func TestWhoWorksWithNoClassOfTheSchoolSeesNoDivision(t *testing.T) {
	w := divisionSite(t, "sanne", groep...)
	for login, want := range map[string]int{"gebied": 403, "lead": 403, "club": 403} {
		if status, body := w.as(login).get(schoolPath); status != want || strings.Contains(body, "Dansen") {
			t.Errorf("%s kreeg %d", login, status)
		}
	}
	if status, _ := w.get("/scholen/s9/verdeling"); status != 404 {
		t.Error(status)
	}
}

// wideSchool is ten classes of forty who each wish five of two hundred times.
type wideSchool struct{ dividing }

func (d wideSchool) SchoolWishes(ctx context.Context, who access.Actor, id string) (matcher.KlasWishes, error) {
	w, err := d.dividing.SchoolWishes(ctx, who, id)
	one := 1
	for i := range 200 {
		w.Offers = append(w.Offers, matcher.KlasOffer{ID: fmt.Sprintf("x%d/1", i), Activity: catalog.Activity{ID: fmt.Sprintf("x%d", i), Title: fmt.Sprintf("Een cursus met een lange naam, nummer %d", i)},
			Slot: catalog.Slot{ID: "1", Weekday: "wo", Start: 900, End: 960, Capacity: &one}})
	}
	for i := range w.Cards {
		w.Cards[i].Wishes = nil
		for k := range 5 {
			w.Cards[i].Wishes = append(w.Cards[i].Wishes, matcher.KlasWish{Offer: fmt.Sprintf("x%d/1", (i*7+k*31)%200), Points: float64(80 - k)})
		}
	}
	return w, err
}

func TestTheDivisionOfASchoolOfFourHundredIsALightPage(t *testing.T) {
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("dier%02d", i))
	}
	w := divisionSite(t, "sanne")
	w.s.Divide = wideSchool{dividing{many, 9}}
	for _, form := range []url.Values{terms(), terms("klas", "k1"), terms("plekken", "3", "klas", "k2", "minimum", "1")} {
		status, body, _ := w.post(schoolPath, form)
		if status != 200 || len(body) > 100_000 {
			t.Errorf("%v: %d, %d bytes", form, status, len(body))
		}
		wantOn(t, body, "400 kaarten van 10 klassen", "Groep 15", "andere tijden")
	}
}

func TestTheNameOfAClassOfTwoYearsIsReadAsOneName(t *testing.T) {
	cards := []matcher.CardWishes{{Code: "uil (Groep 5/6)", Animal: "uil"}, {Code: "vos (Groep 5/6)", Animal: "vos"}, {Code: "uil (Groep 5)", Animal: "uil"}}
	for typed, want := range map[string]matcher.Friends{
		"uil groep 5/6 en vos groep 5 / 6": {A: "uil (Groep 5/6)", B: "vos (Groep 5/6)"},
		"VOS (groep 5/6), uil (groep 5)":   {A: "uil (Groep 5)", B: "vos (Groep 5/6)"},
	} {
		if got, wrong := readFriends(typed, cards); len(got) != 1 || got[0] != want {
			t.Errorf("%q: %v (%s)", typed, got, wrong)
		}
	}
}
