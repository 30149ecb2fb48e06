package catalog

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

func TestValidateNamesTheFieldOfEveryWrongValue(t *testing.T) {
	slot := func(change func(*Slot)) func(*Activity) {
		return func(a *Activity) { change(&a.Slots[0]) }
	}
	at := func(lat, lon float64) func(*Activity) {
		return slot(func(s *Slot) { s.Location.Lat, s.Location.Lon = lat, lon })
	}
	tests := []struct {
		field, says string
		change      func(*Activity)
	}{
		{"domain", "sport", func(a *Activity) { a.Domain = "voetbal" }},
		{"audience", "child", func(a *Activity) { a.Audience = "kinderen" }},
		{"state", "draft", func(a *Activity) { a.State = "open" }},
		{"age_min", "0 tot en met 120", func(a *Activity) { a.AgeMin = years(-1) }},
		{"age_max", "lager", func(a *Activity) { a.AgeMin, a.AgeMax = years(12), years(8) }},
		{"age_reference", "start", func(a *Activity) { a.AgeReference = "birthday" }},
		{"languages[0]", "twee kleine letters", func(a *Activity) { a.Languages = []string{"Turks"} }},
		{"tags[1]", "twee keer", func(a *Activity) { a.Tags = []string{"dans", "dans"} }},
		{"access.step_free", "ja, nee, onbekend", func(a *Activity) { a.Access.StepFree = "yes" }},
		{"conditions.swim_min", "ABC", func(a *Activity) { a.Conditions.SwimMin = "D" }},
		{"registration.via[0]", "telefoon", func(a *Activity) { a.Registration.Via = []string{"fax"} }},
		{"costs[0].kind", "contributie", func(a *Activity) { a.Costs[0].Kind = "bedrag" }},
		{"costs[0].kind", "waarvoor", func(a *Activity) { a.Costs[0].Kind = "" }},
		{"costs[0].per", "year", func(a *Activity) { a.Costs[0].Per = "week" }},
		{"costs[0].cents", "0 tot en met", func(a *Activity) { a.Costs[0].Cents = -1 }},
		{"reduced[0].when", "low_income", func(a *Activity) { a.Reduced = []Reduced{{Kind: "lesgeld", Per: "year"}} }},
		{"trial.free", "Kies een van beide", func(a *Activity) { a.Trial = Trial{FreeLessons: 2, Free: No} }},
		{"valid_to", "voor de begindatum", func(a *Activity) { a.ValidFrom, a.ValidTo = day(2025, 9, 1), day(2025, 8, 1) }},
		{"valid_from", "geen datum", func(a *Activity) { a.ValidFrom = civil.Date{Year: 2025, Month: 2, Day: 30} }},
		{"slots[0].weekday", "ma, di", slot(func(s *Slot) { s.Weekday = "woensdag" })},
		{"slots[0].dates", "Kies een", slot(func(s *Slot) { s.Dates = []civil.Date{day(2025, 9, 1)} })},
		{"slots[0].end", "niet later", slot(func(s *Slot) { s.End = s.Start })},
		{"slots[0].start", "23:59", slot(func(s *Slot) { s.Start = 1440 })},
		{"slots[0].capacity", "0 of meer", slot(func(s *Slot) { s.Capacity = years(-2) })},
		{"slots[0].enrolled", "0 of meer", slot(func(s *Slot) { s.Enrolled = -1 })},
		{"slots[0].location.postcode", "3072 AB", slot(func(s *Slot) { s.Location.Postcode = "30AB" })},
		{"slots[0].location.lat", "verwisseld", at(4.5, 51.9)},
		{"slots[0].location.lat", "niet in Nederland", at(48.85, 2.35)},
		{"slots[0].location.lat", "niet in Nederland", at(51.9, 0)},
		{"slots[0].location.lat", "geen getal", at(math.NaN(), 4.5)},
		{"slots[1].id", "twee keer", func(a *Activity) { a.Slots = append(a.Slots, a.Slots[0]) }},
		{"contact.email", "info@club.nl", func(a *Activity) { a.Contact.Email = "bel maar" }},
		{"contact.url", "https://", func(a *Activity) { a.Contact.URL = "javascript:alert(1)" }},
		{"title", "Maak hem korter", func(a *Activity) { a.Title = strings.Repeat("é", MaxTitle+1) }},
		{"title", "NUL", func(a *Activity) { a.Title = "a\x00b" }},
		{"text", "UTF-8", func(a *Activity) { a.Text = "caf\xe9" }},
		{"slots[0].location.street", "NUL", slot(func(s *Slot) { s.Location.Street = "\x00" })},
		{"bring[0]", "UTF-8", func(a *Activity) { a.Bring = []string{"\xff"} }},
		{"registration.via[0]", "NUL", func(a *Activity) { a.Registration.Via = []string{"app\x00"} }},
	}
	for _, tt := range tests {
		a := complete()
		tt.change(&a)
		found := false
		for _, f := range Validate(a) {
			found = found || f.Name == tt.field && strings.Contains(f.Message, tt.says)
		}
		if !found {
			t.Errorf("%s: want a message with %q, got %v", tt.field, tt.says, Validate(a))
		}
	}
	if wrong := Validate(complete()); len(wrong) > 0 {
		t.Errorf("a good activity: %v", wrong)
	}
	if wrong := Validate(Activity{}); len(wrong) > 0 {
		t.Errorf("empty is incomplete, not wrong: %v", wrong)
	}
}

func TestUnknownTagIsNamed(t *testing.T) {
	s, _ := newService(t)
	a := complete()
	a.Tags = []string{"basketbal", "quidditch"}
	if _, err := s.SaveDraft(ctx, club, a); !slices.Equal(names(err), []string{"tags[1]"}) {
		t.Errorf("got %v", names(err))
	}
}

func TestEveryTextFieldRefusesNUL(t *testing.T) {
	p := Partner{Name: "ok", Contact: Contact{Phone: "\x00"}}
	if f := ValidatePartner(p); len(f) != 1 || f[0].Name != "contact.phone" {
		t.Errorf("got %v", f)
	}
}

func TestCompletenessGoesFromZeroToHundredAndTipsTheMost(t *testing.T) {
	total := 0
	for _, w := range wishes {
		total += w.points
	}
	if total != 100 {
		t.Fatalf("wishes add up to %d", total)
	}
	if percent, tip := Completeness(Activity{}, Partner{}); percent != 0 || !strings.HasPrefix(tip, "Voeg toe ") || !strings.HasSuffix(tip, "(+10)") {
		t.Errorf("empty: %d %q", percent, tip)
	}
	a := complete()
	a.Contact = Contact{Name: "Ans", Phone: "010 123 45 67"}
	if _, tip := Completeness(a, Partner{}); tip != "Voeg toe of proberen gratis is (+8)" {
		t.Errorf("tip %q", tip)
	}
	a.Trial.Free, a.LendsKit, a.Registration.Via = No, Yes, []string{"telefoon"}
	a.Access.StepFree, a.Access.LowStimulus = No, Yes
	a.Slots[0].Capacity = years(12)
	if percent, tip := Completeness(a, Partner{}); percent != 100 || tip != "" {
		t.Errorf("full: %d %q", percent, tip)
	}
}

func TestSimilarWarnsForTheSameThingTwice(t *testing.T) {
	base := complete()
	base.ID = "1"
	tests := []struct {
		title, partner, postcode string
		want                     bool
	}{
		{"Basketbal U12", "sprong", "", true},
		{"basketball  u12!", "sprong", "", true},
		{"U12 basketbal", "kade", "3072AB", true},
		{"Basketbal U12", "kade", "3011AA", false},
		{"Basketbal U14", "sprong", "3072AB", false},
		{"Koken U12", "sprong", "3072AB", false},
		{"", "sprong", "3072AB", false},
	}
	for _, tt := range tests {
		a := Activity{ID: "2", Title: tt.title, Partner: tt.partner, Slots: []Slot{{Location: Location{Postcode: tt.postcode}}}}
		if got := len(Similar([]Activity{base}, a)) == 1; got != tt.want {
			t.Errorf("%+v: similar is %v", tt, got)
		}
	}
	base.State = Withdrawn
	if len(Similar([]Activity{base}, Activity{ID: "2", Title: base.Title, Partner: "sprong"})) != 0 {
		t.Error("a withdrawn activity is no double")
	}
}

func TestClockReadsOnlyTimes(t *testing.T) {
	for _, bad := range []string{"", "24:00", "12:60", "15:3x", "+1:30", " 1:30", "1:5:9", "1530", "15.30", "::::"} {
		if c, err := ParseClock(bad); err == nil {
			t.Errorf("%q was read as %s", bad, c)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := Clock(rapid.IntRange(0, 1439).Draw(t, "minutes"))
		var back Clock
		if err := back.UnmarshalText([]byte(c.String())); err != nil || back != c {
			t.Fatalf("%s came back as %s, %v", c, back, err)
		}
	})
}

func TestGratisSurvivesJSON(t *testing.T) {
	for _, costs := range [][]Cost{nil, {}, {{Kind: "lesgeld", Cents: 5, Per: "time"}}} {
		text, _ := json.Marshal(Activity{Costs: costs})
		var back Activity
		if err := json.Unmarshal(text, &back); err != nil || back.CostsSaid() != (costs != nil) || len(back.Costs) != len(costs) {
			t.Errorf("%v came back as %v (%s)", costs, back.Costs, text)
		}
	}
}
