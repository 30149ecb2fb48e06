package main

import (
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// TestTheDemoHasNewsForAChildThatFoundNothing keeps one new activity for one child without an offer in the demo wijk, so
// that the line "Nieuw: past bij dit kind" is there to be seen.
func TestTheDemoHasNewsForAChildThatFoundNothing(t *testing.T) {
	s := newSite(t)
	bilal := s.actor(t, "smwr.bilal")
	rows, err := s.kind.Caseload(t.Context(), bilal, kindinkaart.CaseloadFilter{})
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, row := range rows {
		if row.Traject.Stage != "geen_aanbod" {
			continue
		}
		asked++
		news, err := s.matcher.News(t.Context(), bilal, row.Child.ID, matcher.Since{Day: row.Traject.Since, FoundNothing: true})
		if err != nil || len(news) != 1 {
			t.Errorf("nieuw voor een kind zonder aanbod: %d, verwacht 1: %v", len(news), err)
		}
	}
	if asked == 0 {
		t.Error("er is geen kind zonder aanbod")
	}
}
