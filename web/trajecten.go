package web

import (
	"slices"

	"wijknetwerk/kindinkaart"
)

func (s *Server) trajectenRoutes() []route {
	return []route{{"GET", "/trajecten", staff, s.caseload}}
}

// caseloadPage is screen D: the caseload as a board or a list.
type caseloadPage struct {
	Rows    []caseRow
	Columns []caseColumn
	Board   bool // the board, on a phone too when asked for
	Auto    bool // nothing chosen: the board, and on a phone the list
	Due     bool
	Silent  bool
	Ended   bool
	School  string
	Schools []option
	DueN    int
	SilentN int
	Saved   string
}

// caseColumn is one column of the board.
type caseColumn struct {
	ID    string
	Cards []caseRow
}

// caseRow is one traject with its one button.
type caseRow struct {
	kindinkaart.CaseloadRow
	Button link
	News   *newsLine
}

// Also is what to think of beside the next step.
func (c caseRow) Also() []kindinkaart.Notice {
	return slices.DeleteFunc(slices.Clone(c.Notices), func(n kindinkaart.Notice) bool { return n.Text == c.NextStep })
}

// columnOf says in which column of the board a stage stands (UX D).
var columnOf = map[string]string{
	"aangemeld": "begin", "eerste_consult": "begin", "toestemming": "begin",
	"profiel": "kiezen", "zoeken": "kiezen", "keuze": "kiezen", "geen_aanbod": "kiezen",
	"regelen": "regelen", "contact": "regelen", "wachtlijst": "regelen",
	"proefles": "proberen", "ingeschreven": "proberen",
	"deelname": "meedoen", "bestendigd": "meedoen", "zelf_geregeld": "meedoen",
	"gestopt": "klaar", "afgerond": "klaar", "doorverwezen": "klaar", "ingetrokken": "klaar",
}

var columnOrder = []string{"begin", "kiezen", "regelen", "proberen", "meedoen", "klaar"}

func (s *Server) caseload(r *request) (reply, error) {
	p := caseloadPage{Board: r.query("toon") != "lijst", Auto: r.query("toon") == "", Due: r.query("vandaag") != "", Silent: r.query("stil") != "",
		Ended: r.query("klaar") != "", School: r.query("school"), Saved: r.query("gelukt")}
	all, err := s.Kind.Caseload(r.ctx, r.who, kindinkaart.CaseloadFilter{School: p.School, Ended: p.Ended})
	if err != nil {
		return reply{}, err
	}
	schools, err := s.Kind.Schools(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	p.Schools = schoolOptions(schools)
	for _, row := range all {
		due := row.DueBy(r.today())
		p.DueN += one(due)
		p.SilentN += one(row.Silent)
		if p.Due && !due || p.Silent && !row.Silent {
			continue
		}
		p.Rows = append(p.Rows, caseRow{CaseloadRow: row, Button: stepButton(row.Traject)})
	}
	for i := range p.Rows[:min(mostNews, len(p.Rows))] {
		if p.Rows[i].News, err = s.newsFor(r, &p.Rows[i].Traject); err != nil {
			return reply{}, err
		}
	}
	p.Columns = columnsOf(p.Rows, p.Ended)
	r.form.set("school", p.School)
	return page("trajecten", "Mijn trajecten", p), nil
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func columnsOf(rows []caseRow, ended bool) []caseColumn {
	at := map[string]int{}
	var out []caseColumn
	for _, id := range columnOrder {
		done := slices.ContainsFunc(rows, func(r caseRow) bool { return columnOf[r.Traject.Stage] == id })
		if id == "klaar" && !ended && !done {
			continue
		}
		at[id] = len(out)
		out = append(out, caseColumn{ID: id})
	}
	for _, row := range rows {
		if i, ok := at[columnOf[row.Traject.Stage]]; ok {
			out[i].Cards = append(out[i].Cards, row)
		}
	}
	return out
}

// stepButton is the one button of a card: where the next step is done.
func stepButton(t kindinkaart.Traject) link {
	child, way := "/kinderen/"+t.Child, "/trajecten/"+t.ID
	switch t.Stage {
	case "aangemeld":
		return link{Href: way, Label: "Plan het gesprek", Icon: "message-circle"}
	case "eerste_consult":
		return link{Href: way, Label: "Leg de uitkomst vast", Icon: "message-circle"}
	case "toestemming":
		return link{Href: child + "/toestemming", Label: "Vraag toestemming", Icon: "shield-check"}
	case "profiel":
		return link{Href: child + "#vragen", Label: "Naar de vragen", Icon: "player-play"}
	case "zoeken", "geen_aanbod", "gestopt":
		return link{Href: child + "/kiezen", Label: "Samen kiezen", Icon: "heart"}
	case "keuze", "regelen":
		return link{Href: way + "#taken", Label: "Regel de drempels", Icon: "check"}
	case "contact", "wachtlijst":
		return link{Href: way, Label: "Bel de aanbieder", Icon: "phone"}
	case "proefles", "ingeschreven":
		return link{Href: way, Label: "Vraag hoe het ging", Icon: "message-circle"}
	case "bestendigd":
		return link{Href: way, Label: "Rond het af", Icon: "flag"}
	case "deelname", "zelf_geregeld":
		return link{Href: way + "#checks", Label: "Vraag of het nog lukt", Icon: "message-circle"}
	}
	return link{Href: way, Label: "Bekijk", Icon: "eye"}
}

func schoolOptions(schools []kindinkaart.School) []option {
	out := make([]option, len(schools))
	for i, s := range schools {
		out[i] = option{Value: s.ID, Label: s.Name}
	}
	return out
}
