package matcher_test

import (
	"fmt"
	"slices"
	"testing"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// gapTown is a town of schools of 25 children with a catalogue of 300 activities, and three places per wijk of four schools.
func gapTown(children int) ([]kindinkaart.SupplyNeed, matcher.Offered, matcher.OrderSupply) {
	c := newCountry(3, false).onlyTown(0)
	needs := make([]kindinkaart.SupplyNeed, children)
	s := orderSupply()
	s.MinGroup = 8
	for i := range needs {
		school := i / 25
		needs[i] = kindinkaart.SupplyNeed{Need: c.schoolFamily(school, i), Wijk: fmt.Sprintf("WK%02d", school/4)}
		if at := needs[i].Need.School; i%25 == 0 && school%4 < 3 {
			s.Places = append(s.Places, matcher.OrderPlace{Name: fmt.Sprintf("School %d", school), Wijk: needs[i].Wijk, Point: geo.Point{Lat: at.Lat, Lon: at.Lon}, School: school%4 == 0})
		}
	}
	list := slices.Collect(c.activities(300))
	return needs, matcher.Offered{Activities: list, Board: newBoard(c.partners(300), list)}, s
}

// BenchmarkGaps holds every child of a town against the catalogue with the full rules.
func BenchmarkGaps(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(fmt.Sprintf("children=%d", n), func(b *testing.B) {
			needs, o, _ := gapTown(n)
			b.ReportAllocs()
			for b.Loop() {
				matcher.FindGaps(needs, o).Table(5)
			}
		})
	}
}

// BenchmarkOrderList makes the order list of that town, with 60 places for 2000 children.
func BenchmarkOrderList(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(fmt.Sprintf("children=%d", n), func(b *testing.B) {
			needs, o, s := gapTown(n)
			gaps := matcher.FindGaps(needs, o)
			b.ReportAllocs()
			for b.Loop() {
				gaps.OrderList(s, 5)
			}
		})
	}
}
