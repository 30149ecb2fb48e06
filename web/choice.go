package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// choicePage asks the two questions of a choice: wie gaat mee, and wanneer proberen (UX A).
type choicePage struct {
	Child  kindinkaart.Child
	Card   card
	Who    []option
	When   []option
	Tasks  []option
	Shown  []string
	Levels []option
	Back   string
	Action string // with the filters: they decide which time of the activity is meant
	Plan   string // the day plan, as it would be
	Alone  *aloneAnswer
	Found  *foundWords // the words that it was found by

	version int
	words   string
}

func (s *Server) choicePage(r *request) (choicePage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return choicePage{}, err
	}
	o := searchOptions(r, false)
	result, err := s.Matcher.Match(r.ctx, r.who, f.Child.ID, o)
	if err != nil {
		return choicePage{}, err
	}
	i := slices.IndexFunc(result.Items, func(it matcher.Item) bool { return it.Activity == r.param("activity") })
	if i < 0 {
		return choicePage{}, errs.New(errs.NotFound, notFoundText)
	}
	it := result.Items[i]
	cards, err := s.cards(r, []matcher.Item{it}, 0)
	if err != nil || len(cards) == 0 {
		return choicePage{}, errsOr(err, errs.New(errs.NotFound, notFoundText))
	}
	p := choicePage{Child: f.Child, Card: cards[0], Who: companions, When: whenOptions(cards[0].Slot, r.today()), Tasks: taskOptions(it.Tasks),
		Levels: options("level", "zelf", "licht", "hand"), Back: chooseHref(f.Child.ID, o, 1, nil), Action: choiceHref(f.Child.ID, it.Activity) + "?" + filterValues(o).Encode(),
		Plan: choiceHref(f.Child.ID, it.Activity) + "/dagplan?" + filterValues(o).Encode(), Shown: shownWith(r, result.Items)}
	if o.Search != "" {
		p.Found = &foundWords{Typed: o.Search, Action: chooseHref(f.Child.ID, matcher.Options{}, 1, nil), Keep: keptFilters(o)}
	}
	if advice, how, ok := s.aloneAdvice(f, result.Base, p.Card, r.today()); ok {
		p.Alone = &aloneAnswer{advice, aloneHow[how]}
	}
	if f.Traject != nil {
		p.version = f.Traject.Version
	}
	if a, ok := childAfname(f); ok {
		p.words = a.OwnWords
		fillCompanion(r, a)
	}
	r.form.set("version", fmt.Sprint(p.version))
	r.form.set("taak", wantedTasks(it.Tasks)...)
	if f.Traject != nil {
		r.form.set("support_level", f.Traject.SupportLevel)
	}
	return p, nil
}

func choiceHref(child, activity string) string {
	return "/kinderen/" + url.PathEscape(child) + "/kiezen/" + url.PathEscape(activity)
}

func errsOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

var companions = []option{
	{Value: "ouder", Label: word("mee", "ouder"), Picto: "ouder en kind"}, {Value: "vriend", Label: word("mee", "vriend"), Picto: "2 kinderen"},
	{Value: "familie", Label: word("mee", "familie"), Picto: "twee kinderen"}, {Value: "smw", Label: word("mee", "smw"), Picto: "volwassene en kind"},
	{Value: "alleen", Label: word("mee", "alleen"), Picto: "1 kind"}, {Value: "weet_niet", Label: word("mee", "weet_niet"), Picto: "vraagteken"},
}

// fillCompanion begins with what the child answered before (W5).
func fillCompanion(r *request, a kindinkaart.Afname) {
	id := strings.Trim(string(a.Answers["W5"]), `"`)
	if hasOption(companions, id) {
		r.form.set("mee", id)
	}
}

// whenLater is the choice to agree on a day afterwards.
const whenLater = "later"

// whenOptions offers the first three times from tomorrow on, and to agree on a day later.
func whenOptions(slot catalog.Slot, today civil.Date) []option {
	var out []option
	for _, d := range nextDates(slot, today, 3) {
		out = append(out, option{Value: d.String(), Label: day(d), Hint: slot.Start.String() + " uur", Picto: "vlag"})
	}
	return append(out, option{Value: whenLater, Label: "Dat spreken we later af", Picto: "telefoon"})
}

// nextDates gives the first n days of a slot after today, within its season.
func nextDates(slot catalog.Slot, today civil.Date, n int) []civil.Date {
	var out []civil.Date
	fits := func(d civil.Date) bool {
		return d.After(today) && (slot.From.IsZero() || !d.Before(slot.From)) && (slot.To.IsZero() || !d.After(slot.To))
	}
	for _, d := range slot.Dates {
		if fits(d) && len(out) < n {
			out = append(out, d)
		}
	}
	start := today
	if slot.From.After(today) {
		start = slot.From.AddDays(-1)
	}
	for i := 1; slot.Weekday != "" && len(out) < n && i <= 7*(n+1); i++ {
		d := start.AddDays(i)
		if weekdays[d.In(time.UTC).Weekday()][:2] == slot.Weekday && fits(d) {
			out = append(out, d)
		}
	}
	return out
}

func taskKey(t matcher.Task) string { return t.Barrier + ":" + t.Remedy }

// taskOptions lists what could be arranged; what is done already is no task any more.
func taskOptions(tasks []matcher.Task) []option {
	var out []option
	for _, t := range tasks {
		if !t.Done {
			out = append(out, option{Value: taskKey(t), Label: t.Text, Hint: barrierText(t.Barrier) + " · " + word("effect", string(t.Effect))})
		}
	}
	return out
}

// wantedTasks are the tasks that are ticked to begin with: all but those that point elsewhere.
func wantedTasks(tasks []matcher.Task) []string {
	out := []string{}
	for _, t := range tasks {
		if !t.Done && t.Effect != matcher.Redirects {
			out = append(out, taskKey(t))
		}
	}
	return out
}

// shownWith keeps which activities stood on the screen, only those that are in the result.
func shownWith(r *request, items []matcher.Item) []string {
	asked := append(r.queries("zag"), r.form.values["zag"]...)
	var out []string
	for _, it := range items {
		if slices.Contains(asked, it.Activity) && len(out) < 50 {
			out = append(out, it.Activity)
		}
	}
	return out
}

func (s *Server) showChoice(r *request) (reply, error) {
	p, err := s.choicePage(r)
	if err != nil {
		return reply{}, err
	}
	return page("keuze", "Dit wil ik proberen", p), nil
}

// choose stores the choice with the reasons that were on the screen. Score, reasons and costs come from the matcher, never from the form.
func (s *Server) choose(r *request) (reply, error) {
	p, err := s.choicePage(r)
	if err != nil {
		return reply{}, err
	}
	c, err := choiceOf(r, p)
	if err != nil {
		return r.again("keuze", "Dit wil ik proberen", p, err)
	}
	t, err := s.Kind.Choose(r.ctx, r.who, p.Child.ID, r.number("version"), c)
	if err != nil {
		r.form.values.Set("version", fmt.Sprint(p.version))
		return r.again("keuze", "Dit wil ik proberen", p, err)
	}
	return see("/trajecten/" + t.ID + "?gelukt=gekozen"), nil
}

func choiceOf(r *request, p choicePage) (kindinkaart.Choice, error) {
	var wrong problems
	when := r.typed("wanneer")
	wrong.need(hasOption(p.Who, r.typed("mee")), "mee", "Kies wie er meegaat. Weet je het niet? Kies dan ‘Weet ik nog niet’.")
	wrong.need(hasOption(p.When, when), "wanneer", "Kies wanneer je het wilt proberen.")
	if err := wrong.err(); err != nil {
		return kindinkaart.Choice{}, err
	}
	it := p.Card.Item
	chosen := it.Toeleiding(matcher.Offer{Activity: p.Card.Activity, Partner: p.Card.Partner, Slot: p.Card.Slot})
	chosen.ChosenOn, chosen.Words, chosen.Companion, chosen.Shown = r.today(), p.words, r.typed("mee"), p.Shown
	if when != whenLater {
		if d, err := civil.ParseDate(when); err == nil {
			chosen.TrialOn = d
		}
	}
	c := kindinkaart.Choice{Toeleiding: chosen, SupportLevel: r.typed("support_level")}
	for _, t := range it.Tasks {
		if !t.Done && slices.Contains(r.form.values["taak"], taskKey(t)) {
			task := kindinkaart.Task{Barrier: t.Barrier, Remedy: t.Remedy, Effect: string(t.Effect), Text: t.Text, Who: taskOwner(t.Who)}
			if t.Remedy == "fonds" {
				task.Due = it.Cost.ApplyBy // after that day the fund is too late for the start
				task.Scheme, task.Cents = expectedOf(it.Cost)
			}
			c.Tasks = append(c.Tasks, task)
		}
	}
	return c, nil
}

// expectedOf is the scheme that is expected to give most, else that may, and what it would give.
func expectedOf(cost matcher.Cost) (scheme string, cents int) {
	for _, sure := range []regeling.Certainty{regeling.Expected, regeling.Possible} {
		for _, s := range cost.Schemes {
			if s.Certainty == sure && s.Cents > cents {
				scheme, cents = s.ID, s.Cents
			}
		}
		if cents > 0 {
			break
		}
	}
	return scheme, cents
}

// taskOwner is the first person of a remedy: "smw + vrijwilliger (VOG)" is for the smw'er.
func taskOwner(who string) string {
	best, at := "smw", len(who)+1
	for _, p := range []string{"smw", "ouder", "kind", "aanbieder", "vrijwilliger"} {
		if i := strings.Index(who, p); i >= 0 && i < at {
			best, at = p, i
		}
	}
	return best
}
