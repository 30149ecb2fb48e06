package matcher

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

//go:embed barriers-v1.json
var barriersJSON []byte

// Barrier is one of the 26 thresholds of DOMAIN 5, as data.
type Barrier struct {
	Code      string   `json:"code"`
	Label     string   `json:"label_nl"`
	Remedies  []Remedy `json:"remedies"`
	Sensitive string   `json:"sensitive,omitempty"` // art9_health: only with consent
}

// Remedy is what can be done about a barrier.
type Remedy struct {
	ID    string `json:"id"`
	Label string `json:"label_nl"`
	Who   string `json:"who"`
	Kind  Effect `json:"kind"`

	barrier string // the barrier it is listed under, when that is another than the one it helps with here
}

// ask is the remedy for what is not known: every unknown can be settled by asking (DOMAIN 5, rules).
var ask = Remedy{ID: "navragen", Label: "Navragen", Who: "smw", Kind: LiftsUnknown}

// Barriers gives the 26 barriers in the order of barriers-v1.json.
var Barriers = sync.OnceValue(func() []Barrier {
	var file struct {
		Barriers []Barrier `json:"barriers"`
	}
	if err := json.Unmarshal(barriersJSON, &file); err != nil {
		panic(fmt.Sprintf("barriers-v1.json: %v", err)) // embedded: a broken build, not bad input
	}
	return file.Barriers
})

var barrierByCode = sync.OnceValue(func() map[string]Barrier {
	m := map[string]Barrier{}
	for _, b := range Barriers() {
		m[b.Code] = b
	}
	return m
})

// remedy gives one remedy of a barrier by id; ask when the barrier does not list it.
func (b Barrier) remedy(id string) Remedy {
	i := slices.IndexFunc(b.Remedies, func(r Remedy) bool { return r.ID == id })
	if i < 0 {
		return ask
	}
	return b.Remedies[i]
}
