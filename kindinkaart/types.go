// Package kindinkaart holds children and what follows from a meeting with them: consent, the questionnaire, the way to
// an activity and taking part. Nothing about what is wrong with a child is a field (DOMAIN, first page, 1).
package kindinkaart

import (
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

// SchoolType is a kind of school or preschool place (DOMAIN 1).
type SchoolType string

// SchoolTypes lists them in the order shown to people.
var SchoolTypes = []SchoolType{"bo", "sbo", "so", "vo", "vso", "mbo", "voorschool"}

// School is a place where children are met.
type School struct {
	ID       string
	Tenant   string
	BRIN     string // school code with location, unique per tenant when given
	Name     string
	Type     SchoolType
	Street   string
	Postcode geo.Postcode
	Place    string
	Point    geo.Point // zero when unknown
	Wijk     string    // area code
	Region   string    // holiday region: noord, midden, zuid
	Version  int
}

// Child is a child or young person somebody works with. Everything in it is personal data.
type Child struct {
	ID            string
	Tenant        string
	Organisation  string // employer of the smw'er: the controller of this record
	Owner         string // account of the smw'er
	Cover         string // account that replaces the owner, "" = none
	School        string
	Klas          string // label, for example "5B"
	GivenName     string
	Surname       string // only for enrolment
	Born          Born
	Postcode      geo.Postcode
	Point         geo.Point // of the postcode, rounded to about 100 m; zero when unknown or the address is secret
	SecondHome    geo.Postcode
	OtherPlace    geo.Postcode // where a young person is most of the time, to search from (C1); four digits will do
	SecretAddress bool         // search from the middle of the wijk (DOMAIN 7.8)
	Wijk          string       // area code
	Residence     string       // CBS municipality code
	Language      string       // of contact
	ParentAgrees  bool         // from 8 years: the child agrees that a parent sees its answers
	Grants        []Grant      // what funds gave, oldest first
	CreatedAt     time.Time
	Version       int
}

// Purpose is what a consent is for; each is asked apart (DOMAIN 7.1, 7.3).
type Purpose string

// The purposes.
const (
	PurposeProfile Purpose = "profiel"          // take the questionnaire and search
	PurposeAccess  Purpose = "toegankelijkheid" // G3: access needs
	PurposePartner Purpose = "delen_aanbieder"  // first name, age and parent phone to the chosen partner
	PurposeSchool  Purpose = "delen_school"     // state only, to the school
	PurposeMeting  Purpose = "meting"           // 0-, 1- and 2-meting
)

// Consent is one answer of one person about one purpose. A refusal is a normal outcome and is stored too.
type Consent struct {
	ID          string
	Tenant      string
	Child       string
	Purpose     Purpose
	By          string // ouder, jongere, kind
	Capacity    string // gezag, gezag_mede_namens, zelf
	How         string // gesprek, papier, scherm
	TextVersion string
	Given       bool // false = refused
	On          civil.Date
	WithdrawnOn civil.Date // zero = stands
	Version     int
}

// Afname is one taking of the questionnaire.
type Afname struct {
	ID            string
	Tenant        string
	Child         string // "" for an afname with a class card
	Card          string // "" for an afname with a known child
	Klas          string
	Variant       questionnaire.Variant
	ClassMode     bool
	Questionnaire string // version
	HelpedBy      string // alleen, smw, ouder, leerkracht
	Language      string
	Answers       questionnaire.Answers
	OwnWords      string                 // W3, the child's own words, never indexed
	Seen          []string               // items that were shown, in order
	Withheld      []string               // items not to ask: their own consent does not stand (DOMAIN 7.3); given by Service.Afname, never kept
	Profile       *questionnaire.Profile // of the finished afname
	StartedAt     time.Time
	FinishedAt    time.Time // zero = begun, not finished
	Version       int
}

// Traject is the way of one child to an activity. Stage and transitions are data of package traject.
type Traject struct {
	ID           string
	Tenant       string
	Organisation string
	Owner        string
	Cover        string
	Child        string
	School       string
	Source       string // who referred: trajectory-v1.json, sources
	Reason       string // neutral reason of a choice list: vrije_tijd, vriendjes, bewegen, talent, meedoen, thuis_vraag
	Stage        string
	Since        civil.Date // day this stage was entered
	SupportLevel string     // zelf, licht, hand
	Talks        int        // talks held
	Toeleiding   *Toeleiding
	FirstTime    civil.Date // first day of taking part; zero = not yet
	EndNote      string     // choice: destination type or stop reason
	TalkReason   string     // why the talks went on past what was agreed
	Version      int
}

// Toeleiding is the chosen activity with the reasons that were shown when it was chosen.
type Toeleiding struct {
	Activity   string
	Slot       string
	Title      string
	Partner    string
	When       string // "wo 17:00–18:15"
	Where      string
	ChosenOn   civil.Date
	Words      string // the child's own words
	Companion  string // who goes along the first time
	Score      float64
	Group      string // kan_zo, kan_met_hulp, kan_nu_niet
	Reasons    []string
	Minutes    int // travel
	Mode       string
	Via        string // the bridge or tunnel on the way
	About      bool   // the travel is an estimate
	StartTime  int    // minutes after midnight, for the day plan
	EndTime    int    // the same; 0 = not known
	GrossCents int
	NetCents   int
	NoPrice    bool     // the provider said no price: GrossCents 0 is then not "gratis"
	Shown      []string // ids of everything that was shown with it
	TrialOn    civil.Date
	ApprovedOn civil.Date // fund; zero = none
	RemindFrom civil.Date // messages for home are planned from this day on; zero = from the first time, when Remind is set
	Remind     bool       // the family wants messages on the day itself (P9)
}

// TrajectEvent is one step in the history of a traject; back steps keep history.
type TrajectEvent struct {
	ID      string
	Tenant  string
	Traject string
	Seq     int
	From    string
	To      string
	On      civil.Date
	By      string // account id
	Note    string // choice values only: stop reason, outcome, destination
}

// Task is something to arrange for a barrier, with an owner and a date.
type Task struct {
	ID      string
	Tenant  string
	Traject string
	Barrier string // code of barriers-v1.json, "" for an own task
	Remedy  string
	Effect  string // lifts, lifts_unknown, redirects, supports

	Activity string // that it is arranged for; "" = a task of its own, or of before this was kept
	Scheme   string // of a fund to ask: the scheme that was expected to help most
	Cents    int    // and what it was expected to give
	Text     string
	Who      string // smw, ouder, kind, aanbieder, vrijwilliger
	Due      civil.Date
	DoneOn   civil.Date // zero = open
	From     civil.Date // an arranged remedy runs from …
	Until    civil.Date // … until; zero = no end
	Version  int
}

// Check asks after some time whether a child still takes part: due on day 14, 42 and 91 (DOMAIN 6).
type Check struct {
	ID      string
	Tenant  string
	Traject string
	Number  int
	Due     civil.Date
	On      civil.Date // zero = open
	Answer  string     // doet_mee, weet_niet, gestopt
	Fun     string     // ja, gaat_wel, nee, ""
	Missed  int        // missed weeks in a row, holidays excluded
	Version int
}

// Klas is a class that is profiled together, pseudonymously (DOMAIN 7.5).
type Klas struct {
	ID           string
	Tenant       string
	Organisation string
	Owner        string // smw'er
	Teacher      string // account, may be ""
	School       string
	Name         string // "Groep 5B"
	Year         string // school year, "2026-2027"
	Variant      questionnaire.Variant
	Open         bool // children may answer
	CreatedAt    time.Time
	Version      int
}

// CardState is how far a card is.
type CardState string

// The states of a card.
const (
	CardUnused  CardState = "unused"
	CardStarted CardState = "started"
	CardDone    CardState = "done"
	CardLinked  CardState = "linked" // with consent, to a child's record
	CardExpired CardState = "expired"
)

// Card gives one child of a class access to its own questionnaire, without a name. The code itself is printed once;
// the store keeps a keyed hash to look it up by and the sealed code for printing again.
type Card struct {
	ID        string
	Tenant    string
	Klas      string
	Code      string // 6 characters, no look-alikes
	Animal    string // what the teacher's board shows: vos, uil, …
	Variant   questionnaire.Variant
	State     CardState
	Afname    string
	Child     string // when linked
	ExpiresAt time.Time
	Version   int
}
