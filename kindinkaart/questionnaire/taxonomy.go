package questionnaire

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed taxonomy-v1.json
var taxonomyJSON []byte

// Tag is a leaf of the taxonomy: one kind of thing a child can do (DOMAIN 3.4).
type Tag struct {
	ID            string              `json:"id"`
	Group         string              `json:"group"`
	Label         string              `json:"label_nl"`
	LabelEnglish  string              `json:"label_en"`
	Category      string              `json:"category"` // sport, cultuur, natuur, techniek, sociaal, educatie, cjg
	Synonyms      []string            `json:"synonyms_nl"`
	OtherSynonyms map[string][]string `json:"synonyms_other"`
	Pictogram     string              `json:"pictogram_hint"`
	Near          []string            `json:"near"`
	Audience      string              `json:"audience"`     // child, parent
	AutoSuggest   bool                `json:"auto_suggest"` // false: only when somebody types or chooses it
	Sensitive     string              `json:"sensitive"`
}

// TagGroup is a group of leaves.
type TagGroup struct {
	ID           string `json:"id"`
	Order        int    `json:"order"`
	Label        string `json:"label_nl"`
	LabelEnglish string `json:"label_en"`
	Audience     string `json:"audience"` // child, both
}

// TagTree is one version of the taxonomy. It is read-only: everybody shares it.
type TagTree struct {
	Version string     `json:"version"`
	Groups  []TagGroup `json:"groups"`
	Tags    []Tag      `json:"tags"`
	tags    map[string]*Tag
	groups  map[string]*TagGroup
	leaves  map[string][]string
	places  map[string]int // of leaves in Tags; of groups after mostLeaves
	// the leaves of each group that get something from it: not what is never suggested, nor what is meant for parents
	liftable [mostGroups]uint64
}

// The most leaves and groups a taxonomy may have: figures about them stand in lists of this length.
const (
	mostLeaves = 64
	mostGroups = 16
)

// Taxonomy gives the taxonomy that ships with the program. It panics when the embedded data is broken.
var Taxonomy = sync.OnceValue(func() *TagTree {
	t, err := parseTaxonomy(taxonomyJSON)
	if err != nil {
		panic(err)
	}
	return t
})

func parseTaxonomy(data []byte) (*TagTree, error) {
	t := &TagTree{tags: map[string]*Tag{}, groups: map[string]*TagGroup{}, leaves: map[string][]string{}, places: map[string]int{}}
	if err := json.Unmarshal(data, t); err != nil {
		return nil, fmt.Errorf("taxonomie niet te lezen: %w", err)
	}
	if len(t.Tags) > mostLeaves || len(t.Groups) > mostGroups {
		return nil, fmt.Errorf("taxonomie: verwacht hoogstens %d tags en %d groepen, gekregen %d en %d", mostLeaves, mostGroups, len(t.Tags), len(t.Groups))
	}
	for i := range t.Groups {
		t.groups[t.Groups[i].ID], t.places[t.Groups[i].ID] = &t.Groups[i], mostLeaves+i
	}
	for i := range t.Tags {
		tag := &t.Tags[i]
		if t.groups[tag.Group] == nil || t.tags[tag.ID] != nil {
			return nil, fmt.Errorf("tag %s: verwacht een unieke id in een bestaande groep", tag.ID)
		}
		t.tags[tag.ID], t.places[tag.ID] = tag, i
		t.leaves[tag.Group] = append(t.leaves[tag.Group], tag.ID)
		if tag.AutoSuggest && tag.Audience != "parent" {
			t.liftable[t.places[tag.Group]-mostLeaves] |= 1 << i
		}
	}
	for _, tag := range t.Tags {
		for _, n := range tag.Near {
			if t.tags[n] == nil {
				return nil, fmt.Errorf("tag %s: %q staat bij near maar bestaat niet", tag.ID, n)
			}
		}
	}
	return t, nil
}

// Leaf gives a leaf tag by its id.
func (t *TagTree) Leaf(id string) (Tag, bool) {
	tag, ok := t.tags[id]
	if !ok {
		return Tag{}, false
	}
	return *tag, true
}

// Group gives a group by its id.
func (t *TagTree) Group(id string) (TagGroup, bool) {
	g, ok := t.groups[id]
	if !ok {
		return TagGroup{}, false
	}
	return *g, true
}

// Known says whether an id is a leaf or a group.
func (t *TagTree) Known(id string) bool { return t.tags[id] != nil || t.groups[id] != nil }

// LeafIndex gives the place of a leaf in Tags, which is also its place in a Vector; false when there is no such leaf.
func (t *TagTree) LeafIndex(id string) (int, bool) {
	place, ok := t.places[id]
	return place, ok && place < mostLeaves
}

// name gives the id of a leaf or group by its place.
func (t *TagTree) name(place int) string {
	if place < mostLeaves {
		return t.Tags[place].ID
	}
	return t.Groups[place-mostLeaves].ID
}

// Leaves gives the leaf ids of a group in the order of the data.
func (t *TagTree) Leaves(group string) []string { return append([]string(nil), t.leaves[group]...) }

// Near gives the leaves to show in a "lijkt op" list, never for ranking.
func (t *TagTree) Near(id string) []string {
	if tag := t.tags[id]; tag != nil {
		return append([]string(nil), tag.Near...)
	}
	return nil
}

// Category gives the facet of a leaf: sport, cultuur, natuur, techniek, sociaal, educatie or cjg; "" when unknown.
func (t *TagTree) Category(id string) string {
	if tag := t.tags[id]; tag != nil {
		return tag.Category
	}
	return ""
}

// Label gives the Dutch label of a leaf or group, "" when unknown.
func (t *TagTree) Label(id string) string {
	if tag := t.tags[id]; tag != nil {
		return tag.Label
	}
	if g := t.groups[id]; g != nil {
		return g.Label
	}
	return ""
}

// Leaf gives a leaf of the shipped taxonomy.
func Leaf(id string) (Tag, bool) { return Taxonomy().Leaf(id) }

// Near gives the neighbours of a leaf in the shipped taxonomy.
func Near(id string) []string { return Taxonomy().Near(id) }
