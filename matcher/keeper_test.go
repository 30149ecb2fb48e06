package matcher_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// shop is a catalogue with a change log in memory.
type shop struct {
	mu         sync.Mutex
	partners   map[string]catalog.Partner
	activities map[string]catalog.Activity
	log        []catalog.Change
	schemes    []regeling.Scheme
	wholes     int // how often the whole catalogue was read
}

func (s *shop) change(kind, id string, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	s.log = append(s.log, catalog.Change{Seq: int64(len(s.log) + 1), Kind: kind, ID: id})
}

func (s *shop) put(a catalog.Activity) {
	s.change("activity", a.ID, func() { s.activities[a.ID] = a })
}

func (s *shop) All(context.Context, string) (ps []catalog.Partner, as []catalog.Activity, seq int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wholes++
	for _, p := range s.partners {
		ps = append(ps, p)
	}
	for _, a := range s.activities {
		as = append(as, a)
	}
	return ps, as, int64(len(s.log)), nil
}

func (s *shop) Changes(_ context.Context, _ string, after int64, limit int) ([]catalog.Change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log[after:min(int(after)+limit, len(s.log))]), nil
}

func (s *shop) Improved(_ context.Context, _ string, after time.Time) (out []catalog.Change, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.log {
		if len(c.Better) > 0 && c.At.After(after) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (s *shop) Activities(_ context.Context, _ string, ids []string) (out []catalog.Activity, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if a, ok := s.activities[id]; ok {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *shop) ActivitiesOf(_ context.Context, _, partner string) (out []catalog.Activity, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.activities {
		if a.MainPartner() == partner {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *shop) Partner(_ context.Context, _, id string) (catalog.Partner, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.partners[id]
	if !ok {
		return p, errs.New(errs.NotFound, "Deze aanbieder bestaat niet.")
	}
	return p, nil
}

func (s *shop) keeper() *matcher.Keeper {
	schemes := func(context.Context, string) ([]regeling.Scheme, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.schemes, nil
	}
	return matcher.NewKeeper(s, schemes, func() geo.Ways { return rivers })
}

func openShop() *shop {
	s := &shop{partners: map[string]catalog.Partner{}, activities: map[string]catalog.Activity{}, schemes: verified()}
	for _, p := range somePartners {
		s.partners[p.ID] = p
	}
	a := easyOffer()
	a.ID, a.Partner, a.Partners = "A", "", []string{"p-ok", "p-new"}
	s.activities["A"] = a
	return s
}

// within waits until the board of a keeper is as it should be, two seconds at most.
func within(t *testing.T, k *matcher.Keeper, what string, ok func(*matcher.Board) bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		b, err := k.Board(context.Background(), "t")
		if err != nil {
			t.Fatal(err)
		}
		if ok(b) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("after two seconds not yet: %s", what)
		}
	}
}

func lineOn(t *testing.T, b *matcher.Board, id string) (matcher.Item, bool) {
	t.Helper()
	r, err := matcher.Rank(easyNeed(), b, nil, matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return lineOf(r, id)
}

func TestAChangeIsInTheRankingWithinTwoSecondsWithoutReadingEverything(t *testing.T) {
	t.Parallel()
	s := openShop()
	k := s.keeper()
	within(t, k, "the first board", func(b *matcher.Board) bool { return b.Len() == 1 })
	b := easyOffer()
	b.ID = "B"
	s.put(b)
	within(t, k, "a new activity", func(b *matcher.Board) bool { _, ok := lineOn(t, b, "B"); return ok })
	b.State = catalog.Withdrawn
	s.put(b)
	within(t, k, "a withdrawn activity", func(b *matcher.Board) bool { return b.Len() == 1 && !b.Has("B") })
	s.change("activity", "A", func() { delete(s.activities, "A") })
	within(t, k, "an activity that is gone", func(b *matcher.Board) bool { return b.Len() == 0 })
	if s.wholes != 1 {
		t.Errorf("the whole catalogue was read %d times, want once", s.wholes)
	}
}

func TestWhatAPartnerDeclaresCountsForWhatItOrganisesWithOthers(t *testing.T) {
	t.Parallel()
	s := openShop()
	k := s.keeper()
	within(t, k, "safety not declared", func(b *matcher.Board) bool { it, ok := lineOn(t, b, "A"); return ok && it.SMWOnly })
	s.change("partner", "p-new", func() {
		p := s.partners["p-new"]
		p.Safety = s.partners["p-ok"].Safety
		s.partners["p-new"] = p
	})
	within(t, k, "safety declared", func(b *matcher.Board) bool { it, ok := lineOn(t, b, "A"); return ok && !it.SMWOnly })
	if s.wholes != 1 {
		t.Errorf("the whole catalogue was read %d times, want once", s.wholes)
	}
}

func TestOtherSchemesChangeTheCostAndNothingElse(t *testing.T) {
	t.Parallel()
	s := openShop()
	a := s.activities["A"]
	price("contributie", 26500)(&a)
	s.activities["A"] = a
	need := easyNeed()
	need.Parent["P7"], need.Parent["P8"] = raw("0"), raw([]string{"uitkering"})
	net := func(b *matcher.Board) int {
		r, err := matcher.Rank(need, b, nil, matcher.Options{})
		if err != nil || len(r.Items) != 1 {
			t.Fatal(err, len(r.Items))
		}
		return r.Items[0].Cost.NetCents
	}
	k := s.keeper()
	var before int
	within(t, k, "the first board", func(b *matcher.Board) bool { before = net(b); return true })
	s.change("scheme", "", func() { s.schemes = nil })
	within(t, k, "no schemes", func(b *matcher.Board) bool { return net(b) == 26500 })
	if before >= 26500 {
		t.Errorf("net %d with schemes", before)
	}
}

func TestManyReadWhileTheCatalogueChanges(t *testing.T) {
	t.Parallel()
	s := openShop()
	k := s.keeper()
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				b, err := k.Board(context.Background(), "t")
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := matcher.Rank(easyNeed(), b, nil, matcher.Options{Limit: 5}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 30 {
		a := easyOffer()
		a.ID = "N" + string(rune('A'+i))
		s.put(a)
		time.Sleep(10 * time.Millisecond)
	}
	within(t, k, "all thirty", func(b *matcher.Board) bool { return b.Len() == 31 })
	close(stop)
	wg.Wait()
}

func TestWhatGotBetterIsKnownFromTheStartAndFollowed(t *testing.T) {
	t.Parallel()
	s := openShop()
	better := func(ago time.Duration, what ...catalog.Better) {
		s.put(s.activities["A"])
		s.log[len(s.log)-1].At, s.log[len(s.log)-1].Better = time.Now().Add(-ago), what
	}
	better(400*24*time.Hour, catalog.OtherPlace) // too long ago
	better(time.Hour, catalog.Cheaper)
	better(time.Minute)
	k := s.keeper()
	known := func(want ...catalog.Better) {
		t.Helper()
		within(t, k, "what got better", func(*matcher.Board) bool {
			live, err := k.Live(t.Context(), "t")
			var got []catalog.Better
			for _, c := range live.Improved {
				got = append(got, c.Better...)
			}
			return err == nil && slices.Equal(got, want)
		})
	}
	known(catalog.Cheaper)
	s.mu.Lock()
	s.log = append(s.log, catalog.Change{Seq: int64(len(s.log) + 1), Kind: "activity", ID: "A", At: time.Now(), Better: []catalog.Better{catalog.RoomAgain}})
	s.mu.Unlock()
	known(catalog.Cheaper, catalog.RoomAgain)
	s.put(s.activities["A"])
	known(catalog.Cheaper, catalog.RoomAgain)
}
