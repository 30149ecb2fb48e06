package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

const newPassword = "drie-appels-in-de-boom"

func passwords(old, password, again string) url.Values {
	return url.Values{"old": {old}, "password": {password}, "again": {again}}
}

func TestAPasswordIsChangedByWhoKnowsTheOldOneAndOtherDevicesAreLoggedOut(t *testing.T) {
	w := newWorld(t)
	sanne, elsewhere := w.login("sanne"), w.login("sanne")
	sanne.get("/wachtwoord")
	for _, part := range []string{`autocomplete="current-password"`, `autocomplete="new-password"`, `autocomplete="username"`} {
		if !strings.Contains(sanne.page, part) {
			t.Errorf("een wachtwoordbeheerder mist %s", part)
		}
	}
	for field, form := range map[string]url.Values{
		"old":      passwords("niet-mijn-wachtwoord", newPassword, newPassword),
		"password": passwords(goodPassword, "appel-7", "appel-7"),
		"again":    passwords(goodPassword, newPassword, newPassword+"!"),
	} {
		status := sanne.post("/wachtwoord", form)
		if status != 422 || !strings.Contains(sanne.page, `href="#f-`+field+`"`) || !strings.Contains(sanne.page, `id="e-`+field+`"`) {
			t.Errorf("%s: %d, en de fout staat niet bij het veld", field, status)
		}
		for _, name := range []string{"old", "password", "again"} {
			if strings.Contains(sanne.page, form.Get(name)) {
				t.Errorf("%s: wat in %s is getypt staat op de pagina", field, name)
			}
		}
	}
	if status := sanne.post("/wachtwoord", passwords(goodPassword, goodPassword, goodPassword)); status != 422 {
		t.Error("hetzelfde wachtwoord gaf", status)
	}
	if status := elsewhere.get("/trajecten"); status != 200 {
		t.Fatal("een mislukte poging logde iemand uit:", status)
	}
	if status := sanne.post("/wachtwoord", passwords(goodPassword, newPassword, newPassword)); status != 303 {
		t.Fatal("veranderen gaf", status)
	}
	if status := sanne.get(sanne.at); status != 200 || !strings.Contains(sanne.page, "Je wachtwoord is veranderd") {
		t.Error("wie veranderde leest niet dat het gelukt is:", status)
	}
	if status := elsewhere.get("/trajecten"); status != 303 {
		t.Error("op een ander apparaat bleef iemand ingelogd:", status)
	}
	elsewhere.get("/inloggen")
	if status := elsewhere.post("/inloggen", url.Values{"login": {"sanne"}, "password": {goodPassword}}); status != 422 {
		t.Error("het oude wachtwoord gaf", status)
	}
	if status := elsewhere.post("/inloggen", url.Values{"login": {"sanne"}, "password": {newPassword}}); status != 303 {
		t.Error("het nieuwe wachtwoord gaf", status)
	}
	if log := w.log.String(); strings.Contains(log, newPassword) || strings.Contains(log, goodPassword) {
		t.Error("een wachtwoord staat in het log")
	}
}

func TestAPasswordThatWasTypedAfterTheSessionEndedIsNotPutOnThePage(t *testing.T) {
	w := newWorld(t)
	sanne := w.login("sanne")
	sanne.get("/wachtwoord")
	w.now = w.now.Add(31 * time.Minute)
	status := sanne.post("/wachtwoord", passwords(goodPassword, newPassword, newPassword))
	if status != 401 || strings.Contains(sanne.page, newPassword) || strings.Contains(sanne.page, goodPassword) {
		t.Fatal("het wachtwoord staat op de inlogpagina:", status)
	}
	if status := sanne.post("/inloggen", url.Values{"login": {"sanne"}, "password": {goodPassword}, "next": {"/wachtwoord"}}); status != 303 || sanne.at != "/wachtwoord" {
		t.Error("na inloggen niet terug bij het formulier:", status, sanne.at)
	}
}
