package matcher

import (
	"math/bits"
	"sync"

	"wijknetwerk/kindinkaart/questionnaire"
)

// leafTable gives every leaf of the taxonomy a bit, so that the tags of an activity are one number.
type leafTable struct {
	bit    map[string]int
	tag    []questionnaire.Tag // by bit
	quiet  uint64              // never suggested, only found (taxonomy, auto_suggest=false)
	adult  uint64              // the parents' own: a child has no say about them
	groups map[string]uint64   // leaves by group of the taxonomy
}

var leaves = sync.OnceValue(func() *leafTable {
	tags := questionnaire.Taxonomy().Tags
	if len(tags) > 64 {
		panic("taxonomy-v1.json: more than 64 leaves") // embedded: a broken build, not bad input
	}
	t := &leafTable{bit: map[string]int{}, tag: tags, groups: map[string]uint64{}}
	for i, leaf := range tags {
		t.bit[leaf.ID] = i
		t.groups[leaf.Group] |= 1 << i
		if !leaf.AutoSuggest {
			t.quiet |= 1 << i
		}
		if leaf.Audience == "parent" {
			t.adult |= 1 << i
		}
	}
	return t
})

// under gives the leaves that a tag stands for: itself, or all of its group.
func under(tag string) uint64 {
	if bit, ok := leaves().bit[tag]; ok {
		return 1 << bit
	}
	return leaves().groups[tag]
}

func leafBits() map[string]int { return leaves().bit }

// eachLeaf visits the leaves of a set, lowest bit first.
func eachLeaf(set uint64, visit func(bit int)) {
	for ; set != 0; set &= set - 1 {
		visit(bits.TrailingZeros64(set))
	}
}
