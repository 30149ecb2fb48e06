package index

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

func TestAnEditIsFoundAndARemovalIsNot(t *testing.T) {
	ix, store := built(t)
	following(t, ix)
	reached(t, ix, store.put(catalog.Activity{ID: "new", Title: "Speerwerpen", State: catalog.Published}))
	if f := find(t, ix, catalog.Query{Words: "speerwerpen"}); f.Total != 1 {
		t.Errorf("found %d", f.Total)
	}
	reached(t, ix, store.remove("new"))
	if f := find(t, ix, catalog.Query{Words: "speerwerpen"}); f.Total != 0 {
		t.Error("a removed activity is still found")
	}
}

func TestARenamedPartnerIsFoundUnderItsNewName(t *testing.T) {
	ix, store := built(t)
	following(t, ix)
	reached(t, ix, store.putPartner(catalog.Partner{ID: "p19", Name: "Ruitersport Sterrenbos"}))
	found := find(t, ix, catalog.Query{Words: "sterrenbos"})
	if len(found.IDs) < 2 || found.IDs[0] != "a049" || found.IDs[1] != "a050" {
		t.Errorf("by the new name: %v, want a049 and a050 first", found.IDs)
	}
	if f := find(t, ix, catalog.Query{Words: "hoefslag"}); f.Total != 0 && !f.Fuzzy {
		t.Errorf("found %d by the old name", f.Total)
	}
	sameAsStore(t, ix)
}

func TestAPartnerWithMoreActivitiesThanABatchIsRenamedEverywhere(t *testing.T) {
	var many []catalog.Activity
	for i := range batchSize + 200 {
		many = append(many, catalog.Activity{ID: fmt.Sprint("a", i), Title: "Gym", Partner: "p", State: catalog.Published})
	}
	store := newMemory([]catalog.Partner{{ID: "p", Name: "Oud"}}, many)
	ix := openAt(t, t.TempDir(), store)
	must(t, ix.Rebuild(t.Context(), tenant))
	following(t, ix)
	reached(t, ix, store.putPartner(catalog.Partner{ID: "p", Name: "Sterrenbos"}))
	if f := find(t, ix, catalog.Query{Words: "sterrenbos"}); f.Total != len(many) {
		t.Errorf("found %d of %d", f.Total, len(many))
	}
}

func TestEditsAndSearchesAtTheSameTimeEndEqual(t *testing.T) {
	ix, store := built(t)
	following(t, ix)
	var people sync.WaitGroup
	for who := range 4 {
		people.Go(func() {
			for i := range 60 {
				id := fmt.Sprintf("a%03d", (who*31+i*7)%140)
				switch i % 6 {
				case 0:
					store.remove(id)
				case 1:
					store.putPartner(catalog.Partner{ID: fmt.Sprint("p", i%20), Name: fmt.Sprint("Club ", who, i)})
				default:
					store.put(catalog.Activity{ID: id, Partner: fmt.Sprint("p", i%20), Title: fmt.Sprint("Judo ", i), State: catalog.Published})
				}
				ix.shelves[tenant].nudge()
				if _, err := ix.Search(context.Background(), tenant, catalog.Query{Words: "judo", Weekday: "wo"}); err != nil {
					t.Error(err)
				}
				if i == 30 && who == 0 {
					if err := ix.Rebuild(context.Background(), tenant); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	people.Wait()
	reached(t, ix, int64(len(store.log)))
	sameAsStore(t, ix)
}

func TestTenantsSeeTheirOwnCatalogue(t *testing.T) {
	ix, _ := built(t)
	must(t, ix.Add(t.Context(), "../Ander dorp"))
	if ix.shelves["../Ander dorp"].folder == ix.shelves[tenant].folder || strings.Contains(ix.shelves["../Ander dorp"].folder, "..") {
		t.Error("folder of another tenant: ", ix.shelves["../Ander dorp"].folder)
	}
	if _, err := ix.Search(t.Context(), "", catalog.Query{}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("no tenant: %v", err)
	}
}

func TestATenantThatComesLaterIsFollowedToo(t *testing.T) {
	partners, activities := readCatalogue(t)
	ix, err := Open(t.TempDir(), newMemory(partners, activities), nil, nil)
	must(t, err)
	stop := following(t, ix)
	must(t, ix.Add(t.Context(), tenant))
	until(t, "ready", ix.Ready)
	stop()
	must(t, ix.Close())
}
