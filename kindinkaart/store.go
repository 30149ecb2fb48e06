package kindinkaart

import (
	"context"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/traject"
)

// Store keeps what this package works with. Do runs f in one transaction: when f returns an error nothing has changed.
// The audit event of an act is recorded in the same transaction.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
}

// Tx is an open transaction. A lookup outside the scope gives errs.NotFound.
type Tx interface {
	Children() Table[Child]
	Consents() Table[Consent]
	Afnames() Table[Afname]
	Trajecten() Table[Traject]
	Events() Table[TrajectEvent]
	Tasks() Table[Task]
	Checks() Table[Check]
	Schools() Table[School]
	Klassen() Table[Klas]
	Cards() Table[Card]
	Record(audit.Event) error
	// TenantOfCard gives the tenant of the card with this code or this id: a child with a code has no actor, so the
	// scope comes from the card. Unknown gives errs.NotFound.
	TenantOfCard(codeOrID string) (string, error)
	// Tenants gives every tenant that has a school or a klas, for jobs.
	Tenants() ([]string, error)
	// Erased says whether a child or klas with this id was erased in a tenant: deleting it leaves its id and nothing else.
	Erased(tenant, id string) (bool, error)
	// Locate gives the middle of a postcode, of its PC4 area when only that is known, and the municipality code.
	Locate(p geo.Postcode) (point geo.Point, residence string, err error)
	// WijkOf gives the area code of the wijk of a postcode, "" when unknown.
	WijkOf(p geo.Postcode) (string, error)
	// Holidays gives the school holidays of a region that touch the years from and to.
	Holidays(region string) ([]traject.Holiday, error)
}

// Table keeps records of one kind. Put adds a record with Version 0 and replaces one with a later version; when the
// stored version differs it gives errs.Conflict and changes nothing. It returns the record with its new version.
type Table[T any] interface {
	Get(s access.Scope, id string) (T, error)
	Find(s access.Scope, q Query) ([]T, error)
	// IDs gives the ids of what Find gives, without reading a record: one that is damaged has an id too.
	IDs(s access.Scope, q Query) ([]string, error)
	Put(s access.Scope, record T) (T, error)
	Delete(s access.Scope, id string) error
}

// Query narrows a Find; empty fields do not count. Results come in order of creation.
type Query struct {
	Child, Traject, School, Klas, Owner string
	Stage                               string // trajecten
	Code                                string // cards, by exact code
	BRIN                                string // schools
	Open                                bool   // tasks and checks that are not done; cards that can still be used
	Before                              time.Time
	Limit                               int
}
