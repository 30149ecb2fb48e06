package catalog

// The values of the contract that are a choice from a list. Empty means: not said.
var (
	// Weekdays lists the days of the week as slots write them.
	Weekdays = []string{"ma", "di", "wo", "do", "vr", "za", "zo"}
	// States lists the states of an activity.
	States = []State{Draft, Published, Paused, Withdrawn, InPreparation}
	// CostKinds lists the kinds of price lines (DOMAIN 4.2).
	CostKinds = []string{"contributie", "lesgeld", "inschrijfgeld", "tenue", "kleding", "attributen", "instrumenthuur", "diplomakosten",
		"kamp", "ov", "fiets", "schoolspullen", "laptop", "sporthulpmiddel"}
	// CostPers lists the periods a price can be for.
	CostPers = []string{"once", "year", "season", "quarter", "month", "time"}
	// ReducedWhens lists when a reduced price holds.
	ReducedWhens = []string{"low_income", "pass"}
	// AgeReferences lists the days on which an age can be looked at.
	AgeReferences = []string{"start", "1_march", "calendar_year"}
	// Groups lists for which group an activity can be.
	Groups = []string{"mixed", "girls", "boys", "parent_child"}
	// Settings lists where an activity can be: inside, outside or both.
	Settings = []string{"indoor", "outdoor", "either"}
	// Intensities lists how busy an activity can be.
	Intensities = []string{"active", "calm", "either"}
	// GroupSizes lists with how many a child takes part.
	GroupSizes = []string{"alone", "pair", "small", "team"}
	// RegistrationVias lists the ways to sign up.
	RegistrationVias = []string{"app", "formulier", "telefoon", "langskomen"}
	// SwimMins lists the swimming diplomas that can be asked.
	SwimMins = []string{"A", "AB", "ABC"}
	// Units lists what one place is for.
	Units = []string{"child", "couple"}
)

// The limits of what one activity holds. A text is counted in characters.
const (
	MaxTitle  = 160
	MaxText   = 8000
	MaxShort  = 300 // names, streets, phone numbers
	MaxSlots  = 400
	MaxDates  = 400
	MaxList   = 60 // tags, costs, languages, things to bring
	MaxCents  = 100_000_00
	MaxPeople = 100_000
)
