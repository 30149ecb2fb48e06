package questionnaire

import "strings"

// wordSet makes a set of words.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// generic are parts of compounds that say nothing about the kind of activity: who it is for, or that it is a lesson.
var generic = wordSet(`les lessen lesje club clubs clubje training trainingen trainen trainer school cursus workshop groep groepje
 kamp vereniging team team middag ochtend avond dag week weekend vakantie uur uurtje inloop project plein centrum huis veld
 kind kinder kinderen kids kleuter kleuters peuter peuters jeugd junior juniors jongen jongens jongeren meisje meisjes meiden
 meid tiener tieners ouder ouders moeder moeders vader vaders dames heren mini wijk buurt straat rolstoel wedstrijd toernooi
 spel spelen speel spelletje maken maak doen doe leren leer worden sport sporten beginners gevorderden`)

// everyday are common words that are no activity by themselves.
var everyday = wordSet(`een het van met voor naar als dan ook nog wel niet geen veel heel graag leuk leuke mooi goed beter iets
 samen andere anderen wil willen zou kan kunnen mag hoe wat waar wie mijn jouw onze zijn worden hebben gaan ergens zelf ding
 dingen alles altijd soms later groot grote klein kleine eigen echt echte werken werk zorgen verzorgen jezelf iemand eten
 over meedoen ontmoeting vrienden sterk sterker eerste hulp avond cursus helpen stage kleding groente`)

// onlyAlone are search words that mean something else in a sentence.
var onlyAlone = wordSet("kies vr ud stick kata verzorgen")

// links may stand between the parts of a compound.
var links = []string{"", "s", "en", "e", "n"}

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
	if generic[w] {
		return nil, true
	}
	if t := l.part(w); t != nil {
		return t, true
	}
	for i := len(w) - 3; i >= 3; i-- {
		head := l.part(w[:i])
		if head == nil && !generic[w[:i]] {
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
	if len(w) < 3 || generic[w] || everyday[w] || onlyAlone[w] {
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
