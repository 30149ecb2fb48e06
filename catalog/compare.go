package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
)

// hashOf is the fingerprint of a record as its source has it.
func hashOf(record any) string {
	text, err := json.Marshal(record)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// sameContent compares two activities; an empty list and no list are the same, except for costs, where they are not.
func sameContent(a, b Activity) bool {
	if a.CostsSaid() != b.CostsSaid() {
		return false
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

func samePartnerContent(a, b Partner) bool {
	a.SourceHash, b.SourceHash = "", ""
	return a == b
}

// plain writes every empty list as nil, so that what a store gives back compares equal.
func plain(a Activity) Activity {
	a.SourceHash = ""
	a.Partners, a.Tags, a.Languages = orNil(a.Partners), orNil(a.Tags), orNil(a.Languages)
	a.Bring, a.Costs, a.Reduced = orNil(a.Bring), orNil(a.Costs), orNil(a.Reduced)
	a.Registration.Via = orNil(a.Registration.Via)
	a.Slots = orNil(slices.Clone(a.Slots))
	for i := range a.Slots {
		a.Slots[i].Dates = orNil(a.Slots[i].Dates)
	}
	return a
}

func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
