package matcher

import (
	"fmt"
	"math"
	"math/bits"
	"strings"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
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

// interestIn finds the tag of an activity that fits best; vetoed tags do not count (DOMAIN 3.2).
func (s *search) interestIn(o *offer, b *Board) Interest {
	best, found := Interest{}, false
	for _, tag := range o.Tags {
		bit, ok := b.leaves[tag]
		if !ok || (s.vetoed>>bit&1 == 1 && o.Audience != "parent") {
			continue
		}
		if v := s.valueOf(o, bit); !found || v > best.Value {
			best, found = Interest{Tag: tag, Value: v}, true
		}
	}
	best.Band = BandOf(best.Value)
	return best
}

// valueOf is the interest of who takes part: the child, the parent, or either for what they do together.
func (s *search) valueOf(o *offer, bit int) float64 {
	switch o.Audience {
	case "parent":
		return s.parental[bit]
	case "parent_child", "family":
		return max(s.value[bit], s.parental[bit])
	}
	return s.value[bit]
}

// isSought says whether an activity answers the free words of this search: by a tag the child did not refuse, or by a
// word of its title or text.
func (s *search) isSought(o *offer) bool {
	tags := o.tagBits
	if o.Audience != "parent" {
		tags &^= s.vetoed
	}
	if s.sought&tags != 0 {
		return true
	}
	if len(s.words) == 0 || s.sought != 0 {
		return false
	}
	text := questionnaire.Fold(o.Title + " " + o.Text)
	for _, w := range s.words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// points gives the visible parts of a score; each is rounded to a hundredth, so that they sum to it exactly.
func (c *slotCase) points(in Interest, found []finding) []Part {
	parts := []Part{{Name: "interesse", Points: pointsInterest * max(in.Value, 0), Text: interestText(in)}}
	if c.need.Search != "" && c.isSought(c.offer) {
		parts = append(parts, Part{Name: "gezocht", Points: pointsSought, Text: "Hier zochten jullie naar."})
	}
	travel := Part{Name: "reistijd", Points: pointsTravel * unknownShare, Text: "De reistijd is niet bekend."}
	if c.trip.known {
		travel = Part{Name: "reistijd", Points: pointsTravel * geo.Decay(c.trip.minutes, halfTravel), Text: tripText(c.trip)}
	}
	parts = append(parts, travel)
	money := Part{Name: "kosten", Points: pointsCost * unknownShare, Text: "De prijs is niet bekend."}
	if c.offer.CostsSaid() {
		month := float64(c.cost.NetCents) / 12
		money = Part{Name: "kosten", Points: pointsCost * halfCostMonth / (halfCostMonth + month), Text: moneyText(c.cost)}
	}
	parts = append(parts, money)
	if p, ok := c.preferences(); ok {
		parts = append(parts, p)
	}
	if p, ok := barrierPart(found); ok {
		parts = append(parts, p)
	}
	for i := range parts {
		parts[i].Points = round2(parts[i].Points)
	}
	return parts
}

// preferences gives points for what is known to fit; what is not known gives none.
func (c *slotCase) preferences() (Part, bool) {
	p := Part{Name: "voorkeur"}
	var fits []string
	for _, f := range []struct{ key, offered, text string }{
		{"setting", c.offer.Setting, map[string]string{"indoor": "binnen", "outdoor": "buiten"}[c.offer.Setting]},
		{"intensity", c.offer.Intensity, map[string]string{"active": "actief", "calm": "rustig"}[c.offer.Intensity]},
		{"group_size", c.offer.GroupSize, map[string]string{"alone": "alleen", "pair": "met z'n tweeën", "small": "in een klein groepje", "team": "in een team"}[c.offer.GroupSize]},
	} {
		if f.offered != "" && f.offered == c.facts.Prefs[f.key] && f.text != "" {
			fits = append(fits, f.text)
		}
	}
	p.Points = pointsPref * float64(len(fits))
	p.Text = "Zoals het kind het liefst doet: " + strings.Join(fits, ", ")
	return p, len(fits) > 0
}

func barrierPart(found []finding) (Part, bool) {
	p, n := Part{Name: "drempels"}, 0
	for _, f := range found {
		if !f.open() {
			continue
		}
		n++
		if f.state == questionnaire.BarrierUnknown {
			p.Points += pointsUnknown
		} else {
			p.Points += pointsOpen
		}
	}
	p.Text = fmt.Sprintf("%d dingen om te regelen", n)
	if n == 1 {
		p.Text = "1 ding om te regelen"
	}
	return p, n > 0
}

// total is the sum of the parts, to a hundredth.
func total(parts []Part) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p.Points
	}
	return round2(sum)
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }

// categoryOf is the catalogue facet of an activity, for variety.
func categoryOf(o *offer) string {
	if len(o.Tags) == 0 {
		return o.Domain
	}
	return questionnaire.Taxonomy().Category(o.Tags[0])
}

// candidate says whether an activity is held against the rules at all, and else why not.
func (s *search) candidate(o *offer, b *Board) (ok bool, why string) {
	switch {
	case o.Audience == "staff":
		return false, "Dit is voor mensen die met kinderen werken."
	case s.age >= venueAge && o.VenueKind == "buurthuis":
		return false, "Deze plek past niet bij jongeren vanaf 16 jaar."
	case o.Audience != "parent" && o.refuse != 0 && o.refuse&^s.vetoed == 0:
		return false, "Het kind zei: dit wil ik echt niet."
	case s.need.Search != "":
		return s.isSought(o), "Dit past niet bij de woorden waar jullie op zochten."
	case o.quiet != 0 && o.quiet&s.proposed == 0:
		return false, "Dit stellen we niet uit onszelf voor. Het is te vinden door ernaar te zoeken."
	case o.Audience == "" || o.Audience == "child":
		return o.tagBits&s.proposed != 0, s.whyNot(o)
	}
	in := s.interestIn(o, b)
	return in.Value >= bandMaybe, "Het gezin noemde dit niet."
}

func (s *search) whyNot(o *offer) string {
	for tags := o.tagBits; tags != 0; tags &= tags - 1 {
		if s.value[bits.TrailingZeros64(tags)] < 0 {
			return "Het kind vindt dit niet leuk."
		}
	}
	return "Het kind noemde dit niet."
}
