package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// maxZipEntries is how many parts a workbook may have; an ordinary one has about twenty.
const maxZipEntries = 2000

func looksXLSX(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) &&
		(bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("xl/")) || bytes.Contains(head, []byte("_rels/")))
}

func readXLSX(ctx context.Context, r *io.SectionReader, o Options) (catalog.Import, error) {
	parts, err := openZip(r)
	if err != nil {
		return catalog.Import{}, err
	}
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxSheetInRAM, RawCellValue: true})
	if err != nil {
		return catalog.Import{}, unreadableBook(err)
	}
	defer func() { _ = f.Close() }()
	for _, sheet := range f.GetSheetList() {
		in, err := readSheet(ctx, f, sheet, parts, o)
		if !errors.Is(err, errNoHeader) {
			return in, err
		}
	}
	return catalog.Import{}, errNoHeader
}

// openZip looks at the sizes a workbook says it has before anything is unpacked.
func openZip(r *io.SectionReader) (*zip.Reader, error) {
	parts, err := zip.NewReader(r, r.Size())
	if err != nil {
		return nil, unreadableBook(err)
	}
	var total uint64
	for _, part := range parts.File {
		total += min(part.UncompressedSize64, maxUnzipped+1)
	}
	if total > maxUnzipped || len(parts.File) > maxZipEntries {
		return nil, errs.New(errs.TooLarge, fmt.Sprintf("Het Excel-bestand is uitgepakt groter dan %d MB. Haal plaatjes en lege rijen weg, of bewaar het als CSV.", maxUnzipped>>20))
	}
	return parts, nil
}

func unreadableBook(err error) error {
	if strings.Contains(err.Error(), "unzip size") {
		return errs.Wrap(errs.TooLarge, "Het Excel-bestand is uitgepakt te groot. Haal plaatjes en lege rijen weg, of bewaar het als CSV.", err)
	}
	return errs.Wrap(errs.Invalid, "Dit Excel-bestand is niet te openen. Staat er een wachtwoord op, of is het beschadigd? Bewaar het opnieuw als .xlsx zonder wachtwoord.", err)
}

func readSheet(ctx context.Context, f *excelize.File, sheet string, parts *zip.Reader, o Options) (catalog.Import, error) {
	merged, err := mergedCells(parts, sheet)
	if err != nil {
		return catalog.Import{}, err
	}
	in, err := f.Rows(sheet)
	if err != nil {
		return catalog.Import{}, unreadableBook(err)
	}
	defer func() { _ = in.Close() }()
	return readTable(&xlsxRows{ctx: ctx, in: in, merged: merged}, o)
}

// xlsxRows streams the rows of a sheet as they are stored: dates and times are numbers.
type xlsxRows struct {
	ctx    context.Context
	in     *excelize.Rows
	row    int
	merged *merges
}

func (x *xlsxRows) next() ([]string, int, error) {
	for x.in.Next() {
		if err := x.ctx.Err(); err != nil {
			return nil, 0, errs.Wrap(errs.Unavailable, "Het inlezen is gestopt. Probeer het opnieuw.", err)
		}
		x.row++
		cells, err := x.in.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, 0, unreadableBook(err)
		}
		cells = x.merged.fill(cells, x.row)
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > MaxColumns {
			return nil, 0, tooManyColumns(x.row, len(cells))
		}
		if len(cells) > 0 {
			return cells, x.row, nil
		}
	}
	if err := x.in.Error(); err != nil {
		return nil, 0, unreadableBook(err)
	}
	return nil, 0, io.EOF
}

// writeXLSX writes a workbook with one sheet, Aanbod. Every cell is text, so that no spreadsheet turns 8-12 into a date.
func writeXLSX(w io.Writer, c Content) error { return xlsxOf(w, tableOf(c)) }

func xlsxOf(w io.Writer, rows [][]string) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName(f.GetSheetName(0), "Aanbod"); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49})
	if err != nil {
		return err
	}
	asText, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter("Aanbod")
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(columns), 18); err != nil {
		return err
	}
	style := bold
	for i, row := range rows {
		if err := writeSheetRow(out, i+1, row, style); err != nil {
			return err
		}
		style = asText
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

func writeSheetRow(out *excelize.StreamWriter, n int, row []string, style int) error {
	cells := make([]any, len(row))
	for i, c := range row {
		cells[i] = excelize.Cell{StyleID: style, Value: c}
		if c == "" && n > 4 {
			cells[i] = nil
		}
	}
	return out.SetRow(fmt.Sprintf("A%d", n), cells)
}
