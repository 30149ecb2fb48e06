package exchange

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxMerges is how many merged areas a sheet may have; the rest is left as it is.
const maxMerges = 100_000

// merge is an area of cells that shows one value; all numbers count from 1.
type merge struct{ left, top, right, bottom int }

// merges fills merged areas while rows go by: every cell gets the value of the first one.
type merges struct {
	waiting []merge // by top row
	open    []openMerge
}

type openMerge struct {
	merge
	value string
}

// fill gives the row with the cells of merged areas filled in.
func (m *merges) fill(cells []string, row int) []string {
	for len(m.waiting) > 0 && m.waiting[0].top <= row {
		area := m.waiting[0]
		m.waiting = m.waiting[1:]
		if area.top == row && area.left <= len(cells) {
			m.open = append(m.open, openMerge{area, cells[area.left-1]})
		}
	}
	still := m.open[:0]
	for _, o := range m.open {
		if o.bottom < row {
			continue
		}
		still = append(still, o)
		right := min(o.right, MaxColumns)
		for len(cells) < right {
			cells = append(cells, "")
		}
		for i := o.left - 1; i < right; i++ {
			cells[i] = o.value
		}
	}
	m.open = still
	return cells
}

// mergedCells reads the merged areas of a sheet from the end of its part in the workbook, without loading the sheet.
func mergedCells(parts *zip.Reader, sheet string) (*merges, error) {
	part := sheetPart(parts, sheet)
	if part == nil {
		return &merges{}, nil
	}
	r, err := part.Open()
	if err != nil {
		return nil, unreadableBook(err)
	}
	defer func() { _ = r.Close() }()
	areas, err := scanMerges(io.LimitReader(r, maxUnzipped))
	if err != nil {
		return nil, unreadableBook(err)
	}
	slices.SortStableFunc(areas, func(a, b merge) int { return a.top - b.top })
	return &merges{waiting: areas}, nil
}

// scanMerges finds <mergeCell ref="A1:B2"/> tag by tag.
func scanMerges(r io.Reader) (out []merge, err error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), maxUnzipped)
	in.Split(splitTags)
	for in.Scan() && len(out) < maxMerges {
		tag := in.Bytes()
		if !bytes.Contains(tag, []byte("mergeCell ")) {
			continue
		}
		_, rest, ok := bytes.Cut(tag, []byte(`ref="`))
		ref, _, closed := bytes.Cut(rest, []byte(`"`))
		if area, good := parseArea(string(ref)); ok && closed && good {
			out = append(out, area)
		}
	}
	return out, in.Err()
}

// splitTags cuts a text after every ">".
func splitTags(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '>'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF {
		return len(data), nil, nil
	}
	return 0, nil, nil
}

func parseArea(ref string) (m merge, ok bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !two {
		return m, false
	}
	var errFrom, errTo error
	m.left, m.top, errFrom = excelize.CellNameToCoordinates(from)
	m.right, m.bottom, errTo = excelize.CellNameToCoordinates(to)
	return m, errFrom == nil && errTo == nil && m.left <= m.right && m.top <= m.bottom && m.left <= MaxColumns
}

// sheetPart finds the part of the workbook that holds a sheet, nil when it cannot be told.
func sheetPart(parts *zip.Reader, sheet string) *zip.File {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if !readPart(parts, "xl/workbook.xml", &book) || !readPart(parts, "xl/_rels/workbook.xml.rels", &links) {
		return nil
	}
	for _, s := range book.Sheets {
		for _, l := range links.Links {
			if s.Name == sheet && l.ID == s.ID {
				return partNamed(parts, l.Target)
			}
		}
	}
	return nil
}

func partNamed(parts *zip.Reader, target string) *zip.File {
	name := strings.TrimPrefix(target, "/")
	if !strings.HasPrefix(name, "xl/") {
		name = path.Join("xl", name)
	}
	for _, f := range parts.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// readPart reads one small part of a workbook.
func readPart(parts *zip.Reader, name string, into any) bool {
	f := partNamed(parts, name)
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer func() { _ = r.Close() }()
	return xml.NewDecoder(io.LimitReader(r, 1<<20)).Decode(into) == nil
}
