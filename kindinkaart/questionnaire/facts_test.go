package questionnaire

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func facts(t *testing.T, v Variant, child, parent string, consents ...string) Facts {
	t.Helper()
	return FactsOf(v, answers(t, child), answers(t, parent), consents)
}

// state is what the answers of a child of variant B and its parent say of a barrier.
func state(t *testing.T, child, parent, code string) BarrierState {
	t.Helper()
	f := facts(t, VariantB, child, parent)
	return f.Barriers.State(code)
}

func TestYusufsParentsFacts(t *testing.T) {
	f := facts(t, VariantB, yusuf, `{"P3":["kosten","ver"],"P4":{"wo":{"middag":"kan","vooravond":"kan"}},
	 "P5":{"id":"fiets","minutes":15},"P6":"lopen_kort","P7":"0","P8":["uitkering"],"P9":["aanmelden"]}`)
	for code, want := range map[string]BarrierState{"kosten": BarrierYes, "afstand": BarrierYes, "spullen": BarrierNotMentioned,
		"brengen_avond": BarrierNotMentioned, "spannend": BarrierUnknown, "tijd_bezet": BarrierNotMentioned, "medisch": ""} {
		if got := f.Barriers.State(code); got != want {
			t.Errorf("%s = %q, want %q", code, got, want)
		}
	}
	if f.Travel != (TravelWish{"bike", 15}) || f.Independence != (Independence{"walk", 10}) || f.Budget != (Budget{Known: true}) {
		t.Errorf("travel %v, independence %v, budget %v", f.Travel, f.Independence, f.Budget)
	}
	if f.SupportLevel != "hand" || !reflect.DeepEqual(f.Income, []string{"low_yes"}) || !reflect.DeepEqual(f.HelpHints, []string{"samen_aanmelden"}) {
		t.Errorf("support %q, income %v, hints %v", f.SupportLevel, f.Income, f.HelpHints)
	}
	if f.BringTimes.At("wo", "vooravond") != Can || f.BringTimes.At("ma", "middag") != NotSaid {
		t.Errorf("times %v", f.BringTimes)
	}
	want := Prefs{GroupSize: "small", Intensity: "either", Setting: "either", Aim: "fun"}
	if f.Prefs != want || !reflect.DeepEqual(f.TopThree, []string{"basketbal", "computer", "koken"}) {
		t.Errorf("prefs %v, top %v", f.Prefs, f.TopThree)
	}
}

func TestNotTickedWeetIkNietEmptyAndNeeAreFourThings(t *testing.T) {
	for parent, want := range map[string]BarrierState{
		`{"P3":["oppas"]}`:             BarrierYes,
		`{"P3":["taal"]}`:              BarrierNotMentioned,
		`{"P3":[]}`:                    BarrierNotMentioned,
		`{"P3":["weet_niet"]}`:         BarrierUnknown,
		`{"P3":["taal","weet_niet"]}`:  BarrierUnknown,
		`{"P3":null,"P7":"10"}`:        BarrierUnknown,
		`{"P3":["niets"]}`:             BarrierNo,
		`{}`:                           "",
		`{"P3":["oppas","weet_niet"]}`: BarrierYes,
	} {
		if got := state(t, `{}`, parent, "oppas"); got != want {
			t.Errorf("%s: oppas = %q, want %q", parent, got, want)
		}
	}
}

func TestChildAndParentTogetherSayWhatIsDifficult(t *testing.T) {
	for _, c := range []struct {
		child, parent, code string
		want                BarrierState
	}{
		{`{"W6":["niks"]}`, `{}`, "spannend", BarrierNo},
		{`{"W6":["niks"]}`, `{"P3":["kosten"]}`, "kosten", BarrierYes},
		{`{"W6":["geld"]}`, `{"P3":["taal"]}`, "kosten", BarrierUnknown},
		{`{"W6":["geld"]}`, `{"P3":["niets"]}`, "kosten", BarrierUnknown},
		{`{"W6":["de_weg"]}`, `{"P3":["niets"]}`, "niet_alleen", BarrierYes},
		{`{"W6":["of_ik_het_kan"]}`, `{"P3":["niets"]}`, "spullen", BarrierNo},
		{`{"F2":{"id":"vroeger","followup":"brengen"}}`, `{}`, "niet_alleen", BarrierYes},
		{`{"F2":{"id":"nee"}}`, `{}`, "afstand", ""},
		{`{"F1":["andere_les"]}`, `{}`, "tijd_bezet", BarrierYes},
	} {
		if got := state(t, c.child, c.parent, c.code); got != c.want {
			t.Errorf("child %s, parent %s: %s = %q, want %q", c.child, c.parent, c.code, got, c.want)
		}
	}
	f := facts(t, VariantB, `{"W6":["kleren"]}`, `{}`)
	if !reflect.DeepEqual(f.Details["spannend"], []string{"omkleden"}) {
		t.Errorf("details %v", f.Details)
	}
}

func TestAChildsSilenceDoesNotAnswerForTheParent(t *testing.T) {
	f := facts(t, VariantB, `{"W6":["niks"]}`, `{"P6":"nee"}`)
	if f.Barriers.State("kosten") != BarrierUnknown || f.Barriers.State("spannend") != BarrierNo {
		t.Errorf("kosten %q, spannend %q", f.Barriers.State("kosten"), f.Barriers.State("spannend"))
	}
	f = facts(t, VariantB, `{"W6":["geld"]}`, `{"P3":["niets"]}`)
	if f.Barriers.State("kosten") != BarrierUnknown {
		t.Errorf("a child that names the money is a question to the parent: %q", f.Barriers.State("kosten"))
	}
}

func TestAccessNeedsCountOnlyWithTheirOwnConsent(t *testing.T) {
	without := facts(t, VariantB, `{"G3":["rolstoel"]}`, `{"G3":["druk"]}`)
	if len(without.Needs) > 0 || without.NeedsKnown || without.Barriers.State("fysiek_toegankelijk") != "" {
		t.Errorf("without consent: %v %v", without.Needs, without.Barriers)
	}
	with := facts(t, VariantB, `{"G3":["rolstoel"]}`, `{"G3":["druk"]}`, "profiel", ConsentAccess)
	if !reflect.DeepEqual(with.Needs, []string{"low_stimulus", "wheelchair"}) || !with.NeedsKnown ||
		with.Barriers.State("fysiek_toegankelijk") != BarrierYes || with.Barriers.State("medisch") != BarrierNotMentioned {
		t.Errorf("with consent: %v %v", with.Needs, with.Barriers)
	}
	no := facts(t, VariantA, `{}`, `{"G3":["nee"]}`, ConsentAccess)
	if len(no.Needs) > 0 || !no.NeedsKnown || no.Barriers.State("medisch") != BarrierNo {
		t.Errorf("nee: %v %v", no.NeedsKnown, no.Barriers)
	}
	silent := facts(t, VariantB, `{"G3":["wil_niet"]}`, `{}`, ConsentAccess)
	if silent.NeedsKnown || silent.Barriers.State("medisch") != BarrierUnknown {
		t.Errorf("wil niet: %v %v", silent.NeedsKnown, silent.Barriers)
	}
}

func TestTheSupportLevelIsTheHighestThatIsNamed(t *testing.T) {
	for parent, want := range map[string]string{
		`{}`:                                     "",
		`{"P3":["niets"],"P9":["zelf"]}`:         "zelf",
		`{"P9":["info","bellen"]}`:               "licht",
		`{"P9":["info","mee"]}`:                  "hand",
		`{"P3":["ritme"],"P9":["zelf"]}`:         "hand",
		`{"P3":["weg_niet"]}`:                    "licht",
		`{"P3":["vertrouwen"],"P9":["bellen"]}`:  "hand",
		`{"P3":["weg_niet"],"P9":["zelf"]}`:      "licht",
		`{"P3":["kosten"],"P9":["weet_niet"]}`:   "",
		`{"P3":["ritme"],"P9":["herinnering"]}`:  "hand",
		`{"P3":["niets"],"P9":["herinnering"]}`:  "hand",
		`{"P3":["weg_niet","vertrouwen"]}`:       "licht",
		`{"P3":["niets"],"P9":["bellen","mee"]}`: "hand",
	} {
		if got := facts(t, VariantB, `{}`, parent).SupportLevel; got != want {
			t.Errorf("%s: %q, want %q", parent, got, want)
		}
	}
}

func TestMoneyIsOnlyKnownWhenItIsSaid(t *testing.T) {
	for parent, want := range map[string]Budget{
		`{"P7":"20"}`: {Known: true, MonthCents: 2000}, `{"P7":"meer"}`: {Known: true, Unlimited: true},
		`{"P7":"zeg_niet"}`: {}, `{"P7":"weet_niet"}`: {}, `{}`: {},
	} {
		if got := facts(t, VariantB, `{}`, parent).Budget; got != want {
			t.Errorf("%s: %v, want %v", parent, got, want)
		}
	}
	income := facts(t, VariantB, `{}`, `{"P8":["tegoed","uitkering","pas"]}`).Income
	if !reflect.DeepEqual(income, []string{"low_yes", "pass_yes"}) {
		t.Errorf("income %v", income)
	}
}

func TestAYoungPersonsOwnTravelAndPlaceComeFirst(t *testing.T) {
	f := facts(t, VariantC, `{"C1":"school","C2":{"id":"ov","minutes":30},"G4":"ab","P7":"10","W5":"vriend","V2":"ja"}`,
		`{"P5":{"id":"auto","minutes":10},"G4":"a","P10":"tr"}`)
	if f.Travel != (TravelWish{"transit", 30}) || f.SearchBase != "school" || f.Swim != "A" || f.Budget.MonthCents != 1000 {
		t.Errorf("travel %v, base %q, swim %q, budget %v", f.Travel, f.SearchBase, f.Swim, f.Budget)
	}
	if f.Language != "tr" || f.Companion != "vriend" || !reflect.DeepEqual(f.HelpHints, []string{"samen_gaan"}) {
		t.Errorf("language %q, companion %q, hints %v", f.Language, f.Companion, f.HelpHints)
	}
	unknown := facts(t, VariantC, `{"C1":"weet_niet","C2":{"id":"weet_niet"}}`, `{"P5":{"id":"auto","minutes":10}}`)
	if unknown.Travel != (TravelWish{"car", 10}) || unknown.SearchBase != "" {
		t.Errorf("travel %v, base %q", unknown.Travel, unknown.SearchBase)
	}
}

func TestAnAnswerThatCannotBeReadTakesNothingElseWithIt(t *testing.T) {
	f := facts(t, VariantB, `{"V1":7}`, `{"P5":"fiets","P6":"fiets_kort"}`)
	if f.Travel != (TravelWish{}) || f.Independence != (Independence{"bike", 10}) {
		t.Errorf("travel %v, independence %v", f.Travel, f.Independence)
	}
}

func TestFactsOfAnythingAreKnownValues(t *testing.T) {
	levels := append([]string{""}, SupportLevels...)
	rapid.Check(t, func(t *rapid.T) {
		child, parent := drawAnswers(t, VariantC, "c"), drawAnswers(t, VariantP, "p")
		f := FactsOf(VariantC, child, parent, nil)
		for code, state := range f.Barriers.All() {
			if code == "" || certaintyOf(state) == 0 {
				t.Fatalf("barrier %q is %q", code, state)
			}
		}
		if !slices.Contains(levels, f.SupportLevel) || len(f.Needs) > 0 || f.NeedsKnown || f.Travel.Minutes < 0 {
			t.Fatalf("%+v", f)
		}
	})
}
