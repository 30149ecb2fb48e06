package questionnaire

import "strings"

// wordKind says why a word is no activity by itself; a word may be of several kinds.
type wordKind uint8

const (
	generic wordKind = 1 << iota
	everyday
	onlyAlone
)

var kindOf = kindsOfWords()

func kindsOfWords() map[string]wordKind {
	kinds := map[string]wordKind{}
	for kind, words := range map[wordKind]string{generic: genericWords, everyday: everydayWords, onlyAlone: onlyAloneWords} {
		for _, w := range strings.Fields(words) {
			kinds[w] |= kind
		}
	}
	return kinds
}

// genericWords are parts of compounds that say nothing about the kind of activity: who it is for, or that it is a lesson.
const genericWords = `les lessen lesje club clubs clubje training trainingen trainen trainer school cursus workshop groep groepje
 kamp vereniging team team middag ochtend avond dag week weekend vakantie uur uurtje inloop project plein centrum huis veld
 kind kinder kinderen kids kleuter kleuters peuter peuters jeugd junior juniors jongen jongens jongeren meisje meisjes meiden
 meid tiener tieners ouder ouders moeder moeders vader vaders dames heren mini wijk buurt straat rolstoel wedstrijd toernooi
 spel spelen speel spelletje maken maak doen doe leren leer worden sport sporten beginners gevorderden`

// everydayWords are common words that are no activity by themselves.
const everydayWords = `een het van met voor naar als dan ook nog wel niet geen veel heel graag leuk leuke mooi goed beter iets
 samen andere anderen wil willen zou kan kunnen mag hoe wat waar wie mijn jouw onze zijn worden hebben gaan ergens zelf ding
 dingen alles altijd soms later groot grote klein kleine eigen echt echte werken werk zorgen verzorgen jezelf iemand eten
 over meedoen ontmoeting vrienden sterk sterker eerste hulp avond cursus helpen stage kleding groente`

// onlyAloneWords are search words that mean something else in a sentence.
const onlyAloneWords = "kies vr ud stick kata verzorgen"

// links may stand between the parts of a compound.
var links = [...]string{"", "s", "en", "e", "n"}

// compound splits a word completely into known and generic words; at least one is known (kinder-kook-club).
func (l *wordList) compound(w string) []string {
	if len(w) > 40 || !isASCII(w) {
		return nil
	}
	tags, ok := l.split(w)
	if !ok {
		return nil
	}
	return tags
}

// split gives the tags of the parts, the longest first part first.
func (l *wordList) split(w string) (tags []string, ok bool) {
	if kindOf[w]&generic != 0 {
		return nil, true
	}
	if t := l.part(w); t != nil {
		return t, true
	}
	for i := len(w) - 3; i >= 3; i-- {
		head := l.part(w[:i])
		if head == nil && kindOf[w[:i]]&generic == 0 {
			continue
		}
		for _, link := range links {
			rest, linked := strings.CutPrefix(w[i:], link)
			if !linked || len(rest) < 3 {
				continue
			}
			if more, ok := l.split(rest); ok {
				return append(append([]string(nil), head...), more...), true
			}
		}
	}
	return nil, false
}

// part gives the tags of a word that stands in a compound.
func (l *wordList) part(w string) []string {
	if len(w) < 3 || !l.begins.mayHold(w) || kindOf[w] != 0 {
		return nil
	}
	return l.stems[Stem(w)]
}

// minGuess is the shortest known word that may be guessed from the begin or end of a longer one.
const minGuess = 5

// guess looks for the longest known word at the begin, then at the end of a word.
func (l *wordList) guess(w string) []string {
	if !isASCII(w) {
		return nil
	}
	for n := len(w) - 1; n >= minGuess; n-- {
		if t := l.part(w[:n]); t != nil {
			return t
		}
		if t := l.part(w[len(w)-n:]); t != nil {
			return t
		}
	}
	return nil
}

// beginnings are the first three letters that the stems of known words have, as bits.
type beginnings [26*26*26/64 + 1]uint64

func (b *beginnings) add(stem string) {
	switch {
	case len(stem) < 2:
	case len(stem) == 2:
		for third := byte('a'); third <= 'z'; third++ {
			b.set(stem[0], stem[1], third)
		}
	default:
		b.set(stem[0], stem[1], stem[2])
	}
}

func (b *beginnings) set(first, second, third byte) {
	if n, ok := lettersPlace(first, second, third); ok {
		b[n/64] |= 1 << (n % 64)
	}
}

func (b *beginnings) has(first, second, third byte) bool {
	n, ok := lettersPlace(first, second, third)
	return !ok || b[n/64]>>(n%64)&1 == 1
}

// lettersPlace numbers three letters; false for other signs.
func lettersPlace(first, second, third byte) (n int, ok bool) {
	first, second, third = first-'a', second-'a', third-'a'
	return (int(first)*26+int(second))*26 + int(third), first < 26 && second < 26 && third < 26
}

// mayHold says whether the stem of w, a word of at least three letters, may be a known one, by its first letters. A stem
// keeps those of its word, but for a z or v that ends it, an -eer right at the begin, and the vowel of a short word that
// is written twice.
func (b *beginnings) mayHold(w string) bool {
	const longestShort = 6 // kok, koken, kokens
	changes := func(c byte) bool { return c == 'z' || c == 'v' }
	return b.has(w[0], w[1], w[2]) || len(w) <= longestShort && b.has(w[0], w[1], w[1]) ||
		changes(w[1]) || changes(w[2]) || w[1] == 'e' && isVowel(w[0])
}
