package main

import (
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

func TestWhoWasErasedDoesNotComeBackWithAnOlderCopy(t *testing.T) {
	from, to, kept := t.TempDir(), t.TempDir(), t.TempDir()
	if code, _, m := cli(t, "import", "schools", wijkData+"schools.csv", "--data", from); code != exitDone {
		t.Fatal(m)
	}
	who := access.Actor{ID: "smw", Tenant: "rotterdam", Organisation: "O", Role: access.SMW}
	with := func(data string, do func(a *app)) {
		a, err := openApp(t.Context(), &config{data: data, keyFile: filepath.Join(from, "sleutel"), tenant: "rotterdam"}, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		defer a.close()
		do(a)
	}
	var child kindinkaart.Child
	with(from, func(a *app) {
		schools, err := a.kind.Schools(t.Context(), a.operator())
		if err != nil {
			t.Fatal(err)
		}
		born := kindinkaart.Born{Year: time.Now().Year() - 9, Month: time.March}
		child, err = a.kind.AddChild(t.Context(), who, kindinkaart.NewChild{GivenName: "Zoë", Born: born, School: schools[0].ID, Source: "school", Reason: "talent"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.kind.GiveConsent(t.Context(), who, kindinkaart.Consent{Child: child.ID, Purpose: kindinkaart.PurposeProfile, Given: true, By: "ouder",
			Capacity: "gezag", How: "gesprek", TextVersion: "1", On: civil.DateOf(time.Now())})
		if err != nil {
			t.Fatal(err)
		}
	})
	copied := filepath.Join(kept, "kopie.db")
	if code, _, m := cli(t, "backup", copied, "--data", from); code != exitDone {
		t.Fatal(m)
	}
	with(from, func(a *app) {
		if err := a.kind.Withdraw(t.Context(), who, child.ID, "ouder"); err != nil {
			t.Fatal(err)
		}
	})
	_, erased, _ := cli(t, "erasures", "--data", from)
	list := write(t, "gewist.json", []byte(erased))
	if code, _, m := cli(t, "restore", copied, "--data", to, "--key-file", filepath.Join(from, "sleutel"), "--erased", list); code != exitDone {
		t.Fatal(m)
	}
	with(to, func(a *app) {
		if file, err := a.kind.Child(t.Context(), who, child.ID); err == nil || errs.KindOf(err) == errs.Internal {
			t.Errorf("%s is back: %v", file.Child.GivenName, err)
		}
	})
	if code, out, m := cli(t, "erase-again", list, "--data", to, "--key-file", filepath.Join(from, "sleutel"), "--json"); code != exitDone || out != "{\n \"erased\": 0\n}\n" {
		t.Errorf("a second time: exit %d %s%s", code, out, m)
	}
	if code, _, _ := cli(t, "erase-again", copied, "--data", to, "--key-file", filepath.Join(from, "sleutel")); code != exitFailed {
		t.Errorf("a file that is no list: exit %d", code)
	}
}
