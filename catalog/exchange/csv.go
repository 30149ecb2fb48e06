package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// separators are what columns can stand between, the usual one in the Netherlands first.
var separators = []rune{';', ',', '\t', '|'}

// headBytes is how much of a file is looked at to find the separator.
const headBytes = 1 << 16

func looksCSV(head []byte) bool {
	if !looksText(head) {
		return false
	}
	text, err := decoded(io.NewSectionReader(bytes.NewReader(head), 0, int64(len(head))))
	if err != nil {
		return false
	}
	start, _ := io.ReadAll(text)
	_, known := separatorOf(start)
	return known >= 2
}

// separatorOf gives the separator with which most headings are known, and how many those are.
func separatorOf(head []byte) (best rune, most int) {
	best = separators[0]
	for _, sep := range separators {
		r := newCSV(bytes.NewReader(head), sep)
		for range headerWithin {
			cells, err := r.Read()
			if err != nil {
				break
			}
			if _, known := header(cells); known > most {
				best, most = sep, known
			}
		}
	}
	return best, most
}

func newCSV(r io.Reader, sep rune) *csv.Reader {
	out := csv.NewReader(r)
	out.Comma, out.FieldsPerRecord, out.LazyQuotes, out.ReuseRecord = sep, -1, true, true
	return out
}

func readCSV(ctx context.Context, r *io.SectionReader, o Options) (catalog.Import, error) {
	text, err := decoded(r)
	if err != nil {
		return catalog.Import{}, err
	}
	in := bufio.NewReaderSize(text, headBytes)
	head, err := in.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return catalog.Import{}, err
	}
	sep, _ := separatorOf(head)
	return readTable(&csvRows{ctx: ctx, in: newCSV(in, sep), sep: string(sep)}, o)
}

// csvRows counts rows as a spreadsheet would: empty lines count, lines inside a cell do not.
type csvRows struct {
	ctx      context.Context
	in       *csv.Reader
	sep      string
	row      int
	nextLine int // the line of text after the row before
}

func (c *csvRows) next() ([]string, int, error) {
	cells, err := c.in.Read()
	if err != nil {
		return nil, 0, c.explain(err)
	}
	if err := c.ctx.Err(); err != nil {
		return nil, 0, errs.Wrap(errs.Unavailable, "Het inlezen is gestopt. Probeer het opnieuw.", err)
	}
	line, _ := c.in.FieldPos(0)
	c.row += 1 + max(line-max(c.nextLine, 1), 0)
	last, _ := c.in.FieldPos(len(cells) - 1)
	c.nextLine = last + strings.Count(cells[len(cells)-1], "\n") + 1
	if len(cells) > MaxColumns {
		return nil, 0, tooManyColumns(c.row, len(cells))
	}
	for _, cell := range cells {
		if strings.Contains(cell, "\n") && strings.Count(cell, c.sep) > 8 && strings.Count(cell, "\n") > 2 && len(cell) > catalog.MaxText {
			return nil, 0, errs.New(errs.Invalid, fmt.Sprintf("In rij %d begint een cel met een aanhalingsteken (\") dat niet sluit, zodat de rest van het bestand daarin verdwijnt. Sluit het aanhalingsteken en probeer opnieuw.", c.row))
		}
	}
	return cells, c.row, nil
}

func (c *csvRows) explain(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return errs.Wrap(errs.Invalid, fmt.Sprintf("Het bestand is na rij %d niet verder te lezen. Bewaar het opnieuw als CSV (UTF-8).", c.row), err)
}

func tooManyColumns(row, n int) error {
	return errs.New(errs.TooLarge, fmt.Sprintf("Rij %d heeft %d kolommen; er passen er %d. Haal lege kolommen weg.", row, n, MaxColumns))
}

// writeCSV writes UTF-8 with a mark and semicolons, as spreadsheets in the Netherlands expect.
func writeCSV(w io.Writer, c Content) error { return csvOf(w, tableOf(c)) }

func csvOf(w io.Writer, rows [][]string) error {
	if _, err := w.Write(bomUTF8); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}
