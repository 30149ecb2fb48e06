// Package exchange reads and writes catalogues of offerings: one file per format. What cannot be read is named with its
// record or row, the field and what was expected; the rest is kept. docs/formaten.md describes the formats for people.
package exchange

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// Format is a way to write a catalogue down.
type Format string

// The formats. GeoJSON and ICal are written only.
const (
	KIK     Format = "kik"
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	GeoJSON Format = "geojson"
	ICal    Format = "ical"
)

// The limits on what is read (RELIABILITY I03).
const (
	MaxTableBytes = 50 << 20  // of a CSV or XLSX file
	MaxKIKBytes   = 512 << 20 // of a kik file, which is read as a stream
	MaxRecord     = 1 << 20   // of one partner or activity in a kik file
	MaxRows       = 100_000
	MaxColumns    = 200
	maxUnzipped   = 64 << 20
	maxSheetInRAM = 16 << 20
)

// Options steer the reading.
type Options struct {
	Source   string                   // becomes Import.Source; the caller's name for where this comes from
	Partial  bool                     // the file is not the whole source: nothing in the catalogue gets Missing
	KnownTag func(id string) bool     // whether the taxonomy has a leaf; nil = tags are not checked
	TagOf    func(word string) string // leaf id of a search word in a table, "" = none; nil = tags must be ids
}

// codec is what one format can do; a nil function means that it cannot.
type codec struct {
	endings []string
	looks   func(head []byte) bool // whether the beginning of a file is this format
	read    func(ctx context.Context, r *io.SectionReader, o Options) (catalog.Import, error)
	write   func(w io.Writer, c Content) error
}

var codecs = map[Format]codec{
	KIK:     {endings: []string{".json"}, looks: looksKIK, read: readKIK, write: writeKIK},
	XLSX:    {endings: []string{".xlsx", ".xlsm"}, looks: looksXLSX, read: readXLSX, write: writeXLSX},
	CSV:     {endings: []string{".csv", ".tsv", ".txt"}, looks: looksCSV, read: readCSV, write: writeCSV},
	GeoJSON: {endings: []string{".geojson"}, write: writeGeoJSON},
	ICal:    {endings: []string{".ics"}, write: writeICal},
}

// readable lists the formats that can be read, the surest to recognise first.
var readable = []Format{XLSX, KIK, CSV}

// Detect guesses the format of a file from its name and its first bytes (a few hundred are enough). What the content says
// goes before the name.
func Detect(name string, head []byte) (Format, error) {
	ending := strings.ToLower(path.Ext(name))
	for _, f := range readable {
		if codecs[f].looks(head) {
			return f, nil
		}
	}
	for _, f := range readable {
		if f != XLSX && slices.Contains(codecs[f].endings, ending) && looksText(head) {
			return f, nil
		}
	}
	if bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		return "", errs.New(errs.Invalid, "Dit is een oud Excel-bestand (.xls). Bewaar het in Excel als .xlsx of .csv en probeer opnieuw.")
	}
	return "", errs.New(errs.Invalid, fmt.Sprintf("Aan %q is niet te zien wat voor bestand het is. Verwacht een .xlsx, een .csv of een kindinkaart-catalogue/1 (.json); of kies het formaat zelf.", path.Base(name)))
}

// Read takes in a catalogue of size bytes. A file that cannot be used at all gives an error and nothing; a record that
// cannot be used is in Import.Refused.
func Read(ctx context.Context, f Format, r io.ReaderAt, size int64, o Options) (catalog.Import, error) {
	c, ok := codecs[f]
	if !ok || c.read == nil {
		return catalog.Import{}, errs.New(errs.Invalid, fmt.Sprintf("Het formaat %q kunnen we niet lezen. Kies uit: kik, csv, xlsx.", f))
	}
	limit := int64(MaxTableBytes)
	if f == KIK {
		limit = MaxKIKBytes
	}
	if size > limit {
		return catalog.Import{}, errs.New(errs.TooLarge, fmt.Sprintf("Het bestand is %d MB; er past %d MB. Verdeel het over meer bestanden.", size>>20, limit>>20))
	}
	in, err := c.read(ctx, io.NewSectionReader(r, 0, size), o)
	if err != nil {
		return catalog.Import{}, err
	}
	in.Source = o.Source
	in.Complete = in.Complete && !o.Partial
	return in, nil
}

// Content is what an export writes, as it was on a day.
type Content struct {
	Partners   []catalog.Partner
	Activities []catalog.Activity
	On         time.Time // stamps an iCalendar, and begins series without a first day
}

// Write writes a catalogue in a format, as of now. It writes what it gets: the caller leaves out what is not public.
func Write(f Format, w io.Writer, partners []catalog.Partner, activities []catalog.Activity) error {
	return WriteContent(f, w, Content{Partners: partners, Activities: activities, On: time.Now()})
}

// WriteContent is Write with a day.
func WriteContent(f Format, w io.Writer, c Content) error {
	out, ok := codecs[f]
	if !ok || out.write == nil {
		return errs.New(errs.Invalid, fmt.Sprintf("Het formaat %q kunnen we niet schrijven. Kies uit: kik, csv, xlsx, geojson, ical.", f))
	}
	return out.write(w, c)
}

// refuse makes the report of one record that was not taken.
func refuse(in *catalog.Import, record string, row int, fields ...errs.Field) {
	for _, f := range fields {
		in.Refused = append(in.Refused, catalog.Refused{Record: record, Row: row, Field: f.Name, Reason: f.Message})
	}
}
