package index

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFormsOfAWordHaveOneStem(t *testing.T) {
	l := newLexicon(readTaxonomy(t))
	for _, same := range [][]string{
		{"voetbal", "voetballen", "voetbalt"}, {"dans", "dansen", "danser", "danst"}, {"koken", "kook", "kookt"},
		{"hond", "honden", "hondje", "hondjes"}, {"zwemmen", "zwem", "zwemmer"}, {"lezen", "lees"},
		{"schrijven", "schrijf"}, {"spelletje", "spelletjes"}, {"filmpje", "filmpjes"}, {"kano", "kanoen"},
		{"robot", "robots"}, {"klein", "kleine"}, {"tekenen", "teken"}, {"tuin", "tuintje", "tuinen"}, {"foto", "fotos"},
	} {
		for _, w := range same {
			if l.stem(w) != l.stem(same[0]) {
				t.Errorf("%s gives %s, %s gives %s", same[0], l.stem(same[0]), w, l.stem(w))
			}
		}
	}
	for _, apart := range [][2]string{{"dammen", "dames"}, {"lezen", "lessen"}, {"tennis", "tent"}, {"boksen", "bakken"}, {"kamp", "kampioen"}} {
		if l.stem(apart[0]) == l.stem(apart[1]) {
			t.Errorf("%s and %s both give %s", apart[0], apart[1], l.stem(apart[0]))
		}
	}
}

func TestCompoundsAreCutIntoPartsThatSaySomething(t *testing.T) {
	l := newLexicon(readTaxonomy(t))
	for word, want := range map[string]string{
		"basketballessen": "[basketbal]", "meidenvoetbal": "[meiden voetbal]", "kinderkookclub": "[kook]",
		"zaalhockey": "[zaal hockey]", "judolessen": "[judo]", "percussieles": "[percussie]", "dansavond": "[dans]",
		"fiets": "[]", "waarderen": "[]", "vereniging": "[]",
	} {
		if got := fmt.Sprint(l.parts(word)); got != want {
			t.Errorf("%s gives %s, want %s", word, got, want)
		}
	}
}

func TestWordsAreFoldedAndCut(t *testing.T) {
	for text, want := range map[string]string{
		"Kanoën, piłka NOŻNA!": "[kanoen pilka nozna]", "G-voetbal": "[gvoetbal voetbal]", "foto's en bmx'en": "[foto en bmx]",
		"mini-basketbal": "[minibasketbal mini basketbal]", "k'nex": "[knex]", " -- ' ": "[]", "كرة القدم": "[كرة القدم]",
	} {
		if got := fmt.Sprint(tokens(text)); got != want {
			t.Errorf("%q gives %s, want %s", text, got, want)
		}
	}
}

func TestAnyTextCanBeIndexedAndSearched(t *testing.T) {
	l := newLexicon(readTaxonomy(t))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.String().Draw(rt, "text")
		terms := l.terms(text, true)
		if slices.Contains(terms, "") {
			rt.Fatalf("an empty term in %q", terms)
		}
		for _, p := range l.pieces(text, noWords{}.Tags) {
			for _, stem := range p.stems {
				if !slices.Contains(terms, stem) {
					rt.Fatalf("%q is searched by %s but indexed as %v", text, stem, terms)
				}
			}
		}
	})
}
