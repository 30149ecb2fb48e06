package web

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
)

// offering is the real catalog.Service over a small store in memory, with a search that looks for words in titles.
type offering struct {
	*catalog.Service
	store *offerStore
}

type offerStore struct {
	catalog.Store
	activities map[string]catalog.Activity
	partners   map[string]catalog.Partner
	order      []string
}

func newOffering() *offering {
	st := &offerStore{activities: map[string]catalog.Activity{}, partners: map[string]catalog.Partner{
		"p1": {ID: "p1", Name: "Sportclub De Wielslag", Kind: "sportclub", Contact: catalog.Contact{Name: "Karim", Phone: "010 123 45 67"},
			Safety: catalog.Safety{VOG: catalog.Yes, Confidant: catalog.Yes, DeclaredOn: date("2026-01-10")}},
		"p2": {ID: "p2", Name: "Buurthuis De Put", Kind: "buurthuis"},
	}}
	n := 0
	o := &offering{store: st}
	o.Service = &catalog.Service{Store: st, Search: o, Clock: func() time.Time { return testNow }, NewID: func() string { n++; return fmt.Sprintf("new%d", n) }}
	eight, twelve, twenty, ten := 8, 12, 20, 10
	hall := catalog.Location{Name: "Sporthal De Wielslag", Street: "Catullusweg 200", Postcode: "3074AB", Place: "Rotterdam", Lat: 51.8905, Lon: 4.501}
	st.put(catalog.Activity{ID: "o1", Partner: "p1", Title: "Basketbal U12", Text: "Je leert dribbelen, passen en scoren. Iedereen mag meedoen, ook als je het nog nooit hebt gedaan.",
		Domain: "sport", Tags: []string{"basketbal"}, Audience: "child", AgeMin: &eight, AgeMax: &twelve, State: catalog.Published, ConfirmedOn: date("2026-06-01"),
		Costs: []catalog.Cost{{Kind: "contributie", Cents: 26500, Per: "year"}, {Kind: "inschrijfgeld", Cents: 1500, Per: "once"}}, Trial: catalog.Trial{FreeLessons: 2}, LendsKit: catalog.Yes,
		Bring: []string{"Gymschoenen", "Flesje water"}, Access: catalog.Access{StepFree: catalog.Yes, LowStimulus: catalog.No}, Languages: []string{"nl", "tr"}, Registration: catalog.Registration{Via: []string{"telefoon"}},
		Slots: []catalog.Slot{{ID: "s1", Weekday: "wo", Start: 17 * 60, End: 18*60 + 15, Location: hall, Capacity: &twenty, Enrolled: 14}, {ID: "s2", Weekday: "vr", Start: 16 * 60, End: 17 * 60, Location: hall, Capacity: &ten, Enrolled: 10}}})
	st.put(catalog.Activity{ID: "o2", Partner: "p1", Title: "Pleinbasketbal", Domain: "sport", Tags: []string{"basketbal"}, Audience: "child", AgeMin: &eight, State: catalog.Published, ConfirmedOn: date("2026-09-01"),
		Costs: []catalog.Cost{}, Slots: []catalog.Slot{{ID: "s1", Weekday: "do", Start: 15*60 + 15, End: 16*60 + 30, Location: catalog.Location{Name: "Plein", Street: "Wilgenplein 1", Postcode: "3072AB", Place: "Rotterdam", Lat: 51.8975, Lon: 4.5075}}}})
	st.put(catalog.Activity{ID: "o3", Partner: "p1", Title: "Streetdance", State: catalog.Draft, Domain: "cultuur", Tags: []string{"streetdance"}})
	st.put(catalog.Activity{ID: "o4", Partner: "p2", Title: "Koken voor kids", Domain: "zorg", Tags: []string{"koken_bakken"}, Audience: "child", AgeMin: &eight, State: catalog.Published, ConfirmedOn: date("2025-11-01"),
		Slots: []catalog.Slot{{ID: "s1", Weekday: "vr", Start: 15 * 60, End: 16*60 + 30, Location: hall}}})
	return o
}

func (s *offerStore) put(a catalog.Activity) {
	if _, ok := s.activities[a.ID]; !ok {
		s.order = append(s.order, a.ID)
	}
	a.Version++
	s.activities[a.ID] = a
}

func (s *offerStore) Apply(_ context.Context, _ string, e catalog.Edit) (int64, error) {
	for _, a := range e.Activities {
		if old, ok := s.activities[a.ID]; ok && old.Version != a.Version {
			return 0, errs.New(errs.Conflict, "Iemand was je voor.")
		}
		s.put(a)
	}
	for _, p := range e.Partners {
		p.Version++
		s.partners[p.ID] = p
	}
	return 1, nil
}

func (s *offerStore) Activity(_ context.Context, _, id string) (catalog.Activity, error) {
	a, ok := s.activities[id]
	if !ok {
		return a, errs.New(errs.NotFound, "weg")
	}
	return a, nil
}

func (s *offerStore) Activities(_ context.Context, _ string, ids []string) (out []catalog.Activity, err error) {
	for _, id := range ids {
		if a, ok := s.activities[id]; ok {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *offerStore) ActivitiesOf(_ context.Context, _, partner string) (out []catalog.Activity, err error) {
	for _, id := range s.order {
		if s.activities[id].Partner == partner {
			out = append(out, s.activities[id])
		}
	}
	return out, nil
}

func (s *offerStore) Partner(_ context.Context, _, id string) (catalog.Partner, error) {
	p, ok := s.partners[id]
	if !ok {
		return p, errs.New(errs.NotFound, "weg")
	}
	return p, nil
}

func (s *offerStore) Partners(context.Context, string) (out []catalog.Partner, err error) {
	for _, p := range s.partners {
		out = append(out, p)
	}
	return out, nil
}

func (s *offerStore) BySource(context.Context, string, string) (map[string]catalog.Partner, map[string]catalog.Activity, error) {
	return nil, nil, nil
}

// Search finds published offers by a word of the title; "basketbl" is found as something that looks like it.
func (o *offering) Search(_ context.Context, _ string, q catalog.Query) (catalog.Found, error) {
	f := catalog.Found{Facets: map[string][]catalog.FacetCount{"domain": {{Value: "sport", N: 2}, {Value: "zorg", N: 1}}, "weekday": {{Value: "wo", N: 1}, {Value: "do", N: 1}, {Value: "vr", N: 2}}, "tag": {{Value: "basketbal", N: 2}, {Value: "koken_bakken", N: 1}}}}
	for _, id := range o.store.order {
		a := o.store.activities[id]
		words := strings.ToLower(q.Words)
		if words == "basketbl" {
			words, f.Fuzzy = "basketbal", true
		}
		if a.State == catalog.Published && strings.Contains(strings.ToLower(a.Title), words) && (q.Domain == "" || a.Domain == q.Domain) && (!q.Free || a.CostsSaid() && len(a.Costs) == 0) {
			f.IDs = append(f.IDs, id)
		}
	}
	f.Total = len(f.IDs)
	return f, nil
}

// places knows two postcodes.
type places struct{}

func (places) Locate(_ context.Context, p geo.Postcode) (geo.Point, bool) {
	switch p {
	case "3072AB":
		return geo.Point{Lat: 51.8975, Lon: 4.5050}, true
	case "3074AB":
		return geo.Point{Lat: 51.8905, Lon: 4.5010}, true
	}
	return geo.Point{}, false
}

// importer reads "goed" as one partner, and refuses a row.
type importer struct{}

func (importer) Read(_ context.Context, name string, data []byte) (catalog.Import, error) {
	if !strings.HasPrefix(string(data), "goed") {
		return catalog.Import{}, errs.InvalidFields("Dit bestand kunnen we niet lezen.", errs.Field{Name: "bestand", Message: "Verwacht csv, xlsx of json."})
	}
	return catalog.Import{Source: name, Partners: []catalog.Partner{{ID: "x1", Name: "Schaakclub", Kind: "overig"}},
		Refused: []catalog.Refused{{Record: "<b>Kapot</b>", Row: 3, Field: "postcode", Reason: "Dit is geen postcode."}}}, nil
}
