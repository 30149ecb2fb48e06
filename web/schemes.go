package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// Schemes keeps the funding schemes and who checked them. Only a confirmed scheme counts in what a family pays (DOMAIN 4.3).
type Schemes interface {
	Schemes(ctx context.Context, who access.Actor) ([]regeling.Scheme, error)
	ConfirmScheme(ctx context.Context, who access.Actor, id string, confirmed bool) error
}

// schemesPath is where the schemes are checked.
const schemesPath = "/beheer/regelingen"

func (s *Server) schemeRoutes() []route {
	return []route{
		{"GET", schemesPath, curators, s.schemes},
		{"POST", schemesPath + "/:id", curators, s.confirmScheme},
	}
}

// schemesPage lists the funding schemes, those that still need checking first.
type schemesPage struct {
	Rows      []schemeRow
	Confirmed int
	Saved     string
}

// schemeRow is one scheme in words.
type schemeRow struct {
	ID, Name  string
	ForWhom   string
	Pays      string
	PaysNot   string
	Most      string
	Apply     string
	Sources   []schemeSource
	Year      string
	Valid     string
	Over      bool // the last day is past: it does not count, confirmed or not
	Confirmed bool
	By        string
	Note      string
}

// schemeSource is where a scheme can be checked; Href is "" when it is no address.
type schemeSource struct{ Text, Href string }

func (s *Server) schemes(r *request) (reply, error) {
	p, err := s.schemesPage(r)
	if err != nil {
		return reply{}, err
	}
	return page("beheer-regelingen", "Regelingen", p), nil
}

func (s *Server) schemesPage(r *request) (schemesPage, error) {
	if s.Schemes == nil {
		return schemesPage{}, errs.New(errs.NotFound, notFoundText)
	}
	list, err := s.Schemes.Schemes(r.ctx, r.who)
	if err != nil {
		return schemesPage{}, err
	}
	p := schemesPage{Saved: r.query("gelukt")}
	for _, scheme := range list {
		row := s.schemeRow(scheme)
		row.Over = scheme.ValidTo.IsValid() && scheme.ValidTo.Before(r.today())
		p.Confirmed += one(row.Confirmed && !row.Over)
		p.Rows = append(p.Rows, row)
	}
	slices.SortStableFunc(p.Rows, func(a, b schemeRow) int { return order(a.Confirmed) - order(b.Confirmed) })
	return p, nil
}

// confirmScheme stores that somebody looked at the source, or takes that back.
func (s *Server) confirmScheme(r *request) (reply, error) {
	if s.Schemes == nil {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	err := s.confirmOnce(r)
	if err == nil {
		return see(schemesPath + "?gelukt=" + r.typed("klopt")), nil
	}
	p, perr := s.schemesPage(r)
	if perr != nil {
		return reply{}, err
	}
	return r.again("beheer-regelingen", "Regelingen", p, err)
}

func (s *Server) confirmOnce(r *request) error {
	answer := r.typed("klopt")
	if answer != "ja" && answer != "nee" {
		return errs.New(errs.Invalid, "Kies bij de regeling of hij klopt of niet meer klopt.")
	}
	if err := r.once(); err != nil {
		return err
	}
	return s.Schemes.ConfirmScheme(r.ctx, r.who, r.param("id"), answer == "ja")
}

func (s *Server) schemeRow(x regeling.Scheme) schemeRow {
	row := schemeRow{ID: x.ID, Name: x.Name, Pays: wordList("cost", x.Covers), PaysNot: wordList("cost", x.NotCovers), Most: schemeMost(x),
		ForWhom: s.schemeForWhom(x), Year: x.SourceYear, Confirmed: x.Verified, Note: x.Note, Valid: schemeValid(x), Apply: schemeApply(x)}
	for _, src := range x.Source {
		row.Sources = append(row.Sources, sourceOf(src))
	}
	if x.Verified && x.VerifiedAt.IsValid() {
		row.By = shortDay(x.VerifiedAt) + " " + fmt.Sprint(x.VerifiedAt.Year)
	}
	return row
}

// sourceOf makes a link of what looks like an address without spaces.
func sourceOf(text string) schemeSource {
	host, _, _ := strings.Cut(text, "/")
	if strings.Contains(text, " ") || !strings.Contains(host, ".") {
		return schemeSource{Text: text}
	}
	return schemeSource{Text: text, Href: "https://" + strings.TrimPrefix(text, "https://")}
}

func (s *Server) schemeForWhom(x regeling.Scheme) string {
	out := []string{fmt.Sprintf("%d tot en met %d jaar", x.AgeMin, x.AgeMax)}
	if x.AgeMax >= 99 {
		out[0] = "alle leeftijden"
	}
	if !slices.Contains(x.Categories, "*") {
		out = append(out, "voor "+wordList("domain", x.Categories))
	}
	if x.Income != nil {
		out = append(out, "met een laag inkomen")
	}
	var where []string
	for _, code := range x.Residence {
		where = append(where, s.townName(code))
	}
	if !slices.Contains(x.Residence, "*") {
		out = append(out, "wie woont in "+strings.Join(where, " of "))
	}
	return strings.Join(out, ", ")
}

// townName is the name of a municipality when we have its border, else its CBS code.
func (s *Server) townName(code string) string {
	if s.Areas != nil {
		for _, a := range s.Areas.Kind(geo.Gemeente) {
			if a.Code == code && a.Name != "" {
				return a.Name
			}
		}
	}
	return "gemeente " + code
}

var periodWord = map[string]string{"12_months_from_approval": "per 12 maanden", "pass_year_1mar_28feb": "per pasjaar (van maart tot maart)", "calendar_year": "per kalenderjaar",
	"once_spend_within_24_months": "één keer, te gebruiken binnen 24 maanden", "once_blocks_next_12_months": "één keer per 12 maanden", "per_aid": "per hulpmiddel", "subscription": "zolang het abonnement loopt"}

func schemeMost(x regeling.Scheme) string {
	var parts []string
	if x.Share > 0 && x.Share < 1 {
		parts = append(parts, fmt.Sprintf("%.0f %% van de prijs", x.Share*100))
	}
	if x.MaxCents != nil {
		parts = append(parts, euro(*x.MaxCents))
	}
	for _, m := range x.MaxByAge {
		parts = append(parts, fmt.Sprintf("%s van %d tot en met %d jaar", euro(m.Cents), m.AgeMin, m.AgeMax))
	}
	if len(parts) == 0 {
		parts = []string{"geen maximum bekend"}
	}
	return strings.TrimSpace(strings.Join(parts, ", ") + " " + periodWord[x.Period])
}

func schemeApply(x regeling.Scheme) string {
	if x.Application.BeforeStart {
		return "voor de eerste les"
	}
	return "ook na de eerste les"
}

func schemeValid(x regeling.Scheme) string {
	switch {
	case x.ValidFrom.IsValid() && x.ValidTo.IsValid():
		return day(x.ValidFrom) + " tot en met " + day(x.ValidTo)
	case x.ValidFrom.IsValid():
		return "vanaf " + day(x.ValidFrom)
	case x.ValidTo.IsValid():
		return "tot en met " + day(x.ValidTo)
	}
	return "niet bekend"
}

// wordList writes ids as Dutch words in one line; none gives "".
func wordList(kind string, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = word(kind, id)
		if out[i] != "OV" {
			out[i] = lowerFirst(out[i])
		}
	}
	return strings.Join(out, ", ")
}
