package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// table writes rows with | between the cells as CSV with semicolons.
func csvText(rows ...string) []byte {
	return []byte(strings.ReplaceAll(strings.Join(rows, "\n"), "|", ";") + "\n")
}

// refusals lists "row column" of what was refused.
func refusals(in catalog.Import) (out []string) {
	for _, r := range in.Refused {
		out = append(out, fmt.Sprintf("%d %s", r.Row, r.Field))
	}
	return out
}

const cafe = "titel;aanbieder;leeftijd;dag;begin;eind;kosten\nCafé voor kids;De Kroeg;8-12;wo;15.30;16:30 uur;€ 5,- per keer\n"

func TestEveryEncodingIsRead(t *testing.T) {
	encode := func(e interface{ Bytes([]byte) ([]byte, error) }) []byte {
		out, err := e.Bytes([]byte(cafe))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, data := range map[string][]byte{
		"utf-8":              []byte(cafe),
		"utf-8 with mark":    append(bytes.Clone(bomUTF8), cafe...),
		"windows-1252":       encode(charmap.Windows1252.NewEncoder()),
		"utf-16 le":          encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"utf-16 be":          encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"utf-16 le, no mark": encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()),
		"utf-16 be, no mark": encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()),
		"crlf":               []byte(strings.ReplaceAll(cafe, "\n", "\r\n")),
		"comma":              []byte(strings.NewReplacer(";", ",", "5,-", "5").Replace(cafe)),
		"tab":                []byte(strings.ReplaceAll(cafe, ";", "\t")),
		"sep line":           []byte("sep=;\n" + cafe),
		"title above":        []byte("Aanbod in de wijk;;;\n\n;;;\n" + cafe),
	} {
		in := read(t, CSV, data, Options{})
		if len(in.Refused) != 0 || len(in.Activities) != 1 {
			t.Errorf("%s: %+v", name, in)
			continue
		}
		a := in.Activities[0]
		if a.Title != "Café voor kids" || a.Slots[0].Start != 930 || a.Slots[0].End != 990 || a.Costs[0].Cents != 500 || a.Audience != "child" {
			t.Errorf("%s: %+v", name, a)
		}
		if f, err := Detect("lijst.csv", data); f != CSV || err != nil {
			t.Errorf("%s: detected as %q, %v", name, f, err)
		}
	}
}

func TestRowsOfOneActivityBelongTogether(t *testing.T) {
	in := read(t, CSV, csvText(
		"Naam activiteit|Organisatie|Dagen en tijden|Locatie|Postcode|Onbekende kolom",
		"Judo|Club A|ma en do 18:30-19:45|Zaal 1|3074ab|x",
		"|||||",
		"Judo|Club A|za 9:00-10:00|Zaal 2|3074 AC|",
		"||zo 9:00-10:00|Zaal 3|3074 AD|",
		"Judo|Club B|ma 16:00-17:00|Zaal 4||",
		"Schaken|Club A|in overleg|||",
		"Dammen||woensdag 15.30 - 16.30 uur|||",
	), Options{})
	if len(in.Refused) > 0 {
		t.Fatal(in.Refused)
	}
	var got []string
	for _, a := range in.Activities {
		got = append(got, fmt.Sprintf("%s/%s/%d", a.Title, a.Partner, len(a.Slots)))
	}
	if want := "[Judo/club-a/4 Judo/club-b/1 Schaken/club-a/0 Dammen//1]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if s := in.Activities[0].Slots[3]; s.Weekday != "zo" || s.Location.Postcode != "3074AD" {
		t.Errorf("the row without a title: %+v", s)
	}
	again := read(t, CSV, csvText("titel|aanbieder|dag|begin|eind", "Judo|Club A|ma|18:30|19:45"), Options{})
	if again.Activities[0].ID != in.Activities[0].ID || again.Activities[0].Slots[0].ID != in.Activities[0].Slots[0].ID {
		t.Error("the same names gave another id")
	}
}

func TestEveryUnreadableCellIsNamedAndTheRestIsKept(t *testing.T) {
	in := read(t, CSV, csvText(
		"id|titel|aanbieder|domein|leeftijd|kosten|dag|begin|eind|postcode|lat|lon|rolstoel|plekken|geldig_van",
		"1|Goed|Club|sport|8-12|gratis|ma|15:30|16:30|3072AB|51,89|4,50|ja|12|1-9-2025",
		"2|Leeftijd|Club||jong|||||||||| ",
		"3|Kosten|Club|||duur||||||||| ",
		"4|Dag|Club||||soms|||||||| ",
		"5|Tijd|Club||||ma|half vier|16:30|||||| ",
		"6|Postcode|Club|||||||30AB||||| ",
		"7|Verwisseld|Club||||||||4,50|51,89||| ",
		"8|Rolstoel|Club||||||||||misschien|| ",
		"9|Plekken|Club|||||||||||veel| ",
		"10|Datum|Club||||||||||||binnenkort",
		"11|Domein|Club|voetbal|||||||||||",
		"12|Eind|Club||||ma|16:30|15:30|||||| ",
		"13|Dubbel|Club||8-12||||||||||",
		"13|Dubbel|Club||9-12||||||||||",
	), Options{})
	want := "[3 leeftijd 4 kosten 5 dag 6 begin 7 postcode 8 slots[0].location.lat 9 rolstoel 10 plekken 11 geldig_van 12 domein 13 slots[0].end 15 leeftijd]"
	if got := fmt.Sprint(refusals(in)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(in.Activities) < 1 || in.Activities[0].ID != "1" {
		t.Errorf("kept %+v", in.Activities)
	}
	for _, r := range in.Refused {
		if r.Reason == "" || r.Row == 0 {
			t.Errorf("%+v", r)
		}
	}
}

func TestAGapInTheAgesGivesTwoActivities(t *testing.T) {
	in := read(t, CSV, csvText("id|titel|leeftijd|dag|begin|eind", "x|Zwemles|4 t/m 7 jaar en 9 t/m 12 jaar|wo|14:00|15:00"), Options{})
	if len(in.Activities) != 2 || in.Activities[0].ID != "x-4" || *in.Activities[0].AgeMax != 7 || *in.Activities[1].AgeMin != 9 || in.Activities[1].Title != "Zwemles (9 t/m 12 jaar)" {
		t.Errorf("%+v", in)
	}
	if in.Activities[0].Slots[0].ID == in.Activities[1].Slots[0].ID {
		t.Error("two slots with one id")
	}
}

func TestSecondSaturdaysBecomeDates(t *testing.T) {
	in := read(t, CSV, csvText("titel|tijd|geldig_van|geldig_tot", "Repair|iedere 2e zaterdag van de maand 10:00-12:00|1-9-2025|31-12-2025", "Zonder|iedere 2e zaterdag van de maand||"), Options{})
	if len(in.Activities) != 1 || len(in.Activities[0].Slots[0].Dates) != 4 || in.Activities[0].Slots[0].Start != 600 {
		t.Errorf("%+v", in.Activities)
	}
	if fmt.Sprint(refusals(in)) != "[3 tijd]" || !strings.Contains(in.Refused[0].Reason, "geldig_tot") {
		t.Errorf("%+v", in.Refused)
	}
}

func TestWordsBecomeTagsAndUnknownTagsAreRefused(t *testing.T) {
	o := Options{KnownTag: func(id string) bool { return id == "basketbal" }, TagOf: func(w string) string {
		if w == "basket" {
			return "basketbal"
		}
		return ""
	}}
	in := read(t, CSV, csvText("titel|tags", "A|basket, basketbal", "B|quidditch"), o)
	if len(in.Activities) != 1 || fmt.Sprint(in.Activities[0].Tags) != "[basketbal]" || fmt.Sprint(refusals(in)) != "[3 tags[0]]" {
		t.Errorf("%+v", in)
	}
}

func TestTheTemplateExplainsItselfAndItsExamplesAreGood(t *testing.T) {
	for _, f := range []Format{CSV, XLSX} {
		var out bytes.Buffer
		if err := WriteTemplate(f, &out); err != nil {
			t.Fatal(err)
		}
		if in := read(t, f, out.Bytes(), Options{}); len(in.Activities)+len(in.Partners)+len(in.Refused) != 0 {
			t.Errorf("%s: an empty template gave %+v", f, in)
		}
	}
	var out bytes.Buffer
	if err := WriteTemplate(CSV, &out); err != nil {
		t.Fatal(err)
	}
	in := read(t, CSV, bytes.ReplaceAll(out.Bytes(), []byte("# voorbeeld"), []byte("voorbeeld")), Options{})
	if len(in.Activities) != 2 || len(in.Refused) != 0 {
		t.Fatalf("%+v", in)
	}
	for _, a := range in.Activities {
		if lacking := catalog.Missing(a); len(lacking) > 0 {
			t.Errorf("%s misses %v", a.Title, lacking)
		}
	}
}

func TestNoExportedCellIsAFormula(t *testing.T) {
	evil := []string{"=cmd|' /C calc'!A0", "+31 10 123 45 67", "-1+1", "@SUM(A1)", "\tx", "'=1", "# weg"}
	var c Content
	for i, s := range evil {
		c.Activities = append(c.Activities, catalog.Activity{ID: fmt.Sprint(i), Title: s, Text: s, State: catalog.Draft})
	}
	for _, f := range []Format{CSV, XLSX} {
		var out bytes.Buffer
		if err := WriteContent(f, &out, c); err != nil {
			t.Fatal(err)
		}
		for _, row := range cellsOf(t, f, out.Bytes()) {
			for _, cell := range row {
				if dangerous(cell) {
					t.Errorf("%s: cell %q", f, cell)
				}
			}
		}
		in := read(t, f, out.Bytes(), Options{})
		if len(in.Activities) != len(evil) || in.Activities[1].Title != "+31 10 123 45 67" || in.Activities[6].Title != "# weg" {
			t.Errorf("%s: came back as %+v", f, in)
		}
	}
}

func cellsOf(t *testing.T, f Format, data []byte) [][]string {
	t.Helper()
	if f == CSV {
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, bomUTF8)))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Aanbod")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// workbook makes a workbook from cells.
func workbook(t *testing.T, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	change(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookAsPeopleMakeIt(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		_, _ = f.NewSheet("Blad2")
		_ = f.SetCellValue("Sheet1", "A1", "Alleen een plaatje")
		set := func(cell string, v any) { _ = f.SetCellValue("Blad2", cell, v) }
		set("B2", "Aanbod voorjaar")
		_ = f.MergeCell("Blad2", "B2", "H2")
		for i, h := range []string{"Aanbieder", "Titel", "Dag", "Begintijd", "Eindtijd", "Geldig van", "Plekken", "Leeftijd"} {
			cell, _ := excelize.CoordinatesToCellName(i+2, 4)
			set(cell, h)
		}
		set("B5", "Club A")
		_ = f.MergeCell("Blad2", "B5", "B7")
		set("C5", "Judo")
		_ = f.MergeCell("Blad2", "C5", "C6")
		set("D5", "ma")
		set("E5", 0.645833)
		set("F5", time.Duration(16*time.Hour+30*time.Minute))
		set("G5", time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC))
		set("H5", 12)
		set("I5", "8-12")
		set("D6", "wo")
		set("E6", "15.30")
		set("F6", "16:30 uur")
		set("C7", "Schaken")
		set("I7", 46364)
		set("C9", "Dammen")
	})
	in := read(t, XLSX, data, Options{})
	if len(in.Activities) != 2 || len(in.Partners) != 1 {
		t.Fatalf("%+v", in)
	}
	judo := in.Activities[0]
	if judo.Title != "Judo" || len(judo.Slots) != 2 || judo.Slots[0].Start != 930 || judo.Slots[0].End != 990 || judo.Slots[1].Weekday != "wo" ||
		judo.ValidFrom.String() != "2025-09-01" || *judo.Slots[0].Capacity != 12 || judo.Partner != "club-a" {
		t.Errorf("%+v", judo)
	}
	if fmt.Sprint(refusals(in)) != "[7 leeftijd]" || !strings.Contains(in.Refused[0].Reason, "Excel maakte hier een datum van") {
		t.Errorf("%+v", in.Refused)
	}
	if f, err := Detect("rooster.xlsx", data[:400]); f != XLSX || err != nil {
		t.Errorf("%q %v", f, err)
	}
}

func TestTooMuchIsRefusedClearly(t *testing.T) {
	bomb := func() []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, _ := z.Create("xl/worksheets/sheet1.xml")
		zeros := make([]byte, 1<<20)
		for range 70 {
			_, _ = w.Write(zeros)
		}
		_ = z.Close()
		return out.Bytes()
	}
	wide := workbook(t, func(f *excelize.File) {
		_ = f.SetCellValue("Sheet1", "A1", "titel")
		_ = f.SetCellValue("Sheet1", "B1", "dag")
		_ = f.SetCellValue("Sheet1", "GZ2", "x")
	})
	long := []byte("titel;dag\n" + strings.Repeat("a;ma\n", MaxRows+1))
	for name, tt := range map[string]struct {
		f    Format
		data []byte
		kind errs.Kind
	}{
		"bomb":           {XLSX, bomb(), errs.TooLarge},
		"200 columns":    {XLSX, wide, errs.TooLarge},
		"csv columns":    {CSV, []byte("titel;dag\n" + strings.Repeat(";", 250) + "\n"), errs.TooLarge},
		"100,000 rows":   {CSV, long, errs.TooLarge},
		"no workbook":    {XLSX, []byte("PK\x03\x04 nee"), errs.Invalid},
		"no headings":    {CSV, []byte("a;b\n1;2\n"), errs.Invalid},
		"empty":          {CSV, nil, errs.Invalid},
		"empty workbook": {XLSX, workbook(t, func(*excelize.File) {}), errs.Invalid},
		"open quote":     {CSV, []byte("titel;dag\n\"open;ma\n" + strings.Repeat("a;ma\n", 3000)), errs.Invalid},
		"half json":      {KIK, []byte(`{"format":"kindinkaart-catalogue/1","partners":[`), errs.Invalid},
		"unknown":        {"pdf", nil, errs.Invalid},
	} {
		in, err := Read(ctx, tt.f, bytes.NewReader(tt.data), int64(len(tt.data)), Options{})
		if errs.KindOf(err) != tt.kind || len(in.Activities) != 0 {
			t.Errorf("%s: got %v (%s), want %s", name, err, errs.KindOf(err), tt.kind)
		}
	}
	if _, err := Read(ctx, CSV, zeros{}, MaxTableBytes+1, Options{}); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("51 MB: %v", err)
	}
}

// zeros is an endless file.
type zeros struct{}

func (zeros) ReadAt(p []byte, _ int64) (int, error) { clear(p); return len(p), nil }

func TestDetectGoesByContentThenByName(t *testing.T) {
	for name, tt := range map[string]struct {
		head string
		want Format
	}{
		"a.json": {`{"format":"kindinkaart-catalogue/1"`, KIK}, "b.csv": {"a;b", CSV}, "zonder-naam": {"titel;aanbieder\n", CSV}, "c.txt": {"Titel\tDag\n", CSV},
		"d.csv": {`{"format": "kindinkaart-catalogue/1"}`, KIK}, "e.pdf": {"%PDF-1.4", ""}, "f.xls": {"\xD0\xCF\x11\xE0", ""}, "g.csv": {"PK\x03\x04 foto", ""}, "h.json": {`{"partners":[`, KIK},
	} {
		if got, err := Detect(name, []byte(tt.head)); got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s: got %q %v, want %q", name, got, err, tt.want)
		}
	}
}

func TestTheDocumentNamesEveryColumn(t *testing.T) {
	f, err := os.Open("../../docs/formaten.md")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if !bytes.Contains(text, []byte("| `"+c.name+"` |")) {
			t.Errorf("docs/formaten.md does not describe the column %s", c.name)
		}
	}
	if n := bytes.Count(text, []byte("\n| `")); n != len(columns) {
		t.Errorf("docs/formaten.md describes %d columns, there are %d", n, len(columns))
	}
}
