package catalog

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

var ctx = context.Background()

func mustSave(t *testing.T, s *Service, who access.Actor, a Activity) Activity {
	t.Helper()
	out, err := s.SaveDraft(ctx, who, a)
	if err != nil {
		t.Fatalf("save: %v %v", err, names(err))
	}
	return out
}

func TestPartnerListsAnOfferingAndEveryChangeLeavesAnEvent(t *testing.T) {
	s, m := newService(t)
	a := mustSave(t, s, club, complete())
	if a.State != Draft || a.Version != 1 || a.ID == "" {
		t.Fatalf("new activity is %+v", a)
	}
	a, err := s.Publish(ctx, club, a.ID, a.Version)
	if err != nil || a.State != Published || a.ConfirmedOn != day(2025, 9, 8) {
		t.Fatalf("publish: %v %+v", err, a)
	}
	for _, to := range []State{Paused, Published, Withdrawn, Draft} {
		if a, err = s.SetState(ctx, club, a.ID, a.Version, to); err != nil {
			t.Fatalf("to %s: %v", to, err)
		}
	}
	var actions []string
	for _, e := range m.events {
		actions = append(actions, e.Action)
		if e.Tenant != "t" || e.Actor != "club" || e.Subject != a.ID || e.ID == "" || e.At.IsZero() {
			t.Errorf("event %+v", e)
		}
	}
	if want := []string{"create", "publish", "pause", "publish", "withdraw", "update"}; !slices.Equal(actions, want) {
		t.Errorf("events %v, want %v", actions, want)
	}
	if m.activities[a.ID].Version != a.Version {
		t.Errorf("version given %d, stored %d", a.Version, m.activities[a.ID].Version)
	}
}

func TestPublishingNeedsWhatFamiliesNeed(t *testing.T) {
	tests := map[string]func(*Activity){
		"title":          func(a *Activity) { a.Title = "  " },
		"tags":           func(a *Activity) { a.Tags = nil },
		"domain":         func(a *Activity) { a.Domain = "" },
		"audience":       func(a *Activity) { a.Audience = "" },
		"age_min":        func(a *Activity) { a.AgeMin, a.AgeMax = nil, nil },
		"costs":          func(a *Activity) { a.Costs = nil },
		"slots":          func(a *Activity) { a.Slots[0].Start, a.Slots[0].End = 0, 0 },
		"slots.location": func(a *Activity) { a.Slots[0].Location = Location{Name: "Sporthal"} },
	}
	for field, change := range tests {
		s, m := newService(t)
		a := complete()
		change(&a)
		a = mustSave(t, s, club, a)
		_, err := s.Publish(ctx, club, a.ID, a.Version)
		if errs.KindOf(err) != errs.Invalid || !slices.Contains(names(err), field) {
			t.Errorf("%s: got %v, fields %v", field, err, names(err))
		}
		if m.activities[a.ID].State != Draft {
			t.Errorf("%s: state is %s, want draft", field, m.activities[a.ID].State)
		}
	}
}

func TestFreeIsSaidWithAnEmptyListAndParentsNeedNoAge(t *testing.T) {
	s, _ := newService(t)
	a := complete()
	a.Costs, a.Audience, a.AgeMin, a.AgeMax = []Cost{}, "parent", nil, nil
	a = mustSave(t, s, club, a)
	if _, err := s.Publish(ctx, club, a.ID, a.Version); err != nil {
		t.Fatal(err, names(err))
	}
}

func TestWhatFamiliesSeeStaysComplete(t *testing.T) {
	s, _ := newService(t)
	a := mustSave(t, s, club, complete())
	a, _ = s.Publish(ctx, club, a.ID, a.Version)
	a.Slots = nil
	if _, err := s.SaveDraft(ctx, club, a); !slices.Contains(names(err), "slots") {
		t.Fatalf("got %v", err)
	}
}

func TestOnlyTheOwnPartnerAndTheAdminWrite(t *testing.T) {
	for _, who := range []access.Actor{other, smw, {}, {ID: "x", Tenant: "t", Role: access.Parent}, {ID: "leeg", Tenant: "t", Role: access.PartnerRole}} {
		s, m := newService(t)
		a := mustSave(t, s, club, complete())
		before := len(m.applied)
		_, save := s.SaveDraft(ctx, who, a)
		_, fresh := s.SaveDraft(ctx, who, complete())
		_, publish := s.Publish(ctx, who, a.ID, a.Version)
		_, confirm := s.Confirm(ctx, who, a.ID, a.Version, day(2025, 9, 1))
		_, partner := s.SavePartner(ctx, who, m.partners["sprong"])
		_, imported := s.Import(ctx, who, Import{Source: "x"}, false, nil)
		for name, err := range map[string]error{"save": save, "new": fresh, "publish": publish, "confirm": confirm, "partner": partner, "import": imported} {
			if errs.KindOf(err) != errs.Refused {
				t.Errorf("%s by %q: got %v, want refused", name, who.Role, err)
			}
		}
		if len(m.applied) != before {
			t.Errorf("%q wrote something", who.Role)
		}
	}
	s, _ := newService(t)
	a := mustSave(t, s, admin, complete())
	if _, err := s.Publish(ctx, admin, a.ID, a.Version); err != nil {
		t.Error(err)
	}
}

func TestPartnerCannotTakeOverGiveAwayOrForge(t *testing.T) {
	s, m := newService(t)
	a := mustSave(t, s, club, complete())
	kept := m.activities[a.ID]
	kept.Source, kept.SourceID, kept.SourceHash, kept.ConfirmedOn, kept.Missing = "gids", "7", "h", day(2025, 1, 2), true
	m.activities[a.ID] = kept
	forged := a
	forged.Source, forged.SourceID, forged.SourceHash, forged.ConfirmedOn, forged.State = "eigen", "9", "x", day(2025, 9, 8), Published
	got := mustSave(t, s, club, forged)
	if got.Source != "gids" || got.SourceID != "7" || got.SourceHash != "h" || got.ConfirmedOn != kept.ConfirmedOn || got.State != Draft || !got.Missing {
		t.Errorf("partner changed what is not its own: %+v", got)
	}
	give := got
	give.Partner = "kade"
	if _, err := s.SaveDraft(ctx, club, give); errs.KindOf(err) != errs.Refused {
		t.Errorf("gave it away: %v", err)
	}
	join := got
	join.Partners = []string{"kade"}
	if _, err := s.SaveDraft(ctx, club, join); errs.KindOf(err) != errs.Refused {
		t.Errorf("named another partner as organiser: %v", err)
	}
}

func TestPartnerCannotDeclareItsOwnSafety(t *testing.T) {
	s, m := newService(t)
	p := m.partners["sprong"]
	p.Safety.Confidant = Yes
	if _, err := s.SavePartner(ctx, club, p); errs.KindOf(err) != errs.Refused {
		t.Errorf("safety: %v", err)
	}
	p = m.partners["sprong"]
	p.RecognisedByFund = Yes
	if _, err := s.SavePartner(ctx, club, p); errs.KindOf(err) != errs.Refused {
		t.Errorf("recognised: %v", err)
	}
	p = m.partners["sprong"]
	p.Safety, p.Contact.Phone = Safety{}, " 010 123 45 67 "
	got, err := s.SavePartner(ctx, club, p)
	if err != nil || got.Safety.VOG != Yes || got.Contact.Phone != "010 123 45 67" || got.Version != 2 {
		t.Errorf("own contact: %v %+v", err, got)
	}
	got.Safety = Safety{VOG: Yes, Confidant: Yes, DeclaredOn: day(2025, 9, 1)}
	if got, err = s.SavePartner(ctx, admin, got); err != nil || got.Safety.Confidant != Yes {
		t.Errorf("admin: %v", err)
	}
	if _, err = s.SavePartner(ctx, admin, Partner{Name: "Nieuw", Kind: "natuur"}); err != nil {
		t.Errorf("admin adds: %v", err)
	}
}

func TestTwoPeopleAtOnce(t *testing.T) {
	s, _ := newService(t)
	a := mustSave(t, s, club, complete())
	first := a
	first.Title = "Basketbal U14"
	mustSave(t, s, club, first)
	if _, err := s.SaveDraft(ctx, club, a); errs.KindOf(err) != errs.Conflict {
		t.Errorf("second save: %v", err)
	}
	if _, err := s.Publish(ctx, club, a.ID, a.Version); errs.KindOf(err) != errs.Conflict {
		t.Errorf("publish of an old version: %v", err)
	}
}

func TestConfirmIsNeverInTheFutureAndNeverGoesBack(t *testing.T) {
	s, m := newService(t)
	a := mustSave(t, s, club, complete())
	if _, err := s.Confirm(ctx, club, a.ID, a.Version, day(2025, 9, 9)); errs.KindOf(err) != errs.Invalid {
		t.Errorf("tomorrow: %v", err)
	}
	a, err := s.Confirm(ctx, club, a.ID, a.Version, day(2025, 9, 8))
	if err != nil || a.ConfirmedOn != day(2025, 9, 8) {
		t.Fatal(err)
	}
	writes := len(m.applied)
	if a, err = s.Confirm(ctx, club, a.ID, a.Version, day(2025, 9, 1)); err != nil || a.ConfirmedOn != day(2025, 9, 8) || len(m.applied) != writes {
		t.Errorf("earlier day: %v %v", err, a.ConfirmedOn)
	}
}

func TestStatesFollowTheirOrder(t *testing.T) {
	s, m := newService(t)
	a := mustSave(t, s, club, complete())
	if _, err := s.SetState(ctx, club, a.ID, a.Version, Paused); errs.KindOf(err) != errs.Refused {
		t.Errorf("draft to paused: %v", err)
	}
	if _, err := s.SetState(ctx, club, a.ID, a.Version, "weg"); errs.KindOf(err) != errs.Refused {
		t.Errorf("unknown state: %v", err)
	}
	writes := len(m.applied)
	if _, err := s.SetState(ctx, club, a.ID, a.Version, Draft); err != nil || len(m.applied) != writes {
		t.Errorf("same state: %v", err)
	}
}

type foundIDs []string

func (f foundIDs) Search(context.Context, string, Query) (Found, error) {
	return Found{IDs: f, Total: len(f)}, nil
}

func TestFindKeepsTheOrderOfTheSearcherAndSkipsWhatIsGone(t *testing.T) {
	s, m := newService(t)
	for _, id := range []string{"a", "b", "c"} {
		m.activities[id] = Activity{ID: id, Partner: "sprong"}
	}
	s.Search = foundIDs{"c", "weg", "a"}
	list, found, err := s.Find(ctx, "t", Query{})
	if err != nil || len(list) != 2 || list[0].ID != "c" || list[1].ID != "a" || found.Total != 3 {
		t.Errorf("%v %v %v", list, found, err)
	}
	a, p, err := s.Activity(ctx, "t", "b")
	if err != nil || a.ID != "b" || p.Name != "De Sprong" {
		t.Errorf("%v %v %v", a, p, err)
	}
	if _, _, err := s.Activity(ctx, "t", "weg"); errs.KindOf(err) != errs.NotFound {
		t.Error(err)
	}
	p, list, err = s.Mine(ctx, club)
	if err != nil || p.ID != "sprong" || len(list) != 3 {
		t.Errorf("mine: %v %v %v", p, list, err)
	}
	if _, _, err = s.Mine(ctx, smw); errs.KindOf(err) != errs.Refused {
		t.Error(err)
	}
}

func TestSavingDoesNotChangeWhatTheCallerHolds(t *testing.T) {
	s, _ := newService(t)
	a := complete()
	a.Slots[0].Location.Postcode = " 3072 ab"
	a.Slots[0].ID = ""
	before := reflect.ValueOf(a.Slots[0]).Interface()
	got := mustSave(t, s, club, a)
	if !reflect.DeepEqual(before, a.Slots[0]) {
		t.Error("the caller's slot changed")
	}
	if got.Slots[0].Location.Postcode != "3072AB" || got.Slots[0].ID == "" {
		t.Errorf("slot %+v", got.Slots[0])
	}
}
