package web

import (
	"maps"
	"net/url"
	"slices"
	"strings"

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
	Resend     *resend
}

// resend is a form that was sent after the session ended: where it goes and what was typed. It travels through the login page
// and is offered again afterwards, so that nothing typed is lost.
type resend struct {
	Path   string
	Fields []typedField
}

type typedField struct{ Name, Value string }

// resendPrefix marks the fields of such a form on the login page.
const resendPrefix = "straks."

// resendOf keeps what was typed, without token and key.
func resendOf(path string, values url.Values) *resend {
	out := &resend{Path: path}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range values[name] {
			if name != "csrf" && name != "sleutel" {
				out.Fields = append(out.Fields, typedField{name, v})
			}
		}
	}
	return out
}

// resent reads such a form from the login form; nil when there is none or when it is not for us.
func resent(values url.Values) *resend {
	path := values.Get("straks_pad")
	if path == "" || localPath(path) != path {
		return nil
	}
	kept := url.Values{}
	for name, vs := range values {
		if rest, ok := strings.CutPrefix(name, resendPrefix); ok {
			kept[rest] = vs
		}
	}
	return resendOf(path, kept)
}

func (s *Server) loginPage(r *request, note, next string) loginPage {
	return loginPage{Next: localPath(next), Note: note, Demo: s.DemoAccounts, Resend: resent(r.form.values)}
}

func (s *Server) showLogin(r *request) (reply, error) {
	if r.in {
		return see(localPath(r.query("next"))), nil
	}
	note := ""
	switch {
	case r.query("uit") != "":
		note = "Je bent uitgelogd."
	case r.query("wachtwoord") != "":
		note = "Je wachtwoord is veranderd. Log in met je nieuwe wachtwoord."
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
	token, who, err := s.Accounts.Login(r.ctx, r.typed("login"), r.form.values.Get("password"), r.from())
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
	if again := resent(r.form.values); again != nil {
		r.in, r.account, r.who, r.session = true, who, who.Actor(), token
		return page("verder", "Verder waar je was", again), nil
	}
	return see(localPath(r.typed("next"))), nil
}

// loginAgain shows the form with the login name; never the password, and never which of the two was wrong.
func (s *Server) loginAgain(r *request, err error) (reply, error) {
	r.form.values.Del("password")
	if kind := errs.KindOf(err); kind == errs.NotFound || kind == errs.Refused {
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
