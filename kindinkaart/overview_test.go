package kindinkaart

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// vectors gives every way to divide total over n labels.
func vectors(total, n int) [][]int {
	if n == 1 {
		return [][]int{{total}}
	}
	var out [][]int
	for first := 0; first <= total; first++ {
		for _, rest := range vectors(total-first, n-1) {
			out = append(out, append([]int{first}, rest...))
		}
	}
	return out
}

func counted(v []int) map[string]int {
	m := map[string]int{}
	for i, n := range v {
		m[string(rune('a'+i))] = n
	}
	return m
}

// TestNoHiddenCountCanBeComputedFromTheShownOnes takes the place of somebody who knows the rules, the total and all labels:
// for every page that can be shown it looks at all groups that give this page. A small count is safe when another group gives
// the same page with another count.
func TestNoHiddenCountCanBeComputedFromTheShownOnes(t *testing.T) {
	for _, size := range []struct{ labels, total int }{{2, 14}, {3, 12}, {3, 24}, {4, 12}, {4, 18}, {4, 26}, {5, 14}, {5, 20}, {6, 11}} {
		pages := map[string][][]int{}
		for _, v := range vectors(size.total, size.labels) {
			page := fmt.Sprint(Together(counted(v), "rest", 5))
			pages[page] = append(pages[page], v)
		}
		for page, groups := range pages {
			for label := range size.labels {
				known, small := true, false
				for _, v := range groups {
					known = known && v[label] == groups[0][label]
					small = small || v[label] > 0 && v[label] < 5
				}
				if known && small {
					t.Errorf("of %d over %d labels, page %s tells that label %d is %d", size.total, size.labels, page, label, groups[0][label])
				}
			}
		}
	}
}

func TestWhatIsShownAddsUpAndNothingUnderTheMinimumIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.MapOf(rapid.StringMatching(`[a-j]?`), rapid.IntRange(0, 12)).Draw(t, "counts")
		min := rapid.IntRange(5, 10).Draw(t, "min")
		total, shown := 0, 0
		for _, n := range counts {
			total += n
		}
		for _, c := range Together(counts, "rest", min) {
			if c.N < min || c.Hidden {
				t.Fatalf("%+v is shown", c)
			}
			if c.Label != "rest" && counts[c.Label] != c.N {
				t.Fatalf("%+v is not what was counted", c)
			}
			shown += c.N
		}
		if total >= min && shown != total || total < min && shown != 0 {
			t.Fatalf("%d shown of %d", shown, total)
		}
	})
}

func TestAPictureIsNotShownWhenItTellsAboutTheFewWhoDidNotChooseIt(t *testing.T) {
	group := func(liked, all int) (out []questionnaire.Answers) {
		for i := range all {
			word := "niet"
			if i < liked {
				word = "leuk"
			}
			out = append(out, questionnaire.Answers{"W1": []byte(`{"koken":"` + word + `"}`), "W2": []byte(`["koken"]`)})
		}
		return out
	}
	for _, c := range []struct{ liked, all, want int }{{4, 20, 0}, {5, 20, 1}, {15, 20, 1}, {16, 20, 0}, {20, 20, 1}, {3, 4, 0}} {
		if got := OverviewOf(group(c.liked, c.all), 5).Liked; len(got) != c.want {
			t.Errorf("%d of %d like it: %+v", c.liked, c.all, got)
		}
	}
}

func TestASmallGroupTellsNothing(t *testing.T) {
	answers := make([]questionnaire.Answers, 4)
	o := OverviewOf(answers, 5)
	if !o.Total.Hidden || o.Total.N != 0 || o.First != nil || o.Liked != nil {
		t.Errorf("%+v", o)
	}
	if o := OverviewOf(nil, 5); o.Total.Hidden || o.Total.N != 0 {
		t.Errorf("nobody is not a small group: %+v", o)
	}
}

func TestTheMinimumIsNeverUnderFive(t *testing.T) {
	if got := (&Service{MinCell: 1}).minCell(); got != 5 {
		t.Errorf("minimum %d", got)
	}
	if got := (&Service{MinCell: 10}).minCell(); got != 10 {
		t.Errorf("minimum %d", got)
	}
}

func TestTheMonthlyReportCountsStepsAndHidesSmallCells(t *testing.T) {
	d := newDesk(t)
	var last Child
	for range 6 {
		last = chosen(d)
		d.on("2025-09-01")
	}
	d.on("2025-09-20")
	must(d.move(last, "contact", Step{}))(t)
	must(d.move(last, "proefles", Step{}))(t)
	must(d.move(last, "gestopt", Step{Note: "niet_leuk"}))(t)
	if err := d.Withdraw(t.Context(), d.sanne, last.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	r := must(d.Report(t.Context(), d.leader, day("2025-09-01"), day("2025-09-30")))(t)
	if r.Choices.N != 6 || r.Profiles.N != 6 || !r.Trials.Hidden || r.Trials.N != 0 || !r.Withdrawn.Hidden || r.Sustained.Hidden {
		t.Errorf("report %+v", r)
	}
	if len(r.Sources) != 1 || r.Sources[0] != (Count{Label: "school", N: 6}) || r.StopReasons != nil {
		t.Errorf("sources %+v, stop reasons %+v", r.Sources, r.StopReasons)
	}
	if len(r.Stages) != 1 || r.Stages[0] != (Count{Label: "overige samen", N: 6}) {
		t.Errorf("stages %+v: one withdrawn would be the total less the others", r.Stages)
	}
	for _, who := range []access.Actor{d.sanne, d.juf, d.club, {ID: "l2", Tenant: "t1", Role: access.TeamLead}} {
		_, err := d.Report(t.Context(), who, day("2025-09-01"), day("2025-09-30"))
		wantKind(t, err, errs.NotFound)
	}
	_, err := d.Report(t.Context(), d.leader, day("2025-09-30"), day("2025-09-01"))
	wantKind(t, err, errs.Invalid)
}
