package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// Check is Validate and the tags: what is wrong with an activity, field by field, in Dutch.
func (s *Service) Check(a Activity) []errs.Field {
	return append(Validate(a), WrongTags(a, s.KnownTag)...)
}

// WrongTags names the tags that the taxonomy does not have; with known nil there are none.
func WrongTags(a Activity, known func(id string) bool) []errs.Field {
	var f findings
	for i, t := range a.Tags {
		if known != nil && !known(t) {
			f.add(fmt.Sprintf("tags[%d]", i), "Het onderwerp %q kennen we niet. Kies een onderwerp uit de lijst.", clip(t))
		}
	}
	return f
}

// SaveDraft stores an unfinished activity; incomplete is allowed, wrong values are not. A new activity starts as draft. For
// one that exists the state, the source and the day of confirmation stay as they are: those have verbs of their own. What
// families can see must stay complete.
func (s *Service) SaveDraft(ctx context.Context, who access.Actor, a Activity) (Activity, error) {
	a = tidy(a)
	if a.MainPartner() == "" && who.Role == access.PartnerRole {
		a.Partner = who.Partner
	}
	if a.ID == "" {
		return s.saveNew(ctx, who, a)
	}
	old, err := s.mine(ctx, who, a.ID, a.Version)
	if err != nil {
		return Activity{}, err
	}
	if !mayWrite(who, a.MainPartner()) || !mayWriteAll(who, organisers(a), organisers(old)) {
		return Activity{}, errNotYours
	}
	a.State, a.ConfirmedOn, a.Missing = old.State, old.ConfirmedOn, old.Missing
	a.Source, a.SourceID, a.SourceHash = old.Source, old.SourceID, old.SourceHash
	s.nameSlots(&a)
	if err := s.acceptable(a, a.State == Published); err != nil {
		return Activity{}, err
	}
	return s.write(ctx, who, edited{a, old, "update"})
}

func (s *Service) saveNew(ctx context.Context, who access.Actor, a Activity) (Activity, error) {
	if !mayWrite(who, a.MainPartner()) || !mayWriteAll(who, organisers(a), nil) {
		return Activity{}, errNotYours
	}
	a.ID, a.State, a.Version = s.NewID(), Draft, 0
	a.ConfirmedOn, a.Missing = civil.Date{}, false
	a.Source, a.SourceID, a.SourceHash = "", "", ""
	s.nameSlots(&a)
	if err := s.acceptable(a, false); err != nil {
		return Activity{}, err
	}
	return s.write(ctx, who, edited{now: a, action: "create"})
}

// mine loads an activity that an actor may change, and refuses when it was changed since version.
func (s *Service) mine(ctx context.Context, who access.Actor, id string, version int) (Activity, error) {
	a, err := s.Store.Activity(ctx, who.Tenant, id)
	if err != nil {
		return Activity{}, err
	}
	if !mayWrite(who, a.MainPartner()) {
		return Activity{}, errNotYours
	}
	if a.Version != version {
		return Activity{}, errStale
	}
	return a, nil
}

// acceptable gives errs.Invalid with every wrong value, and with what is missing when it must be complete.
func (s *Service) acceptable(a Activity, complete bool) error {
	if wrong := s.Check(a); len(wrong) > 0 {
		return errs.InvalidFields("Een paar dingen kloppen nog niet. Verbeter ze en bewaar opnieuw.", wrong...)
	}
	if lacking := Missing(a); complete && len(lacking) > 0 {
		return errs.InvalidFields("Er ontbreekt nog iets voordat gezinnen dit kunnen zien. Het blijft zolang een concept.", lacking...)
	}
	return nil
}

// edited is one activity as it becomes and as it was; action is what is done in the words of the audit.
type edited struct {
	now, before Activity
	action      string
}

// write stores one activity with its event and gives it back as it now is.
func (s *Service) write(ctx context.Context, who access.Actor, e edited) (Activity, error) {
	a := e.now
	edit := Edit{Activities: []Activity{a}, Events: []audit.Event{s.event(who, e.action, "activity", a.ID, string(a.State))},
		At: s.Clock(), Better: map[string][]Better{a.ID: BetterThan(a, e.before)}}
	if _, err := s.Store.Apply(ctx, who.Tenant, edit); err != nil {
		return Activity{}, err
	}
	a.Version++
	return a, nil
}

// SavePartner stores a partner; only a catalogue admin may declare safety, say whether a fund recognises it, or add one.
// A partner that leaves those fields empty keeps what was declared.
func (s *Service) SavePartner(ctx context.Context, who access.Actor, p Partner) (Partner, error) {
	p = tidyPartner(p)
	var old Partner
	action := "create"
	if p.ID != "" {
		var err error
		if old, err = s.Store.Partner(ctx, who.Tenant, p.ID); err != nil {
			return Partner{}, err
		}
		action = "update"
	}
	if !isAdmin(who) && (p.ID == "" || !mayWrite(who, p.ID)) {
		return Partner{}, errNotYours
	}
	if p.Version != old.Version {
		return Partner{}, errStale
	}
	p, err := withDeclarations(who, p, old)
	if err != nil {
		return Partner{}, err
	}
	if p.ID == "" {
		p.ID = s.NewID()
	}
	if wrong := ValidatePartner(p); len(wrong) > 0 {
		return Partner{}, errs.InvalidFields("Een paar dingen kloppen nog niet. Verbeter ze en bewaar opnieuw.", wrong...)
	}
	edit := Edit{At: s.Clock(), Partners: []Partner{p}, Events: []audit.Event{s.event(who, action, "partner", p.ID, "")}}
	if _, err := s.Store.Apply(ctx, who.Tenant, edit); err != nil {
		return Partner{}, err
	}
	p.Version++
	return p, nil
}

// withDeclarations keeps what others declared about a partner: its source, its safety and its recognition.
func withDeclarations(who access.Actor, p, old Partner) (Partner, error) {
	p.Source, p.SourceID, p.SourceHash = old.Source, old.SourceID, old.SourceHash
	if isAdmin(who) {
		return p, nil
	}
	if p.Safety != (Safety{}) && p.Safety != old.Safety || p.RecognisedByFund != "" && p.RecognisedByFund != old.RecognisedByFund {
		return p, errs.New(errs.Refused, "Over veiligheid en erkenning beslist de beheerder van het aanbod. Stuur de beheerder een bericht.")
	}
	p.Safety, p.RecognisedByFund = old.Safety, old.RecognisedByFund
	return p, nil
}

func organisers(a Activity) []string {
	if a.Partner == "" {
		return a.Partners
	}
	return append([]string{a.Partner}, a.Partners...)
}

// nameSlots gives every new slot an id, so that places and days can point at it.
func (s *Service) nameSlots(a *Activity) {
	for i := range a.Slots {
		if a.Slots[i].ID == "" {
			a.Slots[i].ID = s.NewID()
		}
	}
}

// tidy trims what people type and writes postcodes one way. It changes no meaning, and no memory of the caller.
func tidy(a Activity) Activity {
	a.Title, a.Text = strings.TrimSpace(a.Title), strings.TrimSpace(a.Text)
	a.Contact = tidyContact(a.Contact)
	a.Slots = append([]Slot(nil), a.Slots...)
	for i := range a.Slots {
		l := &a.Slots[i].Location
		l.Name, l.Street, l.Place = strings.TrimSpace(l.Name), strings.TrimSpace(l.Street), strings.TrimSpace(l.Place)
		l.Postcode = strings.TrimSpace(l.Postcode)
		if p, err := geo.ParsePostcode(l.Postcode); err == nil {
			l.Postcode = string(p)
		}
	}
	return a
}

func tidyPartner(p Partner) Partner {
	p.Name, p.Contact = strings.TrimSpace(p.Name), tidyContact(p.Contact)
	return p
}

func tidyContact(c Contact) Contact {
	c.Name, c.Phone = strings.TrimSpace(c.Name), strings.TrimSpace(c.Phone)
	c.Email, c.URL = strings.TrimSpace(c.Email), strings.TrimSpace(c.URL)
	return c
}
