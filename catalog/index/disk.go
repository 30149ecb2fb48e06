package index

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"wijknetwerk/kindinkaart/errs"
)

// A tenant's folder holds: the index in a folder with the version of its mapping; while building, the same name with
// .nieuw; the last index that was set aside in "oud"; and the lock.
const (
	asideName   = "oud"
	lockName    = "slot.bolt"
	freshSuffix = ".nieuw"
)

// lockWait is how long to wait for another process; with opening it stays under two seconds.
const lockWait = time.Second

var errInUse = errs.New(errs.Unavailable,
	"De zoekindex is al in gebruik door een ander proces. Stop dat proces, of geef met --data een andere map op.")

// runtimeConfig is given to bleve each time an index is made or opened.
func runtimeConfig() map[string]any {
	return map[string]any{"bolt_timeout": lockWait.String(), "asyncErrorCallbackName": callbackName}
}

// tenantFolder gives the folder of a tenant, whatever characters its id has.
func tenantFolder(dir, tenant string) (string, error) {
	name := strings.ReplaceAll(url.PathEscape(tenant), ".", "%2E")
	if name == "" || len(name) > 200 {
		return "", errs.New(errs.Invalid, "Geen geldige organisatie: verwacht een code van 1 tot 200 tekens.")
	}
	return filepath.Join(dir, name), nil
}

// lockFolder makes sure that one process works in a folder. A damaged lock file is replaced.
func lockFolder(folder string) (*bbolt.DB, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, errs.Wrap(errs.Internal, "De map voor de zoekindex kan niet worden gemaakt. Controleer de rechten en de ruimte op de schijf.", err)
	}
	path := filepath.Join(folder, lockName)
	for attempt := 0; ; attempt++ {
		db, err := openLock(path)
		switch {
		case err == nil:
			return db, nil
		case errors.Is(err, berrors.ErrTimeout):
			return nil, errInUse
		case attempt > 0:
			return nil, errs.Wrap(errs.Internal, "De zoekindex kan niet worden geopend. Controleer de rechten en de ruimte op de schijf.", err)
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errs.Wrap(errs.Internal, "De zoekindex kan niet worden geopend. Controleer de rechten op de map.", err)
		}
	}
}

func openLock(path string) (db *bbolt.DB, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("lock file: %v", p)
		}
	}()
	return bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait})
}

// openIndex opens an index and checks that it is whole: the mapping is ours and the checksum of every segment holds.
func openIndex(path string, want *mapping.IndexMappingImpl) (ix bleve.Index, err error) {
	defer func() {
		if p := recover(); p != nil {
			ix, err = nil, fmt.Errorf("open: %v", p)
		}
	}()
	opened, err := bleve.OpenUsing(path, runtimeConfig())
	if err != nil {
		return nil, err
	}
	if err := wholeIndex(opened, want); err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return opened, nil
}

func wholeIndex(ix bleve.Index, want *mapping.IndexMappingImpl) error {
	if !sameJSON(ix.Mapping(), want) {
		return errors.New("mapping differs from the one this program makes")
	}
	damaged, err := damagedSegments(ix)
	if err != nil {
		return err
	}
	if len(damaged) > 0 {
		return fmt.Errorf("damaged segments: %s", strings.Join(damaged, ", "))
	}
	return nil
}

func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// damagedSegments compares every segment file with the checksum in its last four bytes. bleve itself reads a damaged
// segment without noticing (RELIABILITY X04).
func damagedSegments(ix bleve.Index) ([]string, error) {
	segments, done, err := segmentsOf(ix)
	if err != nil {
		return nil, err
	}
	defer done()
	var out []string
	for _, s := range segments {
		if err := checksum(s.Path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			out = append(out, filepath.Base(s.Path()))
		}
	}
	return out, nil
}

// segmentsOf gives the segments of an index that are on disk; they stay open until done is called.
func segmentsOf(ix bleve.Index) (out []segment.PersistedSegment, done func(), err error) {
	snapshot, err := snapshotOf(ix)
	if err != nil {
		return nil, nil, err
	}
	done = func() { _ = snapshot.Close() } // only reading
	for _, s := range snapshot.Segments() {
		if file, ok := s.Segment().(segment.PersistedSegment); ok && file.Path() != "" { // else it is still in memory
			out = append(out, file)
		}
	}
	return out, done, nil
}

// filesThere says what is wrong with the files of an open index: gone, or shorter than what was mapped. Reading past the end
// of a mapped file that was cut off would end the program.
func filesThere(ix bleve.Index, path string) error {
	if _, err := os.Stat(filepath.Join(path, "store", "root.bolt")); err != nil {
		return err
	}
	segments, done, err := segmentsOf(ix)
	if err != nil {
		return err
	}
	defer done()
	for _, s := range segments {
		file, ok := s.(interface{ Data() []byte })
		if !ok {
			continue
		}
		info, err := os.Stat(s.Path())
		if err == nil && info.Size() < int64(len(file.Data())) {
			return fmt.Errorf("segment %s was cut off", filepath.Base(s.Path()))
		}
	}
	return nil
}

// checksum reads a segment file and compares its CRC-32.
func checksum(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only reading
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 4 {
		return errors.New("too short")
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-4); err != nil {
		return err
	}
	var written uint32
	if err := binary.Read(f, binary.BigEndian, &written); err != nil {
		return err
	}
	if written != sum.Sum32() {
		return errors.New("checksum differs")
	}
	return nil
}

// setAside moves a folder out of the way; of these one is kept.
func setAside(folder, name string) error {
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	aside := filepath.Join(folder, asideName)
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	return os.Rename(path, aside)
}

// tidy sets indexes of other mappings aside and drops half-built ones.
func tidy(folder, keep string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || name == keep || name == asideName {
			continue
		}
		if strings.HasSuffix(name, freshSuffix) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(folder, name)))
		} else {
			err = errors.Join(err, setAside(folder, name))
		}
	}
	return err
}
