package geo

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// rotterdam is the graph file of the real street map, read once for all tests and benchmarks.
var rotterdam = sync.OnceValues(func() ([]byte, error) {
	dir := os.Getenv("KIK_REFERENCE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "rotterdam_ways.osm.pbf"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	pbf, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	data, _, err := ImportStreets(context.Background(), bytes.NewReader(pbf), nil)
	return data, err
})

// referenceStreets is the real street map of Rotterdam with the crossings of the product; without it the test is skipped.
func referenceStreets(t testing.TB) *Streets {
	t.Helper()
	data, err := rotterdam()
	if os.IsNotExist(err) {
		t.Skip("there is no rotterdam_ways.osm.pbf in the folder of KIK_REFERENCE_DATA or ../../shared/data")
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadStreets(data, DefaultCrossings())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
