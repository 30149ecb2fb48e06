package web

import (
	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
)

func (s *Server) planRoutes() []route {
	return []route{
		{"GET", "/trajecten/:id/dagplan", staff, s.dayPlan},
		{"GET", "/kinderen/:id/kiezen/:activity/dagplan", staff, s.dayPlanBefore},
		{"POST", "/kinderen/:id/kiezen/:activity/dagplan", staff, s.dayPlanBefore},
		{"GET", "/trajecten/:id/brief", staff, s.letter},
	}
}

// homePage is the letter that goes home on paper.
type homePage struct {
	Name    string
	Chosen  kindinkaart.Toeleiding
	Costs   string
	Way     string // /trajecten/…
	Bring   []string
	Contact catalog.Contact
	Worker  string
	Org     string
	Today   civil.Date
	Free    int // free trial lessons
	Tasks   []kindinkaart.Task
}

func (s *Server) homePage(r *request) (homePage, error) {
	f, err := s.Kind.Traject(r.ctx, r.who, r.param("id"))
	if err != nil {
		return homePage{}, err
	}
	if f.Traject == nil || f.Traject.Toeleiding == nil {
		return homePage{}, errs.New(errs.Refused, "Er is nog niets gekozen. Kies eerst samen een activiteit; dan kan deze pagina gemaakt worden.")
	}
	t := *f.Traject.Toeleiding
	p := homePage{Name: f.Child.GivenName, Chosen: t, Costs: ownCosts(f.ChildFile, r.today()), Way: "/trajecten/" + f.Traject.ID, Worker: r.account.Name, Org: s.Tenants, Today: r.today()}
	if f.Age >= 8 && !f.Child.ParentAgrees {
		p.Chosen.Words = "" // from 8 years a parent sees the child's own words only when the child agrees (DOMAIN 7.4)
	}
	for _, task := range openTasks(f.Tasks) {
		if task.Who == "ouder" || task.Who == "kind" {
			p.Tasks = append(p.Tasks, task)
		}
	}
	a, partner, err := s.Catalog.Activity(r.ctx, r.who.Tenant, t.Activity)
	switch {
	case err == nil:
		p.Bring, p.Free, p.Contact = a.Bring, a.Trial.FreeLessons, a.Contact
		if p.Contact == (catalog.Contact{}) {
			p.Contact = partner.Contact
		}
	case errs.KindOf(err) != errs.NotFound: // an activity that is gone still gives a letter
		return homePage{}, err
	}
	return p, nil
}

func (s *Server) letter(r *request) (reply, error) {
	p, err := s.homePage(r)
	if err != nil {
		return reply{}, err
	}
	return page("brief", "Brief voor thuis: "+p.Name, p), nil
}
