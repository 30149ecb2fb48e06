package kindinkaart

import (
	"cmp"
	"context"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// Grant is money that a fund gave for a child in one period. Nothing about income is kept: the fund decided.
type Grant struct {
	ID        string
	Scheme    string     // id of a regeling.Scheme
	Name      string     // of the scheme, for people
	Activity  string     // that it was given for; "" = something that was not chosen here
	Title     string     // of the activity
	Cents     int        // 1 or more
	From      civil.Date // the fund agreed
	Until     civil.Date // last day that it counts
	RenewDays int        // so many days before the end it has to be asked again; 0 = it is not
	AskedOn   civil.Date // it was asked again, or need not be; zero = not yet
}

// runs says whether a grant counts on a day.
func (g Grant) runs(on civil.Date) bool { return !on.Before(g.From) && !on.After(g.Until) }

// NewGrant is what a smw'er types when a fund said yes.
type NewGrant struct {
	Scheme      string
	Cents       int
	From, Until civil.Date // zero: from today, until the period of the scheme is over
	Elsewhere   bool       // given for something that was not chosen here: it leaves less for what is
}

// Fund is a scheme that a child of this home may get money from.
type Fund struct{ ID, Name string }

// mostGrants is how many grants one record can hold.
const mostGrants = 50

// AddGrant writes down what a fund gave. From then on it counts in the family's net cost (DOMAIN 4.3).
func (s *Service) AddGrant(ctx context.Context, who access.Actor, trajectID string, g NewGrant) (Grant, error) {
	schemes, err := s.schemes(ctx, who.Tenant)
	if err != nil {
		return Grant{}, err
	}
	return run(ctx, s, who, subject{"traject", trajectID}, func(a *act) (Grant, error) {
		t, c, err := a.traject(trajectID, access.Write)
		if err != nil {
			return Grant{}, err
		}
		return a.grant(t, c, g, schemes)
	})
}

// DropGrant takes back what was typed by mistake.
func (s *Service) DropGrant(ctx context.Context, who access.Actor, trajectID, grantID string) error {
	_, err := run(ctx, s, who, subject{"traject", trajectID}, func(a *act) (Child, error) {
		_, c, err := a.traject(trajectID, access.Write)
		if err != nil {
			return Child{}, err
		}
		i := slices.IndexFunc(c.Grants, func(g Grant) bool { return g.ID == grantID })
		if i < 0 {
			return Child{}, notThere()
		}
		c.Grants = slices.Delete(slices.Clone(c.Grants), i, i+1)
		if c, err = put(a.Children(), a.scope, c, "dit kind"); err != nil {
			return Child{}, err
		}
		return c, a.record("update", subject{"child", c.ID}, "volgen", "toekenning weg")
	})
	return err
}

// AskAgain writes down that a fund was asked again, or need not be: then nobody is reminded of it any more.
func (s *Service) AskAgain(ctx context.Context, who access.Actor, trajectID, grantID string) error {
	_, err := run(ctx, s, who, subject{"traject", trajectID}, func(a *act) (Child, error) {
		_, c, err := a.traject(trajectID, access.Write)
		if err != nil {
			return Child{}, err
		}
		c.Grants = slices.Clone(c.Grants)
		i := slices.IndexFunc(c.Grants, func(g Grant) bool { return g.ID == grantID })
		if i < 0 {
			return Child{}, notThere()
		}
		c.Grants[i].AskedOn = a.today
		if c, err = put(a.Children(), a.scope, c, "dit kind"); err != nil {
			return Child{}, err
		}
		return c, a.record("update", subject{"child", c.ID}, "volgen", "opnieuw gevraagd")
	})
	return err
}

// schemes are those of a tenant; none when nobody knows any.
func (s *Service) schemes(ctx context.Context, tenant string) ([]regeling.Scheme, error) {
	if s.Schemes == nil {
		return nil, nil
	}
	return s.Schemes(ctx, tenant)
}

// grant stores a grant with the child.
func (a *act) grant(t Traject, c Child, n NewGrant, schemes []regeling.Scheme) (Grant, error) {
	g, err := a.readGrant(n, schemes)
	if err != nil {
		return Grant{}, err
	}
	if t.Toeleiding != nil && !n.Elsewhere {
		g.Activity, g.Title = t.Toeleiding.Activity, t.Toeleiding.Title
	}
	if len(c.Grants) >= mostGrants {
		return Grant{}, errs.New(errs.Refused, "Er staan al 50 bedragen bij dit kind. Haal er eerst een weg.")
	}
	c.Grants = append(slices.Clone(c.Grants), g)
	if c, err = put(a.Children(), a.scope, c, "dit kind"); err != nil {
		return Grant{}, err
	}
	return g, a.record("update", subject{"child", c.ID}, "volgen", "toekenning")
}

// readGrant checks what was typed and fills in what the scheme says.
func (a *act) readGrant(n NewGrant, schemes []regeling.Scheme) (Grant, error) {
	var wrong []errs.Field
	add := func(ok bool, name, message string) {
		if !ok {
			wrong = append(wrong, errs.Field{Name: name, Message: message})
		}
	}
	if n.From.IsZero() {
		n.From = a.today
	}
	scheme := versionOn(schemes, n.Scheme, n.From)
	add(scheme != nil, "scheme", "Kies het fonds uit de lijst.")
	add(n.Cents > 0 && n.Cents <= maxCents, "cents", "Vul het bedrag in dat het fonds geeft, bijvoorbeeld 265 of 12,50.")
	add(n.From.IsValid() && !n.From.After(a.today), "from", "Kies de dag waarop het fonds ja zei: vandaag of eerder.")
	if n.Until.IsZero() && scheme != nil {
		n.Until = scheme.GrantEnd(n.From)
	}
	add(scheme == nil || n.Until.IsValid() && !n.Until.Before(n.From), "until", "Kies een laatste dag op of na de eerste dag.")
	if len(wrong) > 0 {
		return Grant{}, errs.InvalidFields("Dit bedrag is nog niet compleet. Er is nog niets bewaard.", wrong...)
	}
	return Grant{ID: a.service.NewID(), Scheme: scheme.ID, Name: scheme.Name, Cents: n.Cents, From: n.From, Until: n.Until, RenewDays: scheme.RenewDays()}, nil
}

// versionOn is the version of a scheme that holds on a day, else any version; nil when there is no such scheme.
func versionOn(schemes []regeling.Scheme, id string, on civil.Date) (found *regeling.Scheme) {
	for i := range schemes {
		s := &schemes[i]
		if s.ID != id {
			continue
		}
		if holds := !on.Before(s.ValidFrom) && (s.ValidTo.IsZero() || !on.After(s.ValidTo)); holds || found == nil {
			found = s
		}
	}
	return found
}

// fundsFor are the schemes for the municipality of a child, by name.
func fundsFor(c Child, schemes []regeling.Scheme) (out []Fund) {
	for _, s := range schemes {
		here := c.Residence == "" || slices.Contains(s.Residence, "*") || slices.Contains(s.Residence, c.Residence)
		if here && !slices.ContainsFunc(out, func(f Fund) bool { return f.ID == s.ID }) {
			out = append(out, Fund{s.ID, s.Name})
		}
	}
	slices.SortFunc(out, func(x, y Fund) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return out
}

// needMoney fills what funds give in a period that runs: all of it counts as used, also for what was chosen before or
// elsewhere, because money that is left there does not come back by itself; what was given for one activity is approved for it
// (DOMAIN 4.3).
func needMoney(c Child, n *Need) {
	for _, g := range c.Grants {
		if !g.runs(n.On) {
			continue
		}
		if i := slices.IndexFunc(n.Used, func(u regeling.Used) bool { return u.Scheme == g.Scheme }); i >= 0 {
			n.Used[i].Cents += g.Cents
		} else {
			n.Used = append(n.Used, regeling.Used{Scheme: g.Scheme, Cents: g.Cents})
		}
		if g.Activity != "" {
			n.Approved = append(n.Approved, regeling.Approval{Scheme: g.Scheme, Activity: g.Activity, Cents: g.Cents})
		}
	}
}

// refusalDays is how long the no of a fund counts: as long as what it gives, after that it can be asked again (DOMAIN 4.1).
const refusalDays = 365

// refuses says whether a fund said no to what a task asked and that still counts: its time is not over and it gave this child
// nothing since.
func refuses(c Child, task Task, on civil.Date) bool {
	if !task.SaidNo() || task.Scheme == "" || on.After(task.DoneOn.AddDays(refusalDays)) {
		return false
	}
	return !slices.ContainsFunc(c.Grants, func(g Grant) bool {
		return g.Scheme == task.Scheme && !g.From.Before(task.DoneOn) && g.runs(on)
	})
}
