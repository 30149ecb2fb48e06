package geo

import (
	"math"
	"strings"
	"testing"
)

func TestAPointOutsideTheNetherlandsIsRefusedInDutch(t *testing.T) {
	for _, tc := range []struct {
		p    Point
		want string
	}{
		{Point{51.92, 4.48}, ""}, {Point{50.75, 5.9}, ""}, {Point{53.5, 6.2}, ""},
		{Point{4.48, 51.92}, "breedte en lengte lijken omgewisseld"}, {Point{}, "niet in Nederland"}, {Point{48.85, 2.35}, "niet in Nederland"},
		{Point{92000, 437000}, "graden, WGS84"}, {Point{math.NaN(), 4.5}, "geen punt"}, {Point{51.9, math.Inf(1)}, "geen punt"},
	} {
		err := CheckNL(tc.p)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v: got %v, want %q", tc.p, err, tc.want)
		}
	}
}

func TestAHomeIsRoundedToAboutAHundredMetres(t *testing.T) {
	p := Point{51.89947, 4.50449}
	if got := p.Rounded(); got != (Point{51.899, 4.504}) || Distance(p, got) > 70 || got.Rounded() != got {
		t.Errorf("got %v", got)
	}
}

func TestAPostcodeIsReadAsPeopleWriteIt(t *testing.T) {
	for in, want := range map[string]Postcode{"3072 ab": "3072AB", "3072AB": "3072AB", " 3072\tA b ": "3072AB", "0123AB": "", "3072": "", "3072SS": "", "3072 ABC": "", "": "", "３０７２AB": ""} {
		got, err := ParsePostcode(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v", in, got, err)
		}
	}
	if p := Postcode("3072AB"); p.PC4() != "3072" || p.String() != "3072 AB" {
		t.Errorf("got %q and %q", p.PC4(), p)
	}
}

func FuzzParsePostcode(f *testing.F) {
	for _, s := range []string{"3072 ab", "3072AB", "", "1000SS", "\xff", "3072 AB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePostcode(s)
		if err != nil {
			return
		}
		if again, err := ParsePostcode(p.String()); err != nil || again != p || len(p.PC4()) != 4 {
			t.Errorf("%q became %q, then %q: %v", s, p, again, err)
		}
	})
}
