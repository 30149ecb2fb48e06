package kindinkaart

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

// NewChild is what a smw'er types to begin.
type NewChild struct {
	GivenName, Surname string
	Born               Born
	School, Klas       string
	Postcode           string // as typed
	SecondHome         string
	OtherPlace         string // as typed; four digits will do
	SecretAddress      bool
	Language           string
	Source, Reason     string
}

// Reasons are the neutral reasons to choose from (R002-05).
var Reasons = []string{"vrije_tijd", "vriendjes", "bewegen", "talent", "meedoen", "thuis_vraag"}

// defaultSource is who refers most children (R002-24).
const defaultSource = "school"

// MinAge is the youngest age with a questionnaire of its own (DOMAIN 3.1).
const MinAge = 4

const tooYoung = "Kind in Kaart kan vanaf 4 jaar. Voor een jonger kind kan wel: samen met de ouder kijken naar de taal waarin jullie praten (P10) en wat de ouder zelf wil doen (P11), zoals een oudergroep of spelinloop."

// AddChild begins a record and its traject in stage aangemeld. Children under 4 get errs.Refused with what is possible instead.
func (s *Service) AddChild(ctx context.Context, who access.Actor, n NewChild) (Child, error) {
	return run(ctx, s, who, subject{kind: "child"}, func(a *act) (Child, error) {
		if err := a.may(access.Write, a.ownCase(access.Identity)); err != nil {
			return Child{}, err
		}
		child, err := a.readChild(Child{ID: a.service.NewID(), CreatedAt: a.now}, n)
		if err != nil {
			return Child{}, err
		}
		child.Tenant, child.Organisation, child.Owner = who.Tenant, who.Organisation, who.ID
		if child, err = a.Children().Put(a.scope, child); err != nil {
			return Child{}, err
		}
		return child, a.beginTraject(child, n)
	})
}

// ownCase is a record of the actor's own caseload that is about to be made.
func (a *act) ownCase(kind access.DataKind) access.Subject {
	return access.Subject{Kind: kind, Tenant: a.who.Tenant, Organisation: a.who.Organisation, Owner: a.who.ID}
}

// beginTraject starts the way of a new child in stage aangemeld.
func (a *act) beginTraject(c Child, n NewChild) error {
	t := Traject{ID: a.service.NewID(), Tenant: c.Tenant, Organisation: c.Organisation, Owner: c.Owner, Child: c.ID, School: c.School,
		Source: n.Source, Reason: n.Reason, Stage: traject.StageRegistered, Since: a.today}
	if t.Source == "" {
		t.Source = defaultSource
	}
	if _, err := a.Trajecten().Put(a.scope, t); err != nil {
		return err
	}
	if err := a.addEvent(t, "", a.today, ""); err != nil {
		return err
	}
	return a.record("create", subject{"child", c.ID}, "zoeken", "traject "+t.ID)
}

// UpdateChild corrects what was typed about a child (AVG 16). The source and reason of the traject stay.
func (s *Service) UpdateChild(ctx context.Context, who access.Actor, id string, version int, n NewChild) (Child, error) {
	return run(ctx, s, who, subject{"child", id}, func(a *act) (Child, error) {
		child, err := a.child(id, access.Write, access.Identity)
		if err != nil {
			return Child{}, err
		}
		if child.Version != version {
			return Child{}, conflict("dit kind", nil)
		}
		if child, err = a.readChild(child, n); err != nil {
			return Child{}, err
		}
		if child, err = put(a.Children(), a.scope, child, "dit kind"); err != nil {
			return Child{}, err
		}
		return child, a.record("update", subject{"child", id}, "zoeken", "")
	})
}

// SetCover lets a colleague of the same organisation replace the owner of a child's record, "" ends it (R001-07).
func (s *Service) SetCover(ctx context.Context, who access.Actor, childID, cover string) error {
	_, err := run(ctx, s, who, subject{"child", childID}, func(a *act) (Child, error) {
		child, err := a.child(childID, access.Write, access.Identity)
		if err != nil {
			return Child{}, err
		}
		t, err := a.currentTraject(childID)
		if err != nil {
			return Child{}, err
		}
		child.Cover, t.Cover = cover, cover
		if _, err := put(a.Trajecten(), a.scope, t, "dit traject"); err != nil {
			return Child{}, err
		}
		if child, err = put(a.Children(), a.scope, child, "dit kind"); err != nil {
			return Child{}, err
		}
		return child, a.record("cover", subject{"child", childID}, "beheer", onlyID(cover))
	})
	return err
}

// SetParentAgrees stores what the child said to "Mag je vader of moeder dit zien?" (DOMAIN 7.4, from 8 years).
func (s *Service) SetParentAgrees(ctx context.Context, who access.Actor, childID string, agrees bool) error {
	_, err := run(ctx, s, who, subject{"child", childID}, func(a *act) (Child, error) {
		child, err := a.child(childID, access.Write, access.Answers)
		if err != nil {
			return Child{}, err
		}
		child.ParentAgrees = agrees
		if child, err = put(a.Children(), a.scope, child, "dit kind"); err != nil {
			return Child{}, err
		}
		return child, a.record("update", subject{"child", childID}, "zoeken", "")
	})
	return err
}

// readChild checks what was typed and looks up what follows from the postcode.
func (a *act) readChild(c Child, n NewChild) (Child, error) {
	wrong := checkChild(n, a.today.Year)
	was := c.Postcode
	wrong = append(wrong, readPlaces(&c, n)...)
	if len(wrong) > 0 {
		return Child{}, errs.InvalidFields("Kijk nog eens naar de velden die we noemen. Er is nog niets bewaard.", wrong...)
	}
	age := n.Born.Age(a.today)
	if age < MinAge {
		return Child{}, errs.New(errs.Refused, tooYoung)
	}
	if _, err := questionnaire.VariantFor(age); err != nil {
		return Child{}, errs.New(errs.Refused, err.Error())
	}
	if err := a.knownSchool(n.School); err != nil {
		return Child{}, err
	}
	c.GivenName, c.Surname, c.Born = strings.TrimSpace(n.GivenName), strings.TrimSpace(n.Surname), n.Born
	c.School, c.Klas, c.Language = n.School, strings.TrimSpace(n.Klas), n.Language
	return a.locate(c, was)
}

// checkChild names what cannot be used.
func checkChild(n NewChild, year int) (wrong []errs.Field) {
	add := func(name, message string) { wrong = append(wrong, errs.Field{Name: name, Message: message}) }
	if l := utf8.RuneCountInString(strings.TrimSpace(n.GivenName)); l < 1 || l > 60 {
		add("given_name", "Vul de voornaam in, hoogstens 60 tekens.")
	}
	if utf8.RuneCountInString(n.Surname) > 80 {
		add("surname", "Vul een achternaam van hoogstens 80 tekens in.")
	}
	if utf8.RuneCountInString(n.Klas) > 20 {
		add("klas", "Vul een klas van hoogstens 20 tekens in, bijvoorbeeld 5B.")
	}
	if !n.Born.Known() || n.Born.Year < year-120 || n.Born.Year > year {
		add("born", "Vul de geboortemaand in als jjjj-mm, bijvoorbeeld 2015-04.")
	}
	if n.Source != "" && !traject.IsSource(n.Source) {
		add("source", "Kies uit de lijst wie het kind heeft aangemeld.")
	}
	if n.Reason != "" && !slices.Contains(Reasons, n.Reason) {
		add("reason", "Kies een reden uit de lijst.")
	}
	return wrong
}

// knownSchool says whether a school that was named exists in the tenant.
func (a *act) knownSchool(id string) error {
	if id == "" {
		return nil
	}
	_, err := a.Schools().Get(a.tenant(), id)
	if errs.KindOf(err) == errs.NotFound {
		return errs.InvalidFields("Deze school kennen we niet.", errs.Field{Name: "school", Message: "Kies een school uit de lijst."})
	}
	return err
}

// child gives a child in the actor's scope when every right holds; a withdrawn one gives errs.Refused and no data.
func (a *act) child(id string, r access.Right, kinds ...access.DataKind) (Child, error) {
	c, err := a.Children().Get(a.scope, id)
	if err != nil {
		return Child{}, a.goneOrOutside(id, err)
	}
	for _, k := range kinds {
		if err := a.may(r, a.about(c, k)); err != nil {
			return Child{}, err
		}
	}
	if c.empty() {
		return Child{}, withdrawn()
	}
	return c, nil
}

// goneOrOutside tells a smw'er that permission was withdrawn; for everybody else the child does not exist.
func (a *act) goneOrOutside(id string, cause error) error {
	if a.who.Role != access.SMW || errs.KindOf(cause) != errs.NotFound {
		return outside(cause)
	}
	gone, err := a.Erased(a.who.Tenant, id)
	if err != nil {
		return err
	}
	if gone {
		return withdrawn()
	}
	return outside(cause)
}

// withdrawn is what is left to say of a child whose record was erased (DOMAIN P4).
func withdrawn() error {
	return errs.New(errs.Refused, "De toestemming is ingetrokken. Er zijn geen gegevens meer van dit kind.")
}

// about is a child as the subject of a right. access needs are stored with consent only, so consent is looked at when they are written.
func (a *act) about(c Child, k access.DataKind) access.Subject {
	return access.Subject{Kind: k, Tenant: c.Tenant, Organisation: c.Organisation, Owner: c.Owner, Cover: c.Cover, School: c.School, ChildAgrees: c.ParentAgrees}
}

// empty says whether this is the record without a child that keeps the trace of a withdrawal.
func (c Child) empty() bool { return !c.Born.Known() && c.GivenName == "" }

// outside keeps the store's own words for "not found" from telling more than ours.
func outside(err error) error {
	if errs.KindOf(err) == errs.NotFound {
		return notThere()
	}
	return err
}
