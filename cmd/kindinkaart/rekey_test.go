package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheMasterKeyCanBeChangedAndTheOldOneOpensNothingAfterwards(t *testing.T) {
	dir := t.TempDir()
	oldKey, newKey := filepath.Join(dir, "sleutel"), filepath.Join(t.TempDir(), "nieuw")
	if err := os.WriteFile(newKey, []byte(strings.Repeat("5a", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		args []string
		want int
		says string
	}{
		{[]string{"import", "schools", "../../testdata/wijk/schools.csv", "--data", dir}, exitDone, ""},
		{[]string{"verify", "--data", dir, "--key-file", newKey}, exitFailed, "past niet"},
		{[]string{"rekey", "--data", dir}, exitFailed, "nieuwe en de oude sleutel"},
		{[]string{"verify", "--data", dir, "--key-file", newKey, "--old-key-file", oldKey}, exitDone, "in orde"},
		{[]string{"rekey", "--data", dir, "--key-file", newKey, "--old-key-file", oldKey}, exitDone, "verzegeld"},
		{[]string{"rekey", "--data", dir, "--key-file", newKey, "--old-key-file", oldKey}, exitDone, "0 sleutels"},
		{[]string{"verify", "--data", dir, "--key-file", newKey}, exitDone, "in orde"},
		{[]string{"verify", "--data", dir}, exitFailed, "past niet"},
	} {
		var said bytes.Buffer
		got := run(t.Context(), streams{in: strings.NewReader(""), out: &said, err: &said}, step.args)
		if got != step.want || !strings.Contains(said.String(), step.says) {
			t.Errorf("%v: exit code %d, want %d: %s", step.args, got, step.want, said.String())
		}
	}
}
