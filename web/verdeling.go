package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"hash/fnv"
	"math/big"
	"slices"
	"strconv"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// Dividing finds out what the children of a class, or of the classes of a school, would like; matcher.KlasDesk does.
type Dividing interface {
	Wishes(ctx context.Context, who access.Actor, klasID string) (matcher.KlasWishes, error)
	SchoolWishes(ctx context.Context, who access.Actor, schoolID string) (matcher.KlasWishes, error)
}

// dividers may see a whole school divided: the smw'er its own classes with every card, the ib'er all classes in counts (DOMAIN 7.4),
// and the teacher those counts too, with its own class apart and the other classes together (7.8).
var dividers = []access.Role{access.SMW, access.IB, access.Teacher}

func (s *Server) divisionRoutes() []route {
	return []route{
		{"GET", "/klassen/:id/verdeling", staff, s.division},
		{"POST", "/klassen/:id/verdeling", staff, s.division},
		{"GET", "/scholen/:id/verdeling", dividers, s.schoolDivision},
		{"POST", "/scholen/:id/verdeling", dividers, s.schoolDivision},
	}
}

// What a person may choose on the page.
const (
	mostLots    = 999_999 // numbers of the lottery: short enough to read out in a class
	mostGroup   = 30      // largest least group, and most places where the provider does not say
	someRoom    = 2       // places where the provider does not say, at first
	someWishes  = 5       // wishes of a child, at first: as many as a child can choose from with care
	friendPoint = 20.0    // worth of going together: as much as the step from "past" to "past goed"
	mostFriends = 40      // lines
)

var placesOptions = []option{{Value: "1", Label: "1 plek"}, {Value: "2", Label: "2 plekken"}, {Value: "3", Label: "3 plekken"}}

var wishesOptions = []option{{Value: "3", Label: "3 wensen"}, {Value: "5", Label: "5 wensen"}, {Value: "10", Label: "10 wensen"}, {Value: "15", Label: "15 wensen"}}

var togetherOptions = []option{{Value: "mee", Label: "Telt mee", Hint: "Samen als het kan"}, {Value: "moet", Label: "Moet", Hint: "Samen of niet"}}

// divisionPage is a class, or the classes of a school, with its places divided in two ways. Children are animals on it; it has no
// field for a name.
type divisionPage struct {
	Of              string // class or school
	Back, BackLabel string
	Path            string
	School          string
	OnlyCounts      bool // no card, no wish of one child, no swap
	OnlyOwn         bool // of the classes only those of the teacher stand apart
	Cards           int
	Klassen         []klasRow // of a school
	KlassenN        int
	Open            string // class whose cards are shown
	OpenLabel       string
	TogetherHint    string // with two cards of these
	PlacesOptions   []option
	WishesOptions   []option
	TogetherOptions []option
	Lot             string
	Sides           []divisionSide // two, or none when the form is not right
	More            string         // what the first way is ahead
	Rows            []divisionRow
	Offers          []offerRow
	OffersMore      int // that are not shown
	Unused          int // times that nobody gets and that are not scarce
	Notes           []string
	Apart           []string // who must go together and cannot
	Friends         bool
	Wishes          int
	UnknownN        int // times of which the provider does not say how many places there are
	Unknown         int // and what we take for them

	who string // account
}

// division shows both ways for a class. It changes nothing: the form goes by POST so that who wants to go with whom stays out of
// addresses.
func (s *Server) division(r *request) (reply, error) {
	if s.Divide == nil {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	w, err := s.Divide.Wishes(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	k := w.Klassen[0]
	return s.divided(r, w, &divisionPage{Of: k.Name, Back: "/klassen/" + k.ID, BackLabel: k.Name, Path: "/klassen/" + k.ID + "/verdeling", Open: k.ID})
}

// schoolDivision shows both ways for the classes of a school at once.
func (s *Server) schoolDivision(r *request) (reply, error) {
	if s.Divide == nil {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	w, err := s.Divide.SchoolWishes(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	p := &divisionPage{Of: cmp.Or(w.School.Name, "de school"), Back: "/klassen", BackLabel: "Klassen", Path: "/scholen/" + w.School.ID + "/verdeling", KlassenN: len(w.Klassen),
		OnlyOwn: r.who.Role == access.Teacher && len(w.Klassen) > 1, who: r.who.ID}
	wanted := cmp.Or(r.typed("klas"), r.typed("klas_nu"))
	if i := slices.IndexFunc(w.Klassen, func(k matcher.KlasPart) bool { return k.ID == wanted }); i >= 0 && !w.OnlyCounts {
		p.Open, p.OpenLabel = w.Klassen[i].ID, w.Klassen[i].Label
	}
	return s.divided(r, w, p)
}

// divided reads the form, divides and shows it.
func (s *Server) divided(r *request, w matcher.KlasWishes, p *divisionPage) (reply, error) {
	p.School, p.OnlyCounts, p.Cards = w.School.Name, w.OnlyCounts, len(w.Cards)
	p.PlacesOptions, p.WishesOptions, p.TogetherOptions = placesOptions, wishesOptions, togetherOptions
	p.TogetherHint = "Op elke regel twee dieren."
	if len(w.Cards) > 1 {
		p.TogetherHint = fmt.Sprintf("Op elke regel twee dieren, bijvoorbeeld %s en %s.", w.Cards[0].Code, w.Cards[1].Code)
	}
	title := "Plekken verdelen, " + p.Of
	terms, err := readTerms(r, w)
	if err == nil {
		err = p.fill(w, terms)
	}
	p.Lot = r.form.Value("lot")
	if err != nil {
		return r.again("verdeling", title, p, err)
	}
	return page("verdeling", title, p), nil
}

// fill divides and writes down what is shown.
func (p *divisionPage) fill(w matcher.KlasWishes, t matcher.Terms) error {
	a, err := matcher.Allocate(w.Pool(t))
	if err != nil {
		return err
	}
	names, fares := offerNames(w), w.Fares(a)
	if p.OnlyCounts {
		fares = fares.Told(w.MinCell)
	}
	if p.OnlyOwn {
		fares = fares.Of(func(klas string) bool {
			return slices.ContainsFunc(w.Klassen, func(k matcher.KlasPart) bool { return k.ID == klas && k.Teacher == p.who })
		})
	}
	p.Sides = bothWays(fares, t)
	if fares.Whole >= matcher.TellUnplaced {
		p.More = ahead(fares.All.Best.Unplaced, fares.All.Lottery.Unplaced)
	}
	if p.KlassenN > 0 {
		p.Klassen = klasRows(fares, w, p.Open)
	}
	p.UnknownN = countFunc(counted(w.Offers, a.Best), func(o matcher.KlasOffer) bool { return o.Slot.Capacity == nil })
	p.Friends, p.Wishes, p.Unknown = len(t.Friends) > 0, t.Wishes, t.Unknown
	p.Notes = klasNotes(w)
	p.addOffers(w, a)
	if p.OnlyCounts {
		return nil
	}
	p.addCards(w, a, names)
	p.Apart, p.Notes = apart(w, t), append(p.Notes, roomNotes(counted(w.Offers, a.Best))...)
	return nil
}

// bothWays are the two ways with their numbers.
func bothWays(f matcher.Fares, t matcher.Terms) []divisionSide {
	best, lottery := sideOf(f.All.Best, f), sideOf(f.All.Lottery, f)
	best.Way, lottery.Way, best.Sure = "Manier 1", "Manier 2", true
	best.Title, best.Text = "Zo min mogelijk zonder plek", "De computer zoekt de verdeling waarbij de minste kinderen zonder plek blijven. Daarna telt wat het best past."
	lottery.Title, lottery.Text = "Op volgorde van het lot", "Om de beurt de beste plek die er nog is. Het lot bepaalt de volgorde."
	if t.Places == 1 && t.Min == 0 && len(t.Friends) == 0 {
		lottery.Text += " Een andere wens opgeven helpt hier niemand."
	}
	return []divisionSide{best, lottery}
}

// addCards adds what tells of single cards.
func (p *divisionPage) addCards(w matcher.KlasWishes, a matcher.Allocation, names map[string]offerName) {
	p.Sides[0].Proof = proof(a.Best)
	for i, v := range []matcher.Division{a.Best, a.Lottery} {
		p.Sides[i].addSwaps(v, names)
		if p.Friends {
			p.Sides[i].Figures = append(p.Sides[i].Figures, wayFigure{map[bool]string{true: "paar samen", false: "paren samen"}[v.Together == 1], strconv.Itoa(v.Together)})
		}
	}
	p.Rows = divisionRows(w, p.Open, a, names)
}

// readTerms reads the form; what is only opened gets a first value.
func readTerms(r *request, w matcher.KlasWishes) (matcher.Terms, error) {
	if w.OnlyCounts { // what single cards wish is not asked about: many answers to it would tell of few children
		r.form.values.Set("wensen", strconv.Itoa(someWishes))
		r.form.values.Del("samen")
	}
	for name, value := range map[string]string{"plekken": "1", "wensen": strconv.Itoa(someWishes), "minimum": "0", "onbekend": strconv.Itoa(someRoom), "lot": firstLot(w), "samen": "", "hoe": "mee"} {
		r.form.set(name, value)
	}
	if r.typed("loting") == "nieuw" {
		r.form.values.Set("lot", newLot())
	}
	var wrong problems
	whole := func(name string, least, most int) int {
		n, err := strconv.Atoi(r.typed(name))
		wrong.need(err == nil && n >= least && n <= most, name, fmt.Sprintf("Vul een heel getal in van %d tot en met %d.", least, most))
		return n
	}
	t := matcher.Terms{Places: whole("plekken", 1, len(placesOptions)), Wishes: whole("wensen", 1, 15), Min: whole("minimum", 0, mostGroup), Unknown: whole("onbekend", 0, mostGroup), Seed: uint64(whole("lot", 1, mostLots))}
	wrong.need(hasOption(togetherOptions, r.typed("hoe")), "hoe", "Kies of samen gaan meetelt of moet.")
	friends, message := readFriends(r.form.Value("samen"), w.Cards) // with its empty lines, so that numbers of lines are right
	wrong.need(message == "", "samen", message)
	for _, f := range friends {
		f.Points, f.Must = friendPoint, r.typed("hoe") == "moet"
		t.Friends = append(t.Friends, f)
	}
	return t, wrong.err()
}

// firstLot is the number a class or school begins with, so that who opens the page twice sees the same.
func firstLot(w matcher.KlasWishes) string {
	h := fnv.New32a()
	for _, k := range w.Klassen {
		h.Write([]byte(k.ID))
	}
	return strconv.Itoa(int(h.Sum32()%mostLots) + 1)
}

// newLot draws a number.
func newLot() string {
	n, err := rand.Int(rand.Reader, big.NewInt(mostLots))
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return strconv.FormatInt(n.Int64()+1, 10)
}
