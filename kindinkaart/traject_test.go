package kindinkaart

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

func variant(v string) questionnaire.Variant { return questionnaire.Variant(v) }

var yusufSays = map[string]string{
	"T1": `["t_bal","t_grappig"]`, "W1": `{"basketbal":"leuk","voetbal":"beetje","zwemmen":"niet","koken":"leuk"}`,
	"W2": `["basketbal","koken"]`, "W3": `["basketbal"]`, "V1": `"groepje"`, "G2": `"gaat_wel"`, "G1": `4`,
}

// chosen brings Yusuf to the choice of a basketball club with the task to ask a fund.
func chosen(d *desk) Child {
	c := d.agreed()
	d.answers(c, "B", yusufSays)
	d.answers(c, "P", map[string]string{"P3": `["kosten","ver"]`, "P5": `{"id":"fiets","minutes":15}`, "P6": `"lopen_kort"`})
	d.on("2025-09-08")
	choice := Choice{Toeleiding: Toeleiding{Activity: "A1", Slot: "A1-wo", Title: "Basketbal U12", Words: "Ik wil dunken", Reasons: []string{"Past bij wat je leuk vindt"}},
		Tasks: []Task{{Barrier: "kosten", Remedy: "fonds", Effect: "lifts", Text: "Jeugdfonds aanvragen voor de start", Who: "smw"}}, SupportLevel: "hand"}
	must(d.Choose(d.t.Context(), d.sanne, c.ID, d.traject(c).Version, choice))(d.t)
	return c
}

func TestP1YusufGoesFromTheChoiceToBestendigdInThreeMonths(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	steps := []struct {
		on, to string
		date   civil.Date
	}{{"2025-09-09", "regelen", civil.Date{}}, {"2025-09-18", "contact", civil.Date{}}, {"2025-09-19", "proefles", day("2025-09-24")},
		{"2025-09-26", "ingeschreven", civil.Date{}}, {"2025-10-02", "deelname", day("2025-10-01")}}
	for _, s := range steps {
		d.on(s.on)
		if s.to == "contact" {
			d.on("2025-09-17")
			task := d.store.tasks[0]
			must(d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{}))(t)
			d.on(s.on)
		}
		must(d.move(c, s.to, Step{Date: s.date}))(t)
	}
	tr := d.traject(c)
	if tr.FirstTime != day("2025-10-01") || tr.Toeleiding.TrialOn != day("2025-09-24") || tr.Toeleiding.ApprovedOn != day("2025-09-17") {
		t.Errorf("first %v, trial %v, approved %v", tr.FirstTime, tr.Toeleiding.TrialOn, tr.Toeleiding.ApprovedOn)
	}
	var due []string
	for _, check := range d.store.checks {
		due = append(due, check.Due.String())
	}
	if want := []string{"2025-10-15", "2025-11-12", "2026-01-05"}; !reflect.DeepEqual(due, want) {
		t.Fatalf("checks on %v, want %v: the one in the Christmas holiday moves on", due, want)
	}
	for i, on := range []string{"2025-10-15", "2025-11-12"} {
		d.on(on)
		must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[i].ID, 1, "doet_mee", "ja", 0))(t)
	}
	d.on("2025-12-30")
	_, err := d.move(c, "bestendigd", Step{})
	wantKind(t, err, errs.Refused)
	d.on("2026-01-05")
	_, err = d.move(c, "bestendigd", Step{})
	wantKind(t, err, errs.Refused)
	must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[2].ID, 1, "doet_mee", "ja", 0))(t)
	if f := must(d.Traject(t.Context(), d.sanne, tr.ID))(t); f.Bestendigd != nil {
		t.Errorf("not yet bestendigd: %v", f.Bestendigd)
	}
	must(d.move(c, "bestendigd", Step{}))(t)
	must(d.move(c, "afgerond", Step{}))(t)
}

func TestEveryStepHasOneLineOfHistoryAndOneAuditEvent(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	var way []string
	for _, e := range d.store.events {
		way = append(way, e.To)
	}
	if got, want := strings.Join(way, " "), "aangemeld eerste_consult toestemming profiel zoeken keuze"; got != want {
		t.Errorf("history %q, want %q", got, want)
	}
	moves := 0
	for _, e := range d.store.audit {
		if e.Action == "move" && e.Subject == d.traject(c).ID {
			moves++
		}
	}
	if moves != len(way)-1 {
		t.Errorf("%d audit events of %d steps", moves, len(way)-1)
	}
}

func TestAnIllegalStepIsRefusedWithAPlainSentenceAndChangesNothing(t *testing.T) {
	d := newDesk(t)
	c := d.agreed()
	before := d.store.fakeTx
	for _, to := range []string{"deelname", "bestendigd", "aangemeld", "keuze", "verzonnen", ""} {
		_, err := d.move(c, to, Step{})
		if k := errs.KindOf(err); k != errs.Refused && k != errs.Invalid {
			t.Errorf("%s: %v", to, err)
		}
		if msg := errs.MessageOf(err); strings.Contains(msg, "_") || !strings.HasSuffix(msg, ".") {
			t.Errorf("%s: %q is no plain sentence", to, msg)
		}
	}
	if !reflect.DeepEqual(before, d.store.fakeTx) {
		t.Error("a refused step changed something")
	}
}

func TestStepsWithoutWhatTheyNeedAreRefused(t *testing.T) {
	d := newDesk(t)
	c := d.agreed()
	_, err := d.move(c, "zoeken", Step{})
	wantKind(t, err, errs.Refused)
	_, err = d.move(c, "doorverwezen", Step{Note: "omdat moeder ziek is"})
	wantKind(t, err, errs.Invalid)
	_, err = d.move(c, "ingetrokken", Step{})
	wantKind(t, err, errs.Refused)
	c = chosen(d)
	for _, to := range []string{"contact", "proefles"} {
		must(d.move(c, to, Step{}))(t)
	}
	_, err = d.move(c, "gestopt", Step{})
	wantKind(t, err, errs.Invalid)
	_, err = d.move(c, "zoeken", Step{On: dateOf(d.now).AddDays(1)})
	wantKind(t, err, errs.Invalid)
	must(d.move(c, "zoeken", Step{}))(t)
}

func TestTwoColleaguesAtTheSameTimeAreToldAndNothingIsLost(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	tr := d.traject(c)
	must(d.Move(t.Context(), d.sanne, tr.ID, Step{To: "regelen", Version: tr.Version}))(t)
	before := d.store.fakeTx
	_, err := d.Move(t.Context(), d.sanne, tr.ID, Step{To: "contact", Version: tr.Version})
	wantKind(t, err, errs.Conflict)
	if !strings.HasPrefix(errs.MessageOf(err), "Iemand anders heeft dit traject net veranderd.") {
		t.Error(errs.MessageOf(err))
	}
	_, err = d.Choose(t.Context(), d.sanne, c.ID, tr.Version, Choice{Toeleiding: Toeleiding{Activity: "A2"}})
	wantKind(t, err, errs.Conflict)
	if !reflect.DeepEqual(before, d.store.fakeTx) {
		t.Error("a conflict changed something")
	}
}

func TestTwoMissedWeeksBringTheNextCheckForwardToTheNextWorkingDay(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	for _, to := range []string{"contact", "ingeschreven", "deelname"} {
		must(d.move(c, to, Step{}))(t)
	}
	d.on("2025-09-26") // a Friday
	must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[0].ID, 1, "doet_mee", "", 1))(t)
	if got := d.store.checks[1].Due; got != day("2025-10-20") {
		t.Fatalf("one missed week moved the next check to %v", got)
	}
	must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[0].ID, 2, "doet_mee", "", 2))(t)
	if got := d.store.checks[1].Due; got != day("2025-09-29") {
		t.Errorf("next check on %v, want the next working day 2025-09-29", got)
	}
	must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[1].ID, 2, "doet_mee", "", 0))(t)
	must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[2].ID, 1, "doet_mee", "", 3))(t)
	if n := len(d.store.checks); n != 4 || d.store.checks[3].Due != day("2025-09-29") {
		t.Errorf("after the last check with missed weeks there are %d checks", n)
	}
}

func TestNoAnswerTwiceBecomesATaskToPhone(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	for _, to := range []string{"contact", "ingeschreven", "deelname"} {
		must(d.move(c, to, Step{}))(t)
	}
	tasks := len(d.store.tasks)
	for i := range 2 {
		must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[i].ID, 1, "weet_niet", "", 0))(t)
	}
	if len(d.store.tasks) != tasks+1 || !strings.HasPrefix(d.store.tasks[tasks].Text, "Bel") {
		t.Errorf("%d tasks, want one more than %d", len(d.store.tasks), tasks)
	}
}

func TestTheSupportLevelDecidesHowManyChecks(t *testing.T) {
	for level, want := range map[string]int{"zelf": 1, "licht": 2, "hand": 3} {
		d := newDesk(t)
		c := d.agreed()
		d.answers(c, "B", yusufSays)
		must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{Toeleiding: Toeleiding{Activity: "A1"}, SupportLevel: level}))(t)
		for _, to := range []string{"contact", "ingeschreven", "deelname"} {
			must(d.move(c, to, Step{}))(t)
		}
		if got := len(d.store.checks); got != want {
			t.Errorf("%s: %d checks, want %d", level, got, want)
		}
	}
}

func TestAfterTheLastCheckATrajectCanStillBecomeBestendigd(t *testing.T) {
	for answer, want := range map[string]string{"doet_mee": "2025-12-01", "weet_niet": "2025-09-15"} { // day 91, or two weeks later
		d := newDesk(t)
		c := d.agreed()
		d.answers(c, "B", yusufSays)
		must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{Toeleiding: Toeleiding{Activity: "A1"}, SupportLevel: "zelf"}))(t)
		for _, to := range []string{"contact", "ingeschreven", "deelname"} {
			must(d.move(c, to, Step{}))(t)
		}
		must(d.AnswerCheck(t.Context(), d.sanne, d.store.checks[0].ID, 1, answer, "ja", 0))(t)
		if all := d.store.checks; len(all) != 2 || all[1].Due != day(want) || !all[1].On.IsZero() {
			t.Errorf("%s: %+v, want one more on %s", answer, all, want)
		}
	}
}

func TestAChildThatStoppedHasNoMoreChecksAndMayChooseAgain(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	for _, to := range []string{"contact", "ingeschreven", "deelname"} {
		must(d.move(c, to, Step{}))(t)
	}
	must(d.move(c, "gestopt", Step{Note: "niet_leuk"}))(t)
	if len(d.store.checks) != 0 {
		t.Errorf("%d checks stayed", len(d.store.checks))
	}
	tr := must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{Toeleiding: Toeleiding{Activity: "A3"}}))(t)
	if tr.Stage != "keuze" || tr.Toeleiding.Activity != "A3" || !tr.FirstTime.IsZero() || tr.EndNote != "" {
		t.Errorf("after choosing again: %+v", tr)
	}
}

func TestTheNeedForMatchingHasNoNameNoIDAndNoMood(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	task := d.store.tasks[0]
	must(d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{From: day("2025-09-08"), Until: day("2026-06-30")}))(t)
	n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t)
	raw := string(must(json.Marshal(n))(t))
	for _, secret := range []string{"Yusuf", c.ID, "sanne", `"G1"`, "3072", "dunken"} {
		if strings.Contains(raw, secret) {
			t.Errorf("the need tells %q", secret)
		}
	}
	if n.Variant != "B" || n.Home == nil || n.Home.Lat != 51.899 || n.School.Lat != 51.9 || n.Residence != "GM0599" || string(n.Parent["P6"]) != `"lopen_kort"` {
		t.Errorf("need %+v", n)
	}
	want := []Arranged{{Activity: "A1", Remedy: "fonds", From: day("2025-09-08"), Until: day("2026-06-30")}}
	if !reflect.DeepEqual(n.Arranged, want) {
		t.Errorf("arranged %+v", n.Arranged)
	}
	if _, err := ReadNeed(strings.NewReader(raw)); err != nil {
		t.Errorf("what is written cannot be read: %v", err)
	}
}

func TestOfASecretAddressOnlyTheAreaIsKept(t *testing.T) {
	d := newDesk(t)
	b, _ := ParseBorn("2015-04")
	c := must(d.AddChild(t.Context(), d.sanne, NewChild{GivenName: "Mila", Born: b, Postcode: "3072AB", SecondHome: "3081CD", SecretAddress: true}))(t)
	if c.Postcode != "3072" || c.SecondHome != "3081" || c.Point.Lat != 0 {
		t.Errorf("kept %q %q %v", c.Postcode, c.SecondHome, c.Point)
	}
	if err := d.says(c, PurposeProfile, "ouder", true); err != nil {
		t.Fatal(err)
	}
	d.answers(c, "B", yusufSays)
	n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t)
	if n.Home == nil || n.Home.Lat != 51.9 || n.Home.Postcode != "" {
		t.Errorf("searched from %+v, want the middle of the area", n.Home)
	}
}

func TestTheCaseloadShowsWhatIsDueFirstAndOnlyTheOwn(t *testing.T) {
	d := newDesk(t)
	first := chosen(d)
	d.on("2025-09-10")
	second := d.childOf("2016-02")
	d.on("2025-09-30")
	rows := must(d.Caseload(t.Context(), d.sanne, CaseloadFilter{}))(t)
	if len(rows) != 2 || rows[0].Child.ID != first.ID || rows[1].Child.ID != second.ID || !rows[0].Overdue || !rows[1].Silent {
		t.Fatalf("rows %+v", rows)
	}
	if rows[1].NextStep != "Plan het eerste gesprek." || rows[1].Due != day("2025-09-17") || rows[0].OpenTasks != 1 {
		t.Errorf("next step %q on %v", rows[1].NextStep, rows[1].Due)
	}
	if other := must(d.Caseload(t.Context(), d.colleague, CaseloadFilter{}))(t); len(other) != 0 {
		t.Errorf("a colleague sees %d rows", len(other))
	}
	if err := d.SetCover(t.Context(), d.sanne, first.ID, d.colleague.ID); err != nil {
		t.Fatal(err)
	}
	if other := must(d.Caseload(t.Context(), d.colleague, CaseloadFilter{}))(t); len(other) != 1 {
		t.Errorf("the cover sees %d rows, want 1", len(other))
	}
	for _, who := range []access.Actor{d.juf, d.leader, d.club} {
		_, err := d.Caseload(t.Context(), who, CaseloadFilter{})
		wantKind(t, err, errs.NotFound)
	}
}

func TestTheDayInTheNetherlandsCounts(t *testing.T) {
	late := time.Date(2025, 7, 1, 22, 30, 0, 0, time.UTC)
	if got := dateOf(late); got != day("2025-07-02") {
		t.Errorf("half past midnight in Rotterdam is %v", got)
	}
}

func TestANewChoiceTakesTheOpenTasksOfTheFormerOneAway(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	again := Choice{Toeleiding: Toeleiding{Activity: "A3"}, Tasks: []Task{{Remedy: "kansentarief", Effect: "lifts"}}}
	tr := must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, again))(t)
	if len(d.store.tasks) != 1 || d.store.tasks[0].Remedy != "kansentarief" || d.store.tasks[0].Who != "smw" || d.store.tasks[0].Due.IsZero() {
		t.Errorf("tasks %+v", d.store.tasks)
	}
	if tr.Stage != "keuze" || len(d.store.events) != 8 {
		t.Errorf("stage %s, %d steps: the way back to zoeken keeps its history", tr.Stage, len(d.store.events))
	}
}
