package kindinkaart

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notices.
const (
	NoticeRenewal NoticeKind = "fonds"      // ask a fund again
	NoticeMessage NoticeKind = "bericht"    // a message for home, today
	NoticeTalks   NoticeKind = "gesprekken" // the agreed number of talks is near
	NoticeErase   NoticeKind = "bewaartijd" // the record will be erased
)

// Notice is something to think of beside the next step of a stage.
type Notice struct {
	Kind  NoticeKind
	Text  string     // Dutch
	Due   civil.Date // zero = no day
	Grant string     // id, of a renewal
}

// nextStep says whether a notice is something to do by a day, so that it may be the next step.
func (n Notice) nextStep() bool { return n.Kind != NoticeMessage && !n.Due.IsZero() }

// renewing are the stages in which a child takes part in what was granted, or is on its way there.
var renewing = []string{traject.StageChoice, traject.StageArrange, traject.StageContact, traject.StageWaiting, traject.StageTrial, traject.StageEnrolled,
	traject.StageTakesPart, traject.StageSustained, traject.StageOwnWay}

// goesOn says whether a child still does what was chosen; from is the stage before the present one. After the end it does when
// the end came from taking part: a fund ends later than the help of a smw'er (DOMAIN 8, P1).
func goesOn(t Traject, from string) bool {
	if t.Toeleiding == nil {
		return false
	}
	return slices.Contains(renewing, t.Stage) || t.Stage == traject.StageDone && slices.Contains([]string{traject.StageSustained, traject.StageOwnWay}, from)
}

// renewBy is the last day to ask for a grant again, on a school day; zero when it need not be asked.
func (g Grant) renewBy(cal *traject.Calendar) civil.Date {
	if g.RenewDays == 0 || !g.AskedOn.IsZero() {
		return civil.Date{}
	}
	return traject.Renewal(g.Until, g.RenewDays, cal)
}

// toRenew gives the last day to ask again of every grant for what a child goes on with. One that was given again, or that is
// over, is not asked again.
func toRenew(c Child, t Traject, from string, at moment) map[string]civil.Date {
	out := map[string]civil.Date{}
	for _, g := range c.Grants {
		again := slices.ContainsFunc(c.Grants, func(o Grant) bool {
			return o.Scheme == g.Scheme && o.Activity == g.Activity && o.Until.After(g.Until)
		})
		if goesOn(t, from) && g.Activity == t.Toeleiding.Activity && !again && !at.today.After(g.Until) {
			if due := g.renewBy(at.cal); !due.IsZero() {
				out[g.ID] = due
			}
		}
	}
	return out
}

// renewals are the grants that have to be asked again, from six weeks before the last day on.
func renewals(c Child, due map[string]civil.Date, at moment) (out []Notice) {
	for _, g := range c.Grants {
		if traject.Shows(due[g.ID], at.today) {
			out = append(out, Notice{Kind: NoticeRenewal, Due: due[g.ID], Grant: g.ID, Text: fmt.Sprintf("Vraag %s opnieuw aan voor %s.", g.Name, g.Title)})
		}
	}
	return out
}

// moment is now, with the school days around it.
type moment struct {
	today civil.Date
	clock int // minutes after midnight in the Netherlands
	cal   *traject.Calendar
}

// slotDays are how a weekly time begins in Toeleiding.When.
var slotDays = map[string]time.Weekday{"ma": time.Monday, "di": time.Tuesday, "wo": time.Wednesday, "do": time.Thursday, "vr": time.Friday, "za": time.Saturday, "zo": time.Sunday}

// messaging are the stages in which a child goes to what was chosen.
var messaging = []string{traject.StageTrial, traject.StageEnrolled, traject.StageTakesPart}

// mayRemind says whether messages for home can be planned for a traject: it has a weekly time and the child goes there.
func mayRemind(t Traject) bool {
	if t.Toeleiding == nil || t.Toeleiding.StartTime == 0 {
		return false
	}
	word, _, _ := strings.Cut(t.Toeleiding.When, " ")
	_, weekly := slotDays[word]
	return weekly && slices.Contains(messaging, t.Stage)
}

// messages plans the messages for home of a chosen activity, oldest first: for the four weeks from the first time on, or from
// the day on which they were asked for again (DOMAIN 8, P6). None when the family did not ask for them.
func messages(t Traject, cal *traject.Calendar) []traject.Reminder {
	chosen := t.Toeleiding
	if !mayRemind(t) || !chosen.Remind {
		return nil
	}
	from := chosen.RemindFrom
	for _, first := range []civil.Date{t.FirstTime, chosen.TrialOn} {
		if from.IsZero() {
			from = first
		}
	}
	if from.IsZero() {
		return nil
	}
	word, _, _ := strings.Cut(chosen.When, " ")
	return traject.Reminders(traject.DayPlan(chosen.StartTime, float64(chosen.Minutes)), slotDays[word], from, "", cal)
}

// messagesToday are the messages for home of today that are still to come.
func messagesToday(t Traject, at moment) (out []Notice) {
	for _, m := range messages(t, at.cal) {
		if m.At.Date == at.today && m.At.Time.Hour*60+m.At.Time.Minute >= at.clock {
			out = append(out, Notice{Kind: NoticeMessage, Due: at.today, Text: fmt.Sprintf("Bericht voor thuis om %02d:%02d: %s", m.At.Time.Hour, m.At.Time.Minute, m.Text)})
		}
	}
	return out
}

// at is now for a school.
func (a *act) at(cal *traject.Calendar) moment {
	now := a.now.In(geo.Amsterdam)
	return moment{a.today, now.Hour()*60 + now.Minute(), cal}
}

// notices are what is to think of for one traject; from is the stage before the present one.
func (a *act) notices(c Child, t Traject, from string, cal *traject.Calendar) []Notice {
	at := a.at(cal)
	out := append(renewals(c, toRenew(c, t, from, at), at), messagesToday(t, at)...)
	if text := traject.TalkWarning(t.Talks, a.service.Talks[t.Organisation]); text != "" && !ended(t) {
		out = append(out, Notice{Kind: NoticeTalks, Text: text})
	}
	if traject.Rests(t.Stage) && !ended(t) {
		if due := eraseOn(t, t.Since); traject.Shows(due, a.today) {
			out = append(out, Notice{Kind: NoticeErase, Due: due, Text: "Niemand ging verder. Zoek samen opnieuw of rond af. Anders wissen we het dossier."})
		}
	}
	return out
}

// wantsMessages notes with a choice whether the family asked for messages on the day itself (P9).
func (a *act) wantsMessages(childID string, chosen *Toeleiding) error {
	all, err := a.afnames(childID)
	if err != nil {
		return err
	}
	if parent := newest(all, true); parent != nil {
		chosen.Remind = slices.Contains(questionnaire.FactsOf(parent.Variant, nil, parent.Answers, nil).Help, "herinnering")
	}
	return nil
}
