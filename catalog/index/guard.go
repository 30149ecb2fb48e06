package index

import (
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// closeTime is how long closing may take: an index of which a goroutine has ended never closes.
const closeTime = 5 * time.Second

func closeIndex(index bleve.Index) error {
	if index == nil {
		return nil
	}
	return guarded(closeTime, index.Close)
}

// guarded runs f, and gives an error when it panics or takes longer than limit. In the last case f is left behind.
func guarded(limit time.Duration, f func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		debug.SetPanicOnFault(true) // a mapped file that was cut off fails this act, not the program
		done <- f()
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return fmt.Errorf("no answer within %s", limit)
	}
}

// callbackName is under which bleve finds asyncFailure.
const callbackName = "kik_catalog_index"

// watched holds the shelves by folder, for errors that bleve meets in the background.
var watched sync.Map

func init() { scorch.RegistryAsyncErrorCallbacks[callbackName] = asyncFailure }

func asyncFailure(err error, path string) {
	if s, ok := watched.Load(filepath.Dir(filepath.Dir(path))); ok {
		s.(*shelf).fail(fmt.Errorf("background: %w", err))
	}
}
