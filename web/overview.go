package web

import (
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
)

func (s *Server) overviewRoutes() []route {
	return []route{{"GET", "/overzicht", leads, s.overview}}
}

// overviewPage is the report of a team lead: counts only, small ones hidden.
type overviewPage struct {
	Report kindinkaart.Report
	Tiles  []countTile
	Tables []countTable
	Min    int
}

type countTile struct {
	Label, Picto string
	Count        kindinkaart.Count
}

type countTable struct {
	Title string
	Rows  []countRow
}

// countRow is one bar: its share of the widest bar in twentieths, 0 when hidden.
type countRow struct {
	Label string
	Count kindinkaart.Count
	Share int
}

func (s *Server) overview(r *request) (reply, error) {
	from, to, err := reportPeriod(r)
	if err != nil {
		r.form.set("van", r.query("van"))
		r.form.set("tot", r.query("tot"))
		return r.again("overzicht", "Overzicht", overviewPage{}, err)
	}
	rep, err := s.Kind.Report(r.ctx, r.who, from, to)
	if err != nil {
		return reply{}, err
	}
	r.form.set("van", from.String())
	r.form.set("tot", to.String())
	p := overviewPage{Report: rep, Tiles: []countTile{
		{"Kind in Kaart ingevuld", "ster", rep.Profiles}, {"Koos zelf iets", "plezier", rep.Choices}, {"Ging proberen", "lopen", rep.Trials},
		{"Doet mee", "zwaai", rep.Participating}, {"Blijft meedoen", "huis", rep.Sustained}, {"Trok in", "kompas", rep.Withdrawn},
		{"Checks open", "agenda", rep.OpenChecks}, {"Checks te laat", "klok", rep.OverdueChecks}}}
	for _, t := range []struct {
		title, kind string
		counts      []kindinkaart.Count
	}{{"Waar staan de trajecten?", "stage", rep.Stages}, {"Wie meldt aan?", "source", rep.Sources}, {"Waarom stoppen kinderen?", "stop", rep.StopReasons}, {"Uit welke wijk?", "wijk", s.withNames(rep.Wijken)}} {
		if len(t.counts) > 0 {
			p.Tables = append(p.Tables, countTable{t.title, countRows(t.kind, t.counts)})
		}
	}
	return page("overzicht", "Overzicht", p), nil
}

// reportPeriod is the asked period, else this month so far.
func reportPeriod(r *request) (from, to civil.Date, err error) {
	to = r.today()
	from = civil.Date{Year: to.Year, Month: to.Month, Day: 1}
	for name, d := range map[string]*civil.Date{"van": &from, "tot": &to} {
		if v := r.query(name); v != "" {
			if *d, err = civil.ParseDate(v); err != nil {
				return from, to, errs.InvalidFields("Controleer de datum.", errs.Field{Name: name, Message: "Dit is geen datum. Vul een dag in, bijvoorbeeld 24-09-2026."})
			}
		}
	}
	if to.Before(from) {
		return from, to, errs.InvalidFields("Controleer de datum.", errs.Field{Name: "tot", Message: "De laatste dag ligt voor de eerste. Draai ze om."})
	}
	return from, to, nil
}

// withNames puts the name of a wijk in the place of its code; a code that is on no map stays.
func (s *Server) withNames(counts []kindinkaart.Count) []kindinkaart.Count {
	out := slices.Clone(counts)
	for _, w := range s.wijken() {
		for i := range out {
			if out[i].Label == w.Value {
				out[i].Label = w.Label
			}
		}
	}
	return out
}

func countRows(kind string, counts []kindinkaart.Count) []countRow {
	most := 1
	for _, c := range counts {
		if !c.Hidden {
			most = max(most, c.N)
		}
	}
	out := make([]countRow, len(counts))
	for i, c := range counts {
		out[i] = countRow{Label: word(kind, c.Label), Count: c}
		if !c.Hidden {
			out[i].Share = c.N * 100 / most
		}
	}
	return out
}
