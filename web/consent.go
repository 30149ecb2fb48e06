package web

import (
	"slices"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
)

func (s *Server) consentRoutes() []route {
	return []route{
		{"GET", "/kinderen/:id/toestemming", staff, s.showConsent},
		{"POST", "/kinderen/:id/toestemming", staff, s.giveConsent},
		{"GET", "/kinderen/:id/intrekken", staff, s.showWithdraw},
		{"POST", "/kinderen/:id/intrekken", staff, s.withdraw},
	}
}

// consentText is the version of the words below; it is stored with each answer.
const consentText = "2026-09"

// purposeText explains one purpose, to be read aloud.
type purposeText struct {
	Purpose kindinkaart.Purpose
	Field   string
	What    string
	Answer  string // ja, nee, or "" when not asked yet
}

var purposeTexts = []purposeText{
	{kindinkaart.PurposeProfile, "doel_profiel", "Het kind beantwoordt vragen over wat het leuk vindt. Wij bewaren de antwoorden en zoeken samen iets dat past.", ""},
	{kindinkaart.PurposeAccess, "doel_toegankelijkheid", "U vertelt wat nodig is om mee te kunnen doen, bijvoorbeeld een gebouw zonder trap. Alleen wij zien dit.", ""},
	{kindinkaart.PurposePartner, "doel_delen_aanbieder", "Wij geven de voornaam, de leeftijd en een telefoonnummer van de ouder aan de club die is gekozen. Meer niet.", ""},
	{kindinkaart.PurposeSchool, "doel_delen_school", "School hoort alleen of wij bezig zijn of klaar zijn.", ""},
	{kindinkaart.PurposeMeting, "doel_meting", "Wij stellen drie keer een paar korte vragen, om te zien of het helpt.", ""},
}

// consentLine is one purpose with the newest answer of each person.
type consentLine struct {
	purposeText
	Answers []kindinkaart.Consent
	Stands  bool   // everybody whose yes is needed said yes
	Waits   string // who still has to answer, "" = nobody
}

// consentLines gives every purpose with the newest answer of each person; nothing asked, or half asked, is not a refusal.
func consentLines(f kindinkaart.ChildFile) []consentLine {
	out := make([]consentLine, len(purposeTexts))
	for i, text := range purposeTexts {
		out[i].purposeText, out[i].Stands = text, gaveConsent(f, text.Purpose)
		for _, c := range f.Consents {
			if c.Purpose == text.Purpose {
				out[i].Answers = newest(out[i].Answers, c)
			}
		}
		out[i].Waits = out[i].waits(f.Age)
	}
	return out
}

// newest keeps one answer a person: the last one given.
func newest(answers []kindinkaart.Consent, c kindinkaart.Consent) []kindinkaart.Consent {
	i := slices.IndexFunc(answers, func(a kindinkaart.Consent) bool { return a.By == c.By })
	if i < 0 {
		return append(answers, c)
	}
	if !c.On.Before(answers[i].On) {
		answers[i] = c
	}
	return answers
}

// deciders are the people whose yes is needed at an age (DOMAIN 7.2).
func deciders(age int) []string {
	switch {
	case age >= 16:
		return []string{"jongere"}
	case age >= 12:
		return []string{"ouder", "jongere"}
	}
	return []string{"ouder"}
}

// waits is who still has to answer when somebody did and nobody said no; "" when nobody is waited for.
func (l consentLine) waits(age int) string {
	said := func(by string) bool {
		return slices.ContainsFunc(l.Answers, func(c kindinkaart.Consent) bool { return c.By == by || age >= 12 && by == "jongere" && c.By == "kind" })
	}
	no := slices.ContainsFunc(l.Answers, func(c kindinkaart.Consent) bool { return !c.Given || c.WithdrawnOn.IsValid() })
	if len(l.Answers) == 0 || no {
		return ""
	}
	for _, by := range deciders(age) {
		if !said(by) {
			return by
		}
	}
	return ""
}

// gaveConsent says whether it may be done: everybody whose yes is needed said yes.
func gaveConsent(f kindinkaart.ChildFile, p kindinkaart.Purpose) bool {
	return kindinkaart.Permitted(f.Consents, p, f.Age)
}

// consentPage is the step in which each purpose is asked apart.
type consentPage struct {
	File                kindinkaart.ChildFile
	Lines               []consentLine
	By, Capacity, How   []option
	Yes                 []option
	BothNeeded, SelfAge bool // 12 to 15: both must agree; 16 and older: the young person alone; younger: the child is heard (DOMAIN 7.2)
}

func (s *Server) consentForm(r *request) (consentPage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return consentPage{}, err
	}
	p := consentPage{File: f, Lines: consentLines(f), How: options("how", "gesprek", "papier", "scherm"),
		Yes: []option{{Value: "ja", Label: "Ja"}, {Value: "nee", Label: "Nee, liever niet"}}, BothNeeded: f.Age >= 12 && f.Age < 16, SelfAge: f.Age >= 16}
	switch {
	case p.SelfAge:
		p.By, p.Capacity = options("by", "jongere"), options("capacity", "zelf")
	case p.BothNeeded:
		p.By, p.Capacity = options("by", "ouder", "jongere"), options("capacity", "gezag", "gezag_mede_namens", "zelf")
	default:
		p.By, p.Capacity = options("by", "ouder", "kind"), options("capacity", "gezag", "gezag_mede_namens", "zelf")
	}
	r.form.set("by", p.By[0].Value)
	r.form.set("how", "gesprek")
	return p, nil
}

func (s *Server) showConsent(r *request) (reply, error) {
	p, err := s.consentForm(r)
	if err != nil {
		return reply{}, err
	}
	return page("toestemming", "Toestemming vragen", p), nil
}

// giveConsent stores each answer apart. A refusal is a normal answer: nothing else changes for the family.
func (s *Server) giveConsent(r *request) (reply, error) {
	p, err := s.consentForm(r)
	if err != nil {
		return reply{}, err
	}
	given, err := consentsOf(r, p)
	if err == nil {
		err = r.once()
	}
	for i := 0; err == nil && i < len(given); i++ {
		_, err = s.Kind.GiveConsent(r.ctx, r.who, given[i])
	}
	if err != nil {
		return r.again("toestemming", "Toestemming vragen", p, err)
	}
	return see("/kinderen/" + p.File.Child.ID + "?gelukt=toestemming"), nil
}

func consentsOf(r *request, p consentPage) ([]kindinkaart.Consent, error) {
	var wrong problems
	wrong.need(hasOption(p.By, r.typed("by")), "by", "Kies wie het antwoord geeft.")
	wrong.need(hasOption(p.Capacity, r.typed("capacity")), "capacity", "Kies of deze persoon gezag heeft.")
	wrong.need(hasOption(p.How, r.typed("how")), "how", "Kies hoe het antwoord is gegeven.")
	var out []kindinkaart.Consent
	for _, l := range p.Lines {
		answer := r.typed(l.Field)
		if answer == "" {
			continue
		}
		wrong.need(answer == "ja" || answer == "nee", l.Field, "Kies ja of nee.")
		out = append(out, kindinkaart.Consent{Child: p.File.Child.ID, Purpose: l.Purpose, By: r.typed("by"), Capacity: r.typed("capacity"),
			How: r.typed("how"), TextVersion: consentText, Given: answer == "ja", On: r.today()})
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, errs.InvalidFields("Er is nog niets gekozen.", errs.Field{Name: p.Lines[0].Field, Message: "Kies ja of nee bij minstens één vraag."})
	}
	return out, nil
}

func hasOption(all []option, value string) bool {
	return slices.ContainsFunc(all, func(o option) bool { return o.Value == value })
}

// withdrawPage asks once more before everything is erased.
type withdrawPage struct {
	File kindinkaart.ChildFile
	By   []option
}

func (s *Server) withdrawForm(r *request) (withdrawPage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return withdrawPage{}, err
	}
	p := withdrawPage{File: f, By: options("by", append(deciders(f.Age), "kind")...)}
	if f.Age >= 12 {
		p.By = options("by", deciders(f.Age)...)
	}
	if len(p.By) == 1 {
		r.form.set("by", p.By[0].Value)
	}
	return p, nil
}

func (s *Server) showWithdraw(r *request) (reply, error) {
	p, err := s.withdrawForm(r)
	if err != nil {
		return reply{}, err
	}
	return page("intrekken", "Toestemming intrekken", p), nil
}

func (s *Server) withdraw(r *request) (reply, error) {
	p, err := s.withdrawForm(r)
	if err != nil {
		return reply{}, err
	}
	if !hasOption(p.By, r.typed("by")) {
		err = errs.InvalidFields("Er klopt nog iets niet.", errs.Field{Name: "by", Message: "Kies wie de toestemming intrekt."})
		return r.again("intrekken", "Toestemming intrekken", p, err)
	}
	if err := s.Kind.Withdraw(r.ctx, r.who, p.File.Child.ID, r.typed("by")); err != nil {
		return r.again("intrekken", "Toestemming intrekken", p, err)
	}
	return see("/trajecten?gelukt=ingetrokken"), nil
}
