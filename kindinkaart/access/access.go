// Package access decides who may do what to which data: the matrix of DOMAIN 7.4. It is pure; services ask it
// before they act, and every store query repeats the same limits as a Scope.
package access

// Role is what somebody is in the wijknetwerk.
type Role string

// The roles of DOMAIN 7.4.
const (
	SMW            Role = "smw"
	Cover          Role = "cover" // replaces the owner during absence; derived from the record, not given to an account
	Teacher        Role = "teacher"
	IB             Role = "ib"
	PartnerRole    Role = "partner"
	TeamLead       Role = "team_lead"
	CatalogueAdmin Role = "catalogue_admin"
	Adviser        Role = "adviser" // gebiedsadviseur, gemeente
	Auditor        Role = "auditor" // FG
	Child          Role = "child"
	Parent         Role = "parent" // of a child under 16
	Youth          Role = "youth"  // 16 and older
	Buddy          Role = "buddy"
	System         Role = "system" // jobs and the operator at the console; has no column in the matrix
)

// Actor is the person who acts. It is the argument after ctx of every service method.
type Actor struct {
	ID           string // account id
	Tenant       string
	Organisation string
	Role         Role
	Schools      []string // schools a teacher, ib'er or smw works for
	Partner      string   // partner an account manages
}

// Scope limits a query to what an actor may reach at all. A zero Tenant reaches nothing.
type Scope struct {
	Tenant       string
	Organisation string   // "" = any of the tenant
	Person       string   // owner or cover; "" = any of the organisation
	Schools      []string // nil = any
}
