package questionnaire

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// textbook is DOMAIN 3.2 written down plainly: every piece of evidence in one list, every tag on its own.
type textbook struct{ evidence []piece }

type piece struct {
	vector, tag string
	e           float64 // strength x tag weight x factor
}

func (b *textbook) hear(v Variant, answers Answers) {
	for _, it := range Default().items {
		raw, given := answers[it.ID]
		if !given || it.Evidence == "" {
			continue
		}
		var list []string
		var grid map[string]string
		var one string
		if json.Unmarshal(raw, &list) != nil && json.Unmarshal(raw, &grid) != nil && json.Unmarshal(raw, &one) == nil {
			list = []string{one}
		}
		if it.Type == "open_short" {
			for _, tag := range list {
				b.say(it, TagWeight{Tag: tag, W: 1}, 1)
			}
			continue
		}
		for _, o := range it.OptionsFor(v) {
			for _, w := range o.Tags {
				b.say(it, w, textbookFactor(it, slices.Index(list, o.ID), grid[o.ID]))
			}
		}
	}
}

func textbookFactor(it Item, place int, rated string) float64 {
	for _, s := range it.Scale {
		if s.ID == rated && it.Type == "grid3" {
			return s.Factor
		}
	}
	switch {
	case place < 0:
		return 0
	case place < len(it.RankFactors):
		return it.RankFactors[place]
	case it.FixedFactor != 0:
		return it.FixedFactor
	}
	return 1
}

func (b *textbook) say(it Item, w TagWeight, factor float64) {
	leaf, isLeaf := Leaf(w.Tag)
	fromParent := it.Evidence == "parent_interest" || it.Evidence == "parent_own"
	if isLeaf && (leaf.Audience == "parent" && !fromParent || !leaf.AutoSuggest && it.Type != "open_short") || factor == 0 {
		return
	}
	b.evidence = append(b.evidence, piece{it.Evidence, w.Tag, it.Strength * w.W * factor})
}

// score gives pos - neg of a tag in a vector, unrounded, with neg; said is false without evidence.
func (b *textbook) score(vector, tag string) (score, neg float64, said bool) {
	restPos, restNeg := 1.0, 1.0
	for _, p := range b.evidence {
		if p.vector == vector && p.tag == tag {
			said = true
			restPos *= 1 - max(p.e, 0)
			restNeg *= 1 - max(-p.e, 0)
		}
	}
	return restNeg - restPos, 1 - restNeg, said
}

func (b *textbook) fit(tag string) (fit float64, known bool) {
	liking, _, known := b.score("interest", tag)
	if !known {
		liking, _, known = b.score("parent_interest", tag)
		liking = thousandth(liking) / 2
	} else {
		liking = thousandth(liking)
	}
	skill, _, able := b.score("talent", tag)
	if liking < 0 {
		return liking, true
	}
	return 1 - (1-liking)*(1-0.4*max(thousandth(skill), 0)), known || able
}

func (b *textbook) effective(leaf Tag) float64 {
	own, known := b.fit(leaf.ID)
	group, _ := b.fit(leaf.Group)
	switch {
	case !leaf.AutoSuggest || leaf.Audience == "parent":
		return own
	case group > 0 && own >= 0:
		return 1 - (1-own)*(1-group/2)
	case group < 0 && !known:
		return group / 2
	}
	return own
}

// thousandth rounds the way the profile does, so that only the way there is compared.
func thousandth(x float64) float64 { return math.Round(math.Round(x*1e9)/1e6) / 1000 }

// same allows for one thousandth where the order of multiplying decides which way a half goes.
func same(got, want float64) bool { return math.Abs(got-want) < 0.0005+1e-7 }

func TestEveryFigureIsTheOneOfTheTextbookFormula(t *testing.T) {
	vectors := []string{"interest", "talent", "parent_interest", "parent_own"}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom([]Variant{VariantA, VariantB, VariantC}).Draw(t, "variant")
		child, parent := drawAnswers(t, v, "c"), drawAnswers(t, VariantP, "p")
		profile, err := Score(v, child, parent, false)
		if err != nil {
			t.Fatal(err)
		}
		var b textbook
		b.hear(v, child)
		b.hear(VariantP, parent)
		for i, got := range []map[string]float64{profile.Interest, profile.Talent, profile.ParentInterest, profile.ParentOwn} {
			for tag := range Taxonomy().places {
				if want, _, _ := b.score(vectors[i], tag); !same(got[tag], want) {
					t.Fatalf("%s of %s is %v, want %v", vectors[i], tag, got[tag], want)
				}
			}
		}
		for _, leaf := range Taxonomy().Tags {
			if want := b.effective(leaf); !same(profile.Effective[leaf.ID], want) {
				t.Fatalf("effective %s is %v, want %v", leaf.ID, profile.Effective[leaf.ID], want)
			}
			if _, neg, _ := b.score("interest", leaf.ID); (neg >= 0.6-1e-9) != slices.Contains(profile.Veto, leaf.ID) {
				t.Fatalf("%s: neg is %v, vetoes are %v", leaf.ID, neg, profile.Veto)
			}
		}
	})
}

func TestVectorsAreTheProfileByPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom([]Variant{VariantA, VariantB, VariantC, VariantP}).Draw(t, "variant")
		p := Parse(v, drawAnswers(t, v, "c"), drawAnswers(t, VariantP, "p"))
		profile, err := p.Score(false)
		vectors, twice := p.Vectors(false)
		if err != nil || twice != nil {
			t.Fatal(err, twice)
		}
		for _, leaf := range Taxonomy().Tags {
			i, ok := Taxonomy().LeafIndex(leaf.ID)
			if !ok || vectors.Effective[i] != profile.Effective[leaf.ID] || vectors.ParentInterest[i] != profile.ParentInterest[leaf.ID] ||
				vectors.ParentOwn[i] != profile.ParentOwn[leaf.ID] || vectors.Veto>>i&1 == 1 != slices.Contains(profile.Veto, leaf.ID) {
				t.Fatalf("%s: %+v, %+v", leaf.ID, vectors, profile)
			}
		}
		if vectors.Coverage != profile.Coverage {
			t.Fatalf("coverage %v and %v", vectors.Coverage, profile.Coverage)
		}
	})
	if _, ok := Taxonomy().LeafIndex("teamsport"); ok {
		t.Error("a group is no leaf")
	}
	if _, err := Parse(VariantB, answers(t, `{"G1":"4"}`), nil).Vectors(true); err == nil {
		t.Error("mood in class went unnoticed")
	}
}

func TestAskingTwiceGivesTheSameAndConsentsDoNotStay(t *testing.T) {
	child, parent := full(t)
	p := Parse(VariantB, child, parent)
	open := p.Facts([]string{ConsentAccess})
	closed := p.Facts(nil)
	if !open.NeedsKnown || closed.NeedsKnown || !reflect.DeepEqual(p.Facts([]string{ConsentAccess}), open) {
		t.Errorf("with consent %v, without %v", open.NeedsKnown, closed.NeedsKnown)
	}
	if !reflect.DeepEqual(closed, FactsOf(VariantB, child, parent, nil)) {
		t.Error("a parsed set gives other facts than the answers")
	}
}

func TestWhatAChildChoseComesBackInTheOrderOfTheAnswer(t *testing.T) {
	p := Parse(VariantB, answers(t, yusuf), nil)
	ids := func(item string) (out []string) {
		for _, place := range p.Chosen(item) {
			out = append(out, Default().item(item).Options[place].ID)
		}
		return out
	}
	for item, want := range map[string]string{"W2": "basketbal computer koken", "T1": "t_bal t_grappig", "W1": "basketbal computer koken", "F1": "gamen scherm", "S1": "", "P1": "", "X": ""} {
		if got := strings.Join(ids(item), " "); got != want {
			t.Errorf("%s: %q, want %q", item, got, want)
		}
	}
	words := Parse(VariantC, answers(t, `{"W3":["voetbal","dieren","voetbal"]}`), nil)
	var got []string
	for _, place := range words.Words("W3") {
		got = append(got, Taxonomy().Tags[place].ID)
	}
	if !slices.Equal(got, []string{"voetbal", "dieren", "voetbal"}) || !slices.Equal(words.Facts(nil).OwnWords, []string{"dieren", "voetbal"}) {
		t.Errorf("words %v", got)
	}
}

// drawJSON writes an answer the way another program might: spaces, escapes, numbers, things twice, or broken off.
func drawJSON(t *rapid.T, it Item, v Variant) json.RawMessage {
	raw, _ := json.Marshal(drawAnswer(t, it, v))
	text := string(raw)
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		bit := rapid.SampledFrom([]string{" ", "\n", `\u0061`, `"`, ",", "]", "}", "null", "7", `,"id":"fiets"`, `,"minutes":15`, `,"minutes":015`, `,"followup":"é"`, `"wo":{},`, "\x00", "é"}).Draw(t, "bit")
		text = text[:at] + bit + text[at:]
	}
	return json.RawMessage(text)
}

func TestWhatIsReadQuicklyIsWhatTheThoroughReaderReads(t *testing.T) {
	quickly := 0
	for range 20 {
		rapid.Check(t, func(t *rapid.T) {
			it := rapid.SampledFrom(Default().sorted).Draw(t, "item")
			v := rapid.SampledFrom(it.Variants).Draw(t, "variant")
			raw := drawJSON(t, *it, v)
			var r reading
			got, want := answer{item: it}, answer{item: it}
			if skipped(raw) || !r.quick(&got, v, raw) {
				return
			}
			quickly++
			if err := readers[it.shape](&want, v, raw); err != nil {
				t.Fatalf("%s: the thorough reader says %v", raw, err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: quickly\n%+v, thoroughly\n%+v", raw, got, want)
			}
		})
	}
	if quickly < 500 {
		t.Errorf("only %d answers were read quickly", quickly)
	}
}

func TestUnusualAnswersAreLeftToTheThoroughReader(t *testing.T) {
	for _, c := range []struct{ item, raw string }{
		{"P3", `["niets","kosten"]`}, {"W4", `["dansen","dansen"]`}, {"W2", `["basketbal","koken","dansen","computer"]`}, {"P5", `{"id":"fiets","minutes":015}`},
		{"P5", `{"id":"fiets","minutes":181}`}, {"P5", `{"id":"fiets","id":"auto"}`}, {"P5", `{"minutes":15}`}, {"P5", `{"ID":"fiets"}`},
		{"P4", `{"wo":{"middag":"kan"},"wo":{"avond":"kan"}}`}, {"P4", `{"wo":{"nacht":"kan"}}`}, {"P10", `"pl "`}, {"W3", `["teamsport"]`},
		{"W1", `{"koken":"leuk",}`}, {"W1", `{"koken":"leuk"`}, {"T1", `["t_bal"] x`}, {"T1", `["t_b\u0061l"]`}, {"S1", `33`}, {"G2", `4`},
	} {
		it := Default().item(c.item)
		var r reading
		if a := (answer{item: it}); r.quick(&a, it.Variants[0], json.RawMessage(c.raw)) {
			t.Errorf("%s %s was read quickly as %+v", c.item, c.raw, a)
		}
	}
}

func TestOurOwnAnswersAreReadQuickly(t *testing.T) {
	child, parent := full(t)
	for v, given := range map[Variant]Answers{VariantB: child, VariantP: parent} {
		for id, raw := range given {
			var r reading
			if a := (answer{item: Default().item(id)}); !r.quick(&a, v, raw) {
				t.Errorf("%s is read slowly: %s", id, raw)
			}
		}
	}
}

func TestAnswersToQuestionsThatDoNotExistAreReportedByName(t *testing.T) {
	_, err := Score(VariantP, answers(t, `{"ZZ":1,"AA":2,"NN":null}`), answers(t, `{"ZZ":3,"een heel lange naam":4}`), false)
	var got []string
	for _, e := range err.(AnswerErrors) {
		got = append(got, e.Item)
	}
	if want := []string{"AA", "ZZ", "een heel lan…"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
