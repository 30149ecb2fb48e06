package kindinkaart

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// KlasNeeds is a class as dividing places knows it: a need per finished card, under the animal of that card. It has no name,
// no code and no id of a child.
type KlasNeeds struct {
	Klas    Klas
	School  School
	Cards   []CardNeed // by animal
	Waiting int        // cards that are not finished
	LeftOut int        // cards of children that are with somebody else now
	Busy    bool       // for counting only: children are answering now, so nobody of it counts yet
}

// CardNeed is what matching may know of the child with a card.
type CardNeed struct {
	Animal string
	Linked bool // with consent to a child's record: searched from home, with what the parents said
	Need   Need
}

// ForKlas gives the needs behind the finished cards of a class, for its smw'er only (DOMAIN 7.4, class results), and records the
// reading, of the class and of every child that was linked. A card that was not linked is searched for from school, with the age
// that belongs to the name of the class. A class that is not the actor's gives errs.NotFound.
func (s *Service) ForKlas(ctx context.Context, who access.Actor, klasID string) (KlasNeeds, error) {
	return run(ctx, s, who, subject{"klas", klasID}, func(a *act) (KlasNeeds, error) {
		k, err := a.klas(klasID)
		if err != nil {
			return KlasNeeds{}, err
		}
		if err := a.may(access.Read, aboutKlas(k)); err != nil {
			return KlasNeeds{}, err
		}
		school, err := a.schoolAt(k.School)
		if err != nil {
			return KlasNeeds{}, err
		}
		return a.needsOfKlas(k, school)
	})
}

// schoolAt gives a school with its place; one that does not exist is a school without a name.
func (a *act) schoolAt(id string) (School, error) {
	school, err := a.Schools().Get(a.tenant(), id)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return School{}, err
	}
	return school, a.placeSchool(&school)
}

// needsOfKlas gives every card of a class and records the reading.
func (a *act) needsOfKlas(k Klas, school School) (KlasNeeds, error) {
	out := KlasNeeds{Klas: k, School: school}
	if err := a.needCards(&out); err != nil {
		return KlasNeeds{}, err
	}
	return out, a.record("match", subject{"klas", k.ID}, "zoeken", fmt.Sprintf("%d kaarten", len(out.Cards)))
}

// waits says whether a card is not finished and still can be.
func (a *act) waits(c Card) bool {
	return c.State == CardStarted || c.State == CardUnused && !a.now.After(c.ExpiresAt)
}

// needCards goes through the cards of a class.
func (a *act) needCards(out *KlasNeeds) error {
	cards, err := a.Cards().Find(a.tenant(), Query{Klas: out.Klas.ID})
	if err != nil {
		return err
	}
	for _, c := range cards {
		switch c.State {
		case CardDone:
			n, err := a.needOfCard(out.Klas, out.School, c)
			if err != nil {
				return err
			}
			out.Cards = append(out.Cards, CardNeed{Animal: c.Animal, Need: n})
		case CardLinked:
			n, err := a.needOfLinked(c)
			switch kind := errs.KindOf(err); {
			case kind == errs.NotFound || kind == errs.Refused:
				out.LeftOut++
			case err != nil:
				return err
			default:
				out.Cards = append(out.Cards, CardNeed{Animal: c.Animal, Linked: true, Need: n})
			}
		case CardUnused, CardStarted:
			if a.waits(c) {
				out.Waiting++
			}
		}
	}
	slices.SortFunc(out.Cards, func(x, y CardNeed) int { return cmp.Compare(x.Animal, y.Animal) })
	return nil
}

// needOfCard is the need behind a finished card of nobody in particular.
func (a *act) needOfCard(k Klas, school School, c Card) (Need, error) {
	af, err := a.Afnames().Get(a.tenant(), c.Afname)
	if err != nil {
		return Need{}, err
	}
	return a.needInKlas(k, school, af), nil
}

// needInKlas is what a class card tells: searched from school, at the age of the class.
func (a *act) needInKlas(k Klas, school School, af Afname) Need {
	place := schoolPlace(school)
	return Need{Format: FormatNeed, On: a.today, Born: bornOfKlas(k, school.Type), Home: place, School: place,
		Variant: af.Variant, Answers: forMatching(af.Answers, false)}
}

// needOfLinked is the need of a child whose card was linked, as for searching with the child itself.
func (a *act) needOfLinked(c Card) (Need, error) { return a.readNeed(c.Child, "klas "+c.Klas) }
