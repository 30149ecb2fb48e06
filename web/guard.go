package web

import (
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"wijknetwerk/kindinkaart/errs"
)

type localKey int

const (
	requestKey localKey = iota
	idKey
)

// policy is the content security policy: nothing from elsewhere, nothing inline (UX, stack).
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// harden puts the safety headers on a response. Pages are not kept anywhere; static files set their own Cache-Control.
func (s *Server) harden(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", policy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	c.Set("Cache-Control", "no-store")
	if s.Secure {
		c.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// guard is around every request: headers, request id, one log line with ids only, and a panic becomes an error page.
func (s *Server) guard(c *fiber.Ctx) error {
	start := s.Clock()
	c.Locals(idKey, uuid.NewString())
	s.harden(c)
	c.Set("X-Request-Id", requestID(c))
	err := errs.Survive(c.Next)
	if err != nil {
		err = s.fail(c, err)
	}
	s.logLine(c, s.Clock().Sub(start))
	return err
}

func (s *Server) logLine(c *fiber.Ctx, took time.Duration) {
	actor := ""
	if r, ok := c.Locals(requestKey).(*request); ok {
		actor = r.who.ID
	}
	s.Log.Info("request", "request", requestID(c), "method", c.Method(), "route", pattern(c),
		"status", c.Response().StatusCode(), "ms", took.Milliseconds(), "actor", actor)
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(idKey).(string)
	return id
}

// pattern is the route as it was declared: never the path itself, it may hold what a person typed.
func pattern(c *fiber.Ctx) string {
	if r := c.Route(); r != nil {
		return r.Path
	}
	return ""
}

// cleanText refuses NUL and broken UTF-8 in what was sent (RELIABILITY I07): databases differ in what they do with it.
func (s *Server) cleanText(c *fiber.Ctx) error {
	ok := true
	check := func(key, value []byte) { ok = ok && clean(key) && clean(value) }
	c.Context().QueryArgs().VisitAll(check)
	c.Context().PostArgs().VisitAll(check)
	if form, err := c.MultipartForm(); err == nil {
		for k, vs := range form.Value {
			for _, v := range vs {
				check([]byte(k), []byte(v))
			}
		}
	}
	if !ok || !clean(c.Context().Path()) {
		return errBadText
	}
	return c.Next()
}

func clean(b []byte) bool { return utf8.Valid(b) && !strings.Contains(string(b), "\x00") }

// peer is the address of the caller. X-Forwarded-For counts only from a trusted proxy, read from the right (RELIABILITY A10).
func (s *Server) peer(c *fiber.Ctx) string {
	ip, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	ip = ip.Unmap()
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(ip); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = next.Unmap()
	}
	return ip.String()
}

func (s *Server) trusted(ip netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}
