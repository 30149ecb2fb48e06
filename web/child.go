package web

import (
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

func (s *Server) childRoutes() []route {
	return []route{
		{"GET", "/kinderen/:id", staff, s.child},
		{"POST", "/kinderen/:id/afname", staff, s.startAfname},
	}
}

// childPage is the file of one child: what it likes and can, who agreed to what, and where it lives, learns and plays.
type childPage struct {
	File     kindinkaart.ChildFile
	Likes    []profileTag
	Top      []picked
	Talents  []picked
	No       []string
	Words    string
	Milieus  []milieu
	Consents []consentLine
	MayAsk   bool // consent for the profile was given
	AskPlace bool // the place to search from is not known yet
	Open     *kindinkaart.Afname
	Variants []option
	Helpers  []option
	Button   link
	News     *newsLine
	Saved    string
}

func (s *Server) child(r *request) (reply, error) {
	p, err := s.childPage(r)
	if err != nil {
		return reply{}, err
	}
	return page("kind", p.File.Child.GivenName, p), nil
}

func (s *Server) childPage(r *request) (childPage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return childPage{}, err
	}
	p := childPage{File: f, Saved: r.query("gelukt"), Helpers: options("helped", "smw", "alleen", "ouder", "leerkracht"),
		Variants: variantOptions(f.Age), Consents: consentLines(f), MayAsk: gaveConsent(f, kindinkaart.PurposeProfile),
		Milieus: milieusOf(f), AskPlace: lacksPlace(f)}
	p.Button = link{Href: "/trajecten", Label: "Mijn trajecten", Icon: "route"}
	if f.Traject != nil {
		p.Button = stepButton(*f.Traject)
	}
	if on, begun := begunAfname(f); begun && f.Traject != nil && f.Traject.Stage == traject.StageProfile {
		p.Button = on
	}
	if p.News, err = s.newsFor(r, f.Traject); err != nil {
		return childPage{}, err
	}
	p.fillProfile(f)
	r.form.set("variant", p.Variants[0].Value)
	r.form.set("helped", "smw")
	return p, nil
}

// fillProfile takes the pictures and words of the newest answers of the child.
func (p *childPage) fillProfile(f kindinkaart.ChildFile) {
	a, ok := childAfname(f)
	if !ok {
		return
	}
	if a.FinishedAt.IsZero() {
		p.Open = &a
	}
	p.Top = pickedOf(a, "W2")
	p.Talents = append(pickedOf(a, "T1"), pickedOf(a, "T2")...)
	p.Words = a.OwnWords
	if f.Profile != nil {
		p.Likes = likesOf(*f.Profile, 6)
		for _, tag := range f.Profile.Veto {
			p.No = append(p.No, questionnaire.Taxonomy().Label(tag))
		}
	}
}

// childAfname is the newest afname with the child's own answers.
func childAfname(f kindinkaart.ChildFile) (kindinkaart.Afname, bool) {
	for _, a := range f.Afnames {
		if a.Variant != questionnaire.VariantP {
			return a, true
		}
	}
	return kindinkaart.Afname{}, false
}

// begunAfname is the way on with the child's questions when they were begun and are not done.
func begunAfname(f kindinkaart.ChildFile) (link, bool) {
	a, ok := childAfname(f)
	return link{Href: "/afname/" + a.ID, Label: "Verder met de vragen", Icon: "player-play"}, ok && a.FinishedAt.IsZero()
}

func parentAfname(f kindinkaart.ChildFile) (kindinkaart.Afname, bool) {
	for _, a := range f.Afnames {
		if a.Variant == questionnaire.VariantP {
			return a, true
		}
	}
	return kindinkaart.Afname{}, false
}

// variantOptions offers the variant of the age first, and the others: special education may use A at any age (DOMAIN 3.5).
func variantOptions(age int) []option {
	all := []option{
		{Value: "A", Label: "Met plaatjes, samen", Hint: "4 tot en met 7 jaar, of later als dat beter past"},
		{Value: "B", Label: "Zelf, met plaatjes", Hint: "8 tot en met 12 jaar"},
		{Value: "C", Label: "Voor jongeren", Hint: "12 jaar en ouder"},
		{Value: "P", Label: "Voor ouders", Hint: "Wat thuis kan en wat lastig is"},
	}
	v, err := questionnaire.VariantFor(age)
	if err != nil {
		return all[3:]
	}
	for i, o := range all {
		if o.Value == string(v) {
			all[0], all[i] = all[i], all[0]
		}
	}
	return all
}

// startAfname begins the questions and goes to them.
func (s *Server) startAfname(r *request) (reply, error) {
	id := r.param("id")
	v := questionnaire.Variant(r.typed("variant"))
	switch v {
	case questionnaire.VariantA, questionnaire.VariantB, questionnaire.VariantC, questionnaire.VariantP:
	default:
		return reply{}, errs.InvalidFields("Kies eerst welke vragen je wilt stellen.", errs.Field{Name: "variant", Message: "Kies een vragenlijst."})
	}
	a, err := s.Kind.StartAfname(r.ctx, r.who, id, v, r.typed("helped"))
	if err != nil {
		p, perr := s.childPage(r)
		if perr != nil {
			return reply{}, err
		}
		return r.again("kind", p.File.Child.GivenName, p, err)
	}
	return see("/afname/" + a.ID), nil
}
