// Package matcher ranks the catalogue for one child and says why, why not, and what would make it possible (DOMAIN 5
// and 8). Ranking is pure: Rank works on a Need and a Board in memory. A score is the sum of its parts.
package matcher

import (
	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Group is where a result stands: kan_zo before kan_met_hulp before kan_nu_niet (DOMAIN 8, promise 1).
type Group string

// The groups.
const (
	KanZo      Group = "kan_zo"
	KanMetHulp Group = "kan_met_hulp"
	KanNuNiet  Group = "kan_nu_niet"
)

// Band says in words how well an activity fits (DOMAIN 3.2): past_goed, past, misschien, or "" below that.
type Band string

// The bands.
const (
	FitsWell Band = "past_goed"
	Fits     Band = "past"
	Maybe    Band = "misschien"
)

// Result is kindinkaart-match/1.
type Result struct {
	Format      string                 `json:"format"`
	Coverage    questionnaire.Coverage `json:"coverage"`
	Thin        bool                   `json:"thin,omitempty"` // under 40 % answered: a varied list, not a ranking
	Items       []Item                 `json:"items"`
	NotProposed []NotProposed          `json:"not_proposed"`

	Base geo.Point `json:"-"` // where the search began, for the map; zero when not known
}

// Item is one activity at its best slot.
type Item struct {
	Rank         int       `json:"rank"` // 1 and up
	Group        Group     `json:"group"`
	Activity     string    `json:"activity"`
	Slot         string    `json:"slot"`
	Score        float64   `json:"score"` // the sum of the points of Parts
	Parts        []Part    `json:"parts"`
	Interest     Interest  `json:"interest"`
	Travel       Travel    `json:"travel"`
	Cost         Cost      `json:"cost"`
	Reasons      []string  `json:"reasons"` // at most three, plain Dutch
	Tasks        []Task    `json:"tasks"`
	Blockers     []Blocker `json:"blockers"`
	Alternatives []string  `json:"alternatives,omitempty"` // activity ids, when full
	Full         bool      `json:"full,omitempty"`         // the slot takes nobody now; full ones stand apart
	SMWOnly      bool      `json:"smw_only,omitempty"`     // not for children and parents: safety not declared
	Nearest      string    `json:"nearest,omitempty"`      // of kan_nu_niet: what would make it possible; see NewNearest
}

// Offer is the activity of a line at its best slot, as the catalogue has it.
type Offer struct {
	Activity catalog.Activity
	Partner  catalog.Partner
	Slot     catalog.Slot
}

// Part is one visible part of a score.
type Part struct {
	Name   string  `json:"name"` // interesse, reistijd, kosten, drempels, voorkeur, gekozen_woord
	Points float64 `json:"points"`
	Text   string  `json:"text"` // Dutch
}

// Interest is the tag of the activity that fits best.
type Interest struct {
	Tag   string  `json:"tag"`
	Value float64 `json:"value"`
	Band  Band    `json:"band"`
}

// Travel is the way to the slot. Minutes and metres are rounded to whole numbers.
type Travel struct {
	Mode           geo.Mode `json:"mode"`
	Minutes        int      `json:"minutes"`
	Metres         int      `json:"metres"`
	StraightMetres int      `json:"straight_metres"`
	Via            string   `json:"via,omitempty"`
	Estimate       bool     `json:"estimate"`
	Alone          bool     `json:"alone"`             // may the child go without an adult
	Unknown        bool     `json:"unknown,omitempty"` // the place or the home is not known
	MinutesUp      int      `json:"-"`                 // rounded up, for the day plan (DOMAIN 5)
}

// Cost is what the family pays (DOMAIN 4.3).
type Cost struct {
	GrossCents       int        `json:"gross_cents"`
	NetCents         int        `json:"net_cents"`
	MaybeCents       int        `json:"maybe_cents"`
	BeforeStartCents int        `json:"before_start_cents"`
	ApplyBy          civil.Date `json:"apply_by,omitzero"`
	Schemes          []Scheme   `json:"schemes"`
}

// Scheme is what one regeling does.
type Scheme struct {
	ID        string             `json:"id"`
	Name      string             `json:"name,omitempty"`
	Certainty regeling.Certainty `json:"certainty"`
	Cents     int                `json:"cents"`
}

// Effect says what a remedy does to a barrier (DOMAIN 5, rules).
type Effect string

// The effects of barriers-v1.json.
const (
	Lifts        Effect = "lifts"
	LiftsUnknown Effect = "lifts_unknown"
	Redirects    Effect = "redirects"
	Supports     Effect = "supports"
)

// Task is one remedy for one open barrier.
type Task struct {
	Barrier string `json:"barrier"`
	Remedy  string `json:"remedy"`
	Effect  Effect `json:"effect"`
	Text    string `json:"text"`
	Who     string `json:"who,omitempty"`
	Done    bool   `json:"done"` // arranged, and it runs on the day of the search
}

// Blocker is a barrier that stands in the way, or is not known.
type Blocker struct {
	Barrier string                     `json:"barrier"`
	State   questionnaire.BarrierState `json:"state"` // yes or unknown
	Hard    bool                       `json:"hard,omitempty"`
	Text    string                     `json:"text"`
}

// NotProposed is an activity that is not in the list, and why.
type NotProposed struct {
	Activity string `json:"activity"`
	Why      string `json:"why"`
	Nearest  string `json:"nearest,omitempty"` // what would make it possible; see NewNearest
}
