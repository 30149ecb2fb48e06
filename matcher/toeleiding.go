package matcher

import "wijknetwerk/kindinkaart"

// Toeleiding writes down a line that was chosen, with the reasons that were shown. Day, words, companion and what else
// stood on the screen are for the caller to add.
func (it Item) Toeleiding() kindinkaart.Toeleiding {
	return kindinkaart.Toeleiding{
		Activity: it.Activity, Slot: it.Slot, Title: it.Offer.Activity.Title, Partner: it.Offer.Partner.Name,
		When: it.Offer.Slot.When(), Where: it.Offer.Slot.Location.Text(), Score: it.Score, Group: string(it.Group), Reasons: it.Reasons,
		Minutes: it.Travel.Minutes, Mode: string(it.Travel.Mode), StartTime: int(it.Offer.Slot.Start),
		GrossCents: it.Cost.GrossCents, NetCents: it.Cost.NetCents, NoPrice: !it.Offer.Activity.CostsSaid(),
	}
}
