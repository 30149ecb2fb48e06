package matcher_test

import (
	"math"
	"slices"
	"testing"

	"wijknetwerk/matcher"
)

func TestTwoChildrenWhoHaveEachOthersFirstWishAreToldToSwap(t *testing.T) {
	p := matcher.Pool{
		Slots: []matcher.PoolSlot{{ID: "dans", Capacity: 1}, {ID: "judo", Capacity: 1}},
		Children: []matcher.PoolChild{
			{Code: "uil", Wishes: []matcher.Wish{{Slot: "dans", Fit: 1, Allowed: true}, {Slot: "judo", Fit: 9, Allowed: true}}},
			{Code: "vos", Wishes: []matcher.Wish{{Slot: "judo", Fit: 1, Allowed: true}, {Slot: "dans", Fit: 9, Allowed: true}}},
		},
	}
	swaps := allocate(t, p).Best.Swaps
	if len(swaps) != 1 || len(swaps[0].Moves) != 2 || swaps[0].Moves[0].ToRank != 1 {
		t.Errorf("%+v", swaps)
	}
}

func TestMoreChildrenEnrolledThanPlacesLeavesNoRoomAndIsTold(t *testing.T) {
	a := allocate(t, matcher.Pool{
		Slots:    []matcher.PoolSlot{{ID: "judo", Capacity: 8, Enrolled: 11}},
		Children: []matcher.PoolChild{{Code: "uil", Wishes: []matcher.Wish{{Slot: "judo", Fit: 3, Allowed: true}}}},
	})
	if a.Best.Unplaced != 1 || a.Best.Hopeless != 1 || len(a.Notes) != 1 {
		t.Fatalf("%+v", a)
	}
	if want := `Bij plek "judo" zijn 11 kinderen ingeschreven voor 8 plekken. We rekenen met 0 vrije plekken. Vraag het na bij de aanbieder.`; a.Notes[0] != want {
		t.Error(a.Notes[0])
	}
}

func TestAPoolWithoutChildrenOrWithoutSlotsIsDividedToo(t *testing.T) {
	empty := allocate(t, matcher.Pool{Slots: []matcher.PoolSlot{{ID: "s", Capacity: 3}}})
	if empty.Best.Unplaced != 0 || empty.Best.Top1 != 0 || len(empty.Best.Children) != 0 || !empty.Best.Proven {
		t.Errorf("%+v", empty.Best)
	}
	alone := allocate(t, matcher.Pool{Children: []matcher.PoolChild{{Code: "uil"}}})
	if alone.Lottery.Unplaced != 1 || alone.Best.Hopeless != 1 {
		t.Errorf("%+v", alone.Best)
	}
}

func TestWhatCannotBeReadIsNamedWithItsPlaceAndWhatWasExpected(t *testing.T) {
	slots := []matcher.PoolSlot{{ID: "judo", Capacity: 2}}
	child := func(code string, w ...matcher.Wish) matcher.PoolChild {
		return matcher.PoolChild{Code: code, Wishes: w}
	}
	for want, p := range map[string]matcher.Pool{
		`De code "uil" staat er twee keer in. Geef elk kind een eigen code.`:                            {Children: []matcher.PoolChild{child("uil"), child("uil")}},
		`De plek "judo" staat er twee keer in. Geef elke plek een eigen id.`:                            {Slots: []matcher.PoolSlot{slots[0], slots[0]}},
		`Wens 1 van "uil" is voor plek "dans", en die is er niet.`:                                      {Slots: slots, Children: []matcher.PoolChild{child("uil", matcher.Wish{Slot: "dans"})}},
		`Wens 2 van "uil" is voor plek "judo", en die stond er al. Elke plek één keer.`:                 {Slots: slots, Children: []matcher.PoolChild{child("uil", matcher.Wish{Slot: "judo"}, matcher.Wish{Slot: "judo"})}},
		`Wens 1 van "uil" heeft geen goed aantal punten. Verwacht 0 tot en met 1000.`:                   {Slots: slots, Children: []matcher.PoolChild{child("uil", matcher.Wish{Slot: "judo", Fit: math.NaN()})}},
		`Bij "uil" staan 9 plekken. Verwacht 1 tot en met 5.`:                                           {Children: []matcher.PoolChild{{Code: "uil", Places: 9}}},
		`Bij plek "judo" staat een aantal onder 0. Capaciteit, ingeschreven en minimum zijn 0 of meer.`: {Slots: []matcher.PoolSlot{{ID: "judo", Capacity: -1}}},
		`Plek "judo" eindigt niet na het begin. Verwacht een eindtijd later op de dag.`:                 {Slots: []matcher.PoolSlot{{ID: "judo", Weekday: "ma", Start: 900, End: 900}}},
		`Er is geen kind met code "vos". Kijk de code na.`:                                              {Children: []matcher.PoolChild{child("uil")}, Friends: []matcher.Friends{{A: "uil", B: "vos"}}},
		`"uil" staat samen met zichzelf. Vul twee verschillende codes in.`:                              {Children: []matcher.PoolChild{child("uil")}, Friends: []matcher.Friends{{A: "uil", B: "uil"}}},
		`Dit kind heeft geen code. Geef elk kind een eigen code.`:                                       {Children: []matcher.PoolChild{child("")}},
		`"uil" en "vos" hebben samen geen goed aantal punten. Verwacht 0 tot en met 1000.`:              {Children: []matcher.PoolChild{child("uil"), child("vos")}, Friends: []matcher.Friends{{A: "uil", B: "vos", Points: math.Inf(1)}}},
		`"vos" en "uil" staan er twee keer samen in. Eén keer is genoeg.`:                               {Children: []matcher.PoolChild{child("uil"), child("vos")}, Friends: []matcher.Friends{{A: "uil", B: "vos"}, {A: "vos", B: "uil"}}},
	} {
		_, err := matcher.Allocate(p)
		if err == nil || err.Error() != "Deze verdeling kan niet worden gemaakt. "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestFriendsGoTogetherWhenThatIsWorthItAndAlwaysWhenTheyMust(t *testing.T) {
	p := matcher.Pool{
		Slots: []matcher.PoolSlot{{ID: "dans", Capacity: 1}, {ID: "judo", Capacity: 2}},
		Children: []matcher.PoolChild{
			{Code: "uil", Wishes: []matcher.Wish{{Slot: "dans", Fit: 9, Allowed: true}, {Slot: "judo", Fit: 5, Allowed: true}}},
			{Code: "vos", Wishes: []matcher.Wish{{Slot: "judo", Fit: 8, Allowed: true}}},
		},
	}
	at := func(f matcher.Friends) string {
		p.Friends = []matcher.Friends{f}
		return gotOf(allocate(t, p).Best)["uil"][0]
	}
	if got := at(matcher.Friends{A: "uil", B: "vos", Points: 3}); got != "dans" {
		t.Errorf("3 points against a loss of 4: %s", got)
	}
	if got := at(matcher.Friends{A: "uil", B: "vos", Points: 5}); got != "judo" {
		t.Errorf("5 points against a loss of 4: %s", got)
	}
	if got := at(matcher.Friends{A: "uil", B: "vos", Must: true}); got != "judo" {
		t.Errorf("they must: %s", got)
	}
}

func TestWhyThisPlaceIsToldInWordsWithoutNamingOthers(t *testing.T) {
	wish := func(slots ...string) (out []matcher.Wish) {
		for i, id := range slots {
			out = append(out, matcher.Wish{Slot: id, Fit: float64(9 - i), Allowed: id != "zwem"})
		}
		return out
	}
	p := matcher.Pool{Seed: 1,
		Slots: []matcher.PoolSlot{{ID: "dans", Capacity: 2}, {ID: "judo", Capacity: 5, Enrolled: 5}, {ID: "kook", Capacity: 9, Min: 6}, {ID: "zwem", Capacity: 9}, {ID: "bal", Capacity: 9}},
		Children: []matcher.PoolChild{
			{Code: "uil", Wishes: wish("dans")}, {Code: "vos", Wishes: wish("dans")},
			{Code: "das", Wishes: wish("dans", "bal")}, {Code: "eend", Wishes: wish("judo", "kook", "zwem", "bal")}, {Code: "egel", Wishes: wish("zwem", "judo")}, {Code: "kip"},
		}}
	v := allocate(t, p).Best
	for code, want := range map[string][]string{
		"uil":  {"Dit is de eerste wens."},
		"das":  {"Dit is de tweede wens.", "De eerste wens is vol: 3 kinderen wilden een van de 2 plekken."},
		"eend": {"Dit is de vierde wens.", "De eerste wens was al vol.", "De tweede wens gaat niet door: daar zijn minstens 6 kinderen nodig."},
		"egel": {"Er is geen plek gevonden. Zoek samen verder of kijk of er ergens een plek bij kan.", "De eerste wens kan nu niet: er staat nog iets in de weg.", "De tweede wens was al vol."},
		"kip":  {"Er is geen wens die bij dit kind past. Zoek samen verder."},
		"haas": nil,
	} {
		if got := v.Explain(code); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

func TestAWishAtTheTimeOfThePlaceIsNotToldAsTheReasonForIt(t *testing.T) {
	slot := func(id string, capacity int) matcher.PoolSlot {
		return matcher.PoolSlot{ID: id, Weekday: "wo", Start: 900, End: 960, Capacity: capacity}
	}
	wish := func(id string, fit float64) matcher.Wish { return matcher.Wish{Slot: id, Fit: fit, Allowed: true} }
	p := matcher.Pool{Slots: []matcher.PoolSlot{slot("dans", 1), slot("judo", 9)}, Friends: []matcher.Friends{{A: "das", B: "uil", Must: true}}, Children: []matcher.PoolChild{
		{Code: "das", Wishes: []matcher.Wish{wish("dans", 9), wish("judo", 5)}}, {Code: "uil", Wishes: []matcher.Wish{wish("dans", 9), wish("judo", 5)}}}}
	want := []string{"Dit is de tweede wens.", "Bij de eerste wens is geen plek voor iedereen die samen moet.", "Samen gaan telde ook mee."}
	if got := allocate(t, p).Best.Explain("uil"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
