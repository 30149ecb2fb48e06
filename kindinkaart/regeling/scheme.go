package regeling

import (
	"bytes"
	_ "embed"

	"github.com/golang-sql/civil"
)

// Scheme is one funding scheme as dated data (DOMAIN 4.2). Money is integer euro cents, ages are whole years.
type Scheme struct {
	ID                  string      `json:"id"`
	Name                string      `json:"name"`
	Kind                string      `json:"kind"`      // fund, municipal_credit, municipal_declaration, travel, aid
	Residence           []string    `json:"residence"` // CBS codes of the child's registered home; "*" = everywhere
	AgeMin              int         `json:"age_min"`
	AgeMax              int         `json:"age_max"` // inclusive
	AgeReference        string      `json:"age_reference"`
	Income              *Income     `json:"income"`     // nil = no income condition
	Categories          []string    `json:"categories"` // domains of activities; "*" = all
	Covers              []string    `json:"covers"`     // cost kinds
	NotCovers           []string    `json:"not_covers"`
	Share               float64     `json:"share,omitempty"`               // part paid, 0..1; 0 = everything
	OwnShareMaxCents    *int        `json:"own_share_max_cents,omitempty"` // per line; nil = no maximum
	MaxCents            *int        `json:"max_eur_cents"`                 // per child and period; nil = no maximum
	MaxByAge            []AgeMax    `json:"max_by_age,omitempty"`          // first that fits replaces MaxCents
	Period              string      `json:"period,omitempty"`
	MaxApplications     *int        `json:"max_applications"`
	SharedCap           *SharedCap  `json:"shared_cap"`
	ExclusiveWith       []string    `json:"exclusive_with"`
	LastResort          bool        `json:"last_resort"`
	PaysTo              string      `json:"pays_to,omitempty"` // provider, card, family
	ProviderRequirement string      `json:"provider_requirement,omitempty"`
	Application         Application `json:"application"`
	Source              []string    `json:"source,omitempty"`
	SourceYear          string      `json:"source_year,omitempty"`
	Verified            bool        `json:"verified"`
	VerifiedBy          string      `json:"verified_by,omitempty"`
	VerifiedAt          civil.Date  `json:"verified_at,omitzero"`
	ValidFrom           civil.Date  `json:"valid_from,omitzero"` // zero = always was
	ValidTo             civil.Date  `json:"valid_to,omitzero"`   // inclusive; zero = no end
	Note                string      `json:"note,omitempty"`
}

// The moments at which a scheme counts the age of a child.
const (
	AgeAtStart      = "start_date"
	AgeOnFirstMarch = "1_march_of_pass_year" // the 1 March on or before the start
	AgeInYear       = "calendar_year"        // the age a child reaches in the year of the start
	AgeAtTravel     = "travel_date"
)

// Income says which self-declared signals a scheme accepts and how sure they make it (DOMAIN 4.2). No amounts.
type Income struct {
	Guide   string               `json:"guide,omitempty"`
	Accepts map[string]Certainty `json:"accepts"` // signal -> verwacht, mogelijk, nee; absent = nee
}

// AgeMax is another maximum for children of some ages, both inclusive.
type AgeMax struct {
	AgeMin int `json:"age_min"`
	AgeMax int `json:"age_max"`
	Cents  int `json:"max_eur_cents"`
}

// SharedCap is an amount that several schemes share for one child.
type SharedCap struct {
	ID          string   `json:"id"`
	TotalCents  int      `json:"total_cents"`
	WithSchemes []string `json:"with_schemes"`
}

// Application says how money is asked for.
type Application struct {
	By              string `json:"by,omitempty"`
	Route           string `json:"route,omitempty"`
	BeforeStart     bool   `json:"before_start"` // only before the first lesson
	Retroactive     bool   `json:"retroactive"`
	DecisionDays    []int  `json:"decision_days"` // shortest and longest; nil = unknown
	RenewNoticeDays *int   `json:"renew_notice_days"`
	Needs           string `json:"needs,omitempty"`
}

//go:embed schemes-example.json
var exampleFile []byte

// Example gives the example schemes that are shipped for demonstration. None is verified, so none counts as expected.
func Example() []Scheme {
	schemes, err := Read(bytes.NewReader(exampleFile))
	if err != nil {
		panic("regeling: embedded example: " + err.Error())
	}
	return schemes
}
