package wijknetwerk_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk"
	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

const wijk = "testdata/wijk/"

type demoCatalogue struct {
	Format     string             `json:"format"`
	Partners   []catalog.Partner  `json:"partners"`
	Activities []catalog.Activity `json:"activities"`
}

func decode[T any](t *testing.T, read func(string) ([]byte, error), name string, strict bool) (v T) {
	t.Helper()
	b, err := read(name)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if strict {
		d.DisallowUnknownFields()
	}
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func demo[T any](t *testing.T, name string, strict bool) T {
	t.Helper()
	return decode[T](t, wijknetwerk.Demo.ReadFile, wijk+name, strict)
}

func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	b, err := wijknetwerk.Demo.ReadFile(wijk + name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range all[1:] {
		m := map[string]string{}
		for i, h := range all[0] {
			m[h] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func atLeast(t *testing.T, what string, n, min int) {
	t.Helper()
	if n < min {
		t.Errorf("%s: %d, at least %d are promised", what, n, min)
	}
}

func TestDemoWijkIsAsLargeAsPromised(t *testing.T) {
	c, k := demo[demoCatalogue](t, "catalogue.json", true), demo[demoChildren](t, "children.json", false)
	atLeast(t, "schools", len(rows(t, "schools.csv")), 8)
	atLeast(t, "partners", len(c.Partners), 60)
	atLeast(t, "activities", len(c.Activities), 250)
	atLeast(t, "children", len(k.Children), 40)
	atLeast(t, "postcodes", len(rows(t, "postcodes.csv")), 400)
	kinds := map[catalog.PartnerKind]bool{}
	for _, p := range c.Partners {
		kinds[p.Kind] = true
	}
	for _, k := range catalog.PartnerKinds {
		if !kinds[k] {
			t.Errorf("no partner of kind %s", k)
		}
	}
}

func TestEveryFileOfTheManifestIsThere(t *testing.T) {
	m := demo[struct {
		Anchor civil.Date `json:"anchor"`
		Files  []struct {
			File string `json:"file"`
		} `json:"files"`
	}](t, "manifest.json", false)
	if m.Anchor.String() != "2026-11-16" {
		t.Errorf("anchor %s", m.Anchor)
	}
	want := map[string]bool{"manifest.json": true, "README.md": true}
	for _, f := range m.Files {
		want[f.File] = true
	}
	files, err := fs.ReadDir(wijknetwerk.Demo, path.Clean(wijk))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !want[f.Name()] {
			t.Errorf("%s is not in the manifest", f.Name())
		}
		delete(want, f.Name())
	}
	if len(want) > 0 {
		t.Errorf("in the manifest but not there: %v", want)
	}
}

func TestDemoActivitiesHaveKnownTagsAndPossibleTimes(t *testing.T) {
	tax := decode[struct {
		Tags []struct {
			ID string `json:"id"`
		} `json:"tags"`
	}](t, os.ReadFile, "kindinkaart/questionnaire/taxonomy-v1.json", false)
	unused := map[string]bool{}
	for _, x := range tax.Tags {
		unused[x.ID] = true
	}
	known, seen := len(unused), map[string]bool{}
	c := demo[demoCatalogue](t, "catalogue.json", true)
	partners := map[string]bool{}
	for _, p := range c.Partners {
		if partners[p.ID] || !slices.Contains(catalog.PartnerKinds, p.Kind) {
			t.Errorf("partner %s stands twice or is of an unknown kind", p.ID)
		}
		partners[p.ID] = true
	}
	tags := map[string]bool{}
	for _, a := range c.Activities {
		if seen[a.ID] || !partners[a.MainPartner()] || !slices.Contains(catalog.Domains, a.Domain) || !slices.Contains(catalog.Audiences, a.Audience) || a.Text == "" {
			t.Errorf("%s: id, partner, domain, audience or text is wrong", a.ID)
		}
		seen[a.ID] = true
		for _, tag := range a.Tags {
			tags[tag] = true
			delete(unused, tag)
		}
		for _, s := range a.Slots {
			if seen[s.ID] || s.End <= s.Start || (s.Weekday == "") == (len(s.Dates) == 0) {
				t.Errorf("%s: id or time of slot %s is wrong", a.ID, s.ID)
			}
			seen[s.ID] = true
		}
	}
	if len(tags) != known || len(unused) > 0 {
		t.Errorf("%d tags in use, %d exist, without an activity: %v", len(tags), known, unused)
	}
}

func TestMoreThanOneInFiveDemoActivitiesIsFull(t *testing.T) {
	c := demo[demoCatalogue](t, "catalogue.json", true)
	published, full, stale := 0, 0, 0
	for _, a := range c.Activities {
		if a.State != catalog.Published {
			continue
		}
		published++
		if !slices.ContainsFunc(a.Slots, func(s catalog.Slot) bool {
			return !s.MembershipStop && s.Waitlist == (catalog.Waitlist{}) && (s.Capacity == nil || s.Enrolled < *s.Capacity)
		}) {
			full++
		}
		if a.ConfirmedOn.Before(civil.Date{Year: 2026, Month: 5, Day: 20}) {
			stale++
		}
	}
	if p := 100 * full / published; p < 18 || p > 26 {
		t.Errorf("%d %% is full or has a waiting list, about 22 is promised", p)
	}
	if p := 100 * stale / published; p < 5 || p > 12 {
		t.Errorf("%d %% is not confirmed for half a year, about 8 is promised", p)
	}
}

func TestEveryDemoLocationLiesInTheWijkOfItsPostcode(t *testing.T) {
	b, err := wijknetwerk.Demo.ReadFile(wijk + "areas.geojson")
	if err != nil {
		t.Fatal(err)
	}
	areas, refused, err := geo.ReadAreas(bytes.NewReader(b))
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	area := map[string]geo.Area{}
	for _, a := range areas {
		area[a.Name] = a
	}
	of := map[string]string{}
	for _, r := range rows(t, "postcodes.csv") {
		of[r["pc6"]] = r["gebied"]
	}
	for _, a := range demo[demoCatalogue](t, "catalogue.json", true).Activities {
		for _, s := range a.Slots {
			p, ok := s.Location.Point()
			w, found := area[of[s.Location.Postcode]]
			if !ok || !found || !w.Contains(p) {
				t.Errorf("%s lies outside the wijk of %s", s.ID, s.Location.Postcode)
			}
		}
	}
}

func TestNothingInTheDemoWijkLeadsToSomebodyReal(t *testing.T) {
	postcode := regexp.MustCompile(`\b[1-9][0-9]{3} ?[A-Z]{2}\b`)
	phone := regexp.MustCompile(`\b0[0-9]{1,3}-?[ ]?[0-9]{3} ?[0-9]{4}\b`)
	mail := regexp.MustCompile(`[\w.-]+@[\w.-]+`)
	address := regexp.MustCompile(`https?://[^"]+`)
	files, err := fs.Glob(wijknetwerk.Demo, wijk+"*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		b, err := wijknetwerk.Demo.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s := string(b)
		for _, p := range postcode.FindAllString(s, -1) {
			if p < "3090" || p >= "3098" {
				t.Errorf("%s: postcode %s is outside the invented range", f, p)
			}
		}
		for _, p := range phone.FindAllString(s, -1) {
			if !strings.HasPrefix(p, "010-555 01") {
				t.Errorf("%s: telephone %s", f, p)
			}
		}
		for _, m := range append(mail.FindAllString(s, -1), address.FindAllString(s, -1)...) {
			if !strings.HasSuffix(m, ".example") {
				t.Errorf("%s: address %s", f, m)
			}
		}
	}
}
