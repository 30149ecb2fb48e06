package web

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

func (s *Server) catalogueRoutes() []route {
	return []route{
		{"GET", "/catalogus", anyone, s.catalogue},
		{"GET", "/catalogus/:id", anyone, s.activity},
	}
}

// cataloguePage is the search that everyone may use, also without login.
type cataloguePage struct {
	Cards                       []offerCard
	Total, Hidden               int
	Fuzzy, Searched             bool
	Tags                        []string
	Facets                      []facet
	Chosen                      []link
	Days, Parts, Domains, Areas []option
	Prices, Distances           []option
	Page                        int
	Earlier, More               string
	CanLocate                   bool
}

// facet is a way to narrow, with counts.
type facet struct {
	Label string
	Links []facetLink
}

type facetLink struct {
	Href, Label string
	N           int
}

// perPage is how many activities one page of the catalogue has; facetLinks how many ways to narrow each kind shows.
const (
	perPage    = 20
	facetLinks = 8
	maxPage    = 500
)

// The fields of the search form, in the order in which what was chosen is shown.
var searchFields = []string{"q", "soort", "tag", "leeftijd", "dag", "deel", "prijs", "wijk", "postcode", "afstand"}

func (s *Server) catalogue(r *request) (reply, error) {
	for _, f := range searchFields {
		r.form.set(f, r.query(f))
	}
	p := cataloguePage{Page: min(max(1, number(r.query("p"))), maxPage), CanLocate: s.Places != nil, Days: options("weekday", catalog.Weekdays...),
		Parts: options("part", "ochtend", "middag", "vooravond", "avond"), Domains: options("domain", catalog.Domains...), Areas: s.wijken(),
		Prices:    []option{{Value: "0", Label: "Gratis"}, {Value: "50", Label: "Tot € 50 per jaar"}, {Value: "150", Label: "Tot € 150 per jaar"}, {Value: "300", Label: "Tot € 300 per jaar"}},
		Distances: []option{{Value: "600", Label: "10 minuten lopen"}, {Value: "1500", Label: "10 minuten fietsen"}, {Value: "3000", Label: "20 minuten fietsen"}, {Value: "6000", Label: "Verder"}}}
	q, err := s.searchQuery(r, p.Page)
	if err != nil {
		return r.again("catalogus", "Aanbod in de wijk", p, err)
	}
	list, found, err := s.Catalog.Find(r.ctx, s.tenantOf(r), q)
	if err != nil {
		return reply{}, err
	}
	p.Total, p.Fuzzy, p.Searched = found.Total, found.Fuzzy, len(r.c.Context().QueryArgs().QueryString()) > 0
	for _, t := range found.Tags {
		p.Tags = append(p.Tags, questionnaire.Taxonomy().Label(t))
	}
	if err := s.addCards(r, &p, list, q.Near); err != nil {
		return reply{}, err
	}
	s.addWays(r, &p, found)
	return page("catalogus", "Aanbod in de wijk", p), nil
}

// tenantOf is whose catalogue is shown: of who is logged in, else of this site.
func (s *Server) tenantOf(r *request) string {
	if r.in {
		return r.who.Tenant
	}
	return s.Tenant
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// searchQuery reads the form. What cannot be read is said, with the field.
func (s *Server) searchQuery(r *request, page int) (catalog.Query, error) {
	q := catalog.Query{Words: r.query("q"), Domain: r.query("soort"), Weekday: r.query("dag"), Part: r.query("deel"), Area: r.query("wijk"),
		Limit: perPage, Offset: (page - 1) * perPage}
	var wrong problems
	wrong.need(len(q.Words) <= 200, "q", "Gebruik hoogstens 200 letters.")
	if t := r.query("tag"); t != "" {
		q.Tags = []string{t}
	}
	if typed := r.query("leeftijd"); typed != "" {
		q.Age = number(typed)
		wrong.need(q.Age >= 1 && q.Age <= 99, "leeftijd", "Vul een leeftijd in, bijvoorbeeld 9.")
	}
	if typed := r.query("prijs"); typed != "" {
		euros := number(typed)
		wrong.need(euros >= 0 && euros <= 10_000, "prijs", "Kies een prijs uit de lijst.")
		q.Free, q.MaxCents = euros == 0, euros*100
	}
	if typed := r.query("postcode"); typed != "" {
		near, ok := s.near(r, typed, &wrong)
		if q.Within = float64(number(r.query("afstand"))); q.Within <= 0 || q.Within > 50_000 {
			q.Within = 1500
		}
		if ok {
			q.Near = &near
		}
	}
	return q, wrong.err()
}

func (s *Server) near(r *request, typed string, wrong *problems) (geo.Point, bool) {
	pc, err := geo.ParsePostcode(typed)
	wrong.need(err == nil, "postcode", "Dit is geen postcode. Vul vier cijfers en twee letters in, bijvoorbeeld 3072 AB.")
	if err != nil || s.Places == nil {
		return geo.Point{}, false
	}
	p, ok := s.Places.Locate(r.ctx, pc)
	wrong.need(ok, "postcode", "Deze postcode kennen we niet. Kijk of hij klopt, of kies een wijk.")
	return p, ok
}

// addCards shows what was found. What families may not see yet is left out for them, and counted (DOMAIN 7.9).
func (s *Server) addCards(r *request, p *cataloguePage, list []catalog.Activity, near *geo.Point) error {
	for _, a := range list {
		full, partner, err := s.Catalog.Activity(r.ctx, s.tenantOf(r), a.ID)
		if errs.KindOf(err) == errs.NotFound && err != nil {
			continue // gone since it was found
		}
		if err != nil {
			return err
		}
		if !seesUndeclared(r, partner) && !declared(partner) {
			p.Hidden++
			continue
		}
		c := cardOf(full, partner)
		c.Unsafe = c.Unsafe && r.in
		c.Distance = distanceWords(full, near)
		p.Cards = append(p.Cards, c)
	}
	return nil
}

// seesUndeclared says whether somebody may see offers of partners that did not declare safety yet: people who work with
// children and the catalogue, and the partner itself.
func seesUndeclared(r *request, p catalog.Partner) bool {
	if !r.in {
		return false
	}
	if r.who.Role == access.PartnerRole {
		return p.ID == r.who.Partner
	}
	return true
}

// distanceWords says how far the nearest place is, in straight metres, rounded: the way itself is longer.
func distanceWords(a catalog.Activity, near *geo.Point) string {
	if near == nil {
		return ""
	}
	least := math.Inf(1)
	for _, sl := range a.Slots {
		if p, ok := sl.Location.Point(); ok {
			least = min(least, geo.Distance(*near, p))
		}
	}
	switch {
	case math.IsInf(least, 1):
		return ""
	case least < 1000:
		return fmt.Sprintf("ongeveer %d meter", int(math.Ceil(least/100))*100)
	}
	return strings.Replace(fmt.Sprintf("ongeveer %.1f kilometer", least/1000), ".", ",", 1)
}

// wijken are the areas one can search in.
func (s *Server) wijken() []option {
	if s.Areas == nil {
		return nil
	}
	var out []option
	for _, a := range s.Areas.Kind(geo.Wijk) {
		out = append(out, option{Value: a.Code, Label: a.Name})
	}
	slices.SortFunc(out, func(a, b option) int { return strings.Compare(a.Label, b.Label) })
	return out
}

// addWays adds what was chosen with a way to take it off, what can still be chosen with counts, and the other pages.
func (s *Server) addWays(r *request, p *cataloguePage, found catalog.Found) {
	for _, f := range searchFields {
		if v := r.query(f); v != "" && f != "afstand" {
			p.Chosen = append(p.Chosen, link{Href: withQuery(r, f, ""), Label: s.chosenWord(f, v)})
		}
	}
	for _, kind := range []struct{ facet, field, label string }{{"domain", "soort", "Soort"}, {"tag", "tag", "Onderwerp"}, {"weekday", "dag", "Dag"}, {"part", "deel", "Dagdeel"}, {"area", "wijk", "Wijk"}} {
		f := facet{Label: kind.label}
		for _, c := range found.Facets[kind.facet] {
			if label := s.chosenWord(kind.field, c.Value); r.query(kind.field) == "" && c.N > 0 && label != "" && len(f.Links) < facetLinks {
				f.Links = append(f.Links, facetLink{Href: withQuery(r, kind.field, c.Value), Label: label, N: c.N})
			}
		}
		if len(f.Links) > 1 {
			p.Facets = append(p.Facets, f)
		}
	}
	if p.Page > 1 {
		p.Earlier = withQuery(r, "p", strconv.Itoa(p.Page-1))
	}
	if p.Page*perPage < p.Total && p.Page < maxPage {
		p.More = withQuery(r, "p", strconv.Itoa(p.Page+1))
	}
}

// chosenWord says a chosen value; "" for an area without a name.
func (s *Server) chosenWord(field, v string) string {
	switch field {
	case "soort":
		return word("domain", v)
	case "tag":
		return questionnaire.Taxonomy().Label(v)
	case "dag":
		return word("weekday", v)
	case "deel":
		return word("part", v)
	case "leeftijd":
		return v + " jaar"
	case "prijs":
		if v == "0" {
			return "gratis"
		}
		return "tot € " + v + " per jaar"
	case "postcode":
		return "bij " + v
	case "wijk":
		for _, o := range s.wijken() {
			if o.Value == v {
				return o.Label
			}
		}
		return ""
	}
	return "“" + v + "”"
}

// withQuery is the address of this search with one field changed; another search begins at the first page.
func withQuery(r *request, field, value string) string {
	q := url.Values{}
	for _, f := range searchFields {
		if v := r.query(f); v != "" && f != field {
			q.Set(f, v)
		}
	}
	if value != "" {
		q.Set(field, value)
	}
	if len(q) == 0 {
		return "/catalogus"
	}
	return "/catalogus?" + q.Encode()
}
