package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// The five steps of an offer (UX C). Each is saved as a draft by itself.
const (
	stepWhat = iota + 1
	stepWho
	stepWhere
	stepWhen
	stepCosts
	steps5 = stepCosts
)

var stepNames = []string{"", "Wat is het?", "Voor wie is het?", "Waar is het?", "Wanneer is het?", "Wat kost het?"}

// stepPage is one step of an offer.
type stepPage struct {
	N                             int
	Name, Action, Back            string
	Version                       int
	New                           bool
	Steps                         []stepLink
	Domains, Ages, Groups, Whos   []option
	TagGroups                     []tagGroup
	Places                        []option
	Slots                         []slotRow
	Days                          []option
	Costs                         []int
	Kinds, Pers, Tri, Vias, Langs []option
	Dates                         []string // times on dates, which this form leaves as they are
}

type tagGroup struct {
	ID, Label string
	Tags      []option
	Open      bool
}

// slotRow is one line of the times.
type slotRow struct{ N, I int }

// offerPath is the page of a step, or of the offer itself for 0.
func offerPath(id string, step int) string {
	if step == 0 {
		return "/aanbod/" + url.PathEscape(id)
	}
	return "/aanbod/" + url.PathEscape(id) + "/" + strconv.Itoa(step)
}

// stepOf is the step in which a field of catalog.Validate or Missing is asked.
var whereFields = []string{"plek", "place_name", "postcode", "street", "place"}

func stepOf(field string) int {
	switch {
	case strings.Contains(field, "location"), slices.Contains(whereFields, field):
		return stepWhere
	case strings.HasPrefix(field, "slots"):
		return stepWhen
	case strings.HasPrefix(field, "age"), field == "audience", field == "group":
		return stepWho
	case field == "title", field == "text", field == "domain", strings.HasPrefix(field, "tags"):
		return stepWhat
	}
	return stepCosts
}

func stepLinks(a catalog.Activity, here int) []stepLink {
	lacking := map[int]bool{}
	for _, f := range catalog.Missing(a) {
		lacking[stepOf(f.Name)] = true
	}
	var out []stepLink
	for n := stepWhat; n <= steps5; n++ {
		l := stepLink{N: n, Label: []string{"", "Wat", "Voor wie", "Waar", "Wanneer", "Kosten en drempels"}[n], Here: n == here, Done: a.ID != "" && !lacking[n]}
		if a.ID != "" {
			l.Href = offerPath(a.ID, n)
		}
		out = append(out, l)
	}
	return out
}

func stepTitle(n int) string { return fmt.Sprintf("Stap %d van %d: %s", n, steps5, stepNames[n]) }

func (s *Server) newOffer(r *request) (reply, error) {
	p, err := s.stepPage(r, catalog.Activity{}, nil, stepWhat)
	if err != nil {
		return reply{}, err
	}
	return page("aanbod-stap", stepTitle(stepWhat), p), nil
}

// startOffer makes the draft with the first step.
func (s *Server) startOffer(r *request) (reply, error) {
	a := catalog.Activity{}
	readWhat(r, &a)
	p, err := s.stepPage(r, a, nil, stepWhat)
	if err != nil {
		return reply{}, err
	}
	if a.Title == "" {
		err = errs.InvalidFields("Er klopt nog iets niet.", errs.Field{Name: "title", Message: "Geef het aanbod een naam, bijvoorbeeld Basketbal voor meiden."})
	} else {
		err = r.once()
	}
	if err == nil {
		a, err = s.Catalog.SaveDraft(r.ctx, r.who, a)
	}
	if err != nil {
		return r.again("aanbod-stap", stepTitle(stepWhat), p, err)
	}
	return see(offerPath(a.ID, stepWho)), nil
}

func (s *Server) showStep(r *request) (reply, error) {
	a, _, list, n, err := s.ownStep(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.stepPage(r, a, list, n)
	if err != nil {
		return reply{}, err
	}
	fillStep(r, a, n)
	return page("aanbod-stap", stepTitle(n), p), nil
}

func (s *Server) ownStep(r *request) (catalog.Activity, catalog.Partner, []catalog.Activity, int, error) {
	n, err := strconv.Atoi(r.param("stap"))
	if err != nil || n < stepWhat || n > steps5 {
		return catalog.Activity{}, catalog.Partner{}, nil, 0, errs.New(errs.NotFound, notFoundText)
	}
	a, partner, list, err := s.own(r)
	return a, partner, list, n, err
}

// saveStep stores one step and goes on to the next, or to the card when it was the last.
func (s *Server) saveStep(r *request) (reply, error) {
	a, _, list, n, err := s.ownStep(r)
	if err != nil {
		return reply{}, err
	}
	p, err := s.stepPage(r, a, list, n)
	if err != nil {
		return reply{}, err
	}
	a.Version = r.number("versie")
	if err = s.readStep(r, &a, list, n); err == nil {
		_, err = s.Catalog.SaveDraft(r.ctx, r.who, a)
	}
	if err != nil {
		out, err := r.again("aanbod-stap", stepTitle(n), p, err)
		onThisStep(r, a, n)
		return out, err
	}
	switch {
	case r.typed("doe") == "meer":
		return see(offerPath(a.ID, n) + "?meer=1"), nil
	case r.typed("doe") == "later" || n == steps5:
		return see(offerPath(a.ID, 0)), nil
	}
	return see(offerPath(a.ID, n+1)), nil
}

// onThisStep gives problems the names of the fields on the page; what belongs to another step says so.
func onThisStep(r *request, a catalog.Activity, n int) {
	for i := range r.form.problems {
		f := &r.form.problems[i]
		if at := stepOf(f.Name); at != n {
			f.Message = fmt.Sprintf("Stap %d: %s", at, f.Message)
			f.Name = "stap"
			continue
		}
		if _, field, ok := strings.Cut(f.Name, ".location."); ok {
			f.Name = map[string]string{"name": "place_name", "street": "street", "postcode": "postcode", "place": "place"}[field]
			if f.Name == "" {
				f.Name = "postcode"
			}
		}
	}
}

func (s *Server) readStep(r *request, a *catalog.Activity, list []catalog.Activity, n int) error {
	switch n {
	case stepWhat:
		readWhat(r, a)
	case stepWho:
		return readWho(r, a)
	case stepWhere:
		return s.readWhere(r, a, list)
	case stepWhen:
		return readWhen(r, a)
	case stepCosts:
		return readCosts(r, a)
	}
	return nil
}

// stepPage fills the choices of a step.
func (s *Server) stepPage(r *request, a catalog.Activity, list []catalog.Activity, n int) (stepPage, error) {
	p := stepPage{N: n, Name: stepNames[n], Version: a.Version, New: a.ID == "", Steps: stepLinks(a, n), Action: "/aanbod/nieuw", Back: "/aanbod"}
	if a.ID != "" {
		p.Action, p.Back = offerPath(a.ID, n), offerPath(a.ID, max(n-1, 0))
		if n == stepWhat {
			p.Back = offerPath(a.ID, 0)
		}
	}
	switch n {
	case stepWhat:
		for _, d := range catalog.Domains {
			p.Domains = append(p.Domains, option{Value: d, Label: word("domain", d), Picto: d})
		}
		p.TagGroups = tagGroups(a.Tags)
	case stepWho:
		p.Ages = options("ages", "4-5", "6-8", "9-12", "0-", "anders")
		p.Whos = options("audience", "child", "parent_child", "family", "parent")
		p.Groups = options("groep", "mixed", "girls", "boys")
	case stepWhere:
		p.Places = lastPlaces(a, list)
	case stepWhen:
		p.Days = options("weekday", catalog.Weekdays...)
		p.Slots, p.Dates = slotRows(r, a)
	case stepCosts:
		p.Costs = []int{0, 1, 2}[:min(3, max(2, len(a.Costs)))]
		p.Kinds, p.Pers = options("cost", catalog.CostKinds...), options("per", catalog.CostPers...)
		p.Tri, p.Vias = options("tri", "ja", "nee", "onbekend"), options("via", catalog.RegistrationVias...)
		p.Langs = languageOptions
	}
	return p, nil
}

// tagGroups are the kinds of activity, group by group; tags that are never proposed can still be chosen here.
func tagGroups(chosen []string) []tagGroup {
	var out []tagGroup
	tree := questionnaire.Taxonomy()
	for _, g := range tree.Groups {
		group := tagGroup{ID: g.ID, Label: g.Label}
		for _, id := range tree.Leaves(g.ID) {
			group.Tags = append(group.Tags, option{Value: id, Label: tree.Label(id), Picto: id})
			group.Open = group.Open || slices.Contains(chosen, id)
		}
		out = append(out, group)
	}
	return out
}

// placesShown is how many earlier places can be chosen in one tap (UX, UiTdatabank).
const placesShown = 4

// lastPlaces are the last different places of this partner, the newest offers first.
func lastPlaces(a catalog.Activity, list []catalog.Activity) []option {
	var out []option
	for i, l := range knownPlaces(a, list) {
		out = append(out, option{Value: strconv.Itoa(i), Label: orElse(l.Name, l.Street), Hint: placeWords(catalog.Location{Street: l.Street, Postcode: l.Postcode, Place: l.Place})})
	}
	return append(out, option{Value: "anders", Label: "Ander adres"})
}

func knownPlaces(a catalog.Activity, list []catalog.Activity) []catalog.Location {
	var out []catalog.Location
	add := func(l catalog.Location) {
		if l.Findable() && len(out) < placesShown && !slices.ContainsFunc(out, func(o catalog.Location) bool { return placeWords(o) == placeWords(l) }) {
			out = append(out, l)
		}
	}
	for _, sl := range a.Slots {
		add(sl.Location)
	}
	for i := len(list) - 1; i >= 0; i-- {
		for _, sl := range list[i].Slots {
			add(sl.Location)
		}
	}
	return out
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// slotRows are the lines of the times: what is there, and one or three empty ones.
func slotRows(r *request, a catalog.Activity) (rows []slotRow, dates []string) {
	n := 0
	for i, sl := range a.Slots {
		if len(sl.Dates) > 0 {
			dates = append(dates, sl.When())
			continue
		}
		rows = append(rows, slotRow{N: n + 1, I: i})
		n++
	}
	extra := 1
	if r.query("meer") == "1" || n == 0 {
		extra = 3
	}
	for k := range extra {
		rows = append(rows, slotRow{N: n + 1 + k, I: len(a.Slots) + k})
	}
	return rows, dates
}
