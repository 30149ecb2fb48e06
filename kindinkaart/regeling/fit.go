package regeling

import (
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"
)

// Reasons why a scheme gives nothing, or nothing sure, in Dutch for the person at the screen.
const (
	whyUnverified   = "Nog niet nagekeken door een beheerder: telt niet mee."
	whyResidence    = "Geldt niet in de gemeente waar het kind staat ingeschreven."
	whyNoResidence  = "De gemeente van het kind is niet bekend. Vul de postcode in."
	whyAge          = "De leeftijd past niet."
	whyCategory     = "Geldt niet voor dit soort activiteit."
	whyIncome       = "Het inkomen past niet bij deze regeling."
	whyNotYet       = "Gaat pas later in."
	whyEnded        = "Geldt niet meer op deze datum."
	whyStarted      = "Aanvragen kan alleen voor de eerste les."
	whyUnrecognised = "De aanbieder is niet erkend door het fonds."
	whyExclusive    = "Kan niet samen met een andere regeling die al meetelt."
	whySpent        = "Het bedrag voor deze periode is op. Vraag het fonds als een activiteit is gestopt."
	whyKinds        = "Vergoedt deze kosten niet, of ze zijn al vergoed."
	whyUnknown      = "Deze regeling staat niet in de lijst. Vraag de beheerder haar toe te voegen."
)

// fit judges residence, age, category, income, provider, dates and verification (DOMAIN 4.3, steps 3 and 5). It gives
// Confirmed when the fund approved this activity, else how sure the scheme is, with a reason when that is None.
func fit(c *Case, s *Scheme) (Certainty, string) {
	if approvedHere(c, s.ID) > 0 {
		return Confirmed, ""
	}
	age, known := s.age(c)
	switch {
	case !s.Verified:
		return None, whyUnverified
	case !listed(s.Residence, c.Residence) && c.Residence == "":
		return None, whyNoResidence
	case !listed(s.Residence, c.Residence):
		return None, whyResidence
	case known && (age < s.AgeMin || age > s.AgeMax):
		return None, whyAge
	case !listed(s.Categories, c.Category):
		return None, whyCategory
	}
	if why := s.outOfTime(c); why != "" {
		return None, why
	}
	certainty := s.incomeSays(c.Signals)
	if certainty == None {
		return None, whyIncome
	}
	return s.providerSays(c.Recognised, known, certainty)
}

// outOfTime says why the scheme does not hold on the start date or can no longer be asked for; "" when it can.
func (s *Scheme) outOfTime(c *Case) string {
	start, last := c.start(), c.start()
	if c.On.After(last) {
		last = c.On
	}
	switch {
	case !s.ValidFrom.IsZero() && start.Before(s.ValidFrom):
		return whyNotYet
	case !s.ValidTo.IsZero() && last.After(s.ValidTo):
		return whyEnded
	case s.Application.BeforeStart && !s.Application.Retroactive && start.Before(c.On):
		return whyStarted
	}
	return ""
}

// incomeSays gives the best certainty of the signals a family gave; no signal counts as unknown.
func (s *Scheme) incomeSays(given []string) Certainty {
	if s.Income == nil {
		return Expected
	}
	if len(given) == 0 {
		given = []string{"unknown"}
	}
	best := None
	for _, signal := range given {
		switch s.Income.Accepts[signal] {
		case Expected:
			return Expected
		case Possible:
			best = Possible
		}
	}
	return best
}

// providerSays lowers the certainty when a fund wants a recognised provider, and when the age is not known.
func (s *Scheme) providerSays(recognised string, ageKnown bool, certainty Certainty) (Certainty, string) {
	unsure := recognised != "ja" && s.wantsRecognised()
	if unsure && recognised == "nee" {
		return None, whyUnrecognised
	}
	if unsure || !ageKnown {
		return Possible, ""
	}
	return certainty, ""
}

// wantsRecognised says whether a fund pays recognised or certified providers only: its requirement says so in words.
func (s *Scheme) wantsRecognised() bool {
	if s.Kind != "fund" || s.ProviderRequirement == "" {
		return false
	}
	text := strings.ToLower(s.ProviderRequirement)
	return strings.Contains(text, "erkend") || strings.Contains(text, "gecertificeerd")
}

// age is the age in whole years at the moment the scheme counts by; false when the birth date is not known.
func (s *Scheme) age(c *Case) (int, bool) {
	day := c.start()
	if c.Born.Year <= 0 || day.Year <= 0 {
		return 0, false
	}
	switch s.AgeReference {
	case AgeInYear:
		return day.Year - c.Born.Year, true
	case AgeOnFirstMarch:
		march := civil.Date{Year: day.Year, Month: time.March, Day: 1}
		if day.Before(march) {
			march.Year--
		}
		day = march
	}
	age := day.Year - c.Born.Year
	if day.Month < c.Born.Month || day.Month == c.Born.Month && day.Day < c.Born.Day {
		age--
	}
	return age, true
}

// maximum is the most this scheme pays for one child in a period, before what was used.
func (s *Scheme) maximum(c *Case) int {
	if age, known := s.age(c); known {
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

// start is the first day of taking part; today when it is not known.
func (c *Case) start() civil.Date {
	if c.Start.IsZero() {
		return c.On
	}
	return c.Start
}

// listed says whether value is in the list, or the list holds "*".
func listed(list []string, value string) bool {
	return slices.Contains(list, "*") || value != "" && slices.Contains(list, value)
}

func approvedHere(c *Case, scheme string) (cents int) {
	for _, a := range c.Approved {
		if a.Scheme == scheme && a.Activity == c.Activity {
			cents += bounded(a.Cents)
		}
	}
	return cents
}
