package kindinkaart

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// maxNeed is the most bytes of a need that are read.
const maxNeed = 1 << 20

var residencePattern = regexp.MustCompile(`^GM[0-9]{4}$`)

// ReadNeed reads a kindinkaart-need/1. Fields it does not know are passed over; wrong types and values give errs.Invalid
// that names each field and what was expected, and a child under 4 errs.Refused with what is possible.
func ReadNeed(r io.Reader) (Need, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxNeed+1))
	if err != nil {
		return Need{}, errs.Wrap(errs.Invalid, "Het bestand kon niet tot het einde worden gelezen.", err)
	}
	if len(raw) > maxNeed {
		return Need{}, errs.New(errs.TooLarge, "Het bestand is te groot: verwacht hoogstens 1 MB.")
	}
	top, err := openObject("", bytes.TrimPrefix(raw, []byte("\ufeff")))
	if err != nil {
		return Need{}, errs.New(errs.Invalid, "Dit is geen JSON-object. Verwacht {\"format\":\""+FormatNeed+"\",…}.")
	}
	n := Need{}
	top.readNeed(&n)
	if len(*top.wrong) > 0 {
		return Need{}, wrongNeed(*top.wrong)
	}
	if n.Born.Known() && n.Born.Age(n.On) < MinAge {
		return Need{}, errs.New(errs.Refused, tooYoung)
	}
	return n, nil
}

// wrongNeed says all that is wrong in one sentence each.
func wrongNeed(wrong []errs.Field) error {
	var lines []string
	for _, f := range wrong {
		lines = append(lines, f.Name+": "+f.Message+".")
	}
	return errs.InvalidFields("Deze gegevens kunnen niet worden gebruikt. "+strings.Join(lines, " "), wrong...)
}

// object is a JSON object that is read field by field; every mistake is written down with its place.
type object struct {
	path   string // "home.", "" at the top
	fields map[string]json.RawMessage
	wrong  *[]errs.Field
}

// openObject opens a JSON object.
func openObject(path string, raw []byte) (object, error) {
	o := object{path: path, wrong: &[]errs.Field{}}
	err := json.Unmarshal(raw, &o.fields)
	if err == nil && o.fields == nil {
		err = errors.New("null")
	}
	return o, err
}

// fail writes down a mistake, one for each field.
func (o object) fail(field, expected string) {
	if slices.ContainsFunc(*o.wrong, func(f errs.Field) bool { return f.Name == o.path+field }) {
		return
	}
	*o.wrong = append(*o.wrong, errs.Field{Name: o.path + field, Message: "verwacht " + expected})
}

// has says whether a field is there; null counts as absent.
func (o object) has(field string) bool {
	raw, ok := o.fields[field]
	return ok && !bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

// into reads a field of a type; false when it is absent or wrong.
func (o object) into(field string, v any, expected string) bool {
	if !o.has(field) {
		return false
	}
	if err := json.Unmarshal(o.fields[field], v); err != nil {
		o.fail(field, expected)
		return false
	}
	return true
}

// list opens the objects of a list.
func (o object) list(field, expected string) (out []object) {
	var all []json.RawMessage
	if !o.into(field, &all, expected) {
		return nil
	}
	for _, raw := range all {
		one, err := openObject(o.path+field+".", raw)
		if err != nil {
			o.fail(field, expected)
			return nil
		}
		one.wrong = o.wrong
		out = append(out, one)
	}
	return out
}

// text reads a text of at most n characters.
func (o object) text(field string, n int, expected string) string {
	var s string
	if o.into(field, &s, expected) && utf8.RuneCountInString(s) > n {
		o.fail(field, expected)
	}
	return s
}

// date reads a day.
func (o object) date(field string) (d civil.Date) {
	o.into(field, &d, "een dag als jjjj-mm-dd")
	return d
}

// readNeed reads every field of a need.
func (o object) readNeed(n *Need) {
	if n.Format = o.text("format", 40, `"`+FormatNeed+`"`); n.Format != FormatNeed {
		o.fail("format", `"`+FormatNeed+`"`)
	}
	if n.On = o.date("on"); !o.has("on") {
		o.fail("on", "de dag van zoeken als jjjj-mm-dd")
	}
	o.readBorn(n)
	if n.Residence = o.text("residence", 6, "een gemeentecode van het CBS, bijvoorbeeld GM0599"); n.Residence != "" && !residencePattern.MatchString(n.Residence) {
		o.fail("residence", "een gemeentecode van het CBS, bijvoorbeeld GM0599")
	}
	n.Home, n.SecondHome, n.School, n.Other = o.place("home"), o.place("second_home"), o.place("school"), o.place("other")
	o.readAnswers(n)
	n.Search = o.text("search", maxOwnWords, "een tekst van hoogstens 200 tekens")
	o.readConsents(n)
	o.readArranged(n)
	o.readMoney(n)
}

// readBorn reads year and month, or a full date, of birth.
func (o object) readBorn(n *Need) {
	const expected = "een geboortemaand als jjjj-mm, of een dag als jjjj-mm-dd"
	if !o.into("born", &n.Born, expected) || !n.Born.Known() || !n.On.IsValid() {
		return
	}
	if n.Born.Date().After(n.On) || n.Born.Year < n.On.Year-120 {
		o.fail("born", expected+", vóór de dag van zoeken")
		n.Born = Born{}
	}
}

// place reads a place: lat and lon, or a postcode.
func (o object) place(field string) *Place {
	if !o.has(field) {
		return nil
	}
	const expected = `{"lat":…,"lon":…} of {"postcode":"3072AB"}`
	in, err := openObject(o.path+field+".", o.fields[field])
	if err != nil {
		o.fail(field, expected)
		return nil
	}
	in.wrong = o.wrong
	p := Place{}
	if typed := in.text("postcode", 7, "een postcode, bijvoorbeeld 3072AB"); typed != "" {
		if p.Postcode, err = geo.ParsePostcode(typed); err != nil {
			in.fail("postcode", "een postcode, bijvoorbeeld 3072AB")
		}
	}
	lat := in.into("lat", &p.Lat, "een getal tussen 50 en 54 (graden noorderbreedte)")
	lon := in.into("lon", &p.Lon, "een getal tussen 2.5 en 8 (graden oosterlengte)")
	switch {
	case lat != lon && in.has("lat") != in.has("lon"):
		o.fail(field, "lat en lon samen")
	case lat && lon:
		if err := checkPoint(geo.Point{Lat: p.Lat, Lon: p.Lon}); err != nil {
			in.fail("lat", "een plek in Nederland; "+err.Error())
		}
	case !in.has("lat") && !in.has("lon") && !in.has("postcode"):
		o.fail(field, expected)
	}
	return &p
}

// readAnswers reads the variant and checks each answer against its question.
func (o object) readAnswers(n *Need) {
	n.Variant = questionnaire.Variant(o.text("variant", 1, "A, B of C"))
	if !slices.Contains([]questionnaire.Variant{questionnaire.VariantA, questionnaire.VariantB, questionnaire.VariantC}, n.Variant) {
		if !slices.ContainsFunc(*o.wrong, func(f errs.Field) bool { return f.Name == "variant" }) {
			o.fail("variant", "A, B of C")
		}
		return
	}
	const expected = `een object met antwoorden per vraag, bijvoorbeeld {"V1":"groepje"}`
	o.into("answers", &n.Answers, expected)
	o.into("parent", &n.Parent, expected)
	if n.Answers == nil {
		n.Answers = questionnaire.Answers{}
	}
	for _, id := range slices.Sorted(maps.Keys(n.Answers)) {
		err := questionnaire.Validate(n.Variant, id, n.Answers[id])
		if err != nil && n.Variant == questionnaire.VariantC && questionnaire.Validate(questionnaire.VariantP, id, n.Answers[id]) == nil {
			err = nil // from 16 years the P items may be the young person's own
		}
		o.answer("answers.", id, err)
	}
	for _, id := range slices.Sorted(maps.Keys(n.Parent)) {
		o.answer("parent.", id, questionnaire.Validate(questionnaire.VariantP, id, n.Parent[id]))
	}
}

// answer writes down an answer that cannot be used.
func (o object) answer(set, id string, err error) {
	var wrong questionnaire.AnswerError
	if errors.As(err, &wrong) {
		field := set + wrong.Item
		if wrong.Field != "" {
			field += "." + wrong.Field
		}
		o.fail(field, wrong.Expected)
	}
}

// readConsents reads the purposes that were agreed to.
func (o object) readConsents(n *Need) {
	o.into("consents", &n.Consents, "een lijst van doelen")
	for _, c := range n.Consents {
		if !slices.Contains(purposes, Purpose(c)) {
			o.fail("consents", "profiel, toegankelijkheid, delen_aanbieder, delen_school of meting")
		}
	}
}

// readArranged reads the remedies that were arranged.
func (o object) readArranged(n *Need) {
	for _, in := range o.list("arranged", `een lijst van {"activity":…,"remedy":…}`) {
		a := Arranged{Activity: in.text("activity", 200, "het id van een activiteit"), Remedy: in.text("remedy", 40, "het id van een oplossing, bijvoorbeeld buddy"),
			From: in.date("from"), Until: in.date("until")}
		in.must("activity", a.Activity, "het id van een activiteit")
		in.must("remedy", a.Remedy, "het id van een oplossing, bijvoorbeeld buddy")
		if !a.Until.IsZero() && a.Until.Before(a.From) {
			in.fail("until", "een dag op of na from")
		}
		n.Arranged = append(n.Arranged, a)
	}
}

// readMoney reads what was used, approved and refused.
func (o object) readMoney(n *Need) {
	for _, in := range o.list("used", `een lijst van {"scheme":…,"cents":…}`) {
		n.Used = append(n.Used, regeling.Used{Scheme: in.scheme(), Cents: in.cents()})
	}
	for _, in := range o.list("approved", `een lijst van {"scheme":…,"activity":…,"cents":…}`) {
		a := regeling.Approval{Scheme: in.scheme(), Activity: in.text("activity", 200, "het id van een activiteit"), Cents: in.cents()}
		in.must("activity", a.Activity, "het id van een activiteit")
		n.Approved = append(n.Approved, a)
	}
	for _, in := range o.list("refused", `een lijst van {"scheme":…,"activity":…}`) {
		r := regeling.Refusal{Scheme: in.scheme(), Activity: in.text("activity", 200, "het id van een activiteit")}
		in.must("activity", r.Activity, "het id van een activiteit")
		n.Refused = append(n.Refused, r)
	}
}

// must writes down a text that is missing.
func (o object) must(field, value, expected string) {
	if value == "" && !slices.ContainsFunc(*o.wrong, func(f errs.Field) bool { return f.Name == o.path+field }) {
		o.fail(field, expected)
	}
}

// scheme reads the id of a scheme.
func (o object) scheme() string {
	s := o.text("scheme", 100, "het id van een regeling")
	o.must("scheme", s, "het id van een regeling")
	return s
}

// maxCents is the most money one field can mean: a million euros.
const maxCents = 100_000_000

// cents reads money in whole euro cents, 0 or more.
func (o object) cents() (n int) {
	const expected = "een heel getal in eurocenten, 0 of meer"
	switch {
	case !o.has("cents"):
		o.fail("cents", expected)
	case o.into("cents", &n, expected) && (n < 0 || n > maxCents):
		o.fail("cents", expected)
		return 0
	}
	return n
}
