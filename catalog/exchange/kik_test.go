package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/errs"
)

func kikText(partners, activities string) []byte {
	return []byte(`{"format":"kindinkaart-catalogue/1","later":{"x":[1]},"activities":[` + activities + `],"partners":[` + partners + `]}`)
}

func TestEveryWrongRecordIsNamedWithFieldAndExpectation(t *testing.T) {
	for _, tt := range []struct{ record, field, says string }{
		{`{"id":"x","title":7}`, "title", "tekst"},
		{`{"id":"x","age_min":"acht"}`, "age_min", "heel getal"},
		{`{"id":"x","age_min":8.5}`, "age_min", "heel getal"},
		{`{"id":"x","tags":"basketbal"}`, "tags", "lijst"},
		{`{"id":"x","costs":[{"kind":"lesgeld","cents":"5","per":"year"}]}`, "costs[0].cents", "heel getal"},
		{`{"id":"x","costs":[{"kind":"lesgeld","cents":5,"per":"week"}]}`, "costs[0].per", "year"},
		{`{"id":"x","slots":[{"id":"s","start":"half vier"}]}`, "slots[0].start", "15:30"},
		{`{"id":"x","slots":[{"id":"s"},{"id":"t","dates":["2025-02-30"]}]}`, "slots[1].dates[0]", "2025-09-08"},
		{`{"id":"x","slots":[{"id":"s","location":{"lat":"51.9"}}]}`, "slots[0].location.lat", "een getal"},
		{`{"id":"x","slots":[{"id":"s","location":{"lat":1e999}}]}`, "slots[0].location.lat", "een getal"},
		{`{"id":"x","slots":[{"id":"s","membership_stop":"ja"}]}`, "slots[0].membership_stop", "true of false"},
		{`{"id":"x","valid_to":"morgen"}`, "valid_to", "2025-09-08"},
		{`{"id":"x","access":["ja"]}`, "access", "object"},
		{`{"id":"x","domain":"voetbal"}`, "domain", "sport"},
		{`{"id":"x","partner":"wie"}`, "partner", "staat niet"},
		{`{"id":"x","partners":["p","wie"]}`, "partner", "staat niet"},
		{`{"title":"zonder id"}`, "id", "ontbreekt"},
		{`{"id":"x","text":"a\u0000b"}`, "text", "NUL"},
		{`{"id":"ok"}`, "id", "twee keer"},
		{`"tekst"`, "record", "object"},
		{"{\"id\":\"x\",\"title\":\"caf\xe9\"}", "activiteit", "UTF-8"},
		{`{"id":"x","text":"` + strings.Repeat("a", MaxRecord) + `"}`, "activiteit", "record"},
	} {
		in := read(t, KIK, kikText(`{"id":"p","name":"Club"}`, `{"id":"ok","partner":"p"},`+tt.record+`,{"id":"na","onbekend":{"a":1}}`), Options{})
		if len(in.Activities) != 2 || len(in.Refused) != 1 || in.Refused[0].Field != tt.field || !strings.Contains(in.Refused[0].Reason, tt.says) || in.Refused[0].Record == "" {
			t.Errorf("%.60s: want %s with %q, got %+v", tt.record, tt.field, tt.says, in.Refused)
		}
	}
}

func TestAWholeFileThatIsNoCatalogueGivesNothing(t *testing.T) {
	for name, text := range map[string]string{
		"other format": `{"format":"kindinkaart-need/1","activities":[]}`, "no format": `{"activities":[]}`, "list": `[]`, "half": `{"format":"kindinkaart-catalogue/1","activities":[{"id":"a"},`,
		"after": `{"format":"kindinkaart-catalogue/1"} {}`, "not a list": `{"format":"kindinkaart-catalogue/1","activities":{}}`, "number": `{"format":1}`, "empty": "",
	} {
		in, err := Read(ctx, KIK, strings.NewReader(text), int64(len(text)), Options{})
		if errs.KindOf(err) != errs.Invalid || len(in.Activities) != 0 {
			t.Errorf("%s: %v %+v", name, err, in)
		}
	}
}

func TestUnknownTagsInKIK(t *testing.T) {
	in := read(t, KIK, kikText("", `{"id":"a","tags":["quidditch"]}`), Options{KnownTag: func(string) bool { return false }})
	if len(in.Refused) != 1 || in.Refused[0].Field != "tags[0]" {
		t.Errorf("%+v", in)
	}
}

func FuzzKIK(f *testing.F) {
	f.Add(kikText(`{"id":"p","name":"Club"}`, `{"id":"a","partner":"p","costs":[],"slots":[{"id":"s","weekday":"wo","start":"15:30","end":"16:30"}]}`))
	f.Add([]byte(`{"format":"kindinkaart-catalogue/1","partners":[{"id":1}],"activities":[[]]}`))
	f.Fuzz(func(t *testing.T, data []byte) { again(t, KIK, data) })
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(cafe))
	f.Add(csvText("titel|leeftijd|tijd|kosten|postcode|geldig_van", "A|4 t/m 7 jaar en 9 t/m 12 jaar|ma en do 18:30-19:45|€ 46,58 per kwartaal & 7,50 inschrijfgeld|3074ab|8-9-2025"))
	f.Add([]byte("\xff\xfet\x00i\x00t\x00e\x00l\x00;\x00d\x00a\x00g\x00\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { again(t, CSV, data) })
}

// again reads anything; what was read must be writable, free of formulas, and the same when read back as kik.
func again(t *testing.T, format Format, data []byte) {
	in, err := Read(ctx, format, bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		if errs.KindOf(err) == errs.Internal {
			t.Fatalf("an error without a sentence: %v", err)
		}
		return
	}
	for _, r := range in.Refused {
		if r.Reason == "" || r.Field == "" {
			t.Fatalf("refused without place or reason: %+v", r)
		}
	}
	for _, f := range []Format{KIK, CSV, GeoJSON} {
		var out bytes.Buffer
		if err := Write(f, &out, in.Partners, in.Activities); err != nil {
			t.Fatalf("write %s: %v", f, err)
		}
		if f != KIK {
			continue
		}
		back := read(t, KIK, out.Bytes(), Options{})
		if len(back.Refused) != 0 || fmt.Sprint(len(back.Activities), len(back.Partners)) != fmt.Sprint(len(in.Activities), len(in.Partners)) {
			t.Fatalf("came back as %+v", back.Refused)
		}
	}
}

// large is an invented catalogue of n activities with one slot each.
func large(n int) Content {
	c := wijk()
	one := c.Activities[0]
	one.Slots = one.Slots[:1]
	c.Activities = nil
	for i := range n {
		a := one
		a.ID = fmt.Sprintf("a%d", i)
		c.Activities = append(c.Activities, a)
	}
	return c
}

func benchmarkRead(b *testing.B, f Format) {
	var out bytes.Buffer
	if err := WriteContent(f, &out, large(20_000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if in := read(b, f, out.Bytes(), Options{}); len(in.Activities) != 20_000 {
			b.Fatal(len(in.Activities), in.Refused)
		}
	}
}

func BenchmarkReadCSV20000(b *testing.B)  { benchmarkRead(b, CSV) }
func BenchmarkReadKIK20000(b *testing.B)  { benchmarkRead(b, KIK) }
func BenchmarkReadXLSX20000(b *testing.B) { benchmarkRead(b, XLSX) }
