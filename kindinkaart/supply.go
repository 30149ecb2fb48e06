package kindinkaart

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
)

// SupplyNeed is one child as figures about missing supply know it: what ranking needs, and a wijk. It has no name, no id and
// no day of birth, and nothing of what was arranged or paid.
type SupplyNeed struct {
	Need Need
	Wijk string // area code, "" = unknown
	Klas bool   // answered with a class card: searched from school and on foot (DOMAIN 8, P2)
}

// Supply is what figures about missing supply are made of. It is for the matcher; pages get counts only.
type Supply struct {
	Needs   []SupplyNeed
	Schools []School
	MinCell int // counts under this are never told; at least 5
}

// supplySubject is what figures about missing supply are called in the audit.
var supplySubject = subject{kind: "supply_gaps"}

// SeeSupply says whether somebody may see where supply is missing, and records the looking (DOMAIN 7.4, supply gaps).
func (s *Service) SeeSupply(ctx context.Context, who access.Actor) error {
	_, err := run(ctx, s, who, supplySubject, func(a *act) (struct{}, error) {
		if err := a.maySeeSupply(); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.record("read", supplySubject, "beheer", "")
	})
	return err
}

// SeeOwnSupply is SeeSupply for a partner, who sees only what is about its own tags.
func (s *Service) SeeOwnSupply(ctx context.Context, who access.Actor) error {
	_, err := run(ctx, s, who, supplySubject, func(a *act) (struct{}, error) {
		if err := a.mayCountSupply(); err != nil || who.Partner == "" {
			return struct{}{}, cmp.Or(err, notThere())
		}
		return struct{}{}, a.record("read", supplySubject, "beheer", "eigen aanbod")
	})
	return err
}

// ForSupply gives the needs of every child of a tenant whose answers may be used, for counting only: children with the
// consent "profiel", and finished class cards that were not linked to one of them. Of a class that is answering nobody
// counts yet. Who may not see supply gaps, nor those of its own tags, gets errs.NotFound.
func (s *Service) ForSupply(ctx context.Context, who access.Actor) (Supply, error) {
	return run(ctx, s, who, supplySubject, func(a *act) (Supply, error) {
		if err := a.mayCountSupply(); err != nil {
			return Supply{}, err
		}
		schools, err := a.Schools().Find(a.tenant(), Query{})
		if err != nil {
			return Supply{}, err
		}
		for i := range schools {
			if err := a.placeSchool(&schools[i]); err != nil {
				return Supply{}, err
			}
		}
		needs, err := a.supplyNeeds(schools)
		if err != nil {
			return Supply{}, err
		}
		out := Supply{Needs: needs, Schools: schools, MinCell: s.minCell()}
		return out, a.record("count", supplySubject, "beheer", fmt.Sprintf("%d profielen", len(needs)))
	})
}

func (a *act) maySeeSupply() error {
	return a.may(access.Read, access.Subject{Kind: access.SupplyGaps, Tenant: a.who.Tenant})
}

// mayCountSupply is for who may see the figures, or a part of them.
func (a *act) mayCountSupply() error {
	return a.may(access.Aggregate, access.Subject{Kind: access.SupplyGaps, Tenant: a.who.Tenant, Partner: a.who.Partner})
}

// placeSchool fills the point and the wijk of a school from its postcode where they are not known.
func (a *act) placeSchool(s *School) error {
	if s.Postcode == "" {
		return nil
	}
	if s.Point == (geo.Point{}) {
		point, _, err := a.whereIs(s.Postcode)
		if err != nil {
			return err
		}
		s.Point = roundPoint(point)
	}
	if s.Wijk != "" {
		return nil
	}
	wijk, err := a.WijkOf(s.Postcode)
	s.Wijk = wijk
	return err
}

// supplyNeeds gathers children and cards.
func (a *act) supplyNeeds(schools []School) ([]SupplyNeed, error) {
	children, err1 := a.Children().Find(a.tenant(), Query{})
	consents, err2 := a.Consents().Find(a.tenant(), Query{})
	afnames, err3 := a.Afnames().Find(a.tenant(), Query{})
	klassen, err4 := a.Klassen().Find(a.tenant(), Query{})
	if err := firstError(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	school := map[string]School{}
	for _, s := range schools {
		school[s.ID] = s
	}
	said := groupBy(consents, func(c Consent) string { return c.Child })
	answered := groupBy(afnames, func(f Afname) string { return f.Child })
	var out []SupplyNeed
	for _, c := range children {
		n, ok, err := a.supplyOfChild(c, said[c.ID], answered[c.ID], school[c.School])
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, n)
		}
	}
	ofKlas := groupBy(answered[""], func(f Afname) string { return f.Klas })
	for _, k := range klassen {
		needs, err := a.supplyOfKlas(k, ofKlas[k.ID], school[k.School])
		if err != nil {
			return nil, err
		}
		out = append(out, needs...)
	}
	return out, nil
}

// supplyOfChild gives the need of a child with the consent "profiel" and finished answers.
func (a *act) supplyOfChild(c Child, said []Consent, answered []Afname, school School) (SupplyNeed, bool, error) {
	age := c.Born.Age(a.today)
	own := newest(answered, false)
	if own == nil || !Permitted(said, PurposeProfile, age) {
		return SupplyNeed{}, false, nil
	}
	accessNeeds := Permitted(said, PurposeAccess, age)
	n := Need{Format: FormatNeed, On: a.today, Born: Born{Year: c.Born.Year, Month: c.Born.Month}, Residence: c.Residence,
		Variant: own.Variant, Answers: forMatching(own.Answers, accessNeeds), School: schoolPlace(school)}
	if parent := newest(answered, true); parent != nil {
		n.Parent = forMatching(parent.Answers, accessNeeds)
	}
	if accessNeeds {
		n.Consents = []string{string(PurposeAccess)}
	}
	var err error
	if n.Home, err = a.place(c.Point, c.Postcode); err != nil {
		return SupplyNeed{}, false, err
	}
	if n.SecondHome, err = a.place(geo.Point{}, c.SecondHome); err != nil {
		return SupplyNeed{}, false, err
	}
	if n.Other, err = a.place(geo.Point{}, c.OtherPlace); err != nil {
		return SupplyNeed{}, false, err
	}
	if n.Home == nil && n.SecondHome == nil {
		n.Home = n.School
	}
	return SupplyNeed{Need: n, Wijk: cmp.Or(c.Wijk, school.Wijk)}, true, nil
}

// supplyOfKlas gives the needs behind the finished cards of a class. While somebody is answering it gives none: a count
// that is watched while it grows would tell which child gave which answer.
func (a *act) supplyOfKlas(k Klas, answered []Afname, school School) ([]SupplyNeed, error) {
	if k.Open {
		cards, err := a.Cards().Find(a.tenant(), Query{Klas: k.ID})
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(cards, func(c Card) bool { return c.State == CardStarted }) {
			return nil, nil
		}
	}
	var out []SupplyNeed
	for _, f := range answered {
		if f.FinishedAt.IsZero() || !f.ClassMode {
			continue
		}
		out = append(out, SupplyNeed{Need: a.needInKlas(k, school, f), Wijk: school.Wijk, Klas: true})
	}
	return out, nil
}

// schoolPlace is a school as a place to search from, nil when its place is not known.
func schoolPlace(s School) *Place {
	if s.Point == (geo.Point{}) {
		return nil
	}
	return &Place{Lat: s.Point.Lat, Lon: s.Point.Lon}
}

// groepPattern finds the group in the name of a primary class: "Groep 6", "Groep 7A", "7A".
var groepPattern = regexp.MustCompile(`(?i)^(?:groep\s*)?([1-8])(?:\s*[a-z])?$`)

// bornOfKlas is the middle of the months in which the children of a primary class were born, so that ages can be held
// against it: a child of groep 3 turns 7 between October and September of that school year. A card knows no birthday.
// Unknown for other classes.
func bornOfKlas(k Klas, of SchoolType) Born {
	m, y := groepPattern.FindStringSubmatch(k.Name), yearPattern.FindStringSubmatch(k.Year)
	if m == nil || y == nil || !slices.Contains([]SchoolType{"bo", "sbo", "so"}, of) {
		return Born{}
	}
	groep, _ := strconv.Atoi(m[1])
	begin, _ := strconv.Atoi(y[1])
	return Born{Year: begin - groep - 3, Month: time.April}
}

// groupBy divides records by a key, keeping their order.
func groupBy[T any](all []T, key func(T) string) map[string][]T {
	out := map[string][]T{}
	for _, x := range all {
		out[key(x)] = append(out[key(x)], x)
	}
	return out
}
