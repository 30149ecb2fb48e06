package regeling

import "testing"

func BenchmarkCost(b *testing.B) {
	f, o := prepared(basketball(), NewRules(verified()))
	b.ReportAllocs()
	for b.Loop() {
		f.Cost(o)
	}
}

func BenchmarkPaying(b *testing.B) {
	f, o := prepared(basketball(), NewRules(verified()))
	parts := make([]Part, 0, 8)
	b.ReportAllocs()
	for b.Loop() {
		f.Paying(o, parts)
	}
}

func BenchmarkFamily(b *testing.B) {
	rules, c := NewRules(verified()), basketball()
	h := household(c)
	b.ReportAllocs()
	for b.Loop() {
		f := rules.Family(h)
		f.season(DayOf(c.Start))
	}
}

func BenchmarkFigures(b *testing.B) {
	paid, free, bare, foreign := basketball(), basketball(), basketball(), basketball()
	paid.Lines = paid.Lines[:3]
	free.Lines = nil
	foreign.Residence = "GM0363"
	bare.Category, bare.Lines = "zorg", lesson(6000, "zorg").Lines
	four := only(verified(), "jfsc-rtm-sport", "mir-rtm-tenue", "jeugdtegoed-rtm-4-11", "uniek-sporten-hulpmiddel")
	for _, bm := range []struct {
		name    string
		c       billCase
		schemes []Scheme
	}{{"lines=3/schemes=4", paid, four}, {"lines=3/schemes=12", paid, verified()}, {"none", foreign, verified()}, {"othercategory", bare, verified()}, {"free", free, verified()}} {
		b.Run(bm.name, func(b *testing.B) {
			f, o := prepared(bm.c, NewRules(bm.schemes))
			b.ReportAllocs()
			for b.Loop() {
				f.Figures(o)
			}
		})
	}
}
