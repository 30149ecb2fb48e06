package kindinkaart

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
)

// funds are two funds of Rotterdam and one of elsewhere.
func funds(context.Context, string) ([]regeling.Scheme, error) {
	sixty := 60
	return []regeling.Scheme{
		{ID: "jfsc", Name: "Jeugdfonds", Residence: []string{"GM0599"}, Period: "12_months_from_approval", Application: regeling.Application{RenewNoticeDays: &sixty}},
		{ID: "tegoed", Name: "Jeugdtegoed", Residence: []string{"*"}, Period: "pass_year_1mar_28feb"},
		{ID: "capelle", Name: "Ergens anders", Residence: []string{"GM0502"}},
	}, nil
}

// granted brings Yusuf to a fund that gave 265 of 280 euro on 17 September.
func granted(d *desk) Child {
	d.Schemes = funds
	c := chosen(d)
	d.on("2025-09-17")
	task := d.store.tasks[0]
	must(d.FinishTask(d.t.Context(), d.sanne, task.ID, task.Version, Finish{Grant: &NewGrant{Scheme: "jfsc", Cents: 26500}}))(d.t)
	return c
}

func (d *desk) need(c Child) Need {
	d.t.Helper()
	return must(d.ForMatch(d.t.Context(), d.sanne, c.ID))(d.t)
}

func TestWhatAFundGaveCountsAsUsedAndAsApprovedForItsActivity(t *testing.T) {
	d := newDesk(t)
	c := granted(d)
	n := d.need(c)
	if want := []regeling.Used{{Scheme: "jfsc", Cents: 26500}}; !reflect.DeepEqual(n.Used, want) {
		t.Errorf("used %+v", n.Used)
	}
	if want := []regeling.Approval{{Scheme: "jfsc", Activity: "A1", Cents: 26500}}; !reflect.DeepEqual(n.Approved, want) {
		t.Errorf("approved %+v", n.Approved)
	}
	if want := []Arranged{{Activity: "A1", Remedy: "fonds", From: day("2025-09-17"), Until: day("2026-09-17")}}; !reflect.DeepEqual(n.Arranged, want) {
		t.Errorf("arranged %+v: the help runs as long as the money", n.Arranged)
	}
	g := d.store.children[0].Grants[0]
	if g.Name != "Jeugdfonds" || g.Title != "Basketbal U12" || g.RenewDays != 60 || d.traject(c).Toeleiding.ApprovedOn != day("2025-09-17") {
		t.Errorf("kept %+v", g)
	}
}

func TestMoneyForAFormerChoiceStaysUsedAndIsNotForTheNewOne(t *testing.T) {
	d := newDesk(t)
	c := granted(d)
	d.on("2025-10-20")
	must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{Toeleiding: Toeleiding{Activity: "A3", Title: "Koken"}}))(t)
	n := d.need(c)
	if len(n.Used) != 1 || n.Used[0].Cents != 26500 || len(n.Approved) != 1 || n.Approved[0].Activity != "A1" || n.Arranged[0].Activity != "A1" {
		t.Errorf("used %+v, approved %+v, arranged %+v", n.Used, n.Approved, n.Arranged)
	}
	must(d.AddGrant(t.Context(), d.sanne, d.traject(c).ID, NewGrant{Scheme: "jfsc", Cents: 1500}))(t)
	must(d.AddGrant(t.Context(), d.sanne, d.traject(c).ID, NewGrant{Scheme: "tegoed", Cents: 5000, Elsewhere: true}))(t)
	n = d.need(c)
	if want := []regeling.Used{{Scheme: "jfsc", Cents: 28000}, {Scheme: "tegoed", Cents: 5000}}; !reflect.DeepEqual(n.Used, want) {
		t.Errorf("used %+v", n.Used)
	}
	if len(n.Approved) != 2 || n.Approved[1] != (regeling.Approval{Scheme: "jfsc", Activity: "A3", Cents: 1500}) {
		t.Errorf("approved %+v: money for something else is for no activity", n.Approved)
	}
}

func TestMoneyCountsInItsPeriodOnly(t *testing.T) {
	d := newDesk(t)
	c := granted(d)
	for on, counts := range map[string]int{"2026-09-17": 1, "2026-09-18": 0} {
		d.on(on)
		if n := d.need(c); len(n.Used) != counts || len(n.Approved) != counts {
			t.Errorf("on %s: used %+v, approved %+v", on, n.Used, n.Approved)
		}
	}
}

func TestAFundThatSaidNoArrangesNothing(t *testing.T) {
	d := newDesk(t)
	d.Schemes = funds
	c := chosen(d)
	task := d.store.tasks[0]
	done := must(d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{No: true, From: day("2025-09-08"), Grant: &NewGrant{Scheme: "jfsc", Cents: 1}}))(t)
	n := d.need(c)
	if done.DoneOn.IsZero() || len(n.Arranged)+len(n.Used)+len(n.Approved) != 0 || !d.traject(c).Toeleiding.ApprovedOn.IsZero() {
		t.Errorf("%+v gives %+v %+v %+v", done, n.Arranged, n.Used, n.Approved)
	}
}

func TestANoOfAFundIsKnownInMatchingUntilItCanBeAskedAgain(t *testing.T) {
	d := newDesk(t)
	d.Schemes = funds
	c := chosen(d)
	task := d.store.tasks[0]
	_, err := d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{No: true, Scheme: "verzonnen"})
	if fields := errs.FieldsOf(err); len(fields) != 1 || fields[0].Name != "scheme" || d.store.tasks[0].DoneOn.IsValid() {
		t.Fatalf("a fund that is not there: %v", err)
	}
	must(d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{No: true, Scheme: "jfsc"}))(t)
	must(d.Choose(t.Context(), d.sanne, c.ID, d.traject(c).Version, Choice{Toeleiding: Toeleiding{Activity: "A3", Title: "Koken"}}))(t)
	want := []regeling.Refusal{{Scheme: "jfsc", Activity: "A1"}}
	if n := d.need(c); !reflect.DeepEqual(n.Refused, want) {
		t.Errorf("after another choice: refused %+v", n.Refused)
	}
	d.on("2026-09-08")
	if n := d.need(c); !reflect.DeepEqual(n.Refused, want) {
		t.Errorf("a year later to the day: refused %+v", n.Refused)
	}
	d.on("2026-09-09")
	if n := d.need(c); n.Refused != nil {
		t.Errorf("the fund can be asked again, and refused is %+v", n.Refused)
	}
}

func TestMoneyOfAFundThatSaidNoBeforeTakesTheNoAway(t *testing.T) {
	d := newDesk(t)
	d.Schemes = funds
	c := chosen(d)
	task := d.store.tasks[0]
	must(d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{No: true, Scheme: "jfsc"}))(t)
	must(d.AddGrant(t.Context(), d.sanne, d.traject(c).ID, NewGrant{Scheme: "tegoed", Cents: 5000, Elsewhere: true}))(t)
	if n := d.need(c); len(n.Refused) != 1 {
		t.Errorf("another fund gave something: refused %+v", n.Refused)
	}
	must(d.AddGrant(t.Context(), d.sanne, d.traject(c).ID, NewGrant{Scheme: "jfsc", Cents: 26500}))(t)
	if n := d.need(c); n.Refused != nil || len(n.Approved) != 1 {
		t.Errorf("it said yes after all: refused %+v, approved %+v", n.Refused, n.Approved)
	}
}

func TestAWrongAmountIsNamedAndNothingIsKept(t *testing.T) {
	d := newDesk(t)
	d.Schemes = funds
	c := chosen(d)
	task, before := d.store.tasks[0], d.store.fakeTx
	for _, g := range []struct {
		NewGrant
		field string
	}{
		{NewGrant{Scheme: "verzonnen", Cents: 100}, "scheme"}, {NewGrant{Cents: 100}, "scheme"}, {NewGrant{Scheme: "jfsc"}, "cents"}, {NewGrant{Scheme: "jfsc", Cents: -5}, "cents"},
		{NewGrant{Scheme: "jfsc", Cents: maxCents + 1}, "cents"}, {NewGrant{Scheme: "jfsc", Cents: 1, From: day("2025-09-09")}, "from"},
		{NewGrant{Scheme: "jfsc", Cents: 1, From: day("2025-09-08"), Until: day("2025-09-07")}, "until"},
	} {
		_, err := d.AddGrant(t.Context(), d.sanne, d.traject(c).ID, g.NewGrant)
		_, fromTask := d.FinishTask(t.Context(), d.sanne, task.ID, task.Version, Finish{From: g.From, Until: g.Until, Grant: &g.NewGrant})
		for _, err := range []error{err, fromTask} {
			if fields := errs.FieldsOf(err); len(fields) != 1 || fields[0].Name != g.field {
				t.Errorf("%+v: %v names %+v", g, err, fields)
			}
		}
	}
	if !reflect.DeepEqual(before, d.store.fakeTx) {
		t.Error("a refused amount changed something")
	}
}

func TestOnlyFundsOfTheOwnMunicipalityAreOffered(t *testing.T) {
	d := newDesk(t)
	c := granted(d)
	f := must(d.Traject(t.Context(), d.sanne, d.traject(c).ID))(t)
	if want := []Fund{{"jfsc", "Jeugdfonds"}, {"tegoed", "Jeugdtegoed"}}; !reflect.DeepEqual(f.Funds, want) {
		t.Errorf("funds %+v", f.Funds)
	}
}

func TestMoneyCanBeTakenBackAndGoesWithTheChild(t *testing.T) {
	d := newDesk(t)
	c := granted(d)
	tr := d.traject(c)
	wantKind(t, d.DropGrant(t.Context(), d.sanne, tr.ID, "niet-van-dit-kind"), errs.NotFound)
	if err := d.DropGrant(t.Context(), d.sanne, tr.ID, d.store.children[0].Grants[0].ID); err != nil || len(d.need(c).Used) != 0 {
		t.Errorf("%v, still used %+v", err, d.need(c).Used)
	}
	must(d.AddGrant(t.Context(), d.sanne, tr.ID, NewGrant{Scheme: "jfsc", Cents: 4242}))(t)
	if err := d.Withdraw(t.Context(), d.sanne, c.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	d.wantErased(c)
	if all := fmt.Sprintf("%+v", d.store.fakeTx); strings.Contains(all, "4242") || strings.Contains(all, "Jeugdfonds") {
		t.Error("the money stayed")
	}
}

func TestAColleagueWhoCoversMayWriteDownWhatTheFundSaid(t *testing.T) {
	d := newDesk(t)
	d.Schemes = funds
	c := chosen(d)
	if err := d.SetCover(t.Context(), d.sanne, c.ID, d.colleague.ID); err != nil {
		t.Fatal(err)
	}
	task := d.store.tasks[0]
	must(d.FinishTask(t.Context(), d.colleague, task.ID, task.Version, Finish{From: civil.Date{}, Grant: &NewGrant{Scheme: "jfsc", Cents: 26500}}))(t)
}
