package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"hash/fnv"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// Dividing finds out what the children of a class would like; matcher.KlasDesk does.
type Dividing interface {
	Wishes(ctx context.Context, who access.Actor, klasID string) (matcher.KlasWishes, error)
}

func (s *Server) divisionRoutes() []route {
	return []route{
		{"GET", "/klassen/:id/verdeling", staff, s.division},
		{"POST", "/klassen/:id/verdeling", staff, s.division},
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

// divisionPage is a class with its places divided in two ways. Children are animals on it; it has no field for a name.
type divisionPage struct {
	Klas, School      string
	ID                string
	Cards             int
	Waiting, LeftOut  int
	TogetherHint      string // with two animals of this class
	PlacesOptions     []option
	WishesOptions     []option
	TogetherOptions   []option
	Lot               string
	Sides             []divisionSide // two, or none when the form is not right
	More              string         // what the first way is ahead
	Rows              []divisionRow
	Offers            []offerRow
	Unused            int // times that nobody gets and that are not scarce
	Notes             []string
	Apart             []string // who must go together and cannot
	Friends           bool
	Wishes            int
	UnknownN, Unknown int // times of which the provider does not say how many places there are, and what we take
}

// division shows both ways. It changes nothing: the form goes by POST so that who wants to go with whom stays out of addresses.
func (s *Server) division(r *request) (reply, error) {
	if s.Divide == nil {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	wishes, err := s.Divide.Wishes(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	p := &divisionPage{ID: wishes.Klas.ID, Klas: wishes.Klas.Name, School: wishes.School.Name, Cards: len(wishes.Cards), Waiting: wishes.Waiting,
		LeftOut: wishes.LeftOut, PlacesOptions: placesOptions, WishesOptions: wishesOptions, TogetherOptions: togetherOptions}
	p.TogetherHint = "Op elke regel twee dieren."
	if len(wishes.Cards) > 1 {
		p.TogetherHint = fmt.Sprintf("Op elke regel twee dieren, bijvoorbeeld %s en %s.", wishes.Cards[0].Animal, wishes.Cards[1].Animal)
	}
	title := "Plekken verdelen, " + wishes.Klas.Name
	terms, err := readTerms(r, wishes)
	if err == nil {
		err = p.fill(wishes, terms)
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
	names := offerNames(w)
	p.Sides = []divisionSide{sideOf(a.Best, names), sideOf(a.Lottery, names)}
	p.Sides[0].Way, p.Sides[1].Way = "Manier 1", "Manier 2"
	p.Sides[0].Title, p.Sides[0].Text = "Zo min mogelijk zonder plek", "De computer zoekt de verdeling waarbij de minste kinderen zonder plek blijven. Daarna telt wat het best past."
	p.Sides[1].Title, p.Sides[1].Text = "Op volgorde van het lot", "Om de beurt de beste plek die er nog is. Het lot bepaalt de volgorde."
	if t.Places == 1 && t.Min == 0 && len(t.Friends) == 0 {
		p.Sides[1].Text += " Een andere wens opgeven helpt hier niemand."
	}
	p.Sides[0].Sure, p.Sides[0].Proof = true, proof(a.Best)
	p.More = ahead(a.Best.Unplaced, a.Lottery.Unplaced)
	p.Rows, p.Apart = divisionRows(w, a, names), apart(w, t)
	w.Offers = counted(w.Offers, a.Best)
	p.Offers, p.Unused = offerRows(w, a)
	p.Notes = roomNotes(w)
	p.Friends, p.Wishes, p.Unknown = len(t.Friends) > 0, t.Wishes, t.Unknown
	for _, o := range w.Offers {
		if o.Slot.Capacity == nil {
			p.UnknownN++
		}
	}
	return nil
}

// readTerms reads the form; what is only opened gets a first value.
func readTerms(r *request, w matcher.KlasWishes) (matcher.Terms, error) {
	for name, value := range map[string]string{"plekken": "1", "wensen": strconv.Itoa(someWishes), "minimum": "0", "onbekend": strconv.Itoa(someRoom), "lot": firstLot(w.Klas.ID), "samen": "", "hoe": "mee"} {
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

// readFriends reads pairs of animals, one a line: "uil en vos". What is wrong comes back with the line it is on.
func readFriends(typed string, cards []matcher.CardWishes) (out []matcher.Friends, wrong string) {
	for i, line := range strings.Split(typed, "\n") {
		words := strings.FieldsFunc(strings.ToLower(line), func(c rune) bool { return strings.ContainsRune(" \t\r,;+&/-", c) })
		words = slices.DeleteFunc(words, func(word string) bool { return word == "en" })
		if len(words) == 0 {
			continue
		}
		at := fmt.Sprintf("Regel %d", i+1)
		if len(out) == mostFriends {
			return nil, fmt.Sprintf("%s: dit is te veel. Verwacht hoogstens %d regels.", at, mostFriends)
		}
		if len(words) != 2 {
			return nil, at + ": verwacht twee dieren, bijvoorbeeld uil en vos."
		}
		for _, animal := range words {
			if !slices.ContainsFunc(cards, func(c matcher.CardWishes) bool { return c.Animal == animal }) {
				return nil, fmt.Sprintf("%s: %s is geen kaart die klaar is in deze klas. Kijk op de lijst van de leerkracht.", at, animal)
			}
		}
		f := matcher.Friends{A: min(words[0], words[1]), B: max(words[0], words[1])}
		switch {
		case f.A == f.B:
			return nil, at + ": hier staat twee keer hetzelfde dier. Verwacht twee verschillende."
		case slices.Contains(out, f):
			return nil, at + ": dit paar stond er al. Eén keer is genoeg."
		}
		out = append(out, f)
	}
	return out, ""
}

// firstLot is the number a class begins with, so that who opens the page twice sees the same.
func firstLot(klas string) string {
	h := fnv.New32a()
	h.Write([]byte(klas))
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
