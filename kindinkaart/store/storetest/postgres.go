// Package storetest gives tests a database of their own: a file, or a database in a PostgreSQL that is started for this
// test process and is gone after it.
package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// DatabaseEnv names the environment variable with the address of a PostgreSQL whose user may make roles and databases.
// Without it a throw-away server is started.
const DatabaseEnv = "KIK_TEST_DATABASE"

// install is the one command that brings the server programs.
const install = "apt-get install -y --no-install-recommends postgresql"

// testRole owns the databases of tests. It is no superuser, so that row security counts for it.
const testRole = "kik_test"

var (
	server = sync.OnceValues(start)
	serial atomic.Int64
)

// SQLite gives the path of a database file that does not exist yet, in a folder of this test.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "kik.db")
}

// Postgres gives the address of a new empty database. When PostgreSQL is not installed the test fails and says how to
// install it; it never passes over it in silence.
func Postgres(t testing.TB) string {
	t.Helper()
	admin := Admin(t)
	name := fmt.Sprintf("kik_test_%d_%d", os.Getpid(), serial.Add(1))
	if err := execute(admin, "CREATE DATABASE "+name+" OWNER "+testRole); err != nil {
		t.Fatalf("make database %s: %v", name, err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Logf("drop database %s: %v", name, err)
		}
	})
	address, err := url.Parse(admin)
	if err != nil {
		t.Fatal("the address of PostgreSQL cannot be read")
	}
	address.User, address.Path = url.UserPassword(testRole, testRole), "/"+name
	return address.String()
}

// Admin gives the address of the user who makes the databases.
func Admin(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if err != nil {
		t.Fatalf("no PostgreSQL for this test: %v\ninstall it with: %s\nor set %s", err, install, DatabaseEnv)
	}
	return admin
}

// start finds or starts the server and gives the address of its superuser.
func start() (admin string, err error) {
	if admin = os.Getenv(DatabaseEnv); admin == "" {
		if admin, err = startCluster(); err != nil {
			return "", err
		}
	}
	err = execute(admin, `DO $$ BEGIN
		IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '`+testRole+`') THEN
			CREATE ROLE `+testRole+` LOGIN NOSUPERUSER PASSWORD '`+testRole+`';
		END IF; END $$`)
	return admin, err
}

// startCluster makes a cluster in a temporary folder and runs it on a free port of this machine only.
func startCluster() (string, error) {
	initdb, err := program("initdb")
	if err != nil {
		return "", err
	}
	postgres, err := program("postgres")
	if err != nil {
		return "", err
	}
	folder, as, err := workplace()
	if err != nil {
		return "", err
	}
	data := filepath.Join(folder, "data")
	making := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	making.SysProcAttr, making.Dir = as, folder
	if out, err := making.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	if err := supervise(postgres, folder, data, port, as); err != nil {
		return "", err
	}
	admin := "postgres://postgres@127.0.0.1:" + port + "/postgres?sslmode=disable"
	return admin, waitFor(admin)
}

// guard runs the server until its own input closes, which happens when the test process ends in whatever way, and then
// removes the folder.
const guard = `"$1" -D "$2" -p "$4" -k "$3" -h 127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=on -c max_connections=200 -c log_min_messages=fatal </dev/null >"$3/log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server"
wait "$server"
cd /
rm -rf "$3"`

// lifeline is held open until this process ends.
var lifeline io.WriteCloser

func supervise(postgres, folder, data, port string, as *syscall.SysProcAttr) error {
	cmd := exec.Command("/bin/sh", "-c", guard, "guard", postgres, data, folder, port)
	attr := syscall.SysProcAttr{Setpgid: true}
	if as != nil {
		attr.Credential = as.Credential
	}
	cmd.SysProcAttr, cmd.Dir = &attr, folder
	var err error
	if lifeline, err = cmd.StdinPipe(); err != nil {
		return err
	}
	return cmd.Start()
}

// workplace makes a folder that the server's user owns. PostgreSQL does not run as root: then it becomes user postgres.
func workplace() (folder string, as *syscall.SysProcAttr, err error) {
	if folder, err = os.MkdirTemp("", "kik-postgres-"); err != nil || os.Getuid() != 0 {
		return folder, nil, err
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return "", nil, err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return "", nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return "", nil, err
	}
	as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return folder, as, os.Chown(folder, int(uid), int(gid))
}

// program finds a server program, which many systems keep out of PATH.
func program(name string) (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err == nil && len(found) > 0 {
		return slices.Max(found), nil
	}
	return exec.LookPath(name)
}

// freePort asks the system for a port that nobody uses.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "", err
	}
	return port, l.Close()
}

// waitFor gives the server half a minute to answer.
func waitFor(address string) (err error) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err = execute(address, "SELECT 1"); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the server did not answer: %w", err)
}

func execute(address, statement string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	_, err = db.ExecContext(ctx, statement)
	return err
}
