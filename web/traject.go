package web

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

func (s *Server) trajectRoutes() []route {
	return []route{
		{"GET", "/trajecten/:id", staff, s.traject},
		{"POST", "/trajecten/:id/stap", staff, s.move},
		{"POST", "/trajecten/:id/taken/:task", staff, s.finishTask},
		{"POST", "/trajecten/:id/geld", staff, s.addGrant},
		{"POST", "/trajecten/:id/geld/:grant/weg", staff, s.dropGrant},
		{"POST", "/trajecten/:id/geld/:grant/opnieuw", staff, s.askAgain},
		{"POST", "/trajecten/:id/gesprek", staff, s.holdTalk},
		{"POST", "/trajecten/:id/berichten", staff, s.remind},
		{"POST", "/trajecten/:id/checks/:check", staff, s.answerCheck},
	}
}

// trajectPage is one traject: the next step with one button, the way so far, tasks and checks.
type trajectPage struct {
	File     kindinkaart.TrajectFile
	T        kindinkaart.Traject
	Name     string
	Main     *stepForm
	Others   []option
	Other    bool // one of the others was chosen and comes back
	Stops    []option
	Places   []option
	Way      []wayStep
	Open     []kindinkaart.Task
	Done     []kindinkaart.Task
	Checks   []kindinkaart.Check
	Fun      []option
	Choose   link // where a choice is made, when that is the next step
	Saved    string
	Today    civil.Date
	Conflict *conflict
	Typed    string // id of the task or check whose form was sent and comes back
	Money    moneyPart
	Follow   followPart
}

// stepForm is the one clear button of a stage.
type stepForm struct {
	To, Label string
	DateLabel string // "" when the step needs no date
	DateHint  string
}

// wayStep is one step of the path at the top of the page.
type wayStep struct {
	Label string
	On    civil.Date
	Note  string
	Now   bool
	Later bool
}

// conflict shows what somebody typed beside what was stored meanwhile, in another tab or by a colleague.
type conflict struct {
	Stage string // what was chosen
	Date  string
	Note  string
}

// mainSteps is the usual next stage, with the words on its button.
var mainSteps = map[string]stepForm{
	traject.StageRegistered: {To: "eerste_consult", Label: "Eerste gesprek is geweest"},
	"eerste_consult":        {To: traject.StageConsent, Label: "We gaan samen verder"},
	traject.StageConsent:    {To: traject.StageProfile, Label: "Toestemming is er, naar de vragen"},
	traject.StageProfile:    {To: traject.StageSearch, Label: "Vragen zijn klaar, samen zoeken"},
	traject.StageChoice:     {To: traject.StageContact, Label: "Ik neem contact op met de aanbieder"},
	traject.StageArrange:    {To: traject.StageContact, Label: "Het is geregeld, contact met de aanbieder"},
	traject.StageContact:    {To: traject.StageTrial, Label: "Proefles is afgesproken", DateLabel: "Wanneer is de proefles?"},
	traject.StageWaiting:    {To: traject.StageTrial, Label: "Er is plek: proefles afgesproken", DateLabel: "Wanneer is de proefles?"},
	traject.StageTrial:      {To: traject.StageEnrolled, Label: "Het was leuk: ingeschreven"},
	traject.StageEnrolled:   {To: traject.StageTakesPart, Label: "De eerste keer is geweest", DateLabel: "Wanneer was de eerste keer?", DateHint: "Vandaag of eerder."},
	traject.StageTakesPart:  {To: traject.StageSustained, Label: "Het kind blijft meedoen"},
	traject.StageSustained:  {To: traject.StageDone, Label: "Rond het traject af"},
	traject.StageStopped:    {To: traject.StageSearch, Label: "Samen opnieuw zoeken"},
	traject.StageNoOffer:    {To: traject.StageSearch, Label: "Samen opnieuw zoeken"},
	traject.StageOwnWay:     {To: traject.StageTakesPart, Label: "Het kind doet mee", DateLabel: "Wanneer was de eerste keer?", DateHint: "Vandaag of eerder."},
}

func (s *Server) traject(r *request) (reply, error) {
	p, err := s.trajectPage(r)
	if err != nil {
		return reply{}, err
	}
	return page("traject", p.Name+": "+lowerFirst(word("stage", p.T.Stage)), p), nil
}

func (s *Server) trajectPage(r *request) (trajectPage, error) {
	f, err := s.Kind.Traject(r.ctx, r.who, r.param("id"))
	if err != nil {
		return trajectPage{}, err
	}
	if f.Traject == nil {
		return trajectPage{}, errs.New(errs.NotFound, notFoundText)
	}
	p := trajectPage{File: f, T: *f.Traject, Name: f.Child.GivenName, Fun: options("fun", "ja", "gaat_wel", "nee"),
		Saved: r.query("gelukt"), Today: r.today(), Way: wayOf(f)}
	p.fillSteps()
	p.Other = slices.ContainsFunc(p.Others, func(o option) bool { return o.Value == r.typed("to") })
	p.Money, p.Follow = moneyOf(f, r.today()), s.followOf(f)
	for _, t := range f.Tasks {
		if t.DoneOn.IsZero() {
			p.Open = append(p.Open, t)
		} else {
			p.Done = append(p.Done, t)
		}
	}
	slices.SortStableFunc(p.Open, func(a, b kindinkaart.Task) int { return cmp.Compare(a.Due.String(), b.Due.String()) })
	p.Checks = slices.Clone(f.Checks)
	slices.SortStableFunc(p.Checks, func(a, b kindinkaart.Check) int { return cmp.Compare(a.Number, b.Number) })
	r.form.set("date", suggestedDate(p))
	return p, nil
}

// suggestedDate fills in the day that was agreed on with the choice.
func suggestedDate(p trajectPage) string {
	if p.Main != nil && p.Main.To == traject.StageTrial && p.T.Toeleiding != nil {
		return dateISO(p.T.Toeleiding.TrialOn)
	}
	return ""
}

// fillSteps offers the steps that are possible now: one button, and the others under it.
func (p *trajectPage) fillSteps() {
	main := mainSteps[p.T.Stage]
	if p.T.Stage == traject.StageChoice && len(openTasks(p.File.Tasks)) > 0 {
		main = stepForm{To: traject.StageArrange, Label: "We gaan de drempels regelen"}
	}
	p.Choose = elsewhere(p.File)
	if p.Choose.Href != "" {
		main = stepForm{}
	}
	for _, next := range p.File.Next {
		switch {
		case next.ID == traject.StageWithdrawn || next.ID == traject.StageChoice:
		case next.ID == main.To && (next.ID != traject.StageSustained || p.File.Bestendigd == nil):
			p.Main = &main
		case next.ID != traject.StageSustained:
			p.Others = append(p.Others, option{Value: next.ID, Label: word("stage", next.ID)})
		}
		switch next.ID {
		case traject.StageStopped:
			p.Stops = choiceOptions(traject.StopReasons())
		case traject.StageReferred:
			p.Places = options("destination", kindinkaart.Destinations...)
		}
	}
}

// elsewhere is the page where the next step is done, when a button here would only be refused: consent, questions, choosing.
func elsewhere(f kindinkaart.TrajectFile) link {
	child := "/kinderen/" + f.Child.ID
	switch {
	case f.Traject.Stage == traject.StageConsent && !gaveConsent(f.ChildFile, kindinkaart.PurposeProfile):
		return link{Href: child + "/toestemming", Label: "Vraag toestemming", Icon: "shield-check"}
	case f.Traject.Stage == traject.StageProfile && f.Profile == nil:
		if on, begun := begunAfname(f.ChildFile); begun {
			return on
		}
		return link{Href: child + "#vragen", Label: "Naar de vragen", Icon: "player-play"}
	case f.Traject.Stage == traject.StageSearch:
		return link{Href: child + "/kiezen", Label: "Samen kiezen", Icon: "heart"}
	}
	return link{}
}

func openTasks(tasks []kindinkaart.Task) []kindinkaart.Task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t kindinkaart.Task) bool { return !t.DoneOn.IsZero() })
}

// usualWay is what comes after, to show where the way leads.
var usualWay = []string{"aangemeld", "eerste_consult", "toestemming", "profiel", "zoeken", "keuze", "regelen", "contact", "proefles", "ingeschreven", "deelname", "bestendigd", "afgerond"}

func wayOf(f kindinkaart.TrajectFile) []wayStep {
	events := slices.Clone(f.Events)
	slices.SortStableFunc(events, func(a, b kindinkaart.TrajectEvent) int { return cmp.Compare(a.Seq, b.Seq) })
	var out []wayStep
	for _, e := range events {
		out = append(out, wayStep{Label: word("stage", e.To), On: e.On, Note: noteWord(e.To, e.Note)})
	}
	now := f.Traject.Stage
	if len(events) == 0 || events[len(events)-1].To != now {
		out = append(out, wayStep{Label: word("stage", now), On: f.Traject.Since})
	}
	out[len(out)-1].Now = true
	if i := slices.Index(usualWay, now); i >= 0 {
		for _, id := range usualWay[i+1:] {
			out = append(out, wayStep{Label: word("stage", id), Later: true})
		}
	}
	return out
}

func noteWord(stage, note string) string {
	switch stage {
	case traject.StageStopped:
		return word("stop", note)
	case traject.StageReferred:
		return word("destination", note)
	}
	return ""
}

// move takes one step. When somebody was first, both are shown and what was typed stays.
func (s *Server) move(r *request) (reply, error) {
	id := r.param("id")
	step := kindinkaart.Step{To: r.typed("to"), Version: r.number("version")}
	switch step.To {
	case traject.StageStopped:
		step.Note = r.typed("stop")
	case traject.StageReferred:
		step.Note = r.typed("destination")
	}
	var err error
	step.Date, err = r.date("date")
	if step.To == "" {
		err = errs.InvalidFields("Er is nog niets gekozen.", errs.Field{Name: "to", Message: "Kies waar het nu staat."})
	}
	if err == nil {
		_, err = s.Kind.Move(r.ctx, r.who, id, step)
	}
	if err == nil {
		return see("/trajecten/" + id + "?gelukt=stap"), nil
	}
	note := "stop"
	if step.To == traject.StageReferred {
		note = "destination"
	}
	return s.trajectAgain(r, renamed(err, map[string]string{"note": note, "on": "date"}))
}

// renamed gives an error the field names of our form, so that its summary can link to them.
func renamed(err error, names map[string]string) error {
	fields := slices.Clone(errs.FieldsOf(err))
	if len(fields) == 0 {
		return err
	}
	for i, f := range fields {
		if name, ok := names[f.Name]; ok {
			fields[i].Name = name
		}
	}
	return errs.InvalidFields(errs.MessageOf(err), fields...)
}

// trajectAgain shows the traject as it is now, with what was typed.
func (s *Server) trajectAgain(r *request, err error) (reply, error) {
	p, perr := s.trajectPage(r)
	if errs.KindOf(perr) == errs.NotFound {
		return reply{}, perr // what was typed tells nothing about a traject of somebody else
	}
	if perr != nil {
		return reply{}, err
	}
	p.Typed = cmp.Or(r.param("task"), r.param("check"))
	title := p.Name + ": " + lowerFirst(word("stage", p.T.Stage))
	if errs.KindOf(err) == errs.Conflict {
		p.Conflict = &conflict{Stage: word("stage", r.typed("to")), Date: typedDay(r.typed("date")), Note: word("stop", r.typed("stop"))}
		if p.Conflict.Date == "" {
			p.Conflict.Date = typedSpan(r.typed("from"), r.typed("until"))
		}
		if r.typed("to") == "" {
			p.Conflict.Stage = ""
		}
	}
	return r.again("traject", title, p, err)
}

// typedDay writes a day that was typed as people say it; what is no day stays as it was typed.
func typedDay(text string) string {
	d, err := civil.ParseDate(text)
	if err != nil {
		return text
	}
	return day(d)
}

// typedSpan writes a period that was typed; either end may be missing.
func typedSpan(from, until string) string {
	if from == "" || until == "" {
		return typedDay(from + until)
	}
	return typedDay(from) + " tot " + typedDay(until)
}

// answerCheck stores one answer of three taps: doet mee, weet niet, gestopt.
func (s *Server) answerCheck(r *request) (reply, error) {
	missed := 0
	if text := r.typed("missed"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 52 {
			return s.trajectAgain(r, errs.InvalidFields("Er klopt nog iets niet.", errs.Field{Name: "missed", Message: "Vul een getal in van 0 tot en met 52."}))
		}
		missed = n
	}
	if _, err := s.Kind.AnswerCheck(r.ctx, r.who, r.param("check"), r.number("version"), r.typed("answer"), r.typed("fun"), missed); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=check#checks"), nil
}
