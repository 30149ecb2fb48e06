package geo

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxPostcodeFile = 1 << 30 // bytes after unpacking
	maxPostcodeLine = 64 << 10
)

// PostcodeRow is one row of a postcode file.
type PostcodeRow struct {
	Line     int      // in the file, from 1
	PC4      string   // four digits, always there
	Full     Postcode // "" in a file of PC4 areas
	Point    Point
	HasPoint bool
	Street   string
	Place    string
	Gemeente string // CBS code, "" when not given
	Buurt    string // name
	Gebied   string // name
}

// ReadPostcodes reads a postcode file row by row and hands every good row to each; memory does not grow with the file.
// The file is CSV, plain or gzip by its first bytes, in UTF-8 (with or without byte order mark) or Latin-1, with
// comma, semicolon or tab. Its header decides the shape: pc4 or pc6, with lon and lat or without, and optional
// straat, plaats or woonplaats, gemeentecode, buurt, gebied; other columns are ignored. Rows that cannot be used are
// refused by line number with a reason in Dutch. The error is for a file that cannot be read further, or comes from each.
func ReadPostcodes(r io.Reader, each func(PostcodeRow) error) ([]Refused, error) {
	plain, err := unpacked(r)
	if err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: plain, N: maxPostcodeFile}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 4096), maxPostcodeLine)
	if !lines.Scan() {
		return nil, scanError(lines.Err(), 0, errors.New("het bestand is leeg; verwacht een eerste regel met kolomnamen"))
	}
	table, err := readHeader(text(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff"))))
	if err != nil {
		return nil, err
	}
	var refused []Refused
	line := 1
	for lines.Scan() {
		line++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		row, no := table.row(text(lines.Bytes()))
		if no != nil {
			no.Row = line
			refused = append(refused, *no)
			continue
		}
		row.Line = line
		if err := each(row); err != nil {
			return refused, err
		}
	}
	if limited.N <= 0 {
		return refused, fmt.Errorf("postcodes: het uitgepakte bestand is groter dan %d MB; na regel %d is gestopt", maxPostcodeFile>>20, line)
	}
	return refused, scanError(lines.Err(), line, nil)
}

func scanError(err error, line int, end error) error {
	switch {
	case err == nil && end == nil:
		return nil
	case err == nil:
		return fmt.Errorf("postcodes: %w", end)
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("postcodes, regel %d: de regel is langer dan %d tekens; verwacht een CSV-bestand", line+1, maxPostcodeLine)
	}
	return fmt.Errorf("postcodes: het bestand is beschadigd na regel %d: %w", line, err)
}

// unpacked opens gzip by its first two bytes and passes anything else on.
func unpacked(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return buffered, nil
	}
	z, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, fmt.Errorf("postcodes: het gzip-bestand is beschadigd: %w", err)
	}
	return z, nil
}

// text reads Latin-1 when the bytes are no UTF-8.
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// postcodeTable knows where the columns are; -1 is absent.
type postcodeTable struct {
	separator rune
	code      int
	full      bool
	lat, lon  int
	street, place, gemeente,
	buurt, gebied int
}

func readHeader(header string) (*postcodeTable, error) {
	t := &postcodeTable{separator: ','}
	for _, separator := range []rune{';', '\t'} {
		if strings.ContainsRune(header, separator) {
			t.separator = separator
		}
	}
	names, err := t.cells(header)
	if err != nil {
		return nil, fmt.Errorf("postcodes, regel 1: verwacht kolomnamen: %w", err)
	}
	column := func(wanted ...string) int {
		for i, name := range names {
			for _, w := range wanted {
				if strings.EqualFold(strings.TrimSpace(name), w) {
					return i
				}
			}
		}
		return -1
	}
	t.code, t.full = column("pc6", "postcode"), true
	if t.code < 0 {
		t.code, t.full = column("pc4"), false
	}
	t.lat, t.lon = column("lat"), column("lon")
	t.street, t.place, t.gemeente = column("straat"), column("woonplaats", "plaats"), column("gemeentecode")
	t.buurt, t.gebied = column("buurt"), column("gebied")
	switch {
	case t.code < 0:
		return nil, errors.New("postcodes, regel 1: de kolom met postcodes ontbreekt; verwacht een kolom pc4 of pc6")
	case (t.lat < 0) != (t.lon < 0):
		return nil, errors.New("postcodes, regel 1: verwacht lon en lat allebei, of geen van beide")
	case !t.full && t.lat < 0:
		return nil, errors.New("postcodes, regel 1: bij pc4 horen de kolommen lon en lat")
	}
	return t, nil
}

// cells splits one line. Quotes are only looked at when there are any.
func (t *postcodeTable) cells(line string) ([]string, error) {
	if !strings.Contains(line, `"`) {
		return strings.Split(line, string(t.separator)), nil
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = t.separator, true, -1
	return r.Read()
}

func (t *postcodeTable) row(line string) (PostcodeRow, *Refused) {
	cells, err := t.cells(line)
	if err != nil {
		return PostcodeRow{}, &Refused{Field: "regel", Reason: "de aanhalingstekens kloppen niet"}
	}
	cell := func(column int) string {
		if column < 0 || column >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[column])
	}
	row := PostcodeRow{Street: cell(t.street), Place: cell(t.place), Gemeente: cell(t.gemeente), Buurt: cell(t.buurt), Gebied: cell(t.gebied)}
	if no := t.readCode(&row, cell(t.code)); no != nil {
		return PostcodeRow{}, no
	}
	if _, ok := kindOf(row.Gemeente); row.Gemeente != "" && (!ok || !strings.HasPrefix(row.Gemeente, "GM")) {
		return PostcodeRow{}, &Refused{Record: cell(t.code), Field: "gemeentecode", Reason: "verwacht GM met vier cijfers, bijvoorbeeld GM0599"}
	}
	if t.lat < 0 {
		return row, nil
	}
	lat, okLat := degrees(cell(t.lat))
	lon, okLon := degrees(cell(t.lon))
	row.Point, row.HasPoint = Point{Lat: lat, Lon: lon}, true
	switch {
	case !okLat:
		return PostcodeRow{}, &Refused{Record: cell(t.code), Field: "lat", Reason: fmt.Sprintf("verwacht een getal in graden, gekregen %q", cell(t.lat))}
	case !okLon:
		return PostcodeRow{}, &Refused{Record: cell(t.code), Field: "lon", Reason: fmt.Sprintf("verwacht een getal in graden, gekregen %q", cell(t.lon))}
	}
	if err := CheckNL(row.Point); err != nil {
		return PostcodeRow{}, &Refused{Record: cell(t.code), Field: "lon, lat", Reason: err.Error()}
	}
	return row, nil
}

func (t *postcodeTable) readCode(row *PostcodeRow, code string) *Refused {
	if t.full {
		full, err := ParsePostcode(code)
		if err != nil {
			return &Refused{Record: code, Field: "pc6", Reason: err.Error()}
		}
		row.Full, row.PC4 = full, full.PC4()
		return nil
	}
	if len(code) != 4 || code[0] == '0' || strings.Trim(code, "0123456789") != "" {
		return &Refused{Record: code, Field: "pc4", Reason: "verwacht vier cijfers, bijvoorbeeld 3072"}
	}
	row.PC4 = code
	return nil
}

// degrees reads a number with a point or a decimal comma.
func degrees(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return v, err == nil
}
