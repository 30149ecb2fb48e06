package web

import (
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
)

// moneyPart is what funds gave for a child, on the page of its traject.
type moneyPart struct {
	Grants []kindinkaart.Grant // newest first
	Funds  []option
	For    []option // what a grant is for
	Costs  string
}

// What a grant is for, in the form of money.
const (
	grantHere      = "deze"
	grantElsewhere = "anders"
)

func moneyOf(f kindinkaart.TrajectFile, today civil.Date) moneyPart {
	p := moneyPart{Grants: slices.Clone(f.Child.Grants), For: []option{{Value: grantElsewhere, Label: "Iets anders, buiten Kind in Kaart"}}}
	slices.Reverse(p.Grants)
	for _, fund := range f.Funds {
		p.Funds = append(p.Funds, option{Value: fund.ID, Label: fund.Name})
	}
	if t := f.Traject.Toeleiding; t != nil {
		p.For = append([]option{{Value: grantHere, Label: t.Title}}, p.For...)
		p.Costs = ownCosts(f.ChildFile, today)
	}
	return p
}

// ownCosts says what the chosen activity costs and what is known of who pays it. What a fund gave is taken off the price: the
// family pays no more than what is left.
func ownCosts(f kindinkaart.ChildFile, today civil.Date) string {
	t := f.Traject.Toeleiding
	switch {
	case t.GrossCents == 0 && t.NoPrice:
		return "Weten we nog niet, we vragen het na"
	case t.GrossCents == 0:
		return "Gratis"
	}
	price := euro(t.GrossCents) + " per jaar"
	granted := 0
	for _, g := range f.Child.Grants {
		if g.Activity == t.Activity && !today.Before(g.From) && !today.After(g.Until) {
			granted += g.Cents
		}
	}
	switch {
	case granted >= t.GrossCents:
		return price + ", het fonds betaalt alles"
	case granted > 0:
		return price + ", het fonds betaalt " + euro(granted) + ", zelf hoogstens " + euro(t.GrossCents-granted)
	case fundSaidNo(f):
		return price + ", het fonds zei nee"
	case t.NetCents >= t.GrossCents:
		return price
	case t.ApprovedOn.IsValid():
		return price + ", zelf ongeveer " + euro(t.NetCents) + " (het fonds zei ja)"
	}
	return price + ", zelf ongeveer " + euro(t.NetCents) + " als het fonds ja zegt"
}

// fundSaidNo says that a fund was asked for the chosen activity and gave nothing.
func fundSaidNo(f kindinkaart.ChildFile) bool {
	return slices.ContainsFunc(f.Tasks, func(t kindinkaart.Task) bool {
		return t.SaidNo() && t.Activity == f.Traject.Toeleiding.Activity
	})
}

// finishTask marks a task as done, or a remedy as arranged from a day until a day; of a fund with what it gave.
func (s *Server) finishTask(r *request) (reply, error) {
	f := kindinkaart.Finish{No: r.typed("uitkomst") == "nee"}
	if f.No {
		f.Scheme = r.typed("scheme")
	} else {
		g, err := r.grant()
		if err != nil {
			return s.trajectAgain(r, err)
		}
		f.From, f.Until = g.From, g.Until
		if g.Scheme != "" || g.Cents > 0 {
			f.Grant = &g
		}
	}
	if _, err := s.Kind.FinishTask(r.ctx, r.who, r.param("task"), r.number("version"), f); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=taak#taken"), nil
}

// addGrant writes down what a fund gave that was no task.
func (s *Server) addGrant(r *request) (reply, error) {
	g, err := r.grant()
	if err != nil {
		return s.trajectAgain(r, err)
	}
	g.Elsewhere = r.typed("waarvoor") != grantHere
	if err := r.once(); err != nil {
		return s.trajectAgain(r, err)
	}
	if _, err := s.Kind.AddGrant(r.ctx, r.who, r.param("id"), g); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=geld#geld"), nil
}

// dropGrant takes back what was typed by mistake.
func (s *Server) dropGrant(r *request) (reply, error) {
	if err := s.Kind.DropGrant(r.ctx, r.who, r.param("id"), r.param("grant")); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=geld#geld"), nil
}

// askAgain writes down that a fund was asked again, or need not be.
func (s *Server) askAgain(r *request) (reply, error) {
	if err := s.Kind.AskAgain(r.ctx, r.who, r.param("id"), r.param("grant")); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=geld#geld"), nil
}

// grant reads a fund with an amount and its days; an empty amount is 0.
func (r *request) grant() (g kindinkaart.NewGrant, err error) {
	g.Scheme = r.typed("scheme")
	if typed := r.typed("cents"); typed != "" {
		cents, ok := centsOf(typed)
		if !ok {
			return g, errs.InvalidFields("Controleer het bedrag.", errs.Field{Name: "cents", Message: "Dit is geen bedrag. Vul een getal in, bijvoorbeeld 265 of 12,50."})
		}
		g.Cents = cents
	}
	if g.From, err = r.date("from"); err != nil {
		return g, err
	}
	g.Until, err = r.date("until")
	return g, err
}
