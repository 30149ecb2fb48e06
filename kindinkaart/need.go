package kindinkaart

import (
	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// Need is kindinkaart-need/1: all that matching may know about a child. It has no name and no id.
type Need struct {
	Format     string                `json:"format"`
	On         civil.Date            `json:"on"`                  // the day of the search
	Born       Born                  `json:"born"`                // year and month, or a full date
	Residence  string                `json:"residence,omitempty"` // CBS municipality code of the registered home
	Home       *Place                `json:"home,omitempty"`
	SecondHome *Place                `json:"second_home,omitempty"` // the other address of a child with two homes
	School     *Place                `json:"school,omitempty"`
	Other      *Place                `json:"other,omitempty"` // another place to search from (C1)
	Variant    questionnaire.Variant `json:"variant"`
	Answers    questionnaire.Answers `json:"answers"`
	Parent     questionnaire.Answers `json:"parent,omitempty"`
	Search     string                `json:"search,omitempty"` // free words of this search, never stored
	Arranged   []Arranged            `json:"arranged,omitempty"`
	Consents   []string              `json:"consents,omitempty"`
	Used       []regeling.Used       `json:"used,omitempty"`
	Approved   []regeling.Approval   `json:"approved,omitempty"`
	Refused    []regeling.Refusal    `json:"refused,omitempty"` // what a fund said no to
}

// Place is a point or a postcode to search from.
type Place struct {
	Lat      float64      `json:"lat,omitempty"`
	Lon      float64      `json:"lon,omitempty"`
	Postcode geo.Postcode `json:"postcode,omitempty"`
}

// Arranged is a remedy that was arranged for one activity: it lifts every barrier of that activity that lists it, while it runs.
type Arranged struct {
	Activity string     `json:"activity"`
	Remedy   string     `json:"remedy"`
	From     civil.Date `json:"from,omitzero"`
	Until    civil.Date `json:"until,omitzero"`
}
