package web

import (
	"regexp"
	"strings"
	"testing"
)

// mostBytes is what one page may weigh with everything it needs, before compression.
const mostBytes = 100_000

var assetPattern = regexp.MustCompile(`/static/([^?"#]+)`)

func TestEachScreenIsSmallEnoughForAnOldPhone(t *testing.T) {
	w := newSite(t, "sanne")
	for _, path := range []string{"/trajecten", "/kinderen/nieuw", "/kinderen/c1", "/kinderen/c1/toestemming", "/kinderen/c2/kiezen", "/kinderen/c2/kiezen/A1", "/kinderen/c2/alles", "/trajecten/tc1", "/trajecten/tc1/dagplan", "/trajecten/tc1/brief", "/bronnen", "/wat-mist"} {
		_, body := w.get(path)
		seen, sum := map[string]bool{}, len(body)
		for _, m := range assetPattern.FindAllStringSubmatch(body, -1) {
			if name := m[1]; !seen[name] && !strings.HasSuffix(name, ".txt") {
				seen[name] = true
				b, err := static.ReadFile("static/" + name)
				if err != nil {
					t.Errorf("%s vraagt om %s en dat is er niet", path, name)
				}
				sum += len(b)
			}
		}
		if sum > mostBytes {
			t.Errorf("%s weegt %d bytes, hoogstens %d", path, sum, mostBytes)
		}
	}
}

func TestEveryPictogramAndIconThatIsNamedIsThere(t *testing.T) {
	for kind, names := range pictograms {
		for name, file := range names {
			if assetSums["pic/"+file+".svg"] == "" {
				t.Errorf("%s %s wijst naar %s en dat is er niet", kind, name, file)
			}
		}
	}
	icons, err := static.ReadFile("static/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	for role, menu := range menus {
		for _, l := range menu {
			if !strings.Contains(string(icons), `id="`+l.Icon+`"`) {
				t.Errorf("het menu van %s vraagt om het teken %s", role, l.Icon)
			}
		}
	}
	for name := range newSite(t, "").s.views.pages {
		b, err := templates.ReadFile("templates/" + name + ".html")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range iconPattern.FindAllStringSubmatch(string(b), -1) {
			if !strings.Contains(string(icons), `id="`+m[1]+`"`) {
				t.Errorf("%s vraagt om het teken %s", name, m[1])
			}
		}
	}
}

var iconPattern = regexp.MustCompile(`\{\{icon "([^"]+)"\}\}`)

func TestSlowAndBigRequestsAreEnded(t *testing.T) {
	c := newSite(t, "").s.app.Config()
	if !c.Immutable || c.ReadTimeout != readTime || c.WriteTimeout != writeTime || c.IdleTimeout != idleTime || c.BodyLimit != bodyLimit || c.ReadBufferSize != headerLimit {
		t.Errorf("%+v", c)
	}
}
