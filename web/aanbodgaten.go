package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// MissingSupply tells where supply is missing; matcher.SupplyDesk is one.
type MissingSupply interface {
	Missing(ctx context.Context, who access.Actor) (matcher.SupplyReport, error)
	MissingNear(ctx context.Context, who access.Actor) (matcher.NearReport, error)
}

// gapsPath is where one sees what is missing.
const gapsPath = "/wat-mist"

// gapReaders may see supply gaps (DOMAIN 7.4).
var gapReaders = []access.Role{access.SMW, access.TeamLead, access.CatalogueAdmin, access.Adviser}

func (s *Server) gapRoutes() []route {
	return []route{
		{"GET", gapsPath, gapReaders, s.gaps},
		{"GET", gapsPath + "/tabel.csv", gapReaders, s.gapsFile},
	}
}

// gapsPage is where supply is missing: counts only, small ones hidden.
type gapsPage struct {
	Counting bool // the first count is on its way
	At       string
	Children kindinkaart.Count
	Unmet    kindinkaart.Count
	Map      *gapMap
	Wijken   []kindinkaart.Count // as on the map, with names
	Chosen   bool                // a filter is on: the map shows one wish per wijk
	Plain    bool                // numbers only: age or part of the day was chosen
	Note     string              // why a choice was left out
	Orders   []orderRow
	MinGroup int
	Share    int // whole percents of the best list that the order list always reaches
	Groups   []gapGroup
	Few      []string // wishes of fewer children than may be told
	More     int      // groups that are not shown
	All, CSV string   // addresses
	Kinds    []option
	Bands    []option
	Parts    []option
}

// gapGroup is one wish with its wijken.
type gapGroup struct {
	Label string
	Total *kindinkaart.Count // nil when a filter is on
	Rows  []gapRow
}

// gapRow is one number of the table.
type gapRow struct {
	Wijk             string // name
	Code             string // area code, "" for the rest
	N                int
	Why, Bands, Part string // what may be told about these children
}

// orderRow is one line of the order list.
type orderRow struct {
	N                       int
	Label, Ages, When, Free string
	Place, Wijk             string
	matcher.Order
}

// mostGroups is how many wishes are shown at first; all of them make a page too heavy for an old phone.
const mostGroups = 12

func (s *Server) gaps(r *request) (reply, error) {
	f, note, err := readGapFilter(r)
	if err != nil {
		return reply{}, err
	}
	report, err := s.missing(r)
	if err != nil {
		return reply{}, err
	}
	p := &gapsPage{Counting: report.At.IsZero(), At: moment(report.At.In(geo.Amsterdam)), Children: report.Table.Children, Unmet: report.Table.Unmet,
		MinGroup: report.MinGroup, Share: int(100 * matcher.GreedyShare), Chosen: f.any(), Plain: f.band != "" || f.part != "", Note: note,
		CSV: f.address(gapsPath+"/tabel.csv", false)}
	p.addChoices(report.Table)
	names := s.wijkNames()
	p.Groups, p.Few = gapGroups(report.Table, f, names)
	p.Orders = orderRows(report.Orders, names)
	numbers := mapNumbers(report.Table, p.Groups, f)
	p.Map = ground{areas: s.Areas, crossings: s.Crossings}.drawGaps(numbers, report.Orders)
	p.Wijken = s.withNames(sorted(numbers))
	if r.query("alles") == "" && len(p.Groups) > mostGroups {
		p.More, p.Groups = len(p.Groups)-mostGroups, p.Groups[:mostGroups]
		p.All = f.address(gapsPath, true) + "#tabel"
	}
	return page("wat-mist", "Wat mist er in de wijken?", p), nil
}

// gapFilter is what somebody wants to see of the table. It only ever picks from numbers that may be told.
type gapFilter struct{ group, band, part string }

func (f gapFilter) any() bool { return f != gapFilter{} }

// missing asks for the figures.
func (s *Server) missing(r *request) (matcher.SupplyReport, error) {
	if s.Supply == nil {
		return matcher.SupplyReport{}, errs.New(errs.NotFound, "Deze pagina is er niet.")
	}
	return s.Supply.Missing(r.ctx, r.who)
}

// address is a page of ours with these choices.
func (f gapFilter) address(path string, all bool) string {
	q := url.Values{}
	for name, v := range map[string]string{"soort": f.group, "leeftijd": f.band, "dagdeel": f.part} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if all {
		q.Set("alles", "1")
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// readGapFilter reads the choices. Age and part of the day are not combined: that would be a fourth dimension (DOMAIN 7.6);
// note then says that the part of the day was left out.
func readGapFilter(r *request) (f gapFilter, note string, err error) {
	f = gapFilter{r.query("soort"), r.query("leeftijd"), r.query("dagdeel")}
	if f.band != "" && f.part != "" {
		f.part, note = "", "We tonen nu alleen de leeftijd. Leeftijd en dagdeel samen zou de groepen zo klein maken dat een kind te herkennen is."
	}
	_, known := questionnaire.Taxonomy().Group(f.group)
	if f.group != "" && !known || f.band != "" && gapBand[f.band] == "" || f.part != "" && gapPart[f.part] == "" {
		return f, note, errs.New(errs.Invalid, "Deze keuze kennen we niet. Ga terug en kies soort, leeftijd en dagdeel uit de lijst.")
	}
	r.form.set("soort", f.group)
	r.form.set("leeftijd", f.band)
	r.form.set("dagdeel", f.part)
	return f, note, nil
}

// The Dutch of the labels of a GapTable.
var (
	gapBand = map[string]string{"4-7": "4 t/m 7 jaar", "8-11": "8 t/m 11 jaar", "12-15": "12 t/m 15 jaar", "16+": "vanaf 16 jaar"}
	gapPart = map[string]string{"middag": "na school", "vooravond": "begin van de avond", "avond": "avond", "weekend": "weekend"}
	gapWhy  = map[string]string{"geen": "er is niets", "leeftijd": "andere leeftijd", "ver": "te ver", "tijd": "verkeerde tijd", "geld": "te duur", "vol": "vol", "anders": "iets anders"}
)

func (p *gapsPage) addChoices(t matcher.GapTable) {
	seen := map[string]bool{}
	for _, tag := range t.Tags {
		leaf, _ := questionnaire.Leaf(tag.Tag)
		seen[leaf.Group] = true
	}
	for _, g := range questionnaire.Taxonomy().Groups {
		if seen[g.ID] {
			p.Kinds = append(p.Kinds, option{Value: g.ID, Label: g.Label})
		}
	}
	for _, b := range matcher.AgeBands {
		p.Bands = append(p.Bands, option{Value: b.ID, Label: gapBand[b.ID]})
	}
	for _, part := range matcher.GapParts {
		p.Parts = append(p.Parts, option{Value: part, Label: gapPart[part]})
	}
}

// gapGroups picks what the filter asks for; few are the wishes of a kind whose number is too small to tell.
func gapGroups(t matcher.GapTable, f gapFilter, names map[string]string) (groups []gapGroup, few []string) {
	for _, tag := range t.Tags {
		leaf, _ := questionnaire.Leaf(tag.Tag)
		if f.group != "" && leaf.Group != f.group {
			continue
		}
		if tag.Total.Hidden {
			few = append(few, leaf.Label)
			continue
		}
		g := gapGroup{Label: leaf.Label}
		for _, w := range tag.Wijken {
			if row, ok := f.row(w, names); ok {
				g.Rows = append(g.Rows, row)
			}
		}
		if f.band == "" && f.part == "" {
			g.Total = &tag.Total
			if tag.Rest > 0 && len(g.Rows) > 0 {
				g.Rows = append(g.Rows, gapRow{Wijk: matcher.RestWijken, N: tag.Rest})
			}
		}
		if g.Total != nil || len(g.Rows) > 0 {
			groups = append(groups, g)
		}
	}
	return groups, few
}

// row is a wijk under this filter; ok is false when there is nothing to tell.
func (f gapFilter) row(w matcher.WijkGap, names map[string]string) (gapRow, bool) {
	row := gapRow{Wijk: cmp.Or(names[w.Wijk], w.Wijk), Code: w.Wijk, N: w.N}
	switch {
	case f.band != "":
		row.N = countOf(w.Bands, f.band)
	case f.part != "":
		row.N = countOf(w.Parts, f.part)
	default:
		row.Why, row.Bands, row.Part = inWords(w.Why, gapWhy), inWords(w.Bands, gapBand), cmp.Or(inWords(w.Parts, gapPart), "niet bekend")
	}
	return row, row.N > 0
}

func countOf(counts []kindinkaart.Count, label string) int {
	for _, c := range counts {
		if c.Label == label {
			return c.N
		}
	}
	return 0
}

// inWords writes counts in one line: te ver: 6, vol: 5. Only a rest says that it differs.
func inWords(counts []kindinkaart.Count, words map[string]string) string {
	if len(counts) == 1 && words[counts[0].Label] == "" {
		return "verschilt"
	}
	var out []string
	for _, c := range counts {
		out = append(out, fmt.Sprintf("%s: %d", cmp.Or(words[c.Label], c.Label), c.N))
	}
	return strings.Join(out, ", ")
}

// orderRows writes the order list in words.
func orderRows(orders []matcher.Order, names map[string]string) (out []orderRow) {
	for i, o := range orders {
		row := orderRow{N: i + 1, Label: questionnaire.Taxonomy().Label(o.Tag), Ages: gapBand[o.Band], Order: o,
			When: fmt.Sprintf("%s %s–%s", word("weekday", o.Weekday), o.Start, o.End), Free: "gratis", Place: o.Place.Name, Wijk: cmp.Or(names[o.Place.Wijk], o.Place.Wijk)}
		if o.YearCents > 0 {
			row.Free = "tot " + euro(o.YearCents) + " per jaar"
		}
		out = append(out, row)
	}
	return out
}

// mapNumbers are the numbers of the map: all children with an unmet wish by wijk, and under a filter those of the wish that
// is missed most there, so that a filter tells nothing that the table does not.
func mapNumbers(t matcher.GapTable, groups []gapGroup, f gapFilter) map[string]int {
	out := map[string]int{}
	if !f.any() {
		for _, c := range t.Wijken {
			if c.Label != matcher.RestWijken {
				out[c.Label] = c.N
			}
		}
		return out
	}
	for _, g := range groups {
		for _, row := range g.Rows {
			if row.Code != "" {
				out[row.Code] = max(out[row.Code], row.N)
			}
		}
	}
	return out
}

// sorted gives numbers as counts, most first.
func sorted(numbers map[string]int) []kindinkaart.Count {
	out := make([]kindinkaart.Count, 0, len(numbers))
	for label, n := range numbers {
		out = append(out, kindinkaart.Count{Label: label, N: n})
	}
	slices.SortFunc(out, func(a, b kindinkaart.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Label, b.Label)) })
	return out
}

// wijkNames gives the name of a wijk by its code.
func (s *Server) wijkNames() map[string]string {
	out := map[string]string{}
	for _, o := range s.wijken() {
		out[o.Value] = o.Label
	}
	return out
}

// moment writes a day and a time: woensdag 24 september 2026, 14:05 uur.
func moment(t time.Time) string {
	return day(civil.DateOf(t)) + ", " + t.Format("15:04") + " uur"
}
