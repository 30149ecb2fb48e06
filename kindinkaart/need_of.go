package kindinkaart

import (
	"cmp"
	"context"
	"maps"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// FormatNeed names the shape of Need.
const FormatNeed = "kindinkaart-need/1"

// ForMatch gives what matching may know of a child and records the reading. No name, no id, no mood (DOMAIN 3.2, Never).
func (s *Service) ForMatch(ctx context.Context, who access.Actor, childID string) (Need, error) {
	return run(ctx, s, who, subject{"child", childID}, func(a *act) (Need, error) { return a.readNeed(childID, "") })
}

// readNeed gives the need of a child that may be searched for, and records that it was read with what it was read for.
func (a *act) readNeed(childID, why string) (Need, error) {
	child, err := a.child(childID, access.Read, access.Answers, access.Barriers)
	if err != nil {
		return Need{}, err
	}
	if err := a.permitted(child, PurposeProfile); err != nil {
		return Need{}, err
	}
	n, err := a.need(child)
	if err != nil {
		return Need{}, err
	}
	return n, a.record("match", subject{"child", childID}, "zoeken", why)
}

// need is everything in a child's record that counts in matching.
func (a *act) need(c Child) (Need, error) {
	n, err := a.needAnswers(c)
	if err != nil {
		return Need{}, err
	}
	if err := a.needPlaces(c, &n); err != nil {
		return Need{}, err
	}
	needMoney(c, &n)
	return n, a.needArranged(c, &n)
}

// needAnswers takes the newest finished answers of child and parent.
func (a *act) needAnswers(c Child) (Need, error) {
	all, err := a.afnames(c.ID)
	if err != nil {
		return Need{}, err
	}
	own, parent := newest(all, false), newest(all, true)
	if own == nil {
		return Need{}, errs.New(errs.Refused, "Het kind heeft de vragenlijst nog niet af. Maak die eerst samen af, dan kunnen jullie zoeken.")
	}
	consents, err := a.Consents().Find(a.scope, Query{Child: c.ID})
	if err != nil {
		return Need{}, err
	}
	access := Permitted(consents, PurposeAccess, c.Born.Age(a.today))
	n := Need{Format: FormatNeed, On: a.today, Born: c.Born, Residence: c.Residence, Variant: own.Variant, Answers: forMatching(own.Answers, access)}
	if parent != nil {
		n.Parent = forMatching(parent.Answers, access)
	}
	if access {
		n.Consents = []string{string(PurposeAccess)}
	}
	return n, nil
}

// forMatching leaves out what matching may not know: the talk about mood, and access needs without their consent.
func forMatching(answers questionnaire.Answers, access bool) questionnaire.Answers {
	out := maps.Clone(answers)
	if out == nil {
		out = questionnaire.Answers{}
	}
	for id := range answers {
		it, _ := questionnaire.Default().Item(id)
		if it.Use == "gesprek" || it.SeparateConsent == string(PurposeAccess) && !access {
			delete(out, id)
		}
	}
	return out
}

// needPlaces gives where to search from. Of a secret address that is the middle of the wijk (DOMAIN 7.8).
func (a *act) needPlaces(c Child, n *Need) (err error) {
	if n.Home, err = a.place(c.Point, c.Postcode); err != nil {
		return err
	}
	if n.SecondHome, err = a.place(geo.Point{}, c.SecondHome); err != nil {
		return err
	}
	if n.Other, err = a.place(geo.Point{}, c.OtherPlace); err != nil {
		return err
	}
	if c.School == "" {
		return nil
	}
	school, err := a.Schools().Get(a.tenant(), c.School)
	if errs.KindOf(err) == errs.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if school.Point != (geo.Point{}) {
		n.School = &Place{Lat: school.Point.Lat, Lon: school.Point.Lon}
		return nil
	}
	n.School, err = a.place(geo.Point{}, school.Postcode)
	return err
}

// place gives a point, else the middle of a postcode to about 100 m, else the postcode itself; nil when nothing is known.
func (a *act) place(point geo.Point, p geo.Postcode) (*Place, error) {
	if point == (geo.Point{}) && p != "" {
		found, _, err := a.whereIs(p)
		if err != nil {
			return nil, err
		}
		point = roundPoint(found)
	}
	switch {
	case point != (geo.Point{}):
		return &Place{Lat: point.Lat, Lon: point.Lon}, nil
	case len(p) == fullPostcode:
		return &Place{Postcode: p}, nil
	}
	return nil, nil
}

// fullPostcode is the length of a postcode that says more than the area.
const fullPostcode = 6

// needArranged gives the remedies that were arranged, each for the activity it was arranged for, and the funds that said no.
func (a *act) needArranged(c Child, n *Need) error {
	t, err := a.currentTraject(c.ID)
	if errs.KindOf(err) == errs.NotFound || err == nil && t.Toeleiding == nil {
		return nil
	}
	if err != nil {
		return err
	}
	tasks, err := a.Tasks().Find(a.scope, Query{Traject: t.ID})
	if err != nil {
		return err
	}
	for _, task := range tasks {
		if refuses(c, task, n.On) {
			n.Refused = append(n.Refused, regeling.Refusal{Scheme: task.Scheme, Activity: cmp.Or(task.Activity, t.Toeleiding.Activity)})
		}
		if task.Effect == "lifts" && !task.From.IsZero() && task.Remedy != "" {
			n.Arranged = append(n.Arranged, Arranged{Activity: cmp.Or(task.Activity, t.Toeleiding.Activity), Remedy: task.Remedy, From: task.From, Until: task.Until})
		}
	}
	return nil
}
