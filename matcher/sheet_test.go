package matcher

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatIsWrittenOnASheetStaysAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s sheet
		var texts, wantTexts []string
		var lists, wantLists [][]Task
		for i := range rapid.IntRange(1, 200).Draw(t, "lines") {
			long := rapid.SampledFrom([]int{0, 1, 5, 40, 900, 5000}).Draw(t, "long")
			word := strings.Repeat(fmt.Sprint(i%10), long)
			texts, wantTexts = append(texts, s.say("<", word, s.number(i), ">")), append(wantTexts, fmt.Sprintf("<%s%d>", word, i))
			var want []Task
			for k := range rapid.IntRange(0, 3).Draw(t, "findings") {
				tasks := s.tasks.more(rapid.IntRange(0, 50).Draw(t, "tasks"))
				for n := range tasks {
					tasks[n].Text = fmt.Sprint(i, k, n)
				}
				want = append(want, tasks...)
			}
			lists, wantLists = append(lists, s.tasks.cut()), append(wantLists, want)
		}
		for _, list := range lists {
			_ = append(list, Task{Text: "of a reader that goes on after the end"})
		}
		if !slices.Equal(texts, wantTexts) {
			t.Fatalf("texts\n%q, want\n%q", texts, wantTexts)
		}
		if !slices.EqualFunc(lists, wantLists, slices.Equal) {
			t.Fatalf("lists\n%v, want\n%v", lists, wantLists)
		}
	})
}

func TestAListWithoutAnythingIsEmptyAndNotAbsent(t *testing.T) {
	var s sheet
	if s.tasks.cut() == nil || s.parts.keep(nil) == nil {
		t.Error("null in the JSON of a line")
	}
	s.parts.keep([]Part{{Name: "kosten"}})
	if empty := s.parts.keep(nil); empty == nil || len(empty) != 0 {
		t.Errorf("got %v", empty)
	}
}

func TestAmountsDatesAndAgesAreWrittenTheDutchWay(t *testing.T) {
	var s sheet
	for got, want := range map[string]string{
		s.euro(0): "gratis", s.amount(0): "€ 0,00", s.euro(5): "€ 0,05", s.euro(123456): "€ 1234,56", s.number(-7): "-7",
		s.ages(-1, -1): "alle leeftijden", s.ages(6, -1): "vanaf 6 jaar", s.ages(-1, 12): "tot en met 12 jaar", s.ages(8, 8): "8 jaar", s.ages(8, 12): "8 t/m 12 jaar",
		s.date(day(1).date()): "1 januari 2000",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
