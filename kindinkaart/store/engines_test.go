package store

import (
	"context"
	"os"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart/store/storetest"
)

// TestMain also serves as the program that is killed halfway (see writer).
func TestMain(m *testing.M) {
	if address := os.Getenv(writerEnv); address != "" {
		writer(address)
		return
	}
	os.Exit(m.Run())
}

// configOf takes a path or a URL.
func configOf(address string) Config {
	c := Config{Path: address, Key: testKey}
	if strings.HasPrefix(address, "postgres") {
		c.Path, c.URL = "", address
	}
	return c
}

func openAt(t testing.TB, address string) *Store {
	t.Helper()
	s, err := Open(context.Background(), configOf(address))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestSQLiteKeepsEveryPromise(t *testing.T) {
	conform(t, func(t testing.TB) string { return storetest.SQLite(t) })
}

func TestPostgreSQLKeepsEveryPromise(t *testing.T) {
	conform(t, func(t testing.TB) string { return storetest.Postgres(t) })
}
