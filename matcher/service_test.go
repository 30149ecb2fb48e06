package matcher_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// oneNeed lets anybody match for one family.
type oneNeed kindinkaart.Need

func (n oneNeed) ForMatch(context.Context, access.Actor, string) (kindinkaart.Need, error) {
	return kindinkaart.Need(n), nil
}

// TestWordsThatAreNoTagAreLookedForInTheIndex also asks for words that are a tag: those need no index, so that matching goes on without it.
func TestWordsThatAreNoTagAreLookedForInTheIndex(t *testing.T) {
	t.Parallel()
	store := &shop{partners: map[string]catalog.Partner{}, activities: map[string]catalog.Activity{}}
	for _, p := range somePartners {
		store.partners[p.ID] = p
	}
	for _, id := range []string{"A", "B"} {
		store.put(football(id, "wo", 15*60))
	}
	schemes := func(context.Context, string) ([]regeling.Scheme, error) { return nil, nil }
	var asked []string
	broken := errors.New("no index")
	s := &matcher.Service{Needs: oneNeed(evenings()), Boards: matcher.NewKeeper(store, schemes, func() geo.Ways { return geo.Ways{} }),
		Words: func(_ context.Context, tenant, words string) ([]catalog.Matched, error) {
			asked = append(asked, tenant+" "+words)
			if words == "kapot" {
				return nil, broken
			}
			return []catalog.Matched{catalog.MatchedIDs(slices.Values([]string{"B", "Z"}))}, nil
		}}
	lines := func(words string) (ids []string) {
		r, err := s.Match(t.Context(), access.Actor{Tenant: "t1"}, "c", matcher.Options{Search: words, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range r.Items {
			ids = append(ids, it.Activity)
		}
		return ids
	}
	if got := lines("qwerty"); !slices.Equal(got, []string{"B"}) || !slices.Equal(asked, []string{"t1 qwerty"}) {
		t.Errorf("qwerty: %v, asked %q", got, asked)
	}
	if got := lines("voetbal"); len(got) != 2 || len(asked) != 1 {
		t.Errorf("voetbal: %v, asked %q", got, asked)
	}
	if got := lines(""); len(got) != 2 || len(asked) != 1 {
		t.Errorf("no words: %v, asked %q", got, asked)
	}
	if _, err := s.Match(t.Context(), access.Actor{}, "c", matcher.Options{Search: "kapot"}); !errors.Is(err, broken) {
		t.Errorf("a broken index gave %v", err)
	}
	if _, _, err := s.MatchHelped(t.Context(), access.Actor{}, "c", matcher.Options{Search: "kapot"}); !errors.Is(err, broken) {
		t.Errorf("a broken index gave %v", err)
	}
}
