package geo

import (
	"os"
	"path/filepath"
	"testing"
)

// reference opens a real file in the folder that KIK_REFERENCE_DATA names; without it the test is skipped.
func reference(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("KIK_REFERENCE_DATA")
	if dir == "" {
		t.Skip("KIK_REFERENCE_DATA names no folder with reference data")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestRealPostcodeFilesAreRead(t *testing.T) {
	for name, want := range map[string]int{"nl_pc4.csv.gz": 4086, "rotterdam_pc6.csv.gz": 13991, "nl_pc6_straat.csv.gz": 465793} {
		t.Run(name, func(t *testing.T) {
			count := 0
			refused, err := ReadPostcodes(reference(t, name), func(PostcodeRow) error { count++; return nil })
			t.Logf("%s: %d rows, %d refused", name, count, len(refused))
			if err != nil || count+len(refused) != want || len(refused) > 0 {
				t.Errorf("%d rows, %d refused %v, %v; want %d", count, len(refused), refused[:min(3, len(refused))], err, want)
			}
		})
	}
}

func TestRealAreaFilesAreRead(t *testing.T) {
	for name, want := range map[string]int{"rotterdam_gebieden.geojson": 21, "rotterdam_buurten.geojson": 91, "rotterdam_gemeente.geojson": 1, "nl_gemeenten_2021.geojson": 352} {
		t.Run(name, func(t *testing.T) {
			areas, refused, err := ReadAreas(reference(t, name))
			if err != nil || len(areas) != want || len(refused) != 0 {
				t.Fatalf("%d areas, refused %v, %v", len(areas), refused, err)
			}
			as, found := NewAreas(areas), 0
			for _, a := range areas {
				if at, ok := as.At(a.Middle, a.Kind); ok && at.Code == a.Code {
					found++
				}
			}
			t.Logf("%s: %d areas, the middle of %d lies in them", name, len(areas), found)
			if found < want*9/10 {
				t.Errorf("only %d of %d middles are found", found, want)
			}
		})
	}
}

// South of the Nieuwe Maas; every other area of Rotterdam where people live lies north of it.
var southern = map[string]bool{"Charlois": true, "Feijenoord": true, "IJsselmonde": true, "Hoogvliet": true, "Pernis": true, "Rozenburg": true,
	"Waalhaven-Eemhaven": true, "Waalhaven": true, "Eemhaven": true, "Vondelingenplaat": true, "Botlek-Europoort-Maasvlakte": true, "Botlek": true, "Europoort": true, "Maasvlakte": true}

func TestOurRiverLineKeepsRealPostcodesOnTheirBank(t *testing.T) {
	x, stadhuis := DefaultCrossings(), Point{51.9229, 4.4797}
	right, wrong := 0, map[string]int{}
	_, err := ReadPostcodes(reference(t, "rotterdam_pc6.csv.gz"), func(r PostcodeRow) error {
		got := x.Travel(stadhuis, r.Point, Bike, 10)
		if (got.Via != "") == southern[r.Gebied] && !got.Estimate {
			right++
		} else {
			wrong[r.Gebied+"/"+r.Buurt]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d postcodes on their bank, not: %v", right, wrong)
	if right < 13980 {
		t.Errorf("only %d of 13985 postcodes with a known gebied lie on their bank", right)
	}
}
