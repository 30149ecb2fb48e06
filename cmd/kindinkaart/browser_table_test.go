package main

import (
	"context"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// pages is the table of what is visited: addresses by route of web/testdata/routes.txt; "route role" is for one role only.
// A new page without a line here makes TestEveryPageIsAccessible fail.
func (s *site) pages(t *testing.T) map[string][]string {
	t.Helper()
	s.addAccounts(t)
	sara := s.actor(t, "smwr.sara")
	out := map[string][]string{
		"/": {"/"}, "/bronnen": {"/bronnen"}, "/gezond": {"/gezond"}, "/inloggen": {"/inloggen"}, "/wachtwoord": {"/wachtwoord", "/wachtwoord?klaar=1"}, "/overzicht": {"/overzicht"},
		"/wat-mist": {"/wat-mist", "/wat-mist?alles=1", "/wat-mist?leeftijd=8-11", "/wat-mist?soort=zorgen_koken&dagdeel=middag"}, "/wat-mist/tabel.csv": {}, // a file, not a page
		"/trajecten":      {"/trajecten", "/trajecten?toon=bord", "/trajecten?toon=lijst&klaar=1", "/trajecten?vandaag=1&stil=1"},
		"/kinderen/nieuw": {"/kinderen/nieuw"},
		"/klassen":        {"/klassen"},
		"/klassen/nieuw":  {"/klassen/nieuw"}, "/verwijzingen": {"/verwijzingen"}, "/beheer/regelingen": {"/beheer/regelingen"},
		"/k": {"/k", "/k?over=1"},
	}
	s.childPages(t, out, sara)
	s.klasPages(t, out, sara)
	s.offerPages(t, out)
	return out
}

// lookFor stands in the table between an address and the words to look for there.
const lookFor = " zoek "

// addAccounts makes the people that the demo does not have.
func (s *site) addAccounts(t *testing.T) {
	t.Helper()
	for login, role := range map[string]access.Role{"adviseur": access.Adviser, "toezicht": access.Auditor} {
		_, err := s.accounts.Add(context.Background(), s.operator(), account.Account{Tenant: s.conf.tenant, Login: login, Name: login, Role: role, Organisation: "Gemeente"}, demoPassword)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// childPages visits a child and a traject in every stage that the demo has.
func (s *site) childPages(t *testing.T, out map[string][]string, who access.Actor) {
	t.Helper()
	rows, err := s.kind.Caseload(context.Background(), who, kindinkaart.CaseloadFilter{Ended: true})
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]bool{}
	for _, row := range rows {
		child, traject := "/kinderen/"+row.Child.ID, "/trajecten/"+row.Traject.ID
		if stages[row.Traject.Stage] {
			continue
		}
		stages[row.Traject.Stage] = true
		out["/kinderen/:id"] = append(out["/kinderen/:id"], child)
		out["/trajecten/:id"] = append(out["/trajecten/:id"], traject)
		if row.Traject.Toeleiding != nil && out["/trajecten/:id/brief"] == nil {
			out["/trajecten/:id/brief"], out["/trajecten/:id/dagplan"] = []string{traject + "/brief"}, []string{traject + "/dagplan"}
		}
		if row.Traject.Stage == "zoeken" {
			s.choosePages(t, out, who, row.Child.ID)
		}
	}
}

// choosePages visits what a child and the smw'er look at together.
func (s *site) choosePages(t *testing.T, out map[string][]string, who access.Actor, child string) {
	t.Helper()
	if out["/kinderen/:id/kiezen"] != nil {
		return
	}
	s.afnamePages(t, out, who, child) // first: the newest answers decide what is proposed
	found, err := s.matcher.Match(context.Background(), who, child, matcher.Options{ForChild: true})
	if err != nil || len(found.Items) < 2 {
		t.Fatal("geen aanbod voor het kind in stap zoeken: ", err)
	}
	at, first, second := "/kinderen/"+child, found.Items[0].Activity, found.Items[1].Activity
	out["/kinderen/:id/kiezen"] = []string{at + "/kiezen", at + "/kiezen?hart=" + first + "&hart=" + second, at + "/kiezen?hoe=walk&dag=zo", at + "/kiezen" + lookFor + "huizen", at + "/kiezen" + lookFor + "xqzwv"}
	out["/kinderen/:id/kiezen/:activity/dagplan"] = []string{at + "/kiezen/" + first + "/dagplan", at + "/kiezen/" + second + "/dagplan?maat=klein"}
	out["/kinderen/:id/kiezen/:activity"] = []string{at + "/kiezen/" + first, at + "/kiezen/" + found.Items[len(found.Items)-1].Activity}
	for _, page := range []string{"alles", "intrekken", "toestemming", "wijzigen"} {
		out["/kinderen/:id/"+page] = []string{at + "/" + page}
	}
}

// afnamePages visits every kind of question, for a child and for a parent, and in a language that is written from right to left.
func (s *site) afnamePages(t *testing.T, out map[string][]string, who access.Actor, child string) {
	t.Helper()
	done := s.afname(t, who, child, questionnaire.VariantB)
	if _, err := s.kind.FinishAfname(context.Background(), who, done); err != nil {
		t.Fatal(err)
	}
	b, p := s.afname(t, who, child, questionnaire.VariantB), s.afname(t, who, child, questionnaire.VariantP)
	out["/afname/:id"] = []string{"/afname/" + b, "/afname/" + p}
	for _, item := range []string{"T1", "W1", "W1?deel=4", "W2", "W3", "W3?deel=2", "W4", "F2", "F3", "V1", "G1", "T1?taal=ar"} {
		out["/afname/:id/:vraag"] = append(out["/afname/:id/:vraag"], "/afname/"+b+"/"+item)
	}
	for _, item := range []string{"P3", "P4", "P5", "P5?deel=2", "P10", "P4?taal=ar"} {
		out["/afname/:id/:vraag"] = append(out["/afname/:id/:vraag"], "/afname/"+p+"/"+item)
	}
	out["/afname/:id/nakijken"] = []string{"/afname/" + b + "/nakijken", "/afname/" + p + "/nakijken"}
	out["/afname/:id/delen"], out["/afname/:id/klaar"] = []string{"/afname/" + done + "/delen"}, []string{"/afname/" + done + "/klaar"}
}

// afname begins a questionnaire and gives the answers that make other pages: a top three, own words, a way to travel.
func (s *site) afname(t *testing.T, who access.Actor, child string, v questionnaire.Variant) string {
	t.Helper()
	ctx := context.Background()
	a, err := s.kind.StartAfname(ctx, who, child, v, "smw")
	if err != nil {
		t.Fatal(err)
	}
	replies := []kindinkaart.Reply{{Item: "P5", Answer: []byte(`{"id":"fiets"}`)}}
	if v != questionnaire.VariantP {
		replies = []kindinkaart.Reply{{Item: "W1", Answer: []byte(`{"basketbal":"leuk","koken":"leuk","computer":"leuk","dieren":"leuk","dansen":"niet"}`)},
			{Item: "W2", Answer: []byte(`["basketbal"]`)}, {Item: "W3", Answer: []byte(`[]`), OwnWords: "voetballen en koken"}}
	}
	for _, r := range replies {
		if a, err = s.kind.SaveReply(ctx, who, a.ID, a.Version, r); err != nil {
			t.Fatal(r.Item, ": ", err)
		}
	}
	return a.ID
}

// klasPages visits every class of the smw'er, and of teacher and intern begeleider the one that they work with.
func (s *site) klasPages(t *testing.T, out map[string][]string, who access.Actor) {
	t.Helper()
	ctx := context.Background()
	klassen, err := s.kind.Klassen(ctx, who)
	if err != nil || len(klassen) == 0 {
		t.Fatal("geen klassen: ", err)
	}
	for _, k := range klassen {
		at := "/klassen/" + k.ID
		for _, page := range []string{"", "/kaarten", "/brief", "/koppelen", "/verdeling"} {
			out["/klassen/:id"+page] = append(out["/klassen/:id"+page], at+page)
		}
	}
	ib := s.actor(t, "zonnewijzer.ib")
	out["/scholen/:id/verdeling"] = []string{"/scholen/" + ib.Schools[0] + "/verdeling"} // of the smw'er too, who has its classes
	for role, login := range map[string]string{"teacher": "polderboom.juf", "ib": "zonnewijzer.ib"} {
		own, err := s.kind.Klassen(ctx, s.actor(t, login))
		if err != nil || len(own) == 0 {
			t.Fatal(login, " heeft geen klas: ", err)
		}
		for _, page := range []string{"", "/kaarten", "/brief"} {
			out["/klassen/:id"+page+" "+role] = []string{"/klassen/" + own[0].ID + page}
		}
	}
	out["/scholen/:id/verdeling teacher"] = []string{"/scholen/" + s.actor(t, "polderboom.juf").Schools[0] + "/verdeling"}
	out["/klassen/:id/kaarten ib"] = nil // she prints only the cards of a class of her own
	out["/k/klaar"] = []string{"/k/klaar"}
	out["/k/vragen"] = []string{"/k/vragen"}
	out["/k/vragen/:vraag"] = []string{"/k/vragen/T1", "/k/vragen/W1", "/k/vragen/W2", "/k/vragen/V1"}
	out["/k/vragen/nakijken"] = []string{"/k/vragen/nakijken"}
}

// cardCode gives a code that was not used yet.
func (s *site) cardCode(t *testing.T) string {
	t.Helper()
	ctx, who := context.Background(), s.actor(t, "smwr.sara")
	klassen, err := s.kind.Klassen(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range klassen {
		f, err := s.kind.Klas(ctx, who, k.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Cards {
			if c.State == kindinkaart.CardUnused && c.Code != "" {
				return c.Code
			}
		}
	}
	t.Fatal("alle kaarten zijn gebruikt")
	return ""
}

// offerPages visits what partners list, what everybody can find and what the catalogue admin looks after.
func (s *site) offerPages(t *testing.T, out map[string][]string) {
	t.Helper()
	ctx := context.Background()
	partner, mine, err := s.catalog.Mine(ctx, s.actor(t, "stuiter"))
	if err != nil || len(mine) == 0 {
		t.Fatal("geen aanbod: ", err)
	}
	at := "/aanbod/" + mine[0].ID
	out["/aanbod"], out["/aanbod/nieuw"], out["/aanbod/:id"] = []string{"/aanbod"}, []string{"/aanbod/nieuw"}, []string{at}
	out["/aanbod/wat-mist"] = []string{"/aanbod/wat-mist"}
	out["/aanbod/:id/:stap"] = []string{at + "/1", at + "/2", at + "/3", at + "/4", at + "/5"}
	out["/catalogus"] = []string{"/catalogus", "/catalogus?q=basketbal", "/catalogus?q=onvindbaarwoord"}
	out["/catalogus/:id"] = []string{"/catalogus/" + mine[0].ID}
	out["/beheer"], out["/beheer/inlezen"], out["/beheer/aanbieders/:id"] = []string{"/beheer"}, []string{"/beheer/inlezen"}, []string{"/beheer/aanbieders/" + partner.ID}
}
