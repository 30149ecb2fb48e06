package store

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

func referenceLoadsTwice(t *testing.T, s *Store) {
	ctx := context.Background()
	codes := []Postcode{{Code: "9001AA", Point: geo.Point{Lat: 51.9, Lon: 4.5}, Wijk: "W1"}, {Code: "9001", Point: geo.Point{Lat: 51.8, Lon: 4.4}, Residence: "GM1"},
		{Code: "9002AA", Point: geo.Point{Lat: 51, Lon: 4}, Residence: "GM2"}, {Code: "9002AB", Point: geo.Point{Lat: 52, Lon: 5}, Residence: "GM2"}}
	for i := range 1200 {
		codes = append(codes, Postcode{Code: fmt.Sprintf("8%03d%c%c", i%1000, 'A'+rune(i/1000), 'B'), Point: geo.Point{Lat: 52, Lon: 5}})
	}
	areas := []Area{{Code: "W1", Kind: "wijk", Name: "Feijenoord", Residence: "GM1", GeoJSON: []byte(`{"type":"Polygon"}`)}}
	autumn := []traject.Holiday{{Name: "Herfstvakantie", Region: "midden", From: civil.Date{Year: 2026, Month: 10, Day: 17}, To: civil.Date{Year: 2026, Month: 10, Day: 25}}}
	for round := range 2 {
		var steps []int
		n, err := s.PutPostcodes(ctx, codes, func(done, total int) { steps = append(steps, done, total) })
		if want := len(codes) * (1 - round); err != nil || n != want {
			t.Fatalf("%d postcodes were new or different, want %d (%v)", n, want, err)
		}
		if !reflect.DeepEqual(steps, []int{1000, 1204, 1204, 1204}) {
			t.Fatalf("progress %v", steps)
		}
		if n, err := s.PutAreas(ctx, areas, nil); err != nil || n != 1-round {
			t.Fatal(n, err)
		}
		if n, err := s.PutHolidays(ctx, append(autumn, autumn...), nil); err != nil || n != 1-round {
			t.Fatal(n, err)
		}
	}
	if got, err := s.Areas(ctx); err != nil || !reflect.DeepEqual(got, areas) {
		t.Errorf("areas %v (%v)", got, err)
	}
	if got, err := s.Holidays(ctx, "midden"); err != nil || !reflect.DeepEqual(got, autumn) {
		t.Errorf("holidays %v (%v)", got, err)
	}
	postcodesAreFound(t, s)
}

func postcodesAreFound(t *testing.T, s *Store) {
	ctx := context.Background()
	if n, err := s.PutPostcodes(ctx, []Postcode{{Code: "9001AA"}, {Code: "9001AC"}}, nil); err != nil || n != 1 {
		t.Fatalf("%d changed (%v): a list without points adds what is not there yet and takes nothing away", n, err)
	}
	do(t, s, func(x kindinkaart.Tx) error {
		for code, want := range map[geo.Postcode]string{"9001AA": "W1", "9001AC": "", "9999ZZ": ""} {
			if wijk, err := x.WijkOf(code); err != nil || wijk != want {
				t.Errorf("wijk of %s: %q (%v)", code, wijk, err)
			}
		}
		return nil
	})
	if all, err := s.Postcodes(ctx); err != nil || len(all) < 1200 {
		t.Errorf("%d postcodes (%v)", len(all), err)
	}
	for code, want := range map[geo.Postcode]struct {
		point     geo.Point
		residence string
	}{
		"9001AA": {geo.Point{Lat: 51.9, Lon: 4.5}, "GM1"}, // residence from its PC4 area
		"9001AC": {geo.Point{Lat: 51.8, Lon: 4.4}, "GM1"}, // known without a point
		"9001ZZ": {geo.Point{Lat: 51.8, Lon: 4.4}, "GM1"}, // the PC4 area
		"9002ZZ": {geo.Point{Lat: 51.5, Lon: 4.5}, "GM2"}, // the mean of its postcodes
	} {
		if p, residence, err := s.Locate(ctx, code); err != nil || p != want.point || residence != want.residence {
			t.Errorf("%s: %v %q (%v)", code, p, residence, err)
		}
	}
	_, _, err := s.Locate(ctx, "9999ZZ")
	wantKind(t, err, errs.NotFound)
}

func schemesAreConfirmed(t *testing.T, s *Store) {
	ctx, tenant := context.Background(), newTenant()
	fund := Scheme{ID: "fonds", ValidFrom: civil.Date{Year: 2026, Month: 1, Day: 1}, Body: []byte(`{"id":"fonds","max":280}`)}
	put := func(v Scheme) bool {
		t.Helper()
		if _, err := s.PutSchemes(ctx, tenant, []Scheme{v}, event(tenant, "update", "scheme", v.ID), nil); err != nil {
			t.Fatal(err)
		}
		all, err := s.SchemeBodies(ctx, tenant)
		if err != nil || len(all) != 1 || all[0].ValidFrom != fund.ValidFrom || !all[0].ValidTo.IsZero() {
			t.Fatalf("%+v (%v)", all, err)
		}
		return all[0].Verified
	}
	if put(fund) {
		t.Fatal("a new scheme is not confirmed")
	}
	if err := s.SetSchemeVerified(ctx, tenant, "fonds", true, event(tenant, "verify", "scheme", "fonds")); err != nil {
		t.Fatal(err)
	}
	if !put(fund) {
		t.Error("the same text again must stay confirmed")
	}
	fund.Body = []byte(`{"id":"fonds","max":300}`)
	if put(fund) {
		t.Error("a changed text must be confirmed again")
	}
	wantKind(t, s.SetSchemeVerified(ctx, newTenant(), "fonds", true, event(tenant, "verify", "scheme", "fonds")), errs.NotFound)
	_, err := s.PutSchemes(ctx, tenant, []Scheme{{ID: "x", Body: []byte("{")}}, event(tenant, "update", "scheme", "x"), nil)
	wantKind(t, err, errs.Invalid)
}
