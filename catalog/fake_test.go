package catalog

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
)

// memory keeps the promises of Store in maps: all of an Edit or nothing, versions, a gap-free log.
type memory struct {
	partners   map[string]Partner
	activities map[string]Activity
	events     []audit.Event
	changes    []Change
	applied    []int // records in each Apply
	failAfter  int   // refuse every Apply after this many, when above 0
}

func newMemory() *memory {
	return &memory{partners: map[string]Partner{}, activities: map[string]Activity{}}
}

func (m *memory) Apply(_ context.Context, tenant string, e Edit) (int64, error) {
	if m.failAfter > 0 && len(m.applied) >= m.failAfter {
		return 0, errors.New("connection lost")
	}
	for _, p := range e.Partners {
		if m.partners[p.ID].Version != p.Version {
			return 0, errs.New(errs.Conflict, "conflict")
		}
	}
	for _, a := range e.Activities {
		if m.activities[a.ID].Version != a.Version {
			return 0, errs.New(errs.Conflict, "conflict")
		}
	}
	for _, p := range e.Partners {
		p.Version++
		m.partners[p.ID] = p
		m.changes = append(m.changes, Change{Seq: int64(len(m.changes) + 1), Kind: "partner", ID: p.ID, At: e.At})
	}
	for _, a := range e.Activities {
		a.Version++
		m.activities[a.ID] = a
		m.changes = append(m.changes, Change{Seq: int64(len(m.changes) + 1), Kind: "activity", ID: a.ID, At: e.At, Better: e.Better[a.ID]})
	}
	m.events = append(m.events, e.Events...)
	m.applied = append(m.applied, len(e.Partners)+len(e.Activities))
	return int64(len(m.changes)), nil
}

var errNone = errs.New(errs.NotFound, "Dit bestaat niet.")

func (m *memory) Activity(_ context.Context, _, id string) (Activity, error) {
	a, ok := m.activities[id]
	if !ok {
		return a, errNone
	}
	return a, nil
}

func (m *memory) Activities(_ context.Context, _ string, ids []string) (out []Activity, err error) {
	for _, id := range slices.Backward(ids) {
		if a, ok := m.activities[id]; ok {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) ActivitiesOf(_ context.Context, _, partner string) (out []Activity, err error) {
	for _, a := range m.activities {
		if a.MainPartner() == partner {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) Partner(_ context.Context, _, id string) (Partner, error) {
	p, ok := m.partners[id]
	if !ok {
		return p, errNone
	}
	return p, nil
}

func (m *memory) Partners(context.Context, string) ([]Partner, error) {
	return slices.Collect(maps.Values(m.partners)), nil
}

func (m *memory) BySource(_ context.Context, _, source string) (map[string]Partner, map[string]Activity, error) {
	ps, as := map[string]Partner{}, map[string]Activity{}
	for _, p := range m.partners {
		if p.Source == source {
			ps[p.SourceID] = p
		}
	}
	for _, a := range m.activities {
		if a.Source == source {
			as[a.SourceID] = a
		}
	}
	return ps, as, nil
}

func (m *memory) All(ctx context.Context, tenant string) ([]Partner, []Activity, int64, error) {
	ps, err := m.Partners(ctx, tenant)
	return ps, slices.Collect(maps.Values(m.activities)), int64(len(m.changes)), err
}

func (m *memory) Changes(_ context.Context, _ string, after int64, limit int) ([]Change, error) {
	rest := m.changes[after:]
	return rest[:min(limit, len(rest))], nil
}

var (
	admin = access.Actor{ID: "beheer", Tenant: "t", Role: access.CatalogueAdmin}
	club  = access.Actor{ID: "club", Tenant: "t", Role: access.PartnerRole, Partner: "sprong"}
	other = access.Actor{ID: "ander", Tenant: "t", Role: access.PartnerRole, Partner: "kade"}
	smw   = access.Actor{ID: "smw", Tenant: "t", Organisation: "o", Role: access.SMW}
)

// newService gives a service on an empty store with two partners, on 8 September 2025.
func newService(t *testing.T) (*Service, *memory) {
	t.Helper()
	m := newMemory()
	m.partners["sprong"] = Partner{ID: "sprong", Name: "De Sprong", Kind: "sportclub", Version: 1, Safety: Safety{VOG: Yes}}
	m.partners["kade"] = Partner{ID: "kade", Name: "De Kade", Kind: "buurthuis", Version: 1}
	n := 0
	return &Service{
		Store: m,
		Clock: func() time.Time { return time.Date(2025, 9, 8, 10, 0, 0, 0, time.UTC) },
		NewID: func() string { n++; return fmt.Sprintf("id-%d", n) },
		KnownTag: func(id string) bool {
			return slices.Contains([]string{"basketbal", "koken_bakken"}, id)
		},
	}, m
}

func years(n int) *int { return &n }

// complete is an offering that families may see.
func complete() Activity {
	return Activity{
		Title: "Basketbal U12", Text: "Twee keer in de week basketballen met een vaste trainer.", Domain: "sport", Tags: []string{"basketbal"},
		Audience: "child", AgeMin: years(10), AgeMax: years(11), Partner: "sprong",
		Costs: []Cost{{Kind: "contributie", Cents: 26500, Per: "year"}},
		Slots: []Slot{{ID: "wo", Weekday: "wo", Start: 17 * 60, End: 18*60 + 15, Location: Location{Name: "Sporthal", Postcode: "3072AB"}}},
	}
}

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

// names lists the fields an error points at.
func names(err error) (out []string) {
	for _, f := range errs.FieldsOf(err) {
		out = append(out, f.Name)
	}
	return out
}
