package kindinkaart

import (
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func TestAReferralWithoutPermissionIsGoneAfterThirtyDays(t *testing.T) {
	d := newDesk(t)
	waiting, agreed := d.childOf("2015-04"), d.agreed()
	refusing := d.childOf("2015-05")
	if err := d.says(refusing, PurposeProfile, "ouder", false); err != nil {
		t.Fatal(err)
	}
	d.on("2025-10-01")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
		t.Errorf("%d children erased on day 30", n)
	}
	d.on("2025-10-02")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 2 {
		t.Errorf("%d children erased on day 31, want 2", n)
	}
	for _, c := range []Child{waiting, refusing} {
		_, err := d.Child(t.Context(), d.sanne, c.ID)
		wantKind(t, err, errs.Refused)
	}
	must(d.Child(t.Context(), d.sanne, agreed.ID))(t)
}

func TestATwelveMonthsOldEndIsErasedAndTheStagesStayCounted(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	must(d.move(c, "zelf_geregeld", Step{}))(t)
	must(d.move(c, "afgerond", Step{}))(t)
	d.on("2026-09-07")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
		t.Errorf("%d children erased a day too early", n)
	}
	d.on("2026-09-08")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 1 {
		t.Errorf("%d children erased", n)
	}
	d.wantErased(c)
	if got := d.store.trajecten[0].Stage; got != "afgerond" {
		t.Errorf("stage %s", got)
	}
	r := must(d.Report(t.Context(), d.leader, day("2025-09-01"), day("2025-09-30")))(t)
	if !r.Choices.Hidden {
		t.Errorf("the choice of last year is no longer counted: %+v", r)
	}
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
		t.Errorf("%d erased a second time", n)
	}
}

// resting brings a child to a stage in which it stays: it stopped, or nothing was found.
func (d *desk) resting(stage string) Child {
	d.t.Helper()
	if stage == "gestopt" {
		c := chosen(d)
		for _, to := range []string{"contact", "ingeschreven", "deelname"} {
			must(d.move(c, to, Step{}))(d.t)
		}
		must(d.move(c, stage, Step{Note: "te_ver"}))(d.t)
		return c
	}
	c := d.agreed()
	d.answers(c, "B", yusufSays)
	d.on("2025-09-08")
	must(d.move(c, stage, Step{}))(d.t)
	return c
}

func TestAChildThatStoppedOrFoundNothingIsErasedAfterTwelveMonthsOfRest(t *testing.T) {
	for _, stage := range []string{"gestopt", "geen_aanbod"} {
		d := newDesk(t)
		c := d.resting(stage)
		d.on("2026-09-07")
		if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
			t.Errorf("%s: %d children erased a day too early", stage, n)
		}
		d.on("2026-09-08")
		if n := must(d.EraseOldChildren(t.Context()))(t); n != 1 {
			t.Errorf("%s: %d children erased", stage, n)
		}
		d.wantErased(c)
		if got := d.store.trajecten[0].Stage; got != stage {
			t.Errorf("%s: the stage that is counted became %s", stage, got)
		}
	}
}

func TestLookingAgainOrAskingAgainKeepsARestingChild(t *testing.T) {
	for name, work := range map[string]func(d *desk, c Child){
		"samen opnieuw zoeken":        func(d *desk, c Child) { must(d.move(c, "zoeken", Step{}))(d.t) },
		"de vragen opnieuw beginnen":  func(d *desk, c Child) { must(d.StartAfname(d.t.Context(), d.sanne, c.ID, "B", "smw"))(d.t) },
		"een antwoord van de ouder":   func(d *desk, c Child) { must(true, d.says(c, PurposeSchool, "ouder", true))(d.t) },
		"afronden, en dan de termijn": func(d *desk, c Child) { must(d.move(c, "afgerond", Step{}))(d.t) },
	} {
		d := newDesk(t)
		c := d.resting("gestopt")
		d.on("2026-08-01")
		work(d, c)
		d.on("2026-09-08")
		if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
			t.Errorf("%s: %d children erased", name, n)
		}
	}
}

func TestAnEndCountsFromTheEndWhateverWasDoneAfter(t *testing.T) {
	d := newDesk(t)
	c := d.resting("gestopt")
	must(d.move(c, "afgerond", Step{}))(t)
	d.on("2026-08-01")
	must(true, d.says(c, PurposeMeting, "ouder", true))(t)
	d.on("2026-09-08")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 1 {
		t.Errorf("%d children erased", n)
	}
}

func TestAChildUnderWayIsNeverErased(t *testing.T) {
	d := newDesk(t)
	d.answers(d.agreed(), "B", yusufSays)
	d.on("2029-09-08")
	if n := must(d.EraseOldChildren(t.Context()))(t); n != 0 {
		t.Errorf("%d children erased", n)
	}
}

func TestASchoolSeesOfItsOwnReferralsTheNameAndTheStateWithConsentOnly(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	if all := must(d.Referrals(t.Context(), d.juf))(t); len(all) != 0 {
		t.Errorf("without consent the school sees %+v", all)
	}
	if err := d.says(c, PurposeSchool, "ouder", true); err != nil {
		t.Fatal(err)
	}
	if all := must(d.Referrals(t.Context(), d.juf))(t); len(all) != 1 || all[0] != (Referral{"Yusuf", "6A", "in behandeling"}) {
		t.Errorf("the school sees %+v", all)
	}
	must(d.move(c, "zelf_geregeld", Step{}))(t)
	must(d.move(c, "afgerond", Step{}))(t)
	if all := must(d.Referrals(t.Context(), d.juf))(t); all[0].State != "afgerond" {
		t.Errorf("the school sees %+v", all)
	}
	for _, schools := range [][]string{nil, {"school2"}} {
		other := access.Actor{ID: "x", Tenant: "t1", Role: access.Teacher, Schools: schools}
		if all := must(d.Referrals(t.Context(), other))(t); len(all) != 0 {
			t.Errorf("another school sees %+v", all)
		}
	}
	_, err := d.Referrals(t.Context(), d.sanne)
	wantKind(t, err, errs.NotFound)
}
