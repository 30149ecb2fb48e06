package traject

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/errs"
)

func TestThereAreNineteenStagesAndSixtySevenSteps(t *testing.T) {
	steps := 0
	for _, s := range data().Stages {
		steps += len(Next(s.ID))
		if s.End != (len(Next(s.ID)) == 0) {
			t.Errorf("%s: end %v but %d next stages", s.ID, s.End, len(Next(s.ID)))
		}
	}
	if len(data().Stages) != 19 || steps != 67 {
		t.Errorf("%d stages and %d steps, want 19 and 67", len(data().Stages), steps)
	}
}

func TestEveryStageCanBeReachedAndEveryWayCanEnd(t *testing.T) {
	reach := func(from string) map[string]bool {
		seen := map[string]bool{from: true}
		for todo := []string{from}; len(todo) > 0; todo = todo[1:] {
			for _, s := range Next(todo[0]) {
				if !seen[s.ID] {
					seen[s.ID] = true
					todo = append(todo, s.ID)
				}
			}
		}
		return seen
	}
	fromStart := reach(StageRegistered)
	for _, s := range data().Stages {
		if !fromStart[s.ID] {
			t.Errorf("%s cannot be reached", s.ID)
		}
		if !s.End && !reach(s.ID)[StageWithdrawn] {
			t.Errorf("consent cannot be withdrawn from %s", s.ID)
		}
	}
}

func TestYusufsWayIsAllowedStepByStep(t *testing.T) {
	way := strings.Fields("aangemeld eerste_consult toestemming profiel zoeken keuze regelen contact proefles ingeschreven deelname bestendigd afgerond")
	for i := 1; i < len(way); i++ {
		if err := Allowed(way[i-1], way[i]); err != nil {
			t.Errorf("%s to %s: %v", way[i-1], way[i], err)
		}
	}
	if err := Allowed(StageTrial, StageSearch); err != nil {
		t.Errorf("a trial that is not liked is no failure: %v", err)
	}
}

func TestAnIllegalStepIsRefusedWithWhatIsPossible(t *testing.T) {
	err := Allowed(StageChoice, StageTakesPart)
	if errs.KindOf(err) != errs.Refused {
		t.Fatalf("got %v", err)
	}
	for _, word := range []string{"‘Keuze van het kind’", "‘Doet mee’", "‘Drempels regelen’", " of ‘Toestemming ingetrokken’"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %s", err, word)
		}
	}
	if err := Allowed(StageDone, StageSearch); errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "klaar") {
		t.Errorf("from the end: %v", err)
	}
	if err := Allowed(StageSearch, "volgende"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("unknown stage: %v", err)
	}
}

func TestWhateverStepsAreAskedATrajectStaysOnAllowedWays(t *testing.T) {
	ids := []string{"", "onzin"}
	for _, s := range data().Stages {
		ids = append(ids, s.ID)
	}
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(ids).Draw(t, "from"), rapid.SampledFrom(ids).Draw(t, "to")
		listed := false
		for _, id := range data().Transitions[from] {
			listed = listed || id == to
		}
		if err := Allowed(from, to); (err == nil) != listed {
			t.Fatalf("%s to %s: listed %v, error %v", from, to, listed, err)
		}
	})
}

func TestChoiceListsHaveDutchLabels(t *testing.T) {
	if len(Sources()) != 9 || len(StopReasons()) != 15 {
		t.Errorf("%d sources, %d reasons", len(Sources()), len(StopReasons()))
	}
	if !IsSource("poh") || !IsStopReason("te_ver") || !IsSupportLevel("hand") || IsStopReason("boos") {
		t.Error("what stands in a list is not known")
	}
	if _, err := parse([]byte(strings.Replace(string(trajectoryJSON), `"niet_leuk"`, `"niet_fijn"`, 1))); err == nil {
		t.Error("a reason without a Dutch text went unnoticed")
	}
	if _, err := parse([]byte(strings.Replace(string(trajectoryJSON), `"keuze",`, `"kaas",`, 1))); err == nil {
		t.Error("a step to nowhere went unnoticed")
	}
}
