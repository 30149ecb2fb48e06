package geo

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func rows(t testing.TB, data []byte) ([]PostcodeRow, []Refused, error) {
	t.Helper()
	var list []PostcodeRow
	refused, err := ReadPostcodes(bytes.NewReader(data), func(r PostcodeRow) error {
		list = append(list, r)
		return nil
	})
	return list, refused, err
}

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThreeShapesOfPostcodeFileAreRead(t *testing.T) {
	for _, tc := range []struct {
		sentence string
		data     []byte
		want     PostcodeRow
	}{
		{"areas of four digits with a point", []byte("pc4,lon,lat,plaats,gemeentecode,bron\n3072,4.5,51.9,Teststad,GM0599,x\n"),
			PostcodeRow{Line: 2, PC4: "3072", Point: Point{51.9, 4.5}, HasPoint: true, Place: "Teststad", Gemeente: "GM0599"}},
		{"full postcodes with a point, packed", zipped(t, "pc6,lon,lat,methode,straat,woonplaats,buurt,gebied\n3072AB,4.5,51.9,straat,Laan,Teststad,Hoek,Zuid\n"),
			PostcodeRow{Line: 2, PC4: "3072", Full: "3072AB", Point: Point{51.9, 4.5}, HasPoint: true, Street: "Laan", Place: "Teststad", Buurt: "Hoek", Gebied: "Zuid"}},
		{"full postcodes without a point", []byte("pc6,straat,woonplaats\r\n\r\n3072 ab,\"Laan, de\",Teststad\r\n"),
			PostcodeRow{Line: 3, PC4: "3072", Full: "3072AB", Street: "Laan, de", Place: "Teststad"}},
		{"Latin-1 with semicolons and decimal commas", []byte("PC6;LON;LAT;Straat;;\n3072AB;4,5;51,9;Caf\xe9plein;;\n"),
			PostcodeRow{Line: 2, PC4: "3072", Full: "3072AB", Point: Point{51.9, 4.5}, HasPoint: true, Street: "Caféplein"}},
		{"a byte order mark and tabs", []byte("\xef\xbb\xbfpc6\tstraat\n3072AB\t's-Laan"),
			PostcodeRow{Line: 2, PC4: "3072", Full: "3072AB", Street: "'s-Laan"}},
	} {
		got, refused, err := rows(t, tc.data)
		if err != nil || len(refused) != 0 || len(got) != 1 || got[0] != tc.want {
			t.Errorf("%s: got %+v, refused %v, %v", tc.sentence, got, refused, err)
		}
	}
}

func TestWrongRowsAreRefusedByLineAndTheOthersAreRead(t *testing.T) {
	got, refused, err := rows(t, []byte("pc6,lon,lat,gemeentecode\n3072AB,4.5,51.9,\n30AB,4.5,51.9,\n3072AC,51.9,4.5,\n3072AD,x,51.9,\n3072AE,4.5,,\n3072AF\n3072AG,NaN,51.9,\n3072AH,4.5,51.9,Stad\n3072AK,4.5,51.9,GM0599\n"))
	if err != nil || len(got) != 2 || got[1].Line != 10 {
		t.Fatalf("got %+v, %v", got, err)
	}
	want := []string{"regel 3 \"30AB\", veld pc6: \"30AB\" is geen postcode", "regel 4 \"3072AC\", veld lon, lat: breedte en lengte lijken omgewisseld", "regel 5 \"3072AD\", veld lon: verwacht een getal",
		"regel 6 \"3072AE\", veld lat: verwacht een getal", "regel 7 \"3072AF\", veld lat", "regel 8 \"3072AG\", veld lon, lat: geen punt", "regel 9 \"3072AH\", veld gemeentecode"}
	if len(refused) != len(want) {
		t.Fatalf("refused %v", refused)
	}
	for i, w := range want {
		if !strings.HasPrefix(fmt.Sprintf("regel %d %q, veld %s: %s", refused[i].Row, refused[i].Record, refused[i].Field, refused[i].Reason), w) {
			t.Errorf("got %v, want %s", refused[i], w)
		}
	}
	if _, refused, _ := rows(t, []byte("pc4,lon,lat\n0123,4.5,51.9\n30721,4.5,51.9\n")); len(refused) != 2 || refused[0].Field != "pc4" {
		t.Errorf("refused %v", refused)
	}
}

func TestAFileThatHoldsNoPostcodesIsRefusedInDutch(t *testing.T) {
	cut := zipped(t, "pc6,straat\n"+strings.Repeat("3072AB,Laan\n", 20000))
	for text, want := range map[string]string{
		"": "leeg", "naam,plaats\nx,y\n": "kolom pc4 of pc6", "pc6,lon\n": "allebei", "pc4,plaats\n": "kolommen lon en lat",
		string(cut[:len(cut)-12]): "beschadigd na regel", "\x1f\x8bnee": "gzip-bestand is beschadigd",
		"pc6,straat\n3072AB,a\n" + strings.Repeat("x", maxPostcodeLine+1): "regel 3: de regel is langer",
	} {
		if _, _, err := rows(t, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %q", text, err, want)
		}
	}
}

func TestReadingStopsWhenTheReceiverSaysSo(t *testing.T) {
	full, seen := errors.New("vol"), 0
	_, err := ReadPostcodes(strings.NewReader("pc6\n3072AB\n3072AC\n3072AD\n"), func(PostcodeRow) error {
		seen++
		if seen == 2 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || seen != 2 {
		t.Errorf("%d rows, %v", seen, err)
	}
}

func FuzzReadPostcodes(f *testing.F) {
	f.Add([]byte("pc4,lon,lat,plaats\n3072,4.5,51.9,Stad\n"))
	f.Add([]byte("pc6;straat\n3072AB;\"a\"\"b\n\xff;\xe9\n"))
	f.Add(zipped(f, "pc6,lon,lat\n3072AB,4.5,51.9\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines := 0
		refused, _ := ReadPostcodes(bytes.NewReader(data), func(r PostcodeRow) error {
			lines++
			if len(r.PC4) != 4 || r.HasPoint && CheckNL(r.Point) != nil || r.Line < 2 {
				t.Errorf("row %+v", r)
			}
			return nil
		})
		for _, no := range refused {
			if no.Row < 2 || no.Field == "" || no.Reason == "" {
				t.Errorf("refused %+v", no)
			}
		}
	})
}

func ExampleReadPostcodes() {
	refused, err := ReadPostcodes(strings.NewReader("pc6,lon,lat\n3072AB,4.5001,51.9001\n3072,4.5,51.9\n"), func(r PostcodeRow) error {
		fmt.Println(r.Full, r.Point.Lat, r.Point.Lon)
		return nil
	})
	fmt.Println(refused[0].Row, refused[0].Field, refused[0].Reason, err)
	// Output:
	// 3072 AB 51.9001 4.5001
	// 3 pc6 "3072" is geen postcode: verwacht vier cijfers en twee letters, bijvoorbeeld 3072 AB <nil>
}
