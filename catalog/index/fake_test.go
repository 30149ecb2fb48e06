package index

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

const tenant = "waterstad"

// memory is a store in memory with a gap-free change log.
type memory struct {
	mu         sync.Mutex
	partners   map[string]catalog.Partner
	activities map[string]catalog.Activity
	log        []catalog.Change
	pruned     int64 // changes up to here are gone
	down       error
}

func newMemory(partners []catalog.Partner, activities []catalog.Activity) *memory {
	m := &memory{partners: map[string]catalog.Partner{}, activities: map[string]catalog.Activity{}}
	for _, p := range partners {
		m.putPartner(p)
	}
	for _, a := range activities {
		m.put(a)
	}
	return m
}

func (m *memory) note(kind, id string) int64 {
	m.log = append(m.log, catalog.Change{Seq: int64(len(m.log) + 1), Kind: kind, ID: id})
	return int64(len(m.log))
}

func (m *memory) put(a catalog.Activity) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.activities[a.ID] = a
	return m.note("activity", a.ID)
}

func (m *memory) putPartner(p catalog.Partner) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.partners[p.ID] = p
	return m.note("partner", p.ID)
}

func (m *memory) remove(id string) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.activities, id)
	return m.note("activity", id)
}

func (m *memory) prune(upTo int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pruned = upTo
}

func (m *memory) All(context.Context, string) ([]catalog.Partner, []catalog.Activity, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Values(m.partners)), slices.Collect(maps.Values(m.activities)), int64(len(m.log)), m.down
}

func (m *memory) Changes(_ context.Context, _ string, after int64, limit int) ([]catalog.Change, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	after = min(max(after, m.pruned), int64(len(m.log)))
	return slices.Clone(m.log[after:min(after+int64(limit), int64(len(m.log)))]), m.down
}

func (m *memory) Activities(_ context.Context, _ string, ids []string) ([]catalog.Activity, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []catalog.Activity
	for _, id := range ids {
		if a, ok := m.activities[id]; ok {
			out = append(out, a)
		}
	}
	return out, m.down
}

func (m *memory) Partners(context.Context, string) ([]catalog.Partner, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Values(m.partners)), m.down
}

// taxonomy gives the search words of the real taxonomy.
type taxonomy map[string][]string

func (t taxonomy) Words() map[string][]string { return t }

// Tags knows whole search words only, as they are written.
func (t taxonomy) Tags(text string) (out []string) {
	for tag, words := range t {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, text) }) {
			out = append(out, tag)
		}
	}
	return out
}

func readTaxonomy(t testing.TB) taxonomy {
	var file struct {
		Tags []struct {
			ID    string              `json:"id"`
			Label string              `json:"label_nl"`
			Dutch []string            `json:"synonyms_nl"`
			Other map[string][]string `json:"synonyms_other"`
		}
	}
	readJSON(t, "../../kindinkaart/questionnaire/taxonomy-v1.json", &file)
	out := taxonomy{}
	for _, tag := range file.Tags {
		words := append([]string{tag.Label}, tag.Dutch...)
		for _, lang := range slices.Sorted(maps.Keys(tag.Other)) {
			words = append(words, tag.Other[lang]...)
		}
		out[tag.ID] = words
	}
	return out
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readCatalogue(t testing.TB) (partners []catalog.Partner, activities []catalog.Activity) {
	t.Helper()
	var file struct {
		Partners   []catalog.Partner
		Activities []catalog.Activity
	}
	readJSON(t, "testdata/catalogue.json", &file)
	return file.Partners, file.Activities
}

// wijk names a square of about a kilometre, so that tests have areas.
func wijk(p geo.Point) string {
	return "W" + cellName(int(math.Floor(p.Lat*50)), int(math.Floor(p.Lon*50)))
}

func openAt(t testing.TB, dir string, store Source) *Index {
	t.Helper()
	ix, err := Open(dir, store, readTaxonomy(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	ix.AreaAt = wijk
	if err := ix.Add(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() }) // closing twice is allowed
	return ix
}

// built opens an index of the test catalogue, up to date.
func built(t testing.TB) (*Index, *memory) {
	t.Helper()
	partners, activities := readCatalogue(t)
	store := newMemory(partners, activities)
	ix := openAt(t, t.TempDir(), store)
	if err := ix.Rebuild(t.Context(), tenant); err != nil {
		t.Fatal(err)
	}
	return ix, store
}

// following runs Follow until the test ends or stop is called.
func following(t testing.TB, ix *Index) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { ix.Follow(ctx) })
	stop = func() { cancel(); done.Wait() }
	t.Cleanup(stop)
	return stop
}

func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

// reached waits until a change is in the index.
func reached(t testing.TB, ix *Index, seq int64) {
	t.Helper()
	ix.shelves[tenant].nudge()
	until(t, fmt.Sprint("change ", seq, " in the index"), func() bool { return ix.Position(tenant) >= seq })
}

func find(t testing.TB, ix *Index, q catalog.Query) catalog.Found {
	t.Helper()
	found, err := ix.Search(t.Context(), tenant, q)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// sameAsStore says whether index and store hold the same, and repairs when not.
func sameAsStore(t testing.TB, ix *Index) {
	t.Helper()
	if n, err := ix.Verify(t.Context(), tenant); err != nil || n != 0 {
		t.Fatalf("index and store differ in %d documents, error %v", n, err)
	}
}
