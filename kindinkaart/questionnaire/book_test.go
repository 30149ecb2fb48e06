package questionnaire

import (
	"encoding/json"
	"reflect"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// book is DOMAIN 3.2 about missing answers written down plainly: what is known of each barrier, by code.
type book map[string]BarrierState

var bySureness = []BarrierState{"", BarrierNotMentioned, BarrierNo, BarrierUnknown, BarrierYes}

func (b book) say(code string, s BarrierState) {
	if slices.Index(bySureness, s) > slices.Index(bySureness, b[code]) {
		b[code] = s
	}
}

// hear reads a list of ticks.
func (b book) hear(it Item, ticked []string) {
	rest, named := BarrierNotMentioned, map[string]bool{}
	for _, o := range it.Options {
		if !slices.Contains(ticked, o.ID) {
			continue
		}
		if o.Barrier != nil {
			named[o.Barrier.Code] = true
			b.say(o.Barrier.Code, o.Barrier.State)
		}
		if o.DontKnow || slices.Contains(o.Needs, "prefer_not") {
			rest = BarrierUnknown
		} else if o.Exclusive && o.Barrier == nil && rest != BarrierUnknown {
			rest = BarrierNo
		}
	}
	for _, code := range codesOf(it) {
		if !named[code] && (rest == BarrierUnknown || it.ID == "P3" || !slices.Contains(codesOf(*Default().item("P3")), code)) {
			b.say(code, rest)
		}
	}
}

func codesOf(it Item) (codes []string) {
	for _, o := range it.Options {
		if o.Barrier != nil {
			codes = append(codes, o.Barrier.Code)
		}
	}
	return codes
}

// listen reads the ticks of one respondent.
func (b book) listen(given Answers) {
	for id, raw := range given {
		var ticked []string
		if it := Default().item(id); it.Type == "multi" && json.Unmarshal(raw, &ticked) == nil {
			b.hear(*it, ticked)
		}
	}
}

// skip says unknown of what a respondent was asked and left open.
func (b book) skip(v Variant, given Answers) {
	if len(given) == 0 {
		return
	}
	for _, it := range Default().Items(v, false) {
		for _, code := range codesOf(it) {
			if given[it.ID] == nil && it.SeparateConsent == "" && b[code] == "" {
				b[code] = BarrierUnknown
			}
		}
	}
}

// saying leaves out an empty grid or top 3: nothing was answered there.
func saying(given Answers) Answers {
	for id, raw := range given {
		if empty := string(raw); empty == "{}" || empty == "[]" && Default().item(id).Type == "rank" {
			delete(given, id)
		}
	}
	return given
}

func TestEveryBarrierIsAsKnownAsTheBookSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom([]Variant{VariantA, VariantB, VariantC}).Draw(t, "variant")
		child, parent := saying(drawAnswers(t, v, "c")), saying(drawAnswers(t, VariantP, "p"))
		f := FactsOf(v, child, parent, []string{ConsentAccess})
		want := book{}
		want.listen(child)
		want.listen(parent)
		want.skip(v, child)
		want.skip(VariantP, parent)
		for _, code := range Default().codes {
			if got := f.Barriers.State(code); got != want[code] {
				t.Fatalf("%s is %q, want %q", code, got, want[code])
			}
		}
		seen := 0
		for code, state := range f.Barriers.All() {
			if seen++; state != want[code] {
				t.Fatalf("among all %s is %q", code, state)
			}
		}
		if seen != len(want) || f.Barriers.State("zoiets") != "" {
			t.Fatalf("%d barriers, want %d", seen, len(want))
		}
	})
}

// told is everything that comes out of one set of answers.
func told(p *Parsed) []any {
	v, err := p.Vectors(false)
	profile, _ := p.Score(false)
	return []any{v, err, profile, p.Facts(nil), p.Facts([]string{ConsentAccess}), slices.Clone(p.Chosen("W1")), slices.Clone(p.Chosen("W2")), slices.Clone(p.Words("W3"))}
}

func TestNothingOfOneChildShowsUpAtAnother(t *testing.T) {
	type family struct{ child, parent Answers }
	gen := rapid.Custom(func(t *rapid.T) family {
		return family{drawAnswers(t, VariantB, "c"), drawAnswers(t, VariantP, "p")}
	})
	families, parsed, alone := make([]family, 200), make([]*Parsed, 200), make([][]any, 200)
	for i := range families {
		families[i] = gen.Example(i)
		parsed[i] = Parse(VariantB, families[i].child, families[i].parent)
		alone[i] = told(parsed[i])
	}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for n := range families {
				i := (n*(2*w+1) + w) % len(families) // each worker in an order of its own
				if got := told(Parse(VariantB, families[i].child, families[i].parent)); !reflect.DeepEqual(got, alone[i]) {
					t.Errorf("family %d is told otherwise among others", i)
				}
				if got := told(parsed[i]); !reflect.DeepEqual(got, alone[i]) {
					t.Errorf("family %d changed after it was read", i)
				}
			}
		})
	}
	wg.Wait()
}
