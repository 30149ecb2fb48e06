package kindinkaart

import (
	"context"
	"crypto/rand"
	"math/big"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// codeLetters are the signs of a code: no 0 O Q, 1 I L J, 2 Z, 5 S, 8 B, U V, and no other vowels, so that no words come out.
const codeLetters = "34679CDFGHKMNPRTWXY"

// codeLength gives 19^6, 47 million codes.
const codeLength = 6

// newCode draws a code.
func newCode() string {
	var b strings.Builder
	for range codeLength {
		b.WriteByte(codeLetters[draw(len(codeLetters))])
	}
	return b.String()
}

// draw gives a number from 0 up to n, each as likely.
func draw(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return int(i.Int64())
}

// allAnimals are what the cards are called on the board of the teacher.
var allAnimals = strings.Fields(`aap beer bever bij das dolfijn eend eekhoorn egel ezel fazant fret giraf haas hert hond kameel kat kikker
 kip koala koe konijn krab lama leeuw lynx merel mier mol muis otter paard panda pinguïn poema rat ree rups schaap slak specht spin
 tijger uil valk vis vlinder vos walvis wolf zebra zeehond zwaan`)

// animals gives n different animals in an order nobody knows.
func animals(n int) []string {
	out := slices.Clone(allAnimals)
	for i := range n {
		j := i + draw(len(out)-i)
		out[i], out[j] = out[j], out[i]
	}
	return out[:n]
}

// readCode reads a code as a child types it.
func readCode(typed string) (string, bool) {
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(typed))
	ok := len(code) == codeLength && strings.Trim(code, codeLetters) == ""
	return code, ok
}

// CardSession is what a child with a card may reach: its own questionnaire only.
type CardSession struct {
	Card   Card
	Afname Afname
}

// unknownCode is how an unknown, a used and an expired code look.
func unknownCode() error {
	return errs.New(errs.NotFound, "Deze code werkt niet. Kijk nog een keer op je kaart, of vraag je juf of meester.")
}

// OpenCard begins or continues with a code. Unknown, used and expired codes give the same errs.NotFound.
func (s *Service) OpenCard(ctx context.Context, code string) (CardSession, error) {
	code, ok := readCode(code)
	if !ok {
		return CardSession{}, unknownCode()
	}
	return runCard(ctx, s, code, func(a *act, c Card) (CardSession, error) {
		if err := a.klasOpen(c); err != nil {
			return CardSession{}, err
		}
		if c.State == CardStarted {
			af, err := a.Afnames().Get(a.tenant(), c.Afname)
			return CardSession{c, af}, err
		}
		af, err := a.newAfname(Afname{Card: c.ID, Klas: c.Klas, Variant: c.Variant, ClassMode: true})
		if err != nil {
			return CardSession{}, err
		}
		c.State, c.Afname, c.ExpiresAt = CardStarted, af.ID, a.now.Add(cardUnused)
		c, err = put(a.Cards(), a.tenant(), c, "deze kaart")
		return CardSession{c, af}, err
	})
}

// CardSession gives the questionnaire of an opened card by card id.
func (s *Service) CardSession(ctx context.Context, cardID string) (CardSession, error) {
	return runCard(ctx, s, cardID, (*act).startedCard)
}

// SaveCardReply stores one reply of a child with a card.
func (s *Service) SaveCardReply(ctx context.Context, cardID string, version int, r Reply) (Afname, error) {
	return runCard(ctx, s, cardID, func(a *act, c Card) (Afname, error) {
		session, err := a.startedCard(c)
		if err != nil {
			return Afname{}, err
		}
		return a.saveReply(session.Afname, version, r)
	})
}

// FinishCard stores answers and profile in one transaction and spends the code. A second time is refused. Only the card and
// its own afname are written, so a whole klas can finish in one minute without waiting for each other.
func (s *Service) FinishCard(ctx context.Context, cardID string) error {
	_, err := runCard(ctx, s, cardID, func(a *act, c Card) (struct{}, error) {
		session, err := a.startedCard(c)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.finishCard(session)
	})
	return err
}

// finishCard scores the answers and spends the code.
func (a *act) finishCard(session CardSession) error {
	af, c := session.Afname, session.Card
	profile, err := questionnaire.Score(af.Variant, af.Answers, nil, true)
	if err != nil {
		return wrongAnswers(err)
	}
	af.Profile, af.FinishedAt = &profile, a.now
	if _, err := put(a.Afnames(), a.tenant(), af, "deze vragenlijst"); err != nil {
		return err
	}
	c.State = CardDone
	if _, err := put(a.Cards(), a.tenant(), c, "deze kaart"); err != nil {
		return err
	}
	return a.record("finish", subject{"afname", af.ID}, "zoeken", "")
}

// startedCard gives the session of a card that is being answered in a klas that is open.
func (a *act) startedCard(c Card) (CardSession, error) {
	if c.State != CardStarted {
		return CardSession{}, unknownCode()
	}
	if err := a.klasOpen(c); err != nil {
		return CardSession{}, err
	}
	af, err := a.Afnames().Get(a.tenant(), c.Afname)
	return CardSession{c, af}, err
}

// klasOpen says whether the klas of a card is answering now.
func (a *act) klasOpen(c Card) error {
	k, err := a.Klassen().Get(a.tenant(), c.Klas)
	if err != nil {
		return err
	}
	if !k.Open {
		return errs.New(errs.Refused, "Jullie klas is nu niet bezig met Kind in Kaart. Vraag je juf of meester wanneer het begint.")
	}
	return nil
}

// runCard does one act of a child with a card, found by code or id. A card that can no longer be used does not exist.
func runCard[T any](ctx context.Context, s *Service, codeOrID string, f func(*act, Card) (T, error)) (T, error) {
	var out, nothing T
	now := s.Clock()
	err := s.Store.Do(ctx, func(tx Tx) error {
		tenant, err := tx.TenantOfCard(codeOrID)
		if err != nil {
			return err
		}
		who := access.Actor{ID: "card", Tenant: tenant, Role: access.Child}
		a := &act{Tx: tx, service: s, who: who, now: now, today: dateOf(now)}
		c, err := a.usableCard(codeOrID)
		if err != nil {
			return err
		}
		out, err = f(a, c)
		return err
	})
	if errs.KindOf(err) == errs.NotFound {
		return nothing, unknownCode()
	}
	if err != nil {
		return nothing, err
	}
	return out, nil
}

// usableCard gives a card that is unused or started and not expired.
func (a *act) usableCard(codeOrID string) (Card, error) {
	var c Card
	if code, ok := readCode(codeOrID); ok {
		found, err := a.Cards().Find(a.tenant(), Query{Code: code})
		if err != nil || len(found) != 1 {
			return Card{}, firstError(err, unknownCode())
		}
		c = found[0]
	} else {
		var err error
		if c, err = a.Cards().Get(a.tenant(), codeOrID); err != nil {
			return Card{}, err
		}
	}
	open := c.State == CardUnused || c.State == CardStarted
	if !open || a.now.After(c.ExpiresAt) {
		return Card{}, unknownCode()
	}
	return c, nil
}

// firstError gives the first error there is.
func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// LinkCard makes the answers of a card part of a child's record; needs the consent "profiel".
func (s *Service) LinkCard(ctx context.Context, who access.Actor, cardID, childID string) error {
	_, err := run(ctx, s, who, subject{"card", cardID}, func(a *act) (struct{}, error) {
		child, err := a.child(childID, access.Write, access.Answers)
		if err != nil {
			return struct{}{}, err
		}
		c, err := a.Cards().Get(a.tenant(), cardID)
		if err != nil {
			return struct{}{}, outside(err)
		}
		if k, err := a.klas(c.Klas); err != nil || k.Owner != who.ID {
			return struct{}{}, firstError(err, notThere())
		}
		if err := a.permitted(child, PurposeProfile); err != nil {
			return struct{}{}, err
		}
		if c.State != CardDone {
			return struct{}{}, errs.New(errs.Refused, "Deze kaart kan niet worden gekoppeld: de vragenlijst is nog niet klaar, of de kaart hoort al bij een kind.")
		}
		return struct{}{}, a.linkCard(c, child)
	})
	return err
}

// linkCard gives the answers of a card to a child.
func (a *act) linkCard(c Card, child Child) error {
	af, err := a.Afnames().Get(a.tenant(), c.Afname)
	if err != nil {
		return err
	}
	af.Child = child.ID
	if af, err = put(a.Afnames(), a.tenant(), af, "deze vragenlijst"); err != nil {
		return err
	}
	c.State, c.Child = CardLinked, child.ID
	if _, err := put(a.Cards(), a.tenant(), c, "deze kaart"); err != nil {
		return err
	}
	if err := a.record("link", subject{"child", child.ID}, "zoeken", "afname "+af.ID); err != nil {
		return err
	}
	return a.profiled(af)
}
