package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// offered is an activity of the demo catalogue with the partners of its file.
type offered struct {
	catalog.Activity
	partners map[string]catalog.Partner
}

// demoChildren is kindinkaart-demo/1 (testdata/wijk/README.md).
type demoChildren struct {
	Children []demoChild `json:"children"`
	Klassen  []demoKlas  `json:"klassen"`
}

type demoChild struct {
	ID            string                `json:"id"`
	GivenName     string                `json:"given_name"`
	Born          kindinkaart.Born      `json:"born"`
	School        string                `json:"school"`
	Klas          string                `json:"klas"`
	Postcode      string                `json:"postcode"`
	SecondHome    string                `json:"second_home"`
	OtherPlace    string                `json:"other_place"`
	SecretAddress bool                  `json:"secret_address"`
	Language      string                `json:"language"`
	Owner         string                `json:"owner"`
	ParentAgrees  bool                  `json:"parent_agrees"`
	Source        string                `json:"source"`
	Reason        string                `json:"reason"`
	SupportLevel  string                `json:"support_level"`
	Consents      []demoConsent         `json:"consents"`
	Variant       questionnaire.Variant `json:"variant"`
	HelpedBy      string                `json:"helped_by"`
	Answers       questionnaire.Answers `json:"answers"`
	Finished      bool                  `json:"finished"`
	OwnWords      string                `json:"own_words"`
	Parent        questionnaire.Answers `json:"parent"`
	Steps         []demoStep            `json:"steps"`
	Choice        *demoChoice           `json:"choice"`
	FirstTime     civil.Date            `json:"first_time"`
	Tasks         []demoTask            `json:"tasks"`
	Checks        []demoCheck           `json:"checks"`
}

type demoConsent struct {
	Purpose  kindinkaart.Purpose `json:"purpose"`
	Given    bool                `json:"given"`
	By       string              `json:"by"`
	Capacity string              `json:"capacity"`
	How      string              `json:"how"`
	On       civil.Date          `json:"on"`
}

type demoStep struct {
	To   string     `json:"to"`
	On   civil.Date `json:"on"`
	Note string     `json:"note"`
}

type demoChoice struct {
	Activity  string     `json:"activity"`
	Slot      string     `json:"slot"`
	Words     string     `json:"words"`
	Companion string     `json:"companion"`
	TrialOn   civil.Date `json:"trial_on"`
	Approved  civil.Date `json:"approved_on"`
	Scheme    string     `json:"scheme"`
}

type demoTask struct {
	Barrier string     `json:"barrier"`
	Remedy  string     `json:"remedy"`
	Effect  string     `json:"effect"`
	Text    string     `json:"text"`
	Who     string     `json:"who"`
	Due     civil.Date `json:"due"`
	DoneOn  civil.Date `json:"done_on"`
	From    civil.Date `json:"from"`
	Until   civil.Date `json:"until"`
}

type demoCheck struct {
	Number int        `json:"number"`
	On     civil.Date `json:"on"`
	Answer string     `json:"answer"`
	Fun    string     `json:"fun"`
	Missed int        `json:"missed"`
}

type demoKlas struct {
	Name     string                `json:"name"`
	School   string                `json:"school"`
	Variant  questionnaire.Variant `json:"variant"`
	Cards    int                   `json:"cards"`
	Open     bool                  `json:"open"`
	Owner    string                `json:"owner"`
	Teacher  string                `json:"teacher"`
	Answered []struct {
		Answers questionnaire.Answers `json:"answers"`
	} `json:"answered"`
}

// childrenFrom lives the history of every child again, day by day, through the services that people use: so nothing
// stands in the demo that could not have happened.
func (d *demoLoad) childrenFrom(ctx context.Context, data []byte) error {
	var file demoChildren
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	bar := newProgress(d.s.err, "kinderen")
	for i, c := range file.Children {
		if err := d.replay(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", c.ID, err)
		}
		bar.show(i+1, len(file.Children))
	}
	bar.end()
	for _, k := range file.Klassen {
		if err := d.fillKlas(ctx, k); err != nil {
			return fmt.Errorf("%s: %w", k.Name, err)
		}
	}
	return nil
}

// life is the replay of one child.
type life struct {
	*demoLoad
	demoChild
	kind    *kindinkaart.Service
	match   *matcher.Service
	now     time.Time
	who     access.Actor
	childID string
	granted *kindinkaart.NewGrant // what the fund gave for the choice
}

// moment is something that happened on a day; order breaks ties within a day.
type moment struct {
	on    civil.Date
	order int
	do    func(ctx context.Context) error
}

func (d *demoLoad) replay(ctx context.Context, c demoChild) error {
	l := &life{demoLoad: d, demoChild: c, who: d.actors[c.Owner]}
	l.kind = &kindinkaart.Service{Store: d.store, Clock: func() time.Time { return l.now }, NewID: d.app.kind.NewID, Schemes: d.app.schemes}
	l.match = &matcher.Service{Needs: l.kind, Boards: d.app.matcher.Boards, Locate: d.locate}
	all := l.moments()
	slices.SortStableFunc(all, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.on.DaysSince(b.on), 0), cmp.Compare(a.order, b.order))
	})
	for i, m := range all {
		l.now = m.on.In(geo.Amsterdam).Add(9*time.Hour + time.Duration(i)*time.Minute)
		if err := m.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.on, err)
		}
	}
	return nil
}

// moments are the consents, steps, tasks and checks of a child.
func (l *life) moments() []moment {
	var all []moment
	for i, step := range l.Steps {
		all = append(all, moment{step.On, 20 + i, func(ctx context.Context) error { return l.step(ctx, step) }})
	}
	for _, c := range l.Consents {
		all = append(all, moment{c.On, 10, func(ctx context.Context) error { return l.consent(ctx, c) }})
	}
	for i, t := range l.Tasks {
		if l.grants(t) {
			t.DoneOn = l.Choice.Approved // the fund answered
		}
		if t.DoneOn.IsValid() {
			all = append(all, moment{t.DoneOn, 60, func(ctx context.Context) error { return l.finish(ctx, i, t) }})
		}
	}
	if l.Choice != nil && l.Choice.Approved.IsValid() && !slices.ContainsFunc(l.Tasks, l.grants) {
		all = append(all, moment{l.Choice.Approved, 60, l.addGrant})
	}
	for _, c := range l.Checks {
		if c.On.IsValid() {
			all = append(all, moment{c.On, 15, func(ctx context.Context) error { return l.check(ctx, c) }})
		}
	}
	return all
}

func (l *life) consent(ctx context.Context, c demoConsent) error {
	_, err := l.kind.GiveConsent(ctx, l.who, kindinkaart.Consent{
		Child: l.childID, Purpose: c.Purpose, Given: c.Given, By: c.By, Capacity: c.Capacity, How: c.How, TextVersion: "1", On: c.On,
	})
	return err
}

// step takes one step the way a person would: some stages follow from an act, the others from the button.
func (l *life) step(ctx context.Context, step demoStep) error {
	if step.To == "aangemeld" {
		return l.begin(ctx)
	}
	file, err := l.kind.Child(ctx, l.who, l.childID)
	if err != nil {
		return err
	}
	switch {
	case file.Traject.Stage == step.To:
		return l.arrived(ctx, step)
	case step.To == "zoeken" && file.Traject.Stage == "profiel":
		return l.ask(ctx)
	case step.To == "keuze":
		return l.choose(ctx, file.Traject.Version)
	case step.To == "ingetrokken":
		return l.kind.Withdraw(ctx, l.who, l.childID, "ouder")
	}
	date := step.On
	if step.To == "deelname" && l.FirstTime.IsValid() && !l.FirstTime.After(step.On) {
		date = l.FirstTime
	}
	if step.To == "proefles" && l.Choice != nil && l.Choice.TrialOn.IsValid() {
		date = l.Choice.TrialOn
	}
	_, err = l.kind.Move(ctx, l.who, file.Traject.ID, kindinkaart.Step{To: step.To, On: step.On, Version: file.Traject.Version, Note: step.Note, Date: date})
	if err != nil {
		return err
	}
	return l.arrived(ctx, step)
}

// arrived answers the questions of a child whose questionnaire was begun but is not finished.
func (l *life) arrived(ctx context.Context, step demoStep) error {
	last := step == l.Steps[len(l.Steps)-1]
	if step.To == "profiel" && last && l.Answers != nil {
		return l.ask(ctx)
	}
	return nil
}

func (l *life) begin(ctx context.Context) error {
	child, err := l.kind.AddChild(ctx, l.who, kindinkaart.NewChild{
		GivenName: l.GivenName, Born: l.Born, School: l.schools[l.School], Klas: l.Klas, Postcode: l.Postcode, SecondHome: l.SecondHome,
		OtherPlace: l.OtherPlace, SecretAddress: l.SecretAddress, Language: l.Language, Source: l.Source, Reason: l.Reason,
	})
	l.childID = child.ID
	return err
}

// ask takes the questionnaire of the parent and the child.
func (l *life) ask(ctx context.Context) error {
	if l.Parent != nil {
		if err := l.answer(ctx, questionnaire.VariantP, "smw", l.Parent, true); err != nil {
			return err
		}
	}
	if err := l.answer(ctx, l.Variant, l.HelpedBy, l.Answers, l.Finished); err != nil {
		return err
	}
	if l.ParentAgrees {
		return l.kind.SetParentAgrees(ctx, l.who, l.childID, true)
	}
	return nil
}

func (l *life) answer(ctx context.Context, v questionnaire.Variant, helper string, answers questionnaire.Answers, finish bool) error {
	af, err := l.kind.StartAfname(ctx, l.who, l.childID, v, helper)
	if err != nil {
		return err
	}
	for _, item := range questionnaire.Default().Items(v, false) {
		raw, ok := answers[item.ID]
		if !ok {
			continue
		}
		reply := kindinkaart.Reply{Item: item.ID, Answer: raw}
		if item.ID == "W3" {
			reply.OwnWords = l.OwnWords
		}
		if af, err = l.kind.SaveReply(ctx, l.who, af.ID, af.Version, reply); err != nil {
			return fmt.Errorf("%s: %w", item.ID, err)
		}
	}
	if !finish {
		return nil
	}
	_, err = l.kind.FinishAfname(ctx, l.who, af.ID)
	return err
}

// choose makes the choice of the child, with the reasons that the matcher gave on that day.
func (l *life) choose(ctx context.Context, version int) error {
	if l.Choice == nil {
		return fmt.Errorf("er is geen keuze beschreven")
	}
	at := l.slots[l.Choice.Activity]
	result, err := l.match.Match(ctx, l.who, l.childID, matcher.Options{})
	if err != nil {
		return err
	}
	chosen := kindinkaart.Toeleiding{Activity: at.ID, Title: at.Title}
	for _, it := range result.Items {
		if it.Activity == at.ID {
			chosen = it.Toeleiding(it.OfferOf(at.Activity, at.partners[at.MainPartner()]))
			l.granted = grantOf(it, l.Choice.Scheme)
		}
		if len(chosen.Shown) < 5 {
			chosen.Shown = append(chosen.Shown, it.Activity)
		}
	}
	chosen.Words, chosen.Companion, chosen.TrialOn = l.Choice.Words, l.Choice.Companion, l.Choice.TrialOn
	c := kindinkaart.Choice{Toeleiding: chosen, SupportLevel: l.SupportLevel}
	for _, t := range l.Tasks {
		c.Tasks = append(c.Tasks, kindinkaart.Task{Barrier: t.Barrier, Remedy: t.Remedy, Effect: t.Effect, Text: t.Text, Who: t.Who, Due: t.Due})
	}
	_, err = l.kind.Choose(ctx, l.who, l.childID, version, c)
	return err
}

// grants says whether a task is the one to ask the fund that said yes.
func (l *life) grants(t demoTask) bool {
	return t.Remedy == "fonds" && l.Choice != nil && l.Choice.Approved.IsValid()
}

// grantOf is what a fund gave for a line: what was expected of it, else the price as far as funds commonly go.
func grantOf(it matcher.Item, scheme string) *kindinkaart.NewGrant {
	const common = 22500
	g := kindinkaart.NewGrant{Scheme: scheme, Cents: min(max(it.Cost.GrossCents, 1), common)}
	for _, s := range it.Cost.Schemes {
		if s.ID == scheme && s.Cents > 0 {
			g.Cents = s.Cents
		}
	}
	return &g
}

// addGrant writes down what a fund gave that nobody had a task for.
func (l *life) addGrant(ctx context.Context) error {
	file, err := l.kind.Child(ctx, l.who, l.childID)
	if err != nil || l.granted == nil {
		return err
	}
	_, err = l.kind.AddGrant(ctx, l.who, file.Traject.ID, *l.granted)
	return err
}

func (l *life) finish(ctx context.Context, number int, t demoTask) error {
	file, err := l.kind.Child(ctx, l.who, l.childID)
	if err != nil {
		return err
	}
	for _, stored := range file.Tasks {
		if stored.Barrier == t.Barrier && stored.Remedy == t.Remedy && !stored.DoneOn.IsValid() {
			done := kindinkaart.Finish{From: t.From, Until: t.Until}
			if l.grants(t) {
				done.Grant = l.granted
			}
			_, err := l.kind.FinishTask(ctx, l.who, stored.ID, stored.Version, done)
			return err
		}
	}
	return fmt.Errorf("taak %d (%s) is er niet", number+1, t.Remedy)
}

func (l *life) check(ctx context.Context, c demoCheck) error {
	file, err := l.kind.Child(ctx, l.who, l.childID)
	if err != nil {
		return err
	}
	for _, stored := range file.Checks {
		if !stored.On.IsValid() {
			_, err := l.kind.AnswerCheck(ctx, l.who, stored.ID, stored.Version, c.Answer, c.Fun, c.Missed)
			return err
		}
	}
	return fmt.Errorf("check %d is er niet", c.Number)
}
