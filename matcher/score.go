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

// points are hundredths of a point: a score is a sum of whole ones, so that its parts add up to it exactly.
type points int32

const point points = 100

// The weights of a score. Interest weighs most: the child speaks first (DOMAIN, first page, 2). Travel and money can
// together outweigh a difference of one band, not of two.
const (
	pointsInterest = 60 * point
	pointsTravel   = 15 * point
	pointsCost     = 10 * point
	pointsPref     = 2 * point  // for each of setting, intensity and group size that fits
	pointsSought   = 20 * point // what somebody typed in this search
	pointsOpen     = -5 * point // an open barrier, hard or soft: the group says how hard it is
	pointsUnknown  = -3 * point // a question is less than a no, and more than a yes (promise 4)
)

// Half of the points goes to what is not known: less than what is fine, more than what is a problem (promise 4).
const (
	travelUnknown = pointsTravel / 2
	costUnknown   = pointsCost / 2
)

// halfTravel is the minutes one way that leave half of the points for travel. It does not follow the limit a family
// gives, so that giving one never moves what lies within it (promise 4); beyond it stands the barrier afstand.
const halfTravel = 20.0

// halfCostMonth is the net price in cents a month that leaves half of the points for money.
const halfCostMonth = 1000

// share is a part of some points, 0..1.
func (p points) share(part float64) points { return rounded(p.float() * part) }

// rounded gives the nearest hundredth.
func rounded(x float64) points { return points(math.Round(x * float64(point))) }

func (p points) float() float64 { return float64(p) / float64(point) }

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
func (s *search) interestIn(r *row) (leaf int8, value float64) {
	values, tags, who := &s.value, r.tags, r.audience()
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
		if leaf < 0 || v > value || v == value && bit == int(r.first) {
			leaf, value = int8(bit), v
		}
	}
	return leaf, value
}

// isSought says whether an activity answers the free words of this search: by a leaf the child did not refuse, or by the
// words themselves.
func (s *search) isSought(o *offer) bool {
	tags := o.tags
	if o.audience() != forParent {
		tags &^= s.vetoed
	}
	return s.sought&tags != 0 || s.isFound(o)
}

// marks are the parts of a score.
type marks struct {
	interest, sought, travel, money, preference, barriers points
}

func (m *marks) total() points {
	return m.interest + m.sought + m.travel + m.money + m.preference + m.barriers
}

// mark gives the points of a slot whose barriers were found.
func (c *slotCase) mark(interest float64) marks {
	m := marks{interest: pointsInterest.share(max(interest, 0)), travel: travelUnknown, money: costUnknown}
	if c.need.Search != "" && c.isSought(c.offer) {
		m.sought = pointsSought
	}
	if c.trip.known {
		m.travel = pointsTravel.share(geo.Decay(c.trip.minutes, halfTravel))
	}
	if c.offer.is(flagCostsSaid) {
		m.money = moneyPoints(c.cost.NetCents)
	}
	for i := range c.wishes {
		if c.likes(i) {
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
func moneyPoints(cents int) points {
	return rounded(pointsCost.float() * halfCostMonth / (halfCostMonth + float64(cents)/12))
}

// manner is one of the ways in which a child can like to do things.
type manner struct {
	at    int // of the fact of an offer
	words []string
}

var manners = [3]manner{{atSetting, settings}, {atIntensity, intensities}, {atGroupSize, groupSizes}}

// likes says whether an activity is in one manner as the child likes it. What is not known does not count.
func (c *slotCase) likes(manner int) bool {
	return c.wishAt[manner] != 0 && c.wishAt[manner] == c.offer.facts>>manners[manner].at&7
}

// setWishes keeps what the child said about how it likes to do things.
func (s *search) setWishes() {
	likes := &s.facts.Prefs
	for i, wish := range [len(manners)]string{likes.Setting, likes.Intensity, likes.GroupSize} {
		if likedWords[wish] != "" {
			s.wishes[i], s.wishAt[i] = wish, facts(place(manners[i].words, wish))
		}
	}
}

// likedWords are the values of a preference that can be met, with their words.
var likedWords = map[string]string{"indoor": "binnen", "outdoor": "buiten", "active": "actief", "calm": "rustig",
	"alone": "alleen", "pair": "met z'n tweeën", "small": "in een klein groepje", "team": "in een team"}
