// Package catalog holds the offerings of the wijknetwerk: partners and their activities, and the rules for changing them.
// The JSON names are those of kindinkaart-catalogue/1.
package catalog

import (
	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
)

// Tri is a three-valued fact: ja, nee or onbekend. Unknown is not "no" (DOMAIN, first page, 4).
type Tri string

// The values of a Tri; "" counts as Unknown.
const (
	Yes     Tri = "ja"
	No      Tri = "nee"
	Unknown Tri = "onbekend"
)

// PartnerKind is the sort of organisation that offers activities.
type PartnerKind string

// PartnerKinds lists every kind of partner of the contract, in the order shown to people.
var PartnerKinds = []PartnerKind{"sportclub", "cultuur", "cjg", "scouting", "buurthuis", "school", "geloof", "zwembad", "bibliotheek", "jongerenwerk", "natuur", "overig"}

// Partner is a wijknetwerkpartner: a club, community centre, CJG or other organisation with activities.
type Partner struct {
	ID               string      `json:"id"`
	Name             string      `json:"name"`
	Kind             PartnerKind `json:"kind"`
	Contact          Contact     `json:"contact,omitzero"`
	Safety           Safety      `json:"safety,omitzero"`
	RecognisedByFund Tri         `json:"recognised_by_fund,omitempty"`

	Source     string `json:"source,omitempty"`
	SourceID   string `json:"source_id,omitempty"`
	SourceHash string `json:"source_hash,omitempty"` // of the record as the source last had it; see Service.Import
	Version    int    `json:"-"`
}

// Contact is how to reach a person at a partner.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Safety is what a partner declared about safe work with children (DOMAIN 7.9).
type Safety struct {
	VOG        Tri        `json:"vog,omitempty"`
	Confidant  Tri        `json:"confidant,omitempty"`
	DeclaredOn civil.Date `json:"declared_on,omitzero"`
}

// State is where an activity is in its life.
type State string

// The states of an activity.
const (
	Draft         State = "draft"
	Published     State = "published"
	Paused        State = "paused"
	Withdrawn     State = "withdrawn"
	InPreparation State = "in_preparation"
)

// Activity is something a child, parent or family can take part in.
type Activity struct {
	ID           string       `json:"id"`
	Partner      string       `json:"partner,omitempty"`
	Partners     []string     `json:"partners,omitempty"` // more than one organiser; the first is the main one
	Title        string       `json:"title"`
	Text         string       `json:"text,omitempty"`
	Domain       string       `json:"domain"`            // one of Domains
	Tags         []string     `json:"tags,omitempty"`    // leaf ids of the taxonomy
	Audience     string       `json:"audience"`          // one of Audiences
	AgeMin       *int         `json:"age_min,omitempty"` // whole years; nil = no limit
	AgeMax       *int         `json:"age_max,omitempty"`
	AgeReference string       `json:"age_reference,omitempty"` // start, 1_march, calendar_year; "" = start
	Group        string       `json:"group,omitempty"`         // mixed, girls, boys, parent_child; "" = mixed
	Languages    []string     `json:"languages,omitempty"`     // ISO 639-1; empty = nl
	Interpreter  Tri          `json:"interpreter,omitempty"`
	VenueKind    string       `json:"venue_kind,omitempty"`
	Setting      string       `json:"setting,omitempty"`    // indoor, outdoor, either
	Intensity    string       `json:"intensity,omitempty"`  // active, calm, either
	GroupSize    string       `json:"group_size,omitempty"` // alone, pair, small, team
	AtSchool     Tri          `json:"at_school,omitempty"`
	State        State        `json:"state"`
	ValidFrom    civil.Date   `json:"valid_from,omitzero"`
	ValidTo      civil.Date   `json:"valid_to,omitzero"`
	ConfirmedOn  civil.Date   `json:"confirmed_on,omitzero"`
	Costs        []Cost       `json:"costs,omitzero"` // nil = not said; empty but not nil = gratis
	Reduced      []Reduced    `json:"reduced,omitempty"`
	Instalments  Tri          `json:"instalments,omitempty"`
	Trial        Trial        `json:"trial,omitzero"`
	LendsKit     Tri          `json:"lends_kit,omitempty"`
	Bring        []string     `json:"bring,omitempty"` // what to take along, for the day plan
	Access       Access       `json:"access,omitzero"`
	Conditions   Conditions   `json:"conditions,omitzero"`
	Registration Registration `json:"registration,omitzero"`
	Contact      Contact      `json:"contact,omitzero"` // fixed contact person of this activity
	Siblings     Tri          `json:"sibling_welcome,omitempty"`
	Childcare    Tri          `json:"childcare,omitempty"`
	AbsenceOK    Tri          `json:"absence_ok,omitempty"` // a child may miss alternate weeks
	MedicalPlan  Tri          `json:"medical_plan,omitempty"`
	Unit         string       `json:"unit,omitempty"` // child, couple; "" = child
	Slots        []Slot       `json:"slots,omitempty"`

	Source     string `json:"source,omitempty"`
	SourceID   string `json:"source_id,omitempty"`
	SourceHash string `json:"source_hash,omitempty"` // of the record as the source last had it; see Service.Import
	Missing    bool   `json:"missing,omitempty"`     // left its source at the last import; a person decides
	Version    int    `json:"-"`
}

// MainPartner is the id of the first organiser, "" when there is none.
func (a Activity) MainPartner() string {
	if a.Partner != "" {
		return a.Partner
	}
	if len(a.Partners) > 0 {
		return a.Partners[0]
	}
	return ""
}

// CostsSaid says whether the provider said what it costs; an empty list that is not nil says "gratis".
func (a Activity) CostsSaid() bool { return a.Costs != nil }

// Domains lists the domains of the contract.
var Domains = []string{"sport", "cultuur", "zwemles", "natuur", "techniek", "sociaal", "zorg", "cjg"}

// Audiences lists for whom an activity can be.
var Audiences = []string{"child", "parent", "parent_child", "family", "staff"}

// Cost is one price line; its kinds and meaning are in DOMAIN 4.2.
type Cost struct {
	Kind     string `json:"kind"`
	Cents    int    `json:"cents"`              // integer euro cents, 0 or more
	Per      string `json:"per"`                // once, year, season, quarter, month, time
	Required *bool  `json:"required,omitempty"` // nil = required
	Times    int    `json:"times,omitempty"`    // planned sessions, when per is time
}

// Reduced is a provider's own lower price, used before any fund (DOMAIN 4.2).
type Reduced struct {
	When  string `json:"when"` // low_income, pass
	Kind  string `json:"kind"`
	Cents int    `json:"cents"`
	Per   string `json:"per"`
}

// Trial says how often a child may try for free.
type Trial struct {
	FreeLessons int `json:"free_lessons,omitempty"` // above 0 says yes by itself
	Free        Tri `json:"free,omitempty"`         // nee: a trial costs money or is not possible
}

// Access is what is known about taking part with a disability. Unknown never counts as yes.
type Access struct {
	StepFree     Tri `json:"step_free,omitempty"`
	Toilet       Tri `json:"toilet,omitempty"`
	LowStimulus  Tri `json:"low_stimulus,omitempty"`
	ExtraSupport Tri `json:"extra_support,omitempty"`
	Adapted      Tri `json:"adapted,omitempty"`
}

// Conditions must hold before a child can take part.
type Conditions struct {
	SwimMin string `json:"swim_min,omitempty"` // A, AB, ABC
}

// Registration says how a family signs up.
type Registration struct {
	Via   []string `json:"via,omitempty"` // app, formulier, telefoon, langskomen
	DigiD Tri      `json:"digid,omitempty"`
}

// Slot is one weekly time, or a set of dates, at one place.
type Slot struct {
	ID             string       `json:"id"`
	Weekday        string       `json:"weekday,omitempty"` // ma … zo
	Dates          []civil.Date `json:"dates,omitempty"`
	Start          Clock        `json:"start"`
	End            Clock        `json:"end"`
	Location       Location     `json:"location,omitzero"`
	From           civil.Date   `json:"from,omitzero"`
	To             civil.Date   `json:"to,omitzero"`
	Capacity       *int         `json:"capacity,omitempty"` // nil = no limit known
	Enrolled       int          `json:"enrolled,omitempty"`
	Waitlist       Waitlist     `json:"waitlist,omitzero"`
	MembershipStop bool         `json:"membership_stop,omitempty"`
	Pickup         Tri          `json:"pickup,omitempty"`
}

// Location is where a slot takes place. Lat and Lon are 0 when unknown.
type Location struct {
	Name     string  `json:"name,omitempty"`
	Street   string  `json:"street,omitempty"`
	Postcode string  `json:"postcode,omitempty"`
	Place    string  `json:"place,omitempty"`
	Lat      float64 `json:"lat,omitempty"`
	Lon      float64 `json:"lon,omitempty"`
}

// Point gives the place on the map; ok is false when it is unknown.
func (l Location) Point() (p geo.Point, ok bool) {
	if l.Lat == 0 && l.Lon == 0 {
		return geo.Point{}, false
	}
	return geo.Point{Lat: l.Lat, Lon: l.Lon}, true
}

// Waitlist tells whether one can queue, and how many do.
type Waitlist struct {
	Open  bool `json:"open,omitempty"`
	Count int  `json:"count,omitempty"`
}
