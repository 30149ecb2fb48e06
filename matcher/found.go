package matcher

import (
	"math/bits"
	"sync"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/questionnaire"
)

// What the free words of a search are in comes from the search index as numbers in lists of ids. It is held here as a bit
// for each offer, and walked by the boxes that the offers lie in, so that what is out of reach costs nothing.

// foundIn is what was found of one segment.
type foundIn struct {
	segment *segment
	offers  bitset
}

// found gives what of the board was found, by segment.
func (b *Board) found(all []catalog.Matched) []foundIn {
	if len(b.segments) == 0 {
		return nil
	}
	out := make([]foundIn, len(b.segments))
	for s, g := range b.segments {
		out[s] = foundIn{g, make(bitset, (g.len()+63)/64)}
	}
	large := b.segments[0]
	for k, known := range large.known.of(&large.ids, all) {
		for _, n := range all[k].Numbers {
			if at := known[n]; at > 0 && !b.gone[0].has(at-1) {
				out[0].offers.add(at - 1)
			} else if seg, i, ok := b.find(all[k].List.At(n)); ok { // it changed lately, or is there in the index alone
				out[seg].offers.add(i)
			}
		}
	}
	return out
}

// leavesOfWords are the leaves that free words stand for.
func leavesOfWords(words string) (set uint64) {
	for _, m := range questionnaire.TagsForWords(words) {
		if bit, ok := leafBits()[m.Tag]; ok {
			set |= 1 << bit
		}
	}
	return set
}

// isFound says whether the words are in an offer of the board.
func (s *search) isFound(o *offer) bool {
	for i := range s.found {
		if f := &s.found[i]; f.segment == o.in {
			return f.offers.has(o.at)
		}
	}
	return false
}

// lookups keeps where the ids of lists stand in a segment, so that each is looked for once: 4 bytes for each id in the
// index. A list that a search does not name any more is forgotten.
type lookups struct {
	mu   sync.Mutex
	kept map[*catalog.IDList][]uint32
}

// of gives by list and number the place of each id plus one; 0 = not there.
func (l *lookups) of(ids *idColumn, all []catalog.Matched) [][]uint32 {
	l.mu.Lock()
	defer l.mu.Unlock()
	out, kept := make([][]uint32, len(all)), make(map[*catalog.IDList][]uint32, len(all))
	for k, m := range all {
		known, ok := l.kept[m.List]
		if !ok {
			known = make([]uint32, m.List.Len())
			for n := range known {
				if i, ok := ids.find(m.List.At(uint32(n))); ok {
					known[n] = i + 1
				}
			}
		}
		out[k], kept[m.List] = known, known
	}
	l.kept = kept
	return out
}

// among are the boxes around the offers of a segment as they follow each other, a word of a bitset in each of the first
// level, and the offers that have a slot without a place.
type among struct {
	levels  [][]box
	nowhere bitset
}

// perWord is how many offers share a box of the first level.
const perWord = 64

// makeAmong puts boxes around the offers.
func (g *segment) makeAmong() {
	g.among.nowhere = make(bitset, (g.len()+perWord-1)/perWord)
	boxes := make([]box, len(g.among.nowhere))
	var points []packedPoint
	for word := range boxes {
		points = points[:0]
		var when when
		for i := word * perWord; i < min((word+1)*perWord, g.len()); i++ {
			for _, s := range g.slots[g.slotsFrom[i]:g.slotsFrom[i+1]] {
				if s.place < 0 {
					g.among.nowhere.add(uint32(i))
				} else {
					points = append(points, s.at)
				}
				when |= whenOf(&g.offers[i], &s)
			}
		}
		boxes[word] = boxAround(points)
		boxes[word].when = when
	}
	g.among.levels = levelsOver(boxes)
}

// amongFound is the leaf of a promise about what the words are in.
const amongFound = -1

// addFound puts what the words are in in the queue.
func (w *walker) addFound() {
	for seg, f := range w.found {
		p := promise{seg: int16(seg), leaf: amongFound}
		if top := len(f.segment.among.levels) - 1; top >= 0 {
			w.openBoxes(p, top, 0, len(f.segment.among.levels[top]))
		}
		if f.offers.meets(f.segment.among.nowhere) {
			p.order, p.kind = (w.hopeIn(amongFound) + noWay).order(false), unplaced
			w.queue.push(p)
		}
	}
}

// holds says whether something was found in a box of a level.
func (f *foundIn) holds(level, at int) bool {
	words := 1
	for range level {
		words *= fanOut
	}
	for _, word := range f.offers[at*words : min((at+1)*words, len(f.offers))] {
		if word != 0 {
			return true
		}
	}
	return false
}

// openFound looks at the slots with a place of what was found in a box.
func (w *walker) openFound(p *promise) {
	f := &w.found[p.seg]
	w.some = f.slotsOf(w.some[:0], int(p.at), f.offers[p.at], true)
	w.openSlots(p, f.segment, w.some, f.segment.among.levels[0][p.at].cos)
}

// openNowhere looks at the slots without a place of what was found.
func (w *walker) openNowhere(p *promise) {
	f := &w.found[p.seg]
	w.some = w.some[:0]
	for word, set := range f.segment.among.nowhere {
		w.some = f.slotsOf(w.some, word, set&f.offers[word], false)
	}
	w.openSlots(p, f.segment, w.some, 0)
}

// slotsOf adds the slots of some offers of a word: those with a place, or those without.
func (f *foundIn) slotsOf(to []uint32, word int, set uint64, placed bool) []uint32 {
	for ; set != 0; set &= set - 1 {
		i := word*perWord + bits.TrailingZeros64(set)
		for s := f.segment.slotsFrom[i]; s < f.segment.slotsFrom[i+1]; s++ {
			if f.segment.slots[s].place >= 0 == placed {
				to = append(to, s)
			}
		}
	}
	return to
}
