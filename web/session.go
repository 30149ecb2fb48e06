package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/errs"
)

// cookieName is the name of a cookie of ours. With https the browser itself guards the prefix __Host- (RELIABILITY S02).
func (s *Server) cookieName(what string) string {
	name := "kik"
	if what != "" {
		name += "-" + what
	}
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

// setCookie keeps a value until the browser closes; an empty value takes it away.
func (r *request) setCookie(what, value string) {
	c := &fiber.Cookie{Name: r.s.cookieName(what), Value: value, Path: "/", HTTPOnly: true, Secure: r.s.Secure, SameSite: fiber.CookieSameSiteLaxMode}
	if value == "" {
		c.Expires = time.Unix(1, 0)
	}
	r.c.Cookie(c)
}

// resume finds out who is asking. A session that has ended is simply nobody.
func (r *request) resume() error {
	token := r.c.Cookies(r.s.cookieName(""))
	if token == "" || len(token) > 200 {
		return nil
	}
	a, err := r.s.Accounts.Resume(r.ctx, token)
	switch kind := errs.KindOf(err); {
	case err == nil:
		r.in, r.account, r.who, r.session = true, a, a.Actor(), token
		return nil
	case kind == errs.Unavailable || kind == errs.Internal:
		return err
	}
	r.ended = true
	return nil
}

// askLogin sends somebody without login to the login page, and back afterwards. A form that was sent after the session ended is
// kept on the login page and offered again, unless there is a password in it.
func (s *Server) askLogin(r *request) error {
	if safeMethod(r.c.Method()) {
		return see("/inloggen?next=" + url.QueryEscape(string(r.c.Request().URI().RequestURI()))).write(r)
	}
	data := s.loginPage(r, "Je was een tijd weg. Log opnieuw in. Wat je typte is bewaard; daarna kun je het nog een keer versturen.", "/")
	data.Resend = resendOf(r.c.Path(), r.form.values)
	if holdsPassword(r.form.values) {
		data = s.loginPage(r, "Log opnieuw in. Lukt dat niet met je oude wachtwoord? Dan is je nieuwe wachtwoord al bewaard.", r.c.Path())
	}
	out := page("inloggen", "Log opnieuw in", data)
	out.status = fiber.StatusUnauthorized
	return out.write(r)
}

// localPath gives next when it is a page of ours, else "/": never another site (RELIABILITY S08).
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	if strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/inloggen") || strings.HasPrefix(u.Path, "/uitloggen") {
		return "/"
	}
	return u.RequestURI()
}
