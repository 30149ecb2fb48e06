package web

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// Words that were typed on samen kiezen travel in forms only: what a child types is in no address and in no log. So with
// words the buttons of the page send a form, where they are links without.

// foundWords is what the page needs to go on with words.
type foundWords struct {
	Typed   string
	Action  string        // address of samen kiezen
	Without string        // the same with the filters and without the words
	Keep    []hiddenField // of the form that all buttons send
	Earlier int           // number of the page; 0 = none
	More    int
}

type hiddenField struct{ Name, Value string }

// mostTyped is how many characters of words one may type.
const mostTyped = 100

// chooseByWords is samen kiezen with words. Without words it goes to the address that can be kept.
func (s *Server) chooseByWords(r *request) (reply, error) {
	o := searchOptions(r, true)
	if o.Search == "" {
		f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
		return see(chooseHref(f.Child.ID, o, 1, savedIDs(r))), err
	}
	if utf8.RuneCountInString(o.Search) > mostTyped {
		o.Search = ""
		p, err := s.choosePage(r, o)
		if err != nil {
			return reply{}, err
		}
		return r.again("kiezen", "Samen kiezen", p, errs.InvalidFields("Dat is te lang om op te zoeken.",
			errs.Field{Name: "zoek", Message: fmt.Sprintf("Typ een paar woorden, hoogstens %d letters. Eén woord werkt vaak het best.", mostTyped)}))
	}
	p, err := s.choosePage(r, o)
	if errs.KindOf(err) == errs.Unavailable { // the search index is being built: what fits the child is there all the same
		o.Search = ""
		p, err = s.choosePage(r, o)
		p.NoIndex = true
	}
	if err != nil {
		return reply{}, err
	}
	return page("kiezen", "Samen kiezen", p), nil
}

// fillWords makes the form that the buttons send when there are words.
func (p *choosePage) fillWords(o matcher.Options, more bool) {
	if o.Search == "" {
		return
	}
	p.Words = &foundWords{Typed: o.Search, Action: chooseHref(p.Child.ID, matcher.Options{}, 1, nil), Without: chooseHref(p.Child.ID, o, 1, p.SavedIDs)}
	p.Words.Keep = append(keptFilters(o), hiddenField{"p", strconv.Itoa(p.Page)})
	for _, id := range p.SavedIDs {
		p.Words.Keep = append(p.Words.Keep, hiddenField{"hart", id})
	}
	for i := range p.Cards {
		p.Cards[i].Found = true
		p.Words.Keep = append(p.Words.Keep, hiddenField{"zag", p.Cards[i].Activity.ID})
	}
	if p.Page > 1 {
		p.Words.Earlier = p.Page - 1
	}
	if more {
		p.Words.More = p.Page + 1
	}
}

// keptFilters are words and filters as hidden fields.
func keptFilters(o matcher.Options) []hiddenField {
	out := []hiddenField{{"zoek", o.Search}}
	for name, values := range filterValues(o) {
		for _, v := range values {
			out = append(out, hiddenField{name, v})
		}
	}
	return out
}

// showFound asks the questions of a choice about an activity that was found by words.
func (s *Server) showFound(r *request) (reply, error) {
	r.form.sent = false // what was sent are the cards with their words, not this form
	return s.showChoice(r)
}
