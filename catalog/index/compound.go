package index

import "strings"

// parts cuts a compound and gives the parts that say something: basketballessen gives basketbal, kinderkookclub gives
// kook, meidenvoetbal gives meiden and voetbal. A word that is no compound gives nothing.
func (l *lexicon) parts(w string) []string {
	if len(w) < 6 || l.irregular[w] != "" {
		return nil
	}
	if p, ok := l.split(w, l.both); ok {
		return p
	}
	if l.known[w] || l.stems[l.stem(w)] {
		return nil
	}
	if p, ok := l.split(w, l.one); ok {
		return p
	}
	return nil
}

// split tries every cut, the longest first part first.
func (l *lexicon) split(w string, try func(left, right string) ([]string, bool)) ([]string, bool) {
	for i := len(w) - 3; i >= 3; i-- {
		if p, ok := try(w[:i], w[i:]); ok {
			return p, true
		}
	}
	return nil, false
}

// both accepts a cut when both sides are words of ours.
func (l *lexicon) both(left, right string) ([]string, bool) {
	a, okA := l.side(left, true)
	b, okB := l.side(right, false)
	if okA && okB {
		return append(a, b...), true
	}
	if okB && len(left) >= 6 { // kinderkookclub: the first part is itself a compound
		if inner, ok := l.split(left, l.both); ok {
			return append(inner, b...), true
		}
	}
	return nil, false
}

// one accepts a cut when the last part is a word of ours and the first looks like one (percussieles), or when the first
// part says little (kinderorigami).
func (l *lexicon) one(left, right string) ([]string, bool) {
	if len(left) < 4 || l.prefix[left] || !hasVowel(left) {
		return nil, false
	}
	switch {
	case l.generic[right]:
		return []string{left}, true
	case l.generic[left] && len(right) >= 4:
		return []string{right}, true
	case l.known[right] && len(right) >= 5:
		return []string{right}, true
	}
	return nil, false
}

// side recognises one part; a first part may have a linking letter (dierendag, meidsvoetbal). Generic words are
// recognised and give nothing.
func (l *lexicon) side(w string, first bool) ([]string, bool) {
	switch {
	case l.prefix[w]:
		return nil, false
	case l.generic[w]:
		return nil, true
	case l.known[w], len(w) >= 4 && l.stems[l.stem(w)]:
		return []string{w}, true
	}
	if !first {
		return nil, false
	}
	for _, link := range []string{"s", "en", "e", "n"} {
		if b, ok := strings.CutSuffix(w, link); ok && len(b) >= 3 && (l.known[b] || l.generic[b]) {
			return l.side(b, false)
		}
	}
	return nil, false
}
