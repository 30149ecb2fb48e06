package matcher

import (
	"context"
	"sync"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/regeling"
)

// Source is where a Keeper reads the catalogue and its change log.
type Source interface {
	All(ctx context.Context, tenant string) (partners []catalog.Partner, activities []catalog.Activity, seq int64, err error)
	Changes(ctx context.Context, tenant string, after int64, limit int) ([]catalog.Change, error)
}

// Keeper keeps one Board per tenant and makes a new one when the change log has grown.
type Keeper struct {
	source    Source
	schemes   func(ctx context.Context, tenant string) ([]regeling.Scheme, error)
	crossings *geo.Crossings

	mu     sync.Mutex
	boards map[string]keptBoard
}

type keptBoard struct {
	board *Board
	seq   int64
	asked time.Time
}

// fresh is how long a Board is used without asking the change log again.
const fresh = 500 * time.Millisecond

// NewKeeper makes a Keeper over a source; schemes gives the funding schemes of a tenant.
func NewKeeper(source Source, schemes func(ctx context.Context, tenant string) ([]regeling.Scheme, error), crossings *geo.Crossings) *Keeper {
	return &Keeper{source: source, schemes: schemes, crossings: crossings, boards: map[string]keptBoard{}}
}

// Board gives the live catalogue of a tenant, at most half a second old.
func (k *Keeper) Board(ctx context.Context, tenant string) (*Board, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kept, ok := k.boards[tenant]
	if ok && time.Since(kept.asked) < fresh {
		return kept.board, nil
	}
	if ok {
		changes, err := k.source.Changes(ctx, tenant, kept.seq, 1)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			kept.asked = time.Now()
			k.boards[tenant] = kept
			return kept.board, nil
		}
	}
	return k.build(ctx, tenant)
}

// Forget drops the Board of a tenant, for example after its schemes changed.
func (k *Keeper) Forget(tenant string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.boards, tenant)
}

func (k *Keeper) build(ctx context.Context, tenant string) (*Board, error) {
	partners, activities, seq, err := k.source.All(ctx, tenant)
	if err != nil {
		return nil, err
	}
	schemes, err := k.schemes(ctx, tenant)
	if err != nil {
		return nil, err
	}
	b := NewBoard(partners, activities, schemes, k.crossings)
	k.boards[tenant] = keptBoard{board: b, seq: seq, asked: time.Now()}
	return b, nil
}
