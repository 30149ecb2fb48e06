package regeling

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/errs"
)

func TestTheExampleHasTwelveSchemesAndNoneIsVerified(t *testing.T) {
	schemes := Example()
	if len(schemes) != 12 {
		t.Fatalf("%d schemes, want 12", len(schemes))
	}
	for _, s := range schemes {
		if s.Verified || len(s.Covers) == 0 || s.PaysTo == "" || s.Period == "" || len(s.Source) == 0 {
			t.Errorf("%s is not read whole: %+v", s.ID, s)
		}
	}
	fund, swim := schemes[0], schemes[9]
	if *fund.MaxCents != 28000 || fund.Income.Accepts["pass_yes"] != Possible || newRule(&fund).days != 21 || *fund.Application.RenewNoticeDays != 60 {
		t.Errorf("fund: %+v", fund)
	}
	if swim.ProviderRequirement != "Aquapelle" || len(swim.ExclusiveWith) != 2 || swim.Note == "" {
		t.Errorf("swim: %+v", swim)
	}
}

func TestASchemeWrittenAndReadAgainIsTheSame(t *testing.T) {
	schemes := verified()
	schemes[0].VerifiedBy, schemes[0].VerifiedAt, schemes[0].ValidFrom, schemes[0].ValidTo = "beheer", day(2025, 1, 2), day(2025, 1, 1), day(2025, 12, 31)
	data, err := json.Marshal(map[string]any{"schemes": schemes, "extra": true})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(append([]byte("\ufeff"), data...)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range schemes {
		a, b := schemes[i], again[i]
		a.Application.DecisionDays, b.Application.DecisionDays = nil, nil
		if x, y := marshal(t, a), marshal(t, b); x != y {
			t.Errorf("%s\n%s", x, y)
		}
		if !reflect.DeepEqual(schemes[i].Application.DecisionDays, again[i].Application.DecisionDays) {
			t.Errorf("%s: decision days", a.ID)
		}
	}
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAWrongSchemeIsRefusedWithIdFieldAndExpectation(t *testing.T) {
	for _, tc := range []struct{ field, value, place, expected string }{
		{"age_min", `"vier"`, "jfsc-rtm-sport.age_min", "heel getal"},
		{"age_min", `-1`, "jfsc-rtm-sport.age_min", "heel getal"},
		{"age_max", `null`, "jfsc-rtm-sport.age_max", "heel getal"},
		{"age_min", `18`, "jfsc-rtm-sport.age_max", "18 (age_min) of hoger"},
		{"max_eur_cents", `280.50`, "jfsc-rtm-sport.max_eur_cents", "heel getal"},
		{"max_eur_cents", ``, "jfsc-rtm-sport.max_eur_cents", "eurocenten, of null"},
		{"income", `{"accepts":{"low_yes":"zeker"}}`, "jfsc-rtm-sport.income.accepts.low_yes", "een van: verwacht, mogelijk, nee"},
		{"income", `"laag"`, "jfsc-rtm-sport.income", "object"},
		{"income", ``, "jfsc-rtm-sport.income", "null als het inkomen niet telt"},
		{"residence", `"GM0599"`, "jfsc-rtm-sport.residence", "gemeentecodes"},
		{"residence", `["Rotterdam"]`, "jfsc-rtm-sport.residence", "GM0599"},
		{"residence", `[]`, "jfsc-rtm-sport.residence", "minstens één"},
		{"covers", `["bier"]`, "jfsc-rtm-sport.covers", "kostensoorten"},
		{"age_reference", `"soon"`, "jfsc-rtm-sport.age_reference", "calendar_year"},
		{"valid_to", `"31-12-2025"`, "jfsc-rtm-sport.valid_to", "jjjj-mm-dd"},
		{"verified", `"ja"`, "jfsc-rtm-sport.verified", "true of false"},
		{"share", `0`, "jfsc-rtm-sport.share", "groter dan 0"},
		{"share", `85`, "jfsc-rtm-sport.share", "hoogstens 1"},
		{"shared_cap", `{"id":"c","total_cents":1}`, "jfsc-rtm-sport.shared_cap.with_schemes", "lijst"},
		{"max_by_age", `[{"age_min":4,"age_max":11}]`, "jfsc-rtm-sport.max_by_age[0].max_eur_cents", "heel getal"},
		{"application", `{"decision_days":[21,7]}`, "jfsc-rtm-sport.application.decision_days", "kortste en langste"},
		{"id", `"jfsc-rtm-cultuur"`, "jfsc-rtm-cultuur.id", "twee keer"},
		{"id", `""`, "regeling nummer 1.id", "niet leeg"},
		{"kind", `7`, "jfsc-rtm-sport.kind", "municipal_credit"},
	} {
		_, err := Read(bytes.NewReader(withField(t, tc.field, tc.value)))
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s = %s: got %v", tc.field, tc.value, err)
			continue
		}
		f := errs.FieldsOf(err)[0]
		if f.Name != tc.place || !strings.Contains(f.Message, tc.expected) || !strings.Contains(err.Error(), tc.place) {
			t.Errorf("%s = %s: got %+v, want %s … %s", tc.field, tc.value, f, tc.place, tc.expected)
		}
	}
}

// withField gives the example with one field of its first scheme replaced, or removed when value is empty.
func withField(t *testing.T, field, value string) []byte {
	t.Helper()
	var file struct {
		Schemes []map[string]json.RawMessage `json:"schemes"`
	}
	if err := json.Unmarshal(exampleFile, &file); err != nil {
		t.Fatal(err)
	}
	if file.Schemes[0][field] = json.RawMessage(value); value == "" {
		delete(file.Schemes[0], field)
	}
	return []byte(marshal(t, file))
}

func TestAFileThatHoldsNoSchemesIsRefused(t *testing.T) {
	for _, text := range []string{"", "{}", "[]", "nee", `{"schemes":{}}`, `{"schemes":[7]}`, `{"schemes":[null]}`} {
		if _, err := Read(strings.NewReader(text)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%q: got %v", text, err)
		}
	}
	if schemes, err := Read(strings.NewReader(`{"schemes":[]}`)); err != nil || len(schemes) != 0 {
		t.Errorf("an empty list is allowed: %v", err)
	}
}

func TestTwoVersionsOfASchemeMayFollowEachOther(t *testing.T) {
	a, b := Example()[0], Example()[0]
	a.ValidTo, b.ValidFrom = day(2025, 6, 30), day(2025, 7, 1)
	if _, err := Read(strings.NewReader(marshal(t, map[string]any{"schemes": []Scheme{a, b}}))); err != nil {
		t.Error(err)
	}
	b.ValidFrom = day(2025, 6, 30)
	if _, err := Read(strings.NewReader(marshal(t, map[string]any{"schemes": []Scheme{a, b}}))); err == nil {
		t.Error("two versions on one day must be refused")
	}
}
