package index

import "strings"

// stem brings the forms of a Dutch word together: voetballen and voetbal, honden and hond, koken and kook. The word must
// be folded. It is a light stemmer: it keeps long vowels long (koken, kook) so that dammen and dames stay apart.
func (l *lexicon) stem(w string) string {
	if v, ok := l.irregular[w]; ok {
		return v
	}
	if len(w) < 4 {
		return w
	}
	if b, ok := diminutive(w); ok {
		return repair(b)
	}
	if b, ok := l.plural(w); ok {
		return l.stem(b)
	}
	if b, ok := strings.CutSuffix(w, "en"); ok && cuttable(b) {
		return repair(b)
	}
	if b, ok := l.conjugated(w); ok {
		return b
	}
	if b, ok := strings.CutSuffix(w, "eer"); ok && hasVowel(b) {
		return b + "er" // programmeer, as repair leaves programmeren
	}
	if b, ok := strings.CutSuffix(w, "e"); ok && len(b) >= 3 && !vowelAt(b, len(b)-1) && hasVowel(b) {
		return repair(b)
	}
	return w
}

// diminutive takes -je, -tje, -pje, -etje (and plural) off.
func diminutive(w string) (string, bool) {
	w = strings.TrimSuffix(w, "s")
	if !strings.HasSuffix(w, "je") || len(w) < 5 {
		return "", false
	}
	if b, ok := strings.CutSuffix(w, "etje"); ok && doubled(b) {
		return b, true
	}
	if b, ok := strings.CutSuffix(w, "pje"); ok && strings.HasSuffix(b, "m") {
		return b, true
	}
	if b, ok := strings.CutSuffix(w, "tje"); ok && strings.ContainsAny(b[len(b)-1:], "lnrw") {
		return b, true
	}
	return w[:len(w)-2], true
}

// plural takes the -s of a plural off; other words on -s (dans, tennis, circus) keep it.
func (l *lexicon) plural(w string) (string, bool) {
	b, ok := strings.CutSuffix(w, "s")
	if !ok {
		return "", false
	}
	for _, end := range []string{"er", "el", "en", "eur", "oor"} {
		if strings.HasSuffix(b, end) && len(b) >= 5 {
			return b, true
		}
	}
	if len(b) >= 4 && strings.ContainsAny(b[len(b)-1:], "aoy") {
		return b, true
	}
	return b, len(b) >= 4 && l.stems[repair(strings.TrimSuffix(b, "e"))] || l.stems[b]
}

// conjugated takes -t (danst) and -er (zwemmer) off when a known word is left.
func (l *lexicon) conjugated(w string) (string, bool) {
	if b, ok := strings.CutSuffix(w, "t"); ok && l.stems[b] {
		return b, true
	}
	if b, ok := strings.CutSuffix(w, "er"); ok && len(b) >= 4 && l.stems[repair(b)] {
		return repair(b), true
	}
	return "", false
}

// cuttable says whether -en after b is an ending and not part of the word.
func cuttable(b string) bool {
	if len(b) < 3 || !hasVowel(b) || strings.HasSuffix(b, "e") {
		return false
	}
	return len(b) >= 4 || !vowelAt(b, len(b)-1)
}

// repair writes what is left of a word as it is written alone: voetball becomes voetbal, kok(en) kook, lez(en) lees.
func repair(b string) string {
	n := len(b)
	switch {
	case n < 3:
		return b
	case doubled(b):
		return b[:n-1]
	case open(b):
		b = b[:n-1] + b[n-2:]
	}
	return devoice(b)
}

// open says whether b ends in one short vowel and one consonant that was long while the ending stood there. A dull e
// (wandel, timmer) stays as it is.
func open(b string) bool {
	n := len(b)
	if vowelAt(b, n-1) || !strings.ContainsRune("aeou", rune(b[n-2])) || vowelAt(b, n-3) || strings.ContainsAny(b[n-1:], "xwj") {
		return false
	}
	return b[n-2] != 'e' || !hasVowel(b[:n-2])
}

func devoice(b string) string {
	switch b[len(b)-1] {
	case 'z':
		return b[:len(b)-1] + "s"
	case 'v':
		return b[:len(b)-1] + "f"
	}
	return b
}

func doubled(b string) bool {
	n := len(b)
	return n >= 3 && b[n-1] == b[n-2] && !vowelAt(b, n-1)
}

func vowelAt(b string, i int) bool {
	return i >= 0 && i < len(b) && strings.IndexByte("aeiouy", b[i]) >= 0
}

func hasVowel(b string) bool { return strings.ContainsAny(b, "aeiouy") }
