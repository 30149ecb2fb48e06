package web

import "wijknetwerk/geo"

// Areas gives the outlines of wijken to draw as the ground of a map.
type Areas interface {
	// Around gives the outlines that touch a square of so many metres to each side of a point.
	Around(p geo.Point, metres float64) []Outline
}

// Outline is the border of one area: rings of points, the first ring outside.
type Outline struct {
	Code, Name string
	Rings      [][]geo.Point
}
