package geo

import (
	"math"
	"sync"
)

// How far the search along streets goes. A way that takes longer is measured over crossings, and is never told as
// shorter than these.
const (
	// WalkBound is the longest walk that is measured along streets, in minutes.
	WalkBound = 60
	// BikeBound is the longest bicycle ride that is measured along streets, in minutes.
	BikeBound = 45
)

// Streets is a street map made ready for searching, with the rivers and speeds it was made for. It never changes and
// may be used by many at the same time. A nil *Streets knows no street.
type Streets struct {
	graph    *streetGraph
	speeds   Speeds
	rivers   *Crossings
	grid     *streetGrid
	over     []uint8 // by edge: which name of overs it goes over the water by, 0 = none
	overs    []string
	profiles [profileCount]func() *profile
	runs     *runCache
	searches searches
	around   func() groups[uint32] // the edges at every corner, of every mode and of none
}

// profileID is a way to go along streets: the mode and, on foot, the age class.
type profileID uint8

const (
	walking profileID = iota
	youngWalking
	cycling
	profileCount
)

// ReadStreets makes a graph file of ImportStreets ready for use with the rivers and speeds of x, which may be nil. data
// is kept and must not be changed. A damaged file, one of another version and what is no graph file give an error in
// Dutch that says what to do.
func ReadStreets(data []byte, x *Crossings) (*Streets, error) {
	g, err := decodeStreets(data)
	if err != nil {
		return nil, err
	}
	s := &Streets{graph: g, speeds: DefaultSpeeds, rivers: x, grid: newStreetGrid(g), runs: newRunCache()}
	if x != nil {
		s.speeds = x.speeds
	}
	s.findOvers()
	s.around = sync.OnceValue(func() groups[uint32] { return edgesAround(g) })
	for id := range s.profiles {
		s.profiles[id] = sync.OnceValue(func() *profile { return newProfile(s, profileID(id)) })
	}
	return s, nil
}

// Stamp tells one street map from another; the same streets have the same stamp. 0 for none.
func (s *Streets) Stamp() uint32 {
	if s == nil {
		return 0
	}
	return s.graph.stamp
}

// Edges is how many pieces of street there are, 0 for none.
func (s *Streets) Edges() int {
	if s == nil {
		return 0
	}
	return len(s.graph.edges)
}

// profileOf gives the profile of a mode that goes along streets.
func (s *Streets) profileOf(mode Mode, age int) profileID {
	switch {
	case mode == Bike:
		return cycling
	case age >= 0 && age < s.speeds.YoungBelow:
		return youngWalking
	}
	return walking
}

// ageOf gives an age of the class of a profile.
func (id profileID) ageOf(s Speeds) int {
	if id == youngWalking {
		return max(0, s.YoungBelow-1)
	}
	return s.YoungBelow
}

func (id profileID) mode() Mode {
	if id == cycling {
		return Bike
	}
	return Walk
}

func (id profileID) flags() (on, back streetFlags) {
	if id == cycling {
		return bikeOn, bikeBack
	}
	return walkOn, walkBack
}

func (id profileID) pace(e *edge) uint64 {
	if id == cycling {
		return uint64(e.bikePace)
	}
	return uint64(e.walkPace)
}

// cost is the currency of the search: centimetres that somebody could have gone at full speed. It is never less than
// the centimetres of the way itself.
type cost = uint32

// noCost is more than any way costs.
const noCost cost = math.MaxUint32 / 4

func edgesAround(g *streetGraph) groups[uint32] {
	return group(len(g.corners), func(give func(at, edge uint32)) {
		for i, e := range g.edges {
			give(e.a, uint32(i))
			if e.b != e.a {
				give(e.b, uint32(i))
			}
		}
	})
}
