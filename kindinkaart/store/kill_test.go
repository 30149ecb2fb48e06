package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// writerEnv makes this test binary the program that is killed: it writes to the database at this address.
const writerEnv = "KIK_TEST_WRITER"

const killedTenant = "killed"

// writer stores children and activities with eight workers and prints each id after its commit.
func writer(address string) {
	s, err := Open(context.Background(), configOf(address))
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var print sync.Mutex
	acked := func(kind, id string) {
		print.Lock()
		defer print.Unlock()
		fmt.Println(kind, id)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				writeOne(s, acked)
			}
		})
	}
	wg.Wait()
}

func writeOne(s *Store, acked func(kind, id string)) {
	ctx := context.Background()
	c := sampleChild(killedTenant)
	err := s.Do(ctx, func(x kindinkaart.Tx) error {
		if _, err := x.Children().Put(access.Scope{Tenant: killedTenant}, c); err != nil {
			return err
		}
		return x.Record(event(killedTenant, "create", "child", c.ID))
	})
	if err == nil {
		acked("child", c.ID)
	}
	a, b := sampleActivity(""), sampleActivity("")
	if _, err := s.Apply(ctx, killedTenant, catalog.Edit{Activities: []catalog.Activity{a, b}}); err == nil {
		acked("activity", a.ID)
	}
}

func killedLosesNothing(t *testing.T, address string) {
	acked := map[string][]string{}
	for round := range 3 {
		killOnce(t, address, time.Duration(150+130*round)*time.Millisecond, acked)
	}
	s := openAt(t, address)
	ctx := context.Background()
	if len(acked["child"]) == 0 || len(acked["activity"]) == 0 {
		t.Fatalf("the writer was killed before it did anything: %d children, %d activities", len(acked["child"]), len(acked["activity"]))
	}
	stored := map[string]bool{}
	for _, c := range find(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: killedTenant}, kindinkaart.Query{}) {
		stored[c.ID] = true
	}
	_, activities, seq, err := s.All(ctx, killedTenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range activities {
		stored[a.ID] = true
	}
	for kind, ids := range acked {
		for _, id := range ids {
			if !stored[id] {
				t.Errorf("%s %s was promised and is gone", kind, id)
			}
		}
	}
	if len(activities)%2 != 0 || seq != int64(len(activities)) {
		t.Errorf("%d activities, %d changes: half an edit was stored", len(activities), seq)
	}
	lines, _, err := s.AuditHead(ctx, killedTenant)
	if err != nil || lines != int64(len(stored)-len(activities)) {
		t.Errorf("%d audit lines for %d children (%v)", lines, len(stored)-len(activities), err)
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// killOnce lets the writer run for a while after its first promise and kills it with SIGKILL.
func killOnce(t *testing.T, address string, after time.Duration, acked map[string][]string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+address)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if first {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		kind, id, ok := strings.Cut(lines.Text(), " ")
		if kind == "error" {
			t.Error(lines.Text())
		} else if ok && len(id) == 36 {
			acked[kind] = append(acked[kind], id)
		}
	}
	_ = cmd.Wait() // it was killed
}
