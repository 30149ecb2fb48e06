package web

import (
	"fmt"
	"regexp"
	"strconv"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

func (s *Server) nieuwRoutes() []route {
	return []route{
		{"GET", "/kinderen/nieuw", staff, s.showNewChild},
		{"POST", "/kinderen/nieuw", staff, s.newChild},
		{"GET", "/kinderen/:id/wijzigen", staff, s.showEditChild},
		{"POST", "/kinderen/:id/wijzigen", staff, s.editChild},
	}
}

// newChildPage is the form to begin with a child, or to correct what was typed about one.
type newChildPage struct {
	Edit                                                *kindinkaart.Child // nil = a new child
	Schools, Sources, Reasons, Months, Years, Languages []option
}

func (s *Server) newChildForm(r *request) (newChildPage, error) {
	schools, err := s.Kind.Schools(r.ctx, r.who)
	if err != nil {
		return newChildPage{}, err
	}
	p := newChildPage{
		Schools: schoolOptions(schools),
		Sources: choiceOptions(traject.Sources()),
		Reasons: options("reason", kindinkaart.Reasons...),
	}
	for m := 1; m <= 12; m++ {
		p.Months = append(p.Months, option{Value: fmt.Sprintf("%02d", m), Label: months[m]})
	}
	for y := r.today().Year; y >= r.today().Year-24; y-- {
		p.Years = append(p.Years, option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	p.Languages = languageOptions
	return p, nil
}

// choiceOptions makes the choices of a field from a list of package traject.
func choiceOptions(list []traject.Choice) []option {
	out := make([]option, len(list))
	for i, c := range list {
		out[i] = option{Value: c.ID, Label: c.Label}
	}
	return out
}

var languageOptions = []option{{Value: "nl", Label: "Nederlands"}, {Value: "en", Label: "Engels"}, {Value: "tr", Label: "Turks"},
	{Value: "ar", Label: "Arabisch"}, {Value: "pl", Label: "Pools"}, {Value: "pap", Label: "Papiaments"}}

func (s *Server) showNewChild(r *request) (reply, error) {
	p, err := s.newChildForm(r)
	if err != nil {
		return reply{}, err
	}
	r.form.set("language", "nl")
	return page("kind-nieuw", "Nieuw kind", p), nil
}

// newChild begins a record. Only the named fields are read: owner, organisation and rights follow from who is logged in.
func (s *Server) newChild(r *request) (reply, error) {
	p, err := s.newChildForm(r)
	if err != nil {
		return reply{}, err
	}
	n, err := newChildOf(r, true)
	if err != nil {
		return r.again("kind-nieuw", "Nieuw kind", p, err)
	}
	if err := r.once(); err != nil {
		return r.again("kind-nieuw", "Nieuw kind", p, err)
	}
	c, err := s.Kind.AddChild(r.ctx, r.who, n)
	if err != nil {
		return r.again("kind-nieuw", "Nieuw kind", p, err)
	}
	return see("/kinderen/" + c.ID + "?gelukt=nieuw"), nil
}

// newChildOf reads the form; source and reason belong to the beginning of a traject only.
func newChildOf(r *request, begin bool) (kindinkaart.NewChild, error) {
	var p problems
	n := kindinkaart.NewChild{
		GivenName: r.typed("given_name"), Surname: r.typed("surname"), School: r.typed("school"), Klas: r.typed("klas"), Postcode: r.typed("postcode"),
		SecondHome: r.typed("second_home"), OtherPlace: r.typed("other_place"), SecretAddress: r.typed("secret_address") != "", Language: r.typed("language"),
		Source: r.typed("source"), Reason: r.typed("reason"),
	}
	p.need(n.GivenName != "", "given_name", "Vul de voornaam in.")
	born, err := kindinkaart.ParseBorn(r.typed("born_year") + "-" + r.typed("born_month"))
	n.Born = born
	p.need(err == nil, "born_month", "Kies de maand en het jaar waarin het kind geboren is.")
	p.need(n.School != "", "school", "Kies de school.")
	p.need(n.Postcode != "" || n.SecretAddress, "postcode", "Vul de postcode in, bijvoorbeeld 3072 AB. Is het adres geheim? Zet dan het vinkje.")
	p.postcode("postcode", n.Postcode, n.SecretAddress)
	p.postcode("second_home", n.SecondHome, n.SecretAddress)
	p.postcode("other_place", n.OtherPlace, true)
	p.need(!begin || n.Reason != "", "reason", "Kies waar het kind bij geholpen wil worden.")
	p.need(!begin || n.Source != "", "source", "Kies wie het kind heeft aangemeld.")
	return n, p.err()
}

var fourDigits = regexp.MustCompile(`^[1-9][0-9]{3}$`)

// postcode checks a postcode as typed, if any; with area the four digits will do. The typed text stays as it was.
func (p *problems) postcode(field, typed string, area bool) {
	if typed == "" || area && fourDigits.MatchString(typed) {
		return
	}
	_, err := geo.ParsePostcode(typed)
	message := "Dit is geen postcode. Vul vier cijfers en twee letters in, bijvoorbeeld 3072 AB."
	if area {
		message = "Dit is geen postcode. Vul vier cijfers in, met of zonder de letters, bijvoorbeeld 3072 of 3072 AB."
	}
	p.need(err == nil, field, message)
}

// editForm is the form filled with what is stored.
func (s *Server) editForm(r *request) (newChildPage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return newChildPage{}, err
	}
	p, err := s.newChildForm(r)
	c := f.Child
	p.Edit = &c
	for name, value := range map[string]string{"given_name": c.GivenName, "surname": c.Surname, "school": c.School, "klas": c.Klas, "postcode": c.Postcode.String(),
		"second_home": c.SecondHome.String(), "other_place": c.OtherPlace.String(), "language": c.Language, "born_month": fmt.Sprintf("%02d", int(c.Born.Month)), "born_year": strconv.Itoa(c.Born.Year), "version": strconv.Itoa(c.Version)} {
		r.form.set(name, value)
	}
	if c.SecretAddress {
		r.form.set("secret_address", "1")
	}
	return p, err
}

func (s *Server) showEditChild(r *request) (reply, error) {
	p, err := s.editForm(r)
	if err != nil {
		return reply{}, err
	}
	return page("kind-nieuw", "Gegevens wijzigen", p), nil
}

// editChild corrects what was typed. A day of birth that was recorded for a fund stays when month and year stay.
func (s *Server) editChild(r *request) (reply, error) {
	p, err := s.editForm(r)
	if err != nil {
		return reply{}, err
	}
	n, err := newChildOf(r, false)
	if n.Born.Year == p.Edit.Born.Year && n.Born.Month == p.Edit.Born.Month {
		n.Born = p.Edit.Born
	}
	if err == nil {
		_, err = s.Kind.UpdateChild(r.ctx, r.who, p.Edit.ID, r.number("version"), n)
	}
	if err != nil {
		if errs.KindOf(err) == errs.Conflict {
			r.form.values.Set("version", strconv.Itoa(p.Edit.Version))
		}
		return r.again("kind-nieuw", "Gegevens wijzigen", p, err)
	}
	return see("/kinderen/" + p.Edit.ID + "?gelukt=gewijzigd"), nil
}
