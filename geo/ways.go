package geo

// Ways is all that is known of how people get about: streets where a graph was read, rivers with their crossings
// elsewhere. The zero Ways knows nothing and gives estimates.
type Ways struct {
	Crossings *Crossings
}

// Place is a point prepared once for many trips to it.
type Place struct {
	Point Point
}

// Place prepares a point.
func (w Ways) Place(p Point) Place { return Place{Point: p} }

// Trips are the ways from one base. It is not safe for use by several at once.
type Trips struct {
	ways Ways
	base Point
	age  int
}

// From begins trips from a base; age is in years, negative when unknown.
func (w Ways) From(base Point, age int) *Trips { return &Trips{ways: w, base: base, age: age} }

// To gives the way from the base to a place; see Crossings.Travel for what every figure promises.
func (t *Trips) To(p Place, mode Mode) Travel {
	return t.ways.Crossings.Travel(t.base, p.Point, mode, t.age)
}

// LeastMinutes is a time that no way of this length in a straight line is under, whatever its streets: metres is 0 or
// more. Ranking uses it to pass over what cannot matter.
func (w Ways) LeastMinutes(straightMetres float64, mode Mode, age int) float64 {
	speeds := DefaultSpeeds
	if w.Crossings != nil {
		speeds = w.Crossings.speeds
	}
	return speeds.Minutes(straightMetres, mode, age)
}
