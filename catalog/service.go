package catalog

import (
	"context"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// Change is one line of the change log: something about an activity or partner is different since Seq. Numbers are
// gap-free and follow commit order (a counter row, not a sequence).
type Change struct {
	Seq  int64
	Kind string // activity, partner
	ID   string
}

// Edit is a set of changes that belong together: the store writes them, their change-log rows and the audit events in one
// transaction, with the counter locked last.
type Edit struct {
	Partners   []Partner // Version 0 = new, else the version that is replaced
	Activities []Activity
	Events     []audit.Event
}

// Store keeps the catalogue of a tenant.
type Store interface {
	Apply(ctx context.Context, tenant string, e Edit) (seq int64, err error)
	Activity(ctx context.Context, tenant, id string) (Activity, error)
	Activities(ctx context.Context, tenant string, ids []string) ([]Activity, error) // missing ids are left out
	ActivitiesOf(ctx context.Context, tenant, partner string) ([]Activity, error)
	Partner(ctx context.Context, tenant, id string) (Partner, error)
	Partners(ctx context.Context, tenant string) ([]Partner, error)
	// BySource gives what an earlier import of this source made, by its id there.
	BySource(ctx context.Context, tenant, source string) (partners map[string]Partner, activities map[string]Activity, err error)
	// All gives the whole catalogue and the log number it belongs to, from one snapshot.
	All(ctx context.Context, tenant string) (partners []Partner, activities []Activity, seq int64, err error)
	// Changes gives at most limit changes after a number, in order.
	Changes(ctx context.Context, tenant string, after int64, limit int) ([]Change, error)
}

// Service changes the catalogue for people and lets them search it.
type Service struct {
	Store  Store
	Search Searcher
	Clock  func() time.Time
	NewID  func() string
}

// Query is what somebody searches for. Zero fields do not limit.
type Query struct {
	Words    string
	Tags     []string
	Domain   string
	Age      int    // whole years; 0 = any
	Weekday  string // ma … zo
	Part     string // ochtend, middag, vooravond, avond
	MaxCents int    // per year; with Free or MaxCents
	Free     bool
	Near     *geo.Point
	Within   float64 // metres, with Near
	Area     string  // wijk code
	Audience string
	States   []State // default: published
	Offset   int
	Limit    int // default 20, at most 100
}

// Found is one page of results.
type Found struct {
	IDs    []string
	Total  int
	Facets map[string][]FacetCount // domain, tag, weekday, part, area
	Fuzzy  bool                    // nothing matched exactly; these look like it
	Tags   []string                // tags the words stand for
}

// FacetCount is how many results share a value.
type FacetCount struct {
	Value string
	N     int
}

// Searcher finds activities by words and facts.
type Searcher interface {
	Search(ctx context.Context, tenant string, q Query) (Found, error)
}

var errTodo = errs.New(errs.Unavailable, "Dit onderdeel is nog niet klaar.")

// Find searches and loads what was found, in order.
func (s *Service) Find(ctx context.Context, tenant string, q Query) ([]Activity, Found, error) {
	return nil, Found{}, errTodo
}

// Activity gives one activity with its main partner.
func (s *Service) Activity(ctx context.Context, tenant, id string) (Activity, Partner, error) {
	return Activity{}, Partner{}, errTodo
}

// Mine lists the activities of the partner an actor manages.
func (s *Service) Mine(ctx context.Context, who access.Actor) (Partner, []Activity, error) {
	return Partner{}, nil, errTodo
}

// SaveDraft stores an unfinished activity; incomplete is allowed, wrong values are not.
func (s *Service) SaveDraft(ctx context.Context, who access.Actor, a Activity) (Activity, error) {
	return Activity{}, errTodo
}

// Publish checks an activity and shows it to everyone. errs.Invalid lists what is missing, field by field.
func (s *Service) Publish(ctx context.Context, who access.Actor, id string, version int) (Activity, error) {
	return Activity{}, errTodo
}

// SetState pauses, withdraws or resumes an activity.
func (s *Service) SetState(ctx context.Context, who access.Actor, id string, version int, to State) (Activity, error) {
	return Activity{}, errTodo
}

// Confirm says that an activity is still right, on a day.
func (s *Service) Confirm(ctx context.Context, who access.Actor, id string, version int, on civil.Date) (Activity, error) {
	return Activity{}, errTodo
}

// Completeness is how much of what families need is filled in: 0 to 100, and the one tip that adds most.
func Completeness(a Activity, p Partner) (percent int, tip string) { return 0, "" }

// Validate checks the values of an activity and gives what is wrong, field by field, in Dutch.
func Validate(a Activity) []errs.Field { return nil }

// SavePartner stores a partner; only a catalogue admin may declare safety.
func (s *Service) SavePartner(ctx context.Context, who access.Actor, p Partner) (Partner, error) {
	return Partner{}, errTodo
}

// Import is a batch of partners and activities from one source.
type Import struct {
	Source     string
	Partners   []Partner  // ID is the id in the source
	Activities []Activity // ID and Partner are ids in the source
	Refused    []Refused  // what could not be read
	Complete   bool       // the source is whole: what is not in it any more gets Missing
}

// Refused is a record that was not taken, with the place and what was expected.
type Refused struct {
	Record string `json:"record"` // id or title
	Row    int    `json:"row,omitempty"`
	Field  string `json:"field"`
	Reason string `json:"reason"` // Dutch
}

// Imported counts what an import did.
type Imported struct {
	Source    string    `json:"source"`
	Added     int       `json:"added"`
	Changed   int       `json:"changed"`
	Unchanged int       `json:"unchanged"`
	Missing   int       `json:"missing"`
	Refused   []Refused `json:"refused"`
}

// Import takes in a batch in transactions of at most 500 records; the same batch again changes nothing. progress is
// called with the number done and the total; it may be nil.
func (s *Service) Import(ctx context.Context, who access.Actor, in Import, dryRun bool, progress func(done, total int)) (Imported, error) {
	return Imported{}, errTodo
}
