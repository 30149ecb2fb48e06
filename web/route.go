package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/access"
)

// handler does one request of a person and gives what to show. It writes nothing itself.
type handler func(*request) (reply, error)

// route is one row of the site: who may ask what. Nil roles means anyone, also without login.
type route struct {
	method, path string
	roles        []access.Role
	do           handler
}

// The groups of roles that routes use. The services decide about each record.
var (
	anyone   []access.Role
	staff    = []access.Role{access.SMW}
	leads    = []access.Role{access.TeamLead}
	everyone = []access.Role{access.SMW, access.Teacher, access.IB, access.PartnerRole, access.TeamLead,
		access.CatalogueAdmin, access.Adviser, access.Auditor}
)

// allRoutes is the whole site. A list per file.
func (s *Server) allRoutes() []route {
	return slices.Concat(
		s.loginRoutes(),
		s.passwordRoutes(),
		s.startRoutes(),
		s.trajectenRoutes(),
		s.nieuwRoutes(),
		s.childRoutes(),
		s.consentRoutes(),
		s.chooseRoutes(),
		s.trajectRoutes(),
		s.planRoutes(),
		s.overviewRoutes(),
		s.gapRoutes(),
		s.askRoutes(),
		s.cardRoutes(),
		s.klasRoutes(),
		s.divisionRoutes(),
		s.mineRoutes(),
		s.catalogueRoutes(),
		s.curateRoutes(),
		s.schemeRoutes(),
		s.referralRoutes(),
	)
}

func (s *Server) register() {
	s.app.Use(s.guard, s.cleanText, s.checkOrigin)
	s.staticRoutes()
	s.routes = s.allRoutes()
	for _, rt := range s.routes {
		if rt.method == fiber.MethodGet {
			s.app.Head(rt.path, s.serve(rt))
		}
		s.app.Add(rt.method, rt.path, s.serve(rt))
	}
	s.app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
}

// serve is the adapter between fiber and a handler: session, role, CSRF token, deadline, reply.
func (s *Server) serve(rt route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, cancel, err := s.begin(c)
		defer cancel()
		if err != nil {
			return err
		}
		if rt.roles != nil && !r.in && (r.ended || safeMethod(c.Method())) {
			return s.askLogin(r)
		}
		if err := r.checkToken(); err != nil {
			return err
		}
		if rt.roles != nil && !slices.Contains(rt.roles, r.who.Role) {
			return errNotYours
		}
		out, err := rt.do(r)
		if err != nil {
			return err
		}
		return out.write(r)
	}
}
