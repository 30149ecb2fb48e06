package kindinkaart

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func TestWhoDecidesDependsOnTheAge(t *testing.T) {
	yes := func(by string) Consent { return Consent{Purpose: PurposeProfile, By: by, Given: true} }
	no := func(by string) Consent { return Consent{Purpose: PurposeProfile, By: by} }
	over := func(by string) Consent { c := yes(by); c.WithdrawnOn = day("2025-09-01"); return c }
	cases := []struct {
		name string
		age  int
		said []Consent
		want bool
	}{
		{"nobody was asked", 9, nil, false},
		{"under 12 the parent decides", 9, []Consent{yes("ouder")}, true},
		{"under 12 a child alone cannot agree", 9, []Consent{yes("kind")}, false},
		{"under 12 the no of the child is respected", 9, []Consent{yes("ouder"), no("kind")}, false},
		{"the newest answer counts", 9, []Consent{no("ouder"), yes("ouder")}, true},
		{"a withdrawn answer is no answer", 9, []Consent{over("ouder")}, false},
		{"from 12 the parent alone is not enough", 12, []Consent{yes("ouder")}, false},
		{"from 12 the young person alone is not enough", 15, []Consent{yes("jongere")}, false},
		{"from 12 both agree", 13, []Consent{yes("ouder"), yes("jongere")}, true},
		{"from 12 a child is a young person", 13, []Consent{yes("ouder"), yes("kind")}, true},
		{"from 12 either may stop it", 13, []Consent{yes("ouder"), yes("jongere"), no("jongere")}, false},
		{"from 16 the young person decides", 16, []Consent{yes("jongere")}, true},
		{"from 16 a parent cannot stop it", 16, []Consent{yes("jongere"), no("ouder")}, true},
		{"from 16 a parent cannot agree", 16, []Consent{yes("ouder")}, false},
		{"another purpose does not count", 9, []Consent{{Purpose: PurposeMeting, By: "ouder", Given: true}}, false},
	}
	for _, c := range cases {
		if got := Permitted(c.said, PurposeProfile, c.age); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestWithoutAYesThereIsNeverPermission(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) Consent {
			return Consent{Purpose: rapid.SampledFrom(purposes).Draw(t, "purpose"), By: rapid.SampledFrom([]string{"ouder", "kind", "jongere"}).Draw(t, "by")}
		})
		all := rapid.SliceOf(one).Draw(t, "all")
		for age := 4; age < 24; age++ {
			if Permitted(all, PurposeProfile, age) {
				t.Fatalf("permitted at %d", age)
			}
		}
	})
}

func TestNothingLikeAProfileIsStoredBeforeConsent(t *testing.T) {
	d := newDesk(t)
	c := d.childOf("2015-04")
	_, err := d.StartAfname(t.Context(), d.sanne, c.ID, "B", "")
	wantKind(t, err, errs.Refused)
	_, err = d.ForMatch(t.Context(), d.sanne, c.ID)
	wantKind(t, err, errs.Refused)
	if len(d.store.afnames) != 0 {
		t.Error("an afname was stored")
	}
	if err := d.says(c, PurposeProfile, "ouder", false); err != nil {
		t.Fatalf("a refusal is a normal outcome: %v", err)
	}
	if len(d.store.consents) != 1 || d.traject(c).Stage != "toestemming" {
		t.Errorf("%d answers stored, stage %s", len(d.store.consents), d.traject(c).Stage)
	}
	_, err = d.StartAfname(t.Context(), d.sanne, c.ID, "B", "")
	wantKind(t, err, errs.Refused)
}

func TestWhoIsThirteenWaitsForBothAnswers(t *testing.T) {
	d := newDesk(t)
	c := d.childOf("2012-04")
	if err := d.says(c, PurposeProfile, "ouder", true); err != nil {
		t.Fatal(err)
	}
	if got := d.traject(c).Stage; got != "toestemming" {
		t.Errorf("with one answer: %s", got)
	}
	if err := d.says(c, PurposeProfile, "kind", true); err != nil {
		t.Fatal(err)
	}
	if got := d.traject(c).Stage; got != "profiel" {
		t.Errorf("with both: %s", got)
	}
}

func TestAParentCannotAnswerForSomebodyOfSixteen(t *testing.T) {
	d := newDesk(t)
	c := d.childOf("2009-04")
	wantKind(t, d.says(c, PurposeProfile, "ouder", true), errs.Refused)
	if err := d.says(c, PurposeProfile, "jongere", true); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.Withdraw(t.Context(), d.sanne, c.ID, "ouder"), errs.Refused)
	if err := d.Withdraw(t.Context(), d.sanne, c.ID, "jongere"); err != nil {
		t.Fatal(err)
	}
}

func TestAccessNeedsAreStoredOnlyWithTheirOwnConsentAndGoWhenItEnds(t *testing.T) {
	d := newDesk(t)
	c := d.agreed()
	af := must(d.StartAfname(t.Context(), d.sanne, c.ID, "B", "smw"))(t)
	if open := must(d.Afname(t.Context(), d.sanne, af.ID))(t); !reflect.DeepEqual(open.Withheld, []string{"G3"}) {
		t.Errorf("without its consent G3 is asked: withheld %v", open.Withheld)
	}
	g3 := Reply{Item: "G3", Answer: []byte(`["rolstoel"]`)}
	_, err := d.SaveReply(t.Context(), d.sanne, af.ID, af.Version, g3)
	wantKind(t, err, errs.Refused)
	if err := d.says(c, PurposeAccess, "ouder", true); err != nil {
		t.Fatal(err)
	}
	if open := must(d.Afname(t.Context(), d.sanne, af.ID))(t); open.Withheld != nil {
		t.Errorf("with its consent G3 is not asked: withheld %v", open.Withheld)
	}
	must(d.SaveReply(t.Context(), d.sanne, af.ID, af.Version, g3))(t)
	must(d.FinishAfname(t.Context(), d.sanne, af.ID))(t)
	if n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t); n.Answers["G3"] == nil || !reflect.DeepEqual(n.Consents, []string{"toegankelijkheid"}) {
		t.Errorf("need %+v", n)
	}
	if err := d.says(c, PurposeAccess, "ouder", false); err != nil {
		t.Fatal(err)
	}
	if d.store.afnames[0].Answers["G3"] != nil {
		t.Error("the answer stayed")
	}
	if n := must(d.ForMatch(t.Context(), d.sanne, c.ID))(t); n.Answers["G3"] != nil || n.Consents != nil {
		t.Errorf("need %+v", n)
	}
}

func TestP4AfterWithdrawalThereIsNoDataForAnyoneAndTheMonthIsStillCounted(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	for _, to := range []string{"contact", "ingeschreven", "deelname"} {
		must(d.move(c, to, Step{}))(t)
	}
	if err := d.SetCover(t.Context(), d.sanne, c.ID, d.colleague.ID); err != nil {
		t.Fatal(err)
	}
	tr := d.traject(c)
	d.on("2026-02-10")
	if err := d.Withdraw(t.Context(), d.colleague, c.ID, "ouder"); err != nil {
		t.Fatal(err)
	}
	for _, who := range []access.Actor{d.sanne, d.colleague} {
		_, err1 := d.Child(t.Context(), who, c.ID)
		_, err2 := d.ForMatch(t.Context(), who, c.ID)
		_, err3 := d.Traject(t.Context(), who, tr.ID)
		for _, err := range []error{err1, err2, err3} {
			wantKind(t, err, errs.Refused)
			if !strings.Contains(errs.MessageOf(err), "toestemming is ingetrokken") {
				t.Error(err)
			}
		}
		if rows := must(d.Caseload(t.Context(), who, CaseloadFilter{Ended: true}))(t); len(rows) != 0 {
			t.Errorf("the caseload still has %d rows", len(rows))
		}
	}
	d.wantErased(c)
	if e := d.store.events[len(d.store.events)-1]; e.To != "ingetrokken" || e.On != day("2026-02-01") || e.By != "" {
		t.Errorf("trace %+v", e)
	}
	if stage := d.store.trajecten[0].Stage; stage != "ingetrokken" {
		t.Errorf("stage %s", stage)
	}
}

// wantErased says that nothing about a child is left anywhere but its id in the audit.
func (d *desk) wantErased(c Child) {
	d.t.Helper()
	f := d.store.fakeTx
	if n := len(f.afnames) + len(f.consents) + len(f.tasks) + len(f.checks); n != 0 {
		d.t.Errorf("%d records stayed", n)
	}
	everything := fmt.Sprintf("%+v %+v %+v %+v", f.children, f.trajecten, f.events, f.cards)
	for _, personal := range []string{c.ID, "Yusuf", "3072AB", "Basketbal", "dunken", "2015", "6A", "school1"} {
		if strings.Contains(everything, personal) {
			d.t.Errorf("%q stayed in %s", personal, everything)
		}
	}
	for _, e := range f.audit {
		for _, personal := range []string{"Yusuf", "3072", "basketbal", "dunken"} {
			if strings.Contains(fmt.Sprintf("%+v", e), personal) {
				d.t.Errorf("the audit tells %q: %+v", personal, e)
			}
		}
	}
}

func TestABoyOfThirteenWhoSaysNoWithdrawsEverything(t *testing.T) {
	d := newDesk(t)
	c := d.childOf("2012-04")
	for _, by := range []string{"ouder", "jongere"} {
		if err := d.says(c, PurposeProfile, by, true); err != nil {
			t.Fatal(err)
		}
	}
	d.answers(c, "C", map[string]string{"W2": `["koken"]`})
	if err := d.says(c, PurposeProfile, "jongere", false); err != nil {
		t.Fatal(err)
	}
	if len(d.store.afnames) != 0 || len(d.store.consents) != 0 {
		t.Error("answers stayed")
	}
	_, err := d.Child(t.Context(), d.sanne, c.ID)
	wantKind(t, err, errs.Refused)
}

func TestAColleagueOfAnotherOrganisationSeesThatItDoesNotExistAndTheAttemptIsRecorded(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	tr, task := d.traject(c), d.store.tasks[0]
	ctx := t.Context()
	for _, who := range []access.Actor{d.colleague, d.stranger, d.elsewhere, d.juf, d.leader, d.club, {}} {
		for name, try := range map[string]func(id bool) error{
			"child":   func(real bool) error { _, err := d.Child(ctx, who, pick(real, c.ID)); return err },
			"match":   func(real bool) error { _, err := d.ForMatch(ctx, who, pick(real, c.ID)); return err },
			"traject": func(real bool) error { _, err := d.Traject(ctx, who, pick(real, tr.ID)); return err },
			"move": func(real bool) error {
				_, err := d.Move(ctx, who, pick(real, tr.ID), Step{To: "regelen", Version: tr.Version})
				return err
			},
			"grant": func(real bool) error {
				_, err := d.AddGrant(ctx, who, pick(real, tr.ID), NewGrant{Scheme: "jfsc", Cents: 100})
				return err
			},
			"drop grant": func(real bool) error { return d.DropGrant(ctx, who, pick(real, tr.ID), "x") },
			"task": func(real bool) error {
				_, err := d.FinishTask(ctx, who, pick(real, task.ID), task.Version, Finish{From: task.Due, Until: task.Due})
				return err
			},
			"afname": func(real bool) error { _, err := d.Afname(ctx, who, pick(real, d.store.afnames[0].ID)); return err },
			"choose": func(real bool) error {
				_, err := d.Choose(ctx, who, pick(real, c.ID), tr.Version, Choice{Toeleiding: Toeleiding{Activity: "A2"}})
				return err
			},
			"withdraw": func(real bool) error { return d.Withdraw(ctx, who, pick(real, c.ID), "ouder") },
		} {
			before := len(d.store.audit)
			theirs, nobodys := try(true), try(false)
			if errs.KindOf(theirs) != errs.NotFound || nobodys == nil || theirs.Error() != nobodys.Error() {
				t.Errorf("%s by %q: %v, and for what does not exist %v", name, who.ID, theirs, nobodys)
			}
			if n := len(d.store.audit); n != before+2 || d.store.audit[before].Action != "denied" || d.store.audit[before].Actor != who.ID {
				t.Errorf("%s by %q was not recorded", name, who.ID)
			}
		}
	}
}

func pick(real bool, id string) string {
	if real {
		return id
	}
	return "id-none"
}

func TestWhatIsTypedInAnAddressNeverReachesTheAudit(t *testing.T) {
	for _, typed := range []string{"Yusuf de Vries, 3072 AB", "Yusuf", "3072AB", "Fenna-de-Vries", strings.Repeat("a", 36)} {
		d := newDesk(t)
		if _, err := d.Child(t.Context(), d.sanne, typed); errs.KindOf(err) != errs.NotFound {
			t.Fatal(err)
		}
		if got := d.store.audit[0].Subject; got != "" {
			t.Errorf("the audit holds %q", got)
		}
	}
	d, id := newDesk(t), "01a1ffc5-ce03-78e6-947e-db725d2437ad"
	if _, err := d.Child(t.Context(), d.sanne, id); errs.KindOf(err) != errs.NotFound || d.store.audit[0].Subject != id {
		t.Errorf("what was asked for in vain is not in the audit: %+v, %v", d.store.audit, err)
	}
}

func TestEveryLookAtAChildIsRecordedAndWithoutARecordThereIsNoLook(t *testing.T) {
	d := newDesk(t)
	c := chosen(d)
	before := len(d.store.audit)
	must(d.Child(t.Context(), d.sanne, c.ID))(t)
	e := d.store.audit[before]
	if e.Action != "read" || e.Kind != "child" || e.Subject != c.ID || e.Actor != "sanne" || e.Tenant != "t1" {
		t.Errorf("recorded %+v", e)
	}
	d.store.failAudit = true
	f, err := d.Child(t.Context(), d.sanne, c.ID)
	wantKind(t, err, errs.Unavailable)
	if !reflect.DeepEqual(f, ChildFile{}) {
		t.Error("data was given without a record")
	}
	n, err := d.ForMatch(t.Context(), d.sanne, c.ID)
	wantKind(t, err, errs.Unavailable)
	if n.Answers != nil {
		t.Error("a need was given without a record")
	}
}

func TestChildrenUnderFourAreRefusedWithWhatIsPossible(t *testing.T) {
	d := newDesk(t)
	b, _ := ParseBorn("2022-08")
	_, err := d.AddChild(t.Context(), d.sanne, NewChild{GivenName: "Noor", Born: b})
	wantKind(t, err, errs.Refused)
	if msg := errs.MessageOf(err); !strings.Contains(msg, "P10") || !strings.Contains(msg, "P11") {
		t.Error(msg)
	}
	if len(d.store.children) != 0 {
		t.Error("the child was stored")
	}
}

func TestBadInputIsNamedFieldByFieldAndNothingIsStored(t *testing.T) {
	d := newDesk(t)
	_, err := d.AddChild(t.Context(), d.sanne, NewChild{Postcode: "abc", Source: "buurman", Reason: "boos", SecondHome: "1"})
	wantKind(t, err, errs.Invalid)
	var names []string
	for _, f := range errs.FieldsOf(err) {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "given_name born source reason postcode second_home" {
		t.Errorf("fields %q", got)
	}
	c := d.agreed()
	af := must(d.StartAfname(t.Context(), d.sanne, c.ID, "B", ""))(t)
	for _, r := range []Reply{{Item: "W2", Answer: []byte(`["vliegen"]`)}, {Item: "P3", Answer: []byte(`["kosten"]`)}, {Item: "V1", Answer: json.RawMessage(`{`)}, {Item: "X9"}} {
		_, err := d.SaveReply(t.Context(), d.sanne, af.ID, af.Version, r)
		wantKind(t, err, errs.Invalid)
	}
	if len(d.store.afnames[0].Answers) != 0 {
		t.Error("a wrong answer was stored")
	}
}
