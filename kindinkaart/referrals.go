package kindinkaart

import (
	"context"

	"wijknetwerk/kindinkaart/access"
)

// Referral is all that a school sees of a child it referred (DOMAIN 7.4): the name and whether it is under way or done.
type Referral struct {
	GivenName string
	Klas      string
	State     string // in behandeling, afgerond
}

// Referrals lists the children that the schools of a teacher or ib'er referred themselves, as far as telling the school was
// agreed to (consent delen_school).
func (s *Service) Referrals(ctx context.Context, who access.Actor) ([]Referral, error) {
	return run(ctx, s, who, subject{kind: "referral"}, func(a *act) ([]Referral, error) {
		if who.Role != access.Teacher && who.Role != access.IB {
			return nil, notThere()
		}
		all, err := a.Trajecten().Find(a.scope, Query{})
		if err != nil {
			return nil, err
		}
		var out []Referral
		for _, t := range all {
			r, ok, err := a.referral(t)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, r)
			}
		}
		return out, a.record("read", subject{kind: "referral"}, "volgen", "")
	})
}

// referral gives what the school may know of one traject; ok is false when that is nothing.
func (a *act) referral(t Traject) (r Referral, ok bool, err error) {
	c, err := a.Children().Get(a.scope, t.Child)
	if err != nil {
		return r, false, err
	}
	about := a.about(c, access.Identity)
	about.ReferredBySchool = t.Source == defaultSource
	if c.empty() || !access.Can(a.who, access.Read, about) {
		return r, false, nil
	}
	consents, err := a.Consents().Find(a.scope, Query{Child: c.ID})
	if err != nil || !Permitted(consents, PurposeSchool, c.Born.Age(a.today)) {
		return r, false, err
	}
	r = Referral{GivenName: c.GivenName, Klas: c.Klas, State: "in behandeling"}
	if ended(t) {
		r.State = "afgerond"
	}
	return r, true, nil
}
