package web

import (
	"fmt"
	"strconv"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/matcher"
)

// allPage is the smw'er's own screen: everything, also what cannot be done now, and why.
type allPage struct {
	Child         kindinkaart.Child
	Groups        []groupOfCards
	Map           *mapView
	NotProposed   []notProposed
	Most          int  // how many of NotProposed are shown at most
	NoPlace       bool // the postcode of home is not known
	Total         int
	Page          int
	Earlier, More string
}

type groupOfCards struct {
	Group matcher.Group
	Cards []card
}

// notProposed is an activity that is not in the list, with its title and why.
type notProposed struct{ Title, Why, Nearest string }

// linesPerPage is how many activities the smw'er's screen shows at once; notShown how many it says why not.
const (
	linesPerPage = 15
	notShown     = 20
)

func (s *Server) chooseAll(r *request) (reply, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return reply{}, err
	}
	wanted := max(number(r.query("p")), 1)
	result, err := s.Matcher.MatchNearest(r.ctx, r.who, f.Child.ID, searchOptions(r, false), matcher.Rows{From: (wanted - 1) * linesPerPage, Count: linesPerPage, NotProposed: notShown})
	if err != nil {
		return reply{}, err
	}
	p := allPage{Child: f.Child, NoPlace: f.NoPlace, Most: notShown, Total: len(result.Items), Page: pageNumber(r, len(result.Items), linesPerPage)}
	from := (p.Page - 1) * linesPerPage
	cards, err := s.cards(r, result.Items[from:min(from+linesPerPage, len(result.Items))], from)
	if err != nil {
		return reply{}, err
	}
	p.Map = s.mapOf(f, result.Base, cards)
	for i := range cards {
		it := &cards[i].Item
		it.Blockers = saidOnce(it.Blockers, func(b matcher.Blocker) string { return b.Text })
		it.Tasks = saidOnce(it.Tasks, func(t matcher.Task) string { return fmt.Sprint(t.Text, t.Effect, t.Done) })
	}
	p.Groups = grouped(cards)
	if p.NotProposed, err = s.whyNot(r, result.NotProposed); err != nil {
		return reply{}, err
	}
	at := "/kinderen/" + f.Child.ID + "/alles?p="
	if p.Page > 1 {
		p.Earlier = at + strconv.Itoa(p.Page-1)
	}
	if from+linesPerPage < p.Total {
		p.More = at + strconv.Itoa(p.Page+1)
	}
	return page("alles", "Scherm smw’er", p), nil
}

// saidOnce leaves out what would read the same as something before it: two barriers may ask the same question.
func saidOnce[T any](list []T, says func(T) string) (out []T) {
	said := map[string]bool{}
	for _, one := range list {
		if text := says(one); !said[text] {
			said[text] = true
			out = append(out, one)
		}
	}
	return out
}

// grouped splits cards where the group changes; they come in the order of the matcher.
func grouped(cards []card) []groupOfCards {
	var out []groupOfCards
	for _, c := range cards {
		if n := len(out); n == 0 || out[n-1].Group != c.Item.Group {
			out = append(out, groupOfCards{Group: c.Item.Group})
		}
		last := &out[len(out)-1]
		last.Cards = append(last.Cards, c)
	}
	return out
}

func (s *Server) whyNot(r *request, list []matcher.NotProposed) ([]notProposed, error) {
	var out []notProposed
	for _, n := range list[:min(notShown, len(list))] {
		cards, err := s.cards(r, []matcher.Item{{Activity: n.Activity}}, 0)
		if err != nil {
			return nil, err
		}
		if len(cards) > 0 {
			out = append(out, notProposed{cards[0].Activity.Title, n.Why, n.Nearest})
		}
	}
	return out, nil
}
