package web

import (
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// schoolStaff follow the children that their school referred.
var schoolStaff = []access.Role{access.Teacher, access.IB}

func (s *Server) referralRoutes() []route {
	return []route{{"GET", "/verwijzingen", schoolStaff, s.referrals}}
}

// referralsPage is all that a school sees of children it referred: the name, and under way or done (DOMAIN 7.4).
type referralsPage struct {
	UnderWay []kindinkaart.Referral
	Done     []kindinkaart.Referral
}

// referralDone is the state of a referral that is over.
const referralDone = "afgerond"

func (s *Server) referrals(r *request) (reply, error) {
	list, err := s.Kind.Referrals(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	var p referralsPage
	for _, ref := range list {
		if ref.State == referralDone {
			p.Done = append(p.Done, ref)
		} else {
			p.UnderWay = append(p.UnderWay, ref)
		}
	}
	return page("verwijzingen", "Verwijzingen", p), nil
}
