package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// fakeSupply tells of two wishes in two wijken and one of too few children; of tenant "t2" the first count is on its way.
type fakeSupply struct{}

func (fakeSupply) Missing(_ context.Context, who access.Actor) (matcher.SupplyReport, error) {
	switch who.Role {
	case access.SMW, access.TeamLead, access.CatalogueAdmin, access.Adviser:
	default:
		return matcher.SupplyReport{}, errs.New(errs.NotFound, "niet voor jou")
	}
	n := func(label string, n int) kindinkaart.Count { return kindinkaart.Count{Label: label, N: n} }
	place := matcher.OrderPlace{Name: "De Vlieger", Wijk: "WK1", Point: geo.Point{Lat: 51.9, Lon: 4.5}, School: true}
	return matcher.SupplyReport{MinCell: 5, MinGroup: 8, At: time.Date(2026, 9, 21, 7, 5, 0, 0, time.UTC),
		Table: matcher.GapTable{Children: n("children", 60), Unmet: n("unmet", 41), Wijken: []kindinkaart.Count{n("WK1", 26), n("WK2", 15)}, Tags: []matcher.TagGap{
			{Tag: "koken_bakken", Total: n("koken_bakken", 31), Rest: 6, Wijken: []matcher.WijkGap{
				{Wijk: "WK1", N: 17, Bands: []kindinkaart.Count{n("8-11", 12), n(matcher.RestBands, 5)}, Why: []kindinkaart.Count{n("ver", 17)}, Parts: []kindinkaart.Count{n("middag", 9)}},
				{Wijk: "WK2", N: 8, Bands: []kindinkaart.Count{n("4-7", 8)}, Why: []kindinkaart.Count{n(matcher.RestWhy, 8)}}}},
			{Tag: "judo", Total: n("judo", 9), Rest: 9},
			{Tag: "dieren", Total: kindinkaart.Count{Label: "dieren", Hidden: true}}}},
		Orders: []matcher.Order{{Tag: "koken_bakken", Band: "8-11", Place: place, Weekday: "wo", Start: 15*60 + 30, End: 16*60 + 30, Helps: 12, Total: 12},
			{Tag: "judo", Band: "4-7", Place: place, Weekday: "za", Start: 10 * 60, End: 11 * 60, YearCents: 6000, Helps: 8, AtLeast: true, Total: 20, TotalAtLeast: true}}}, nil
}

// MissingNear tells a partner of cooking in one wijk, and that judo may not be told there.
func (f fakeSupply) MissingNear(ctx context.Context, who access.Actor) (matcher.NearReport, error) {
	r, err := f.Missing(ctx, access.Actor{Role: access.Adviser})
	out := matcher.NearReport{SupplyReport: r, Tags: []string{"koken_bakken", "judo"}, Wijken: []string{"WK1"}}
	cooking := r.Table.Tags[0]
	cooking.Total, cooking.Rest, cooking.Wijken = kindinkaart.Count{Label: "koken_bakken", N: 17}, 0, cooking.Wijken[:1]
	out.Table = matcher.GapTable{Tags: []matcher.TagGap{cooking, {Tag: "judo", Total: kindinkaart.Count{Label: "judo", Hidden: true}}}}
	out.Orders = r.Orders[:1]
	out.Orders[0].Total = 0
	if who.Partner == "" {
		return matcher.NearReport{}, errs.New(errs.NotFound, "niet voor jou")
	}
	return out, err
}

func TestTheAdviserSeesWhereWhatIsMissingAndWhatWouldHelpMost(t *testing.T) {
	w := newSite(t, "gebied")
	status, body := w.get(gapsPath)
	if status != 200 || titleOf(body) != "Wat mist er in de wijken?" {
		t.Fatal(status, titleOf(body))
	}
	for _, want := range []string{"maandag 21 september 2026, 09:05 uur", ">41<", "Koken en bakken", "te ver: 17", "8 t/m 11 jaar: 12", "na school: 9", "niet bekend", "verschilt", "andere wijken samen",
		"Tuinwijk 26", "Havenkwartier 15", `href="#regel-1"`, `id="regel-2"`, "woensdag 15:30–16:30 bij De Vlieger (Tuinwijk), gratis", "tot € 60 per jaar", "8 of meer", "samen 20 of meer",
		"63 van de 100 kinderen", "(&lt;5): Dieren verzorgen", "gaten-area--3", "url(#gat-2)"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q staat er niet", want)
		}
	}
}

func TestAFilterPicksNumbersAndNeverTellsMore(t *testing.T) {
	w := newSite(t, "gebied")
	for path, says := range map[string][2]string{
		"?leeftijd=8-11": {"Tuinwijk 12", "Havenkwartier 8"}, "?dagdeel=middag": {"Tuinwijk 9", "te ver: 17"}, "?soort=zorgen_koken": {"Tuinwijk 17", "Judo</th>"},
		"?leeftijd=12-15": {"Er is geen wijk met 5 of meer kinderen", "Tuinwijk 26"}, "?leeftijd=8-11&dagdeel=middag": {"We tonen nu alleen de leeftijd", "Tuinwijk 9"},
	} {
		status, body := w.get(gapsPath + path)
		if status != 200 || !strings.Contains(body, says[0]) || strings.Contains(body, says[1]) {
			t.Errorf("%s (%d): verwacht %q en niet %q", path, status, says[0], says[1])
		}
	}
	for _, path := range []string{"?soort=weg", "?leeftijd=9", "?dagdeel=nacht"} {
		if status, body := w.get(gapsPath + path); status != 422 && status != 400 || !strings.Contains(body, "uit de lijst") {
			t.Errorf("%s geeft %d", path, status)
		}
	}
}

func TestTheTableCanBeKeptAsAFileWithTheSameNumbers(t *testing.T) {
	w := newSite(t, "lead")
	status, body, head := w.do(newGet(gapsPath + "/tabel.csv"))
	want := "\ufeffwens;wijk;kinderen;redenen;leeftijden;dagdelen\r\nKoken en bakken;alle wijken;31;;;\r\nKoken en bakken;Tuinwijk;17;te ver: 17;8 t/m 11 jaar: 12, andere leeftijden samen: 5;na school: 9\r\n" +
		"Koken en bakken;Havenkwartier;8;verschilt;4 t/m 7 jaar: 8;niet bekend\r\nKoken en bakken;andere wijken samen;6;;;\r\nJudo;alle wijken;9;;;\r\nDieren verzorgen;alle wijken;<5;;;\r\n"
	if status != 200 || body != want {
		t.Errorf("%d\n%q\n%q", status, body, want)
	}
	if !strings.HasPrefix(head.Get("Content-Type"), "text/csv") || !strings.Contains(head.Get("Content-Disposition"), "wat-mist.csv") {
		t.Errorf("%v", head)
	}
	if _, body, _ := w.do(newGet(gapsPath + "/tabel.csv?leeftijd=8-11")); !strings.HasSuffix(body, "\r\nKoken en bakken;Tuinwijk;12;;;\r\nDieren verzorgen;alle wijken;<5;;;\r\n") {
		t.Errorf("%q", body)
	}
}

func TestANameInAFileIsNeverAFormula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+31": "'+31", "@x": "'@x", "Dijkveld": "Dijkveld", "": "", "<5": "<5"} {
		if got := plainCell(in); got != want {
			t.Errorf("%q wordt %q", in, got)
		}
	}
}

func TestWithoutFiguresThereIsNoPageAndNoMenuLine(t *testing.T) {
	w := newSite(t, "lead")
	w.s.Supply = nil
	if status, _ := w.get(gapsPath); status != 404 {
		t.Error(status)
	}
	if _, body := w.get("/overzicht"); strings.Contains(body, gapsPath) {
		t.Error("het menu noemt een pagina die er niet is")
	}
}

// countingSupply is busy with its first count.
type countingSupply struct{ fakeSupply }

func (countingSupply) Missing(context.Context, access.Actor) (matcher.SupplyReport, error) {
	return matcher.SupplyReport{}, nil
}

func TestWhileTheFirstCountIsOnItsWayThePageSaysSo(t *testing.T) {
	w := newSite(t, "gebied")
	w.s.Supply = countingSupply{}
	if status, body := w.get(gapsPath); status != 200 || !strings.Contains(body, "Kijk over een halve minuut opnieuw") || strings.Contains(body, "<table") {
		t.Error(status, body)
	}
	if status, _ := w.get(gapsPath + "/tabel.csv"); status != 503 {
		t.Error(status)
	}
}
