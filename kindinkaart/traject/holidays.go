package traject

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/golang-sql/civil"
)

// Regions are the holiday regions.
var Regions = []string{"noord", "midden", "zuid"}

// Refused is one line that could not be read, with what was expected there.
type Refused struct {
	Line     int // in the file, the heading is line 1
	Field    string
	Expected string
}

// longestHoliday is in days; summer is 6 or 7 weeks.
const longestHoliday = 70

// ReadHolidays reads start,eind,vakantie,regio (columns in any order, comma or semicolon). Lines that cannot be used come
// back with the reason and the rest is read. A region "heel Nederland" stands for all three. A region and start day that come
// again with the same end count once; with another end the later line is refused.
func ReadHolidays(r io.Reader) ([]Holiday, []Refused, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("bestand niet te lezen: %w", err)
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	in.FieldsPerRecord, in.LazyQuotes, in.TrimLeadingSpace = -1, true, true
	if line, _, _ := strings.Cut(string(text), "\n"); strings.Count(line, ";") > strings.Count(line, ",") {
		in.Comma = ';'
	}
	columns, err := holidayColumns(in)
	if err != nil {
		return nil, nil, err
	}
	var list holidayList
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return list.holidays, list.refused, nil
		}
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			list.refuse(bad.Line, "regel", "komma's tussen de velden")
			continue
		}
		line, _ := in.FieldPos(0)
		list.read(line, columns, record)
	}
}

// holidayColumns finds the place of each column in the heading.
func holidayColumns(in *csv.Reader) (map[string]int, error) {
	heading, err := in.Read()
	if err != nil {
		return nil, errors.New("Het bestand is leeg. Verwacht een eerste regel met start,eind,vakantie,regio.")
	}
	columns := map[string]int{}
	for i, name := range heading {
		columns[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range []string{"start", "eind", "vakantie", "regio"} {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("De kolom %q ontbreekt. Verwacht een eerste regel met start,eind,vakantie,regio.", name)
		}
	}
	return columns, nil
}

type holidayList struct {
	holidays []Holiday
	refused  []Refused
}

func (l *holidayList) refuse(line int, field, expected string) {
	l.refused = append(l.refused, Refused{Line: line, Field: field, Expected: expected})
}

func (l *holidayList) read(line int, columns map[string]int, record []string) {
	field := func(name string) string {
		if i := columns[name]; i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	from, err := civil.ParseDate(field("start"))
	if err != nil || !from.IsValid() {
		l.refuse(line, "start", "een datum als 2025-12-20")
		return
	}
	to, err := civil.ParseDate(field("eind"))
	if err != nil || to.Before(from) || to.DaysSince(from) > longestHoliday {
		l.refuse(line, "eind", fmt.Sprintf("een datum als 2026-01-04, op of na de start en hoogstens %d dagen later", longestHoliday))
		return
	}
	name := field("vakantie")
	if name == "" {
		l.refuse(line, "vakantie", "een naam zoals Kerstvakantie")
		return
	}
	regions := []string{strings.ToLower(field("regio"))}
	if regions[0] == "heel nederland" {
		regions = Regions
	}
	for _, region := range regions {
		if !slices.Contains(Regions, region) {
			l.refuse(line, "regio", "noord, midden of zuid")
			return
		}
		l.add(line, Holiday{Name: name, Region: region, From: from, To: to})
	}
}

func (l *holidayList) add(line int, h Holiday) {
	for _, other := range l.holidays {
		if other.Region != h.Region || other.From != h.From {
			continue
		}
		if other.To != h.To {
			l.refuse(line, "eind", "dezelfde einddatum als eerder in het bestand voor deze regio en start")
		}
		return
	}
	l.holidays = append(l.holidays, h)
}
