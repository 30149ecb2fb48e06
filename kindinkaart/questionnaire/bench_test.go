package questionnaire

import "testing"

// fullChild answers every question of variant B, fullParent every question of the parent.
const (
	fullChild = `{"T1":["t_bal","t_grappig"],"T2":["t_bouwen","t_rennen"],
 "W1":{"basketbal":"leuk","voetbal":"beetje","andere_bal":"beetje","zwemmen":"niet","koken":"leuk","computer":"leuk","dansen":"niet","vechtsport":"weet_niet"},
 "W2":["basketbal","computer","koken"],"W3":["basketbal"],"W4":["dansen"],"F1":["gamen","scherm"],"F2":{"id":"vroeger","followup":"brengen"},
 "V1":"groepje","V2":"ja","G2":"gaat_wel","S2":["gym"],"F3":{"wo":{"middag":"kan","vooravond":"kan"},"za":{"ochtend":"kan","middag":"kan_niet"}},
 "F4":"allebei","F5":"plezier","W5":"vriend","W6":["geld"],"G4":"ab","G3":["nee"],"S1":"4","G1":"3"}`
	fullParent = `{"P1":["basketbal","koken"],"P2":["bewegen","buiten"],"P3":["kosten","ver"],
 "P4":{"ma":{"middag":"kan","vooravond":"kan_niet"},"di":{"middag":"kan","vooravond":"kan_niet"},"wo":{"middag":"kan","vooravond":"kan"},"do":{"avond":"weet_niet"},"vr":{"middag":"kan"},"za":{"ochtend":"kan"},"zo":{"ochtend":"kan"}},
 "P5":{"id":"fiets","minutes":15},"P6":"lopen_kort","P7":"0","P8":["uitkering"],"P9":["aanmelden"],"P10":"nl","P11":["ontmoeten"],"F2":{"id":"nee"},"G3":["nee"],"G4":"a"}`
)

func full(tb testing.TB) (child, parent Answers) {
	child, parent = answers(tb, fullChild), answers(tb, fullParent)
	if _, err := Score(VariantB, child, parent, false); err != nil {
		tb.Fatal(err)
	}
	return child, parent
}

func BenchmarkParse(b *testing.B) {
	child, parent := full(b)
	b.ReportAllocs()
	for b.Loop() {
		Parse(VariantB, child, parent)
	}
}

func BenchmarkScore(b *testing.B) {
	child, parent := full(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Score(VariantB, child, parent, false); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	child, parent := full(b)
	b.ReportAllocs()
	for b.Loop() {
		FactsOf(VariantB, child, parent, []string{ConsentAccess})
	}
}

// BenchmarkVectorsAndFacts is what ranking asks of one child, from raw answers on.
func BenchmarkVectorsAndFacts(b *testing.B) {
	child, parent := full(b)
	b.ReportAllocs()
	for b.Loop() {
		p := Parse(VariantB, child, parent)
		if _, err := p.Vectors(false); err != nil {
			b.Fatal(err)
		}
		p.Facts([]string{ConsentAccess})
	}
}
