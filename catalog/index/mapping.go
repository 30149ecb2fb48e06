package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// mappingVersion counts changes to the fields or to how words are cut up. Raising it rebuilds every index.
const mappingVersion = 1

const (
	splitting = "kik_nl"       // word form, stem and compound parts
	whole     = "kik_nl_whole" // word form and stem: search words of tags are not split
)

func init() {
	if err := registry.RegisterAnalyzer(splitting, newAnalyzer); err != nil {
		panic(err)
	}
}

// analyzer is the lexicon as bleve wants to see it.
type analyzer struct {
	lex   *lexicon
	split bool
}

// newAnalyzer builds the analyser from the words that are kept with the mapping.
func newAnalyzer(config map[string]any, _ *registry.Cache) (analysis.Analyzer, error) {
	raw, ok := config["words"].(string)
	if !ok {
		return nil, fmt.Errorf("analyser %s: words missing", splitting)
	}
	words := map[string][]string{}
	if err := json.Unmarshal([]byte(raw), &words); err != nil {
		return nil, fmt.Errorf("analyser %s: %w", splitting, err)
	}
	split, _ := config["split"].(bool)
	return analyzer{lex: newLexicon(words), split: split}, nil
}

// Analyze gives the terms of a text.
func (a analyzer) Analyze(text []byte) analysis.TokenStream {
	terms := a.lex.terms(string(text), a.split)
	out := make(analysis.TokenStream, len(terms))
	for i, t := range terms {
		out[i] = &analysis.Token{Term: []byte(t), Position: i + 1}
	}
	return out
}

// newMapping is the lean static mapping: no stored values but the hash, no term vectors, no _all.
func newMapping(words map[string][]string) (*mapping.IndexMappingImpl, error) {
	raw, err := json.Marshal(words)
	if err != nil {
		return nil, err
	}
	m := bleve.NewIndexMapping()
	for name, split := range map[string]bool{splitting + "_split": true, whole: false} {
		conf := map[string]any{"type": splitting, "words": string(raw), "split": split}
		if err := m.AddCustomAnalyzer(name, conf); err != nil {
			return nil, err
		}
	}
	m.DefaultMapping = documentMapping()
	m.DefaultAnalyzer = keyword.Name
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m, nil
}

func documentMapping() *mapping.DocumentMapping {
	d := bleve.NewDocumentStaticMapping()
	for _, f := range textFields {
		d.AddFieldMappingsAt(f.name, lean(bleve.NewTextFieldMapping(), f.analyzer))
	}
	for _, f := range []string{"domain", "tag", "meant", "audience", "state", "partner", "weekday", "part", "when", "area", "place", "cell"} {
		fm := lean(bleve.NewTextFieldMapping(), keyword.Name)
		fm.DocValues = isFacet(f) || f == "place"
		d.AddFieldMappingsAt(f, fm)
	}
	for _, f := range []string{"age_min", "age_max", "cents"} {
		d.AddFieldMappingsAt(f, lean(bleve.NewNumericFieldMapping(), ""))
	}
	hash := lean(bleve.NewTextFieldMapping(), keyword.Name)
	hash.Store, hash.Index = true, false
	d.AddFieldMappingsAt("hash", hash)
	return d
}

func lean(f *mapping.FieldMapping, analyzer string) *mapping.FieldMapping {
	f.Analyzer = analyzer
	f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
	return f
}

// textFields are the fields that words are looked for in, with the points a word found there is worth (score.go).
var textFields = []struct {
	name, analyzer string
	points         float64
}{
	{"title", splitting + "_split", pointsTitle},
	{"org", splitting + "_split", pointsOrg},
	{"tag_words", whole, pointsTagWords},
	{"text", splitting + "_split", pointsText},
}

// folderName carries the mapping version and a hash of all words: other words cut texts up differently, so they too
// need a new index.
func folderName(words map[string][]string) string {
	raw, err := json.Marshal(words)
	if err != nil {
		raw = nil // a map of strings always marshals
	}
	sum := sha256.Sum256(append(raw, dutchData...))
	return strings.Join([]string{"v", fmt.Sprint(mappingVersion), "-", hex.EncodeToString(sum[:4])}, "")
}
