package matcher

import (
	"math"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

// offer is one activity as the rules look at it: facts, no texts.
type offer struct {
	row
	id        string
	languages []string // empty = nl
	price     *price
	slots     []slot
	in        *segment // where it is packed, when it is; at its place there
	at        uint32
}

// slot is one time and place of an offer.
type slot struct {
	id       string
	place    geo.Place
	placed   bool  // the place is known
	placeAt  int32 // of the place in its segment; -1 = none
	weekday  int8  // 0 = Monday; -1 = by dates, or not known
	dates    []day
	start    int16 // minutes after midnight
	end      int16
	from, to day
	full     bool // takes nobody now
	waitlist bool // one can queue
	pickup   answer
}

// audience is for whom an offer is.
type audience uint8

const (
	forChild audience = iota
	forParent
	forParentAndChild
	forFamily
	forStaff
)

var audiences = map[string]audience{"": forChild, "child": forChild, "parent": forParent, "parent_child": forParentAndChild, "family": forFamily, "staff": forStaff}

// together is true where parent and child take part both.
func (a audience) together() bool { return a == forParentAndChild || a == forFamily }

// ageOn is the day on which an age counts.
type ageOn uint8

const (
	atStart ageOn = iota
	onFirstOfMarch
	inCalendarYear
)

var ageReferences = map[string]ageOn{"1_march": onFirstOfMarch, "calendar_year": inCalendarYear}

// safety is what the organisers declared (DOMAIN 7.9).
type safety uint8

const (
	safetyDeclared safety = iota
	safetyUndeclared
	safetyRefused // a partner says it has no VOG policy or confidential contact
)

// day is a date that takes two bytes: days since the last day of 1999. 0 = not known; days outside the years 2000 to 2178
// count as the nearest.
type day uint16

var dayZero = civil.Date{Year: 1999, Month: time.December, Day: 31}

func dayOf(d civil.Date) day {
	if !d.IsValid() {
		return 0
	}
	return day(min(max(d.DaysSince(dayZero), 1), math.MaxUint16))
}

func (d day) date() civil.Date {
	if d == 0 {
		return civil.Date{}
	}
	return dayZero.AddDays(int(d))
}

// organisers knows the partners of the offers that are being prepared.
type organisers map[string]catalog.Partner

// offerOf reads an activity of the catalogue.
func (p organisers) offerOf(a *catalog.Activity, ways geo.Ways) offer {
	o := offer{id: a.ID, languages: a.Languages, price: priceOf(a), row: row{facts: p.factsOf(a), first: -1, ageMin: limit(a.AgeMin), ageMax: limit(a.AgeMax),
		validFrom: dayOf(a.ValidFrom), validTo: dayOf(a.ValidTo), confirmed: dayOf(a.ConfirmedOn)}}
	if o.confirmed == 0 {
		o.confirmed = o.validFrom
	}
	o.setTags(a.Tags)
	for i := range a.Slots {
		o.slots = append(o.slots, slotOf(&a.Slots[i], ways))
	}
	if len(o.slots) == 0 {
		o.slots = []slot{{placeAt: -1, weekday: -1}} // judged as one with an unknown time and place
	}
	return o
}

// factsOf reads the small facts of an activity.
func (p organisers) factsOf(a *catalog.Activity) (f facts) {
	f.set(atAudience, int(audiences[a.Audience]))
	f.set(atAgeOn, int(ageReferences[a.AgeReference]))
	f.set(atDomain, place(domains, a.Domain))
	f.set(atSetting, place(settings, a.Setting))
	f.set(atIntensity, place(intensities, a.Intensity))
	f.set(atGroupSize, place(groupSizes, a.GroupSize))
	f.set(atSwimMin, place(diplomas, a.Conditions.SwimMin))
	f.set(atSafety, int(p.safety(a)))
	f.set(atFreeLessons, min(max(a.Trial.FreeLessons, 0), mostFreeLessons))
	f.flag(flagMixed, a.Group == "" || a.Group == "mixed")
	f.flag(flagCommunity, a.VenueKind == "buurthuis")
	f.flag(flagEasySignUp, easySignUp(a.Registration))
	f.flag(flagCostsSaid, a.CostsSaid())
	f.flag(flagNeedsKit, slices.ContainsFunc(a.Costs, func(c catalog.Cost) bool {
		return (c.Required == nil || *c.Required) && c.Cents > 0 && isKit(c.Kind)
	}))
	for _, t := range [...]struct {
		at   int
		said catalog.Tri
	}{{factInterpreter, a.Interpreter}, {factAtSchool, a.AtSchool}, {factLendsKit, a.LendsKit}, {factStepFree, a.Access.StepFree},
		{factLowStimulus, a.Access.LowStimulus}, {factExtraSupport, a.Access.ExtraSupport}, {factSiblings, a.Siblings}, {factChildcare, a.Childcare},
		{factAbsenceOK, a.AbsenceOK}, {factInstalments, a.Instalments}, {factRecognised, p[a.MainPartner()].RecognisedByFund}} {
		f.set(t.at, int(said(t.said)))
	}
	return f
}

// mostFreeLessons is the largest number of free lessons that is told apart.
const mostFreeLessons = 255

func (o *offer) setTags(tags []string) {
	for i, t := range tags {
		bit, ok := leafBits()[t]
		if !ok {
			continue
		}
		o.tags |= 1 << bit
		if i == 0 {
			o.first = int8(bit)
		}
	}
}

func slotOf(s *catalog.Slot, ways geo.Ways) slot {
	out := slot{
		id: s.ID, placeAt: -1, weekday: weekdayOf(s.Weekday), dates: daysOf(s.Dates), start: int16(s.Start), end: int16(s.End), from: dayOf(s.From), to: dayOf(s.To),
		full: full(s), waitlist: s.Waitlist.Open, pickup: said(s.Pickup),
	}
	if p, ok := s.Location.Point(); ok {
		place := ways.Place(packPoint(p).point())
		out.place, out.placed = place, true
	}
	return out
}

// full says whether a slot takes nobody now.
func full(s *catalog.Slot) bool {
	return s.MembershipStop || (s.Capacity != nil && s.Enrolled >= *s.Capacity)
}

func daysOf(dates []civil.Date) []day {
	if len(dates) == 0 {
		return nil
	}
	out := make([]day, len(dates))
	for i, d := range dates {
		out[i] = dayOf(d)
	}
	return out
}

func weekdayOf(name string) int8 { return int8(slices.Index(questionnaire.Days, name)) }

// limit is an age limit as it is packed.
func limit(years *int) uint8 {
	if years == nil {
		return noAge
	}
	return packYears(*years)
}

// packYears packs an age in whole years; from 200 on they are not told apart.
func packYears(years int) uint8 { return uint8(min(max(years, 0), 200)) }

// said reads a three-valued fact.
func said(t catalog.Tri) answer {
	switch t {
	case catalog.Yes:
		return yes
	case catalog.No:
		return no
	}
	return unclear
}

func easySignUp(r catalog.Registration) bool {
	return r.DigiD != catalog.Yes && (slices.Contains(r.Via, "telefoon") || slices.Contains(r.Via, "langskomen"))
}

func isKit(kind string) bool { return kind == "kleding" || kind == "tenue" || kind == "attributen" }

// schoolYearWeeks is how many weeks a weekly activity runs in a year at most.
const schoolYearWeeks = 40

// plannedTimes is how often a child can come in a year, for a price per time without a number of times: the dates of the
// first slot, else its weeks, else a school year (DOMAIN 4.3, step 1). One time would make a weekly price look almost free.
func plannedTimes(a *catalog.Activity) int {
	if len(a.Slots) == 0 {
		return schoolYearWeeks
	}
	s := &a.Slots[0]
	if len(s.Dates) > 0 {
		return len(s.Dates)
	}
	from, to := later(a.ValidFrom, s.From), a.ValidTo
	if s.To.IsValid() && (!to.IsValid() || s.To.Before(to)) {
		to = s.To
	}
	if !from.IsValid() || !to.IsValid() {
		return schoolYearWeeks
	}
	return min(max(to.DaysSince(from)/7+1, 1), schoolYearWeeks)
}

// safety is the weakest declaration of all organisers.
func (p organisers) safety(a *catalog.Activity) safety {
	ids := a.Partners
	if a.Partner != "" {
		ids = append([]string{a.Partner}, ids...)
	}
	worst := safetyDeclared
	if len(ids) == 0 {
		worst = safetyUndeclared
	}
	for _, id := range ids {
		s := p[id].Safety
		switch {
		case s.VOG == catalog.No || s.Confidant == catalog.No:
			return safetyRefused
		case s.VOG != catalog.Yes || s.Confidant != catalog.Yes || !s.DeclaredOn.IsValid():
			worst = safetyUndeclared
		}
	}
	return worst
}
