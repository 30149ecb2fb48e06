package web

import (
	"time"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
)

func (s *Server) cardRoutes() []route {
	return []route{
		{"GET", "/k", anyone, s.showCode},
		{"POST", "/k", anyone, s.enterCode},
		{"GET", "/k/klaar", anyone, s.cardDone},
		{"GET", "/k/vragen", anyone, s.withCard(startOf)},
		{"GET", "/k/vragen/nakijken", anyone, s.withCard(reviewOf)},
		{"POST", "/k/vragen/klaar", anyone, s.withCard(finishOf)},
		{"POST", "/k/stoppen", anyone, s.leaveCard},
		{"GET", "/k/vragen/:vraag", anyone, s.withCard(questionOf)},
		{"POST", "/k/vragen/:vraag", anyone, s.withCard(answerOf)},
	}
}

// A card is open for twenty minutes after the last answer (DOMAIN 7.5). From one address one may try so many codes: enough
// for two classes that make mistakes, far too few to guess one of 47 million codes.
const (
	cardTime   = 20 * time.Minute
	codeTries  = 100
	codeWindow = 10 * time.Minute
	cardUse    = "kaart"
)

// codePage is where a child types the code of its card.
type codePage struct{ Over bool }

const codeTitle = "Jouw code"

func (s *Server) showCode(r *request) (reply, error) {
	return page("kaartcode", codeTitle, codePage{Over: r.query("over") == "1"}), nil
}

// enterCode opens a card. Unknown, used and expired codes get the same answer. The address of the caller is only counted,
// as a keyed hash that is another one every day: nobody can see later where a child was.
func (s *Server) enterCode(r *request) (reply, error) {
	if err := s.Accounts.Allow(r.ctx, "code:"+s.mac("adres", account.Network(r.from())+r.today().String()), codeTries, codeWindow); err != nil {
		return reply{}, err
	}
	if r.typed("code") == "" {
		return r.again("kaartcode", codeTitle, codePage{}, errs.InvalidFields("Er staat nog geen code.", errs.Field{Name: "code", Message: "Typ de code van je kaart."}))
	}
	c, err := s.Kind.OpenCard(r.ctx, r.typed("code"))
	if errs.KindOf(err) == errs.NotFound {
		err = errs.InvalidFields("Deze code werkt niet.", errs.Field{Name: "code", Message: "Kijk nog een keer op je kaart. Of vraag je juf of meester."})
	}
	if err != nil {
		return r.again("kaartcode", codeTitle, codePage{}, err)
	}
	s.keepCard(r, c.Card.ID)
	return see("/k/vragen"), nil
}

// keepCard gives the browser a signed cookie for this card only. It is gone when the browser closes.
func (s *Server) keepCard(r *request, cardID string) {
	r.setCookie(cardUse, s.seal(cardUse, cardID, s.Clock().Add(cardTime)))
}

// errNoCard means that the time is over, or that nobody typed a code here.
var errNoCard = errs.New(errs.NotFound, notFoundText)

// cardSheet opens the questionnaire of the card in the cookie.
func (s *Server) cardSheet(r *request) (*sheet, error) {
	id, ok := s.unseal(cardUse, r.c.Cookies(s.cookieName(cardUse)))
	if !ok {
		return nil, errNoCard
	}
	c, err := s.Kind.CardSession(r.ctx, id)
	if errs.KindOf(err) == errs.NotFound {
		return nil, errNoCard
	}
	if err != nil {
		return nil, err
	}
	sh := newSheet(r, c.Afname, "/k/vragen")
	sh.animal, sh.after = c.Card.Animal, "/k/klaar"
	sh.save = func(version int, rep kindinkaart.Reply) (kindinkaart.Afname, error) {
		return s.Kind.SaveCardReply(r.ctx, id, version, rep)
	}
	sh.finish = func() error { return s.Kind.FinishCard(r.ctx, id) }
	s.keepCard(r, id)
	return sh, nil
}

// withCard runs a page of the questionnaire for a card, and asks for the code again when the card is no longer open here. A
// finished card that is sent a second time is simply done.
func (s *Server) withCard(make func(opener) handler) handler {
	do := make(s.cardSheet)
	return func(r *request) (reply, error) {
		out, err := do(r)
		if err == errNoCard {
			return see("/k?over=1"), nil
		}
		if errs.KindOf(err) == errs.Refused {
			return r.again("kaartcode", codeTitle, codePage{}, err)
		}
		return out, err
	}
}

// cardDone thanks nobody for an answer; it says what happens now and forgets the card.
func (s *Server) cardDone(r *request) (reply, error) {
	r.setCookie(cardUse, "")
	return page("vraag-klaar", "Klaar", donePage{Class: true}), nil
}

// leaveCard stops halfway: the answers stay, the card is forgotten by this browser.
func (s *Server) leaveCard(r *request) (reply, error) {
	r.setCookie(cardUse, "")
	return see("/k"), nil
}
