package matcher

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// Source is where a Keeper reads the catalogue and its change log.
type Source interface {
	All(ctx context.Context, tenant string) (partners []catalog.Partner, activities []catalog.Activity, seq int64, err error)
	Changes(ctx context.Context, tenant string, after int64, limit int) ([]catalog.Change, error)
	Improved(ctx context.Context, tenant string, after time.Time) ([]catalog.Change, error)
	Activities(ctx context.Context, tenant string, ids []string) ([]catalog.Activity, error)
	ActivitiesOf(ctx context.Context, tenant, partner string) ([]catalog.Activity, error)
	Partner(ctx context.Context, tenant, id string) (catalog.Partner, error)
}

// Keeper keeps one Board per tenant and follows the change log. Reading takes no lock: who finds a board that is not
// fresh brings it up to date, and the others rank on meanwhile.
type Keeper struct {
	source  Source
	schemes func(ctx context.Context, tenant string) ([]regeling.Scheme, error)
	ways    func() geo.Ways
	tenants sync.Map // tenant -> *kept
}

// kept is the board of one tenant.
type kept struct {
	now  atomic.Pointer[version]
	turn sync.Mutex // held by who makes the next version
}

// version is a board and the place in the change log it stands at.
type version struct {
	board    *Board
	improved []catalog.Change // of the last year; only the next version adds to it
	seq      int64
	asked    time.Time

	organised map[string][]string // activities of a partner that is not their first organiser
}

const (
	fresh       = 500 * time.Millisecond // so long a board is used without asking the change log again
	mostChanges = 2000                   // more than these and the board is packed anew

	improvedFor = 366 * 24 * time.Hour // so long what got better can be news
)

// NewKeeper makes a Keeper over a source; schemes gives the funding schemes of a tenant, ways the streets and rivers as
// they are known now.
func NewKeeper(source Source, schemes func(ctx context.Context, tenant string) ([]regeling.Scheme, error), ways func() geo.Ways) *Keeper {
	return &Keeper{source: source, schemes: schemes, ways: ways}
}

// Board gives the live catalogue of a tenant. A change that was stored half a second ago is on it, but for the moment in
// which it is being brought up to date.
func (k *Keeper) Board(ctx context.Context, tenant string) (*Board, error) {
	live, err := k.Live(ctx, tenant)
	return live.Board, err
}

// Live gives the board with what got better in the last year.
func (k *Keeper) Live(ctx context.Context, tenant string) (Live, error) {
	slot, _ := k.tenants.LoadOrStore(tenant, &kept{})
	t := slot.(*kept)
	v := t.now.Load()
	switch {
	case v == nil:
		t.turn.Lock()
	case time.Since(v.asked) < fresh || !t.turn.TryLock():
		return v.live(), nil
	}
	defer t.turn.Unlock()
	next, err := k.next(ctx, tenant, t.now.Load())
	if err != nil {
		return Live{}, err
	}
	t.now.Store(next)
	return next.live(), nil
}

func (v *version) live() Live { return Live{v.board, v.improved} }

// next brings a version up to date; nil is the one before the first.
func (k *Keeper) next(ctx context.Context, tenant string, v *version) (*version, error) {
	ways := k.ways()
	if v == nil || v.board.ways != ways {
		return k.whole(ctx, tenant, ways)
	}
	if time.Since(v.asked) < fresh {
		return v, nil
	}
	asked := time.Now()
	changes, err := k.source.Changes(ctx, tenant, v.seq, mostChanges)
	switch {
	case err != nil:
		return nil, err
	case len(changes) == 0:
		return &version{board: v.board, improved: v.improved, seq: v.seq, asked: asked, organised: v.organised}, nil
	case len(changes) == mostChanges:
		return k.whole(ctx, tenant, ways)
	}
	next := &version{board: v.board, improved: v.improved, seq: changes[len(changes)-1].Seq, asked: asked, organised: maps.Clone(v.organised)}
	next.addImproved(changes)
	return next, k.apply(ctx, tenant, next, changes)
}

// whole packs the catalogue anew.
func (k *Keeper) whole(ctx context.Context, tenant string, ways geo.Ways) (*version, error) {
	asked := time.Now()
	partners, activities, seq, err := k.source.All(ctx, tenant)
	if err != nil {
		return nil, err
	}
	schemes, err := k.schemes(ctx, tenant)
	if err != nil {
		return nil, err
	}
	improved, err := k.source.Improved(ctx, tenant, asked.Add(-improvedFor))
	if err != nil {
		return nil, err
	}
	v := &version{board: NewBoard(partners, activities, schemes, ways), improved: improved, seq: seq, asked: asked, organised: map[string][]string{}}
	v.organise(activities)
	return v, nil
}

// addImproved takes over what got better. What was read with the whole catalogue can come once more, and is passed over.
func (v *version) addImproved(changes []catalog.Change) {
	for _, c := range changes {
		last := len(v.improved) - 1
		if len(c.Better) > 0 && !c.At.IsZero() && (last < 0 || v.improved[last].Seq < c.Seq) {
			v.improved = append(v.improved, c)
		}
	}
}

// organise remembers which partners organise activities together with others.
func (v *version) organise(list []catalog.Activity) {
	for i := range list {
		for _, id := range list[i].Partners {
			if a := &list[i]; id != a.MainPartner() && !slices.Contains(v.organised[id], a.ID) {
				v.organised[id] = append(slices.Clip(v.organised[id]), a.ID)
			}
		}
	}
}

// apply puts changes on the board of a version.
func (k *Keeper) apply(ctx context.Context, tenant string, v *version, changes []catalog.Change) error {
	ids, activities := map[string]bool{}, map[string]catalog.Activity{}
	for _, c := range changes {
		switch c.Kind {
		case "activity":
			ids[c.ID] = true
		case "partner": // what it declared counts for all its activities
			list, err := k.source.ActivitiesOf(ctx, tenant, c.ID)
			if err != nil {
				return err
			}
			for _, a := range list {
				activities[a.ID] = a
			}
			for _, id := range v.organised[c.ID] {
				ids[id] = true
			}
		default:
			schemes, err := k.schemes(ctx, tenant)
			if err != nil {
				return err
			}
			v.board = v.board.WithSchemes(schemes)
		}
	}
	gone, err := k.read(ctx, tenant, ids, activities)
	if err != nil || len(activities)+len(gone) == 0 {
		return err
	}
	list := make([]catalog.Activity, 0, len(activities))
	for _, a := range activities {
		list = append(list, a)
	}
	partners, err := k.partnersOf(ctx, tenant, list)
	if err != nil {
		return err
	}
	v.organise(list)
	v.board = v.board.With(partners, list, gone)
	return nil
}

// read adds the activities of ids as they stand now, and gives the ids of those that are gone.
func (k *Keeper) read(ctx context.Context, tenant string, ids map[string]bool, to map[string]catalog.Activity) (gone []string, err error) {
	var wanted []string
	for id := range ids {
		if _, read := to[id]; !read {
			wanted = append(wanted, id)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	list, err := k.source.Activities(ctx, tenant, wanted)
	for _, a := range list {
		to[a.ID] = a
	}
	for _, id := range wanted {
		if _, read := to[id]; !read {
			gone = append(gone, id)
		}
	}
	return gone, err
}

// partnersOf reads the organisers of activities; one that does not exist is left out.
func (k *Keeper) partnersOf(ctx context.Context, tenant string, list []catalog.Activity) ([]catalog.Partner, error) {
	seen, out := map[string]bool{}, []catalog.Partner{}
	for _, a := range list {
		for _, id := range append([]string{a.Partner}, a.Partners...) {
			if id == "" || seen[id] {
				continue
			}
			seen[id] = true
			p, err := k.source.Partner(ctx, tenant, id)
			if errs.KindOf(err) == errs.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}
