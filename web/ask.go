package web

import (
	"bytes"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

func (s *Server) askRoutes() []route {
	return []route{
		{"GET", "/afname/:id", staff, startOf(s.childSheet)},
		{"GET", "/afname/:id/nakijken", staff, reviewOf(s.childSheet)},
		{"POST", "/afname/:id/klaar", staff, finishOf(s.childSheet)},
		{"GET", "/afname/:id/delen", staff, s.askShare},
		{"POST", "/afname/:id/delen", staff, s.share},
		{"GET", "/afname/:id/klaar", staff, s.afnameDone},
		{"GET", "/afname/:id/:vraag", staff, questionOf(s.childSheet)},
		{"POST", "/afname/:id/:vraag", staff, answerOf(s.childSheet)},
	}
}

// welcomePage says what will happen, before the first question.
type welcomePage struct {
	Animal, Go, Leave string
	Begun, Adult      bool
	Class             bool
	Count             int
	Langs             []langLink
}

// startOf shows the welcome of a questionnaire.
func startOf(open opener) handler {
	return unfinished(open, func(r *request, sh *sheet) (reply, error) {
		p := welcomePage{Animal: sh.animal, Go: sh.goOn(), Leave: sh.leave, Begun: len(sh.afname.Seen) > 0, Adult: sh.adult(),
			Class: sh.afname.ClassMode, Count: len(sh.items), Langs: sh.langs("", 1)}
		return page("vraag-begin", "Vragen", p), nil
	})
}

// questionOf shows one question.
func questionOf(open opener) handler {
	return unfinished(open, func(r *request, sh *sheet) (reply, error) {
		p, _, err := sh.find(r)
		if err != nil {
			return reply{}, err
		}
		sh.fill(r, p)
		v := sh.questionPage(r, p)
		return page("vraag", v.title(), v), nil
	})
}

// answerOf saves what was tapped and goes on. Somebody else's change shows as a clear page with what was tapped here; the
// same answer sent twice is not a conflict.
func answerOf(open opener) handler {
	return unfinished(open, func(r *request, sh *sheet) (reply, error) {
		p, it, err := sh.find(r)
		if err != nil {
			return reply{}, err
		}
		rep, err := sh.readReply(r, p)
		if err == nil && sh.same(rep) && r.number("versie") != sh.afname.Version {
			return see(sh.afterReply(r, p)), nil
		}
		var saved kindinkaart.Afname
		if err == nil {
			saved, err = sh.save(r.number("versie"), rep)
		}
		if err != nil {
			return sh.askAgain(r, p, err)
		}
		sh.afname = saved
		if it.Type == "rank" && (r.typed("kies") != "" || r.typed("weg") != "") {
			return see(sh.here(p)), nil
		}
		return see(sh.afterReply(r, p)), nil
	})
}

// afterReply is where to go when a page was saved: a skipped question has no second page.
func (sh *sheet) afterReply(r *request, p place) string {
	if r.typed("doe") == doSkip && sh.items[p.n].Type != "grid3" {
		p.part = sh.parts(sh.items[p.n])
	}
	return sh.next(p)
}

// same says whether a reply is what already stands: a second tap on the button, or the back button.
func (sh *sheet) same(rep kindinkaart.Reply) bool {
	if rep.Answer == nil || !bytes.Equal(rep.Answer, sh.afname.Answers[rep.Item]) {
		return false
	}
	return rep.Item != "W3" || rep.OwnWords == sh.afname.OwnWords
}

// askAgain shows the question with what was tapped and what to do.
func (sh *sheet) askAgain(r *request, p place, err error) (reply, error) {
	if errs.KindOf(err) == errs.Conflict {
		err = errs.New(errs.Conflict, "Deze vragen staan ook op een ander scherm open. Kijk of dit je antwoord is. Druk dan nog een keer op Verder.")
	}
	v := sh.questionPage(r, p)
	out, err := r.again("vraag", v.title(), v, err)
	for i := range r.form.problems {
		if n := r.form.problems[i].Name; n != "rest" && n != "woorden" {
			r.form.problems[i].Name = answerName
		}
	}
	return out, err
}

// finishOf stores the profile and goes to the end.
func finishOf(open opener) handler {
	return func(r *request) (reply, error) {
		sh, err := open(r)
		if err != nil {
			return reply{}, err
		}
		if sh.Done() {
			return see(sh.after), nil
		}
		if err := sh.finish(); err != nil {
			return r.again("vraag-nakijken", "Kijk je antwoorden na", sh.reviewPage(), err)
		}
		return see(sh.after), nil
	}
}

// sharePage asks a child of 8 and older whether a parent may see the answers (DOMAIN 7.4).
type sharePage struct {
	Action  string
	Options []option
}

func (s *Server) sharePage(r *request) (sharePage, kindinkaart.Afname, error) {
	a, err := s.Kind.Afname(r.ctx, r.who, r.param("id"))
	p := sharePage{Action: "/afname/" + a.ID + "/delen", Options: []option{
		{Value: "ja", Label: "Ja, dat mag", Picto: "duim omhoog"}, {Value: "nee", Label: "Nee, liever niet", Picto: "dichte mond"}}}
	return p, a, err
}

func (s *Server) askShare(r *request) (reply, error) {
	p, a, err := s.sharePage(r)
	if err != nil {
		return reply{}, err
	}
	f, err := s.Kind.Child(r.ctx, r.who, a.Child)
	if err != nil {
		return reply{}, err
	}
	if a.Variant == questionnaire.VariantP || f.Age < 8 {
		return see("/afname/" + a.ID + "/klaar"), nil
	}
	return page("vraag-delen", "Nog één vraag", p), nil
}

func (s *Server) share(r *request) (reply, error) {
	p, a, err := s.sharePage(r)
	if err != nil {
		return reply{}, err
	}
	answer := r.typed(answerName)
	if answer != "ja" && answer != "nee" {
		err = errs.InvalidFields("Er is nog niets gekozen.", errs.Field{Name: answerName, Message: "Kies ja of nee. Allebei is goed."})
		return r.again("vraag-delen", "Nog één vraag", p, err)
	}
	if err := s.Kind.SetParentAgrees(r.ctx, r.who, a.Child, answer == "ja"); err != nil {
		return r.again("vraag-delen", "Nog één vraag", p, err)
	}
	return see("/afname/" + a.ID + "/klaar"), nil
}

// donePage is the end. It says what happens next, and gives no praise for what was answered.
type donePage struct {
	Adult, Class bool
	Next, Label  string
}

func (s *Server) afnameDone(r *request) (reply, error) {
	sh, err := s.childSheet(r)
	if err != nil {
		return reply{}, err
	}
	if !sh.Done() {
		return see(sh.at("nakijken", 1, sh.lang, false)), nil
	}
	p := donePage{Adult: sh.adult(), Next: sh.leave + "/kiezen", Label: "Samen kiezen"}
	if sh.adult() {
		p.Next, p.Label = sh.leave, "Terug naar het kind"
	}
	return page("vraag-klaar", "Klaar", p), nil
}
