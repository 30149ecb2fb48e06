package kindinkaart

import (
	"context"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

// The ages at which deciding changes (DOMAIN 7.2).
const (
	bothDecideFrom = 12 // young person and parent together
	youthDecides   = 16 // the young person alone
)

var (
	purposes   = []Purpose{PurposeProfile, PurposeAccess, PurposePartner, PurposeSchool, PurposeMeting}
	capacities = map[string][]string{"ouder": {"gezag", "gezag_mede_namens"}, "jongere": {"zelf"}, "kind": {"zelf"}}
	hows       = []string{"gesprek", "papier", "scherm"}
)

// Permitted says whether the answers so far permit a purpose at an age (DOMAIN 7.2): under 12 a parent decides and a no of
// the child is respected; from 12 to 15 both must agree and either may stop it; from 16 the young person decides alone.
// all is in order of creation: the newest answer of a person about a purpose counts.
func Permitted(all []Consent, p Purpose, age int) bool {
	says := map[string]bool{}
	said := map[string]bool{}
	for _, c := range all {
		if c.Purpose != p {
			continue
		}
		by := decider(c.By, age)
		said[by], says[by] = true, c.Given && c.WithdrawnOn == civil.Date{}
	}
	switch {
	case age >= youthDecides:
		return says["jongere"]
	case age >= bothDecideFrom:
		return says["ouder"] && says["jongere"]
	}
	return says["ouder"] && (!said["kind"] || says["kind"])
}

// decider is the person who spoke, in the words of this age: from 12 years a child is a young person.
func decider(by string, age int) string {
	switch {
	case by == "kind" && age >= bothDecideFrom:
		return "jongere"
	case by == "jongere" && age < bothDecideFrom:
		return "kind"
	}
	return by
}

// GiveConsent stores one answer about one purpose: also a refusal, which is a normal outcome. When permission for the
// profile is complete the traject goes to profiel; when somebody who gave it says no now, everything is withdrawn.
func (s *Service) GiveConsent(ctx context.Context, who access.Actor, c Consent) (Consent, error) {
	return run(ctx, s, who, subject{"child", c.Child}, func(a *act) (Consent, error) {
		child, err := a.child(c.Child, access.Write, access.Identity)
		if err != nil {
			return Consent{}, err
		}
		age := child.Born.Age(a.today)
		if c, err = a.readConsent(c, age); err != nil {
			return Consent{}, err
		}
		before, err := a.Consents().Find(a.scope, Query{Child: child.ID})
		if err != nil {
			return Consent{}, err
		}
		if c, err = a.Consents().Put(a.scope, c); err != nil {
			return Consent{}, err
		}
		if err := a.record("consent", subject{"child", child.ID}, "zoeken", string(c.Purpose)+" "+yesNo(c.Given)); err != nil {
			return Consent{}, err
		}
		was, is := Permitted(before, c.Purpose, age), Permitted(append(before, c), c.Purpose, age)
		return c, a.afterConsent(child, c, was, is)
	})
}

// readConsent checks an answer and fills what this act knows itself.
func (a *act) readConsent(c Consent, age int) (Consent, error) {
	if c.By == "ouder" && age >= youthDecides {
		return Consent{}, errs.New(errs.Refused, "Vanaf 16 jaar beslist de jongere zelf. Leg het antwoord van de jongere vast.")
	}
	if c.On == (civil.Date{}) {
		c.On = a.today
	}
	if wrong := checkConsent(c, a.today); len(wrong) > 0 {
		return Consent{}, errs.InvalidFields("Dit antwoord is nog niet compleet. Er is nog niets bewaard.", wrong...)
	}
	c.By = decider(c.By, age)
	c.ID, c.Tenant, c.Version, c.WithdrawnOn = a.service.NewID(), a.who.Tenant, 0, civil.Date{}
	return c, nil
}

// checkConsent names what cannot be used.
func checkConsent(c Consent, today civil.Date) (wrong []errs.Field) {
	add := func(ok bool, name, message string) {
		if !ok {
			wrong = append(wrong, errs.Field{Name: name, Message: message})
		}
	}
	add(slices.Contains(purposes, c.Purpose), "purpose", "Kies waarvoor de toestemming is.")
	add(capacities[c.By] != nil, "by", "Kies wie het antwoord gaf: ouder, jongere of kind.")
	add(capacities[c.By] == nil || slices.Contains(capacities[c.By], c.Capacity), "capacity", "Kies of deze persoon gezag heeft of voor zichzelf spreekt.")
	add(slices.Contains(hows, c.How), "how", "Kies hoe het antwoord is gegeven: gesprek, papier of scherm.")
	add(c.TextVersion != "" && len(c.TextVersion) <= 20, "text_version", "Zeg welke uitleg is gegeven: de versie van de tekst.")
	add(!c.On.After(today), "on", "Vul een dag in die niet in de toekomst ligt.")
	return wrong
}

// afterConsent lets follow what an answer changes.
func (a *act) afterConsent(child Child, c Consent, was, is bool) error {
	switch {
	case c.Purpose == PurposeAccess && was && !is:
		return a.forgetAccessNeeds(child.ID)
	case c.Purpose != PurposeProfile:
		return nil
	case was && !is:
		return a.withdraw(child, c.By)
	}
	t, err := a.currentTraject(child.ID)
	if err != nil {
		return err
	}
	goal := traject.StageConsent
	if is {
		goal = traject.StageProfile
	}
	return a.walk(t, goal)
}

// forgetAccessNeeds takes the answers about access needs away at once when that permission ends (DOMAIN 7.3).
func (a *act) forgetAccessNeeds(childID string) error {
	all, err := a.afnames(childID)
	if err != nil {
		return err
	}
	for _, af := range all {
		changed := false
		answers := questionnaire.Answers{}
		for id, raw := range af.Answers {
			it, _ := questionnaire.Default().Item(id)
			if it.SeparateConsent == string(PurposeAccess) {
				changed = true
				continue
			}
			answers[id] = raw
		}
		if !changed {
			continue
		}
		af.Answers = answers
		if _, err := put(a.Afnames(), a.scope, af, "deze vragenlijst"); err != nil {
			return err
		}
	}
	return nil
}

func yesNo(given bool) string {
	if given {
		return "ja"
	}
	return "nee"
}
