package web

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"wijknetwerk/kindinkaart/errs"
)

// gapsFile is the table under the chosen filter as a file for a spreadsheet. What is hidden on the page is not in it.
func (s *Server) gapsFile(r *request) (reply, error) {
	f, _, err := readGapFilter(r)
	if err != nil {
		return reply{}, err
	}
	report, err := s.missing(r)
	if err != nil {
		return reply{}, err
	}
	if report.At.IsZero() {
		return reply{}, errs.New(errs.Unavailable, "De aantallen worden nog geteld. Probeer het over een halve minuut opnieuw.")
	}
	groups, few := gapGroups(report.Table, f, s.wijkNames())
	body, err := gapsCSV(groups, few)
	if err != nil {
		return reply{}, err
	}
	return file("wat-mist.csv", "text/csv; charset=utf-8", body), nil
}

// gapsCSV writes the rows with semicolons and a byte order mark, as a Dutch spreadsheet reads them.
func gapsCSV(groups []gapGroup, few []string) ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.Comma, w.UseCRLF = ';', true
	rows := [][]string{{"wens", "wijk", "kinderen", "redenen", "leeftijden", "dagdelen"}}
	for _, g := range groups {
		if g.Total != nil {
			rows = append(rows, []string{g.Label, "alle wijken", strconv.Itoa(g.Total.N), "", "", ""})
		}
		for _, row := range g.Rows {
			rows = append(rows, []string{g.Label, row.Wijk, strconv.Itoa(row.N), row.Why, row.Bands, row.Part})
		}
	}
	for _, label := range few {
		rows = append(rows, []string{label, "alle wijken", "<5", "", "", ""})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = plainCell(row[i])
		}
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// plainCell keeps a spreadsheet from taking a name for a formula.
func plainCell(v string) string {
	if strings.HasPrefix(strings.TrimSpace(v), "=") || v != "" && strings.ContainsRune("+-@\t\r", rune(v[0])) {
		return "'" + v
	}
	return v
}
