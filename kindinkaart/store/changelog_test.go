package store

import (
	"context"
	"sync"
	"testing"

	"wijknetwerk/catalog"
)

func changeLogHasNoGaps(t *testing.T, s *Store) {
	const writers, edits = 8, 12
	ctx, tenant := context.Background(), newTenant()
	var wg sync.WaitGroup
	failed := make(chan error, writers*edits)
	for range writers {
		wg.Go(func() {
			for range edits {
				a := []catalog.Activity{sampleActivity(""), sampleActivity("")}
				_, err := s.Apply(ctx, tenant, catalog.Edit{Activities: a})
				failed <- err
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	seen := follow(t, s, tenant, finished)
	close(failed)
	for err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 2*writers*edits {
		t.Fatalf("a follower saw %d changes, want %d", len(seen), 2*writers*edits)
	}
	_, all, seq, err := s.All(ctx, tenant)
	if err != nil || seq != int64(len(seen)) || len(all) != len(seen) {
		t.Fatalf("%d activities at %d (%v)", len(all), seq, err)
	}
}

// follow reads the change log while others write and fails on a number that is passed over.
func follow(t *testing.T, s *Store, tenant string, finished <-chan struct{}) map[string]bool {
	t.Helper()
	seen, at, last := map[string]bool{}, int64(0), false
	for {
		select {
		case <-finished:
			last = true
		default:
		}
		changes, err := s.Changes(context.Background(), tenant, at, 7)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if c.Seq != at+1 {
				t.Fatalf("number %d after %d", c.Seq, at)
			}
			at, seen[c.ID] = c.Seq, true
		}
		if last && len(changes) == 0 {
			return seen
		}
	}
}
