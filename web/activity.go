package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// activityPage is one offer with everything a family needs to go there.
type activityPage struct {
	Card    offerCard
	Times   []timeLine
	Costs   []costLine
	Reduced []string
	Good    []string // goed om te weten, from data
	Bring   []string
	First   []string // the first step
	Contact catalog.Contact
	URL     string
	Map     *mapView

	OldSince string // not confirmed for 180 days
	Paused   bool
}

type timeLine struct{ When, Where, Places string }

type costLine struct{ What, Price string }

// staleAfter is how many days an offer may go without confirmation before the page says so (UX, Outpost).
const staleAfter = 180

// activity shows a card to everyone. What is not published is only for the partner and who looks after the catalogue.
func (s *Server) activity(r *request) (reply, error) {
	a, partner, err := s.Catalog.Activity(r.ctx, s.tenantOf(r), r.param("id"))
	if err != nil {
		return reply{}, err
	}
	keeps := r.in && (r.who.Role == access.CatalogueAdmin || r.who.Role == access.PartnerRole && r.who.Partner == a.MainPartner())
	if a.State != catalog.Published && !keeps || !declared(partner) && !seesUndeclared(r, partner) {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	return page("activiteit", a.Title, s.activityPage(r, a, partner)), nil
}

func (s *Server) activityPage(r *request, a catalog.Activity, partner catalog.Partner) activityPage {
	p := activityPage{Card: cardOf(a, partner), Reduced: reducedWords(a), Good: goodToKnow(a), Bring: a.Bring, First: firstSteps(a, partner), Contact: contactOf(a, partner),
		Paused: a.State != catalog.Published}
	p.Card.Href, p.Card.Unsafe = "", p.Card.Unsafe && r.in
	p.URL = webAddress(p.Contact.URL)
	if d := a.ConfirmedOn; r.today().DaysSince(d) >= staleAfter || !d.IsValid() {
		p.OldSince = "Niemand heeft nog gezegd dat dit klopt."
		if d.IsValid() {
			p.OldSince = "Voor het laatst nagekeken op " + day(d) + "."
		}
	}
	for _, sl := range a.Slots {
		if sl.Weekday != "" || len(sl.Dates) > 0 {
			p.Times = append(p.Times, timeLine{slotWords(sl, r.today()), placeWords(sl.Location), roomWords(sl)})
		}
	}
	for _, c := range a.Costs {
		line := costLine{word("cost", c.Kind), euro(c.Cents) + " " + word("per", c.Per)}
		if c.Required != nil && !*c.Required {
			line.What += " (hoeft niet)"
		}
		p.Costs = append(p.Costs, line)
	}
	p.Map = s.placeMap(a)
	return p
}

// placeMap draws where the first time is, nil when nobody knows.
func (s *Server) placeMap(a catalog.Activity) *mapView {
	for _, sl := range a.Slots {
		if at, ok := sl.Location.Point(); ok {
			return ground{areas: s.Areas, crossings: s.Crossings}.draw(mapFrom{Middle: at, Name: orElse(sl.Location.Name, a.Title)}, nil)
		}
	}
	return nil
}

// slotWords writes a time with its whole day, and how long it goes on.
func slotWords(sl catalog.Slot, today civil.Date) string {
	text := strings.TrimSpace(word("weekday", sl.Weekday) + " " + sl.Start.String() + " tot " + sl.End.String())
	if sl.Weekday == "" {
		var days []string
		for _, d := range sl.Dates {
			if !d.Before(today) && len(days) < 4 {
				days = append(days, shortDay(d))
			}
		}
		text = strings.Join(days, ", ") + " " + sl.Start.String() + " tot " + sl.End.String()
	}
	if sl.To.IsValid() {
		text += ", tot en met " + day(sl.To)
	}
	return strings.TrimSpace(text)
}

// roomWords says whether there is room, in words that stay true when numbers move a little.
func roomWords(sl catalog.Slot) string {
	switch {
	case sl.MembershipStop:
		return "Er kan nu niemand bij."
	case sl.Capacity == nil:
		return ""
	case *sl.Capacity > sl.Enrolled:
		return "Er is plek."
	case sl.Waitlist.Open:
		return "Vol. Er is een wachtlijst."
	}
	return "Nu vol."
}

func reducedWords(a catalog.Activity) []string {
	var out []string
	for _, c := range a.Reduced {
		who := "Met weinig inkomen"
		if c.When == "pass" {
			who = "Met een stadspas"
		}
		out = append(out, fmt.Sprintf("%s: %s %s (%s)", who, euro(c.Cents), word("per", c.Per), lowerFirst(word("cost", c.Kind))))
	}
	return out
}

// goodToKnow is made from the facts of the offer; what nobody said is not there.
func goodToKnow(a catalog.Activity) []string {
	var out []string
	say := func(ok bool, text string) {
		if ok {
			out = append(out, text)
		}
	}
	say(a.Trial.FreeLessons > 0, "Je mag "+countWord(a.Trial.FreeLessons, "keer", "keer")+" gratis proberen.")
	say(a.Trial.FreeLessons == 0 && a.Trial.Free == catalog.Yes, "Proberen is gratis.")
	say(a.LendsKit == catalog.Yes, "Spullen kun je lenen.")
	say(a.Group == "girls", "Alleen voor meisjes.")
	say(a.Group == "boys", "Alleen voor jongens.")
	say(a.Audience == "parent_child", "Je doet mee met je vader, moeder of verzorger.")
	say(a.AtSchool == catalog.Yes, "Het is op school.")
	say(slices.ContainsFunc(a.Slots, func(sl catalog.Slot) bool { return sl.Pickup == catalog.Yes }), "Je wordt opgehaald van school.")
	say(a.Setting == "outdoor", "Het is buiten.")
	say(a.Setting == "indoor", "Het is binnen.")
	say(a.Access.StepFree == catalog.Yes, "Een rolstoel kan naar binnen.")
	say(a.Access.StepFree == catalog.No, "Een rolstoel kan niet naar binnen.")
	say(a.Access.Toilet == catalog.Yes, "Er is een aangepaste wc.")
	say(a.Access.LowStimulus == catalog.Yes, "Het is er rustig.")
	say(a.Access.ExtraSupport == catalog.Yes, "Extra begeleiding kan.")
	say(a.Access.Adapted == catalog.Yes, "Het is aangepast voor kinderen met een beperking.")
	say(a.Conditions.SwimMin != "", "Je hebt een zwemdiploma nodig: "+a.Conditions.SwimMin+".")
	say(a.Siblings == catalog.Yes, "Broertjes en zusjes mogen mee.")
	say(a.Childcare == catalog.Yes, "Er is oppas.")
	say(a.AbsenceOK == catalog.Yes, "Een keer missen mag.")
	say(a.Instalments == catalog.Yes, "Betalen in delen kan.")
	say(a.Interpreter == catalog.Yes, "Er kan een tolk zijn.")
	if len(a.Languages) > 0 {
		var langs []string
		for _, l := range a.Languages {
			langs = append(langs, word("taal", l))
		}
		out = append(out, "Ze spreken er: "+strings.Join(langs, ", ")+".")
	}
	return out
}

// firstSteps says what to do first.
func firstSteps(a catalog.Activity, partner catalog.Partner) []string {
	c := contactOf(a, partner)
	var out []string
	for _, via := range a.Registration.Via {
		switch {
		case via == "langskomen":
			out = append(out, "Ga gewoon een keer langs.")
		case via == "telefoon" && c.Phone != "":
			out = append(out, "Bel "+orElse(c.Name, partner.Name)+": "+c.Phone+".")
		case via == "formulier":
			out = append(out, "Vul een formulier in. Vraag erom bij "+orElse(partner.Name, "de aanbieder")+".")
		case via == "app":
			out = append(out, "Aanmelden gaat met een app.")
		}
	}
	if len(out) == 0 && c.Phone != "" {
		out = append(out, "Bel "+orElse(c.Name, partner.Name)+": "+c.Phone+".")
	}
	if a.Registration.DigiD == catalog.Yes {
		out = append(out, "Je ouder heeft DigiD nodig.")
	}
	if len(out) == 0 {
		out = append(out, "Vraag op school of iemand helpt met aanmelden.")
	}
	return out
}

// contactOf is the person of the activity, else of the partner.
func contactOf(a catalog.Activity, partner catalog.Partner) catalog.Contact {
	c := a.Contact
	if c.Phone == "" && c.Email == "" {
		url := c.URL
		c = partner.Contact
		c.URL = orElse(url, c.URL)
	}
	return c
}

// webAddress is a website that may be linked: http or https only.
func webAddress(u string) string {
	low := strings.ToLower(u)
	if strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://") {
		return u
	}
	return ""
}
