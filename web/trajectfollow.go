package web

import (
	"fmt"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/traject"
)

// followPart is what to think of with one traject beside its next step: notices, talks, and messages for home.
type followPart struct {
	kindinkaart.Follow
	Reasons []option // why talks go on, when the agreed number was reached
	Coming  []string // messages for home that are still to be sent
	On      bool     // messages for home run, now or from the first time on
}

// mostMessages is how many messages for home are shown at once: those of two weeks.
const mostMessages = 6

func (s *Server) followOf(f kindinkaart.TrajectFile) followPart {
	p := followPart{Follow: f.Follow, On: f.Traject.Toeleiding != nil && f.Traject.Toeleiding.Remind}
	if f.Follow.TalkLimit > 0 && f.Traject.Talks >= f.Follow.TalkLimit {
		p.Reasons = options("talk", kindinkaart.TalkReasons...)
	}
	now := s.now()
	for _, m := range f.Follow.Messages {
		if !m.At.In(geo.Amsterdam).Before(now) && len(p.Coming) < mostMessages {
			p.Coming = append(p.Coming, messageLine(m))
		}
	}
	return p
}

// messageLine writes di 23 sep, 17:30: Vandaag activiteit. Nu eten.
func messageLine(m traject.Reminder) string {
	return fmt.Sprintf("%s, %02d:%02d: %s", shortDay(m.At.Date), m.At.Time.Hour, m.At.Time.Minute, m.Text)
}

// holdTalk counts a talk that was held.
func (s *Server) holdTalk(r *request) (reply, error) {
	if _, err := s.Kind.HoldTalk(r.ctx, r.who, r.param("id"), r.number("version"), r.typed("reden")); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=gesprek#gesprekken"), nil
}

// remind lets messages for home begin, or stops them.
func (s *Server) remind(r *request) (reply, error) {
	if _, err := s.Kind.Remind(r.ctx, r.who, r.param("id"), r.number("version"), r.typed("aan") == "ja"); err != nil {
		return s.trajectAgain(r, err)
	}
	return see("/trajecten/" + r.param("id") + "?gelukt=berichten#berichten"), nil
}
