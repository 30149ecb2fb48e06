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
	r, err := matcher.Rank(n, matcher.NewBoard(somePartners, list, verified(), geo.DefaultCrossings()), nil, matcher.Options{})
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
			if !slices.ContainsFunc(it.Offer.Activity.Tags, func(tag string) bool { return !slices.Contains(profile.Veto, tag) }) {
				t.Fatalf("%s has only vetoed tags", it.Activity)
			}
			if own := it.Offer.Activity.Tags; own[len(own)-1] == "ouder_kind" && !slices.ContainsFunc(own[:len(own)-1], func(tag string) bool { return !slices.Contains(profile.Veto, tag) }) {
				t.Fatalf("%s is together with a parent what the child refused", it.Activity)
			}
			if slices.Contains(profile.Veto, it.Interest.Tag) {
				t.Fatalf("%s is proposed for a vetoed tag", it.Activity)
			}
		}
	})
}

// fillings fill in one unknown of a family: as fine and as a problem.
var fillings = []struct {
	name          string
	unknown       func(n *kindinkaart.Need)
	fine, problem func(n *kindinkaart.Need)
}{
	{"swimming diploma", drop("G4"), child("G4", "abc"), child("G4", "nee")},
	{"independence", dropParent("P6"), parent("P6", "ov"), parent("P6", "nee")},
	{"budget", dropParent("P7"), parent("P7", "meer"), parent("P7", "0")},
	{"income", dropParent("P8"), parent("P8", []string{"uitkering"}), parent("P8", []string{"nee"})},
	{"bringing", dropParent("P4"), parent("P4", always("kan")), parent("P4", always("kan_niet"))},
	{"time of the child", drop("F3"), child("F3", always("kan")), child("F3", always("kan_niet"))},
}

func drop(id string) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Answers = without(n.Answers, id) }
}

func dropParent(id string) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Parent = without(n.Parent, id) }
}

func without(a questionnaire.Answers, id string) questionnaire.Answers {
	out := questionnaire.Answers{}
	for k, v := range a {
		if k != id {
			out[k] = v
		}
	}
	return out
}

func child(id string, v any) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Answers = without(n.Answers, id); n.Answers[id] = raw(v) }
}

func parent(id string, v any) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Parent = without(n.Parent, id); n.Parent[id] = raw(v) }
}

func always(v string) map[string]map[string]string {
	grid := map[string]map[string]string{}
	for _, day := range questionnaire.Days {
		grid[day] = map[string]string{"ochtend": v, "middag": v, "vooravond": v, "avond": v}
	}
	return grid
}

// lower compares as a reader does: the group, then full ones apart, then the score.
func lower(a, b matcher.Item) bool {
	if a.Group != b.Group {
		return order[a.Group] > order[b.Group]
	}
	if a.Full != b.Full {
		return a.Full
	}
	return a.Score < b.Score
}

func TestPromise4FillingInAnUnknown(t *testing.T) {
	t.Parallel()
	for _, f := range fillings {
		t.Run(f.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				need, list := drawNeed(t), drawActivities(t)
				delete(need.Parent, "P3") // what the family names itself is not an unknown
				f.unknown(&need)
				unknown := ranked(t, need, list)
				fine, problem := need, need
				f.fine(&fine)
				f.problem(&problem)
				good, bad := ranked(t, fine, list), ranked(t, problem, list)
				for _, it := range unknown.Items {
					if after, ok := lineOf(good, it.Activity); !ok || lower(after, it) {
						t.Fatalf("filled in as fine lowers %s:\nbefore %+v\nafter %+v", it.Activity, it, after)
					}
					if after, ok := lineOf(bad, it.Activity); ok && lower(it, after) {
						t.Fatalf("filled in as a problem raises %s:\nbefore %+v\nafter %+v", it.Activity, it, after)
					}
				}
			})
		})
	}
}

func TestPromise4SayingHowLongTheWayMayTake(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		need.Born = kindinkaart.Born{Year: 2014, Month: 1} // from 8 years the way is taken to be by bicycle
		for _, id := range []string{"P3", "P5", "P6"} {
			dropParent(id)(&need)
		}
		unknown := ranked(t, need, list)
		minutes := rapid.SampledFrom([]int{10, 15, 20, 30, 45}).Draw(t, "minutes")
		parent("P5", map[string]any{"id": "fiets", "minutes": minutes})(&need)
		known := ranked(t, need, list)
		for _, it := range unknown.Items {
			after, ok := lineOf(known, it.Activity)
			if !ok || after.Slot != it.Slot {
				continue // another time of the same activity is its own question
			}
			if it.Travel.Minutes < minutes && lower(after, it) {
				t.Fatalf("%d minutes is fine and lowers %s:\nbefore %+v\nafter %+v", minutes, it.Activity, it, after)
			}
			if it.Travel.Minutes > minutes && lower(it, after) {
				t.Fatalf("%d minutes is a problem and raises %s:\nbefore %+v\nafter %+v", minutes, it.Activity, it, after)
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
		category := func(it matcher.Item) string { return questionnaire.Taxonomy().Category(it.Offer.Activity.Tags[0]) }
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
		r, err := matcher.Rank(need, matcher.NewBoard(somePartners, drawActivities(t), nil, geo.DefaultCrossings()), nil, matcher.Options{})
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

func TestRankEqualsThePlainReference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		b := matcher.NewBoard(somePartners, list, verified(), geo.DefaultCrossings())
		got, err := matcher.Rank(need, b, nil, matcher.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Thin {
			return
		}
		want, err := matcher.ReferenceOrder(need, b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Items, want) {
			t.Fatalf("Rank and the reference differ:\n%v\n%v", outcomes(got), outcomes(matcher.Result{Items: want}))
		}
	})
}
