package kindinkaart

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// SchoolNeeds are the classes of a school that somebody works with, by name.
type SchoolNeeds struct {
	School     School
	Klassen    []KlasNeeds
	OnlyCounts bool // of these children counts may be told and nothing else
	MinCell    int  // counts under this are not told outside the case team; at least 5
}

// ForSchool gives the needs behind the finished cards of all classes of a school that the actor works with (DOMAIN 7.4, class
// results): of its smw'er those it owns, with every card, as ForKlas does; of the ib'er all classes of the school, for counting
// only; of a teacher with a class there the same, because places are scarce over the whole school. A linked card then counts as the card it was and never as the child, and a class in which somebody is answering does not
// count yet: a count that is watched while it grows would tell which child gave which answer. Who works with no class of the
// school gets errs.NotFound.
func (s *Service) ForSchool(ctx context.Context, who access.Actor, schoolID string) (SchoolNeeds, error) {
	return run(ctx, s, who, subject{"school", schoolID}, func(a *act) (SchoolNeeds, error) {
		klassen, err := a.divisible(schoolID)
		if err != nil {
			return SchoolNeeds{}, err
		}
		out := SchoolNeeds{OnlyCounts: who.Role != access.SMW, MinCell: s.minCell()}
		if out.School, err = a.schoolAt(schoolID); err != nil {
			return SchoolNeeds{}, err
		}
		needs := a.needsOfKlas
		if out.OnlyCounts {
			needs = a.countsOfKlas
		}
		for _, k := range klassen {
			n, err := needs(k, out.School)
			if err != nil {
				return SchoolNeeds{}, err
			}
			out.Klassen = append(out.Klassen, n)
		}
		return out, nil
	})
}

// divisible are the classes of a school whose places the actor may divide or see divided, by name.
func (a *act) divisible(schoolID string) ([]Klas, error) {
	right := map[access.Role]access.Right{access.SMW: access.Read, access.IB: access.Aggregate, access.Teacher: access.Aggregate}[a.who.Role]
	if right == "" || schoolID == "" {
		return nil, notThere()
	}
	all, err := a.Klassen().Find(a.scope, Query{School: schoolID})
	if err != nil {
		return nil, outside(err)
	}
	all = slices.DeleteFunc(all, func(k Klas) bool { return !access.Can(a.who, right, aboutKlas(k)) })
	own := func(k Klas) bool { return a.who.Role != access.Teacher || k.Teacher == a.who.ID }
	if !slices.ContainsFunc(all, own) {
		return nil, notThere()
	}
	slices.SortFunc(all, func(x, y Klas) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return all, nil
}

// countsOfKlas gives the cards of a class for counting only, and records it.
func (a *act) countsOfKlas(k Klas, school School) (KlasNeeds, error) {
	out := KlasNeeds{Klas: k, School: school}
	cards, err := a.Cards().Find(a.tenant(), Query{Klas: k.ID})
	if err != nil {
		return KlasNeeds{}, err
	}
	out.Busy = k.Open && slices.ContainsFunc(cards, func(c Card) bool { return c.State == CardStarted })
	for _, c := range cards {
		if a.waits(c) {
			out.Waiting++
		}
		if out.Busy || c.State != CardDone && c.State != CardLinked {
			continue
		}
		switch n, err := a.needOfCard(k, school, c); {
		case errs.KindOf(err) == errs.NotFound: // consent was withdrawn: the answers are gone
		case err != nil:
			return KlasNeeds{}, err
		default:
			out.Cards = append(out.Cards, CardNeed{Animal: c.Animal, Need: n})
		}
	}
	slices.SortFunc(out.Cards, func(x, y CardNeed) int { return cmp.Compare(x.Animal, y.Animal) })
	return out, a.record("count", subject{"klas", k.ID}, "volgen", fmt.Sprintf("%d kaarten", len(out.Cards)))
}
