package web

import (
	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

// newsLine says that something new suits a child that found nothing: one quiet line, no message (DOMAIN 6, geen_aanbod).
type newsLine struct {
	Title   string // of what fits best
	Href    string
	Changed []string // what is different about it, in words; nothing for a new activity
	More    int      // how many others are new
}

// betterWords say what got better about an activity, as far as the change log knows.
var betterWords = map[catalog.Better]string{
	catalog.OpenAgain: "het gaat weer door", catalog.Cheaper: "de prijs is lager", catalog.MoreAges: "voor meer leeftijden",
	catalog.RoomAgain: "er is weer plek", catalog.OtherTime: "er is een andere tijd", catalog.OtherPlace: "er is een andere plek",
}

// mostNews is for how many children of one list news is looked up.
const mostNews = 40

// newsFor looks for news for a child that is in a stage in which it found nothing, or is still looking.
func (s *Server) newsFor(r *request, t *kindinkaart.Traject) (*newsLine, error) {
	if t == nil || t.Stage != "geen_aanbod" && t.Stage != "zoeken" {
		return nil, nil
	}
	items, err := s.Matcher.News(r.ctx, r.who, t.Child, matcher.Since{Day: t.Since, FoundNothing: t.Stage == "geen_aanbod"})
	if kind := errs.KindOf(err); kind == errs.Refused || kind == errs.NotFound || kind == errs.Invalid {
		return nil, nil // no consent, or no answers to search with: then there is no news either
	}
	if err != nil || len(items) == 0 {
		return nil, err
	}
	a, _, err := s.Catalog.Activity(r.ctx, r.who.Tenant, items[0].Activity)
	if errs.KindOf(err) == errs.NotFound {
		return nil, nil // withdrawn while the board was read
	}
	line := &newsLine{Title: a.Title, Href: "/kinderen/" + t.Child + "/kiezen/" + a.ID, More: len(items) - 1}
	for _, b := range items[0].Better {
		if words := betterWords[b]; words != "" {
			line.Changed = append(line.Changed, words)
		}
	}
	return line, err
}
