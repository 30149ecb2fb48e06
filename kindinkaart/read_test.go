package kindinkaart

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// need writes a good need with some fields replaced; "" leaves one out.
func need(replace map[string]string) string {
	fields := map[string]string{"format": `"kindinkaart-need/1"`, "on": `"2025-09-08"`, "born": `"2015-04"`, "residence": `"GM0599"`,
		"home": `{"lat":51.899,"lon":4.504}`, "variant": `"B"`, "answers": `{"W2":["basketbal"]}`, "parent": `{"P6":"lopen_kort"}`}
	for k, v := range replace {
		fields[k] = v
	}
	var parts []string
	for k, v := range fields {
		if v != "" {
			parts = append(parts, `"`+k+`":`+v)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func TestANeedIsReadWholeAndUnknownFieldsArePassedOver(t *testing.T) {
	n := must(ReadNeed(strings.NewReader(need(map[string]string{"born": `"2015-04-17"`, "later": `{"new":[1]}`, "second_home": `{"postcode":"3081 cd"}`,
		"arranged": `[{"activity":"A1","remedy":"buddy","from":"2025-09-01","until":"2025-12-01","note":1}]`, "consents": `["toegankelijkheid"]`,
		"used": `[{"scheme":"jeugdtegoed","cents":48000}]`, "approved": `[{"scheme":"jfsc","activity":"A1","cents":26500}]`, "refused": `[{"scheme":"jfsc","activity":"A2"}]`, "search": `"dunken"`, "school": `null`}))))(t)
	if n.Born.Day != 17 || n.SecondHome.Postcode != "3081CD" || n.Arranged[0].Until != day("2025-12-01") || n.Used[0].Cents != 48000 || n.Approved[0].Cents != 26500 || n.Refused[0] != (regeling.Refusal{Scheme: "jfsc", Activity: "A2"}) || n.Search != "dunken" || n.School != nil {
		t.Errorf("read %+v", n)
	}
}

func TestWhatIsWrongInANeedIsNamedWithWhatWasExpected(t *testing.T) {
	cases := []struct{ field, value, names, expects string }{
		{"format", `"need/2"`, "format", "kindinkaart-need/1"},
		{"format", "", "format", "kindinkaart-need/1"},
		{"on", `"8-9-2025"`, "on", "jjjj-mm-dd"},
		{"on", "", "on", "jjjj-mm-dd"},
		{"born", `"april 2015"`, "born", "jjjj-mm"},
		{"born", `2015`, "born", "jjjj-mm"},
		{"born", `"2026-01"`, "born", "vóór de dag van zoeken"},
		{"residence", `"Rotterdam"`, "residence", "GM0599"},
		{"home", `{"lat":4.504,"lon":51.899}`, "home.lat", "verwisseld"},
		{"home", `{"lat":"51.899","lon":4.504}`, "home.lat", "getal"},
		{"home", `{"lat":51.899}`, "home", "lat en lon samen"},
		{"home", `{"lat":1e999,"lon":4.5}`, "home.lat", "getal"},
		{"home", `{"lat":0,"lon":0}`, "home.lat", "Nederland"},
		{"home", `{"postcode":"30 72"}`, "home.postcode", "3072AB"},
		{"home", `[]`, "home", "postcode"},
		{"home", `{}`, "home", "postcode"},
		{"variant", `"D"`, "variant", "A, B of C"},
		{"variant", "", "variant", "A, B of C"},
		{"answers", `{"X1":"ja"}`, "answers.X1", "vraag uit de vragenlijst"},
		{"answers", `{"P3":["kosten"]}`, "answers.P3", "vragenlijst B"},
		{"answers", `{"W2":"basketbal"}`, "answers.W2", "verwacht"},
		{"answers", `[]`, "answers", "object"},
		{"parent", `{"P6":"vliegen"}`, "parent.P6", "verwacht"},
		{"search", `"` + strings.Repeat("x", 201) + `"`, "search", "200"},
		{"consents", `["alles"]`, "consents", "toegankelijkheid"},
		{"consents", `"toegankelijkheid"`, "consents", "lijst"},
		{"arranged", `[{"activity":"A1"}]`, "arranged.remedy", "oplossing"},
		{"arranged", `[{"activity":"A1","remedy":"buddy","from":"2025-09-01","until":"2025-08-01"}]`, "arranged.until", "na from"},
		{"arranged", `["buddy"]`, "arranged", "activity"},
		{"used", `[{"scheme":"x","cents":1.5}]`, "used.cents", "heel getal"},
		{"used", `[{"scheme":"x","cents":-1}]`, "used.cents", "0 of meer"},
		{"approved", `[{"scheme":"x","cents":1}]`, "approved.activity", "activiteit"},
		{"refused", `[{"activity":"A1"}]`, "refused.scheme", "regeling"},
		{"refused", `[{"scheme":"x"}]`, "refused.activity", "activiteit"},
	}
	for _, c := range cases {
		_, err := ReadNeed(strings.NewReader(need(map[string]string{c.field: c.value})))
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s %s: %v", c.field, c.value, err)
			continue
		}
		var named []string
		for _, f := range errs.FieldsOf(err) {
			named = append(named, f.Name)
			if f.Name == c.names && !strings.Contains(f.Message, c.expects) {
				t.Errorf("%s %s: %q does not say %q", c.field, c.value, f.Message, c.expects)
			}
		}
		if got := strings.Join(named, " "); !strings.Contains(" "+got+" ", " "+c.names+" ") {
			t.Errorf("%s %s names %q, want %q", c.field, c.value, got, c.names)
		}
		if !strings.Contains(errs.MessageOf(err), c.names) {
			t.Errorf("%s %s: the sentence %q does not name the field", c.field, c.value, errs.MessageOf(err))
		}
	}
}

func TestANeedOfAChildUnderFourIsRefusedWithWhatIsPossible(t *testing.T) {
	_, err := ReadNeed(strings.NewReader(need(map[string]string{"born": `"2022-08-20"`})))
	if errs.KindOf(err) != errs.Refused || !strings.Contains(errs.MessageOf(err), "P11") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadNeed(strings.NewReader(need(map[string]string{"born": `"2021-09"`}))); err != nil {
		t.Errorf("four this month: %v", err)
	}
}

func TestWhatIsNoNeedIsRefusedAndNothingPanics(t *testing.T) {
	for _, raw := range []string{"", "null", "[]", "{", `{"format":`, "\x00\xff", need(nil) + "}", strings.Repeat(" ", maxNeed+1)} {
		if _, err := ReadNeed(strings.NewReader(raw)); err == nil {
			t.Errorf("%.20q was accepted", raw)
		}
	}
	if _, err := ReadNeed(strings.NewReader("\ufeff" + need(nil))); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom([]string{"on", "born", "home", "answers", "parent", "arranged", "used", "variant", "consents"}).Draw(t, "field")
		value := rapid.SampledFrom([]string{"1", `"x"`, "[]", "{}", "true", "[1]", `[{}]`, `{"a":1}`, "-0.5", `[[]]`, `{"lat":null,"lon":4}`}).Draw(t, "value")
		n, err := ReadNeed(strings.NewReader(need(map[string]string{field: value})))
		if err == nil && n.Home == nil {
			t.Fatalf("%s %s lost the home", field, value)
		}
	})
}

func TestThePublicScenarioIsRead(t *testing.T) {
	f, err := os.Open("../testdata/needs/p1-need.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := must(ReadNeed(f))(t)
	if n.Variant != "B" || len(n.Answers) == 0 || len(n.Parent) == 0 {
		t.Errorf("read %+v", n)
	}
}

func TestTheNeedsOfTheDemoWijkAreReadOrRefusedAsExpected(t *testing.T) {
	var expected struct {
		Cases []struct {
			Need     string
			Accepted bool
		}
	}
	const dir = "../testdata/needs/"
	if err := json.Unmarshal(must(os.ReadFile(dir+"expected.json"))(t), &expected); err != nil || len(expected.Cases) == 0 {
		t.Fatal(err)
	}
	for _, c := range expected.Cases {
		_, err := ReadNeed(strings.NewReader(string(must(os.ReadFile(dir + c.Need))(t))))
		if (err == nil) != c.Accepted {
			t.Errorf("%s: %v", c.Need, err)
		}
	}
}

const schoolFile = "\ufeffbrin_vestiging,naam,straat,huisnummer,postcode,plaats,denominatie,lon,lat,precisie,buurt,gebied,type,regio\n" +
	"99AA00,De Vlieger,Lange Straat,1 -3,3072AB,Rotterdam,Openbaar,4.50,51.90,straat,Hier,Daar,,\n" +
	"99AA01,De Boot,Kade,2,3072 ac,Rotterdam,Openbaar,,,straat,Hier,Daar,sbo,zuid\n" +
	"99AA00,Nog eens,Kade,2,3072AC,Rotterdam,Openbaar,4.5,51.9,straat,Hier,Daar,bo,zuid\n" +
	"fout,Zonder nummer,,,,,,,,,,,,\n" +
	"99AA02,,,,,,,,,,,,,\n" +
	"99AA03,Verwisseld,,,,,,51.9,4.5,,,,,\n" +
	"99AA04,Kasteel,,,,,,,,,,,kasteel,\n" +
	"99AA05,Post,,,99,,,,,,,,,\n" +
	"99AA06,Kort\n"

func TestSchoolsAreReadLineByLineAndABadLineCostsOnlyItself(t *testing.T) {
	schools, refused, err := ReadSchools(strings.NewReader(schoolFile))
	if err != nil {
		t.Fatal(err)
	}
	if len(schools) != 3 || schools[0].Type != "bo" || schools[0].Region != "midden" || schools[0].Street != "Lange Straat 1 -3" || schools[0].Point.Lat != 51.9 ||
		schools[1].Type != "sbo" || schools[1].Region != "zuid" || schools[1].Postcode != "3072AC" || schools[1].Point.Lat != 0 || schools[2].BRIN != "99AA06" {
		t.Errorf("read %+v", schools)
	}
	want := []struct {
		line int
		says string
	}{{4, "al eerder"}, {5, "17AP00"}, {6, "naam"}, {7, "verwisseld"}, {8, "type"}, {9, "postcode"}}
	if len(refused) != len(want) {
		t.Fatalf("refused %+v", refused)
	}
	for i, w := range want {
		if refused[i].Line != w.line || !strings.Contains(refused[i].Message, w.says) {
			t.Errorf("refused %+v, want line %d with %q", refused[i], w.line, w.says)
		}
	}
	for _, bad := range []string{"", "a,b\n1,2\n"} {
		if _, _, err := ReadSchools(strings.NewReader(bad)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestTheSchoolsOfRotterdamAreAllRead(t *testing.T) {
	dir := os.Getenv("KIK_REFERENCE_DATA")
	if dir == "" {
		t.Skip("KIK_REFERENCE_DATA names no folder with reference data")
	}
	f, err := os.Open(filepath.Join(dir, "rotterdam_basisscholen_2013.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	schools, refused, err := ReadSchools(f)
	if err != nil || len(schools) != 186 || len(refused) != 0 {
		t.Errorf("%d schools, refused %+v, %v", len(schools), refused, err)
	}
}

func TestImportingTheSameSchoolsTwiceChangesNothing(t *testing.T) {
	d := newDesk(t)
	schools, _, _ := ReadSchools(strings.NewReader(schoolFile))
	operator := access.Actor{ID: "system", Tenant: "t1", Role: access.System}
	if n := must(d.ImportSchools(t.Context(), operator, schools))(t); n != (Imported{Added: 3}) {
		t.Errorf("first %+v", n)
	}
	if n := must(d.ImportSchools(t.Context(), operator, schools))(t); n != (Imported{Same: 3}) {
		t.Errorf("second %+v", n)
	}
	schools[0].Name = "De Nieuwe Vlieger"
	if n := must(d.ImportSchools(t.Context(), operator, schools))(t); n != (Imported{Changed: 1, Same: 2}) {
		t.Errorf("third %+v", n)
	}
	if len(d.store.schools) != 5 {
		t.Errorf("%d schools", len(d.store.schools))
	}
	_, err := d.ImportSchools(t.Context(), d.sanne, schools)
	wantKind(t, err, errs.NotFound)
	if all := must(d.Schools(t.Context(), d.juf))(t); len(all) != 1 || all[0].ID != "school1" {
		t.Errorf("a teacher works with %+v", all)
	}
	if all := must(d.Schools(t.Context(), d.sanne))(t); len(all) != 5 {
		t.Errorf("a smw'er chooses from %d schools", len(all))
	}
}
