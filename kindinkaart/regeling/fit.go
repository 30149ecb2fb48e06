package regeling

import (
	"math/bits"
	"slices"
	"time"

	"github.com/golang-sql/civil"
)

// reasons is a set of reasons why a scheme gives nothing. Of several the first one is told.
type reasons uint16

// The reasons in the order in which they are looked at (DOMAIN 4.3, steps 3 and 5).
const (
	saidNo reasons = 1 << iota
	notVerified
	noResidence
	livesElsewhere
	wrongAge
	wrongCategory
	notYet
	ended
	started
	wrongIncome
	notRecognised
	nothingToPay
	shutOut
	spent
)

// The same reasons in Dutch for the person at the screen.
const (
	whySaidNo       = "Zei nee voor deze activiteit. Voor iets anders kunt u het opnieuw vragen."
	whyUnverified   = "Nog niet nagekeken door een beheerder: telt niet mee."
	whyNoResidence  = "De gemeente van het kind is niet bekend. Vul de postcode in."
	whyResidence    = "Geldt niet in de gemeente waar het kind staat ingeschreven."
	whyAge          = "De leeftijd past niet."
	whyCategory     = "Geldt niet voor dit soort activiteit."
	whyNotYet       = "Gaat pas later in."
	whyEnded        = "Geldt niet meer op deze datum."
	whyStarted      = "Aanvragen kan alleen voor de eerste les."
	whyIncome       = "Het inkomen past niet bij deze regeling."
	whyUnrecognised = "De aanbieder is niet erkend door het fonds."
	whyKinds        = "Vergoedt deze kosten niet, of ze zijn al vergoed."
	whyExclusive    = "Kan niet samen met een andere regeling die al meetelt."
	whySpent        = "Het bedrag voor deze periode is op. Vraag het fonds als een activiteit is gestopt."
	whyUnknown      = "Deze regeling staat niet in de lijst. Vraag de beheerder haar toe te voegen."
)

var reasonTexts = [...]string{whySaidNo, whyUnverified, whyNoResidence, whyResidence, whyAge, whyCategory, whyNotYet, whyEnded, whyStarted,
	whyIncome, whyUnrecognised, whyKinds, whyExclusive, whySpent}

// why tells the first of the reasons.
func (r reasons) why() string { return reasonTexts[bits.TrailingZeros16(uint16(r))] }

// forFamily judges what is the same for every activity: verification, residence and income. A scheme that said no to this
// child for something is not expected to say yes to anything else: it decides itself, and why it said no is not kept (DOMAIN
// 4.2, 7.3). It may still be asked.
func (s *rule) forFamily(h *Household) standing {
	var no reasons
	if !s.Verified {
		no |= notVerified
	}
	if !slices.Contains(s.Residence, "*") {
		switch {
		case h.Residence == "":
			no |= noResidence
		case !slices.Contains(s.Residence, h.Residence):
			no |= livesElsewhere
		}
	}
	sure := s.incomeSays(h.Signals)
	if sure == nothing {
		no |= wrongIncome
	}
	if sure == expected && slices.ContainsFunc(h.Refused, func(r Refusal) bool { return r.Scheme == s.ID }) {
		sure = possible
	}
	return standing{no: no, sure: sure}
}

// incomeSays gives the best certainty of the signals a family gave; no signal counts as unknown.
func (s *Scheme) incomeSays(given []string) level {
	if s.Income == nil {
		return expected
	}
	if len(given) == 0 {
		given = notAsked
	}
	best := nothing
	for _, signal := range given {
		switch s.Income.Accepts[signal] {
		case Expected:
			return expected
		case Possible:
			best = possible
		}
	}
	return best
}

var notAsked = []string{"unknown"}

// onStart judges what hangs on the first day of taking part: age and dates. known is false when the age is not known.
func (r *rule) onStart(f *Family, s *season) (no reasons, age int, known bool) {
	age, known = r.age(f.home.Born, s.date)
	if known && (age < r.AgeMin || age > r.AgeMax) {
		no |= wrongAge
	}
	return no | r.outOfTime(f.today, s.start), age, known
}

// outOfTime says why the scheme does not hold on the start date or can no longer be asked for.
func (r *rule) outOfTime(on, start Day) (no reasons) {
	if r.from != 0 && start < r.from {
		no |= notYet
	}
	if r.to != 0 && max(start, on) > r.to {
		no |= ended
	}
	if r.Application.BeforeStart && !r.Application.Retroactive && start < on {
		no |= started
	}
	return no
}

// forOffer judges what hangs on the activity, and lowers the certainty of a fund that wants recognised providers when it
// is not known whether this is one.
func (s *rule) forOffer(o *Offer, sure level) (reasons, level) {
	var no reasons
	if !s.anyCategory && !slices.Contains(s.categories, o.Category) {
		no |= wrongCategory
	}
	if s.recognisedOnly && o.Recognised != "ja" {
		sure = possible
		if o.Recognised == "nee" {
			no |= notRecognised
		}
	}
	return no, sure
}

// age is the age in whole years at the moment the scheme counts by; false when the birth date is not known.
func (s *Scheme) age(born, day civil.Date) (int, bool) {
	if born.Year <= 0 || day.Year <= 0 {
		return 0, false
	}
	switch s.AgeReference {
	case AgeInYear:
		return day.Year - born.Year, true
	case AgeOnFirstMarch:
		march := civil.Date{Year: day.Year, Month: time.March, Day: 1}
		if day.Before(march) {
			march.Year--
		}
		day = march
	}
	age := day.Year - born.Year
	if day.Month < born.Month || day.Month == born.Month && day.Day < born.Day {
		age--
	}
	return age, true
}

// maximum is the most this scheme pays for one child in a period, before what was used.
func (s *Scheme) maximum(age int, known bool) int {
	if known {
		for _, m := range s.MaxByAge {
			if age >= m.AgeMin && age <= m.AgeMax {
				return bounded(m.Cents)
			}
		}
	}
	if s.MaxCents == nil {
		return 1 << 60
	}
	return bounded(*s.MaxCents)
}
