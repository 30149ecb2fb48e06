package exchange

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
)

var (
	clockCell = regexp.MustCompile(`^(\d{1,2})(?:[:.u](\d{2})(?::\d{2})?)?(?: ?u(?:ur)?)?\.?$`)
	clockOne  = regexp.MustCompile(`^(\d{1,2})[.](\d)$`) // 15.3: a spreadsheet dropped the zero of 15.30
	fraction  = regexp.MustCompile(`^0?[.,]\d+(?:[eE]-?\d+)?$|^0$`)
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$`)
	dayMonth  = regexp.MustCompile(`^(?:[a-z]+ )?(\d{1,2})[- ]([a-z]{3})[a-z]*\.?[- ](\d{4}|\d{2})$`)
)

var monthShort = map[string]time.Month{"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "nov": 11, "dec": 12}

// parseClock reads a time of day as people and spreadsheets write it: "15:30", "15.30 uur", "15u30", "16 uur", "0.645833".
func parseClock(cell string) (catalog.Clock, error) {
	text := strings.ToLower(strings.TrimSpace(cell))
	wrong := fmt.Errorf("%q is geen tijd: verwacht uu:mm, bijvoorbeeld 15:30", cell)
	if fraction.MatchString(text) {
		f, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
		if minutes := math.Round(f * 24 * 60); err == nil && minutes >= 0 && minutes < 1440 {
			return catalog.Clock(minutes), nil
		}
		return 0, wrong
	}
	m := clockCell.FindStringSubmatch(text)
	if one := clockOne.FindStringSubmatch(text); one != nil {
		m = []string{"", one[1], one[2] + "0"}
	}
	if m == nil {
		return 0, wrong
	}
	h, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	if h == 24 && minutes == 0 {
		return 23*60 + 59, nil
	}
	if h > 23 || minutes > 59 {
		return 0, wrong
	}
	return catalog.Clock(h*60 + minutes), nil
}

// parseDate reads a day: "2025-09-08", "8-9-2025", "8 september 2025", or the number a spreadsheet keeps.
func parseDate(cell string) (civil.Date, error) {
	text := strings.ToLower(strings.TrimSpace(cell))
	if len(text) > 10 && (text[10] == 't' || text[10] == ' ') {
		if d, err := civil.ParseDate(text[:10]); err == nil {
			return d, nil
		}
	}
	if d, err := civil.ParseDate(text); err == nil {
		return d, nil
	}
	if isSerialDate(text) {
		f, _ := strconv.ParseFloat(text, 64)
		return civil.Date{Year: 1899, Month: 12, Day: 30}.AddDays(int(f)), nil
	}
	d := civil.Date{}
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		month, _ := strconv.Atoi(m[2])
		d = civil.Date{Year: year(m[3]), Month: time.Month(month), Day: number(m[1])}
	} else if m := dayMonth.FindStringSubmatch(text); m != nil {
		d = civil.Date{Year: year(m[3]), Month: monthShort[m[2]], Day: number(m[1])}
	}
	if !d.IsValid() || d.IsZero() {
		return civil.Date{}, fmt.Errorf("%q is geen datum: verwacht bijvoorbeeld 8-9-2025 of 2025-09-08", cell)
	}
	return d, nil
}

// isSerialDate says whether a text is the number of a day between 1990 and 2100 as spreadsheets count.
func isSerialDate(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	return err == nil && f >= 32874 && f < 73051
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func year(s string) int {
	if len(s) == 2 {
		return 2000 + number(s)
	}
	return number(s)
}

// parseNumber reads "51,89", "51.89" or "€ 12,50" without the sign.
func parseNumber(cell string) (float64, error) {
	text := strings.Trim(strings.TrimSpace(dashes.Replace(cell)), "€ °")
	if strings.Contains(text, ",") {
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, fmt.Errorf("%q is geen getal: verwacht bijvoorbeeld 51,89", cell)
	}
	return f, nil
}

// parseCount reads a whole number; spreadsheets may write 12 as 12.0.
func parseCount(cell string) (int, error) {
	f, err := parseNumber(cell)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1e9 {
		return 0, fmt.Errorf("%q is geen heel getal: verwacht bijvoorbeeld 12", cell)
	}
	return int(f), nil
}

var triWords = map[string]catalog.Tri{"ja": catalog.Yes, "j": catalog.Yes, "x": catalog.Yes, "1": catalog.Yes, "waar": catalog.Yes, "true": catalog.Yes, "yes": catalog.Yes,
	"nee": catalog.No, "n": catalog.No, "0": catalog.No, "onwaar": catalog.No, "false": catalog.No, "no": catalog.No, "neen": catalog.No,
	"onbekend": catalog.Unknown, "?": catalog.Unknown, "weet ik niet": catalog.Unknown}

func parseTri(cell string) (catalog.Tri, error) {
	if t, ok := triWords[strings.ToLower(strings.TrimSpace(cell))]; ok {
		return t, nil
	}
	return "", fmt.Errorf("%q: verwacht ja, nee of onbekend", cell)
}

// listOf splits a cell with several values at ; , or a new line.
func listOf(cell string) (out []string) {
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// shield keeps a spreadsheet from taking a text for a formula (RELIABILITY I05), and this package from taking it for a
// remark: such a cell gets an apostrophe in front.
// A phone number like +31 10 123 45 67 stays readable.
func shield(cell string) string {
	if dangerous(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unshield takes the apostrophe of shield away again.
func unshield(cell string) string {
	if strings.HasPrefix(cell, "'") && dangerous(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

func dangerous(s string) bool {
	return s != "" && strings.IndexByte("=+-@\t\r\n\x00", s[0]) >= 0 || isRemark(s)
}
