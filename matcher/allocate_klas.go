package matcher

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// KlasNeeds gives the needs of a class; kindinkaart.Service does. It asks for the right to read and records the reading.
type KlasNeeds interface {
	ForKlas(ctx context.Context, who access.Actor, klasID string) (kindinkaart.KlasNeeds, error)
}

// ActivitySource gives activities by id; of an id that is not there nothing comes.
type ActivitySource interface {
	Activities(ctx context.Context, tenant string, ids []string) ([]catalog.Activity, error)
}

// KlasDesk finds out what the children of a class would like.
type KlasDesk struct {
	Needs     KlasNeeds
	Boards    *Keeper
	Catalogue ActivitySource
	Locate    Locate
}

// KlasWishes are the wishes of a class over the live catalogue.
type KlasWishes struct {
	Klas    kindinkaart.Klas
	School  kindinkaart.School
	Cards   []CardWishes // by animal
	Offers  []KlasOffer  // what anybody wishes, by id
	Waiting int          // cards that are not finished
	LeftOut int          // cards that cannot be divided over here
}

// CardWishes is what the child with one card would like, what fits best first.
type CardWishes struct {
	Animal string
	Linked bool // searched from home, with what the parents said
	Thin   bool // little was answered: a varied list
	Wishes []KlasWish
}

// KlasWish is one activity at its best slot.
type KlasWish struct {
	Offer  string
	Points float64 // 0 and up
	Group  Group   // kan_zo or kan_met_hulp
}

// KlasOffer is one slot that is wished.
type KlasOffer struct {
	ID       string
	Activity catalog.Activity
	Slot     catalog.Slot
	Full     bool // takes nobody now
}

const (
	klasWishes = 15   // so many wishes of a child are looked up
	readyBonus = 15.0 // points for what can be done as it is, over what needs help first: as much as the best day and price give
)

// Wishes ranks the live catalogue for every card of a class.
func (d *KlasDesk) Wishes(ctx context.Context, who access.Actor, klasID string) (KlasWishes, error) {
	needs, err := d.Needs.ForKlas(ctx, who, klasID)
	if err != nil {
		return KlasWishes{}, err
	}
	board, err := d.Boards.Board(ctx, who.Tenant)
	if err != nil {
		return KlasWishes{}, err
	}
	out := KlasWishes{Klas: needs.Klas, School: needs.School, Waiting: needs.Waiting, LeftOut: needs.LeftOut}
	found := map[string]Item{}
	for _, c := range needs.Cards {
		result, err := Rank(c.Need, board, d.Locate, Options{Limit: klasWishes, ForChild: true})
		if err != nil {
			out.LeftOut++ // too young, or answers of a questionnaire that is gone
			continue
		}
		card := CardWishes{Animal: c.Animal, Linked: c.Linked, Thin: result.Thin}
		for _, it := range result.Items {
			found[offerID(it)] = it
			card.Wishes = append(card.Wishes, KlasWish{Offer: offerID(it), Points: wishPoints(it), Group: it.Group})
		}
		slices.SortStableFunc(card.Wishes, func(x, y KlasWish) int { return cmp.Compare(y.Points, x.Points) })
		out.Cards = append(out.Cards, card)
	}
	return out, d.addOffers(ctx, who.Tenant, &out, found)
}

// wishPoints is what a wish is worth when places are divided: its score, and more when it can be done as it is.
func wishPoints(it Item) float64 {
	points := max(it.Score, 0)
	if it.Group == KanZo {
		points += readyBonus
	}
	return min(points, maxFit)
}

// offerID names an activity at a slot; ids of slots need not differ between activities.
func offerID(it Item) string { return it.Activity + "/" + it.Slot }

// addOffers fetches the activities that are wished. A wish for one that was withdrawn in the meantime falls away.
func (d *KlasDesk) addOffers(ctx context.Context, tenant string, out *KlasWishes, found map[string]Item) error {
	full := map[string]bool{}
	var ids []string
	for _, it := range found {
		full[offerID(it)] = it.Full
		ids = append(ids, it.Activity)
	}
	slices.Sort(ids)
	activities, err := d.Catalogue.Activities(ctx, tenant, slices.Compact(ids))
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, a := range activities {
		for _, s := range a.Slots {
			if id := a.ID + "/" + s.ID; a.State == catalog.Published && slices.ContainsFunc(out.Cards, func(c CardWishes) bool { return c.wishes(id) }) {
				known[id] = true
				out.Offers = append(out.Offers, KlasOffer{ID: id, Activity: a, Slot: s, Full: full[id]})
			}
		}
	}
	slices.SortFunc(out.Offers, func(x, y KlasOffer) int { return strings.Compare(x.ID, y.ID) })
	for i := range out.Cards {
		out.Cards[i].Wishes = slices.DeleteFunc(out.Cards[i].Wishes, func(w KlasWish) bool { return !known[w.Offer] })
	}
	return nil
}

func (c CardWishes) wishes(offer string) bool {
	return slices.ContainsFunc(c.Wishes, func(w KlasWish) bool { return w.Offer == offer })
}

// Terms are what a person decides before places are divided.
type Terms struct {
	Places  int // wanted per child, 1 to 5
	Wishes  int // so many of each child count, the best ones; 0 = all that were looked up
	Min     int // children a group runs with at least, who is enrolled counted; 0 = any number
	Unknown int // places where the provider does not say how many there are
	Friends []Friends
	Seed    uint64
}

// Pool puts the wishes of a class and the terms together for Allocate. Children are called by their animal.
func (k KlasWishes) Pool(t Terms) Pool {
	p := Pool{Friends: t.Friends, Seed: t.Seed}
	for _, o := range k.Offers {
		p.Slots = append(p.Slots, o.slot(t))
	}
	for _, c := range k.Cards {
		child := PoolChild{Code: c.Animal, Places: t.Places}
		for i, w := range c.Wishes {
			if t.Wishes > 0 && i == t.Wishes {
				break
			}
			child.Wishes = append(child.Wishes, Wish{Slot: w.Offer, Fit: w.Points, Allowed: true})
		}
		p.Children = append(p.Children, child)
	}
	return p
}

// slot is an offer as it is divided. What takes nobody now has no places left, whatever its numbers say.
func (o KlasOffer) slot(t Terms) PoolSlot {
	s := PoolSlot{ID: o.ID, Activity: o.Activity.ID, Weekday: o.Slot.Weekday, Start: o.Slot.Start, End: o.Slot.End, Enrolled: o.Slot.Enrolled, Min: t.Min}
	switch {
	case o.Slot.Capacity != nil:
		s.Capacity = *o.Slot.Capacity
	default:
		s.Capacity = s.Enrolled + t.Unknown
	}
	if o.Full {
		s.Capacity = min(s.Capacity, s.Enrolled)
	}
	if s.End <= s.Start {
		s.Weekday = "" // a time that is not known overlaps with nothing
	}
	return s
}
