package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

func TestWhatIsSearchedForAtTheStartIsAWholeNeed(t *testing.T) {
	on := civil.Date{Year: 2026, Month: 2, Day: 28}
	need := nobody(geo.Point{Lat: 51.9, Lon: 4.5}, on)
	raw, err := json.Marshal(need)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kindinkaart.ReadNeed(bytes.NewReader(raw)); err != nil {
		t.Error(err)
	}
	r, err := matcher.Rank(need, matcher.NewBoard(nil, nil, nil, geo.Ways{}), nil, matcher.Options{})
	if err != nil || r.Thin {
		t.Errorf("too little to rank with: %v, %v", r.Thin, err)
	}
}

func TestGettingReadyRecordsNothing(t *testing.T) {
	a := serving(t)
	areas, err := os.Open("../../testdata/wijk/areas.geojson")
	if err != nil {
		t.Fatal(err)
	}
	defer areas.Close()
	if a.areas, err = readAreas(areas); err != nil || len(a.areas.Kind(geo.Wijk)) == 0 {
		t.Fatal("no wijk to search in: ", err)
	}
	before, _, err := a.store.AuditHead(t.Context(), "rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	a.warm(t.Context())
	if after, _, err := a.store.AuditHead(t.Context(), "rotterdam"); err != nil || after != before {
		t.Errorf("%d lines of the audit log became %d, %v", before, after, err)
	}
}

func readAreas(r io.Reader) (*geo.Areas, error) {
	list, _, err := geo.ReadAreas(r)
	return geo.NewAreas(list), err
}
