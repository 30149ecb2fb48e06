package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// offerers are the people who offer activities.
var offerers = []access.Role{access.PartnerRole}

func (s *Server) mineRoutes() []route {
	return []route{
		{"GET", "/aanbod", offerers, s.mine},
		{"GET", "/aanbod/nieuw", offerers, s.newOffer},
		{"POST", "/aanbod/nieuw", offerers, s.startOffer},
		{"GET", "/aanbod/wat-mist", offerers, s.nearGaps},
		{"GET", "/aanbod/:id", offerers, s.showOffer},
		{"POST", "/aanbod/:id/stand", offerers, s.offerState},
		{"POST", "/aanbod/:id/klopt", offerers, s.confirmOffer},
		{"GET", "/aanbod/:id/:stap", offerers, s.showStep},
		{"POST", "/aanbod/:id/:stap", offerers, s.saveStep},
	}
}

// minePage is everything a partner offers.
type minePage struct {
	Partner  catalog.Partner
	Offers   []mineRow
	Declared bool
	Ask      int // offers that were not confirmed for eight weeks
	Saved    string
}

// mineRow is one offer with its state and what would help most.
type mineRow struct {
	catalog.Activity
	Tag, When, StateWord, StateKind, StateIcon string
	Percent                                    int
	Tip                                        string
	Ask, Full                                  bool
}

// askAfter is how long an offer may stand before we ask "Klopt dit nog?" (UX C).
const askAfter = 8 * 7

func (s *Server) mine(r *request) (reply, error) {
	partner, list, err := s.Catalog.Mine(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	p := minePage{Partner: partner, Declared: declared(partner), Saved: r.query("gelukt")}
	for _, a := range list {
		row := rowOfOffer(a, partner, r.today())
		if row.Ask {
			p.Ask++
		}
		p.Offers = append(p.Offers, row)
	}
	slices.SortStableFunc(p.Offers, func(a, b mineRow) int { return stateOrder(a) - stateOrder(b) })
	return page("mijn-aanbod", "Mijn aanbod", p), nil
}

// stateOrder puts what asks for an answer first and what has stopped last.
func stateOrder(r mineRow) int {
	if r.Ask {
		return -1
	}
	return slices.Index([]catalog.State{catalog.Draft, catalog.InPreparation, catalog.Published, catalog.Paused, catalog.Withdrawn}, r.State)
}

var offerStates = map[catalog.State]chip{
	catalog.Draft: {"note", "edit", "", "concept"}, catalog.InPreparation: {"note", "edit", "", "in voorbereiding"}, catalog.Published: {"ok", "eye", "", "zichtbaar"},
	catalog.Paused: {"help", "player-pause", "", "op pauze"}, catalog.Withdrawn: {"no", "x", "", "gestopt"},
}

func rowOfOffer(a catalog.Activity, partner catalog.Partner, today civil.Date) mineRow {
	state := offerStates[a.State]
	row := mineRow{Activity: a, Tag: firstTag(a), When: whenWords(a), StateWord: state.Text, StateKind: state.Kind, StateIcon: state.Icon, Full: isFull(a)}
	row.Percent, row.Tip = catalog.Completeness(a, partner)
	row.Ask = a.State == catalog.Published && today.DaysSince(a.ConfirmedOn) >= askAfter
	return row
}

func firstTag(a catalog.Activity) string {
	if len(a.Tags) > 0 {
		return a.Tags[0]
	}
	return ""
}

// whenWords are the first three times, and how many more.
func whenWords(a catalog.Activity) string {
	var parts []string
	for _, sl := range a.Slots {
		if sl.Weekday != "" || len(sl.Dates) > 0 {
			parts = append(parts, sl.When())
		}
	}
	if len(parts) > 3 {
		parts = append(parts[:3], "en meer")
	}
	return strings.Join(parts, ", ")
}

// isFull says whether every time with a number of places has none left.
func isFull(a catalog.Activity) bool {
	known := false
	for _, sl := range a.Slots {
		if sl.Capacity == nil || *sl.Capacity > sl.Enrolled {
			return false
		}
		known = true
	}
	return known
}

// declared says whether a partner has declared to work safely with children; else families do not see it (DOMAIN 7.9).
func declared(p catalog.Partner) bool {
	return p.Safety.VOG == catalog.Yes && p.Safety.Confidant == catalog.Yes && p.Safety.DeclaredOn.IsValid()
}

// own finds an offer of the partner who asks.
func (s *Server) own(r *request) (catalog.Activity, catalog.Partner, []catalog.Activity, error) {
	partner, list, err := s.Catalog.Mine(r.ctx, r.who)
	if err != nil {
		return catalog.Activity{}, partner, nil, err
	}
	i := slices.IndexFunc(list, func(a catalog.Activity) bool { return a.ID == r.param("id") })
	if i < 0 {
		return catalog.Activity{}, partner, nil, errs.New(errs.NotFound, notFoundText)
	}
	return list[i], partner, list, nil
}

// offerPage is the last look before publishing: the card as a child sees it, how complete it is and one tip.
type offerPage struct {
	Row      mineRow
	Card     offerCard
	Lacking  []lackingLine
	Similar  []catalog.Activity
	Declared bool
	Steps    []stepLink
	Saved    string
}

type lackingLine struct{ Text, Href string }

type stepLink struct {
	N           int
	Label, Href string
	Here, Done  bool
}

func (s *Server) showOffer(r *request) (reply, error) {
	p, err := s.offerPage(r)
	if err != nil {
		return reply{}, err
	}
	return page("aanbod-kijk", offerTitle(p), p), nil
}

func offerTitle(p offerPage) string {
	if p.Row.Title == "" {
		return "Aanbod zonder naam"
	}
	return p.Row.Title
}

func (s *Server) offerPage(r *request) (offerPage, error) {
	a, partner, list, err := s.own(r)
	if err != nil {
		return offerPage{}, err
	}
	p := offerPage{Row: rowOfOffer(a, partner, r.today()), Card: cardOf(a, partner), Declared: declared(partner), Steps: stepLinks(a, 0), Saved: r.query("gelukt")}
	p.Card.Href = "" // a picture of the card: there is nothing behind it yet
	for _, f := range catalog.Missing(a) {
		p.Lacking = append(p.Lacking, lackingLine{f.Message, offerPath(a.ID, stepOf(f.Name))})
	}
	p.Similar, err = s.similar(r, list, a)
	return p, err
}

// similar looks for the same offer among one's own and in the whole catalogue.
func (s *Server) similar(r *request, own []catalog.Activity, a catalog.Activity) ([]catalog.Activity, error) {
	out := catalog.Similar(own, a)
	if a.Title == "" {
		return out, nil
	}
	found, _, err := s.Catalog.Find(r.ctx, r.who.Tenant, catalog.Query{Words: a.Title, Limit: 20})
	if err != nil {
		return nil, err
	}
	for _, b := range catalog.Similar(found, a) {
		if !slices.ContainsFunc(out, func(o catalog.Activity) bool { return o.ID == b.ID }) {
			out = append(out, b)
		}
	}
	return out[:min(3, len(out))], nil
}

func (s *Server) offerState(r *request) (reply, error) {
	id, version := r.param("id"), r.number("versie")
	var err error
	to := catalog.State(r.typed("stand"))
	switch to {
	case catalog.Published:
		_, err = s.Catalog.Publish(r.ctx, r.who, id, version)
	case catalog.Paused, catalog.Withdrawn, catalog.Draft:
		_, err = s.Catalog.SetState(r.ctx, r.who, id, version, to)
	default:
		err = errs.New(errs.Invalid, "Kies wat er met dit aanbod moet gebeuren.")
	}
	if err != nil {
		p, perr := s.offerPage(r)
		if perr != nil {
			return reply{}, perr
		}
		out, err := r.again("aanbod-kijk", offerTitle(p), p, err)
		r.form.problems = nil // what is missing stands on the page with a link to its step
		return out, err
	}
	return see("/aanbod/" + url.PathEscape(id) + "?gelukt=" + url.QueryEscape(string(to))), nil
}

// confirmOffer is "Klopt dit nog? Ja, Vol, Gestopt" in one tap.
func (s *Server) confirmOffer(r *request) (reply, error) {
	a, _, _, err := s.own(r)
	if err != nil {
		return reply{}, err
	}
	version, answer := r.number("versie"), r.typed("klopt")
	switch answer {
	case "ja", "vol":
		if answer == "vol" {
			a.Version = version
			fill(&a)
			if a, err = s.Catalog.SaveDraft(r.ctx, r.who, a); err != nil {
				return reply{}, err
			}
			version = a.Version
		}
		_, err = s.Catalog.Confirm(r.ctx, r.who, a.ID, version, r.today())
	case "gestopt":
		_, err = s.Catalog.SetState(r.ctx, r.who, a.ID, version, catalog.Withdrawn)
	default:
		err = errs.New(errs.Invalid, "Kies Ja, Vol of Gestopt.")
	}
	if err != nil {
		return reply{}, err
	}
	return see("/aanbod?gelukt=" + answer), nil
}

// fill says of every time that there is no place left: the number of places becomes the number of children that are in.
func fill(a *catalog.Activity) {
	a.Slots = slices.Clone(a.Slots)
	for i := range a.Slots {
		sl := &a.Slots[i]
		if sl.Capacity == nil || *sl.Capacity > sl.Enrolled {
			if sl.Capacity != nil {
				sl.Enrolled = *sl.Capacity
			} else {
				n := sl.Enrolled
				sl.Capacity = &n
			}
		}
	}
}

// offerCard is an offer as families see it.
type offerCard struct {
	ID, Title, Text, Tag, TagLabel, When, Where, Partner, Age string
	Price                                                     string
	Chips                                                     []chip
	Href                                                      string
	Distance                                                  string
	Unsafe                                                    bool // safety not declared: only for people who work with children
}

func cardOf(a catalog.Activity, partner catalog.Partner) offerCard {
	c := offerCard{ID: a.ID, Title: a.Title, Text: a.Text, Tag: firstTag(a), When: whenWords(a), Partner: partner.Name, Age: ageWords(a), Price: priceWords(a),
		Href: "/catalogus/" + url.PathEscape(a.ID), Unsafe: !declared(partner)}
	if c.Title == "" {
		c.Title = "Nog geen naam"
	}
	if c.Tag != "" {
		c.TagLabel = questionnaire.Taxonomy().Label(c.Tag)
	}
	for _, sl := range a.Slots {
		if c.Where = placeWords(sl.Location); c.Where != "" {
			break
		}
	}
	c.Chips = offerChips(a)
	return c
}

// offerChips are at most four facts that decide whether a child can go.
func offerChips(a catalog.Activity) []chip {
	out := []chip{{"note", "coin", "", "prijs nog vragen"}}
	switch {
	case a.CostsSaid() && len(a.Costs) == 0:
		out[0] = chip{"ok", "check", "", "gratis"}
	case a.CostsSaid():
		out[0] = chip{"help", "coin", "", priceWords(a)}
	}
	if a.CostsSaid() && len(a.Costs) > 0 && (a.Trial.FreeLessons > 0 || a.Trial.Free == catalog.Yes) {
		out = append(out, chip{"ok", "star", "", "gratis proberen"})
	}
	if isFull(a) {
		out = append(out, chip{"no", "clock", "", "nu vol"})
	}
	if a.LendsKit == catalog.Yes {
		out = append(out, chip{"ok", "backpack", "", "spullen te leen"})
	}
	if a.Access.StepFree == catalog.Yes {
		out = append(out, chip{"ok", "check", "", "rolstoel kan erin"})
	}
	return out[:min(4, len(out))]
}

// ageWords says for whom: 8 tot en met 12 jaar.
func ageWords(a catalog.Activity) string {
	switch {
	case a.AgeMin != nil && a.AgeMax != nil && *a.AgeMin == *a.AgeMax:
		return countWord(*a.AgeMin, "jaar", "jaar")
	case a.AgeMin != nil && a.AgeMax != nil:
		return countWord(*a.AgeMin, "", "") + "tot en met " + countWord(*a.AgeMax, "jaar", "jaar")
	case a.AgeMin != nil && *a.AgeMin == 0:
		return "alle leeftijden"
	case a.AgeMin != nil:
		return "vanaf " + countWord(*a.AgeMin, "jaar", "jaar")
	case a.AgeMax != nil:
		return "tot en met " + countWord(*a.AgeMax, "jaar", "jaar")
	}
	return ""
}

// priceWords says what one has to pay, added up per period: gratis, € 5 per keer, € 215 per jaar en € 97 één keer; "" when
// nobody said it. Nothing that must be paid is left out.
func priceWords(a catalog.Activity) string {
	if !a.CostsSaid() {
		return ""
	}
	sum := map[string]int{}
	for _, c := range a.Costs {
		if c.Required == nil || *c.Required {
			sum[c.Per] += c.Cents
		}
	}
	var parts []string
	for _, per := range []string{"year", "season", "quarter", "month", "time", "once"} {
		if sum[per] > 0 {
			parts = append(parts, euro(sum[per])+" "+word("per", per))
		}
	}
	if len(parts) == 0 {
		return "gratis"
	}
	return strings.Join(parts, " en ")
}

// placeWords is a place in one line.
func placeWords(l catalog.Location) string {
	postcode := l.Postcode
	if pc, err := geo.ParsePostcode(postcode); err == nil {
		postcode = pc.String()
	}
	var parts []string
	for _, p := range []string{l.Name, l.Street, strings.TrimSpace(postcode + " " + l.Place)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}
