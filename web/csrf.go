package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

func safeMethod(m string) bool {
	return m == fiber.MethodGet || m == fiber.MethodHead || m == fiber.MethodOptions
}

// checkOrigin refuses what another site sends: first wall, on every request that is not a GET (RELIABILITY S04).
func (s *Server) checkOrigin(c *fiber.Ctx) error {
	if safeMethod(c.Method()) {
		return c.Next()
	}
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return errForged
	}
	if origin := c.Get(fiber.HeaderOrigin); origin != "" && !s.ours(c, origin) {
		return errForged
	}
	return c.Next()
}

func (s *Server) ours(c *fiber.Ctx, origin string) bool {
	if s.Public != "" {
		return strings.EqualFold(origin, strings.TrimSuffix(s.Public, "/"))
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, string(c.Context().Host()))
}

// token is the CSRF token of this session, or of this visit when nobody is logged in.
func (r *request) token() string { return r.s.mac("csrf", r.subject(true)) }

// checkToken is the second wall: the token in the form belongs to the session.
func (r *request) checkToken() error {
	if safeMethod(r.c.Method()) {
		return nil
	}
	subject := r.subject(false)
	if subject == "" || !hmac.Equal([]byte(r.s.mac("csrf", subject)), []byte(r.form.values.Get("csrf"))) {
		return errForged
	}
	return nil
}

// subject is what a token is bound to: the session, else the cookie of this visit, made when wanted.
func (r *request) subject(make bool) string {
	if r.session != "" {
		return r.session
	}
	visit := r.c.Cookies(r.s.cookieName("bezoek"))
	if len(visit) < 20 || len(visit) > 64 {
		visit = ""
	}
	if visit == "" && make {
		visit = randomText()
		r.setCookie("bezoek", visit)
		r.c.Request().Header.SetCookie(r.s.cookieName("bezoek"), visit)
	}
	return visit
}

func randomText() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// mac signs a value for one use.
func (s *Server) mac(use, value string) string {
	h := hmac.New(sha256.New, s.Secret)
	h.Write([]byte(use + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// seal makes a value that only we can make, for one use until a moment: for a cookie that is not a login.
func (s *Server) seal(use, value string, until time.Time) string {
	body := strconv.FormatInt(until.Unix(), 10) + "." + base64.RawURLEncoding.EncodeToString([]byte(value))
	return body + "." + s.mac(use, body)
}

// unseal gives the value back, and false when it was changed, is of another use or is too old.
func (s *Server) unseal(use, sealed string) (string, bool) {
	cut := strings.LastIndexByte(sealed, '.')
	if cut < 0 || !hmac.Equal([]byte(s.mac(use, sealed[:cut])), []byte(sealed[cut+1:])) {
		return "", false
	}
	when, text, _ := strings.Cut(sealed[:cut], ".")
	unix, err := strconv.ParseInt(when, 10, 64)
	if err != nil || s.Clock().Unix() > unix {
		return "", false
	}
	value, err := base64.RawURLEncoding.DecodeString(text)
	return string(value), err == nil
}
