package matcher_test

import (
	"encoding/json"
	"os"
	"testing"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// demoWijk reads the invented wijk and the child of scenario P1, who lives there.
func demoWijk(t testing.TB) (catalogueFile, kindinkaart.Need) {
	t.Helper()
	raw, err := os.ReadFile("../testdata/wijk/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	var file catalogueFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(needs + "/p1-need.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n, err := kindinkaart.ReadNeed(f)
	if err != nil {
		t.Fatal(err)
	}
	return file, n
}

func BenchmarkWhatWouldHelp(b *testing.B) {
	file, need := demoWijk(b)
	board := matcher.NewBoard(file.Partners, file.Activities, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := matcher.WhatWouldHelp(need, board, nil, matcher.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNearest says of every line and every activity that is not proposed what stands nearest.
func BenchmarkNearest(b *testing.B) {
	file, need := demoWijk(b)
	board := matcher.NewBoard(file.Partners, file.Activities, verified(), geo.Ways{Crossings: geo.DefaultCrossings()})
	r, err := matcher.Rank(need, board, nil, matcher.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := matcher.NewNearest(need, board, nil, matcher.Options{}).Fill(r.Items, r.NotProposed); err != nil {
			b.Fatal(err)
		}
	}
}
