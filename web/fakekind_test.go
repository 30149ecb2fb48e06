package web

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/golang-sql/civil"
	"github.com/paulmach/orb"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
	"wijknetwerk/matcher"
)

// fakeKind keeps a small caseload in memory, as a store would: what is not the actor's does not exist. Methods that no test
// uses are those of the nil Kind inside: they panic.
type fakeKind struct {
	Kind
	files    map[string]*kindinkaart.ChildFile // by child id
	calls    []string
	added    []kindinkaart.NewChild
	given    []kindinkaart.Consent
	chosen   []kindinkaart.Choice
	steps    []kindinkaart.Step
	referred []kindinkaart.Referral
	err      error // when set, every write gives it
}

func date(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func answers(pairs ...string) questionnaire.Answers {
	a := questionnaire.Answers{}
	for i := 0; i < len(pairs); i += 2 {
		a[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return a
}

var testSchool = kindinkaart.School{ID: "s1", Tenant: "t1", Name: "Basisschool De Wilg", Type: "bo", Point: geo.Point{Lat: 51.8975, Lon: 4.5050}, Region: "midden"}

// newKind makes five children of Sanne, each in another stage, and one of somebody else.
func newKind() *fakeKind {
	k := &fakeKind{files: map[string]*kindinkaart.ChildFile{}}
	for i, c := range []struct{ name, stage, due string }{
		{"Yusuf", "deelname", "2026-09-22"}, {"Mila", "zoeken", "2026-09-21"}, {"Daan", "regelen", "2026-09-18"}, {"Amira", "toestemming", ""}, {"Sem", "proefles", "2026-09-24"},
	} {
		k.add(fmt.Sprintf("c%d", i+1), c.name, c.stage, "acc-sanne")
	}
	k.add("c9", "Vreemd", "zoeken", "acc-ander")
	return k
}

func (k *fakeKind) add(id, name, stage, owner string) {
	child := kindinkaart.Child{ID: id, Tenant: "t1", Organisation: "o1", Owner: owner, School: "s1", Klas: "5B", GivenName: name, Born: kindinkaart.Born{Year: 2016, Month: 4},
		Postcode: "3072AB", Point: geo.Point{Lat: 51.899, Lon: 4.504}, Language: "nl", Version: 1}
	t := &kindinkaart.Traject{ID: "t" + id, Tenant: "t1", Owner: owner, Child: id, School: "s1", Source: "school", Reason: "bewegen", Stage: stage, Since: date("2026-09-07"), SupportLevel: "licht", Version: 3}
	f := &kindinkaart.ChildFile{Child: child, School: testSchool, Age: 10, Traject: t,
		Events: []kindinkaart.TrajectEvent{{Seq: 1, To: "aangemeld", On: date("2026-08-24")}, {Seq: 2, From: "aangemeld", To: "eerste_consult", On: date("2026-08-31")}, {Seq: 3, To: stage, On: date("2026-09-07")}}}
	if stage != "toestemming" {
		k.fill(f)
	}
	if stage == "deelname" || stage == "regelen" || stage == "proefles" {
		k.plan(f)
	}
	k.files[id] = f
}

func (k *fakeKind) fill(f *kindinkaart.ChildFile) {
	f.Consents = []kindinkaart.Consent{{Purpose: "profiel", By: "ouder", Capacity: "gezag", Given: true, On: date("2026-09-01")}, {Purpose: "delen_school", By: "ouder", Given: false, On: date("2026-09-01")}}
	child := answers("T1", `["t_bal","t_rennen"]`, "W1", `{"basketbal":"leuk","voetbal":"beetje","koken":"leuk","zwemmen":"leuk"}`, "W2", `["basketbal","koken","zwemmen"]`, "S2", `["gym","pauze"]`, "W5", `"vriend"`)
	parent := answers("P4", `{"wo":{"middag":"kan","vooravond":"kan"},"za":{"ochtend":"kan"}}`, "P5", `{"id":"fiets","minutes":15}`, "P6", `"lopen_kort"`)
	profile := &questionnaire.Profile{Effective: map[string]float64{"basketbal": 0.92, "koken_bakken": 0.8, "zwemmen": 0.55, "voetbal": 0.35, "atletiek": 0.2}, Veto: []string{"streetdance"},
		Coverage: questionnaire.Coverage{Answered: 6, Core: 6}}
	f.Profile = profile
	f.Afnames = []kindinkaart.Afname{
		{ID: "a1", Child: f.Child.ID, Variant: "B", Answers: child, OwnWords: "later wil ik dunken met mijn neef", Profile: profile, FinishedAt: testNow.Add(-240 * time.Hour)},
		{ID: "a2", Child: f.Child.ID, Variant: "P", Answers: parent, FinishedAt: testNow.Add(-200 * time.Hour)}}
}

func (k *fakeKind) plan(f *kindinkaart.ChildFile) {
	f.Traject.Toeleiding = &kindinkaart.Toeleiding{Activity: "A1", Slot: "A1s", Title: "Basketbal U12", Partner: "BC De Ketting", When: "wo 17:00–18:15", Where: "Sporthal De Wielslag, Catullusweg 200",
		ChosenOn: date("2026-09-08"), Words: "later wil ik dunken met mijn neef", Companion: "vriend", Minutes: 11, Mode: "bike", StartTime: 17 * 60, GrossCents: 34500, NetCents: 1500,
		Reasons: []string{"Staat in jouw top 3: basketbal", "Hier ben je goed in: met een bal"}, TrialOn: date("2026-09-23")}
	f.Tasks = []kindinkaart.Task{{ID: "k1", Traject: f.Traject.ID, Barrier: "kosten", Remedy: "fonds", Effect: "lifts", Text: "Jeugdfonds aanvragen voor de start", Who: "smw", Due: date("2026-09-18"), Version: 1},
		{ID: "k2", Traject: f.Traject.ID, Barrier: "spullen", Remedy: "tegoed", Effect: "lifts", Text: "Schoenen en tas regelen", Who: "ouder", Due: date("2026-09-25"), Version: 1},
		{ID: "k3", Traject: f.Traject.ID, Effect: "supports", Text: "Trainer bellen", Who: "smw", Due: date("2026-09-12"), DoneOn: date("2026-09-11"), Version: 2}}
	f.Checks = []kindinkaart.Check{{ID: "h1", Number: 1, Due: date("2026-09-14"), On: date("2026-09-14"), Answer: "doet_mee", Fun: "ja", Version: 2}, {ID: "h2", Number: 2, Due: date("2026-09-22"), Version: 1}}
}

func (k *fakeKind) file(who access.Actor, id string) (*kindinkaart.ChildFile, error) {
	f, ok := k.files[id]
	if !ok || f.Child.Owner != who.ID {
		return nil, errs.New(errs.NotFound, "Dit kind hoort niet bij jouw werk: "+id)
	}
	return f, nil
}

func (k *fakeKind) Child(_ context.Context, who access.Actor, id string) (kindinkaart.ChildFile, error) {
	f, err := k.file(who, id)
	if err != nil {
		return kindinkaart.ChildFile{}, err
	}
	return *f, nil
}

func (k *fakeKind) Schools(context.Context, access.Actor) ([]kindinkaart.School, error) {
	return []kindinkaart.School{testSchool}, nil
}

func (k *fakeKind) AddChild(_ context.Context, who access.Actor, n kindinkaart.NewChild) (kindinkaart.Child, error) {
	if k.err != nil {
		return kindinkaart.Child{}, k.err
	}
	k.added = append(k.added, n)
	k.add("c10", n.GivenName, "aangemeld", who.ID)
	return k.files["c10"].Child, nil
}

func (k *fakeKind) UpdateChild(_ context.Context, who access.Actor, id string, version int, n kindinkaart.NewChild) (kindinkaart.Child, error) {
	f, err := k.file(who, id)
	if err == nil && version != f.Child.Version {
		err = errs.New(errs.Conflict, "Iemand anders heeft dit kind net veranderd.")
	}
	if err != nil {
		return kindinkaart.Child{}, err
	}
	k.added = append(k.added, n)
	return f.Child, k.err
}

func (k *fakeKind) GiveConsent(_ context.Context, who access.Actor, c kindinkaart.Consent) (kindinkaart.Consent, error) {
	k.given = append(k.given, c)
	return c, k.err
}

func (k *fakeKind) Withdraw(_ context.Context, who access.Actor, id, by string) error {
	k.calls = append(k.calls, "withdraw "+id+" "+by)
	return k.err
}

func (k *fakeKind) StartAfname(_ context.Context, who access.Actor, id string, v questionnaire.Variant, helped string) (kindinkaart.Afname, error) {
	if _, err := k.file(who, id); err != nil {
		return kindinkaart.Afname{}, err
	}
	return kindinkaart.Afname{ID: "a1", Child: id, Variant: v}, k.err
}

func (k *fakeKind) Caseload(_ context.Context, who access.Actor, f kindinkaart.CaseloadFilter) ([]kindinkaart.CaseloadRow, error) {
	var out []kindinkaart.CaseloadRow
	for _, id := range []string{"c3", "c2", "c1", "c5", "c4", "c9"} {
		if c := k.files[id]; c.Child.Owner == who.ID {
			out = append(out, kindinkaart.CaseloadRow{Child: c.Child, Age: c.Age, School: c.School, Traject: *c.Traject, NextStep: "Bel de ouder over de eerste keer", WaitsFor: "ouder",
				Due: date("2026-09-21").AddDays(len(out) - 1), Overdue: len(out) == 0, Silent: len(out) == 2, OpenTasks: len(openTasks(c.Tasks))})
		}
	}
	return out, nil
}

func (k *fakeKind) Traject(_ context.Context, who access.Actor, id string) (kindinkaart.TrajectFile, error) {
	f, err := k.file(who, strings.TrimPrefix(id, "t"))
	if err != nil {
		return kindinkaart.TrajectFile{}, err
	}
	return kindinkaart.TrajectFile{ChildFile: *f, Next: traject.Next(f.Traject.Stage), Advice: "Vraag of het nog lukt. De check staat op dinsdag.",
		Bestendigd: errs.New(errs.Refused, "Het kind doet nog geen 91 dagen mee.")}, nil
}

func (k *fakeKind) Move(_ context.Context, who access.Actor, id string, step kindinkaart.Step) (kindinkaart.Traject, error) {
	f, err := k.file(who, strings.TrimPrefix(id, "t"))
	if err != nil {
		return kindinkaart.Traject{}, err
	}
	if step.Version != f.Traject.Version {
		return kindinkaart.Traject{}, errs.New(errs.Conflict, "Iemand anders heeft dit traject net veranderd.")
	}
	if err := traject.Allowed(f.Traject.Stage, step.To); err != nil {
		return kindinkaart.Traject{}, err
	}
	k.steps = append(k.steps, step)
	return *f.Traject, k.err
}

func (k *fakeKind) Choose(_ context.Context, who access.Actor, id string, version int, c kindinkaart.Choice) (kindinkaart.Traject, error) {
	f, err := k.file(who, id)
	if err != nil {
		return kindinkaart.Traject{}, err
	}
	if version != f.Traject.Version {
		return kindinkaart.Traject{}, errs.New(errs.Conflict, "Iemand anders heeft dit traject net veranderd.")
	}
	k.chosen = append(k.chosen, c)
	return *f.Traject, k.err
}

func (k *fakeKind) FinishTask(_ context.Context, _ access.Actor, id string, _ int, f kindinkaart.Finish) (kindinkaart.Task, error) {
	call := "task " + id + " " + dateISO(f.From) + " " + dateISO(f.Until)
	if f.Grant != nil {
		call += fmt.Sprint(" ", f.Grant.Scheme, " ", f.Grant.Cents)
	}
	if f.No {
		call += " nee " + f.Scheme
	}
	k.calls = append(k.calls, call)
	return kindinkaart.Task{}, k.err
}

func (k *fakeKind) AddGrant(_ context.Context, who access.Actor, id string, g kindinkaart.NewGrant) (kindinkaart.Grant, error) {
	if _, err := k.file(who, strings.TrimPrefix(id, "t")); err != nil {
		return kindinkaart.Grant{}, err
	}
	k.calls = append(k.calls, fmt.Sprint("grant ", id, " ", g.Scheme, " ", g.Cents, " ", g.Elsewhere))
	return kindinkaart.Grant{}, k.err
}

func (k *fakeKind) AskAgain(_ context.Context, who access.Actor, id, grant string) error {
	if _, err := k.file(who, strings.TrimPrefix(id, "t")); err != nil {
		return err
	}
	k.calls = append(k.calls, "again "+id+" "+grant)
	return k.err
}

func (k *fakeKind) HoldTalk(_ context.Context, who access.Actor, id string, _ int, reason string) (kindinkaart.Traject, error) {
	f, err := k.file(who, strings.TrimPrefix(id, "t"))
	if err != nil {
		return kindinkaart.Traject{}, err
	}
	k.calls = append(k.calls, "talk "+id+" "+reason)
	return *f.Traject, k.err
}

func (k *fakeKind) Remind(_ context.Context, who access.Actor, id string, _ int, on bool) (kindinkaart.Traject, error) {
	f, err := k.file(who, strings.TrimPrefix(id, "t"))
	if err != nil {
		return kindinkaart.Traject{}, err
	}
	k.calls = append(k.calls, fmt.Sprint("remind ", id, " ", on))
	return *f.Traject, k.err
}

func (k *fakeKind) DropGrant(_ context.Context, who access.Actor, id, grant string) error {
	if _, err := k.file(who, strings.TrimPrefix(id, "t")); err != nil {
		return err
	}
	k.calls = append(k.calls, "drop "+id+" "+grant)
	return k.err
}

func (k *fakeKind) AnswerCheck(_ context.Context, _ access.Actor, id string, _ int, answer, fun string, missed int) (kindinkaart.Check, error) {
	k.calls = append(k.calls, fmt.Sprint("check ", id, " ", answer, " ", fun, " ", missed))
	return kindinkaart.Check{}, k.err
}

func (k *fakeKind) Referrals(context.Context, access.Actor) ([]kindinkaart.Referral, error) {
	return k.referred, k.err
}

func (k *fakeKind) Report(_ context.Context, _ access.Actor, from, to civil.Date) (kindinkaart.Report, error) {
	n := func(v int) kindinkaart.Count { return kindinkaart.Count{N: v} }
	hidden := func(l string) kindinkaart.Count { return kindinkaart.Count{Label: l, Hidden: true} }
	return kindinkaart.Report{From: from, To: to, Profiles: n(41), Choices: n(33), Trials: n(24), Participating: n(19), Sustained: n(12), Withdrawn: hidden(""), OpenChecks: n(9), OverdueChecks: hidden(""),
		Stages:  []kindinkaart.Count{{Label: "zoeken", N: 8}, {Label: "regelen", N: 6}, {Label: "deelname", N: 19}, hidden("geen_aanbod")},
		Sources: []kindinkaart.Count{{Label: "school", N: 27}, {Label: "ouder", N: 11}, hidden("jgz")}, StopReasons: []kindinkaart.Count{hidden("te_ver"), {Label: "tijden", N: 6}}, Wijken: []kindinkaart.Count{{Label: "Tuinwijk", N: 30}, hidden("Havenkwartier")}}, nil
}

// fakeCatalog has six activities around the school.
type fakeCatalog struct {
	Catalog
	byID map[string]catalog.Activity
}

func newCatalog() *fakeCatalog {
	c := &fakeCatalog{byID: map[string]catalog.Activity{}}
	for i, a := range []struct {
		id, title, tag, day, place string
		lat, lon                   float64
	}{
		{"A2", "Pleinbasketbal", "basketbal", "do", "Cruyff Court", 51.8990, 4.5075}, {"A1", "Basketbal U12", "basketbal", "wo", "Sporthal De Wielslag", 51.8905, 4.5010},
		{"A3", "Koken voor kids", "koken_bakken", "vr", "Huis van de Wijk", 51.9005, 4.5005}, {"A4", "Zwemmen voor beginners", "zwemmen", "za", "Zwembad De Plons", 51.9030, 4.5120},
		{"A5", "Strips maken", "tekenen_schilderen", "di", "Bibliotheek", 51.8940, 4.5150}, {"A6", "Atletiek voor iedereen, ook als je nog nooit hebt gerend", "atletiek", "ma", "Sintelbaan", 51.9105, 4.4960},
	} {
		c.byID[a.id] = catalog.Activity{ID: a.id, Partner: "p1", Title: a.title, Costs: []catalog.Cost{}, Tags: []string{a.tag}, Bring: []string{"Sportschoenen", "Water", "Handdoek"}, Trial: catalog.Trial{FreeLessons: 2}, Contact: catalog.Contact{Name: "trainer Ali", Phone: "010 123 45 67"},
			Slots: []catalog.Slot{{ID: a.id + "s", Weekday: a.day, Start: catalog.Clock(15*60 + 15*i), End: catalog.Clock(16*60 + 15*i), Location: catalog.Location{Name: a.place, Street: "Catullusweg 200", Lat: a.lat, Lon: a.lon}}}}
	}
	return c
}

func (c *fakeCatalog) Activity(_ context.Context, _, id string) (catalog.Activity, catalog.Partner, error) {
	a, ok := c.byID[id]
	if !ok {
		return catalog.Activity{}, catalog.Partner{}, errs.New(errs.NotFound, "Deze activiteit is er niet meer.")
	}
	return a, catalog.Partner{ID: "p1", Name: "BC De Ketting"}, nil
}

// fakeMatcher gives the six activities in the order of their names, in the three groups.
type fakeMatcher struct{}

func (fakeMatcher) Match(_ context.Context, _ access.Actor, _ string, o matcher.Options) (matcher.Result, error) {
	items := []matcher.Item{
		{Rank: 1, Group: matcher.KanZo, Activity: "A2", Travel: matcher.Travel{Mode: geo.Walk, Minutes: 5, Alone: true}, Reasons: []string{"Staat in jouw top 3: basketbal", "Het is gratis"}, Interest: matcher.Interest{Tag: "basketbal", Band: matcher.FitsWell}},
		{Rank: 2, Group: matcher.KanZo, Activity: "A5", Travel: matcher.Travel{Mode: geo.Bike, Minutes: 8}, Reasons: []string{"Dit vind je leuk: tekenen"}},
		{Rank: 3, Group: matcher.KanMetHulp, Activity: "A1", Score: 71.5, Travel: matcher.Travel{Mode: geo.Bike, Minutes: 6, Via: "Lage Brug"}, Cost: matcher.Cost{GrossCents: 34500, NetCents: 1500, MaybeCents: 0, BeforeStartCents: 6500, ApplyBy: date("2026-10-01")},
			Reasons: []string{"Staat in jouw top 3: basketbal", "Hier ben je goed in: met een bal"}, Interest: matcher.Interest{Tag: "basketbal", Band: matcher.FitsWell},
			Parts: []matcher.Part{{Name: "interesse", Points: 46, Text: "past goed"}, {Name: "reistijd", Points: 25.5, Text: "6 minuten fietsen"}},
			Tasks: []matcher.Task{{Barrier: "kosten", Remedy: "fonds", Effect: matcher.Lifts, Text: "Jeugdfonds aanvragen voor de start", Who: "smw (intermediair)"}, {Barrier: "spullen", Remedy: "tegoed", Effect: matcher.Lifts, Text: "Schoenen en tas regelen", Who: "ouder"},
				{Barrier: "brengen_avond", Remedy: "buddy", Effect: matcher.Lifts, Text: "Buddy fietst mee", Done: true}, {Barrier: "niet_alleen", Remedy: "na_school", Effect: matcher.Redirects, Text: "Iets bij school zoeken"}},
			Blockers: []matcher.Blocker{{Barrier: "kosten", State: questionnaire.BarrierYes, Text: "Het kost meer dan het gezin kan betalen"}}},
		{Rank: 4, Group: matcher.KanMetHulp, Activity: "A3", Travel: matcher.Travel{Mode: geo.Walk, Minutes: 5, Estimate: true}, Cost: matcher.Cost{GrossCents: 6000, NetCents: 6000, MaybeCents: 3000}, Reasons: []string{"Staat in jouw top 3: koken"},
			Tasks: []matcher.Task{{Barrier: "leeftijd", Remedy: "navragen", Effect: matcher.LiftsUnknown, Text: "Vraag of de leeftijd past"}}},
		{Rank: 5, Group: matcher.KanMetHulp, Activity: "A4", Travel: matcher.Travel{Mode: geo.Bike, Minutes: 9}, Reasons: []string{"Dit vind je leuk: zwemmen"}, Tasks: []matcher.Task{{Barrier: "vol", Remedy: "wachtlijst", Effect: matcher.Supports, Text: "Op de wachtlijst"}}},
		{Rank: 6, Group: matcher.KanMetHulp, Activity: "A6", Travel: matcher.Travel{Mode: geo.Bike, Minutes: 14}, Reasons: []string{"Hier ben je goed in: rennen"}, SMWOnly: true},
		{Rank: 7, Group: matcher.KanNuNiet, Activity: "A6", Travel: matcher.Travel{Mode: geo.Bike, Minutes: 29}, Blockers: []matcher.Blocker{{Barrier: "afstand", State: questionnaire.BarrierYes, Hard: true, Text: "29 minuten, meer dan anderhalf keer 15"}}},
	}
	for i := range items {
		items[i].Slot = items[i].Activity + "s"
	}
	return matcher.Result{Items: items, Base: geo.Point{Lat: 51.8950, Lon: 4.4960}, NotProposed: []matcher.NotProposed{{Activity: "A5", Why: "Het kind wil dit niet"}}}, nil
}

func (m fakeMatcher) MatchHelped(ctx context.Context, who access.Actor, child string, o matcher.Options) (matcher.Result, []matcher.Help, error) {
	r, err := m.Match(ctx, who, child, o)
	return r, []matcher.Help{{ID: "buddy:wo", What: "Met een fietsmaatje op woensdag", Gain: "2 activiteiten erbij, waarvan 1 past goed",
		Gains: []matcher.Gain{{Activity: "A1"}, {Activity: "A3"}}}}, err
}

func (m fakeMatcher) MatchNearest(ctx context.Context, who access.Actor, child string, o matcher.Options, _ matcher.Rows) (matcher.Result, error) {
	r, err := m.Match(ctx, who, child, o)
	for i := range r.Items {
		if r.Items[i].Group == matcher.KanNuNiet {
			r.Items[i].Nearest = "Kan als de reis 14 minuten langer mag duren."
		}
	}
	for i := range r.NotProposed {
		r.NotProposed[i].Nearest = "Alleen als het kind dit zelf weer wil."
	}
	return r, err
}

// News is a new activity for who found nothing.
func (fakeMatcher) News(_ context.Context, _ access.Actor, _ string, since matcher.Since) ([]matcher.Fresh, error) {
	if !since.FoundNothing {
		return nil, nil
	}
	return []matcher.Fresh{{Item: matcher.Item{Activity: "A5", Slot: "A5s"}}, {Item: matcher.Item{Activity: "A2", Slot: "A2s"}, Better: []catalog.Better{catalog.Cheaper}}}, nil
}

// fakeAreas is two invented wijken.
type fakeAreas struct{}

func (fakeAreas) Kind(kind geo.AreaKind) []geo.Area {
	if kind != geo.Wijk {
		return nil
	}
	box := func(w, s, e, n float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{w, s}, {e, s + 0.001}, {e - 0.001, n}, {w, n}, {w, s}}}}
	}
	return []geo.Area{{Code: "WK1", Name: "Tuinwijk", Middle: geo.Point{Lat: 51.9005, Lon: 4.5010}, Shape: box(4.495, 51.892, 4.508, 51.903)}, {Code: "WK2", Name: "Havenkwartier", Middle: geo.Point{Lat: 51.8925, Lon: 4.5130}, Shape: box(4.508, 51.889, 4.522, 51.905)}}
}
