package kindinkaart

import (
	"strings"
	"testing"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// summer is when school is out in P1, beside Christmas.
var summer = traject.Holiday{Name: "zomer", Region: "midden", From: day("2026-07-18"), To: day("2026-08-30")}

// finished brings Yusuf of P1 from the grant to the end: he takes part, and the smw'er is done.
func finished(d *desk) Child {
	d.store.holidays = append(d.store.holidays, summer)
	c := granted(d)
	for _, s := range []struct{ on, to string }{{"2025-09-18", "contact"}, {"2025-09-26", "ingeschreven"}, {"2025-10-01", "deelname"}} {
		d.on(s.on)
		must(d.move(c, s.to, Step{}))(d.t)
	}
	for i, on := range []string{"2025-10-15", "2025-11-12", "2026-01-05"} {
		d.on(on)
		must(d.AnswerCheck(d.t.Context(), d.sanne, d.store.checks[i].ID, 1, "doet_mee", "ja", 0))(d.t)
	}
	must(d.move(c, "bestendigd", Step{}))(d.t)
	must(d.move(c, "afgerond", Step{}))(d.t)
	return c
}

func (d *desk) rows() []CaseloadRow {
	d.t.Helper()
	return must(d.Caseload(d.t.Context(), d.sanne, CaseloadFilter{}))(d.t)
}

func TestP1TheFundIsAskedAgainBeforeTheSummerAlsoWhenTheTrajectIsDone(t *testing.T) {
	d := newDesk(t)
	c := finished(d)
	for on, shows := range map[string]bool{"2026-01-06": false, "2026-06-04": false, "2026-06-05": true, "2026-07-17": true, "2026-09-17": true, "2026-09-18": false} {
		d.on(on)
		rows := d.rows()
		if len(rows) > 0 != shows {
			t.Errorf("on %s %d rows, want shown %v: six weeks before Friday 17 July, until the money stops", on, len(rows), shows)
		}
		if shows && (rows[0].NextStep != "Vraag Jeugdfonds opnieuw aan voor Basketbal U12." || rows[0].Due != day("2026-07-17")) {
			t.Errorf("on %s: %q by %s", on, rows[0].NextStep, rows[0].Due)
		}
	}
	d.on("2026-01-06") // long before, the day already stands on the page
	f := must(d.Traject(t.Context(), d.sanne, d.traject(c).ID))(t)
	if by := f.Follow.RenewBy[f.Child.Grants[0].ID]; by != day("2026-07-17") || len(f.Follow.Notices) != 0 {
		t.Errorf("by %s, %+v", by, f.Follow.Notices)
	}
}

func TestAFundThatWasAskedOrGaveAgainIsNotAskedTwice(t *testing.T) {
	for name, did := range map[string]func(d *desk, tr, grant string){
		"opnieuw gevraagd": func(d *desk, tr, grant string) { must(true, d.AskAgain(d.t.Context(), d.sanne, tr, grant))(d.t) },
		"opnieuw gekregen": func(d *desk, tr, _ string) {
			must(d.AddGrant(d.t.Context(), d.sanne, tr, NewGrant{Scheme: "jfsc", Cents: 26500}))(d.t)
		},
	} {
		d := newDesk(t)
		c := finished(d)
		d.on("2026-07-01")
		did(d, d.traject(c).ID, d.store.children[0].Grants[0].ID)
		if rows := d.rows(); len(rows) != 0 {
			t.Errorf("%s: still %q", name, rows[0].NextStep)
		}
	}
}

func TestAChildThatStoppedOrChoseSomethingElseNeedsNoNewGrant(t *testing.T) {
	for name, way := range map[string][]Step{
		"gestopt":             {{To: "contact"}, {To: "ingeschreven"}, {To: "deelname"}, {To: "gestopt", Note: "te_ver"}},
		"gestopt en afgerond": {{To: "contact"}, {To: "ingeschreven"}, {To: "deelname"}, {To: "gestopt", Note: "te_ver"}, {To: "afgerond"}},
		"zoekt opnieuw":       {{To: "zoeken"}},
	} {
		d := newDesk(t)
		c := granted(d)
		for _, s := range way {
			must(d.move(c, s.To, s))(t)
		}
		d.on("2026-07-01")
		for _, r := range d.rows() {
			if strings.Contains(r.NextStep, "Jeugdfonds") {
				t.Errorf("%s: %q", name, r.NextStep)
			}
		}
	}
}

// daan goes to football on Tuesday at 18:30, eleven minutes by bike; his parents asked for messages (P6).
func daan(d *desk, help string) Child {
	c := d.agreed()
	d.answers(c, "B", yusufSays)
	d.answers(c, "P", map[string]string{"P3": `["ritme"]`, "P9": help})
	must(d.Choose(d.t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{SupportLevel: "hand",
		Toeleiding: Toeleiding{Activity: "A1", Title: "Voetbal", When: "di 18:30–19:30", StartTime: 18*60 + 30, Minutes: 11}}))(d.t)
	for _, to := range []string{"contact", "ingeschreven"} {
		must(d.move(c, to, Step{}))(d.t)
	}
	d.on("2025-09-16")
	must(d.move(c, "deelname", Step{Date: day("2025-09-16")}))(d.t)
	return c
}

// said are the messages of today on the caseload.
func (d *desk) said() (out []string) {
	for _, n := range d.rows()[0].Notices {
		if n.Kind == NoticeMessage {
			out = append(out, n.Text)
		}
	}
	return out
}

func TestP6TheMessagesForHomeStandOnTheDayItselfAndStopAfterFourWeeks(t *testing.T) {
	d := newDesk(t)
	c := daan(d, `["herinnering","mee"]`)
	at := func(on string, hour int) []string {
		d.now = day(on).In(geo.Amsterdam).Add(time.Duration(hour) * time.Hour)
		return d.said()
	}
	if got := at("2025-09-22", 9); len(got) != 1 || got[0] != "Bericht voor thuis om 19:00: Morgen activiteit. Leg de tas vast klaar." {
		t.Errorf("on Monday %v", got)
	}
	if got := at("2025-09-23", 9); len(got) != 2 || got[0] != "Bericht voor thuis om 17:30: Vandaag activiteit. Nu eten." || !strings.Contains(got[1], "18:00") {
		t.Errorf("on Tuesday %v", got)
	}
	if got := at("2025-09-23", 18); len(got) != 1 {
		t.Errorf("at six %v", got)
	}
	if got := at("2025-09-24", 9); len(got) != 0 {
		t.Errorf("on Wednesday %v", got)
	}
	if got := at("2025-10-14", 9); len(got) != 0 {
		t.Errorf("after four weeks %v", got)
	}
	tr := d.traject(c)
	must(d.Remind(t.Context(), d.sanne, tr.ID, tr.Version, true))(t)
	if got := d.said(); len(got) != 2 {
		t.Errorf("four more weeks: %v", got)
	}
	tr = d.traject(c)
	must(d.Remind(t.Context(), d.sanne, tr.ID, tr.Version, false))(t)
	if got := d.said(); len(got) != 0 {
		t.Errorf("stopped: %v", got)
	}
}

func TestNobodyGetsMessagesThatWereNotAskedFor(t *testing.T) {
	d := newDesk(t)
	daan(d, `["mee"]`)
	d.now = day("2025-09-23").In(geo.Amsterdam).Add(9 * time.Hour)
	if got := d.said(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestTheCaseloadOfTodayHasTheMessagesOfToday(t *testing.T) {
	d := newDesk(t)
	daan(d, `["herinnering"]`)
	d.now = day("2025-09-23").In(geo.Amsterdam).Add(9 * time.Hour)
	if rows := must(d.Caseload(t.Context(), d.sanne, CaseloadFilter{Due: true}))(t); len(rows) != 1 || rows[0].NextStep != "Vraag of het kind nog meedoet." {
		t.Errorf("%+v: a message is no next step", rows)
	}
}

func TestTalksAreCountedAndTheLimitAsksWhyAndNeverBlocks(t *testing.T) {
	d := newDesk(t)
	d.Talks = map[string]int{"org1": 3}
	c := chosen(d)
	hold := func(reason string) error {
		tr := d.traject(c)
		_, err := d.HoldTalk(t.Context(), d.sanne, tr.ID, tr.Version, reason)
		return err
	}
	warned := func() (out string) {
		for _, n := range d.rows()[0].Notices {
			out += n.Text
		}
		return out
	}
	for i, want := range []string{"", "Er is nog één gesprek", "Het afgesproken aantal gesprekken is bereikt"} {
		if err := hold(""); err != nil {
			t.Fatal(err)
		}
		if got := warned(); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("after %d talks %q", i+1, got)
		}
	}
	if fields := errs.FieldsOf(hold("moeder is moe")); len(fields) != 1 || fields[0].Name != "reden" {
		t.Errorf("no reason of the list: %v", fields)
	}
	if err := hold("regelen_duurt"); err != nil || d.traject(c).Talks != 4 || d.traject(c).TalkReason != "regelen_duurt" {
		t.Errorf("%v, %d talks", err, d.traject(c).Talks)
	}
}

func TestARecordThatWillBeErasedSaysSoSixWeeksBefore(t *testing.T) {
	d := newDesk(t)
	d.resting("gestopt")
	for on, shows := range map[string]bool{"2026-07-26": false, "2026-07-28": true} {
		d.on(on)
		if r := d.rows()[0]; strings.Contains(r.NextStep, "wissen") != shows || shows && r.Due != day("2026-09-08") {
			t.Errorf("on %s: %q by %s", on, r.NextStep, r.Due)
		}
	}
}
