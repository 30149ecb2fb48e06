package questionnaire

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// answers writes raw answers from a JSON object.
func answers(t testing.TB, text string) Answers {
	t.Helper()
	var a Answers
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

const yusuf = `{"T1":["t_bal","t_grappig"],
 "W1":{"basketbal":"leuk","voetbal":"beetje","andere_bal":"beetje","zwemmen":"niet","koken":"leuk","computer":"leuk","dansen":"niet","vechtsport":"weet_niet"},
 "W2":["basketbal","computer","koken"],"W3":["basketbal"],"W4":["dansen"],"F1":["gamen","scherm"],"V1":"groepje",
 "G2":"gaat_wel","S2":["gym"],"F4":"allebei","F5":"plezier"}`

func score(t testing.TB, v Variant, child, parent string) Profile {
	t.Helper()
	p, err := Score(v, answers(t, child), answers(t, parent), false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestYusufsProfileHasTheFiguresOfTheWorkedExample(t *testing.T) {
	p := score(t, VariantB, yusuf, `{}`)
	for name, c := range map[string]struct{ got, want float64 }{
		"basketbal interest":   {p.Interest["basketbal"], 0.976},
		"basketbal effective":  {p.Effective["basketbal"], 0.984},
		"koken_bakken":         {p.Effective["koken_bakken"], 0.856},
		"programmeren":         {p.Effective["programmeren"], 0.838},
		"gamen":                {p.Effective["gamen"], 0.605},
		"voetbal interest":     {p.Interest["voetbal"], 0.240},
		"voetbal effective":    {p.Effective["voetbal"], 0.483},
		"theater, talent only": {p.Effective["theater"], 0.196},
		"zwemmen":              {p.Effective["zwemmen"], -0.480},
		"streetdance":          {p.Effective["streetdance"], -0.877},
		"ballet_dans":          {p.Effective["ballet_dans"], -0.877},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", name, c.got, c.want)
		}
	}
	if got := p.Veto; len(got) != 2 || got[0] != "ballet_dans" || got[1] != "streetdance" {
		t.Errorf("veto = %v, want ballet_dans and streetdance", got)
	}
	if p.Coverage != (Coverage{6, 6}) || p.Coverage.Few() || p.Format != "kindinkaart-profile/1" {
		t.Errorf("coverage = %v, format %q", p.Coverage, p.Format)
	}
}

func TestHalfAThousandthRoundsUpWhateverTheMultiplyingLeft(t *testing.T) {
	p := score(t, VariantC, `{"W2":["knutselen"],"T2":["t_bouwen","t_rennen"]}`, `{"P1":["turnen"]}`)
	if got := p.Effective["freerunnen"]; got != 0.168 { // 1 - (1 - 0.075)(1 - 0.4 x 0.25) = 0.1675
		t.Errorf("freerunnen %v, want 0.168", got)
	}
}

func TestWhatAChildDidNotAnswerIsNotCoveredAndWeetIkNietIs(t *testing.T) {
	p := score(t, VariantB, `{"T1":["weet_niet"],"V1":"weet_niet","W1":{},"W2":null}`, `{}`)
	if p.Coverage != (Coverage{2, 6}) || !p.Coverage.Few() {
		t.Errorf("coverage = %v, want 2 of 6 and few", p.Coverage)
	}
	if len(p.Effective) != 0 {
		t.Errorf("weet ik niet gave evidence: %v", p.Effective)
	}
}

func TestInClassOnlyItemsForAClassCount(t *testing.T) {
	p, err := Score(VariantB, answers(t, `{"T1":["t_bal"],"W1":{"koken":"leuk"},"W2":["koken"],"V1":"team"}`), nil, true)
	if err != nil || p.Coverage != (Coverage{4, 4}) {
		t.Errorf("coverage = %v (%v), want 4 of 4", p.Coverage, err)
	}
	_, err = Score(VariantB, answers(t, `{"G1":"4","W3":["dieren"]}`), nil, true)
	var wrong AnswerErrors
	if !errors.As(err, &wrong) || len(wrong) != 2 {
		t.Errorf("mood and own words in class gave %v, want two errors", err)
	}
}

func TestTheParentFillsInAndNeverOverrulesTheChild(t *testing.T) {
	alone := score(t, VariantB, `{"W1":{"voetbal":"niet"}}`, `{}`)
	both := score(t, VariantB, `{"W1":{"voetbal":"niet"}}`, `{"P1":["voetbal","zwemmen"],"P2":["zwemdiploma"]}`)
	if both.Effective["voetbal"] != alone.Effective["voetbal"] {
		t.Errorf("voetbal went from %v to %v by the parent", alone.Effective["voetbal"], both.Effective["voetbal"])
	}
	// zwemmen: parent 1 - 0.5 x 0.6 = 0.7, half of it 0.35
	if both.ParentInterest["zwemmen"] != 0.7 || both.Effective["zwemmen"] != 0.35 || both.Interest["zwemmen"] != 0 {
		t.Errorf("zwemmen: parent %v, effective %v", both.ParentInterest["zwemmen"], both.Effective["zwemmen"])
	}
}

func TestAParentsYesDoesNotLiftAVeto(t *testing.T) {
	p := score(t, VariantB, `{"W4":["voetbal"]}`, `{"P1":["voetbal"],"P2":["bewegen"]}`)
	if len(p.Veto) != 1 || p.Veto[0] != "voetbal" || p.Effective["voetbal"] != -1 {
		t.Errorf("veto %v, effective %v", p.Veto, p.Effective["voetbal"])
	}
	volley := score(t, VariantB, `{"W4":["andere_bal"]}`, `{}`)
	if len(volley.Veto) != 4 { // neg is exactly 0.6
		t.Errorf("veto %v, want the four other ball sports", volley.Veto)
	}
	if no := score(t, VariantB, `{"W1":{"zwemmen":"niet"}}`, `{}`); len(no.Veto) != 0 {
		t.Errorf("a picture that is not fun is no veto: %v", no.Veto)
	}
}

func TestAGroupPassesHalfItsFitToItsLeavesButNotToWhatIsNeverSuggested(t *testing.T) {
	p := score(t, VariantB, `{}`, `{"P2":["bewegen","buiten"]}`)
	if p.Effective["hockey"] != 0.06 { // 0.4 x 0.6 = 0.24, half by the parent, half by the group
		t.Errorf("hockey = %v, want 0.06", p.Effective["hockey"])
	}
	own := score(t, VariantB, `{"W3":["weerbaarheid","opvoedcursus"]}`, `{"P11":["opvoeden"]}`)
	if own.Interest["weerbaarheid"] != 0.7 || own.Interest["opvoedcursus"] != 0 || own.ParentOwn["opvoedcursus"] != 0.8 {
		t.Errorf("own words %v, parent's own %v", own.Interest, own.ParentOwn)
	}
}

func TestWhatAGroupAddsToLeavesNobodySpokeOf(t *testing.T) {
	var told vectors
	for tag, weight := range map[string]float64{"zorgen_koken": 0.6, "teamsport": -0.5, "hockey": 0.4} {
		told[interest].add(Taxonomy().places[tag], weight)
	}
	var fits Vector
	told.effective(&fits)
	got := fits.figures()
	for tag, want := range map[string]float64{
		"koken_bakken": 0.3,   // half of the group
		"gezond_leven": 0,     // never suggested
		"voetbal":      -0.25, // a negative group counts half
		"hockey":       0.4,   // own evidence stands
	} {
		if got[tag] != want {
			t.Errorf("%s = %v, want %v", tag, got[tag], want)
		}
	}
}

func TestAYoungPersonsOwnParentItemsMayStandWithTheAnswers(t *testing.T) {
	a := score(t, VariantC, `{"P11":["ontmoeten"],"W3":["rap_dj"]}`, `{}`)
	b := score(t, VariantC, `{"W3":["rap_dj"]}`, `{"P11":["ontmoeten"]}`)
	if a.ParentOwn["oudergroep"] != 0.8 || b.ParentOwn["oudergroep"] != 0.8 {
		t.Errorf("own %v and %v", a.ParentOwn, b.ParentOwn)
	}
	if _, err := Score(VariantB, answers(t, `{"P11":["ontmoeten"]}`), nil, false); err == nil {
		t.Error("a child of 10 answered a question for parents")
	}
}

func TestAllWrongAnswersAreReportedTogetherWithPlaceAndExpectation(t *testing.T) {
	_, err := Score(VariantB, answers(t, `{"ZZ":1,"W2":["basketbal","basketbal"],"W1":{"schaatsen":"leuk"},"V1":["team"],
	 "T1":["t_bal","t_koken","t_dieren","t_dansen"],"F3":{"wo":{"nacht":"kan"}},"C1":"thuis","W3":"iets met dieren"}`),
		answers(t, `{"P5":{"id":"fiets","minutes":-3},"P3":["niets","kosten"]}`), false)
	var wrong AnswerErrors
	if !errors.As(err, &wrong) {
		t.Fatalf("got %v", err)
	}
	seen := map[string]bool{}
	for _, e := range wrong {
		seen[e.Item] = e.Expected != ""
	}
	for _, item := range []string{"ZZ", "W2", "W1", "V1", "T1", "F3", "C1", "W3", "P5", "P3"} {
		if !seen[item] {
			t.Errorf("no error for %s in: %v", item, err)
		}
	}
	var one AnswerError
	if !errors.As(err, &one) || one.Item != "C1" {
		t.Errorf("errors.As gives %v", one)
	}
}

func TestParentsAloneGiveAProfileOfTheirOwn(t *testing.T) {
	for _, p := range []Profile{score(t, VariantP, `{}`, `{"P1":["koken"],"P3":["taal"],"P6":"nee"}`), score(t, VariantP, `{"P1":["koken"],"P3":["taal"],"P6":"nee"}`, `{}`)} {
		if p.ParentInterest["koken_bakken"] != 0.5 || p.Effective["koken_bakken"] != 0.25 || p.Coverage != (Coverage{2, 5}) {
			t.Errorf("%v", p)
		}
	}
	if _, err := Score("Z", nil, nil, false); err == nil || err.Error() != "Veld variant: verwacht A, B, C of P." {
		t.Errorf("an unknown variant gave %v", err)
	}
}

// drawAnswers draws valid answers of a variant.
func drawAnswers(t *rapid.T, v Variant, label string) Answers {
	out := Answers{}
	for _, it := range Default().Items(v, false) {
		if !rapid.Bool().Draw(t, label+it.ID) {
			continue
		}
		raw, err := json.Marshal(drawAnswer(t, it, v))
		if err != nil {
			t.Fatal(err)
		}
		out[it.ID] = raw
	}
	return out
}

func drawAnswer(t *rapid.T, it Item, v Variant) any {
	pick := rapid.Custom(func(t *rapid.T) string { return rapid.SampledFrom(it.OptionsFor(v)).Draw(t, "option").ID })
	switch it.Type {
	case "single", "smiley5", "language":
		return pick.Draw(t, it.ID)
	case "single_plus":
		return map[string]any{"id": pick.Draw(t, it.ID)}
	case "open_short":
		return rapid.SliceOfDistinct(rapid.SampledFrom(tagIDs()), rapid.ID).Draw(t, it.ID)
	case "grid3":
		return rapid.MapOf(pick, rapid.SampledFrom([]string{"leuk", "beetje", "niet", "weet_niet"})).Draw(t, it.ID)
	case "daypart_grid":
		return map[string]any{"wo": map[string]string{"middag": rapid.SampledFrom(it.Grid.Values).Draw(t, it.ID)}}
	}
	most := it.Max
	if most == 0 {
		most = -1
	}
	list := rapid.SliceOfNDistinct(pick, 0, most, rapid.ID).Draw(t, it.ID)
	for _, id := range list {
		if place, ok := placeOf(&it, v, id); ok && it.Options[place].Exclusive {
			return []string{id}
		}
	}
	return list
}

func tagIDs() (ids []string) {
	for _, tag := range Taxonomy().Tags {
		ids = append(ids, tag.ID)
	}
	return ids
}

func TestEveryFigureLiesBetweenMinusOneAndOneWhateverIsAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom([]Variant{VariantA, VariantB, VariantC}).Draw(t, "variant")
		p, err := Score(v, drawAnswers(t, v, "c"), drawAnswers(t, VariantP, "p"), false)
		if err != nil {
			t.Fatal(err)
		}
		for _, vector := range []map[string]float64{p.Interest, p.Talent, p.ParentInterest, p.ParentOwn, p.Effective} {
			for tag, x := range vector {
				if !(x >= -1 && x <= 1) || x == 0 || math.Abs(x*1000-math.Round(x*1000)) > 1e-9 {
					t.Fatalf("%s = %v", tag, x)
				}
			}
		}
		for tag := range p.Interest {
			if leaf, ok := Leaf(tag); ok && leaf.Audience == "parent" {
				t.Fatalf("a child's answers gave %s, which is for parents", tag)
			}
		}
		if p.Coverage.Answered > p.Coverage.Core {
			t.Fatalf("coverage %v", p.Coverage)
		}
	})
}

func TestMoodNeedsMoneyLanguageAndHelpNeverChangeAFigure(t *testing.T) {
	never := []string{"G1", "S1", "G3", "G4", "W6", "F2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"}
	rapid.Check(t, func(t *rapid.T) {
		child, parent := drawAnswers(t, VariantB, "c"), drawAnswers(t, VariantP, "p")
		with, _ := Score(VariantB, child, parent, false)
		for _, id := range never {
			delete(child, id)
			delete(parent, id)
		}
		without, _ := Score(VariantB, child, parent, false)
		a, _ := json.Marshal(with)
		b, _ := json.Marshal(without)
		if string(a) != string(b) {
			t.Fatalf("with:\n%s\nwithout:\n%s", a, b)
		}
	})
}

func TestTheOrderOfTicksDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		child := drawAnswers(t, VariantC, "c")
		before, _ := Score(VariantC, child, nil, false)
		for _, id := range []string{"T1", "T2", "F1", "S2", "C3", "W4", "W3"} {
			var list []string
			if json.Unmarshal(child[id], &list) == nil && len(list) > 0 {
				child[id], _ = json.Marshal(rapid.Permutation(list).Draw(t, id))
			}
		}
		after, err := Score(VariantC, child, nil, false)
		a, _ := json.Marshal(before)
		b, _ := json.Marshal(after)
		if err != nil || string(a) != string(b) {
			t.Fatalf("%v\n%s\n%s", err, a, b)
		}
	})
}

func TestTagsThatAreNeverSuggestedComeOnlyFromOwnWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		child := drawAnswers(t, VariantC, "c")
		delete(child, "W3")
		p, err := Score(VariantC, child, drawAnswers(t, VariantP, "p"), false)
		if err != nil {
			t.Fatal(err)
		}
		for tag := range p.Effective {
			if leaf, _ := Leaf(tag); !leaf.AutoSuggest {
				t.Fatalf("%s was suggested", tag)
			}
		}
	})
}
