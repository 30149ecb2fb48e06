package matcher_test

import (
	"cmp"
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

// helped draws a family and a catalogue, and asks what would help.
func helped(t *rapid.T) (kindinkaart.Need, *matcher.Board, []matcher.Help) {
	need := drawNeed(t)
	board := matcher.NewBoard(somePartners, drawActivities(t), verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	helps, err := matcher.WhatWouldHelp(need, board, nil, matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return need, board, helps
}

func groupsOf(t *rapid.T, n kindinkaart.Need, b *matcher.Board, o matcher.Options) map[string]matcher.Group {
	r, err := matcher.Rank(n, b, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]matcher.Group{}
	for _, it := range r.Items {
		groups[it.Activity] = it.Group
	}
	return groups
}

func TestEveryGainThatIsNamedComesTrueWhenItIsReallyArranged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, board, helps := helped(t)
		before := groupsOf(t, need, board, matcher.Options{})
		for _, h := range helps {
			after := groupsOf(t, h.Apply(need), board, matcher.Options{})
			if len(h.Gains) == 0 {
				t.Fatalf("%s gains nothing", h.ID)
			}
			for _, g := range h.Gains {
				if before[g.Activity] != g.From || order[g.To] >= order[g.From] {
					t.Fatalf("%s: %s goes from %s to %s, but it stood at %s", h.ID, g.Activity, g.From, g.To, before[g.Activity])
				}
				if got, ok := after[g.Activity]; !ok || order[got] > order[g.To] {
					t.Fatalf("%s: %s should come to %s and came to %q", h.ID, g.Activity, g.To, got)
				}
			}
			for id, was := range before {
				if is, ok := after[id]; !ok || order[is] > order[was] {
					t.Fatalf("%s loses %s: from %s to %q", h.ID, id, was, is)
				}
			}
		}
	})
}

func TestABarrierThatIsLiftedNeverLosesAnActivity(t *testing.T) {
	t.Parallel()
	var all []string
	for _, b := range matcher.Barriers() {
		for _, r := range b.Remedies {
			if r.Kind == matcher.Lifts && !slices.Contains(all, r.ID) {
				all = append(all, r.ID)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		need, board := drawNeed(t), matcher.NewBoard(somePartners, drawActivities(t), verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
		before := groupsOf(t, need, board, matcher.Options{})
		remedy := rapid.SampledFrom(all).Draw(t, "remedy")
		days := rapid.SampledFrom([][]string{nil, {"wo"}, {"ma", "za"}}).Draw(t, "days")
		after := groupsOf(t, need, board, matcher.Options{Assume: []matcher.Assumption{{Remedy: remedy, Weekdays: days}}})
		for id, was := range before {
			if is, ok := after[id]; !ok || order[is] > order[was] {
				t.Fatalf("%s on %v: %s went from %s to %q", remedy, days, id, was, is)
			}
		}
	})
}

func TestWhatHelpsMostComesFirstAndTheOrderStands(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, board, helps := helped(t)
		if len(helps) > 5 {
			t.Fatalf("%d things at once is no advice", len(helps))
		}
		if !slices.IsSortedFunc(helps, func(a, b matcher.Help) int { return cmp.Compare(len(b.Gains), len(a.Gains)) }) {
			t.Fatalf("not by gain: %v", texts(helps))
		}
		again, err := matcher.WhatWouldHelp(need, board, nil, matcher.Options{})
		if err != nil || !reflect.DeepEqual(texts(helps), texts(again)) {
			t.Fatalf("first %v, then %v (%v)", texts(helps), texts(again), err)
		}
	})
}

// The plain way: arrange one remedy for every line that asks for it, and count. No day of a buddy, no other remedy that
// stands open, may gain more than what is named first.
func TestNoOpenRemedyGainsMoreThanWhatIsNamedFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, board, helps := helped(t)
		base, err := matcher.Rank(need, board, nil, matcher.Options{})
		if err != nil || base.Thin {
			t.Skip("no ranking")
		}
		asks := map[string][]string{}
		for _, it := range base.Items {
			for _, task := range it.Tasks {
				if task.Effect == matcher.Lifts && !task.Done && !slices.Contains([]string{"begeleiding", "ouder_spreekt", "buddy", "fonds", "kansentarief"}, task.Remedy) {
					asks[task.Remedy] = append(asks[task.Remedy], it.Activity)
				}
			}
		}
		for remedy, lines := range asks {
			n := need
			for _, id := range lines {
				n.Arranged = append(n.Arranged, kindinkaart.Arranged{Activity: id, Remedy: remedy})
			}
			after, gain := groupsOf(t, n, board, matcher.Options{}), 0
			for _, it := range base.Items {
				if order[after[it.Activity]] < order[it.Group] {
					gain++
				}
			}
			if gain > 0 && (len(helps) == 0 || len(helps[0].Gains) < gain) {
				t.Fatalf("%s gains %d, and named is %v", remedy, gain, texts(helps))
			}
		}
	})
}

func texts(helps []matcher.Help) []string {
	out := []string{}
	for _, h := range helps {
		out = append(out, h.Text)
	}
	return out
}

// football makes a free football lesson that is fine in every other respect.
func football(id, day string, start catalog.Clock) catalog.Activity {
	return catalog.Activity{ID: id, Title: "Voetbal", Partner: "p-ok", Domain: "sport", Audience: "child", State: catalog.Published, Tags: []string{"voetbal"},
		Costs: []catalog.Cost{}, ConfirmedOn: searchDay, Slots: []catalog.Slot{{ID: id + "-s", Weekday: day, Start: start, End: start + 60,
			Location: catalog.Location{Lat: homePoint.Lat + 0.004, Lon: homePoint.Lon}}}}
}

// evenings is a child that loves football; nobody can bring in the evening and the child may not go alone.
func evenings() kindinkaart.Need {
	no := map[string]map[string]string{}
	for day := range map[string]bool{"ma": true, "di": true, "wo": true, "do": true, "vr": true} {
		no[day] = map[string]string{"middag": "kan", "vooravond": "kan_niet", "avond": "kan_niet"}
	}
	return kindinkaart.Need{Format: "kindinkaart-need/1", On: searchDay, Residence: "GM0599", Variant: "B", Born: kindinkaart.Born{Year: 2016, Month: 3},
		Home: &kindinkaart.Place{Lat: homePoint.Lat, Lon: homePoint.Lon},
		Answers: questionnaire.Answers{"W1": raw(map[string]string{"voetbal": "leuk"}), "W2": raw([]string{"voetbal"}), "W3": raw([]string{"voetbal"}),
			"V1": raw("groepje"), "T1": raw([]string{"t_bal"}), "G2": raw("gaat_wel")},
		Parent: questionnaire.Answers{"P3": raw([]string{"avond"}), "P4": raw(no), "P5": raw(map[string]any{"id": "fiets", "minutes": 15}), "P6": raw("nee"), "P7": raw("meer")}}
}

func TestABuddyOnWednesdayIsNamedWithWhatItBrings(t *testing.T) {
	list := []catalog.Activity{football("A", "wo", 18*60), football("B", "wo", 19*60), football("C", "do", 18*60), football("D", "wo", 15*60)}
	helps, err := matcher.WhatWouldHelp(evenings(), matcher.NewBoard(somePartners, list, verified(), geo.Ways{Crossings: geo.DefaultCrossings()}), nil, matcher.Options{})
	if err != nil || len(helps) == 0 {
		t.Fatal(helps, err)
	}
	if want := "Met een fietsmaatje op woensdag: 2 activiteiten erbij, waarvan 2 goed passen"; helps[0].Text != want {
		t.Errorf("first is %q, want %q", helps[0].Text, want)
	}
	if got := helps[0].Gains; len(got) != 2 || got[0].From != matcher.KanMetHulp || got[0].To != matcher.KanZo {
		t.Errorf("gains %v", got)
	}
}

func TestALongerWayIsNamedInMinutes(t *testing.T) {
	far := football("A", "wo", 15*60)
	far.Slots[0].Location.Lat += 0.027 // about 4.5 km on
	need := evenings()
	helps, err := matcher.WhatWouldHelp(need, matcher.NewBoard(somePartners, []catalog.Activity{far}, verified(), geo.Ways{Crossings: geo.DefaultCrossings().WithoutCrossings()}), nil, matcher.Options{})
	if err != nil || len(helps) == 0 {
		t.Fatal(helps, err)
	}
	if want := "Als de reis 10 minuten langer mag duren: 1 activiteit erbij, en die past goed"; helps[0].Text != want {
		t.Errorf("first is %q, want %q", helps[0].Text, want)
	}
}

// Help is about what can be arranged: never about mood, health or access, and for a child never about amounts.
func TestHelpSaysNothingAboutMoodOrHealth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need := drawNeed(t)
		board := matcher.NewBoard(somePartners, drawActivities(t), verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
		helps, err := matcher.WhatWouldHelp(need, board, nil, matcher.Options{ForChild: true})
		if err != nil {
			t.Fatal(err)
		}
		visible, err := matcher.Rank(need, board, nil, matcher.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range helps {
			for _, never := range []string{"begeleiding", "afspraak met de", "rolstoel", "medi", "spannend", "bang", "verdrietig", "euro", "€"} {
				if strings.Contains(strings.ToLower(h.Text), never) {
					t.Fatalf("%q has %q", h.Text, never)
				}
			}
			for _, g := range h.Gains {
				if it, _ := lineOf(visible, g.Activity); it.SMWOnly {
					t.Fatalf("%s counts %s, which a child must not see", h.ID, g.Activity)
				}
			}
		}
	})
}

func TestEveryRemedyThatLiftsHasWordsOrIsAboutHealth(t *testing.T) {
	for _, b := range matcher.Barriers() {
		for _, r := range b.Remedies {
			if r.Kind == matcher.Lifts && b.Sensitive == "" && !matcher.HasHelpWords(r.ID) {
				t.Errorf("remedy %s of %s has no words", r.ID, b.Code)
			}
			if b.Sensitive != "" && matcher.HasHelpWords(r.ID) {
				t.Errorf("remedy %s of %s is about health and has words", r.ID, b.Code)
			}
		}
	}
}
