package matcher

import (
	"cmp"
	"slices"

	"wijknetwerk/kindinkaart"
)

// GapTable is what may be told of gaps outside the case team (DOMAIN 7.6). It is one tree: all children, then the tag, then
// the wijk, and below a wijk the ages, the reasons and the parts of the day, each apart. A branch is divided once only and
// by the rules of kindinkaart.Together and Apart, so nothing that is hidden follows from what is shown, and every filter,
// map and download that picks from this table tells no more than the table. There is never a cell of more than three
// dimensions. Wijken, ages and reasons under a tag count a child once; a child with several wishes counts under each tag.
type GapTable struct {
	Children kindinkaart.Count   // held against the catalogue
	Unmet    kindinkaart.Count   // of these, with at least one wish that nothing answers
	Wijken   []kindinkaart.Count // Unmet by area code; the last row may be RestWijken
	Tags     []TagGap            // by children, most first
}

// TagGap is how many children want something that is not there for them.
type TagGap struct {
	Tag    string
	Total  kindinkaart.Count // hidden when small
	Wijken []WijkGap         // those that may be told, most first
	Rest   int               // children in all other wijken together; 0 = none, or not to be told
}

// WijkGap is a TagGap in one wijk.
type WijkGap struct {
	Wijk  string // area code
	N     int
	Bands []kindinkaart.Count // AgeBands; the last row may be RestBands
	Why   []kindinkaart.Count // reasons; the last row may be RestWhy
	Parts []kindinkaart.Count // GapParts; a child can be in several or in none
}

// The rows of what is too small to tell apart.
const (
	RestWijken = "andere wijken samen"
	RestBands  = "andere leeftijden samen"
	RestWhy    = "andere redenen samen"
)

// Table tells what may be told when fewer than min children must stay hidden; min is at least 5.
func (g *Gaps) Table(min int) GapTable {
	min = max(min, 5)
	byTag, unmet := map[string][]*gapChild{}, []*gapChild(nil)
	for i := range g.children {
		c := &g.children[i]
		if len(c.unmet) > 0 {
			unmet = append(unmet, c)
		}
		for tag := range c.unmet {
			byTag[tag] = append(byTag[tag], c)
		}
	}
	var t GapTable
	for tag, children := range byTag {
		t.Tags = append(t.Tags, tagGap(tag, children, min))
	}
	slices.SortFunc(t.Tags, func(a, b TagGap) int { return cmp.Or(cmp.Compare(b.Total.N, a.Total.N), cmp.Compare(a.Tag, b.Tag)) })
	t.Children = kindinkaart.Hide("children", len(g.children), min)
	t.Unmet = kindinkaart.Hide("unmet", len(unmet), min)
	if met := len(g.children) - len(unmet); met > 0 && met < min {
		t.Children = kindinkaart.Count{Label: "children", Hidden: true}
	}
	if t.tells(len(unmet), "", min) {
		t.Unmet = kindinkaart.Count{Label: "unmet", Hidden: true}
	}
	if !t.Unmet.Hidden {
		t.Wijken = t.wijken(unmet, min)
	}
	return t
}

func tagGap(tag string, children []*gapChild, min int) TagGap {
	out := TagGap{Tag: tag, Total: kindinkaart.Hide(tag, len(children), min)}
	byWijk := map[string][]*gapChild{}
	for _, c := range children {
		byWijk[c.Wijk] = append(byWijk[c.Wijk], c)
	}
	for _, row := range kindinkaart.Together(sizes(byWijk), RestWijken, min) {
		if row.Label == RestWijken {
			out.Rest = row.N
			continue
		}
		out.Wijken = append(out.Wijken, wijkGap(tag, row, byWijk[row.Label], min))
	}
	return out
}

func wijkGap(tag string, row kindinkaart.Count, children []*gapChild, min int) WijkGap {
	bands, why, parts := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range children {
		bands[c.band]++
		why[string(c.unmet[tag])]++
		for _, p := range c.parts {
			parts[p]++
		}
	}
	return WijkGap{Wijk: row.Label, N: row.N, Bands: kindinkaart.Together(bands, RestBands, min),
		Why: kindinkaart.Together(why, RestWhy, min), Parts: kindinkaart.Apart(parts, len(children), min)}
}

// wijken counts children with an unmet wish by wijk. A wijk whose number would tell how many stand behind a hidden tag goes
// in the rest.
func (t *GapTable) wijken(unmet []*gapChild, min int) []kindinkaart.Count {
	byWijk := map[string][]*gapChild{}
	for _, c := range unmet {
		byWijk[c.Wijk] = append(byWijk[c.Wijk], c)
	}
	counts := sizes(byWijk)
	for wijk, n := range counts {
		if wijk != "" && t.tells(n, wijk, min) {
			counts[""] += n
			delete(counts, wijk)
		}
	}
	return kindinkaart.Together(counts, RestWijken, min)
}

// tells says whether the number of children with any unmet wish, in a wijk or ("") in all, tells what a hidden tag counts
// there: every one of these children stands under some tag, so the hidden tags hold at least what the shown ones leave over,
// and that must be less than they can hold while each stays small.
func (t *GapTable) tells(n int, wijk string, min int) bool {
	left, hidden := n, 0
	for _, tag := range t.Tags {
		i := slices.IndexFunc(tag.Wijken, func(w WijkGap) bool { return w.Wijk == wijk })
		switch {
		case wijk == "" && !tag.Total.Hidden:
			left -= tag.Total.N
		case i >= 0:
			left -= tag.Wijken[i].N
		case wijk == "" || tag.Total.Hidden || tag.Rest > 0:
			hidden++
		}
	}
	return left > 0 && left >= hidden*(min-1)
}

// bandTotal is what the table tells of an age band of a tag over all wijken; ok is false when it does not.
func (t *GapTable) bandTotal(tag, band string) (n int, ok bool) {
	i := slices.IndexFunc(t.Tags, func(g TagGap) bool { return g.Tag == tag })
	if i < 0 || t.Tags[i].Total.Hidden || t.Tags[i].Rest > 0 {
		return 0, false
	}
	for _, w := range t.Tags[i].Wijken {
		k := slices.IndexFunc(w.Bands, func(c kindinkaart.Count) bool { return c.Label == band })
		rest := slices.ContainsFunc(w.Bands, func(c kindinkaart.Count) bool { return c.Label == RestBands })
		if k < 0 && rest {
			return 0, false
		}
		if k >= 0 {
			n += w.Bands[k].N
		}
	}
	return n, true
}

// sizes counts the children behind each label.
func sizes(by map[string][]*gapChild) map[string]int {
	out := map[string]int{}
	for label, children := range by {
		out[label] = len(children)
	}
	return out
}
