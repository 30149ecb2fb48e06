package matcher

import (
	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
)

// Toeleiding writes down a line that was chosen and its offer, with the reasons that were shown. Day, words, companion and what else
// stood on the screen are for the caller to add.
func (it Item) Toeleiding(o Offer) kindinkaart.Toeleiding {
	return kindinkaart.Toeleiding{
		Activity: it.Activity, Slot: it.Slot, Title: o.Activity.Title, Partner: o.Partner.Name,
		When: o.Slot.When(), Where: o.Slot.Location.Text(), Score: it.Score, Group: string(it.Group), Reasons: it.Reasons,
		Minutes: max(it.Travel.Minutes, it.Travel.MinutesUp), Mode: string(it.Travel.Mode), Via: it.Travel.Via, About: it.Travel.Estimate,
		StartTime: int(o.Slot.Start), EndTime: int(o.Slot.End),
		GrossCents: it.Cost.GrossCents, NetCents: it.Cost.NetCents, NoPrice: !o.Activity.CostsSaid(),
	}
}

// OfferOf finds the slot of a line in its activity.
func (it Item) OfferOf(a catalog.Activity, p catalog.Partner) Offer {
	o := Offer{Activity: a, Partner: p}
	for _, s := range a.Slots {
		if s.ID == it.Slot {
			o.Slot = s
		}
	}
	return o
}
