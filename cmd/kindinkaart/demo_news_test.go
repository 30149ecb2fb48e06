package main

import (
	"slices"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// TestTheDemoHasNewsForAChildThatFoundNothing keeps in the demo wijk a new activity for one child without an offer and a changed
// one for another, so that both lines are there to be seen: "Nieuw: past bij dit kind" and "Past nu bij dit kind".
func TestTheDemoHasNewsForAChildThatFoundNothing(t *testing.T) {
	s := newSite(t)
	for login, better := range map[string][]catalog.Better{"smwr.bilal": nil, "smwr.sara": {catalog.Cheaper, catalog.RoomAgain}} {
		who := s.actor(t, login)
		rows, err := s.kind.Caseload(t.Context(), who, kindinkaart.CaseloadFilter{})
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		for _, row := range rows {
			if row.Traject.Stage != "geen_aanbod" {
				continue
			}
			asked++
			news, err := s.matcher.News(t.Context(), who, row.Child.ID, matcher.Since{Day: row.Traject.Since, FoundNothing: true})
			if err != nil || len(news) != 1 || !slices.Equal(news[0].Better, better) {
				t.Errorf("nieuws voor een kind van %s zonder aanbod: %+v, verwacht 1 met %v: %v", login, news, better, err)
			}
		}
		if asked != 1 {
			t.Errorf("%s heeft %d kinderen zonder aanbod", login, asked)
		}
	}
}
