// Package regeling holds funding schemes as dated data and computes what a family pays itself (DOMAIN 4). It is pure.
package regeling

import "github.com/golang-sql/civil"

// Certainty says how sure a scheme is (DOMAIN 4.3, 5).
type Certainty string

// The certainties, from sure to none.
const (
	Confirmed Certainty = "bevestigd"
	Expected  Certainty = "verwacht"
	Possible  Certainty = "mogelijk"
	None      Certainty = "nee"
)

// Line is one compulsory or optional price line of an activity, in the kinds of DOMAIN 4.2.
type Line struct {
	Kind     string
	Cents    int
	Per      string // once, year, season, quarter, month, time
	Times    int    // planned sessions when Per is time
	Required bool
}

// ReducedLine replaces the line of its kind when its condition holds, before any scheme.
type ReducedLine struct {
	When  string // low_income, pass
	Kind  string
	Cents int
	Per   string
}

// Used is money a child already got from a scheme in its current period.
type Used struct {
	Scheme string `json:"scheme"`
	Cents  int    `json:"cents"`
}

// Approval is a grant the fund gave for one activity.
type Approval struct {
	Scheme   string `json:"scheme"`
	Activity string `json:"activity"`
	Cents    int    `json:"cents"`
}

// Refusal is a scheme that was asked for one activity and said no.
type Refusal struct {
	Scheme   string `json:"scheme"`
	Activity string `json:"activity"`
}

// Part is what one scheme does for a family and an activity.
type Part struct {
	Scheme    string
	Name      string
	Certainty Certainty
	Cents     int    // covered, 0 or more
	Why       string // Dutch, for a scheme that gives nothing
}

// Cost is the outcome: gross price, what the family probably pays, and what it may be less (DOMAIN 4.3).
type Cost struct {
	GrossCents       int        // compulsory lines over the first 12 months
	NetCents         int        // after confirmed and expected schemes
	MaybeCents       int        // also after possible schemes; never above NetCents
	BeforeStartCents int        // to be paid before the fund answers
	ApplyBy          civil.Date // last day to apply; zero when no application is needed
	Parts            []Part
	ReducedUsed      []string // kinds whose line was replaced by the provider's own lower price
}
