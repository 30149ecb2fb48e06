package kindinkaart

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// defaultRegion is the holiday region of a school whose file does not say it: Rotterdam lies in midden.
const defaultRegion = "midden"

// Refused is one line of a file that could not be read, and why, in Dutch.
type Refused struct {
	Line    int // 1 = the header
	Record  string
	Message string
}

var (
	brinPattern = regexp.MustCompile(`^[0-9]{2}[A-Z]{2}[0-9]{2}$`)
	regions     = []string{"noord", "midden", "zuid"}
	schoolMust  = []string{"brin_vestiging", "naam"}
)

// maxSchoolFields keeps a broken file from eating the memory.
const maxSchoolFields = 64

// ReadSchools reads a CSV of schools with a header: brin_vestiging, naam, straat, huisnummer, postcode, plaats, denominatie,
// lon, lat, precisie, buurt, gebied, and of our own type (SchoolTypes, bo when empty) and regio (noord, midden, zuid; midden
// when empty). Order of columns is free, columns it does not know are passed over. A line that cannot be used is refused
// with its reason and the others are read; of a BRIN that comes twice the first counts.
func ReadSchools(r io.Reader) ([]School, []Refused, error) {
	in := csv.NewReader(withoutBOM(r))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return nil, nil, errs.Wrap(errs.Invalid, "Dit bestand met scholen is leeg of geen CSV. Verwacht een eerste regel met brin_vestiging,naam,…", err)
	}
	column, err := schoolColumns(header)
	if err != nil {
		return nil, nil, err
	}
	var schools []School
	var refused []Refused
	seen := map[string]bool{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return schools, refused, nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			var parse *csv.ParseError
			if !errors.As(err, &parse) {
				return schools, refused, errs.Wrap(errs.Invalid, "Het bestand met scholen kon niet tot het einde worden gelezen.", err)
			}
			refused = append(refused, Refused{Line: parse.StartLine, Message: "Deze regel is geen goede CSV: kijk naar de aanhalingstekens."})
			continue
		}
		school, err := readSchool(column, record)
		switch {
		case err == nil && seen[school.BRIN]:
			err = errors.New("brin_vestiging: deze school staat al eerder in het bestand")
			fallthrough
		case err != nil:
			refused = append(refused, Refused{Line: line, Record: onlyID(school.BRIN), Message: err.Error()})
		default:
			seen[school.BRIN] = true
			schools = append(schools, school)
		}
	}
}

// withoutBOM passes over the mark that spreadsheets put before UTF-8.
func withoutBOM(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		b.Discard(3)
	}
	return b
}

// schoolColumns finds the columns by name.
func schoolColumns(header []string) (map[string]int, error) {
	column := map[string]int{}
	for i, name := range header {
		if i < maxSchoolFields {
			column[strings.ToLower(strings.TrimSpace(name))] = i
		}
	}
	for _, must := range schoolMust {
		if _, ok := column[must]; !ok {
			return nil, errs.New(errs.Invalid, fmt.Sprintf("Dit bestand heeft geen kolom %q. Verwacht een eerste regel met brin_vestiging,naam,straat,huisnummer,postcode,plaats,…", must))
		}
	}
	return column, nil
}

// readSchool reads one line.
func readSchool(column map[string]int, record []string) (School, error) {
	get := func(name string) string {
		if i, ok := column[name]; ok && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	s := School{BRIN: strings.ToUpper(get("brin_vestiging")), Name: get("naam"), Type: SchoolType(strings.ToLower(get("type"))),
		Street: strings.TrimSpace(get("straat") + " " + get("huisnummer")), Place: get("plaats"), Wijk: get("wijk"), Region: strings.ToLower(get("regio"))}
	if s.Type == "" {
		s.Type = "bo"
	}
	if s.Region == "" {
		s.Region = defaultRegion
	}
	switch {
	case !brinPattern.MatchString(s.BRIN):
		return s, errors.New("brin_vestiging: verwacht vier tekens en een vestigingsnummer, bijvoorbeeld 17AP00")
	case s.Name == "":
		return s, errors.New("naam: verwacht de naam van de school")
	case !slices.Contains(SchoolTypes, s.Type):
		return s, errors.New("type: verwacht bo, sbo, so, vo, vso, mbo of voorschool")
	case !slices.Contains(regions, s.Region):
		return s, errors.New("regio: verwacht noord, midden of zuid")
	}
	var err error
	if typed := get("postcode"); typed != "" {
		if s.Postcode, err = geo.ParsePostcode(typed); err != nil {
			return s, errors.New("postcode: verwacht vier cijfers en twee letters, bijvoorbeeld 3072 AB")
		}
	}
	s.Point, err = readPoint(get("lat"), get("lon"))
	return s, err
}

// readPoint reads a place in or near the Netherlands; two empty fields are an unknown place.
func readPoint(lat, lon string) (geo.Point, error) {
	if lat == "" && lon == "" {
		return geo.Point{}, nil
	}
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	if err1 != nil || err2 != nil {
		return geo.Point{}, errors.New("lat en lon: verwacht twee getallen in graden, bijvoorbeeld 51.90000 en 4.50162")
	}
	p := geo.Point{Lat: y, Lon: x}
	return p, checkPoint(p)
}

// The degrees in which the Netherlands and its neighbours lie.
const minLat, maxLat, minLon, maxLon = 50.0, 54.0, 2.5, 8.0

// checkPoint says in Dutch what is wrong with a place, swapped numbers first. It holds for no number that is not finite.
func checkPoint(p geo.Point) error {
	inside := func(lat, lon float64) bool { return lat >= minLat && lat <= maxLat && lon >= minLon && lon <= maxLon }
	switch {
	case inside(p.Lat, p.Lon):
		return nil
	case inside(p.Lon, p.Lat):
		return errors.New("lat en lon zijn verwisseld: verwacht lat tussen 50 en 54 en lon tussen 2.5 en 8")
	}
	return errors.New("de plek ligt niet in Nederland: verwacht lat tussen 50 en 54 en lon tussen 2.5 en 8")
}

// Imported counts what an import of schools did.
type Imported struct {
	Added, Changed, Same int
}

// ImportSchools adds schools and changes those whose BRIN is known; importing the same file twice changes nothing.
func (s *Service) ImportSchools(ctx context.Context, who access.Actor, schools []School) (Imported, error) {
	return run(ctx, s, who, subject{kind: "school"}, func(a *act) (Imported, error) {
		if who.Tenant == "" || who.Role != access.System && who.Role != access.CatalogueAdmin {
			return Imported{}, notThere()
		}
		known, err := a.Schools().Find(a.tenant(), Query{})
		if err != nil {
			return Imported{}, err
		}
		byBRIN := map[string]School{}
		for _, k := range known {
			byBRIN[k.BRIN] = k
		}
		var n Imported
		for _, school := range schools {
			if err := a.importSchool(school, byBRIN, &n); err != nil {
				return Imported{}, err
			}
		}
		return n, a.record("import", subject{kind: "school"}, "beheer", fmt.Sprintf("%d nieuw, %d veranderd, %d gelijk", n.Added, n.Changed, n.Same))
	})
}

// importSchool adds, changes or passes over one school.
func (a *act) importSchool(school School, known map[string]School, n *Imported) error {
	old, ok := known[school.BRIN]
	ok = ok && school.BRIN != ""
	school.Tenant, school.ID, school.Version = a.who.Tenant, old.ID, old.Version
	if school.Wijk == "" {
		school.Wijk = old.Wijk
	}
	switch {
	case ok && school == old:
		n.Same++
		return nil
	case ok:
		n.Changed++
	default:
		n.Added++
		school.ID = a.service.NewID()
	}
	stored, err := put(a.Schools(), a.tenant(), school, "deze school")
	known[school.BRIN] = stored
	return err
}
