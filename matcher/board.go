package matcher

import (
	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/regeling"
)

// Board is the live catalogue packed for ranking: columns, boxes of neighbours and bit sets. It never changes, so that
// many searches read it at once without locks. A change makes a new Board that shares what stayed the same.
type Board struct {
	segments []*segment
	gone     []bitset        // by segment: offers that were withdrawn, or that stand in a later segment
	rules    *regeling.Rules // the funding schemes that hold
	ways     geo.Ways
	count    int
}

// bitset is a set of offers of a segment; nil is the empty set.
type bitset []uint64

func (b bitset) has(i uint32) bool { return b != nil && b[i>>6]>>(i&63)&1 == 1 }

func (b bitset) add(i uint32) { b[i>>6] |= 1 << (i & 63) }

// meets says whether two sets of the same segment share something.
func (b bitset) meets(other bitset) bool {
	for i, word := range b {
		if word&other[i] != 0 {
			return true
		}
	}
	return false
}

// NewBoard packs a catalogue for ranking. Only published activities are on it. The zero Ways is for when nothing is
// known of streets and rivers.
func NewBoard(partners []catalog.Partner, activities []catalog.Activity, schemes []regeling.Scheme, ways geo.Ways) *Board {
	b := NewBuilder(ways)
	for _, p := range partners {
		b.AddPartner(p)
	}
	for i := range activities {
		b.Add(&activities[i])
	}
	return b.Board(schemes)
}

// Board finishes the board, with the funding schemes that hold. The builder is used up.
func (b *Builder) Board(schemes []regeling.Scheme) *Board {
	g := b.pack.seal()
	b.pack = nil
	return &Board{segments: []*segment{g}, gone: []bitset{nil}, rules: regeling.NewRules(schemes), ways: b.ways, count: g.len()}
}

// Len is the number of published activities.
func (b *Board) Len() int { return b.count }

// WithSchemes gives the same catalogue with other funding schemes.
func (b *Board) WithSchemes(schemes []regeling.Scheme) *Board {
	next := *b
	next.rules = regeling.NewRules(schemes)
	return &next
}

// find gives the place of an activity.
func (b *Board) find(id string) (seg int, offer uint32, ok bool) {
	for s := len(b.segments) - 1; s >= 0; s-- {
		g := b.segments[s]
		if i, ok := g.ids.find(id); ok && !b.gone[s].has(i) {
			return s, i, true
		}
	}
	return 0, 0, false
}

// Has says whether an activity is on the board.
func (b *Board) Has(id string) bool {
	_, _, ok := b.find(id)
	return ok
}

// each visits every offer of the board with its ids. The offer is valid during the visit.
func (b *Board) each(visit func(o *offer)) {
	var o offer
	for s, g := range b.segments {
		for i := range uint32(g.len()) {
			if !b.gone[s].has(i) {
				g.unpack(i, &o)
				g.readPrice(i, &o)
				g.name(i, &o)
				visit(&o)
			}
		}
	}
}
