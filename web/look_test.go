package web

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"testing"
)

// TestLook serves the pages with the invented people of the fakes, to look at them in a browser. KIK_LOOK=:8099 starts it;
// the person is chosen with /als/LOGIN (sanne, juf, club, lead, admin …), and nobody with /als/.
func TestLook(t *testing.T) {
	addr := os.Getenv("KIK_LOOK")
	if addr == "" {
		t.Skip("zet KIK_LOOK=:8099 om de schermen te bekijken")
	}
	d := testDeps(newKind(), newAccounts(), slog.New(slog.NewTextHandler(os.Stderr, nil)))
	d.DemoAccounts = []DemoAccount{{Login: "sanne", Password: "goed", What: "Schoolmaatschappelijk werker"}, {Login: "lead", Password: "goed", What: "Teamleider"}}
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	http.HandleFunc("/als/", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "kik", Value: "tok-" + r.URL.Path[len("/als/"):], Path: "/"})
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		res, err := s.app.Test(r, 20000)
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		defer res.Body.Close()
		for k, v := range res.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(res.StatusCode)
		io.Copy(w, res.Body)
	})
	t.Fatal(http.ListenAndServe(addr, nil))
}
