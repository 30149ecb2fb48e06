package matcher

import (
	"encoding/binary"
	"math"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/regeling"
)

// price is what an offer costs: what a family's cost is worked out from. Amounts are at most 21 million euro.
type price struct {
	tariff  regeling.Tariff
	lines   []regeling.Line
	reduced []regeling.ReducedLine
	packed  *priceTable // where lines and reduced still have to be read; nil when they are there
	at      uint32      // its place there
}

func priceOf(a *catalog.Activity) *price {
	p := &price{}
	for _, c := range a.Costs {
		l := regeling.Line{Kind: c.Kind, Cents: few(c.Cents), Per: c.Per, Times: min(max(c.Times, 0), math.MaxUint16), Required: c.Required == nil || *c.Required}
		if l.Times == 0 && l.Per == "time" {
			l.Times = plannedTimes(a)
		}
		p.lines = append(p.lines, l)
	}
	for _, r := range a.Reduced {
		p.reduced = append(p.reduced, regeling.ReducedLine{When: r.When, Kind: r.Kind, Cents: few(r.Cents), Per: r.Per})
	}
	p.tariff = regeling.NewTariff(p.lines, p.reduced)
	return p
}

func few(cents int) int { return min(max(cents, 0), math.MaxInt32) }

// priceTable keeps every price once: many activities cost the same.
type priceTable struct {
	rows    []priceRow
	lines   []packedLine
	reduced []packedReduced
	words   []string         // kinds, periods and conditions
	tariffs regeling.Tariffs // what the funding rules need of each price
}

// priceRow says where the lines of a price end.
type priceRow struct{ lines, reduced uint32 }

type packedLine struct {
	cents     int32
	times     uint16
	kind, per uint8 // places in words; the highest bit of kind is for a line that is not compulsory
}

type packedReduced struct {
	cents           int32
	when, kind, per uint8
}

const optional = 1 << 7

// give lets p be price i. Its lines are read when somebody asks for them.
func (t *priceTable) give(i uint32, p *price) { p.tariff, p.packed, p.at = t.tariffs.At(i), t, i }

// read makes sure that the lines are there, in the memory that p already has.
func (p *price) read() {
	t, i := p.packed, p.at
	if t == nil {
		return
	}
	var from priceRow
	if i > 0 {
		from = t.rows[i-1]
	}
	p.lines, p.reduced = p.lines[:0], p.reduced[:0]
	for _, l := range t.lines[from.lines:t.rows[i].lines] {
		p.lines = append(p.lines, regeling.Line{Kind: t.words[l.kind&^optional], Cents: int(l.cents), Per: t.words[l.per], Times: int(l.times), Required: l.kind&optional == 0})
	}
	for _, r := range t.reduced[from.reduced:t.rows[i].reduced] {
		p.reduced = append(p.reduced, regeling.ReducedLine{When: t.words[r.when], Kind: t.words[r.kind], Cents: int(r.cents), Per: t.words[r.per]})
	}
	p.packed = nil
}

// gross is the list price of a year in cents.
func (t *priceTable) gross(i uint32) int { return t.tariffs.GrossCents(i) }

// trim gives back the room that growing left over.
func (t *priceTable) trim() {
	t.rows, t.lines, t.reduced = slices.Clone(t.rows), slices.Clone(t.lines), slices.Clone(t.reduced)
	t.tariffs.Trim()
}

// lowered says whether the provider has lower prices of its own.
func (t *priceTable) lowered(i uint32) bool {
	return i > 0 && t.rows[i].reduced > t.rows[i-1].reduced || i == 0 && t.rows[0].reduced > 0
}

// pricePacker fills a priceTable.
type pricePacker struct {
	priceTable
	places map[string]uint32 // of prices, by their bytes
	wordAt map[string]uint8
	key    []byte
}

func newPricePacker() *pricePacker {
	return &pricePacker{places: map[string]uint32{}, wordAt: map[string]uint8{}}
}

func (t *pricePacker) add(p *price) uint32 {
	p.read()
	t.key = t.key[:0]
	for _, l := range p.lines {
		pl := t.line(l)
		t.key = binary.LittleEndian.AppendUint32(append(t.key, pl.kind, pl.per, byte(pl.times), byte(pl.times>>8)), uint32(pl.cents))
	}
	for _, r := range p.reduced {
		pr := t.lower(r)
		t.key = binary.LittleEndian.AppendUint32(append(t.key, pr.when, pr.kind, pr.per), uint32(pr.cents))
	}
	t.key = append(t.key, byte(len(p.lines)))
	if n, known := t.places[string(t.key)]; known {
		return n
	}
	for _, l := range p.lines {
		t.lines = append(t.lines, t.line(l))
	}
	for _, r := range p.reduced {
		t.reduced = append(t.reduced, t.lower(r))
	}
	n := uint32(len(t.rows))
	t.rows = append(t.rows, priceRow{uint32(len(t.lines)), uint32(len(t.reduced))})
	t.tariffs.Add(p.tariff)
	t.places[string(t.key)] = n
	return n
}

func (t *pricePacker) line(l regeling.Line) packedLine {
	pl := packedLine{cents: int32(l.Cents), times: uint16(l.Times), kind: t.word(l.Kind), per: t.word(l.Per)}
	if !l.Required {
		pl.kind |= optional
	}
	return pl
}

func (t *pricePacker) lower(r regeling.ReducedLine) packedReduced {
	return packedReduced{cents: int32(r.Cents), when: t.word(r.When), kind: t.word(r.Kind), per: t.word(r.Per)}
}

// word gives the place of a word. There are some twenty; what comes after the first 127 counts as the last of them.
func (t *pricePacker) word(w string) uint8 {
	n, known := t.wordAt[w]
	if !known {
		n = uint8(min(len(t.words), optional-1))
		if len(t.words) < optional {
			t.words = append(t.words, w)
		}
		t.wordAt[w] = n
	}
	return n
}
