package matcher

import (
	"context"
	"slices"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/questionnaire"
)

// NearReport is what may be told to a partner of missing supply: for its own tags, in the wijken around its places. It only picks
// from what a SupplyReport tells, so it tells no more than that.
type NearReport struct {
	SupplyReport          // Children and Unmet of the table are empty; a total is that of the wijken around, hidden when nothing is told there
	Tags         []string // own, in the order of the taxonomy
	Wijken       []string // around, by code
}

// aroundPartner is in metres how far from a place of a partner the middle of a wijk is that still counts as around it: a quarter
// of an hour for a child of 8 on a bicycle.
const aroundPartner = 2500.0

// MissingNear tells a partner which wishes nothing answers, for the tags it offers and around where it offers them (DOMAIN 7.4,
// supply gaps: a partner sees counts for its own tags).
func (d *SupplyDesk) MissingNear(ctx context.Context, who access.Actor) (NearReport, error) {
	if err := d.Needs.SeeOwnSupply(ctx, who); err != nil {
		return NearReport{}, err
	}
	own, err := d.Source.ActivitiesOf(ctx, who.Tenant, who.Partner)
	if err != nil {
		return NearReport{}, err
	}
	report, err := d.newest(ctx, who)
	if err != nil {
		return NearReport{}, err
	}
	return report.near(tagsOffered(own), wijkenAround(d.Wijken(), own)), nil
}

// near picks what is about some tags in some wijken.
func (r SupplyReport) near(tags, wijken []string) NearReport {
	out := NearReport{SupplyReport: r, Tags: tags, Wijken: wijken}
	out.Table, out.Orders = GapTable{}, nil
	for _, t := range r.Table.Tags {
		if slices.Contains(tags, t.Tag) {
			out.Table.Tags = append(out.Table.Tags, t.in(wijken))
		}
	}
	for _, o := range r.Orders {
		if slices.Contains(tags, o.Tag) && slices.Contains(wijken, o.Place.Wijk) {
			o.Total, o.TotalAtLeast = 0, false // of a list that is not shown
			out.Orders = append(out.Orders, o)
		}
	}
	return out
}

// in is a tag in some wijken only.
func (t TagGap) in(wijken []string) TagGap {
	out := TagGap{Tag: t.Tag, Total: kindinkaart.Count{Label: t.Tag, Hidden: true}}
	for _, w := range t.Wijken {
		if slices.Contains(wijken, w.Wijk) {
			out.Wijken = append(out.Wijken, w)
			out.Total = kindinkaart.Count{Label: t.Tag, N: out.Total.N + w.N}
		}
	}
	return out
}

// tagsOffered are the tags of what families can see, in the order of the taxonomy.
func tagsOffered(own []catalog.Activity) (out []string) {
	for _, leaf := range questionnaire.Taxonomy().Tags {
		if slices.ContainsFunc(own, func(a catalog.Activity) bool { return a.State == catalog.Published && slices.Contains(a.Tags, leaf.ID) }) {
			out = append(out, leaf.ID)
		}
	}
	return out
}

// wijkenAround are the wijken in which something of a list is, or of which the middle is near it, by code.
func wijkenAround(wijken []geo.Area, own []catalog.Activity) (out []string) {
	for i := range wijken {
		w := &wijken[i]
		if slices.ContainsFunc(own, func(a catalog.Activity) bool {
			return a.State == catalog.Published && slices.ContainsFunc(a.Slots, func(s catalog.Slot) bool {
				at, known := s.Location.Point()
				return known && (geo.Distance(at, w.Middle) <= aroundPartner || w.Contains(at))
			})
		}) {
			out = append(out, w.Code)
		}
	}
	slices.Sort(out)
	return out
}
