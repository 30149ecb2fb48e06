package access

import "slices"

// Right is what somebody wants to do.
type Right string

// The rights of DOMAIN 7.4. Who may read a single record may also count it.
const (
	Read      Right = "R"
	Write     Right = "W"
	Aggregate Right = "a"
)

// DataKind is a row of the matrix of DOMAIN 7.4.
type DataKind string

// The kinds of data.
const (
	Catalogue    DataKind = "catalogue"
	Experience   DataKind = "experience"    // notes on offers
	Identity     DataKind = "identity"      // name and contact; a school gets name and state only, a partner first name, age and phone of a parent
	Answers      DataKind = "answers"       // answers and tags
	OwnWords     DataKind = "own_words"     // W3
	Mood         DataKind = "mood"          // mood items and metingen
	AccessNeeds  DataKind = "access_needs"  // G3
	Barriers     DataKind = "barriers"      // barriers and money signals
	Trajectory   DataKind = "trajectory"    // stage, tasks, checks
	Flag         DataKind = "flag"          // single or multiple
	Hours        DataKind = "hours"         // worked hours
	ClassResults DataKind = "class_results" // pseudonymous
	SupplyGaps   DataKind = "supply_gaps"   // searches without result
	Audit        DataKind = "audit"         // who did what
)

// Subject is what a right is asked about: the kind of data and the facts of the record that decide.
type Subject struct {
	Kind             DataKind
	Tenant           string
	Organisation     string
	Owner            string // account of the smw'er
	Cover            string // account that replaces the owner
	School           string
	Partner          string // of the activity: its own, or the chosen one of a child
	ReferredBySchool bool   // the school itself referred this child
	Consent          bool   // the consent this sharing needs stands
	OwnRecord        bool   // the record is about the actor, or about the child of the actor
	ParentPart       bool   // the part of the questionnaire a parent answered
	ChildAgrees      bool   // the child agrees that a parent sees its answers
}

// Can says whether an actor has a right to a subject (DOMAIN 7.4). It never says yes outside the tenant, and for data about
// a child never outside the own organisation and caseload. It has no state: equal input gives an equal answer.
func Can(a Actor, r Right, s Subject) bool {
	if a.Tenant == "" || a.Tenant != s.Tenant || a.ID == "" {
		return false
	}
	column := columnOf(a, s)
	if !within(a, column, s) {
		return false
	}
	for _, g := range matrix[s.Kind][column] {
		if (g.right == r || g.right == Read && r == Aggregate) && g.holds(a, s) {
			return true
		}
	}
	return false
}

// ScopeOf gives the widest query an actor may ever make over data of children. A zero Scope reaches nothing.
func ScopeOf(a Actor) Scope {
	if a.Tenant == "" || a.ID == "" {
		return Scope{}
	}
	switch a.Role {
	case SMW, Cover:
		if a.Organisation != "" {
			return Scope{Tenant: a.Tenant, Organisation: a.Organisation, Person: a.ID}
		}
	case Teacher, IB:
		return Scope{Tenant: a.Tenant, Schools: append([]string{}, a.Schools...)}
	case TeamLead:
		if a.Organisation != "" {
			return Scope{Tenant: a.Tenant, Organisation: a.Organisation}
		}
	case Adviser, Auditor:
		return Scope{Tenant: a.Tenant, Organisation: a.Organisation}
	}
	return Scope{}
}

// columnOf is the role in the matrix: a smw'er who replaces the owner has the column cover.
func columnOf(a Actor, s Subject) Role {
	if a.Role == SMW && s.Owner != "" && s.Owner != a.ID && s.Cover == a.ID {
		return Cover
	}
	return a.Role
}

// shared kinds belong to the whole tenant and not to one organisation or caseload.
func shared(k DataKind) bool { return k == Catalogue || k == Experience || k == SupplyGaps }

// within says whether the subject lies in what the role works with at all, before rights are looked at.
func within(a Actor, column Role, s Subject) bool {
	if shared(s.Kind) {
		return true
	}
	inOrganisation := a.Organisation != "" && a.Organisation == s.Organisation
	switch column {
	case SMW:
		return inOrganisation && s.Owner == a.ID
	case Cover:
		return inOrganisation && s.Cover == a.ID
	case TeamLead:
		return inOrganisation
	case Adviser, Auditor:
		return a.Organisation == "" || inOrganisation
	case Teacher, IB:
		return s.School != "" && slices.Contains(a.Schools, s.School)
	case PartnerRole:
		return a.Partner != "" && a.Partner == s.Partner
	case Child, Parent, Youth, Buddy:
		return s.OwnRecord
	}
	return false
}
