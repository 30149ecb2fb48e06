package matcher_test

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// The ten promises at the end of DOMAIN 8, on random families and random catalogues.

func ranked(t *rapid.T, n kindinkaart.Need, list []catalog.Activity) matcher.Result {
	r, err := matcher.Rank(n, matcher.NewBoard(somePartners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()}), nil, matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func lineOf(r matcher.Result, id string) (matcher.Item, bool) {
	i := slices.IndexFunc(r.Items, func(it matcher.Item) bool { return it.Activity == id })
	if i < 0 {
		return matcher.Item{}, false
	}
	return r.Items[i], true
}

func activityOf(list []catalog.Activity, id string) catalog.Activity {
	return list[slices.IndexFunc(list, func(a catalog.Activity) bool { return a.ID == id })]
}

var order = map[matcher.Group]int{matcher.KanZo: 0, matcher.KanMetHulp: 1, matcher.KanNuNiet: 2}

func TestPromise1And5KanZoComesFirstAndFullOnesStandApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := ranked(t, drawNeed(t), drawActivities(t))
		for i := 1; i < len(r.Items); i++ {
			a, b := r.Items[i-1], r.Items[i]
			if order[a.Group] > order[b.Group] {
				t.Fatalf("%s (%s) before %s (%s)", a.Activity, a.Group, b.Activity, b.Group)
			}
			if a.Group == b.Group && a.Full && !b.Full {
				t.Fatalf("full %s before %s", a.Activity, b.Activity)
			}
		}
		for _, it := range r.Items {
			for _, id := range it.Alternatives {
				if other, ok := lineOf(r, id); ok && (other.Full || other.Group == matcher.KanNuNiet) {
					t.Fatalf("%s names %s, which is no alternative", it.Activity, id)
				}
			}
		}
	})
}

// better makes one activity better for the family in one respect.
var better = map[string]func(t *rapid.T, a *catalog.Activity){
	"nearer": func(t *rapid.T, a *catalog.Activity) {
		f := rapid.Float64Range(0, 1).Draw(t, "nearer")
		for i := range a.Slots {
			l := &a.Slots[i].Location
			l.Lat, l.Lon = homePoint.Lat+f*(l.Lat-homePoint.Lat)+1e-9, homePoint.Lon+f*(l.Lon-homePoint.Lon)
		}
	},
	"cheaper": func(t *rapid.T, a *catalog.Activity) {
		a.Costs = slices.Clone(a.Costs)
		for i := range a.Costs {
			a.Costs[i].Cents = rapid.IntRange(0, a.Costs[i].Cents).Draw(t, "cents")
		}
	},
	"one more time": func(_ *rapid.T, a *catalog.Activity) {
		extra := a.Slots[0]
		extra.ID, extra.Start, extra.End, extra.Weekday = extra.ID+"-extra", 10*60, 11*60, "za"
		a.Slots = append(a.Slots, extra)
	},
	"a lower price of its own": func(_ *rapid.T, a *catalog.Activity) {
		for _, c := range a.Costs {
			a.Reduced = append(slices.Clone(a.Reduced), catalog.Reduced{When: "low_income", Kind: c.Kind, Per: c.Per})
		}
	},
	"cheaper and no longer for a fund": func(t *rapid.T, a *catalog.Activity) {
		a.Costs = slices.DeleteFunc(slices.Clone(a.Costs), func(c catalog.Cost) bool { return c.Kind == "contributie" })
	},
	"lent or not needed": func(_ *rapid.T, a *catalog.Activity) {
		a.Costs = slices.DeleteFunc(slices.Clone(a.Costs), func(c catalog.Cost) bool { return c.Kind == "tenue" })
	},
	"declared safe":    func(_ *rapid.T, a *catalog.Activity) { a.Partner, a.Partners = "p-ok", nil },
	"confirmed":        func(_ *rapid.T, a *catalog.Activity) { a.ConfirmedOn = searchDay },
	"room":             func(_ *rapid.T, a *catalog.Activity) { eachSlot(a, func(s *catalog.Slot) { s.Enrolled = 0 }) },
	"pickup":           func(_ *rapid.T, a *catalog.Activity) { eachSlot(a, func(s *catalog.Slot) { s.Pickup = catalog.Yes }) },
	"kit lent":         func(_ *rapid.T, a *catalog.Activity) { a.LendsKit = catalog.Yes },
	"step free":        func(_ *rapid.T, a *catalog.Activity) { a.Access.StepFree = catalog.Yes },
	"support":          func(_ *rapid.T, a *catalog.Activity) { a.Access.ExtraSupport = catalog.Yes },
	"quiet":            func(_ *rapid.T, a *catalog.Activity) { a.Access.LowStimulus = catalog.Yes },
	"siblings":         func(_ *rapid.T, a *catalog.Activity) { a.Siblings = catalog.Yes },
	"no swim rule":     func(_ *rapid.T, a *catalog.Activity) { a.Conditions.SwimMin = "" },
	"a wider age":      func(_ *rapid.T, a *catalog.Activity) { a.AgeMin, a.AgeMax = intp(*a.AgeMin-3), intp(*a.AgeMax+6) },
	"sign up by phone": func(_ *rapid.T, a *catalog.Activity) { a.Registration.Via = []string{"telefoon"} },
}

func eachSlot(a *catalog.Activity, f func(*catalog.Slot)) {
	a.Slots = slices.Clone(a.Slots)
	for i := range a.Slots {
		f(&a.Slots[i])
	}
}

func TestPromise2NearerCheaperOrFewerBarriersNeverRanksLower(t *testing.T) {
	t.Parallel()
	names := make([]string, 0, len(better))
	for name := range better {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
		before, in := lineOf(ranked(t, need, list), list[i].ID)
		if !in {
			return
		}
		name := rapid.SampledFrom(names).Draw(t, "better")
		a := list[i]
		a.Slots = slices.Clone(a.Slots)
		better[name](t, &a)
		list = slices.Clone(list)
		list[i] = a
		after, in := lineOf(ranked(t, need, list), a.ID)
		if !in || after.Rank > before.Rank {
			t.Fatalf("%s: from rank %d to %d\nbefore %+v\nafter %+v", name, before.Rank, after.Rank, before, after)
		}
	})
}

func TestPromise3AVetoStaysOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		profile, err := questionnaire.Score(need.Variant, need.Answers, need.Parent, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range ranked(t, need, list).Items {
			own := activityOf(list, it.Activity).Tags
			if !slices.ContainsFunc(own, func(tag string) bool { return !slices.Contains(profile.Veto, tag) }) {
				t.Fatalf("%s has only vetoed tags", it.Activity)
			}
			if own[len(own)-1] == "ouder_kind" && !slices.ContainsFunc(own[:len(own)-1], func(tag string) bool { return !slices.Contains(profile.Veto, tag) }) {
				t.Fatalf("%s is together with a parent what the child refused", it.Activity)
			}
			if slices.Contains(profile.Veto, it.Interest.Tag) {
				t.Fatalf("%s is proposed for a vetoed tag", it.Activity)
			}
		}
	})
}

func TestPromise6AtMostThreeReasonsAndTheScoreIsTheSumOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		for _, it := range ranked(t, drawNeed(t), drawActivities(t)).Items {
			if len(it.Reasons) > 3 {
				t.Fatalf("%d reasons", len(it.Reasons))
			}
			sum := 0.0
			for _, p := range it.Parts {
				if p.Text == "" || math.IsNaN(p.Points) || math.IsInf(p.Points, 0) {
					t.Fatalf("part %+v", p)
				}
				sum += p.Points
			}
			if math.Abs(sum-it.Score) > 0.005 {
				t.Fatalf("parts sum to %v, score %v", sum, it.Score)
			}
		}
	})
}

func TestPromise7SameInputSameOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		first := ranked(t, need, list)
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		if second := ranked(t, need, shuffled); !reflect.DeepEqual(first, second) {
			t.Fatal("another order of the catalogue gave another ranking")
		}
	})
}

func TestPromise8And9MoodLanguageOriginAndAdvertisingAreNotUsed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		before := ranked(t, need, list)
		child("G1", "1")(&need)
		child("S1", "2")(&need)
		if !strings.Contains(string(need.Parent["P3"]), "taal") && !strings.Contains(string(need.Answers["W6"]), "taal") {
			parent("P10", "ar")(&need)
		}
		loud := slices.Clone(list)
		for i := range loud {
			loud[i].Title, loud[i].Text = "!!! DE BESTE !!!", strings.Repeat("basketbal voetbal ", 50)
		}
		after := ranked(t, need, loud)
		if a, b := outcomes(before), outcomes(after); !reflect.DeepEqual(a, b) {
			t.Fatalf("the ranking changed:\n%v\n%v", a, b)
		}
	})
}

func outcomes(r matcher.Result) (out []string) {
	for _, it := range r.Items {
		b, _ := json.Marshal(it)
		out = append(out, string(b))
	}
	return out
}

func TestPromise10TwoCategoriesInTheFirstTen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		r := ranked(t, need, list)
		if len(r.Items) <= 10 || r.Thin {
			return
		}
		category := func(it matcher.Item) string {
			return questionnaire.Taxonomy().Category(activityOf(list, it.Activity).Tags[0])
		}
		first, tenth := category(r.Items[0]), r.Items[9]
		for _, it := range r.Items[:10] {
			if category(it) != first {
				return
			}
		}
		for _, it := range r.Items[10:] {
			if category(it) != first && it.Group == tenth.Group && it.Full == tenth.Full {
				t.Fatalf("the first ten are all %s although %s (%s) stands in the same group", first, it.Activity, category(it))
			}
		}
	})
}

func TestATripIsNeverInfinite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need := drawNeed(t)
		need.Home = &kindinkaart.Place{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		r, err := matcher.Rank(need, matcher.NewBoard(somePartners, drawActivities(t), nil, geo.Ways{Crossings: geo.DefaultCrossings()}), nil, matcher.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range r.Items {
			if it.Travel.Minutes < 0 || it.Travel.Metres < 0 || it.Travel.Minutes > 1_000_000 {
				t.Fatalf("travel %+v", it.Travel)
			}
		}
	})
}
