// Package questionnaire holds the Kind in Kaart questionnaire, its answers and how they become a profile (DOMAIN 3).
// It is pure; the definitions are embedded data. It is an own wording, not the method of MEE or SMWR.
package questionnaire

import "encoding/json"

// Variant says who answers: A (4 to 7, with help), B (8 to 12), C (12 and older), P (parent).
type Variant string

// The variants of DOMAIN 3.1.
const (
	VariantA Variant = "A"
	VariantB Variant = "B"
	VariantC Variant = "C"
	VariantP Variant = "P"
)

// Answers holds raw answers by item id, in the shapes of kindinkaart-need/1. An absent item was not shown or skipped.
type Answers map[string]json.RawMessage

// Profile is kindinkaart-profile/1: what a child likes and is good at, each figure from -1 to 1 and rounded to three
// decimals (DOMAIN 3.2). Tags with value 0 are left out.
type Profile struct {
	Format         string             `json:"format"`
	Interest       map[string]float64 `json:"interest"`
	Talent         map[string]float64 `json:"talent"`
	ParentInterest map[string]float64 `json:"parent_interest"`
	ParentOwn      map[string]float64 `json:"parent_own,omitempty"`
	Effective      map[string]float64 `json:"effective"`
	Veto           []string           `json:"veto"`
	Coverage       Coverage           `json:"coverage"`
}

// Coverage counts answered core items. Under Few the profile is too thin to rank by.
type Coverage struct {
	Answered int `json:"answered"`
	Core     int `json:"core"`
}

// Few says whether fewer than 40 % of the core items were answered (DOMAIN 3.2, missing answers).
func (c Coverage) Few() bool { return c.Core == 0 || float64(c.Answered) < 0.4*float64(c.Core) }

// BarrierState is what is known about a barrier: yes, no, not_mentioned or unknown (DOMAIN 3.2, missing answers).
type BarrierState string

// The states of a barrier.
const (
	BarrierYes          BarrierState = "yes"
	BarrierNo           BarrierState = "no"
	BarrierNotMentioned BarrierState = "not_mentioned"
	BarrierUnknown      BarrierState = "unknown"
)

// Facts is everything the answers of child and parent say apart from interests: what the matcher needs to know about
// time, travel, money, needs and help. The zero value means nothing is known.
type Facts struct {
	Barriers     Barriers
	Details      map[string][]string // extra words by barrier code, for example spannend: omkleden
	BringTimes   Times               // P4
	ChildTimes   Times               // F3
	Travel       TravelWish          // P5, or C2 in variant C
	Independence Independence        // P6
	Budget       Budget              // P7
	Income       []string            // P8 signals: low_yes, debt_yes, pass_yes, low_no, unknown; empty = not asked
	Help         []string            // P9 option ids
	HelpHints    []string            // remedy ids hinted at by P9, V2 and W5
	SupportLevel string              // zelf, licht, hand; "" = unknown
	Language     string              // P10; "" = unknown
	Needs        []string            // G3 needs; only with the consent toegankelijkheid
	NeedsKnown   bool                // G3 was answered with a need or with "nee"
	Swim         string              // G4: none, A, AB, ABC; "" = unknown
	SearchBase   string              // C1: home, school, other; "" = home
	Prefs        Prefs
	Companion    string   // W5 option id
	OwnWords     []string // W3 tags as confirmed
	TopThree     []string // W2 option ids in order
}

// Prefs is how a child likes to do things; "" = it did not say.
type Prefs struct {
	Setting   string `json:"setting"`    // indoor, outdoor, either
	Intensity string `json:"intensity"`  // active, calm, either
	GroupSize string `json:"group_size"` // alone, pair, small, team
	Aim       string `json:"aim"`        // friends, fun, learn, compete
}

// TravelWish is how a family travels and how long one way may take. Minutes 0 = unknown.
type TravelWish struct {
	Mode    string // walk, bike, transit, car; "" = unknown
	Minutes int
}

// Independence is how far a child may go without an adult. Mode "" = unknown.
type Independence struct {
	Mode       string // none, walk, bike, transit, accompanied
	MaxMinutes int
}

// Budget is what a family says it can pay. Known is false when not said.
type Budget struct {
	Known      bool
	MonthCents int  // per month, when not Unlimited
	Unlimited  bool // "meer"
}
