package account

import (
	"context"
	"slices"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// ledRoles are the roles a team lead may give inside the own organisation.
var ledRoles = []access.Role{access.SMW, access.Teacher, access.IB, access.Buddy, access.TeamLead}

// knownRoles are all roles an account may have.
var knownRoles = append(slices.Clone(ledRoles), access.PartnerRole, access.CatalogueAdmin, access.Adviser, access.Auditor)

// mayManage says whether who may make or change an account: the operator any, a team lead those of the own organisation,
// a catalogue admin those of partners. Always inside the own tenant.
func mayManage(who access.Actor, a Account) bool {
	if who.Tenant == "" || who.Tenant != a.Tenant {
		return false
	}
	switch who.Role {
	case access.System:
		return true
	case access.TeamLead:
		return who.Organisation != "" && who.Organisation == a.Organisation && slices.Contains(ledRoles, a.Role)
	case access.CatalogueAdmin:
		return a.Role == access.PartnerRole
	}
	return false
}

// Add makes an account with a password of at least 12 characters. ID, hash and version are set here.
func (s *Service) Add(ctx context.Context, who access.Actor, a Account, password string) (Account, error) {
	a.Login = normal(a.Login)
	if !mayManage(who, a) {
		return Account{}, s.denied(ctx, who, "")
	}
	if err := checkNew(a); err != nil {
		return Account{}, err
	}
	if err := checkNewPassword(a.Login, password); err != nil {
		return Account{}, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return Account{}, err
	}
	a.ID, a.PasswordHash, a.Version, a.Disabled = s.NewID(), hash, 0, false
	return s.Store.PutAccount(ctx, a, s.actOn(who, a, "create"))
}

// checkNew says which fields of a new account cannot be used.
func checkNew(a Account) error {
	var wrong []errs.Field
	if len(a.Login) < 3 || len(a.Login) > 100 {
		wrong = append(wrong, errs.Field{Name: "login", Message: "Vul een inlognaam van 3 tot 100 tekens in."})
	}
	if !slices.Contains(knownRoles, a.Role) {
		wrong = append(wrong, errs.Field{Name: "role", Message: "Kies een rol uit de lijst."})
	}
	needsOrganisation := a.Role == access.SMW || a.Role == access.TeamLead
	if needsOrganisation && a.Organisation == "" {
		wrong = append(wrong, errs.Field{Name: "organisation", Message: "Kies de organisatie waar deze collega werkt."})
	}
	if a.Role == access.PartnerRole && a.Partner == "" {
		wrong = append(wrong, errs.Field{Name: "partner", Message: "Kies de aanbieder waar dit account voor is."})
	}
	if len(wrong) > 0 {
		return errs.InvalidFields("Dit account is nog niet compleet.", wrong...)
	}
	return nil
}

// ChangePassword replaces the own password; the old one must fit. All sessions of the account end. What is wrong is told as
// errs.InvalidFields with "old" or "password"; a new password that cannot be does not count as an attempt at the old one.
func (s *Service) ChangePassword(ctx context.Context, who access.Actor, old, password string) error {
	a, err := s.Store.Account(ctx, who.Tenant, who.ID)
	if err != nil {
		return err
	}
	if err := checkNewPassword(a.Login, password); err != nil {
		return err
	}
	if old == password {
		return errs.InvalidFields("Het wachtwoord is niet veranderd.", errs.Field{Name: "password", Message: "Kies een ander wachtwoord dan je nu hebt."})
	}
	if err := s.Allow(ctx, "password:"+a.ID, 5, accountHerePauses[1].window); err != nil {
		return err
	}
	same, err := samePassword(ctx, a.PasswordHash, old)
	if err != nil {
		return err
	}
	if !same {
		return errs.InvalidFields("Het wachtwoord is niet veranderd.", errs.Field{Name: "old", Message: "Je oude wachtwoord klopt niet."})
	}
	return s.setPassword(ctx, who, a, password)
}

// ResetPassword gives somebody else a new password. All sessions of the account end.
func (s *Service) ResetPassword(ctx context.Context, who access.Actor, id, password string) error {
	a, err := s.managed(ctx, who, id)
	if err != nil {
		return err
	}
	return s.setPassword(ctx, who, a, password)
}

// setPassword stores a new password and ends all sessions.
func (s *Service) setPassword(ctx context.Context, who access.Actor, a Account, password string) error {
	if err := checkNewPassword(a.Login, password); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	a.PasswordHash = hash
	_, err = s.Store.PutAccount(ctx, a, s.actOn(who, a, "password"))
	return err
}

// SetDisabled closes or opens an account; closing ends all its sessions at once.
func (s *Service) SetDisabled(ctx context.Context, who access.Actor, id string, disabled bool) (Account, error) {
	a, err := s.managed(ctx, who, id)
	if err != nil {
		return Account{}, err
	}
	action := "enable"
	if a.Disabled = disabled; disabled {
		action = "disable"
	}
	return s.Store.PutAccount(ctx, a, s.actOn(who, a, action))
}

// List gives the accounts who may manage, without their hashes.
func (s *Service) List(ctx context.Context, who access.Actor) ([]Account, error) {
	all, err := s.Store.Accounts(ctx, who.Tenant)
	if err != nil {
		return nil, err
	}
	var out []Account
	for _, a := range all {
		if mayManage(who, a) {
			a.PasswordHash = ""
			out = append(out, a)
		}
	}
	return out, nil
}

// managed gives an account that who may manage; outside that it does not exist.
func (s *Service) managed(ctx context.Context, who access.Actor, id string) (Account, error) {
	a, err := s.Store.Account(ctx, who.Tenant, id)
	if err == nil && mayManage(who, a) {
		return a, nil
	}
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return Account{}, err
	}
	return Account{}, s.denied(ctx, who, id)
}

// denied records a refused attempt; outside it looks like an account that does not exist.
func (s *Service) denied(ctx context.Context, who access.Actor, id string) error {
	if err := s.Store.RecordEvent(ctx, s.actOn(who, Account{ID: id, Tenant: who.Tenant}, "denied")); err != nil {
		return err
	}
	return errs.New(errs.NotFound, "Dit account bestaat niet.")
}

// actOn is the audit event of an act of one person on an account.
func (s *Service) actOn(who access.Actor, a Account, action string) audit.Event {
	return audit.Event{ID: s.NewID(), Tenant: a.Tenant, At: s.Clock(), Actor: who.ID, Role: string(who.Role), Action: action, Kind: "account", Subject: a.ID, Purpose: "beheer"}
}
