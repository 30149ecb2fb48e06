package web

import "context"

func (s *Server) startRoutes() []route {
	return []route{
		{"GET", "/", everyone, s.start},
		{"GET", "/bronnen", anyone, s.sources},
		{"GET", "/gezond", anyone, s.healthy},
	}
}

// start sends each role to where its work begins.
func (s *Server) start(r *request) (reply, error) {
	if menu := s.menuOf(r.who.Role, "/"); len(menu) > 0 {
		return see(menu[0].Href), nil
	}
	return reply{}, errNotYours
}

// sources says whose pictures and data we use; their licences ask for it.
func (s *Server) sources(*request) (reply, error) {
	return page("bronnen", "Bronnen en licenties", nil), nil
}

// Ready says whether the services behind the pages can be used.
type Ready interface {
	Ready(ctx context.Context) error
}

// healthy is for the load balancer: 200 when the accounts answer, when they can tell.
func (s *Server) healthy(r *request) (reply, error) {
	if a, ok := s.Accounts.(Ready); ok {
		if err := a.Ready(r.ctx); err != nil {
			return reply{}, err
		}
	}
	return page("gezond", "Kind in Kaart werkt", nil), nil
}
