package matcher

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// SupplyNeeds gives what missing supply is counted with; kindinkaart.Service is one. All record who asked and give
// errs.NotFound to who may not.
type SupplyNeeds interface {
	SeeSupply(ctx context.Context, who access.Actor) error
	SeeOwnSupply(ctx context.Context, who access.Actor) error
	ForSupply(ctx context.Context, who access.Actor) (kindinkaart.Supply, error)
}

// SupplySource is where the catalogue is read and its change log followed.
type SupplySource interface {
	All(ctx context.Context, tenant string) (partners []catalog.Partner, activities []catalog.Activity, seq int64, err error)
	Changes(ctx context.Context, tenant string, after int64, limit int) ([]catalog.Change, error)
	ActivitiesOf(ctx context.Context, tenant, partner string) ([]catalog.Activity, error)
}

// SupplyReport is what may be told of missing supply.
type SupplyReport struct {
	Table    GapTable
	Orders   []Order
	MinCell  int       // counts under this are hidden
	MinGroup int       // least children of a line of Orders
	At       time.Time // when it was counted; zero while the first count is on its way
}

// SupplyDesk counts missing supply and keeps the outcome per tenant: counting holds every child against the catalogue.
type SupplyDesk struct {
	Needs   SupplyNeeds
	Source  SupplySource
	Schemes func(ctx context.Context, tenant string) ([]regeling.Scheme, error)
	Ways    func() geo.Ways
	Wijken  func() []geo.Area
	Locate  Locate
	Clock   func() time.Time
	Log     *slog.Logger // hears of a count that failed: nobody may be waiting for it

	mu   sync.Mutex
	kept map[string]*keptSupply
}

// keptSupply is the last count of a tenant, and the one that is on its way.
type keptSupply struct {
	report SupplyReport
	seq    int64         // place in the change log it stands at
	busy   chan struct{} // closed when the count on its way is done; nil = none
	err    error         // of the last count
}

const (
	supplyFresh    = time.Hour       // so long a count is shown when the catalogue does not change
	supplyRest     = time.Minute     // so long it is shown anyhow
	supplyPatience = 2 * time.Second // so long somebody waits for the first count
	supplyGlance   = time.Second / 4 // and for a newer one than there is
	supplyLimit    = 5 * time.Minute // so long a count may take
)

// Missing tells where supply is missing. A count that is an hour old, or older than the catalogue, is made anew; while that
// takes long the one before is shown, or none yet.
func (d *SupplyDesk) Missing(ctx context.Context, who access.Actor) (SupplyReport, error) {
	if err := d.Needs.SeeSupply(ctx, who); err != nil {
		return SupplyReport{}, err
	}
	return d.newest(ctx, who)
}

// newest gives the last count, and begins a new one when it is needed.
func (d *SupplyDesk) newest(ctx context.Context, who access.Actor) (SupplyReport, error) {
	stale, err := d.stale(ctx, who.Tenant)
	if err != nil {
		return SupplyReport{}, err
	}
	if stale {
		select {
		case <-d.count(ctx, who):
		case <-time.After(d.patience(who.Tenant)):
		case <-ctx.Done():
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.of(who.Tenant)
	if k.busy == nil && k.err != nil {
		return SupplyReport{}, k.err
	}
	return k.report, nil
}

// patience is how long somebody waits for a count that is on its way.
func (d *SupplyDesk) patience(tenant string) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of(tenant).report.At.IsZero() {
		return supplyPatience
	}
	return supplyGlance
}

// of gives what is kept of a tenant; mu is held.
func (d *SupplyDesk) of(tenant string) *keptSupply {
	if d.kept == nil {
		d.kept = map[string]*keptSupply{}
	}
	if d.kept[tenant] == nil {
		d.kept[tenant] = &keptSupply{}
	}
	return d.kept[tenant]
}

// stale says whether the count of a tenant has to be made anew.
func (d *SupplyDesk) stale(ctx context.Context, tenant string) (bool, error) {
	d.mu.Lock()
	k := *d.of(tenant)
	d.mu.Unlock()
	age := d.Clock().Sub(k.report.At)
	if k.report.At.IsZero() || k.err != nil || age > supplyFresh {
		return true, nil
	}
	if age < supplyRest {
		return false, nil
	}
	changes, err := d.Source.Changes(ctx, tenant, k.seq, 1)
	return len(changes) > 0, err
}

// count begins a count, or joins the one on its way. It goes on when who asked does not wait.
func (d *SupplyDesk) count(ctx context.Context, who access.Actor) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.of(who.Tenant)
	if k.busy != nil {
		return k.busy
	}
	done := make(chan struct{})
	k.busy = done
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), supplyLimit)
	go func() {
		defer cancel()
		var report SupplyReport
		var seq int64
		err := errs.Survive(func() (err error) { report, seq, err = d.report(ctx, who); return err })
		if err != nil {
			d.Log.ErrorContext(ctx, "aanbod tellen", "tenant", who.Tenant, "err", err)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		k.busy, k.err = nil, err
		if err == nil {
			k.report, k.seq = report, seq
		}
		close(done)
	}()
	return done
}

// report counts.
func (d *SupplyDesk) report(ctx context.Context, who access.Actor) (SupplyReport, int64, error) {
	partners, activities, seq, err := d.Source.All(ctx, who.Tenant)
	if err != nil {
		return SupplyReport{}, 0, err
	}
	schemes, err := d.Schemes(ctx, who.Tenant)
	if err != nil {
		return SupplyReport{}, 0, err
	}
	supply, err := d.Needs.ForSupply(ctx, who)
	if err != nil {
		return SupplyReport{}, 0, err
	}
	ways := d.Ways()
	gaps := FindGaps(supply.Needs, Offered{Board: NewBoard(partners, activities, schemes, ways), Activities: activities, Locate: d.Locate})
	orders := OrderSupply{Places: OrderPlaces(d.Wijken(), supply.Schools, activities), Schemes: schemes, Ways: ways, Locate: d.Locate}
	return SupplyReport{Table: gaps.Table(supply.MinCell), Orders: gaps.OrderList(orders, supply.MinCell),
		MinCell: supply.MinCell, MinGroup: max(usualGroup, supply.MinCell), At: d.Clock()}, seq, nil
}
