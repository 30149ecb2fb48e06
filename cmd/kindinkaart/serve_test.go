package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wijknetwerk/web"
)

// serving opens a wijknetwerk with a catalogue and its index.
func serving(t *testing.T) *app {
	t.Helper()
	dir, none := t.TempDir(), streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	if code := run(t.Context(), none, []string{"import", "catalogue", "../../testdata/wijk/catalogue.json", "--data", dir}); code != exitDone {
		t.Fatal("exit code ", code)
	}
	a, err := openApp(t.Context(), &config{data: dir, tenant: "rotterdam"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	a.log = slog.New(slog.DiscardHandler)
	if err := a.openIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.index.Rebuild(t.Context(), "rotterdam"); err != nil {
		t.Fatal(err)
	}
	return a
}

// listening lets a program serve, and gives the address of its health page, how to stop it and how it ended.
func listening(t *testing.T, a *app, server *web.Server, flags serveFlags) (health string, stop func(), ended chan error) {
	t.Helper()
	out, in := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- a.listen(ctx, streams{out: in, err: io.Discard}, server, flags) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line[strings.Index(line, "http://"):]) + "/gezond", stop, ended
}

func TestAPanicBesideTheRequestsIsSaidInTheLogAndTheProgramGoesOn(t *testing.T) {
	a := serving(t)
	flags := serveFlags{config: a.conf, addr: "127.0.0.1:0"}
	server, err := a.server(flags)
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	a.log = slog.New(slog.NewTextHandler(&said, nil))
	a.kind, a.matcher = nil, nil // erasing and getting ready both panic
	health, stop, ended := listening(t, a, server, flags)
	got, err := http.Get(health)
	if err != nil {
		t.Fatal(err)
	}
	got.Body.Close()
	stop()
	if err := <-ended; err != nil || got.StatusCode != 200 {
		t.Errorf("health %d, it ended with %v", got.StatusCode, err)
	}
	for _, want := range []string{"werk=opruimen", "eraseOld", "werk=klaarzetten", ").warm"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the log does not say %s: %s", want, said.String())
		}
	}
}

func TestAProgramThatStopsFirstSaysSoToTheLoadBalancer(t *testing.T) {
	a := serving(t)
	flags := serveFlags{config: a.conf, addr: "127.0.0.1:0", pause: 2 * time.Second}
	server, err := a.server(flags)
	if err != nil {
		t.Fatal(err)
	}
	health, stop, ended := listening(t, a, server, flags)
	status := func() int {
		got, err := http.Get(health)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		return got.StatusCode
	}
	if got := status(); got != 200 {
		t.Errorf("while it serves: %d", got)
	}
	stop()
	for !a.leaving.Load() {
		select {
		case err := <-ended:
			t.Fatalf("it stopped without a word: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	if got := status(); got != 503 {
		t.Errorf("while it stops: %d", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestBytesThatChangedInTheIndexAreFoundAtNight(t *testing.T) {
	a := serving(t)
	files, err := filepath.Glob(filepath.Join(a.conf.index(), "rotterdam", "*", "store", "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	f, err := os.OpenFile(files[0], os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("a disk that forgets"), 100); err != nil {
		t.Fatal(err)
	}
	f.Close()
	a.checkIndex(t.Context())
	if n, err := a.index.Verify(t.Context(), "rotterdam"); err != nil || n != 0 {
		t.Errorf("after the night %d differences, %v", n, err)
	}
}
