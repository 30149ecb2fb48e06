package web

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// asking is a fake of the service for questionnaires, cards and classes. It keeps the promises of the service: versions, one
// answer for every code that does not work, codes only for who may print them.
type asking struct {
	*fakeKind
	mu      sync.Mutex
	afnames map[string]*kindinkaart.Afname
	cards   map[string]*kindinkaart.Card
	klassen map[string]*kindinkaart.KlasFile
	agreed  map[string]bool
	linked  map[string]string
}

func newAsking() *asking {
	k := &asking{fakeKind: newKind(), afnames: map[string]*kindinkaart.Afname{}, cards: map[string]*kindinkaart.Card{},
		klassen: map[string]*kindinkaart.KlasFile{}, agreed: map[string]bool{}, linked: map[string]string{}}
	for _, v := range []questionnaire.Variant{"A", "B", "C", "P"} {
		k.afnames["a"+string(v)] = &kindinkaart.Afname{ID: "a" + string(v), Child: "c2", Variant: v, Answers: questionnaire.Answers{}, Language: "nl", Version: 1}
	}
	k.addKlas()
	return k
}

func (k *asking) addKlas() {
	f := &kindinkaart.KlasFile{Klas: kindinkaart.Klas{ID: "k1", Tenant: "t1", Owner: "acc-sanne", Teacher: "acc-juf", School: "s1", Name: "Groep 6", Year: "2026-2027", Variant: "B", Open: true, Version: 1}, School: testSchool}
	for i, animal := range strings.Fields("vos uil beer kat haas egel muis eend kikker leeuw tijger aap koe paard panda koala bij slak otter das ree wolf krab zwaan lama kip schaap vis") {
		c := &kindinkaart.Card{ID: "card-" + animal, Tenant: "t1", Klas: "k1", Code: codeOf(i), Animal: animal, Variant: "B", State: kindinkaart.CardUnused}
		if i == 1 {
			c.State = kindinkaart.CardDone
		}
		k.cards[c.ID] = c
		f.Cards = append(f.Cards, *c)
	}
	k.klassen["k1"] = f
}

// codeOf is the code of card i of the fake: K7M4RD, K7M4RF …
func codeOf(i int) string {
	const letters = "DFGHKMNPRTWXY34679"
	return "K7M4" + string(letters[i/len(letters)]) + string(letters[i%len(letters)])
}

func (k *asking) Afname(_ context.Context, _ access.Actor, id string) (kindinkaart.Afname, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.afnames[id]
	if !ok {
		return kindinkaart.Afname{}, errs.New(errs.NotFound, "weg")
	}
	return *a, nil
}

func (k *asking) SaveReply(_ context.Context, _ access.Actor, id string, version int, r kindinkaart.Reply) (kindinkaart.Afname, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := k.afnames[id]
	if a.Version != version {
		return kindinkaart.Afname{}, errs.New(errs.Conflict, "Iemand was je voor.")
	}
	if err := questionnaire.Validate(a.Variant, r.Item, r.Answer); err != nil {
		return kindinkaart.Afname{}, errs.InvalidFields("Dit antwoord kunnen we niet gebruiken.", errs.Field{Name: r.Item, Message: err.Error()})
	}
	next := questionnaire.Answers{}
	for id, raw := range a.Answers {
		next[id] = raw
	}
	delete(next, r.Item)
	if r.Answer != nil {
		next[r.Item] = r.Answer
	}
	a.Answers = next
	if r.Item == "W3" {
		a.OwnWords = r.OwnWords
	}
	if !slices.Contains(a.Seen, r.Item) {
		a.Seen = append(slices.Clone(a.Seen), r.Item)
	}
	a.Version++
	return *a, nil
}

func (k *asking) FinishAfname(_ context.Context, _ access.Actor, id string) (kindinkaart.Afname, error) {
	k.afnames[id].FinishedAt = testNow
	return *k.afnames[id], nil
}

func (k *asking) SetParentAgrees(_ context.Context, _ access.Actor, child string, agrees bool) error {
	k.agreed[child] = agrees
	return nil
}

func (k *asking) OpenCard(_ context.Context, code string) (kindinkaart.CardSession, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, c := range k.cards {
		if c.Code != strings.ToUpper(strings.ReplaceAll(code, " ", "")) || c.State == kindinkaart.CardDone {
			continue
		}
		if c.State == kindinkaart.CardUnused {
			c.State, c.Afname = kindinkaart.CardStarted, "af-"+c.ID
			k.afnames[c.Afname] = &kindinkaart.Afname{ID: c.Afname, Card: c.ID, Variant: c.Variant, ClassMode: true, Answers: questionnaire.Answers{}, Version: 1}
		}
		return kindinkaart.CardSession{Card: *c, Afname: *k.afnames[c.Afname]}, nil
	}
	return kindinkaart.CardSession{}, errs.New(errs.NotFound, "weg")
}

func (k *asking) CardSession(_ context.Context, id string) (kindinkaart.CardSession, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.cards[id]
	if !ok || c.State != kindinkaart.CardStarted {
		return kindinkaart.CardSession{}, errs.New(errs.NotFound, "weg")
	}
	return kindinkaart.CardSession{Card: *c, Afname: *k.afnames[c.Afname]}, nil
}

func (k *asking) SaveCardReply(ctx context.Context, id string, version int, r kindinkaart.Reply) (kindinkaart.Afname, error) {
	return k.SaveReply(ctx, access.Actor{}, "af-"+id, version, r)
}

func (k *asking) FinishCard(_ context.Context, id string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.cards[id].State != kindinkaart.CardStarted {
		return errs.New(errs.NotFound, "weg")
	}
	k.cards[id].State = kindinkaart.CardDone
	k.afnames["af-"+id].FinishedAt = testNow
	return nil
}

func (k *asking) Klassen(_ context.Context, who access.Actor) ([]kindinkaart.Klas, error) {
	return []kindinkaart.Klas{k.klassen["k1"].Klas}, nil
}

func (k *asking) Klas(_ context.Context, who access.Actor, id string) (kindinkaart.KlasFile, error) {
	f, ok := k.klassen[id]
	if !ok {
		return kindinkaart.KlasFile{}, errs.New(errs.NotFound, "weg")
	}
	out := *f
	out.Cards = nil
	for _, c := range f.Cards {
		c.State = k.cards[c.ID].State
		switch c.State {
		case kindinkaart.CardUnused:
			out.Unused++
		case kindinkaart.CardStarted:
			out.Started++
		default:
			out.Done++
		}
		if who.ID != f.Klas.Owner && who.ID != f.Klas.Teacher {
			c.Code = ""
		}
		out.Cards = append(out.Cards, c)
	}
	return out, nil
}

func (k *asking) AddKlas(_ context.Context, who access.Actor, in kindinkaart.Klas, cards int) (kindinkaart.Klas, error) {
	if in.Name == "" {
		return kindinkaart.Klas{}, errs.InvalidFields("Deze klas is nog niet compleet.", errs.Field{Name: "name", Message: "Vul de naam van de klas in, bijvoorbeeld Groep 5B."})
	}
	in.ID, in.Owner = "k2", who.ID
	k.klassen["k2"] = &kindinkaart.KlasFile{Klas: in, School: testSchool}
	return in, nil
}

func (k *asking) SetKlasOpen(_ context.Context, _ access.Actor, id string, version int, open bool) (kindinkaart.Klas, error) {
	f := k.klassen[id]
	if f.Klas.Version != version {
		return kindinkaart.Klas{}, errs.New(errs.Conflict, "Iemand anders heeft deze klas net veranderd.")
	}
	f.Klas.Open = open
	f.Klas.Version++
	return f.Klas, nil
}

func (k *asking) LinkCard(_ context.Context, _ access.Actor, card, child string) error {
	if child == "c4" {
		return errs.New(errs.Refused, "Er is nog geen toestemming voor Kind in Kaart.")
	}
	k.linked[card] = child
	return nil
}

// newAskSite is the application with the fake for questionnaires and, when given, a catalogue of offers.
func newAskSite(t *testing.T, login string) (*site, *asking) {
	t.Helper()
	log := &strings.Builder{}
	kind, accounts := newAsking(), newAccounts()
	d := testDeps(kind.fakeKind, accounts, slog.New(slog.NewTextHandler(log, nil)))
	d.Kind, d.Catalog, d.Places, d.Importer = kind, newOffering(), places{}, importer{}
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	return &site{t: t, s: s, kind: kind.fakeKind, accounts: accounts, login: login, log: log}, kind
}

// showOverview gives the class of DOMAIN P2 its counts, in a second class that is closed.
func (k *asking) showOverview() {
	f := *k.klassen["k1"]
	f.Klas.ID, f.Klas.Open, f.Klas.Name = "kP2", false, "Groep 5B"
	count := func(label string, n int) kindinkaart.Count { return kindinkaart.Count{Label: label, N: n} }
	f.Overview = kindinkaart.Overview{Total: count("klaar", 26), First: []kindinkaart.Count{count("voetbal", 7), count("dansen", 6), count("koken", 5), count("andere keuze of geen keuze samen", 8)},
		Liked: []kindinkaart.Count{count("koken", 19), count("voetbal", 14), count("dieren", 12), count("dansen", 11), count("computer", 9)}}
	k.klassen["kP2"] = &f
}
