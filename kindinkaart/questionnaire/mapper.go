package questionnaire

import (
	"slices"
	"sort"
	"strings"
	"sync"
)

// The kinds of TagMatch, surest first.
const (
	MatchExact    = "exact"    // the words are search words of the tag
	MatchStem     = "stem"     // another form of them: kanoen, gedanst
	MatchCompound = "compound" // made of known words only: kinderkookclub
	MatchGuess    = "guess"    // begins or ends with a search word: voetbalplaatjes
)

var matchScores = map[string]float64{MatchExact: 1, MatchStem: 0.8, MatchCompound: 0.7, MatchGuess: 0.4}

// TagMatch is a leaf that words of a text may mean. Nothing counts before somebody has confirmed it (DOMAIN 3.2).
type TagMatch struct {
	Tag   string
	Words string  // the words of the text that led here, folded
	Kind  string  // exact, stem, compound, guess
	Score float64 // 0..1, for order only
}

// mostWords is how many words of a text are looked at; a wish has 200 characters at most.
const mostWords = 100

// TagsForWords maps free words to leaves: whole words and phrases first, then other forms, then compounds and last
// guesses; best first and within that as they stand in the text. Each leaf comes once. Tags for parents and tags that are
// never suggested are found too: typing is choosing.
func TagsForWords(text string) []TagMatch {
	words := strings.Fields(Fold(text))
	m := mapping{words: words[:min(len(words), mostWords)], lexicon: lexicon()}
	m.used = make([]bool, len(m.words))
	m.phrases(MatchExact, m.words, m.lexicon.exact)
	m.phrases(MatchStem, m.stems(), m.lexicon.stems)
	m.each(MatchStem, m.lexicon.conjugated)
	m.each(MatchCompound, m.lexicon.compound)
	m.each(MatchGuess, m.lexicon.guess)
	return m.matches
}

// SearchWords gives the search words of each leaf: label, synonyms and what is known in other languages, lower case with
// their marks, without doubles.
func SearchWords() map[string][]string {
	out := map[string][]string{}
	for _, tag := range Taxonomy().Tags {
		words := append([]string{strings.ToLower(tag.Label)}, tag.Synonyms...)
		for _, lang := range Languages {
			words = append(words, tag.OtherSynonyms[lang]...)
		}
		for _, w := range words {
			if !slices.Contains(out[tag.ID], w) {
				out[tag.ID] = append(out[tag.ID], w)
			}
		}
	}
	return out
}

// mapping is one text on its way to tags. Words that led somewhere are used and not looked at again.
type mapping struct {
	words   []string
	used    []bool
	lexicon *wordList
	matches []TagMatch
}

// stems gives the stem of every word that is left.
func (m *mapping) stems() []string {
	stems := make([]string, len(m.words))
	for i, w := range m.words {
		if !m.used[i] {
			stems[i] = Stem(w)
		}
	}
	return stems
}

// phrases looks for the longest runs of words that stand in a list; forms are the words as the list has them.
func (m *mapping) phrases(kind string, forms []string, list map[string][]string) {
	var phrase [120]byte
	for n := min(m.lexicon.longest, len(forms)); n >= 1; n-- {
		for i := 0; i+n <= len(forms); i++ {
			if m.lexicon.words[forms[i]] < n || slices.Contains(m.used[i:i+n], true) || (n == 1 && m.skip(i, kind)) {
				continue
			}
			key := append(phrase[:0], forms[i]...)
			for _, f := range forms[i+1 : i+n] {
				key = append(append(key, ' '), f...)
			}
			if tags := list[string(key)]; len(tags) > 0 {
				m.take(i, n, kind, tags)
			}
		}
	}
	m.inOrder()
}

// each looks at every word that is left on its own.
func (m *mapping) each(kind string, look func(string) []string) {
	for i, w := range m.words {
		if m.used[i] || m.skip(i, kind) {
			continue
		}
		if tags := look(w); len(tags) > 0 {
			m.take(i, 1, kind, tags)
		}
	}
}

// skip leaves out everyday words: some never lead anywhere, some only when they are all that was typed.
func (m *mapping) skip(i int, kind string) bool {
	k := kindOf[m.words[i]]
	return (k&onlyAlone != 0 && len(m.words) > 1) || (kind != MatchExact && k&(generic|everyday) != 0)
}

func (m *mapping) take(i, n int, kind string, tags []string) {
	for j := i; j < i+n; j++ {
		m.used[j] = true
	}
	for _, tag := range tags {
		if !slices.ContainsFunc(m.matches, func(t TagMatch) bool { return t.Tag == tag }) {
			words := strings.Join(m.words[i:i+n], " ")
			m.matches = append(m.matches, TagMatch{Tag: tag, Words: words, Kind: kind, Score: matchScores[kind]})
		}
	}
}

// inOrder puts matches of the same kind in the order of the text.
func (m *mapping) inOrder() {
	if len(m.matches) < 2 {
		return
	}
	text := " " + strings.Join(m.words, " ") + " "
	place := func(t TagMatch) int { return strings.Index(text, " "+t.Words+" ") }
	sort.SliceStable(m.matches, func(a, b int) bool {
		x, y := m.matches[a], m.matches[b]
		if x.Score != y.Score {
			return x.Score > y.Score
		}
		return place(x) < place(y)
	})
}

// wordList is everything the taxonomy knows by word, phrase and stem.
type wordList struct {
	exact   map[string][]string // folded phrase to tags
	stems   map[string][]string // stems of a phrase to tags
	longest int                 // words in the longest phrase
	words   map[string]int      // of a word that begins a phrase, as it is or its stem: words in the longest such phrase
	begins  beginnings
}

var lexicon = sync.OnceValue(func() *wordList { return newWordList(Taxonomy()) })

func newWordList(tree *TagTree) *wordList {
	l := &wordList{exact: map[string][]string{}, stems: map[string][]string{}, words: map[string]int{}}
	for tag, phrases := range SearchWords() {
		for _, p := range phrases {
			l.add(tag, Fold(p))
		}
	}
	for _, tag := range tree.Tags {
		for _, w := range strings.Fields(Fold(tag.Label)) {
			l.addPart(tag.ID, w)
		}
		for _, p := range tag.Synonyms {
			if head, ok := withoutGeneric(Fold(p)); ok {
				l.addPart(tag.ID, head)
			}
		}
	}
	for _, list := range []map[string][]string{l.exact, l.stems} {
		for _, tags := range list {
			tree.sortTags(tags)
		}
	}
	return l
}

// add keeps a search word or phrase as it is and by its stems.
func (l *wordList) add(tag, phrase string) {
	words := strings.Fields(phrase)
	if len(words) == 0 {
		return
	}
	l.longest = max(l.longest, len(words))
	l.words[words[0]] = max(l.words[words[0]], len(words))
	put1(l.exact, phrase, tag)
	for i, w := range words {
		words[i] = Stem(w)
	}
	l.addStem(strings.Join(words, " "), len(words), tag)
}

func (l *wordList) addStem(stems string, n int, tag string) {
	first, _, _ := strings.Cut(stems, " ")
	l.words[first] = max(l.words[first], n)
	put1(l.stems, stems, tag)
	l.begins.add(first)
}

// addPart keeps a word of a label or the telling half of a compound (computer of computerclub), unless it says too little
// or is already a search word of another leaf.
func (l *wordList) addPart(tag, word string) {
	if len(word) < 4 || kindOf[word]&(generic|everyday) != 0 || len(l.stems[Stem(word)]) > 0 {
		return
	}
	l.addStem(Stem(word), 1, tag)
}

func put1(list map[string][]string, key, tag string) {
	if !slices.Contains(list[key], tag) {
		list[key] = append(list[key], tag)
	}
}

// sortTags puts tags in the order of the taxonomy.
func (t *TagTree) sortTags(tags []string) {
	place := func(id string) int { return slices.IndexFunc(t.Tags, func(tag Tag) bool { return tag.ID == id }) }
	sort.Slice(tags, func(a, b int) bool { return place(tags[a]) < place(tags[b]) })
}

// withoutGeneric takes a last part such as club or les off a compound.
func withoutGeneric(word string) (string, bool) {
	for i := len(word) - 3; i >= 4; i-- {
		if kindOf[word[i:]]&generic != 0 && kindOf[word[:i]]&generic == 0 {
			return word[:i], true
		}
	}
	return "", false
}

// conjugated tries a verb without its endings: danst, zwemmer, gedanst, geknutseld.
func (l *wordList) conjugated(w string) []string {
	tries := []string{strings.TrimSuffix(w, "t"), strings.TrimSuffix(w, "er"), strings.TrimSuffix(w, "ers")}
	if base, ok := strings.CutPrefix(w, "ge"); ok && len(base) > 4 {
		tries = append(tries, strings.TrimRight(base, "td"), base)
	}
	for _, base := range tries {
		if base == w || len(base) < 3 || kindOf[base]&(generic|everyday) != 0 {
			continue
		}
		if tags := l.stems[spell(base)]; len(tags) > 0 {
			return tags
		}
		if tags := l.stems[Stem(base)]; len(tags) > 0 {
			return tags
		}
	}
	return nil
}
