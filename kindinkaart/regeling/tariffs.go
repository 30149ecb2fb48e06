package regeling

import "slices"

// Tariffs keeps many tariffs close together, by number. It only grows; once it is full it may be read by many at the same
// time.
type Tariffs struct {
	rows   []tariffRow
	duties []duty
	lower  []lowered
}

// tariffRow says where a tariff ends in the lists of Tariffs.
type tariffRow struct {
	gross         int
	duties, lower uint32
}

// Add keeps a tariff as the next number, from 0.
func (t *Tariffs) Add(one Tariff) {
	t.duties, t.lower = append(t.duties, one.duties...), append(t.lower, one.lower...)
	t.rows = append(t.rows, tariffRow{one.gross, uint32(len(t.duties)), uint32(len(t.lower))})
}

// At gives the tariff with a number. It stays as it is, whatever is added.
func (t *Tariffs) At(n uint32) Tariff {
	var from tariffRow
	if n > 0 {
		from = t.rows[n-1]
	}
	row := &t.rows[n]
	return Tariff{gross: row.gross, duties: t.duties[from.duties:row.duties:row.duties], lower: t.lower[from.lower:row.lower:row.lower]}
}

// GrossCents is the list price of the tariff with a number, in euro cents.
func (t *Tariffs) GrossCents(n uint32) int { return t.rows[n].gross }

// Trim gives back the room that growing left over.
func (t *Tariffs) Trim() {
	t.rows, t.duties, t.lower = slices.Clone(t.rows), slices.Clone(t.duties), slices.Clone(t.lower)
}
