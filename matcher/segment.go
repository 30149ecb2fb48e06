package matcher

import (
	"math"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/regeling"
)

// segment is a packed part of the board: one column for each fact, no pointers in what grows with the catalogue. It
// never changes once it is sealed.
type segment struct {
	ids       idColumn
	tags      []uint64
	first     []int8
	facts     []uint64 // small facts of an offer, see packFacts
	ageMin    []uint8  // noAge = no limit
	ageMax    []uint8
	validFrom []day
	validTo   []day
	confirmed []day
	prices    []uint32 // place in priceList
	spoken    []uint16 // place in languages
	slotsFrom []uint32 // first slot of each offer, and one past the last

	slotIDs   []uint32 // place in slotNames
	offerOf   []uint32
	placeOf   []int32 // place in points; -1 = not known
	start     []int16
	end       []int16
	from      []day
	to        []day
	slotFacts []uint8

	points    []packedPoint
	places    []geo.Place // the same places on the streets; empty when no street is known
	ways      geo.Ways
	slotNames []string
	languages [][]string
	priceList priceTable
	dates     map[uint32][]day // of the slots that have them

	byLeaf [64]zone // slots by the leaves of their offer
	cos    float32  // the smallest cosine of the latitudes of its places
}

const noAge = 255

func (g *segment) len() int { return len(g.tags) }

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

// place gives one of the places of the segment.
func (g *segment) place(at int32) geo.Place {
	if len(g.places) > 0 {
		return g.places[at]
	}
	return g.ways.Place(g.points[at].point())
}

// The small facts of an offer in one number: where each begins. Three-valued facts take two bits.
const (
	atAudience     = 0  // 3 bits
	atAgeOn        = 3  // 2
	atDomain       = 5  // 4, place in words
	atSetting      = 9  // 3
	atIntensity    = 12 // 3
	atGroupSize    = 15 // 3
	atSwimMin      = 18 // 2
	atSafe         = 20 // 2
	flagMixed      = 22
	flagCommunity  = 23
	flagEasySignUp = 24
	flagCostsSaid  = 25
	flagNeedsKit   = 26
	atFreeLessons  = 27 // 8
	atAnswers      = 35 // 11 times 2
)

// Where some of the three-valued facts stand among the others, see answersOf.
const (
	factAtSchool  = 1
	factLendsKit  = 2
	factSiblings  = 6
	factChildcare = 7
	factAbsenceOK = 8
)

func isSet(facts uint64, flag int) bool { return facts>>flag&1 == 1 }

func fact(facts uint64, which int) answer { return answer(facts >> (atAnswers + 2*which) & 3) }

// words are the values a text fact can have; what is not among them counts as not said.
var (
	domains     = []string{"", "sport", "cultuur", "zwemles", "natuur", "techniek", "sociaal", "zorg", "cjg"}
	settings    = []string{"", "indoor", "outdoor", "either"}
	intensities = []string{"", "active", "calm", "either"}
	groupSizes  = []string{"", "alone", "pair", "small", "team"}
	swimLevels  = []string{"", "A", "AB", "ABC"}
)

// categories are the domains as the funding rules know them.
var categories = func() (list []regeling.Category) {
	for _, d := range domains {
		list = append(list, regeling.CategoryOf(d))
	}
	return list
}()

func place(words []string, w string) uint64 {
	for i, known := range words {
		if known == w {
			return uint64(i)
		}
	}
	return 0
}

func flag(on bool, at int) uint64 {
	if on {
		return 1 << at
	}
	return 0
}

// answersOf are the three-valued facts of an offer, in the order in which they are packed.
func (o *offer) answersOf() [11]*answer {
	return [11]*answer{&o.interpreter, &o.atSchool, &o.lendsKit, &o.stepFree, &o.lowStimulus, &o.extraSupport, &o.siblings, &o.childcare, &o.absenceOK, &o.instalments, &o.recognised}
}

func packFacts(o *offer) uint64 {
	f := uint64(o.audience)<<atAudience | uint64(o.ageOn)<<atAgeOn | place(domains, o.domain)<<atDomain |
		place(settings, o.setting)<<atSetting | place(intensities, o.intensity)<<atIntensity | place(groupSizes, o.groupSize)<<atGroupSize |
		place(swimLevels, o.swimMin)<<atSwimMin | uint64(o.safe)<<atSafe | uint64(o.freeLessons)<<atFreeLessons |
		flag(o.mixed, flagMixed) | flag(o.community, flagCommunity) | flag(o.easySignUp, flagEasySignUp) | flag(o.costsSaid, flagCostsSaid) | flag(o.needsKit, flagNeedsKit)
	for i, a := range o.answersOf() {
		f |= uint64(*a) << (atAnswers + 2*i)
	}
	return f
}

func (o *offer) unpackFacts(f uint64) {
	o.audience, o.ageOn = audience(f>>atAudience&7), ageOn(f>>atAgeOn&3)
	o.category = categories[f>>atDomain&15]
	o.domain, o.setting, o.intensity = domains[f>>atDomain&15], settings[f>>atSetting&7], intensities[f>>atIntensity&7]
	o.groupSize, o.swimMin, o.safe = groupSizes[f>>atGroupSize&7], swimLevels[f>>atSwimMin&3], safety(f>>atSafe&3)
	o.freeLessons = int(f >> atFreeLessons & 255)
	o.mixed, o.community, o.easySignUp = isSet(f, flagMixed), isSet(f, flagCommunity), isSet(f, flagEasySignUp)
	o.costsSaid, o.needsKit = isSet(f, flagCostsSaid), isSet(f, flagNeedsKit)
	f >>= atAnswers
	o.interpreter, o.atSchool, o.lendsKit, o.stepFree = answer(f&3), answer(f>>2&3), answer(f>>4&3), answer(f>>6&3)
	o.lowStimulus, o.extraSupport, o.siblings, o.childcare = answer(f>>8&3), answer(f>>10&3), answer(f>>12&3), answer(f>>14&3)
	o.absenceOK, o.instalments, o.recognised = answer(f>>16&3), answer(f>>18&3), answer(f>>20&3)
}

// The small facts of a slot: weekday+1 in three bits, then full, waitlist, pickup in two, and whether it has dates.
func packSlot(s *slot) uint8 {
	return uint8(s.weekday+1) | uint8(flag(s.full, 3)|flag(s.waitlist, 4)|flag(len(s.dates) > 0, 7)) | uint8(s.pickup)<<5
}

// unpack writes offer i into o, but for its ids and price, and uses the room it already has. The facts come back as they
// were packed.
func (g *segment) unpack(i uint32, o *offer) {
	slots, cost := o.slots[:0], o.price
	if cost == nil {
		cost = &price{}
	}
	*o = offer{tags: g.tags[i], first: g.first[i], ageMin: age(g.ageMin[i]), ageMax: age(g.ageMax[i]), validFrom: g.validFrom[i],
		validTo: g.validTo[i], confirmed: g.confirmed[i], price: cost, languages: g.languages[g.spoken[i]]}
	o.unpackFacts(g.facts[i])
	for k := g.slotsFrom[i]; k < g.slotsFrom[i+1]; k++ {
		f := g.slotFacts[k]
		s := slot{placeAt: g.placeOf[k], weekday: int8(f&7) - 1, start: g.start[k], end: g.end[k], from: g.from[k], to: g.to[k],
			full: f>>3&1 == 1, waitlist: f>>4&1 == 1, pickup: answer(f >> 5 & 3)}
		if s.placeAt >= 0 {
			s.place, s.placed = g.place(s.placeAt), true
		}
		if f>>7 == 1 {
			s.dates = g.dates[k]
		}
		slots = append(slots, s)
	}
	o.slots = slots
}

// readPrice fills in the price of an unpacked offer.
func (g *segment) readPrice(i uint32, o *offer) { g.priceList.read(g.prices[i], o.price) }

// name fills in the ids of an unpacked offer, which only what is shown needs.
func (g *segment) name(i uint32, o *offer) {
	o.id = g.ids.at(int(i))
	for k := range o.slots {
		o.slots[k].id = g.slotNames[g.slotIDs[g.slotsFrom[i]+uint32(k)]]
	}
}

func age(packed uint8) int16 {
	if packed == noAge {
		return -1
	}
	return int16(packed)
}

func packAge(years int16) uint8 {
	if years < 0 {
		return noAge
	}
	return uint8(years)
}
