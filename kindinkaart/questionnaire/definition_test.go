package questionnaire

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestEachVariantHasItsItemsInOrder(t *testing.T) {
	d := Default()
	for _, c := range []struct {
		v           Variant
		items, klas int
	}{{VariantA, 14, 8}, {VariantB, 21, 9}, {VariantC, 24, 9}, {VariantP, 14, 0}} {
		if got, klas := len(d.Items(c.v, false)), len(d.Items(c.v, true)); got != c.items || klas != c.klas {
			t.Errorf("%s has %d items and %d in class, want %d and %d", c.v, got, klas, c.items, c.klas)
		}
		for _, it := range d.Items(c.v, true) {
			if !it.ClassMode || it.Sensitive != "" || it.ID == "G1" || it.ID == "S1" || it.Type == "open_short" {
				t.Errorf("%s may not be asked in class", it.ID)
			}
		}
	}
	if d.Items("Z", false) != nil || d.Items(VariantC, false)[0].ID != "W1" {
		t.Error("wrong items")
	}
}

func TestTheYoungestSeeSixteenPictures(t *testing.T) {
	w1, _ := Default().Item("W1")
	w4, _ := Default().Item("W4")
	if a, b := len(w1.OptionsFor(VariantA)), len(w1.OptionsFor(VariantB)); a != 16 || b != 28 {
		t.Errorf("A sees %d pictures and B %d, want 16 and 28", a, b)
	}
	if len(w4.OptionsFor(VariantA)) != 16 || Validate(VariantA, "W2", json.RawMessage(`["computer"]`)) == nil {
		t.Error("variant A may choose a picture it does not show")
	}
}

func TestQuestionsSpeakTheLanguageOrFallBackToDutch(t *testing.T) {
	v1, _ := Default().Item("V1")
	f2, _ := Default().Item("F2")
	for _, c := range []struct {
		it       Item
		v        Variant
		lang     string
		begins   string
		reviewed bool
	}{
		{v1, VariantA, "nl", "Hoe speel jij", true},
		{v1, VariantA, "tr", "Bir şeyi", false},
		{v1, VariantB, "so", "Hoe doe jij", true},
		{f2, VariantP, "en", "Zit uw kind", true}, // the translation speaks to the child
		{f2, VariantB, "en", "Are you", false},
	} {
		text, reviewed := c.it.TextFor(c.v, c.lang)
		if !strings.HasPrefix(text, c.begins) || reviewed != c.reviewed {
			t.Errorf("%s %s %s = %q (%v)", c.it.ID, c.v, c.lang, text, reviewed)
		}
	}
	if text, reviewed := Default().CommonAnswer("weet_niet", "pl"); text != "Nie wiem" || reviewed {
		t.Errorf("weet niet in Polish: %q", text)
	}
	if text, _ := Default().OptionText(v1.Options[4], VariantB, "pap"); text != "Mi no sa" {
		t.Errorf("weet ik niet in Papiamentu: %q", text)
	}
	g3, _ := Default().Item("G3")
	if text, _ := Default().OptionText(g3.Options[1], VariantP, "en"); text != "Mijn kind zit in een rolstoel" {
		t.Errorf("parents read %q", text)
	}
}

func TestEveryQuestionHasATextPurposeAndTranslationsForEachVariant(t *testing.T) {
	for _, it := range Default().items {
		for _, v := range it.Variants {
			if it.Texts[v] == "" {
				t.Errorf("%s has no text for %s", it.ID, v)
			}
		}
		for _, lang := range Languages[1:] {
			if it.I18n[lang] == "" {
				t.Errorf("%s has no text in %s", it.ID, lang)
			}
		}
		if shapes[it.Type] == 0 || !slices.ContainsFunc(Default().Sections, func(s Section) bool { return s.ID == it.Section && s.Title != "" }) {
			t.Errorf("%s: type %s, section %s", it.ID, it.Type, it.Section)
		}
		for _, o := range it.Options {
			if o.Text == "" {
				t.Errorf("%s %s has no text", it.ID, o.ID)
			}
		}
	}
}

func TestBrokenDefinitionsAreRefused(t *testing.T) {
	for name, change := range map[string][2]string{
		"an unknown tag":       {`"tag": "atletiek"`, `"tag": "atlethiek"`},
		"an unknown source":    {`"same_as:T1"`, `"same_as:T9"`},
		"an item in no list":   {`"item_order": [`, `"item_order": ["ZZ",`},
		"no purpose":           {`"purpose": "Talent volgens het kind zelf."`, `"purpose": ""`},
		"an unknown type":      {`"type": "grid3"`, `"type": "grid4"`},
		"a weight above one":   {`"w": 0.9`, `"w": 1.9`},
		"something not JSON":   {`"items": [`, `"items": [,`},
		"a reference to a gap": {`"from:W1"`, `"from:G1x"`},
		"a strange id":         {`"id": "S2"`, `"id": "school"`},
		"half a week":          {`"zo"`, `"zondag"`},
	} {
		broken := strings.Replace(string(questionnaireJSON), change[0], change[1], 1)
		if broken == string(questionnaireJSON) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := parseDefinition([]byte(broken), Taxonomy()); err == nil {
			t.Errorf("%s went unnoticed", name)
		}
	}
}

func TestTheVariantFollowsFromTheAge(t *testing.T) {
	for age, want := range map[int]Variant{4: VariantA, 7: VariantA, 8: VariantB, 12: VariantB, 13: VariantC, 23: VariantC} {
		if got, err := VariantFor(age); got != want || err != nil {
			t.Errorf("%d years: %s (%v), want %s", age, got, err, want)
		}
	}
	_, err := VariantFor(3)
	if err == nil || !strings.Contains(err.Error(), "P10") || !strings.Contains(err.Error(), "P11") {
		t.Errorf("3 years: %v", err)
	}
	if _, err := VariantFor(24); err == nil {
		t.Error("24 years got a variant")
	}
}

func TestTheDayHasFourParts(t *testing.T) {
	for minutes, want := range map[int]string{9 * 60: "ochtend", 12 * 60: "middag", 15*60 + 15: "middag", 17 * 60: "vooravond", 18*60 + 30: "vooravond", 19 * 60: "avond", 23 * 60: "avond"} {
		if got := DaypartOf(minutes); got != want {
			t.Errorf("%d:%02d is %s, want %s", minutes/60, minutes%60, got, want)
		}
	}
}

func TestEachTypeOfAnswerIsChecked(t *testing.T) {
	for _, c := range []struct {
		v         Variant
		id, right string
		wrong     []string
	}{
		{VariantB, "G1", `"4"`, []string{`6`, `"blij"`, `["4"]`}},
		{VariantB, "V1", `"team"`, []string{`"teams"`, `["team"]`, `{"id":"team"}`}},
		{VariantB, "T1", `["t_bal"]`, []string{`"t_bal"`, `["bal"]`, `["t_bal","t_bal"]`, `["t_bal","t_koken","t_dieren","t_muziek"]`}},
		{VariantB, "W1", `{"koken":"leuk"}`, []string{`["koken"]`, `{"koken":"super"}`, `{"frietje":"leuk"}`, `{"koken":1}`}},
		{VariantB, "W2", `["koken"]`, []string{`"koken"`, `["frietje"]`}},
		{VariantB, "W3", `["koken_bakken"]`, []string{`"koken"`, `["kokkerellen"]`, `[1]`}},
		{VariantP, "P4", `{"wo":{"middag":"kan"}}`, []string{`{"wo":"kan"}`, `{"wed":{"middag":"kan"}}`, `{"wo":{"nacht":"kan"}}`, `{"wo":{"middag":"misschien"}}`}},
		{VariantP, "P5", `{"id":"fiets","minutes":15}`, []string{`"fiets"`, `{"minutes":15}`, `{"id":"raket"}`, `{"id":"fiets","minutes":0}`, `{"id":"fiets","minutes":"15"}`, `{"id":"fiets","minutes":1e9}`}},
		{VariantB, "F2", `{"id":"vroeger","followup":"geld"}`, []string{`{"id":"vroeger","followup":"zomaar"}`, `{"id":"ja","followup":"` + strings.Repeat("x", 101) + `"}`}},
		{VariantP, "P10", `"so"`, []string{`"Somalisch"`, `["so"]`, `""`}},
		{VariantP, "P3", `["kosten","taal"]`, []string{`["niets","taal"]`}},
		{VariantA, "F4", `"buiten"`, []string{`true`}},
	} {
		if err := Validate(c.v, c.id, json.RawMessage(c.right)); err != nil {
			t.Errorf("%s %s: %v", c.id, c.right, err)
		}
		for _, w := range c.wrong {
			err := Validate(c.v, c.id, json.RawMessage(w))
			if err == nil || !strings.Contains(err.Error(), c.id) || !strings.Contains(err.Error(), "verwacht") {
				t.Errorf("%s %s: %v", c.id, w, err)
			}
		}
		if Validate(c.v, c.id, nil) != nil || Validate(c.v, c.id, json.RawMessage(`null`)) != nil {
			t.Errorf("%s may not be skipped", c.id)
		}
	}
	if Validate(VariantA, "G3", json.RawMessage(`["nee"]`)) == nil {
		t.Error("variant A was asked about access needs")
	}
}

func FuzzValidateNeverPanicsAndNeverRepeatsTheAnswer(f *testing.F) {
	f.Add("W1", `{"geheim":"leuk"}`)
	f.Add("P5", `{"id":"geheim"}`)
	f.Add("G1", ` `)
	f.Fuzz(func(t *testing.T, id, raw string) {
		for _, v := range []Variant{VariantA, VariantB, VariantC, VariantP} {
			err := Validate(v, id, json.RawMessage(raw))
			if err != nil && strings.Contains(err.Error(), "geheim") && !strings.Contains(id, "geheim") {
				t.Fatalf("the answer is in the error: %v", err)
			}
		}
	})
}
