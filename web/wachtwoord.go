package web

import (
	"net/url"
	"slices"

	"wijknetwerk/kindinkaart/account"
)

func (s *Server) passwordRoutes() []route {
	return []route{
		{"GET", "/wachtwoord", everyone, s.showPassword},
		{"POST", "/wachtwoord", everyone, s.changePassword},
	}
}

// passwordPage is the form for a new password, or that it was changed.
type passwordPage struct {
	Login string // of who is logged in: a password manager keeps the new password under it
	Least int    // characters of a password
	Done  bool
}

func passwordPageOf(r *request) passwordPage {
	return passwordPage{Login: r.account.Login, Least: account.MinPassword, Done: r.query("klaar") != ""}
}

func (s *Server) showPassword(r *request) (reply, error) {
	return page("wachtwoord", "Je wachtwoord", passwordPageOf(r)), nil
}

// changePassword gives the person a new password. All sessions end; here a new one begins.
func (s *Server) changePassword(r *request) (reply, error) {
	old, password := r.form.values.Get("old"), r.form.values.Get("password")
	var p problems
	p.need(old != "", "old", "Vul het wachtwoord in dat je nu hebt.")
	p.need(password != "", "password", "Vul een nieuw wachtwoord in.")
	p.need(password == "" || password == r.form.values.Get("again"), "again", "De twee nieuwe wachtwoorden zijn niet hetzelfde. Typ ze allebei opnieuw.")
	err := p.err()
	if err == nil {
		err = s.Accounts.ChangePassword(r.ctx, r.who, old, password)
	}
	if err != nil {
		return r.again("wachtwoord", "Je wachtwoord", passwordPageOf(r), err)
	}
	token, _, err := s.Accounts.Login(r.ctx, r.account.Login, password, r.from())
	if err != nil { // it was changed all the same
		r.setCookie("", "")
		return see("/inloggen?wachtwoord=1"), nil
	}
	r.setCookie("", token)
	return see("/wachtwoord?klaar=1"), nil
}

// holdsPassword says whether a form holds what is never put on a page.
func holdsPassword(values url.Values) bool {
	return slices.ContainsFunc([]string{"old", "password", "again"}, values.Has)
}
