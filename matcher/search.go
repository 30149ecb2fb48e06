package matcher

import (
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Locate gives the middle of a postcode; ok is false when it does not exist. Rank asks it for homes given as a postcode.
type Locate func(geo.Postcode) (p geo.Point, ok bool)

// search is one Need worked out once: what every activity is then held against. It serves one search at a time.
type search struct {
	need     *kindinkaart.Need
	options  Options
	family   *regeling.Family
	pricing  regeling.Offer // of the offer at hand
	earliest day            // that a child can begin with help of a fund
	begin    regeling.Day   // the same, as the funding rules know it
	ways     geo.Ways
	answers  *questionnaire.Parsed
	coverage questionnaire.Coverage
	facts    questionnaire.Facts
	value    questionnaire.Vector // interest of the child by leaf, with its talents
	parents  questionnaire.Vector // what parents see the child likes
	parental questionnaire.Vector // what a parent wants for itself
	vetoed   uint64
	proposed uint64    // leaves with at least the band "misschien", veto left out
	sought   uint64    // leaves of the free words of this search
	found    []foundIn // what the free words are in, when they are no tags
	age      int       // whole years on the day of the search; -1 = unknown
	on       day
	stale    day // confirmed before this day counts as not confirmed

	bases     []geo.Point
	origins   []origin
	trips     []*geo.Trips // by base
	school    geo.Point
	hasSchool bool
	mode      geo.Mode
	onFoot    bool    // no bicycle and no car (barrier geen_vervoer)
	limit     float64 // minutes one way
	limitSaid bool
	notAlone  bool      // the family said that the child cannot go alone
	days      weekset   // only these weekdays; 0 = all
	wishes    [3]string // place, pace and group the child likes
	wishAt    [3]facts  // the same as they are packed; 0 = none
	agesNow   [4]int    // age today by each reference
	years     [4]uint8  // the same as they are packed

	rules       []activeRule
	bringing    [8][16]answer // may an adult bring: weekday+1, set of parts of the day
	free        [8][16]answer // is the child free then
	arranged    map[string][]kindinkaart.Arranged
	own         []evidence // what the child said itself, strongest first; for what is shown
	mayBeLifted bool       // something was arranged, or is taken as arranged
	paces       []pace     // of the family, and of the child alone
	hopes       *hopes     // of a search that walks
	needsNames  bool       // something was arranged or granted for one activity
}

// weekset is a set of weekdays, Monday in the lowest bit.
type weekset uint8

const (
	defaultLimit = 20.0 // minutes, used when a family did not say; going over it is then a question, never a no
	minimumAge   = 4    // DOMAIN 3.1: no child questionnaire under 4
	venueAge     = 16   // DOMAIN 2, R001-56
)

// newSearch works out a Need. It gives errs.Invalid for wrong answers and errs.Refused for a child under 4.
func newSearch(n *kindinkaart.Need, b *Board, locate Locate, o Options) (*search, error) {
	if n.Born.Known() && n.Born.Age(n.On) < minimumAge {
		return nil, errs.New(errs.Refused, "Dit kind is jonger dan 4 jaar. Er is geen kindvragenlijst; vraag alleen de taal (P10) en wat de ouder zelf wil doen (P11).")
	}
	answers := questionnaire.Parse(n.Variant, n.Answers, n.Parent)
	profile, err := answers.Vectors(false)
	if err != nil {
		return nil, errs.Wrap(errs.Invalid, "Een antwoord klopt niet", err)
	}
	s := &search{need: n, options: o, ways: b.ways, answers: answers, coverage: profile.Coverage, facts: answers.Facts(n.Consents), age: -1,
		value: profile.Effective, parents: profile.ParentInterest, parental: profile.ParentOwn, vetoed: profile.Veto,
		on: max(dayOf(n.On), 1), stale: max(dayOf(n.On.AddDays(-staleDays)), 1)}
	first := n.On.AddDays(earliestStart)
	s.begin, s.earliest = regeling.DayOf(first), dayOf(first)
	s.family = b.rules.Family(regeling.Household{Residence: n.Residence, Born: n.Born.Date(), On: n.On, Signals: s.facts.Income, Used: n.Used, Approved: n.Approved, Refused: n.Refused})
	if n.Born.Known() {
		s.setAge()
	}
	s.setProposed()
	s.setWishes()
	s.setWords(b)
	s.setTravel()
	s.setBases(locate)
	s.setTimes()
	s.setArranged()
	s.setRules()
	s.setPaces()
	return s, nil
}

func (s *search) setAge() {
	born, on := s.need.Born, s.need.On
	s.age = born.Age(on)
	s.agesNow = [4]int{atStart: s.age, onFirstOfMarch: born.Age(lastFirstOfMarch(on)), inCalendarYear: on.Year - born.Year}
	for i, years := range s.agesNow {
		s.years[i] = packYears(years)
	}
}

func (s *search) setProposed() {
	for bit, v := range s.value {
		if v >= bandMaybe {
			s.proposed |= 1 << bit
		}
	}
	s.proposed &^= s.vetoed
}

// setWords turns the free words of this search into leaves. Typing is choosing: it may find what is never suggested.
func (s *search) setWords(b *Board) {
	if s.need.Search == "" {
		return
	}
	if s.sought = leavesOfWords(s.need.Search); s.sought == 0 {
		s.found = b.found(s.options.Found)
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
		if s.age >= 0 && s.age < 8 { // DOMAIN 5: a young child is not assumed to cycle
			s.mode = geo.Walk
		}
	}
	if s.options.Mode != "" {
		s.mode = s.options.Mode
	}
	s.onFoot = s.named("geen_vervoer")
	s.notAlone = s.named("niet_alleen")
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
			s.origins = append(s.origins, originOf(point))
			s.trips = append(s.trips, s.ways.From(point, max(s.age, 0)))
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
	for _, a := range s.need.Arranged {
		if !after(a.From, s.need.On) && !(a.Until.IsValid() && a.Until.Before(s.need.On)) {
			if s.arranged == nil {
				s.arranged = map[string][]kindinkaart.Arranged{}
			}
			s.arranged[a.Activity] = append(s.arranged[a.Activity], a)
		}
	}
	s.mayBeLifted = len(s.arranged) > 0 || len(s.options.Assume) > 0
	s.needsNames = len(s.arranged) > 0 || len(s.need.Approved) > 0
}

// isArranged says whether a remedy runs for an activity on the day of the search.
func (s *search) isArranged(activity, remedy string) bool {
	return len(s.arranged) > 0 && slices.ContainsFunc(s.arranged[activity], func(a kindinkaart.Arranged) bool { return a.Remedy == remedy })
}

// assumed says whether a remedy is taken as arranged on a weekday; weekday -1 asks for every day.
func (s *search) assumed(remedy string, weekday int8) bool {
	for _, a := range s.options.Assume {
		if a.Remedy == remedy && (len(a.Weekdays) == 0 || weekday >= 0 && slices.Contains(a.Weekdays, questionnaire.Days[weekday])) {
			return true
		}
	}
	return false
}

// state is what the answers say of a barrier; not asked counts as not mentioned here, rules that need more ask the facts.
func (s *search) state(code string) questionnaire.BarrierState { return s.facts.Barriers.State(code) }

func (s *search) named(code string) bool { return s.state(code) == questionnaire.BarrierYes }

// thin says that too little is known to rank: then a varied list is shown (DOMAIN 3.2). A search by words is a choice and ranks.
func (s *search) thin() bool { return s.coverage.Few() && s.need.Search == "" }

// after is true when a known date lies after another.
func after(d, than civil.Date) bool { return d.IsValid() && d.After(than) }

func later(a, b civil.Date) civil.Date {
	if !a.IsValid() || b.After(a) {
		return b
	}
	return a
}

func weekday(d civil.Date) int8 { return int8((int(d.In(time.UTC).Weekday()) + 6) % 7) }
