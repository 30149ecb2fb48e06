package index

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// searchedIDs gives every id that Search finds for words, page by page.
func searchedIDs(t testing.TB, ix *Index, words string) (ids []string) {
	t.Helper()
	for {
		found, err := ix.Search(context.Background(), tenant, catalog.Query{Words: words, Limit: maxLimit, Offset: len(ids)})
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, found.IDs...); len(ids) >= found.Total || len(found.IDs) == 0 {
			return ids
		}
	}
}

// sameMatches holds Matches against Search.
func sameMatches(t testing.TB, ix *Index, words string) int {
	t.Helper()
	found, err := ix.Matches(context.Background(), tenant, words)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, m := range found {
		got = slices.AppendSeq(got, m.IDs())
	}
	want := searchedIDs(t, ix, words)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%q: Matches gives %v, Search %v", words, got, want)
	}
	return len(got)
}

func TestMatchesAreWhatSearchFinds(t *testing.T) {
	ix, _ := built(t)
	found := 0
	for _, file := range []string{"testdata/queries.json", "testdata/queries-held-out.json"} {
		var queries []struct{ Words string }
		readJSON(t, file, &queries)
		for _, q := range queries {
			found += sameMatches(t, ix, q.Words)
		}
	}
	for _, words := range []string{"", "de het een", "les", "8 woensdag", "xqzw", "voetbl", "basketbalen", "kinderzangkoortje"} {
		found += sameMatches(t, ix, words)
	}
	if found < 200 {
		t.Errorf("only %d found in all: this tests little", found)
	}
}

// TestMatchesFollowEveryChange changes a catalogue at random, so that there are many segments with deleted documents in
// them, and rebuilds it after the first: another index numbers its
// segments anew.
func TestMatchesFollowEveryChange(t *testing.T) {
	_, base := readCatalogue(t)
	vocabulary, r := words(base), rand.New(rand.NewPCG(1, 2))
	store := newMemory(nil, nil)
	for i := range 80 {
		store.put(drawDocument(r, base, vocabulary, i))
	}
	ix := openAt(t, t.TempDir(), store)
	must(t, ix.Rebuild(t.Context(), tenant))
	found := 0
	for round := range 12 {
		if round == 0 {
			sameMatches(t, ix, "")
		}
		for range 1 + r.IntN(20) {
			if i := r.IntN(100); r.IntN(4) == 0 {
				store.remove(fmt.Sprintf("a%03d", i))
			} else {
				store.put(drawDocument(r, base, vocabulary, i))
			}
		}
		if round == 0 {
			must(t, ix.Rebuild(t.Context(), tenant))
		}
		must(t, ix.all()[0].step(t.Context()))
		for range 3 {
			found += sameMatches(t, ix, drawWords(r, vocabulary))
		}
	}
	if found < 60 {
		t.Errorf("only %d found in all: this tests little", found)
	}
}

// words are all words of the titles and texts.
func words(all []catalog.Activity) []string {
	set := map[string]bool{}
	for _, a := range all {
		for _, w := range strings.Fields(a.Title + " " + a.Text) {
			set[strings.Trim(w, ".,:;!?")] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func drawDocument(r *rand.Rand, base []catalog.Activity, vocabulary []string, i int) catalog.Activity {
	a := base[r.IntN(len(base))]
	a.ID = fmt.Sprintf("a%03d", i)
	a.Title = vocabulary[r.IntN(len(vocabulary))] + " " + a.Title
	a.State = []catalog.State{catalog.Published, catalog.Published, catalog.Published, catalog.Paused}[r.IntN(4)]
	return a
}

// drawWords types one to three words, sometimes with a letter missing.
func drawWords(r *rand.Rand, vocabulary []string) string {
	var typed []string
	for range 1 + r.IntN(3) {
		typed = append(typed, vocabulary[r.IntN(len(vocabulary))])
	}
	if w := []rune(typed[0]); len(w) > 3 && r.IntN(2) == 0 {
		i := 1 + r.IntN(len(w)-1)
		typed[0] = string(slices.Delete(w, i, i+1))
	}
	return strings.Join(typed, " ")
}

func TestMatchesWaitForAnIndexThatIsBeingBuilt(t *testing.T) {
	ix := openAt(t, t.TempDir(), newMemory(readCatalogue(t)))
	if _, err := ix.Matches(t.Context(), tenant, "voetbal"); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("error %v", err)
	}
}
