package web

import (
	"context"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// Accounts lets people log in; account.Service is one.
type Accounts interface {
	Login(ctx context.Context, login, password, from string) (token string, a account.Account, err error)
	Resume(ctx context.Context, token string) (account.Account, error)
	Logout(ctx context.Context, token string) error
	ChangePassword(ctx context.Context, who access.Actor, old, password string) error
	Allow(ctx context.Context, key string, limit int, window time.Duration) error
}

// Children is the record of a child.
type Children interface {
	AddChild(ctx context.Context, who access.Actor, n kindinkaart.NewChild) (kindinkaart.Child, error)
	UpdateChild(ctx context.Context, who access.Actor, id string, version int, n kindinkaart.NewChild) (kindinkaart.Child, error)
	Child(ctx context.Context, who access.Actor, id string) (kindinkaart.ChildFile, error)
	Schools(ctx context.Context, who access.Actor) ([]kindinkaart.School, error)
}

// Consents keeps who agreed to what.
type Consents interface {
	GiveConsent(ctx context.Context, who access.Actor, c kindinkaart.Consent) (kindinkaart.Consent, error)
	Withdraw(ctx context.Context, who access.Actor, childID, by string) error
}

// Asking takes the questionnaire with a known child.
type Asking interface {
	StartAfname(ctx context.Context, who access.Actor, childID string, v questionnaire.Variant, helpedBy string) (kindinkaart.Afname, error)
	Afname(ctx context.Context, who access.Actor, id string) (kindinkaart.Afname, error)
	SaveReply(ctx context.Context, who access.Actor, afnameID string, version int, r kindinkaart.Reply) (kindinkaart.Afname, error)
	FinishAfname(ctx context.Context, who access.Actor, afnameID string) (kindinkaart.Afname, error)
	SetParentAgrees(ctx context.Context, who access.Actor, childID string, agrees bool) error
}

// Trajecten is the way of a child to an activity.
type Trajecten interface {
	Caseload(ctx context.Context, who access.Actor, f kindinkaart.CaseloadFilter) ([]kindinkaart.CaseloadRow, error)
	Traject(ctx context.Context, who access.Actor, id string) (kindinkaart.TrajectFile, error)
	Move(ctx context.Context, who access.Actor, trajectID string, step kindinkaart.Step) (kindinkaart.Traject, error)
	HoldTalk(ctx context.Context, who access.Actor, trajectID string, version int, reason string) (kindinkaart.Traject, error)
	Remind(ctx context.Context, who access.Actor, trajectID string, version int, on bool) (kindinkaart.Traject, error)
}

// Choosing keeps what was chosen and what was arranged for it.
type Choosing interface {
	Choose(ctx context.Context, who access.Actor, childID string, version int, c kindinkaart.Choice) (kindinkaart.Traject, error)
	FinishTask(ctx context.Context, who access.Actor, taskID string, version int, f kindinkaart.Finish) (kindinkaart.Task, error)
	AddGrant(ctx context.Context, who access.Actor, trajectID string, g kindinkaart.NewGrant) (kindinkaart.Grant, error)
	DropGrant(ctx context.Context, who access.Actor, trajectID, grantID string) error
	AskAgain(ctx context.Context, who access.Actor, trajectID, grantID string) error
	AnswerCheck(ctx context.Context, who access.Actor, checkID string, version int, answer, fun string, missed int) (kindinkaart.Check, error)
}

// Klassen is working with a class.
type Klassen interface {
	Klassen(ctx context.Context, who access.Actor) ([]kindinkaart.Klas, error)
	Klas(ctx context.Context, who access.Actor, id string) (kindinkaart.KlasFile, error)
	AddKlas(ctx context.Context, who access.Actor, k kindinkaart.Klas, cards int) (kindinkaart.Klas, error)
	SetKlasOpen(ctx context.Context, who access.Actor, id string, version int, open bool) (kindinkaart.Klas, error)
}

// Cards is what a child with a class card may do.
type Cards interface {
	OpenCard(ctx context.Context, code string) (kindinkaart.CardSession, error)
	CardSession(ctx context.Context, cardID string) (kindinkaart.CardSession, error)
	SaveCardReply(ctx context.Context, cardID string, version int, r kindinkaart.Reply) (kindinkaart.Afname, error)
	FinishCard(ctx context.Context, cardID string) error
	LinkCard(ctx context.Context, who access.Actor, cardID, childID string) error
}

// Reports counts, with small cells hidden.
type Reports interface {
	Report(ctx context.Context, who access.Actor, from, to civil.Date) (kindinkaart.Report, error)
}

// Referring tells a school about the children it referred.
type Referring interface {
	Referrals(ctx context.Context, who access.Actor) ([]kindinkaart.Referral, error)
}

// Kind is all of kindinkaart.Service that pages use.
type Kind interface {
	Children
	Consents
	Asking
	Trajecten
	Choosing
	Klassen
	Cards
	Reports
	Referring
}

// Finding reads the catalogue.
type Finding interface {
	Find(ctx context.Context, tenant string, q catalog.Query) ([]catalog.Activity, catalog.Found, error)
	Activity(ctx context.Context, tenant, id string) (catalog.Activity, catalog.Partner, error)
}

// Offering changes the offerings of a partner.
type Offering interface {
	Mine(ctx context.Context, who access.Actor) (catalog.Partner, []catalog.Activity, error)
	SaveDraft(ctx context.Context, who access.Actor, a catalog.Activity) (catalog.Activity, error)
	Publish(ctx context.Context, who access.Actor, id string, version int) (catalog.Activity, error)
	SetState(ctx context.Context, who access.Actor, id string, version int, to catalog.State) (catalog.Activity, error)
	Confirm(ctx context.Context, who access.Actor, id string, version int, on civil.Date) (catalog.Activity, error)
}

// Curating is for who looks after the whole catalogue.
type Curating interface {
	Partners(ctx context.Context, who access.Actor) ([]catalog.Partner, error)
	SavePartner(ctx context.Context, who access.Actor, p catalog.Partner) (catalog.Partner, error)
	Import(ctx context.Context, who access.Actor, in catalog.Import, dryRun bool, progress func(done, total int)) (catalog.Imported, error)
}

// Catalog is all of catalog.Service that pages use.
type Catalog interface {
	Finding
	Offering
	Curating
}

// Importing reads a file of offers in any format that is known; cmd gives one over package exchange.
type Importing interface {
	Read(ctx context.Context, name string, data []byte) (catalog.Import, error)
}

// Locating knows where a postcode is; ok is false when it does not exist or its place is unknown.
type Locating interface {
	Locate(ctx context.Context, p geo.Postcode) (point geo.Point, ok bool)
}

// Matching ranks the live catalogue for a child; matcher.Service is one.
type Matching interface {
	Match(ctx context.Context, who access.Actor, childID string, o matcher.Options) (matcher.Result, error)
	MatchHelped(ctx context.Context, who access.Actor, childID string, o matcher.Options) (matcher.Result, []matcher.Help, error)
	MatchNearest(ctx context.Context, who access.Actor, childID string, o matcher.Options, rows matcher.Rows) (matcher.Result, error)
	News(ctx context.Context, who access.Actor, childID string, since matcher.Since) ([]matcher.Fresh, error)
}

// Ways knows how a child of an age gets from its base to a place; cmd gives one over geo.Ways. Of a way that is not along
// known streets only the travel is filled in.
type Ways interface {
	Way(from, to geo.Point, mode geo.Mode, age int) geo.Route
}
