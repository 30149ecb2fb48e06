package web

import (
	"cmp"
	"context"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// curators look after the whole catalogue.
var curators = []access.Role{access.CatalogueAdmin}

func (s *Server) curateRoutes() []route {
	return []route{
		{"GET", "/beheer", curators, s.curate},
		{"GET", "/beheer/inlezen", curators, s.showImport},
		{"POST", "/beheer/inlezen", curators, s.importFile},
		{"GET", "/beheer/aanbieders/:id", curators, s.showPartner},
		{"POST", "/beheer/aanbieders/:id", curators, s.savePartner},
	}
}

// curatePage lists the partners, those without a declaration first.
type curatePage struct {
	Partners  []partnerRow
	Lacking   int
	CanImport bool
	Saved     string
}

type partnerRow struct {
	catalog.Partner
	Declared bool
	Words    string
}

func (s *Server) curate(r *request) (reply, error) {
	list, err := s.Catalog.Partners(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	p := curatePage{CanImport: s.Importer != nil, Saved: r.query("gelukt")}
	for _, partner := range list {
		row := partnerRow{Partner: partner, Declared: declared(partner), Words: "verklaring ontbreekt"}
		if row.Declared {
			row.Words = "verklaard op " + shortDay(partner.Safety.DeclaredOn) + " " + partner.Safety.DeclaredOn.String()[:4]
		} else {
			p.Lacking++
		}
		p.Partners = append(p.Partners, row)
	}
	slices.SortStableFunc(p.Partners, func(a, b partnerRow) int { return order(a.Declared) - order(b.Declared) })
	return page("beheer", "Beheer van het aanbod", p), nil
}

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// partnerPage is one partner with what it declared.
type partnerPage struct {
	Partner    catalog.Partner
	New        bool
	Action     string
	Kinds, Tri []option
}

const newPartner = "nieuw"

func (s *Server) partnerPage(r *request) (partnerPage, error) {
	id := r.param("id")
	p := partnerPage{New: id == newPartner, Action: "/beheer/aanbieders/" + url.PathEscape(id), Tri: options("tri", "ja", "nee", "onbekend")}
	for _, k := range catalog.PartnerKinds {
		p.Kinds = append(p.Kinds, option{Value: string(k), Label: word("partnerkind", string(k))})
	}
	if p.New {
		return p, nil
	}
	list, err := s.Catalog.Partners(r.ctx, r.who)
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(list, func(x catalog.Partner) bool { return x.ID == id })
	if i < 0 {
		return p, errs.New(errs.NotFound, notFoundText)
	}
	p.Partner = list[i]
	return p, nil
}

func (p partnerPage) title() string {
	if p.New {
		return "Nieuwe aanbieder"
	}
	return p.Partner.Name
}

func (s *Server) showPartner(r *request) (reply, error) {
	p, err := s.partnerPage(r)
	if err != nil {
		return reply{}, err
	}
	x := p.Partner
	for name, v := range map[string]string{"name": x.Name, "kind": string(x.Kind), "contact.name": x.Contact.Name, "contact.phone": x.Contact.Phone, "contact.email": x.Contact.Email,
		"contact.url": x.Contact.URL, "safety.vog": string(x.Safety.VOG), "safety.confidant": string(x.Safety.Confidant), "safety.declared_on": dateISO(x.Safety.DeclaredOn),
		"recognised_by_fund": string(x.RecognisedByFund)} {
		r.form.set(name, v)
	}
	return page("beheer-aanbieder", p.title(), p), nil
}

func (s *Server) savePartner(r *request) (reply, error) {
	p, err := s.partnerPage(r)
	if err != nil {
		return reply{}, err
	}
	x := p.Partner
	x.Version = r.number("versie")
	x.Name, x.Kind = r.typed("name"), catalog.PartnerKind(r.typed("kind"))
	x.Contact = catalog.Contact{Name: r.typed("contact.name"), Phone: r.typed("contact.phone"), Email: r.typed("contact.email"), URL: r.typed("contact.url")}
	x.RecognisedByFund = catalog.Tri(r.typed("recognised_by_fund"))
	x.Safety.VOG, x.Safety.Confidant = catalog.Tri(r.typed("safety.vog")), catalog.Tri(r.typed("safety.confidant"))
	if x.Safety.DeclaredOn, err = r.date("safety.declared_on"); err == nil && x.Safety.DeclaredOn.After(r.today()) {
		err = errs.InvalidFields("Controleer de datum.", errs.Field{Name: "safety.declared_on", Message: "Deze dag komt nog. Vul vandaag of een eerdere dag in."})
	}
	if err == nil && p.New {
		err = r.once()
	}
	if err == nil {
		_, err = s.Catalog.SavePartner(r.ctx, r.who, x)
	}
	if err != nil {
		return r.again("beheer-aanbieder", p.title(), p, err)
	}
	return see("/beheer?gelukt=aanbieder"), nil
}

// importPage takes a file and says row by row what was not taken.
type importPage struct {
	Can    bool
	Result *catalog.Imported
	Dry    bool
	Wrong  string // how many rows and faults
	More   int    // faults that are not shown
}

// refusedShown is how many refused rows the page shows.
const refusedShown = 200

func (s *Server) showImport(r *request) (reply, error) {
	r.form.set("proef", "ja")
	return page("beheer-inlezen", "Aanbod inlezen", importPage{Can: s.Importer != nil}), nil
}

// importTime is how long reading a file in may take; the body limit keeps files small.
const importTime = 15 * time.Second

// importFile reads a csv, xlsx or json file of at most the body limit. First a trial, so that nobody is surprised.
func (s *Server) importFile(r *request) (reply, error) {
	p := importPage{Can: s.Importer != nil, Dry: r.typed("proef") != ""}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), importTime)
	defer cancel()
	r.ctx = ctx
	in, err := s.readImport(r)
	if err == nil {
		var done catalog.Imported
		done, err = s.Catalog.Import(r.ctx, r.who, in, p.Dry, nil)
		p.Result = &done
	}
	if err != nil {
		p.Result = nil
		return r.again("beheer-inlezen", "Aanbod inlezen", p, err)
	}
	p.Wrong = wrongRows(p.Result.Refused)
	slices.SortStableFunc(p.Result.Refused, func(a, b catalog.Refused) int { return cmp.Compare(a.Row, b.Row) })
	if n := len(p.Result.Refused); n > refusedShown {
		p.More, p.Result.Refused = n-refusedShown, p.Result.Refused[:refusedShown]
	}
	return page("beheer-inlezen", "Aanbod inlezen", p), nil
}

// wrongRows counts what was not taken as people do: a row with three faults is one row.
func wrongRows(refused []catalog.Refused) string {
	rows := map[catalog.Refused]bool{}
	for _, f := range refused {
		if f.Row > 0 {
			rows[catalog.Refused{Row: f.Row}] = true
		} else {
			rows[catalog.Refused{Record: f.Record}] = true
		}
	}
	if len(refused) == 0 {
		return "0"
	}
	return countWord(len(rows), "regel", "regels") + ", met " + countWord(len(refused), "fout", "fouten")
}

func (s *Server) readImport(r *request) (catalog.Import, error) {
	none := catalog.Import{}
	if s.Importer == nil {
		return none, errs.New(errs.Refused, "Inlezen kan hier niet. Vraag de beheerder van het programma.")
	}
	head, err := r.c.FormFile("bestand")
	if err != nil || head.Size == 0 {
		return none, errs.InvalidFields("Er is nog geen bestand.", errs.Field{Name: "bestand", Message: "Kies een bestand: csv, xlsx of json."})
	}
	f, err := head.Open()
	if err != nil {
		return none, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, bodyLimit))
	if err != nil {
		return none, err
	}
	name := path.Base(strings.ReplaceAll(head.Filename, `\`, "/"))
	in, err := s.Importer.Read(r.ctx, name, data)
	if err == nil && in.Source == "" {
		in.Source = name
	}
	return in, err
}
