package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/exchange"
)

const (
	wijkData = "../../testdata/wijk/"
	needs    = "../../testdata/needs/"
)

// TestMain lets the test binary be the program itself, so that tests can start it, kill it and read its exit code.
func TestMain(m *testing.M) {
	if os.Getenv("KIK_TEST_PROGRAM") == "1" {
		main()
	}
	code := m.Run()
	for _, clean := range atEnd {
		clean()
	}
	os.Exit(code)
}

// program starts the program with arguments; the caller runs or kills it.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), "KIK_TEST_PROGRAM=1", "KIK_DATA=", "KIK_DATABASE=")
	return c
}

// cli runs the program and gives its exit code and both outputs.
func cli(t *testing.T, args ...string) (code int, out, messages string) {
	t.Helper()
	c := program(t, args...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !asExit(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func asExit(err error, exit **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError)
	*exit = e
	return ok
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// verifiedSchemes is the example file with every scheme confirmed, as the scenarios of DOMAIN 8 have it.
func verifiedSchemes(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../kindinkaart/regeling/schemes-example.json")
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "schemes.json", bytes.ReplaceAll(data, []byte(`"verified": false`), []byte(`"verified": true`)))
}

func TestMatchWorksOnFilesAlone(t *testing.T) {
	code, out, messages := cli(t, "match", needs+"p1-need.json", "--catalogue", needs+"p1-catalogue.json", "--schemes", verifiedSchemes(t), "--json")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, messages)
	}
	var r struct {
		Format string
		Items  []struct {
			Activity, Group string
			Cost            struct {
				Net int `json:"net_cents"`
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range r.Items {
		got = append(got, fmt.Sprintf("%s %s %d", it.Activity, it.Group, it.Cost.Net))
	}
	want := "A2 kan_zo 0, A1 kan_met_hulp 1500, A3 kan_met_hulp 6000, A6 kan_nu_niet 0"
	if s := strings.Join(got, ", "); s != want || r.Format != "kindinkaart-match/1" {
		t.Errorf("got %s, want %s", s, want)
	}
}

func TestAcrossTheRiverIsAnEstimateWithoutCrossings(t *testing.T) {
	_, out, _ := cli(t, "match", needs+"p1-need.json", "--catalogue", needs+"p1-catalogue.json", "--crossings", "none", "--json")
	var r struct {
		Items []struct {
			Activity string
			Travel   struct{ Estimate bool }
		}
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	for _, it := range r.Items {
		if it.Travel.Estimate != (it.Activity == "A6") {
			t.Errorf("%s: estimate %v", it.Activity, it.Travel.Estimate)
		}
	}
}

func TestScorePrintsTheProfileOfTheWorkedExample(t *testing.T) {
	code, out, messages := cli(t, "score", needs+"p1-need.json")
	var p struct {
		Format    string
		Interest  map[string]float64
		Effective map[string]float64
	}
	if err := json.Unmarshal([]byte(out), &p); code != exitDone || err != nil {
		t.Fatalf("exit %d %v: %s", code, err, messages)
	}
	if p.Interest["basketbal"] != 0.976 || p.Effective["basketbal"] != 0.984 || p.Format != "kindinkaart-profile/1" {
		t.Errorf("got %+v", p)
	}
}

func TestWrongUseAndWrongInputSayWhatWasExpected(t *testing.T) {
	bad := func(old, new string) string {
		data, err := os.ReadFile(needs + "p1-need.json")
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(data), old, new, 1)
		if changed == string(data) {
			t.Fatalf("%q is not in the need", old)
		}
		return write(t, "need.json", []byte(changed))
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"no command", nil, exitUsage, []string{"Opdrachten"}},
		{"unknown command", []string{"dans"}, exitUsage, []string{"dans"}},
		{"unknown flag", []string{"match", "x.json", "--hoi"}, exitUsage, []string{"hoi"}},
		{"no file", []string{"match", "nergens.json"}, exitFailed, []string{"nergens.json"}},
		{"unknown kind", []string{"import", "katten", "x"}, exitUsage, []string{"katten", "catalogue"}},
		{"unknown item", []string{"match", needs + "onbekend-item-need.json", "--catalogue", needs + "p1-catalogue.json"}, exitFailed, []string{"onbekend-item-need.json"}},
		{"swapped coordinates", []string{"match", needs + "omgewisseld-need.json", "--catalogue", needs + "p1-catalogue.json"}, exitFailed, []string{"isseld"}},
		{"a child of three", []string{"match", needs + "te-jong-need.json", "--catalogue", needs + "p1-catalogue.json"}, exitFailed, []string{"P10", "P11"}},
		{"born in words", []string{"match", bad(`"2015-04"`, `"april 2015"`), "--catalogue", needs + "p1-catalogue.json"}, exitFailed, []string{"born", "jjjj-mm"}},
		{"open on the network without https", []string{"serve", "--addr", "0.0.0.0:0", "--data", t.TempDir()}, exitUsage, []string{"https"}},
		{"a postcode that does not exist", []string{"match", bad(`"home"`, `"home":{"postcode":"9999XX"},"thuis"`), "--catalogue", needs + "p1-catalogue.json"}, exitDone, []string{"postcode", "home"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, messages := cli(t, c.args...)
			if code != c.code {
				t.Errorf("exit %d, want %d", code, c.code)
			}
			for _, word := range c.says {
				if !strings.Contains(messages, word) {
					t.Errorf("the message does not say %q:\n%s%s", word, out, messages)
				}
			}
		})
	}
}

func TestReferenceDataLoadsTwiceWithEqualResults(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{
		{"import", "areas", wijkData + "areas.geojson"}, {"import", "postcodes", wijkData + "postcodes4.csv", wijkData + "postcodes.csv"},
		{"import", "holidays", wijkData + "holidays.csv"}, {"import", "schools", wijkData + "schools.csv"}, {"import", "schemes", wijkData + "schemes.json"},
		{"import", "catalogue", wijkData + "catalogue.json"},
	} {
		for again := range 2 {
			code, out, messages := cli(t, append(args, "--data", data, "--json")...)
			if code != exitDone {
				t.Fatalf("%v: exit %d: %s", args, code, messages)
			}
			decoder := json.NewDecoder(strings.NewReader(out))
			for decoder.More() {
				var n catalog.Imported
				if err := decoder.Decode(&n); err != nil {
					t.Fatal(err)
				}
				if again == 1 && (n.Added != 0 || n.Changed != 0 || n.Missing != 0 || n.Unchanged == 0) {
					t.Errorf("%v: the second time changed something: %+v", args, n)
				}
			}
		}
	}
}

func TestPostcodesWithoutAPlaceDoNotTakeAPlaceAway(t *testing.T) {
	data := t.TempDir()
	known := write(t, "met.csv", []byte("pc6,lon,lat\n3095AA,4.5040,51.8990\n"))
	exists := write(t, "zonder.csv", []byte("pc6,straat,woonplaats\n3095AA,Zonlaan,Rotterdam\n3095AB,Zonlaan,Rotterdam\n"))
	for _, file := range []string{known, exists} {
		if code, _, messages := cli(t, "import", "postcodes", file, "--data", data); code != exitDone {
			t.Fatalf("exit %d: %s", code, messages)
		}
	}
	code, out, _ := cli(t, "import", "postcodes", known, "--data", data, "--json")
	var n catalog.Imported
	if err := json.Unmarshal([]byte(out), &n); err != nil || code != exitDone || n.Unchanged != 1 {
		t.Errorf("the place of 3095AA was lost: %+v (%v)", n, err)
	}
}

// many writes a CSV of n activities.
func many(t *testing.T, n int) string {
	t.Helper()
	data, err := os.ReadFile(wijkData + "catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Partners   []catalog.Partner
		Activities []catalog.Activity
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var list []catalog.Activity
	for i := range n {
		a := file.Activities[i%len(file.Activities)]
		a.ID, a.Title = fmt.Sprintf("act-%05d", i), fmt.Sprintf("%s %d", a.Title, i)
		list = append(list, a)
	}
	var out bytes.Buffer
	if err := exchange.Write(exchange.KIK, &out, file.Partners, list); err != nil {
		t.Fatal(err)
	}
	return write(t, "veel.json", out.Bytes())
}

func TestKillingAnImportLosesNothingThatWasStoredAndTheIndexStaysEqual(t *testing.T) {
	const n = 4000
	data, file := t.TempDir(), many(t, n)
	for round := range 3 {
		c := program(t, "import", "catalogue", file, "--data", data)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+200*round) * time.Millisecond)
		c.Process.Kill()
		c.Wait()
		code, out, messages := cli(t, "verify", "--data", data)
		if code != exitDone {
			t.Fatalf("round %d: exit %d: %s%s", round, code, out, messages)
		}
	}
	code, _, messages := cli(t, "import", "catalogue", file, "--data", data)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, messages)
	}
	code, out, messages := cli(t, "import", "catalogue", file, "--data", data, "--json")
	var again catalog.Imported
	if err := json.Unmarshal([]byte(out), &again); err != nil || code != exitDone || again.Added+again.Changed != 0 {
		t.Fatalf("exit %d: %+v %v %s", code, again, err, messages)
	}
	code, out, messages = cli(t, "reindex", "--data", data)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, messages)
	}
	if code, out, messages = cli(t, "verify", "--data", data); code != exitDone || !strings.Contains(out, "0 verschillen") {
		t.Errorf("exit %d: %s%s", code, out, messages)
	}
}

func TestABackupIsRestoredIntoAnEmptyFolder(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	if code, _, m := cli(t, "import", "catalogue", wijkData+"catalogue.json", "--data", from); code != exitDone {
		t.Fatal(m)
	}
	file := filepath.Join(t.TempDir(), "kopie.db")
	if code, _, m := cli(t, "backup", file, "--data", from); code != exitDone {
		t.Fatal(m)
	}
	if code, _, m := cli(t, "restore", file, "--data", to); code != exitFailed || !strings.Contains(m, "sleutel") {
		t.Errorf("without the key: exit %d: %s", code, m)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	clear(whole[len(whole)/2:][:8192])
	hurt, key := write(t, "kapot.db", whole), filepath.Join(from, "sleutel")
	for _, args := range [][]string{{hurt}, {file, "--erased", hurt}} { // neither leaves anything that is in the way of the next try
		if code, _, m := cli(t, append([]string{"restore", "--data", to, "--key-file", key}, args...)...); code != exitFailed {
			t.Errorf("%v: exit %d: %s", args, code, m)
		}
	}
	if code, _, m := cli(t, "restore", file, "--data", to, "--key-file", filepath.Join(from, "sleutel")); code != exitDone {
		t.Fatalf("exit %d: %s", code, m)
	}
	_, before, _ := cli(t, "export", "catalogue", "--data", from)
	_, after, _ := cli(t, "export", "catalogue", "--data", to, "--key-file", filepath.Join(from, "sleutel"))
	if before != after || len(before) < 1000 {
		t.Error("the restored catalogue differs")
	}
}

func TestTheDemoIsOnlyForAnEmptyStore(t *testing.T) {
	data := t.TempDir()
	c := program(t, "user", "add", "joke", "--role", "team_lead", "--name", "Jo", "--organisation", "O", "--data", data)
	c.Stdin = strings.NewReader("een lang wachtwoord 1\n")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if code, _, m := cli(t, "demo", "--data", data); code != exitFailed || !strings.Contains(m, "lege opslag") {
		t.Errorf("exit %d: %s", code, m)
	}
}

func TestBadFilesAreAnsweredRowByRow(t *testing.T) {
	data := t.TempDir()
	latin := write(t, "lijst.csv", []byte("aanbieder;titel;;tags;leeftijd;dag;begin;eind;locatie;straat;plaats;kosten;\n"+
		"Caf\xe9 De Kade;Koken met pi\xebteit;;koken_bakken;8-12;wo;15.00;16:30 uur;De Kade;Kade 1;Rotterdam;\x80 2,50 per keer;\n"+
		";;;;;;;;;;;;\n"+
		"Caf\xe9 De Kade;Zonder tijd;;koken_bakken;8-12;wo;kwart;laat;De Kade;Kade 1;Rotterdam;gratis;\n"))
	code, out, messages := cli(t, "import", "catalogue", latin, "--data", data, "--json")
	var n catalog.Imported
	if err := json.Unmarshal([]byte(out), &n); err != nil || code != exitPart {
		t.Fatalf("exit %d %v: %s%s", code, err, out, messages)
	}
	if n.Added != 2 || len(n.Refused) == 0 || n.Refused[0].Row != 4 {
		t.Errorf("one partner and one activity are taken, row 4 is refused: %+v", n)
	}
	_, out, _ = cli(t, "export", "catalogue", "--data", data)
	if !strings.Contains(out, "piëteit") && !strings.Contains(out, "Drafts") && len(n.Drafts) == 0 {
		t.Errorf("accents were lost: %s", out)
	}
}

func TestAFileThatIsTooLargeIsRefusedAtOnce(t *testing.T) {
	big := filepath.Join(t.TempDir(), "groot.csv")
	f, err := os.Create(big)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(51<<20), f.Close()); err != nil {
		t.Fatal(err)
	}
	if code, _, m := cli(t, "import", "catalogue", big, "--format", "csv", "--data", t.TempDir()); code != exitFailed || !strings.Contains(m, "50 MB") {
		t.Errorf("exit %d: %s", code, m)
	}
}

func TestEveryOperationAnswersInJSONWhenAsked(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{{"migrate"}, {"reindex"}, {"verify"}, {"backup", filepath.Join(t.TempDir(), "kopie.db")}, {"user", "list"}} {
		code, out, messages := cli(t, append(args, "--data", data, "--json")...)
		if code != exitDone || !json.Valid([]byte(out)) {
			t.Errorf("%v: exit %d: %s%s", args, code, out, messages)
		}
	}
}
