package index

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"
)

// piece is a part of what somebody typed that stands for one thing: a word, or a few that belong together.
type piece struct {
	words    []string // folded, without stop words
	stems    []string
	tags     []string // what it stands for
	heads    []string // what the last part of a compound stands for, when the whole stands for nothing
	optional bool     // says little: les, woensdag, 8
}

// maxWords is how many words of a search are looked at; maxPhrase how many can belong together.
const maxWords, maxPhrase = 12, 5

// pieces cuts a search in pieces, the longest search word of the taxonomy first: "ik wil leren zwemmen in een team"
// gives zwemmen and, optional, team.
func (l *lexicon) pieces(text string, tagsOf func(string) []string) []piece {
	var words, stems []string
	for _, w := range tokens(text) {
		if !l.stop[w] && len(words) < maxWords {
			words, stems = append(words, w), append(stems, l.stem(w))
		}
	}
	var out []piece
	for i := 0; i < len(words); {
		n := l.phraseLength(stems[i:])
		s := piece{words: words[i : i+n], stems: stems[i : i+n]}
		s.tags = unique(append(tagsOf(strings.Join(s.words, " ")), l.phrases[strings.Join(s.stems, " ")]...))
		if len(s.tags) == 0 && n == 1 {
			s.heads = l.headTags(s.words[0])
		}
		s.optional = n == 1 && len(s.tags) == 0 && l.saysLittle(s.words[0])
		out = append(out, s)
		i += n
	}
	return needOne(out)
}

// headTags gives the tags of the last part of a compound that says something, for in Dutch that is what the whole is:
// a zangkoor is a koor. They count little, for the compound may be a name.
func (l *lexicon) headTags(w string) []string {
	parts := l.parts(w)
	if len(parts) == 0 {
		return nil
	}
	return l.phrases[l.stem(parts[len(parts)-1])]
}

// needOne makes optional pieces required when there is nothing else.
func needOne(list []piece) []piece {
	for _, s := range list {
		if !s.optional {
			return list
		}
	}
	for i := range list {
		list[i].optional = false
	}
	return list
}

// meant gives the tags that the words of a title, and the parts of its compounds, stand for.
func (l *lexicon) meant(title string) []string {
	var out []string
	for _, p := range l.pieces(title, noWords{}.Tags) {
		out = append(out, p.tags...)
		for _, w := range p.words {
			for _, part := range l.parts(w) {
				out = append(out, l.phrases[l.stem(part)]...)
			}
		}
	}
	return unique(out)
}

func (l *lexicon) phraseLength(stems []string) int {
	for n := min(maxPhrase, len(stems)); n > 1; n-- {
		if len(l.phrases[strings.Join(stems[:n], " ")]) > 0 {
			return n
		}
	}
	return 1
}

func (l *lexicon) saysLittle(w string) bool {
	return l.generic[w] || len(w) < 2 || strings.Trim(w, "0123456789") == ""
}

// The ways to look for words, tried in this order until one finds something.
const (
	exactly    = iota // forms, stems, compound parts, tags
	oneLetter         // one letter different
	twoLetters        // two, in words of six letters and more
	anyPart           // one part of a compound is enough, and what stands for no tag may be missing
	ways
)

// wordQuery finds what all required pieces are found in, in one of the ways.
func (l *lexicon) wordQuery(pieces []piece, way int) query.Query {
	all := query.NewBooleanQuery(nil, nil, nil)
	tagged := way == anyPart && slices.ContainsFunc(pieces, func(s piece) bool { return len(s.tags) > 0 })
	for _, s := range pieces {
		if s.optional || tagged && len(s.tags) == 0 {
			all.AddShould(l.pieceQuery(s, way))
		} else {
			all.AddMust(l.pieceQuery(s, way))
		}
	}
	return all
}

func (l *lexicon) pieceQuery(s piece, way int) query.Query {
	var any best
	for _, t := range s.tags {
		any = append(any, scored{term("tag", t), pointsTag}, scored{term("meant", t), pointsMeant})
	}
	for _, t := range s.heads {
		any = append(any, scored{term("tag", t), pointsParts}, scored{term("meant", t), pointsParts})
	}
	for _, f := range textFields {
		var together []query.Query
		for i := range s.words {
			together = append(together, l.formQuery(f.name, s.words[i], s.stems[i], way))
		}
		any = append(any, scored{query.NewConjunctionQuery(together), f.points})
	}
	for _, w := range s.words {
		if p := l.parts(w); len(p) > 0 && len(s.words) == 1 {
			any = append(any, scored{l.partsQuery(p, way), pointsParts})
		}
	}
	return any
}

// formQuery finds one word in one field. The stem of every word is in the index, so exactly looks for that alone.
func (l *lexicon) formQuery(field, word, stem string, way int) query.Query {
	if way != oneLetter && way != twoLetters {
		return term(field, stem)
	}
	edits := 1
	if way == twoLetters && len(word) >= 6 {
		edits = 2
	}
	if len(word) < 4 {
		return term(field, stem)
	}
	return query.NewDisjunctionQuery([]query.Query{term(field, stem), fuzzy(field, word, edits), fuzzy(field, stem, edits)})
}

// partsQuery finds documents with all parts of a compound (or one, in the way anyPart), each in any field.
func (l *lexicon) partsQuery(parts []string, way int) query.Query {
	var each []query.Query
	for _, p := range parts {
		stem := l.stem(p)
		var places []query.Query
		for _, f := range textFields {
			places = append(places, term(f.name, stem))
		}
		for _, t := range l.phrases[stem] {
			places = append(places, term("tag", t), term("meant", t))
		}
		each = append(each, query.NewDisjunctionQuery(places))
	}
	if way == anyPart {
		return query.NewDisjunctionQuery(each)
	}
	return query.NewConjunctionQuery(each)
}

func term(field, value string) query.Query {
	q := query.NewTermQuery(value)
	q.SetField(field)
	return q
}

func fuzzy(field, value string, edits int) query.Query {
	q := query.NewFuzzyQuery(value)
	q.SetField(field)
	q.SetFuzziness(edits)
	q.SetPrefix(1) // the first letter is right nearly always, and it keeps other words out
	return q
}
