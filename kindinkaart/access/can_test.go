package access

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var roles = []Role{Child, Parent, Youth, SMW, Cover, Teacher, IB, PartnerRole, Buddy, TeamLead, Adviser, CatalogueAdmin, Auditor}

// rows is DOMAIN 7.4 typed over from the page: what each role may do when every condition is met, and after a colon the
// conditions without which it may not. It is written apart from matrix.txt so that a change there is noticed.
var rows = []struct {
	kind  DataKind
	cells string
}{
	{Catalogue, "R|R|R|R|R|R|R|RW W:own|R|R|R|RW|R"},
	{Experience, "-|-|-|RW|RW|-|-|-|-|R|-|RW|-"},
	{Identity, "R:own|R:own|R:own|RW|R|R:referred|R:referred|R:own consent|R:own consent|-|-|-|-"},
	{Answers, "R|R:agrees|RW|RW|R|-|-|-|-|-|a|-|-"},
	{OwnWords, "R|R:agrees|R|RW|R|-|-|-|-|-|-|-|-"},
	{Mood, "R|R:parent|R|RW|R|R:own|R:own|-|-|a|a|-|-"},
	{AccessNeeds, "R|RW|RW|RW:consent|R:consent|-|-|R:own consent|R:own consent|-|-|-|-"},
	{Barriers, "R|RW|RW|RW|R|-|-|-|-|a|a|-|-"},
	{Trajectory, "R|R|R|RW|RW|-|-|R:own consent|R:own|a|a|-|-"},
	{Flag, "-|R|R|RW|R|-|-|-|-|-|-|-|-"},
	{Hours, "-|-|-|RW|R:own|-|-|-|-|R|a|-|-"},
	{ClassResults, "R:own|-|R:own|R|R|a|a|-|-|a|a|-|-"},
	{SupplyGaps, "-|-|-|R|R|-|-|a:own|-|R|R|R|-"},
	{Audit, "R:own|R:own|R:own|R:own|-|-|-|-|-|-|-|-|R"},
}

func actor(r Role) Actor {
	return Actor{ID: "a1", Tenant: "t1", Organisation: "org1", Role: r, Schools: []string{"s1"}, Partner: "p1"}
}

// full is a subject for which every condition is met.
func full(k DataKind, a Actor) Subject {
	s := Subject{Kind: k, Tenant: "t1", Organisation: "org1", Owner: "a1", School: "s1", Partner: "p1",
		ReferredBySchool: true, Consent: true, OwnRecord: true, ParentPart: true, ChildAgrees: true}
	if a.Role == Cover {
		s.Owner, s.Cover = "somebody", "a1"
	}
	return s
}

// without takes one condition away.
func without(s Subject, condition string) Subject {
	switch condition {
	case "own":
		s.OwnRecord, s.Partner = false, "p2"
	case "consent":
		s.Consent = false
	case "referred":
		s.ReferredBySchool = false
	case "agrees":
		s.ChildAgrees, s.ParentPart = false, false
	case "parent":
		s.ParentPart = false
	}
	return s
}

func TestEveryRoleMayDoWithEveryKindOfDataWhatTheMatrixSays(t *testing.T) {
	for _, row := range rows {
		cells := strings.Split(row.cells, "|")
		if len(cells) != len(roles) {
			t.Fatalf("%s has %d cells", row.kind, len(cells))
		}
		for i, role := range roles {
			t.Run(string(row.kind)+" "+string(role), func(t *testing.T) { checkCell(t, row.kind, actor(role), cells[i]) })
		}
	}
}

func checkCell(t *testing.T, kind DataKind, a Actor, cell string) {
	rights, when, _ := strings.Cut(cell, ":")
	rights, wOwn, _ := strings.Cut(rights, " ")
	for _, r := range []Right{Read, Write, Aggregate} {
		want := strings.Contains(rights, string(r)) || r == Aggregate && strings.Contains(rights, "R")
		if got := Can(a, r, full(kind, a)); got != want {
			t.Errorf("%s with all conditions met: %v, want %v", r, got, want)
		}
		for _, c := range strings.Fields(when) {
			if wOwn != "" && r != Write {
				continue
			}
			if Can(a, r, without(full(kind, a), c)) {
				t.Errorf("%s without %q was allowed", r, c)
			}
		}
	}
}

func TestAColleagueWhoReplacesTheOwnerHasTheRightsOfTheCoverOnly(t *testing.T) {
	a := actor(SMW)
	s := Subject{Kind: Answers, Tenant: "t1", Organisation: "org1", Owner: "a2", Cover: "a1"}
	if !Can(a, Read, s) || Can(a, Write, s) {
		t.Error("the cover reads answers and does not change them")
	}
	s.Kind = Trajectory
	if !Can(a, Write, s) {
		t.Error("the cover moves the traject")
	}
	s.Cover = ""
	if Can(a, Read, s) {
		t.Error("another caseload was open")
	}
}

func anyActor(t *rapid.T) Actor {
	some := rapid.SampledFrom([]string{"", "x1", "x2"})
	return Actor{ID: some.Draw(t, "id"), Tenant: some.Draw(t, "tenant"), Organisation: some.Draw(t, "organisation"),
		Role: rapid.SampledFrom(append(roles, "", "root")).Draw(t, "role"), Schools: []string{some.Draw(t, "schools")}, Partner: some.Draw(t, "partner")}
}

func anySubject(t *rapid.T) Subject {
	some, yes := rapid.SampledFrom([]string{"", "x1", "x2"}), rapid.Bool()
	return Subject{Kind: rapid.SampledFrom(rows).Draw(t, "row").kind, Tenant: some.Draw(t, "t"), Organisation: some.Draw(t, "o"),
		Owner: some.Draw(t, "owner"), Cover: some.Draw(t, "cover"), School: some.Draw(t, "school"), Partner: some.Draw(t, "p"),
		ReferredBySchool: yes.Draw(t, "referred"), Consent: yes.Draw(t, "consent"), OwnRecord: yes.Draw(t, "own"),
		ParentPart: yes.Draw(t, "parent"), ChildAgrees: yes.Draw(t, "agrees")}
}

func TestNobodyOutsideTheTenantEverCanAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, s := anyActor(t), anySubject(t)
		for _, r := range []Right{Read, Write, Aggregate, "", "*"} {
			if (a.Tenant == "" || a.Tenant != s.Tenant) && Can(a, r, s) {
				t.Fatalf("%+v could %s %+v", a, r, s)
			}
		}
	})
}

func TestOutsideTheOrganisationAndCaseloadNobodyOfAnotherOrganisationReachesAChild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, s := anyActor(t), anySubject(t)
		a.Role = rapid.SampledFrom([]Role{SMW, Cover, TeamLead}).Draw(t, "worker")
		outside := a.Organisation != s.Organisation
		if a.Role != TeamLead {
			outside = outside || s.Owner != a.ID && s.Cover != a.ID
		}
		for _, r := range []Right{Read, Write, Aggregate} {
			if !shared(s.Kind) && outside && Can(a, r, s) {
				t.Fatalf("%+v could %s %+v", a, r, s)
			}
		}
	})
}

func TestAPartnerNeverReachesAChildWithoutConsentAndNeverItsAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, s := anyActor(t), anySubject(t)
		a.Role = PartnerRole
		for _, r := range []Right{Read, Write, Aggregate} {
			ok := Can(a, r, s)
			if shared(s.Kind) || !ok {
				continue
			}
			allowed := s.Kind == Identity || s.Kind == AccessNeeds || s.Kind == Trajectory
			if !allowed || r == Write || !s.Consent || s.Partner != a.Partner || a.Partner == "" {
				t.Fatalf("a partner could %s %+v", r, s)
			}
		}
	})
}

func TestAScopeNeverReachesFurtherThanTheTenantAndAUnknownRoleReachesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyActor(t)
		s := ScopeOf(a)
		if s.Tenant != "" && s.Tenant != a.Tenant {
			t.Fatalf("scope %+v of %+v", s, a)
		}
		switch a.Role {
		case Teacher, IB:
			if s.Tenant != "" && s.Schools == nil {
				t.Fatal("a teacher without schools would reach every school")
			}
		case SMW, Cover:
			if s.Tenant != "" && (s.Person != a.ID || s.Organisation == "") {
				t.Fatalf("a smw'er reached %+v", s)
			}
		case TeamLead, Adviser, Auditor:
		default:
			if s.Tenant != "" {
				t.Fatalf("%s reached %+v", a.Role, s)
			}
		}
	})
}
