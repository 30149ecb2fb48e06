package catalog

import (
	"slices"
	"testing"
)

func TestAListGivesItsIDsBackByNumber(t *testing.T) {
	ids := []string{"a", "", "0190c7a2-0000-7000-8000-000000000001", "é"}
	all := MatchedIDs(slices.Values(ids))
	if got := slices.Collect(all.IDs()); !slices.Equal(got, ids) || all.List.Len() != len(ids) {
		t.Errorf("got %q of %d, want %q", got, all.List.Len(), ids)
	}
	some := Matched{List: all.List, Numbers: []uint32{0, 2}}
	if got := slices.Collect(some.IDs()); !slices.Equal(got, []string{ids[0], ids[2]}) {
		t.Errorf("numbers 0 and 2 give %q", got)
	}
	if none := MatchedIDs(slices.Values([]string(nil))); none.List.Len() != 0 || slices.Collect(none.IDs()) != nil {
		t.Error("an empty list gives ids")
	}
}
