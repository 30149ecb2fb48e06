package matcher

import (
	"math"
	"math/bits"

	"wijknetwerk/geo"
)

// The bands of DOMAIN 3.2.
const (
	bandFitsWell = 0.60
	bandFits     = 0.35
	bandMaybe    = 0.15
)

// The weights of a score, in points. Interest weighs most: the child speaks first (DOMAIN, first page, 2). Travel and
// money can together outweigh a difference of one band, not of two.
const (
	pointsInterest = 60.0
	pointsTravel   = 15.0
	pointsCost     = 10.0
	pointsPref     = 2.0  // for each of setting, intensity and group size that fits
	pointsSought   = 20.0 // what somebody typed in this search
	pointsOpen     = -5.0 // an open barrier, hard or soft: the group says how hard it is
	pointsUnknown  = -3.0 // a question is less than a no, and more than a yes (promise 4)
)

// unknownShare of the points goes to what is not known: less than what is fine, more than what is a problem (promise 4).
const unknownShare = 0.5

// halfTravel is the minutes one way that leave half of the points for travel. It does not follow the limit a family
// gives, so that giving one never moves what lies within it (promise 4); beyond it stands the barrier afstand.
const halfTravel = 20.0

// halfCostMonth is the net price in cents a month that leaves half of the points for money.
const halfCostMonth = 1000.0

// BandOf gives the band of an interest.
func BandOf(value float64) Band {
	switch {
	case value >= bandFitsWell:
		return FitsWell
	case value >= bandFits:
		return Fits
	case value >= bandMaybe:
		return Maybe
	}
	return ""
}

// interestIn finds the leaf of an activity that fits best, and how well; vetoed leaves do not count, but for what is the
// parents' own (DOMAIN 3.2). Of leaves that fit as well the one named first counts, then the first of the taxonomy.
// The leaf is -1 when none counts.
func (s *search) interestIn(tags uint64, first int8, who audience) (leaf int8, value float64) {
	values := &s.value
	if who == forParent {
		values = &s.parental
	} else {
		tags &^= s.vetoed
	}
	leaf = -1
	for ; tags != 0; tags &= tags - 1 {
		bit := bits.TrailingZeros64(tags)
		v := values[bit]
		if who.together() {
			v = max(v, s.parental[bit])
		}
		if leaf < 0 || v > value || v == value && bit == int(first) {
			leaf, value = int8(bit), v
		}
	}
	return leaf, value
}

// isSought says whether an activity answers the free words of this search: by a leaf the child did not refuse, or by the
// words themselves.
func (s *search) isSought(o *offer) bool {
	tags := o.tags
	if o.audience != forParent {
		tags &^= s.vetoed
	}
	return s.sought&tags != 0 || s.found[o.id]
}

// marks are the parts of a score in points, each rounded to a hundredth, so that they sum to it exactly.
type marks struct {
	interest, sought, travel, money, preference, barriers float64
}

func (m *marks) total() float64 {
	return round2(m.interest + m.sought + m.travel + m.money + m.preference + m.barriers)
}

// mark gives the points of a slot whose barriers were found.
func (c *slotCase) mark(interest float64) marks {
	m := marks{interest: round2(pointsInterest * max(interest, 0)), travel: pointsTravel * unknownShare, money: pointsCost * unknownShare}
	if c.need.Search != "" && c.isSought(c.offer) {
		m.sought = pointsSought
	}
	if c.trip.known {
		m.travel = pointsTravel * geo.Decay(c.trip.minutes, halfTravel)
	}
	if c.offer.costsSaid {
		m.money = moneyPoints(c.cost.NetCents)
	}
	m.travel, m.money = round2(m.travel), round2(m.money)
	for _, fits := range c.liked() {
		if fits {
			m.preference += pointsPref
		}
	}
	for i := range c.found {
		switch f := &c.found[i]; {
		case !f.open():
		case f.unknown:
			m.barriers += pointsUnknown
		default:
			m.barriers += pointsOpen
		}
	}
	return m
}

// moneyPoints are the points for what a family pays in a year.
func moneyPoints(cents int) float64 {
	return pointsCost * halfCostMonth / (halfCostMonth + float64(cents)/12)
}

// liked says in which respects an activity is as the child likes it: place, pace and group. What is not known does not count.
func (c *slotCase) liked() [3]bool {
	w := &c.wishes
	return [3]bool{w[0] != "" && w[0] == c.offer.setting, w[1] != "" && w[1] == c.offer.intensity, w[2] != "" && w[2] == c.offer.groupSize}
}

// setWishes keeps what the child said about how it likes to do things.
func (s *search) setWishes() {
	for i, key := range []string{"setting", "intensity", "group_size"} {
		if wish := s.facts.Prefs[key]; likedWords[wish] != "" {
			s.wishes[i], s.wishAt[i] = wish, place([][]string{settings, intensities, groupSizes}[i], wish)
		}
	}
}

// likedWords are the values of a preference that can be met, with their words.
var likedWords = map[string]string{"indoor": "binnen", "outdoor": "buiten", "active": "actief", "calm": "rustig",
	"alone": "alleen", "pair": "met z'n tweeën", "small": "in een klein groepje", "team": "in een team"}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
