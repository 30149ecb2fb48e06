package geo

// Mode is a way to travel.
type Mode string

// The modes of the contract.
const (
	Walk    Mode = "walk"
	Bike    Mode = "bike"
	Transit Mode = "transit"
	Car     Mode = "car"
)

// Travel is one way from a child's base to a place.
type Travel struct {
	Mode           Mode
	Minutes        float64 // 0 or more, never infinite
	Metres         float64 // along the way
	StraightMetres float64 // as the crow flies
	Via            string  // name of the crossing used, "" when none
	Estimate       bool    // true when a river is crossed without data, and for public transport
}
