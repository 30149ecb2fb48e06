package main

import (
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
