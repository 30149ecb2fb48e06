package matcher_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// demoCatalogue gives n activities made of the demo wijk, each with its own id.
func demoCatalogue(b *testing.B, n int) catalogueFile {
	b.Helper()
	raw, err := os.ReadFile("../testdata/wijk/catalogue.json")
	if err != nil {
		b.Fatal(err)
	}
	var file catalogueFile
	if err := json.Unmarshal(raw, &file); err != nil {
		b.Fatal(err)
	}
	list := make([]catalog.Activity, 0, n)
	for i := range n {
		a := file.Activities[i%len(file.Activities)]
		a.ID = fmt.Sprintf("%s-%06d", a.ID, i)
		list = append(list, a)
	}
	file.Activities = list
	return file
}

func benchNeed(b *testing.B) kindinkaart.Need {
	b.Helper()
	f, err := os.Open(needs + "/p1-need.json")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	n, err := kindinkaart.ReadNeed(f)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkRank ranks one child with full rules and explains every line; the smallest size is the demo wijk.
func BenchmarkRank(b *testing.B) {
	for _, n := range []int{304, 2000, 20000} {
		file, need := demoCatalogue(b, n), benchNeed(b)
		board := matcher.NewBoard(file.Partners, file.Activities, verified(), geo.DefaultCrossings())
		for _, limit := range []int{20, 0} {
			b.Run(fmt.Sprintf("N=%d/limit=%d", n, limit), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := matcher.Rank(need, board, nil, matcher.Options{Limit: limit}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkBoard builds the board of a catalogue.
func BenchmarkBoard(b *testing.B) {
	file := demoCatalogue(b, 20000)
	b.ReportAllocs()
	for b.Loop() {
		matcher.NewBoard(file.Partners, file.Activities, verified(), geo.DefaultCrossings())
	}
}
