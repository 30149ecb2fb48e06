package geo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// AreaKind is a level of the CBS division.
type AreaKind string

// The kinds of area, by the first letters of their code.
const (
	Wijk     AreaKind = "WK"
	Buurt    AreaKind = "BU"
	Gemeente AreaKind = "GM"
)

// Area is a wijk, buurt or gemeente with its borders in WGS84.
type Area struct {
	Code   string // CBS style: WK059901, BU05991701, GM0599
	Name   string
	Kind   AreaKind
	Parent string // code of the wijk a buurt lies in, "" when not given
	Region string // name of the larger area ("gebied"), "" when not given
	Middle Point  // where its name is written on a map; inside or near the area
	Shape  orb.MultiPolygon
}

// Contains says whether a point lies in the area, its border included. A border that crosses itself counts by the
// even-odd rule.
func (a *Area) Contains(p Point) bool { return planar.MultiPolygonContains(a.Shape, p.Orb()) }

// Corners gives the south-west and north-east corner of the box around the area; equal zero points for an empty one.
func (a *Area) Corners() [2]Point {
	if len(a.Shape) == 0 {
		return [2]Point{}
	}
	b := a.Shape.Bound()
	return [2]Point{FromOrb(b.Min), FromOrb(b.Max)}
}

// Areas finds the area of a point. It is made once, never changes, and may be used by many at the same time. A nil
// *Areas is empty.
type Areas struct {
	byKind map[AreaKind][]boxed
}

type boxed struct {
	area Area
	box  orb.Bound
}

// NewAreas makes the finder. Of areas with the same code the first counts.
func NewAreas(list []Area) *Areas {
	as, seen := &Areas{byKind: map[AreaKind][]boxed{}}, map[string]bool{}
	for _, a := range list {
		if seen[a.Code] {
			continue
		}
		seen[a.Code] = true
		as.byKind[a.Kind] = append(as.byKind[a.Kind], boxed{area: a, box: a.Shape.Bound()})
	}
	for _, boxes := range as.byKind {
		slices.SortFunc(boxes, func(a, b boxed) int { return cmp.Compare(a.area.Code, b.area.Code) })
	}
	return as
}

// At gives the area of a kind that holds the point; of two that share a border, or overlap, the one with the lowest code.
func (as *Areas) At(p Point, kind AreaKind) (Area, bool) {
	if as == nil || !p.Finite() {
		return Area{}, false
	}
	at := p.Orb()
	for i := range as.byKind[kind] {
		if b := &as.byKind[kind][i]; b.box.Contains(at) && b.area.Contains(p) {
			return b.area, true
		}
	}
	return Area{}, false
}

// Kind gives every area of a kind, by code.
func (as *Areas) Kind(kind AreaKind) []Area {
	if as == nil {
		return nil
	}
	list := make([]Area, len(as.byKind[kind]))
	for i, b := range as.byKind[kind] {
		list[i] = b.area
	}
	return list
}

// kindOf reads the kind of an area from its code: two letters, then four or more digits.
func kindOf(code string) (AreaKind, bool) {
	for _, kind := range []AreaKind{Wijk, Buurt, Gemeente} {
		digits, ok := strings.CutPrefix(code, string(kind))
		if ok && len(digits) >= 4 && len(digits) <= 12 && strings.Trim(digits, "0123456789") == "" {
			return kind, true
		}
	}
	return "", false
}
