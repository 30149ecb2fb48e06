package web

import (
	"wijknetwerk/kindinkaart/regeling"
)

// figure is one amount on the smw'er's screen, with what it hangs on.
type figure struct{ Label, Text, Note string }

// Money gives at most three figures: the price, what the family probably pays itself, and what it may be less. An amount that
// a fund still has to grant says so (DOMAIN 4.3).
func (c card) Money() []figure {
	cost := c.Item.Cost
	if cost.GrossCents == 0 {
		return nil // the chip says "gratis", or that the price is not known
	}
	own := figure{Label: "Waarschijnlijk zelf betalen", Text: euro(cost.NetCents)}
	if schemeCents(cost, regeling.Expected) > 0 {
		own.Note = "als het fonds ja zegt"
	}
	out := []figure{{Label: "Prijs per jaar", Text: euro(cost.GrossCents)}, own}
	if cost.MaybeCents < cost.NetCents {
		out = append(out, figure{Label: "Misschien minder", Text: euro(cost.MaybeCents), Note: "als een regeling ook telt"})
	}
	return out
}
