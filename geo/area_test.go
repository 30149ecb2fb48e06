package geo

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// square gives a feature with a square of side degrees, its south-west corner at lon, lat.
func square(code, name string, lon, lat, side float64) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"naam":%q,"area_km2":1.5},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
		code, name, lon, lat, lon+side, lat, lon+side, lat+side, lon, lat+side, lon, lat)
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func TestTheWijkBuurtAndGemeenteOfAPointAreFound(t *testing.T) {
	areas, refused, err := ReadAreas(strings.NewReader(collection(square("GM0001", "Stad", 4.4, 51.8, 0.2), square("WK000101", "Oost", 4.5, 51.8, 0.1),
		square("WK000102", "Noord", 4.5, 51.9, 0.1), square("BU00010101", "Hoek", 4.5, 51.8, 0.05))))
	if err != nil || len(refused) != 0 || len(areas) != 4 {
		t.Fatalf("%d areas, refused %v, %v", len(areas), refused, err)
	}
	as := NewAreas(append(areas, areas[0]))
	for _, tc := range []struct {
		p    Point
		kind AreaKind
		want string
	}{
		{Point{51.82, 4.52}, Gemeente, "GM0001"}, {Point{51.82, 4.52}, Wijk, "WK000101"}, {Point{51.82, 4.52}, Buurt, "BU00010101"},
		{Point{51.88, 4.58}, Buurt, ""}, {Point{51.9, 4.55}, Wijk, "WK000101"}, {Point{51.95, 4.55}, Wijk, "WK000102"},
		{Point{53, 4.5}, Gemeente, ""}, {Point{math.NaN(), 4.5}, Gemeente, ""}, {Point{}, Wijk, ""}, {Point{51.82, 4.52}, "XX", ""},
	} {
		got, ok := as.At(tc.p, tc.kind)
		if got.Code != tc.want || ok != (tc.want != "") {
			t.Errorf("%v, %s: got %q, want %q", tc.p, tc.kind, got.Code, tc.want)
		}
	}
	if wijken := as.Kind(Wijk); len(wijken) != 2 || wijken[1].Name != "Noord" {
		t.Errorf("got %+v", wijken)
	}
	var none *Areas
	if _, ok := none.At(Point{51.9, 4.5}, Wijk); ok || none.Kind(Wijk) != nil {
		t.Error("no areas hold no point")
	}
}

func TestABorderThatCrossesItselfDoesNotBreakIt(t *testing.T) {
	bow := `{"properties":{"code":"GM0002","naam":"Strik"},"geometry":{"type":"MultiPolygon","coordinates":[[[[4.0,52.0],[4.2,52.2],[4.2,52.0],[4.0,52.2],[4.0,52.0]]]]}}`
	areas, refused, err := ReadAreas(strings.NewReader(collection(bow)))
	if err != nil || len(refused) != 0 {
		t.Fatal(refused, err)
	}
	as := NewAreas(areas)
	for p, want := range map[Point]bool{{52.1, 4.02}: true, {52.1, 4.18}: true, {52.02, 4.1}: false, {52.18, 4.1}: false} {
		if _, got := as.At(p, Gemeente); got != want {
			t.Errorf("%v: %v", p, got)
		}
	}
	if m := areas[0].Middle; CheckNL(m) != nil {
		t.Errorf("middle %v", m)
	}
}

func TestAHoleIsNotInTheAreaAndAnOpenRingIsClosed(t *testing.T) {
	areas, _, err := ReadAreas(strings.NewReader(collection(`{"properties":{"code":"WK000103","naam":"Ring","gebied":"Zuid","wijkcode":"WK000103","label_lon":4.05,"label_lat":52.05},
		"geometry":{"type":"Polygon","coordinates":[[[4,52],[4.4,52],[4.4,52.4],[4,52.4]],[[4.1,52.1],[4.3,52.1],[4.3,52.3],[4.1,52.3]]]}}`)))
	if err != nil || len(areas) != 1 {
		t.Fatal(areas, err)
	}
	a := areas[0]
	if a.Contains(Point{52.2, 4.2}) || !a.Contains(Point{52.05, 4.05}) || a.Region != "Zuid" || a.Parent != "WK000103" || a.Middle != (Point{52.05, 4.05}) {
		t.Errorf("got %+v", a)
	}
}

func TestAWrongAreaIsRefusedByNumberAndTheOthersAreRead(t *testing.T) {
	good := square("WK000101", "Oost", 4.5, 51.8, 0.1)
	for bad, want := range map[string]string{
		square("XX1", "Oost", 4.5, 51.8, 0.1):              "veld code: verwacht WK, BU of GM",
		square("WK000102", "", 4.5, 51.8, 0.1):             "veld naam",
		square("WK000101", "Weer", 4.5, 51.8, 0.1):         "komt twee keer voor",
		square("WK000102", "Om", 51.8, 4.5, 0.1):           "omgewisseld",
		square("WK000102", "RD", 92000, 437000, 100):       "niet in Nederland",
		`{"properties":{"code":"WK000102","naam":"Leeg"}}`: "verwacht type Polygon of MultiPolygon",
		`{"properties":{"code":7}}`:                        "verwacht tekst",
		`7`:                                                "verwacht tekst",
		`{"properties":{"code":"WK000102","naam":"P"},"geometry":{"type":"Point","coordinates":[4.5,51.8]}}`:                  `gekregen "Point"`,
		`{"properties":{"code":"WK000102","naam":"P"},"geometry":{"type":"Polygon","coordinates":[4.5,51.8]}}`:                "lijst van ringen",
		`{"properties":{"code":"WK000102","naam":"P"},"geometry":{"type":"Polygon","coordinates":[]}}`:                        "minstens één ring",
		`{"properties":{"code":"WK000102","naam":"P"},"geometry":{"type":"MultiPolygon","coordinates":[]}}`:                   "minstens één vlak",
		`{"properties":{"code":"WK000102","naam":"P"},"geometry":{"type":"Polygon","coordinates":[[[4.5,51.8],[4.6,51.8]]]}}`: "drie punten",
	} {
		areas, refused, err := ReadAreas(strings.NewReader(collection(good, bad)))
		if err != nil || len(areas) != 1 || len(refused) != 1 || refused[0].Row != 2 || !strings.Contains(fmt.Sprintf("veld %s: %s", refused[0].Field, refused[0].Reason), want) {
			t.Errorf("%s: %d areas, refused %v, %v; want %q", bad, len(areas), refused, err, want)
		}
	}
	for _, text := range []string{"", "nee", "{}", `{"type":"Feature"}`, `{"type":"FeatureCollection","features":{}}`} {
		if _, _, err := ReadAreas(strings.NewReader(text)); err == nil {
			t.Errorf("%q is no collection of areas", text)
		}
	}
}

func TestALabelOutsideTheAreaIsNotItsMiddle(t *testing.T) {
	far := strings.Replace(square("WK000101", "Oost", 4.5, 51.8, 0.1), `"area_km2":1.5`, `"label_lon":6,"label_lat":53`, 1)
	for _, text := range []string{far, square("WK000101", "Oost", 4.5, 51.8, 0.1)} {
		areas, _, err := ReadAreas(strings.NewReader(collection(text)))
		if err != nil || !near(areas[0].Middle.Lat, 51.85, 1e-6) || !near(areas[0].Middle.Lon, 4.55, 1e-6) {
			t.Errorf("middle %v, %v", areas[0].Middle, err)
		}
	}
}

func FuzzReadAreas(f *testing.F) {
	f.Add([]byte(collection(square("WK000101", "Oost", 4.5, 51.8, 0.1))))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"properties":{"code":"GM0002","naam":"S"},"geometry":{"type":"MultiPolygon","coordinates":[[[[4,52],[4,52],[4,52]]]]}}]}`))
	f.Add([]byte(`{"type":"FeatureCollection","features":[null,{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		areas, _, err := ReadAreas(bytes.NewReader(data))
		if err != nil {
			return
		}
		as := NewAreas(areas)
		for _, a := range areas {
			if CheckNL(a.Middle) != nil || a.Code == "" || a.Name == "" {
				t.Errorf("middle of %s at %v", a.Code, a.Middle)
			}
			as.At(a.Middle, a.Kind)
			if strings.Contains(NewFrame(300, 200, 10, a.Middle).Path(a), "N") {
				t.Errorf("path of %s", a.Code)
			}
		}
	})
}

func TestAMapShowsEveryPlaceInsideItsPadding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := make([]Point, rapid.IntRange(1, 5).Draw(t, "points"))
		for i := range points {
			points[i] = drawPoint(t, "p")
		}
		w, h := rapid.Float64Range(50, 1000).Draw(t, "width"), rapid.Float64Range(50, 1000).Draw(t, "height")
		f := NewFrame(w, h, 10, points...)
		for _, p := range points {
			if x, y := f.XY(p); x < 10-1e-6 || x > w-10+1e-6 || y < 10-1e-6 || y > h-10+1e-6 {
				t.Fatalf("%v at %g, %g on %g x %g", p, x, y, w, h)
			}
		}
		x1, y1 := f.XY(points[0])
		x2, y2 := f.XY(points[len(points)-1])
		real, drawn := Distance(points[0], points[len(points)-1]), math.Hypot(x2-x1, y2-y1)*f.MetresPerPixel()
		if !near(real, drawn, 1+real*0.002) {
			t.Fatalf("%g m is drawn as %g m", real, drawn)
		}
	})
}

func TestEveryMapIsFinite(t *testing.T) {
	nan := math.NaN()
	for _, f := range []Frame{{}, NewFrame(0, 0, 0), NewFrame(nan, -1, math.Inf(1)), NewFrame(300, 200, 500), NewFrame(300, 200, 10, Point{nan, 4}, Point{1e9, 4}), NewFrame(300, 200, 10, Point{51.9, 4.5})} {
		for _, p := range []Point{{}, {51.9, 4.5}, {nan, nan}, {90, 180}} {
			x, y := f.XY(p)
			for _, v := range []float64{x, y, f.MetresPerPixel()} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%+v: %v at %g, %g", f, p, x, y)
				}
			}
		}
	}
	if x, y := NewFrame(300, 200, 10, Point{51.9, 4.5}).XY(Point{51.9, 4.5}); !near(x, 150, 1e-9) || !near(y, 100, 1e-9) {
		t.Errorf("one place stands in the middle: %g, %g", x, y)
	}
}

func TestAnAreaBecomesAPath(t *testing.T) {
	areas, _, err := ReadAreas(strings.NewReader(collection(square("WK000101", "Oost", 4.5, 51.8, 0.1))))
	if err != nil {
		t.Fatal(err)
	}
	c := areas[0].Corners()
	f := NewFrame(200, 200, 0, c[0], c[1])
	if got := f.Path(areas[0]); got != "M38.2 200L161.8 200L161.8 0L38.2 0Z" {
		t.Errorf("got %s", got)
	}
	if got := f.Line([]Point{c[0], c[1]}); got != "M38.2 200L161.8 0" {
		t.Errorf("got %s", got)
	}
	if got := f.Path(Area{}); got != "" || (&Area{}).Corners() != [2]Point{} {
		t.Errorf("an empty area gives %q", got)
	}
	if r, b := DefaultCrossings().Rivers(), DefaultCrossings().Bridges(); r[0].Name != "Nieuwe Maas" || len(r[0].Points) < 10 || len(b) != 5 || (*Crossings)(nil).Rivers() != nil {
		t.Errorf("%v %v", r, b)
	}
}

func BenchmarkAreaAt(b *testing.B) {
	features := make([]string, 0, 100)
	for i := range 100 {
		features = append(features, square(fmt.Sprintf("BU%08d", i), "B", 4.3+float64(i%10)*0.03, 51.8+float64(i/10)*0.03, 0.03))
	}
	areas, _, err := ReadAreas(strings.NewReader(collection(features...)))
	if err != nil {
		b.Fatal(err)
	}
	as, p := NewAreas(areas), Point{51.99, 4.49}
	b.ReportAllocs()
	for b.Loop() {
		as.At(p, Buurt)
	}
}

func TestAnAreaWrittenAsAFeatureIsReadBackEqual(t *testing.T) {
	a := Area{Code: "WK059971", Name: "Havenwijk", Kind: Wijk, Region: "Zuid", Middle: Point{Lat: 51.5, Lon: 4.5}, Shape: orb.MultiPolygon{{{{4, 51}, {5, 51}, {5, 52}, {4, 52}, {4, 51}}}}}
	feature, err := a.Feature()
	if err != nil {
		t.Fatal(err)
	}
	back, refused, err := ReadAreas(strings.NewReader(`{"type":"FeatureCollection","features":[` + string(feature) + `]}`))
	if err != nil || len(refused) > 0 || len(back) != 1 || !reflect.DeepEqual(back[0], a) {
		t.Errorf("read back %+v, refused %v, err %v", back, refused, err)
	}
}
