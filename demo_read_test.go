package wijknetwerk_test

import (
	"bytes"
	"os"
	"testing"

	"wijknetwerk"
	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/traject"
)

// file opens a file of the demo wijk.
func file(t *testing.T, name string) *bytes.Reader {
	t.Helper()
	b, err := wijknetwerk.Demo.ReadFile(wijk + name)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b)
}

func TestPostcodesHolidaysAndSchemesOfTheDemoAreReadWithoutARefusal(t *testing.T) {
	for _, name := range []string{"postcodes4.csv", "postcodes.csv"} {
		refused, err := geo.ReadPostcodes(file(t, name), func(geo.PostcodeRow) error { return nil })
		if err != nil || len(refused) > 0 {
			t.Errorf("%s: %v %v", name, refused, err)
		}
	}
	holidays, refused, err := traject.ReadHolidays(file(t, "holidays.csv"))
	if err != nil || len(refused) > 0 {
		t.Errorf("holidays: %v %v", refused, err)
	}
	atLeast(t, "holidays of three regions in four school years", len(holidays), 60)
	schemes, err := regeling.Read(file(t, "schemes.json"))
	if err != nil {
		t.Error(err)
	}
	atLeast(t, "schemes", len(schemes), 6)
}

func TestEveryDemoActivityAndPartnerHoldsTheRulesOfTheCatalogue(t *testing.T) {
	c := demo[demoCatalogue](t, "catalogue.json", true)
	for _, a := range c.Activities {
		for _, wrong := range catalog.Validate(a) {
			t.Errorf("%s: %s: %s", a.ID, wrong.Name, wrong.Message)
		}
	}
	for _, p := range c.Partners {
		for _, wrong := range catalog.ValidatePartner(p) {
			t.Errorf("%s: %s: %s", p.ID, wrong.Name, wrong.Message)
		}
	}
}

func TestEveryAnswerOfTheDemoChildrenIsPossibleInTheirVariant(t *testing.T) {
	valid := func(who string, v questionnaire.Variant, answers questionnaire.Answers) {
		for item, raw := range answers {
			if err := questionnaire.Validate(v, item, raw); err != nil {
				t.Errorf("%s, variant %s, %s: %v", who, v, item, err)
			}
		}
	}
	all := demo[demoChildren](t, "children.json", false)
	for _, k := range all.Klassen {
		for _, card := range k.Answered {
			valid("a card of "+k.Name, k.Variant, card.Answers)
		}
	}
	for _, c := range all.Children {
		valid(c.Name, c.Variant, c.Answers)
		valid("parent of "+c.Name, questionnaire.VariantP, c.Parent)
	}
}

func TestNeedsAreTakenOrRefusedAsPromised(t *testing.T) {
	for _, c := range needCases(t) {
		b, err := os.ReadFile(needs + c.Need)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = kindinkaart.ReadNeed(bytes.NewReader(b)); (err == nil) != c.Accepted {
			t.Errorf("%s: accepted should be %v, got %v", c.Need, c.Accepted, err)
		}
	}
}
