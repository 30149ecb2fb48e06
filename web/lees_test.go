package web

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadingAloudIsAButtonThatShowsItselfOnlyWhenThereIsAVoice(t *testing.T) {
	w := newSite(t, "sanne")
	_, body := w.get("/kinderen/c2/kiezen")
	src, err := asset("voorlees.mjs")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(body, `<script type="module" src="`+src+`"></script>`) {
		t.Error("de pagina leest niet voor")
	}
	i := strings.Index(body, "data-lees=")
	if i < 0 || !strings.Contains(body[i:i+strings.Index(body[i:], ">")], " hidden") {
		t.Error("de knop staat er ook zonder stem")
	}
	status, script, h := w.do(httptest.NewRequest("GET", src, nil))
	if status != 200 || !strings.HasPrefix(h.Get("Content-Type"), "text/javascript") || !strings.Contains(script, "localService") {
		t.Error(status, h.Get("Content-Type"))
	}
	if strings.Contains(script, "eval(") || strings.Contains(script, "http") {
		t.Error("het script vraagt iets van buiten")
	}
}
