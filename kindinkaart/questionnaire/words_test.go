package questionnaire

import (
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldTakesOffMarksAndKeepsWordsApart(t *testing.T) {
	for text, want := range map[string]string{
		"Kanoën!": "kanoen", "g-voetbal": "g voetbal", "Foto's maken": "fotos maken", " 3x3  BASKETBAL ": "3x3 basketbal",
		"yüzme": "yuzme", "İstanbul": "istanbul", "piłka nożna": "pilka nozna", "كرة القدم": "كرة القدم", "": "", "…": "", "ﬁets": "fiets",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once || strings.TrimSpace(once) != once {
			t.Fatalf("%q becomes %q", once, twice)
		}
	})
}

func TestFormsOfAWordHaveOneStem(t *testing.T) {
	for _, forms := range []string{
		"voetbal voetballen", "hond honden hondje hondjes", "koken kook", "zwemmen zwem", "dansen dans", "tekenen teken",
		"schilderen schilder", "programmeren programmeer", "proefjes proefje proef", "games gamen game", "schaken schaak",
		"lezen lees", "schrijven schrijf", "turnen turn", "paarden paard", "pony ponys", "robot robots", "kano kanoen",
		"drones drone", "film filmpje filmpjes films", "boek boeken", "spelletjes spelletje", "bal ballen ball", "judo judoen",
		"keepers keeper", "tennis tennissen", "fietsen fiets", "bloem bloemen bloempje",
	} {
		words := strings.Fields(forms)
		for _, w := range words[1:] {
			if Stem(w) != Stem(words[0]) {
				t.Errorf("%s is %s, %s is %s", words[0], Stem(words[0]), w, Stem(w))
			}
		}
	}
	for _, different := range [][2]string{{"dammen", "dames"}, {"boten", "botten"}, {"koken", "kok"}, {"dans", "dan"}} {
		if Stem(different[0]) == Stem(different[1]) {
			t.Errorf("%s and %s are both %s", different[0], different[1], Stem(different[0]))
		}
	}
}

func TestAWordMayBeginAsItsStemDoes(t *testing.T) {
	for range 50 {
		rapid.Check(t, func(t *rapid.T) {
			w := rapid.StringMatching(`[aeoubkz]{1,3}[zvaesnmt]{0,3}(je|tje|pje|en|e|s|er|eer|jes|ens)?`).Draw(t, "word")
			var b beginnings
			if b.add(Stem(w)); len(w) >= 3 && !b.mayHold(w) {
				t.Fatalf("%s becomes %s", w, Stem(w))
			}
		})
	}
}

func TestEverySearchWordFindsItsOwnTagExactly(t *testing.T) {
	words := SearchWords()
	dutch := 0
	for _, tag := range Taxonomy().Tags {
		dutch += len(tag.Synonyms)
		for _, w := range words[tag.ID] {
			matches := TagsForWords(w)
			if !slices.ContainsFunc(matches, func(m TagMatch) bool { return m.Tag == tag.ID && m.Kind == MatchExact }) {
				t.Errorf("%q of %s gives %v", w, tag.ID, matches)
			}
		}
	}
	if len(words) != 61 || dutch != 608 {
		t.Errorf("%d leaves with %d Dutch search words, want 61 and 608", len(words), dutch)
	}
}

func TestMatchesComeBestFirstAndEachTagOnce(t *testing.T) {
	vocabulary := []string{"xyz", "voetbalplaatjes", "kinderkookclub", "danst", "ik", "wil", "niet"}
	for _, words := range SearchWords() {
		vocabulary = append(vocabulary, words...)
	}
	sort.Strings(vocabulary)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 8).Draw(t, "words"), " ")
		seen, last := map[string]bool{}, 1.0
		for _, m := range TagsForWords(text) {
			if _, leaf := Leaf(m.Tag); !leaf || seen[m.Tag] || m.Score > last || m.Score <= 0 || !strings.Contains(Fold(text), m.Words) {
				t.Fatalf("%q gives %v", text, TagsForWords(text))
			}
			seen[m.Tag], last = true, m.Score
		}
	})
}

func TestEverydayWordsLeadNowhere(t *testing.T) {
	for _, text := range []string{"", "les", "kinderclub", "ik wil graag een leuke club voor kinderen", "training op zaterdag", "ik kies niks", "op vr om 3 uur", strings.Repeat("les", 5000), "een twee drie"} {
		for _, m := range TagsForWords(text) {
			if m.Tag != "buurthuis_club" {
				t.Errorf("%.40q gives %v", text, m)
			}
		}
	}
}

func TestTheTaxonomyHasItsGroupsLeavesAndNeighbours(t *testing.T) {
	tree := Taxonomy()
	leaves := 0
	for _, g := range tree.Groups {
		leaves += len(tree.Leaves(g.ID))
	}
	if len(tree.Groups) != 9 || leaves != 61 || len(tree.Leaves("teamsport")) != 8 {
		t.Errorf("%d groups, %d leaves", len(tree.Groups), leaves)
	}
	if tree.Category("voetbal") != "sport" || tree.Label("koken_bakken") != "Koken en bakken" || tree.Label("teamsport") == "" || tree.Category("x")+tree.Label("x") != "" {
		t.Error("category or label")
	}
	if near := Near("voetbal"); len(near) != 2 || near[0] != "basketbal" {
		t.Errorf("near voetbal: %v", near)
	}
	if _, ok := tree.Group("voetbal"); ok || tree.Known("x") || !tree.Known("teamsport") {
		t.Error("a leaf is no group")
	}
	for _, change := range [][2]string{{`"group": "teamsport"`, `"group": "temsport"`}, {`"near": [`, `"near": ["x",`}, {`"id": "basketbal"`, `"id": "voetbal"`}} {
		if _, err := parseTaxonomy([]byte(strings.Replace(string(taxonomyJSON), change[0], change[1], 1))); err == nil {
			t.Errorf("%s went unnoticed", change[1])
		}
	}
}

func FuzzTagsForWordsNeverPanics(f *testing.F) {
	for _, s := range sentences {
		f.Add(s.text)
	}
	f.Add("getttttt jejeje etje")
	f.Fuzz(func(t *testing.T, text string) { TagsForWords(text) })
}

func BenchmarkTagsForWords(b *testing.B) {
	for b.Loop() {
		TagsForWords("ik wil leren zwemmen en voetballen bij een kinderkookclub met lesleslesleslesleslesleslesx")
	}
}
