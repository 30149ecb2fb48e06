package geo

import "math"

// strips divides a river into strips from west to east of the same width. Each knows the first and last segment that
// touch it, so that a line across the river looks at the segments around it only.
type strips struct {
	west, perDegree float64
	spans           []span
	all             int
}

// span is a stretch of segments, from included, to excluded, and how far south and north they reach.
type span struct {
	from, to     int32
	south, north float64
}

// mostStrips is the most strips a river is divided into.
const mostStrips = 256

func newStrips(segments []segment) strips {
	west, east := math.Inf(1), math.Inf(-1)
	for _, s := range segments {
		west, east = min(west, s.box.Min[0]), max(east, s.box.Max[0])
	}
	n := min(len(segments), mostStrips)
	st := strips{west: west, perDegree: float64(n) / max(east-west, 1e-9), spans: make([]span, n), all: len(segments)}
	for i, s := range segments {
		for j := st.place(s.box.Min[0]); j <= st.place(s.box.Max[0]); j++ {
			sp := &st.spans[j]
			if sp.to == 0 {
				*sp = span{from: int32(i), south: s.box.Min[1], north: s.box.Max[1]}
			}
			sp.to, sp.south, sp.north = int32(i)+1, min(sp.south, s.box.Min[1]), max(sp.north, s.box.Max[1])
		}
	}
	return st
}

// place gives the strip of a longitude; what lies outside is in the outer strip.
func (st *strips) place(lon float64) int {
	return int(min(max((lon-st.west)*st.perDegree, 0), float64(len(st.spans)-1)))
}

// touched gives a stretch of segments that holds all that the box of a line touches, with others; all of them when its
// longitudes are no ordinary numbers.
func (st *strips) touched(west, south, east, north float64) (from, to int) {
	if !(west <= east) {
		return 0, st.all
	}
	first := st.all
	for j, last := st.place(west), st.place(east); j <= last; j++ {
		if sp := &st.spans[j]; sp.to > 0 && !(sp.south > north || sp.north < south) {
			first, to = min(first, int(sp.from)), max(to, int(sp.to))
		}
	}
	return first, to
}
