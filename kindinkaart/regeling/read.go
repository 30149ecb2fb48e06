package regeling

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/errs"
)

// maxFile is the largest scheme file that is read, in bytes.
const maxFile = 8 << 20

// CostKinds are the kinds of price line of DOMAIN 4.2.
var CostKinds = []string{"contributie", "lesgeld", "inschrijfgeld", "tenue", "kleding", "attributen", "instrumenthuur",
	"diplomakosten", "kamp", "ov", "fiets", "schoolspullen", "laptop", "sporthulpmiddel"}

var (
	schemeKinds   = []string{"fund", "municipal_credit", "municipal_declaration", "travel", "aid"}
	ageReferences = []string{AgeAtStart, AgeOnFirstMarch, AgeInYear, AgeAtTravel}
	payees        = []string{"provider", "card", "family"}
	signals       = []string{"low_yes", "debt_yes", "pass_yes", "low_no", "unknown"}
	residenceCode = regexp.MustCompile(`^(\*|GM[0-9]{4})$`)
)

// Read reads a scheme file: an object with a list "schemes" (example: schemes-example.json). Unknown fields are
// ignored. A wrong type or value is an errs.Invalid error that lists every scheme id and field with what was
// expected, in Dutch; then no scheme is returned.
func Read(r io.Reader) ([]Scheme, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, errs.Wrap(errs.Unavailable, "Het bestand met regelingen kan niet worden gelezen. Probeer het opnieuw.", err)
	}
	if len(data) > maxFile {
		return nil, errs.New(errs.TooLarge, "Het bestand met regelingen is groter dan 8 MB. Verwacht een kleiner bestand.")
	}
	var file struct {
		Schemes []json.RawMessage `json:"schemes"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &file); err != nil {
		return nil, errs.Wrap(errs.Invalid, `Dit is geen bestand met regelingen: verwacht JSON met een lijst "schemes".`, err)
	}
	if file.Schemes == nil {
		return nil, errs.New(errs.Invalid, `Dit is geen bestand met regelingen: de lijst "schemes" ontbreekt.`)
	}
	return readSchemes(file.Schemes)
}

func readSchemes(raws []json.RawMessage) ([]Scheme, error) {
	schemes := make([]Scheme, 0, len(raws))
	var problems []errs.Field
	for i, raw := range raws {
		s, found := readScheme(i, raw)
		if twin := slices.IndexFunc(schemes, func(o Scheme) bool { return o.ID == s.ID && overlap(&o, &s) }); s.ID != "" && twin >= 0 {
			found = append(found, errs.Field{Name: s.ID + ".id", Message: "komt twee keer voor in dezelfde periode; verwacht één regeling per id en periode"})
		}
		schemes, problems = append(schemes, s), append(problems, found...)
	}
	if len(problems) == 0 {
		return schemes, nil
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.Name + ": " + p.Message
	}
	return nil, errs.InvalidFields("De regelingen zijn niet ingelezen. "+strings.Join(lines, "; "), problems...)
}

// overlap says whether two versions of a scheme hold on one same day.
func overlap(a, b *Scheme) bool {
	startsAfter := func(x, y *Scheme) bool {
		return !x.ValidFrom.IsZero() && !y.ValidTo.IsZero() && x.ValidFrom.After(y.ValidTo)
	}
	return !startsAfter(a, b) && !startsAfter(b, a)
}

// readScheme reads one scheme; every field that is wrong becomes one problem.
func readScheme(index int, raw json.RawMessage) (Scheme, []errs.Field) {
	name := fmt.Sprintf("regeling nummer %d", index+1)
	var problems []errs.Field
	d := newRecord(name, raw, &problems)
	if d == nil {
		return Scheme{}, problems
	}
	s := Scheme{ID: d.needText("id")}
	if s.ID != "" {
		d.path = s.ID
	}
	s.Name, s.Kind = d.needText("name"), d.needOneOf("kind", schemeKinds)
	s.readWho(d)
	s.readMoney(d)
	s.readProof(d)
	if app := d.object("application"); app != nil {
		s.Application = readApplication(app)
	}
	return s, problems
}

func (s *Scheme) readWho(d *record) {
	s.Residence = d.needTexts("residence", `een lijst gemeentecodes zoals "GM0599", of "*" voor heel Nederland`, residenceCode.MatchString)
	s.AgeMin, s.AgeMax = d.needWhole("age_min", 150), d.needWhole("age_max", 150)
	if s.AgeMax < s.AgeMin {
		d.wrong("age_max", fmt.Sprintf("een leeftijd van %d (age_min) of hoger", s.AgeMin))
	}
	s.AgeReference = d.needOneOf("age_reference", ageReferences)
	s.Categories = d.needTexts("categories", `een lijst met domeinen zoals "sport", of "*" voor alles`, func(v string) bool { return v != "" })
	d.needKey("income", "een object, of null als het inkomen niet telt")
	in := d.object("income")
	if in == nil {
		return
	}
	s.Income = &Income{Guide: in.text("guide"), Accepts: map[string]Certainty{}}
	accepts := in.object("accepts")
	if accepts == nil {
		in.wrong("accepts", "een object met per signaal verwacht, mogelijk of nee")
		return
	}
	for _, signal := range signals {
		if v := accepts.oneOf(signal, []string{string(Expected), string(Possible), string(None)}); v != "" {
			s.Income.Accepts[signal] = Certainty(v)
		}
	}
}

func (s *Scheme) readMoney(d *record) {
	kinds := "een lijst met kostensoorten: " + strings.Join(CostKinds, ", ")
	isKind := func(v string) bool { return slices.Contains(CostKinds, v) }
	s.Covers, s.NotCovers = d.needTexts("covers", kinds, isKind), d.texts("not_covers", kinds, isKind)
	s.Share = d.share("share")
	s.OwnShareMaxCents = d.whole("own_share_max_cents", maxCents)
	d.needKey("max_eur_cents", "een bedrag in hele eurocenten, of null als er geen maximum is")
	s.MaxCents = d.whole("max_eur_cents", maxCents)
	for _, row := range d.objects("max_by_age") {
		m := AgeMax{AgeMin: row.needWhole("age_min", 150), AgeMax: row.needWhole("age_max", 150), Cents: row.needWhole("max_eur_cents", maxCents)}
		s.MaxByAge = append(s.MaxByAge, m)
	}
	s.Period, s.MaxApplications = d.text("period"), d.whole("max_applications", 1000)
	if c := d.object("shared_cap"); c != nil {
		s.SharedCap = &SharedCap{ID: c.needText("id"), TotalCents: c.needWhole("total_cents", maxCents),
			WithSchemes: c.needTexts("with_schemes", "een lijst met id's van regelingen", isText)}
	}
	s.ExclusiveWith = d.texts("exclusive_with", "een lijst met id's van regelingen", isText)
	s.LastResort, s.PaysTo = d.flag("last_resort"), d.oneOf("pays_to", payees)
	s.ProviderRequirement = d.text("provider_requirement")
}

func (s *Scheme) readProof(d *record) {
	s.Source, s.SourceYear = d.texts("source", "een lijst met bronnen", isText), d.text("source_year")
	s.Verified, s.VerifiedBy, s.VerifiedAt = d.flag("verified"), d.text("verified_by"), d.date("verified_at")
	s.ValidFrom, s.ValidTo, s.Note = d.date("valid_from"), d.date("valid_to"), d.text("note")
	if !s.ValidFrom.IsZero() && !s.ValidTo.IsZero() && s.ValidTo.Before(s.ValidFrom) {
		d.wrong("valid_to", "een dag op of na valid_from ("+s.ValidFrom.String()+")")
	}
}

func readApplication(d *record) Application {
	return Application{By: d.text("by"), Route: d.text("route"), BeforeStart: d.flag("before_start"), Retroactive: d.flag("retroactive"),
		DecisionDays: d.days("decision_days"), RenewNoticeDays: d.whole("renew_notice_days", 3660), Needs: d.text("needs")}
}

func isText(v string) bool { return v != "" }
