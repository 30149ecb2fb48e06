package wijknetwerk_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// demoChild is one child of children.json (testdata/wijk/README.md).
type demoChild struct {
	Name     string                `json:"given_name"`
	Born     kindinkaart.Born      `json:"born"`
	School   string                `json:"school"`
	Postcode string                `json:"postcode"`
	Owner    string                `json:"owner"`
	Variant  questionnaire.Variant `json:"variant"`
	Answers  questionnaire.Answers `json:"answers"`
	Parent   questionnaire.Answers `json:"parent"`
	Steps    []struct {
		To string     `json:"to"`
		On civil.Date `json:"on"`
	} `json:"steps"`
	Choice *struct {
		Activity string `json:"activity"`
		Slot     string `json:"slot"`
	} `json:"choice"`
	FirstTime civil.Date `json:"first_time"`
	Checks    []struct {
		On     civil.Date `json:"on"`
		Answer string     `json:"answer"`
	} `json:"checks"`
}

// stage is where the child is now.
func (c demoChild) stage() string { return c.Steps[len(c.Steps)-1].To }

type demoKlas struct {
	Name     string                `json:"name"`
	Variant  questionnaire.Variant `json:"variant"`
	Cards    int                   `json:"cards"`
	Answered []struct {
		Answers questionnaire.Answers `json:"answers"`
	} `json:"answered"`
}

type demoChildren struct {
	Children []demoChild `json:"children"`
	Klassen  []demoKlas  `json:"klassen"`
}

func TestAllNineteenStagesOccurAndNoStepIsIllegal(t *testing.T) {
	way := decode[struct {
		Stages []struct {
			ID string `json:"id"`
		} `json:"stages"`
		Transitions map[string][]string `json:"transitions"`
	}](t, os.ReadFile, "kindinkaart/traject/trajectory-v1.json", false)
	now := map[string]int{}
	for _, c := range demo[demoChildren](t, "children.json", false).Children {
		now[c.stage()]++
		if c.Steps[0].To != "aangemeld" {
			t.Errorf("%s begins with %s", c.Name, c.Steps[0].To)
		}
		for i, s := range c.Steps[1:] {
			if from := c.Steps[i]; !slices.Contains(way.Transitions[from.To], s.To) || s.On.Before(from.On) {
				t.Errorf("%s: %s on %s cannot follow %s on %s", c.Name, s.To, s.On, from.To, from.On)
			}
		}
	}
	for _, s := range way.Stages {
		if now[s.ID] == 0 {
			t.Errorf("no child is in stage %s", s.ID)
		}
	}
}

func TestWhoIsBestendigdTookPartFor91DaysWithARecentCheck(t *testing.T) {
	found := 0
	for _, c := range demo[demoChildren](t, "children.json", false).Children {
		for _, s := range c.Steps {
			if s.To != "bestendigd" {
				continue
			}
			found++
			recent := false
			for _, k := range c.Checks {
				ago := 1000
				if k.On.IsValid() {
					ago = s.On.DaysSince(k.On)
				}
				recent = recent || (k.Answer == "doet_mee" && ago >= 0 && ago <= 28)
			}
			if s.On.DaysSince(c.FirstTime) < 91 || !recent {
				t.Errorf("%s is bestendigd too early or without a check", c.Name)
			}
		}
	}
	atLeast(t, "bestendigd", found, 2)
}

func TestDemoChildrenBelongToASchoolASmwerAndAnExistingActivity(t *testing.T) {
	slots, schools, logins := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, a := range demo[demoCatalogue](t, "catalogue.json", true).Activities {
		for _, s := range a.Slots {
			slots[s.ID] = a.ID
		}
	}
	for _, r := range rows(t, "schools.csv") {
		schools[r["brin_vestiging"]] = true
	}
	acc := demo[struct {
		Password string `json:"password"`
		Accounts []struct {
			Login   string   `json:"login"`
			Schools []string `json:"schools"`
		} `json:"accounts"`
	}](t, "accounts.json", false)
	atLeast(t, "characters of the password", len(acc.Password), 12)
	for _, a := range acc.Accounts {
		logins[a.Login] = true
		for _, s := range a.Schools {
			if !schools[s] {
				t.Errorf("account %s: unknown school %s", a.Login, s)
			}
		}
	}
	for _, c := range demo[demoChildren](t, "children.json", false).Children {
		if !schools[c.School] || !logins[c.Owner] || !c.Born.Known() {
			t.Errorf("%s: school %s, owner %s, born %s", c.Name, c.School, c.Owner, c.Born)
		}
		if c.Choice != nil && slots[c.Choice.Slot] != c.Choice.Activity {
			t.Errorf("%s chose %s, which does not exist", c.Name, c.Choice.Slot)
		}
	}
}

func TestClassOf28HasTheFirstChoicesOfScenarioP2(t *testing.T) {
	want := map[string]int{"voetbal": 7, "dansen": 6, "koken": 5, "basketbal": 3, "computer": 2, "dieren": 1, "toneel": 1, "": 1}
	k := demo[demoChildren](t, "children.json", false).Klassen
	atLeast(t, "classes", len(k), 3)
	if k[0].Cards != 28 || len(k[0].Answered) != 26 {
		t.Fatalf("%d cards, %d answered", k[0].Cards, len(k[0].Answered))
	}
	got := map[string]int{}
	for _, card := range k[0].Answered {
		var rank []string
		if raw, ok := card.Answers["W2"]; ok {
			if err := json.Unmarshal(raw, &rank); err != nil {
				t.Fatal(err)
			}
		}
		got[strings.Join(rank[:min(1, len(rank))], "")]++
		for _, never := range []string{"G1", "S1", "W3", "G3"} {
			if _, asked := card.Answers[never]; asked {
				t.Errorf("a card answers %s, which a class is never asked", never)
			}
		}
	}
	for first, n := range want {
		if got[first] != n {
			t.Errorf("first choice %q: %d, want %d", first, got[first], n)
		}
	}
}
