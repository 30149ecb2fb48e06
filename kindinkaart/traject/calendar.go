// Package traject knows the way of a child to an activity: stages and transitions, nudges, the day plan and the
// calendar of school days (DOMAIN 5 and 6). It is pure; stages are embedded data.
package traject

import "github.com/golang-sql/civil"

// Holiday is one school holiday of a region; both days are free.
type Holiday struct {
	Name   string
	Region string // noord, midden, zuid
	From   civil.Date
	To     civil.Date
}
