package web

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"testing"
)

// TestLookAtQuestions serves the pages of children, classes, partners and the catalogue with the fakes behind them:
// KIK_LOOK_KIND=:8098 go test -run LookAtQuestions -timeout 0 ./web. The person is chosen with /als/LOGIN.
func TestLookAtQuestions(t *testing.T) {
	addr := os.Getenv("KIK_LOOK_KIND")
	if addr == "" {
		t.Skip("zet KIK_LOOK_KIND=:8098 om de schermen te bekijken")
	}
	w, kind := newAskSite(t, "")
	showcase(kind)
	w.s.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	mux := http.NewServeMux()
	mux.HandleFunc("/als/", func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "kik", Value: "tok-" + r.URL.Path[len("/als/"):], Path: "/"})
		http.Redirect(rw, r, "/bronnen", http.StatusSeeOther)
	})
	mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		res, err := w.s.app.Test(r, 20000)
		if err != nil {
			http.Error(rw, err.Error(), 500)
			return
		}
		defer res.Body.Close()
		for k, v := range res.Header {
			rw.Header()[k] = v
		}
		rw.WriteHeader(res.StatusCode)
		io.Copy(rw, res.Body)
	})
	t.Fatal(http.ListenAndServe(addr, mux))
}

// showcase fills the fake with what pages look like in use.
func showcase(k *asking) {
	a := k.afnames["aB"]
	a.Answers = answers("T1", `["t_bal","t_koken"]`, "W1", `{"basketbal":"leuk","koken":"leuk","computer":"leuk","dansen":"niet","voetbal":"beetje","dieren":"leuk"}`,
		"W2", `["basketbal"]`, "F2", `{"id":"vroeger"}`, "W3", `[]`)
	a.OwnWords, a.Seen = "basketballen in een team en leren koken", []string{"T1", "W1", "W2", "W3", "F2", "G2"}
	k.afnames["aP"].Answers = answers("P5", `{"id":"fiets"}`)
	done := *a
	done.ID, done.FinishedAt = "aKlaar", testNow
	k.afnames["aKlaar"] = &done
	for i, c := range k.klassen["k1"].Cards {
		if i%4 == 0 {
			k.cards[c.ID].State = "done"
		} else if i%5 == 0 {
			k.cards[c.ID].State = "started"
		}
	}
	k.showOverview()
}
