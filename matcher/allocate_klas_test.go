package matcher_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// klasWorld is a class with a catalogue.
type klasWorld struct {
	supplyWorld
	cards []kindinkaart.CardNeed
	gone  string // an activity that is withdrawn between ranking and reading
	asked [][]string
}

func (w *klasWorld) ForKlas(_ context.Context, who access.Actor, id string) (kindinkaart.KlasNeeds, error) {
	if id != "k1" {
		return kindinkaart.KlasNeeds{}, errs.New(errs.NotFound, "Dit bestaat niet.")
	}
	return kindinkaart.KlasNeeds{Klas: kindinkaart.Klas{ID: id, Name: "Groep 6"}, Cards: w.cards, Waiting: 2, LeftOut: 1}, nil
}

func (w *klasWorld) Activities(_ context.Context, _ string, ids []string) (out []catalog.Activity, err error) {
	w.asked = append(w.asked, ids)
	for _, a := range w.list {
		if slices.Contains(ids, a.ID) && a.ID != w.gone {
			out = append(out, a)
		}
	}
	return out, nil
}

func (w *klasWorld) Partner(_ context.Context, _, id string) (catalog.Partner, error) {
	return catalog.Partner{ID: id}, nil
}

func (w *klasWorld) desk() *matcher.KlasDesk {
	schemes := func(context.Context, string) ([]regeling.Scheme, error) { return nil, nil }
	boards := matcher.NewKeeper(w, schemes, func() geo.Ways { return geo.Ways{} })
	return &matcher.KlasDesk{Needs: w, Boards: boards, Catalogue: w}
}

func (w *klasWorld) wishes(t *testing.T) matcher.KlasWishes {
	t.Helper()
	d := w.desk()
	if _, err := d.Wishes(t.Context(), access.Actor{Tenant: "t1"}, "k2"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another class: %v", err)
	}
	out, err := d.Wishes(t.Context(), access.Actor{Tenant: "t1"}, "k1")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cookingKlas is a class of three who like cooking, with a cookery club that has room for so many.
func cookingKlas(capacity *int, enrolled int) *klasWorld {
	club := cookingAt(north(300))
	club.Slots[0].Capacity, club.Slots[0].Enrolled = capacity, enrolled
	w := &klasWorld{supplyWorld: supplyWorld{list: []catalog.Activity{club}}}
	for _, animal := range []string{"das", "uil", "vos"} {
		w.cards = append(w.cards, kindinkaart.CardNeed{Animal: animal, Need: card("koken", "koken").Need})
	}
	return w
}

func TestTheWishesOfAClassComeFromTheLiveCatalogueUnderTheAnimalsOfTheCards(t *testing.T) {
	w := cookingKlas(intp(10), 8)
	got := w.wishes(t)
	if len(got.Cards) != 3 || len(got.Offers) != 1 || got.Klassen[0].Waiting != 2 || got.Klassen[0].LeftOut != 1 || len(w.asked) != 1 {
		t.Fatalf("%+v", got)
	}
	if c := got.Cards[1]; c.Animal != "uil" || len(c.Wishes) != 1 || c.Wishes[0].Offer != "kookclub/wo" || c.Wishes[0].Points <= 0 {
		t.Errorf("%+v", got.Cards[1])
	}
	a := allocate(t, got.Pool(matcher.Terms{Places: 1, Unknown: 4, Seed: 3}))
	if a.Best.Unplaced != 1 || a.Lottery.Unplaced != 1 || a.Best.Sizes[0].Placed != 2 {
		t.Errorf("two places for three: %+v", a.Best)
	}
	said, _ := json.Marshal(got.Cards)
	if strings.Contains(string(said), "W2") {
		t.Errorf("answers are in %s", said)
	}
}

func TestWhereTheProviderSaysNoNumberWeTakeWhatThePersonSaysAndWhatIsFullHasNone(t *testing.T) {
	free := func(w *klasWorld) int {
		a := allocate(t, w.wishes(t).Pool(matcher.Terms{Places: 1, Unknown: 2, Seed: 3}))
		if len(a.Best.Sizes) == 0 {
			return 0 // not proposed at all
		}
		return a.Best.Sizes[0].Room
	}
	if got := free(cookingKlas(nil, 0)); got != 2 {
		t.Errorf("unknown: %d", got)
	}
	if got := free(cookingKlas(intp(5), 9)); got != 0 {
		t.Errorf("more enrolled than places: %d", got)
	}
	stopped := cookingKlas(intp(10), 0)
	stopped.list[0].Slots[0].MembershipStop = true
	if got := free(stopped); got != 0 {
		t.Errorf("takes nobody now: %d", got)
	}
}

func TestAWishForAnActivityThatIsGoneFallsAwayAndAChildThatCannotBeRankedForIsLeftOut(t *testing.T) {
	w := cookingKlas(intp(10), 0)
	w.gone = "kookclub"
	young := card("koken", "koken").Need
	young.Born = kindinkaart.Born{Year: searchDay.Year - 2, Month: 1}
	w.cards = append(w.cards, kindinkaart.CardNeed{Animal: "wolf", Need: young})
	got := w.wishes(t)
	if len(got.Offers) != 0 || len(got.Cards) != 3 || len(got.Cards[0].Wishes) != 0 || got.Klassen[0].LeftOut != 2 {
		t.Errorf("%+v", got)
	}
	if a := allocate(t, got.Pool(matcher.Terms{Places: 2})); a.Best.Unplaced != 3 || a.Best.Hopeless != 3 {
		t.Errorf("%+v", a.Best)
	}
}
