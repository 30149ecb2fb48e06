package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
)

// demoDay is the day on which the demo wijk of the tests was filled: a Monday in a school week.
var demoDay = civil.Date{Year: 2026, Month: time.November, Day: 16}

// atEnd is cleaned up after the last test.
var atEnd []func()

// filled is a data folder with the demo wijk, filled once; every test works in a copy of its own.
var filled = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kindinkaart-demo-")
	if err != nil {
		return "", err
	}
	atEnd = append(atEnd, func() { os.RemoveAll(dir) })
	ctx := context.Background()
	a, err := openApp(ctx, siteConfig(dir), io.Discard)
	if err != nil {
		return "", err
	}
	defer a.close()
	a.clock = func() time.Time { return demoDay.In(geo.Amsterdam).Add(8 * time.Hour) }
	load := &demoLoad{app: a, today: demoDay, s: streams{in: os.Stdin, out: io.Discard, err: io.Discard}}
	if err := load.all(ctx); err != nil {
		return "", err
	}
	return dir, nil
})

func siteConfig(dir string) *config { return &config{data: dir, tenant: "rotterdam"} }

// site is the real application on a port of this machine, with a clock that the test moves.
type site struct {
	*app
	base string
	now  atomic.Int64 // seconds
}

// newSite serves a fresh copy of the demo wijk on demoDay at nine in the morning.
func newSite(t *testing.T) *site {
	t.Helper()
	from, err := filled()
	if err != nil {
		t.Fatal("de demowijk: ", err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, filepath.Base(siteConfig(dir).key())), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	a, err := openApp(ctx, siteConfig(dir), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{app: a}
	s.moveTo(demoDay)
	a.clock = func() time.Time { return time.Unix(s.now.Load(), 0) }
	a.log = slog.New(slog.DiscardHandler)
	s.serve(t, ctx, stop)
	return s
}

// serve starts the web application the way the program does, and stops it when the test ends.
func (s *site) serve(t *testing.T, ctx context.Context, stop context.CancelFunc) {
	t.Helper()
	if err := s.openIndex(ctx); err != nil {
		t.Fatal(err)
	}
	server, err := s.server(serveFlags{config: s.conf, demo: true})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + ln.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- server.App().Listener(ln) }()
	var beside sync.WaitGroup
	beside.Go(func() { s.index.Follow(ctx) })
	t.Cleanup(func() {
		stop()
		if err := errors.Join(server.App().ShutdownWithTimeout(drain), <-ended); err != nil {
			t.Error("stoppen: ", err)
		}
		beside.Wait()
		s.close()
	})
}

// moveTo sets the clock to nine in the morning of a day.
func (s *site) moveTo(d civil.Date) { s.now.Store(d.In(geo.Amsterdam).Add(9 * time.Hour).Unix()) }

// actor is the person of a demo account.
func (s *site) actor(t *testing.T, login string) access.Actor {
	t.Helper()
	all, err := s.accounts.List(context.Background(), s.operator())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Login == login {
			return a.Actor()
		}
	}
	t.Fatal(fmt.Sprintf("geen account %q", login))
	return access.Actor{}
}
