package index

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// TestAnIndexThatIsDamagedWhileItRunsComesBack damages the files under an open index (RELIABILITY X03): the program goes on,
// a search says that it waits or answers, and afterwards everything is on disk and found again.
func TestAnIndexThatIsDamagedWhileItRunsComesBack(t *testing.T) {
	damages := map[string]func(t *testing.T, path string){
		"everything deleted": func(t *testing.T, path string) { must(t, os.RemoveAll(filepath.Dir(filepath.Dir(path)))) },
		"index deleted":      func(t *testing.T, path string) { must(t, os.RemoveAll(path)) },
		"segment truncated":  func(t *testing.T, path string) { f := segments(t, path)[0]; must(t, os.Truncate(f, sizeOf(t, f)/2)) },
		"segment emptied":    func(t *testing.T, path string) { must(t, os.Truncate(segments(t, path)[0], 0)) },
		"root.bolt removed":  func(t *testing.T, path string) { must(t, os.Remove(filepath.Join(path, "store", "root.bolt"))) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir, store := savedIndex(t)
			ix := openAt(t, dir, store)
			path := filepath.Join(dir, tenant, folderName(readTaxonomy(t)))
			before := find(t, ix, catalog.Query{Words: "voetbal"})
			damage(t, path)
			if _, err := ix.Search(t.Context(), tenant, catalog.Query{Words: "voetbal"}); err != nil && errs.KindOf(err) != errs.Unavailable {
				t.Errorf("a search of a damaged index: %v", err)
			}
			following(t, ix)
			until(t, "on disk again", func() bool {
				_, err := os.Stat(filepath.Join(path, "store", "root.bolt"))
				return !errors.Is(err, fs.ErrNotExist) && ix.Ready() && filesThere(ix.all()[0].current(), path) == nil
			})
			if after := find(t, ix, catalog.Query{Words: "voetbal"}); after.Total != before.Total {
				t.Errorf("%d found, want %d", after.Total, before.Total)
			}
			sameAsStore(t, ix)
		})
	}
}
