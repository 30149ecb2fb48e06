package catalog

import "slices"

// Better is one way in which an activity changed so that it can suit a child it did not suit before.
type Better string

// What can be better. Whether it is for one child, only ranking knows.
const (
	OpenAgain  Better = "open"     // families can see it now
	Cheaper    Better = "prijs"    // nothing that must be paid went up, and something down
	MoreAges   Better = "leeftijd" // younger or older children may come too
	RoomAgain  Better = "ruimte"   // a time that took nobody does
	OtherTime  Better = "tijd"     // there is a time that was not there
	OtherPlace Better = "plek"     // it is somewhere where it was not
)

// BetterThan tells what is better about an activity than it was, in the order of the constants; nothing for a new activity and for
// one that families cannot see now. When they could not see it before, that alone is told.
func BetterThan(now, before Activity) []Better {
	switch {
	case before.ID == "" || now.State != Published:
		return nil
	case before.State != Published:
		return []Better{OpenAgain}
	}
	var out []Better
	for _, is := range []struct {
		better bool
		what   Better
	}{
		{cheaper(now, before), Cheaper},
		{lower(now.AgeMin, before.AgeMin) || higher(now.AgeMax, before.AgeMax), MoreAges},
		{someSlot(now, before, roomAgain), RoomAgain},
		{someSlot(now, before, otherTime), OtherTime},
		{someSlot(now, before, otherPlace), OtherPlace},
	} {
		if is.better {
			out = append(out, is.what)
		}
	}
	return out
}

// cheaper compares what must be paid per period. Only prices that were said can be compared.
func cheaper(now, before Activity) bool {
	if !now.CostsSaid() || !before.CostsSaid() {
		return false
	}
	was, is := mustPay(before), mustPay(now)
	less := false
	for per, cents := range is {
		if cents > was[per] {
			return false
		}
	}
	for per, cents := range was {
		less = less || is[per] < cents
	}
	return less
}

// mustPay adds up what must be paid, by period.
func mustPay(a Activity) map[string]int {
	sum := map[string]int{}
	for _, c := range a.Costs {
		if c.Required == nil || *c.Required {
			sum[c.Per] += c.Cents
		}
	}
	return sum
}

// lower says whether a least age went down; nil is no limit.
func lower(now, before *int) bool {
	return before != nil && (now == nil || *now < *before)
}

// higher says whether a highest age went up; nil is no limit.
func higher(now, before *int) bool {
	return before != nil && (now == nil || *now > *before)
}

// someSlot says whether something holds for a slot beside those there were.
func someSlot(now, before Activity, is func(s Slot, before []Slot) bool) bool {
	return slices.ContainsFunc(now.Slots, func(s Slot) bool { return is(s, before.Slots) })
}

// takesNobody says whether a slot has no room for another child.
func (s Slot) takesNobody() bool {
	return s.MembershipStop || s.Capacity != nil && *s.Capacity <= s.Enrolled
}

func roomAgain(s Slot, before []Slot) bool {
	return !s.takesNobody() && slices.ContainsFunc(before, func(o Slot) bool { return o.ID == s.ID && o.takesNobody() })
}

func otherTime(s Slot, before []Slot) bool {
	return s.hasTime() && !slices.ContainsFunc(before, func(o Slot) bool {
		return o.Weekday == s.Weekday && o.Start == s.Start && o.End == s.End && slices.Equal(o.Dates, s.Dates)
	})
}

func otherPlace(s Slot, before []Slot) bool {
	return s.Location.Findable() && !slices.ContainsFunc(before, func(o Slot) bool { return s.Location.sameAddress(o.Location) })
}

// sameAddress compares where two places are, whatever they are called; a point counts only where there is no address.
func (l Location) sameAddress(o Location) bool {
	if l.Street+l.Postcode == "" {
		return o.Street+o.Postcode == "" && l.Lat == o.Lat && l.Lon == o.Lon && l.Place == o.Place
	}
	return l.Street == o.Street && l.Postcode == o.Postcode
}
