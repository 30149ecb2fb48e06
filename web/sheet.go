package web

import (
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// sheet is a questionnaire that is being answered, with a known child (/afname/ID) or with a class card (/k/vragen). One
// question is one page; a question with many pictures or a follow-up has parts.
type sheet struct {
	afname kindinkaart.Afname
	items  []questionnaire.Item
	base   string
	lang   string
	review bool   // came from "Kijk je antwoorden na" and goes back there
	animal string // of the card, "" with a known child
	leave  string // where "stoppen" goes
	save   func(version int, rep kindinkaart.Reply) (kindinkaart.Afname, error)
	finish func() error // stores the profile
	after  string       // where finishing goes
}

// opener finds the questionnaire of a request; a child's and a card's differ only in this.
type opener func(*request) (*sheet, error)

// unfinished makes a page of a questionnaire that is not done yet; one that is done goes to its end.
func unfinished(open opener, do func(*request, *sheet) (reply, error)) handler {
	return func(r *request) (reply, error) {
		sh, err := open(r)
		if err != nil {
			return reply{}, err
		}
		if sh.Done() {
			return see(sh.base + "/klaar"), nil
		}
		return do(r, sh)
	}
}

// childSheet opens the questionnaire of a known child.
func (s *Server) childSheet(r *request) (*sheet, error) {
	a, err := s.Kind.Afname(r.ctx, r.who, r.param("id"))
	if err != nil {
		return nil, err
	}
	sh := newSheet(r, a, "/afname/"+url.PathEscape(a.ID))
	sh.leave, sh.after = "/kinderen/"+url.PathEscape(a.Child), sh.base+"/delen"
	if a.Variant == questionnaire.VariantP {
		sh.after = sh.base + "/klaar"
	}
	sh.save = func(version int, rep kindinkaart.Reply) (kindinkaart.Afname, error) {
		return s.Kind.SaveReply(r.ctx, r.who, a.ID, version, rep)
	}
	sh.finish = func() error { _, err := s.Kind.FinishAfname(r.ctx, r.who, a.ID); return err }
	return sh, nil
}

func newSheet(r *request, a kindinkaart.Afname, base string) *sheet {
	sh := &sheet{afname: a, base: base, items: askedOf(a), lang: r.query("taal"), review: r.query("na") == "1"}
	if sh.lang == "" && a.Variant == questionnaire.VariantP {
		sh.lang = a.Language // of contact with the parents; children begin in Dutch, the language of their class
	}
	if !slices.Contains(questionnaire.Languages, sh.lang) {
		sh.lang = "nl"
	}
	return sh
}

// askedOf are the questions to ask now. One about health or faith is not shown before there is a yes to exactly that: nobody
// answers it for nothing.
func askedOf(a kindinkaart.Afname) []questionnaire.Item {
	return slices.DeleteFunc(slices.Clone(questionnaire.Default().Items(a.Variant, a.ClassMode)), func(it questionnaire.Item) bool {
		return slices.Contains(a.Withheld, it.ID)
	})
}

// Done says whether the questionnaire was finished before.
func (sh *sheet) Done() bool { return !sh.afname.FinishedAt.IsZero() }

// place is one page of the questionnaire: a question by number and one of its parts, from 1.
type place struct{ n, part int }

// find gives the place that the address names.
func (sh *sheet) find(r *request) (place, questionnaire.Item, error) {
	n := slices.IndexFunc(sh.items, func(it questionnaire.Item) bool { return it.ID == r.param("vraag") })
	if n < 0 {
		return place{}, questionnaire.Item{}, errs.New(errs.NotFound, notFoundText)
	}
	part, err := strconv.Atoi(r.query("deel"))
	if err != nil || part < 1 || part > sh.parts(sh.items[n]) {
		part = 1
	}
	return place{n, part}, sh.items[n], nil
}

// at is the address of a page under base, with the language and the way back.
func (sh *sheet) at(page string, part int, lang string, review bool) string {
	q := url.Values{}
	if part > 1 {
		q.Set("deel", strconv.Itoa(part))
	}
	if lang != "nl" || sh.afname.Variant == questionnaire.VariantP {
		q.Set("taal", lang)
	}
	if review {
		q.Set("na", "1")
	}
	to := sh.base
	if page != "" {
		to += "/" + page
	}
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	return to
}

func (sh *sheet) here(p place) string { return sh.at(sh.items[p.n].ID, p.part, sh.lang, sh.review) }

// next is the page after a place: the next part, the next question, or the answers to look over.
func (sh *sheet) next(p place) string {
	switch {
	case p.part < sh.parts(sh.items[p.n]):
		return sh.here(place{p.n, p.part + 1})
	case sh.review || p.n+1 >= len(sh.items):
		return sh.at("nakijken", 1, sh.lang, false)
	}
	return sh.here(place{p.n + 1, 1})
}

// back is the page before a place.
func (sh *sheet) back(p place) string {
	switch {
	case p.part > 1:
		return sh.here(place{p.n, p.part - 1})
	case sh.review:
		return sh.at("nakijken", 1, sh.lang, false)
	case p.n == 0:
		return sh.at("", 1, sh.lang, false)
	}
	return sh.here(place{p.n - 1, sh.parts(sh.items[p.n-1])})
}

// goOn is the first question that was not shown yet, or the answers to look over.
func (sh *sheet) goOn() string {
	for n, it := range sh.items {
		if !slices.Contains(sh.afname.Seen, it.ID) {
			return sh.here(place{n, 1})
		}
	}
	return sh.at("nakijken", 1, sh.lang, false)
}

// Pictures on one page of a grid: few for the youngest (DOMAIN 3.5).
const (
	gridYoung = 4
	gridOlder = 7
)

func (sh *sheet) gridSize() int {
	if sh.afname.Variant == questionnaire.VariantA {
		return gridYoung
	}
	return gridOlder
}

// parts is the number of pages of a question, given what was answered so far.
func (sh *sheet) parts(it questionnaire.Item) int {
	raw := sh.afname.Answers[it.ID]
	switch it.Type {
	case "grid3":
		n, size := len(it.OptionsFor(sh.afname.Variant)), sh.gridSize()
		return (n + size - 1) / size
	case "open_short":
		if len(proposals(sh.afname.OwnWords)) > 0 {
			return 2
		}
	case "single_plus":
		if sh.asksMore(it, plusOf(raw).ID) {
			return 2
		}
	case "language":
		var code string
		if json.Unmarshal(raw, &code) == nil && code != "" && (code == otherLanguage || !slices.Contains(questionnaire.Languages, code)) {
			return 2
		}
	}
	return 1
}

// otherLanguage is the option that asks for a language from a list.
const otherLanguage = "anders"

// asksMore says whether an option of a question with a follow-up has one.
func (sh *sheet) asksMore(it questionnaire.Item, id string) bool {
	i := slices.IndexFunc(it.Options, func(o questionnaire.Option) bool { return o.ID == id })
	if i < 0 || it.Options[i].DontKnow {
		return false
	}
	return len(it.Minutes) > 0 || it.Options[i].Followup != "" || len(it.Options[i].Followups) > 0
}

// plus is the answer to a question with a follow-up.
type plus struct {
	ID       string `json:"id"`
	Minutes  int    `json:"minutes,omitempty"`
	Followup string `json:"followup,omitempty"`
}

func plusOf(raw json.RawMessage) plus {
	var p plus
	if json.Unmarshal(raw, &p) != nil {
		return plus{}
	}
	return p
}

// proposals are the kinds of activity that the child's own words may mean, at most six.
func proposals(words string) []questionnaire.TagMatch {
	all := questionnaire.TagsForWords(words)
	return all[:min(len(all), 6)]
}

// shuffled gives options in an order of their own for each afname, so that the first picture is not always the same one; the
// same afname always gets the same order. What excludes or names an amount keeps its place.
func (sh *sheet) shuffled(it questionnaire.Item) []questionnaire.Option {
	options := it.OptionsFor(sh.afname.Variant)
	pictures := it.Type == "grid3" || it.Type == "rank" || it.Type == "multi_from" || it.Type == "multi" && (it.Evidence == "interest" || it.Evidence == "talent")
	if !pictures || slices.ContainsFunc(options, func(o questionnaire.Option) bool { return o.Exclusive }) {
		return options
	}
	h := fnv.New64a()
	h.Write([]byte(sh.afname.ID))
	out := slices.Clone(options)
	rand.New(rand.NewPCG(h.Sum64(), 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// dontKnow is the id of the option "weet ik niet", "" when a question has none.
func dontKnow(it questionnaire.Item) string {
	for _, o := range it.Options {
		if o.DontKnow {
			return o.ID
		}
	}
	return ""
}
