package matcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// KlasNeeds gives the needs of a class, or of the classes of a school; kindinkaart.Service does. It asks for the right to read
// and records the reading.
type KlasNeeds interface {
	ForKlas(ctx context.Context, who access.Actor, klasID string) (kindinkaart.KlasNeeds, error)
	ForSchool(ctx context.Context, who access.Actor, schoolID string) (kindinkaart.SchoolNeeds, error)
}

// ActivitySource gives activities by id; of an id that is not there nothing comes.
type ActivitySource interface {
	Activities(ctx context.Context, tenant string, ids []string) ([]catalog.Activity, error)
}

// KlasDesk finds out what the children of a class, or of a school, would like.
type KlasDesk struct {
	Needs     KlasNeeds
	Boards    *Keeper
	Catalogue ActivitySource
	Locate    Locate
}

// KlasWishes are the wishes of a class, or of several classes of a school, over the live catalogue.
type KlasWishes struct {
	School     kindinkaart.School
	Klassen    []KlasPart
	Cards      []CardWishes // by class, then by animal
	Offers     []KlasOffer  // what anybody wishes, by id
	OnlyCounts bool         // counts may be told and nothing of one card
	MinCell    int          // counts under this are then not told
}

// KlasPart is one class of those that are divided over.
type KlasPart struct {
	kindinkaart.Klas
	Label   string // its name; with a number behind it when two classes have the same
	Waiting int    // cards that are not finished
	LeftOut int    // cards that cannot be divided over here
	Busy    bool   // children are answering: it does not count yet
}

// CardWishes is what the child with one card would like, what fits best first.
type CardWishes struct {
	Code   string // what it is called in the pool: its animal, and over several classes also its class
	Animal string
	Klas   string // id
	Linked bool   // searched from home, with what the parents said
	Thin   bool   // little was answered: a varied list
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
	n, err := d.Needs.ForKlas(ctx, who, klasID)
	if err != nil {
		return KlasWishes{}, err
	}
	return d.wishes(ctx, who.Tenant, kindinkaart.SchoolNeeds{School: n.School, Klassen: []kindinkaart.KlasNeeds{n}})
}

// SchoolWishes ranks the live catalogue for every card of the classes of a school that somebody works with.
func (d *KlasDesk) SchoolWishes(ctx context.Context, who access.Actor, schoolID string) (KlasWishes, error) {
	n, err := d.Needs.ForSchool(ctx, who, schoolID)
	if err != nil {
		return KlasWishes{}, err
	}
	return d.wishes(ctx, who.Tenant, n)
}

// wishes ranks for all cards and fetches what is wished.
func (d *KlasDesk) wishes(ctx context.Context, tenant string, needs kindinkaart.SchoolNeeds) (KlasWishes, error) {
	board, err := d.Boards.Board(ctx, tenant)
	if err != nil {
		return KlasWishes{}, err
	}
	out := KlasWishes{School: needs.School, OnlyCounts: needs.OnlyCounts, MinCell: needs.MinCell}
	found := map[string]Standing{}
	for i, n := range needs.Klassen {
		part := KlasPart{Klas: n.Klas, Label: labelOf(needs.Klassen[:i], n.Klas.Name), Waiting: n.Waiting, LeftOut: n.LeftOut, Busy: n.Busy}
		cards := d.rankCards(board, n.Cards, found)
		part.LeftOut += len(n.Cards) - len(cards)
		for _, c := range cards {
			c.Klas, c.Code = n.Klas.ID, c.Animal
			if len(needs.Klassen) > 1 {
				c.Code = c.Animal + " (" + part.Label + ")"
			}
			out.Cards = append(out.Cards, c)
		}
		out.Klassen = append(out.Klassen, part)
	}
	return out, d.addOffers(ctx, tenant, &out, found)
}

// labelOf is the name of a class, with a number behind it when classes before it have that name too.
func labelOf(before []kindinkaart.KlasNeeds, name string) string {
	same := 1
	for _, n := range before {
		same += count(n.Klas.Name == name)
	}
	if same == 1 {
		return name
	}
	return fmt.Sprintf("%s %d", name, same)
}

// rankCards ranks for the cards of one class and adds what was found. Who is too young, or answered a questionnaire that is
// gone, is left out.
func (d *KlasDesk) rankCards(board *Board, cards []kindinkaart.CardNeed, found map[string]Standing) (out []CardWishes) {
	type ranked struct {
		lines []Standing
		thin  bool
		err   error
	}
	results := make([]ranked, len(cards))
	each(len(cards), func(i int) {
		r := &results[i]
		r.lines, r.thin, r.err = Standings(cards[i].Need, board, d.Locate, Options{Limit: klasWishes, ForChild: true})
	})
	for i, r := range results {
		if r.err != nil {
			continue
		}
		c := CardWishes{Animal: cards[i].Animal, Linked: cards[i].Linked, Thin: r.thin}
		for _, line := range r.lines {
			found[line.offer()] = line
			c.Wishes = append(c.Wishes, KlasWish{Offer: line.offer(), Points: line.wishPoints(), Group: line.Group})
		}
		slices.SortStableFunc(c.Wishes, func(x, y KlasWish) int { return cmp.Compare(y.Points, x.Points) })
		out = append(out, c)
	}
	return out
}

// wishPoints is what a wish is worth when places are divided: its score, and more when it can be done as it is.
func (s *Standing) wishPoints() float64 {
	points := max(s.Score, 0)
	if s.Group == KanZo {
		points += readyBonus
	}
	return min(points, maxFit)
}

// offer names an activity at a slot; ids of slots need not differ between activities.
func (s *Standing) offer() string { return s.Activity + "/" + s.Slot }

// addOffers fetches the activities that are wished. A wish for one that was withdrawn in the meantime falls away.
func (d *KlasDesk) addOffers(ctx context.Context, tenant string, out *KlasWishes, found map[string]Standing) error {
	full := map[string]bool{}
	var ids []string
	for id, line := range found {
		full[id] = line.Full
		ids = append(ids, line.Activity)
	}
	slices.Sort(ids)
	activities, err := d.Catalogue.Activities(ctx, tenant, slices.Compact(ids))
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, a := range activities {
		for _, s := range a.Slots {
			id := a.ID + "/" + s.ID
			if isFull, wished := full[id]; wished && a.State == catalog.Published {
				known[id] = true
				out.Offers = append(out.Offers, KlasOffer{ID: id, Activity: a, Slot: s, Full: isFull})
			}
		}
	}
	slices.SortFunc(out.Offers, func(x, y KlasOffer) int { return strings.Compare(x.ID, y.ID) })
	for i := range out.Cards {
		out.Cards[i].Wishes = slices.DeleteFunc(out.Cards[i].Wishes, func(w KlasWish) bool { return !known[w.Offer] })
	}
	return nil
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

// Pool puts the wishes and the terms together for Allocate. Children are called by the code of their card.
func (k KlasWishes) Pool(t Terms) Pool {
	p := Pool{Friends: t.Friends, Seed: t.Seed}
	for _, o := range k.Offers {
		p.Slots = append(p.Slots, o.slot(t))
	}
	for _, c := range k.Cards {
		child := PoolChild{Code: c.Code, Places: t.Places}
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
