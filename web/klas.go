package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// atSchool are the people who work with a class.
var atSchool = []access.Role{access.SMW, access.Teacher, access.IB}

func (s *Server) klasRoutes() []route {
	return []route{
		{"GET", "/klassen", atSchool, s.klassen},
		{"GET", "/klassen/nieuw", staff, s.showNewKlas},
		{"POST", "/klassen/nieuw", staff, s.newKlas},
		{"GET", "/klassen/:id", atSchool, s.klas},
		{"POST", "/klassen/:id/open", atSchool, s.openKlas},
		{"GET", "/klassen/:id/kaarten", atSchool, s.klasCards},
		{"GET", "/klassen/:id/brief", atSchool, s.klasLetter},
		{"GET", "/klassen/:id/koppelen", staff, s.showLink},
		{"POST", "/klassen/:id/koppelen", staff, s.linkCard},
	}
}

// klassenPage lists the classes of a person.
type klassenPage struct {
	Klassen []kindinkaart.Klas
	MayAdd  bool
	Divide  []option // schools to divide places over
}

func (s *Server) klassen(r *request) (reply, error) {
	list, err := s.Kind.Klassen(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	slices.SortFunc(list, func(a, b kindinkaart.Klas) int { return strings.Compare(b.Year+a.Name, a.Year+b.Name) })
	p := klassenPage{Klassen: list, MayAdd: r.who.Role == access.SMW}
	if p.Divide, err = s.divisible(r, list); err != nil {
		return reply{}, err
	}
	return page("klassen", "Klassen", p), nil
}

// divisible are the schools where somebody works with several classes and may see places divided over them; of a teacher that of its
// own class.
func (s *Server) divisible(r *request, list []kindinkaart.Klas) (out []option, err error) {
	if s.Divide == nil || !slices.Contains(dividers, r.who.Role) {
		return nil, nil
	}
	klassen, taught := map[string]int{}, map[string]bool{}
	for _, k := range list {
		klassen[k.School]++
		taught[k.School] = taught[k.School] || k.Teacher == r.who.ID
	}
	schools, err := s.Kind.Schools(r.ctx, r.who)
	for _, school := range schools {
		may := klassen[school.ID] > 1
		if r.who.Role == access.Teacher {
			may = taught[school.ID]
		}
		if may {
			out = append(out, option{Value: school.ID, Label: school.Name})
		}
	}
	return out, err
}

// newKlasPage is the form to begin with a class.
type newKlasPage struct{ Schools, Variants []option }

var klasVariants = []option{
	{Value: "A", Label: "Met plaatjes, samen", Hint: "Groep 1 tot en met 4. Een volwassene leest voor."},
	{Value: "B", Label: "Zelf, met plaatjes", Hint: "Groep 5 tot en met 8"},
	{Value: "C", Label: "Voor jongeren", Hint: "Voortgezet onderwijs en mbo"},
}

func (s *Server) newKlasForm(r *request) (newKlasPage, error) {
	schools, err := s.Kind.Schools(r.ctx, r.who)
	return newKlasPage{Schools: schoolOptions(schools), Variants: klasVariants}, err
}

func (s *Server) showNewKlas(r *request) (reply, error) {
	p, err := s.newKlasForm(r)
	if err != nil {
		return reply{}, err
	}
	if len(p.Schools) == 1 {
		r.form.set("school", p.Schools[0].Value)
	}
	return page("klas-nieuw", "Nieuwe klas", p), nil
}

func (s *Server) newKlas(r *request) (reply, error) {
	p, err := s.newKlasForm(r)
	if err != nil {
		return reply{}, err
	}
	if err := r.once(); err != nil {
		return r.again("klas-nieuw", "Nieuwe klas", p, err)
	}
	k, err := s.Kind.AddKlas(r.ctx, r.who, kindinkaart.Klas{Name: r.typed("name"), School: r.typed("school"), Year: r.typed("year"),
		Variant: questionnaire.Variant(r.typed("variant"))}, r.number("cards"))
	if err != nil {
		return r.again("klas-nieuw", "Nieuwe klas", p, err)
	}
	return see("/klassen/" + url.PathEscape(k.ID) + "?gelukt=nieuw"), nil
}

// klasPage is a class as teacher and smw'er see it: animals and counts. It has no field in which a child could be.
type klasPage struct {
	Klas              kindinkaart.Klas
	School            string
	Cards             []cardTile
	Tiles             []countTile
	First, Liked      []countRow
	Watching          bool // somebody is answering now: the overview comes afterwards
	Few               bool // fewer than may be told
	MayPrint, MayLink bool
	MayDivide         bool
	Saved             string
	Ask               string // address for the next look
}

// cardTile is one card: an animal, and a state in a word and an icon.
type cardTile struct{ Animal, State, Word, Icon string }

var cardWords = map[kindinkaart.CardState]cardTile{
	kindinkaart.CardUnused:  {State: "unused", Word: "nog niet", Icon: "circle-dashed"},
	kindinkaart.CardStarted: {State: "started", Word: "bezig", Icon: "edit"},
	kindinkaart.CardDone:    {State: "done", Word: "klaar", Icon: "check"},
	kindinkaart.CardLinked:  {State: "done", Word: "klaar", Icon: "check"},
	kindinkaart.CardExpired: {State: "expired", Word: "verlopen", Icon: "clock"},
}

func (s *Server) klas(r *request) (reply, error) {
	f, err := s.Kind.Klas(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	return page("klas", f.Klas.Name, klasPageOf(r, f)), nil
}

func klasPageOf(r *request, f kindinkaart.KlasFile) klasPage {
	p := klasPage{Klas: f.Klas, School: f.School.Name, MayPrint: mayPrint(f), MayLink: f.Klas.Owner == r.who.ID, Saved: r.query("gelukt"),
		MayDivide: r.s.Divide != nil && f.Klas.Owner == r.who.ID,
		Watching:  f.Klas.Open && f.Started > 0, Few: f.Overview.Total.Hidden}
	for _, n := range []struct {
		label, picto string
		n            int
	}{{"klaar", "ster", f.Done}, {"bezig", "klok", f.Started}, {"nog niet", "kompas", f.Unused}} {
		p.Tiles = append(p.Tiles, countTile{n.label, n.picto, kindinkaart.Count{Label: n.label, N: n.n}})
	}
	for _, c := range f.Cards {
		t := cardWords[c.State]
		t.Animal = c.Animal
		p.Cards = append(p.Cards, t)
	}
	slices.SortFunc(p.Cards, func(a, b cardTile) int { return strings.Compare(a.Animal, b.Animal) })
	p.First, p.Liked = pictureRows(f.Overview.First, f.Overview.Total.N), pictureRows(f.Overview.Liked, f.Overview.Total.N)
	return p
}

// mayPrint says whether the codes came along: the service leaves them out for who may not print.
func mayPrint(f kindinkaart.KlasFile) bool {
	return slices.ContainsFunc(f.Cards, func(c kindinkaart.Card) bool { return c.Code != "" })
}

// pictureRows are bars with the words of the pictures, out of the whole class.
func pictureRows(counts []kindinkaart.Count, total int) []countRow {
	it, _ := questionnaire.Default().Item("W1")
	var out []countRow
	for _, c := range counts {
		row := countRow{Label: optionLabel(questionnaire.VariantB, it.Options, c.Label), Count: c}
		if total > 0 && !c.Hidden {
			row.Share = c.N * 100 / total
		}
		out = append(out, row)
	}
	return out
}

func (s *Server) openKlas(r *request) (reply, error) {
	id, open := r.param("id"), r.typed("open") == "ja"
	if _, err := s.Kind.SetKlasOpen(r.ctx, r.who, id, r.number("versie"), open); err != nil {
		f, ferr := s.Kind.Klas(r.ctx, r.who, id)
		if ferr != nil {
			return reply{}, err
		}
		return r.again("klas", f.Klas.Name, klasPageOf(r, f), err)
	}
	return see("/klassen/" + url.PathEscape(id) + "?gelukt=" + map[bool]string{true: "open", false: "dicht"}[open]), nil
}

// linkPage joins a finished card to a child whose parents said yes.
type linkPage struct {
	Klas            kindinkaart.Klas
	Cards, Children []option
	Saved           string
}

func (s *Server) linkPage(r *request) (linkPage, error) {
	f, err := s.Kind.Klas(r.ctx, r.who, r.param("id"))
	if err != nil {
		return linkPage{}, err
	}
	if f.Klas.Owner != r.who.ID {
		return linkPage{}, errs.New(errs.NotFound, notFoundText)
	}
	p := linkPage{Klas: f.Klas, Saved: r.query("gelukt")}
	for _, c := range f.Cards {
		if c.State == kindinkaart.CardDone {
			p.Cards = append(p.Cards, option{Value: c.ID, Label: c.Animal})
		}
	}
	rows, err := s.Kind.Caseload(r.ctx, r.who, kindinkaart.CaseloadFilter{School: f.Klas.School})
	if err != nil {
		return linkPage{}, err
	}
	for _, row := range rows {
		p.Children = append(p.Children, option{Value: row.Child.ID, Label: row.Child.GivenName})
	}
	return p, nil
}

func (s *Server) showLink(r *request) (reply, error) {
	p, err := s.linkPage(r)
	if err != nil {
		return reply{}, err
	}
	return page("klas-koppelen", "Kaart koppelen", p), nil
}

func (s *Server) linkCard(r *request) (reply, error) {
	p, err := s.linkPage(r)
	if err != nil {
		return reply{}, err
	}
	var wrong problems
	wrong.need(hasOption(p.Cards, r.typed("card")), "card", "Kies de kaart van dit kind. De lijst ligt bij de leerkracht.")
	wrong.need(hasOption(p.Children, r.typed("child")), "child", "Kies het kind.")
	if err = wrong.err(); err == nil {
		err = s.Kind.LinkCard(r.ctx, r.who, r.typed("card"), r.typed("child"))
	}
	if err != nil {
		return r.again("klas-koppelen", "Kaart koppelen", p, err)
	}
	return see("/kinderen/" + url.PathEscape(r.typed("child")) + "?gelukt=kaart"), nil
}

// cardsPage is printed and cut: a code, an animal and a QR of the address, never a name.
type cardsPage struct {
	Klas    kindinkaart.Klas
	Address string
	QR      qrPicture // of the address only: a code in an address would end up in histories and logs
	Cards   []printCard
}

type printCard struct{ Animal, Code string }

func (s *Server) klasCards(r *request) (reply, error) {
	f, err := s.Kind.Klas(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	if !mayPrint(f) {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	p := cardsPage{Klas: f.Klas, Address: strings.TrimPrefix(strings.TrimPrefix(s.origin(r), "https://"), "http://") + "/k"}
	if p.QR, err = qrOf(s.origin(r) + "/k"); err != nil {
		return reply{}, err
	}
	for _, c := range f.Cards {
		if c.State != kindinkaart.CardUnused && c.State != kindinkaart.CardStarted {
			continue
		}
		half := min(3, len(c.Code))
		p.Cards = append(p.Cards, printCard{Animal: c.Animal, Code: c.Code[:half] + " " + c.Code[half:]})
	}
	return page("klas-kaarten", "Kaarten van "+f.Klas.Name, p), nil
}

// origin is the address that people see, without a slash at the end.
func (s *Server) origin(r *request) string {
	if s.Public != "" {
		return strings.TrimSuffix(s.Public, "/")
	}
	scheme := "http://"
	if s.Secure {
		scheme = "https://"
	}
	return scheme + string(r.c.Context().Host())
}

// letterPage is the information for parents, with the right to say no (DOMAIN 7.5).
type letterPage struct {
	Klas   kindinkaart.Klas
	School string
	Items  []string
	End    string
}

func (s *Server) klasLetter(r *request) (reply, error) {
	f, err := s.Kind.Klas(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	p := letterPage{Klas: f.Klas, School: f.School.Name}
	for _, it := range questionnaire.Default().Items(f.Klas.Variant, true) {
		text, _ := it.TextFor(f.Klas.Variant, "nl")
		p.Items = append(p.Items, text)
	}
	if _, last, ok := strings.Cut(f.Klas.Year, "-"); ok {
		p.End = "31 juli " + last
	} else {
		p.End = "31 juli " + strconv.Itoa(r.today().Year+1)
	}
	return page("klas-brief", "Brief aan ouders van "+f.Klas.Name, p), nil
}
