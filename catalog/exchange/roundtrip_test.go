package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

var ctx = context.Background()

// read reads a text in a format.
func read(t interface {
	Helper()
	Fatalf(string, ...any)
}, f Format, data []byte, o Options) catalog.Import {
	t.Helper()
	in, err := Read(ctx, f, bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatalf("read %s: %v", f, err)
	}
	return in
}

// anyText draws text that a catalogue may hold: trimmed, without control characters.
func anyText(t *rapid.T, name string) string {
	s := rapid.StringMatching(`[#=+@'"é€A-Za-z0-9-][;,# |"' a-z0-9é]{0,20}`).Draw(t, name)
	return strings.TrimSpace(s)
}

func anyTri(t *rapid.T, name string) catalog.Tri {
	return rapid.SampledFrom([]catalog.Tri{"", catalog.Yes, catalog.No, catalog.Unknown}).Draw(t, name)
}

func anyDate(t *rapid.T, name string) civil.Date {
	if rapid.Bool().Draw(t, name+" said") {
		return civil.Date{}
	}
	return civil.Date{Year: 2025, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 700).Draw(t, name))
}

func anyPartner(t *rapid.T, id string) catalog.Partner {
	return catalog.Partner{ID: id, Name: "Club " + id + anyText(t, "name"), Kind: rapid.SampledFrom(catalog.PartnerKinds).Draw(t, "kind"),
		Contact: catalog.Contact{Phone: rapid.SampledFrom([]string{"", "+31 10 123 45 67", "010-1234567"}).Draw(t, "phone"), Email: "info@club.example"},
		Safety:  catalog.Safety{VOG: anyTri(t, "vog"), Confidant: anyTri(t, "confidant"), DeclaredOn: anyDate(t, "declared")}, RecognisedByFund: anyTri(t, "fund")}
}

func anySlot(t *rapid.T, id string) catalog.Slot {
	start := rapid.IntRange(0, 1380).Draw(t, "start")
	s := catalog.Slot{ID: id, Start: catalog.Clock(start), End: catalog.Clock(start + rapid.IntRange(1, 59).Draw(t, "length")), From: anyDate(t, "from"), Enrolled: rapid.IntRange(0, 30).Draw(t, "enrolled"),
		Waitlist: catalog.Waitlist{Open: rapid.Bool().Draw(t, "open"), Count: rapid.IntRange(0, 5).Draw(t, "queue")}, MembershipStop: rapid.Bool().Draw(t, "stop"), Pickup: anyTri(t, "pickup"),
		Location: catalog.Location{Name: anyText(t, "hall"), Street: "Weg 1", Postcode: "3072AB", Place: "Rotterdam", Lat: 51.8905, Lon: 4.501 + float64(rapid.IntRange(0, 1000).Draw(t, "lon"))/10000}}
	if rapid.Bool().Draw(t, "dated") {
		s.Dates = []civil.Date{{Year: 2025, Month: 9, Day: 13}, {Year: 2025, Month: 10, Day: 11}}
	} else {
		s.Weekday = rapid.SampledFrom(catalog.Weekdays).Draw(t, "weekday")
	}
	if n := rapid.IntRange(-1, 40).Draw(t, "capacity"); n >= 0 {
		s.Capacity = &n
	}
	return s
}

func anyActivity(t *rapid.T, id, partner string) catalog.Activity {
	pick := func(name string, list []string) string {
		return rapid.SampledFrom(append([]string{""}, list...)).Draw(t, name)
	}
	lo := rapid.IntRange(0, 10).Draw(t, "age")
	a := catalog.Activity{ID: id, Partner: partner, Title: "T" + anyText(t, "title"), Text: anyText(t, "text"), Domain: pick("domain", catalog.Domains), Tags: []string{"basketbal", "koken_bakken"},
		Audience: rapid.SampledFrom(catalog.Audiences).Draw(t, "audience"), AgeMin: &lo, AgeReference: pick("reference", catalog.AgeReferences), Group: pick("group", catalog.Groups), Languages: []string{"nl", "tr"},
		Interpreter: anyTri(t, "interpreter"), VenueKind: "zaal", Setting: pick("setting", catalog.Settings), Intensity: pick("intensity", catalog.Intensities), GroupSize: pick("size", catalog.GroupSizes),
		AtSchool: anyTri(t, "school"), State: rapid.SampledFrom(catalog.States).Draw(t, "state"), ValidFrom: anyDate(t, "valid"), ConfirmedOn: anyDate(t, "confirmed"), Instalments: anyTri(t, "instalments"),
		Trial: catalog.Trial{FreeLessons: rapid.IntRange(0, 3).Draw(t, "lessons")}, LendsKit: anyTri(t, "kit"), Bring: []string{"tas", "water"},
		Access:     catalog.Access{StepFree: anyTri(t, "step"), Toilet: anyTri(t, "toilet"), LowStimulus: anyTri(t, "low"), ExtraSupport: anyTri(t, "extra"), Adapted: anyTri(t, "adapted")},
		Conditions: catalog.Conditions{SwimMin: pick("swim", catalog.SwimMins)}, Registration: catalog.Registration{Via: []string{"app", "telefoon"}, DigiD: anyTri(t, "digid")},
		Contact: catalog.Contact{Name: anyText(t, "contact"), Phone: "+31 6 12345678"}, Siblings: anyTri(t, "siblings"), Childcare: anyTri(t, "childcare"), AbsenceOK: anyTri(t, "absence"), MedicalPlan: anyTri(t, "medical"), Unit: pick("unit", catalog.Units)}
	if rapid.Bool().Draw(t, "max") {
		hi := lo + rapid.IntRange(0, 8).Draw(t, "span")
		a.AgeMax = &hi
	}
	switch rapid.IntRange(0, 2).Draw(t, "costs") {
	case 1:
		a.Costs = []catalog.Cost{}
	case 2:
		no := false
		a.Costs = []catalog.Cost{{Kind: "contributie", Cents: 26500, Per: "year"}, {Kind: "lesgeld", Cents: 205, Per: "time", Times: 30}, {Kind: "kamp", Cents: 5000, Per: "once", Required: &no}}
		a.Reduced = []catalog.Reduced{{When: "low_income", Kind: "contributie", Cents: 10000, Per: "year"}, {When: "pass", Kind: "lesgeld", Cents: 100, Per: "time"}}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "slots") {
		a.Slots = append(a.Slots, anySlot(t, fmt.Sprintf("%s-%d", id, i)))
	}
	return a
}

func asJSON(v any) string {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestWhatIsExportedIsImportedTheSame(t *testing.T) {
	for _, f := range []Format{KIK, CSV, XLSX} {
		t.Run(string(f), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				partners := []catalog.Partner{anyPartner(t, "p1"), anyPartner(t, "p2")}
				var activities []catalog.Activity
				for i := range rapid.IntRange(0, 4).Draw(t, "n") {
					activities = append(activities, anyActivity(t, fmt.Sprintf("a%d", i), "p1"))
				}
				var out bytes.Buffer
				if err := Write(f, &out, partners, activities); err != nil {
					t.Fatalf("write: %v", err)
				}
				in := read(t, f, out.Bytes(), Options{Source: "test"})
				if len(in.Refused) > 0 {
					t.Fatalf("refused: %+v", in.Refused)
				}
				if !in.Complete || in.Source != "test" || asJSON(in.Partners) != asJSON(partners) || !reflect.DeepEqual(orEmpty(in.Activities), orEmpty(activities)) {
					t.Fatalf("came back different:\n%s\nwas\n%s", asJSON(in), asJSON(activities))
				}
			})
		})
	}
}

func orEmpty(list []catalog.Activity) []catalog.Activity {
	return append([]catalog.Activity{}, list...)
}

// wijk is a small invented catalogue.
func wijk() Content {
	lo, hi := 8, 12
	return Content{On: time.Date(2025, 9, 8, 12, 0, 0, 0, time.UTC),
		Partners: []catalog.Partner{{ID: "p", Name: "Club, de \"Vlieger\"", Kind: "sportclub"}},
		Activities: []catalog.Activity{{ID: "a", Partner: "p", Title: "Judo; beginners", Text: "Vallen\nen opstaan", State: catalog.Published, AgeMin: &lo, AgeMax: &hi, Costs: []catalog.Cost{},
			ValidFrom: civil.Date{Year: 2025, Month: 9, Day: 1}, ValidTo: civil.Date{Year: 2026, Month: 7, Day: 10},
			Slots: []catalog.Slot{
				{ID: "wo", Weekday: "wo", Start: 930, End: 990, Location: catalog.Location{Name: "Zaal", Lat: 51.9, Lon: 4.5}},
				{ID: "los", Dates: []civil.Date{{Year: 2025, Month: 10, Day: 11}, {Year: 2025, Month: 9, Day: 13}}, Start: 600, End: 660},
				{ID: "overleg", Location: catalog.Location{Lat: 51.91, Lon: 4.51}},
			}}}}
}

func TestGeoJSONHasAPointForEveryPlaceLongitudeFirst(t *testing.T) {
	var out bytes.Buffer
	if err := WriteContent(GeoJSON, &out, wijk()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Geometry   struct{ Coordinates [2]float64 }
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Type != "FeatureCollection" || len(got.Features) != 2 {
		t.Fatalf("%v %s", err, out.String())
	}
	f := got.Features[0]
	if (geo.Point{Lat: f.Geometry.Coordinates[1], Lon: f.Geometry.Coordinates[0]}) != (geo.Point{Lat: 51.9, Lon: 4.5}) || f.Properties["start"] != "15:30" || f.Properties["partner"] != "Club, de \"Vlieger\"" {
		t.Errorf("%+v", f)
	}
}

func TestICalendarHasWeeklySeriesInItsOwnTimeZone(t *testing.T) {
	var out bytes.Buffer
	if err := WriteContent(ICal, &out, wijk()); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(out.String(), "\r\n ", "")
	for _, want := range []string{"BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\n", "BEGIN:STANDARD\r\n", "BEGIN:DAYLIGHT\r\n", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n",
		"DTSTART;TZID=Europe/Amsterdam:20250903T153000\r\n", "DTEND;TZID=Europe/Amsterdam:20250903T163000\r\n", "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20260710T215959Z\r\n",
		"DTSTART;TZID=Europe/Amsterdam:20250913T100000\r\n", "RDATE;TZID=Europe/Amsterdam:20251011T100000\r\n", `SUMMARY:Judo\; beginners`, `Vallen\nen opstaan`, "DTSTAMP:20250908T120000Z\r\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "BEGIN:VEVENT"); n != 2 {
		t.Errorf("%d events, want 2: by appointment has no time", n)
	}
}
