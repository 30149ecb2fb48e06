package geo

import "math"

// streetGrid finds the edges near a point.
type streetGrid struct {
	graph      *streetGraph
	low        spot
	high, wide int            // rows and columns
	stepLat    int64          // height of a cell in ten-millionths of a degree
	stepLon    int64          // and its width
	metres     float64        // the least width and height of a cell
	edges      groups[uint32] // by cell
}

// maxGridCells keeps a map with one far street from filling the memory.
const maxGridCells = 8 << 20

func newStreetGrid(g *streetGraph) *streetGrid {
	low, high := g.box()
	s := &streetGrid{graph: g, low: low, stepLat: 10_000, stepLon: 16_000}
	for {
		s.high, s.wide = int((int64(high.lat)-int64(low.lat))/s.stepLat)+1, int((int64(high.lon)-int64(low.lon))/s.stepLon)+1
		if s.high*s.wide <= maxGridCells {
			break
		}
		s.stepLat, s.stepLon = 2*s.stepLat, 2*s.stepLon
	}
	far := max(math.Abs(low.point().Lat), math.Abs(high.point().Lat))
	s.metres = metresPerDegree / 1e7 * math.Min(float64(s.stepLat), float64(s.stepLon)*math.Cos(far*math.Pi/180))
	s.fill()
	return s
}

// fill puts the edges in the cells they lie in.
func (s *streetGrid) fill() {
	last := make([]uint32, s.high*s.wide)
	s.edges = group(len(last), func(give func(cell, edge uint32)) {
		var line []spot
		for i := range last {
			last[i] = noEdge
		}
		for e := range s.graph.edges {
			if f := s.graph.edges[e].flags; f&anyMode == 0 || f&notForSnap != 0 {
				continue
			}
			line = s.graph.bends(uint32(e), line)
			for i := 1; i < len(line); i++ {
				s.touch(line[i-1], line[i], func(cell int) {
					if last[cell] != uint32(e) {
						last[cell] = uint32(e)
						give(uint32(cell), uint32(e))
					}
				})
			}
		}
	})
}

// touch gives the cells of the box around a piece of line.
func (s *streetGrid) touch(a, b spot, visit func(cell int)) {
	south, west := s.cell(a.least(b))
	north, east := s.cell(a.most(b))
	for row := max(0, south); row <= min(north, s.high-1); row++ {
		for column := max(0, west); column <= min(east, s.wide-1); column++ {
			visit(row*s.wide + column)
		}
	}
}

// cell gives the row and column of a spot; outside the grid they are outside its rows and columns.
func (s *streetGrid) cell(at spot) (row, column int) {
	return int(floorDiv(int64(at.lat)-int64(s.low.lat), s.stepLat)), int(floorDiv(int64(at.lon)-int64(s.low.lon), s.stepLon))
}

func floorDiv(a, b int64) int64 {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}
