package matcher

import (
	"slices"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// Locate gives the middle of a postcode; ok is false when it does not exist. Rank asks it for homes given as a postcode.
type Locate func(geo.Postcode) (p geo.Point, ok bool)

// search is one Need worked out once: what every activity is then held against.
type search struct {
	need       kindinkaart.Need
	profile    questionnaire.Profile
	facts      questionnaire.Facts
	own        []evidence // what the child said itself, strongest first
	value      [64]float64
	vetoed     uint64 // leaf bits
	proposed   uint64 // leaf bits with at least the band "misschien", veto left out
	parental   [64]float64
	sought     uint64   // leaf bits of the free words of this search
	words      []string // the free words, folded
	bases      []geo.Point
	school     geo.Point
	hasSchool  bool
	mode       geo.Mode
	limit      float64 // minutes one way
	limitSaid  bool
	days       []string                          // only these weekdays; empty = all
	arranged   map[string][]kindinkaart.Arranged // by activity, running on the day
	young      bool                              // under 8 walks slower (DOMAIN 5)
	openOnes   map[tagAudience][]judged          // alternatives worked out so far
	judgedOnes map[*offer]judged                 // activities judged so far
	assume     []Assumption                      // remedies taken as arranged
	age        int                               // whole years on the day of the search; -1 = unknown
}

const (
	defaultLimit = 20.0 // minutes, used when a family did not say; going over it is then a question, never a no
	minimumAge   = 4    // DOMAIN 3.1: no child questionnaire under 4
	venueAge     = 16   // DOMAIN 2, R001-56
)

// newSearch works out a Need. It gives errs.Invalid for wrong answers and errs.Refused for a child under 4.
func newSearch(n kindinkaart.Need, b *Board, locate Locate) (*search, error) {
	if n.Born.Known() && n.Born.Age(n.On) < minimumAge {
		return nil, errs.New(errs.Refused, "Dit kind is jonger dan 4 jaar. Er is geen kindvragenlijst; vraag alleen de taal (P10) en wat de ouder zelf wil doen (P11).")
	}
	profile, err := questionnaire.Score(n.Variant, n.Answers, n.Parent, false)
	if err != nil {
		return nil, errs.Wrap(errs.Invalid, "Een antwoord klopt niet", err)
	}
	s := &search{need: n, profile: profile, facts: questionnaire.FactsOf(n.Variant, n.Answers, n.Parent, n.Consents), age: -1,
		openOnes: map[tagAudience][]judged{}, judgedOnes: map[*offer]judged{}}
	if n.Born.Known() {
		s.age = n.Born.Age(n.On)
		s.young = s.age < 8
	}
	s.own = ownEvidence(n.Variant, n.Answers)
	s.setTags(b)
	s.setWords(b)
	s.setTravel()
	s.setBases(locate)
	s.setArranged()
	return s, nil
}

func (s *search) setTags(b *Board) {
	for tag, bit := range b.leaves {
		s.value[bit] = s.profile.Effective[tag]
		s.parental[bit] = s.profile.ParentOwn[tag]
		if slices.Contains(s.profile.Veto, tag) {
			s.vetoed |= 1 << bit
		} else if s.value[bit] >= bandMaybe {
			s.proposed |= 1 << bit
		}
	}
}

// setWords turns the free words of this search into tags. Typing is choosing: it may find what is never suggested.
func (s *search) setWords(b *Board) {
	s.words = strings.Fields(questionnaire.Fold(s.need.Search))
	if s.need.Search == "" {
		return
	}
	for _, m := range questionnaire.TagsForWords(s.need.Search) {
		if bit, ok := b.leaves[m.Tag]; ok {
			s.sought |= 1 << bit
		}
	}
}

func (s *search) setTravel() {
	s.mode, s.limit = geo.Mode(s.facts.Travel.Mode), float64(s.facts.Travel.Minutes)
	s.limitSaid = s.limit > 0
	if !s.limitSaid {
		s.limit = defaultLimit
	}
	if s.mode == "" {
		s.mode = geo.Bike
		if s.young {
			s.mode = geo.Walk
		}
	}
}

// withoutWheels is true when the family has no bicycle or car (barrier geen_vervoer).
func (s *search) withoutWheels() bool {
	return s.facts.Barriers["geen_vervoer"] == questionnaire.BarrierYes
}

// setBases finds where to search from: home unless the young person says otherwise (C1); a second home counts too.
func (s *search) setBases(locate Locate) {
	if p, ok := placePoint(s.need.School, locate); ok {
		s.school, s.hasSchool = p, true
	}
	var places []*kindinkaart.Place
	switch s.facts.SearchBase {
	case "school":
		places = []*kindinkaart.Place{s.need.School}
	case "other":
		places = []*kindinkaart.Place{s.need.Other}
	}
	for _, p := range append(places, s.need.Home, s.need.SecondHome) {
		if point, ok := placePoint(p, locate); ok {
			s.bases = append(s.bases, point)
		}
		if len(s.bases) > 0 && s.facts.SearchBase != "" && s.facts.SearchBase != "home" {
			break
		}
	}
}

func placePoint(p *kindinkaart.Place, locate Locate) (geo.Point, bool) {
	switch {
	case p == nil:
		return geo.Point{}, false
	case p.Lat != 0 || p.Lon != 0:
		return geo.Point{Lat: p.Lat, Lon: p.Lon}, true
	case p.Postcode != "" && locate != nil:
		return locate(p.Postcode)
	}
	return geo.Point{}, false
}

func (s *search) setArranged() {
	s.arranged = map[string][]kindinkaart.Arranged{}
	for _, a := range s.need.Arranged {
		if !after(a.From, s.need.On) && !(a.Until.IsValid() && a.Until.Before(s.need.On)) {
			s.arranged[a.Activity] = append(s.arranged[a.Activity], a)
		}
	}
}

// isArranged says whether a remedy runs for an activity on the day of the search.
func (s *search) isArranged(activity, remedy string) bool {
	return slices.ContainsFunc(s.arranged[activity], func(a kindinkaart.Arranged) bool { return a.Remedy == remedy })
}

// assumed says whether a remedy is taken as arranged on a weekday; day "" asks for every day.
func (s *search) assumed(remedy, day string) bool {
	return slices.ContainsFunc(s.assume, func(a Assumption) bool {
		return a.Remedy == remedy && (len(a.Weekdays) == 0 || slices.Contains(a.Weekdays, day))
	})
}

// state is what the answers say of a barrier; not asked counts as not mentioned here, rules that need more ask the facts.
func (s *search) state(code string) questionnaire.BarrierState { return s.facts.Barriers[code] }

func (s *search) named(code string) bool { return s.state(code) == questionnaire.BarrierYes }

// after is true when a known date lies after another.
func after(d, than civil.Date) bool { return d.IsValid() && d.After(than) }

func later(a, b civil.Date) civil.Date {
	if !a.IsValid() || b.After(a) {
		return b
	}
	return a
}
