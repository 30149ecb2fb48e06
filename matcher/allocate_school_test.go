package matcher_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/matcher"
)

func (w *klasWorld) ForSchool(ctx context.Context, who access.Actor, id string) (kindinkaart.SchoolNeeds, error) {
	n, err := w.ForKlas(ctx, who, id)
	if err != nil {
		return kindinkaart.SchoolNeeds{}, err
	}
	other := n
	other.Klas.ID, other.Waiting = "k2", 0
	return kindinkaart.SchoolNeeds{School: kindinkaart.School{ID: "k1", Name: "De Wilg"}, Klassen: []kindinkaart.KlasNeeds{n, other}, MinCell: 5}, nil
}

func TestTheClassesOfASchoolAreDividedOverAtOnceAndNoTwoCardsHaveOneName(t *testing.T) {
	w := cookingKlas(intp(10), 6)
	got, err := w.desk().SchoolWishes(t.Context(), access.Actor{Tenant: "t1"}, "k1")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Klassen) != 2 || len(got.Cards) != 6 || len(got.Offers) != 1 || len(w.asked) != 1 || got.Klassen[1].Label != "Groep 6 2" {
		t.Fatalf("%+v", got)
	}
	a := allocate(t, got.Pool(matcher.Terms{Places: 1, Seed: 3}))
	if a.Best.Unplaced != 2 || a.Best.Sizes[0].Placed != 4 {
		t.Errorf("four places for six children of two classes: %+v", a.Best)
	}
	if len(a.Best.Explain("uil (Groep 6)")) == 0 || len(a.Best.Explain("uil (Groep 6 2)")) == 0 {
		t.Error("a card is not explained by its animal and class")
	}
	f := got.Fares(a)
	if f.All.Cards != 6 || f.All.Best.Unplaced != 2 || f.All.Best.First != 4 || f.Rows[0].Cards != 3 || f.Rows[0].Best.Unplaced+f.Rows[1].Best.Unplaced != 2 {
		t.Errorf("%+v", f)
	}
	if told := f.Told(5); len(told.Rows) != 0 || told.Whole != matcher.TellNothing {
		t.Errorf("two classes of three: %+v", told)
	}
}

// fares are classes of any size, whatever they were given.
func fares(t *rapid.T) matcher.Fares {
	outcome := func(cards int) matcher.Outcome {
		none := rapid.IntRange(0, cards).Draw(t, "none")
		three := rapid.IntRange(0, cards-none).Draw(t, "three")
		return matcher.Outcome{First: rapid.IntRange(0, three).Draw(t, "first"), Three: three, Unplaced: none}
	}
	var f matcher.Fares
	for i := range rapid.IntRange(0, 6).Draw(t, "classes") {
		cards := rapid.IntRange(0, 30).Draw(t, "cards")
		row := matcher.Fare{Klas: fmt.Sprintf("k%d", i), Label: fmt.Sprintf("Groep %d", i), Klassen: 1, Cards: cards, Best: outcome(cards), Lottery: outcome(cards)}
		f.Rows = append(f.Rows, row)
		f.All = addFares(f.All, row)
	}
	return f
}

// addFares adds a class to others.
func addFares(a, b matcher.Fare) matcher.Fare {
	plus := func(x, y matcher.Outcome) matcher.Outcome {
		return matcher.Outcome{First: x.First + y.First, Three: x.Three + y.Three, Unplaced: x.Unplaced + y.Unplaced}
	}
	return matcher.Fare{Cards: a.Cards + b.Cards, Best: plus(a.Best, b.Best), Lottery: plus(a.Lottery, b.Lottery)}
}

// groups are the children that stand apart when this much of an outcome is told.
func groups(o matcher.Outcome, cards int, d matcher.Detail) []int {
	placed := cards - o.Unplaced
	return map[matcher.Detail][]int{matcher.TellUnplaced: {o.Unplaced, placed}, matcher.TellFirst: {o.Unplaced, o.First, placed - o.First},
		matcher.TellAll: {o.Unplaced, o.First, o.Three - o.First, placed - o.Three}}[d]
}

func TestWhatIsToldOfClassesSetsNoSmallGroupApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := fares(t)
		told := f.Told(5)
		for _, r := range told.Rows {
			if r.Klas == "" && r.Klassen < 2 {
				t.Fatalf("one class alone is in the rest: %+v", r)
			}
		}
		if own := rapid.IntRange(-1, 6).Draw(t, "of"); own >= 0 {
			told = told.Of(func(klas string) bool { return klas == fmt.Sprintf("k%d", own) })
		}
		safe := func(r matcher.Fare, d matcher.Detail) {
			for _, o := range []matcher.Outcome{r.Best, r.Lottery} {
				for _, n := range groups(o, r.Cards, d) {
					if n > 0 && n < 5 {
						t.Fatalf("%q sets %d children apart: %+v", r.Label, n, r)
					}
				}
			}
		}
		safe(told.All, told.Whole)
		var sum matcher.Fare
		for _, r := range told.Rows {
			safe(r, told.Detail)
			sum = addFares(sum, r)
		}
		if len(told.Rows) > 0 && (sum.Best != f.All.Best || sum.Lottery != f.All.Lottery || sum.Cards != f.All.Cards) {
			t.Fatalf("the rows add up to %+v, all are %+v", sum, f.All)
		}
		if told.Detail > told.Whole {
			t.Fatalf("classes are told in more detail (%d) than all together (%d)", told.Detail, told.Whole)
		}
	})
}

func TestATeacherIsToldOfItsOwnClassAndOfTheOthersTogether(t *testing.T) {
	row := func(id string) matcher.Fare {
		o := matcher.Outcome{First: 15, Three: 20, Unplaced: 5}
		return matcher.Fare{Klas: id, Label: id, Klassen: 1, Cards: 30, Best: o, Lottery: o}
	}
	told := matcher.Fares{Rows: []matcher.Fare{row("a"), row("b"), row("c")}, Detail: matcher.TellAll}
	got := told.Of(func(klas string) bool { return klas == "b" })
	if len(got.Rows) != 2 || got.Rows[0].Klas != "b" || got.Rows[1].Klas != "" || got.Rows[1].Klassen != 2 || got.Rows[1].Cards != 60 || got.Rows[1].Best.Unplaced != 10 {
		t.Errorf("%+v", got)
	}
	if got = told.Of(func(klas string) bool { return klas == "d" }); len(got.Rows) != 0 || len(told.Rows) != 3 {
		t.Errorf("of a class that is not told apart: %+v", got)
	}
}

func TestClassesThatAreLargeEnoughAreToldAndASmallOneIsNotComputedBack(t *testing.T) {
	row := func(id string, cards, first, three, none int) matcher.Fare {
		o := matcher.Outcome{First: first, Three: three, Unplaced: none}
		return matcher.Fare{Klas: id, Label: id, Klassen: 1, Cards: cards, Best: o, Lottery: o}
	}
	f := matcher.Fares{Rows: []matcher.Fare{row("a", 28, 15, 23, 5), row("b", 26, 14, 20, 6), row("c", 20, 12, 18, 2)}}
	for _, r := range f.Rows {
		f.All = addFares(f.All, r)
	}
	told := f.Told(5)
	if len(told.Rows) != 2 || told.Rows[0].Klas != "a" || told.Rows[1].Klas != "" || told.Rows[1].Best.Unplaced != 8 || told.Detail != matcher.TellAll && told.Detail != matcher.TellFirst {
		t.Errorf("the two without a place of c follow from the others: %+v", told)
	}
}
