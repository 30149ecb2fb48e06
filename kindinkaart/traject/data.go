package traject

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

//go:embed trajectory-v1.json
var trajectoryJSON []byte

// Choice is one entry of a choice list with its Dutch label.
type Choice struct {
	ID    string
	Label string
}

type nudgeRule struct {
	Stage string `json:"stage"`
	What  string `json:"what"`
	After int    `json:"after"`
	Unit  string `json:"unit"`
}

type definition struct {
	Version       string              `json:"version"`
	Stages        []Stage             `json:"stages"`
	Transitions   map[string][]string `json:"transitions"`
	Sources       []string            `json:"sources"`
	SupportLevels []string            `json:"support_levels"`
	StopReasons   []string            `json:"stop_reasons"`
	Nudges        []nudgeRule         `json:"nudges"`
	byID          map[string]Stage
}

var data = sync.OnceValue(func() *definition {
	d, err := parse(trajectoryJSON)
	if err != nil {
		panic(err)
	}
	return d
})

func parse(raw []byte) (*definition, error) {
	d := &definition{byID: map[string]Stage{}}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, fmt.Errorf("traject niet te lezen: %w", err)
	}
	for _, s := range d.Stages {
		d.byID[s.ID] = s
	}
	for from, nexts := range d.Transitions {
		for _, to := range append([]string{from}, nexts...) {
			if _, ok := d.byID[to]; !ok {
				return nil, fmt.Errorf("stap van %s naar %s: die fase bestaat niet", from, to)
			}
		}
	}
	for _, list := range []struct {
		ids    []string
		labels map[string]string
	}{{d.Sources, sourceLabels}, {d.StopReasons, stopLabels}} {
		for _, id := range list.ids {
			if list.labels[id] == "" {
				return nil, fmt.Errorf("keuze %s heeft geen Nederlandse tekst", id)
			}
		}
	}
	return d, nil
}

var sourceLabels = map[string]string{
	"school":             "School",
	"ouder":              "Ouder of verzorger",
	"jongere":            "De jongere zelf",
	"jeugdteam_wijkteam": "Jeugdteam of wijkteam",
	"jgz":                "Jeugdgezondheidszorg",
	"poh":                "Praktijkondersteuner van de huisarts",
	"swv":                "Samenwerkingsverband",
	"andere_partner":     "Andere partner",
	"klassikaal":         "Kind in Kaart in de klas",
}

var stopLabels = map[string]string{
	"niet_leuk":                 "Het was niet leuk",
	"geen_klik_groep":           "Het klikte niet met de groep",
	"te_ver":                    "Het was te ver",
	"vervoer_weggevallen":       "Het vervoer viel weg",
	"te_duur":                   "Het was te duur",
	"fonds_gestopt":             "Het fonds stopte",
	"tijden":                    "De tijden pasten niet",
	"thuis_ritme":               "Het lukte thuis niet op tijd",
	"gezondheid":                "Het ging niet door de gezondheid",
	"verhuisd":                  "Het gezin is verhuisd",
	"schoolwissel":              "Het kind ging naar een andere school",
	"aanbod_gestopt":            "De activiteit stopte",
	"vol":                       "Het was vol",
	"andere_activiteit_gekozen": "Het kind koos een andere activiteit",
	"onbekend":                  "De reden is niet bekend",
}

func choices(ids []string, labels map[string]string) []Choice {
	out := make([]Choice, len(ids))
	for i, id := range ids {
		out[i] = Choice{ID: id, Label: labels[id]}
	}
	return out
}

// Sources lists who may refer a child.
func Sources() []Choice { return choices(data().Sources, sourceLabels) }

// StopReasons lists why a child stopped, one of 15.
func StopReasons() []Choice { return choices(data().StopReasons, stopLabels) }

// IsSource says whether an id stands in Sources.
func IsSource(id string) bool { return slices.Contains(data().Sources, id) }

// IsStopReason says whether an id stands in StopReasons.
func IsStopReason(id string) bool { return slices.Contains(data().StopReasons, id) }

// IsSupportLevel says whether an id is one of the three levels of help: zelf, licht, hand.
func IsSupportLevel(id string) bool { return slices.Contains(data().SupportLevels, id) }
