package matcher

import (
	"math"
	"math/bits"
	"slices"

	"wijknetwerk/geo"
)

// segment is a packed part of the board: no pointers in what grows with the catalogue. It never changes once it is sealed.
type segment struct {
	ids       idColumn
	offers    []row
	slotsFrom []uint32 // first slot of each offer, and one past the last

	slots   []slotRow
	slotIDs []uint32 // place in slotNames

	placeN    int         // number of places
	places    []geo.Place // where they are on the streets; empty when no street is known
	ways      geo.Ways
	slotNames []string
	languages [][]string
	priceList priceTable
	dates     map[uint32][]day // of the slots that have them

	byLeaf [64]zone // slots by the leaves of their offer
	among  among
	known  *lookups // of lists of the search index
	cos    float32  // the smallest cosine of the latitudes of its places
}

// row is what a look at an offer needs: 32 bytes, so that it is one look in memory.
type row struct {
	tags uint64 // leaves of the taxonomy
	facts
	priceAt   uint32 // place in the prices of its segment
	validFrom day
	validTo   day
	confirmed day    // the day that counts as the last on which it was confirmed; 0 = never
	spoken    uint16 // place in the languages of its segment
	ageMin    uint8  // whole years; noAge = no limit
	ageMax    uint8
	first     int8 // the leaf named first, which gives the category; -1 = none
}

// slotRow is what a look at a slot needs: 28 bytes.
type slotRow struct {
	offer    uint32
	place    int32 // number of its place; -1 = not known
	at       packedPoint
	start    int16 // minutes after midnight
	end      int16
	from, to day
	facts    slotFacts
}

const noAge = 255

// ages are the limits in whole years; -1 = none.
func (r *row) ages() (lo, hi int) {
	lo, hi = int(r.ageMin), int(r.ageMax)
	if lo == noAge {
		lo = -1
	}
	if hi == noAge {
		hi = -1
	}
	return lo, hi
}

// home is the leaf that an offer is kept with: the one named first, else its lowest; 64 without leaves.
func (r *row) home() int8 {
	if r.first >= 0 {
		return r.first
	}
	return int8(bits.TrailingZeros64(r.tags))
}

func (g *segment) len() int { return len(g.offers) }

// packedPoint is a point in ten millionths of a degree, about a centimetre.
type packedPoint struct{ lat, lon int32 }

const perDegree = 1e7

func packPoint(p geo.Point) packedPoint {
	pack := func(degrees float64) int32 { return int32(math.Round(max(-180, min(180, degrees)) * perDegree)) }
	return packedPoint{pack(p.Lat), pack(p.Lon)}
}

func (p packedPoint) point() geo.Point {
	return geo.Point{Lat: float64(p.lat) / perDegree, Lon: float64(p.lon) / perDegree}
}

// placeOf gives the place of a slot that has one.
func (g *segment) placeOf(r *slotRow) geo.Place {
	if len(g.places) > 0 {
		return g.places[r.place]
	}
	return g.ways.Place(r.at.point())
}

// slotFacts are the small facts of a slot in one number. The first eight bits are as they were said, the rest follows from
// the times: the parts of the day in which the child is there, and those in which an adult is on the road at least, to
// bring and collect or only to collect. They are empty where the weekday hangs on a date; those of the road also where
// the child is picked up.
type slotFacts uint32

// Where each begins.
const (
	atWeekday    = 0 // 3 bits, weekday+1
	flagFull     = 3
	flagWaitlist = 4
	atPickup     = 5 // 2
	flagDated    = 7
	atThere      = 8  // 4
	atRoad       = 12 // 4
	atRoadBack   = 16 // 4
)

func packSlot(s *slot) slotFacts {
	f := slotFacts(s.weekday+1)<<atWeekday | slotFacts(btoi(s.full)<<flagFull|btoi(s.waitlist)<<flagWaitlist) | slotFacts(s.pickup)<<atPickup
	if s.weekday < 0 && len(s.dates) > 0 {
		return f | 1<<flagDated
	}
	f |= slotFacts(btoi(len(s.dates) > 0)) << flagDated
	start, end := int(s.start), int(s.end)
	f |= slotFacts(partsBetween(start, end)) << atThere
	if s.pickup != yes {
		back := partsBetween(end, end+1)
		f |= slotFacts(back)<<atRoadBack | slotFacts(back|partsBetween(start-1, start))<<atRoad
	}
	return f
}

func (f slotFacts) weekday() int8      { return int8(f>>atWeekday&7) - 1 }
func (f slotFacts) is(flag int) bool   { return f>>flag&1 == 1 }
func (f slotFacts) pickup() answer     { return answer(f >> atPickup & 3) }
func (f slotFacts) parts(at int) parts { return parts(f >> at & 15) }

// unpack writes offer i into o, but for its ids and price, and uses the room it already has.
func (g *segment) unpack(i uint32, o *offer) {
	o.row, o.id, o.in, o.at = g.offers[i], "", g, i
	o.languages = g.languages[o.spoken]
	if o.price == nil {
		o.price = &price{}
	}
	from, to := g.slotsFrom[i], g.slotsFrom[i+1]
	o.slots = slices.Grow(o.slots[:0], int(to-from))[:to-from]
	for k := range o.slots {
		g.unpackSlot(from+uint32(k), &o.slots[k])
	}
}

func (g *segment) unpackSlot(k uint32, s *slot) {
	r := &g.slots[k]
	*s = slot{placeAt: r.place, weekday: r.facts.weekday(), start: r.start, end: r.end, from: r.from, to: r.to,
		full: r.facts.is(flagFull), waitlist: r.facts.is(flagWaitlist), pickup: r.facts.pickup()}
	if r.place >= 0 {
		s.place, s.placed = g.placeOf(r), true
	}
	if r.facts.is(flagDated) {
		s.dates = g.dates[k]
	}
}

// readPrice fills in the price of an unpacked offer.
func (g *segment) readPrice(i uint32, o *offer) { g.priceList.give(g.offers[i].priceAt, o.price) }

// name fills in the ids of an unpacked offer, which only what is shown needs.
func (g *segment) name(i uint32, o *offer) {
	o.id = g.ids.at(int(i))
	g.nameSlots(i, o)
}

func (g *segment) nameSlots(i uint32, o *offer) {
	for k := range o.slots {
		o.slots[k].id = g.slotNames[g.slotIDs[g.slotsFrom[i]+uint32(k)]]
	}
}
