package web

import (
	"net/http/httptest"
	"testing"
)

func TestTheLoginPageIsThere(t *testing.T) {
	w := newSite(t, "")
	status, body, h := w.do(httptest.NewRequest("GET", "/inloggen", nil))
	if status != 200 || titleOf(body) != "Inloggen" || h.Get("Content-Security-Policy") != policy {
		t.Fatal(status, titleOf(body), h)
	}
}
