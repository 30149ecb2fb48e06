package web

import (
	"wijknetwerk/kindinkaart/errs"
)

func (s *Server) loginRoutes() []route {
	return []route{
		{"GET", "/inloggen", anyone, s.showLogin},
		{"POST", "/inloggen", anyone, s.login},
		{"POST", "/uitloggen", anyone, s.logout},
	}
}

// loginPage is what the login page shows.
type loginPage struct {
	Next, Note string
	Demo       []DemoAccount
}

func (s *Server) loginPage(r *request, note, next string) loginPage {
	return loginPage{Next: localPath(next), Note: note, Demo: s.DemoAccounts}
}

func (s *Server) showLogin(r *request) (reply, error) {
	if r.in {
		return see(localPath(r.query("next"))), nil
	}
	note := ""
	if r.query("uit") != "" {
		note = "Je bent uitgelogd."
	}
	return page("inloggen", "Inloggen", s.loginPage(r, note, r.query("next"))), nil
}

// login begins a session. A session that came along is ended: the new one has a new token (RELIABILITY S01).
func (s *Server) login(r *request) (reply, error) {
	var p problems
	p.need(r.typed("login") != "", "login", "Vul je inlognaam in.")
	p.need(r.form.values.Get("password") != "", "password", "Vul je wachtwoord in.")
	if err := p.err(); err != nil {
		return s.loginAgain(r, err)
	}
	token, _, err := s.Accounts.Login(r.ctx, r.typed("login"), r.form.values.Get("password"), r.from())
	if err != nil {
		return s.loginAgain(r, err)
	}
	if r.session != "" {
		if err := s.Accounts.Logout(r.ctx, r.session); err != nil {
			return reply{}, err
		}
	}
	r.setCookie("", token)
	r.setCookie("bezoek", "")
	return see(localPath(r.typed("next"))), nil
}

// loginAgain shows the form with the login name; never the password, and never which of the two was wrong.
func (s *Server) loginAgain(r *request, err error) (reply, error) {
	r.form.values.Del("password")
	if errs.KindOf(err) == errs.NotFound {
		err = errs.New(errs.Invalid, errs.MessageOf(err))
	}
	return r.again("inloggen", "Inloggen", s.loginPage(r, "", r.typed("next")), err)
}

func (s *Server) logout(r *request) (reply, error) {
	if r.session != "" {
		if err := s.Accounts.Logout(r.ctx, r.session); err != nil {
			return reply{}, err
		}
	}
	r.setCookie("", "")
	r.setCookie("bezoek", "")
	return see("/inloggen?uit=1"), nil
}
