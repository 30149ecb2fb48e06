package catalog

import (
	"context"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// Change is one line of the change log: something about an activity or partner is different since Seq. Numbers are
// gap-free and follow commit order (a counter row, not a sequence).
type Change struct {
	Seq    int64
	Kind   string // activity, partner, or scheme: the funding rules of the tenant changed
	ID     string
	At     time.Time // when; zero = not known, of a line that is older than this field
	Better []Better  // of an activity: what about it can suit more children now
}

// Edit is a set of changes that belong together: the store writes them, their change-log rows and the audit events in one
// transaction, with the counter locked last.
type Edit struct {
	Partners   []Partner // Version 0 = new, else the version that is replaced
	Activities []Activity
	Events     []audit.Event
	At         time.Time           // when it is done
	Better     map[string][]Better // by activity id: what about it is better than it was
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
	Store    Store
	Search   Searcher
	Clock    func() time.Time
	NewID    func() string
	KnownTag func(id string) bool // whether the taxonomy has this leaf; nil = tags are not checked
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

// Find searches and loads what was found, in order.
func (s *Service) Find(ctx context.Context, tenant string, q Query) ([]Activity, Found, error) {
	found, err := s.Search.Search(ctx, tenant, q)
	if err != nil {
		return nil, Found{}, err
	}
	loaded, err := s.Store.Activities(ctx, tenant, found.IDs)
	if err != nil {
		return nil, Found{}, err
	}
	return inOrder(loaded, found.IDs), found, nil
}

// inOrder puts activities in the order of ids; the index may still know ids that are gone.
func inOrder(loaded []Activity, ids []string) []Activity {
	byID := make(map[string]Activity, len(loaded))
	for _, a := range loaded {
		byID[a.ID] = a
	}
	out := make([]Activity, 0, len(loaded))
	for _, id := range ids {
		if a, ok := byID[id]; ok {
			out = append(out, a)
		}
	}
	return out
}

// Activity gives one activity with its main partner.
func (s *Service) Activity(ctx context.Context, tenant, id string) (Activity, Partner, error) {
	a, err := s.Store.Activity(ctx, tenant, id)
	if err != nil {
		return Activity{}, Partner{}, err
	}
	p, err := s.partnerOf(ctx, tenant, a)
	return a, p, err
}

// partnerOf gives the main partner; an activity without one gives the zero Partner.
func (s *Service) partnerOf(ctx context.Context, tenant string, a Activity) (Partner, error) {
	if a.MainPartner() == "" {
		return Partner{}, nil
	}
	return s.Store.Partner(ctx, tenant, a.MainPartner())
}

// Mine lists the activities of the partner an actor manages.
func (s *Service) Mine(ctx context.Context, who access.Actor) (Partner, []Activity, error) {
	if who.Partner == "" {
		return Partner{}, nil, errs.New(errs.Refused, "Bij dit account hoort geen aanbieder. Vraag de beheerder van het aanbod om je te koppelen.")
	}
	p, err := s.Store.Partner(ctx, who.Tenant, who.Partner)
	if err != nil {
		return Partner{}, nil, err
	}
	list, err := s.Store.ActivitiesOf(ctx, who.Tenant, who.Partner)
	return p, list, err
}
