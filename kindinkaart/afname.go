package kindinkaart

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

// Limits of one reply.
const (
	maxAnswer   = 8 << 10 // bytes of JSON
	maxOwnWords = 200     // characters of W3
)

var helpers = []string{"alleen", "smw", "ouder", "leerkracht"}

// StartAfname begins or continues the unfinished afname of a child in a variant. Needs the consent "profiel".
func (s *Service) StartAfname(ctx context.Context, who access.Actor, childID string, v questionnaire.Variant, helpedBy string) (Afname, error) {
	return run(ctx, s, who, subject{"child", childID}, func(a *act) (Afname, error) {
		child, err := a.child(childID, access.Write, access.Answers)
		if err != nil {
			return Afname{}, err
		}
		if err := a.permitted(child, PurposeProfile); err != nil {
			return Afname{}, err
		}
		if err := checkStart(v, helpedBy, child.Born.Age(a.today)); err != nil {
			return Afname{}, err
		}
		all, err := a.afnames(childID)
		if err != nil {
			return Afname{}, err
		}
		for _, af := range all {
			if af.Variant == v && af.FinishedAt.IsZero() {
				return af, a.record("read", subject{"afname", af.ID}, "zoeken", "")
			}
		}
		return a.newAfname(Afname{Child: childID, Variant: v, HelpedBy: helpedBy, Language: child.Language})
	})
}

// newAfname stores an empty afname with the version of the questions it is about.
func (a *act) newAfname(af Afname) (Afname, error) {
	af.ID, af.Tenant, af.StartedAt = a.service.NewID(), a.who.Tenant, a.now
	af.Questionnaire, af.Answers = questionnaire.Default().Version, questionnaire.Answers{}
	if af.HelpedBy == "" {
		af.HelpedBy = helpers[0]
	}
	af, err := a.Afnames().Put(a.reach(), af)
	if err != nil {
		return Afname{}, err
	}
	return af, a.record("create", subject{"afname", af.ID}, "zoeken", string(af.Variant))
}

// reach is the scope for answers: the actor's own, and for a child with a card the tenant of the card.
func (a *act) reach() access.Scope {
	if a.who.Role == access.Child {
		return a.tenant()
	}
	return a.scope
}

// checkStart says whether a variant suits an age. An easier one is always possible, for example in special education.
func checkStart(v questionnaire.Variant, helpedBy string, age int) error {
	info, ok := questionnaire.Default().Variant(v)
	if !ok {
		return errs.InvalidFields("Deze vragenlijst bestaat niet.", errs.Field{Name: "variant", Message: "Kies een van de vragenlijsten."})
	}
	if helpedBy != "" && !slices.Contains(helpers, helpedBy) {
		return errs.InvalidFields("Zeg wie er helpt.", errs.Field{Name: "helped_by", Message: "Kies wie erbij is."})
	}
	if info.AgeMin != nil && age < *info.AgeMin-1 {
		return errs.New(errs.Refused, "Deze vragenlijst is voor oudere kinderen. Kies een vragenlijst die bij de leeftijd past.")
	}
	return nil
}

// permitted gives errs.Refused with what to do when a consent does not stand.
func (a *act) permitted(c Child, p Purpose) error {
	all, err := a.Consents().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return err
	}
	if Permitted(all, p, c.Born.Age(a.today)) {
		return nil
	}
	if p == PurposeAccess {
		return errs.New(errs.Refused, "Voor deze vraag is eerst een eigen ja nodig. Sla hem nu over.")
	}
	return errs.New(errs.Refused, "Er is nog geen toestemming voor Kind in Kaart. Leg eerst het antwoord van ouder of jongere vast.")
}

// Afname gives one afname, with the items that may not be asked now: nobody is shown a question about health or faith before
// there is a yes to exactly that (DOMAIN 7.3).
func (s *Service) Afname(ctx context.Context, who access.Actor, id string) (Afname, error) {
	return run(ctx, s, who, subject{"afname", id}, func(a *act) (Afname, error) {
		af, child, err := a.afname(id, access.Read)
		if err != nil {
			return Afname{}, err
		}
		if af.Withheld, err = a.withheld(af, child); err != nil {
			return Afname{}, err
		}
		return af, a.record("read", subject{"afname", id}, "zoeken", "")
	})
}

// withheld names the items of an afname whose own consent does not stand.
func (a *act) withheld(af Afname, c Child) (out []string, err error) {
	all, err := a.Consents().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return nil, err
	}
	age := c.Born.Age(a.today)
	for _, it := range questionnaire.Default().Items(af.Variant, af.ClassMode) {
		if own := Purpose(it.SeparateConsent); own != "" && !Permitted(all, own, age) {
			out = append(out, it.ID)
		}
	}
	return out, nil
}

// afname gives an afname of a child in the own caseload.
func (a *act) afname(id string, r access.Right) (Afname, Child, error) {
	af, err := a.Afnames().Get(a.scope, id)
	if err != nil {
		return Afname{}, Child{}, outside(err)
	}
	if af.Child == "" {
		return Afname{}, Child{}, notThere()
	}
	child, err := a.child(af.Child, r, access.Answers)
	return af, child, err
}

// Reply is one answered, skipped or cleared item. A nil Answer with Skipped means the child chose "overslaan".
type Reply struct {
	Item     string
	Answer   []byte // JSON in the shape of the item's type; nil = skipped
	OwnWords string // W3 only
}

// SaveReply stores one reply; version is the Afname version the page was made from (errs.Conflict when older).
func (s *Service) SaveReply(ctx context.Context, who access.Actor, afnameID string, version int, r Reply) (Afname, error) {
	return run(ctx, s, who, subject{"afname", afnameID}, func(a *act) (Afname, error) {
		af, child, err := a.afname(afnameID, access.Write)
		if err != nil {
			return Afname{}, err
		}
		it, _ := questionnaire.Default().Item(r.Item)
		for _, p := range []Purpose{PurposeProfile, Purpose(it.SeparateConsent)} {
			if p == "" || p == PurposeAccess && r.Answer == nil {
				continue
			}
			if err := a.permitted(child, p); err != nil {
				return Afname{}, err
			}
		}
		return a.saveReply(af, version, r)
	})
}

// saveReply stores a reply in an afname that is not finished.
func (a *act) saveReply(af Afname, version int, r Reply) (Afname, error) {
	if af.Version != version {
		return Afname{}, conflict("deze vragenlijst", nil)
	}
	af, err := answered(af, r)
	if err != nil {
		return Afname{}, err
	}
	if af, err = put(a.Afnames(), a.reach(), af, "deze vragenlijst"); err != nil {
		return Afname{}, err
	}
	return af, a.record("update", subject{"afname", af.ID}, "zoeken", r.Item)
}

// answered gives the afname with one reply more; the afname that came in does not change.
func answered(af Afname, r Reply) (Afname, error) {
	if !af.FinishedAt.IsZero() {
		return Afname{}, errs.New(errs.Refused, "Deze vragenlijst is al klaar. Begin een nieuwe als er iets veranderd is.")
	}
	asked := questionnaire.Default().Items(af.Variant, af.ClassMode)
	if !slices.ContainsFunc(asked, func(it questionnaire.Item) bool { return it.ID == r.Item }) {
		return Afname{}, errs.InvalidFields("Deze vraag hoort niet bij deze vragenlijst.", errs.Field{Name: onlyID(r.Item), Message: "Ga terug naar de vragenlijst en kies daar een vraag."})
	}
	if len(r.Answer) > maxAnswer || utf8.RuneCountInString(r.OwnWords) > maxOwnWords {
		return Afname{}, errs.InvalidFields("Dit antwoord is te lang.", errs.Field{Name: r.Item, Message: "Gebruik hoogstens 200 tekens."})
	}
	if err := questionnaire.Validate(af.Variant, r.Item, r.Answer); err != nil {
		return Afname{}, errs.InvalidFields("Dit antwoord kunnen we niet gebruiken.", errs.Field{Name: r.Item, Message: err.Error()})
	}
	af.Answers = maps.Clone(af.Answers)
	if af.Answers == nil {
		af.Answers = questionnaire.Answers{}
	}
	delete(af.Answers, r.Item)
	if r.Answer != nil {
		af.Answers[r.Item] = slices.Clone(json.RawMessage(r.Answer))
	}
	if r.Item == "W3" {
		af.OwnWords = strings.TrimSpace(r.OwnWords)
	}
	if !slices.Contains(af.Seen, r.Item) {
		af.Seen = append(slices.Clone(af.Seen), r.Item)
	}
	return af, nil
}

// FinishAfname scores the answers and stores the profile with them. Traject goes from profiel to zoeken.
func (s *Service) FinishAfname(ctx context.Context, who access.Actor, afnameID string) (Afname, error) {
	return run(ctx, s, who, subject{"afname", afnameID}, func(a *act) (Afname, error) {
		af, child, err := a.afname(afnameID, access.Write)
		if err != nil {
			return Afname{}, err
		}
		if !af.FinishedAt.IsZero() {
			return Afname{}, errs.New(errs.Refused, "Deze vragenlijst is al klaar.")
		}
		if err := a.permitted(child, PurposeProfile); err != nil {
			return Afname{}, err
		}
		if af, err = a.score(af, child); err != nil {
			return Afname{}, err
		}
		if err := a.record("finish", subject{"afname", af.ID}, "zoeken", ""); err != nil {
			return Afname{}, err
		}
		return af, a.profiled(af)
	})
}

// score finishes an afname with the profile of child and parent together.
func (a *act) score(af Afname, child Child) (Afname, error) {
	all, err := a.afnames(child.ID)
	if err != nil {
		return Afname{}, err
	}
	af.FinishedAt = a.now
	others := slices.DeleteFunc(all, func(x Afname) bool { return x.ID == af.ID })
	if af.Profile, err = profileOf(child.Born.Age(a.today), append([]Afname{af}, others...)); err != nil {
		return Afname{}, err
	}
	return put(a.Afnames(), a.scope, af, "deze vragenlijst")
}

// profiled lets the traject follow a finished afname of the child itself.
func (a *act) profiled(af Afname) error {
	if af.Variant == questionnaire.VariantP {
		return nil
	}
	t, err := a.currentTraject(af.Child)
	if err != nil || t.Stage != traject.StageProfile {
		return err
	}
	return a.walk(t, traject.StageSearch)
}

// answerFields points at each answer that cannot be used, in Dutch.
func answerFields(err error) (fields []errs.Field) {
	var all questionnaire.AnswerErrors
	if errors.As(err, &all) {
		for _, e := range all {
			fields = append(fields, errs.Field{Name: e.Item, Message: e.Error()})
		}
	}
	return fields
}
