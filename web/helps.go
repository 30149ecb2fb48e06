package web

import (
	"net/url"
	"strings"

	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// helpLine is one thing that would make more possible, with what to think of.
type helpLine struct {
	Icon, What, Gain string
	Examples         []link
}

// mostExamples is how many activities are named beside a gain.
const mostExamples = 3

// helpIcons stand beside what would help, by the beginning of its id.
var helpIcons = map[string]string{"buddy": "users", "samen_gaan": "users", "meegaan": "users", "reis": "clock", "fiets": "bike", "P4": "calendar", "F3": "calendar",
	"alleen": "walk", "oefenen": "walk", "route_samen": "walk", "fonds": "coin", "kansentarief": "coin", "budget": "coin", "tegoed": "backpack", "uitleen": "backpack",
	"dagplan": "clock", "tolk": "message-circle", "smw_belt": "phone", "samen_aanmelden": "file-text"}

func helpIcon(id string) string {
	first := strings.FieldsFunc(id, func(r rune) bool { return r == ':' || r == '+' })
	if len(first) > 0 && helpIcons[first[0]] != "" {
		return helpIcons[first[0]]
	}
	return "heart-handshake"
}

// helpLines names a few of the activities that each help would bring.
func (s *Server) helpLines(r *request, child string, helps []matcher.Help) ([]helpLine, error) {
	var out []helpLine
	for _, h := range helps {
		line := helpLine{Icon: helpIcon(h.ID), What: h.What, Gain: h.Gain}
		for _, g := range h.Gains {
			if len(line.Examples) == mostExamples {
				break
			}
			a, _, err := s.Catalog.Activity(r.ctx, r.who.Tenant, g.Activity)
			if errs.KindOf(err) == errs.NotFound {
				continue // withdrawn while the board was read
			}
			if err != nil {
				return nil, err
			}
			line.Examples = append(line.Examples, link{Href: "/kinderen/" + url.PathEscape(child) + "/kiezen/" + url.PathEscape(g.Activity), Label: a.Title})
		}
		out = append(out, line)
	}
	return out, nil
}
