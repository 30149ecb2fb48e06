package kindinkaart

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// Limits of class mode (DOMAIN 7.5).
const (
	maxCards   = 40
	cardUnused = 14 * 24 * time.Hour // an unused code stops working
)

var yearPattern = regexp.MustCompile(`^(20[0-9]{2})-(20[0-9]{2})$`)

// Klassen lists the classes an actor may see.
func (s *Service) Klassen(ctx context.Context, who access.Actor) ([]Klas, error) {
	return run(ctx, s, who, subject{kind: "klas"}, func(a *act) ([]Klas, error) {
		all, err := a.Klassen().Find(a.scope, Query{})
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(all, func(k Klas) bool { return !a.seesKlas(k) }), nil
	})
}

// aboutKlas is a klas as the subject of a right.
func aboutKlas(k Klas) access.Subject {
	return access.Subject{Kind: access.ClassResults, Tenant: k.Tenant, Organisation: k.Organisation, Owner: k.Owner, School: k.School}
}

// seesKlas says whether an actor works with a klas: the smw'er who owns it and the school it is in.
func (a *act) seesKlas(k Klas) bool {
	worksWith := a.who.Role == access.SMW || a.who.Role == access.Teacher || a.who.Role == access.IB
	return worksWith && access.Can(a.who, access.Aggregate, aboutKlas(k))
}

// AddKlas begins a class with a number of cards (1 to 40).
func (s *Service) AddKlas(ctx context.Context, who access.Actor, k Klas, cards int) (Klas, error) {
	return run(ctx, s, who, subject{kind: "klas"}, func(a *act) (Klas, error) {
		if err := a.may(access.Write, a.ownCase(access.Trajectory)); err != nil {
			return Klas{}, err
		}
		if k.Year == "" {
			k.Year = schoolYear(a.now)
		}
		if err := checkKlas(k, cards); err != nil {
			return Klas{}, err
		}
		if err := a.knownSchool(k.School); err != nil {
			return Klas{}, err
		}
		k.ID, k.Tenant, k.Organisation, k.Owner = a.service.NewID(), who.Tenant, who.Organisation, who.ID
		k.CreatedAt, k.Version = a.now, 0
		k, err := a.Klassen().Put(a.scope, k)
		if err != nil {
			return Klas{}, err
		}
		if err := a.addCards(k, cards); err != nil {
			return Klas{}, err
		}
		return k, a.record("create", subject{"klas", k.ID}, "zoeken", fmt.Sprintf("%d kaarten", cards))
	})
}

// checkKlas names what cannot be used.
func checkKlas(k Klas, cards int) error {
	var wrong []errs.Field
	add := func(ok bool, name, message string) {
		if !ok {
			wrong = append(wrong, errs.Field{Name: name, Message: message})
		}
	}
	name := utf8.RuneCountInString(strings.TrimSpace(k.Name))
	info, known := questionnaire.Default().Variant(k.Variant)
	add(name >= 1 && name <= 40, "name", "Vul de naam van de klas in, bijvoorbeeld Groep 5B.")
	add(k.School != "", "school", "Kies een school uit de lijst.")
	add(known && len(info.ClassOrder) > 0, "variant", "Kies welke vragen de kinderen krijgen.")
	add(cards >= 1 && cards <= maxCards, "cards", "Vul het aantal kaarten in: 1 tot en met 40.")
	y := yearPattern.FindStringSubmatch(k.Year)
	add(y != nil && y[1] < y[2], "year", "Vul het schooljaar in als 2026-2027.")
	if len(wrong) > 0 {
		return errs.InvalidFields("Deze klas is nog niet compleet.", wrong...)
	}
	return nil
}

// schoolYear is the school year of a moment: it begins on 1 August.
func schoolYear(t time.Time) string {
	d := dateOf(t)
	first := d.Year
	if d.Month < time.August {
		first--
	}
	return fmt.Sprintf("%d-%d", first, first+1)
}

// addCards makes cards with codes that nobody has yet and an animal each.
func (a *act) addCards(k Klas, n int) error {
	for _, animal := range animals(n) {
		code, err := a.freshCode()
		if err != nil {
			return err
		}
		c := Card{ID: a.service.NewID(), Tenant: k.Tenant, Klas: k.ID, Code: code, Animal: animal, Variant: k.Variant, State: CardUnused, ExpiresAt: a.now.Add(cardUnused)}
		if _, err := a.Cards().Put(a.tenant(), c); err != nil {
			return err
		}
	}
	return nil
}

// freshCode draws codes until one is free.
func (a *act) freshCode() (string, error) {
	for {
		code := newCode()
		_, err := a.TenantOfCard(code)
		if errs.KindOf(err) == errs.NotFound {
			return code, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// KlasFile is what teacher and smw'er see of a class: never which child gave which answer.
type KlasFile struct {
	Klas                  Klas
	School                School
	Cards                 []Card // codes only for who may print them
	Started, Done, Unused int
	Overview              Overview
}

// Klas gives one class. The overview comes when nobody is answering: a count that is watched while it grows would tell
// which child gave which answer.
func (s *Service) Klas(ctx context.Context, who access.Actor, id string) (KlasFile, error) {
	return run(ctx, s, who, subject{"klas", id}, func(a *act) (KlasFile, error) {
		k, err := a.klas(id)
		if err != nil {
			return KlasFile{}, err
		}
		f := KlasFile{Klas: k}
		if f.School, err = a.Schools().Get(a.tenant(), k.School); err != nil && errs.KindOf(err) != errs.NotFound {
			return KlasFile{}, err
		}
		if f.Cards, err = a.Cards().Find(a.tenant(), Query{Klas: id}); err != nil {
			return KlasFile{}, err
		}
		f.count(a.now, a.mayPrint(k))
		if f.Overview, err = a.klasOverview(k, f.Started); err != nil {
			return KlasFile{}, err
		}
		return f, a.record("read", subject{"klas", id}, "volgen", "")
	})
}

// klas gives a klas the actor works with.
func (a *act) klas(id string) (Klas, error) {
	k, err := a.Klassen().Get(a.scope, id)
	if err != nil {
		return Klas{}, outside(err)
	}
	if !a.seesKlas(k) {
		return Klas{}, notThere()
	}
	return k, nil
}

// mayPrint says whether the codes are for this person: the smw'er of the klas and its own teacher, who hands the cards out.
func (a *act) mayPrint(k Klas) bool {
	return k.Owner == a.who.ID || k.Teacher != "" && k.Teacher == a.who.ID
}

// count counts cards by state and takes out what this person need not know.
func (f *KlasFile) count(now time.Time, codes bool) {
	for i := range f.Cards {
		c := &f.Cards[i]
		if c.State == CardUnused && now.After(c.ExpiresAt) {
			c.State = CardExpired
		}
		switch c.State {
		case CardUnused:
			f.Unused++
		case CardStarted:
			f.Started++
		case CardDone, CardLinked:
			f.Done++
		}
		c.Afname, c.Child = "", ""
		if !codes {
			c.Code = ""
		}
	}
}

// klasOverview is what may be said of the finished answers of a klas.
func (a *act) klasOverview(k Klas, started int) (Overview, error) {
	if k.Open && started > 0 {
		return Overview{Total: Count{Label: labelTotal, Hidden: true}}, nil
	}
	all, err := a.Afnames().Find(a.tenant(), Query{Klas: k.ID})
	if err != nil {
		return Overview{}, err
	}
	var finished []questionnaire.Answers
	for _, af := range all {
		if !af.FinishedAt.IsZero() && af.ClassMode {
			finished = append(finished, af.Answers)
		}
	}
	return OverviewOf(finished, a.service.minCell()), nil
}

// SetKlasOpen opens or closes answering for a class.
func (s *Service) SetKlasOpen(ctx context.Context, who access.Actor, id string, version int, open bool) (Klas, error) {
	return run(ctx, s, who, subject{"klas", id}, func(a *act) (Klas, error) {
		k, err := a.klas(id)
		if err != nil {
			return Klas{}, err
		}
		if !a.mayPrint(k) {
			return Klas{}, notThere()
		}
		if k.Version != version {
			return Klas{}, conflict("deze klas", nil)
		}
		k.Open = open
		if k, err = put(a.Klassen(), a.scope, k, "deze klas"); err != nil {
			return Klas{}, err
		}
		action := "close"
		if open {
			action = "open"
		}
		return k, a.record(action, subject{"klas", id}, "zoeken", "")
	})
}
