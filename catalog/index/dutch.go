package index

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed dutch.json
var dutchData []byte

// Words tells which tags of the taxonomy a text stands for, and the search words of each tag. The taxonomy itself lives
// elsewhere; whoever wires the program brings them together.
type Words interface {
	// Tags gives the leaf tags that a word or a few words stand for; empty when none.
	Tags(text string) []string
	// Words gives the search words by tag, as people write them.
	Words() map[string][]string
}

// lexicon knows the words of the catalogue's world: which are compound parts, which say little, how they are bent.
type lexicon struct {
	stop      map[string]bool
	generic   map[string]bool // says little inside a compound: les, club, kinder
	prefix    map[string]bool // never a compound part: voor, over
	known     map[string]bool // may be a part of a compound
	stems     map[string]bool
	irregular map[string]string
	group     map[string]string   // words for activity groups
	phrases   map[string][]string // stems of a search word, joined by spaces, to tags
	tagWords  map[string]string   // tag to its single search words
}

type dutchFile struct {
	Stop, Generic, Prefix, Parts []string
	Irregular, Group             map[string]string
}

// newLexicon reads the embedded word lists and adds the taxonomy's search words.
func newLexicon(words map[string][]string) *lexicon {
	var f dutchFile
	if err := json.Unmarshal(dutchData, &f); err != nil {
		panic("catalog/index: dutch.json: " + err.Error()) // embedded: a fault of the build
	}
	l := &lexicon{stop: setOf(f.Stop), generic: setOf(f.Generic), prefix: setOf(f.Prefix), known: setOf(f.Parts),
		stems: map[string]bool{}, irregular: f.Irregular, group: f.Group,
		phrases: map[string][]string{}, tagWords: map[string]string{}}
	l.addTaxonomy(words)
	for w := range l.known {
		l.stems[l.stem(w)] = true
	}
	for tag, list := range words {
		if !strings.Contains(tag, "_") { // an id of one word is a word
			list = append([]string{tag}, list...)
		}
		l.addPhrases(tag, list)
	}
	return l
}

func (l *lexicon) addTaxonomy(words map[string][]string) {
	for _, list := range words {
		for _, w := range list {
			if t := tokens(w); len(t) == 1 && len(t[0]) >= 3 && !l.stop[t[0]] {
				l.known[t[0]] = true
			}
		}
	}
}

func (l *lexicon) addPhrases(tag string, list []string) {
	var single []string
	for _, w := range list {
		key := strings.Join(l.stemsOf(w), " ")
		if key != "" && !slices.Contains(l.phrases[key], tag) {
			l.phrases[key] = append(l.phrases[key], tag)
			slices.Sort(l.phrases[key])
		}
		if !strings.Contains(strings.TrimSpace(w), " ") {
			single = append(single, w)
		}
	}
	l.tagWords[tag] = strings.Join(single, " ")
}

// stemsOf gives the stems of a text without stop words.
func (l *lexicon) stemsOf(text string) []string {
	var out []string
	for _, w := range tokens(text) {
		if !l.stop[w] {
			out = append(out, l.stem(w))
		}
	}
	return out
}

// terms gives what of a text goes into the index: of each word its form, its stem and, with split, the stems of its
// compound parts that say something.
func (l *lexicon) terms(text string, split bool) []string {
	var out []string
	for _, w := range tokens(text) {
		if l.stop[w] {
			continue
		}
		out = append(out, w)
		if s := l.stem(w); s != w {
			out = append(out, s)
		}
		if split {
			for _, p := range l.parts(w) {
				out = append(out, l.stem(p))
			}
		}
	}
	return out
}

// fold makes letters comparable: lower case, no accents, ł as l.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ł' || r == 'Ł':
			return 'l'
		case r == 'ı':
			return 'i'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// tokens cuts a text in folded words. Hyphens separate words, but a single letter stays with what follows (g-voetbal
// gives gvoetbal and voetbal); what follows an apostrophe as an ending is dropped (foto's, bmx'en).
func tokens(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(fold(text), func(r rune) bool { return !wordRune(r) }) {
		w = strings.Trim(dropEnding(w), "-'")
		parts := strings.Split(w, "-")
		if len(parts) > 1 {
			out = append(out, strings.Join(parts, ""))
		}
		for _, p := range parts {
			if len(parts) == 1 && p != "" || len(p) > 1 {
				out = append(out, p)
			}
		}
	}
	return out
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '\'' || r == '’'
}

func dropEnding(w string) string {
	w = strings.ReplaceAll(w, "’", "'")
	if head, tail, ok := strings.Cut(w, "'"); ok && len(head) > 1 && slices.Contains([]string{"s", "en", "er", "t", "n"}, tail) {
		return head
	}
	return strings.ReplaceAll(w, "'", "")
}

func setOf(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}
