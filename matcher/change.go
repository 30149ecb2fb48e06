package matcher

import (
	"slices"

	"wijknetwerk/catalog"
)

// A board that changed keeps its large segment and puts what changed in a small second one. When that has grown to a part
// of the whole, both are packed into one again.
const (
	smallSegment = 1024 // offers
	partOfWhole  = 16
)

// With gives the catalogue after a change: activities as they stand now, published or not, and the ids of those that are
// gone. Partners are the organisers of the activities.
func (b *Board) With(partners []catalog.Partner, activities []catalog.Activity, gone []string) *Board {
	known := organisers{}
	for _, p := range partners {
		known[p.ID] = p
	}
	changed := slices.Clone(gone)
	for i := range activities {
		changed = append(changed, activities[i].ID)
	}
	next := b.without(changed)
	late := newPacker(b.ways)
	if len(next.segments) > 1 {
		next.copyTo(late, 1)
	}
	for i := range activities {
		if activities[i].State == catalog.Published {
			o := known.offerOf(&activities[i], b.ways)
			late.add(&o)
			next.count++
		}
	}
	if late.len() > max(smallSegment, next.segments[0].len()/partOfWhole) {
		next.copyTo(late, 0)
		next.segments, next.gone = []*segment{late.seal()}, []bitset{nil}
		return next
	}
	next.segments, next.gone = []*segment{next.segments[0], late.seal()}, []bitset{next.gone[0], nil}
	return next
}

// without marks activities as gone.
func (b *Board) without(ids []string) *Board {
	next := *b
	next.segments, next.gone = slices.Clone(b.segments), slices.Clone(b.gone)
	copied := make([]bool, len(b.segments))
	for _, id := range ids {
		seg, i, ok := next.find(id)
		if !ok {
			continue
		}
		if !copied[seg] {
			set := make(bitset, (next.segments[seg].len()+63)/64)
			copy(set, next.gone[seg])
			next.gone[seg], copied[seg] = set, true
		}
		next.gone[seg].add(i)
		next.count--
	}
	return &next
}

// copyTo packs the offers of one segment that are still there.
func (b *Board) copyTo(p *packer, seg int) {
	var o offer
	g := b.segments[seg]
	for i := range uint32(g.len()) {
		if !b.gone[seg].has(i) {
			g.unpack(i, &o)
			g.readPrice(i, &o)
			g.name(i, &o)
			p.add(&o)
		}
	}
}
