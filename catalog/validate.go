package catalog

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/errs"
)

// findings gathers what is wrong, field by field.
type findings []errs.Field

func (f *findings) add(name, format string, args ...any) {
	*f = append(*f, errs.Field{Name: name, Message: fmt.Sprintf(format, args...)})
}

// oneOf checks a choice; empty is allowed.
func oneOf[T ~string](f *findings, name string, value T, list []T) {
	if value == "" || slices.Contains(list, value) {
		return
	}
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	f.add(name, "%q kennen we niet. Kies uit: %s.", clip(string(value)), strings.Join(words, ", "))
}

func (f *findings) tri(name string, t Tri) { oneOf(f, name, t, []Tri{Yes, No, Unknown}) }

func (f *findings) length(name, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		f.add(name, "De tekst heeft %d tekens, er passen er %d. Maak hem korter.", n, most)
	}
}

func (f *findings) count(name string, n, most int) {
	if n > most {
		f.add(name, "Dit zijn er %d, er passen er %d.", n, most)
	}
}

func (f *findings) date(name string, d civil.Date) {
	if !d.IsZero() && (!d.IsValid() || d.Year < 1990 || d.Year > 2100) {
		f.add(name, "%s is geen datum die kan. Verwacht jaar-maand-dag, bijvoorbeeld 2025-09-08.", d)
	}
}

func (f *findings) period(name string, from, to civil.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		f.add(name, "Deze datum ligt voor de begindatum %s. Draai ze om of vul een latere datum in.", from)
	}
}

// clip shortens a value that is repeated in a message.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Validate checks the values of an activity and gives what is wrong, field by field, in Dutch. What is merely missing is
// not wrong: see Missing. Tags are only checked against the taxonomy by Service.Check.
func Validate(a Activity) []errs.Field {
	f := unreadable(a)
	if len(f) > 0 {
		return f
	}
	checkTexts(&f, a)
	checkChoices(&f, a)
	checkAges(&f, a)
	f.date("valid_from", a.ValidFrom)
	f.date("valid_to", a.ValidTo)
	f.date("confirmed_on", a.ConfirmedOn)
	f.period("valid_to", a.ValidFrom, a.ValidTo)
	checkCosts(&f, a)
	checkContact(&f, "contact", a.Contact)
	checkSlots(&f, a.Slots)
	return f
}

func checkTexts(f *findings, a Activity) {
	f.length("title", a.Title, MaxTitle)
	f.length("text", a.Text, MaxText)
	f.length("venue_kind", a.VenueKind, MaxShort)
	f.length("id", a.ID, MaxShort)
	f.length("source_id", a.SourceID, MaxShort)
	f.count("tags", len(a.Tags), MaxList)
	f.count("languages", len(a.Languages), MaxList)
	f.count("bring", len(a.Bring), MaxList)
	f.count("partners", len(a.Partners), MaxList)
	for i, b := range a.Bring {
		f.length(fmt.Sprintf("bring[%d]", i), b, MaxShort)
	}
	for i, t := range a.Tags {
		if slices.Contains(a.Tags[:i], t) {
			f.add(fmt.Sprintf("tags[%d]", i), "%q staat er twee keer. Haal er een weg.", clip(t))
		}
	}
	for i, l := range a.Languages {
		if len(l) != 2 || l[0] < 'a' || l[0] > 'z' || l[1] < 'a' || l[1] > 'z' {
			f.add(fmt.Sprintf("languages[%d]", i), "%q is geen taalcode. Verwacht twee kleine letters, bijvoorbeeld nl, tr of ar.", clip(l))
		}
	}
}

func checkChoices(f *findings, a Activity) {
	oneOf(f, "domain", a.Domain, Domains)
	oneOf(f, "audience", a.Audience, Audiences)
	oneOf(f, "state", a.State, States)
	oneOf(f, "age_reference", a.AgeReference, AgeReferences)
	oneOf(f, "group", a.Group, Groups)
	oneOf(f, "setting", a.Setting, Settings)
	oneOf(f, "intensity", a.Intensity, Intensities)
	oneOf(f, "group_size", a.GroupSize, GroupSizes)
	oneOf(f, "unit", a.Unit, Units)
	oneOf(f, "conditions.swim_min", a.Conditions.SwimMin, SwimMins)
	for i, v := range a.Registration.Via {
		if name := fmt.Sprintf("registration.via[%d]", i); v == "" {
			f.add(name, "Deze manier van aanmelden is leeg. Kies uit: %s.", strings.Join(RegistrationVias, ", "))
		} else {
			oneOf(f, name, v, RegistrationVias)
		}
	}
	for _, t := range []struct {
		name  string
		value Tri
	}{
		{"interpreter", a.Interpreter}, {"at_school", a.AtSchool}, {"instalments", a.Instalments}, {"lends_kit", a.LendsKit},
		{"trial.free", a.Trial.Free}, {"access.step_free", a.Access.StepFree}, {"access.toilet", a.Access.Toilet},
		{"access.low_stimulus", a.Access.LowStimulus}, {"access.extra_support", a.Access.ExtraSupport}, {"access.adapted", a.Access.Adapted},
		{"registration.digid", a.Registration.DigiD}, {"sibling_welcome", a.Siblings}, {"childcare", a.Childcare},
		{"absence_ok", a.AbsenceOK}, {"medical_plan", a.MedicalPlan},
	} {
		f.tri(t.name, t.value)
	}
}

func checkAges(f *findings, a Activity) {
	for _, age := range []struct {
		name  string
		value *int
	}{{"age_min", a.AgeMin}, {"age_max", a.AgeMax}} {
		if age.value != nil && (*age.value < 0 || *age.value > 120) {
			f.add(age.name, "%d is geen leeftijd. Verwacht hele jaren van 0 tot en met 120.", *age.value)
		}
	}
	if a.AgeMin != nil && a.AgeMax != nil && *a.AgeMin > *a.AgeMax {
		f.add("age_max", "De hoogste leeftijd (%d) is lager dan de laagste (%d). Draai ze om.", *a.AgeMax, *a.AgeMin)
	}
}

func checkCosts(f *findings, a Activity) {
	f.count("costs", len(a.Costs), MaxList)
	f.count("reduced", len(a.Reduced), MaxList)
	for i, c := range a.Costs {
		name := fmt.Sprintf("costs[%d].", i)
		checkPrice(f, name, c.Kind, c.Per, c.Cents)
		if c.Times < 0 || c.Times > 1000 {
			f.add(name+"times", "%d keer kan niet. Verwacht 0 tot en met 1000.", c.Times)
		}
	}
	for i, r := range a.Reduced {
		name := fmt.Sprintf("reduced[%d].", i)
		checkPrice(f, name, r.Kind, r.Per, r.Cents)
		if r.When == "" {
			f.add(name+"when", "Zeg wanneer deze lagere prijs geldt: low_income of pass.")
		}
		oneOf(f, name+"when", r.When, ReducedWhens)
	}
	if a.Trial.FreeLessons < 0 || a.Trial.FreeLessons > 100 {
		f.add("trial.free_lessons", "%d proeflessen kan niet. Verwacht 0 tot en met 100.", a.Trial.FreeLessons)
	}
	if a.Trial.FreeLessons > 0 && a.Trial.Free == No {
		f.add("trial.free", "Er staat dat gratis proberen niet kan, en ook dat er %d gratis proeflessen zijn. Kies een van beide.", a.Trial.FreeLessons)
	}
}

func checkPrice(f *findings, name, kind, per string, cents int) {
	if kind == "" {
		f.add(name+"kind", "Zeg waarvoor deze prijs is, bijvoorbeeld contributie of lesgeld.")
	}
	if per == "" {
		f.add(name+"per", "Zeg per wat deze prijs is, bijvoorbeeld year of month.")
	}
	oneOf(f, name+"kind", kind, CostKinds)
	oneOf(f, name+"per", per, CostPers)
	if cents < 0 || cents > MaxCents {
		f.add(name+"cents", "%d cent kan niet. Verwacht een bedrag van 0 tot en met %d euro, in hele centen.", cents, MaxCents/100)
	}
}

func checkContact(f *findings, name string, c Contact) {
	f.length(name+".name", c.Name, MaxShort)
	f.length(name+".phone", c.Phone, MaxShort)
	f.length(name+".email", c.Email, MaxShort)
	f.length(name+".url", c.URL, 2000)
	if at := strings.IndexByte(c.Email, '@'); c.Email != "" && (at < 1 || at == len(c.Email)-1 || strings.ContainsAny(c.Email, " ,;<>")) {
		f.add(name+".email", "Dit is geen e-mailadres. Verwacht iets als info@club.nl.")
	}
	if u := strings.ToLower(c.URL); strings.Contains(u, ":") && !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
		f.add(name+".url", "Dit is geen adres van een website. Verwacht iets als https://www.club.nl.")
	}
}

// ValidatePartner checks the values of a partner and gives what is wrong, field by field, in Dutch.
func ValidatePartner(p Partner) []errs.Field {
	f := unreadable(p)
	if len(f) > 0 {
		return f
	}
	if strings.TrimSpace(p.Name) == "" {
		f.add("name", "De naam van de aanbieder ontbreekt. Vul hem in.")
	}
	f.length("name", p.Name, MaxTitle)
	f.length("id", p.ID, MaxShort)
	oneOf(&f, "kind", p.Kind, PartnerKinds)
	checkContact(&f, "contact", p.Contact)
	f.tri("safety.vog", p.Safety.VOG)
	f.tri("safety.confidant", p.Safety.Confidant)
	f.date("safety.declared_on", p.Safety.DeclaredOn)
	f.tri("recognised_by_fund", p.RecognisedByFund)
	return f
}
