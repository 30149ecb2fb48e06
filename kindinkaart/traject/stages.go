package traject

import (
	"fmt"
	"strings"

	"wijknetwerk/kindinkaart/errs"
)

// Stage is one step of the way (trajectory-v1.json).
type Stage struct {
	ID    string `json:"id"`
	Label string `json:"label_nl"`
	Actor string `json:"actor"`
	End   bool   `json:"end"`
}

// The stages the program itself speaks of.
const (
	StageRegistered = "aangemeld"
	StageFirstTalk  = "eerste_consult"
	StageConsent    = "toestemming"
	StageProfile    = "profiel"
	StageSearch     = "zoeken"
	StageChoice     = "keuze"
	StageArrange    = "regelen"
	StageContact    = "contact"
	StageWaiting    = "wachtlijst"
	StageTrial      = "proefles"
	StageEnrolled   = "ingeschreven"
	StageTakesPart  = "deelname"
	StageSustained  = "bestendigd"
	StageStopped    = "gestopt"
	StageOwnWay     = "zelf_geregeld"
	StageNoOffer    = "geen_aanbod"
	StageReferred   = "doorverwezen"
	StageWithdrawn  = "ingetrokken"
	StageDone       = "afgerond"
)

// StageByID gives one stage.
func StageByID(id string) (Stage, bool) {
	s, ok := data().byID[id]
	return s, ok
}

// Rests says whether a traject may be left in a stage for good, so that the time it is kept runs from the day it got there:
// the end stages, and the two after which a child may look again but need not (DOMAIN 7.7).
func Rests(stage string) bool {
	return data().byID[stage].End || stage == StageStopped || stage == StageNoOffer
}

// Next gives the stages that may follow; none after an end stage or an unknown one.
func Next(stage string) []Stage {
	var out []Stage
	for _, id := range data().Transitions[stage] {
		out = append(out, data().byID[id])
	}
	return out
}

// Allowed says whether a traject may go from one stage to another. If not the error is errs.Refused with a plain sentence
// that says what is possible; a stage that does not exist gives errs.Invalid.
func Allowed(from, to string) error {
	now, known := StageByID(from)
	next, knownNext := StageByID(to)
	if !known || !knownNext {
		return errs.New(errs.Invalid, "Deze stap bestaat niet. Kies een stap uit de lijst.")
	}
	var labels []string
	for _, s := range Next(from) {
		if s.ID == to {
			return nil
		}
		labels = append(labels, "‘"+s.Label+"’")
	}
	if len(labels) == 0 {
		return errs.New(errs.Refused, fmt.Sprintf("Dit traject staat op ‘%s’ en is daarmee klaar. Er is geen volgende stap.", now.Label))
	}
	return errs.New(errs.Refused, fmt.Sprintf("Van ‘%s’ kan het niet meteen naar ‘%s’. Kies: %s.", now.Label, next.Label, either(labels)))
}

// either writes a, b of c.
func either(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " of " + words[last]
}
