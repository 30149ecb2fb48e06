package questionnaire

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain gives letters that have no mark to take off their plain form.
var plain = map[rune]string{'ı': "i", 'ł': "l", 'ø': "o", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'đ': "d"}

// Fold makes text comparable: lower case, no marks on letters, words of letters and digits with one space between them.
// An apostrophe joins (foto's is fotos), every other sign divides (g-voetbal is g voetbal). Fold(Fold(s)) is Fold(s).
func Fold(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKC.String(text))) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == '`':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if p, ok := plain[r]; ok {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// whole are words that only look as if they have an ending.
var whole = map[string]bool{"teken": true, "jongen": true, "molen": true, "regen": true, "keuken": true, "dance": true}

// Stem brings the forms of one Dutch word together: voetballen and voetbal, honden and hond, koken and kook, proefjes and
// proef. It keeps long vowels long, so that dammen and dames stay apart. The word is one word of Fold.
func Stem(word string) string {
	if len(word) < 4 || !isASCII(word) || whole[word] {
		return word
	}
	if b, ok := diminutive(word); ok {
		return spell(b)
	}
	for _, ending := range []string{"en", "e"} {
		if b, ok := strings.CutSuffix(word, ending); ok && canLose(b) {
			return spell(lengthen(b))
		}
	}
	if b, ok := plural(word); ok {
		return Stem(b)
	}
	return spell(word)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// canLose says whether b can stand as a word without its ending.
func canLose(b string) bool {
	return len(b) >= 3 && strings.ContainsAny(b, "aeiouy") && b[len(b)-1] != 'e'
}

// diminutive takes -etje, -tje, -pje and -je off, also with the s of a plural.
func diminutive(w string) (string, bool) {
	base, ok := strings.CutSuffix(strings.TrimSuffix(w, "s"), "je")
	if !ok || len(base) < 3 {
		return "", false
	}
	if b, ok := strings.CutSuffix(base, "et"); ok && doubled(b) {
		return b, true
	}
	if b, ok := strings.CutSuffix(base, "mp"); ok {
		return b + "m", true
	}
	if b, ok := strings.CutSuffix(base, "t"); ok && len(b) >= 3 && strings.ContainsAny(b[len(b)-1:], "lnrwaeiouy") {
		return b, true
	}
	return base, true
}

// pluralEnds are ends of words that get an s; other words on s (dans, tennis, circus) keep it.
var pluralEnds = []string{"er", "el", "or", "em", "en", "ot", "me", "ne", "up", "rd", "ub", "um", "lm", "rt", "id"}

func plural(w string) (string, bool) {
	b, ok := strings.CutSuffix(w, "s")
	if !ok || len(b) < 4 {
		return "", false
	}
	for _, end := range pluralEnds {
		if strings.HasSuffix(b, end) {
			return b, true
		}
	}
	last := b[len(b)-1]
	return b, strings.IndexByte("aoy", last) >= 0 && last != b[len(b)-2]
}

func doubled(b string) bool {
	n := len(b)
	return n >= 3 && b[n-1] == b[n-2] && !isVowel(b[n-1])
}

// lengthen writes the vowel of an open syllable twice now that the syllable is closed: kok(en) becomes kook. An e counts
// only in a word of one syllable: schilder(en) stays.
func lengthen(b string) string {
	n := len(b)
	vowel, before := b[n-2], b[n-3]
	if isVowel(b[n-1]) || isVowel(before) || strings.IndexByte("aeou", vowel) < 0 {
		return b
	}
	if vowel == 'e' && strings.ContainsAny(b[:n-2], "aeiouy") {
		return b
	}
	return b[:n-1] + string(vowel) + b[n-1:]
}

// spell ends a word as Dutch does: ball is bal, leez is lees, schrijv is schrijf. A last -eer becomes -er, so that
// programmeer and programmer(en) meet.
func spell(b string) string {
	if doubled(b) {
		b = b[:len(b)-1]
	}
	if long, ok := strings.CutSuffix(b, "eer"); ok && strings.ContainsAny(long, "aeiouy") {
		return long + "er"
	}
	n := len(b)
	switch b[n-1] {
	case 'z':
		return b[:n-1] + "s"
	case 'v':
		return b[:n-1] + "f"
	}
	return b
}
