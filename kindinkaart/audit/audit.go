// Package audit describes who did what to which record. Events hold ids only: never a name, postcode or answer (DOMAIN 7.8).
package audit

import "time"

// Event is one act of one person on one record.
type Event struct {
	ID      string
	Tenant  string
	At      time.Time
	Actor   string // account id, "card" for a child with a code, "system" for jobs
	Role    string
	Action  string // verb: read, create, update, withdraw, match, choose, export, login, denied, …
	Kind    string // child, traject, afname, klas, activity, account, …
	Subject string // id of the record
	Purpose string // why, in one word: zoeken, volgen, beheer
	Detail  string // ids, stage names and counts only
}
