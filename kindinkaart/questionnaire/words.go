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
	if isASCII(text) {
		text = strings.ToLower(text)
	} else {
		text = norm.NFKD.String(strings.ToLower(norm.NFKC.String(text)))
	}
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
		switch {
		case r > unicode.MaxASCII && unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == '`':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if r <= unicode.MaxASCII {
			b.WriteByte(byte(r))
		} else if p, ok := plain[r]; ok {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isWhole says whether a word only looks as if it has an ending.
func isWhole(word string) bool {
	switch word {
	case "teken", "jongen", "molen", "regen", "keuken", "dance":
		return true
	}
	return false
}

// Stem brings the forms of one Dutch word together: voetballen and voetbal, honden and hond, koken and kook, proefjes and
// proef. It keeps long vowels long, so that dammen and dames stay apart. The word is one word of Fold.
func Stem(word string) string {
	if len(word) < 4 || !isASCII(word) || isWhole(word) {
		return word
	}
	if b, ok := diminutive(word); ok {
		return spell(b)
	}
	for _, ending := range [...]string{"en", "e"} {
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
	for i := range len(s) {
		if s[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

func hasVowel(s string) bool {
	for i := range len(s) {
		if isVowel(s[i]) {
			return true
		}
	}
	return false
}

// canLose says whether b can stand as a word without its ending.
func canLose(b string) bool {
	return len(b) >= 3 && hasVowel(b) && b[len(b)-1] != 'e'
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

// plural takes off an s that makes a plural; other words on s (dans, tennis, circus) keep it.
func plural(w string) (string, bool) {
	b, ok := strings.CutSuffix(w, "s")
	if !ok || len(b) < 4 {
		return "", false
	}
	switch b[len(b)-2:] {
	case "er", "el", "or", "em", "en", "ot", "me", "ne", "up", "rd", "ub", "um", "lm", "rt", "id":
		return b, true
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
	if vowel == 'e' && hasVowel(b[:n-2]) {
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
	if long, ok := strings.CutSuffix(b, "eer"); ok && hasVowel(long) {
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
