package matcher

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// Builder packs a catalogue into a Board, one activity after the other, so that a whole country need not be in memory
// as activities at once. It is used by one at a time and gives one Board.
type Builder struct {
	partners organisers
	ways     geo.Ways
	pack     *packer
}

// NewBuilder begins a board. Places are held against ways once, when their activity is added.
func NewBuilder(ways geo.Ways) *Builder {
	return &Builder{partners: organisers{}, ways: ways, pack: newPacker(ways)}
}

// AddPartner adds an organiser; it must come before its activities.
func (b *Builder) AddPartner(p catalog.Partner) { b.partners[p.ID] = p }

// Add adds an activity when it is published; others are passed over. Ids are unique.
func (b *Builder) Add(a *catalog.Activity) {
	if a.State == catalog.Published {
		o := b.partners.offerOf(a, b.ways)
		b.pack.add(&o)
	}
}

// packer fills the columns of one segment.
type packer struct {
	segment
	numbers   map[packedPoint]int32 // of places
	names     map[string]uint32
	languages map[string]uint16
	prices    *pricePacker
}

func newPacker(ways geo.Ways) *packer {
	return &packer{segment: segment{ways: ways}, numbers: map[packedPoint]int32{}, names: map[string]uint32{}, languages: map[string]uint16{}, prices: newPricePacker()}
}

func (p *packer) add(o *offer) {
	p.ids.add(o.id)
	r := o.row
	r.priceAt, r.spoken = p.prices.add(o.price), p.languagesOf(o.languages)
	p.offers, p.slotsFrom = append(p.offers, r), append(p.slotsFrom, uint32(len(p.slots)))
	for i := range o.slots {
		p.addSlot(uint32(len(p.offers)-1), &o.slots[i])
	}
}

func (p *packer) addSlot(offer uint32, s *slot) {
	if len(s.dates) > 0 {
		if p.dates == nil {
			p.dates = map[uint32][]day{}
		}
		p.dates[uint32(len(p.slots))] = s.dates
	}
	p.slotIDs = append(p.slotIDs, p.nameOf(s.id))
	r := slotRow{offer: offer, place: -1, start: s.start, end: s.end, from: s.from, to: s.to, facts: packSlot(s)}
	if s.placed {
		r.at = packPoint(s.place.Point)
		r.place = p.placeNumber(r.at, &s.place)
	}
	p.slots = append(p.slots, r)
}

func (p *packer) placeNumber(at packedPoint, place *geo.Place) int32 {
	n, known := p.numbers[at]
	if !known {
		n = int32(p.placeN)
		p.placeN++
		p.numbers[at] = n
		if p.ways.Streets != nil {
			p.segment.places = append(p.segment.places, *place)
		}
	}
	return n
}

func (p *packer) nameOf(id string) uint32 {
	n, known := p.names[id]
	if !known {
		n = uint32(len(p.slotNames))
		p.slotNames, p.names[id] = append(p.slotNames, id), n
	}
	return n
}

func (p *packer) languagesOf(spoken []string) uint16 {
	key := strings.Join(spoken, " ")
	n, known := p.languages[key]
	if !known {
		n = uint16(min(len(p.segment.languages), 1<<16-1))
		p.segment.languages, p.languages[key] = append(p.segment.languages, spoken), n
	}
	return n
}

// seal gives the finished segment, with its offers near each other on the map near each other in the columns.
func (p *packer) seal() *segment {
	p.slotsFrom = append(p.slotsFrom, uint32(len(p.slots)))
	p.priceList = p.prices.priceTable
	p = p.sorted()
	g := p.segment
	g.priceList = p.prices.priceTable
	g.ids.index()
	g.slotsFrom = append(g.slotsFrom, uint32(len(g.slots)))
	g.trim()
	g.makeZones()
	g.makeAmong()
	g.known = &lookups{}
	return &g
}

// sortKey is where an offer comes: by leaf, then along the curve over the map.
type sortKey struct {
	leaf         int8
	curve, offer uint32
}

// sorted packs the same offers again: those of one leaf together, neighbours on the map next to each other, so that a
// walk finds what it looks at side by side in memory.
func (p *packer) sorted() *packer {
	around, keys := p.around(), make([]sortKey, p.len())
	for i := range keys {
		keys[i] = sortKey{p.offers[i].home(), math.MaxUint32, uint32(i)}
		if r := &p.slots[p.slotsFrom[i]]; r.place >= 0 {
			keys[i].curve = around.curve(r.at)
		}
	}
	slices.SortFunc(keys, func(a, b sortKey) int {
		return cmp.Or(cmp.Compare(a.leaf, b.leaf), cmp.Compare(a.curve, b.curve), cmp.Compare(a.offer, b.offer))
	})
	out := newPacker(p.ways)
	var o offer
	for _, key := range keys {
		p.unpack(key.offer, &o)
		p.readPrice(key.offer, &o)
		p.name(key.offer, &o)
		out.add(&o)
	}
	return out
}

// trim gives back the room that growing left over.
func (g *segment) trim() {
	g.ids.bytes, g.ids.ends = slices.Clone(g.ids.bytes), slices.Clone(g.ids.ends)
	g.offers, g.slotsFrom, g.slots, g.slotIDs = slices.Clone(g.offers), slices.Clone(g.slotsFrom), slices.Clone(g.slots), slices.Clone(g.slotIDs)
	g.places = slices.Clone(g.places)
	g.slotNames = slices.Clone(g.slotNames)
	g.priceList.trim()
}
