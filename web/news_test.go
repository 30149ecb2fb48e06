package web

import (
	"context"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/matcher"
)

// changedMatcher has one activity that got better.
type changedMatcher struct {
	fakeMatcher
	better []catalog.Better
}

func (m changedMatcher) News(context.Context, access.Actor, string, matcher.Since) ([]matcher.Fresh, error) {
	return []matcher.Fresh{{Item: matcher.Item{Activity: "A2", Slot: "A2s"}, Better: m.better}}, nil
}

func TestTheLineOfNewsSaysWhatChangedAsFarAsTheLogKnows(t *testing.T) {
	w := newSite(t, "sanne")
	w.kind.files["c2"].Traject.Stage = "geen_aanbod"
	for _, c := range []struct {
		better []catalog.Better
		want   string
	}{
		{[]catalog.Better{catalog.Cheaper, catalog.RoomAgain}, `Past nu bij dit kind. <a href="/kinderen/c2/kiezen/A2">Pleinbasketbal</a>: de prijs is lager, er is weer plek</span>`},
		{[]catalog.Better{"later"}, `Nieuw: past bij dit kind. <a href="/kinderen/c2/kiezen/A2">Pleinbasketbal</a></span>`}, // written by a newer program
		{nil, `Nieuw: past bij dit kind. <a href="/kinderen/c2/kiezen/A2">Pleinbasketbal</a></span>`},
	} {
		w.s.Matcher = changedMatcher{better: c.better}
		for _, path := range []string{"/kinderen/c2", "/trajecten?toon=lijst"} {
			if _, body := w.get(path); !strings.Contains(body, c.want) {
				t.Errorf("%v: op %s staat geen %q", c.better, path, c.want)
			}
		}
	}
	for _, b := range []catalog.Better{catalog.OpenAgain, catalog.Cheaper, catalog.MoreAges, catalog.RoomAgain, catalog.OtherTime, catalog.OtherPlace} {
		if betterWords[b] == "" {
			t.Errorf("%s heeft geen woorden", b)
		}
	}
}
