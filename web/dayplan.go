package web

import (
	"net/url"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/traject"
)

// planPage is the day plan with pictures, for the fridge (DOMAIN 5): when to eat, when the bag is ready, when to go and how,
// when it begins and ends. It has no name of a child on it.
type planPage struct {
	Back    link
	Chosen  kindinkaart.Toeleiding
	Steps   []planStep
	Bring   []string
	Contact catalog.Contact
	Before  bool        // nothing was chosen yet: this is how it would be
	Small   bool        // as large as a postcard, A6
	Other   link        // the other size
	Found   *foundWords // that it was found by: the links are buttons then

	at      string // address of this page
	filters url.Values
}

// planStep is one moment of the day, with a picture.
type planStep struct{ Time, Text, Picto string }

// dayPlan is the plan of what was chosen.
func (s *Server) dayPlan(r *request) (reply, error) {
	h, err := s.homePage(r)
	if err != nil {
		return reply{}, err
	}
	p := planPage{Back: link{Href: h.Way, Label: "Terug naar het traject"}, Chosen: h.Chosen, Bring: h.Bring, Contact: h.Contact, at: h.Way + "/dagplan", filters: url.Values{}}
	return p.show(r), nil
}

// dayPlanBefore is the plan of what could be chosen, so that a family sees what it asks of a day. With words it is asked for by a
// form.
func (s *Server) dayPlanBefore(r *request) (reply, error) {
	c, err := s.choicePage(r)
	if err != nil {
		return reply{}, err
	}
	filters := filterValues(searchOptions(r, false))
	choice := "/kinderen/" + c.Child.ID + "/kiezen/" + c.Card.Activity.ID
	p := planPage{Back: link{Href: choice + "?" + filters.Encode(), Label: "Terug naar kiezen"}, Before: true, Bring: c.Card.Activity.Bring, Contact: c.Card.Activity.Contact,
		Chosen: c.Card.Item.Toeleiding(c.Card.Item.OfferOf(c.Card.Activity, c.Card.Partner)), at: choice + "/dagplan", filters: filters, Found: c.Found}
	if p.Found != nil {
		p.Back.Href = choice + "/gevonden"
	}
	if p.Contact == (catalog.Contact{}) {
		p.Contact = c.Card.Partner.Contact
	}
	return p.show(r), nil
}

func (p planPage) show(r *request) reply {
	p.Small, p.Steps = r.query("maat") == "klein", planSteps(p.Chosen)
	p.Other.Label = "Op een heel vel (A4)"
	if !p.Small {
		p.Other.Label = "Op een kaartje (A6)"
		p.filters.Set("maat", "klein")
	}
	p.Other.Href = p.at + "?" + p.filters.Encode()
	return page("dagplan", "Dagplan: "+p.Chosen.Title, p)
}

// planSteps puts the day plan into pictures: eat, bag, leave, start and going home (DOMAIN 5).
func planSteps(t kindinkaart.Toeleiding) []planStep {
	plan := traject.DayPlan(t.StartTime, float64(t.Minutes))
	steps := []planStep{
		{traject.Clock(plan.Eat), "Eten", "eten"},
		{traject.Clock(plan.Bag), "Tas klaar", "tas"},
		{traject.Clock(plan.Leave), leaveText(t), leavePicto(t.Mode)},
		{traject.Clock(plan.Start), t.Title + " begint", "plezier"},
	}
	if t.EndTime > t.StartTime {
		steps = append(steps, planStep{traject.Clock(t.EndTime), "Klaar, naar huis", "huis"})
	}
	return steps
}

// leaveText says how to go: "Weg: 8 minuten fietsen via de Erasmusbrug".
func leaveText(t kindinkaart.Toeleiding) string {
	if t.Mode == "" {
		return "Op pad. Zoek eerst samen uit hoe lang het duurt."
	}
	text := countWord(t.Minutes, "minuut", "minuten") + " " + word("mode", t.Mode)
	if t.About {
		text = "ongeveer " + text
	}
	if t.Via != "" {
		text += " via " + t.Via
	}
	return "Weg: " + text
}

func leavePicto(mode string) string {
	switch mode {
	case "":
		return "kompas"
	case "walk":
		return "lopen"
	case "transit":
		return "bus"
	}
	return "weg"
}
