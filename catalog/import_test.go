package catalog

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart/errs"
)

// batch is an import of one partner and n activities.
func batch(n int) Import {
	in := Import{Source: "gids", Complete: true, Partners: []Partner{{ID: "p", Name: "Club", Kind: "sportclub"}}}
	for i := range n {
		a := complete()
		a.ID, a.Partner, a.State = fmt.Sprintf("a%d", i), "p", Published
		in.Activities = append(in.Activities, a)
	}
	return in
}

func imported(t *testing.T, s *Service, in Import) Imported {
	t.Helper()
	out, err := s.Import(ctx, admin, in, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	s, m := newService(t)
	if out := imported(t, s, batch(3)); out.Added != 4 || out.Changed+out.Unchanged+out.Missing != 0 {
		t.Fatalf("first: %+v", out)
	}
	writes, seq := len(m.applied), len(m.changes)
	if out := imported(t, s, batch(3)); out.Unchanged != 4 || out.Added+out.Changed+out.Missing != 0 {
		t.Fatalf("again: %+v", out)
	}
	if len(m.applied) != writes || len(m.changes) != seq {
		t.Error("an unchanged import wrote something")
	}
}

func TestImportWritesOnlyWhatIsDifferent(t *testing.T) {
	s, _ := newService(t)
	imported(t, s, batch(5))
	in := batch(5)
	in.Activities[2].Title = "Basketbal U13"
	if out := imported(t, s, in); out.Changed != 1 || out.Unchanged != 5 {
		t.Errorf("%+v", out)
	}
}

func TestWhatLeftItsSourceIsMarkedAndComesBack(t *testing.T) {
	s, m := newService(t)
	imported(t, s, batch(3))
	in := batch(3)
	in.Activities = in.Activities[:2]
	in.Complete = false
	if out := imported(t, s, in); out.Missing != 0 {
		t.Errorf("a partial source: %+v", out)
	}
	in.Complete = true
	if out := imported(t, s, in); out.Missing != 1 {
		t.Errorf("gone: %+v", out)
	}
	if out := imported(t, s, in); out.Missing != 0 || out.Unchanged != 3 {
		t.Errorf("gone, again: %+v", out)
	}
	if out := imported(t, s, batch(3)); out.Changed != 1 {
		t.Errorf("back: %+v", out)
	}
	for _, a := range m.activities {
		if a.Missing {
			t.Errorf("%s still missing", a.SourceID)
		}
	}
}

func TestRefusedRecordsAreNamedTheRestIsKeptAndNothingIsMarkedByMistake(t *testing.T) {
	s, m := newService(t)
	imported(t, s, batch(4))
	in := batch(4)
	in.Activities[0].Domain = "onzin"
	in.Activities[1].Tags = []string{"quidditch"}
	in.Activities[2].Partner = "wie"
	in.Activities = append(in.Activities, in.Activities[3])
	out := imported(t, s, in)
	var fields []string
	for _, r := range out.Refused {
		fields = append(fields, r.Record+" "+r.Field)
	}
	if want := []string{"a0 domain", "a1 tags[0]", "a2 partner", "a3 id"}; !slices.Equal(fields, want) {
		t.Errorf("refused %v, want %v", fields, want)
	}
	if out.Missing != 0 || out.Unchanged != 2 {
		t.Errorf("%+v", out)
	}
	in = batch(1)
	in.Refused = []Refused{{Row: 7, Field: "titel", Reason: "leeg"}}
	if out := imported(t, s, in); out.Missing != 0 || len(out.Refused) != 1 {
		t.Errorf("an unnamed refusal could be any record: %+v", out)
	}
	if len(m.activities) != 4 {
		t.Errorf("%d activities", len(m.activities))
	}
}

func TestIncompleteImportsStayDraftWithTheReason(t *testing.T) {
	s, m := newService(t)
	in := batch(1)
	in.Activities[0].Slots[0].Location = Location{Name: "Sporthal"}
	out := imported(t, s, in)
	if len(out.Drafts) != 1 || out.Drafts[0].Field != "slots.location" || len(out.Refused) != 0 || out.Added != 2 {
		t.Errorf("%+v", out)
	}
	for _, a := range m.activities {
		if a.State != Draft {
			t.Errorf("state %s", a.State)
		}
	}
	if out = imported(t, s, in); out.Unchanged != 2 {
		t.Errorf("again: %+v", out)
	}
}

func TestWhatPeopleDidHereStaysWhenTheSourceDidNotChange(t *testing.T) {
	s, m := newService(t)
	imported(t, s, batch(1))
	var id string
	for id = range m.activities {
	}
	a := m.activities[id]
	a.Text = "Beter verhaal van de beheerder."
	a = mustSave(t, s, admin, a)
	a, err := s.SetState(ctx, admin, a.ID, a.Version, Paused)
	if err != nil {
		t.Fatal(err)
	}
	if out := imported(t, s, batch(1)); out.Unchanged != 2 || m.activities[id].Text != a.Text {
		t.Errorf("source unchanged: %+v", out)
	}
	in := batch(1)
	in.Activities[0].Title = "Basketbal U13"
	in.Partners[0].Contact.Phone = "010"
	for pid, p := range m.partners {
		if p.Source == "gids" {
			p.Safety.VOG = Yes
			m.partners[pid] = p
		}
	}
	imported(t, s, in)
	if got := m.activities[id]; got.Title != "Basketbal U13" || got.State != Paused || got.ConfirmedOn.IsZero() == a.ConfirmedOn.IsValid() {
		t.Errorf("source changed: %+v", got)
	}
	for _, p := range m.partners {
		if p.Source == "gids" && p.Safety.VOG != Yes {
			t.Error("declared safety was lost")
		}
	}
}

func TestDryRunCountsAndWritesNothing(t *testing.T) {
	s, m := newService(t)
	out, err := s.Import(ctx, admin, batch(3), true, func(int, int) { t.Error("progress without work") })
	if err != nil || out.Added != 4 || len(m.applied) != 0 || len(m.events) != 0 {
		t.Errorf("%v %+v", err, out)
	}
}

func TestImportGoesInChunksAndPicksUpAfterACrash(t *testing.T) {
	s, m := newService(t)
	m.failAfter = 2
	var steps []int
	in := batch(1200)
	if _, err := s.Import(ctx, admin, in, false, func(done, total int) { steps = append(steps, done, total) }); err == nil {
		t.Fatal("the failure was swallowed")
	}
	if want := []int{500, 1201, 1000, 1201}; !slices.Equal(steps, want) || !slices.Equal(m.applied, []int{500, 500}) {
		t.Errorf("steps %v, applied %v", steps, m.applied)
	}
	m.failAfter = 0
	out := imported(t, s, in)
	if out.Unchanged != 1000 || out.Added != 201 || len(m.activities) != 1200 {
		t.Errorf("after the crash: %+v, %d activities", out, len(m.activities))
	}
	if n := len(m.events); n != 3 {
		t.Errorf("%d events for 3 chunks", n)
	}
}

func TestImportNeedsASource(t *testing.T) {
	s, _ := newService(t)
	if _, err := s.Import(ctx, admin, Import{}, false, nil); errs.KindOf(err) != errs.Invalid {
		t.Error(err)
	}
}

func TestAnyBatchTwiceIsTheSameAsOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, m := newService(t)
		in := batch(rapid.IntRange(0, 20).Draw(rt, "n"))
		for i := range in.Activities {
			a := &in.Activities[i]
			a.ID = fmt.Sprint(rapid.IntRange(0, 15).Draw(rt, "id"))
			a.State = rapid.SampledFrom(append(slices.Clone(States), "")).Draw(rt, "state")
			a.Costs = rapid.SampledFrom([][]Cost{nil, {}, {{Kind: "lesgeld", Per: "year", Cents: 100}}}).Draw(rt, "costs")
			a.Slots[0].ID = rapid.SampledFrom([]string{"", "s"}).Draw(rt, "slot")
			a.Domain = rapid.SampledFrom([]string{"sport", "onzin", ""}).Draw(rt, "domain")
		}
		imported(t, s, in)
		writes := len(m.applied)
		if out := imported(t, s, in); out.Added+out.Changed+out.Missing != 0 || len(m.applied) != writes {
			rt.Fatalf("second time: %+v", out)
		}
	})
}
