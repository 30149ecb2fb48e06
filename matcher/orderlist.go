package matcher

import (
	"cmp"
	"math"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Greedy coverage helps at least this share of the children that the best list of as many lines helps, because a line never
// helps fewer children by coming earlier (coverage is monotone and submodular; Nemhauser, Wolsey and Fisher, 1978).
var GreedyShare = 1 - 1/math.E

// OrderSupply is where and under which rules new offerings are tried out.
type OrderSupply struct {
	Places   []OrderPlace
	Schemes  []regeling.Scheme
	Ways     geo.Ways
	Locate   Locate
	MinGroup int // least children of a line; 0 = 8, never under the least number that may be told
	Lines    int // most lines; 0 = 10
}

// The usual sizes of an order list.
const (
	usualGroup = 8
	usualLines = 10
)

// Order is one new offering that would help children: once a week, an hour, for one age band.
type Order struct {
	Tag, Band  string
	Place      OrderPlace
	Weekday    string // ma … zo
	Start, End catalog.Clock
	YearCents  int  // what it may cost a family in a year; 0 = it helps this many only when it is free
	Helps      int  // children with an unmet wish that no line above helps
	AtLeast    bool // Helps is the least it can be: the exact number would tell about few children
	Total      int  // Helps of this line and all above

	TotalAtLeast bool // Total is the least it can be
}

// OrderList proposes new offerings, each time the one that helps most children who are not helped by a line above. A child is
// helped when one of its unmet wishes can then be met, by the same full rules as FindGaps. It stops when no offering
// helps a whole group. min is the least number that may be told; at least 5.
func (g *Gaps) OrderList(s OrderSupply, min int) []Order {
	s.MinGroup = max(cmp.Or(s.MinGroup, usualGroup), min, 5)
	s.Lines = cmp.Or(s.Lines, usualLines)
	p := planner{gaps: g, OrderSupply: s}
	orders := p.greedy()
	p.roundOff(orders, g.Table(min), max(min, 5))
	return orders
}

// planner works out one order list.
type planner struct {
	gaps *Gaps
	OrderSupply
}

// orderTime is a time an offering could be on.
type orderTime struct {
	weekday    string
	start, end catalog.Clock
}

// orderTimes are the hours that are tried, the likeliest first: of equal ones the first is proposed. A Wednesday afternoon is
// free at most schools.
var orderTimes = func() (out []orderTime) {
	for _, day := range []string{"wo", "ma", "di", "do", "vr"} {
		out = append(out, orderTime{day, 15*60 + 30, 16*60 + 30})
	}
	for _, day := range []string{"za", "zo"} {
		out = append(out, orderTime{day, 10*60 + 30, 11*60 + 30}, orderTime{day, 14 * 60, 15 * 60})
	}
	for _, day := range []string{"wo", "ma", "di", "do", "vr"} {
		out = append(out, orderTime{day, 17*60 + 30, 18*60 + 30})
	}
	for _, day := range []string{"wo", "ma", "di", "do", "vr"} {
		out = append(out, orderTime{day, 19 * 60, 20 * 60})
	}
	return out
}()

// eveningAge is the youngest age for which an offering after 19:00 is proposed.
const eveningAge = 12

// timesFor are the hours that are tried for an age band.
func timesFor(b AgeBand) []orderTime {
	if b.Min >= eveningAge {
		return orderTimes
	}
	return slices.DeleteFunc(slices.Clone(orderTimes), func(t orderTime) bool { return t.start >= 19*60 })
}

// tryout is an offering to hold against children.
type tryout struct {
	tags      []string
	band      AgeBand
	place     int // in OrderSupply.Places
	times     []orderTime
	yearCents int // 0 = free
}

// offering is a tryout as it would stand in the catalogue.
func (p *planner) offering(id string, d tryout) catalog.Activity {
	place, on := p.Places[d.place], p.on()
	a := catalog.Activity{ID: id, Partner: newPartner.ID, Title: questionnaire.Taxonomy().Label(d.tags[0]), Tags: d.tags,
		Domain: orderDomain(d.tags[0]), Audience: "child", State: catalog.Published, AgeMin: &d.band.Min, ValidFrom: on, ConfirmedOn: on, Costs: []catalog.Cost{}}
	if d.band.Max > 0 {
		a.AgeMax = &d.band.Max
	}
	if place.School {
		a.AtSchool = catalog.Yes
	}
	if d.yearCents > 0 {
		a.Costs = []catalog.Cost{{Kind: "contributie", Cents: d.yearCents, Per: "year"}}
	}
	at := catalog.Location{Name: place.Name, Lat: place.Point.Lat, Lon: place.Point.Lon}
	for _, t := range d.times {
		a.Slots = append(a.Slots, catalog.Slot{ID: id + " " + t.weekday + " " + t.start.String(), Weekday: t.weekday, Start: t.start, End: t.end, Location: at})
	}
	return a
}

// newPartner is who would offer something new: safety is in order, and no fund has recognised it yet.
var newPartner = catalog.Partner{ID: "nieuw", Name: "Nieuw", Kind: "overig",
	Safety: catalog.Safety{VOG: catalog.Yes, Confidant: catalog.Yes, DeclaredOn: civil.Date{Year: 2000, Month: 1, Day: 1}}}

// orderDomain is the domain of a tag in the catalogue; funds look at it.
func orderDomain(tag string) string {
	if c := questionnaire.Taxonomy().Category(tag); slices.Contains(catalog.Domains, c) {
		return c
	}
	return "sociaal"
}

// on is the day of the search of these needs.
func (p *planner) on() civil.Date {
	if len(p.gaps.children) == 0 {
		return civil.Date{}
	}
	return p.gaps.children[0].Need.On
}

// usualPrice is the median of what activities of a tag cost in a year, in cents; 0 when unknown or when most are free.
func (g *Gaps) usualPrice(tag string) int {
	var all []int
	for id, cents := range g.year {
		if slices.Contains(g.tagged[id], tag) {
			all = append(all, cents)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// roundOff replaces a number by the least it can be where it would tell, with the numbers of the table, that a few children
// are left out: in all, of a tag, or of a tag and an age band (DOMAIN 7.6). The last line that takes from such a group
// says "at least".
func (p *planner) roundOff(orders []Order, t GapTable, min int) {
	helped, last := map[[2]string]int{}, map[[2]string]int{}
	for i, o := range orders {
		for _, group := range [][2]string{{}, {o.Tag}, {o.Tag, o.Band}} {
			helped[group] += o.Helps
			last[group] = i
		}
	}
	for group, i := range last {
		all, told := t.total(group[0], group[1])
		if left := all - helped[group]; told && left > 0 && left < min {
			orders[i].AtLeast = true
		}
	}
	total, atLeast := 0, false
	for i := range orders {
		if orders[i].AtLeast {
			orders[i].Helps, atLeast = p.MinGroup, true
		}
		total += orders[i].Helps
		orders[i].Total, orders[i].TotalAtLeast = total, atLeast
	}
}

// total is what the table tells of all children with an unmet wish, of a tag, or of a tag and an age band.
func (t *GapTable) total(tag, band string) (n int, told bool) {
	switch {
	case tag == "":
		return t.Unmet.N, !t.Unmet.Hidden
	case band != "":
		return t.bandTotal(tag, band)
	}
	i := slices.IndexFunc(t.Tags, func(g TagGap) bool { return g.Tag == tag })
	if i < 0 {
		return 0, false
	}
	return t.Tags[i].Total.N, !t.Tags[i].Total.Hidden
}
