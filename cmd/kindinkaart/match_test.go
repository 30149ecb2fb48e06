package main

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"
)

func TestMatchOnAFileWithARefusedRecordIsDoneInPart(t *testing.T) {
	data, err := os.ReadFile(needs + "p1-catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	broken := write(t, "catalogue.json", []byte(strings.Replace(string(data), `"age_min": 10`, `"age_min": "tien"`, 1)))
	code, out, messages := cli(t, "match", needs+"p1-need.json", "--catalogue", broken, "--json")
	if code != exitPart || !strings.Contains(out, `"A2"`) || !strings.Contains(messages, "age_min") {
		t.Errorf("exit %d, want %d: %s", code, exitPart, messages)
	}
	if code, _, _ := cli(t, "match", needs+"p1-need.json", "--catalogue", broken, "--limit", "-1"); code != exitUsage {
		t.Errorf("a limit under 0: exit %d, want %d", code, exitUsage)
	}
}

func TestAMistakeInANeedIsSaidOnce(t *testing.T) {
	data, err := os.ReadFile(needs + "p1-need.json")
	if err != nil {
		t.Fatal(err)
	}
	need := write(t, "need.json", []byte(strings.Replace(string(data), `"GM0599"`, `"Rotterdam"`, 1)))
	_, _, messages := cli(t, "score", need)
	if strings.Count(messages, "residence") != 1 {
		t.Errorf("want residence named once:\n%s", messages)
	}
}

// What cannot be done now and what is not proposed say what stands nearest; what can be done does not.
func TestMatchSaysWhatStandsNearest(t *testing.T) {
	_, out, _ := cli(t, "match", needs+"p1-need.json", "--catalogue", needs+"p1-catalogue.json", "--schemes", verifiedSchemes(t), "--json")
	var r struct {
		Items []struct{ Activity, Nearest string }
		Other []struct{ Activity, Nearest string } `json:"not_proposed"`
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, it := range append(r.Items, r.Other...) {
		if it.Nearest != "" {
			got[it.Activity] = it.Nearest
		}
	}
	want := map[string]string{"A6": "Kan als de reis 15 minuten langer mag duren.", "A4": "Alleen als het kind dit zelf weer wil."}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	_, text, _ := cli(t, "match", needs+"p1-need.json", "--catalogue", needs+"p1-catalogue.json")
	if !strings.Contains(text, "> Alleen als het kind dit zelf weer wil.") {
		t.Errorf("not said to people:\n%s", text)
	}
}
