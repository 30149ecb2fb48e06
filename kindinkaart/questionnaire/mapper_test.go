package questionnaire

import (
	"strings"
	"testing"
)

// sentences are things children say, with the leaves a smw'er would want to see; "" is none.
var sentences = []struct{ text, want string }{
	{"basketballen", "basketbal"},
	{"basketballessen", "basketbal"},
	{"meidenvoetbal", "voetbal"},
	{"kinderkookclub", "koken_bakken"},
	{"honden", "dieren"},
	{"kanoen", "watersport"},
	{"ik wil leren zwemmen", "zwemmen"},
	{"gitaarles", "instrument"},
	{"techniek", "robot_techniek"},
	{"football", "voetbal"},
	{"piłka nożna", "voetbal"},
	{"كرة السلة", "basketbal"},
	{"futbòl", "voetbal"},
	{"ik wil heel graag op judo", "judo"},
	{"dansen zoals op tiktok", "streetdance"},
	{"paardrijden en voor de pony's zorgen", "paardrijden"},
	{"ik wil voetballen bij een echte club", "voetbal"},
	{"taarten bakken met mijn oma", "koken_bakken"},
	{"een eigen game maken", "programmeren gamen"},
	{"ik wil robots bouwen", "robot_techniek bouwen_lego"},
	{"minecraft spelen met vrienden", "gamen"},
	{"ik zwem graag", "zwemmen"},
	{"mijn zus danst ook", "streetdance"},
	{"ik heb vroeger geturnd", "turnen"},
	{"tekenen en schilderen", "tekenen_schilderen"},
	{"ik teken veel", "tekenen_schilderen"},
	{"mangatekenen", "tekenen_schilderen"},
	{"hutten bouwen in het bos", "scouting natuur_ontdekken"},
	{"een hut bouwen", "buitenspelen"},
	{"trommelen of drummen", "instrument"},
	{"in een band spelen", "samen_muziek"},
	{"zingen in een koor", "zingen"},
	{"rapper worden", "rap_dj"},
	{"toneelspelen op een groot podium", "theater"},
	{"leren jongleren", "circus"},
	{"filmpjes maken voor youtube", "foto_film"},
	{"kleren ontwerpen", "mode_naaien"},
	{"haren vlechten", "mode_naaien"},
	{"boeken lezen over draken", "schrijven_lezen"},
	{"hondjes uitlaten", "dieren"},
	{"konijnen verzorgen", "dieren"},
	{"bloemen en planten", "tuinieren"},
	{"met mijn vader vissen", "vissen"},
	{"dingen maken van lego", "bouwen_lego"},
	{"timmeren", "bouwen_lego"},
	{"proefjes doen met slijm", "proefjes"},
	{"schaken tegen de computer", "schaken_denkspel programmeren"},
	{"bordspelletjes", "spelletjes"},
	{"oude mensen helpen", "helpen_vrijwillig"},
	{"ik wil dokter worden", "ehbo_zorgen"},
	{"op baby's passen", "kleine_kinderen"},
	{"hulp bij huiswerk", "taal_huiswerk"},
	{"kickboxen", "boksen_kickboksen"},
	{"skateboarden op de skatebaan", "skaten_wielen"},
	{"stuntsteppen", "skaten_wielen"},
	{"klimmen in een klimhal", "klimmen"},
	{"tafeltennissen", "racketsport"},
	{"parkour", "freerunnen"},
	{"hardlopen met mijn broer", "atletiek"},
	{"ik ren heel snel", "atletiek"},
	{"hockeyclub", "hockey"},
	{"korfballen", "korfbal"},
	{"zaterdagvoetbal", "voetbal"},
	{"voetbalplaatjes ruilen", "voetbal"},
	{"muziek maken", "instrument samen_muziek"},
	{"pianospelen", "instrument"},
	{"naar de moskee", "jeugdgroep_geloof"},
	{"buiten spelen met andere kinderen", "buitenspelen"},
	{"naar de maan vliegen", ""},
	{"ik weet het niet", ""},
	{"gewoon leuke dingen doen", ""},
	{"ik kies voor iets met mijn vrienden", ""},
	{"niks", ""},
	{"op vakantie naar Marokko", ""},
}

// measure maps sentences and gives recall and precision over leaves.
func measure(t *testing.T, sentences []struct{ text, want string }) (recall, precision float64) {
	t.Helper()
	wanted, right, proposed := 0, 0, 0
	for _, s := range sentences {
		want := map[string]bool{}
		for _, tag := range strings.Fields(s.want) {
			want[tag] = true
		}
		wanted += len(want)
		hits, matches := 0, TagsForWords(s.text)
		for _, m := range matches {
			proposed++
			if want[m.Tag] {
				hits++
			}
		}
		right += hits
		if hits < len(want) || len(matches) > hits {
			t.Logf("%-42q want %-25s got %v", s.text, s.want, matches)
		}
	}
	recall, precision = float64(right)/float64(wanted), float64(right)/float64(proposed)
	t.Logf("%d sentences: recall %.2f (%d of %d), precision %.2f (%d of %d)", len(sentences), recall, right, wanted, precision, right, proposed)
	return recall, precision
}

func TestWhatChildrenSayFindsWhatTheyMean(t *testing.T) {
	if recall, precision := measure(t, sentences); recall < 0.95 || precision < 0.95 {
		t.Errorf("recall %.2f and precision %.2f, want at least 0.95 and 0.95", recall, precision)
	}
}

func TestSentencesTheMapperHasNotSeenFindWhatTheyMean(t *testing.T) {
	if recall, precision := measure(t, fresh); recall < 0.85 || precision < 0.85 {
		t.Errorf("recall %.2f and precision %.2f, want at least 0.85 and 0.85", recall, precision)
	}
}
