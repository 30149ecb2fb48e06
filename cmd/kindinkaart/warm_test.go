package main

import (
	"bytes"
	"context"
	"encoding/json"
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
	var out bytes.Buffer
	a, err := openApp(context.Background(), &config{data: t.TempDir(), tenant: "rotterdam"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	a.warm(context.Background())
	if err := a.store.VerifyAudit(context.Background(), "rotterdam"); err != nil || out.Len() > 0 {
		t.Errorf("%v, %s", err, out.String())
	}
}
